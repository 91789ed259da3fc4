//! Our tokenizers in tantivy's shape, and where they are registered. In: text. Out: tantivy tokens. The rules are `analysis`'s alone.

use super::schema::{TERMS, WORDS};
use crate::analysis::{self, ENTRY_BREAK, ENTRY_STRIDE};
use tantivy::Index;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Makes the tokenizers of the schema known to an opened index.
pub fn register(index: &Index) {
    index.tokenizers().register(WORDS, WordTokenizer::default());
    index.tokenizers().register(TERMS, TermTokenizer::default());
}

/// [`analysis::tokenize`] for fields of words. Tokens of a text are made at once, because the analysis hands them to a
/// callback; the buffers are kept from text to text.
#[derive(Clone, Default)]
struct WordTokenizer {
    buffer: Buffer,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.buffer.clear();
        analysis::tokenize(text, &mut |token| self.buffer.push(&token));
        Stream { buffer: &mut self.buffer, next: 0 }
    }
}

/// One term per line as it stands; an entry break goes on to the next slot.
#[derive(Clone, Default)]
struct TermTokenizer {
    buffer: Buffer,
}

impl Tokenizer for TermTokenizer {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.buffer.clear();
        for (slot, values) in (0_u32..).zip(text.split(ENTRY_BREAK)) {
            for (place, term) in (0_u32..).zip(values.lines().filter(|line| !line.is_empty())) {
                let position = slot.saturating_mul(ENTRY_STRIDE) + place.min(ENTRY_STRIDE - 1);
                self.buffer.push(&analysis::Token { term, start: 0, end: 0, position, length: 1 });
            }
        }
        Stream { buffer: &mut self.buffer, next: 0 }
    }
}

/// All terms of one text, one after the other in one string.
#[derive(Clone, Default)]
struct Buffer {
    terms: String,
    tokens: Vec<Slim>,
    token: Token,
    /// tantivy stores differences of positions, which must not be negative; joined forms may come after their parts.
    unsorted: bool,
}

/// Where one term stands in the buffer and in the text.
#[derive(Clone, Copy)]
struct Slim {
    term_end: u32,
    term_start: u32,
    start: u32,
    end: u32,
    position: u32,
    length: u32,
}

impl Buffer {
    fn clear(&mut self) {
        self.terms.clear();
        self.tokens.clear();
        self.unsorted = false;
    }

    fn push(&mut self, token: &analysis::Token<'_>) {
        self.unsorted |= self.tokens.last().is_some_and(|last| last.position > token.position);
        let term_start = self.terms.len() as u32;
        self.terms.push_str(token.term);
        self.tokens.push(Slim {
            term_start,
            term_end: self.terms.len() as u32,
            start: token.start as u32,
            end: token.end as u32,
            position: token.position,
            length: token.length,
        });
    }
}

struct Stream<'a> {
    buffer: &'a mut Buffer,
    next: usize,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        if self.next == 0 && self.buffer.unsorted {
            self.buffer.tokens.sort_by_key(|token| token.position);
        }
        let Some(&slim) = self.buffer.tokens.get(self.next) else { return false };
        self.next += 1;
        let token = &mut self.buffer.token;
        token.text.clear();
        token.text.push_str(&self.buffer.terms[slim.term_start as usize..slim.term_end as usize]);
        token.offset_from = slim.start as usize;
        token.offset_to = slim.end as usize;
        token.position = slim.position as usize;
        token.position_length = slim.length as usize;
        true
    }

    fn token(&self) -> &Token {
        &self.buffer.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.buffer.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions(tokenizer: &mut impl Tokenizer, text: &str) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        tokenizer.token_stream(text).process(&mut |token| found.push((token.text.clone(), token.position)));
        found
    }

    fn check(tokenizer: &mut impl Tokenizer, text: &str, expected: &[(&str, usize)]) {
        let found = positions(tokenizer, &text.replace('|', &ENTRY_BREAK.to_string()));
        let found: Vec<(&str, usize)> = found.iter().map(|(term, position)| (term.as_str(), *position)).collect();
        assert_eq!(found, expected);
    }

    const SLOT: usize = ENTRY_STRIDE as usize;

    #[test]
    fn each_break_begins_the_next_slot_even_of_empty_entries() {
        let mut words = WordTokenizer::default();
        check(&mut words, "one two|three", &[("one", 0), ("two", 1), ("three", SLOT)]);
        check(&mut words, "|a||b", &[("a", SLOT), ("b", 3 * SLOT)]);
        check(&mut words, "a", &[("a", 0)]);
    }

    #[test]
    fn terms_are_taken_whole() {
        check(&mut TermTokenizer::default(), "c++\nrest api||sql", &[("c++", 0), ("rest api", 1), ("sql", 2 * SLOT)]);
    }
}
