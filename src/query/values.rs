//! Typed values of fields: dates, durations, numbers, ranges. In: text behind a field and the comparison. Out: the range it
//! means. Errors say what is wrong with the value; the caller adds the place.

use super::lexer::Compare;
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// What is wrong with a value, and what to type instead.
pub(super) type Fault = (String, String);

/// First and last day a date stands for.
type Days = (i64, i64);

/// A range typed in one of its forms: both ends as text, each with "the end itself is left out"; empty = open.
struct Ends<'t> {
    from: (&'t str, bool),
    to: (&'t str, bool),
}

/// `2020..2024`, `2020–2024`, `[2020 TO 2024}`; none if it is one value.
fn ends<'t>(text: &'t str, brackets: Option<(char, char)>) -> Option<Ends<'t>> {
    let open = |text: &'t str| if matches!(text.trim(), "*" | "") { "" } else { text.trim() };
    let (from, to) = match text.split_once("..") {
        Some(ends) => ends,
        None if brackets.is_some() => split_to(text)?,
        None => split_dash(text)?,
    };
    let (open_bracket, close_bracket) = brackets.unwrap_or(('[', ']'));
    Some(Ends { from: (open(from), open_bracket == '{'), to: (open(to), close_bracket == '}') })
}

/// `2020 TO 2024` in any case.
fn split_to(text: &str) -> Option<(&str, &str)> {
    let at = text.to_ascii_lowercase().find(" to ")?;
    Some((&text[..at], &text[at + 4..]))
}

/// `2020-2024`, `5-8`, `2020–2024`; not `2020-05`, a month.
fn split_dash(text: &str) -> Option<(&str, &str)> {
    let (from, to) = text.split_once(['–', '—']).or_else(|| text.split_once('-'))?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_month = from.len() == 4 && to.len() == 2;
    (is_number(from) && is_number(to) && !is_month).then_some((from, to))
}

/// The days a value of a date field means, both included.
pub(super) fn days(text: &str, brackets: Option<(char, char)>, compare: Compare, today: Date) -> Result<Days, Fault> {
    if let Some(range) = ends(text, brackets) {
        only_is(compare)?;
        let date = |text: &str| if text.is_empty() { Ok(None) } else { date(text, today).map(Some) };
        let (mut from, mut to) = (date(range.from.0)?, date(range.to.0)?);
        // `30d..90d`: ages count backwards.
        if duration(range.from.0).is_some() && duration(range.to.0).is_some() && from > to {
            std::mem::swap(&mut from, &mut to);
        }
        let first = from.map_or(i64::MIN, |(first, last)| if range.from.1 { after(last) } else { first });
        let last = to.map_or(i64::MAX, |(first, last)| if range.to.1 { before(first) } else { last });
        if first > last {
            let hint = format!("write the earlier date first: `{}..{}`", range.to.0, range.from.0);
            return Err((format!("the range `{text}` ends before it begins"), hint));
        }
        return Ok((first, last));
    }
    if let Some(age) = duration(text) {
        let day = number(today.checked_sub(age).map_err(|_| far_away(text))?);
        return Ok(match compare {
            Compare::More => (i64::MIN, before(day)),
            Compare::MoreOrEqual => (i64::MIN, day),
            Compare::Less | Compare::LessOrEqual | Compare::Is | Compare::Exact => (day, i64::MAX),
        });
    }
    let (first, last) = date(text.strip_suffix('+').unwrap_or(text), today)?;
    Ok(match compare {
        Compare::Is if text.ends_with('+') => (first, i64::MAX),
        Compare::Is | Compare::Exact => (first, last),
        Compare::Less => (i64::MIN, before(first)),
        Compare::LessOrEqual => (i64::MIN, last),
        Compare::More => (after(last), i64::MAX),
        Compare::MoreOrEqual => (first, i64::MAX),
    })
}

