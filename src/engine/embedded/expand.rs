//! Words → the terms an index really has. In: a folded word, prefix, wildcard or misspelt word, and a field. Out: terms of the field's
//! dictionary with the number of documents that have each. Nothing is cut in silence: too many terms is an error that names
//! the limit.

use super::tokens::BREAK_TERM;
use crate::analysis::inflect::{inflections_prefix, irregular, same_word};
use crate::analysis::spelling::spelling_variants;
use crate::engine::EXPANSION_LIMIT;
use crate::engine::wildcard::wildcard;
use crate::error::{Error, Result};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use tantivy::Searcher;
use tantivy::schema::{Field, Term};

/// Terms with the number of documents that have them, deleted ones included.
pub type Terms = BTreeMap<String, u64>;

/// A tantivy failure is the machine's: a file that cannot be read, or is damaged.
pub fn broken(error: tantivy::TantivyError) -> Error {
    use tantivy::directory::error::{LockError, OpenReadError};
    let (reason, is_refused) = match &error {
        tantivy::TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
            (format!("{}: {io_error}", filepath.display()), io_error.kind() == ErrorKind::PermissionDenied)
        }
        tantivy::TantivyError::LockFailure(LockError::IoError(io_error), _) => (format!("no lock: {io_error}"), true),
        tantivy::TantivyError::IoError(io_error) => {
            (io_error.to_string(), io_error.kind() == ErrorKind::PermissionDenied)
        }
        other => (other.to_string(), false),
    };
    let hint = match is_refused {
        true => "may you read all files of the index?",
        false => "if a file of it is missing or damaged, write it anew: vitae index FOLDER --rebuild",
    };
    Error::environment(format!("cannot read the index: {reason}")).hint(hint)
}

/// Number of documents with this term.
pub fn frequency(searcher: &Searcher, field: Field, term: &str) -> Result<u64> {
    searcher.doc_freq(&Term::from_field_text(field, term)).map_err(broken)
}

/// Other forms and spellings of `word` (as typed) in the dictionary of `field`: managed for manage, license for licence.
pub fn inflections(searcher: &Searcher, field: Field, folded: &str, word: &str) -> Result<(Terms, Terms)> {
    // Only plain words have forms; the range of a letter or two would be long.
    let is_plain = folded.len() >= 3 && folded.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_form = |term: &str| term != folded && same_word(folded, term);
    let mut forms = if is_plain { scan(searcher, field, inflections_prefix(folded), is_form)? } else { Terms::new() };
    for form in irregular(folded).filter(|form| *form != folded) {
        let count = frequency(searcher, field, form)?;
        if count > 0 {
            forms.insert(form.to_string(), count);
        }
    }
    let mut spellings = Terms::new();
    for variant in spelling_variants(word) {
        let count = frequency(searcher, field, &variant)?;
        if count > 0 {
            spellings.insert(variant, count);
        }
    }
    Ok((forms, spellings))
}

/// Terms that begin with `prefix`.
pub fn prefixed(searcher: &Searcher, field: Field, prefix: &str) -> Result<Terms> {
    scan(searcher, field, prefix, |_| true)
}

/// Terms that match a pattern of `*` and `?`.
pub fn wildcards(searcher: &Searcher, field: Field, pattern: &str) -> Result<Terms> {
    let letters: Vec<char> = pattern.chars().collect();
    let fixed: String = letters.iter().take_while(|letter| !matches!(letter, '*' | '?')).collect();
    scan(searcher, field, &fixed, |term| wildcard(&letters, &term.chars().collect::<Vec<_>>()))
}

/// Terms at a spelling distance of at most `distance`; a swap of neighbours counts one.
pub fn misspelt(searcher: &Searcher, field: Field, folded: &str, distance: u8) -> Result<Terms> {
    let distance = usize::from(distance);
    let length = folded.chars().count();
    // Lengths first: they rule out most of the dictionary for the price of counting.
    let near = |term: &str| {
        term.chars().count().abs_diff(length) <= distance && strsim::osa_distance(folded, term) <= distance
    };
    scan(searcher, field, "", near)
}

/// Most similar words that are offered.
const MOST_SIMILAR: usize = 3;

/// Words of a field that `folded` may be a misspelling of, nearest first, then most frequent: one wrong letter in a word of 4 to 7, two in
/// a longer one; the first letter is right.
pub fn similar(searcher: &Searcher, field: Field, folded: &str) -> Result<Vec<String>> {
    let length = folded.chars().count();
    let Some(first) = folded.chars().next().filter(|_| (4..=40).contains(&length)) else { return Ok(Vec::new()) };
    let most = if length < 8 { 1 } else { 2 };
    let near = |term: &str| {
        term.chars().count().abs_diff(length) <= most
            && term.chars().all(char::is_alphanumeric)
            && strsim::osa_distance(folded, term) <= most
    };
    let mut found: Vec<(usize, u64, String)> = scan(searcher, field, &first.to_string(), near)?
        .into_iter()
        .map(|(term, count)| (strsim::osa_distance(folded, &term), count, term))
        .collect();
    found.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.cmp(&one.1)).then_with(|| one.2.cmp(&other.2)));
    Ok(found.into_iter().take(MOST_SIMILAR).map(|(_, _, term)| term).collect())
}

/// Terms that hold `words` as whole words: `sap r/3`, `sap fico` hold `sap`; `sapient` does not.
pub fn holding(searcher: &Searcher, field: Field, words: &str) -> Result<Terms> {
    scan(searcher, field, "", |term| holds(term, words))
}

fn holds(term: &str, words: &str) -> bool {
    let is_end = |letter: Option<char>| letter.is_none_or(|next| !next.is_alphanumeric() && !matches!(next, '+' | '#'));
    term.match_indices(words)
        .any(|(at, found)| is_end(term[..at].chars().next_back()) && is_end(term[at + found.len()..].chars().next()))
}

/// All terms of `field` that begin with `prefix` and pass `accept`, over all segments.
fn scan(searcher: &Searcher, field: Field, prefix: &str, accept: impl Fn(&str) -> bool) -> Result<Terms> {
    let unreadable = |error: std::io::Error| Error::environment(format!("cannot read the index: {error}"));
    let mut found = Terms::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field).map_err(broken)?;
        let mut range = inverted.terms().range().ge(prefix.as_bytes());
        let end = after(prefix);
        if !end.is_empty() {
            range = range.lt(&end);
        }
        let mut stream = range.into_stream().map_err(unreadable)?;
        while stream.advance() {
            let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
            if term != BREAK_TERM && accept(term) {
                *found.entry(term.to_string()).or_default() += u64::from(stream.value().doc_freq);
                if found.len() > EXPANSION_LIMIT {
                    return Err(too_many(prefix));
                }
            }
        }
    }
    Ok(found)
}

fn too_many(prefix: &str) -> Error {
    Error::input(format!("`{prefix}…` stands for more than {EXPANSION_LIMIT} different words"))
        .hint("add letters, so that fewer words begin like this")
}

/// The least byte string after all that begin with `prefix`; empty when there is none.
fn after(prefix: &str) -> Vec<u8> {
    let mut end = prefix.as_bytes().to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            break;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::{after, holds};

    #[test]
    fn words_inside_a_name() {
        assert!(holds("sap r/3", "sap") && holds("sap", "sap") && holds("ms sql server", "sql server"));
        assert!(!holds("sapient", "sap") && !holds("c++", "c") && !holds("", "c"));
    }

    #[test]
    fn the_end_of_a_prefix_range() {
        assert_eq!(after("ab"), b"ac");
        assert_eq!(after(""), b"");
    }
}
