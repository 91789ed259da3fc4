//! One term of a query as compiled: alternatives in fields, with weights. In: made by [`super::compile`] and [`super::terms`]. Out: [`Leaf`]. Reads
//! nothing ([`super::cursor`] does).

use super::bits::Bits;
use super::recent::Known;
use crate::engine::pattern::Pattern;
use crate::model::FieldId;
use std::sync::Arc;
use tantivy::schema::Field;

/// A compiled term of the query.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// As printed: `title:lead`.
    pub name: String,
    /// Where and as what it can stand.
    pub branches: Arc<Vec<Branch>>,
    /// `ln(1 + (N − n + ½) ÷ (n + ½))`.
    pub rarity: f32,
    /// `kafka^3`, `prefer:(…)^2`; 0 = filters only.
    pub boost: f32,
    /// Canonical names of the skills that the words stand for.
    pub skills: Vec<String>,
    /// Documents in the posting lists of all alternatives together.
    pub postings: u64,
    /// What is known of it by segment.
    pub known: Arc<Vec<Known>>,
}

/// What can be kept of a term is made when searches have cost so many looks through its posting lists: more than one search does.
const DUE: u64 = 4;

impl Leaf {
    /// Searches have asked for it often enough that later ones may find more made of it; then it counts from the beginning again.
    pub fn is_due(&self) -> bool {
        let cost = || self.known.iter().map(Known::cost).sum::<u64>();
        if self.known.iter().all(Known::is_complete) || cost() <= self.postings.saturating_mul(DUE) {
            return false;
        }
        self.known.iter().for_each(Known::reset);
        true
    }

    /// Bytes of what it keeps by document.
    pub fn bytes(&self) -> usize {
        let listed = self.branches.iter().filter_map(|branch| branch.listed.as_ref()).flat_map(|listed| listed.iter());
        listed.map(Bits::bytes).sum::<usize>() + self.known.iter().map(Known::bytes).sum::<usize>()
    }
}

/// One alternative in one field.
#[derive(Debug, Clone)]
pub struct Branch {
    /// The field, as named in parts of the score.
    pub field: FieldId,
    /// The field of the index.
    pub index_field: Field,
    /// The words.
    pub pattern: Pattern,
    /// Weight of one occurrence.
    pub weight: f32,
    /// Average length of the field in words; 0 when the field has no lengths.
    pub average: f32,
    /// What the numbers of its entries stand for.
    pub slots: SlotKind,
    /// The words are not those that were typed: `managed`.
    pub related: bool,
    /// What the number of its occurrences stands for.
    pub counts: Counts,
    /// By segment: the documents, deleted ones too, if they had to be found to count them (phrases, nearness).
    pub listed: Option<Arc<Vec<Bits>>>,
}

/// Which occurrences of a branch give points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// All.
    All,
    /// The first: that of a skill among all of the résumé.
    First,
    /// All but the first: those of a skill in jobs.
    Further,
}

impl Counts {
    /// So many occurrences stand in no entry.
    pub fn skipped(self) -> u32 {
        u32::from(self == Counts::Further)
    }

    /// Of so many.
    pub fn of(self, frequency: u32) -> u32 {
        match self {
            Counts::All => frequency,
            Counts::First => frequency.min(1),
            Counts::Further => frequency.saturating_sub(1),
        }
    }
}

/// What an entry number inside positions means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotKind {
    /// The whole text: jobs first, then degrees, then the rest.
    Text,
    /// Number of the job.
    Job,
    /// Number of the education entry.
    Education,
    /// Nothing: the field has no entries.
    None,
}

/// Which entries a group asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// Jobs.
    Job,
    /// Education entries.
    Education,
}
