//! Walks the matches of a plan: counts them, keeps the best, remembers which documents they are. In: a plan, an order. Out:
//! [`Matches`], the same for any number of threads and segments: order is total (value, score, id).

use super::beside::{Beside, BesideCursors};
use super::columns::{Fractions, Numbers, Years, names};
use super::cursor::Cursor;
use super::expand::broken;
use super::plan::{Plan, Segment};
use super::shared::Folds;
use super::versions::{self, Version};
use crate::engine::{Sort, SortKey};
use crate::error::Result;
use crate::model::Month;
use rayon::prelude::*;
use std::cmp::Ordering;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentReader;
use tantivy::schema::Field;
use tantivy::{DocAddress, DocId, Searcher, TERMINATED};

/// Indexes with fewer documents are searched on one thread: starting others costs more.
const PARALLEL_FROM: u64 = 20_000;

/// Matches that are collected before the best of them are chosen, if no more are to be kept: soon enough to know what is not worth a closer
/// look, seldom enough to cost nothing.
const ROOM: usize = 64;

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
    /// Matches of people with several documents, before they are put together.
    pub(super) versions: Vec<Version>,
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
    /// Id of the document.
    pub id: String,
    /// Where it is.
    pub address: DocAddress,
    /// Ids of all matching documents of the person, this one first; empty when the person has no other document.
    pub versions: Vec<String>,
}

/// Counts and keeps the matches of `plan`.
pub fn matches(searcher: &Searcher, plan: &Plan, keep: Keep<'_>, as_of: Month) -> Result<Matches> {
    let readers = searcher.segment_readers();
    let walk = |(ord, reader): (usize, &SegmentReader)| in_segment(ord as u32, reader, plan, keep, as_of);
    let parts: tantivy::Result<Vec<Matches>> = if is_large(searcher) {
        readers.par_iter().enumerate().map(walk).collect()
    } else {
        readers.iter().enumerate().map(walk).collect()
    };
    let mut all = Matches::default();
    for part in parts.map_err(broken)? {
        all.total += part.total;
        all.best.extend(part.best);
        all.documents.by_segment.extend(part.documents.by_segment);
        all.versions.extend(part.versions);
    }
    versions::join(&mut all, keep);
    all.best.sort_by(|one, other| order(one, other, keep.sort));
    all.best.truncate(keep.best);
    Ok(all)
}

/// The index is large enough for several threads.
pub fn is_large(searcher: &Searcher) -> bool {
    searcher.num_docs() >= PARALLEL_FROM
}

/// How many candidates a plan has.
pub fn count(searcher: &Searcher, plan: &Plan, as_of: Month) -> Result<u64> {
    let sort = Sort { key: SortKey::Score, ascending: false };
    Ok(matches(searcher, plan, Keep { best: 0, sort, documents: false, beside: None }, as_of)?.total)
}

pub(super) fn order(one: &Ranked, other: &Ranked, sort: Sort) -> Ordering {
    let turned = |order: Ordering| if sort.ascending { order } else { order.reverse() };
    let by_value = match sort.key {
        SortKey::Name => known_first(&one.name, &other.name, |one, other| turned(one.cmp(other))),
        _ => known_first(&one.value, &other.value, |one, other| turned(one.total_cmp(other))),
    };
    by_value.then(other.score.total_cmp(&one.score)).then_with(|| one.id.cmp(&other.id))
}

fn known_first<T>(one: &Option<T>, other: &Option<T>, compare: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => compare(one, other),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// A match before its id is looked up: the number of the id in the column orders like the id itself.
struct Raw {
    value: Option<f64>,
    score: f32,
    id: u64,
    doc: DocId,
}

fn in_segment(ord: u32, reader: &SegmentReader, plan: &Plan, keep: Keep<'_>, as_of: Month) -> tantivy::Result<Matches> {
    let mut walk = Walk::open(reader, plan, keep, as_of)?;
    while walk.cursor.doc() != TERMINATED {
        let doc = walk.cursor.doc();
        if !reader.is_deleted(doc) {
            walk.take(DocAddress::new(ord, doc))?;
        }
        walk.cursor.advance();
    }
    walk.finish(ord)
}

/// The way through the matches of one segment.
struct Walk<'a> {
    keep: Keep<'a>,
    cursor: Cursor<'a>,
    beside: Option<BesideCursors<'a>>,
    values: Values,
    ids: Option<StrColumn>,
    folds: Folds,
    updated: Numbers,
    /// Most points that [`Walk::extra`] can give.
    bound: f32,
    /// Least score that still counts; known as soon as there are more matches than are kept.
    least: f32,
    raw: Vec<Raw>,
    documents: Vec<DocId>,
    found: Matches,
}

