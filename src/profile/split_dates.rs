//! Dates broken over two or three lines by a narrow margin or column → one date. In: the lines of a section and the dates found on
//! each. Out: the dates with the pieces put together on the line where they begin. Does NOT look at anything but dates.
//!
//! ```text
//! Deck Trainee,        Mar 2018 –        2012 – April   Lead Developer, Blue Bay
//! Harbour Associates   Present           2014           maintained the booking site
//! ```

use super::dates::{self, FoundPeriod};
use super::stacked_dates;
use crate::lexicon::DateWord;
use crate::model::{Line, Month};
use std::ops::Range;

/// What became of a line's dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mended {
    /// Nothing.
    No,
    /// A broken date begins here: its index among the line's dates.
    Begins(usize),
    /// The rest of a date stands here; the line has no date of its own.
    Ends,
}

/// Side of the line where the pieces of a date stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// Puts broken dates together; `dated` says which lines may hold a year. Result: one mark per line.
pub(super) fn mend(lines: &[&Line], dated: &[bool], dates: &mut [Vec<FoundPeriod>], as_of: Month) -> Vec<Mended> {
    let mut marks = vec![Mended::No; lines.len()];
    let paired = stacked_dates::pairs(lines, dates);
    let mut at = 0;
    while at + 1 < lines.len() {
        let years = &dated[at..lines.len().min(at + 3)];
        let found = if paired.contains(&at) {
            stacked_dates::joined(lines, at, as_of)
        } else if years.contains(&true) {
            let sides = [Side::Right, Side::Left];
            sides.into_iter().find_map(|side| broken(&lines[at..], side, as_of)).or_else(|| stacked(lines, at, as_of))
        } else {
            None
        };
        let Some((pieces, date)) = found else {
            at += 1;
            continue;
        };
        for (offset, piece) in pieces.iter().enumerate() {
            let line_dates = &mut dates[at + offset];
            line_dates.retain(|date| date.end <= piece.start || date.start >= piece.end);
            let place = line_dates.iter().position(|date| date.start > piece.start).unwrap_or(line_dates.len());
            line_dates.insert(place, FoundPeriod { start: piece.start, end: piece.end, ..date.clone() });
            marks[at + offset] = if offset == 0 { Mended::Begins(place) } else { Mended::Ends };
        }
        at += pieces.len();
    }
    marks
}

/// The pieces of a date that begins on the first of `lines` and ends on the second or third.
fn broken(lines: &[&Line], side: Side, as_of: Month) -> Option<(Vec<Range<usize>>, FoundPeriod)> {
    if side == Side::Right && !may_dangle(&lines[0].text) {
        return None;
    }
    let first = piece(&lines[0].text, side)?;
    let begun = &lines[0].text[first.clone()];
    let mut joined = begun.to_string();
    if !is_dangling(begun) {
        // "Jul 2024 / – Present": a dash at the start of a line was read as the sign of a list item.
        let goes_on =
            |next: &Line| goes_on(next, &lines[0].text[first.end..]) || is_join(next) && first == whole(lines[0]);
        let next = lines.get(1).filter(|next| side == Side::Left && goes_on(next))?;
        joined.push_str(if next.style.bullet { " –" } else { "" });
    }
    let mut pieces = vec![first];
    let mut open = None;
    for line in lines.iter().skip(1).take(2) {
        let next =
            piece(&line.text, side).or_else(|| piece(&line.text, Side::Left).filter(|it| it.end == line.text.len()));
        let Some(next) = next else { break };
        joined.push(' ');
        joined.push_str(&line.text[next.clone()]);
        pieces.push(next);
        let found = dates::find(&joined, as_of);
        let whole = |date: &&FoundPeriod| date.is_range && date.start == 0 && date.end == joined.trim_end().len();
        if let Some(date) = found.first().filter(whole) {
            // "Mar 2018" / "–" / "May 2020"
            if !joined.ends_with(is_dash) || open.is_some() {
                return Some((pieces, date.clone()));
            }
            open = Some((pieces.clone(), date.clone()));
        }
    }
    open
}

/// `2016` / `2020`: two lines of nothing but a year each, the later one below, with no third beside them.
fn stacked(lines: &[&Line], at: usize, as_of: Month) -> Option<(Vec<Range<usize>>, FoundPeriod)> {
    let year = |at: usize| Some(lines.get(at)?.text.as_str()).filter(|text| is_year(text));
    let (first, second) = (year(at)?, year(at + 1)?);
    let beside = at.checked_sub(1).is_some_and(|above| year(above).is_some());
    if second <= first || beside || year(at + 2).is_some() {
        return None;
    }
    let date = dates::find(&format!("{first} – {second}"), as_of).into_iter().find(|date| date.is_range)?;
    Some((vec![0..first.len(), 0..second.len()], date))
}

