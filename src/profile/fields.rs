//! Heading lines → fields: the pieces between tabs, bars, dashes and dates, each with its byte range. In: one line and the
//! byte ranges of its dates. Out: [`Field`]s, in reading order. Does NOT know what a field means (that is `roles`).

use crate::analysis::ascii;
use std::ops::Range;

/// What stands before a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Separator {
    /// It opens the line.
    Start,
    /// A tab: a wide gap or a table cell.
    Wide,
    /// `|`, `•`, `·`, `;` and the like.
    Bar,
    /// A dash with blanks around it.
    Dash,
    /// A date that was cut out.
    Date,
    /// A comma (only where a finer split was asked for).
    Comma,
    /// ` at `, ` @ `.
    At,
    /// `(` … `)` around the field.
    Paren,
    /// A comma in front of a small town, known for one only by its position.
    Town,
    /// A blank behind a title: `Head Cook Blue Fish`. Only where other entries show that an employer stands there.
    Blank,
}

/// A piece of a heading line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// Index of the line.
    pub line: usize,
    /// Bytes in the line's text, trimmed.
    pub span: Range<usize>,
    /// What stands before it.
    pub before: Separator,
}

/// Splits one line. `cuts` are the byte ranges of dates, sorted and disjoint; they belong to no field.
pub(super) fn split(text: &str, line: usize, cuts: &[Range<usize>]) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut before = Separator::Start;
    let mut from = 0;
    let mut cuts = cuts.iter();
    let mut next_cut = cuts.next();
    let mut at = 0;
    let mut previous = ' ';
    while at < text.len() {
        if let Some(cut) = next_cut.filter(|cut| cut.start <= at) {
            next_cut = cuts.next();
            push(text, line, from..at, before, &mut fields);
            before = Separator::Date;
            at = cut.end.max(at);
            from = at;
            previous = ' ';
            continue;
        }
        let bytes = text.as_bytes();
        let end = next_cut.map_or(text.len(), |cut| cut.start.min(text.len()));
        let words_end = plain_words(bytes, at).min(end);
        if words_end > at {
            at = words_end;
            previous = char::from(bytes[at - 1]);
            continue;
        }
        let letter = text[at..].chars().next().expect("`at` is a character boundary before the end");
        let next = at + letter.len_utf8();
        if let Some((found, length)) = separator(text, at, letter, previous) {
            push(text, line, from..at, before, &mut fields);
            before = found;
            at += length;
            from = at;
            previous = ' ';
            continue;
        }
        previous = letter;
        at = next;
    }
    push(text, line, from..text.len(), before, &mut fields);
    fields
}

/// End of the words of ASCII letters and digits from `at` on, and the single blanks between them.
fn plain_words(bytes: &[u8], mut at: usize) -> usize {
    loop {
        at = ascii::letters_end(bytes, at);
        let goes_on = bytes.get(at) == Some(&b' ') && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        if !goes_on {
            return at;
        }
        at += 1;
    }
}

/// So many signs of one kind in a row lead the eye from one field to the next.
const LEADER: usize = 4;

/// The separator that begins at `at`, and its length in bytes.
fn separator(text: &str, at: usize, letter: char, previous: char) -> Option<(Separator, usize)> {
    let length = letter.len_utf8();
    let rest = &text[at + length..];
    // "Blue Fish Inn ------------ Bergen"
    if matches!(letter, '-' | '.' | '_' | '=' | '…' | '·') {
        let run = text[at..].len() - text[at..].trim_start_matches(letter).len();
        if run >= LEADER * length {
            return Some((Separator::Wide, run));
        }
    }
    let blank_after = rest.chars().next().is_none_or(char::is_whitespace);
    match letter {
        '\t' => Some((Separator::Wide, 1)),
        '|' | '•' | '·' | '∙' | '⋅' | '●' | '◦' | '¦' | '◆' | '■' | '▪' | '⇒' | '→' | '⋄' | '◇' => {
            Some((Separator::Bar, length))
        }
        ';' => Some((Separator::Bar, 1)),
        // "，" whose bytes were read in the wrong encoding
        'ï' if rest.starts_with('¼') => Some((Separator::Bar, length + '¼'.len_utf8())),
        // Not the sign that closes «Blue Bay».
        '»' if previous.is_whitespace() => Some((Separator::Bar, length)),
        // "Blue Fish Inn [Head Cook]"
        '[' if previous.is_whitespace() && rest.starts_with(char::is_alphabetic) => Some((Separator::Paren, 1)),
        '—' | '―' => Some((Separator::Dash, length)),
        '-' | '–' | '−' | '~' if previous.is_whitespace() && blank_after => Some((Separator::Dash, length)),
        // "Title @ Employer"
        '@' if previous.is_whitespace() && blank_after => Some((Separator::At, 1)),
        ' ' if rest.starts_with("  ") => Some((Separator::Wide, 3)),
        _ if is_pictograph(letter) => Some((Separator::Bar, length)),
        _ => None,
    }
}

