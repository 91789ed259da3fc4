//! The matches of one segment: their set, the best of them, the people of whom there are several documents. In: a plan, what to keep. Out:
//! [`Found`] in the segment, best ones without ids. Puts nothing together (`collect` does).

use super::algebra::Part;
use super::beside::BesideCursors;
use super::bits::Bits;
use super::collect::{Found, Keep, Least, Members, Ranked, known_first, text_of};
use super::columns::{Hundredths, Years, names};
use super::filter::Answers;
use super::marks::{Folds, Marks};
use super::most::{AT_ONCE, Best, Most};
use super::numbers::Numbers;
use super::plan::{Plan, Segment};
use super::versions::{Mark, Version};
use crate::engine::{Sort, SortKey};
use crate::model::Month;
use std::cmp::Ordering;
use std::sync::Arc;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentReader;
use tantivy::{DocAddress, DocId};

/// Matches that are collected before the best of them are chosen, if no more are to be kept: soon enough to know what is not worth a closer
/// look, seldom enough to cost nothing.
const ROOM: usize = 64;

/// From so many matches on it pays to look for the most promising ones first.
const MANY: u64 = 512;

/// So many of them at least.
const FIRST: usize = 32;

/// So many times as many the next time, as long as that is not half of all that are left.
const MORE: usize = 8;

/// A match; the id as a number orders like the id itself.
#[derive(Clone, Copy)]
struct Raw {
    value: Option<f64>,
    score: f32,
    id: i64,
    doc: DocId,
}

/// Counts and keeps the matches of one segment.
///
/// # Errors
/// The index cannot be read.
pub(super) fn in_segment(
    (ord, reader): (u32, &SegmentReader),
    plan: &Plan,
    keep: Keep<'_>,
    (as_of, marks): (Month, &Arc<Marks>),
    least: &Least,
) -> tantivy::Result<Found> {
    let segment = Segment::new((ord, reader), as_of).with(keep.warm);
    let mut part = plan.open(&segment)?;
    let sets = Sets::of(&mut part, reader, keep)?;
    if sets.base.is_empty() {
        let without = sets.without.iter().map(|_| Members::default()).collect();
        return Ok(Found { without, ..Found::default() });
    }
    let folds = segment.warm().folds(reader, marks)?;
    let members = Membership { ord, folded: folds.among(&sets.base), folds: &folds };
    let mut found = Found {
        matched: members.of(&sets.matched, keep.documents),
        unknown: sets.unknown.iter().map(|(at, set)| (*at, members.of(set, false))).collect(),
        without: sets.without.iter().map(|set| members.of(set, true)).collect(),
        ..Found::default()
    };
    if keep.best > 0 && !sets.matched.is_empty() {
        let mut walk = Walk::open(&segment, part, &sets.matched, (keep, !found.matched.marks.is_empty()), least)?;
        let mut ranked = sets.matched;
        if walk.is_by_id() {
            let mut alone = ranked.clone();
            alone.subtract(&members.folded);
            walk.take_by_id(&alone);
            ranked.intersect(&members.folded);
        }
        let mut bounds = walk.promising(&ranked, &members.folded)?.into_iter();
        for doc in ranked.iter() {
            let most = bounds.next().unwrap_or(f32::INFINITY);
            if most < least.get() {
                continue;
            }
            match members.folded.contains(doc) {
                true => found.versions.extend(walk.version(&folds, DocAddress::new(ord, doc))?),
                false => walk.rank(doc)?,
            }
        }
        walk.finish(ord, &mut found.best)?;
    }
    Ok(found)
}

/// The sets that are asked for of one segment; deleted documents are in none.
struct Sets {
    /// All others are parts of it.
    base: Bits,
    matched: Bits,
    unknown: Vec<(usize, Bits)>,
    without: Vec<Bits>,
}

