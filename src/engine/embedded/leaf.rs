//! One term of a query on one segment. In: a [`Leaf`] (compiled words: alternatives in fields, with weights). Out: the set of the
//! documents that have any alternative; of single documents points, named parts, and the entries (jobs, degrees) it stands in.

use super::bits::Bits;
use super::columns::SkillColumns;
use super::entries::Entries;
use super::located::Located;
use super::plan::Segment;
use super::rank;
use super::slots::Slots;
use super::spans::Spans;
use crate::engine::near::Span;
use crate::engine::pattern::Pattern;
use crate::model::{FieldId, ScorePart};
use std::sync::Arc;
use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;

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
    /// Documents in the posting lists of all alternatives together.
    pub postings: u64,
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
    /// By segment: the documents, deleted ones too, if they had to be found to count them (phrases, nearness).
    pub listed: Option<Arc<Vec<Bits>>>,
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

/// A leaf on one segment: first a set, then points of single documents.
pub struct LeafCursor<'a> {
    leaf: &'a Leaf,
    open: Vec<OpenBranch<'a>>,
    segment: &'a Segment<'a>,
    /// Entries will be asked for.
    positions: bool,
    /// All documents that have any alternative, if they had to be listed.
    all: Option<Bits>,
    /// Opened for the first document that is asked for recent use; none inside: nobody in the segment has the skill.
    last_used: Option<Option<LastUsed>>,
    places: Vec<Span>,
}

struct OpenBranch<'a> {
    branch: &'a Branch,
    located: Located,
    /// See [`Branch::listed`].
    listed: Option<&'a Bits>,
    spans: Option<Spans>,
    /// The same with positions, opened for the first document whose titles are looked at.
    titles: Option<Spans>,
    /// Tells the entries of its field apart, where they are asked for.
    entries: Option<Entries>,
    lengths: Option<Lengths>,
    /// It stands in the present document.
    here: bool,
}

/// When the skills of the words were last used.
struct LastUsed {
    columns: Arc<SkillColumns>,
    /// Numbers of the skills in the column of names.
    wanted: Vec<u64>,
}

/// What the lengths of a field take from occurrences.
struct Lengths {
    reader: FieldNormReader,
    /// By the code of a length.
    divisors: Vec<f32>,
}

/// A document is asked for in a posting list at the price of so many that are listed: it takes a jump and the decoding of a block of 128.
const ASKED: u64 = 16;

impl Leaf {
    /// Looks the leaf up in a segment. `positions`: entries will be asked for.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn open<'a>(&'a self, segment: &'a Segment<'a>, positions: bool) -> tantivy::Result<LeafCursor<'a>> {
        let mut open = Vec::with_capacity(self.branches.len());
        for branch in &self.branches {
            if let Some(located) = Located::find(&branch.pattern, segment.reader, branch.index_field)? {
                let listed = branch.listed.as_ref().and_then(|listed| listed.get(segment.ord as usize));
                open.push(OpenBranch {
                    branch,
                    located,
                    listed,
                    spans: None,
                    titles: None,
                    entries: None,
                    lengths: None,
                    here: false,
                });
            }
        }
        Ok(LeafCursor { leaf: self, open, segment, positions, all: None, last_used: None, places: Vec::new() })
    }
}

