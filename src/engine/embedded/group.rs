//! Conditions within one entry: `job(…)`, `current(…)`, `past(…)`, `education(…)`, `skill(…)`. In: the compiled condition. Out: the
//! set of the documents that have an entry which satisfies all of it. Decided on positions (the entry is part of every
//! position) and aligned columns; the document store is not read.
//!
//! For each candidate that could match, every leaf gives the set of entries it stands in, and the boolean operators work on these
//! sets: `job(a NOT b)` is a job with a and without b, not a person with a and without b.

use super::algebra::Part;
use super::bits::Bits;
use super::cursor::LeafCursor;
use super::leaf::EntryKind;
use super::slots::Slots;
use tantivy::DocId;

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
pub struct GroupPart<'a> {
    /// A superset of the documents, which also gives the points.
    candidates: Part<'a>,
    test: EntryTest<'a>,
    kind: EntryKind,
    universe: Universe<'a>,
    /// It speaks of all entries of the kind.
    is_whole: bool,
}

/// What is kept of words tells whether a document has such an entry.
#[derive(PartialEq, Eq)]
enum Told {
    No,
    /// If the group speaks of all entries.
    Yes,
    Nothing,
}

impl<'a> GroupPart<'a> {
    /// `candidates` must hold every document in which `test` can be true for some entry; `is_whole`: the universe is every entry of the kind.
    pub fn new(
        candidates: Part<'a>,
        test: EntryTest<'a>,
        kind: EntryKind,
        (universe, is_whole): (Universe<'a>, bool),
    ) -> GroupPart<'a> {
        GroupPart { candidates, test, kind, universe, is_whole }
    }

    /// Those of `documents` that have such an entry.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn within(&mut self, documents: Bits) -> tantivy::Result<Bits> {
        let mut found = self.candidates.within(documents)?;
        self.test.rewind();
        found.try_retain(|doc| {
            match self.test.told(doc) {
                Told::No => return Ok(false),
                Told::Yes if self.is_whole => return Ok(true),
                _ => {}
            }
            let (jobs, educations, universe) = (self.universe)(doc);
            if universe.is_empty() {
                return Ok(false);
            }
            let entries = self.test.entries(doc, self.kind, (jobs, educations), &universe);
            entries.map(|entries| !entries.is_empty())
        })?;
        Ok(found)
    }

    /// The part that gives the points.
    pub fn candidates(&self) -> &Part<'a> {
        &self.candidates
    }

    /// The same, to ask it for points.
    pub fn candidates_mut(&mut self) -> &mut Part<'a> {
        &mut self.candidates
    }
}

impl<'a> EntryTest<'a> {
    /// All of them; those that seldom read positions first, since an entry has to pass each.
    pub fn and(mut of: Vec<EntryTest<'a>>) -> EntryTest<'a> {
        of.sort_by_key(|test| !matches!(test, EntryTest::Words(leaf) if leaf.is_told_by_number()));
        EntryTest::And(of)
    }

    /// Documents will be asked for from the first one on.
    fn rewind(&mut self) {
        match self {
            EntryTest::Words(leaf) => leaf.rewind(),
            EntryTest::And(of) | EntryTest::AtLeast(_, of) => of.iter_mut().for_each(EntryTest::rewind),
            EntryTest::Not(test) => test.rewind(),
            EntryTest::All | EntryTest::Values(_) => {}
        }
    }

    /// What is kept of the words of an AND: most documents need no closer look then.
    fn told(&self, doc: DocId) -> Told {
        let of = match self {
            EntryTest::And(of) => &of[..],
            test => std::slice::from_ref(test),
        };
        let (mut common, mut is_all) = (u16::MAX, true);
        for test in of {
            match test {
                EntryTest::Words(leaf) => match leaf.few_entries(doc) {
                    Some(entries) => common &= entries,
                    None => is_all = false,
                },
                _ => is_all = false,
            }
        }
        match common {
            0 => Told::No,
            // No word was asked.
            u16::MAX => Told::Nothing,
            _ if is_all => Told::Yes,
            _ => Told::Nothing,
        }
    }

    /// The entries of `universe` that satisfy the test in `doc`.
    fn entries(&mut self, doc: DocId, kind: EntryKind, counts: (u32, u32), universe: &Slots) -> tantivy::Result<Slots> {
        Ok(match self {
            EntryTest::All => universe.clone(),
            EntryTest::And(of) => {
                let mut found = universe.clone();
                for test in of {
                    if found.is_empty() {
                        break;
                    }
                    found.intersect(&test.entries(doc, kind, counts, universe)?);
                }
                found
            }
            EntryTest::AtLeast(1, of) => {
                let mut found = Slots::default();
                for test in of {
                    found.unite(&test.entries(doc, kind, counts, universe)?);
                }
                found
            }
            EntryTest::AtLeast(least, of) => {
                let sets = of.iter_mut().map(|test| test.entries(doc, kind, counts, universe));
                let sets: Vec<Slots> = sets.collect::<tantivy::Result<_>>()?;
                let mut found = Slots::default();
                let enough = |entry: &u32| sets.iter().filter(|set| set.contains(*entry)).count() >= *least;
                universe.iter().filter(enough).for_each(|entry| found.insert(entry));
                found
            }
            EntryTest::Not(test) => {
                let mut found = universe.clone();
                found.subtract(&test.entries(doc, kind, counts, universe)?);
                found
            }
            EntryTest::Words(leaf) => {
                let mut found = Slots::default();
                leaf.entries(doc, kind, counts, &mut found)?;
                found.intersect(universe);
                found
            }
            EntryTest::Values(fill) => {
                let mut found = Slots::default();
                fill(doc, &mut found);
                found.intersect(universe);
                found
            }
        })
    }
}
