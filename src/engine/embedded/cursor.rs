//! One term of a query on one segment. In: a [`Leaf`]. Out: the set of the documents that have any alternative; of single documents points,
//! named parts, and the entries (jobs, degrees) it stands in.

use super::bits::Bits;
use super::branch::{LastUsed, OpenBranch, is_again};
use super::by_document::ByDocument;
use super::leaf::{Branch, EntryKind, Leaf, SlotKind};
use super::most::Most;
use super::plan::Segment;
use super::rank;
use super::recent::Known;
use super::slots::{FewSlots, Slots};
use super::spans::Spans;
use super::together::{self, Together, Worth};
use crate::engine::near::Span;
use crate::model::ScorePart;
use tantivy::{DocId, TantivyError};

/// A leaf on one segment: first a set, then points of single documents.
pub struct LeafCursor<'a> {
    leaf: &'a Leaf,
    open: Vec<OpenBranch<'a>>,
    segment: &'a Segment<'a>,
    /// Entries will be asked for.
    positions: bool,
    /// All documents that have any alternative, if they had to be listed.
    all: Option<&'a Bits>,
    /// Bounds of many documents, if they were computed together.
    together: Option<Together<'a>>,
    /// The document of the last [`LeafCursor::bound`], until its branches have moved there.
    next: Option<DocId>,
    /// Opened for the first document that is asked for recent use; none inside: nobody in the segment has the skill.
    last_used: Option<Option<LastUsed>>,
    places: Vec<Span>,
    /// The same for first positions.
    starts: Vec<u32>,
}

/// A document is asked for in a posting list at the price of so many that are listed: it takes a jump and the decoding of a block of 128.
const ASKED: u64 = 16;

/// Going through a posting list takes a quarter of what it takes to ask for a document that may not be near.
const GONE_THROUGH: u64 = 4;