impl LeafCursor<'_> {
    /// Upper bound of the number of documents.
    pub fn cost(&self) -> u64 {
        self.open.iter().map(|open| open.listed.map_or_else(|| open.located.cost(), Bits::count)).sum()
    }

    /// Those of `documents` that have any alternative.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn within(&mut self, mut documents: Bits) -> tantivy::Result<Bits> {
        let is_short = self.cost() <= documents.count().saturating_mul(ASKED);
        if is_short || self.open.iter().any(|open| open.listed.is_none() && !open.located.can_be_asked()) {
            let mut found = Bits::none(documents.end());
            for branch in &self.open {
                match branch.listed {
                    Some(listed) => found.unite(listed),
                    None => branch.located.fill(&mut found)?,
                }
            }
            documents.intersect(&found);
            self.all = Some(found);
            return Ok(documents);
        }
        self.rewind();
        documents.try_retain(|doc| self.has(doc))?;
        Ok(documents)
    }

    /// Documents will be asked for from the first one on.
    pub fn rewind(&mut self) {
        self.open.iter_mut().for_each(|branch| (branch.spans, branch.entries) = (None, None));
    }

    /// Whether any alternative stands in a document; documents are asked for in rising order.
    fn has(&mut self, doc: DocId) -> tantivy::Result<bool> {
        for branch in &mut self.open {
            let is_here = match branch.listed {
                Some(listed) => listed.contains(doc),
                None => branch.cursor(self.positions)?.has(doc),
            };
            if is_here {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Opens what points are made of, for the documents of `matched`.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn prepare(&mut self, matched: &Bits) -> tantivy::Result<()> {
        if self.leaf.boost <= 0.0 {
            return Ok(());
        }
        for open in &mut self.open {
            let branch = open.branch;
            open.spans = Some(open.located.open_among(matched)?);
            if branch.average > 0.0 {
                let reader = self.segment.reader.fieldnorms_readers().get_field(branch.index_field)?;
                open.lengths = reader.map(|reader| Lengths::of(reader, branch));
            }
        }
        Ok(())
    }

    /// Moves to a document and answers what its points cannot exceed, for less than [`LeafCursor::points`] costs: no positions are read.
    pub fn bound(&mut self, doc: DocId) -> f32 {
        let mut most = 0.0;
        if self.all.as_ref().is_some_and(|all| !all.contains(doc)) {
            // One of the choices of an OR that others made a match.
            self.open.iter_mut().for_each(|open| open.here = false);
            return most;
        }
        for open in &mut self.open {
            let can_be = open.listed.is_none_or(|listed| listed.contains(doc));
            open.here = can_be && open.spans.as_mut().is_some_and(|spans| spans.has(doc));
            if open.here {
                let often = open.often() + if open.branch.field == FieldId::Title { open.main_title() } else { 0.0 };
                most += open.share_of_length(doc, often);
            }
        }
        if most <= 0.0 {
            return 0.0;
        }
        // Every alternative's share is rounded for itself.
        let rounding = rank::GRAIN * (self.open.len() + 1) as f32;
        self.leaf.boost * self.leaf.rarity * rank::saturate(most) + rounding
    }

    /// Points of the words in the document of the last [`LeafCursor::bound`], a multiple of [`rank::GRAIN`]. With
    /// [`LeafCursor::recency`] the sum of what [`LeafCursor::parts`] names.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn points(&mut self, doc: DocId) -> tantivy::Result<f32> {
        let mut points = 0.0;
        self.share(doc, |_, _, part| points += part)?;
        Ok(points)
    }

    /// No document gets more points for recent use.
    pub fn recency_bound(&self) -> f32 {
        if self.leaf.boost <= 0.0 || self.leaf.skills.is_empty() {
            return 0.0;
        }
        rank::grained(self.leaf.boost * self.leaf.rarity * rank::RECENCY)
    }

    /// Points for a skill that is in use, or was not long ago. Reads all skills of the document.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn recency(&mut self, doc: DocId) -> tantivy::Result<f32> {
        Ok(self.age(doc)?.map_or(0.0, |months| {
            let halvings = months as f32 / rank::RECENCY_HALF_LIFE_MONTHS;
            rank::grained(self.leaf.boost * self.leaf.rarity * rank::RECENCY * 0.5f32.powf(halvings))
        }))
    }

    /// Months since the skill was used, if the words stand in the document.
    fn age(&mut self, doc: DocId) -> tantivy::Result<Option<i64>> {
        let is_here = self.open.iter().any(|open| open.here);
        if !is_here || self.leaf.boost <= 0.0 || self.leaf.skills.is_empty() {
            return Ok(None);
        }
        let column = match self.last_used.take() {
            Some(column) => column,
            None => LastUsed::open(self.segment, &self.leaf.skills)?,
        };
        Ok(self.last_used.insert(column).as_ref().and_then(|column| column.age(doc, self.segment)))
    }

    /// The parts of [`LeafCursor::points`], one per alternative that stands in the document.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn parts(&mut self, doc: DocId, out: &mut Vec<ScorePart>) -> tantivy::Result<()> {
        let Leaf { name, rarity, boost, .. } = self.leaf;
        self.share(doc, |branch, occurrences, points| {
            let mut terms = Vec::new();
            branch.pattern.terms(&mut terms);
            let shown = if branch.related { format!(" as {}", terms.join(" ")) } else { String::new() };
            let boost = if *boost == 1.0 { String::new() } else { format!(" × boost {boost}") };
            let detail = format!("rarity {rarity:.2} × share of {occurrences:.2} weighted occurrences{boost}{shown}");
            out.push(ScorePart { name: name.clone(), field: Some(branch.field), points, detail });
        })
    }

    /// The part that [`LeafCursor::recency`] is.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn recency_part(&mut self, doc: DocId, out: &mut Vec<ScorePart>) -> tantivy::Result<()> {
        let Leaf { name, rarity, .. } = self.leaf;
        let points = self.recency(doc)?;
        if points > 0.0 {
            let detail = format!(
                "rarity {rarity:.2} × {}, halved every {} months; last used {} months ago",
                rank::RECENCY,
                rank::RECENCY_HALF_LIFE_MONTHS,
                self.age(doc)?.unwrap_or(0)
            );
            out.push(ScorePart { name: format!("recency of {name}"), field: None, points, detail });
        }
        Ok(())
    }

    /// Computes the points of a document and gives each alternative its share: `(branch, occurrences, points)`.
    fn share(&mut self, doc: DocId, mut give: impl FnMut(&Branch, f32, f32)) -> tantivy::Result<()> {
        if self.leaf.boost <= 0.0 {
            return Ok(());
        }
        let mut total = 0.0;
        // Few alternatives stand in one document: the small buffer is reused for all documents.
        let mut occurrences = [0f32; 32];
        for (at, open) in self.open.iter_mut().enumerate() {
            if open.here {
                let found = open.occurrences(doc, self.segment, &mut self.places)?;
                occurrences[at.min(31)] += found;
                total += found;
            }
        }
        if total <= 0.0 {
            return Ok(());
        }
        let per_occurrence = self.leaf.boost * self.leaf.rarity * rank::saturate(total) / total;
        for (at, open) in self.open.iter().enumerate().take(32) {
            if occurrences[at] > 0.0 {
                give(open.branch, occurrences[at], rank::grained(per_occurrence * occurrences[at]));
            }
        }
        Ok(())
    }

    /// The entries of `kind` in which the leaf stands in a document; the candidate has `jobs` jobs and `educations` education entries.
    /// Documents are asked for in rising order.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn entries(
        &mut self,
        doc: DocId,
        kind: EntryKind,
        (jobs, educations): (u32, u32),
        out: &mut Slots,
    ) -> tantivy::Result<()> {
        for open in &mut self.open {
            let branch = open.branch;
            let spans = open.cursor(self.positions)?;
            if !spans.has(doc) {
                continue;
            }
            self.places.clear();
            spans.places(&mut self.places);
            let entries = match open.entries.take() {
                Some(entries) => entries,
                None => open.located.entries()?,
            };
            let walls = open.entries.insert(entries).of(doc);
            for place in &self.places {
                let slot = walls.slot(place.start);
                let entry = match (kind, branch.slots) {
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
        Ok(())
    }
}

impl OpenBranch<'_> {
    /// The cursor, opened when it is first needed.
    fn cursor(&mut self, positions: bool) -> tantivy::Result<&mut Spans> {
        let spans = match self.spans.take() {
            Some(spans) => spans,
            None => self.located.open(positions)?,
        };
        Ok(self.spans.insert(spans))
    }

    /// Weighted occurrences in the present document.
    fn often(&mut self) -> f32 {
        let frequency = self.spans.as_mut().map_or(0, Spans::frequency);
        (frequency as f32).min(rank::MOST_OCCURRENCES) * self.branch.weight
    }

    /// What a title gains when it is that of the main job.
    fn main_title(&self) -> f32 {
        rank::MAIN_TITLE * self.branch.weight / self.branch.field.row().boost.max(1.0)
    }

    /// Occurrences by the length of the field.
    fn share_of_length(&self, doc: DocId, often: f32) -> f32 {
        self.lengths.as_ref().map_or(often, |lengths| often / lengths.divisor(doc))
    }

    /// Weighted, length-normalised occurrences in the present document.
    fn occurrences(&mut self, doc: DocId, segment: &Segment<'_>, places: &mut Vec<Span>) -> tantivy::Result<f32> {
        let mut often = self.often();
        if self.branch.field == FieldId::Title {
            let titles = match self.titles.take() {
                Some(titles) => titles,
                None => self.located.open(true)?,
            };
            let titles = self.titles.insert(titles);
            places.clear();
            if titles.has(doc) {
                titles.places(places);
            }
            let main_job = segment.ranking()?.main_job(doc);
            let entries = match self.entries.take() {
                Some(entries) => entries,
                None => self.located.entries()?,
            };
            let walls = self.entries.insert(entries).of(doc);
            if places.iter().any(|place| Some(walls.slot(place.start)) == main_job) {
                often += self.main_title();
            }
        }
        Ok(self.share_of_length(doc, often))
    }
}

impl LastUsed {
    /// None when nobody in the segment has one of the skills, by canonical name.
    fn open(segment: &Segment<'_>, skills: &[String]) -> tantivy::Result<Option<LastUsed>> {
        let warm = segment.warm();
        let Some(columns) = warm.skills(segment.reader)? else { return Ok(None) };
        let mut wanted = Vec::new();
        for skill in skills {
            wanted.extend(warm.number(&columns, skill)?);
        }
        Ok((!wanted.is_empty()).then_some(LastUsed { columns, wanted }))
    }

    fn age(&self, doc: DocId, segment: &Segment<'_>) -> Option<i64> {
        self.columns.age(doc, &self.wanted, segment.as_of)
    }
}

impl Lengths {
    fn of(reader: FieldNormReader, branch: &Branch) -> Lengths {
        let share = rank::length_share(branch.field);
        let divisor = |code: u8| {
            let length = FieldNormReader::id_to_fieldnorm(code) as f32 / branch.average;
            1.0 - share + share * length
        };
        Lengths { reader, divisors: (0..=u8::MAX).map(divisor).collect() }
    }

    fn divisor(&self, doc: DocId) -> f32 {
        self.divisors[usize::from(self.reader.fieldnorm_id(doc))]
    }
}
