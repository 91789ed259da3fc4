//! The files that an index is made of, by number: [`Files`] holds each path once, with its [`Entry`]. In: paths, what became of them. Out: the
//! same in the order of the paths, or by content. Opens no file; [`super::file_list`] is how they are kept on disk.
//!
//! A run over a million files has a million of everything that is held per file: here 64 bytes and the path, and whoever else speaks of a file
//! says its number.

use crate::corpus::ContentHash;
use crate::model::{Format, SkipReason};
use std::cmp::Ordering;
use std::sync::Arc;

/// Number of a file in [`Files`].
pub type Row = u32;

/// What is known of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Bytes.
    pub size: u64,
    /// Last change, seconds since 1970 (UTC).
    pub modified: i64,
    /// Nanoseconds within that second.
    pub nanos: u32,
    /// [`super::manifest::Make::stamp`] of the run that read it.
    pub stamp: u32,
    /// What became of it.
    pub state: State,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Its content is in the index: content hash and format.
    Indexed(ContentHash, Format),
    /// It is not, and why.
    Skipped(Box<SkipReason>),
}

impl Entry {
    /// The content and its format; none of a file that was left out.
    pub fn content(&self) -> Option<(ContentHash, Format)> {
        match self.state {
            State::Indexed(hash, format) => Some((hash, format)),
            State::Skipped(_) => None,
        }
    }

    /// Why it was left out; none of a file that is in the index.
    pub fn skipped(&self) -> Option<&SkipReason> {
        match &self.state {
            State::Indexed(..) => None,
            State::Skipped(reason) => Some(reason),
        }
    }
}

/// Paths with their entries. A path may be without an entry: it was listed and not read yet, or what it had is gone.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// Of the first rows, sorted. Reading threads look up their files here while entries change.
    paths: Arc<Vec<Box<str>>>,
    /// Of the rows after them, as they came: files found inside files.
    later: Vec<Box<str>>,
    entries: Vec<Option<Entry>>,
    count: usize,
}

/// Two are equal when the same paths have the same entries.
impl PartialEq for Files {
    fn eq(&self, other: &Files) -> bool {
        self.count == other.count
            && self.iter().zip(other.iter()).all(|((_, one, left), (_, two, right))| one == two && left == right)
    }
}

impl Files {
    /// Of paths with entries, sorted by path.
    pub fn sorted(files: Vec<(Box<str>, Entry)>) -> Files {
        let count = files.len();
        let (paths, entries) = files.into_iter().map(|(path, entry)| (path, Some(entry))).unzip();
        Files { paths: Arc::new(paths), later: Vec::new(), entries, count }
    }

    /// Number of files with an entry.
    pub fn len(&self) -> usize {
        self.count
    }

    /// No file has an entry.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Number of rows, with and without an entry.
    pub fn rows(&self) -> usize {
        self.entries.len()
    }

    /// The sorted paths, by row; those of [`Files::add`] are not among them.
    pub fn paths(&self) -> Arc<Vec<Box<str>>> {
        self.paths.clone()
    }

    /// The path of a row.
    pub fn path(&self, row: Row) -> &str {
        let at = row as usize;
        self.paths.get(at).or_else(|| self.later.get(at - self.paths.len())).map_or("", |path| path)
    }

    /// The row of a path among the sorted ones.
    pub fn row(&self, path: &str) -> Option<Row> {
        self.paths.binary_search_by(|known| (**known).cmp(path)).ok().map(|at| at as Row)
    }

    /// The entry of a row.
    pub fn entry(&self, row: Row) -> Option<&Entry> {
        self.entries.get(row as usize)?.as_ref()
    }

    /// Gives a row its entry, or takes it away; the answer is what it had.
    pub fn set(&mut self, row: Row, entry: Option<Entry>) -> Option<Entry> {
        let place = self.entries.get_mut(row as usize)?;
        let before = std::mem::replace(place, entry);
        self.count = self.count + usize::from(place.is_some()) - usize::from(before.is_some());
        before
    }

    /// Takes a path that is not known yet, without an entry.
    pub fn add(&mut self, path: Box<str>) -> Row {
        self.later.push(path);
        self.entries.push(None);
        (self.entries.len() - 1) as Row
    }

    /// The row was known before this run, or listed.
    pub fn is_sorted(&self, row: Row) -> bool {
        (row as usize) < self.paths.len()
    }

    /// The sorted rows whose path begins with `prefix`.
    pub fn below(&self, prefix: &str) -> std::ops::Range<Row> {
        let from = self.paths.partition_point(|path| **path < *prefix);
        let count = self.paths[from..].partition_point(|path| path.starts_with(prefix));
        from as Row..(from + count) as Row
    }

    /// All rows in the order of their paths.
    pub fn in_order(&self) -> impl Iterator<Item = Row> {
        let mut later: Vec<Row> = (self.paths.len() as Row..self.entries.len() as Row).collect();
        later.sort_unstable_by(|one, other| self.path(*one).cmp(self.path(*other)));
        let mut later = later.into_iter().peekable();
        let mut first = (0..self.paths.len() as Row).peekable();
        std::iter::from_fn(move || match (first.peek(), later.peek()) {
            (Some(one), Some(other)) if self.path(*other) < self.path(*one) => later.next(),
            (Some(_), _) => first.next(),
            (None, _) => later.next(),
        })
    }

