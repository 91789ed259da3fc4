//! Which lines of a job description say what must be, what would be nice, what the work is, and what is only advertising. In: lines.
//! Out: the [`Part`] of every line; none for headings. Reads no wishes.

use super::cues::{self, HEADINGS};
use crate::analysis::fold;
use crate::model::{Line, TextDoc};

/// What a part of a job description is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Before the first heading, or under one that no table knows.
    Open,
    /// Requirements.
    Must,
    /// Nice to have.
    Nice,
    /// What the work is.
    Tasks,
    /// The company, the pay, how to apply: asks for nothing.
    Silent,
}

/// Most words of a heading.
const LONGEST_HEADING: usize = 8;

/// The part of every line, none for headings themselves.
pub fn parts(text: &TextDoc) -> Vec<Option<Part>> {
    let mut current = Part::Open;
    let mut out = Vec::with_capacity(text.lines.len());
    for (at, line) in text.lines.iter().enumerate() {
        // The first line is the title, whatever words are in it: "Education Officer".
        let heading = match at {
            0 => Heading::Unknown,
            _ if labelled(line).is_some() => Heading::None,
            _ => heading(line),
        };
        match heading {
            Heading::Known(part) => {
                current = part;
                out.push(None);
            }
            Heading::Unknown => {
                current = Part::Open;
                out.push(None);
            }
            Heading::None => out.push(Some(labelled(line).unwrap_or(current))),
        }
    }
    out
}

/// Labels in front of what must be: `Requirements: a clean driving licence`.
const MUST_LABELS: &[&str] = &[
    "requirements",
    "requirement",
    "required",
    "must have",
    "must-have",
    "qualifications",
    "essential",
    "minimum",
    "you have",
    "you bring",
    "anforderungen",
    "voraussetzungen",
];

/// The part of a line that begins with the name of a part; the lines below are not meant.
fn labelled(line: &Line) -> Option<Part> {
    let (label, rest) = line.text.split_once(':')?;
    let label = fold(label.trim());
    let is_nice = || HEADINGS.iter().any(|(part, phrases)| *part == Part::Nice && phrases.contains(&label.as_str()));
    match rest.trim().is_empty() {
        true => None,
        false if MUST_LABELS.contains(&label.as_str()) => Some(Part::Must),
        false => is_nice().then_some(Part::Nice),
    }
}

enum Heading {
    Known(Part),
    Unknown,
    None,
}

fn heading(line: &Line) -> Heading {
    let folded = fold(line.text.trim().trim_end_matches(':'));
    let words = folded.split_whitespace().count();
    let ends_open = line.text.trim_end().ends_with(':');
    let shouts = line.text.chars().any(char::is_alphabetic) && !line.text.chars().any(char::is_lowercase);
    let alone = !line.style.bullet && !line.style.table_row && !line.text.contains('\t');
    let marked = line.style.heading > 0 || (alone && (line.style.bold || ends_open || shouts));
    let is_sentence = line.text.trim_end().ends_with(['.', ';', ',']);
    if words == 0 || words > LONGEST_HEADING || is_sentence || !(marked || (alone && line.blank_before)) {
        return Heading::None;
    }
    let known = HEADINGS.iter().find(|(_, phrases)| phrases.iter().any(|phrase| fits(&folded, phrase, marked)));
    match known {
        Some((part, _)) => Heading::Known(*part),
        None if line.style.heading > 0 => Heading::Unknown,
        None => Heading::None,
    }
}

/// Letters of a phrase that makes a plain line a heading although another word stands with it: `Key requirements`. Shorter ones are
/// parts of wishes: `Rust experience`.
const LONG_PHRASE: usize = 11;

/// The phrase is the line, or a part of a line that typography makes a heading.
fn fits(folded: &str, phrase: &str, marked: bool) -> bool {
    let bare = folded.trim_matches(|letter: char| !letter.is_alphanumeric());
    let is_part = cues::place(bare, phrase).is_some();
    let few_words = bare.split_whitespace().count() <= phrase.split_whitespace().count() + 1;
    bare == phrase || (is_part && (marked || (phrase.len() >= LONG_PHRASE && few_words)))
}
