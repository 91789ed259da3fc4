//! Ends of fields in heads of entries: places behind names, remarks in brackets, brackets that do not close. In: a field. Out: the same
//! without them, or two or three fields. What is what is for `template`.

use super::cues;
use super::fields::{self, Field, Separator};
use super::heads::LineView;
use super::line_pieces::Pieces;
use super::place_forms;
use super::scan;
use crate::lexicon::Lexicon;
use crate::model::Place;
use std::ops::Range;

/// The dates of a line, to be cut out of its fields; one that is part of a remark stays: `Blue Bay (acquired by Kelp, Dec 2015)`.
pub(super) fn cuts(text: &str, view: &LineView) -> Vec<Range<usize>> {
    let mut cuts = view.cuts();
    let anchor = view.anchor.map(|at| view.dates[at].start);
    let in_remark = |cut: &Range<usize>| {
        let Some(open) = text[..cut.start.min(text.len())].rfind('(') else { return false };
        let before = &text[open + 1..cut.start];
        let words = before.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count();
        words >= 2 && !before.contains(')') && text[cut.end..].contains(')')
    };
    cuts.retain(|cut| cut.end <= text.len());
    if text.contains('(') {
        cuts.retain(|cut| anchor == Some(cut.start) || !in_remark(cut));
        cuts.iter_mut().for_each(|cut| cut.end = behind_duration(text, cut.end));
    }
    cuts
}

/// End of the bracket in `2016-2017 (10 mois) : Cook`, which says how long the time in front of it was.
fn behind_duration(text: &str, date_end: usize) -> usize {
    let rest = &text[date_end..];
    let inside = rest.trim_start().strip_prefix('(').and_then(|inside| inside.split_once(')'));
    match inside.filter(|(length, behind)| !behind.trim().is_empty() && cues::is_duration(&length.to_lowercase())) {
        Some((_, behind)) => date_end + rest.len() - behind.len(),
        None => date_end,
    }
}

/// A field whose last bracket does not close ends in front of it: `Cook (Galley`.
pub(super) fn closed(text: &str, span: Range<usize>) -> Range<usize> {
    let piece = &text[span.clone()];
    match piece.rfind('(').filter(|open| *open > 2 && !piece[*open..].contains(')')) {
        Some(open) => fields::trim(text, span.start..span.start + open),
        None => span,
    }
}

/// Takes a place off the end of a field: `Blue Fish Inn, Bergen, Norway`, `Blue Fish Inn (Bergen)`, also in front of the form of the
/// contract: `Blue Fish Inn, Nantes (CDI)`.
pub(super) fn peel(pieces: &Pieces, mut field: Field) -> Vec<Field> {
    let (text, lexicon) = (pieces.text, pieces.lexicon);
    if text[field.span.clone()].ends_with(')')
        && let Some(open) = text[field.span.clone()].rfind(" (")
        && cues::is_contract_form(&text[field.span.start + open + 2..field.span.end - 1])
    {
        field.span = fields::trim(text, field.span.start..field.span.start + open);
    }
    let piece = &text[field.span.clone()];
    // The longer dash begins with 0xe2, as other signs do.
    let signs = piece.bytes().any(|byte| matches!(byte, b',' | b'(' | b'-' | 0xe2));
    if !signs || !piece.contains([',', '(', '-', '–']) || piece.len() > 160 || pieces.is_place(&field.span) {
        return vec![field];
    }
    let known = place_forms::trailing(piece, lexicon).map(|(start, found)| (start, Separator::Comma, Some(found)));
    let found = known
        .or_else(|| small_town(piece, lexicon).map(|start| (start, Separator::Town, None)))
        .or_else(|| village(piece, lexicon).map(|start| (start, Separator::Town, None)));
    let Some((mut start, before, found)) = found else { return vec![field] };
    // A list at the end is read as it stands there.
    let read = piece[start..].trim_matches([' ', ')']);
    if let Some(town) = unknown_town(piece, start, lexicon).or_else(|| town_behind_slash(piece, start, lexicon)) {
        start = town;
    }
    let head = fields::trim(text, field.span.start..field.span.start + start);
    let tail = fields::trim(text, field.span.start + start..field.span.end);
    if head.is_empty() || tail.is_empty() {
        return vec![field];
    }
    let as_read = |found: &Place| !found.remote && read.contains(',') && read == &text[tail.clone()];
    if let Some(found) = found.filter(as_read) {
        pieces.remember(&tail, found);
    }
    let place = Field { line: field.line, span: tail, before };
    // "Assistant in the Laboratory of Gulls (BBIT, Norway)": the bracket names who runs it.
    let opened = scan::rfind(&text[head.clone()], " (").filter(|at| !text[head.start + at..head.end].contains(')'));
    if let Some(open) = opened {
        let (outer, inner) =
            (fields::trim(text, head.start..head.start + open), fields::trim(text, head.start + open + 2..head.end));
        if !outer.is_empty() && !inner.is_empty() {
            let inner = Field { line: field.line, span: inner, before: Separator::Paren };
            return vec![Field { span: outer, ..field }, inner, place];
        }
    }
    vec![Field { span: head, ..field }, place]
}

