//! The matches of a plan over all segments: counted, the best of them, which documents they are. In: a plan, an order. Out: [`Matches`], the same for any number of threads and segments: order is total (value, score, id).

use super::beside::Beside;
use super::bits::Bits;
use super::expand::broken;
use super::marks::Marks;
use super::numbers::Numbers;
use super::plan::Plan;
use super::versions::{self, Mark, Version};
use super::walk::{all_of, in_segment};
use super::warm::Warm;
use crate::engine::{Sort, SortKey};
use crate::error::Result;
use crate::index::persons::id_of;
use crate::model::Month;
use rayon::prelude::*;
use std::cmp::Ordering;
use std::sync::Arc;
use std::sync::atomic::{self, AtomicU32};
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentReader;
use tantivy::schema::Field;
use tantivy::{DocAddress, DocId, Searcher};

/// Indexes with fewer documents are searched on one thread: starting others costs more.
const PARALLEL_FROM: u64 = 20_000;

/// So is a query that is less work than this, in posting entries: about a fifth of a millisecond.
const PARALLEL_WORK: u64 = 40_000;

/// What to keep of the matches.
#[derive(Debug, Clone, Copy)]
pub struct Keep<'a> {
    /// Only the best so many, in order.
    pub best: usize,
    /// In this order.
    pub sort: Sort,
    /// Also all document numbers.
    pub documents: bool,
    /// Neighbours of the query, which give points where they are neighbours in this field.
    pub beside: Option<(Field, &'a [Beside])>,
    /// Also count, for each condition on values among the clauses, whom it does not know.
    pub unknown: bool,
    /// Also all document numbers without these conditions among the clauses, by the places of the clauses.
    pub without: &'a [Vec<usize>],
    /// What is kept of the index between searches.
    pub warm: Option<&'a Warm>,
}

impl Keep<'_> {
    /// Only the number of people, and the documents if `documents`.
    pub fn nothing(documents: bool) -> Keep<'static> {
        let sort = Sort { key: SortKey::Score, ascending: false };
        Keep { best: 0, sort, documents, beside: None, unknown: false, without: &[], warm: None }
    }
}

/// The matches of a plan.
#[derive(Debug, Default)]
pub struct Matches {
    /// How many people; several documents of one count once.
    pub total: u64,
    /// The best, in order; of several documents of one person the best of them.
    pub best: Vec<Ranked>,
    /// All matching documents, unless not asked for.
    pub documents: Matching,
    /// By place of a clause that is a condition on values: people who satisfy all else and of whom it is not known. As asked for.
    pub unknown: Vec<(usize, u64)>,
    /// Documents without some conditions, as asked for.
    pub without: Vec<Matching>,
    /// All matching documents of people with several, by person.
    pub(super) marks: Vec<Mark>,
    /// Those of them that could be among the best.
    pub(super) versions: Vec<Version>,
}

/// What one segment has, before the documents of a person are put together.
#[derive(Default)]
pub(super) struct Found {
    /// The matches.
    pub matched: Members,
    /// See [`Matches::unknown`].
    pub unknown: Vec<(usize, Members)>,
    /// See [`Matches::without`].
    pub without: Vec<Members>,
    /// The best in no order, people with several documents apart.
    pub best: Vec<Ranked>,
    /// Documents of people with several that could be among the best.
    pub versions: Vec<Version>,
}

/// Documents of a segment.
#[derive(Default)]
pub(super) struct Members {
    /// How many are a person's only document.
    pub alone: u64,
    /// The others.
    pub marks: Vec<Mark>,
    /// All of them, rising, if they are wanted.
    pub documents: Vec<DocId>,
}

/// Matching documents.
#[derive(Debug, Default)]
pub struct Matching {
    /// By segment: all of them, rising.
    pub by_segment: Vec<Vec<DocId>>,
    /// Those among them that belong to one person, for each person with several.
    pub of_one: Vec<Vec<DocAddress>>,
}

