//! One term of a query on one segment. In: a [`Leaf`] (compiled words: alternatives in fields, with weights). Out: a cursor over
//! the documents that have any alternative, with points, named parts, and the entries (jobs, degrees) it stands in.

use super::columns::{LastUsed, RankColumns};
use super::rank;
use super::slots::Slots;
use super::spans::{self, Spans};
use crate::engine::near::Span;
use crate::engine::pattern::Pattern;
use crate::model::{FieldId, ScorePart};
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::schema::Field;
use tantivy::{DocId, TERMINATED};

/// A compiled term of the query.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// As printed: `title:lead`.
    pub name: String,
    /// Where and as what it can stand.
    pub branches: Vec<Branch>,
    /// `ln(1 + (N − n + ½) ÷ (n + ½))`.
    pub rarity: f32,
    /// `kafka^3`, `prefer:(…)^2`; 0 = filters only.
    pub boost: f32,
    /// Canonical names of the skills that the words stand for.
    pub skills: Vec<String>,
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
    /// What the multiples of the stride in its positions stand for.
    pub slots: SlotKind,
    /// The words are not those that were typed: `managed`.
    pub related: bool,
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

/// A leaf on one segment.
pub struct LeafCursor<'a> {
    leaf: &'a Leaf,
    open: Vec<OpenBranch<'a>>,
    doc: DocId,
    /// For [`rank::MAIN_TITLE`].
    ranking: Arc<RankColumns>,
    last_used: Option<LastUsed>,
    places: Vec<Span>,
}

struct OpenBranch<'a> {
    branch: &'a Branch,
    spans: Spans,
    lengths: Option<FieldNormReader>,
}

impl Leaf {
    /// Opens the leaf on a segment. `positions`: entries will be asked for. `ranking`: tells the main job.
    pub fn open<'a>(
        &'a self,
        reader: &SegmentReader,
        positions: bool,
        ranking: &Arc<RankColumns>,
    ) -> tantivy::Result<LeafCursor<'a>> {
        let mut open = Vec::with_capacity(self.branches.len());
        for branch in &self.branches {
            let scored = self.boost > 0.0;
            let main_title = scored && branch.field == FieldId::Title;
            let Some(spans) = spans::open(&branch.pattern, reader, branch.index_field, positions || main_title)? else {
                continue;
            };
            let lengths = if scored && branch.average > 0.0 {
                reader.fieldnorms_readers().get_field(branch.index_field)?
            } else {
                None
            };
            open.push(OpenBranch { branch, spans, lengths });
        }
        let doc = open.iter().map(|branch| branch.spans.doc()).min().unwrap_or(TERMINATED);
        let scored_skill = self.boost > 0.0 && !self.skills.is_empty();
        let last_used = if scored_skill { LastUsed::open(reader, &self.skills)? } else { None };
        Ok(LeafCursor { leaf: self, open, doc, ranking: ranking.clone(), last_used, places: Vec::new() })
    }
}