/// The cursor of the first has moved to the present document, for all that stand in the same documents ([`is_again`]).
fn arrived(same: &mut [OpenBranch<'_>], here: bool) {
    let often = |open: &mut OpenBranch<'_>| open.spans.as_mut().map_or(0, Spans::frequency);
    let frequency = if here { same.first_mut().map_or(0, often) } else { 0 };
    same.iter_mut().for_each(|open| (open.here, open.frequency) = (here, frequency));
}

impl<'a> LeafCursor<'a> {
    /// Looks a leaf up in a segment. `positions`: entries will be asked for.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn open(leaf: &'a Leaf, segment: &'a Segment<'a>, positions: bool) -> tantivy::Result<LeafCursor<'a>> {
        let known = leaf.known.get(segment.ord as usize);
        let located = known.map_or(Ok(&[][..]), |known| known.located(&leaf.branches, segment.reader))?;
        let mut open = Vec::with_capacity(leaf.branches.len());
        for (at, (branch, located)) in leaf.branches.iter().zip(located).enumerate() {
            if let Some(located) = located {
                let listed = branch.listed.as_ref().and_then(|listed| listed.get(segment.ord as usize));
                open.push(OpenBranch {
                    at,
                    branch,
                    located,
                    listed,
                    spans: None,
                    titles: None,
                    entries: None,
                    lengths: None,
                    here: false,
                    frequency: 0,
                });
            }
        }
        Ok(LeafCursor {
            leaf,
            open,
            segment,
            positions,
            all: None,
            together: None,
            next: None,
            last_used: None,
            places: Vec::new(),
            starts: Vec::new(),
        })
    }

    /// It only decides who is found.
    pub fn is_silent(&self) -> bool {
        self.leaf.boost <= 0.0
    }

    /// Bounds were computed for all matching documents together.
    pub fn is_summed(&self) -> bool {
        self.together.is_some()
    }

    /// Points will be asked for from the first document on again.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn restart(&mut self) -> tantivy::Result<()> {
        for open in &mut self.open {
            (open.titles, open.entries) = (None, None);
            let spans = open.spans.take();
            // A summed leaf opens its cursors when it needs them.
            if self.together.is_none()
                && let Some(spans) = spans
            {
                open.spans = Some(spans.restarted().map_or_else(|| open.located.open(false), Ok)?);
            }
        }
        self.next = None;
        Ok(())
    }

    /// The alternatives, without those that stand in the same documents as the one before.
    fn apart(&self) -> impl Iterator<Item = &OpenBranch<'a>> {
        self.open.chunk_by(is_again).filter_map(|same| same.first())
    }

    /// Upper bound of the number of documents.
    pub fn cost(&self) -> u64 {
        self.apart().map(|open| open.listed.map_or_else(|| open.located.cost(), Bits::count)).sum()
    }

    /// Those of `documents` that have any alternative.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn within(&mut self, mut documents: Bits) -> tantivy::Result<Bits> {
        self.all = self.listed(&documents)?;
        match self.all {
            Some(all) => documents.intersect(all),
            None => {
                self.rewind();
                documents.try_retain(|doc| self.has(doc))?;
            }
        }
        Ok(documents)
    }

    /// All documents that have any alternative, if they are known or to list them is less work than to ask of each of `documents`.
    fn listed(&self, documents: &Bits) -> tantivy::Result<Option<&'a Bits>> {
        let Some(known) = self.leaf.known.get(self.segment.ord as usize) else { return Ok(None) };
        if let Some(all) = known.all() {
            return Ok(Some(all));
        }
        let asked = documents.count().saturating_mul(ASKED);
        let is_short = self.cost() <= asked;
        if !is_short && self.open.iter().all(|open| open.listed.is_some() || open.located.can_be_asked()) {
            known.ask(asked);
            return Ok(None);
        }
        Ok(Some(known.keep(self.list(documents.end())?)))
    }

    /// The same, by a look through the posting lists.
    fn list(&self, end: DocId) -> tantivy::Result<Bits> {
        let mut found = Bits::none(end);
        for branch in self.apart() {
            match branch.listed {
                Some(listed) => found.unite(listed),
                None => branch.located.fill(&mut found)?,
            }
        }
        Ok(found)
    }

    /// Documents will be asked for from the first one on.
    pub fn rewind(&mut self) {
        self.open.iter_mut().for_each(|branch| (branch.spans, branch.entries) = (None, None));
    }

    /// Whether any alternative stands in a document; documents are asked for in rising order.
    fn has(&mut self, doc: DocId) -> tantivy::Result<bool> {
        for same in self.open.chunk_by_mut(is_again) {
            let Some(branch) = same.first_mut() else { continue };
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
        let Some(known) = self.leaf.known.get(self.segment.ord as usize) else { return Ok(()) };
        if self.leaf.boost <= 0.0 {
            return Ok(());
        }
        self.measure(known)?;
        self.together = self.bounds(known, matched)?;
        let asked = self.open.chunk_by_mut(is_again).filter_map(|same| same.first_mut());
        for open in asked {
            open.spans = if self.together.is_some() { None } else { Some(open.located.open_among(matched)?) };
        }
        Ok(())
    }

    /// Bounds of all documents, if they are known; those of `matched`, if they are less work than asking for each.
    fn bounds(&mut self, known: &'a Known, matched: &Bits) -> tantivy::Result<Option<Together<'a>>> {
        if let Some(steps) = known.steps() {
            return Ok(Some(Together::All(steps)));
        }
        let asked = matched.count().saturating_mul(self.open.len() as u64).saturating_mul(GONE_THROUGH);
        let is_short = self.can_be_listed() && self.cost() <= asked;
        known.ask(if is_short { self.cost() } else { asked });
        Ok(if is_short { Some(Together::Matching(together::sums(&self.open, matched)?)) } else { None })
    }

    fn can_be_listed(&self) -> bool {
        self.open.iter().all(|open| open.located.is_listed(open.listed.is_some()))
    }

    /// Makes and keeps what later searches need not make: the documents that have any alternative, what their points cannot exceed, and of words
    /// within entries of a kind those in which they stand.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn complete(&mut self, kind: Option<EntryKind>) -> tantivy::Result<()> {
        let Some(known) = self.leaf.known.get(self.segment.ord as usize).filter(|known| !known.is_complete()) else {
            return Ok(());
        };
        self.measure(known)?;
        let all = match known.all() {
            Some(all) => all,
            None => known.keep(self.list(self.segment.reader.max_doc())?),
        };
        if self.leaf.boost > 0.0 && self.can_be_listed() {
            known.keep_steps(together::steps(&mut self.open, &self.leaf.skills, self.segment, all)?);
        }
        if let Some(kind) = kind {
            let numbers = |name| self.segment.numbers(name, all.count());
            let counts = [numbers("job_count")?, numbers("education_count")?];
            self.rewind();
            let entries = ByDocument::<FewSlots>::of(all).map(all, |doc, _| {
                let [jobs, educations] = [0, 1].map(|of: usize| counts[of].first(doc).unwrap_or(0).max(0) as u32);
                let mut slots = Slots::default();
                self.entries(doc, kind, (jobs, educations), &mut slots)?;
                Ok::<_, TantivyError>(FewSlots::of(&slots))
            });
            known.keep_entries(entries?);
        }
        known.complete();
        Ok(())
    }

    /// Opens the lengths of the fields.
    fn measure(&mut self, known: &'a Known) -> tantivy::Result<()> {
        let lengths = known.lengths(&self.leaf.branches, self.segment.reader)?;
        self.open.iter_mut().for_each(|open| open.lengths = lengths.get(open.at).and_then(Option::as_ref));
        Ok(())
    }

    /// Adds what [`LeafCursor::bound`] and [`LeafCursor::recency_bound`] cannot exceed; moves no cursor. Where bounds were not computed together,
    /// the most that a word can give.
    pub fn most(&self, docs: &[DocId], out: &mut Most) {
        if self.is_silent() {
            return;
        }
        let worth = [self.words_worth(), self.recency_worth()];
        if let Some(together) = &self.together {
            return together.most(docs, worth, out);
        }
        let [words, recency] = [worth[0].of(rank::SATURATED), worth[1].of(rank::RECENCY)];
        for (at, _) in docs.iter().enumerate().filter(|(_, doc)| self.all.is_none_or(|all| all.contains(**doc))) {
            out.words[at] += words;
            out.recency[at] += recency;
        }
    }

    /// Moves to a document and answers what its points cannot exceed, for less than [`LeafCursor::points`] costs: no positions are read.
    pub fn bound(&mut self, doc: DocId) -> f32 {
        let mut most = 0.0;
        if self.all.is_some_and(|all| !all.contains(doc)) {
            // One of the choices of an OR that others made a match.
            self.open.iter_mut().for_each(|open| open.here = false);
            self.next = None;
            return most;
        }
        if let Some(together) = &self.together {
            self.next = Some(doc);
            return self.words_worth().of(together.words(doc));
        }
        for same in self.open.chunk_by_mut(is_again) {
            let Some(open) = same.first_mut() else { continue };
            let can_be = open.listed.is_none_or(|listed| listed.contains(doc));
            let is_here = can_be && open.spans.as_mut().is_some_and(|spans| spans.has(doc));
            arrived(same, is_here);
            if let (true, Some(open)) = (is_here, same.first()) {
                let often: f32 = same.iter().map(OpenBranch::often).sum();
                most += open.share_of_length(doc, often + open.main_title());
            }
        }
        self.words_worth().of(rank::saturate(most))
    }

    /// What shares of the most that occurrences give are worth. Every alternative's part is rounded for itself, by half a grain at most.
    fn words_worth(&self) -> Worth {
        let rounding = rank::GRAIN * (0.5 * self.open.len() as f32 + 0.25);
        Worth { whole: self.leaf.boost * self.leaf.rarity, rounding }
    }

    /// The same for recent use of the skills, if the words are names of some.
    fn recency_worth(&self) -> Worth {
        match self.leaf.skills.is_empty() {
            true => Worth::NOTHING,
            false => Worth { whole: self.leaf.boost * self.leaf.rarity, rounding: rank::GRAIN * 0.75 },
        }
    }

    /// Moves every branch to the document of the last [`LeafCursor::bound`], if that did not.
    fn arrive(&mut self) -> tantivy::Result<()> {
        let Some(doc) = self.next.take() else { return Ok(()) };
        for same in self.open.chunk_by_mut(is_again) {
            let Some(open) = same.first_mut() else { continue };
            let is_here = open.listed.is_none_or(|listed| listed.contains(doc)) && open.cursor(false)?.has(doc);
            arrived(same, is_here);
        }
        Ok(())
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

    /// What the points of a document for recent use cannot exceed.
    pub fn recency_bound(&self, doc: DocId) -> f32 {
        if self.is_silent() {
            return 0.0;
        }
        let share = self.together.as_ref().map_or(rank::RECENCY, |together| together.recency(doc));
        self.recency_worth().of(share)
    }

    /// Points for a skill that is in use, or was not long ago. Reads all skills of the document.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn recency(&mut self, doc: DocId) -> tantivy::Result<f32> {
        let worth = self.leaf.boost * self.leaf.rarity;
        Ok(self.age(doc)?.map_or(0.0, |months| rank::grained(worth * rank::recency(months))))
    }

    /// Months since the skill was used, if the words stand in the document.
    fn age(&mut self, doc: DocId) -> tantivy::Result<Option<i64>> {
        self.arrive()?;
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
        self.arrive()?;
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

    /// Most documents without the leaf in an entry are known by the number of its occurrences: no position is read.
    pub fn is_told_by_number(&self) -> bool {
        self.open.iter().all(|open| open.branch.counts.skipped() > 0)
    }

    /// The same as bits, if they are kept and few.
    pub fn few_entries(&self, doc: DocId) -> Option<u16> {
        self.leaf.known.get(self.segment.ord as usize)?.few_entries(doc)
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
        if let Some(known) = self.leaf.known.get(self.segment.ord as usize) {
            if known.all().is_some_and(|all| !all.contains(doc)) {
                return Ok(());
            }
            if let Some(slots) = known.entries().and_then(|entries| entries.get(doc).slots()) {
                out.unite(&slots);
                return Ok(());
            }
            known.ask(ASKED);
        }
        for open in &mut self.open {
            let branch = open.branch;
            let spans = open.cursor(self.positions)?;
            if !spans.has(doc) || spans.frequency() <= branch.counts.skipped() {
                continue;
            }
            spans.starts(&mut self.starts);
            let entries = match open.entries.take() {
                Some(entries) => entries,
                None => open.located.entries()?,
            };
            let walls = open.entries.insert(entries).of(doc);
            for start in &self.starts {
                let slot = walls.slot(*start);
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
