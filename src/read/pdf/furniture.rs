//! Which lines are page furniture: page numbers, headers and footers that repeat from page to page. The first page's
//! header stays text, because contact data often stands there.

use super::lines::Placed;
use super::runs::Points;
use crate::model::Line;
use std::collections::HashMap;

/// Share of the page height at the top and bottom where furniture stands.
const EDGE: f32 = 0.09;

/// How far apart furniture of two pages may stand. A heading that happens to end one page and to begin another stays text.
const SAME_PLACE: Points = 12.0;

/// Flags the furniture. `placed` holds, per page, the line indexes and baselines; `heights` the page heights.
pub(super) fn mark(lines: &mut [Line], placed: &[Vec<Placed>], heights: &[Points]) {
    let mut seen: HashMap<String, Vec<(usize, Points)>> = HashMap::new();
    for (page, rows) in placed.iter().enumerate() {
        for (index, y) in rows {
            let Some(line) = lines.get_mut(*index) else { continue };
            let at_edge = *y < EDGE * heights[page] || *y > (1.0 - EDGE) * heights[page];
            if !at_edge || line.text.len() > 200 {
                continue;
            }
            let earlier = seen.entry(shape(&line.text)).or_default();
            let repeats = |(other, height): &(usize, Points)| *other != page && (height - y).abs() < SAME_PLACE;
            line.furniture = earlier.iter().any(repeats) || is_page_number(&line.text);
            earlier.push((page, *y));
        }
    }
}

/// Digits are alike on all pages: "Ada Doe · Page 2" has the shape of "Ada Doe · Page 3".
fn shape(text: &str) -> String {
    text.chars().map(|ch| if ch.is_ascii_digit() { '0' } else { ch }).collect::<String>().to_lowercase()
}

/// "2", "- 2 -", "Page 2 of 3", "2 / 3", "Seite 2".
fn is_page_number(text: &str) -> bool {
    let words: Vec<String> =
        text.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let number = |word: &str| word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let known =
        |word: &str| ["page", "p", "pg", "seite", "página", "pagina", "of", "de", "von", "di", "sur"].contains(&word);
    // A lone number above 200 is a figure, not a page.
    // "3.7" is a grade.
    let decimal = text.trim().split_once('.').is_some_and(|(whole, part)| number(whole) && number(part));
    words.len() <= 4
        && !decimal
        && words.iter().any(|word| number(word) && word.parse::<u32>().is_ok_and(|page| page <= 200))
        && words.iter().all(|word| number(word) || known(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers() {
        for text in ["2", "- 2 -", "Page 2 of 3", "2 / 3", "Seite 2"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["2019", "Go 1.21", "Ada Doe 2", "of", "", "3.7"] {
            assert!(!is_page_number(text), "{text}");
        }
    }

    #[test]
    fn repeated_headers_stay_once() {
        let line = |text: &str| Line { text: text.into(), ..Line::default() };
        let mut lines = vec![line("Ada Doe - 1"), line("Work"), line("Ada Doe - 2"), line("Work")];
        mark(&mut lines, &[vec![(0, 20.0), (1, 400.0)], vec![(2, 20.0), (3, 400.0)]], &[800.0, 800.0]);
        assert_eq!(lines.iter().map(|line| line.furniture).collect::<Vec<_>>(), [false, false, true, false]);
        let mut headings = vec![line("Education"), line("Cook"), line("Education")];
        mark(&mut headings, &[vec![(0, 30.0), (1, 770.0)], vec![(2, 770.0)]], &[800.0, 800.0]);
        assert!(headings.iter().all(|line| !line.furniture));
    }
}
