//! What compiling a query finds out beside its plan. In: added terms, marks, words that nobody has, word by word. Out: [`Ledger`], joined over
//! the whole query. Compiles nothing.

use super::bits::Bits;
use super::collect::is_large;
use super::expand::{Terms, broken};
use super::located::Located;
use super::people::People;
use super::schema::Fields;
use super::walk::living;
use super::words::Words;
use crate::analysis::fold;
use crate::engine::pattern::Pattern;
use crate::engine::{ExpandedTerm, Expansion, ExpansionKind, Mark};
use crate::error::Result;
use crate::query::ast::Term;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use tantivy::Searcher;
use tantivy::index::SegmentReader;
use tantivy::schema::Field;

/// What compiling finds out beside the plan.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Added terms by what was typed and why.
    pub expansions: BTreeMap<(String, ExpansionKind), BTreeMap<String, Added>>,
    /// What to highlight.
    pub marks: Vec<Mark>,
    /// Words that no candidate has, nor any other form or name of them; those under NOT are not told.
    pub nobody: Vec<Term>,
}

/// Where most documents have an added term.
#[derive(Debug, Clone)]
pub struct Added {
    field: Field,
    /// How many, deleted ones included.
    documents: u64,
    /// How many people, once they were counted: for all queries with the word ([`super::recent`]).
    people: Arc<OnceLock<u64>>,
}

impl Ledger {
    /// Notes what was added to a word in a field.
    pub fn add(&mut self, from: &str, kind: ExpansionKind, field: Field, terms: &Terms) {
        for (term, &documents) in terms {
            self.note(from, kind, term, &Added { field, documents, people: Arc::default() });
        }
    }

    fn note(&mut self, from: &str, kind: ExpansionKind, term: &str, added: &Added) {
        let known = self.expansions.entry((from.to_string(), kind)).or_default();
        let most = known.entry(term.to_string()).or_insert_with(|| added.clone());
        if added.documents > most.documents {
            *most = added.clone();
        }
    }

    /// Adds what another one knows.
    pub fn join(&mut self, other: &Ledger) {
        for ((from, kind), terms) in &other.expansions {
            terms.iter().for_each(|(term, added)| self.note(from, *kind, term, added));
        }
        self.marks.extend_from_slice(&other.marks);
        self.nobody.extend_from_slice(&other.nobody);
    }

    /// The expansions, most candidates first. Terms that only deleted documents have are none.
    ///
    /// # Errors
    /// Environment: the index cannot be read.
    pub fn expansions(&self, searcher: &Searcher, fields: &Fields, people: &People) -> Result<Vec<Expansion>> {
        let mut listed = Vec::with_capacity(self.expansions.len());
        for ((from, kind), terms) in &self.expansions {
            let mut to = Vec::with_capacity(terms.len());
            for (term, added) in terms {
                let candidates = match added.people.get() {
                    Some(known) => *known,
                    None => candidates(searcher, added.field, pattern(term, *kind, added.field, fields), people)?,
                };
                to.push(ExpandedTerm { term: term.clone(), candidates: *added.people.get_or_init(|| candidates) });
            }
            to.retain(|term| term.candidates > 0);
            to.sort_by_key(|term| std::cmp::Reverse(term.candidates));
            listed.push(Expansion { from: from.clone(), kind: *kind, to });
        }
        listed.retain(|expansion| !expansion.to.is_empty());
        Ok(listed)
    }
}

/// How an added term stands in the index: names of skills as terms of their own, other names as words.
fn pattern(term: &str, kind: ExpansionKind, field: Field, fields: &Fields) -> Option<Pattern> {
    match kind {
        ExpansionKind::Alias if field == fields.skill => Some(Pattern::Term(fold(term))),
        ExpansionKind::Alias => Words::of(term).exactly(),
        _ => Some(Pattern::Term(term.to_string())),
    }
}

/// How many people have a pattern in a field.
fn candidates(searcher: &Searcher, field: Field, pattern: Option<Pattern>, people: &People) -> Result<u64> {
    let Some(pattern) = pattern else { return Ok(0) };
    let having = |reader: &SegmentReader| -> tantivy::Result<Bits> {
        let mut documents = Bits::none(reader.max_doc());
        if let Some(located) = Located::find(&pattern, reader, field)? {
            located.fill(&mut documents)?;
        }
        Ok(living(documents, reader))
    };
    let sets: tantivy::Result<Vec<Bits>> = match is_large(searcher) {
        true => searcher.segment_readers().par_iter().map(having).collect(),
        false => searcher.segment_readers().iter().map(having).collect(),
    };
    Ok(people.count(&sets.map_err(broken)?))
}
