//! A degree whose subject stands on the next line: `Bachelor of Science,` / `Hotel Management`. In: the degree and the line below. Out: the
//! degree with its subject. Finds no degrees.

use super::education_items::LineItems;
use super::subjects;
use crate::lexicon::Lexicon;
use crate::model::{Degree, DegreeLevel, TextDoc};

/// Words of a subject at most.
const MAX_WORDS: usize = 7;

/// Ends of a line that goes on below, with what joins the two parts in the value.
const OPEN_ENDS: &[(&str, &str)] =
    &[(",", ", "), (" in", " in "), (" of", " of "), (" en", " en "), (" -", " - "), (" –", " – "), (":", ": ")];

/// Gives `degree`, of the line above `index`, the subject that all of the line is: anything behind an open end, else a known field of study.
pub(super) fn go_on(degree: &mut Degree, text: &TextDoc, index: usize, items: &LineItems, lexicon: &Lexicon) {
    let (above, line) = (&text.lines[index - 1], &text.lines[index]);
    let [rest] = items.rest.as_slice() else { return };
    let plain = items.schools.is_empty() && items.degrees.is_empty() && items.places.is_empty();
    let name = &line.text[rest.clone()];
    let whole = line.text.trim_end_matches([',', '.', ' ']).len() == rest.end && rest.start == 0;
    // "Bachelor of Science": the last word is no subject where one follows.
    let of_form =
        |subject: &String| degree.raw.value.strip_suffix(subject.as_str()).is_some_and(|form| form.ends_with(" of "));
    if degree.subject.as_ref().is_some_and(|subject| !of_form(subject))
        || degree.level.is_none_or(|level| level <= DegreeLevel::Secondary)
        || degree.raw.evidence.line as usize != index - 1
        || !plain
        || !whole
        || line.style.bullet
        || above.style.column != line.style.column
        || !name.starts_with(char::is_uppercase)
        || name.bytes().any(|byte| byte.is_ascii_digit() || byte == b':' || byte == b'\t')
        || name.split_whitespace().count() > MAX_WORDS
    {
        return;
    }
    let alike = (above.style.size_pt - line.style.size_pt).abs() < 0.6 && above.style.bold == line.style.bold;
    let Some(behind) = above.text.get(degree.raw.evidence.end as usize..) else { return };
    let open = OPEN_ENDS.iter().find(|(end, _)| *end == behind.trim_end());
    let joined = match open {
        Some((_, joined)) => joined,
        // Without a sign only a line in the same letters goes on.
        None if behind.trim().is_empty() && alike && subjects::is_known(name, lexicon) && !line.blank_before => ", ",
        None => return,
    };
    degree.raw.value = format!("{}{joined}{name}", degree.raw.value);
    degree.subject = Some(name.to_string());
}
