//! A title and its employer parted by brackets or slashes: `Head Cook (Blue Fish Inn, Bergen)`, `Head Cook / Blue Fish Inn`. In: a field. Out:
//! its parts, if one of them is a title and another one a name. Commas and small words are left to `slots`.

use super::cues::{self, Cues};
use super::fields::{self, Field, Separator};
use super::line_pieces::Pieces;
use super::scan;
use super::slots::{is_title, other_is_name};
use std::ops::Range;

/// `Assistant Manager - Production, Blue Fish Ltd`: behind the dash the field of work ends at its comma.
pub(super) fn behind_discipline(line: &Pieces, field: Field) -> Vec<Field> {
    let piece = &line.text[field.span.clone()];
    let comma = if field.before == Separator::Dash { scan::find(piece, ", ") } else { None };
    let Some(comma) = comma.filter(|comma| cues::is_discipline(&piece[..*comma].to_lowercase())) else {
        return vec![field];
    };
    let (left, right) = (field.span.start..field.span.start + comma, field.span.start + comma + 2..field.span.end);
    let rest = fields::trim(line.text, right);
    if rest.is_empty() || cues::is_discipline(&line.text[rest.clone()].to_lowercase()) {
        return vec![field];
    }
    vec![Field { span: left, ..field.clone() }, Field { line: field.line, span: rest, before: Separator::Comma }]
}

/// `Head Cook (Blue Fish Inn, Bergen)`: the comma in the bracket parts the employer from its place.
pub(super) fn in_bracket(line: &Pieces, field: &Field) -> Option<Vec<Field>> {
    let (text, span) = (line.text, field.span.clone());
    let piece = text[span.clone()].strip_suffix(')')?;
    let open = scan::rfind(piece, " (")?;
    let comma = open + scan::rfind(&piece[open..], ", ")?;
    let part = |from: usize, to: usize| fields::trim(text, span.start + from..span.start + to);
    let (title, name, place) = (part(0, open), part(open + 2, comma), part(comma + 2, piece.len()));
    if title.is_empty() || name.is_empty() || place.is_empty() {
        return None;
    }
    let (title_cues, name_cues, place_cues) = (line.in_short(&title), line.in_short(&name), line.in_short(&place));
    let fits = is_title(&title_cues) && !is_title(&name_cues) && other_is_name(&title_cues, &name_cues);
    let field_at = |span: Range<usize>, before: Separator| Field { line: field.line, span, before };
    (fits && place_cues.proper_name && !is_title(&place_cues)).then(|| {
        vec![field_at(title, field.before), field_at(name, Separator::Paren), field_at(place, Separator::Town)]
    })
}

/// `Head Cook / Blue Fish Inn / Bergen`: one part is a title, another one a name that is no field of work.
pub(super) fn at_slashes(line: &Pieces, field: &Field) -> Option<Vec<Field>> {
    let text = line.text;
    let piece = &text[field.span.clone()];
    scan::find(piece, " / ")?;
    let base = text.as_ptr() as usize;
    let parts = piece.split(" / ").map(|part| (part.as_ptr() as usize - base, part.len()));
    let parts: Vec<Range<usize>> = parts
        .map(|(start, length)| fields::trim(text, start..start + length))
        .filter(|part| !part.is_empty())
        .collect();
    let cues: Vec<Cues> = parts.iter().map(|part| line.in_short(part)).collect();
    let titles = cues.iter().filter(|cues| is_title(cues)).count();
    let named = cues.iter().any(|cues| !is_title(cues) && !cues.title_inside && cues.proper_name && !cues.discipline);
    let fields = parts.into_iter().enumerate().map(|(at, span)| {
        let before = if at == 0 { field.before } else { Separator::Bar };
        Field { line: field.line, span, before }
    });
    (titles == 1 && named && (2..=4).contains(&cues.len())).then(|| fields.collect())
}
