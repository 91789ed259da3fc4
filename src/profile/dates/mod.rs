//! Dates and periods in a line → [`FoundPeriod`]s. In: one line and the as-of month (it bounds plausible years and flags what
//! lies ahead). Out: periods in order, not overlapping. Decides nothing about what a date is for.
//!
//! In reading order: [`tokens`] numbers, words and signs, [`order`] days before months or behind, [`point`] one date, [`present`] an open
//! end, and here two of them with what is between.
//! Linear in the length of the line: every token is looked at from at most a few others.

mod order;
mod point;
mod present;
mod tokens;

pub(super) use order::{DayOrder, orders};
pub(super) use present::label as present_label;
pub(super) use tokens::may_hold_year;

use crate::lexicon::DateWord;
use crate::lexicon::words::key;
use crate::model::{DateFlag, DatePoint, End, Month, Period};
use point::{Point, Reader};
use tokens::{Kind, Tokens};

/// Years after the as-of year that a résumé may speak of (`Expected 2030`).
const FUTURE_YEARS: i32 = 10;

/// How exactly a date is written; of a period, its less exact end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// With the day.
    Day,
    /// Month and year.
    Month,
    /// Season, quarter, half, early/mid/late.
    Season,
    /// Year only.
    Year,
}

/// A date or period in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPeriod {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The period. A single date is its end, without a start.
    pub period: Period,
    /// Two ends are written (or a start and an open end).
    pub is_range: bool,
    /// How exactly it is written.
    pub precision: Precision,
}

/// Words after which a number that looks like a year is a version (`Office 2016`).
const PRODUCTS: &[&str] = &[
    "windows",
    "office",
    "server",
    "excel",
    "studio",
    "word",
    "sharepoint",
    "exchange",
    "outlook",
    "project",
    "visio",
    "access",
    "powerpoint",
    "autocad",
    "iso",
    "ecma",
    "es",
    "c",
    "sql",
    "revit",
    "vs",
    "dynamics",
];

/// Tokens in front of the first number of a date (`expected graduation date: end of 2027`).
const NUMBER_WITHIN: usize = 6;

/// What one word says in a date.
pub(super) fn word(written: &str) -> Option<DateWord> {
    tokens::word_of(written)
}

/// Finds the dates and periods of a line.
pub fn find(text: &str, as_of: Month) -> Vec<FoundPeriod> {
    find_ordered(text, as_of, None)
}

/// [`find`] where it is known what comes first in `01/03/2019`.
pub(super) fn find_ordered(text: &str, as_of: Month, order: Option<DayOrder>) -> Vec<FoundPeriod> {
    if may_hold_year(text) { find_dated(text, as_of, order) } else { Vec::new() }
}

/// The same for a line of which it is known that it may hold a year.
pub(super) fn find_dated(text: &str, as_of: Month, order: Option<DayOrder>) -> Vec<FoundPeriod> {
    let tokens = Tokens::of(text);
    let reader = Reader { tokens: &tokens, as_of, order };
    let mut found = Vec::new();
    let mut index = 0;
    let mut number = 0;
    while index < tokens.list.len() {
        // A date can begin here only if a number stands within the next tokens.
        number = number.max(index);
        while number < tokens.list.len() && tokens.number(number).is_none() {
            number += 1;
        }
        if number == tokens.list.len() {
            break;
        }
        index = index.max(number.saturating_sub(NUMBER_WITHIN));
        let begins = match tokens.kind(index) {
            Some(Kind::Word) => tokens.word(index).is_some() || point::opens_quarter(tokens.written(index)),
            kind => matches!(kind, Some(Kind::Number(_) | Kind::Apostrophe)),
        };
        match begins.then(|| reader.period(index)).flatten() {
            Some((period, next)) => {
                found.push(period);
                index = next;
            }
            None => index += 1,
        }
    }
    found
}

