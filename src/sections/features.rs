//! Is this line a heading? A sum of small signed features over words, typography and position. In: a line, its neighbours,
//! what its words say. Out: a score and the features that made it. Does NOT decide (that is `split`).

use crate::lexicon::{HeadingHow, HeadingMatch};
use crate::model::Line;
use crate::model::section::Reasons;

/// Score from which a line is a heading (design: extraction, 5.2).
pub(super) const ACCEPT: f32 = 4.0;
/// Score from which a line is a heading if it looks exactly like sure ones.
pub(super) const PROMISING: f32 = ACCEPT - 2.0;

/// A line with what the features look at.
pub(super) struct Candidate<'a> {
    /// The line.
    pub line: &'a Line,
    /// What its words say.
    pub words: HeadingMatch,
    /// Number of words.
    pub count: usize,
    /// The line before, if any.
    pub before: Option<&'a Line>,
    /// The line after, if any.
    pub after: Option<&'a Line>,
    /// Font size of running text in the document, 0 if unknown.
    pub body_pt: f32,
}

/// A feature: name, when it holds, points.
type Feature = (&'static str, fn(&Candidate) -> bool, f32);

const WORDS: &[Feature] = &[
    ("words-strong", |it| it.words.strong && it.words.how == HeadingHow::Exact, 5.0),
    ("words-weak", |it| !it.words.strong && it.words.how == HeadingHow::Exact, 2.0),
    ("words-with-modifier", |it| it.words.how == HeadingHow::Modified && it.words.strong, 4.5),
    ("words-weak-with-modifier", |it| it.words.how == HeadingHow::Modified && !it.words.strong, 2.0),
    ("words-compound", |it| it.words.how == HeadingHow::Compound, 4.0),
    ("words-misspelt", |it| it.words.how == HeadingHow::Fuzzy, 3.0),
    ("words-last", |it| it.words.how == HeadingHow::LastWord, 1.5),
];

/// Together at most [`LOOK_MAX`]: typography alone never makes a heading.
const LOOK: &[Feature] = &[
    ("markup-heading", |it| it.line.style.heading > 0, 2.5),
    ("bold", |it| it.line.style.bold, 1.5),
    ("capitals", |it| is_capitals(&it.line.text), 1.5),
    ("larger", |it| it.body_pt > 0.0 && it.line.style.size_pt > it.body_pt + 0.6, 1.5),
    ("rule", |it| it.line.rule_before || it.after.is_some_and(|after| after.rule_before), 1.5),
    ("space-before", |it| it.line.blank_before && it.before.is_some(), 0.5),
];
const LOOK_MAX: f32 = 3.0;

const PLACE: &[Feature] = &[
    ("colon-at-end", |it| it.line.text.ends_with(':'), 1.0),
    ("many-words", |it| it.count > 6, -4.0),
    ("full-stop", |it| it.line.text.ends_with('.'), -4.0),
    ("digits", |it| outside_brackets(&it.line.text).bytes().filter(u8::is_ascii_digit).count() >= 3, -4.0),
    ("address", |it| it.line.text.contains(['@', '|']) || it.line.text.contains("://"), -4.0),
    ("cells", |it| it.line.text.contains('\t'), -3.0),
    ("list-item", |it| it.line.style.bullet, -2.5),
    // "languages" at the end of a wrapped sentence
    (
        "small-letter",
        |it| it.line.text.starts_with(|letter: char| letter.is_lowercase()) && it.line.style.heading == 0,
        -2.5,
    ),
    ("comma", |it| it.line.text.contains(','), -1.5),
    // "BLUE BAY / UNIVERSITY": the second line of something in the same striking look
    ("second-line", |it| it.before.is_some_and(|before| wraps(before, it)), -3.0),
    // A lone word between lines of its own column and size: "Projects" in a list of tools.
    ("smaller", |it| it.body_pt > 0.0 && it.line.style.size_pt > 0.0 && it.line.style.size_pt < it.body_pt - 0.6, -1.5),
    ("small-print", |it| it.line.furniture || it.line.hidden, -8.0),
];

/// `Publications (selected from 118)` → `Publications`.
fn outside_brackets(text: &str) -> &str {
    text.strip_suffix(')').and_then(|text| text.split_once(" (")).map_or(text, |(bare, _)| bare)
}

/// The line goes on with a line of the same striking look that is no heading itself.
fn wraps(before: &Line, it: &Candidate) -> bool {
    let striking = it.line.style.bold || it.body_pt > 0.0 && it.line.style.size_pt > it.body_pt + 0.6;
    let same = before.style.size_pt == it.line.style.size_pt && before.style.bold == it.line.style.bold;
    striking
        && same
        && before.style.column == it.line.style.column
        && !it.line.blank_before
        && !it.line.rule_before
        && it.words.how != HeadingHow::Compound
        && (!it.words.strong || it.words.how == HeadingHow::Fuzzy)
}

/// The score of a candidate and the features that made it.
pub(super) fn score(candidate: &Candidate) -> (f32, Reasons) {
    let mut reasons = Vec::new();
    let words = sum(WORDS, candidate, &mut reasons);
    let look = sum(LOOK, candidate, &mut reasons);
    if look > LOOK_MAX {
        reasons.push(("look-at-most-3".into(), LOOK_MAX - look));
    }
    let place = sum(PLACE, candidate, &mut reasons);
    (words + look.min(LOOK_MAX) + place, reasons)
}

fn sum(table: &[Feature], candidate: &Candidate, reasons: &mut Reasons) -> f32 {
    let mut total = 0.0;
    for (name, _, points) in table.iter().filter(|(_, test, _)| test(candidate)) {
        total += points;
        reasons.push(((*name).into(), *points));
    }
    total
}

/// No small letters, and at least three capitals.
pub(super) fn is_capitals(text: &str) -> bool {
    !text.contains(|letter: char| letter.is_lowercase())
        && text.chars().filter(|letter| letter.is_uppercase()).count() >= 3
}
