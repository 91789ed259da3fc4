//! A column of whole numbers of one segment. In: a segment, the name of the column, how many documents will be asked for. Out: the values of
//! documents. When many will be asked for, the whole column is decoded once: that takes a nanosecond a value, asking takes twenty.

use super::bits::Bits;
use std::sync::Arc;
use tantivy::DocId;
use tantivy::columnar::{Column, ColumnIndex, ColumnType, MonotonicallyMappableToU64};
use tantivy::index::SegmentReader;

/// A column is decoded when at least one of so many documents will be asked for.
const SPARSE: u64 = 16;

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
        let is_dense = documents.saturating_mul(SPARSE) >= u64::from(reader.max_doc());
        let decoded = if is_dense { Decoded::of(&column, reader.max_doc()) } else { None };
        Ok(Numbers(decoded.map_or(Kind::Stored(column), |decoded| Kind::Decoded(Arc::new(decoded)))))
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
        let (decoded, stored) = match &self.0 {
            Kind::Missing => (&[][..], None),
            Kind::Stored(column) => (&[][..], Some(column)),
            Kind::Decoded(decoded) => (decoded.of_doc(doc), None),
        };
        let stored = stored.into_iter().flat_map(move |column| column.values_for_doc(doc)).map(i64::from_u64);
        decoded.iter().copied().chain(stored)
    }
}

fn listed(documents: impl Iterator<Item = DocId>, end: DocId) -> Bits {
    let mut known = Bits::none(end);
    documents.for_each(|doc| known.insert(doc));
    known
}

impl Decoded {
    /// None for a column that tells of other documents than the segment's.
    fn of(column: &Column<u64>, end: DocId) -> Option<Decoded> {
        let starts = starts(&column.index, end)?;
        let mut raw = vec![0; column.values.num_vals() as usize];
        if *starts.last()? as usize > raw.len() {
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

/// By document: where its values begin; one more at the end.
fn starts(index: &ColumnIndex, end: DocId) -> Option<Vec<u32>> {
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
        ColumnIndex::Optional(index) => of_known(&mut index.iter_non_null_docs(), &|rank| Some(rank as u32)),
        ColumnIndex::Multivalued(index) => {
            let column = index.get_start_index_column();
            let mut offsets = vec![0; column.num_vals() as usize];
            column.get_range(0, &mut offsets);
            if offsets.len() == end as usize + 1 {
                return Some(offsets);
            }
            of_known(&mut index.iter_non_null_docs(), &|rank| offsets.get(rank).copied())
        }
    }
}
