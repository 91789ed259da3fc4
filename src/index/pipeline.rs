//! The run: folder → documents in a sink. One place for threads, back-pressure, commits and interruption.
//!
//! ```text
//!  walk ─► plan ─► readers (rayon: load, hash, sniff, extract, document) ─► channel ─► this thread: sink, manifest, commits
//! ```
//!
//! Only this thread talks to the sink and changes the manifest, so a commit can happen between any two documents and both agree.
//! Known content under a new path, gone files and left-overs of an interrupted run are settled after the reading
//! (`settle`): until then an older document may stand in the index beside its successor.

use super::extract::Extract;
use super::fold;
use super::manifest::{self, Entry, Make, Manifest, State, UNFOLDED};
use super::members;
use super::plan::{self, Fate, Limits, Plan};
use super::readers::{Outcome, Read, Readers};
use super::report::{Progress, Report, Timings};
use super::settle;
use super::sink::Sink;
use crate::corpus::{self, SourceFile, WalkOptions};
use crate::error::{Error, Result};
use crate::model::SkipReason;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::time::{Duration, Instant};

/// Groups waiting for the sink. Bounds memory: a document of an ordinary résumé takes some 20 KB, of the largest file some 200 MB.
const WAITING: usize = 8;

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
    /// Read every file again.
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
/// Input: the folder is not there. Environment: folder or index cannot be read or written. Single bad files are no errors:
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
    run.report.seen = listed.len() as u64;
    let plan = plan::plan(listed, &run.manifest, run.limits(&|reason| extract.may_be_read_now(reason)));
    run.report.seen += plan.inside;
    run.begin(&plan, &make);
    run.report.timings.listing = started.elapsed().as_secs_f64();
    run.read(&plan, extract, control)?;
    run.report.timings.reading = started.elapsed().as_secs_f64() - run.report.timings.listing;
    run.finish(&plan)?;
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
    fates: BTreeMap<String, Fate>,
    /// Files whose content another file of this run has brought or will bring.
    same: Vec<(SourceFile, String)>,
    /// Content that was read in this run and left out.
    refused: HashMap<String, SkipReason>,
    dirty: bool,
    /// Documents of one person may lie apart.
    unfolded: bool,
    /// Members of containers that were read in this run, and indexed ones that their container does not hold any more.
    members: HashSet<String>,
    members_gone: u64,
    /// Content hashes of documents added since the last commit.
    uncommitted: HashSet<String>,
}

