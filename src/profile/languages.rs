//! Language sections and `Languages: …` lines → spoken languages with their level. In: the text and its sections. Out: each
//! language once, in document order. Nothing is concluded about where a person comes from.

use crate::lexicon::Lexicon;
use crate::model::{Evidence, Found, Section, SectionKind, SpokenLanguage, TextDoc};

/// Reads spoken languages and their levels.
pub fn find(text: &TextDoc, sections: &[Section], lexicon: &Lexicon) -> Vec<SpokenLanguage> {
    let mut found: Vec<SpokenLanguage> = Vec::new();
    for section in sections {
        let own = section.kind == SectionKind::Languages || section.second == Some(SectionKind::Languages);
        for index in section.lines.clone() {
            let Some(line) = text.lines.get(index).filter(|line| !line.hidden) else { continue };
            if own || is_language_line(&line.text) {
                read(index, &line.text, own, lexicon, &mut found);
            }
        }
    }
    found
}

/// `Languages: English (fluent), German`, also inside a skill or personal section.
fn is_language_line(text: &str) -> bool {
    let Some((label, _)) = text.split_once(':') else { return false };
    let label = crate::lexicon::words::key(label);
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

fn read(index: usize, text: &str, own: bool, lexicon: &Lexicon, found: &mut Vec<SpokenLanguage>) {
    let names = lexicon.languages().find(text);
    let levels = lexicon.languages().levels(text);
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
        let evidence = Evidence {
            line: index as u32,
            start: span.start as u32,
            end: span.end as u32,
            score,
            reason: reason.to_string(),
            runner_up: None,
        };
        found.push(SpokenLanguage { language: Found { value: (*name).to_string(), evidence }, level });
    }
}
