//! A column of whole numbers of one segment. In: a segment, the name of the column, how many documents will be asked for. Out: the values of
//! documents. When many will be asked for, the whole column is decoded once: that takes some hundred instructions a document, asking for one
//! somewhat more, at random places.

use super::bits::Bits;
use rayon::iter::Either;
use std::sync::Arc;
use tantivy::DocId;
use tantivy::columnar::column_index::{MultiValueIndex, OptionalIndex};
use tantivy::columnar::{Column, ColumnIndex, ColumnType, MonotonicallyMappableToU64};
use tantivy::index::SegmentReader;

/// A column is decoded when at least one of so many documents will be asked for.
const SPARSE: u64 = 4;

/// A column that may be missing in a segment.
#[derive(Clone)]
pub struct Numbers(Kind);

#[derive(Clone)]
enum Kind {
    Missing,
    /// As stored, in the order of the numbers.
    Stored(Column<u64>),
    Decoded(Arc<Decoded>),
}

/// All values of a column.
struct Decoded {
    /// By document: where its values begin; one more at the end.
    starts: Vec<u32>,
    values: Vec<i64>,
}

impl Numbers {
    /// Opens a column of which few documents will be asked for.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn open(reader: &SegmentReader, name: &str) -> tantivy::Result<Numbers> {
        Numbers::open_for(reader, name, 0)
    }

    /// Opens a column of which so many documents will be asked for.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn open_for(reader: &SegmentReader, name: &str, documents: u64) -> tantivy::Result<Numbers> {
        let handle = reader.fast_fields().dynamic_column_handle(name, ColumnType::I64)?;
        let Some(column) = handle.map(|handle| handle.open_u64_lenient()).transpose()?.flatten() else {
            return Ok(Numbers(Kind::Missing));
        };
        Ok(Numbers(Kind::Stored(column)).for_many(documents, reader.max_doc()))
    }

    /// The same column, decoded if so many of the segment's `end` documents will be asked for that it pays.
    pub fn for_many(self, documents: u64, end: DocId) -> Numbers {
        let Kind::Stored(column) = &self.0 else { return self };
        let is_dense = documents.saturating_mul(SPARSE) >= u64::from(end);
        let decoded = if is_dense { Decoded::of(column, end) } else { None };
        decoded.map_or(self, |decoded| Numbers(Kind::Decoded(Arc::new(decoded))))
    }

    /// A column in which nobody has a value.
    pub fn missing() -> Numbers {
        Numbers(Kind::Missing)
    }

    /// Nobody in the segment has a value.
    pub fn is_missing(&self) -> bool {
        matches!(self.0, Kind::Missing)
    }

    /// The first value of a document.
    pub fn first(&self, doc: DocId) -> Option<i64> {
        match &self.0 {
            Kind::Missing => None,
            Kind::Stored(column) => column.first(doc).map(i64::from_u64),
            Kind::Decoded(decoded) => decoded.of_doc(doc).first().copied(),
        }
    }

    /// The first value of each of `docs`, which rise; `missing` where there is none. Together they take half of what they take one by one.
    pub fn firsts(&self, docs: &[DocId], missing: i64) -> Vec<i64> {
        let column = match &self.0 {
            Kind::Stored(column) if !matches!(column.index, ColumnIndex::Multivalued(_)) => column,
            _ => return docs.iter().map(|doc| self.first(*doc).unwrap_or(missing)).collect(),
        };
        let (mut known, mut rows) = (Vec::new(), Vec::new());
        column.index.docids_to_rowids(docs, &mut known, &mut rows);
        let mut values = vec![0; rows.len()];
        column.values.get_vals(&rows, &mut values);
        let mut found = known.into_iter().zip(values).peekable();
        let first =
            |doc: &DocId| found.next_if(|(known, _)| known == doc).map_or(missing, |(_, value)| i64::from_u64(value));
        docs.iter().map(first).collect()
    }

    /// Gives the first value of every document of `0..end` that has one, in their order: decoded block by block, where nobody has none or several.
    pub fn each_first(&self, end: DocId, mut give: impl FnMut(DocId, i64)) {
        let full = match &self.0 {
            Kind::Stored(column) if matches!(column.index, ColumnIndex::Full) && column.values.num_vals() == end => {
                column
            }
            _ => return (0..end).for_each(|doc| self.first(doc).into_iter().for_each(|value| give(doc, value))),
        };
        let mut block = [0; 1024];
        for start in (0..end).step_by(block.len()) {
            let values = &mut block[..(end - start).min(1024) as usize];
            full.values.get_range(u64::from(start), values);
            (start..).zip(values).for_each(|(doc, value)| give(doc, i64::from_u64(*value)));
        }
    }

    /// So many values further than the first of a document.
    pub fn nth(&self, doc: DocId, number: usize) -> Option<i64> {
        match &self.0 {
            Kind::Missing => None,
            Kind::Stored(column) => {
                let row = column.index.value_row_ids(doc).nth(number)?;
                Some(i64::from_u64(column.values.get_val(row)))
            }
            Kind::Decoded(decoded) => decoded.of_doc(doc).get(number).copied(),
        }
    }

    /// The documents that have a value, of `0..end`.
    pub fn known(&self, end: DocId) -> Bits {
        match &self.0 {
            Kind::Missing => Bits::none(end),
            Kind::Decoded(decoded) => listed((0..end).filter(|doc| !decoded.of_doc(*doc).is_empty()), end),
            Kind::Stored(column) => match &column.index {
                ColumnIndex::Empty { .. } => Bits::none(end),
                ColumnIndex::Full => Bits::all(end),
                ColumnIndex::Optional(index) => listed(index.iter_non_null_docs(), end),
                ColumnIndex::Multivalued(index) => listed(index.iter_non_null_docs(), end),
            },
        }
    }

    /// All values of a document in the order written.
    pub fn all(&self, doc: DocId) -> impl Iterator<Item = i64> + '_ {
        match &self.0 {
            Kind::Missing => Either::Left([].iter().copied()),
            Kind::Stored(column) => Either::Right(column.values_for_doc(doc).map(i64::from_u64)),
            Kind::Decoded(decoded) => Either::Left(decoded.of_doc(doc).iter().copied()),
        }
    }
}