impl<'a> Run<'a> {
    fn open(options: &'a IndexOptions, make: &Make, sink: &'a mut dyn Sink) -> Result<Run<'a>> {
        let note = sink.note();
        let last = note.as_deref().and_then(|note| Manifest::read(&options.index, note));
        let mut report = Report::default();
        let mut dirty = false;
        if note.is_some() && last.is_none() {
            sink.clear()?;
            dirty = true;
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
        let stamp = make.stamp();
        let (fates, same, refused, members, uncommitted) = Default::default();
        let members_gone = 0;
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
            unfolded,
            members,
            members_gone,
            uncommitted,
        })
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
            self.report
                .notices
                .push(format!("{count} indexed files lie in folders that cannot be read now; they are kept"));
        }
        let is_new = |file: &&SourceFile| !self.manifest.files.contains_key(&file.rel);
        self.manifest.not_reached = plan.work.iter().filter(is_new).count() as u64;
        self.dirty |= self.manifest.make != *make && !self.manifest.files.is_empty();
        self.manifest.make = make.clone();
        for (path, reason) in &plan.skipped {
            self.report.skip(path, reason);
            let known = self.manifest.files.get(path);
            if known.is_none_or(|entry| entry.state != State::Skipped(reason.clone())) {
                let entry =
                    Entry { size: 0, modified: 0, nanos: 0, stamp: self.stamp, state: State::Skipped(reason.clone()) };
                self.manifest.files.insert(path.clone(), entry);
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
        let readers = Readers::new(extract, known, options);
        let (sender, receiver) = sync_channel(WAITING);
        let cancel = control.cancel;
        let result = std::thread::scope(|scope| {
            scope.spawn(|| pool.install(|| readers.run(&plan.work, cancel, sender)));
            // Dropping the receiver, also on error, makes the readers stop.
            self.take(plan, receiver, control.progress)
        });
        self.report.timings.readers_waited = readers.waited();
        self.report.interrupted = cancel.load(Ordering::Relaxed);
        result
    }

    /// Content that is in the index as this run would make it.
    fn known(&self) -> HashSet<String> {
        if self.options.read_all {
            return HashSet::new();
        }
        let fresh = self.manifest.files.values().filter(|entry| entry.stamp == self.stamp);
        let hashes = fresh.filter_map(|entry| match &entry.state {
            State::Indexed(hash, _) => Some(hash.clone()),
            State::Skipped(_) => None,
        });
        hashes.filter(|hash| self.manifest.documents.contains_key(hash)).collect()
    }

    fn take(
        &mut self,
        plan: &Plan,
        receiver: Receiver<Vec<Read>>,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<()> {
        let total_bytes = plan.work.iter().map(|file| file.size).sum();
        let mut last_commit = Instant::now();
        let mut waited = Duration::ZERO;
        let mut done = 0;
        let groups = std::iter::from_fn(|| next(&receiver, &mut waited));
        for Read { at, member, bytes, outcome } in groups.flatten() {
            let file = &plan.work[at];
            if let Some(member) = member {
                self.report.seen += 1;
                self.members.insert(member.rel.clone());
                self.enter(&member, outcome)?;
                continue;
            }
            done += 1;
            self.report.bytes += bytes;
            self.enter(file, outcome)?;
            self.forget_members(&file.rel);
            let (total, bytes) = (plan.work.len() as u64, self.report.bytes);
            progress(Progress { done, total, bytes, total_bytes, current: &file.rel });
            if last_commit.elapsed() >= self.options.commit_every {
                self.commit()?;
                last_commit = Instant::now();
            }
        }
        self.report.timings.sink_waited = waited.as_secs_f64();
        self.report.left = plan.work.len() as u64 - done;
        Ok(())
    }

    fn enter(&mut self, file: &SourceFile, outcome: Outcome) -> Result<()> {
        self.dirty = true;
        match outcome {
            Outcome::Document(document) => {
                let hash = &document.file.hash;
                if self.manifest.documents.contains_key(hash) {
                    self.sink.delete(&document.id)?;
                }
                self.sink.add(&document)?;
                let state = State::Indexed(hash.clone(), document.file.format);
                let before = self.record(file, state);
                self.fates.insert(file.rel.clone(), if before.is_some() { Fate::Changed } else { Fate::New });
                self.uncommitted.insert(hash.clone());
                self.manifest.documents.insert(hash.clone(), document.file);
            }
            Outcome::Known(hash) => self.same.push((file.clone(), hash)),
            Outcome::Refused(reason, hash) => {
                self.refuse(file, reason.clone());
                self.refused.extend(hash.map(|hash| (hash, reason)));
            }
        }
        Ok(())
    }

    /// Members that a container held in an earlier run, but not in this one.
    fn forget_members(&mut self, container: &str) {
        let prefix = members::prefix(container);
        let held = self.manifest.files.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
        let gone: Vec<String> =
            held.map(|(path, _)| path).filter(|path| !self.members.contains(*path)).cloned().collect();
        let entries = gone.iter().filter_map(|path| self.manifest.files.remove(path));
        self.members_gone += entries.filter(|entry| matches!(entry.state, State::Indexed(..))).count() as u64;
    }

    fn refuse(&mut self, file: &SourceFile, reason: SkipReason) {
        self.report.skip(&file.rel, &reason);
        self.record(file, State::Skipped(reason));
    }

    /// Enters what became of a file of the plan; the answer is what was known of it.
    fn record(&mut self, file: &SourceFile, state: State) -> Option<Entry> {
        let before = self.manifest.files.insert(file.rel.clone(), self.entry(file, state));
        // Members of containers were not on the list.
        let was_awaited = before.is_none() && members::container_of(&file.rel).is_none();
        self.manifest.not_reached = self.manifest.not_reached.saturating_sub(u64::from(was_awaited));
        before
    }

    fn entry(&self, file: &SourceFile, state: State) -> Entry {
        Entry { size: file.size, modified: file.modified, nanos: file.modified_nanos, stamp: self.stamp, state }
    }

    /// Settles what needed the whole picture, commits, and completes the report.
    fn finish(&mut self, plan: &Plan) -> Result<()> {
        let is_idle = plan.is_idle() && !self.dirty && !self.unfolded && self.manifest.left_overs == 0;
        if is_idle && self.manifest.generation > 0 {
            let documents = self.manifest.documents.len() as u64;
            let duplicates = plan.unchanged.len() as u64 - documents;
            self.report = Report { documents, unchanged: documents, duplicates, ..std::mem::take(&mut self.report) };
            return Ok(());
        }
        self.fates.extend(plan.unchanged.iter().map(|path| (path.clone(), Fate::Unchanged)));
        self.enter_known(plan);
        if !self.report.interrupted {
            let gone = plan.vanished.iter().filter_map(|path| self.manifest.files.remove(path));
            let gone = gone.filter(|entry| matches!(entry.state, State::Indexed(..))).count() as u64;
            let moved = self.fates.values().filter(|fate| **fate == Fate::Moved).count() as u64;
            self.report.removed = (gone + self.members_gone).saturating_sub(moved);
            self.dirty |= !plan.vanished.is_empty();
        }
        let pending = settle::pending(&self.manifest);
        if pending.refresh.iter().any(|facts| self.uncommitted.contains(&facts.hash)) {
            self.commit()?;
        }
        self.dirty |= settle::settle(pending, &mut self.manifest, self.sink)?;
        if self.dirty || self.manifest.generation == 0 {
            self.commit()?;
        }
        self.fold()?;
        self.manifest.remove_others(&self.options.index);
        let counts = plan::count_fates(&self.fates, &self.manifest);
        let of = |fate: Fate| counts.get(&fate).copied().unwrap_or(0);
        self.report.unchanged = of(Fate::Unchanged);
        self.report.changed = of(Fate::Changed);
        self.report.new = of(Fate::New);
        self.report.moved = of(Fate::Moved);
        self.report.duplicates = of(Fate::Duplicate);
        self.report.documents = self.manifest.documents.len() as u64;
        Ok(())
    }

    /// Enters files whose content came by another path: moved, touched, copied, or refused like the first of them.
    fn enter_known(&mut self, plan: &Plan) {
        let vanished: HashSet<&str> = plan.vanished.iter().map(String::as_str).collect();
        for (file, hash) in std::mem::take(&mut self.same) {
            if let Some(reason) = self.refused.get(&hash) {
                self.refuse(&file, reason.clone());
                continue;
            }
            let Some(facts) = self.manifest.documents.get(&hash) else {
                // The file that was to bring the content was not reached: the next run reads both.
                self.report.left += 1;
                continue;
            };
            let before = self.manifest.files.get(&file.rel).map(|entry| &entry.state);
            let fate = match before {
                Some(State::Indexed(old, _)) if *old == hash => Fate::Unchanged,
                _ if facts.paths.iter().any(|path| vanished.contains(path.as_str())) => Fate::Moved,
                _ => Fate::Duplicate,
            };
            let state = State::Indexed(hash, facts.format);
            self.record(&file, state);
            self.fates.insert(file.rel, fate);
        }
    }

    /// Marks documents of one person, and says so with the note of the last commit.
    fn fold(&mut self) -> Result<()> {
        if self.unfolded {
            fold::fold(self.sink, &self.manifest)?;
            self.sink.commit(&manifest::file_name(self.manifest.generation))?;
            self.unfolded = false;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<()> {
        let note = self.manifest.write(&self.options.index)?;
        self.sink.commit(&format!("{note}{UNFOLDED}"))?;
        self.unfolded = true;
        self.uncommitted.clear();
        self.dirty = false;
        Ok(())
    }
}

/// What the readers have done next; the time without anything is added to `waited`.
fn next(receiver: &Receiver<Vec<Read>>, waited: &mut Duration) -> Option<Vec<Read>> {
    match receiver.try_recv() {
        Ok(group) => return Some(group),
        Err(TryRecvError::Disconnected) => return None,
        Err(TryRecvError::Empty) => {}
    }
    let started = Instant::now();
    let group = receiver.recv().ok();
    *waited += started.elapsed();
    group
}
