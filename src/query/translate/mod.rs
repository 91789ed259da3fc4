//! Search strings of other tools → ours, with every difference in meaning as a sentence. In: a string and whose it is. Out: a
//! [`Translation`] whose query parses to itself. Knows no engine.
//!
//! | dialect | between two words | OR and AND mixed | lower-case operators | signs |
//! |---|---|---|---|---|
//! | LinkedIn | AND | AND first | are words | quotes and parentheses only |
//! | Bullhorn | AND | AND first | are operators | `*` at the end, fields of its Lucene index |
//! | Textkernel | AND, inside parentheses OR | – | are words | `+ - % ^`, `[near words]` |
//! | dtSearch | a phrase | ambiguous | are operators | `w/5 pre/5`, `~ % # & =` on words, `name contains x` |
//! | Lucene | OR | each AND makes both sides required | are words | `+ - ^ ~ [a TO b]` |
//!
//! In reading order: [`dialects`] the tables, [`pieces`] text → pieces, [`words`] the signs on a word, [`clause`] the tree in between,
//! [`reader`] pieces → tree with [`parts`].

mod clause;
mod dialects;
mod parts;
mod pieces;
mod reader;
#[cfg(test)]
mod tests;
mod words;

pub use dialects::Dialect;

use super::clean::clean;
use super::{MAX_BYTES, parse};
use crate::error::{Error, Result};
use crate::lexicon::Lexicon;
use jiff::civil::Date;
use serde::Serialize;

/// A query of another tool in our language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Translation {
    /// Whose string it was.
    pub from: Dialect,
    /// As typed.
    pub typed: String,
    /// Ours, canonical: parses to itself.
    pub query: String,
    /// Where ours means something else, or says the same in another way; one sentence each, in the order of the string.
    pub differences: Vec<String>,
}

/// Translates a search string.
///
/// # Errors
/// Input: what has no counterpart here (`xfirstword`, `/regular expressions/`), open quotes and parentheses, an empty string.
///
/// ```
/// use vitae::query::translate::{Dialect, translate};
/// let lexicon = vitae::lexicon::Lexicon::builtin();
/// let today = jiff::civil::date(2026, 1, 1);
/// let ours = translate(Dialect::DtSearch, "tax return w/5 prepared", &lexicon, today)?;
/// assert_eq!(ours.query, "\"tax return\" NEAR/5 prepared");
/// assert!(ours.differences[0].contains("phrase"));
/// # Ok::<(), vitae::Error>(())
/// ```
pub fn translate(from: Dialect, typed: &str, lexicon: &Lexicon, today: Date) -> Result<Translation> {
    if typed.len() > MAX_BYTES {
        return Err(Error::input(format!("the string has {} bytes, the limit is {MAX_BYTES}", typed.len())));
    }
    let plain = clean(typed).text;
    let pieces = pieces::pieces(&plain, from)?;
    let (clause, mut differences) = reader::read(pieces, from)?;
    let text = clause.to_string();
    if text.is_empty() {
        return Err(Error::input(format!("nothing to search for in this {} string", from.label()))
            .hint("type it in single quotes"));
    }
    let query = parse(&text, lexicon, today)?;
    let aliases = query.notices.iter().map(|notice| &notice.message);
    differences.extend(aliases.filter(|notice| notice.contains("also find")).cloned());
    Ok(Translation { from, typed: typed.to_string(), query: query.interpreted_as, differences })
}