    /// All files with an entry, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (Row, &str, &Entry)> {
        self.in_order().filter_map(|row| Some((row, self.path(row), self.entry(row)?)))
    }

    /// The indexed files by content, those of one content by path.
    pub fn by_content(&self) -> Vec<(ContentHash, Row)> {
        let rows = (0..).zip(&self.entries);
        let mut found: Vec<(ContentHash, Row)> = Vec::with_capacity(self.count);
        found.extend(rows.filter_map(|(row, entry)| Some((entry.as_ref()?.content()?.0, row))));
        found.sort_unstable_by(|one, other| one.0.cmp(&other.0).then_with(|| self.compare(one.1, other.1)));
        found
    }

    /// The order of two paths.
    pub fn compare(&self, one: Row, other: Row) -> Ordering {
        match self.is_sorted(one) && self.is_sorted(other) {
            true => one.cmp(&other),
            false => self.path(one).cmp(self.path(other)),
        }
    }

    /// Takes all of `listed`, which are sorted: their rows, and where the rows of before are now (none if they stayed).
    pub fn unite(&mut self, listed: Vec<Box<str>>) -> (Vec<Row>, Option<Vec<Row>>) {
        if let Some(rows) = self.known(&listed) {
            return (rows, None);
        }
        let order: Vec<Row> = self.in_order().collect();
        let mut moved = vec![0; order.len()];
        let mut united = Files { entries: Vec::with_capacity(order.len() + listed.len()), ..Files::default() };
        let mut paths: Vec<Box<str>> = Vec::with_capacity(order.len() + listed.len());
        let old = std::mem::take(self);
        let mut old_paths = Arc::try_unwrap(old.paths).unwrap_or_else(|shared| (*shared).clone());
        old_paths.extend(old.later);
        let mut entries = old.entries;
        let mut known = order.into_iter().map(move |row| {
            let at = row as usize;
            (at, std::mem::take(&mut old_paths[at]), entries[at].take())
        });
        let mut known = known.by_ref().peekable();
        let mut rows = Vec::with_capacity(listed.len());
        let mut push = |path, entry| {
            paths.push(path);
            united.entries.push(entry);
            (paths.len() - 1) as Row
        };
        for path in listed {
            while let Some((at, before, entry)) = known.next_if(|(_, before, _)| **before < *path) {
                moved[at] = push(before, entry);
            }
            match known.next_if(|(_, before, _)| *before == path) {
                Some((at, _, entry)) => {
                    moved[at] = push(path, entry);
                    rows.push(moved[at]);
                }
                None => rows.push(push(path, None)),
            }
        }
        for (at, before, entry) in known {
            moved[at] = push(before, entry);
        }
        (united.paths, united.count) = (Arc::new(paths), old.count);
        *self = united;
        (rows, Some(moved))
    }

    /// The rows of paths that all stand here; both are sorted and gone through side by side.
    fn known(&self, listed: &[Box<str>]) -> Option<Vec<Row>> {
        let mut rows = (0..).zip(self.paths.iter());
        let row = |path: &str| rows.find(|(_, known)| ***known >= *path).filter(|(_, known)| ***known == *path);
        listed.iter().map(|path| &**path).map(row).map(|found| found.map(|(row, _)| row)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(size: u64) -> Entry {
        Entry { size, modified: 0, nanos: 0, stamp: 0, state: State::Skipped(Box::new(SkipReason::Empty)) }
    }

    fn boxed(paths: &[&str]) -> Vec<Box<str>> {
        paths.iter().map(|path| Box::from(*path)).collect()
    }

    fn sample() -> Files {
        let paths = boxed(&["b", "d", "f"]);
        Files::sorted(paths.into_iter().zip(1..).map(|(path, size)| (path, entry(size))).collect())
    }

    fn shown(files: &Files) -> Vec<(&str, u64)> {
        files.iter().map(|(_, path, entry)| (path, entry.size)).collect()
    }

    #[test]
    fn entries_come_and_go() {
        let mut files = sample();
        assert_eq!(files.set(1, None).map(|entry| entry.size), Some(2));
        let row = files.add("c".into());
        assert_eq!((files.len(), files.path(row), files.is_sorted(row)), (2, "c", false));
        files.set(row, Some(entry(9)));
        assert_eq!(shown(&files), [("b", 1), ("c", 9), ("f", 3)]);
        assert_eq!((files.row("f"), files.row("e")), (Some(2), None));
        assert_eq!(files.set(17, None), None);
    }

    #[test]
    fn rows_below_a_path_stand_together() {
        let files = sample();
        assert_eq!((files.below("d"), files.below("c"), files.below("")), (1..2, 1..1, 0..3));
    }

    #[test]
    fn a_listing_finds_its_rows_and_moves_the_others() {
        let mut files = sample();
        assert_eq!(files.unite(boxed(&["b", "f"])), (vec![0, 2], None), "nothing new");
        let row = files.add("c".into());
        files.set(row, Some(entry(9)));
        let (rows, moved) = files.unite(boxed(&["a", "d", "g"]));
        assert_eq!((rows, moved), (vec![0, 3, 5], Some(vec![1, 3, 4, 2])));
        assert_eq!(shown(&files), [("b", 1), ("c", 9), ("d", 2), ("f", 3)]);
        assert_eq!((files.path(5), files.entry(5), files.len()), ("g", None, 4));
    }

    #[test]
    fn files_of_one_content_stand_together_by_path() {
        let mut files = sample();
        let indexed = |hash| Some(Entry { state: State::Indexed(hash, Format::Text), ..entry(1) });
        let row = files.add("a".into());
        files.set(row, indexed(ContentHash::of(b"x")));
        files.set(0, indexed(ContentHash::of(b"x")));
        files.set(2, indexed(ContentHash::of(b"y")));
        let mut expected = vec![(ContentHash::of(b"x"), 3), (ContentHash::of(b"x"), 0), (ContentHash::of(b"y"), 2)];
        expected.sort_by_key(|(hash, _)| *hash);
        assert_eq!(files.by_content(), expected);
    }
}