/// The days of `2020`, `2020-05`, `2020-05-17`, `2020/05`, `today`, `18m`.
fn date(text: &str, today: Date) -> Result<Days, Fault> {
    if matches!(text.to_ascii_lowercase().as_str(), "today" | "now" | "present") {
        return Ok((number(today), number(today)));
    }
    if let Some(age) = duration(text) {
        let day = number(today.checked_sub(age).map_err(|_| far_away(text))?);
        return Ok((day, day));
    }
    let hint = || "write a date as 2022, 2022-05 or 2022-05-17".to_string();
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let digits = |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(digits) || parts[0].len() != 4 || parts.len() > 3 {
        return Err((format!("`{text}` is no date"), hint()));
    }
    let impossible = || (format!("the date `{text}` does not exist"), hint());
    let part = |index: usize| parts.get(index).map_or(1, |part| part.parse::<i16>().unwrap_or(0));
    let month = i8::try_from(part(1)).map_err(|_| impossible())?;
    let day = i8::try_from(part(2)).map_err(|_| impossible())?;
    let first = Date::new(part(0), month, day).map_err(|_| impossible())?;
    if first.year() < 1000 {
        return Err(impossible());
    }
    let last = match parts.len() {
        1 => first.last_of_year(),
        2 => first.last_of_month(),
        _ => first,
    };
    Ok((number(first), number(last)))
}

/// `90d`, `6w`, `18m`, `2y`, also `18months`.
fn duration(text: &str) -> Option<Span> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let count: i64 = text[..digits].parse().ok().filter(|count| *count < 5000)?;
    match text[digits..].trim().to_ascii_lowercase().as_str() {
        "d" | "day" | "days" => Some(count.days()),
        "w" | "week" | "weeks" => Some((count * 7).days()),
        "m" | "mo" | "month" | "months" => Some(count.months()),
        "y" | "yr" | "yrs" | "year" | "years" => Some(count.years()),
        _ => None,
    }
}

fn far_away(text: &str) -> Fault {
    (format!("`{text}` reaches before the calendar"), "write a shorter time, for example `18m` or `2y`".to_string())
}

/// `YYYYMMDD`.
fn number(date: Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

fn civil(day: i64) -> Option<Date> {
    Date::new((day / 10_000) as i16, (day / 100 % 100) as i8, (day % 100) as i8).ok()
}

fn before(day: i64) -> i64 {
    civil(day).and_then(|date| date.yesterday().ok()).map_or(day, number)
}

fn after(day: i64) -> i64 {
    civil(day).and_then(|date| date.tomorrow().ok()).map_or(day, number)
}

fn only_is(compare: Compare) -> Result<(), Fault> {
    if matches!(compare, Compare::Is | Compare::Exact) {
        return Ok(());
    }
    Err(("a range behind a comparison".to_string(), "write either `>=2020` or `:2020..2024`".to_string()))
}

/// A range of numbers: ends, each with "left out".
pub(super) type Numbers = ((f64, bool), (f64, bool));

/// The numbers a value means. `read` turns one number as typed into its value (grades on another scale, months).
pub(super) fn numbers(
    text: &str,
    brackets: Option<(char, char)>,
    compare: Compare,
    mut read: impl FnMut(&str) -> Result<f64, Fault>,
) -> Result<Numbers, Fault> {
    const LOW: (f64, bool) = (f64::NEG_INFINITY, false);
    const HIGH: (f64, bool) = (f64::INFINITY, false);
    if let Some(range) = ends(text, brackets) {
        only_is(compare)?;
        let from = if range.from.0.is_empty() { LOW } else { (read(range.from.0)?, range.from.1) };
        let to = if range.to.0.is_empty() { HIGH } else { (read(range.to.0)?, range.to.1) };
        if from.0 > to.0 || (from.0 == to.0 && (from.1 || to.1)) {
            let hint = format!("write the smaller number first: `{}..{}`", range.to.0, range.from.0);
            return Err((format!("the range `{text}` is empty: it ends before it begins"), hint));
        }
        return Ok((from, to));
    }
    let value = read(text.strip_suffix('+').unwrap_or(text))?;
    Ok(match compare {
        Compare::Is if text.ends_with('+') => ((value, false), HIGH),
        Compare::Is | Compare::Exact => ((value, false), (value, false)),
        Compare::Less => (LOW, (value, true)),
        Compare::LessOrEqual => (LOW, (value, false)),
        Compare::More => ((value, true), HIGH),
        Compare::MoreOrEqual => ((value, false), HIGH),
    })
}

/// Years as typed: `5`, `2.5`, `18m`, `5y`.
pub(super) fn years(text: &str) -> Result<f64, Fault> {
    let digits = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let value: Option<f64> = text[..digits].parse().ok();
    match (value, text[digits..].trim()) {
        (Some(years), "" | "y" | "yr" | "yrs" | "year" | "years") => Ok(years),
        (Some(months), "m" | "mo" | "month" | "months") => Ok(months / 12.0),
        _ => Err((
            format!("`{text}` is no number of years"),
            "write `years>=5`, `years:5..8` or `years>=18m`".to_string(),
        )),
    }
}

/// A grade on the scale of 4: `3.5`, `8/10`, `85%`. A bare number above 4 counts on 10, above 10 on 100; the flag says so.
pub(super) fn grade(text: &str) -> Result<(f64, Option<u32>), Fault> {
    let fault = || {
        (format!("`{text}` is no grade"), "write `gpa>=3.5`, or name the scale: `gpa>=8/10`, `gpa>=85%`".to_string())
    };
    let parse = |text: &str| {
        text.trim().parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0).ok_or_else(fault)
    };
    if let Some(percent) = text.strip_suffix('%') {
        return Ok((rounded(parse(percent)? / 25.0), None));
    }
    if let Some((value, scale)) = text.split_once('/') {
        let (value, scale) = (parse(value)?, parse(scale)?);
        return if value <= scale && scale > 0.0 { Ok((rounded(value / scale * 4.0), None)) } else { Err(fault()) };
    }
    match parse(text)? {
        value if value <= 4.0 => Ok((value, None)),
        value if value <= 10.0 => Ok((rounded(value * 0.4), Some(10))),
        value if value <= 100.0 => Ok((rounded(value / 25.0), Some(100))),
        _ => Err(fault()),
    }
}

