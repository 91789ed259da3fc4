//! Folder as it is + manifest of the last run → what there is to do. In: listed files, [`Manifest`]. Out: [`Plan`]. Compares names,
//! sizes and times only; reads no file.

use super::manifest::{Entry, Manifest, State};
use super::members;
use crate::corpus::SourceFile;
use crate::corpus::walk::{Listed, rel};
use crate::model::SkipReason;
use crate::read::UNOPENED_ARCHIVE;
use std::collections::{BTreeMap, HashSet};

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

/// What there is to do.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files to read, sorted by path.
    pub work: Vec<SourceFile>,
    /// Files that need no reading.
    pub unchanged: Vec<String>,
    /// Files left out without reading, with the entry to keep.
    pub skipped: Vec<(String, SkipReason)>,
    /// Entries of the last run whose files are gone.
    pub vanished: Vec<String>,
    /// Entries under folders that cannot be listed now: kept, because nothing says that the files are gone.
    pub out_of_reach: u64,
    /// Files inside files that need no reading: they stand in `unchanged` and `skipped`, too.
    pub inside: u64,
    /// Some file has to be read again only because the make changed.
    pub stale: bool,
    /// Containers with a member whose reason may not hold any more.
    reopen: HashSet<String>,
}

/// Containers with a member that was left out for a limit, which may have been raised since.
fn to_reopen(manifest: &Manifest) -> HashSet<String> {
    let again =
        manifest.files.iter().filter(|(_, entry)| matches!(entry.state, State::Skipped(SkipReason::TooLarge(_))));
    again.filter_map(|(path, _)| members::container_of(path)).map(str::to_string).collect()
}

/// What the reason says of an archive: opened or not; for anything else what is wanted.
fn is_open(reason: &SkipReason, wanted: bool) -> bool {
    match reason {
        SkipReason::Opened(_) => true,
        SkipReason::Unsupported(what) if what == UNOPENED_ARCHIVE => false,
        _ => wanted,
    }
}

/// Compares a listing with the manifest. Both are sorted by path, and are gone through side by side.
pub fn plan(listed: Vec<Listed>, manifest: &Manifest, limits: Limits<'_>) -> Plan {
    let mut plan = Plan::default();
    let mut closed_folders: Vec<String> = Vec::new();
    plan.reopen = to_reopen(manifest);
    let mut unseen: Vec<(&String, &Entry)> = Vec::new();
    let mut known = manifest.files.iter().peekable();
    for file in listed {
        let path = rel(&file);
        while let Some(before) = known.next_if(|(known, _)| known.as_str() < path) {
            unseen.push(before);
        }
        let entry = known.next_if(|(known, _)| known.as_str() == path).map(|(_, entry)| entry);
        match file {
            Err((rel, reason)) => {
                if matches!(reason, SkipReason::Unreadable(_)) {
                    closed_folders.push(format!("{rel}/"));
                }
                plan.skipped.push((rel, reason));
            }
            Ok(file) => plan.place(file, entry, limits),
        }
    }
    unseen.extend(known);
    plan.settle_unseen(unseen, &closed_folders);
    plan
}

impl Plan {
    /// Entries that no listed file answers to: files inside files, files out of reach, files that are gone.
    fn settle_unseen(&mut self, unseen: Vec<(&String, &Entry)>, closed_folders: &[String]) {
        let (inside, alone): (Vec<_>, Vec<_>) =
            unseen.into_iter().partition(|(path, _)| members::container_of(path).is_some());
        let untouched: HashSet<String> = match inside.is_empty() {
            true => HashSet::new(),
            false => self.unchanged.iter().chain(self.skipped.iter().map(|(path, _)| path)).cloned().collect(),
        };
        let reading: HashSet<String> = match inside.is_empty() {
            true => HashSet::new(),
            false => self.work.iter().map(|file| file.rel.clone()).collect(),
        };
        for (path, entry) in inside {
            match members::container_of(path) {
                Some(container) if untouched.contains(container) => self.keep_member(path, entry),
                // Members of a container that is read again are settled when it is read.
                Some(container) if reading.contains(container) => {}
                _ => self.lose(path, closed_folders),
            }
        }
        for (path, _) in alone {
            self.lose(path, closed_folders);
        }
    }

    fn lose(&mut self, path: &str, closed_folders: &[String]) {
        if closed_folders.iter().any(|folder| path.starts_with(folder)) {
            self.out_of_reach += 1;
        } else {
            self.vanished.push(path.to_string());
        }
    }

    /// Every file of the manifest is there and as it was.
    pub fn is_idle(&self) -> bool {
        self.work.is_empty() && self.vanished.is_empty() && self.out_of_reach == 0
    }

    fn keep_member(&mut self, path: &str, entry: &Entry) {
        self.inside += 1;
        match &entry.state {
            State::Skipped(reason) => self.skipped.push((path.to_string(), reason.clone())),
            State::Indexed(..) => self.unchanged.push(path.to_string()),
        }
    }

    fn place(&mut self, file: SourceFile, entry: Option<&Entry>, limits: Limits<'_>) {
        if file.size > limits.max_bytes {
            self.skipped.push((file.rel, SkipReason::TooLarge(file.size)));
            return;
        }
        let same = |entry: &&Entry| {
            (entry.size, entry.modified, entry.nanos) == (file.size, file.modified, file.modified_nanos)
        };
        if self.reopen.contains(&file.rel) {
            self.work.push(file);
            return;
        }
        match entry.filter(same) {
            Some(Entry { state: State::Skipped(reason), .. })
                if limits.archives != is_open(reason, limits.archives) =>
            {
                self.work.push(file);
            }
            // The limit may have been raised since.
            Some(Entry { state: State::Skipped(SkipReason::TooLarge(_) | SkipReason::Unreadable(_)), .. }) | None => {
                self.work.push(file);
            }
            Some(Entry { state: State::Skipped(reason), .. }) if (limits.retry)(reason) => self.work.push(file),
            Some(entry) if entry.stamp != limits.stamp => {
                self.stale = true;
                self.work.push(file);
            }
            Some(Entry { state: State::Skipped(reason), .. }) => self.skipped.push((file.rel, reason.clone())),
            Some(Entry { state: State::Indexed(..), .. }) => self.unchanged.push(file.rel),
        }
    }
}

/// Counts fates in a settled manifest: of the files with one content the best counts as what it is, the others as duplicates.
pub fn count_fates(fates: &BTreeMap<String, Fate>, manifest: &Manifest) -> BTreeMap<Fate, u64> {
    let mut counts = BTreeMap::new();
    for facts in manifest.documents.values() {
        let mut found: Vec<Fate> = facts.paths.iter().filter_map(|path| fates.get(path).copied()).collect();
        found.sort_unstable();
        for (place, fate) in found.into_iter().enumerate() {
            *counts.entry(if place == 0 { fate } else { Fate::Duplicate }).or_insert(0) += 1;
        }
    }
    counts
}
