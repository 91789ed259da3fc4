//! Folder as it is + manifest of the last run → what there is to do. In: listed files, [`Manifest`], which takes their paths. Out: [`Plan`],
//! which speaks of files by their rows. Compares names, sizes and times only; reads no file.

use super::files::{Entry, Files, Row};
use super::manifest::Manifest;
use super::members;
use crate::corpus::SourceFile;
use crate::corpus::walk::Listed;
use crate::model::SkipReason;
use crate::read::UNOPENED_ARCHIVE;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

/// What makes a file's last entry still good.
#[derive(Clone, Copy)]
pub struct Limits<'a> {
    /// Stamp of the present make; entries of another are stale.
    pub stamp: u32,
    /// Larger files are left out.
    pub max_bytes: u64,
    /// Archives are opened.
    pub archives: bool,
    /// A file left out for this reason may be read now ([`super::Extract::may_be_read_now`]).
    pub retry: &'a dyn Fn(&SkipReason) -> bool,
}

/// What became of a file that is in the index; of several with the same content the first in this order speaks for the
/// document, the others are duplicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Not touched.
    Unchanged,
    /// Read again.
    Changed,
    /// Read for the first time.
    New,
    /// Known content whose former path is gone.
    Moved,
    /// Known content that also lies elsewhere.
    Duplicate,
}

/// A file to read, as it was listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Bytes.
    pub size: u64,
    /// Last change, seconds since 1970 (UTC).
    pub modified: i64,
    /// Nanoseconds within that second.
    pub nanos: u32,
    /// Its row, which knows the path.
    pub row: Row,
}

/// What there is to do.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files to read, sorted by path.
    pub work: Vec<Work>,
    /// Where files lie whose path cannot be told by name.
    pub odd: HashMap<Row, Box<Path>>,
    /// Files that need no reading.
    pub unchanged: Vec<Row>,
    /// Files left out without reading, with the entry to keep.
    pub skipped: Vec<(Row, SkipReason)>,
    /// Entries of the last run whose files are gone.
    pub vanished: Vec<Row>,
    /// Entries under folders that cannot be listed now: kept, because nothing says that the files are gone.
    pub out_of_reach: u64,
    /// Files inside files that need no reading: they stand in `unchanged` and `skipped`, too.
    pub inside: u64,
    /// Some file has to be read again only because the make changed.
    pub stale: bool,
}

/// What the listing says of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    Not,
    /// It needs no reading.
    Untouched,
    /// It is to be read.
    Reading,
}

/// Containers with a member that was left out for a limit, which may have been raised since.
fn to_reopen(files: &Files) -> HashSet<Row> {
    let again = files.iter().filter(|(_, _, entry)| matches!(entry.skipped(), Some(SkipReason::TooLarge(_))));
    again.filter_map(|(_, path, _)| files.row(members::container_of(path)?)).collect()
}

/// What the reason says of an archive: opened or not; for anything else what is wanted.
fn is_open(reason: &SkipReason, wanted: bool) -> bool {
    match reason {
        SkipReason::Opened(_) => true,
        SkipReason::Unsupported(what) if what == UNOPENED_ARCHIVE => false,
        _ => wanted,
    }
}

