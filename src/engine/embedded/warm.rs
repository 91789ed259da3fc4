//! What a program that stays open keeps of the segments of a commit between searches: columns that ranking asks of single documents, and
//! answers that do not change. In: a segment. Out: the same as without it, sooner. Bounded: a byte for each document, a number for each skill
//! that was asked for, the names and numbers of facets that were asked for ([`NameTable`], [`CodeTable`]).

use super::code_table::CodeTable;
use super::collect::is_large;
use super::columns::{RankColumns, SkillColumns};
use super::later::Later;
use super::marks::{Folds, Marks};
use super::name_table::NameTable;
use super::numbers::Numbers;
use super::pairs::Pairs;
use super::plan::Segment;
use super::recent::Recent;
use crate::engine::FacetRequest;
use crate::model::{FieldId, Month};
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tantivy::Searcher;
use tantivy::index::SegmentReader;

/// How many facets of a column were counted, and the table of it if there is one.
type Counted<T> = (u32, Option<Arc<T>>);

/// Tables of facets that were counted.
type Tables<K, T> = Arc<Mutex<HashMap<K, Counted<T>>>>;

/// The segments of a commit, seen from one month.
pub struct Warm {
    /// What "present" stands for.
    pub as_of: Month,
    /// Who has other documents.
    pub marks: Arc<Marks>,
    /// Words that were compiled lately; the month tells when skills were last used.
    pub recent: Arc<Recent>,
    /// Neighbours of the last queries.
    pub pairs: Pairs,
    segments: Vec<WarmSegment>,
    /// By column of names.
    names: Tables<&'static str, NameTable>,
    /// By field, and whether years are counted one by one.
    codes: Tables<(FieldId, bool), CodeTable>,
    later: Later,
}

/// So many facets of a column are counted before a table of its names is made beside the searches, which takes longer than one of them.
const COUNTED_SINGLY: u32 = 3;

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
    folds: OnceLock<Arc<Folds>>,
    /// Columns of numbers as stored, by name.
    columns: Mutex<HashMap<&'static str, Numbers>>,
    /// Numbers of skills in the column of their names.
    numbers: Mutex<HashMap<String, Option<u64>>>,
}

impl Warm {
    /// Nothing is kept yet.
    pub fn new(searcher: &Searcher, as_of: Month, marks: Arc<Marks>, later: Later) -> Warm {
        let segments = searcher.segment_readers().iter().map(|_| WarmSegment::default()).collect();
        Warm {
            as_of,
            marks,
            recent: Arc::default(),
            pairs: Pairs::default(),
            segments,
            names: Arc::default(),
            codes: Arc::default(),
            later,
        }
    }

    /// The table of all names of a column, soon after it was asked for often enough; none when there are too many names.
    pub fn names(&self, searcher: &Searcher, column: &'static str) -> Option<Arc<NameTable>> {
        self.table(searcher, &self.names, column, move |searcher| {
            NameTable::of(searcher.segment_readers(), column).ok().flatten()
        })
    }

    /// The table of all values of a facet that are numbers, in the same way.
    pub fn codes(&self, searcher: &Searcher, key: (FieldId, bool), request: FacetRequest) -> Option<Arc<CodeTable>> {
        let as_of = self.as_of;
        self.table(searcher, &self.codes, key, move |searcher| CodeTable::of(searcher, request, as_of).ok())
    }

    /// A table of a facet, made beside the searches. An index that cannot be read is told by the facets themselves.
    fn table<K: Copy + Eq + Hash + Send + 'static, T: Send + Sync + 'static>(
        &self,
        searcher: &Searcher,
        tables: &Tables<K, T>,
        key: K,
        make: impl FnOnce(&Searcher) -> Option<T> + Send + 'static,
    ) -> Option<Arc<T>> {
        if !is_large(searcher) {
            return None;
        }
        let mut known = tables.lock().unwrap_or_else(PoisonError::into_inner);
        let (often, table) = known.entry(key).or_insert((0, None));
        *often = often.saturating_add(1);
        if *often == COUNTED_SINGLY + 1 {
            let (tables, searcher) = (tables.clone(), searcher.clone());
            self.later.run(move || {
                let table = make(&searcher);
                let mut known = tables.lock().unwrap_or_else(PoisonError::into_inner);
                known.entry(key).or_insert((0, None)).1 = table.map(Arc::new);
            });
        }
        table.clone()
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
    pub fn ranking(&self, segment: &Segment<'_>) -> tantivy::Result<Arc<RankColumns>> {
        if let Some(columns) = self.ranking.get() {
            return Ok(columns.clone());
        }
        let columns = RankColumns::open(segment)?;
        Ok(self.ranking.get_or_init(|| columns).clone())
    }

    /// Which documents are one person's.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn folds(&self, reader: &SegmentReader, marks: &Arc<Marks>) -> tantivy::Result<Arc<Folds>> {
        if let Some(folds) = self.folds.get() {
            return Ok(folds.clone());
        }
        let folds = Arc::new(Folds::open(reader, marks.clone())?);
        Ok(self.folds.get_or_init(|| folds).clone())
    }

    /// A column of numbers, as stored: finding it in the segment takes longer than asking it for a few documents.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn numbers(&self, reader: &SegmentReader, name: &'static str) -> tantivy::Result<Numbers> {
        let mut columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = columns.get(name) {
            return Ok(known.clone());
        }
        let column = Numbers::open(reader, name)?;
        columns.insert(name, column.clone());
        Ok(column)
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