impl<'a> Walk<'a> {
    fn open(reader: &SegmentReader, plan: &'a Plan, keep: Keep<'a>, as_of: Month) -> tantivy::Result<Walk<'a>> {
        let cursor = plan.open(&Segment::open(reader, as_of)?)?;
        let beside = match keep.beside {
            Some((field, pairs)) if keep.best > 0 => Some(BesideCursors::open(pairs, reader, field)?),
            _ => None,
        };
        let bound = cursor.recency_bound() + beside.as_ref().map_or(0.0, BesideCursors::bound);
        let (raw, documents, found) = Default::default();
        Ok(Walk {
            keep,
            cursor,
            beside,
            values: Values::open(reader, keep.sort.key, as_of)?,
            ids: names(reader, "id")?,
            folds: Folds::open(reader)?,
            updated: Numbers::open(reader, "updated")?,
            bound,
            least: f32::NEG_INFINITY,
            raw,
            documents,
            found,
        })
    }

    /// Takes the present document.
    fn take(&mut self, address: DocAddress) -> tantivy::Result<()> {
        let doc = address.doc_id;
        if self.keep.documents {
            self.documents.push(doc);
        }
        if let Some((person, own)) = self.folds.of(doc) {
            let score = if self.keep.best > 0 { self.cursor.points() + self.extra(doc) } else { 0.0 };
            let value = if self.keep.best > 0 { self.values.of(doc, score) } else { None };
            let (name, updated) = (self.values.name(value)?, self.updated.first(doc).unwrap_or_default());
            self.found.versions.push(Version { person, own, updated, value, name, score, address });
            return Ok(());
        }
        self.found.total += 1;
        if self.keep.best > 0 {
            self.rank(doc);
        }
        Ok(())
    }

    fn rank(&mut self, doc: DocId) {
        let points = self.cursor.points();
        if points + self.bound < self.least {
            return;
        }
        let score = points + self.extra(doc);
        let value = self.values.of(doc, score);
        let id = self.ids.as_ref().and_then(|ids| ids.ords().first(doc)).unwrap_or(u64::from(doc));
        self.raw.push(Raw { value, score, id, doc });
        if self.raw.len() >= self.keep.best.saturating_mul(2).max(ROOM) {
            cut(&mut self.raw, self.keep);
            self.least = least_kept(&self.raw, self.keep);
        }
    }

    /// Points that cost more to find, asked only of those whom they could lift among the best.
    fn extra(&mut self, doc: DocId) -> f32 {
        self.cursor.recency() + self.beside.as_mut().map_or(0.0, |beside| beside.points(doc))
    }

    fn finish(mut self, ord: u32) -> tantivy::Result<Matches> {
        cut(&mut self.raw, self.keep);
        self.found.documents.by_segment.push(self.documents);
        for Raw { value, score, id, doc } in self.raw {
            let id = text_of(self.ids.as_ref(), id)?.unwrap_or_else(|| doc.to_string());
            let name = self.values.name(value)?;
            let address = DocAddress::new(ord, doc);
            self.found.best.push(Ranked { value, name, score, id, address, versions: Vec::new() });
        }
        Ok(self.found)
    }
}

/// Keeps the best; within a segment the number of a name or id orders like its text.
fn cut(raw: &mut Vec<Raw>, keep: Keep<'_>) {
    if raw.len() <= keep.best {
        return;
    }
    let compare = |one: &Raw, other: &Raw| {
        let turned = |order: Ordering| if keep.sort.ascending { order } else { order.reverse() };
        known_first(&one.value, &other.value, |one, other| turned(one.total_cmp(other)))
            .then(other.score.total_cmp(&one.score))
            .then(one.id.cmp(&other.id))
    };
    raw.select_nth_unstable_by(keep.best, compare);
    raw.truncate(keep.best);
}

/// The least score among those kept; none can be told apart by it in another order.
fn least_kept(raw: &[Raw], keep: Keep<'_>) -> f32 {
    if keep.sort.key != SortKey::Score || keep.sort.ascending || raw.len() < keep.best {
        return f32::NEG_INFINITY;
    }
    raw.iter().map(|one| one.score).fold(f32::INFINITY, f32::min)
}

fn text_of(column: Option<&StrColumn>, ord: u64) -> tantivy::Result<Option<String>> {
    let mut text = String::new();
    match column {
        Some(column) if column.ord_to_str(ord, &mut text)? => Ok(Some(text)),
        _ => Ok(None),
    }
}

/// The values that hits are sorted by.
struct Values {
    key: SortKey,
    years: Years,
    numbers: Numbers,
    fractions: Fractions,
    names: Option<StrColumn>,
}

impl Values {
    fn open(reader: &SegmentReader, key: SortKey, as_of: Month) -> tantivy::Result<Values> {
        let column = match key {
            SortKey::Graduated => "graduated_hi",
            _ => "updated",
        };
        Ok(Values {
            key,
            years: Years::open(reader, as_of)?,
            numbers: Numbers::open(reader, column)?,
            fractions: Fractions::open(reader, "gpa")?,
            names: names(reader, "name_sort")?,
        })
    }

    /// The name that a value stands for, in the order by name.
    fn name(&self, value: Option<f64>) -> tantivy::Result<Option<String>> {
        match (self.key, value) {
            (SortKey::Name, Some(number)) => text_of(self.names.as_ref(), number as u64),
            _ => Ok(None),
        }
    }

    fn of(&self, doc: DocId, score: f32) -> Option<f64> {
        match self.key {
            SortKey::Score => Some(f64::from(score)),
            SortKey::Years => self.years.of(doc),
            SortKey::Graduated | SortKey::Updated => self.numbers.all(doc).max().map(|value| value as f64),
            SortKey::Gpa => self.fractions.all(doc).max_by(f64::total_cmp),
            SortKey::Name => self.names.as_ref()?.ords().first(doc).map(|ord| ord as f64),
        }
    }
}
