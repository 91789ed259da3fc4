//! Boolean algebra over the documents of one segment. In: cursors of the leaves. Out: one cursor with exact set semantics, points
//! that are the sum of what matched, and their named parts. Knows no query syntax.

use super::group::GroupCursor;
use super::leaf::LeafCursor;
use crate::model::ScorePart;
use tantivy::{DocId, TERMINATED};

/// Documents in rising order.
pub enum Cursor<'a> {
    /// Every document below `end`.
    All {
        /// Present document.
        doc: DocId,
        /// Number of documents in the segment.
        end: DocId,
    },
    /// A term.
    Leaf(Box<LeafCursor<'a>>),
    /// Conditions within one entry.
    Group(Box<GroupCursor<'a>>),
    /// All of `required`, passing all `checks`; `optional` only adds points.
    And {
        /// Never empty; cheapest first.
        required: Vec<Cursor<'a>>,
        /// Asked once all `required` agree.
        checks: Vec<Check<'a>>,
        /// Adds points where it matches.
        optional: Vec<Cursor<'a>>,
    },
    /// At least `least` of `of`.
    Any {
        /// The choices.
        of: Vec<Cursor<'a>>,
        /// How many; 1 for OR.
        least: usize,
        /// Present document.
        doc: DocId,
    },
}

/// A condition that can be asked for one document, but not enumerated cheaply.
pub enum Check<'a> {
    /// The document is not in this set.
    Not(Box<Cursor<'a>>),
    /// A test on columns.
    Test(Box<dyn Fn(DocId) -> bool + Send + 'a>),
}

impl<'a> Cursor<'a> {
    /// Every document of a segment.
    pub fn all(end: DocId) -> Cursor<'a> {
        Cursor::All { doc: if end == 0 { TERMINATED } else { 0 }, end }
    }

    /// No document.
    pub fn none() -> Cursor<'a> {
        Cursor::All { doc: TERMINATED, end: 0 }
    }

    /// Intersection; without `required` it starts from all `end` documents.
    pub fn and(
        mut required: Vec<Cursor<'a>>,
        checks: Vec<Check<'a>>,
        optional: Vec<Cursor<'a>>,
        end: DocId,
    ) -> Cursor<'a> {
        if required.is_empty() {
            required.push(Cursor::all(end));
        }
        if required.len() == 1 && checks.is_empty() && optional.is_empty() {
            return required.swap_remove(0);
        }
        required.sort_by_key(Cursor::cost);
        let mut cursor = Cursor::And { required, checks, optional };
        cursor.settle(0);
        cursor
    }

    /// At least `least` of `of`.
    pub fn any(mut of: Vec<Cursor<'a>>, least: usize) -> Cursor<'a> {
        match (of.len(), least) {
            (_, 0) => unreachable_least(),
            (len, least) if least > len => Cursor::none(),
            (1, _) => of.swap_remove(0),
            _ => {
                let mut cursor = Cursor::Any { of, least, doc: 0 };
                cursor.settle(0);
                cursor
            }
        }
    }

    /// The present document, [`TERMINATED`] at the end.
    pub fn doc(&self) -> DocId {
        match self {
            Cursor::All { doc, .. } | Cursor::Any { doc, .. } => *doc,
            Cursor::Leaf(leaf) => leaf.doc(),
            Cursor::Group(group) => group.doc(),
            Cursor::And { required, .. } => required[0].doc(),
        }
    }

    /// Upper bound of the number of documents.
    pub fn cost(&self) -> u64 {
        match self {
            Cursor::All { end, .. } => u64::from(*end),
            Cursor::Leaf(leaf) => leaf.cost(),
            Cursor::Group(group) => group.cost(),
            Cursor::And { required, .. } => required[0].cost(),
            Cursor::Any { of, .. } => of.iter().map(Cursor::cost).sum(),
        }
    }

    /// Moves to the next document.
    pub fn advance(&mut self) -> DocId {
        match self.doc() {
            TERMINATED => TERMINATED,
            doc => self.seek(doc + 1),
        }
    }

    /// Moves to the first document at or after `target`.
    pub fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        match self {
            Cursor::All { doc, end } => {
                *doc = if target < *end { target } else { TERMINATED };
                *doc
            }
            Cursor::Leaf(leaf) => leaf.seek(target),
            Cursor::Group(group) => group.seek(target),
            Cursor::And { .. } | Cursor::Any { .. } => self.settle(target),
        }
    }

    /// Moves all parts to the first document at or after `target` that satisfies the operator.
    fn settle(&mut self, target: DocId) -> DocId {
        match self {
            Cursor::And { required, checks, .. } => {
                let mut target = target;
                loop {
                    let doc = align(required, target);
                    if doc == TERMINATED || checks.iter_mut().all(|check| check.passes(doc)) {
                        return doc;
                    }
                    target = doc + 1;
                }
            }
            Cursor::Any { of, least, doc } => {
                *doc = settle_any(of, *least, target);
                *doc
            }
            Cursor::All { .. } | Cursor::Leaf(_) | Cursor::Group(_) => self.seek(target),
        }
    }

    /// Points of the present document: the sum over all parts of the query that it satisfies, exact in any order
    /// (see [`super::rank::GRAIN`]). Without the points for recent use, which cost more to find.
    pub fn points(&mut self) -> f32 {
        self.sum(LeafCursor::points)
    }

    /// Points of the present document for skills in recent use.
    pub fn recency(&mut self) -> f32 {
        self.sum(LeafCursor::recency)
    }

    /// No document gets more points for recent use.
    pub fn recency_bound(&self) -> f32 {
        match self {
            Cursor::All { .. } => 0.0,
            Cursor::Leaf(leaf) => leaf.recency_bound(),
            Cursor::Group(group) => group.candidates().recency_bound(),
            Cursor::And { required, optional, .. } => required.iter().chain(optional).map(Cursor::recency_bound).sum(),
            Cursor::Any { of, .. } => of.iter().map(Cursor::recency_bound).sum(),
        }
    }

    fn sum(&mut self, points: fn(&mut LeafCursor<'a>) -> f32) -> f32 {
        let at = self.doc();
        match self {
            Cursor::All { .. } => 0.0,
            Cursor::Leaf(leaf) => points(leaf),
            Cursor::Group(group) => group.candidates_mut().sum(points),
            Cursor::And { required, optional, .. } => {
                let base: f32 = required.iter_mut().map(|part| part.sum(points)).sum();
                let extra = optional.iter_mut().filter_map(|part| (part.seek(at) == at).then(|| part.sum(points)));
                base + extra.sum::<f32>()
            }
            Cursor::Any { of, .. } => of.iter_mut().filter(|part| part.doc() == at).map(|part| part.sum(points)).sum(),
        }
    }

    /// The parts of [`Cursor::points`] and [`Cursor::recency`].
    pub fn parts(&mut self, out: &mut Vec<ScorePart>) {
        let at = self.doc();
        match self {
            Cursor::All { .. } => {}
            Cursor::Leaf(leaf) => leaf.parts(out),
            Cursor::Group(group) => group.parts(out),
            Cursor::And { required, optional, .. } => {
                required.iter_mut().for_each(|part| part.parts(out));
                for part in optional.iter_mut() {
                    if part.seek(at) == at {
                        part.parts(out);
                    }
                }
            }
            Cursor::Any { of, .. } => {
                of.iter_mut().filter(|part| part.doc() == at).for_each(|part| part.parts(out));
            }
        }
    }
}

