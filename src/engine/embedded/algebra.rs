//! Boolean algebra over the documents of one segment. In: opened parts of a plan. Out: the exact set of those that satisfy it, and for
//! members of the set points that are the sum of what matched, with their named parts. Knows no query syntax.
//!
//! A set is made by narrowing: each part is asked which of the documents that are left it holds, the rarest words first, tests of values
//! and entries last. Points are asked for afterwards, of members only, in rising order.

use super::bits::Bits;
use super::cursor::LeafCursor;
use super::filter::Condition;
use super::group::GroupPart;
use super::most::Most;
use crate::model::ScorePart;
use tantivy::DocId;

/// A part of a plan on one segment.
pub enum Part<'a> {
    /// Every document.
    All,
    /// A term.
    Words(Box<LeafCursor<'a>>),
    /// Conditions within one entry.
    Group(Box<GroupPart<'a>>),
    /// All of `required`; `optional` only adds points.
    And {
        /// The least work first.
        required: Vec<Part<'a>>,
        /// Asked of those who satisfy all that.
        conditions: Vec<Condition<'a>>,
        /// Adds points where it matches.
        optional: Vec<Gated<'a>>,
    },
    /// At least `least` of `of`.
    AtLeast {
        /// How many; 1 for OR.
        least: usize,
        /// The choices.
        of: Vec<Gated<'a>>,
        /// What they are worth together.
        worth: Worth,
    },
    /// Everything but.
    Not(Box<Part<'a>>),
}

/// What alternatives are worth together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// All that match: `kafka OR pulsar`.
    Sum,
    /// The best that matches, since they say the same: the words `machine learning` and the skill of this name.
    Best,
}

/// A kind of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Points {
    /// For words.
    Words,
    /// For skills in recent use; these add up, whatever the alternatives are worth.
    Recency,
}

/// A part that gives points only to the documents that it holds.
pub struct Gated<'a> {
    part: Part<'a>,
    /// Those documents; none for words, which know themselves whether they stand in a document.
    gate: Option<Bits>,
}

impl<'a> Gated<'a> {
    /// Not prepared for points.
    pub fn new(part: Part<'a>) -> Gated<'a> {
        Gated { part, gate: None }
    }

    fn prepare(&mut self, matched: &Bits) -> tantivy::Result<()> {
        if let Part::Words(leaf) = &mut self.part {
            return leaf.prepare(matched);
        }
        let held = self.part.within(matched.clone())?;
        self.part.prepare(&held)?;
        self.gate = Some(held);
        Ok(())
    }

    /// See [`Part::most`].
    fn most(&self, docs: &[DocId], out: &mut Most) {
        let Some(held) = &self.gate else { return self.part.most(docs, out) };
        let mut most = Most::NOTHING;
        self.part.most(docs, &mut most);
        out.add_among(held, docs, &most);
    }

    /// It can give points to the document.
    fn is_open(&self, doc: DocId) -> bool {
        self.gate.as_ref().is_none_or(|held| held.contains(doc))
    }

    /// The part, if it can give points to the document.
    fn at(&mut self, doc: DocId) -> Option<&mut Part<'a>> {
        self.is_open(doc).then_some(&mut self.part)
    }
}

impl<'a> Part<'a> {
    /// Intersection.
    pub fn and(mut required: Vec<Part<'a>>, conditions: Vec<Condition<'a>>, optional: Vec<Gated<'a>>) -> Part<'a> {
        required.sort_by_key(Part::effort);
        Part::And { required, conditions, optional }
    }

    /// Kind of work, least first, then an upper bound of the documents that the part holds.
    fn effort(&self) -> (u8, u64) {
        match self {
            Part::All => (0, u64::MAX),
            Part::Words(leaf) => (0, leaf.cost()),
            Part::And { required, .. } => required.first().map_or((2, u64::MAX), Part::effort),
            Part::AtLeast { of, .. } => of
                .iter()
                .map(|one| one.part.effort())
                .fold((0, 0), |(kind, cost), (other, more)| (kind.max(other), cost.saturating_add(more))),
            Part::Not(_) => (1, u64::MAX),
            Part::Group(group) => (3, group.candidates().effort().1),
        }
    }

    /// No words narrow what the part holds.
    pub fn is_broad(&self) -> bool {
        match self {
            Part::And { required, .. } => required.is_empty(),
            part => matches!(part, Part::All | Part::Not(_)),
        }
    }

    /// [`Part::most`] tells documents apart: the bounds of some words were computed for all documents together.
    pub fn has_sums(&self) -> bool {
        !self.every_word(&|leaf| !leaf.is_summed())
    }

    /// Adds what [`Part::bound`] and [`Part::recency_bound`] of at most [`AT_ONCE`](super::most::AT_ONCE) documents cannot exceed, for less work:
    /// no cursor is moved.
    pub fn most(&self, docs: &[DocId], out: &mut Most) {
        match self {
            Part::All | Part::Not(_) => {}
            Part::Words(leaf) => leaf.most(docs, out),
            Part::Group(group) => group.candidates().most(docs, out),
            Part::And { required, optional, .. } => {
                required.iter().for_each(|part| part.most(docs, out));
                optional.iter().for_each(|one| one.most(docs, out));
            }
            Part::AtLeast { of, worth: Worth::Sum, .. } => of.iter().for_each(|one| one.most(docs, out)),
            Part::AtLeast { of, worth: Worth::Best, .. } => {
                let mut best = Most::NOTHING;
                for one in of {
                    let mut each = Most::NOTHING;
                    one.most(docs, &mut each);
                    best.best(&each);
                }
                out.add(&best);
            }
        }
    }

    /// Points will be asked for from the first document on again.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn restart(&mut self) -> tantivy::Result<()> {
        match self {
            Part::All | Part::Not(_) => Ok(()),
            Part::Words(leaf) => leaf.restart(),
            Part::Group(group) => group.candidates_mut().restart(),
            Part::And { required, optional, .. } => {
                required.iter_mut().try_for_each(Part::restart)?;
                optional.iter_mut().try_for_each(|one| one.part.restart())
            }
            Part::AtLeast { of, .. } => of.iter_mut().try_for_each(|one| one.part.restart()),
        }
    }

