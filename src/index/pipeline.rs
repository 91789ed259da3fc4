//! The run: folder → documents in a sink. One place for threads, back-pressure, commits and interruption.
//!
//! ```text
//!  walk ─► plan ─► readers (rayon: load, hash, sniff, extract, document) ─► channel ─► this thread: sink, manifest, commits
//! ```
//!
//! Only this thread talks to the sink and changes the manifest, so a commit can happen between any two documents and both agree.
//! Known content under a new path, gone files and left-overs of an interrupted run are settled after the reading
//! (`settle`): until then an older document may stand in the index beside its successor.

use super::channel::{Receiver, channel};
use super::extract::Extract;
use super::files::{Entry, Row, State};
use super::fold;
use super::manifest::{self, Make, Manifest, UNFOLDED};
use super::members;
use super::plan::{self, Fate, Limits, Plan, Work};
use super::readers::{Outcome, Read, Readers};
use super::report::{Progress, Report, Timings, candidates};
use super::settle;
use super::sink::{MOST_DELETED, Sink};
use crate::corpus::{self, ContentHash, WalkOptions};
use crate::error::{Error, Result};
use crate::model::SkipReason;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Groups waiting for the sink. Bounds memory: a document of an ordinary résumé takes some 20 KB, of the largest file some 200 MB.
const WAITING: usize = 2;

/// Stack of a reading thread. Readers are written without deep recursion; the size is for crates below them.
const READER_STACK: usize = 16 << 20;

/// What to index and how.
#[derive(Debug, Clone)]
pub struct IndexOptions {
    /// The folder with the résumés.
    pub folder: PathBuf,
    /// The folder of the index.
    pub index: PathBuf,
    /// Also hidden files and folders.
    pub hidden: bool,
    /// Larger files are left out.
    pub max_bytes: u64,
    /// Reading threads; 0 = one per core.
    pub threads: usize,
    /// Time between two commits of a long run.
    pub commit_every: Duration,
    /// Read every file again, into an index that takes the place of the old one when it is complete. Of the old one no document is looked at.
    pub read_all: bool,
    /// Also the files inside ZIP archives.
    pub archives: bool,
}

impl IndexOptions {
    /// The usual settings: no hidden files, no archives, at most 64 MiB per file, all cores, a commit every minute.
    pub fn new(folder: impl Into<PathBuf>, index: impl Into<PathBuf>) -> IndexOptions {
        IndexOptions {
            folder: folder.into(),
            index: index.into(),
            hidden: false,
            max_bytes: 64 << 20,
            threads: 0,
            commit_every: Duration::from_secs(60),
            read_all: false,
            archives: false,
        }
    }
}

/// The caller's hold on a run.
pub struct Control<'a> {
    /// Called after every file that was read, on the caller's thread.
    pub progress: &'a mut dyn FnMut(Progress<'_>),
    /// Set it to stop: what is finished is committed.
    pub cancel: &'a AtomicBool,
}

/// Brings the index up to date with the folder.
///
/// # Errors
/// Input: the folder is not there, or without a file, where the index holds documents. Environment: folder or index cannot be read or written. Single bad files are no errors:
/// they stand in the report and the ledger.
pub fn run(options: &IndexOptions, extract: &dyn Extract, sink: &mut dyn Sink, control: Control<'_>) -> Result<Report> {
    // The clock is only for the report and for the time between commits; no document depends on it.
    let started = Instant::now();
    let walk = WalkOptions { hidden: options.hidden, leave_out: Some(options.index.clone()) };
    // The folder is listed while the record of the last run is read: for unchanged files there is nothing else to do.
    let (listed, make, run) = std::thread::scope(|scope| {
        let listing = scope.spawn(|| corpus::walk(&options.folder, &walk));
        let make = extract.make();
        let run = Run::open(options, &make, sink);
        (listing.join(), make, run)
    });
    let listed = listed.map_err(|_| Error::internal("listing the folder failed"))??;
    let mut run = run?;
    if listed.is_empty() {
        run.refuse_to_empty()?;
    }
    run.report.seen = listed.len() as u64;
    let retry = |reason: &_| extract.may_be_read_now(reason);
    let limits = run.limits(&retry);
    let plan = plan::plan(listed, &mut run.manifest, limits);
    run.report.seen += plan.inside;
    run.begin(&plan, &make);
    run.report.timings.listing = started.elapsed().as_secs_f64();
    run.read(&plan, extract, control)?;
    run.report.timings.reading = started.elapsed().as_secs_f64() - run.report.timings.listing;
    run.finish(plan)?;
    run.report.queues.write = run.sink.depth();
    let timings = run.report.timings;
    let total = started.elapsed().as_secs_f64();
    run.report.timings = Timings { committing: total - timings.listing - timings.reading, total, ..timings };
    Ok(run.report)
}