impl Check<'_> {
    fn passes(&mut self, doc: DocId) -> bool {
        match self {
            Check::Not(cursor) => cursor.seek(doc) != doc,
            Check::Test(test) => test(doc),
        }
    }
}

/// `AtLeast { count: 0 }` is excluded by the query tree's invariant; every document satisfies it.
fn unreachable_least<'a>() -> Cursor<'a> {
    Cursor::all(DocId::MAX >> 1)
}

/// Moves all cursors to the first common document at or after `target`. When one is exhausted, the first says so.
fn align(cursors: &mut [Cursor<'_>], target: DocId) -> DocId {
    let mut target = target;
    'again: loop {
        for at in 0..cursors.len() {
            let doc = cursors[at].seek(target);
            if doc == TERMINATED {
                cursors[0].seek(TERMINATED);
                return TERMINATED;
            }
            if doc > target {
                target = doc;
                continue 'again;
            }
        }
        return target;
    }
}

/// The first document at or after `target` on which at least `least` cursors agree; all cursors stand at or after it.
fn settle_any(of: &mut [Cursor<'_>], least: usize, target: DocId) -> DocId {
    let mut target = target;
    loop {
        let mut doc = TERMINATED;
        for cursor in of.iter_mut() {
            doc = doc.min(cursor.seek(target));
        }
        if doc == TERMINATED || of.iter().filter(|cursor| cursor.doc() == doc).count() >= least {
            return doc;
        }
        target = doc + 1;
    }
}
