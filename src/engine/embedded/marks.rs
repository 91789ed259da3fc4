//! Which documents are one person's, as the last folding told: [`Marks`], a file of its own beside the segments; [`Folds`], the marks of one
//! segment's documents. In: a commit's folder. Out: who has other documents. Decides nothing (`index::persons` does).
//!
//! Marks are no fields: a person's documents are known when all of them are indexed, and a field would have them written again.

use super::bits::Bits;
use super::by_document::ByDocument;
use super::expand::broken;
use super::numbers::Numbers;
use crate::error::{Error, Result};
use crate::index::persons::Fold;
use std::cmp::Ordering;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use tantivy::directory::error::OpenReadError;
use tantivy::index::SegmentReader;
use tantivy::{Directory, DocId, Searcher};

/// The file, beside the segments.
pub const FILE: &str = "persons";

/// Beginning of the file.
const MAGIC: &[u8; 8] = b"persons3";

/// That of a file without a hash at its end, as it was written before; it is still read.
const UNHASHED: &[u8; 8] = b"persons2";

/// Bytes of the hash of all others at the end.
const HASH: usize = 8;

/// Bytes of what stands in front of the hints: the magic, the number of marks, that of older versions.
const HEAD: usize = 24;

/// Bits of hints for each mark: who has none is told by them in fifteen of sixteen cases.
const HINTS: usize = 16;

/// Bytes of a mark: the document's number; the person, shifted, and what is told of the document.
const MARK: usize = 16;

/// Bytes of the place of another mark.
const PLACE: usize = 4;

/// Numbers of documents are below it, and spread evenly: they are made of the hashes of their texts.
const NUMBERS: i64 = 1 << 48;

/// So many times the place of a number is guessed from its size; then the rest is halved, whatever the numbers are.
const GUESSES: usize = 6;

/// Bits of [`Fold::ties`] and [`Fold::older`] beside the person.
const TOLD: u32 = 8;

/// The highest of them: another document of the person is newer.
const OLDER: u64 = 1 << (TOLD - 1);

/// A set of documents that is larger than one of so many of its segment is compared with all marks at once.
const SPARSE: u64 = 8;

/// The marks of an index, as they lie in the file; nothing is decoded before it is asked for.
///
/// ```text
/// persons3 │ marks: u64 │ of older versions: u64 │ hints: a bit for each end of a number that a mark has │ marks by number │
/// of each mark: the place of the person's next one, after the last that of the first │ hash
/// ```
#[derive(Debug, Default)]
pub struct Marks {
    bytes: Vec<u8>,
    /// Bytes of the hints.
    hints: usize,
    count: usize,
    older: u64,
}

impl Marks {
    /// Those of a list that rises by the documents' numbers.
    pub fn new(all: &[(i64, Fold)]) -> Marks {
        let mut hints = vec![0_u8; bytes_of_hints(all.len())];
        for (number, _) in all {
            let bit = *number as usize & (hints.len() * 8 - 1);
            hints[bit / 8] |= 1 << (bit % 8);
        }
        let older = all.iter().filter(|(_, fold)| fold.older).count() as u64;
        let mut bytes = MAGIC.to_vec();
        bytes.extend((all.len() as u64).to_le_bytes());
        bytes.extend(older.to_le_bytes());
        bytes.extend(&hints);
        for (number, fold) in all {
            let told = u64::from(fold.ties) | if fold.older { OLDER } else { 0 };
            bytes.extend(number.to_le_bytes());
            bytes.extend((fold.person.cast_unsigned() << TOLD | told).to_le_bytes());
        }
        bytes.extend(rings(all).into_iter().flat_map(u32::to_le_bytes));
        bytes.extend(hash(&bytes));
        Marks { bytes, hints: hints.len(), count: all.len(), older }
    }

    /// Those of the commit that a searcher sees; none before the first folding.
    ///
    /// # Errors
    /// Environment: the file cannot be read.
    pub fn of(searcher: &Searcher) -> Result<Marks> {
        Marks::found(searcher.index().directory()).map_err(broken)?.ok_or_else(|| {
            Error::environment("the index holds a list of persons that cannot be read")
                .hint("write it anew: vitae index FOLDER")
        })
    }

