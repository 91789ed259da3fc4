//! Language sections and `Languages: …` lines → spoken languages with their level. In: the text and its sections. Out: each
//! language once, in document order. Nothing is concluded about where a person comes from.

use super::marks::{Marked, Marks};
use super::scan;
use crate::lexicon::Lexicon;
use crate::lexicon::words::{Words, key};
use crate::model::{Evidence, Found, Section, SectionKind, SpokenLanguage};

/// Reads spoken languages and their levels.
pub(super) fn find(marked: &Marked, sections: &[Section], lexicon: &Lexicon) -> Vec<SpokenLanguage> {
    let mut found: Vec<SpokenLanguage> = Vec::new();
    for section in sections {
        let own = section.kind == SectionKind::Languages || section.second == Some(SectionKind::Languages);
        for index in section.lines.clone() {
            let Some(line) = marked.text.lines.get(index).filter(|line| !line.hidden) else { continue };
            let marks = marked.marks[index];
            if own || is_language_line(&line.text, marks) || says_only_languages(&line.text, marks, lexicon) {
                read(index, &line.text, own, lexicon, &mut found);
            }
        }
    }
    found
}

/// `Languages: English (fluent), German`, also inside a skill or personal section, also in two columns.
fn is_language_line(text: &str, marks: Marks) -> bool {
    if !marks.has(Marks::COLON.or(Marks::TAB)) {
        return false;
    }
    let Some(end) = memchr::memchr2(b':', b'\t', text.as_bytes()) else { return false };
    let label = key(&text[..end]);
    matches!(
        label.as_str(),
        "languages"
            | "language"
            | "languages known"
            | "known languages"
            | "spoken languages"
            | "language skills"
            | "sprachen"
            | "langues"
            | "idiomas"
            | "lingue"
            | "foreign languages"
            | "mother tongue"
    )
}

/// Longest line that says nothing but languages.
const LONGEST: usize = 120;

/// Without a heading: `Czech (native), English (C2), German (B1)`. Every word is a language or a level, and there is a level.
fn says_only_languages(text: &str, marks: Marks, lexicon: &Lexicon) -> bool {
    // A level stands in brackets, or behind a dash or colon: a look at the signs spares most lines the tables.
    let signs = Marks::BRACKET.or(Marks::DASH).or(Marks::COLON);
    let is_plain = || memchr::memchr3(b'(', b'-', b':', text.as_bytes()).is_some();
    if text.len() > LONGEST || !marks.has(signs) || !is_plain() && !text.contains(['–', '—']) {
        return false;
    }
    // The first word tells of nearly all lines that they are about something else.
    if !lexicon.languages().may_open(&Words::of(scan::first_words(text))) {
        return false;
    }
    let words = Words::of(text);
    let names = if lexicon.languages().opens(&words) { lexicon.languages().find_in(&words) } else { Vec::new() };
    if names.is_empty() {
        return false;
    }
    let levels = lexicon.languages().levels_in(&words);
    let mut spans: Vec<_> = names.iter().map(|(span, _)| span).chain(&levels).collect();
    spans.sort_by_key(|span| span.start);
    let mut at = 0;
    for span in &spans {
        if text[at.min(span.start)..span.start].contains(char::is_alphanumeric) {
            return false;
        }
        at = at.max(span.end);
    }
    !levels.is_empty() && !text[at..].contains(char::is_alphanumeric)
}

fn read(index: usize, text: &str, own: bool, lexicon: &Lexicon, found: &mut Vec<SpokenLanguage>) {
    let words = Words::of(text);
    let (names, levels) = (lexicon.languages().find_in(&words), lexicon.languages().levels_in(&words));
    for (at, (span, name)) in names.iter().enumerate() {
        let until = names.get(at + 1).map_or(text.len(), |(next, _)| next.start);
        let level = levels
            .iter()
            .find(|level| level.start >= span.end && level.end <= until)
            .map(|level| text[level.clone()].to_string());
        if found.iter().any(|known| known.language.value == *name) {
            continue;
        }
        let score = if own { 6.0 } else { 5.0 };
        let reason = if own { "language section +6" } else { "language label +5" };
        let evidence = Evidence::at(index, span.clone(), score, reason);
        found.push(SpokenLanguage { language: Found { value: (*name).to_string(), evidence }, level });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_languages_and_levels_needs_no_heading() {
        let lexicon = Lexicon::builtin();
        let check = |text: &str, expected: bool| {
            assert_eq!(says_only_languages(text, Marks::of(text), &lexicon), expected, "{text}");
        };
        check("Czech (native), English (C2), German (B1)", true);
        check("Welsh (fluent), English (native).", true);
        check("Japanese – conversational", true);
        check("English - German translator", false);
        check("Basic (Polish) cooking", false);
        check("Czech (Prague)", false);
        check("English, German", false);
    }
}
