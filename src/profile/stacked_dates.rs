//! Start and end of a stint below each other in a column of their own, without a dash → where they are. In: the lines of a section and the
//! dates found on each. Out: the first line of each pair. All dates of the section must stand in such pairs, for two dates below each other
//! may as well be those of two entries.
//!
//! ```text
//! MAY 2018   Head Cook            Head Cook              May 2018
//! PRESENT    Blue Fish Inn        Blue Fish Inn           Present
//!            • ran the kitchen    • ran the kitchen
//! FEB 2015   Cook                 Cook                   Feb 2015
//! APR 2018   Hotel Alpha          Hotel Alpha            Apr 2018
//! ```

use super::dates::{self, FoundPeriod};
use crate::lexicon::DateWord;
use crate::model::{End, Line, Month};
use std::ops::Range;

/// Pairs that show dates to be set this way.
const MIN_PAIRS: usize = 2;

/// What stands in the cell of a line.
#[derive(Clone, Copy, PartialEq)]
enum Cell {
    /// A date alone: its first month.
    Date(Month),
    /// "Present"
    Now,
}

/// First lines of the pairs, if all dates of the section are paired.
pub(super) fn pairs(lines: &[&Line], dates: &[Vec<FoundPeriod>]) -> Vec<usize> {
    // Most sections have a range, which is written on one line.
    let is_single = |found: &FoundPeriod| !found.is_range;
    let dated = dates.iter().filter(|found| !found.is_empty()).count();
    if dated < MIN_PAIRS + 1 || !dates.iter().flatten().all(is_single) {
        return Vec::new();
    }
    let mut firsts = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match (cell(lines, dates, at), cell(lines, dates, at + 1)) {
            (None, _) if dates[at].is_empty() => at += 1,
            (Some((Cell::Date(start), left)), Some((end, below)))
                if left == below && end_fits(start, end) && cell(lines, dates, at + 2).is_none() =>
            {
                firsts.push(at);
                at += 2;
            }
            _ => return Vec::new(),
        }
    }
    if firsts.len() < MIN_PAIRS { Vec::new() } else { firsts }
}

fn end_fits(start: Month, end: Cell) -> bool {
    match end {
        Cell::Date(end) => end >= start,
        Cell::Now => true,
    }
}

/// What the line has in its first or last cell, and whether it is the first one.
fn cell(lines: &[&Line], dates: &[Vec<FoundPeriod>], at: usize) -> Option<(Cell, bool)> {
    let text = lines.get(at)?.text.as_str();
    let (first, last) = (first_cell(text)?, last_cell(text)?);
    let is_now = |cell: &Range<usize>| dates::word(text[cell.clone()].trim()) == Some(DateWord::Present);
    let fills = |cell: &Range<usize>, date: &FoundPeriod| {
        text[cell.start..date.start.max(cell.start)].trim().is_empty()
            && text[date.end.min(cell.end)..cell.end].trim().is_empty()
    };
    match dates[at].as_slice() {
        [date] => {
            let End::At(point) = date.period.end else { return None };
            let is_first = fills(&first, date);
            (is_first || fills(&last, date)).then_some((Cell::Date(point.earliest), is_first))
        }
        [] if is_now(&first) => Some((Cell::Now, true)),
        [] if is_now(&last) => Some((Cell::Now, false)),
        _ => None,
    }
}

/// Bytes up to the first tab; none without one.
fn first_cell(text: &str) -> Option<Range<usize>> {
    memchr::memchr(b'\t', text.as_bytes()).map(|tab| 0..tab)
}

fn last_cell(text: &str) -> Option<Range<usize>> {
    memchr::memrchr(b'\t', text.as_bytes()).map(|tab| tab + 1..text.len())
}

/// The period of the pair that begins at line `at`, and the cells it is written in.
pub(super) fn joined(lines: &[&Line], at: usize, as_of: Month) -> Option<(Vec<Range<usize>>, FoundPeriod)> {
    let of = |at: usize, cell: fn(&str) -> Option<Range<usize>>| Some((cell(&lines[at].text)?, &lines[at].text));
    [first_cell as fn(&str) -> Option<Range<usize>>, last_cell].into_iter().find_map(|cell| {
        let ((start, above), (end, below)) = (of(at, cell)?, of(at + 1, cell)?);
        let written = format!("{} – {}", above[start.clone()].trim(), below[end.clone()].trim());
        let date = dates::find(&written, as_of).into_iter().next()?;
        let is_whole = date.is_range && date.start == 0 && date.end == written.len();
        is_whole.then(|| (vec![start, end], date))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], expected: &[&str]) {
        let lines: Vec<Line> = lines.iter().map(|text| Line { text: text.to_string(), ..Line::default() }).collect();
        let lines: Vec<&Line> = lines.iter().collect();
        let as_of = Month::new(2026, 1);
        let dates: Vec<Vec<FoundPeriod>> = lines.iter().map(|line| dates::find(&line.text, as_of)).collect();
        let pairs = pairs(&lines, &dates).into_iter().filter_map(|at| joined(&lines, at, as_of));
        let found: Vec<String> = pairs.map(|(_, date)| date.period.to_string()).collect();
        assert_eq!(found, expected, "{lines:?}");
    }

    #[test]
    fn pairs_at_either_margin() {
        let left =
            ["MAY 2018\tHead Cook", "PRESENT\tBlue Fish Inn", "ran the kitchen", "FEB 2015\tCook", "APR 2018\tAlpha"];
        check(&left, &["2018-05 – present", "2015-02 – 2018-04"]);
        check(&["Cook\t2018", "Alpha\t2020", "cooked", "Aide\t2015", "Beta\t2017"], &["2018 – 2020", "2015 – 2017"]);
    }

    #[test]
    fn dates_of_entries_are_no_pairs() {
        check(&["2018\tHead Cook", "2019\tCook", "2020\tAide"], &[]);
        check(&["BA\t2015", "MA\t2017"], &[]);
        check(&["Cook\t2018 – 2019", "Aide\t2015", "Alpha\t2017"], &[]);
        check(&["2020\tCook", "2018\tAlpha", "cooked", "2017\tAide", "2015\tBeta"], &[]);
    }
}
