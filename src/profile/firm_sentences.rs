//! An employer and a title in one phrase: `Worked with Harbour Bakery as Head Cook`. In: a field of a head. Out: the two of them. Phrases
//! with ` at ` between them are left to `slots`.

use super::fields::{self, Field, Separator};
use super::line_pieces::Pieces;
use super::scan;
use super::slots::is_title;
use std::ops::Range;

/// `Worked with Harbour Bakery, Bergen as Head Cook`: the bytes of the employer and of the title.
pub(super) fn worked_as(text: &str, span: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let piece = &text[span.clone()];
    let lead = WORKED_WITH
        .iter()
        .find(|lead| piece.get(..lead.len()).is_some_and(|start| start.eq_ignore_ascii_case(lead)))?;
    let title = piece.find(" as ").filter(|at| *at > lead.len())?;
    let name = fields::trim(text, span.start + lead.len()..span.start + title);
    let article = if piece[title + 4..].starts_with("a ") { 2 } else { 0 };
    let title = fields::trim(text, span.start + title + 4 + article..span.end);
    (!name.is_empty() && !title.is_empty() && text[name.clone()].starts_with(char::is_uppercase))
        .then_some((name, title))
}

/// Words in front of the employer in a sentence.
const WORKED_WITH: &[&str] = &[
    "worked with ",
    "working with ",
    "currently working with ",
    "worked for ",
    "working for ",
    "working in ",
    "worked in ",
    "worked at ",
    "working at ",
    "associated with ",
    "employed with ",
    "presently working with ",
];

/// `Harbour Bakery Ltd, Bergen as Head Cook`: a firm, with its place or without, and the title.
pub(super) fn firm_as_title(pieces: &Pieces, field: &Field) -> Option<Vec<Field>> {
    let (text, span) = (pieces.text, field.span.clone());
    let at = scan::find(&text[span.clone()], " as ")?;
    let name = fields::trim(text, span.start..span.start + at);
    let title = fields::trim(text, span.start + at + 4..span.end);
    let fits = !name.is_empty()
        && !title.is_empty()
        && pieces.in_short(&name).legal_form
        && is_title(&pieces.in_short(&title));
    fits.then(|| {
        vec![Field { span: name, ..field.clone() }, Field { line: field.line, span: title, before: Separator::At }]
    })
}
