//! Grades with their scale: `GPA: 4.0/4.0`, `CGPA 3.67/4`, `8.1/10`, `Percentage: 84.5%`, `First Class`. In: one line. Out: the grade and its
//! byte range. A number without a label, scale or percent sign is no grade.

use super::scan;
use super::signs::Signs;
use crate::model::Gpa;
use std::ops::Range;
use std::sync::LazyLock;

/// Words in front of a grade, longest first.
const LABELS: &[&str] = &[
    "cumulative gpa",
    "major gpa",
    "overall gpa",
    "final grade",
    "average grade",
    "percentage",
    "aggregate",
    "cgpa",
    "sgpa",
    "cpi",
    "gpa",
    "marks",
    "score",
    "grade",
    "note",
    "notenschnitt",
    "moyenne",
    "average",
    "result",
    "promedio",
    "nota",
    "media",
    "percent",
];

/// Grades in words, with the value and scale they stand for; as written is kept in `raw`.
const WORDS: &[(&str, f32, f32)] = &[
    ("first class with distinction", 1.0, 1.0),
    ("first class honours", 1.0, 1.0),
    ("first class honors", 1.0, 1.0),
    ("first-class honours", 1.0, 1.0),
    ("summa cum laude", 1.0, 1.0),
    ("magna cum laude", 1.0, 1.0),
    ("cum laude", 1.0, 1.0),
    ("first division", 1.0, 1.0),
    ("first class", 1.0, 1.0),
];

/// A line without any of these has no label and no grade in words.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    LABELS.iter().copied().chain(WORDS.iter().map(|(words, ..)| *words))
}

static SIGNS: LazyLock<Signs> = LazyLock::new(|| Signs::of(words()));

/// Scales that are written or inferred: the smallest that holds the value.
const SCALES: &[f32] = &[4.0, 5.0, 10.0, 20.0, 100.0];
/// Scales that are believed when written, never inferred.
const ODD_SCALES: &[f32] = &[4.3, 4.33, 4.5, 7.0, 9.0, 30.0, 110.0];

/// The first grade of a line.
pub(super) fn find(text: &str) -> Option<(Range<usize>, Gpa)> {
    if text.len() > 2000 || !SIGNS.may_stand_in(text) {
        return unlabelled(text);
    }
    let lower = text.to_ascii_lowercase();
    let numbers = || labelled(text, &lower).or_else(|| scaled(text));
    let found = if scan::has_digit(text) { numbers() } else { None };
    found.or_else(|| in_words(text, &lower))
}

/// The first grade of a line that holds none of [`words`].
pub(super) fn unlabelled(text: &str) -> Option<(Range<usize>, Gpa)> {
    if text.len() <= 2000 && scan::has_digit(text) { scaled(text) } else { None }
}

/// `CGPA 3.67/4`, `GPA: 3.9 out of 4.0`, `3.8 GPA`.
fn labelled(text: &str, lower: &str) -> Option<(Range<usize>, Gpa)> {
    for label in LABELS {
        let Some(at) = word_at(lower, label) else { continue };
        let after = at + label.len();
        let gap = lower[after..].bytes().take_while(|byte| !byte.is_ascii_digit()).count();
        let between = &lower[after..after + gap];
        let fits = gap <= 16
            && between.bytes().all(|byte| b" :-=(.\t".contains(&byte) || byte >= 0x80 || byte.is_ascii_lowercase());
        if fits && let Some((end, gpa)) = number_with_scale(text, after + gap, true) {
            return Some((at..end, gpa));
        }
        // "3.8 GPA"
        let before = lower[..at].trim_end_matches([' ', '(']);
        let start = before
            .rfind(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != '/')
            .map_or(0, |at| at + 1);
        let start = if lower.is_char_boundary(start) { start } else { continue };
        if label.ends_with("gpa")
            && start < before.len()
            && before[start..].contains('.')
            && let Some((_, gpa)) = number_with_scale(text, start, true)
        {
            return Some((start..after, gpa));
        }
    }
    None
}

/// `8.1/10.0`, `84.5%`: sure enough without a label.
fn scaled(text: &str) -> Option<(Range<usize>, Gpa)> {
    let mut at = 0;
    while let Some(offset) = text[at..].find(|letter: char| letter.is_ascii_digit()) {
        let start = at + offset;
        let length = text[start..].bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let free = !text[..start].ends_with(|letter: char| letter.is_alphanumeric() || letter == '/');
        if free && let Some((end, gpa)) = number_with_scale(text, start, false) {
            return Some((start..end, gpa));
        }
        at = start + length.max(1);
    }
    None
}

