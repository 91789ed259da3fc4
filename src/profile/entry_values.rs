//! Spans of a line → values with evidence. In: a line's text and byte ranges. Out: [`Found`] strings and places. Decides nothing.

use super::fields::Field;
use super::place_forms;
use super::scan;
use crate::lexicon::Lexicon;
use crate::model::{Evidence, Found, Place, TextDoc};
use std::ops::Range;

/// The text of `span`, blanks normalised, with `evidence` moved to that span.
pub(super) fn found(line: &str, span: Range<usize>, evidence: Evidence) -> Found<String> {
    let written = &line[span.clone()];
    // Nearly all are plain words with one blank between them.
    let is_plain = written.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    let is_normal = is_plain && written.trim_ascii().len() == written.len() && scan::find(written, "  ").is_none();
    let normal = || written.split_whitespace().collect::<Vec<_>>().join(" ");
    let value = if is_normal { written.to_string() } else { normal() };
    Found { value, evidence: Evidence { start: span.start as u32, end: span.end as u32, ..evidence } }
}

/// The place of a field, with what the gazetteer knows of it.
pub(super) fn found_place(text: &TextDoc, field: &Field, evidence: Evidence, lexicon: &Lexicon) -> Found<Place> {
    let raw = &text.lines[field.line].text[field.span.clone()];
    let known = place_forms::parse(raw, lexicon).or_else(|| lexicon.places().city_alone(raw));
    // "Oslo, Norway & Bergen, Norway": the first of several is looked up, all are kept as written.
    let first = || raw.split(['&', ';', '/']).next().and_then(|part| lexicon.places().parse(part.trim()));
    let place = known.or_else(first).unwrap_or_default();
    Found { value: Place { raw: raw.to_string(), ..place }, evidence }
}
