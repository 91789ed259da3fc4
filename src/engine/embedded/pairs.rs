//! Which documents have two words side by side. In: two patterns of words, asked of single documents again and again. Out: all such documents,
//! found beside the searches when asking has cost as much. Of one commit; holds the last [`MOST_KNOWN`] pairs, an eighth of a byte for each document
//! each. Knows no points ([`super::beside`] does).

use super::bits::Bits;
use super::located::Located;
use super::spans::Spans;
use crate::engine::pattern::Pattern;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tantivy::index::SegmentReader;
use tantivy::schema::Field;
use tantivy::{DocId, Searcher};

/// Pairs that are remembered: those of some ten queries.
const MOST_KNOWN: usize = 32;

/// The pairs of the last queries, the latest last.
#[derive(Debug, Default)]
pub struct Pairs(Mutex<VecDeque<Arc<Pair>>>);

impl Pairs {
    /// What is known of a pair in an index with so many segments; it counts as the latest then.
    pub fn of(&self, left: Pattern, right: Pattern, segments: usize) -> Arc<Pair> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = known.iter().rposition(|pair| pair.left == left && pair.right == right);
        let pair = at.and_then(|at| known.remove(at)).unwrap_or_else(|| Arc::new(Pair::new(left, right, segments)));
        known.push_back(pair.clone());
        let more = known.len().saturating_sub(MOST_KNOWN);
        known.drain(..more);
        pair
    }
}

/// Two words.
#[derive(Debug)]
pub struct Pair {
    left: Pattern,
    right: Pattern,
    segments: Vec<Known>,
    /// Its documents are being looked for.
    is_begun: AtomicBool,
}

/// What is known in a segment.
#[derive(Debug, Default)]
struct Known {
    /// Who has the words side by side.
    holding: OnceLock<Bits>,
    /// So many documents were asked for.
    asked: AtomicU64,
    /// At most so many have both words.
    both: AtomicU64,
}

impl Pair {
    fn new(left: Pattern, right: Pattern, segments: usize) -> Pair {
        let segments = (0..segments).map(|_| Known::default()).collect();
        Pair { left, right, segments, is_begun: AtomicBool::new(false) }
    }

    /// All documents of a segment that have the words side by side, if they are known.
    pub fn holding(&self, ord: u32) -> Option<&Bits> {
        self.segments.get(ord as usize)?.holding.get()
    }

    /// Cursors to ask single documents of a segment; none where one of the words stands nowhere.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn open(&self, (ord, reader): (u32, &SegmentReader), text: Field) -> tantivy::Result<Option<OpenPair<'_>>> {
        let left = Located::find(&self.left, reader, text)?;
        let right = Located::find(&self.right, reader, text)?;
        let (Some(left), Some(right)) = (left, right) else { return Ok(None) };
        let asked = self.segments.get(ord as usize).map(|known| {
            known.both.store(left.cost().min(right.cost()), Ordering::Relaxed);
            &known.asked
        });
        let (left, right) = (left.open(true)?, right.open(true)?);
        Ok(Some(OpenPair { left, right, places: Default::default(), asked }))
    }

    /// Asking has cost as much as finding all documents does. Says so once.
    pub fn is_due(&self) -> bool {
        let sum = |of: fn(&Known) -> &AtomicU64| -> u64 {
            self.segments.iter().map(|known| of(known).load(Ordering::Relaxed)).sum()
        };
        let asked = sum(|known| &known.asked);
        asked > 0 && asked >= sum(|known| &known.both) && !self.is_begun.swap(true, Ordering::Relaxed)
    }

    /// Finds all documents.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn complete(&self, searcher: &Searcher, text: Field) -> tantivy::Result<()> {
        for ((ord, reader), known) in (0..).zip(searcher.segment_readers()).zip(&self.segments) {
            let mut found = Bits::none(reader.max_doc());
            if let Some(mut open) = self.open((ord, reader), text)? {
                found = self.both(reader, text)?;
                found.retain(|doc| open.stands(doc));
            }
            known.holding.get_or_init(|| found);
        }
        Ok(())
    }

    /// Those that have both words.
    fn both(&self, reader: &SegmentReader, text: Field) -> tantivy::Result<Bits> {
        let mut both = Bits::all(reader.max_doc());
        for word in [&self.left, &self.right] {
            let mut found = Bits::none(reader.max_doc());
            if let Some(word) = Located::find(word, reader, text)? {
                word.fill(&mut found)?;
            }
            both.intersect(&found);
        }
        Ok(both)
    }
}

/// The words of a pair on one segment.
pub struct OpenPair<'a> {
    left: Spans,
    right: Spans,
    /// Where the first ends and the second starts.
    places: [Vec<u32>; 2],
    asked: Option<&'a AtomicU64>,
}

impl OpenPair<'_> {
    /// Whether the second word directly follows the first somewhere in the document. Documents are asked for in rising order.
    pub fn stands(&mut self, doc: DocId) -> bool {
        if let Some(asked) = self.asked {
            asked.fetch_add(1, Ordering::Relaxed);
        }
        if !self.left.has(doc) || !self.right.has(doc) {
            return false;
        }
        let [ends, starts] = &mut self.places;
        self.left.ends(ends);
        self.right.starts(starts);
        let mut starts = starts.iter().copied().peekable();
        ends.iter().any(|end| {
            while starts.next_if(|start| start < end).is_some() {}
            starts.peek() == Some(end)
        })
    }
}
