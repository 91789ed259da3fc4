//! Finds words: a byte-wise scan with a fast path for plain ASCII words; what has punctuation or other scripts inside is
//! cut out as one chunk and handed to `compound`. Does not decide what a compound means.

use super::ascii::Letters;
use super::compound::{Chunk, Scratch};
use super::emit::{Emitter, Word};
use super::{Token, fold, words};

/// What a byte is to the scan.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Ends a word.
    Gap,
    /// ASCII letter or digit.
    Letter,
    /// May stand inside a word: `. - / ' & + # @ _`.
    Joiner,
    /// First byte of a character outside ASCII.
    Wide,
}

const CLASS: [Class; 256] = {
    let mut table = [Class::Gap; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Class::Letter,
            b'.' | b'-' | b'/' | b'\'' | b'&' | b'+' | b'#' | b'@' | b'_' => Class::Joiner,
            128.. => Class::Wide,
            _ => Class::Gap,
        };
        byte += 1;
    }
    table
};

/// Calls `sink` with each token of `text`.
pub(super) fn scan<S: FnMut(Token<'_>)>(text: &str, buffer: &mut String, sink: &mut S) {
    let bytes = text.as_bytes();
    let mut out = Emitter::new(text, buffer, sink);
    let mut letters = Letters::of(bytes);
    let mut scratch = Scratch::default();
    let mut at = 0;
    loop {
        while bytes.get(at).is_some_and(|&byte| CLASS[byte as usize] == Class::Gap) {
            at += 1;
        }
        let Some(&byte) = bytes.get(at) else { return };
        let end = letters.end(at);
        if end > at && ends_plainly(bytes, at, end) {
            at = plain_word(text, at, end, &mut letters, &mut out);
            continue;
        }
        at = match CLASS[byte as usize] {
            Class::Gap => at + 1,
            Class::Letter => match grouped_number(bytes, at) {
                Some(end) => number(text, at, end, &mut out),
                None => chunk(text, at, &mut scratch, &mut out),
            },
            // `.NET`, `@example.com`: the mark belongs to the word when a letter follows it.
            Class::Joiner if matches!(byte, b'.' | b'@') && !is_gap(bytes, at + 1) => {
                chunk(text, at, &mut scratch, &mut out)
            }
            Class::Joiner => at + 1,
            Class::Wide => wide(text, at, &mut scratch, &mut out),
        };
    }
}

/// Whether no word goes on at `at`.
fn is_gap(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_none_or(|&byte| CLASS[byte as usize] == Class::Gap)
}

/// Whether the word that ends here has nothing attached: `word`, `word.`, `word, `; not `word-`, `10,000`, `R & D`.
#[inline]
fn ends_plainly(bytes: &[u8], start: usize, end: usize) -> bool {
    let Some(&next) = bytes.get(end) else { return true };
    if next == b' ' {
        // `R & D`, `S E L E C T E D`
        return end > start + 1 || !is_single_letter_run(bytes, start);
    }
    match CLASS[next as usize] {
        Class::Gap if next == b',' => {
            !bytes[end - 1].is_ascii_digit() || !bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
        }
        Class::Gap => true,
        Class::Joiner if matches!(next, b'+' | b'#') => false,
        Class::Joiner => is_gap(bytes, end + 1),
        Class::Letter | Class::Wide => false,
    }
}

/// One ASCII word with nothing attached. Returns where to go on.
#[inline]
fn plain_word<S: FnMut(Token<'_>)>(
    text: &str,
    start: usize,
    end: usize,
    letters: &mut Letters<'_>,
    out: &mut Emitter<'_, S>,
) -> usize {
    let rest = &text.as_bytes()[end..];
    if rest.first() == Some(&b':') && rest.starts_with(b"://") && is_scheme(&text[start..end]) {
        return end;
    }
    out.ascii_word(start, end);
    if let [b' ', initial, ..] = *rest {
        let compounds = words::compounds_like(&text.as_bytes()[start..end], initial);
        if !compounds.is_empty() {
            let (first, end) = (&text[start..end], letters.end(end + 1));
            if let Some(joined) = words::joined_form(compounds, first, &text[start + first.len() + 1..end]) {
                out.joined([joined].into_iter(), Word { text: first, start, end }, 0, 2);
            }
        }
        out.advance(1);
        return end + 1;
    }
    out.advance(1);
    end
}

/// The beginning of a web address, which is no word.
fn is_scheme(word: &str) -> bool {
    matches!(word, "http" | "https" | "HTTP" | "HTTPS")
}

