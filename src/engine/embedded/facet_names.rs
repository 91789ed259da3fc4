//! Counts of names over a whole result: skills, employers, titles. In: the matching documents by segment. Out: each name with its count.
//! Every segment numbers its names for itself. With a table of all names ([`NameTable`]) they are counted by number, and only the most
//! frequent are looked up. Without one those of the result are looked up once each, in rising order (the dictionary is compressed), and put
//! together as text: first equal spellings, then spellings that fold to the same.

use super::collect::Matching;
use super::columns::names;
use super::facets::{Counted, surplus};
use super::name_table::NameTable;
use crate::analysis::fold;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentReader;
use tantivy::{DocAddress, DocId};

/// A number in the column that no document of the result has.
const NOWHERE: u32 = u32::MAX;

/// The names of a result.
pub(super) struct Names {
    /// With their counts, in no order: all of them, or at least the most frequent that were asked for.
    pub values: Vec<Counted>,
    /// How many there are.
    pub distinct: u64,
    /// Candidates without any.
    pub unknown: u64,
}

/// The names of one segment: the column, and by number in it the number of the spelling.
struct Segment<'t> {
    column: StrColumn,
    spelling: Spelling<'t>,
}

enum Spelling<'t> {
    Known(&'t [u32]),
    Found(Vec<u32>),
}

/// Counts the names of a column, and the candidates without any. A name in several documents of one person counts once.
///
/// # Errors
/// The index cannot be read.
pub(super) fn count(readers: &[SegmentReader], column: &str, documents: &Matching) -> tantivy::Result<Names> {
    let mut spellings = Spellings::default();
    let mut segments = Vec::with_capacity(readers.len());
    let mut unknown = 0;
    for (reader, documents) in readers.iter().zip(&documents.by_segment) {
        let column = if documents.is_empty() { None } else { names(reader, column)? };
        match column {
            None => {
                unknown += documents.len() as u64;
                segments.push(None);
            }
            Some(column) => {
                let spelling = spellings.of_segment(&column, documents, &mut unknown)?;
                segments.push(Some(Segment { column, spelling: Spelling::Found(spelling) }));
            }
        }
    }
    let mut keys: HashMap<String, u32> = HashMap::new();
    let mut key_of = Vec::with_capacity(spellings.names.len());
    for name in &spellings.names {
        let next = keys.len() as u32;
        key_of.push(*keys.entry(fold(name)).or_insert(next));
    }
    unknown -= count_once(&segments, &documents.of_one, &key_of, &mut spellings.counts);
    let mut values: Vec<Counted> =
        (0..keys.len()).map(|_| Counted { key: String::new(), spellings: Vec::new(), count: 0 }).collect();
    keys.into_iter().for_each(|(key, at)| values[at as usize].key = key);
    for ((name, count), key) in spellings.names.into_iter().zip(spellings.counts).zip(key_of) {
        let value = &mut values[key as usize];
        value.count += count;
        value.spellings.push((name, count));
    }
    Ok(Names { distinct: values.len() as u64, values, unknown })
}

/// The same with the table of the column's names: at least the `most` most frequent of them.
///
/// # Errors
/// The index cannot be read.
pub(super) fn count_known(
    readers: &[SegmentReader],
    (column, table): (&str, &NameTable),
    documents: &Matching,
    most: usize,
) -> tantivy::Result<Names> {
    let mut counts = vec![0u64; table.places.len()];
    let (mut unknown, mut ords) = (0, Vec::new());
    let mut segments = Vec::with_capacity(readers.len());
    let tables = table.spellings.iter().zip(&table.starts);
    for ((reader, documents), (numbers, starts)) in readers.iter().zip(&documents.by_segment).zip(tables) {
        let Some(column) = names(reader, column)? else {
            unknown += documents.len() as u64;
            segments.push(None);
            continue;
        };
        for doc in documents {
            match starts.get(*doc as usize..*doc as usize + 2) {
                Some(&[start, end]) => ords_at(&column, start..end, &mut ords),
                _ => ords_of(&column, *doc, &mut ords),
            }
            unknown += u64::from(ords.is_empty());
            for number in ords.iter().filter_map(|ord| numbers.get(*ord as usize)) {
                counts[*number as usize] += 1;
            }
        }
        segments.push(Some(Segment { column, spelling: Spelling::Known(numbers) }));
    }
    unknown -= count_once(&segments, &documents.of_one, &table.keys, &mut counts);
    let mut by_key = vec![0u64; table.distinct];
    counts.iter().zip(&table.keys).for_each(|(count, key)| by_key[*key as usize] += count);
    let mut best: Vec<(Reverse<u64>, u32)> =
        (0..).zip(&by_key).filter(|(_, count)| **count > 0).map(|(key, count)| (Reverse(*count), key)).collect();
    let distinct = best.len() as u64;
    if most > 0 && most < best.len() {
        best.select_nth_unstable(most - 1);
        best.truncate(most);
    }
    best.sort_unstable_by_key(|(_, key)| *key);
    let mut values: Vec<Counted> = Vec::with_capacity(best.len());
    values.extend(best.iter().map(|(count, _)| Counted { key: String::new(), spellings: Vec::new(), count: count.0 }));
    let mut name = String::new();
    for (number, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let Ok(at) = best.binary_search_by_key(&table.keys[number], |(_, key)| *key) else { continue };
        let (segment, ord) = table.places[number];
        // Its segment may have no document of the result, but it has the name.
        if let Some(Segment { column, .. }) = &segments[segment] {
            name.clear();
            column.ord_to_str(ord, &mut name)?;
            values[at].spellings.push((name.clone(), *count));
        }
    }
    values.iter_mut().for_each(|value| value.key = value.spellings.first().map_or(String::new(), |one| fold(&one.0)));
    Ok(Names { values, distinct, unknown })
}

