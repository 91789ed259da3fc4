//! One alternative of a term on one segment: its cursors, opened when they are needed. In: a [`Branch`] in the dictionary of the segment. Out:
//! weighted occurrences in the present document; when the skills of a term were last used. Adds nothing up ([`super::leaf`] does).

use super::bits::Bits;
use super::bounds::Lengths;
use super::columns::SkillColumns;
use super::entries::Entries;
use super::leaf::{Branch, Counts};
use super::located::Located;
use super::plan::Segment;
use super::rank;
use super::spans::Spans;
use crate::engine::near::Span;
use crate::model::FieldId;
use std::sync::Arc;
use tantivy::DocId;

/// A branch that documents of the segment may hold.
pub(super) struct OpenBranch<'a> {
    /// Its place among the branches of the leaf.
    pub at: usize,
    pub branch: &'a Branch,
    pub located: &'a Located,
    /// See [`Branch::listed`].
    pub listed: Option<&'a Bits>,
    pub spans: Option<Spans>,
    /// The same with positions, opened for the first document whose titles are looked at.
    pub titles: Option<Spans>,
    /// Tells the entries of its field apart, where they are asked for.
    pub entries: Option<Entries>,
    /// None for a field without lengths.
    pub lengths: Option<&'a Lengths>,
    /// It stands in the present document.
    pub here: bool,
    /// How often.
    pub frequency: u32,
}

/// When the skills of the words were last used.
pub(super) struct LastUsed {
    columns: Arc<SkillColumns>,
    /// Numbers of the skills in the column of names.
    wanted: Vec<u64>,
}

/// Another alternative stands in the same documents as the one before: both count occurrences of one skill.
pub(super) fn is_again(before: &OpenBranch<'_>, _: &OpenBranch<'_>) -> bool {
    before.branch.counts == Counts::First
}

impl OpenBranch<'_> {
    /// The cursor, opened when it is first needed.
    pub fn cursor(&mut self, positions: bool) -> tantivy::Result<&mut Spans> {
        let spans = match self.spans.take() {
            Some(spans) => spans,
            None => self.located.open(positions)?,
        };
        Ok(self.spans.insert(spans))
    }

    /// Weighted occurrences in the present document.
    pub fn often(&self) -> f32 {
        self.weighted(self.frequency)
    }

    /// The same for so many occurrences.
    pub fn weighted(&self, frequency: u32) -> f32 {
        (self.branch.counts.of(frequency) as f32).min(rank::MOST_OCCURRENCES) * self.branch.weight
    }

    /// What a title gains when it is that of the main job; nothing in another field.
    pub fn main_title(&self) -> f32 {
        if self.branch.field != FieldId::Title {
            return 0.0;
        }
        rank::MAIN_TITLE * self.branch.weight / self.branch.field.row().boost.max(1.0)
    }

    /// Occurrences by the length of the field.
    pub fn share_of_length(&self, doc: DocId, often: f32) -> f32 {
        self.lengths.map_or(often, |lengths| often / lengths.divisor(doc))
    }

    /// Weighted, length-normalised occurrences in the present document.
    pub fn occurrences(&mut self, doc: DocId, segment: &Segment<'_>, places: &mut Vec<Span>) -> tantivy::Result<f32> {
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
    pub fn open(segment: &Segment<'_>, skills: &[String]) -> tantivy::Result<Option<LastUsed>> {
        let warm = segment.warm();
        let Some(columns) = warm.skills(segment.reader)? else { return Ok(None) };
        let mut wanted = Vec::new();
        for skill in skills {
            wanted.extend(warm.number(&columns, skill)?);
        }
        Ok((!wanted.is_empty()).then_some(LastUsed { columns, wanted }))
    }

    /// Months since the last use by a document.
    pub fn age(&self, doc: DocId, segment: &Segment<'_>) -> Option<i64> {
        self.columns.age(doc, &self.wanted, segment.as_of)
    }
}
