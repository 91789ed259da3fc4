//! Our tokenizers in tantivy's shape, and where they are registered. In: text. Out: tantivy tokens. The rules are `analysis`'s alone; where
//! entries begin and end is told here, in one of three ways ([`super::entries`] reads them):
//!
//! ```text
//! WORDS          a job of any length ␞ another ␞ everything else      ␞ is a token of its own and takes a position
//! VALUES         title | title | title                                 the k-th value begins at position k × VALUE_STRIDE
//! TERMS          those of a job | of another                          one ready-made term a line; those of entry k have position k
//! LINES          one ready-made term a line, without entries
//! ```

use super::schema::{LINES, TERMS, VALUES, WORDS};
use crate::analysis::ascii::parts;
use crate::analysis::{self, ENTRY_BREAK};
use tantivy::Index;
use tantivy::schema::{Field, FieldType, Schema};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Positions per entry in fields of short values. Positions are stored in as many bits as they need: small ones are cheap.
pub const VALUE_STRIDE: u32 = 64;

/// Where a value with more words keeps counting. One position before the next value stays free, so that no phrase runs over.
const LAST_IN_VALUE: u32 = VALUE_STRIDE - 2;

/// The term that stands between two entries.
pub const BREAK_TERM: &str = "\u{1e}";

/// Makes the tokenizers of the schema known to an opened index.
pub fn register(index: &Index) {
    let make = |entries| EntryTokenizer { entries, token: Token::default(), folded: String::new() };
    index.tokenizers().register(WORDS, make(Marked::ByBreaks));
    index.tokenizers().register(VALUES, make(Marked::ByStride));
    index.tokenizers().register(TERMS, make(Marked::Ready));
    index.tokenizers().register(LINES, make(Marked::Ready));
}

/// How a field's tokens tell the entries apart.
#[derive(Debug, Clone, Copy)]
pub enum Marked {
    /// Words; [`BREAK_TERM`] between two entries.
    ByBreaks,
    /// Words; every entry begins at a multiple of [`VALUE_STRIDE`].
    ByStride,
    /// Each line is one ready-made term; its position is the number of the entry.
    Ready,
}

impl Marked {
    /// Of a field; none for one that is not tokenised by us.
    pub fn of(schema: &Schema, field: Field) -> Option<Marked> {
        let FieldType::Str(options) = schema.get_field_entry(field).field_type() else { return None };
        match options.get_indexing_options()?.tokenizer() {
            WORDS => Some(Marked::ByBreaks),
            VALUES => Some(Marked::ByStride),
            TERMS => Some(Marked::Ready),
            _ => None,
        }
    }
}

impl Marked {
    /// Calls `give` with each term of `text`, its position in the field and how many positions it covers. `folded` is a buffer.
    pub fn tokens(self, text: &str, folded: &mut String, give: &mut impl FnMut(&str, u32, u32)) {
        match self {
            Marked::ByBreaks => by_breaks(text, folded, give),
            Marked::ByStride => by_stride(text, folded, give),
            Marked::Ready => ready(text, give),
        }
    }
}

#[derive(Clone)]
struct EntryTokenizer {
    entries: Marked,
    /// Kept from text to text for its buffer.
    token: Token,
    /// Buffer of the analysis.
    folded: String,
}

impl Tokenizer for EntryTokenizer {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { entries: self.entries, text, token: &mut self.token, folded: &mut self.folded, later: None }
    }
}

struct Stream<'a> {
    entries: Marked,
    text: &'a str,
    token: &'a mut Token,
    folded: &'a mut String,
    /// Tokens still to come, for who asks for one after the other.
    later: Option<std::vec::IntoIter<Token>>,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        if self.later.is_none() {
            let mut all = Vec::new();
            self.process(&mut |token| all.push(token.clone()));
            self.later = Some(all.into_iter());
        }
        let Some(next) = self.later.as_mut().and_then(Iterator::next) else { return false };
        *self.token = next;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }

    /// The analysis hands its tokens to a callback, and so does this: tantivy indexes through it, and no token is kept.
    fn process(&mut self, sink: &mut dyn FnMut(&Token)) {
        let (text, token, folded) = (self.text, &mut *self.token, &mut *self.folded);
        let mut give = |term: &str, position: u32, length: u32| {
            token.text.clear();
            token.text.push_str(term);
            token.position = position as usize;
            token.position_length = length as usize;
            sink(token);
        };
        self.entries.tokens(text, folded, &mut give);
    }
}

