//! One date → [`Point`]. In: tokens and where to start. Out: an interval of months and how exactly it was written. Ranges are
//! put together in `mod.rs`.
//!
//! Two-digit years are 20yy up to eight years after the as-of month, else 19yy.

use super::tokens::{Kind, Tokens};
use super::{DayOrder, FUTURE_YEARS, Precision};
use crate::lexicon::DateWord;
use crate::model::{DateFlag, DatePoint, Month};

/// A date as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    pub(super) at: DatePoint,
    pub(super) precision: Precision,
    pub(super) flag: Option<DateFlag>,
    /// Too short to be a date alone (`Mar 19`, `01/22`): needs a second end.
    pub(super) weak: bool,
    /// A month without a year (`Jun – Aug 2021`): takes the year of the other end.
    pub(super) yearless: bool,
    /// Token after the last.
    pub(super) next: usize,
}

impl Point {
    fn new(at: DatePoint, precision: Precision, next: usize) -> Point {
        Point { at, precision, flag: None, weak: false, yearless: false, next }
    }

    fn months(year: i32, first: u8, last: u8, precision: Precision, next: usize) -> Point {
        let later = i32::from(last < first);
        let at = DatePoint { earliest: Month::new(year, first.into()), latest: Month::new(year + later, last.into()) };
        Point::new(at, precision, next)
    }

    fn flagged(mut self, flag: Option<DateFlag>) -> Point {
        self.flag = self.flag.or(flag);
        self
    }
}

/// `Q3 2019`, `H1 2022`, `FY21`: what begins a date and is no word of dates.
pub(super) fn opens_quarter(word: &str) -> bool {
    matches!(word, "Q" | "q" | "H" | "FY")
}

/// Reads dates out of tokens.
pub(super) struct Reader<'t> {
    pub(super) tokens: &'t Tokens<'t>,
    pub(super) as_of: Month,
    /// What comes first in `01/03/2019`, if it is known.
    pub(super) order: Option<DayOrder>,
}

