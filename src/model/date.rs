//! Months and periods with uncertainty. A résumé says `2019`, `Spring 2021`, `Feb 2025 -`: each is an interval of
//! months, never a guessed day. Parsing lives in `profile::dates`; this file is arithmetic only.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A calendar month, counted from January of year 0. Written `YYYY-MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month(pub i32);

impl Month {
    /// The month `month` (1–12) of `year`.
    pub fn new(year: i32, month: u32) -> Month {
        Month(year * 12 + month.clamp(1, 12) as i32 - 1)
    }

    /// Calendar year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// Month of the year, 1–12.
    pub fn month(self) -> u32 {
        self.0.rem_euclid(12) as u32 + 1
    }

    /// Reads `YYYY-MM` (or the first seven characters of `YYYY-MM-DD`).
    pub fn parse(text: &str) -> Option<Month> {
        let (year, rest) = text.split_once('-')?;
        let month: u32 = rest.get(..2)?.parse().ok()?;
        let year: i32 = year.parse().ok()?;
        ((1..=12).contains(&month) && (1000..=9999).contains(&year)).then(|| Month::new(year, month))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year(), self.month())
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Month, D::Error> {
        if !deserializer.is_human_readable() {
            return i32::deserialize(deserializer).map(Month);
        }
        let text = String::deserialize(deserializer)?;
        Month::parse(&text).ok_or_else(|| serde::de::Error::custom("expected YYYY-MM"))
    }
}

/// A point in time known to lie between two months, both included. `2019` is January to December 2019.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DatePoint {
    /// The earliest month it can be.
    pub earliest: Month,
    /// The latest month it can be; never before `earliest`.
    pub latest: Month,
}

impl DatePoint {
    /// A known month.
    pub fn month(month: Month) -> DatePoint {
        DatePoint { earliest: month, latest: month }
    }

    /// Some month of a year.
    pub fn year(year: i32) -> DatePoint {
        DatePoint { earliest: Month::new(year, 1), latest: Month::new(year, 12) }
    }

    /// The month is known.
    pub fn is_exact(self) -> bool {
        self.earliest == self.latest
    }

    /// The whole of one calendar year is possible.
    pub fn is_year(self) -> bool {
        self.earliest.month() == 1 && self.latest.0 == self.earliest.0 + 11
    }
}

/// ISO 8601 as far as known: `2019-08`, `2019`, or `2019-03/2019-05` for an interval that is not a year.
impl fmt::Display for DatePoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_exact() {
            write!(out, "{}", self.earliest)
        } else if self.is_year() {
            write!(out, "{:04}", self.earliest.year())
        } else {
            write!(out, "{}/{}", self.earliest, self.latest)
        }
    }
}

/// How a period ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// Ended (or is expected to end) then.
    At(DatePoint),
    /// Still going on. `implied` when only a dangling dash says so (`Feb 2025 -`).
    Open {
        /// No word for "present" was written.
        implied: bool,
    },
    /// Nothing was written about the end.
    Unknown,
}

/// Why a date is to be read with care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateFlag {
    /// `03/04/2019`: day and month cannot be told apart; both readings are inside the interval.
    Ambiguous,
    /// Written end before start; the ends were swapped.
    Reversed,
    /// Two-digit year, read with the pivot stated in `profile::dates`.
    TwoDigitYear,
    /// The end lies after the document's date (`Expected May 2027`).
    Expected,
}

/// From when to when. `2024` beside a degree has no start; `Feb 2025 -` has an open end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// When it began, if written.
    pub start: Option<DatePoint>,
    /// How it ends.
    pub end: End,
    /// What was odd about it.
    pub flags: Vec<DateFlag>,
}

impl Period {
    /// Still going on at `as_of`: open, or ending after it.
    pub fn is_current(&self, as_of: Month) -> bool {
        match self.end {
            End::Open { .. } => self.start.is_none_or(|start| start.earliest <= as_of),
            End::At(end) => end.latest >= as_of && self.start.is_some_and(|start| start.earliest <= as_of),
            End::Unknown => false,
        }
    }

    /// First and last month at the point estimate, both included: a year-only start counts from July, a year-only end to
    /// June (midpoints; `design: extraction, 7.1`), an open end at `as_of`. None without a start or end.
    pub fn span(&self, as_of: Month) -> Option<(Month, Month)> {
        let start = self.start?;
        let first = if start.is_exact() { start.earliest } else { Month((start.earliest.0 + start.latest.0 + 1) / 2) };
        let last = match self.end {
            End::At(end) if end.is_exact() => end.latest,
            End::At(end) => Month((end.earliest.0 + end.latest.0) / 2),
            End::Open { .. } => as_of,
            End::Unknown => return None,
        };
        let last = last.min(as_of);
        (first <= as_of).then_some((first, last.max(first)))
    }
}

/// `2019-08 – 2020-12`, `2025-02 – present`, `– 2024`.
impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(start) = self.start {
            write!(out, "{start} ")?;
        }
        match self.end {
            End::At(end) => write!(out, "– {end}"),
            End::Open { .. } => write!(out, "– present"),
            End::Unknown => write!(out, "–"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn month_prints_and_parses() {
        assert_eq!(Month::new(2023, 8).to_string(), "2023-08");
        assert_eq!(Month::parse("2023-08-14"), Some(Month::new(2023, 8)));
        assert_eq!(Month::parse("2023-13"), None);
    }

    #[test]
    fn a_span_of_years_uses_midpoints() {
        let period = Period { start: Some(DatePoint::year(2015)), end: End::At(DatePoint::year(2019)), flags: vec![] };
        let (first, last) = period.span(Month::new(2026, 1)).unwrap();
        assert_eq!((first, last), (Month::new(2015, 7), Month::new(2019, 6)));
        assert_eq!(last.0 - first.0 + 1, 48);
    }
}
