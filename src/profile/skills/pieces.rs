//! Text of a list → its pieces. In: a line without its label. Out: the [`Piece`]s between commas, bars, bullets, brackets. Does not
//! know which pieces are skills.

use super::words::{PROSE_WORDS, TASKS};
use crate::profile::scan::{blank_parted, blank_separated};
use crate::profile::task_words;

/// A part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    /// First byte in the text that was split.
    pub(super) at: usize,
    pub(super) text: &'t str,
    /// Stands inside brackets: `AWS (EC2, S3)`.
    pub(super) bracketed: bool,
}

/// Signs between items; bullets of symbol fonts are private-use letters and are tested apart.
const SIGNS: &[char] = &[
    ',', ';', '|', '•', '·', '\t', '●', '○', '∙', '◦', '(', ')', '[', ']', '{', '}', '，', '、', '；', '■', '▪', '►',
    '★', '☆', '⋄', '◆', '¦', '✓', '➢', '&',
];
/// Signs that belong to no name at its ends.
const EDGES: &[char] = &['-', '–', '*', ':', '·', '•', '►', '"', '“', '”', '○', '●', '◦', '★', '☆', '.'];
/// An item of more words is a sentence.
pub(super) const MAX_WORDS: usize = 6;

/// Splits at commas, bars, bullets, tabs, semicolons, brackets, and where a sentence ends.
pub(super) fn split(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::with_capacity(16);
    let (mut from, mut depth) = (0, 0usize);
    let mut push = |from: usize, to: usize, bracketed: bool| {
        let is_edge = |letter: char| {
            letter.is_whitespace()
                || EDGES.contains(&letter) && !(letter == '.' && text[from..to].trim_start().starts_with(".N"))
        };
        // Nearly all begin and end with a letter.
        let plain = text[from..to].trim_ascii();
        let ends = plain.as_bytes().first().zip(plain.as_bytes().last());
        let is_plain = ends.is_some_and(|(first, last)| first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric());
        let piece = if is_plain { plain } else { text[from..to].trim_matches(is_edge) };
        if !piece.is_empty() {
            let at = piece.as_ptr() as usize - text.as_ptr() as usize;
            pieces.push(Piece { at, text: piece, bracketed });
        }
    };
    let mut next = 0;
    while let Some(&byte) = text.as_bytes().get(next) {
        let at = next;
        if byte.is_ascii_alphanumeric() || byte == b' ' {
            next += 1;
            continue;
        }
        let letter = text[at..].chars().next().expect("`at` is a character boundary before the end");
        next += letter.len_utf8();
        let sign = SIGNS.contains(&letter) || ('\u{e000}'..='\u{f8ff}').contains(&letter);
        // "R&D" is one, "Git & GitHub" two; "&amp;", as web pages write it, often has a blank on one side only.
        let entity = letter == '&' && text[next..].starts_with("amp;");
        next += if entity { "amp;".len() } else { 0 };
        let (before, after) = (text[..at].ends_with(' '), text[next..].starts_with(' '));
        let inner = letter == '&' && !(before && after || entity && (before || after));
        let stop = letter == '.' && text[at + 1..].starts_with(' ') && at > 0;
        if sign && !inner || stop {
            push(from, at, depth > 0);
            from = next;
        }
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    push(from, text.len(), depth > 0);
    pieces
}

/// The piece is a sentence, not a name.
pub(super) fn is_prose(piece: &str, alone: bool) -> bool {
    let words = blank_separated(piece);
    let little = |word: &str| word.len() < 10 && PROSE_WORDS.contains(&word.to_lowercase());
    words > if alone { MAX_WORDS } else { MAX_WORDS + 2 } || (words > 3 && blank_parted(piece).any(little))
}

/// A sentence about work done: `Configuring routers, switches and printers`, `Installation of servers at the harbour`.
pub(super) fn is_task(text: &str) -> bool {
    let text = text.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let mut words = text.split([' ', ',', '/']).filter(|word| !word.is_empty());
    let (Some(first), Some(second), Some(_)) = (words.next(), words.next(), words.next()) else { return false };
    let process = ["tion", "ment", "ance", "ting"].iter().any(|end| first.ends_with(end));
    first.len() < 16 && TASKS.contains(&first.to_lowercase())
        || process && second == "of" && words.next().is_some()
        || !text.contains(',') && task_words::is_task(text)
}
