//! Counts positions and hands out tokens. In: words as written with their byte ranges. Out: [`Token`]s with folded terms.
//! Does not find words.

use super::words::{ACRONYM_LINE_WORDS, is_acronym};
use super::{MAX_TERM, Token, fold};

/// The sink with the running position and the buffer that the terms stand in.
pub(super) struct Emitter<'t, S> {
    /// The source text, for looking around an acronym.
    pub text: &'t str,
    sink: &'t mut S,
    /// The source text, its ASCII letters in lower case; behind it a term that is not a part of it.
    buffer: &'t mut String,
    /// Words so far.
    count: u32,
}

/// A word as written and where it stands in the source.
#[derive(Clone, Copy)]
pub(super) struct Word<'a> {
    /// As written, accents removed, case kept.
    pub text: &'a str,
    /// First byte in the source.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

impl<'t, S: FnMut(Token<'_>)> Emitter<'t, S> {
    /// Starts at position 0.
    pub fn new(text: &'t str, buffer: &'t mut String, sink: &'t mut S) -> Self {
        buffer.clear();
        buffer.push_str(text);
        buffer.make_ascii_lowercase();
        Emitter { text, sink, buffer, count: 0 }
    }

    /// The position the next word gets, `ahead` words on.
    pub fn position(&self, ahead: u32) -> u32 {
        self.count.saturating_add(ahead)
    }

    /// Counts words that have been emitted or passed over.
    pub fn advance(&mut self, words: u32) {
        self.count = self.count.saturating_add(words);
    }

    /// Emits one word at a position, and its acronym where it is one. Does not advance.
    pub fn word(&mut self, word: Word<'_>, ahead: u32) {
        self.joined(std::iter::once(word.text), word, ahead, 1);
        self.acronym(word, self.position(ahead));
    }

    /// The same for the ASCII letters and digits from `start` to `end` at the next position: the hot path.
    #[inline]
    pub fn ascii_word(&mut self, start: usize, end: usize) {
        let word = Word { text: &self.buffer[start..end], start, end };
        give(self.sink, word.text, word, self.count, 1);
        // Acronyms are capitals alone.
        if self.text.as_bytes().get(start + 1).is_some_and(u8::is_ascii_uppercase) {
            self.acronym(Word { text: &self.text[start..end], ..word }, self.count);
        }
    }

    #[inline(never)]
    fn acronym(&mut self, word: Word<'_>, position: u32) {
        if is_acronym(word.text) && !self.is_shouted(word) {
            give(self.sink, word.text, word, position, 1);
        }
    }

    /// Emits the pieces written together, in lower case, covering `length` words. Does not advance.
    pub fn joined<'p>(&mut self, pieces: impl Iterator<Item = &'p str>, at: Word<'_>, ahead: u32, length: u32) {
        let position = self.position(ahead);
        self.buffer.truncate(self.text.len());
        for piece in pieces {
            fold::push_lower(self.buffer, piece);
        }
        give(self.sink, &self.buffer[self.text.len()..], at, position, length);
    }

    /// Whether the word stands in a long line of capitals (`WORKED IN A TEAM …`), where capitals say nothing. A short one
    /// (`IT MANAGER`) is a heading or title and keeps its acronyms. Looks at most 300 bytes either way.
    fn is_shouted(&self, word: Word<'_>) -> bool {
        let bytes = self.text.as_bytes();
        let before = bytes[word.start.saturating_sub(300)..word.start].rsplit(|&byte| byte == b'\n').next();
        let after = bytes[word.end..bytes.len().min(word.end + 300)].split(|&byte| byte == b'\n').next();
        let mut words = 0;
        for part in [before, after].into_iter().flatten() {
            if part.iter().any(u8::is_ascii_lowercase) {
                return false;
            }
            words += part.split(|byte| !byte.is_ascii_alphabetic()).filter(|part| !part.is_empty()).count();
        }
        words >= ACRONYM_LINE_WORDS
    }
}

fn give(sink: &mut impl FnMut(Token<'_>), term: &str, word: Word<'_>, position: u32, length: u32) {
    let term = cut(term);
    if !term.is_empty() {
        sink(Token { term, start: word.start, end: word.end, position, length });
    }
}

/// At most [`MAX_TERM`] bytes, whole characters.
fn cut(term: &str) -> &str {
    if term.len() <= MAX_TERM {
        return term;
    }
    let mut end = MAX_TERM;
    while !term.is_char_boundary(end) {
        end -= 1;
    }
    &term[..end]
}
