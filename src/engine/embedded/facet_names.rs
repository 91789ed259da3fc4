//! Counts of names over a whole result: skills, employers, titles. In: the matching documents by segment. Out: each name with its count.
//! Every segment numbers its names for itself, so that they are counted by number, looked up once each, in rising order (the dictionary is
//! compressed), and put together as text: first equal spellings, then spellings that fold to the same.

use super::collect::Matching;
use super::columns::names;
use super::facets::{Counted, surplus};
use crate::analysis::fold;
use std::collections::HashMap;
use tantivy::DocId;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentReader;

/// A number in the column that no document of the result has.
const NOWHERE: u32 = u32::MAX;

/// The names of all segments by spelling, and the counts.
#[derive(Default)]
struct Spellings {
    numbers: HashMap<String, u32>,
    /// By number: the spelling and how many documents have it.
    counts: Vec<(String, u64)>,
}

/// The names of one segment: the column, and by number in it the number of the spelling.
struct Segment {
    column: StrColumn,
    spelling: Vec<u32>,
}

/// Counts the names of a column, and the candidates without any. A name in several documents of one person counts once.
///
/// # Errors
/// The index cannot be read.
pub(super) fn count(
    readers: &[SegmentReader],
    column: &str,
    documents: &Matching,
) -> tantivy::Result<(Vec<Counted>, u64)> {
    let (mut spellings, mut unknown) = (Spellings::default(), 0);
    let mut segments = Vec::with_capacity(readers.len());
    for (reader, documents) in readers.iter().zip(&documents.by_segment) {
        let column = if documents.is_empty() { None } else { names(reader, column)? };
        match column {
            None => {
                unknown += documents.len() as u64;
                segments.push(None);
            }
            Some(column) => segments.push(Some(Segment::count(column, documents, &mut spellings, &mut unknown)?)),
        }
    }
    let mut keys: HashMap<String, u32> = HashMap::new();
    let mut key_of = Vec::with_capacity(spellings.counts.len());
    for (name, _) in &spellings.counts {
        let next = keys.len() as u32;
        key_of.push(*keys.entry(fold(name)).or_insert(next));
    }
    for of_one in &documents.of_one {
        let mut seen: Vec<u32> = Vec::new();
        let (mut with, mut without) = (0, 0);
        for address in of_one {
            let segment = segments.get(address.segment_ord as usize).and_then(Option::as_ref);
            let mut of_doc = segment.map(|segment| segment.spellings(address.doc_id)).unwrap_or_default();
            of_doc.sort_unstable();
            of_doc.dedup();
            if of_doc.is_empty() {
                without += 1
            } else {
                with += 1
            }
            for spelling in of_doc {
                let key = key_of[spelling as usize];
                if seen.contains(&key) {
                    let count = &mut spellings.counts[spelling as usize].1;
                    *count = count.saturating_sub(1);
                } else {
                    seen.push(key);
                }
            }
        }
        unknown -= surplus(with, without);
    }
    let mut values: Vec<Counted> =
        (0..keys.len()).map(|_| Counted { key: String::new(), spellings: Vec::new(), count: 0 }).collect();
    keys.into_iter().for_each(|(key, at)| values[at as usize].key = key);
    for ((name, count), key) in spellings.counts.into_iter().zip(key_of) {
        let value = &mut values[key as usize];
        value.count += count;
        value.spellings.push((name, count));
    }
    Ok((values, unknown))
}

impl Segment {
    fn count(
        column: StrColumn,
        documents: &[DocId],
        spellings: &mut Spellings,
        unknown: &mut u64,
    ) -> tantivy::Result<Segment> {
        let mut by_ord = vec![0u32; column.num_terms()];
        let mut ords = Vec::new();
        for doc in documents {
            ords_of(&column, *doc, &mut ords);
            *unknown += u64::from(ords.is_empty());
            for ord in &ords {
                if let Some(count) = by_ord.get_mut(*ord as usize) {
                    *count += 1;
                }
            }
        }
        let found: Vec<u64> = (0..).zip(&by_ord).filter(|(_, count)| **count > 0).map(|(ord, _)| ord).collect();
        let mut spelling = vec![NOWHERE; by_ord.len()];
        let mut next = found.iter();
        column.dictionary().sorted_ords_to_term_cb(&found, |name| {
            if let (Some(ord), Ok(name)) = (next.next(), std::str::from_utf8(name)) {
                let count = by_ord[*ord as usize];
                spelling[*ord as usize] = spellings.add(name, u64::from(count));
            }
        })?;
        Ok(Segment { column, spelling })
    }

    /// The spellings of a document that has been counted.
    fn spellings(&self, doc: DocId) -> Vec<u32> {
        let known = |ord: u64| self.spelling.get(ord as usize).copied().filter(|spelling| *spelling != NOWHERE);
        self.column.term_ords(doc).filter_map(known).collect()
    }
}

impl Spellings {
    /// Counts a spelling and answers its number.
    fn add(&mut self, name: &str, count: u64) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            self.counts[*number as usize].1 += count;
            return *number;
        }
        let number = self.counts.len() as u32;
        self.numbers.insert(name.to_string(), number);
        self.counts.push((name.to_string(), count));
        number
    }
}

/// The numbers of a document's names in the column, read at once.
fn ords_of(column: &StrColumn, doc: DocId, out: &mut Vec<u64>) {
    let rows = column.ords().index.value_row_ids(doc);
    out.clear();
    out.resize(rows.len(), 0);
    if !out.is_empty() {
        column.ords().values.get_range(u64::from(rows.start), out);
    }
}
