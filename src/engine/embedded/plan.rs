//! A query in terms of the index: [`Plan`]. In: made by `compile`. Out: its [`Part`]s on the segments of the index. Holds no state of a
//! search; one plan is opened on many segments at once.

use super::algebra::{Gated, Part, Worth};
use super::answers::Everywhere;
use super::columns::RankColumns;
use super::cursor::LeafCursor;
use super::filter::Condition;
use super::group::GroupPart;
use super::group_values::{self, GroupPlan};
use super::leaf::{EntryKind, Leaf};
use super::numbers::Numbers;
use super::warm::{Warm, WarmSegment};
use crate::model::Month;
use crate::query::ast::{Filter, Group};
use std::sync::Arc;
use tantivy::index::SegmentReader;

/// A compiled query.
#[derive(Debug, Clone)]
pub enum Plan {
    /// Every candidate.
    All,
    /// All of `required`; `optional` only adds points.
    And {
        /// What must hold.
        required: Vec<Plan>,
        /// What is preferred.
        optional: Vec<Plan>,
    },
    /// At least so many of them.
    AtLeast(usize, Vec<Plan>),
    /// Any of them, which all say the same: the best one gives the points.
    Best(Vec<Plan>),
    /// Everything but.
    Not(Box<Plan>),
    /// Words.
    Words(Leaf),
    /// A condition on columns that must be satisfied, and its answers if they are known.
    Filter(Filter, Option<Everywhere>),
    /// Conditions within one entry.
    Group(Box<GroupPlan>),
}

/// A segment of the index as a query sees it.
pub struct Segment<'a> {
    /// The segment.
    pub reader: &'a SegmentReader,
    /// Its number.
    pub ord: u32,
    /// What "present" stands for.
    pub as_of: Month,
    /// What is kept between searches.
    warm: Option<&'a WarmSegment>,
    /// What is kept for this search alone.
    own: WarmSegment,
}

impl<'a> Segment<'a> {
    /// Reads nothing.
    pub fn new((ord, reader): (u32, &'a SegmentReader), as_of: Month) -> Segment<'a> {
        Segment { reader, ord, as_of, warm: None, own: WarmSegment::default() }
    }

    /// With what is kept between searches, if it is seen from the same month.
    pub fn with(self, warm: Option<&'a Warm>) -> Segment<'a> {
        let warm = warm.filter(|warm| warm.as_of == self.as_of).and_then(|warm| warm.segment(self.ord));
        Segment { warm, ..self }
    }

    /// What is kept of it, opened when the first needs it.
    pub fn warm(&self) -> &WarmSegment {
        self.warm.unwrap_or(&self.own)
    }

    /// What ranking asks of single matches.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn ranking(&self) -> tantivy::Result<Arc<RankColumns>> {
        self.warm().ranking(self)
    }

    /// A column of numbers of which so many documents will be asked for.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn numbers(&self, name: &'static str, documents: u64) -> tantivy::Result<Numbers> {
        Ok(self.warm().numbers(self.reader, name)?.for_many(documents, self.reader.max_doc()))
    }
}

/// Work of looking a word up in one segment, in postings.
const LOOK_UP: u64 = 1000;

/// Work of a condition on values for one document of many, in postings: columns are decoded at once.
const VALUE: u64 = 2;

/// Work of the conditions within entries for one document, in postings.
const ENTRY: u64 = 16;

impl Plan {
    /// The rarities of the words that must stand, in sum.
    pub fn rarity(&self) -> f32 {
        match self {
            Plan::Words(leaf) => leaf.rarity,
            Plan::And { required, .. } => required.iter().map(Plan::rarity).sum(),
            _ => 0.0,
        }
    }