/// End of a number with thousands commas: `10,000`, `1,250,000.50`.
#[inline(never)]
fn grouped_number(bytes: &[u8], start: usize) -> Option<usize> {
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let first = digits(start);
    let mut end = start + first;
    while bytes.get(end) == Some(&b',') && digits(end + 1) == 3 {
        end += 4;
    }
    if first > 3 || end == start + first {
        return None;
    }
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    bytes.get(end).is_none_or(|&next| CLASS[next as usize] != Class::Letter).then_some(end)
}

#[inline(never)]
fn number<S: FnMut(Token<'_>)>(text: &str, start: usize, end: usize, out: &mut Emitter<'_, S>) -> usize {
    let word = Word { text: &text[start..end], start, end };
    out.joined(text[start..end].split(','), word, 0, 1);
    out.advance(1);
    end
}

/// Whether single letters follow each other here so that they are one word: `R & D`, `S E L E C T E D` (four or more).
#[inline(never)]
fn is_single_letter_run(bytes: &[u8], start: usize) -> bool {
    is_spaced_ampersand(bytes, start) || spaced_letters(bytes, start) >= 4
}

/// `R & D` at `start`.
fn is_spaced_ampersand(bytes: &[u8], start: usize) -> bool {
    let lone = |at: usize| {
        bytes.get(at).is_some_and(u8::is_ascii_uppercase)
            && (is_gap(bytes, at + 1) || matches!(bytes[at + 1], b'.' | b'/'))
    };
    lone(start) && bytes[start + 1..].starts_with(b" & ") && lone(start + 4)
}

/// How many single capitals stand here with one blank between each.
fn spaced_letters(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    let mut count = 0;
    while bytes.get(at).is_some_and(u8::is_ascii_uppercase) && (count == 0 || bytes[at - 1] == b' ') {
        match bytes.get(at + 1) {
            Some(b' ') => at += 2,
            Some(&next) if CLASS[next as usize] != Class::Gap => break,
            _ => return count + 1,
        }
        count += 1;
    }
    count
}

/// A word outside ASCII, or a gap.
#[inline(never)]
fn wide<S: FnMut(Token<'_>)>(text: &str, at: usize, scratch: &mut Scratch, out: &mut Emitter<'_, S>) -> usize {
    let Some(letter) = text[at..].chars().next() else { return text.len() };
    if is_inside(letter) { chunk(text, at, scratch, out) } else { at + letter.len_utf8() }
}

/// Whether a character outside ASCII can stand inside a word.
fn is_inside(letter: char) -> bool {
    // Dashes, bullets and quotation marks: no letters among them.
    let is_sign = matches!(letter, '\u{2000}'..='\u{206f}');
    matches!(letter, '’' | '‘' | 'ʼ' | '‐' | '‑' | '＋' | '＃' | '．' | '＠' | '＆' | '－' | '／')
        || fold::is_ignorable(letter)
        || !is_sign && (letter.is_alphanumeric() || unicode_normalization::char::is_combining_mark(letter))
}

/// Cuts the chunk that begins at `start` and hands it on. Returns where to go on.
#[inline(never)]
fn chunk<S: FnMut(Token<'_>)>(text: &str, start: usize, scratch: &mut Scratch, out: &mut Emitter<'_, S>) -> usize {
    let bytes = text.as_bytes();
    if is_spaced_ampersand(bytes, start) {
        let word = Word { text: &text[start..start + 5], start, end: start + 5 };
        out.joined([&text[start..=start], "&", &text[start + 4..start + 5]].into_iter(), word, 0, 1);
        out.advance(1);
        return start + 5;
    }
    let letters = spaced_letters(bytes, start);
    if letters >= 4 {
        let end = start + letters * 2 - 1;
        out.joined(text[start..end].split(' '), Word { text: &text[start..end], start, end }, 0, 1);
        out.advance(1);
        return end;
    }
    let mut end = start;
    let mut ascii = true;
    while let Some(&byte) = bytes.get(end) {
        match CLASS[byte as usize] {
            Class::Gap => break,
            Class::Letter | Class::Joiner => end += 1,
            Class::Wide => {
                let Some(letter) = text[end..].chars().next().filter(|&letter| is_inside(letter)) else { break };
                ascii = false;
                end += letter.len_utf8();
            }
        }
    }
    let previous = text[..start].chars().next_back();
    let chunk = if ascii { Chunk::plain(text, start, end) } else { Chunk::folded(text, start, end, scratch) };
    chunk.emit(previous, out);
    end
}