/// `03/2019`, `03.2019`
fn is_numeric_month(text: &str) -> bool {
    let parts = text.split_once(['/', '.']);
    parts.is_some_and(|(month, year)| {
        matches!(month.len(), 1 | 2) && month.bytes().all(|byte| byte.is_ascii_digit()) && is_year(year)
    })
}

fn is_year(text: &str) -> bool {
    text.len() == 4
        && (text.starts_with("19") || text.starts_with("20"))
        && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `to` on a line of its own, between two dates on theirs.
fn is_join(line: &Line) -> bool {
    let text = line.text.as_str();
    text.len() <= 5
        && (matches!(dates::word(text), Some(DateWord::To | DateWord::Until))
            || !text.is_empty() && text.chars().all(is_dash))
}

fn whole(line: &Line) -> Range<usize> {
    0..line.text.len()
}

/// The line begins with a dash, or with "to", and a date behind it, and both lines have text of their own beside them.
fn goes_on(next: &Line, rest: &str) -> bool {
    let Some(date) = piece(&next.text, Side::Left) else { return false };
    let opens = next.style.bullet || next.text.starts_with(is_dash) || next.text.to_lowercase().starts_with("to ");
    opens && rest.starts_with('\t') && next.text[date.end..].starts_with('\t')
}

/// The first part of a date that cannot be all of it: `Mar 2018 –`, `2012 – April`, `Feb – Jul`, `October` in front of a year.
fn is_dangling(piece: &str) -> bool {
    let trimmed = piece.trim_end();
    let has_dash = trimmed.contains(is_dash);
    let month = |word: &str| matches!(dates::word(word.trim_end_matches('.')), Some(DateWord::Month(_)));
    let last = trimmed.rsplit(|letter: char| letter == ' ' || is_dash(letter)).next().unwrap_or("");
    let to = |word: &str| matches!(dates::word(word), Some(DateWord::To | DateWord::Until));
    let has_to = || trimmed.split(' ').any(to);
    trimmed.ends_with(is_dash)
        || trimmed.len() > last.len() && to(last)
        || (has_dash || has_to()) && month(last)
        || month(trimmed)
}

/// The end of the line may be that of such a part: a dash, or a word that is a month.
fn may_dangle(text: &str) -> bool {
    let end = text.trim_end_matches(' ').trim_end_matches('.');
    let Some(last) = end.bytes().next_back() else { return false };
    if !last.is_ascii_alphabetic() {
        // A digit closes a date, a comma no part of one.
        return last == b'-' || !last.is_ascii();
    }
    let word = end.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let last = dates::word(&end[end.len() - word..]);
    !end[..end.len() - word].is_ascii() || matches!(last, Some(DateWord::Month(_) | DateWord::To))
}

fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The words, years and dashes of a date at one side of a line, with a blank, tab, bar or the line's end at their other side.
fn piece(text: &str, side: Side) -> Option<Range<usize>> {
    let mut range = match side {
        Side::Left => 0..0,
        Side::Right => text.len()..text.len(),
    };
    // A date in pieces is short.
    for _ in 0..4 {
        let next = match side {
            Side::Left => word_at(text, range.end),
            Side::Right => word_before(text, range.start),
        };
        let Some(word) = next.filter(|word| is_date_like(&text[word.clone()])) else { break };
        match side {
            Side::Left => range.end = word.end,
            Side::Right => range.start = word.start,
        }
    }
    let set_off = side == Side::Left || text[..range.start].trim_end_matches(' ').ends_with(['\t', '|', '(', ',']);
    (!range.is_empty() && (set_off || range.start == 0)).then_some(range)
}

/// The next word from byte `from` on, up to a blank or tab; none behind a tab.
fn word_at(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let start = from + bytes[from..].iter().take_while(|byte| **byte == b' ').count();
    let length = bytes[start..].iter().take_while(|byte| !is_gap(**byte)).count();
    (length > 0).then_some(start..start + length)
}

/// The word before byte `to`, down to a blank or tab.
fn word_before(text: &str, to: usize) -> Option<Range<usize>> {
    let bytes = &text.as_bytes()[..to];
    let end = to - bytes.iter().rev().take_while(|byte| **byte == b' ').count();
    let start = end - bytes[..end].iter().rev().take_while(|byte| !is_gap(**byte)).count();
    (start < end).then_some(start..end)
}

fn is_gap(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// `Aug`, `2021-`, `2014–Present`, `–`: nothing but months, years, seasons, dashes and words for "until now".
fn is_date_like(word: &str) -> bool {
    let says = |part: &str| {
        let word = dates::word(part);
        matches!(word, Some(DateWord::Month(_) | DateWord::Season(..) | DateWord::Present | DateWord::To))
    };
    if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return says(word);
    }
    let word = word.trim_matches(['(', ')', '.', ',']);
    // "conditions.", "72%"
    if word.is_ascii() && !word.bytes().any(|byte| byte == b'-' || byte.is_ascii_digit()) {
        return !word.is_empty() && says(word.trim_end_matches(['.', ',']));
    }
    let mut parts = word.split(is_dash).filter(|part| !part.is_empty()).peekable();
    if parts.peek().is_none() {
        return !word.is_empty();
    }
    parts.all(|part| {
        let part = part.trim_end_matches(['.', ',']);
        is_year(part) || is_numeric_month(part) || says(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], expected: &[&str]) {
        let lines: Vec<Line> = lines.iter().map(|text| Line { text: text.to_string(), ..Line::default() }).collect();
        let as_of = Month::new(2026, 1);
        let mut dates: Vec<Vec<FoundPeriod>> = lines.iter().map(|line| dates::find(&line.text, as_of)).collect();
        let dated: Vec<bool> = lines.iter().map(|line| dates::may_hold_year(&line.text)).collect();
        let marks = mend(&lines.iter().collect::<Vec<_>>(), &dated, &mut dates, as_of);
        let begun = marks.iter().zip(&dates).filter_map(|(mark, dates)| match mark {
            Mended::Begins(at) => Some(dates[*at].period.to_string()),
            _ => None,
        });
        assert_eq!(begun.collect::<Vec<_>>(), expected, "{lines:?}");
    }

    #[test]
    fn right_margin() {
        check(&["Deck Trainee,\tMar 2018-", "Harbour Associates\tPresent"], &["2018-03 – present"]);
        check(&["Deck Trainee,\tFeb - Jul", "Harbour Associates\t2016"], &["2016-02 – 2016-07"]);
        check(&["Blue Bay College | AUG 2013 –", "JUNE 2017"], &["2013-08 – 2017-06"]);
    }

    #[test]
    fn left_margin() {
        check(&["2012–April Lead Developer, Blue Bay, Leeds.", "2014 Blue Bay is a shop"], &["2012 – 2014-04"]);
        check(&["10/2011 –\tHead Cook", "12/2015\tBlue Fish Inn"], &["2011-10 – 2015-12"]);
        check(&["October Senior Cook, Blue Fish Inn", "2014–Present Blue Fish Inn serves"], &["2014-10 – present"]);
        check(
            &["May 2014– Cook, Blue Fish Inn", "October The Blue Fish Inn is", "2014\tan inn"],
            &["2014-05 – 2014-10"],
        );
    }

    #[test]
    fn years_in_a_column() {
        check(&["2014", "2018", "Blue Bay College"], &["2014 – 2018"]);
        check(&["2018", "2014", "Blue Bay College"], &[]);
        check(&["2014", "2016", "2018", "Blue Bay College"], &[]);
    }

    #[test]
    fn words_and_dashes_between() {
        check(&["June 2019 to\tHead Cook", "May 2021\tBlue Fish Inn"], &["2019-06 – 2021-05"]);
        check(&["June 2019 to May\tHead Cook", "2021\tBlue Fish Inn"], &["2019-06 – 2021-05"]);
        check(&["Jun 2019\tHead Cook", "– Present\tBlue Fish Inn"], &["2019-06 – present"]);
        check(&["Head Cook\tJune 2019 to", "Blue Fish Inn\tMay 2021"], &["2019-06 – 2021-05"]);
    }

    #[test]
    fn a_word_or_dash_on_its_own_line() {
        check(&["May 2016", "to", "July 2018", "Blue Fish Inn"], &["2016-05 – 2018-07"]);
        check(&["2016", "–", "Present"], &["2016 – present"]);
        check(&["Cook, May 2016", "to", "July 2018"], &[]);
    }

    #[test]
    fn whole_dates_stay() {
        check(&["Cook\t2014 – 2016", "Blue Fish Inn\t2016"], &[]);
        check(&["Cook, Blue Fish Inn", "2014 – 2016"], &[]);
        check(&["Cook\tFeb 2025 -", "Blue Fish Inn\tBergen"], &[]);
    }
}