fn by_breaks(text: &str, folded: &mut String, give: &mut impl FnMut(&str, u32, u32)) {
    let mut from = 0;
    for (entry, words) in entries(text).enumerate() {
        if entry > 0 {
            give(BREAK_TERM, from, 1);
            from += 1;
        }
        let mut end = from;
        analysis::tokenize_with(folded, words, &mut |token| {
            let position = from + token.position;
            end = end.max(position + token.length);
            give(token.term, position, token.length);
        });
        from = end;
    }
}

fn by_stride(text: &str, folded: &mut String, give: &mut impl FnMut(&str, u32, u32)) {
    for (slot, value) in (0_u32..).zip(entries(text)) {
        let from = slot.saturating_mul(VALUE_STRIDE);
        analysis::tokenize_with(folded, value, &mut |token| {
            give(token.term, from + token.position.min(LAST_IN_VALUE), token.length);
        });
    }
}

/// Which of an entry's terms stands before which is of no interest: all have one position, the number of the entry.
fn ready(text: &str, give: &mut impl FnMut(&str, u32, u32)) {
    for (slot, values) in (0_u32..).zip(entries(text)) {
        let terms = parts(values, b'\n').filter(|line| !line.is_empty());
        terms.for_each(|term| give(term, slot, 1));
    }
}

fn entries(text: &str) -> impl Iterator<Item = &str> {
    parts(text, ENTRY_BREAK as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions(entries: Marked, text: &str) -> Vec<(String, usize)> {
        let mut tokenizer = EntryTokenizer { entries, token: Token::default(), folded: String::new() };
        let mut found = Vec::new();
        tokenizer.token_stream(text).process(&mut |token| found.push((token.text.clone(), token.position)));
        let mut stream = tokenizer.token_stream(text);
        let mut one_by_one = Vec::new();
        while let Some(token) = stream.next() {
            one_by_one.push((token.text.clone(), token.position));
        }
        assert_eq!(one_by_one, found);
        found
    }

    fn check(entries: Marked, text: &str, expected: &[(&str, usize)]) {
        let found = positions(entries, &text.replace('|', &ENTRY_BREAK.to_string()));
        let found: Vec<(&str, usize)> = found.iter().map(|(term, position)| (term.as_str(), *position)).collect();
        assert_eq!(found, expected);
    }

    const SLOT: usize = VALUE_STRIDE as usize;

    #[test]
    fn a_break_is_a_token_of_its_own_even_after_an_empty_entry() {
        check(Marked::ByBreaks, "one two|three", &[("one", 0), ("two", 1), (BREAK_TERM, 2), ("three", 3)]);
        check(Marked::ByBreaks, "|a||b", &[(BREAK_TERM, 0), ("a", 1), (BREAK_TERM, 2), (BREAK_TERM, 3), ("b", 4)]);
        check(Marked::ByBreaks, "a", &[("a", 0)]);
        let joined = [("front", 0), ("frontend", 0), ("end", 1), (BREAK_TERM, 2), ("a", 3)];
        check(Marked::ByBreaks, "front end|a", &joined);
    }

    #[test]
    fn each_value_begins_at_a_multiple_of_the_stride() {
        check(Marked::ByStride, "one two|three", &[("one", 0), ("two", 1), ("three", SLOT)]);
        check(Marked::ByStride, "|a||b", &[("a", SLOT), ("b", 3 * SLOT)]);
    }

    #[test]
    fn an_overlong_value_stays_in_its_slot() {
        let found = positions(Marked::ByStride, &format!("{}\u{1e}b", "a ".repeat(200)));
        assert_eq!(found[199].1, SLOT - 2);
        assert_eq!(found[200], ("b".to_string(), SLOT));
    }

    #[test]
    fn terms_are_taken_whole() {
        check(Marked::Ready, "c++\nrest api||sql", &[("c++", 0), ("rest api", 0), ("sql", 2)]);
    }
}
