//! Tesseract's table of words → lines with confidence. In: TSV, one word a row: level, page, block, paragraph, line, word, left, top,
//! width, height, confidence, text. Out: [`Line`]s. Knows no process.

use crate::model::{Line, Style};

/// A gap wider than this many letter heights is a tab: a date at the right margin, a second column's cell.
const WIDE_GAP: i64 = 3;

/// Words of which Tesseract itself believes nothing: specks and lines of the picture.
const NOISE: f32 = 15.0;

/// One word.
struct Word<'a> {
    line: [&'a str; 3],
    left: i64,
    right: i64,
    height: i64,
    confidence: f32,
    text: &'a str,
}

/// Signs that stand before an item of a list.
const BULLETS: [char; 7] = ['•', '▪', '◦', '●', '»', '*', '¢'];

/// The lines of one page. `before` lines of other pages stand before it.
pub(super) fn lines(table: &str, page: u32, before: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut paragraph = None;
    let words: Vec<Word<'_>> = table.lines().filter_map(word).filter(|word| word.confidence >= NOISE).collect();
    for group in words.chunk_by(|one, next| one.line == next.line) {
        let written = joined(group);
        // "• Kept the bees" and, as Tesseract often reads the sign, "¢ Kept the bees".
        let bullet = written.starts_with(BULLETS);
        let text = written.trim_start_matches(BULLETS).trim().to_string();
        if text.is_empty() {
            continue;
        }
        let here = Some(&group[0].line[..2]);
        let blank_before = here != paragraph && before + lines.len() > 0;
        paragraph = here;
        lines.push(Line {
            text,
            number: (before + lines.len()) as u32 + 1,
            page,
            style: Style { bullet, ..Style::default() },
            blank_before,
            confidence: Some(confidence(group)),
            ..Line::default()
        });
    }
    lines
}

/// Mean over all lines, by their length; None without lines.
pub(super) fn mean(lines: &[Line]) -> Option<u8> {
    let letters: usize = lines.iter().map(|line| line.text.len()).sum();
    let sum: usize = lines.iter().map(|line| line.text.len() * usize::from(line.confidence.unwrap_or(100))).sum();
    Some((sum.checked_div(letters)?) as u8)
}

fn joined(group: &[Word<'_>]) -> String {
    let mut text = String::new();
    let mut end = None;
    for word in group {
        match end {
            Some(end) if word.left - end > WIDE_GAP * word.height => text.push('\t'),
            Some(_) => text.push(' '),
            None => {}
        }
        text.push_str(word.text);
        end = Some(word.right);
    }
    text
}

/// Mean over the words, by their length.
fn confidence(group: &[Word<'_>]) -> u8 {
    let letters = |word: &Word<'_>| word.text.chars().count().max(1) as f32;
    let all: f32 = group.iter().map(letters).sum();
    let sum: f32 = group.iter().map(|word| word.confidence * letters(word)).sum();
    (sum / all).round().clamp(0.0, 100.0) as u8
}

/// A row of level 5, which is a word.
fn word(row: &str) -> Option<Word<'_>> {
    let columns: Vec<&str> = row.split('\t').collect();
    let &["5", _, block, paragraph, line, _, left, _, width, height, confidence, text] = columns.as_slice() else {
        return None;
    };
    let text = text.trim();
    let left: i64 = left.parse().ok()?;
    let right = left.checked_add(width.parse().ok()?)?;
    let confidence: f32 = confidence.parse().ok().filter(|sure: &f32| sure.is_finite())?;
    let word = Word { line: [block, paragraph, line], left, right, height: height.parse().ok()?, confidence, text };
    (!word.text.is_empty()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of (block, line, left, width, confidence, text), each letter 10 high.
    fn check(rows: &[(u32, u32, i64, i64, f32, &str)], expected: &[&str]) {
        let row = |(block, line, left, width, sure, text): &(u32, u32, i64, i64, f32, &str)| {
            format!("5\t1\t{block}\t1\t{line}\t1\t{left}\t0\t{width}\t10\t{sure}\t{text}\n")
        };
        let table = String::from("level\tpage_num\n4\t1\t1\t1\t1\t0\t0\t0\t0\t0\t-1\t\n")
            + &rows.iter().map(row).collect::<String>();
        let shown = lines(&table, 2, 0).into_iter().map(|line| {
            let looks = [(line.style.bullet, "bullet "), (line.blank_before, "apart ")];
            let looks: String = looks.iter().filter(|(on, _)| *on).map(|(_, name)| *name).collect();
            format!("{looks}{} {}", line.confidence.unwrap(), line.text)
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn words_become_lines_with_confidence() {
        check(&[(1, 1, 0, 30, 90.0, "Kim"), (1, 1, 35, 30, 80.0, "Val")], &["85 Kim Val"]);
        check(&[(1, 1, 0, 30, 90.0, "Acme"), (1, 1, 300, 30, 90.0, "2019")], &["90 Acme\t2019"]);
        check(&[(1, 1, 0, 9, 90.0, "¢"), (1, 1, 15, 30, 90.0, "Bees")], &["bullet 90 Bees"]);
        check(
            &[(1, 1, 0, 9, 90.0, "A"), (1, 2, 0, 9, 90.0, "B"), (2, 1, 0, 9, 50.0, "C")],
            &["90 A", "90 B", "apart 50 C"],
        );
        check(&[(1, 1, 0, 9, 5.0, "|~"), (1, 2, 0, 9, 96.4, "A")], &["96 A"]);
    }

    #[test]
    fn what_is_no_row_of_a_word_is_passed_over() {
        assert!(lines("5\t1\n5\tx\ty\n\u{0}\n5\t1\t1\t1\t1\t1\tNaN\t0\t1\t1\t90\tA\n", 1, 0).is_empty());
        assert_eq!(mean(&[]), None);
    }
}
