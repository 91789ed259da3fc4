//! The summary in the candidate's words. In: the sections. Out: the text of the first summary section, lines joined.

use crate::model::{Evidence, Found, Section, SectionKind, TextDoc};

/// Longest summary, in bytes: more is a letter.
const SUMMARY_BYTES: usize = 4000;

/// The summary, if a section says it is one.
pub(super) fn of(text: &TextDoc, sections: &[Section]) -> Option<Found<String>> {
    let section = sections.iter().find(|section| section.kind == SectionKind::Summary && !section.lines.is_empty())?;
    let mut value = String::new();
    for line in text.lines[section.lines.clone()].iter().filter(|line| !line.hidden && !line.furniture) {
        if value.len() + line.text.len() > SUMMARY_BYTES {
            break;
        }
        if !value.is_empty() {
            value.push(' ');
        }
        value.push_str(&line.text.replace('\t', " "));
    }
    let evidence = Evidence::at(section.lines.start, 0..0, 5.0, "summary section +5");
    (!value.is_empty()).then_some(Found { value, evidence })
}
