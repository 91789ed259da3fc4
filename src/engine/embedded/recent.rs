//! Words that were compiled lately. A search that finds few people asks for the same words again, to say why and to fill its page with those
//! who nearly satisfy it; so does the next query of somebody who narrows a list. In: a term and where it stands. Out: its leaf, with the sets
//! of documents that were made of it, and what compiling it found out. Of one commit; holds the last [`MOST_KNOWN`], a bit for each
//! document each.

use super::bits::Bits;
use super::leaf::{Branch, Leaf};
use super::ledger::Ledger;
use super::located::Located;
use super::terms::Scope;
use crate::query::ast::Term;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tantivy::Searcher;
use tantivy::index::SegmentReader;

/// Words that are remembered: those of one long query.
const MOST_KNOWN: usize = 32;

/// The words of the last queries, the latest last.
#[derive(Debug, Default)]
pub struct Recent {
    known: Mutex<VecDeque<Arc<Compiled>>>,
}

/// Where a word stands decides what it becomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The word.
    pub term: Term,
    /// Around it.
    pub scope: Scope,
    /// What it makes with its neighbours.
    pub joined: Vec<String>,
}

/// A word as it was compiled.
#[derive(Debug)]
pub struct Compiled {
    /// Which.
    pub place: Place,
    /// What became of it.
    pub leaf: Leaf,
    /// What was found out about it.
    pub added: Ledger,
}

impl Recent {
    /// The word, if it is known; it counts as the latest then.
    pub fn get(&self, place: &Place) -> Option<Arc<Compiled>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let at = known.iter().rposition(|one| one.place == *place)?;
        let found = known.remove(at)?;
        known.push_back(found.clone());
        Some(found)
    }

    /// Remembers a word and forgets the one that was not asked for the longest time.
    pub fn put(&self, compiled: Arc<Compiled>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_KNOWN {
            known.pop_front();
        }
        known.push_back(compiled);
    }
}

/// What was found out about a leaf on a segment, for the next time it is opened.
#[derive(Debug, Default)]
pub struct Known {
    /// Its branches in the dictionary.
    located: OnceLock<Vec<Option<Located>>>,
    /// All documents that have any alternative, deleted ones too, once they had to be listed.
    all: OnceLock<Bits>,
}

/// Nothing is known yet of any segment.
pub fn unknown(searcher: &Searcher) -> Arc<Vec<Known>> {
    Arc::new(searcher.segment_readers().iter().map(|_| Known::default()).collect())
}

impl Known {
    /// The branches in the dictionary of the segment; none where no document can hold it.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn located(&self, branches: &[Branch], reader: &SegmentReader) -> tantivy::Result<&[Option<Located>]> {
        if let Some(located) = self.located.get() {
            return Ok(located);
        }
        let find = |branch: &Branch| Located::find(&branch.pattern, reader, branch.index_field);
        let located = branches.iter().map(find).collect::<tantivy::Result<Vec<_>>>()?;
        Ok(self.located.get_or_init(|| located))
    }

    /// All documents that have any alternative, if they were listed.
    pub fn all(&self) -> Option<&Bits> {
        self.all.get()
    }

    /// Keeps the list of all documents.
    pub fn keep(&self, all: Bits) -> &Bits {
        self.all.get_or_init(|| all)
    }
}
