//! `Relevant Courses: Operating Systems, Networks. Other Courses: Graphs` → the courses. In: one line. Out: byte ranges of the
//! courses. A line without such a label has none.

use std::ops::Range;

/// Labels in front of a list of courses, lower case.
const LABELS: &[&str] = &[
    "relevant courses",
    "other courses",
    "courses",
    "course",
    "relevant coursework",
    "coursework",
    "course work",
    "relevant course work",
    "key courses",
    "selected courses",
    "core courses",
    "graduate coursework",
    "undergraduate coursework",
    "relevant modules",
    "modules",
    "key modules",
    "main subjects",
    "subjects",
    "relevant subjects",
    "courses taken",
    "graduate courses",
    "undergraduate courses",
    "kurser",
    "kurse",
    "cours",
    "cursos",
    "relevant classes",
    "classes",
    "selected coursework",
    "major courses",
    "additional courses",
];

/// Byte ranges of the courses in `text`; empty without a label.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let starts = labels(text);
    let mut courses = Vec::new();
    for (number, (_, from)) in starts.iter().enumerate() {
        let to = starts.get(number + 1).map_or(text.len(), |(label, _)| *label);
        courses.extend(list(text, *from..to));
    }
    courses
}

/// Where each label begins and where its list begins.
fn labels(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    // The dashes begin with 0xe2.
    if memchr::memchr2(b':', 0xe2, text.as_bytes()).is_none() {
        return found;
    }
    for (colon, _) in text.match_indices([':', '–', '—']).take(8) {
        let before = text[..colon].trim_end();
        let start = before.rfind(['.', ';', '|', '\t', '(']).map_or(0, |at| at + 1);
        let label = before[start..].trim().to_lowercase();
        if LABELS.contains(&label.as_str()) {
            let sign = text[colon..].chars().next().map_or(1, char::len_utf8);
            found.push((start, colon + sign));
        }
    }
    found
}

/// The items of a list, split at commas and semicolons outside brackets.
pub(super) fn list(text: &str, span: Range<usize>) -> Vec<Range<usize>> {
    let mut items = Vec::new();
    let mut depth = 0usize;
    let mut from = span.start;
    for (offset, letter) in text[span.clone()].char_indices() {
        let at = span.start + offset;
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' | '|' | '•' | '·' if depth == 0 => {
                push(text, from..at, &mut items);
                from = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    push(text, from..span.end, &mut items);
    items
}

fn push(text: &str, span: Range<usize>, items: &mut Vec<Range<usize>>) {
    let mut span = super::fields::trim(text, span);
    for word in ["and ", "& "] {
        if text[span.clone()].starts_with(word) {
            span = super::fields::trim(text, span.start + word.len()..span.end);
        }
    }
    if !span.is_empty() && span.len() <= 100 {
        items.push(span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(find(text).into_iter().map(|span| &text[span]).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn labelled_lists() {
        check("Courses: Soil Science, Botany & Zoology", &["Soil Science", "Botany & Zoology"]);
        check("Relevant Courses: Soil Science, Botany. Other Courses: Algae", &["Soil Science", "Botany", "Algae"]);
    }

    #[test]
    fn other_labels() {
        check("Thesis: Soil, water and air", &[]);
    }
}
