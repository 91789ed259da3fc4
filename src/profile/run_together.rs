//! A title with its employer or town behind it and no sign between them: `Kellnerin Gasthof Möwe`, `Head Cook Bergen`, as columns of a page
//! end up in text. In: a field. Out: two fields. Whether a name that nothing marks is an employer is for `segments`, which sees the other
//! entries.

use super::cues::{self, Cues};
use super::fields::{self, Field, Separator};
use super::line_pieces::Pieces;
use super::slots::is_title;
use crate::lexicon::Lexicon;
use std::ops::Range;

/// Words of a field that holds both, at most.
const MAX_WORDS: usize = 10;

/// `Head Cook Blue Fish Hotel`: the title and the name behind it. What a legal form, a school word or the table marks is as good as behind a
/// bar, other names stand behind [`Separator::Blank`].
pub(super) fn employer(line: &Pieces, field: &Field, whole: &Cues) -> Option<Vec<Field>> {
    let (title, name) = parts(line, field, whole)?;
    let cues = line.in_short(&name);
    let text = &line.text[name.clone()];
    let first = text.split(' ').next().unwrap_or("").to_lowercase();
    let is_name = cues.proper_name && !is_title(&cues) && !cues.title_inside && !cues.contract_form && !cues.stint;
    if !is_name || cues.seniority || cues.remote || cues::is_field_word(&first) || is_trade(text) {
        return None;
    }
    if line.lexicon.skills().canonical(&first).is_some() || line.lexicon.skills().canonical(text).is_some() {
        return None;
    }
    let marked = cues.legal_form || cues.known_organisation || cues.school && cues.words > 1;
    let before = if marked { Separator::Wide } else { Separator::Blank };
    Some(vec![Field { span: title, ..field.clone() }, Field { line: field.line, span: name, before }])
}

/// `Head Cook Bergen`: the title and the town behind it, a large one that is no everyday word.
pub(super) fn town(line: &Pieces, field: &Field, whole: &Cues) -> Option<Vec<Field>> {
    let (title, town) = parts(line, field, whole)?;
    line.lexicon.places().city_alone(&line.text[town.clone()])?;
    let before = Separator::Comma;
    Some(vec![Field { span: title, ..field.clone() }, Field { line: field.line, span: town, before }])
}

/// The words up to the last headword of a title, with what goes on in small letters and the field of work behind, and the rest of the field.
fn parts(line: &Pieces, field: &Field, whole: &Cues) -> Option<(Range<usize>, Range<usize>)> {
    let piece = &line.text[field.span.clone()];
    let titled = whole.title_edge || whole.title_inside;
    let told = whole.sentence || whole.task || whole.labelled || whole.label || whole.stint || whole.degree;
    if !titled
        || told
        || !(2..=MAX_WORDS).contains(&whole.words)
        || piece.contains([',', ':', ';', '(', '/', '"', '\t'])
    {
        return None;
    }
    let words: Vec<&str> = piece.split(' ').filter(|word| !word.is_empty()).collect();
    let last = (0..words.len()).rev().find(|at| is_headword(piece, &words[..=*at], line.lexicon))?;
    let mut end = last + 1;
    let is_small = |word: &&str| word.starts_with(char::is_lowercase);
    // "Responsable de projet Hôtel du Port"
    while words.get(end).is_some_and(is_small) {
        end += 1;
    }
    // "Head of Sales Blue Fish Hotel": behind a small word in English only a field of work tells where the title ends.
    let led = end > last + 1 && words.get(end - 1).is_some_and(|word| matches!(*word, "of" | "for" | "in" | "and"));
    let before = end;
    while words.get(end).is_some_and(|word| is_appendix(word)) {
        end += 1;
    }
    let joined = words.get(end - 1).is_some_and(|word| matches!(*word, "&" | "-" | "–"));
    if end >= words.len() || led && end == before || joined || matches!(words[end], "&" | "-" | "–") {
        return None;
    }
    let cut = words[end].as_ptr() as usize - line.text.as_ptr() as usize;
    let (title, rest) = (fields::trim(line.text, field.span.start..cut), fields::trim(line.text, cut..field.span.end));
    (!title.is_empty() && !rest.is_empty()).then_some((title, rest))
}

/// The last of the words is a headword, or ends one of two words: `Sales Representative`.
fn is_headword(piece: &str, words: &[&str], lexicon: &Lexicon) -> bool {
    let Some((word, before)) = words.split_last() else { return false };
    let at = |word: &str| word.as_ptr() as usize - piece.as_ptr() as usize;
    let of_two =
        || before.last().is_some_and(|first| lexicon.titles().ends_row(&piece[at(first)..at(word) + word.len()]));
    word.len() > 2 && word.starts_with(char::is_uppercase) && (lexicon.titles().score(word).headword || of_two())
}

/// `II`, `Production`: what stands behind the headword and still belongs to the title.
fn is_appendix(word: &str) -> bool {
    matches!(word, "I" | "II" | "III" | "IV" | "1" | "2" | "3") || cues::is_discipline(&word.to_lowercase())
}

/// `Food Services`, `Primary Care`: the last word is one of a trade that titles name without an employer.
fn is_trade(name: &str) -> bool {
    const TRADES: &[&str] =
        &["services", "service", "systems", "solutions", "banking", "care", "education", "health", "support", "unit"];
    let last = name.rsplit(' ').next().unwrap_or("").to_lowercase();
    TRADES.contains(&last.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of `text`, if it is cut by `cut`.
    fn check(cut: fn(&Pieces, &Field, &Cues) -> Option<Vec<Field>>, text: &str, expected: Option<[&str; 2]>) {
        let lexicon = Lexicon::builtin();
        let line = Pieces::of(text, &lexicon);
        let field = Field { line: 0, span: 0..text.len(), before: Separator::Start };
        let found = cut(&line, &field, &line.in_short(&field.span));
        let found = found.map(|fields| fields.into_iter().map(|field| &text[field.span]).collect::<Vec<_>>());
        assert_eq!(found, expected.map(Vec::from), "{text}");
    }

    #[test]
    fn a_title_and_a_name() {
        check(employer, "Kellnerin Gasthof Möwe", Some(["Kellnerin", "Gasthof Möwe"]));
        check(employer, "Head Cook Blue Fish Hotel", Some(["Head Cook", "Blue Fish Hotel"]));
        check(employer, "Responsable de projet Hôtel du Port", Some(["Responsable de projet", "Hôtel du Port"]));
        check(employer, "Head of Sales Gull Foods Ltd", Some(["Head of Sales", "Gull Foods Ltd"]));
        check(
            employer,
            "Senior Site Engineer II Raj Constructions",
            Some(["Senior Site Engineer II", "Raj Constructions"]),
        );
        check(employer, "Manager Food Services", None);
        check(employer, "Head of Kitchen Gull Foods", None);
        check(employer, "Senior Software Engineer", None);
        check(employer, "Developer Python", None);
    }

    #[test]
    fn a_title_and_a_town() {
        check(town, "Head Cook Bergen", Some(["Head Cook", "Bergen"]));
        check(town, "Werkstattleiter Kassel", Some(["Werkstattleiter", "Kassel"]));
        check(town, "Head Cook Nowhere", None);
        check(town, "Store Manager", None);
    }
}