impl Reader<'_> {
    /// The date that begins at token `index`.
    pub(super) fn point(&self, index: usize) -> Option<Point> {
        match self.tokens.kind(index)? {
            Kind::Word => self.word_first(index),
            Kind::Number(_) => self.number_first(index),
            Kind::Apostrophe => {
                let year = self.short_year(index + 1).filter(|_| !self.tokens.is_spaced(index + 1))?;
                let mut point = Point::new(DatePoint::year(year), Precision::Year, index + 2);
                point.weak = true;
                Some(point.flagged(Some(DateFlag::TwoDigitYear)))
            }
            _ => None,
        }
    }

    /// A four-digit year that can stand in a résumé.
    pub(super) fn year(&self, index: usize) -> Option<i32> {
        let year = self.tokens.number(index).filter(|_| self.tokens.digits(index) == 4)?;
        (1950..=self.as_of.year() + FUTURE_YEARS).contains(&year).then_some(year)
    }

    /// A two-digit year.
    pub(super) fn short_year(&self, index: usize) -> Option<i32> {
        let number = self.tokens.number(index).filter(|_| self.tokens.digits(index) == 2)?;
        let pivot = self.as_of.year() + 8;
        let year = self.as_of.year() / 100 * 100 + number;
        Some(if year <= pivot { year } else { year - 100 }).filter(|year| *year >= 1950)
    }

    /// A year in either form, also behind an apostrophe: value, flag, next token.
    fn any_year(&self, index: usize) -> Option<(i32, Option<DateFlag>, usize)> {
        if let Some(year) = self.year(index) {
            return Some((year, None, index + 1));
        }
        let short = if self.tokens.kind(index) == Some(Kind::Apostrophe) { index + 1 } else { index };
        Some((self.short_year(short)?, Some(DateFlag::TwoDigitYear), short + 1))
    }

    fn word_first(&self, index: usize) -> Option<Point> {
        match self.tokens.word(index) {
            Some(DateWord::Month(month)) => self.month_first(index, month),
            Some(DateWord::Season(first, last)) => {
                let year = self.skip(index + 1, &[Kind::Dot, Kind::Comma, Kind::Dash], true);
                let (year, flag, next) = self.any_year(year)?;
                // "Winter 2021/22", "WS 2019/2020"
                let both = self.tokens.kind(next) == Some(Kind::Slash) && self.any_year(next + 1).is_some();
                let next = if both { next + 2 } else { next };
                // "Spring 2018 – Winter 2020" does not speak of 2021.
                let last = if both { last } else { last.max(first) };
                Some(Point::months(year, first, last, Precision::Season, next).flagged(flag))
            }
            Some(DateWord::Part(first, last)) => {
                let year = self.skip(index + 1, &[Kind::Dash], true);
                if let Some(DateWord::Month(month)) = self.tokens.word(year) {
                    return self.month_first(year, month); // "mid March 2020"
                }
                let (year, next) = (self.year(year)?, year + 1);
                Some(Point::months(year, first, last, Precision::Season, next))
            }
            _ => self.quarter_first(index),
        }
    }

    /// `Q3 2019`, `H1 2022`, `FY21`.
    fn quarter_first(&self, index: usize) -> Option<Point> {
        let tokens = self.tokens;
        let written = tokens.written(index);
        let number = tokens.number(index + 1).filter(|_| !tokens.is_spaced(index + 1));
        match (written, number) {
            ("Q" | "q", Some(quarter @ 1..=4)) if tokens.digits(index + 1) == 1 => {
                let (year, flag, next) =
                    self.any_year(self.skip(index + 2, &[Kind::Dash, Kind::Slash, Kind::Comma], true))?;
                Some(
                    Point::months(year, quarter as u8 * 3 - 2, quarter as u8 * 3, Precision::Season, next)
                        .flagged(flag),
                )
            }
            ("H", Some(half @ 1..=2)) if tokens.digits(index + 1) == 1 => {
                let (year, flag, next) = self.any_year(self.skip(index + 2, &[Kind::Dash, Kind::Slash], true))?;
                Some(Point::months(year, half as u8 * 6 - 5, half as u8 * 6, Precision::Season, next).flagged(flag))
            }
            ("FY", _) => {
                let (year, flag, next) = self.any_year(index + 1)?;
                // Fiscal years differ: April before to December.
                let at = DatePoint { earliest: Month::new(year - 1, 4), latest: Month::new(year, 12) };
                Some(Point::new(at, Precision::Year, next).flagged(flag))
            }
            _ => None,
        }
    }

    /// `Aug 2023`, `Sept. 2023`, `August 15, 2023`, `Jan '22`, `Jan-22`, `março de 2020`, `Aug`.
    fn month_first(&self, index: usize, month: u8) -> Option<Point> {
        let tokens = self.tokens;
        let exact =
            |year: i32, precision, next| Point::new(DatePoint::month(Month::new(year, month.into())), precision, next);
        let year_at = self.skip(index + 1, &[Kind::Dot, Kind::Comma, Kind::Dash, Kind::Slash], true);
        if let Some(year) = self.year(year_at) {
            return Some(exact(year, Precision::Month, year_at + 1));
        }
        if let Some(1..=31) = tokens.number(year_at).filter(|_| tokens.digits(year_at) <= 2) {
            let mut after = year_at + 1;
            if matches!(tokens.written(after), "st" | "nd" | "rd" | "th") {
                after += 1;
            }
            let year_after = self.skip(after, &[Kind::Comma, Kind::Dot, Kind::Apostrophe], true);
            if let Some(year) = self.year(year_after) {
                return Some(exact(year, Precision::Day, year_after + 1));
            }
        }
        if tokens.kind(year_at) == Some(Kind::Apostrophe)
            && let Some((year, flag, next)) = self.any_year(year_at)
        {
            return Some(exact(year, Precision::Month, next).flagged(flag));
        }
        if let Some(year) = self.short_year(year_at) {
            let mut point = exact(year, Precision::Month, year_at + 1).flagged(Some(DateFlag::TwoDigitYear));
            point.weak = true;
            return Some(point);
        }
        let mut point = exact(0, Precision::Month, index + 1 + usize::from(tokens.kind(index + 1) == Some(Kind::Dot)));
        point.yearless = true;
        point.weak = true;
        Some(point)
    }

    fn number_first(&self, index: usize) -> Option<Point> {
        if self.year(index).is_some() {
            return self.year_first(index);
        }
        let tokens = self.tokens;
        let number = tokens.number(index).filter(|_| tokens.digits(index) <= 2)?;
        self.day_first(index)
            .or_else(|| self.numeric(index, number))
            .or_else(|| self.short_quarter(index, number))
            .or_else(|| self.month_sign(index, number))
    }

    /// `3 月 2017`
    fn month_sign(&self, index: usize, month: i32) -> Option<Point> {
        let (month, year) = (u32::try_from(month).ok().filter(|month| (1..=12).contains(month))?, index + 2);
        let year_value = self.year(year).filter(|_| self.tokens.written(index + 1) == "月")?;
        Some(Point::new(DatePoint::month(Month::new(year_value, month)), Precision::Month, year + 1))
    }

    /// `15 August 2023`, `15th Aug 2023`, `1. Januar 2020`, `15 de agosto de 2023`.
    fn day_first(&self, index: usize) -> Option<Point> {
        let tokens = self.tokens;
        let day = tokens.number(index)?;
        let mut word = index + 1;
        if matches!(tokens.written(word), "st" | "nd" | "rd" | "th") {
            word += 1;
        }
        let word = self.skip(word, &[Kind::Dot, Kind::Dash, Kind::Slash], true);
        let Some(DateWord::Month(month)) = tokens.word(word) else { return None };
        let year = self.skip(word + 1, &[Kind::Dot, Kind::Comma, Kind::Dash, Kind::Slash], true);
        let (year, flag, next) = self.any_year(year).filter(|_| (1..=31).contains(&day))?;
        Some(Point::new(DatePoint::month(Month::new(year, month.into())), Precision::Day, next).flagged(flag))
    }

    /// `3Q19`
    fn short_quarter(&self, index: usize, quarter: i32) -> Option<Point> {
        let glued = matches!(self.tokens.written(index + 1), "Q") && !self.tokens.is_spaced(index + 1);
        let (year, flag, next) = self.any_year(index + 2).filter(|_| glued && (1..=4).contains(&quarter))?;
        Some(Point::months(year, quarter as u8 * 3 - 2, quarter as u8 * 3, Precision::Season, next).flagged(flag))
    }

    /// `08/2019`, `08.2019`, `01/22`, `15/08/2019`, `15.08.2019`, `08-2019`.
    fn numeric(&self, index: usize, first: i32) -> Option<Point> {
        let tokens = self.tokens;
        let sign = tokens.kind(index + 1).filter(|kind| matches!(kind, Kind::Slash | Kind::Dot | Kind::Dash))?;
        let second_at = index + 2;
        let tight = !tokens.is_spaced(index + 1) && (!tokens.is_spaced(second_at) || sign == Kind::Slash);
        if !tight || first == 0 {
            return None;
        }
        if let Some(year) = self.year(second_at) {
            let month = u32::try_from(first).ok().filter(|month| *month <= 12)?;
            return Some(Point::new(DatePoint::month(Month::new(year, month)), Precision::Month, second_at + 1));
        }
        let second = tokens.number(second_at).filter(|_| tokens.digits(second_at) <= 2)?;
        let again = tokens.kind(second_at + 1) == Some(sign)
            && !tokens.is_spaced(second_at + 1)
            && !tokens.is_spaced(second_at + 2);
        if again && let Some((year, flag, next)) = self.any_year(second_at + 2) {
            return day_and_month(first, second, year, self.order, next).map(|point| point.flagged(flag));
        }
        let year = self.short_year(second_at).filter(|_| first <= 12 && sign == Kind::Slash && !again)?;
        let at = DatePoint::month(Month::new(year, first.unsigned_abs()));
        let mut point = Point::new(at, Precision::Month, second_at + 1).flagged(Some(DateFlag::TwoDigitYear));
        point.weak = true;
        Some(point)
    }

    /// `2019`, `2019-08-15`, `2019.08`, `2019/08`, `2019 August`, `2019年8月`, `2019 Q3`, `2021 Spring`.
    fn year_first(&self, index: usize) -> Option<Point> {
        let tokens = self.tokens;
        let year = self.year(index)?;
        let exact = |month: i32, precision, next| {
            Point::new(DatePoint::month(Month::new(year, month.unsigned_abs())), precision, next)
        };
        if tokens.written(index + 1) == "年" {
            return Some(match tokens.number(index + 2) {
                Some(month @ 1..=12) => {
                    exact(month, Precision::Month, index + 3 + usize::from(tokens.written(index + 3).starts_with('月')))
                }
                _ => Point::new(DatePoint::year(year), Precision::Year, index + 2),
            });
        }
        let sign = tokens.kind(index + 1).filter(|kind| matches!(kind, Kind::Slash | Kind::Dot | Kind::Dash));
        let tight = sign.is_some() && !tokens.is_spaced(index + 1) && !tokens.is_spaced(index + 2);
        if tight && let Some(month @ 1..=12) = tokens.number(index + 2).filter(|_| tokens.digits(index + 2) <= 2) {
            let day_at = index + 4;
            let day = tokens.kind(index + 3) == sign
                && !tokens.is_spaced(day_at)
                && tokens.digits(day_at) <= 2
                && tokens.number(day_at).is_some();
            if day {
                return Some(exact(month, Precision::Day, day_at + 1));
            }
            if self.is_iso_month(index, year, month) {
                return Some(exact(month, Precision::Month, index + 3));
            }
        }
        // "2022-Aug - Present"
        if tight
            && let Some(DateWord::Month(month)) = tokens.word(index + 2)
            && self.any_year(self.skip(index + 3, &[Kind::Dot, Kind::Comma], true)).is_none()
        {
            return Some(exact(month.into(), Precision::Month, index + 3));
        }
        // "2015. 09 – 2016. 02", as Korean and Taiwanese résumés write it.
        let dotted = sign == Some(Kind::Dot) && !tokens.is_spaced(index + 1) && tokens.digits(index + 2) == 2;
        if dotted
            && let Some(month @ 1..=12) = tokens.number(index + 2)
            && (tokens.kind(index + 3) == Some(Kind::Dash) || index >= 4 && self.year(index - 4).is_some())
        {
            return Some(exact(month, Precision::Month, index + 3));
        }
        let word = self.skip(index + 1, &[Kind::Comma], false);
        match tokens.word(word) {
            // "2019 August", but in "2019 May 2020" the month belongs to what follows.
            Some(DateWord::Month(month))
                if self.any_year(self.skip(word + 1, &[Kind::Dot, Kind::Comma], true)).is_none()
                    && tokens.written(word).len() > 1 =>
            {
                return Some(exact(month.into(), Precision::Month, word + 1));
            }
            Some(DateWord::Season(first, last)) if self.any_year(word + 1).is_none() => {
                return Some(Point::months(year, first, last, Precision::Season, word + 1));
            }
            _ => {}
        }
        if tokens.written(word) == "Q"
            && let Some(quarter @ 1..=4) = tokens.number(word + 1)
        {
            return Some(Point::months(year, quarter as u8 * 3 - 2, quarter as u8 * 3, Precision::Season, word + 2));
        }
        Some(Point::new(DatePoint::year(year), Precision::Year, index + 1))
    }

    /// `2015-09` is September, `2015-16` two years; `2010-12` is two years unless the other end is written with a month too.
    fn is_iso_month(&self, index: usize, year: i32, month: i32) -> bool {
        let tokens = self.tokens;
        if tokens.kind(index + 1) != Some(Kind::Dash) && tokens.kind(index + 1) != Some(Kind::Slash)
            || tokens.digits(index + 2) == 1
        {
            return true;
        }
        let may_be_year = (1..=8).contains(&(month - year % 100));
        let iso = |at: usize| {
            self.year(at).is_some() && tokens.kind(at + 1) == tokens.kind(index + 1) && tokens.digits(at + 2) == 2
        };
        let before = index >= 4 && iso(index - 4);
        !may_be_year || before || iso(index + 4) || self.present(index + 4).is_some()
    }

    /// Skips at most two of `kinds`, and fillers (`of`, `de`) where allowed.
    fn skip(&self, mut index: usize, kinds: &[Kind], fillers: bool) -> usize {
        for _ in 0..2 {
            let sign = self.tokens.kind(index).is_some_and(|kind| kinds.contains(&kind));
            let filler = fillers && matches!(self.tokens.word(index), Some(DateWord::Filler));
            if !sign && !filler {
                break;
            }
            index += 1;
        }
        index
    }
}

/// `15/08/2019`: a field over 12 is the day; else both readings are kept where the order is not known.
fn day_and_month(first: i32, second: i32, year: i32, order: Option<DayOrder>, next: usize) -> Option<Point> {
    let month = |value: i32| Month::new(year, value.unsigned_abs());
    let (at, flag) = match (first, second) {
        (13..=31, 1..=12) => (DatePoint::month(month(second)), None),
        (1..=12, 13..=31) => (DatePoint::month(month(first)), None),
        (1..=12, 1..=12) if first == second => (DatePoint::month(month(first)), None),
        (1..=12, 1..=12) if order == Some(DayOrder::DayFirst) => (DatePoint::month(month(second)), None),
        (1..=12, 1..=12) if order == Some(DayOrder::MonthFirst) => (DatePoint::month(month(first)), None),
        (1..=12, 1..=12) => {
            let at = DatePoint { earliest: month(first.min(second)), latest: month(first.max(second)) };
            (at, Some(DateFlag::Ambiguous))
        }
        _ => return None,
    };
    Some(Point::new(at, Precision::Day, next).flagged(flag))
}