fn listed(documents: impl Iterator<Item = DocId>, end: DocId) -> Bits {
    let mut known = Bits::none(end);
    documents.for_each(|doc| known.insert(doc));
    known
}

impl Decoded {
    /// None for a column that tells of other documents than the segment's, or of documents that end before they begin.
    fn of(column: &Column<u64>, end: DocId) -> Option<Decoded> {
        let starts = starts(&column.index, end)?;
        let mut raw = vec![0; column.values.num_vals() as usize];
        if !are_starts(&starts, raw.len()) {
            return None;
        }
        column.values.get_range(0, &mut raw);
        Some(Decoded { starts, values: raw.into_iter().map(i64::from_u64).collect() })
    }

    fn of_doc(&self, doc: DocId) -> &[i64] {
        let doc = doc as usize;
        match self.starts.get(doc..doc + 2) {
            Some(&[start, end]) => &self.values[start as usize..end as usize],
            _ => &[],
        }
    }
}

/// They rise and end where the values do, or before: those of a damaged file may not.
fn are_starts(starts: &[u32], values: usize) -> bool {
    starts.is_sorted() && starts.last().is_some_and(|end| *end as usize <= values)
}

/// By document of `0..end`: where its values begin; one more at the end. None for a column that tells of other documents.
pub(super) fn starts(index: &ColumnIndex, end: DocId) -> Option<Vec<u32>> {
    let of_known = |known: &mut dyn Iterator<Item = DocId>, start: &dyn Fn(usize) -> Option<u32>| {
        let mut starts: Vec<u32> = Vec::with_capacity(end as usize + 1);
        let mut rank = 0;
        for doc in known {
            starts.resize(doc as usize + 1, start(rank)?);
            rank += 1;
        }
        starts.resize(end as usize + 1, start(rank)?);
        Some(starts)
    };
    match index {
        ColumnIndex::Empty { .. } => Some(vec![0; end as usize + 1]),
        ColumnIndex::Full => Some((0..=end).collect()),
        ColumnIndex::Optional(index) => {
            let known = known(index, end);
            let (mut starts, mut rank) = (Vec::with_capacity(end as usize + 1), 0);
            for doc in 0..end {
                starts.push(rank);
                rank += u32::from(known.get(rank as usize) == Some(&doc));
            }
            starts.push(rank);
            Some(starts)
        }
        ColumnIndex::Multivalued(index) => {
            let column = index.get_start_index_column();
            let mut offsets = vec![0; column.num_vals() as usize];
            column.get_range(0, &mut offsets);
            if offsets.len() == end as usize + 1 {
                return Some(offsets);
            }
            let start = |rank: usize| offsets.get(rank).copied();
            match index {
                MultiValueIndex::MultiValueIndexV2(index) => {
                    of_known(&mut known(&index.optional_index, end).into_iter(), &start)
                }
                index @ MultiValueIndex::MultiValueIndexV1(_) => of_known(&mut index.iter_non_null_docs(), &start),
            }
        }
    }
}

