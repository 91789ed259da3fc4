//! Words that were compiled lately. A search that finds few people asks for the same words again, to say why and to fill its page with those
//! who nearly satisfy it; so does the next query of somebody who narrows a list, and the words of a trade come in most of its queries. In: a
//! term and where it stands. Out: its leaf, with what was made of its posting lists (sets of documents, bounds of their points), and what
//! compiling it found out. Of one commit; holds the last [`MOST_KNOWN`], as far as [`MOST_BYTES`] reach.

use super::bits::Bits;
use super::bounds::{Lengths, Steps};
use super::by_document::ByDocument;
use super::leaf::{Branch, Leaf};
use super::ledger::Ledger;
use super::located::Located;
use super::slots::FewSlots;
use super::terms::Scope;
use crate::query::ast::Term;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tantivy::index::SegmentReader;
use tantivy::{DocId, Searcher};

/// Words that are remembered.
const MOST_KNOWN: usize = 256;

/// Bytes that they take together, if the last word alone does not take more. Of a million documents some 100 words that many of them have (a
/// megabyte each, names of skills two, within entries two more), and many more of the usual ones.
const MOST_BYTES: usize = 128 << 20;

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
        shrink(&mut known);
        Some(found)
    }

    /// Remembers a word and forgets those that were not asked for the longest time.
    pub fn put(&self, compiled: Arc<Compiled>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.push_back(compiled);
        shrink(&mut known);
    }
}

/// Keeps the latest words that there is room for.
fn shrink(known: &mut VecDeque<Arc<Compiled>>) {
    let mut bytes = 0;
    let fits = |one: &&Arc<Compiled>| {
        bytes += one.leaf.bytes();
        bytes <= MOST_BYTES
    };
    let kept = known.iter().rev().take(MOST_KNOWN).take_while(fits).count().max(1);
    known.drain(..known.len().saturating_sub(kept));
}

/// What was found out about a leaf on a segment, for the next time it is opened. What takes a look through whole posting lists is made beside
/// the searches, when asking for single documents has cost them several times as much ([`Leaf::is_due`]).
#[derive(Debug, Default)]
pub struct Known {
    /// Its branches in the dictionary.
    located: OnceLock<Vec<Option<Located>>>,
    /// What the lengths of their fields take, in the same order.
    lengths: OnceLock<Vec<Option<Lengths>>>,
    /// All documents that have any alternative, deleted ones too, once they had to be listed.
    all: OnceLock<Bits>,
    /// What the points of each of them cannot exceed.
    steps: OnceLock<Steps>,
    /// Within entries: those of each of them in which the words stand.
    entries: OnceLock<ByDocument<FewSlots>>,
    /// What it has cost to ask for single documents, in postings that could have been listed.
    asked: AtomicU64,
    /// What can be made of whole posting lists is made.
    is_complete: AtomicBool,
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
        let find = |branch: &Branch| Located::find(&branch.pattern, reader, branch.index_field);
        kept(&self.located, || branches.iter().map(find).collect())
    }

    /// What the lengths of the branches' fields take; none for a field without lengths.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn lengths(&self, branches: &[Branch], reader: &SegmentReader) -> tantivy::Result<&[Option<Lengths>]> {
        let open = |branch: &Branch| match branch.average > 0.0 {
            true => {
                let lengths = reader.fieldnorms_readers().get_field(branch.index_field)?;
                Ok(lengths.map(|lengths| Lengths::of(lengths, branch)))
            }
            false => Ok(None),
        };
        kept(&self.lengths, || branches.iter().map(open).collect())
    }

    /// All documents that have any alternative, if they were listed.
    pub fn all(&self) -> Option<&Bits> {
        self.all.get()
    }

    /// Keeps the list of all documents.
    pub fn keep(&self, all: Bits) -> &Bits {
        self.all.get_or_init(|| all)
    }

    /// What the points of each document cannot exceed, if that was found out.
    pub fn steps(&self) -> Option<&Steps> {
        self.steps.get()
    }

    /// Keeps what points cannot exceed.
    pub fn keep_steps(&self, steps: Steps) {
        self.steps.get_or_init(|| steps);
    }

    /// The entries in which the words stand, if that was found out.
    pub fn entries(&self) -> Option<&ByDocument<FewSlots>> {
        self.entries.get()
    }

    /// Those of a document as bits, if they are known and few.
    pub fn few_entries(&self, doc: DocId) -> Option<u16> {
        match self.all()?.contains(doc) {
            true => self.entries()?.get(doc).bits(),
            false => Some(0),
        }
    }

    /// Keeps the entries in which the words stand.
    pub fn keep_entries(&self, entries: ByDocument<FewSlots>) {
        self.entries.get_or_init(|| entries);
    }

    /// Asking for single documents costs so much.
    pub fn ask(&self, cost: u64) {
        self.asked.fetch_add(cost, Ordering::Relaxed);
    }

    /// What it has cost until now.
    pub fn cost(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// Counts from the beginning again.
    pub fn reset(&self) {
        self.asked.store(0, Ordering::Relaxed);
    }

    /// What can be made of whole posting lists is made.
    pub fn complete(&self) {
        self.is_complete.store(true, Ordering::Relaxed);
    }

    /// See [`Known::complete`].
    pub fn is_complete(&self) -> bool {
        self.is_complete.load(Ordering::Relaxed)
    }

    /// Bytes of what it keeps by document.
    pub fn bytes(&self) -> usize {
        let by_document = self.steps.get().map_or(0, Steps::bytes) + self.entries.get().map_or(0, ByDocument::bytes);
        self.all.get().map_or(0, Bits::bytes) + by_document
    }
}

fn kept<T>(place: &OnceLock<Vec<T>>, make: impl FnOnce() -> tantivy::Result<Vec<T>>) -> tantivy::Result<&[T]> {
    match place.get() {
        Some(known) => Ok(known),
        None => {
            let made = make()?;
            Ok(place.get_or_init(|| made))
        }
    }
}