/// A match with what orders it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Value sorted by; none = unknown, comes last.
    pub(super) value: Option<f64>,
    /// For the order by name.
    pub(super) name: Option<String>,
    /// Points.
    pub score: f32,
    /// Id of the document; empty until it is needed ([`id_at`]).
    pub id: String,
    /// Where it is.
    pub address: DocAddress,
    /// The person, if there are several documents.
    pub(super) person: Option<i64>,
    /// Ids of all matching documents of the person, this one first; empty when the person has no other document.
    pub versions: Vec<String>,
}

/// Counts and keeps the matches of `plan`.
pub fn matches(searcher: &Searcher, plan: &Plan, keep: Keep<'_>, as_of: Month) -> Result<Matches> {
    let readers = searcher.segment_readers();
    let least = Least::default();
    let marks = match keep.warm {
        Some(warm) => warm.marks.clone(),
        None => Arc::new(Marks::of(searcher)?),
    };
    let seen = (as_of, &marks);
    let walk = |(ord, reader): (usize, &SegmentReader)| in_segment((ord as u32, reader), plan, keep, seen, &least);
    let parts: tantivy::Result<Vec<Found>> = if is_wide(searcher, plan) {
        readers.par_iter().enumerate().map(walk).collect()
    } else {
        readers.iter().enumerate().map(walk).collect()
    };
    let mut all = joined(parts.map_err(broken)?, keep);
    settle(searcher, &mut all, keep).map_err(broken)?;
    Ok(all)
}

/// The parts of all segments as one.
fn joined(parts: Vec<Found>, keep: Keep<'_>) -> Matches {
    let mut all = Matches::default();
    let mut unknown: Vec<(usize, u64, Vec<Mark>)> = Vec::new();
    let mut without: Vec<(Vec<Vec<DocId>>, Vec<Mark>)> = keep.without.iter().map(|_| Default::default()).collect();
    for part in parts {
        all.total += part.matched.alone;
        all.marks.extend(part.matched.marks);
        all.documents.by_segment.push(part.matched.documents);
        all.best.extend(part.best);
        all.versions.extend(part.versions);
        for (at, members) in part.unknown {
            match unknown.iter_mut().find(|(other, ..)| *other == at) {
                Some((_, alone, marks)) => {
                    *alone += members.alone;
                    marks.extend(members.marks);
                }
                None => unknown.push((at, members.alone, members.marks)),
            }
        }
        for ((by_segment, marks), members) in without.iter_mut().zip(part.without) {
            by_segment.push(members.documents);
            marks.extend(members.marks);
        }
    }
    all.marks.sort();
    all.total += versions::people(&all.marks).count() as u64;
    if keep.documents {
        all.documents.of_one = versions::several(&all.marks);
    }
    for (at, alone, marks) in unknown {
        // Who is found by another of their documents is no more.
        let more = versions::persons_beside(marks, &all.marks);
        all.unknown.push((at, alone + more));
    }
    for (by_segment, mut marks) in without {
        marks.sort();
        all.without.push(Matching { by_segment, of_one: versions::several(&marks) });
    }
    versions::rank(&mut all, keep);
    all
}

/// Brings matches into their order and keeps the best. Ids are looked up where they decide: of those that are equal but for it.
fn settle(searcher: &Searcher, all: &mut Matches, keep: Keep<'_>) -> tantivy::Result<()> {
    let best = &mut all.best;
    best.sort_by(|one, other| order(one, other, keep.sort));
    if let Some(last) = keep.best.checked_sub(1).and_then(|last| best.get(last)) {
        let last = last.clone();
        best.retain(|one| by_key(one, &last, keep.sort) != Ordering::Greater);
    }
    let tied = |at: usize, other: Option<&Ranked>| {
        other.is_some_and(|other| by_key(&best[at], other, keep.sort) == Ordering::Equal)
    };
    let is_tied = |at: usize| tied(at, best.get(at + 1)) || tied(at, at.checked_sub(1).and_then(|at| best.get(at)));
    let unnamed: Vec<usize> = (0..best.len()).filter(|at| best[*at].id.is_empty() && is_tied(*at)).collect();
    for at in unnamed {
        best[at].id = id_at(searcher, best[at].address)?;
    }
    best.sort_by(|one, other| order(one, other, keep.sort));
    best.truncate(keep.best);
    best.iter_mut().try_for_each(|ranked| versions::name_all(searcher, ranked, &all.marks))
}