/// Takes back what the documents of one person count twice. Answers how many documents without a name are too many.
fn count_once(
    segments: &[Option<Segment<'_>>],
    persons: &[Vec<DocAddress>],
    key_of: &[u32],
    counts: &mut [u64],
) -> u64 {
    let mut too_many = 0;
    for of_one in persons {
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
                    let count = &mut counts[spelling as usize];
                    *count = count.saturating_sub(1);
                } else {
                    seen.push(key);
                }
            }
        }
        too_many += surplus(with, without);
    }
    too_many
}

impl Segment<'_> {
    /// The spellings of a document that has been counted.
    fn spellings(&self, doc: DocId) -> Vec<u32> {
        let numbers = match &self.spelling {
            Spelling::Known(numbers) => numbers,
            Spelling::Found(numbers) => &numbers[..],
        };
        let known = |ord: u64| numbers.get(ord as usize).copied().filter(|spelling| *spelling != NOWHERE);
        self.column.term_ords(doc).filter_map(known).collect()
    }
}

/// The names of a result by spelling.
#[derive(Default)]
struct Spellings {
    numbers: HashMap<String, u32>,
    /// By number.
    names: Vec<String>,
    /// By number: how many documents have it.
    counts: Vec<u64>,
}

impl Spellings {
    /// Counts the names of a segment. Answers by number in its column the number of the spelling.
    fn of_segment(&mut self, column: &StrColumn, documents: &[DocId], unknown: &mut u64) -> tantivy::Result<Vec<u32>> {
        let mut by_ord = vec![0u32; column.num_terms()];
        let mut ords = Vec::new();
        for doc in documents {
            ords_of(column, *doc, &mut ords);
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
                spelling[*ord as usize] = self.add(name, u64::from(count));
            }
        })?;
        Ok(spelling)
    }

    /// Counts a spelling and answers its number.
    fn add(&mut self, name: &str, count: u64) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            self.counts[*number as usize] += count;
            return *number;
        }
        let number = self.names.len() as u32;
        self.numbers.insert(name.to_string(), number);
        self.names.push(name.to_string());
        self.counts.push(count);
        number
    }
}

/// The numbers of a document's names in the column, read at once.
fn ords_of(column: &StrColumn, doc: DocId, out: &mut Vec<u64>) {
    ords_at(column, column.ords().index.value_row_ids(doc), out);
}

/// The numbers at some places of a column; few of them at once.
fn ords_at(column: &StrColumn, rows: Range<u32>, out: &mut Vec<u64>) {
    out.clear();
    out.resize(rows.len(), 0);
    if !out.is_empty() {
        column.ords().values.get_range(u64::from(rows.start), out);
    }
}

#[cfg(test)]
mod tests {
    use super::super::collect::{Keep, matches};
    use super::super::fixture::{Person, index_in};
    use super::super::plan::Plan;
    use super::*;
    use crate::model::Month;

    #[test]
    fn a_table_of_the_names_gives_the_same_counts() {
        let employers = ["Acme", "ACME", "Oracle", "acme", "Initech"];
        let person = |at: usize| {
            let person = Person::new(&format!("{at:03}.txt"), "somebody");
            let employer = employers[at % employers.len()];
            if at % 6 == 5 { person } else { person.job("Worker", employer, (2010, 1), Some((2012, 1)), "work") }
        };
        let people: Vec<Person> = (0..60).map(person).collect();
        let fixture = index_in(&people, 20);
        let searcher = fixture.engine.searcher();
        let (readers, column) = (searcher.segment_readers(), "employer_name");
        let found = matches(&searcher, &Plan::All, Keep::nothing(true), Month(0)).expect("an index").documents;
        let table = NameTable::of(readers, column).expect("an index").expect("few names");
        let listed = |mut names: Names| {
            names.values.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.key.cmp(&other.key)));
            let values = names.values.into_iter().map(|mut value| {
                value.spellings.sort_unstable();
                (value.key, value.spellings, value.count)
            });
            (values.collect::<Vec<_>>(), names.distinct, names.unknown)
        };
        let all = listed(count(readers, column, &found).expect("an index"));
        let known = |most| count_known(readers, (column, &table), &found, most).expect("an index");
        assert_eq!(listed(known(usize::MAX)), all);
        let (first, distinct, unknown) = listed(known(1));
        assert_eq!((&first[..], distinct, unknown), (&all.0[..1], 3, 10));
        assert_eq!(all.0[0].2, 30, "three spellings of one name");
    }
}