    /// The file is there, but it is none of ours, cut off, or has other bytes than were written. A search does not look at each of them.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn are_damaged(folder: &dyn Directory) -> tantivy::Result<bool> {
        Ok(!Marks::found(folder)?.is_some_and(|marks| marks.are_as_written()))
    }

    fn are_as_written(&self) -> bool {
        let end = self.bytes.len().saturating_sub(HASH);
        !self.bytes.starts_with(MAGIC) || hash(&self.bytes[..end]) == self.bytes[end..]
    }

    /// None if they are none of ours or cut off.
    fn found(folder: &dyn Directory) -> tantivy::Result<Option<Marks>> {
        match folder.atomic_read(Path::new(FILE)) {
            Ok(bytes) => Ok(Marks::read(bytes)),
            Err(OpenReadError::FileDoesNotExist(_)) => Ok(Some(Marks::default())),
            Err(error) => Err(error.into()),
        }
    }

    fn read(bytes: Vec<u8>) -> Option<Marks> {
        let number = |at: usize| Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
        let (count, older) = (usize::try_from(number(8)?).ok()?, number(16)?);
        let (is_known, hash) = (bytes.starts_with(MAGIC), if bytes.starts_with(UNHASHED) { 0 } else { HASH });
        let hints = bytes.len().checked_sub(HEAD + hash)?.checked_sub(count.checked_mul(MARK + PLACE)?)?;
        let is_whole = (is_known || hash == 0) && hints == bytes_of_hints(count);
        is_whole.then_some(Marks { bytes, hints, count, older })
    }

    /// Replaces the list of an index, at once and durably.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn write(folder: &dyn Directory, all: &[(i64, Fold)]) -> std::io::Result<()> {
        folder.atomic_write(Path::new(FILE), &Marks::new(all).bytes)?;
        folder.sync_directory()
    }

    /// The mark of the document with a number; none for a person's only document.
    pub fn fold(&self, number: i64) -> Option<Fold> {
        self.place(number).map(|(_, fold)| fold)
    }

    fn hints(&self) -> Hints<'_> {
        let bits = self.bytes.get(HEAD..HEAD + self.hints).unwrap_or_default();
        Hints { bits, mask: (bits.len() * 8).wrapping_sub(1) }
    }

    /// The same and its place.
    fn place(&self, number: i64) -> Option<(usize, Fold)> {
        if !self.hints().may_have(number) {
            return None;
        }
        let (mut low, mut high, mut from, mut to) = (0, self.count, 0, NUMBERS);
        for guesses in 0.. {
            if low >= high {
                break;
            }
            let middle = match (guesses < GUESSES && (from..to).contains(&number), high - low) {
                (true, left) => low + ((number - from) as f64 / (to - from) as f64 * left as f64) as usize,
                (false, left) => low + left / 2,
            };
            let middle = middle.min(high - 1);
            let (found, fold) = self.at(middle)?;
            match found.cmp(&number) {
                Ordering::Less => (low, from) = (middle + 1, found),
                Ordering::Greater => (high, to) = (middle, found),
                Ordering::Equal => return Some((middle, fold)),
            }
        }
        None
    }

    fn at(&self, place: usize) -> Option<(i64, Fold)> {
        let from = HEAD + self.hints + place * MARK;
        let number = |at: usize| Some(u64::from_le_bytes(self.bytes.get(at..at + 8)?.try_into().ok()?));
        let (own, told) = (number(from)?.cast_signed(), number(from + 8)?);
        let ties = (told & (OLDER - 1)) as u8;
        Some((own, Fold { person: (told >> TOLD).cast_signed(), ties, older: told & OLDER != 0 }))
    }

    /// The documents of the person to whom the one with a number belongs, this one first; none for a person's only document.
    pub fn of_same_person(&self, number: i64) -> Vec<(i64, Fold)> {
        let Some((first, fold)) = self.place(number) else { return Vec::new() };
        let (mut all, mut place) = (vec![(number, fold)], self.next(first));
        // A ring that does not close holds no more than all marks.
        while let Some(at) = place.filter(|at| *at != first && all.len() <= self.count) {
            all.extend(self.at(at));
            place = self.next(at);
        }
        all
    }

    /// The place of the next mark of the same person.
    fn next(&self, place: usize) -> Option<usize> {
        let from = HEAD + self.hints + self.count * MARK + place * PLACE;
        let next = u32::from_le_bytes(self.bytes.get(from..from + PLACE)?.try_into().ok()?);
        Some(next as usize)
    }

    /// How many documents there are of which the same person has a newer one.
    pub fn older(&self) -> u64 {
        self.older
    }
}

