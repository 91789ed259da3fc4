//! A query in terms of the index: [`Plan`]. In: made by `compile`. Out: cursors on the segments of the index. Holds no state of a
//! search; one plan is opened on many segments at once.

use super::columns::RankColumns;
use super::cursor::{Check, Cursor};
use super::filter::{self, Answer};
use super::group::GroupCursor;
use super::group_values::{self, GroupPlan};
use super::leaf::Leaf;
use crate::model::Month;
use crate::query::ast::Filter;
use std::sync::Arc;
use tantivy::DocId;
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
    /// The value that the condition asks for is not known.
    Unknown(Filter),
    /// Conditions within one entry.
    Group(Box<GroupPlan>),
}

/// A segment with what ranking needs of it.
pub struct Segment<'a> {
    /// The segment.
    pub reader: &'a SegmentReader,
    /// Columns that every leaf shares.
    pub ranking: Arc<RankColumns>,
    /// What "present" stands for.
    pub as_of: Month,
}

impl<'a> Segment<'a> {
    /// Opens what is shared.
    pub fn open(reader: &'a SegmentReader, as_of: Month) -> tantivy::Result<Segment<'a>> {
        Ok(Segment { reader, ranking: RankColumns::open(reader, as_of)?, as_of })
    }

    /// Number of documents, deleted ones included.
    pub fn end(&self) -> DocId {
        self.reader.max_doc()
    }
}

impl Plan {
    /// Opens the plan on a segment.
    pub fn open<'a>(&'a self, segment: &Segment<'_>) -> tantivy::Result<Cursor<'a>> {
        let end = segment.end();
        match self {
            Plan::All => Ok(Cursor::all(end)),
            Plan::And { required, optional } => open_and(required, optional, segment),
            Plan::AtLeast(least, of) => {
                let of: tantivy::Result<Vec<Cursor<'a>>> = of.iter().map(|plan| plan.open(segment)).collect();
                Ok(Cursor::any(of?, *least))
            }
            Plan::Not(_) | Plan::Filter(_) | Plan::Unknown(_) => open_and(std::slice::from_ref(self), &[], segment),
            Plan::Words(leaf) => Ok(Cursor::Leaf(Box::new(leaf.open(segment.reader, false, &segment.ranking)?))),
            Plan::Group(group) => {
                let candidates = group.candidates.open(segment)?;
                let (test, universe) = group_values::open(group, segment)?;
                let cursor = GroupCursor::new(candidates, test, group.kind(), universe);
                Ok(Cursor::Group(Box::new(cursor)))
            }
        }
    }
}

fn open_and<'a>(required: &'a [Plan], optional: &'a [Plan], segment: &Segment<'_>) -> tantivy::Result<Cursor<'a>> {
    let mut cursors = Vec::new();
    let mut checks = Vec::new();
    for plan in required {
        match plan {
            Plan::All => {}
            Plan::Not(inner) => checks.push(Check::Not(Box::new(inner.open(segment)?))),
            Plan::Filter(condition) => checks.push(test(condition, segment, false)?),
            Plan::Unknown(condition) => checks.push(test(condition, segment, true)?),
            other => cursors.push(other.open(segment)?),
        }
    }
    let optional: tantivy::Result<Vec<Cursor<'a>>> = optional.iter().map(|plan| plan.open(segment)).collect();
    Ok(Cursor::and(cursors, checks, optional?, segment.end()))
}

/// The condition as a check: satisfied (or unknown, with `?`), or only unknown.
fn test<'a>(condition: &'a Filter, segment: &Segment<'_>, unknown_only: bool) -> tantivy::Result<Check<'a>> {
    let tester = filter::tester(condition, segment.reader, segment.as_of)?;
    let or_unknown = condition.or_unknown;
    Ok(Check::Test(match tester {
        Some(tester) if unknown_only => Box::new(move |doc| tester(doc) == Answer::Unknown),
        Some(tester) => Box::new(move |doc| match tester(doc) {
            Answer::Yes => true,
            Answer::Unknown => or_unknown,
            Answer::No => false,
        }),
        None => Box::new(|_| false),
    }))
}
