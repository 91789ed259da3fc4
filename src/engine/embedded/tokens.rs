//! How the text of a field becomes tokens; the same in tantivy's shape, which asks for a tokenizer of every field though nothing goes through it
//! ([`super::inverted`] indexes). In: text. Out: terms with positions. The rules are `analysis`'s alone; where
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
    for name in [WORDS, VALUES, TERMS, LINES] {
        if let Some(entries) = Marked::named(name) {
            index.tokenizers().register(name, EntryTokenizer(entries));
        }
    }
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
    /// By the name of a tokenizer; none for one that is not ours.
    pub fn named(tokenizer: &str) -> Option<Marked> {
        match tokenizer {
            WORDS => Some(Marked::ByBreaks),
            VALUES => Some(Marked::ByStride),
            TERMS | LINES => Some(Marked::Ready),
            _ => None,
        }
    }

    /// Of a field; none for one without entries.
    pub fn of(schema: &Schema, field: Field) -> Option<Marked> {
        let FieldType::Str(options) = schema.get_field_entry(field).field_type() else { return None };
        let tokenizer = options.get_indexing_options()?.tokenizer();
        Marked::named(tokenizer).filter(|_| tokenizer != LINES)
    }

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
struct EntryTokenizer(Marked);

impl Tokenizer for EntryTokenizer {
    type TokenStream<'a> = Stream;

    fn token_stream(&mut self, text: &str) -> Stream {
        let mut tokens = Vec::new();
        self.0.tokens(text, &mut String::new(), &mut |term, position, length| {
            let (position, position_length) = (position as usize, length as usize);
            tokens.push(Token { text: term.to_string(), position, position_length, ..Token::default() });
        });
        Stream { token: Token::default(), rest: tokens.into_iter() }
    }
}

struct Stream {
    token: Token,
    rest: std::vec::IntoIter<Token>,
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let next = self.rest.next();
        let is_one = next.is_some();
        self.token = next.unwrap_or_default();
        is_one
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
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
        let mut found = Vec::new();
        entries.tokens(text, &mut String::new(), &mut |term, position, _| {
            found.push((term.to_string(), position as usize));
        });
        let mut stream = EntryTokenizer(entries).token_stream(text);
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