impl Sets {
    /// Words and entries are looked at once, conditions on values once for those who are left; every set is made of these answers.
    fn of(part: &mut Part<'_>, reader: &SegmentReader, keep: Keep<'_>) -> tantivy::Result<Sets> {
        let is_split = keep.unknown || !keep.without.is_empty();
        let conditions = if is_split { part.take_conditions() } else { Vec::new() };
        let base = living_within(part, reader)?;
        let mut answers: Vec<Answers> = Vec::with_capacity(conditions.len());
        let mut open = base.clone();
        for condition in &conditions {
            let found = condition.answers(&open)?;
            if keep.without.is_empty() {
                // Who does not satisfy one of them is in no set that is made here.
                open.intersect(&found.not_no());
            }
            answers.push(found);
        }
        let passing: Vec<Bits> =
            conditions.iter().zip(&answers).map(|(condition, answers)| condition.passing(answers)).collect();
        // All clauses but the conditions at these places.
        let without = |left_out: &[usize]| {
            let mut set = base.clone();
            let kept = conditions.iter().zip(&passing).filter(|(condition, _)| !left_out.contains(&condition.at));
            kept.for_each(|(_, passing)| set.intersect(passing));
            set
        };
        let matched = without(&[]);
        let mut unknown = Vec::new();
        for (condition, answers) in conditions.iter().zip(&answers) {
            if keep.unknown && !condition.filter.or_unknown {
                let mut set = without(&[condition.at]);
                set.intersect(&answers.unknown);
                unknown.push((condition.at, set));
            }
        }
        let without = keep.without.iter().map(|left_out| without(left_out)).collect();
        Ok(Sets { matched, unknown, without, base })
    }
}

/// The documents of one segment that satisfy a plan, none that is deleted.
///
/// # Errors
/// The index cannot be read.
pub fn all_of((ord, reader): (u32, &SegmentReader), plan: &Plan, as_of: Month) -> tantivy::Result<Bits> {
    let segment = Segment::new((ord, reader), as_of);
    living_within(&mut plan.open(&segment)?, reader)
}

/// The documents of a segment that a part holds, none that is deleted.
fn living_within(part: &mut Part<'_>, reader: &SegmentReader) -> tantivy::Result<Bits> {
    let all = Bits::all(reader.max_doc());
    match part.is_broad() {
        true => part.within(living(all, reader)),
        false => Ok(living(part.within(all)?, reader)),
    }
}

/// Those that are not deleted.
pub(super) fn living(mut documents: Bits, reader: &SegmentReader) -> Bits {
    if let Some(alive) = reader.alive_bitset() {
        documents.intersect(&Bits::alive(alive, documents.end()));
    }
    documents
}

/// Tells a person's only document from others.
struct Membership<'a> {
    ord: u32,
    folded: Bits,
    folds: &'a Folds,
}

impl Membership<'_> {
    fn of(&self, set: &Bits, documents: bool) -> Members {
        let mut folded = self.folded.clone();
        folded.intersect(set);
        let mark = |doc| self.folds.person(doc).map(|person| Mark { person, at: (self.ord, doc) });
        let mut marks: Vec<Mark> = folded.iter().filter_map(mark).collect();
        marks.sort_unstable();
        let documents = if documents { set.iter().collect() } else { Vec::new() };
        Members { alone: set.count() - marks.len() as u64, marks, documents }
    }
}

/// The way through the matches of one segment.
struct Walk<'a> {
    keep: Keep<'a>,
    part: Part<'a>,
    beside: Option<BesideCursors<'a>>,
    values: Values,
    ids: Numbers,
    updated: Numbers,
    /// Least score that still counts; known as soon as there are more matches than are kept.
    least: &'a Least,
    raw: Vec<Raw>,
    /// Of the segment's matches so many are better that whoever comes after it cannot be among the best.
    worst: Option<Raw>,
}

impl<'a> Walk<'a> {
    fn open(
        segment: &Segment<'a>,
        mut part: Part<'a>,
        matched: &Bits,
        (keep, has_versions): (Keep<'a>, bool),
        least: &'a Least,
    ) -> tantivy::Result<Walk<'a>> {
        let reader = segment.reader;
        if !part.is_silent() {
            part.prepare(matched)?;
        }
        let beside = keep.beside.map(|(field, pairs)| BesideCursors::new(pairs, (segment.ord, reader), field));
        Ok(Walk {
            keep,
            part,
            beside,
            values: Values::open(segment, keep.sort.key)?,
            ids: segment.numbers("number", 0)?,
            updated: if has_versions { Numbers::open(reader, "updated")? } else { Numbers::missing() },
            least,
            raw: Vec::new(),
            worst: None,
        })
    }