/// `▣ Jul 2019 – Present ⚲ Bergen`: a picture that stands for a word, in front of a date or place; not the sharp of a language.
pub(super) fn is_pictograph(letter: char) -> bool {
    matches!(letter, '\u{2190}'..='\u{23ff}' | '\u{25a0}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}')
        && !matches!(letter, '\u{2200}'..='\u{22ff}' | '♭'..='♯')
        || matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{1f000}'..='\u{1faff}')
}

fn push(text: &str, line: usize, span: Range<usize>, before: Separator, fields: &mut Vec<Field>) {
    let span = trim(text, span);
    if !span.is_empty() {
        fields.push(Field { line, span, before });
    }
}

/// Narrows a byte range: no blanks, loose punctuation or unbalanced brackets at its ends.
pub(super) fn trim(text: &str, span: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (span.start, span.end);
    loop {
        let piece = &text[start..end];
        let first = piece.chars().next();
        let last = piece.chars().next_back();
        let drop_first = |letter: char| {
            letter.is_whitespace()
                || matches!(
                    letter,
                    ',' | ':' | ';' | '-' | '–' | '—' | '/' | ')' | ']' | '*' | '|' | '.' | '~' | '_' | '\u{200b}'
                ) && !(letter == '.' && piece[1..].starts_with(|next: char| next.is_alphanumeric()))
                || matches!(letter, '(' | '[') && !closes_later(piece)
        };
        let drop_last = |letter: char| {
            letter.is_whitespace()
                || matches!(
                    letter,
                    ',' | ':' | ';' | '-' | '–' | '—' | '/' | '(' | '[' | '*' | '|' | '~' | '_' | '\u{200b}'
                )
                || letter == '.' && !is_abbreviation(piece)
                || matches!(letter, ')' | ']') && !opens_before(piece)
        };
        if let Some(letter) = first.filter(|&letter| drop_first(letter)) {
            start += letter.len_utf8();
        } else if let Some(letter) = last.filter(|&letter| drop_last(letter)) {
            end -= letter.len_utf8();
        } else if piece.starts_with('(') && piece.ends_with(')') && piece[1..].find(['(', ')']) == Some(piece.len() - 2)
        {
            // "(Paris)": brackets around the whole field
            start += 1;
            end -= 1;
        } else {
            return start..end;
        }
        if start >= end {
            return start..start;
        }
    }
}

fn closes_later(piece: &str) -> bool {
    piece.contains([')', ']'])
}

fn opens_before(piece: &str) -> bool {
    piece.contains(['(', '['])
}

/// Short forms that keep their last dot.
const ABBREVIATIONS: &[&str] =
    &["Inc", "Ltd", "Co", "Corp", "Sr", "Jr", "St", "Univ", "Dept", "Pvt", "Bros", "Mfg", "Intl", "Assoc"];

/// `Inc.`, `Sr.`, `B.Sc.` keep their last dot.
fn is_abbreviation(piece: &str) -> bool {
    let word =
        piece[..piece.len() - 1].rsplit(|letter: char| letter.is_whitespace() || letter == ',').next().unwrap_or("");
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    word.contains('.') && letters <= 5 || ABBREVIATIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, cuts: &[Range<usize>], expected: &[&str]) {
        let found: Vec<_> = split(text, 0, cuts).into_iter().map(|field| &text[field.span.clone()]).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn bars_tabs_and_dashes_split() {
        check("Cook | Blue Fish Inn, Bergen", &[], &["Cook", "Blue Fish Inn, Bergen"]);
        check("Blue Fish Inn\tBergen", &[], &["Blue Fish Inn", "Bergen"]);
        check("Blue Fish Inn – Head Cook", &[], &["Blue Fish Inn", "Head Cook"]);
        check("Blue Fish Inn -------- Bergen", &[], &["Blue Fish Inn", "Bergen"]);
        check("⋄ Blue Fish Inn ....... Bergen", &[], &["Blue Fish Inn", "Bergen"]);
    }

    #[test]
    fn hyphens_inside_words_stay() {
        check("Co-op, Trollhättan-Nord", &[], &["Co-op, Trollhättan-Nord"]);
    }

    #[test]
    fn dates_are_cut_out() {
        check("Cook (2019 - 2021), Bergen", std::slice::from_ref(&(6..17)), &["Cook", "Bergen"]);
    }

    #[test]
    fn loose_ends_are_trimmed() {
        check("- Blue Fish Inc. -", &[], &["Blue Fish Inc."]);
        check("Heap Shop (Linux, C):", &[], &["Heap Shop (Linux, C)"]);
        check(".NET shop.", &[], &[".NET shop"]);
    }
}