impl Reader<'_> {
    /// The period that begins at token `index`, and the token after it.
    fn period(&self, index: usize) -> Option<(FoundPeriod, usize)> {
        let (lead, first_at) = self.lead(index);
        let start = self.point(first_at).filter(|point| self.is_free(first_at, point))?;
        if matches!(lead, Some(DateWord::Until | DateWord::Expected)) && !start.weak {
            return Some((self.single(index, start, lead), start.next));
        }
        if let Some((end, next)) = self.end_of_range(&start, first_at) {
            return Some((self.range(index, next, start, end), next));
        }
        if start.yearless || start.weak && !self.stands_alone(first_at, &start) {
            return None;
        }
        if lead == Some(DateWord::Since) {
            return Some((self.range(index, start.next, start, RangeEnd::Open { implied: false }), start.next));
        }
        if start.precision == Precision::Year && self.is_quantity(first_at) {
            return None;
        }
        Some((self.single(if lead == Some(DateWord::Expected) { index } else { first_at }, start, lead), start.next))
    }

    /// A word in front that says what the date is (`since`, `until`, `Expected`), and where the date begins.
    fn lead(&self, index: usize) -> (Option<DateWord>, usize) {
        let word = match self.tokens.word(index) {
            // "Calgary, AB in 2021"
            Some(DateWord::Since) if self.tokens.written(index) == "AB" => return (None, index),
            Some(word @ (DateWord::Since | DateWord::Until | DateWord::Expected | DateWord::From)) => word,
            // "De mars 2017 à août 2020"
            Some(DateWord::Filler) if index == 0 => DateWord::From,
            _ => return (None, index),
        };
        // "Expected Graduation: May 2027", "until end of 2020", "jusqu'à 2020"
        let skippable = |at: usize| {
            // "From: 05/2015 To: 08/2018"
            let month = self.tokens.written(at) == ":" && self.tokens.kind(at + 2) == Some(Kind::Slash);
            let sign = matches!(self.tokens.kind(at), Some(Kind::Sign | Kind::Dot | Kind::Apostrophe | Kind::Comma))
                && (month || self.tokens.number(at + 1).is_none_or(|_| self.tokens.digits(at + 1) != 2));
            let word = matches!(
                key(self.tokens.written(at)).as_str(),
                "graduation" | "in" | "a" | "completion" | "date" | "to" | "graduate" | "by" | "the" | "of" | "degree"
            );
            sign || word
        };
        let at = (index + 1..index + 5).find(|at| !skippable(*at)).unwrap_or(index + 1);
        (Some(word), at)
    }

    /// The number at the start of the point is not a piece of a longer number (`555-2014`, `9001:2015`, `$2000`, `2019%`).
    fn is_free(&self, index: usize, point: &Point) -> bool {
        let tokens = self.tokens;
        let glued_before = index > 0 && !tokens.is_spaced(index) && {
            let before = &tokens.list[index - 1];
            let digits_before = index > 1
                && !tokens.is_spaced(index - 1)
                && matches!(tokens.kind(index - 2), Some(Kind::Number(_) | Kind::Other));
            match before.kind {
                Kind::Number(_) | Kind::Other => true,
                Kind::Word => {
                    // "预计2022年4月": no blanks between words.
                    let unspaced = tokens.written(index - 1).ends_with(|ch| matches!(ch, '\u{3040}'..='\u{9fff}'));
                    tokens.number(index).is_some() && !unspaced
                }
                Kind::Dash | Kind::Dot | Kind::Slash => {
                    digits_before || before.kind == Kind::Dot && tokens.number(index).is_some() && index == 1
                }
                Kind::Comma => digits_before && tokens.digits(index - 2) < 4,
                Kind::Sign => {
                    matches!(tokens.written(index - 1), "$" | "€" | "£" | "#" | "₹" | "@" | "=" | "_" | "%" | "+")
                        || tokens.written(index - 1) == ":" && digits_before
                }
                _ => false,
            }
        };
        let glued_after = tokens.list.get(point.next).is_some_and(|next| {
            let touching = !next.spaced;
            let unit = matches!(
                tokens.written(point.next),
                "%" | "+" | "_" | "@" | "=" | "s" | "k" | "K" | "x" | "px" | "M" | "$" | "€"
            );
            let decimal = next.kind == Kind::Dot
                && !tokens.is_spaced(point.next + 1)
                && tokens.number(point.next + 1).is_some()
                && point.precision == Precision::Year;
            touching && (unit || decimal || matches!(next.kind, Kind::Other))
        });
        !glued_before && !glued_after
    }

    /// The second end, behind the sign or word between, or the open end of a dangling dash (`Feb 2025 -`).
    fn end_of_range(&self, start: &Point, first_at: usize) -> Option<(RangeEnd, usize)> {
        let tokens = self.tokens;
        let between = start.next;
        // "2018. – 2021."
        let dotted = tokens.kind(between) == Some(Kind::Dot) && tokens.kind(between + 1) == Some(Kind::Dash);
        let mut at = between + usize::from(dotted);
        let mut signs = 0;
        while signs < 3 && matches!(tokens.kind(at), Some(Kind::Dash)) {
            at += 1;
            signs += 1;
        }
        if signs == 0 && tokens.written(at) == "|" && start.precision == Precision::Year && self.year(at + 1).is_some()
        {
            at += 1; // "2018 | 2020"
        }
        if signs == 0 && tokens.written(at) == "\t" && self.is_next_cell_end(start, at + 1) {
            at += 1;
        }
        let slash = signs == 0 && tokens.kind(at) == Some(Kind::Slash);
        if slash && start.precision == Precision::Year {
            at += 1;
        }
        let behind_sign = at;
        if matches!(tokens.word(at), Some(DateWord::To | DateWord::Until)) {
            at += 1;
            // "From: May 2015 To: August 2018"
            at += usize::from(tokens.written(at) == ":");
            at += usize::from(matches!(tokens.kind(at), Some(Kind::Dash | Kind::Apostrophe)));
            at += usize::from(matches!(tokens.word(at), Some(DateWord::To | DateWord::Filler)));
        }
        // "A la fecha" begins with a word that may also join two dates.
        let behind_start = || if at == between { None } else { self.present(between) };
        let open = self.present(at).or_else(behind_start).or_else(|| self.present(behind_sign));
        if let Some(next) = open {
            return (!start.yearless).then_some((RangeEnd::Open { implied: false }, next));
        }
        if at == between && !self.is_pair(start, at) {
            return None;
        }
        if tokens.word(at) == Some(DateWord::Expected) {
            // "Exp. Jun. 2017"
            let behind = at + 1 + usize::from(tokens.kind(at + 1) == Some(Kind::Dot));
            at = if self.point(behind).is_some() { behind } else { at };
        }
        at += usize::from(self.bracketed_expected(at));
        if let Some(end) = self.point(at).filter(|end| !end.yearless && self.is_plain_after(end)) {
            let fits = !slash || end.precision == Precision::Year;
            return fits.then_some((RangeEnd::Point(end), end.next));
        }
        // "2015 – 19", "2015/16"
        if start.precision == Precision::Year
            && self.year(first_at).is_some()
            && let Some(short) = self.short_end(start, at)
        {
            return Some((RangeEnd::Point(short), short.next));
        }
        // "Cook\t03/19–": as short as it is, the dash behind it makes it a date.
        let dangling = signs > 0
            && (!start.weak || self.is_short_month(first_at))
            && tokens.list.get(at).is_none_or(|next| {
                matches!(tokens.written(at), "\t" | ")" | "|" | "]" | "•") && next.kind == Kind::Sign
            });
        dangling.then_some((RangeEnd::Open { implied: true }, at))
    }

    /// `03/19` as the first thing of a cell.
    fn is_short_month(&self, index: usize) -> bool {
        let opens = index == 0 || matches!(self.tokens.written(index - 1), "\t" | "(" | "|" | ",");
        opens && self.tokens.number(index).is_some() && self.tokens.kind(index + 1) == Some(Kind::Slash)
    }

    /// `Mar. 2016 Aug. 2019`: two months with their years side by side, the dash between them lost by a font.
    fn is_pair(&self, start: &Point, at: usize) -> bool {
        let month = |point: &Point| point.precision == Precision::Month && !point.yearless && !point.weak;
        // "09/2014 10/2018": both in words, or both in numbers.
        let alike = || match self.tokens.kind(at) {
            Some(Kind::Word) => true,
            Some(Kind::Number(_)) => start.next >= 2 && self.tokens.kind(start.next - 2) == Some(Kind::Slash),
            _ => false,
        };
        month(start) && alike() && self.point(at).is_some_and(|end| month(&end) && end.at.earliest > start.at.latest)
    }

    /// `Apr 2019⇥Till Date`, `Jan 2016⇥Mar 2019`: columns "From" and "To" of a table.
    fn is_next_cell_end(&self, start: &Point, at: usize) -> bool {
        let ends_cell = |next: usize| next >= self.tokens.list.len() || self.tokens.written(next) == "\t";
        if start.yearless || start.weak {
            return false;
        }
        let from = at + usize::from(matches!(self.tokens.word(at), Some(DateWord::To | DateWord::Until)));
        let later =
            |end: &Point| !end.yearless && !end.weak && end.at.earliest > start.at.latest && ends_cell(end.next);
        self.present(at).or_else(|| self.present(from)).is_some_and(ends_cell)
            || self.point(at).is_some_and(|end| later(&end))
    }

    fn bracketed_expected(&self, at: usize) -> bool {
        self.tokens.written(at) == "("
            && self.tokens.word(at + 1) == Some(DateWord::Expected)
            && self.point(at + 2).is_some()
    }

    fn short_end(&self, start: &Point, at: usize) -> Option<Point> {
        let year = self.short_year(at)?;
        let from = start.at.earliest.year();
        let point = Point {
            at: DatePoint::year(year),
            precision: Precision::Year,
            flag: None,
            weak: false,
            yearless: false,
            next: at + 1,
        };
        (year > from && year <= from + 30 && self.is_plain_after(&point)).then_some(point)
    }

    /// What follows does not show the number to be part of something longer.
    fn is_plain_after(&self, point: &Point) -> bool {
        let next = self.tokens.list.get(point.next);
        next.is_none_or(|next| {
            next.spaced
                || !matches!(self.tokens.written(point.next), "%" | "+" | "_" | "@")
                    && !matches!(next.kind, Kind::Other | Kind::Number(_))
        })
    }

    /// A word or phrase for "until now" at token `index`: the token after it.
    fn present(&self, index: usize) -> Option<usize> {
        let tokens = self.tokens;
        let index = if tokens.written(index) == "(" { index + 1 } else { index };
        let written = tokens.written(index);
        // "d.d.": the Norwegian and Danish for the day of writing.
        if written == "d" && tokens.text[tokens.list[index].start..].starts_with("d.d") {
            return Some(index + 3 + usize::from(tokens.kind(index + 3) == Some(Kind::Dot)));
        }
        if written.len() < 2
            && !written.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii())
            && !written.eq_ignore_ascii_case("a")
            && written != "à"
            && written != "o"
        {
            return None;
        }
        if tokens.kind(index)? != Kind::Word {
            return None;
        }
        let limit = if present::may_open(written) { (index + 5).min(tokens.list.len()) } else { index };
        for to in (index + 1..=limit).rev() {
            let slice = &tokens.text[tokens.list[index].start..tokens.list[to - 1].end];
            if to - index > 1 && slice.len() < 40 && present::is_phrase(slice) {
                return Some(to);
            }
        }
        // "aujourd'hui" is two words to the tokens.
        if written.eq_ignore_ascii_case("aujourd") {
            return Some(index + 3);
        }
        let is_phrase = || limit > index && present::is_phrase(written);
        let single = tokens.word(index) == Some(DateWord::Present) || is_phrase();
        single.then_some(index + 1 + usize::from(tokens.kind(index + 1) == Some(Kind::Dot)))
    }

    /// A weak date that may stand alone: `'19` as the whole of a cell, `May '21`.
    fn stands_alone(&self, index: usize, point: &Point) -> bool {
        let before = index == 0 || matches!(self.tokens.written(index - 1), "\t" | "(" | "|" | ",");
        let after = self
            .tokens
            .list
            .get(point.next)
            .is_none_or(|_| matches!(self.tokens.written(point.next), "\t" | ")" | "|" | ","));
        let written = point.precision == Precision::Month && self.tokens.kind(index) == Some(Kind::Word)
            || self.tokens.kind(index) == Some(Kind::Apostrophe);
        before && after && written && index + 1 < self.tokens.list.len()
    }

    /// A bare number that counts something (`2000 users`) or names a version (`Office 2016`).
    fn is_quantity(&self, index: usize) -> bool {
        let tokens = self.tokens;
        let before = index.checked_sub(1).map_or("", |at| tokens.written(at));
        let product = tokens.is_spaced(index) && PRODUCTS.contains(&before.to_lowercase().as_str());
        let follower = tokens.written(index + 1);
        let lower = follower.chars().next().is_some_and(|letter| letter.is_lowercase() && letter.is_ascii());
        let linking = matches!(
            follower,
            "with"
                | "at"
                | "in"
                | "from"
                | "by"
                | "and"
                | "for"
                | "to"
                | "as"
                | "on"
                | "st"
                | "via"
                | "under"
                | "graduate"
                | "batch"
                | "passout"
        );
        let dated = matches!(
            before.to_lowercase().as_str(),
            "in" | "since" | "," | "(" | "by" | "during" | "of" | "until" | "-" | "–" | "year" | "|" | "\t"
        ) || index == 0;
        let metric = tokens.kind(index + 1) == Some(Kind::Comma)
            && !tokens.is_spaced(index + 2)
            && tokens.number(index + 2).is_some();
        product || metric || (lower && !linking && !dated)
    }

    fn range(&self, first: usize, next: usize, mut start: Point, end: RangeEnd) -> FoundPeriod {
        let mut flags: Vec<DateFlag> = start.flag.into_iter().collect();
        let mut precision = start.precision;
        let end = match end {
            RangeEnd::Open { implied } => End::Open { implied },
            RangeEnd::Point(mut end) => {
                precision = precision.max(end.precision);
                flags.extend(end.flag.filter(|flag| Some(*flag) != start.flag));
                if start.yearless {
                    start.at = same_year(start.at, end.at);
                }
                if end.at.latest < start.at.earliest {
                    std::mem::swap(&mut start.at, &mut end.at);
                    flags.push(DateFlag::Reversed);
                }
                if end.at.earliest > self.as_of {
                    flags.push(DateFlag::Expected);
                }
                End::At(end.at)
            }
        };
        let period = Period { start: Some(start.at), end, flags };
        self.found(first, next, period, true, precision)
    }

    fn single(&self, first: usize, point: Point, lead: Option<DateWord>) -> FoundPeriod {
        let mut flags: Vec<DateFlag> = point.flag.into_iter().collect();
        if point.at.earliest > self.as_of || (lead == Some(DateWord::Expected) && point.at.latest >= self.as_of) {
            flags.push(DateFlag::Expected);
        }
        let period = Period { start: None, end: End::At(point.at), flags };
        self.found(first, point.next, period, false, point.precision)
    }

    fn found(&self, first: usize, next: usize, period: Period, is_range: bool, precision: Precision) -> FoundPeriod {
        let list = &self.tokens.list;
        let start = list.get(first).map_or(0, |token| token.start);
        let end = list.get(next.clamp(1, list.len()) - 1).map_or(start, |token| token.end);
        FoundPeriod { start, end, period, is_range, precision }
    }
}

enum RangeEnd {
    Point(Point),
    Open { implied: bool },
}

/// `Jun – Aug 2021`: the month without a year lies in the other end's year, or in the year before (`Nov – Feb 2021`).
fn same_year(start: DatePoint, end: DatePoint) -> DatePoint {
    let month = start.earliest.month();
    let year = end.earliest.year();
    let at = Month::new(year, month);
    DatePoint::month(if at > end.latest { Month::new(year - 1, month) } else { at })
}

#[cfg(test)]
mod tests;