fn in_words(text: &str, lower: &str) -> Option<(Range<usize>, Gpa)> {
    let (words, value, scale) = WORDS.iter().find(|(words, ..)| lower.contains(words))?;
    let at = lower.find(words)?;
    let raw = text.get(at..at + words.len())?.to_string();
    Some((at..at + words.len(), Gpa { raw, value: *value, scale: *scale, inferred: true }))
}

/// Reads `3.67/4`, `3.67 out of 4`, `84.5%`, `3.67` at `start`. Without `labelled` a scale or percent sign is needed.
fn number_with_scale(text: &str, start: usize, labelled: bool) -> Option<(usize, Gpa)> {
    let (value, mut end) = number(text, start)?;
    let rest = &text[end..];
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let after = &rest[spaces..];
    let slash = after
        .strip_prefix('/')
        .map(|_| 1)
        .or_else(|| after.strip_prefix("out of").map(|_| 6))
        .or_else(|| after.strip_prefix("of ").map(|_| 3));
    if let Some(length) = slash {
        let from = end + spaces + length;
        let blanks = text[from..].len() - text[from..].trim_start_matches(' ').len();
        let written =
            number(text, from + blanks).filter(|(scale, _)| SCALES.contains(scale) || ODD_SCALES.contains(scale));
        if let Some((scale, scale_end)) = written {
            // "24/7" and "3/4" alone are no grades; "3.0/4" and "84/100" are.
            let decimal = text[start..end].contains('.') || labelled || scale == 100.0;
            if value <= scale && value > 0.0 && decimal {
                return Some((
                    scale_end,
                    Gpa { raw: text[start..scale_end].to_string(), value, scale, inferred: false },
                ));
            }
        }
        return None;
    }
    if after.starts_with('%') && (labelled || value >= 35.0) && value <= 100.0 {
        end += spaces + 1;
        return Some((end, Gpa { raw: text[start..end].to_string(), value, scale: 100.0, inferred: false }));
    }
    let plausible = labelled && value > 0.0 && value <= 100.0 && (value <= 10.0 || value >= 35.0);
    plausible.then(|| (end, Gpa { raw: text[start..end].to_string(), value, scale: scale_of(value), inferred: true }))
}

fn scale_of(value: f32) -> f32 {
    SCALES.iter().copied().find(|scale| value <= *scale).unwrap_or(100.0)
}

/// A decimal number with one to three digits in front of the point.
fn number(text: &str, start: usize) -> Option<(f32, usize)> {
    let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 {
        return None;
    }
    let mut end = start + digits;
    let point = text[end..].starts_with('.') || text[end..].starts_with(',');
    let fraction = if point { text[end + 1..].bytes().take_while(u8::is_ascii_digit).count() } else { 0 };
    if fraction > 0 && fraction <= 4 {
        end += 1 + fraction;
    }
    let value = text[start..end].replace(',', ".").parse().ok()?;
    Some((value, end))
}

/// Byte of `word` in `text`, with no letter on either side.
fn word_at(text: &str, word: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(offset) = text[from..].find(word) {
        let at = from + offset;
        let before = text[..at].chars().next_back().is_none_or(|letter| !letter.is_alphanumeric());
        let after = text[at + word.len()..].chars().next().is_none_or(|letter| !letter.is_alphabetic());
        if before && after {
            return Some(at);
        }
        from = at + word.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, f32, f32, bool)>) {
        let found = find(text).map(|(_, gpa)| gpa);
        let expected =
            expected.map(|(raw, value, scale, inferred)| Gpa { raw: raw.to_string(), value, scale, inferred });
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn labels_and_scales() {
        check("CGPA 3.67/4", Some(("3.67/4", 3.67, 4.0, false)));
        check("Bachelor of Arts; GPA: 8.1/10.0", Some(("8.1/10.0", 8.1, 10.0, false)));
        check("MS in Geology (GPA: 3.9/4)", Some(("3.9/4", 3.9, 4.0, false)));
        check("GPA: 3.6 out of 4.0", Some(("3.6 out of 4.0", 3.6, 4.0, false)));
        check("Percentage: 84.5%", Some(("84.5%", 84.5, 100.0, false)));
    }

    #[test]
    fn scale_is_inferred_when_not_written() {
        check("GPA: 3.8", Some(("3.8", 3.8, 4.0, true)));
        check("CGPA - 8.2", Some(("8.2", 8.2, 10.0, true)));
    }

    #[test]
    fn other_numbers_are_no_grades() {
        check("May 2019 - June 2021", None);
        check("12/2019", None);
        check("Reduced cost by 30%", None);
        check("24/7 support", None);
    }
}
