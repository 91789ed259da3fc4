//! Text → tokens: the one tokenizer that indexing, queries and highlighting share. In: any text. Out: folded terms with byte
//! ranges and positions. Knows no field, no query, no engine.
//!
//! Rules (examples run as tests in `tests.rs`): `C++`, `C#`, `.NET`, `R&D`, `AT&T` stay whole; `Node.js`, `CI/CD`, `PL-SQL` give
//! their parts and the joined form (`node`, `js`, `nodejs`) at the first part's position; `Ph.D.`, `M.B.A.`, `B.Tech` lose their
//! dots; case, accents and ligatures are folded; Chinese and Japanese text gives one token per character.

/// Separates entries (jobs, degrees) inside one field value: the next token's position is the next multiple of
/// [`ENTRY_STRIDE`], so that "in one entry" can be decided from positions alone.
pub const ENTRY_BREAK: char = '\u{1e}';

/// Positions per entry. An entry with more tokens keeps counting at the last position of its slot.
pub const ENTRY_STRIDE: u32 = 4096;

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