    /// Nobody gets points, so that the order is that of the ids.
    fn is_by_id(&self) -> bool {
        self.keep.sort.key == SortKey::Score && self.beside.is_none() && self.part.is_silent()
    }

    /// Takes documents that are their person's only ones, when the order is that of the ids. Their numbers are decoded at once.
    fn take_by_id(&mut self, documents: &Bits) {
        let numbers = self.ids.clone().for_many(documents.count(), documents.end());
        let mut worst = i64::MAX;
        for doc in documents.iter() {
            let id = numbers.first(doc).unwrap_or_default();
            if id > worst {
                continue;
            }
            self.raw.push(Raw { value: Some(0.0), score: 0.0, id, doc });
            if self.raw.len() >= self.keep.best.saturating_mul(2).max(ROOM) {
                cut(&mut self.raw, self.keep);
                worst = self.raw.iter().map(|one| one.id).max().unwrap_or(i64::MAX);
            }
        }
    }

    /// Takes the documents first that may get the most points, so that few of the others need a closer look. Answers what each document of
    /// `matched` cannot exceed, and nothing for one that was taken; no bounds where there is nothing to gain.
    fn promising(&mut self, matched: &Bits, folded: &Bits) -> tantivy::Result<Vec<f32>> {
        let first = self.keep.best.max(FIRST);
        let by_score = self.keep.sort.key == SortKey::Score && !self.keep.sort.ascending;
        if !by_score || !self.part.has_sums() || matched.count() < MANY.max((first as u64).saturating_mul(4)) {
            return Ok(Vec::new());
        }
        let documents: Vec<DocId> = matched.iter().collect();
        let mut bounds: Vec<f32> = Vec::with_capacity(documents.len());
        for docs in documents.chunks(AT_ONCE) {
            let mut most = Most::NOTHING;
            self.part.most(docs, &mut most);
            if let Some(beside) = &self.beside {
                beside.most(docs, &mut most);
            }
            bounds.extend((0..docs.len()).map(|at| most.words[at] + most.recency[at]));
        }
        let mut best = Best::of(first);
        let alone = |(_, doc): &(usize, DocId)| !folded.contains(*doc);
        documents.iter().copied().enumerate().filter(alone).for_each(|(at, doc)| best.offer(bounds[at], at, doc));
        let mut many = first;
        loop {
            for (at, doc) in best.rising() {
                // Those of the segments before may be better already.
                if bounds[at] >= self.least.get() {
                    self.rank(doc)?;
                }
                bounds[at] = f32::NEG_INFINITY;
            }
            cut(&mut self.raw, self.keep);
            self.least.raise(least_kept(&self.raw, self.keep));
            self.part.restart()?;
            self.beside.iter_mut().for_each(BesideCursors::restart);
            // Where few of those have what lifts others (words side by side), the next ones tell more than all in their order.
            let least = self.least.get();
            many = many.saturating_mul(MORE);
            let open = bounds.iter().filter(|most| **most >= least).count();
            if open < many.saturating_mul(2) {
                return Ok(bounds);
            }
            best = Best::of(many);
            let left = documents.iter().copied().enumerate().filter(|(at, _)| bounds[*at] >= least);
            left.filter(alone).for_each(|(at, doc)| best.offer(bounds[at], at, doc));
        }
    }

    /// Takes a person's only document.
    fn rank(&mut self, doc: DocId) -> tantivy::Result<()> {
        let Some(score) = self.score(doc)? else { return Ok(()) };
        let value = self.values.of(doc, score);
        let id = self.ids.first(doc).unwrap_or_default();
        let raw = Raw { value, score, id, doc };
        if self.worst.as_ref().is_some_and(|worst| compare(&raw, worst, self.keep.sort) == Ordering::Greater) {
            return Ok(());
        }
        self.raw.push(raw);
        if self.raw.len() >= self.keep.best.saturating_mul(2).max(ROOM) {
            cut(&mut self.raw, self.keep);
            self.least.raise(least_kept(&self.raw, self.keep));
            self.worst = self.raw.iter().max_by(|one, other| compare(one, other, self.keep.sort)).copied();
        }
        Ok(())
    }