/// The id of a document.
///
/// # Errors
/// The index cannot be read.
pub fn id_at(searcher: &Searcher, at: DocAddress) -> tantivy::Result<String> {
    let numbers = Numbers::open(searcher.segment_reader(at.segment_ord), "number")?;
    Ok(id_of(numbers.first(at.doc_id).unwrap_or_default()))
}

/// The least score with which a match can still be among the best of the whole index, as far as the segments are looked through. Points
/// are never negative, so that the order of their bits is theirs.
#[derive(Debug, Default)]
pub struct Least(AtomicU32);

impl Least {
    /// 0 until enough matches are known.
    pub fn get(&self) -> f32 {
        f32::from_bits(self.0.load(atomic::Ordering::Relaxed))
    }

    /// Enough matches have this score or a higher one.
    pub fn raise(&self, score: f32) {
        self.0.fetch_max(score.max(0.0).to_bits(), atomic::Ordering::Relaxed);
    }
}

/// The query is work enough for several threads.
pub fn is_wide(searcher: &Searcher, plan: &Plan) -> bool {
    let segments = searcher.segment_readers().len() as u64;
    is_large(searcher) && plan.effort(searcher.num_docs(), segments) >= PARALLEL_WORK
}

/// The index is large enough for several threads.
pub fn is_large(searcher: &Searcher) -> bool {
    searcher.num_docs() >= PARALLEL_FROM
}

/// The documents of a plan by segment, none that is deleted.
///
/// # Errors
/// Environment: the index cannot be read.
pub fn documents(searcher: &Searcher, plan: &Plan, as_of: Month) -> Result<Vec<Bits>> {
    let readers = searcher.segment_readers();
    let all = |(ord, reader): (usize, &SegmentReader)| all_of((ord as u32, reader), plan, as_of);
    let sets = match is_wide(searcher, plan) {
        true => readers.par_iter().enumerate().map(all).collect(),
        false => readers.iter().enumerate().map(all).collect::<tantivy::Result<_>>(),
    };
    sets.map_err(broken)
}

/// How many candidates a plan has.
pub fn count(searcher: &Searcher, plan: &Plan, as_of: Month) -> Result<u64> {
    Ok(matches(searcher, plan, Keep::nothing(false), as_of)?.total)
}

fn order(one: &Ranked, other: &Ranked, sort: Sort) -> Ordering {
    by_key(one, other, sort).then_with(|| one.id.cmp(&other.id))
}

fn by_key(one: &Ranked, other: &Ranked, sort: Sort) -> Ordering {
    one.key().compare(&other.key(), sort)
}

/// What orders a match, but for its id.
pub(super) struct Key<'a> {
    /// See [`Ranked`].
    pub value: Option<f64>,
    /// See [`Ranked`].
    pub name: Option<&'a str>,
    /// See [`Ranked`].
    pub score: f32,
}

impl Key<'_> {
    /// The better one is less.
    pub fn compare(&self, other: &Key<'_>, sort: Sort) -> Ordering {
        let turned = |order: Ordering| if sort.ascending { order } else { order.reverse() };
        let by_value = match sort.key {
            SortKey::Name => known_first(&self.name, &other.name, |one, other| turned(one.cmp(other))),
            _ => known_first(&self.value, &other.value, |one, other| turned(one.total_cmp(other))),
        };
        by_value.then(other.score.total_cmp(&self.score))
    }
}

impl Ranked {
    fn key(&self) -> Key<'_> {
        Key { value: self.value, name: self.name.as_deref(), score: self.score }
    }
}

pub(super) fn known_first<T>(one: &Option<T>, other: &Option<T>, compare: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => compare(one, other),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// The text of a number of a column.
///
/// # Errors
/// The index cannot be read.
pub fn text_of(column: Option<&StrColumn>, ord: u64) -> tantivy::Result<Option<String>> {
    let mut text = String::new();
    match column {
        Some(column) if column.ord_to_str(ord, &mut text)? => Ok(Some(text)),
        _ => Ok(None),
    }
}