/// Compares a listing, sorted by path, with the manifest, which knows its paths from then on.
pub fn plan(mut listed: Vec<Listed>, manifest: &mut Manifest, limits: Limits<'_>) -> Plan {
    let paths = listed.iter_mut().map(|listed| match listed {
        Ok(file) => std::mem::take(&mut file.rel),
        Err((path, _)) => std::mem::take(path).into_boxed_str(),
    });
    let paths = paths.collect();
    let rows = manifest.list(paths);
    let files = &manifest.files;
    let mut plan = Plan::default();
    let mut closed_folders: Vec<String> = Vec::new();
    let reopen = to_reopen(files);
    let mut seen = vec![Seen::Not; files.rows()];
    for (file, row) in listed.into_iter().zip(rows) {
        seen[row as usize] = match file {
            Err((_, reason)) => {
                if matches!(reason, SkipReason::Unreadable(_)) {
                    closed_folders.push(format!("{}/", files.path(row)));
                }
                plan.skipped.push((row, reason));
                Seen::Untouched
            }
            Ok(file) if file.size > limits.max_bytes => {
                plan.skipped.push((row, SkipReason::TooLarge(file.size)));
                Seen::Untouched
            }
            Ok(file) => {
                let entry = files.entry(row).filter(|_| !reopen.contains(&row));
                plan.place(file, row, entry, limits)
            }
        };
    }
    let unseen = files.iter().filter(|(row, ..)| seen[*row as usize] == Seen::Not);
    for (row, path, entry) in unseen {
        // Files inside files, files out of reach, files that are gone.
        let container = members::container_of(path).and_then(|container| files.row(container));
        match container.map(|container| seen[container as usize]) {
            Some(Seen::Untouched) => plan.keep_member(row, entry),
            // Members of a container that is read again are settled when it is read.
            Some(Seen::Reading) => {}
            Some(Seen::Not) | None => plan.lose(row, path, &closed_folders),
        }
    }
    plan
}

impl Plan {
    fn lose(&mut self, row: Row, path: &str, closed_folders: &[String]) {
        if closed_folders.iter().any(|folder| path.starts_with(folder)) {
            self.out_of_reach += 1;
        } else {
            self.vanished.push(row);
        }
    }

    /// Every file of the manifest is there and as it was.
    pub fn is_idle(&self) -> bool {
        self.work.is_empty() && self.vanished.is_empty() && self.out_of_reach == 0
    }

    fn keep_member(&mut self, row: Row, entry: &Entry) {
        self.inside += 1;
        match entry.skipped() {
            Some(reason) => self.skipped.push((row, reason.clone())),
            None => self.unchanged.push(row),
        }
    }

    /// Decides by what is known of the file.
    fn place(&mut self, file: SourceFile, row: Row, entry: Option<&Entry>, limits: Limits<'_>) -> Seen {
        let same = |entry: &&Entry| {
            (entry.size, entry.modified, entry.nanos) == (file.size, file.modified, file.modified_nanos)
        };
        let Some(entry) = entry.filter(same) else { return self.read(file, row) };
        let again = |reason: &SkipReason| {
            // The limit may have been raised since.
            let limit = matches!(reason, SkipReason::TooLarge(_) | SkipReason::Unreadable(_));
            limit || limits.archives != is_open(reason, limits.archives) || (limits.retry)(reason)
        };
        if entry.skipped().is_some_and(again) {
            return self.read(file, row);
        }
        if entry.stamp != limits.stamp {
            self.stale = true;
            return self.read(file, row);
        }
        match entry.skipped() {
            Some(reason) => self.skipped.push((row, reason.clone())),
            None => self.unchanged.push(row),
        }
        Seen::Untouched
    }

    fn read(&mut self, file: SourceFile, row: Row) -> Seen {
        self.work.push(Work { size: file.size, modified: file.modified, nanos: file.modified_nanos, row });
        self.odd.extend(file.odd.map(|path| (row, path)));
        Seen::Reading
    }
}

/// Counts fates, by row, in a settled manifest: of the files with one content the best counts as what it is, the others as duplicates.
pub fn count_fates(fates: &[Option<Fate>], files: &Files) -> BTreeMap<Fate, u64> {
    let mut counts = BTreeMap::new();
    for group in files.by_content().chunk_by(|one, other| one.0 == other.0) {
        let mut found: Vec<Fate> = group.iter().filter_map(|(_, row)| *fates.get(*row as usize)?).collect();
        found.sort_unstable();
        for (place, fate) in found.into_iter().enumerate() {
            *counts.entry(if place == 0 { fate } else { Fate::Duplicate }).or_insert(0) += 1;
        }
    }
    counts
}