    /// No document gets points from it.
    pub fn is_silent(&self) -> bool {
        self.every_word(&LeafCursor::is_silent)
    }

    /// Every word that can give points passes `test`.
    fn every_word(&self, test: &impl Fn(&LeafCursor<'a>) -> bool) -> bool {
        match self {
            Part::All | Part::Not(_) => true,
            Part::Words(leaf) => test(leaf),
            Part::Group(group) => group.candidates().every_word(test),
            Part::And { required, optional, .. } => {
                required.iter().all(|part| part.every_word(test))
                    && optional.iter().all(|one| one.part.every_word(test))
            }
            Part::AtLeast { of, .. } => of.iter().all(|one| one.part.every_word(test)),
        }
    }

    /// The conditions of an AND, taken out of it.
    pub fn take_conditions(&mut self) -> Vec<Condition<'a>> {
        match self {
            Part::And { conditions, .. } => std::mem::take(conditions),
            _ => Vec::new(),
        }
    }

    /// Those of `documents` that satisfy the part.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn within(&mut self, mut documents: Bits) -> tantivy::Result<Bits> {
        if documents.is_empty() {
            return Ok(documents);
        }
        Ok(match self {
            Part::All => documents,
            Part::Words(leaf) => leaf.within(documents)?,
            Part::Group(group) => group.within(documents)?,
            Part::And { required, conditions, .. } => {
                for part in required {
                    documents = part.within(documents)?;
                }
                for condition in conditions {
                    if !documents.is_empty() {
                        documents = condition.within(documents)?;
                    }
                }
                documents
            }
            Part::AtLeast { least, of, .. } => at_least(*least, of, documents)?,
            Part::Not(part) => {
                let held = part.within(documents.clone())?;
                documents.subtract(&held);
                documents
            }
        })
    }

    /// Makes ready for points of the documents of `matched`, which all satisfy the part.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn prepare(&mut self, matched: &Bits) -> tantivy::Result<()> {
        match self {
            Part::All | Part::Not(_) => Ok(()),
            Part::Words(leaf) => leaf.prepare(matched),
            Part::Group(group) => group.candidates_mut().prepare(matched),
            Part::And { required, optional, .. } => {
                required.iter_mut().try_for_each(|part| part.prepare(matched))?;
                optional.iter_mut().try_for_each(|part| part.prepare(matched))
            }
            Part::AtLeast { of, .. } => of.iter_mut().try_for_each(|part| part.prepare(matched)),
        }
    }

    /// Moves to a document of the set and answers what its [`Part::points`] cannot exceed. Documents are asked for in rising order.
    pub fn bound(&mut self, doc: DocId) -> f32 {
        match self {
            Part::All | Part::Not(_) => 0.0,
            Part::Words(leaf) => leaf.bound(doc),
            Part::Group(group) => group.candidates_mut().bound(doc),
            Part::And { required, optional, .. } => {
                let base: f32 = required.iter_mut().map(|part| part.bound(doc)).sum();
                base + optional.iter_mut().filter_map(|one| one.at(doc)).map(|part| part.bound(doc)).sum::<f32>()
            }
            Part::AtLeast { of, worth, .. } => {
                let each = of.iter_mut().filter_map(|one| one.at(doc)).map(|part| part.bound(doc));
                match worth {
                    Worth::Sum => each.sum(),
                    // Every one has to move to the document: all are asked.
                    Worth::Best => each.fold(0.0, f32::max),
                }
            }
        }
    }

    /// Points of the document of the last [`Part::bound`]: the sum over all parts of the query that it satisfies, exact in any order
    /// (see [`super::rank::GRAIN`]). Without the points for recent use, which cost more to find.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn points(&mut self, doc: DocId) -> tantivy::Result<f32> {
        self.sum(doc, Points::Words)
    }

    /// Points of the same document for skills in recent use.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn recency(&mut self, doc: DocId) -> tantivy::Result<f32> {
        self.sum(doc, Points::Recency)
    }

    /// What the points of a document for skills in recent use cannot exceed.
    pub fn recency_bound(&self, doc: DocId) -> f32 {
        let gated =
            |of: &[Gated<'a>]| of.iter().filter(|one| one.is_open(doc)).map(|one| one.part.recency_bound(doc)).sum();
        match self {
            Part::All | Part::Not(_) => 0.0,
            Part::Words(leaf) => leaf.recency_bound(doc),
            Part::Group(group) => group.candidates().recency_bound(doc),
            Part::And { required, optional, .. } => {
                let optional: f32 = gated(optional);
                required.iter().map(|part| part.recency_bound(doc)).sum::<f32>() + optional
            }
            Part::AtLeast { of, .. } => gated(of),
        }
    }

    fn sum(&mut self, doc: DocId, points: Points) -> tantivy::Result<f32> {
        let mut sum = 0.0;
        match self {
            Part::All | Part::Not(_) => {}
            Part::Words(leaf) => {
                sum = match points {
                    Points::Words => leaf.points(doc)?,
                    Points::Recency => leaf.recency(doc)?,
                };
            }
            Part::Group(group) => sum = group.candidates_mut().sum(doc, points)?,
            Part::And { required, optional, .. } => {
                for part in required.iter_mut().chain(optional.iter_mut().filter_map(|one| one.at(doc))) {
                    sum += part.sum(doc, points)?;
                }
            }
            Part::AtLeast { of, worth, .. } => {
                let is_best = (*worth, points) == (Worth::Best, Points::Words);
                for part in of.iter_mut().filter_map(|one| one.at(doc)) {
                    let more = part.sum(doc, points)?;
                    sum = if is_best { more.max(sum) } else { sum + more };
                }
            }
        }
        Ok(sum)
    }

    /// The parts of [`Part::points`] and [`Part::recency`].
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn parts(&mut self, doc: DocId, out: &mut Vec<ScorePart>) -> tantivy::Result<()> {
        self.parts_of(doc, Points::Words, out)?;
        self.parts_of(doc, Points::Recency, out)
    }

    fn parts_of(&mut self, doc: DocId, points: Points, out: &mut Vec<ScorePart>) -> tantivy::Result<()> {
        match self {
            Part::All | Part::Not(_) => Ok(()),
            Part::Words(leaf) => match points {
                Points::Words => leaf.parts(doc, out),
                Points::Recency => leaf.recency_part(doc, out),
            },
            Part::Group(group) => group.candidates_mut().parts_of(doc, points, out),
            Part::And { required, optional, .. } => {
                let optional = optional.iter_mut().filter_map(|one| one.at(doc));
                required.iter_mut().chain(optional).try_for_each(|part| part.parts_of(doc, points, out))
            }
            Part::AtLeast { of, worth, .. } => {
                let mut matching: Vec<&mut Part<'a>> = of.iter_mut().filter_map(|one| one.at(doc)).collect();
                if (*worth, points) == (Worth::Best, Points::Words) {
                    let worth: tantivy::Result<Vec<f32>> =
                        matching.iter_mut().map(|part| part.sum(doc, points)).collect();
                    let worth = worth?;
                    // Of equals the first.
                    let best = (0..worth.len()).rev().max_by(|one, other| worth[*one].total_cmp(&worth[*other]));
                    matching = best.map(|best| matching.swap_remove(best)).into_iter().collect();
                }
                matching.into_iter().try_for_each(|part| part.parts_of(doc, points, out))
            }
        }
    }
}

/// Those of `documents` that at least so many parts hold.
fn at_least(least: usize, of: &mut [Gated<'_>], documents: Bits) -> tantivy::Result<Bits> {
    let none = Bits::none(documents.end());
    match least {
        // Excluded by the query tree's invariant; every document satisfies it.
        0 => return Ok(documents),
        1 => {
            let (mut found, mut left) = (none, documents);
            for one in of {
                let held = one.part.within(left.clone())?;
                left.subtract(&held);
                found.unite(&held);
            }
            return Ok(found);
        }
        _ if least > of.len() => return Ok(none),
        _ => {}
    }
    // By number of parts, less one: the documents that so many of the parts asked until then hold.
    let mut held_by = vec![none; least];
    for one in of {
        let held = one.part.within(documents.clone())?;
        for count in (1..least).rev() {
            let mut more = held_by[count - 1].clone();
            more.intersect(&held);
            held_by[count].unite(&more);
        }
        held_by[0].unite(&held);
    }
    Ok(held_by.swap_remove(least - 1))
}