/// To four places, so that 8/10 prints as 3.2.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        Date::constant(2026, 1, 1)
    }

    fn check(text: &str, compare: Compare, expected: Days) {
        assert_eq!(days(text, None, compare, today()), Ok(expected), "{text}");
    }

    #[test]
    fn dates_and_ranges() {
        check("2020", Compare::Is, (20200101, 20201231));
        check("2020-02", Compare::Is, (20200201, 20200229));
        check("2020", Compare::More, (20210101, i64::MAX));
        check("2020", Compare::Less, (i64::MIN, 20191231));
        check("2020..2024", Compare::Is, (20200101, 20241231));
        check("2020-2024", Compare::Is, (20200101, 20241231));
        check("2020..", Compare::Is, (20200101, i64::MAX));
        check("..2020-05-17", Compare::Is, (i64::MIN, 20200517));
    }

    #[test]
    fn ages_count_back_from_today() {
        check("90d", Compare::Less, (20251003, i64::MAX));
        check("18m", Compare::Less, (20240701, i64::MAX));
        check("2y", Compare::More, (i64::MIN, 20231231));
        check("30d..90d", Compare::Is, (20251003, 20251202));
    }

    #[test]
    fn brackets_leave_ends_out() {
        assert_eq!(days("2020 TO 2024", Some(('[', '}')), Compare::Is, today()), Ok((20200101, 20231231)));
        assert_eq!(days("2020 to *", Some(('{', ']')), Compare::Is, today()), Ok((20210101, i64::MAX)));
    }

    #[test]
    fn faults() {
        for text in ["2020-13", "2021-02-29", "20", "soon", "2024..2020", "0999"] {
            assert!(days(text, None, Compare::Is, today()).is_err(), "{text}");
        }
    }

    #[test]
    fn grades_on_other_scales() {
        assert_eq!(grade("8/10"), Ok((3.2, None)));
        assert_eq!(grade("8"), Ok((3.2, Some(10))));
        assert_eq!(grade("85%"), Ok((3.4, None)));
        assert!(grade("9/8").is_err());
    }
}