/// The state of one run.
struct Run<'a> {
    options: &'a IndexOptions,
    sink: &'a mut dyn Sink,
    manifest: Manifest,
    report: Report,
    stamp: u32,
    /// By row.
    fates: Vec<Option<Fate>>,
    /// Files whose content another file of this run has brought or will bring.
    same: Vec<(Work, ContentHash)>,
    /// Content that was read in this run and left out.
    refused: HashMap<ContentHash, SkipReason>,
    dirty: bool,
    /// The record of the last run was lost.
    lost: bool,
    /// Documents of an index that stays until this run has made another one.
    old: Option<u64>,
    /// Documents of one person may lie apart.
    unfolded: bool,
    /// Members of containers that were known before and read again in this run, and indexed ones that their container does not hold any more.
    members: HashSet<Row>,
    members_gone: u64,
    /// Documents were added since the last commit.
    uncommitted: bool,
    /// Documents deleted since then.
    deleted: usize,
}

impl<'a> Run<'a> {
    fn open(options: &'a IndexOptions, make: &Make, sink: &'a mut dyn Sink) -> Result<Run<'a>> {
        let note = sink.note();
        let last = note.as_deref().and_then(|note| Manifest::read(&options.index, note));
        let mut report = Report::default();
        let lost = note.is_some() && last.is_none();
        let mut dirty = lost;
        if lost {
            sink.clear()?;
            report.notices.push("the record of the last run was lost; every file is read again".into());
        }
        let folder = options.folder.canonicalize().unwrap_or_else(|_| options.folder.clone()).display().to_string();
        let mut manifest = last.unwrap_or_default();
        // Also when the record is lost, the next one must not overwrite what the last commit names.
        manifest.generation = manifest.generation.max(note.as_deref().map_or(0, manifest::generation_of));
        if !manifest.folder.is_empty() && manifest.folder != folder {
            report.notices.push(format!("this index was made of {}; it is now made of {folder}", manifest.folder));
        }
        dirty |= manifest.folder != folder;
        manifest.folder = folder;
        let mut old = None;
        if options.read_all && note.is_some() {
            sink.clear()?;
            old = Some(std::mem::take(&mut manifest.documents).older().count() as u64);
            dirty = true;
        }
        let stamp = make.stamp();
        let (fates, same, refused, members) = Default::default();
        let (members_gone, uncommitted, deleted) = (0, false, 0);
        let unfolded = note.is_some_and(|note| note.ends_with(UNFOLDED));
        Ok(Run {
            options,
            sink,
            manifest,
            report,
            stamp,
            fates,
            same,
            refused,
            dirty,
            lost,
            old,
            unfolded,
            members,
            members_gone,
            uncommitted,
            deleted,
        })
    }

    /// A folder without a single file is rather a disk that is not there than one that was cleared.
    fn refuse_to_empty(&self) -> Result<()> {
        let documents = self.manifest.documents.older().count();
        let is_wanted = self.options.read_all || (documents == 0 && !self.lost);
        if is_wanted {
            return Ok(());
        }
        let held = if self.lost { "résumés".to_string() } else { candidates(documents as u64) };
        let folder = &self.options.folder;
        Err(Error::input(format!("no file is seen here, but the index holds {held}; it is left as it is"))
            .at(folder)
            .hint(format!("is the disk mounted? To empty the index: vitae index {} --rebuild", folder.display())))
    }

    fn limits<'r>(&self, retry: &'r dyn Fn(&SkipReason) -> bool) -> Limits<'r> {
        // A stamp that no entry has makes every entry stale.
        let stamp = if self.options.read_all { !self.stamp } else { self.stamp };
        Limits { stamp, max_bytes: self.options.max_bytes, archives: self.options.archives, retry }
    }

    /// Enters what the plan knows without reading.
    fn begin(&mut self, plan: &Plan, make: &Make) {
        if plan.stale && !self.options.read_all {
            let old = &self.manifest.make;
            let what =
                if old.extraction != make.extraction { "reads résumés differently" } else { "has another lexicon" };
            self.report.notices.push(format!("vitae {what} since the last run; files are read again"));
        }
        if plan.out_of_reach > 0 {
            let count = plan.out_of_reach;
            let fate = if self.old.is_some() { "the new index is without them" } else { "they are kept" };
            self.report.notices.push(format!("{count} indexed files lie in folders that cannot be read now; {fate}"));
        }
        let is_new = |file: &&Work| self.manifest.files.entry(file.row).is_none();
        self.manifest.not_reached = plan.work.iter().filter(is_new).count() as u64;
        self.dirty |= self.manifest.make != *make && !self.manifest.files.is_empty();
        self.manifest.make = make.clone();
        for (row, reason) in &plan.skipped {
            self.report.skip(self.manifest.files.path(*row), reason);
            if self.manifest.files.entry(*row).and_then(Entry::skipped) != Some(reason) {
                let state = State::Skipped(Box::new(reason.clone()));
                let entry = Entry { size: 0, modified: 0, nanos: 0, stamp: self.stamp, state };
                self.manifest.files.set(*row, Some(entry));
                self.dirty = true;
            }
        }
    }

    /// Reads the plan's files in parallel and gives them to the sink as they come.
    fn read(&mut self, plan: &Plan, extract: &dyn Extract, control: Control<'_>) -> Result<()> {
        if plan.work.is_empty() {
            return Ok(());
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.options.threads).stack_size(READER_STACK).build();
        let pool = pool.map_err(|error| Error::environment(format!("cannot start threads ({error})")))?;
        let (known, options) = (self.known(), self.options);
        let readers = Readers::new(extract, plan, self.manifest.files.paths(), known, options);
        let (sender, mut receiver) = channel(WAITING);
        let cancel = control.cancel;
        let result = std::thread::scope(|scope| {
            scope.spawn(|| pool.install(|| readers.run(cancel, sender)));
            let result = self.take(plan, &mut receiver, control.progress);
            let timings = &mut self.report.timings;
            (timings.sink_waited, timings.readers_waited) = receiver.waited();
            self.report.queues.read = receiver.depth();
            // Without a receiver, also on error, the readers stop.
            drop(receiver);
            result
        });
        let timings = &mut self.report.timings;
        [timings.opening, timings.extracting, timings.understanding] = readers.spent();
        timings.threads = pool.current_num_threads();
        self.report.interrupted = cancel.load(Ordering::Relaxed);
        result
    }

    /// Content that is in the index as this run would make it, sorted.
    fn known(&self) -> Vec<ContentHash> {
        if self.options.read_all {
            return Vec::new();
        }
        let fresh = self.manifest.files.iter().filter(|(_, _, entry)| entry.stamp == self.stamp);
        let hashes = fresh.filter_map(|(_, _, entry)| Some(entry.content()?.0));
        let mut known: Vec<ContentHash> = hashes.filter(|hash| self.manifest.documents.has_older(*hash)).collect();
        known.sort_unstable();
        known
    }

    fn take(
        &mut self,
        plan: &Plan,
        receiver: &mut Receiver<Vec<Read>>,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<()> {
        let total_bytes = plan.work.iter().map(|file| file.size).sum();
        let mut last_commit = Instant::now();
        let mut done = 0;
        for Read { at, member, bytes, outcome } in receiver.flatten() {
            let file = plan.work[at];
            if let Some(member) = member {
                self.report.seen += 1;
                let row = self.row_of_member(member.rel);
                let (modified, nanos) = (member.modified, member.modified_nanos);
                self.enter(Work { size: member.size, modified, nanos, row }, outcome)?;
                continue;
            }
            done += 1;
            self.report.bytes += bytes;
            self.enter(file, outcome)?;
            self.forget_members(file.row);
            let (total, bytes) = (plan.work.len() as u64, self.report.bytes);
            let current = self.manifest.files.path(file.row);
            progress(Progress { done, total, bytes, total_bytes, current });
            let is_due = last_commit.elapsed() >= self.options.commit_every || self.deleted >= MOST_DELETED;
            if is_due && self.old.is_none() {
                self.commit()?;
                last_commit = Instant::now();
            }
        }
        self.report.left = plan.work.len() as u64 - done;
        Ok(())
    }

    fn row_of_member(&mut self, path: Box<str>) -> Row {
        let Some(row) = self.manifest.files.row(&path) else { return self.manifest.files.add(path) };
        self.members.insert(row);
        row
    }

    fn enter(&mut self, file: Work, outcome: Outcome) -> Result<()> {
        self.dirty = true;
        match outcome {
            Outcome::Document(hash, document) => {
                if self.manifest.documents.has_older(hash) {
                    self.sink.delete(&document.id)?;
                    self.deleted += 1;
                }
                self.sink.add(&document)?;
                let before = self.record(file, State::Indexed(hash, document.file.format));
                self.fate(file.row, if before.is_some() { Fate::Changed } else { Fate::New });
                self.uncommitted = true;
                self.manifest.documents.add(file.row, hash);
            }
            Outcome::Known(hash) => self.same.push((file, hash)),
            Outcome::Refused(reason, hash) => {
                self.refuse(file, reason.clone());
                self.refused.extend(hash.map(|hash| (hash, reason)));
            }
        }
        Ok(())
    }

    fn fate(&mut self, row: Row, fate: Fate) {
        let rows = self.manifest.files.rows();
        self.fates.resize(self.fates.len().max(rows), None);
        self.fates[row as usize] = Some(fate);
    }

    /// Members that a container held in an earlier run, but not in this one.
    fn forget_members(&mut self, container: Row) {
        let prefix = members::prefix(self.manifest.files.path(container));
        for row in self.manifest.files.below(&prefix) {
            if !self.members.contains(&row) {
                let gone = self.manifest.files.set(row, None);
                self.members_gone += u64::from(gone.is_some_and(|entry| entry.content().is_some()));
            }
        }
    }

    fn refuse(&mut self, file: Work, reason: SkipReason) {
        self.report.skip(self.manifest.files.path(file.row), &reason);
        self.record(file, State::Skipped(Box::new(reason)));
    }

    /// Enters what became of a file of the plan; the answer is what was known of it.
    fn record(&mut self, file: Work, state: State) -> Option<Entry> {
        let Work { size, modified, nanos, row } = file;
        let before = self.manifest.files.set(row, Some(Entry { size, modified, nanos, stamp: self.stamp, state }));
        // Members of containers were not on the list.
        let was_awaited = before.is_none() && members::container_of(self.manifest.files.path(row)).is_none();
        self.manifest.not_reached = self.manifest.not_reached.saturating_sub(u64::from(was_awaited));
        before
    }

    /// Settles what needed the whole picture, commits, and completes the report.
    fn finish(&mut self, mut plan: Plan) -> Result<()> {
        if let Some(documents) = self.old.filter(|_| self.report.left > 0) {
            // Half a new index is worse than the old one.
            self.sink.rollback()?;
            let report = std::mem::take(&mut self.report);
            let left = report.seen - report.skipped_total();
            self.report = Report { documents, left, as_before: true, ..report };
            return Ok(());
        }
        let is_idle = plan.is_idle() && !self.dirty && !self.unfolded && self.manifest.left_overs == 0;
        // What was to be read is not needed any more, and folding needs memory of its own.
        plan.work = Vec::new();
        if is_idle && self.manifest.generation > 0 {
            let documents = self.manifest.documents.older().count() as u64;
            let duplicates = plan.unchanged.len() as u64 - documents;
            self.report = Report { documents, unchanged: documents, duplicates, ..std::mem::take(&mut self.report) };
            self.manifest.remove_others(&self.options.index);
            return Ok(());
        }
        plan.unchanged.iter().for_each(|row| self.fate(*row, Fate::Unchanged));
        self.enter_known(&plan);
        if !self.report.interrupted {
            let gone = plan.vanished.iter().filter_map(|row| self.manifest.files.set(*row, None));
            let gone = gone.filter(|entry| entry.content().is_some()).count() as u64;
            let moved = self.fates.iter().filter(|fate| **fate == Some(Fate::Moved)).count() as u64;
            self.report.removed = (gone + self.members_gone).saturating_sub(moved);
            self.dirty |= !plan.vanished.is_empty();
        }
        let pending = settle::pending(&self.manifest);
        if self.uncommitted && !pending.refresh.is_empty() {
            self.commit()?;
        }
        let (changes, documents) = settle::settle(pending, &mut self.manifest, self.sink, &self.options.index)?;
        self.dirty |= changes;
        if self.dirty || self.manifest.generation == 0 {
            self.commit()?;
        }
        self.fold()?;
        self.manifest.remove_others(&self.options.index);
        let counts = plan::count_fates(&self.fates, &self.manifest.files);
        let of = |fate: Fate| counts.get(&fate).copied().unwrap_or(0);
        self.report.unchanged = of(Fate::Unchanged);
        self.report.changed = of(Fate::Changed);
        self.report.new = of(Fate::New);
        self.report.moved = of(Fate::Moved);
        self.report.duplicates = of(Fate::Duplicate);
        self.report.documents = documents;
        Ok(())
    }

    /// Enters files whose content came by another path: moved, touched, copied, or refused like the first of them.
    fn enter_known(&mut self, plan: &Plan) {
        let vanished: HashSet<Row> = plan.vanished.iter().copied().collect();
        let same = std::mem::take(&mut self.same);
        let contents = if same.is_empty() { Vec::new() } else { self.manifest.files.by_content() };
        for (file, hash) in same {
            if let Some(reason) = self.refused.get(&hash) {
                self.refuse(file, reason.clone());
                continue;
            }
            let from = contents.partition_point(|(other, _)| *other < hash);
            let rows = contents[from..].split(|(other, _)| *other != hash).next().unwrap_or_default();
            let Some(held) = self.manifest.documents.get(hash, &self.manifest.files, rows) else {
                // The file that was to bring the content was not reached: the next run reads both.
                self.report.left += 1;
                continue;
            };
            let fate = match self.manifest.files.entry(file.row).and_then(Entry::content) {
                Some((old, _)) if old == hash => Fate::Unchanged,
                _ if held.rows.iter().any(|row| vanished.contains(row)) => Fate::Moved,
                _ => Fate::Duplicate,
            };
            self.record(file, State::Indexed(hash, held.format));
            self.fate(file.row, fate);
        }
    }

    /// Marks documents of one person, and says so with the note of the last commit.
    fn fold(&mut self) -> Result<()> {
        if self.unfolded {
            fold::fold(self.sink)?;
            self.sink.commit(&manifest::file_name(self.manifest.generation))?;
            self.unfolded = false;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<()> {
        let note = self.manifest.write(&self.options.index)?;
        self.sink.commit(&format!("{note}{UNFOLDED}"))?;
        self.unfolded = true;
        (self.uncommitted, self.deleted) = (false, 0);
        self.dirty = false;
        Ok(())
    }
}
