//! What the points of some documents cannot exceed, computed for all of them term by term: a search that finds a third of a million people spends
//! most of its time on it. In: what the parts of a query add. Out: their sums ([`Most`]), and the documents for
//! which they are highest ([`Best`]). Knows no query.

use super::bits::Bits;
use tantivy::DocId;

/// So many documents at once: their numbers stay in the fastest cache.
pub const AT_ONCE: usize = 256;

/// Bounds of at most [`AT_ONCE`] documents, by their places in the list of them.
pub struct Most {
    /// For words.
    pub words: [f32; AT_ONCE],
    /// For skills in recent use.
    pub recency: [f32; AT_ONCE],
}

impl Most {
    /// Nothing is added yet.
    pub const NOTHING: Most = Most { words: [0.0; AT_ONCE], recency: [0.0; AT_ONCE] };

    /// Adds all of `other`.
    pub fn add(&mut self, other: &Most) {
        add(&mut self.words, &other.words);
        add(&mut self.recency, &other.recency);
    }

    /// Adds `other` where the document is in `held`.
    pub fn add_among(&mut self, held: &Bits, docs: &[DocId], other: &Most) {
        for (at, _) in docs.iter().enumerate().filter(|(_, doc)| held.contains(**doc)) {
            self.words[at] += other.words[at];
            self.recency[at] += other.recency[at];
        }
    }

    /// Takes the words of `other` where they are worth more, and adds its recent use.
    pub fn best(&mut self, other: &Most) {
        self.words.iter_mut().zip(&other.words).for_each(|(best, more)| *best = best.max(*more));
        add(&mut self.recency, &other.recency);
    }
}

fn add(sums: &mut [f32; AT_ONCE], more: &[f32; AT_ONCE]) {
    sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}

/// The documents with the highest bounds among those that were offered.
pub struct Best {
    many: usize,
    /// Twice as many at most, with their places among the matches.
    found: Vec<(f32, usize, DocId)>,
    /// What another one has to exceed.
    floor: f32,
}

impl Best {
    /// At most so many.
    pub fn of(many: usize) -> Best {
        Best { many, found: Vec::with_capacity(many * 2), floor: f32::NEG_INFINITY }
    }

    /// A document with its place among the matches.
    pub fn offer(&mut self, most: f32, at: usize, doc: DocId) {
        if most > self.floor {
            self.found.push((most, at, doc));
            if self.found.len() == self.many * 2 {
                self.cut();
                self.floor = self.found.iter().map(|(most, ..)| *most).fold(f32::INFINITY, f32::min);
            }
        }
    }

    fn cut(&mut self) {
        if self.found.len() > self.many {
            self.found.select_nth_unstable_by(self.many, |one, other| other.0.total_cmp(&one.0));
            self.found.truncate(self.many);
        }
    }

    /// Their places and numbers, rising.
    pub fn rising(mut self) -> impl Iterator<Item = (usize, DocId)> {
        self.cut();
        self.found.sort_unstable_by_key(|(_, at, _)| *at);
        self.found.into_iter().map(|(_, at, doc)| (at, doc))
    }
}
