//! A query in terms of the index: [`Plan`]. In: made by `compile`. Out: its [`Part`]s on the segments of the index. Holds no state of a
//! search; one plan is opened on many segments at once.

use super::algebra::{Gated, Part};
use super::columns::RankColumns;
use super::filter::Condition;
use super::group::GroupPart;
use super::group_values::{self, GroupPlan};
use super::leaf::Leaf;
use crate::model::Month;
use crate::query::ast::Filter;
use std::cell::OnceCell;
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
    /// Everything but.
    Not(Box<Plan>),
    /// Words.
    Words(Leaf),
    /// A condition on columns that must be satisfied.
    Filter(Filter),
    /// Conditions within one entry.
    Group(Box<GroupPlan>),
}

/// A segment of the index as a query sees it.
pub struct Segment<'a> {
    /// The segment.
    pub reader: &'a SegmentReader,
    /// What "present" stands for.
    pub as_of: Month,
    /// Columns that every leaf shares; opened when the first needs them.
    ranking: OnceCell<Arc<RankColumns>>,
}

impl<'a> Segment<'a> {
    /// Reads nothing.
    pub fn new(reader: &'a SegmentReader, as_of: Month) -> Segment<'a> {
        Segment { reader, as_of, ranking: OnceCell::new() }
    }

    /// What ranking asks of single matches.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn ranking(&self) -> tantivy::Result<Arc<RankColumns>> {
        if let Some(columns) = self.ranking.get() {
            return Ok(columns.clone());
        }
        let columns = RankColumns::open(self.reader, self.as_of)?;
        Ok(self.ranking.get_or_init(|| columns).clone())
    }
}

impl Plan {
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
                Part::AtLeast { least: *least, of: of? }
            }
            Plan::Not(inner) => Part::Not(Box::new(inner.open(segment)?)),
            Plan::Words(leaf) => Part::Words(Box::new(leaf.open(segment.reader, false)?)),
            Plan::Filter(_) => Part::and(Vec::new(), self.condition(0, segment).into_iter().collect(), Vec::new()),
            Plan::Group(group) => {
                let candidates = group.candidates.open(segment)?;
                let (test, universe) = group_values::open(group, segment)?;
                Part::Group(Box::new(GroupPart::new(candidates, test, group.kind(), universe)))
            }
        })
    }

    /// Whether the clause at this place of the top-level AND is a condition on columns.
    pub fn is_condition(&self, place: usize) -> bool {
        match self {
            Plan::And { required, .. } => matches!(required.get(place), Some(Plan::Filter(_))),
            plan => place == 0 && matches!(plan, Plan::Filter(_)),
        }
    }

    /// The plan as a condition on columns, if that is what it is.
    fn condition<'a>(&'a self, at: usize, segment: &'a Segment<'a>) -> Option<Condition<'a>> {
        match self {
            Plan::Filter(filter) => Some(Condition::new(at, filter, segment)),
            _ => None,
        }
    }
}
