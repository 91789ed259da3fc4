//! Sections of awards and achievements → one value per award. In: the lines of a section. Out: awards as written: one per bullet,
//! per line, or per item of a `|` list. Wrapped lines are joined.

use crate::model::{Evidence, Found, Line, Section, TextDoc};

/// Longest award, in bytes; longer text is prose.
const AWARD_BYTES: usize = 300;

/// Awards of one section, in document order.
pub(super) fn of_section(text: &TextDoc, section: &Section) -> Vec<Found<String>> {
    let mut awards: Vec<Found<String>> = Vec::new();
    let mut before: Option<&Line> = None;
    let bullets = section.lines.clone().any(|at| text.lines[at].style.bullet);
    for at in section.lines.clone() {
        let line = &text.lines[at];
        if line.hidden || line.furniture {
            continue;
        }
        let goes_on = before.is_some_and(|before| continues(before, line, bullets));
        before = Some(line);
        if goes_on && let Some(last) = awards.last_mut() {
            if last.value.len() < AWARD_BYTES {
                last.value.push(' ');
                last.value.push_str(&line.text.replace('\t', " "));
            }
            continue;
        }
        awards.extend(items(&line.text).into_iter().map(|(start, item)| {
            let evidence = Evidence::at(at, start..start + item.len(), 4.0, "item of an award section +4");
            Found { value: item.replace('\t', " – "), evidence }
        }));
    }
    awards.retain(|award| award.value.chars().filter(|letter| letter.is_alphabetic()).count() >= 4);
    awards
}

/// A wrapped line of the item before it.
fn continues(before: &Line, line: &Line, bullets: bool) -> bool {
    if line.style.bullet || line.blank_before || line.style.bold {
        return false;
    }
    let small = line.text.starts_with(|letter: char| letter.is_lowercase());
    let cut = !before.text.ends_with(['.', '!', '?']) && before.text.len() > 70;
    small || bullets && cut
}

/// The items of a line with their first byte: split at bars when every part says something.
fn items(text: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut from = 0;
    for part in text.split('|') {
        let lead = part.len() - part.trim_start().len();
        if !part.trim().is_empty() {
            parts.push((from + lead, part.trim()));
        }
        from += part.len() + 1;
    }
    let all_say = parts.iter().all(|(_, part)| part.split_whitespace().count() >= 3);
    if parts.len() > 1 && all_say { parts } else { vec![(0, text)] }
}
