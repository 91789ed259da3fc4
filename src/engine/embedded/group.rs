//! Conditions within one entry: `job(…)`, `current(…)`, `past(…)`, `education(…)`, `skill(…)`. In: the compiled condition. Out: a
//! cursor over the documents that have an entry which satisfies all of it. Decided on positions (the entry is part of every
//! position) and aligned columns; the document store is not read.
//!
//! For each candidate that could match, every leaf gives the set of entries it stands in, and the boolean operators work on these
//! sets: `job(a NOT b)` is a job with a and without b, not a person with a and without b.

use super::cursor::Cursor;
use super::leaf::{EntryKind, LeafCursor};
use super::slots::Slots;
use crate::model::ScorePart;
use tantivy::{DocId, TERMINATED};

/// Adds the entries of a document whose values pass.
pub type Fill<'a> = Box<dyn Fn(DocId, &mut Slots) + Send + 'a>;

/// A condition whose answer is a set of entries.
pub enum EntryTest<'a> {
    /// Every entry.
    All,
    /// Intersection.
    And(Vec<EntryTest<'a>>),
    /// Entries in at least so many.
    AtLeast(usize, Vec<EntryTest<'a>>),
    /// Complement.
    Not(Box<EntryTest<'a>>),
    /// Entries in which the words stand.
    Words(Box<LeafCursor<'a>>),
    /// Entries whose values pass: fills the set for a document.
    Values(Fill<'a>),
}

/// Gives the number of jobs, of education entries, and the entries the group speaks of.
pub type Universe<'a> = Box<dyn Fn(DocId) -> (u32, u32, Slots) + Send + 'a>;

/// Documents with an entry that satisfies a condition.
pub struct GroupCursor<'a> {
    /// A superset of the documents, which also gives the points.
    candidates: Cursor<'a>,
    test: EntryTest<'a>,
    kind: EntryKind,
    universe: Universe<'a>,
}

impl<'a> GroupCursor<'a> {
    /// `candidates` must hold every document in which `test` can be true for some entry.
    pub fn new(
        candidates: Cursor<'a>,
        test: EntryTest<'a>,
        kind: EntryKind,
        universe: Universe<'a>,
    ) -> GroupCursor<'a> {
        let mut group = GroupCursor { candidates, test, kind, universe };
        group.settle();
        group
    }

    /// The present document.
    pub fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    /// Upper bound of the number of documents.
    pub fn cost(&self) -> u64 {
        self.candidates.cost()
    }

    /// Moves to the first document at or after `target`.
    pub fn seek(&mut self, target: DocId) -> DocId {
        if self.candidates.doc() < target {
            self.candidates.seek(target);
            self.settle();
        }
        self.candidates.doc()
    }

    /// Moves on until a candidate really has such an entry.
    fn settle(&mut self) {
        loop {
            let doc = self.candidates.doc();
            if doc == TERMINATED {
                return;
            }
            let (jobs, educations, universe) = (self.universe)(doc);
            if !universe.is_empty() {
                let found = self.test.entries(doc, self.kind, (jobs, educations), &universe);
                if !found.is_empty() {
                    return;
                }
            }
            self.candidates.advance();
        }
    }

    /// The cursor that gives the points.
    pub fn candidates(&self) -> &Cursor<'a> {
        &self.candidates
    }

    /// The same, to ask it for points of the present document.
    pub fn candidates_mut(&mut self) -> &mut Cursor<'a> {
        &mut self.candidates
    }

    /// The named parts of the points.
    pub fn parts(&mut self, out: &mut Vec<ScorePart>) {
        self.candidates.parts(out);
    }
}

impl EntryTest<'_> {
    /// The entries of `universe` that satisfy the test in `doc`.
    fn entries(&mut self, doc: DocId, kind: EntryKind, counts: (u32, u32), universe: &Slots) -> Slots {
        match self {
            EntryTest::All => universe.clone(),
            EntryTest::And(of) => {
                let mut found = universe.clone();
                for test in of {
                    if found.is_empty() {
                        break;
                    }
                    found.intersect(&test.entries(doc, kind, counts, universe));
                }
                found
            }
            EntryTest::AtLeast(1, of) => {
                let mut found = Slots::default();
                for test in of {
                    found.unite(&test.entries(doc, kind, counts, universe));
                }
                found
            }
            EntryTest::AtLeast(least, of) => {
                let sets: Vec<Slots> = of.iter_mut().map(|test| test.entries(doc, kind, counts, universe)).collect();
                let mut found = Slots::default();
                let enough = |entry: &u32| sets.iter().filter(|set| set.contains(*entry)).count() >= *least;
                universe.iter().filter(enough).for_each(|entry| found.insert(entry));
                found
            }
            EntryTest::Not(test) => {
                let mut found = universe.clone();
                found.subtract(&test.entries(doc, kind, counts, universe));
                found
            }
            EntryTest::Words(leaf) => {
                let mut found = Slots::default();
                if leaf.seek(doc) == doc {
                    leaf.entries(kind, counts.0, counts.1, &mut found);
                    found.intersect(universe);
                }
                found
            }
            EntryTest::Values(fill) => {
                let mut found = Slots::default();
                fill(doc, &mut found);
                found.intersect(universe);
                found
            }
        }
    }
}