/// Tell of most numbers without a mark that they have none.
#[derive(Clone, Copy)]
struct Hints<'m> {
    bits: &'m [u8],
    /// The end of a number that has a bit.
    mask: usize,
}

impl Hints<'_> {
    #[inline]
    fn may_have(self, number: i64) -> bool {
        let bit = number as usize & self.mask;
        self.bits.get(bit / 8).is_some_and(|byte| byte & 1 << (bit % 8) != 0)
    }
}

/// Of each mark: the place of the same person's next one, after the last that of the first.
fn rings(all: &[(i64, Fold)]) -> Vec<u32> {
    let person = |place: &u32| all[*place as usize].1.person;
    let mut places: Vec<u32> = (0..all.len() as u32).collect();
    places.sort_by_key(person);
    let mut next = vec![0; all.len()];
    for of_one in places.chunk_by(|one, other| person(one) == person(other)) {
        let following = of_one.iter().cycle().skip(1);
        of_one.iter().zip(following).for_each(|(place, following)| next[*place as usize] = *following);
    }
    next
}

fn hash(bytes: &[u8]) -> [u8; HASH] {
    let mut hash = [0; HASH];
    hash.copy_from_slice(&blake3::hash(bytes).as_bytes()[..HASH]);
    hash
}

fn bytes_of_hints(marks: usize) -> usize {
    (marks * HINTS).next_power_of_two().max(8) / 8
}

/// The marks of a segment's documents.
pub struct Folds {
    marks: Arc<Marks>,
    numbers: Numbers,
    end: DocId,
    /// All documents with a mark, and the place of it.
    marked: OnceLock<(Bits, ByDocument<u32>)>,
}