/// Byte after the last comma of `Chalk Cliff Brewery, Dover`, or the bracket of `Chalk Cliff Brewery (Dover)`: a town of any size may close
/// the name of an employer.
fn small_town(piece: &str, lexicon: &Lexicon) -> Option<usize> {
    let bracket = || scan::rfind(piece, " (").filter(|_| piece.ends_with(')'));
    let at = scan::rfind(piece, ", ").or_else(bracket)?;
    let comma = at + 2;
    let (name, town) = (&piece[..at], piece[comma..].trim_end_matches(')'));
    // "Davao City": the table has it without the word.
    let town = town.strip_suffix(" City").unwrap_or(town);
    let capital = town.starts_with(char::is_uppercase) && town.split_whitespace().count() <= 2;
    let several = name.split_whitespace().count() >= 2;
    let titled = || lexicon.titles().score(town).headword || !lexicon.orgs().cues(town).is_empty();
    (capital && several && lexicon.places().is_city(town) && !titled()).then_some(comma)
}

/// First byte of the place in `Quiet Data, Plymouth Harbour, Maine`: no table knows the town, and the region alone is no place.
fn village(piece: &str, lexicon: &Lexicon) -> Option<usize> {
    unknown_town(piece, scan::rfind(piece, ", ")? + 2, lexicon)
}

/// First byte of the town in `Quiet Data, Plymouth Harbour, PA`, where the table knows the region at `start` alone: a name, a town of any
/// size, a state; also behind a title: `Cook, Quiet Data, Plymouth Harbour, Maine`.
fn unknown_town(piece: &str, start: usize, lexicon: &Lexicon) -> Option<usize> {
    let region = piece[start..].trim_matches([' ', ',']);
    let before = piece[..start].trim_end_matches([' ', ',']);
    let comma = scan::rfind(before, ", ")?;
    let (name, town) = (&before[..comma], &before[comma + 2..]);
    let name = match name.rsplit_once(", ") {
        Some((title, name)) if lexicon.titles().score(title).headword && !cues::is_discipline(&name.to_lowercase()) => {
            name
        }
        _ => name,
    };
    let words = town.split_whitespace().count();
    let capital = town.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
        && town.contains(|letter: char| letter.is_lowercase())
        && (1..=3).contains(&words);
    let named = || {
        lexicon.titles().score(name).headword
            || lexicon.titles().score(town).headword
            || !lexicon.orgs().cues(town).is_empty()
            || lexicon.schools().lookup(town).is_some()
    };
    (lexicon.places().is_region(region) && capital && !named()).then_some(comma + 2)
}

/// First byte of the town in `Blue Fish Inn / Bergen, Norway`, where the table knows the country at `start` alone.
fn town_behind_slash(piece: &str, start: usize, lexicon: &Lexicon) -> Option<usize> {
    let before = piece[..start].trim_end_matches([' ', ',']);
    let town = scan::rfind(before, " / ")? + 3;
    lexicon.places().is_city(&before[town..]).then_some(town)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let field = Field { line: 0, span: 0..text.len(), before: Separator::Start };
        let found = peel(&Pieces::of(text, &Lexicon::builtin()), field);
        assert_eq!(found.iter().map(|field| &text[field.span.clone()]).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn a_place_behind_a_name_is_a_field_of_its_own() {
        check("Blue Fish Inn, Bergen, Norway", &["Blue Fish Inn", "Bergen, Norway"]);
        check("Quiet Data, Plymouth Harbour, PA", &["Quiet Data", "Plymouth Harbour, PA"]);
        check("Cook, Quiet Data, PA", &["Cook, Quiet Data", "PA"]);
        check("Cook, Quiet Data, Plymouth Harbour, Maine", &["Cook, Quiet Data", "Plymouth Harbour, Maine"]);
        check("Director, Marketing, Quiet Data, Maine", &["Director, Marketing, Quiet Data, Maine"]);
        check("Chalk Cliff Brewery (Dover)", &["Chalk Cliff Brewery", "Dover"]);
        check("Chalk Cliff Brewery, Davao City", &["Chalk Cliff Brewery", "Davao City"]);
        check("Câmara Municipal de Aveiro, Braga", &["Câmara Municipal de Aveiro", "Braga"]);
        check("Blue Fish Inn / Madrid, Spain", &["Blue Fish Inn", "Madrid, Spain"]);
    }

    #[test]
    fn the_name_in_a_bracket_with_a_place_is_a_field_of_its_own() {
        check("Assistant in the Gull House (BBIT, Norway)", &["Assistant in the Gull House", "BBIT", "Norway"]);
    }

    #[test]
    fn brackets_that_do_not_close_are_left_out() {
        for (text, expected) in [("Cook (Galley", "Cook"), ("Cook (Galley)", "Cook (Galley)"), ("(Galley", "(Galley")] {
            assert_eq!(&text[closed(text, 0..text.len())], expected);
        }
    }
}