/// The documents of `0..end` that have a value: asked for all of them at once, which takes half of what the list of those takes.
fn known(index: &OptionalIndex, end: DocId) -> Vec<DocId> {
    let all: Vec<DocId> = (0..end).collect();
    let (mut known, mut rows) = (Vec::new(), Vec::new());
    index.rank_if_exists_batch(&all, &mut known, &mut rows);
    known
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Person, index_in};
    use super::*;
    use crate::model::DegreeLevel;

    #[test]
    fn values_of_a_damaged_column_are_not_taken_from_anywhere() {
        assert!(are_starts(&[0, 0, 2, 3], 3));
        assert!(!are_starts(&[0, 2, 1, 3], 3) && !are_starts(&[0, 2, 3, 4], 3) && !are_starts(&[], 3));
    }

    #[test]
    fn a_decoded_column_has_the_values_of_the_stored_one() {
        let plain = |at: usize| Person::new(&format!("{at:03}.txt"), "somebody");
        let people: Vec<Person> = (0..200)
            .map(|at| match at % 7 {
                0 => plain(at),
                1 | 2 => plain(at).job("Worker", "Firm", (2000 + at as i32 % 20, 1), Some((2021, 3)), "work"),
                _ => {
                    let person = plain(at).degree("BSc", DegreeLevel::Bachelor, "Example University", Some(2010));
                    person.degree("MSc", DegreeLevel::Master, "Example University", (at % 2 == 0).then_some(2012))
                }
            })
            .collect();
        let fixture = index_in(&people, 90);
        let searcher = fixture.engine.searcher();
        for reader in searcher.segment_readers() {
            for name in ["job_count", "months", "job_start_lo", "degree_level", "graduated_hi", "person", "no_column"] {
                let stored = Numbers::open(reader, name).unwrap();
                let decoded = Numbers::open_for(reader, name, u64::from(reader.max_doc())).unwrap();
                let some: Vec<u32> = (0..reader.max_doc()).filter(|doc| doc % 3 != 1).collect();
                let firsts = some.iter().map(|doc| stored.first(*doc).unwrap_or(-7)).collect::<Vec<_>>();
                assert_eq!((stored.firsts(&some, -7), decoded.firsts(&some, -7)), (firsts.clone(), firsts), "{name}");
                for doc in 0..reader.max_doc() {
                    let values: Vec<i64> = stored.all(doc).collect();
                    let last = values.len().saturating_sub(1);
                    assert_eq!(
                        (stored.nth(doc, last), decoded.nth(doc, last)),
                        (values.last().copied(), values.last().copied())
                    );
                    assert_eq!(decoded.all(doc).collect::<Vec<_>>(), values, "{name} of {doc}");
                    assert_eq!(
                        (decoded.first(doc), stored.first(doc)),
                        (values.first().copied(), values.first().copied())
                    );
                    assert_eq!(stored.known(reader.max_doc()).contains(doc), !values.is_empty());
                }
                assert_eq!(decoded.known(reader.max_doc()), stored.known(reader.max_doc()));
            }
        }
    }
}
