//! What a program that stays open keeps of the segments of a commit between searches: columns that ranking asks of single documents, and
//! answers that do not change. In: a segment. Out: the same as without it, sooner. Bounded: a byte for each document, a number for each skill
//! that was asked for.

use super::columns::{RankColumns, SkillColumns};
use crate::model::Month;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tantivy::Searcher;
use tantivy::index::SegmentReader;

/// The segments of a commit, seen from one month.
pub struct Warm {
    /// What "present" stands for.
    pub as_of: Month,
    segments: Vec<WarmSegment>,
}

impl fmt::Debug for Warm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Warm").field("as_of", &self.as_of).finish_non_exhaustive()
    }
}

/// One of them; everything is opened when it is first needed.
#[derive(Default)]
pub struct WarmSegment {
    ranking: OnceLock<Arc<RankColumns>>,
    skills: OnceLock<Option<Arc<SkillColumns>>>,
    /// Numbers of skills in the column of their names.
    numbers: Mutex<HashMap<String, Option<u64>>>,
}

impl Warm {
    /// Nothing is kept yet.
    pub fn new(searcher: &Searcher, as_of: Month) -> Warm {
        Warm { as_of, segments: searcher.segment_readers().iter().map(|_| WarmSegment::default()).collect() }
    }

    /// What is kept of a segment.
    pub fn segment(&self, ord: u32) -> Option<&WarmSegment> {
        self.segments.get(ord as usize)
    }
}

impl WarmSegment {
    /// What ranking asks of single matches.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn ranking(&self, reader: &SegmentReader, as_of: Month) -> tantivy::Result<Arc<RankColumns>> {
        if let Some(columns) = self.ranking.get() {
            return Ok(columns.clone());
        }
        let columns = RankColumns::open(reader, as_of)?;
        Ok(self.ranking.get_or_init(|| columns).clone())
    }

    /// When skills were used; none when nobody in the segment has one.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn skills(&self, reader: &SegmentReader) -> tantivy::Result<Option<Arc<SkillColumns>>> {
        if let Some(columns) = self.skills.get() {
            return Ok(columns.clone());
        }
        let columns = SkillColumns::open(reader)?;
        Ok(self.skills.get_or_init(|| columns.map(Arc::new)).clone())
    }

    /// The number of a skill in the column of names.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn number(&self, columns: &SkillColumns, skill: &str) -> tantivy::Result<Option<u64>> {
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = numbers.get(skill) {
            return Ok(*known);
        }
        let number = columns.number(skill)?;
        numbers.insert(skill.to_string(), number);
        Ok(number)
    }
}