    /// Gives every term, and within entries their kind; one that also gives points there comes first as one within entries.
    pub fn each_leaf(&self, give: &mut dyn FnMut(&Leaf, Option<EntryKind>)) {
        match self {
            Plan::All | Plan::Filter(..) => {}
            Plan::Words(leaf) => give(leaf, None),
            Plan::Not(inner) => inner.each_leaf(give),
            Plan::Group(group) => {
                group.test.each_leaf(&mut |leaf| give(leaf, Some(group.kind())));
                group.candidates.each_leaf(give);
            }
            Plan::AtLeast(_, of) | Plan::Best(of) => of.iter().for_each(|plan| plan.each_leaf(give)),
            Plan::And { required, optional } => {
                required.iter().chain(optional).for_each(|plan| plan.each_leaf(give));
            }
        }
    }

    /// About how much work the plan is, in posting entries; `documents`, `segments`: in the index.
    pub fn effort(&self, documents: u64, segments: u64) -> u64 {
        let all = |of: &[Plan]| of.iter().map(|plan| plan.effort(documents, segments)).sum::<u64>();
        match self {
            Plan::All => 0,
            Plan::Words(leaf) => leaf.postings + segments * LOOK_UP,
            Plan::AtLeast(_, of) | Plan::Best(of) => all(of),
            Plan::Not(inner) => inner.effort(documents, segments),
            Plan::Filter(_, None) => documents * VALUE,
            Plan::Filter(_, Some(_)) => documents / 64,
            Plan::Group(group) => group.candidates.effort(documents, segments) * ENTRY,
            // What is left by the rarest clause is all that the others are asked for.
            Plan::And { required, optional } => {
                let each = required.iter().map(|plan| plan.effort(documents, segments));
                each.min().unwrap_or(documents) * required.len().max(1) as u64 + all(optional)
            }
        }
    }

    /// Opens the plan on a segment.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn open<'a>(&'a self, segment: &'a Segment<'a>) -> tantivy::Result<Part<'a>> {
        let gated = |of: &'a [Plan]| of.iter().map(|plan| plan.open(segment).map(Gated::new)).collect();
        Ok(match self {
            Plan::All => Part::All,
            Plan::And { required, optional } => {
                let (mut parts, mut conditions) = (Vec::new(), Vec::new());
                for (at, plan) in required.iter().enumerate() {
                    match plan.condition(at, segment) {
                        Some(condition) => conditions.push(condition),
                        None => parts.push(plan.open(segment)?),
                    }
                }
                let optional: tantivy::Result<Vec<Gated<'a>>> = gated(optional);
                Part::and(parts, conditions, optional?)
            }
            Plan::AtLeast(least, of) => {
                let of: tantivy::Result<Vec<Gated<'a>>> = gated(of);
                Part::AtLeast { least: *least, of: of?, worth: Worth::Sum }
            }
            Plan::Best(of) => {
                let of: tantivy::Result<Vec<Gated<'a>>> = gated(of);
                Part::AtLeast { least: 1, of: of?, worth: Worth::Best }
            }
            Plan::Not(inner) => Part::Not(Box::new(inner.open(segment)?)),
            Plan::Words(leaf) => Part::Words(Box::new(LeafCursor::open(leaf, segment, false)?)),
            Plan::Filter(..) => Part::and(Vec::new(), self.condition(0, segment).into_iter().collect(), Vec::new()),
            Plan::Group(group) => {
                let candidates = group.candidates.open(segment)?;
                let (test, universe) = group_values::open(group, segment)?;
                let is_whole = matches!(group.group, Group::Job | Group::Education);
                Part::Group(Box::new(GroupPart::new(candidates, test, group.kind(), (universe, is_whole))))
            }
        })
    }

    /// Whether the clause at this place of the top-level AND is a condition on columns.
    pub fn is_condition(&self, place: usize) -> bool {
        match self {
            Plan::And { required, .. } => matches!(required.get(place), Some(Plan::Filter(..))),
            plan => place == 0 && matches!(plan, Plan::Filter(..)),
        }
    }

    /// The plan as a condition on columns, if that is what it is.
    fn condition<'a>(&'a self, at: usize, segment: &'a Segment<'a>) -> Option<Condition<'a>> {
        match self {
            Plan::Filter(filter, known) => Some(Condition::new(at, filter, known.as_ref(), segment)),
            _ => None,
        }
    }
}