    /// One of several documents of a person; none when it cannot be among the best.
    fn version(&mut self, folds: &Folds, address: DocAddress) -> tantivy::Result<Option<Version>> {
        let doc = address.doc_id;
        let Some(score) = self.score(doc)? else { return Ok(None) };
        let Some((person, own)) = folds.of(doc) else { return Ok(None) };
        let updated = self.updated.first(doc).unwrap_or_default();
        let value = self.values.of(doc, score);
        let name = self.values.name(value)?;
        Ok(Some(Version { person, own, updated, value, name, score, address }))
    }

    /// The points of a document; none when it cannot be among the best. Neighbours are looked at before titles and recent use: they are the
    /// larger part of what a document could gain, and most documents have none.
    fn score(&mut self, doc: DocId) -> tantivy::Result<Option<f32>> {
        let least = self.least.get();
        let recency_bound = self.part.recency_bound(doc);
        let most = self.part.bound(doc) + recency_bound;
        let beside = match &mut self.beside {
            Some(beside) => beside.points(doc, most, least)?,
            None => (most >= least).then_some(0.0),
        };
        let Some(beside) = beside else { return Ok(None) };
        let points = self.part.points(doc)?;
        if points + recency_bound + beside < least {
            return Ok(None);
        }
        Ok(Some(points + (self.part.recency(doc)? + beside)))
    }

    fn finish(mut self, ord: u32, best: &mut Vec<Ranked>) -> tantivy::Result<()> {
        cut(&mut self.raw, self.keep);
        for Raw { value, score, doc, .. } in self.raw {
            let (id, name) = (String::new(), self.values.name(value)?);
            let address = DocAddress::new(ord, doc);
            best.push(Ranked { value, name, score, id, address, person: None, versions: Vec::new() });
        }
        Ok(())
    }
}

/// Keeps the best.
fn cut(raw: &mut Vec<Raw>, keep: Keep<'_>) {
    if raw.len() > keep.best {
        raw.select_nth_unstable_by(keep.best, |one, other| compare(one, other, keep.sort));
        raw.truncate(keep.best);
    }
}

/// The better one is less. Within a segment the number of a name orders like its text.
fn compare(one: &Raw, other: &Raw, sort: Sort) -> Ordering {
    let turned = |order: Ordering| if sort.ascending { order } else { order.reverse() };
    known_first(&one.value, &other.value, |one, other| turned(one.total_cmp(other)))
        .then(other.score.total_cmp(&one.score))
        .then(one.id.cmp(&other.id))
}

/// The least score among those kept; none can be told apart by it in another order.
fn least_kept(raw: &[Raw], keep: Keep<'_>) -> f32 {
    if keep.sort.key != SortKey::Score || keep.sort.ascending || raw.len() < keep.best {
        return 0.0;
    }
    raw.iter().map(|one| one.score).fold(f32::INFINITY, f32::min)
}

/// The values that hits are sorted by.
enum Values {
    Score,
    Years(Years),
    Numbers(Numbers),
    Grades(Hundredths),
    Names(Option<StrColumn>),
}

impl Values {
    fn open(segment: &Segment<'_>, key: SortKey) -> tantivy::Result<Values> {
        let reader = segment.reader;
        Ok(match key {
            SortKey::Score => Values::Score,
            SortKey::Years => Values::Years(Years::open(segment, 0)?),
            SortKey::Graduated => Values::Numbers(Numbers::open(reader, "graduated_hi")?),
            SortKey::Updated => Values::Numbers(Numbers::open(reader, "updated")?),
            SortKey::Gpa => Values::Grades(Hundredths::open(reader, "gpa")?),
            SortKey::Name => Values::Names(names(reader, "name_sort")?),
        })
    }

    /// The name that a value stands for, in the order by name.
    fn name(&self, value: Option<f64>) -> tantivy::Result<Option<String>> {
        match (self, value) {
            (Values::Names(names), Some(number)) => text_of(names.as_ref(), number as u64),
            _ => Ok(None),
        }
    }

    fn of(&self, doc: DocId, score: f32) -> Option<f64> {
        match self {
            Values::Score => Some(f64::from(score)),
            Values::Years(years) => years.of(doc),
            Values::Numbers(numbers) => numbers.all(doc).max().map(|value| value as f64),
            Values::Grades(grades) => grades.all(doc).max_by(f64::total_cmp),
            Values::Names(names) => names.as_ref()?.ords().first(doc).map(|ord| ord as f64),
        }
    }
}
