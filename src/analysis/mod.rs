//! Text → tokens: the one tokenizer that indexing, queries and highlighting share. In: any text. Out: folded terms with byte
//! ranges and positions. Knows no field, no query, no engine.
//!
//! Rules (examples run as tests in `tests.rs`): `C++`, `C#`, `.NET`, `R&D`, `AT&T` stay whole; `Node.js`, `CI/CD`, `PL-SQL` give
//! their parts and the joined form (`node`, `js`, `nodejs`) at the first part's position; `Ph.D.`, `M.B.A.`, `B.Tech` lose their
//! dots; case, accents and ligatures are folded; Chinese, Japanese and Korean text gives one token per character.
//! A part of one letter is no token of its own (`C-level` is not `c`), a list of languages is (`C/C++`).
//! Two words that are also written as one (`front end`) add the joined form. `IT`, `US`, `REST` … in capitals add the term in
//! capitals at the same position, so that a query can mean the acronym.
//!
//! In reading order: [`scan`] finds words fast (by runs of letters, [`ascii`]), [`compound`] takes apart what has punctuation inside, [`emit`] counts
//! positions, [`fold()`] folds characters, [`words`] holds the tables; [`inflect`], [`spelling`] and [`synonyms`] widen
//! query words.

pub mod ascii;
mod compound;
mod emit;
mod fold;
pub mod inflect;
mod scan;
pub mod spelling;
pub mod synonyms;
#[cfg(test)]
mod tests;
mod words;

pub use fold::fold;
pub use words::{is_acronym, open_compound};

/// Separates entries (jobs, degrees) inside one field value. Two in a row leave one entry empty. To the tokenizer it is a gap like any
/// other; who indexes the value decides what it does to positions.
pub const ENTRY_BREAK: char = '\u{1e}';

/// Longest term in bytes; longer ones are cut at a character boundary but still emitted (the index refuses longer keys
/// much later, at 65,530 bytes; nobody types 255).
pub const MAX_TERM: usize = 255;

/// One term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// Folded term.
    pub term: &'a str,
    /// First byte in the source text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Word number; joined forms share the position of their first part.
    pub position: u32,
    /// Words covered: 1, or more for a joined form.
    pub length: u32,
}

/// Calls `sink` with each token of `text`, positions never falling. Linear in the length of the text.
///
/// ```
/// let mut terms = Vec::new();
/// vitae::analysis::tokenize("C++ & Node.js", &mut |token| terms.push((token.term.to_string(), token.position)));
/// assert_eq!(terms, [("c++".into(), 0), ("node".into(), 1), ("nodejs".into(), 1), ("js".into(), 2)]);
/// ```
pub fn tokenize(text: &str, sink: &mut impl FnMut(Token<'_>)) {
    tokenize_with(&mut String::new(), text, sink);
}

/// The same with a buffer for folded terms, for who has many texts. What it holds does not matter.
pub fn tokenize_with(buffer: &mut String, text: &str, sink: &mut impl FnMut(Token<'_>)) {
    scan::scan(text, buffer, sink);
}
