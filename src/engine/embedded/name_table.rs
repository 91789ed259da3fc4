//! The names of a column over all segments, numbered through: what a program that stays open makes of a commit when facets are asked for
//! again and again. In: the segments, a column of names. Out: [`NameTable`], with which names are counted by number and only those that are
//! shown are looked up. Takes four bytes for each document and each name of each segment and twelve for each spelling; none is made for a column with more than
//! [`MOST_NAMES`].

use super::columns::names;
use super::numbers::starts;
use crate::analysis::fold;
use std::collections::HashMap;
use tantivy::index::SegmentReader;

/// Most names of all segments together: a table of them takes some 30 MB.
const MOST_NAMES: usize = 2_000_000;

/// Which names are the same in several segments, and which fold to the same.
#[derive(Debug, Default)]
pub struct NameTable {
    /// By segment: by number in the segment's column, the number of the spelling.
    pub spellings: Vec<Vec<u32>>,
    /// By spelling: the number of what it folds to. These numbers are in the order of the folded text.
    pub keys: Vec<u32>,
    /// By spelling: a segment that has it, and its number in the column there.
    pub places: Vec<(usize, u64)>,
    /// How many keys there are.
    pub distinct: usize,
    /// By segment, by document: where its names begin in the column; one more at the end. Empty where nobody has a name.
    pub starts: Vec<Vec<u32>>,
}

impl NameTable {
    /// Reads all names of a column; none when there are too many.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn of(readers: &[SegmentReader], column: &str) -> tantivy::Result<Option<NameTable>> {
        let columns = readers.iter().map(|reader| names(reader, column)).collect::<tantivy::Result<Vec<_>>>()?;
        if columns.iter().flatten().map(|column| column.num_terms()).sum::<usize>() > MOST_NAMES {
            return Ok(None);
        }
        let mut table = NameTable::default();
        let mut numbers: HashMap<String, u32> = HashMap::new();
        for (segment, (column, reader)) in columns.iter().zip(readers).enumerate() {
            let starts = column.as_ref().and_then(|column| starts(&column.ords().index, reader.max_doc()));
            table.starts.push(starts.unwrap_or_default());
            let mut of_segment = Vec::new();
            if let Some(column) = column {
                of_segment.reserve(column.num_terms());
                let mut stream = column.dictionary().stream()?;
                while stream.advance() {
                    let name = String::from_utf8_lossy(stream.key());
                    let number = match numbers.get(name.as_ref()) {
                        Some(number) => *number,
                        None => {
                            let number = table.places.len() as u32;
                            numbers.insert(name.into_owned(), number);
                            table.places.push((segment, of_segment.len() as u64));
                            number
                        }
                    };
                    of_segment.push(number);
                }
            }
            table.spellings.push(of_segment);
        }
        table.fold(numbers);
        Ok(Some(table))
    }

    /// Numbers what the spellings fold to.
    fn fold(&mut self, numbers: HashMap<String, u32>) {
        let mut folded: Vec<(String, u32)> =
            numbers.into_iter().map(|(spelling, number)| (fold(&spelling), number)).collect();
        folded.sort_unstable();
        self.keys = vec![0; folded.len()];
        for of_one in folded.chunk_by(|one, other| one.0 == other.0) {
            of_one.iter().for_each(|(_, number)| self.keys[*number as usize] = self.distinct as u32);
            self.distinct += 1;
        }
    }
}
