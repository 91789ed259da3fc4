//! What the index holds, beside what the files of a manifest say: [`Documents`]. In: files when a run begins, documents as they are added,
//! replaced and removed. Out: every content with its files and its document, so that what differs is found. Reads no index.
//!
//! A document is usually as its one file says: those of earlier runs are a line each in a sorted list, one of this run is a bit of its
//! file's row, and only what differs is written out. At a million files a map of documents with their paths would be 400 MB.

use super::document::{FileFacts, id_of};
use super::files::{Files, Row};
use super::manifest::day_of;
use crate::corpus::ContentHash;
use crate::model::Format;
use std::collections::{BTreeMap, HashMap};

/// The facts of a document in the index, with rows for paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its files, sorted by path.
    pub rows: Vec<Row>,
    /// What the bytes are.
    pub format: Format,
    /// Day of the last change of the first file, `YYYYMMDD`.
    pub modified: i64,
}

impl Held {
    /// As the files of one content say, which are sorted by path; none without files.
    pub fn told(files: &Files, of_content: &[(ContentHash, Row)]) -> Option<Held> {
        let entry = files.entry(of_content.first()?.1)?;
        let rows = of_content.iter().map(|(_, row)| *row).collect();
        Some(Held { rows, format: entry.content()?.1, modified: day_of(entry.modified) })
    }

    /// The same with paths.
    pub fn facts(&self, hash: ContentHash, files: &Files) -> FileFacts {
        let paths = self.rows.iter().map(|row| files.path(*row).to_string()).collect();
        FileFacts { paths, hash: hash.to_string(), format: self.format, modified: self.modified }
    }
}

/// The id of the document with this content.
pub fn id(hash: ContentHash) -> String {
    id_of(&hash.to_string()).to_string()
}

/// A document of an earlier run.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Before {
    hash: ContentHash,
    row: Row,
    modified: u32,
    format: Format,
}

/// The documents of an index.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Documents {
    /// Sorted by hash.
    before: Vec<Before>,
    /// All rows of those in `before` that have several.
    several: HashMap<ContentHash, Vec<Row>>,
    /// By row: its content was added in this run, for this file.
    fresh: Vec<bool>,
    /// What neither of them says; none where there is no document.
    changed: BTreeMap<ContentHash, Option<Held>>,
}

impl Documents {
    /// As the files say.
    pub fn told(files: &Files) -> Documents {
        let mut documents = Documents::default();
        for group in files.by_content().chunk_by(|one, other| one.0 == other.0) {
            let (hash, row) = group[0];
            let Some(entry) = files.entry(row) else { continue };
            let Some((_, format)) = entry.content() else { continue };
            let modified = u32::try_from(day_of(entry.modified)).unwrap_or_default();
            documents.before.push(Before { hash, row, modified, format });
            if group.len() > 1 {
                documents.several.insert(hash, group.iter().map(|(_, row)| *row).collect());
            }
        }
        documents
    }

    /// Rows have other numbers now: `moved` says which.
    pub fn renumber(&mut self, moved: &[Row]) {
        let to = |row: &mut Row| *row = moved.get(*row as usize).copied().unwrap_or(*row);
        self.before.iter_mut().for_each(|before| to(&mut before.row));
        self.several.values_mut().flatten().for_each(to);
        self.changed.values_mut().flatten().flat_map(|held| &mut held.rows).for_each(to);
    }

    /// The document of a content; `rows` are its files now, if they are known.
    pub fn get(&self, hash: ContentHash, files: &Files, rows: &[(ContentHash, Row)]) -> Option<Held> {
        if let Some(changed) = self.changed.get(&hash) {
            return changed.clone();
        }
        if let Some(own) = rows.iter().find(|(_, row)| self.fresh.get(*row as usize) == Some(&true)) {
            return Held::told(files, std::slice::from_ref(own));
        }
        let before = self.find(hash)?;
        let rows = self.several.get(&hash).cloned().unwrap_or_else(|| vec![before.row]);
        Some(Held { rows, format: before.format, modified: i64::from(before.modified) })
    }

    /// An earlier run has left a document with this content in the index.
    pub fn has_older(&self, hash: ContentHash) -> bool {
        self.changed.get(&hash).map_or_else(|| self.find(hash).is_some(), Option::is_some)
    }

    fn find(&self, hash: ContentHash) -> Option<&Before> {
        let at = self.before.binary_search_by(|before| before.hash.cmp(&hash)).ok()?;
        self.before.get(at)
    }

    /// The document of this row's content was added, for this file alone.
    pub fn add(&mut self, row: Row, hash: ContentHash) {
        let at = row as usize;
        if self.fresh.len() <= at {
            self.fresh.resize(at + 1, false);
        }
        self.fresh[at] = true;
        self.changed.remove(&hash);
    }

    /// The document of a content is as `held` says now, or gone.
    pub fn set(&mut self, hash: ContentHash, held: Option<Held>) {
        self.changed.insert(hash, held);
    }

    /// Contents of earlier runs that are in the index, sorted.
    pub fn older(&self) -> impl Iterator<Item = ContentHash> {
        let (mut before, mut changed) = (self.before.iter().peekable(), self.changed.keys().peekable());
        let hashes = std::iter::from_fn(move || match (before.peek(), changed.peek()) {
            (Some(one), Some(other)) if one.hash == **other => {
                changed.next();
                before.next().map(|before| before.hash)
            }
            (Some(one), Some(other)) if one.hash > **other => changed.next().copied(),
            (Some(_), _) => before.next().map(|before| before.hash),
            (None, _) => changed.next().copied(),
        });
        hashes.filter(|hash| self.changed.get(hash).is_none_or(Option::is_some))
    }

    /// Gives every content that files have or the index holds: its files by path, and its document.
    pub fn each(&self, files: &Files, mut give: impl FnMut(ContentHash, &[(ContentHash, Row)], Option<Held>)) {
        let told = files.by_content();
        let mut groups = told.chunk_by(|one, other| one.0 == other.0).peekable();
        let mut older = self.older().peekable();
        loop {
            let hash = match (groups.peek().map(|group| group[0].0), older.peek()) {
                (Some(one), Some(other)) => one.min(*other),
                (Some(hash), None) => hash,
                (None, Some(hash)) => *hash,
                (None, None) => return,
            };
            let rows = groups.next_if(|group| group[0].0 == hash).unwrap_or_default();
            older.next_if_eq(&hash);
            give(hash, rows, self.get(hash, files, rows));
        }
    }
}
