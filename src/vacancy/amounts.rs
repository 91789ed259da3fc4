//! Numbers of years in a clause: `5+ years`, `3-5 yrs`, `at least three years`. In: text. Out: the least number of years and where it
//! stands. Not: ages, `the last 5 years`, `for 20 years` of a company.

use crate::lexicon::words::Words;
use std::ops::Range;

/// An amount of experience asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// The least number of years.
    pub years: f32,
    /// From the number to the word for years, bytes of the text.
    pub span: Range<usize>,
}

/// More years than a person works.
const MOST: f32 = 40.0;

const NUMBERS: &[&str] = &["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

const YEARS: &[&str] =
    &["years", "year", "yrs", "yr", "jahre", "jahren", "ans", "annees", "anos", "anni", "jaar", "lat"];

/// Words between the number and the years: `5 or more years`, `3 to 5 years`, `5 full years`.
const BETWEEN: &[&str] = &["or", "more", "to", "plus", "full", "a", "bis", "oder", "mehr"];

/// Words before the number after which no experience is asked for.
const OTHER: &[&str] = &["last", "past", "next", "up", "within", "for", "since", "over the last", "aged", "every"];

/// The amounts of a text, in order.
pub fn amounts(text: &str) -> Vec<Amount> {
    let words = Words::of(text);
    let mut out = Vec::new();
    for (at, (word, term)) in words.iter().enumerate() {
        if !YEARS.contains(&term) {
            continue;
        }
        let mut from = at;
        let mut least = None;
        while from > 0 && at - from < 5 {
            let before = words.term(from - 1);
            match number(text, &words, from - 1) {
                Some(number) => least = Some(number),
                None if least.is_none() && BETWEEN.contains(&before) => {}
                // "3 to 5 years": the first number is the least.
                None if matches!(before, "to" | "bis") && from > 1 && number(text, &words, from - 2).is_some() => {}
                None => break,
            }
            from -= 1;
        }
        let after = words.term(at + 1);
        let before = words.term(from.wrapping_sub(1));
        let is_other = OTHER.contains(&before) || matches!(after, "old" | "ago" | "contract" | "anniversary");
        if let (Some(years), Some(first), false) =
            (least.filter(|years| (0.5..=MOST).contains(years)), words.get(from), is_other)
        {
            out.push(Amount { years, span: first.start..word.end });
        }
    }
    out
}

fn number(text: &str, words: &Words, at: usize) -> Option<f32> {
    let spelt = NUMBERS.iter().position(|name| *name == words.term(at)).map(|number| number as f32);
    spelt.or_else(|| words.number(text, at))
}

/// The number behind `>=` of a clause such as `years>=5`.
pub fn least(clause: &str) -> f32 {
    clause.rsplit(">=").next().and_then(|number| number.trim_end_matches('?').parse().ok()).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[f32]) {
        let found: Vec<f32> = amounts(text).into_iter().map(|amount| amount.years).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_least_number_of_years_counts() {
        check("5+ years of Python", &[5.0]);
        check("3-5 years", &[3.0]);
        check("a minimum of 2.5 years in a bakery", &[2.5]);
        check("3 to 5 yrs of experience", &[3.0]);
        check("at least three (3) years", &[3.0]);
        check("5 or more years", &[5.0]);
        check("mindestens 4 Jahre Berufserfahrung", &[4.0]);
        check("2 years of Go and 4 years of SQL", &[2.0, 4.0]);
    }

    #[test]
    fn other_years_ask_for_nothing() {
        check("over the last 5 years we grew", &[]);
        check("founded 10 years ago", &[]);
        check("at least 18 years old", &[]);
        check("a two-year contract", &[]);
        check("since 2015", &[]);
    }
}
