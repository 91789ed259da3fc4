//! Which documents are one person's, as the last folding told: [`Marks`], a file of its own beside the segments; [`Folds`], the marks of one
//! segment's documents. In: a commit's folder. Out: who has other documents. Decides nothing (`index::persons` does).
//!
//! Marks are no fields: a person's documents are known when all of them are indexed, and a field would have them written again.

use super::bits::Bits;
use super::expand::broken;
use super::numbers::Numbers;
use crate::error::{Error, Result};
use crate::index::persons::Fold;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use tantivy::directory::error::OpenReadError;
use tantivy::index::SegmentReader;
use tantivy::{Directory, DocId, Searcher};

/// The file, beside the segments.
const FILE: &str = "persons";

/// Bits of [`Marks::hint`] for each mark: who has none is told by it in fifteen of sixteen cases.
const HINTS: usize = 16;

/// A set of documents that is larger than one of so many of its segment is compared with all marks at once.
const SPARSE: u64 = 8;

/// The marks of an index.
#[derive(Debug, Default)]
pub struct Marks {
    /// By the document's number, rising.
    all: Vec<(i64, Fold)>,
    /// By the last bits of a number, a power of two of them: none of the marks has such a number.
    hint: Vec<bool>,
}

impl Marks {
    /// Those of a list that rises by the documents' numbers.
    pub fn new(all: Vec<(i64, Fold)>) -> Marks {
        let mut hint = vec![false; (all.len() * HINTS).next_power_of_two()];
        let last = hint.len() - 1;
        all.iter().for_each(|(number, _)| hint[*number as usize & last] = true);
        Marks { all, hint }
    }

    /// Those of the commit that a searcher sees; none before the first folding.
    ///
    /// # Errors
    /// Environment: the file cannot be read.
    pub fn of(searcher: &Searcher) -> Result<Marks> {
        let bytes = match searcher.index().directory().atomic_read(Path::new(FILE)) {
            Ok(bytes) => bytes,
            Err(OpenReadError::FileDoesNotExist(_)) => return Ok(Marks::default()),
            Err(error) => return Err(broken(error.into())),
        };
        let all: Option<Vec<(i64, Fold)>> = postcard::from_bytes(&bytes).ok();
        all.map(Marks::new).ok_or_else(|| {
            Error::environment("the index holds a list of persons that cannot be read")
                .hint("write it anew: vitae index FOLDER --rebuild")
        })
    }

    /// Replaces the list of an index, at once and durably.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn write(folder: &dyn Directory, all: &[(i64, Fold)]) -> std::io::Result<()> {
        let bytes = postcard::to_allocvec(all).map_err(std::io::Error::other)?;
        folder.atomic_write(Path::new(FILE), &bytes)?;
        folder.sync_directory()
    }

    /// The mark of the document with a number; none for a person's only document.
    pub fn fold(&self, number: i64) -> Option<Fold> {
        if !*self.hint.get(number as usize & self.hint.len().wrapping_sub(1))? {
            return None;
        }
        let at = self.all.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        Some(self.all[at].1)
    }

    /// The numbers of a person's documents.
    pub fn of_person(&self, person: i64) -> impl Iterator<Item = i64> + '_ {
        self.all.iter().filter(move |(_, fold)| fold.person == person).map(|(number, _)| *number)
    }

    /// How many documents there are of which the same person has a newer one.
    pub fn older(&self) -> u64 {
        self.all.iter().filter(|(_, fold)| fold.older).count() as u64
    }
}

/// The marks of a segment's documents.
pub struct Folds {
    marks: Arc<Marks>,
    numbers: Numbers,
    end: DocId,
    /// All documents with a mark.
    marked: OnceLock<Bits>,
}

impl Folds {
    /// Opens the numbers of a segment's documents.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn open(reader: &SegmentReader, marks: Arc<Marks>) -> tantivy::Result<Folds> {
        let numbers = if marks.all.is_empty() { Numbers::missing() } else { Numbers::open(reader, "number")? };
        Ok(Folds { marks, numbers, end: reader.max_doc(), marked: OnceLock::new() })
    }

    /// Those of `documents` that have a mark.
    pub fn among(&self, documents: &Bits) -> Bits {
        let mut marked = documents.clone();
        match documents.count().saturating_mul(SPARSE) >= u64::from(self.end) {
            true => marked.intersect(self.marked()),
            false => marked.retain(|doc| self.fold(doc).is_some()),
        }
        marked
    }

    /// All documents with a mark.
    pub fn marked(&self) -> &Bits {
        self.marked.get_or_init(|| self.having(|_| true))
    }

    /// The documents of which the same person has a newer one.
    pub fn older(&self) -> Bits {
        self.having(|fold| fold.older)
    }

    /// The person; none for a person's only document.
    pub fn person(&self, doc: DocId) -> Option<i64> {
        Some(self.fold(doc)?.person)
    }

    /// The person and the document's own number; none for a person's only document.
    pub fn of(&self, doc: DocId) -> Option<(i64, i64)> {
        let own = self.numbers.first(doc)?;
        Some((self.marks.fold(own)?.person, own))
    }

    /// The whole mark.
    pub fn fold(&self, doc: DocId) -> Option<Fold> {
        self.marks.fold(self.numbers.first(doc)?)
    }

    fn having(&self, is_meant: impl Fn(&Fold) -> bool) -> Bits {
        let numbers = self.numbers.clone().for_many(u64::from(self.end), self.end);
        let mut found = Bits::none(self.end);
        if !self.numbers.is_missing() {
            let fold = |doc: &DocId| numbers.first(*doc).and_then(|number| self.marks.fold(number));
            (0..self.end).filter(|doc| fold(doc).is_some_and(|fold| is_meant(&fold))).for_each(|doc| found.insert(doc));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::directory::RamDirectory;

    fn fold(person: i64, older: bool) -> Fold {
        Fold { person, ties: 1, older }
    }

    #[test]
    fn marks_are_found_by_number_and_by_person() {
        let marks = Marks::new(vec![(3, fold(3, true)), (19, fold(3, false)), (40, fold(40, false))]);
        assert_eq!(marks.fold(19), Some(fold(3, false)));
        assert_eq!([4, 3 + 64, 0, -1].map(|number| marks.fold(number)), [None; 4]);
        assert_eq!(marks.of_person(3).collect::<Vec<_>>(), [3, 19]);
        assert_eq!(marks.older(), 1);
        assert_eq!(Marks::default().fold(0), None);
    }

    #[test]
    fn what_is_written_is_read() {
        let folder = RamDirectory::create();
        let index = tantivy::Index::builder().schema(super::super::schema::schema().0).open_or_create(folder.clone());
        let searcher = || index.as_ref().unwrap().reader().unwrap().searcher();
        assert!(Marks::of(&searcher()).unwrap().all.is_empty());
        Marks::write(&folder, &[(7, fold(7, true))]).unwrap();
        assert_eq!(Marks::of(&searcher()).unwrap().fold(7), Some(fold(7, true)));
        folder.atomic_write(Path::new(FILE), &[9]).unwrap();
        assert!(Marks::of(&searcher()).is_err());
    }
}