impl Folds {
    /// Opens the numbers of a segment's documents.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn open(reader: &SegmentReader, marks: Arc<Marks>) -> tantivy::Result<Folds> {
        let numbers = if marks.count == 0 { Numbers::missing() } else { Numbers::open(reader, "number")? };
        Ok(Folds { marks, numbers, end: reader.max_doc(), marked: OnceLock::new() })
    }

    /// Those of `documents` that have a mark.
    pub fn among(&self, documents: &Bits) -> Bits {
        let mut marked = documents.clone();
        let is_dense = || documents.count().saturating_mul(SPARSE) >= u64::from(self.end);
        match self.marked.get().is_some() || is_dense() {
            true => marked.intersect(self.marked()),
            false => marked.retain(|doc| self.fold(doc).is_some()),
        }
        marked
    }

    /// All documents with a mark. Where they were asked for, the mark of a single document costs less.
    pub fn marked(&self) -> &Bits {
        &self.marked.get_or_init(|| self.all()).0
    }

    fn all(&self) -> (Bits, ByDocument<u32>) {
        let (mut marked, mut all) = (Bits::none(self.end), Vec::new());
        self.each_mark(|doc, place, _| {
            marked.insert(doc);
            all.push((doc, place as u32));
        });
        let mut places = ByDocument::of(&marked);
        for (doc, place) in all {
            places.get_mut(doc).into_iter().for_each(|at| *at = place);
        }
        (marked, places)
    }

    /// The documents of which the same person has a newer one.
    pub fn older(&self) -> Bits {
        let mut older = Bits::none(self.end);
        self.each_mark(|doc, _, fold| {
            if fold.older {
                older.insert(doc);
            }
        });
        older
    }

    /// The person; none for a person's only document.
    pub fn person(&self, doc: DocId) -> Option<i64> {
        Some(self.fold(doc)?.person)
    }

    /// The person and the document's own number; none for a person's only document.
    pub fn of(&self, doc: DocId) -> Option<(i64, i64)> {
        self.mark(doc).map(|(own, fold)| (fold.person, own))
    }

    /// The whole mark.
    pub fn fold(&self, doc: DocId) -> Option<Fold> {
        self.mark(doc).map(|(_, fold)| fold)
    }

    fn mark(&self, doc: DocId) -> Option<(i64, Fold)> {
        match self.marked.get() {
            Some((marked, places)) => marked.contains(doc).then(|| self.marks.at(places.get(doc) as usize))?,
            None => {
                let own = self.numbers.first(doc)?;
                Some((own, self.marks.fold(own)?))
            }
        }
    }

    /// Gives every document with a mark, the place of it, and the mark.
    fn each_mark(&self, mut give: impl FnMut(DocId, usize, Fold)) {
        let hints = self.marks.hints();
        self.numbers.each_first(self.end, |doc, number| {
            if hints.may_have(number)
                && let Some((place, fold)) = self.marks.place(number)
            {
                give(doc, place, fold);
            }
        });
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
        let last = (1 << 48) - 1;
        let marks =
            Marks::new(&[(3, fold(3, true)), (19, fold(3, false)), (40, fold(40, false)), (last, fold(last, true))]);
        assert_eq!([19, last].map(|number| marks.fold(number)), [Some(fold(3, false)), Some(fold(last, true))]);
        assert_eq!([4, 3 + 64, 0, -1].map(|number| marks.fold(number)), [None; 4]);
        assert_eq!(marks.of_same_person(19), [(19, fold(3, false)), (3, fold(3, true))]);
        assert_eq!((marks.of_same_person(last).len(), marks.of_same_person(4).len()), (1, 0));
        assert_eq!(marks.older(), 2);
        assert_eq!((Marks::default().fold(0), Marks::new(&[]).fold(0)), (None, None));
    }

    #[test]
    fn every_mark_is_found_wherever_numbers_lie() {
        let spread = |at: i64| at * ((NUMBERS - 1) / 999);
        let squeezed = |at: i64| NUMBERS - 1 - at * (at + 1);
        for number in [&spread as &dyn Fn(i64) -> i64, &squeezed] {
            let mut all: Vec<(i64, Fold)> = (0..999).map(|at| (number(at), fold(number(at % 40), false))).collect();
            all.sort_unstable_by_key(|(number, _)| *number);
            let marks = Marks::new(&all);
            for (number, fold) in &all {
                assert_eq!((marks.fold(*number), marks.fold(number + 1).is_none()), (Some(*fold), true));
                let of_one = marks.of_same_person(*number);
                assert!(of_one.iter().all(|(_, other)| other.person == fold.person));
                assert_eq!(of_one.len(), all.iter().filter(|(_, other)| other.person == fold.person).count());
            }
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let folder = RamDirectory::create();
        let index = tantivy::Index::builder().schema(super::super::schema::schema().0).open_or_create(folder.clone());
        let searcher = || index.as_ref().unwrap().reader().unwrap().searcher();
        assert_eq!(Marks::of(&searcher()).unwrap().count, 0);
        for all in [&[(7, fold(7, true)), (9, fold(7, false))][..], &[]] {
            Marks::write(&folder, all).unwrap();
            let marks = Marks::of(&searcher()).unwrap();
            assert_eq!(all.iter().map(|(number, _)| (*number, marks.fold(*number).unwrap())).collect::<Vec<_>>(), all);
            assert_eq!((marks.count, marks.fold(8)), (all.len(), None));
        }
        let bytes = Marks::new(&[(7, fold(7, true))]).bytes;
        for cut in 0..bytes.len() {
            folder.atomic_write(Path::new(FILE), &bytes[..cut]).unwrap();
            assert!(Marks::of(&searcher()).is_err(), "cut at {cut}");
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            folder.atomic_write(Path::new(FILE), &changed).unwrap();
            assert!(Marks::are_damaged(&folder).unwrap(), "byte {at} is another");
        }
        let before = [UNHASHED, &bytes[MAGIC.len()..bytes.len() - HASH]].concat();
        folder.atomic_write(Path::new(FILE), &before).unwrap();
        assert!(!Marks::are_damaged(&folder).unwrap());
        assert_eq!(Marks::of(&searcher()).unwrap().fold(7), Some(fold(7, true)));
    }
}
