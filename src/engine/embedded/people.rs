//! Who of an index's documents are one person, as numbers counted through. In: an index. Out: [`People`], with which any number of sets of
//! documents can be counted in people. Made once per commit, and only when needed: it goes through all documents that have a mark, and takes
//! four bytes for each document of a segment that has any. A single search does without.

use super::bits::Bits;
use super::collect::is_large;
use super::expand::broken;
use super::marks::Folds;
use super::warm::Warm;
use crate::error::Result;
use rayon::prelude::*;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;
use tantivy::index::SegmentReader;
use tantivy::{DocId, Searcher};

/// Which person each document belongs to.
#[derive(Debug, Default)]
pub struct People {
    segments: Vec<Persons>,
    /// How many persons have several documents.
    number: u32,
}

/// Of one segment.
#[derive(Debug)]
struct Persons {
    /// Documents of people with several.
    folded: Bits,
    /// By document; empty when there is none of them.
    number: Vec<u32>,
}

impl People {
    /// Reads the marks of all documents.
    ///
    /// # Errors
    /// Environment: the index cannot be read.
    pub fn of(searcher: &Searcher, warm: &Warm) -> Result<People> {
        let readers = searcher.segment_readers();
        let marks = |(ord, reader): (usize, &SegmentReader)| marked(warm, (ord as u32, reader));
        let marked: tantivy::Result<Vec<_>> = match is_large(searcher) {
            true => readers.par_iter().enumerate().map(marks).collect(),
            false => readers.iter().enumerate().map(marks).collect(),
        };
        let mut people = People::default();
        let mut numbers: HashMap<i64, u32, BuildHasherDefault<Spread>> = HashMap::default();
        for ((folded, marks), reader) in marked.map_err(broken)?.into_iter().zip(readers) {
            let mut number = if marks.is_empty() { Vec::new() } else { vec![0; reader.max_doc() as usize] };
            for (person, doc) in marks {
                let next = numbers.len() as u32;
                number[doc as usize] = *numbers.entry(person).or_insert(next);
            }
            people.segments.push(Persons { folded, number });
        }
        people.number = numbers.len() as u32;
        Ok(people)
    }

    /// How many people are in a set of documents, given by segment.
    pub fn count(&self, sets: &[Bits]) -> u64 {
        let mut alone = 0;
        let mut seen = Bits::none(self.number);
        for (set, persons) in sets.iter().zip(&self.segments) {
            let mut folded = persons.folded.clone();
            folded.intersect(set);
            alone += set.count() - folded.count();
            folded.iter().filter_map(|doc| persons.number.get(doc as usize)).for_each(|person| seen.insert(*person));
        }
        alone + seen.count()
    }
}

/// The documents of a segment that have a mark, and their persons.
fn marked(warm: &Warm, (ord, reader): (u32, &SegmentReader)) -> tantivy::Result<(Bits, Vec<(i64, DocId)>)> {
    let folds = match warm.segment(ord) {
        Some(segment) => segment.folds(reader, &warm.marks)?,
        None => Arc::new(Folds::open(reader, warm.marks.clone())?),
    };
    let folded = folds.marked();
    let marks = folded.iter().filter_map(|doc| Some((folds.person(doc)?, doc))).collect();
    Ok((folded.clone(), marks))
}

/// A hash for persons, whose numbers are hashes already: their low bits decide the place, and their high ones must differ too.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn write_i64(&mut self, number: i64) {
        self.write_u64(number.cast_unsigned());
    }
}