impl LeafCursor<'_> {
    /// The present document.
    pub fn doc(&self) -> DocId {
        self.doc
    }

    /// Upper bound of the number of documents.
    pub fn cost(&self) -> u64 {
        self.open.iter().map(|branch| branch.spans.cost()).sum()
    }

    /// Moves to the first document at or after `target`.
    pub fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        let mut least = TERMINATED;
        for branch in &mut self.open {
            least = least.min(branch.spans.seek(target));
        }
        self.doc = least;
        least
    }

    /// Points of the words in the present document, a multiple of [`rank::GRAIN`]. With [`LeafCursor::recency`] the sum of what
    /// [`LeafCursor::parts`] names.
    pub fn points(&mut self) -> f32 {
        let mut points = 0.0;
        self.share(|_, _, part| points += part);
        points
    }

    /// No document gets more points for recent use.
    pub fn recency_bound(&self) -> f32 {
        let most = || rank::grained(self.leaf.boost * self.leaf.rarity * rank::RECENCY);
        self.last_used.as_ref().map_or(0.0, |_| most())
    }

    /// Points for a skill that is in use, or was not long ago. Reads all skills of the document.
    pub fn recency(&mut self) -> f32 {
        let as_of = self.ranking.as_of();
        let age = self.last_used.as_ref().and_then(|column| column.age(self.doc, as_of));
        age.map_or(0.0, |months| {
            let halvings = months as f32 / rank::RECENCY_HALF_LIFE_MONTHS;
            rank::grained(self.leaf.boost * self.leaf.rarity * rank::RECENCY * 0.5f32.powf(halvings))
        })
    }

    /// The parts of [`LeafCursor::points`] and [`LeafCursor::recency`], one per alternative that stands in the document.
    pub fn parts(&mut self, out: &mut Vec<ScorePart>) {
        let Leaf { name, rarity, boost, .. } = self.leaf;
        self.share(|branch, occurrences, points| {
            let mut terms = Vec::new();
            branch.pattern.terms(&mut terms);
            let shown = if branch.related { format!(" as {}", terms.join(" ")) } else { String::new() };
            let boost = if *boost == 1.0 { String::new() } else { format!(" × boost {boost}") };
            let detail = format!("rarity {rarity:.2} × share of {occurrences:.2} weighted occurrences{boost}{shown}");
            out.push(ScorePart { name: name.clone(), field: Some(branch.field), points, detail });
        });
        let points = self.recency();
        if points > 0.0 {
            let age = self.last_used.as_ref().and_then(|column| column.age(self.doc, self.ranking.as_of()));
            let detail = format!(
                "rarity {rarity:.2} × {}, halved every {} months; last used {} months ago",
                rank::RECENCY,
                rank::RECENCY_HALF_LIFE_MONTHS,
                age.unwrap_or(0)
            );
            out.push(ScorePart { name: format!("recency of {name}"), field: None, points, detail });
        }
    }

    /// Computes the points of the present document and gives each alternative its share: `(branch, occurrences, points)`.
    fn share(&mut self, mut give: impl FnMut(&Branch, f32, f32)) {
        if self.leaf.boost <= 0.0 {
            return;
        }
        let doc = self.doc;
        let mut total = 0.0;
        // Few alternatives stand in one document: the small buffer is reused for all documents.
        let mut occurrences = [0f32; 32];
        for (at, open) in self.open.iter_mut().enumerate() {
            if open.spans.doc() == doc {
                let found = open.occurrences(doc, &self.ranking, &mut self.places);
                occurrences[at.min(31)] += found;
                total += found;
            }
        }
        if total <= 0.0 {
            return;
        }
        let per_occurrence = self.leaf.boost * self.leaf.rarity * rank::saturate(total) / total;
        for (at, open) in self.open.iter().enumerate().take(32) {
            if occurrences[at] > 0.0 {
                give(open.branch, occurrences[at], rank::grained(per_occurrence * occurrences[at]));
            }
        }
    }

    /// The entries of `kind` in which the leaf stands; the candidate has `jobs` jobs and `educations` education entries.
    pub fn entries(&mut self, kind: EntryKind, jobs: u32, educations: u32, out: &mut Slots) {
        for open in self.open.iter_mut().filter(|open| open.spans.doc() == self.doc) {
            self.places.clear();
            open.spans.places(&mut self.places);
            for place in &self.places {
                let slot = place.slot();
                let entry = match (kind, open.branch.slots) {
                    (EntryKind::Job, SlotKind::Job | SlotKind::Text) => Some(slot).filter(|slot| *slot < jobs),
                    (EntryKind::Education, SlotKind::Education) => Some(slot),
                    (EntryKind::Education, SlotKind::Text) => slot.checked_sub(jobs),
                    _ => None,
                };
                if let Some(entry) = entry.filter(|entry| kind == EntryKind::Job || *entry < educations) {
                    out.insert(entry);
                }
            }
        }
    }
}

impl OpenBranch<'_> {
    /// Weighted, length-normalised occurrences in the present document.
    fn occurrences(&mut self, doc: DocId, ranking: &RankColumns, places: &mut Vec<Span>) -> f32 {
        let branch = self.branch;
        let mut often = (self.spans.frequency() as f32).min(rank::MOST_OCCURRENCES) * branch.weight;
        if branch.field == FieldId::Title {
            places.clear();
            self.spans.places(places);
            let main_job = ranking.main_job(doc);
            if places.iter().any(|place| Some(place.slot()) == main_job) {
                often += rank::MAIN_TITLE * branch.weight / branch.field.row().boost.max(1.0);
            }
        }
        match &self.lengths {
            Some(lengths) => {
                let share = rank::length_share(branch.field);
                let length = lengths.fieldnorm(doc) as f32 / branch.average;
                often / (1.0 - share + share * length)
            }
            None => often,
        }
    }
}
