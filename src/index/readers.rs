//! The reading threads of a run: files → [`Outcome`]s on a channel, in the order they are ready. Files are taken in groups, and a group goes
//! through the stages together. Opens containers and reads what is inside them, within one thread. Does not touch the sink, the manifest or the
//! report.

use super::channel::{Closed, Sender};
use super::document::{self, IndexDocument};
use super::extract::{Extract, Extracted, guarded, read_guarded, understand_guarded};
use super::pipeline::IndexOptions;
use super::plan::{Plan, Work};
use super::{manifest, members};
use crate::corpus::{self, ContentHash, Loaded, SourceFile};
use crate::model::{Format, SkipReason};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// Files a reader takes and hands over at once, at most: waking another thread for every file costs as much as hashing it, and the code of a
/// stage is read again from a slower cache after every other stage. Measured with the stages of `cargo bench --bench extract` over 500 résumés:
/// one by one 121 ms, 8 together 110, 16 103, 32 97, 64 93, 128 93.
const TOGETHER: usize = 64;

/// Bytes of files that are taken together, at most: the larger a file, the less it gains, and the longer the last group keeps one thread busy.
const BYTES_TOGETHER: u64 = 256 << 10;

/// The fewest, where there are many files.
const FEWEST_TOGETHER: usize = 8;

/// A group is at most this part of what is left for each thread: the last groups of a run keep all threads busy.
const SHARES: usize = 4;

/// What became of one file.
pub enum Outcome {
    /// A résumé, and its content hash.
    Document(ContentHash, Box<IndexDocument>),
    /// Its content (hash) is in the index, or on its way there.
    Known(ContentHash),
    /// Left out; with the content hash if it was read.
    Refused(SkipReason, Option<ContentHash>),
}

/// What became of one file of the plan, or of one inside it. A container's own line comes after those of its members.
pub struct Read {
    /// Place of the file on disk in the plan.
    pub at: usize,
    /// The file inside it that this is about.
    pub member: Option<SourceFile>,
    /// Bytes read from disk.
    pub bytes: u64,
    /// What it is.
    pub outcome: Outcome,
}

/// A file on its way through the stages.
struct Staged {
    at: usize,
    file: SourceFile,
    loaded: Loaded,
    format: Format,
}

/// A file whose bytes are at hand, on disk or in a container.
#[derive(Clone, Copy)]
struct Content<'c> {
    file: &'c SourceFile,
    bytes: &'c [u8],
    hash: ContentHash,
    /// How many containers it lies in.
    depth: usize,
}

/// Takes what became of a file inside a container.
type Give<'g> = dyn FnMut(SourceFile, Outcome) + 'g;

/// What the reading threads share.
pub struct Readers<'a> {
    extract: &'a dyn Extract,
    plan: &'a Plan,
    /// Of the plan's rows.
    paths: Arc<Vec<Box<str>>>,
    /// Sorted.
    known: Vec<ContentHash>,
    /// A tree: while a hash table grows, it is there twice.
    claimed: Mutex<BTreeSet<ContentHash>>,
    options: &'a IndexOptions,
    /// Nanoseconds of all threads for opening, extracting and understanding; a group at a time, because a look at the clock is no longer small
    /// beside a small file.
    spent: [AtomicU64; 3],
}

impl<'a> Readers<'a> {
    /// Readers of one run, which read what the plan says; content whose hash is `known` (sorted) is not extracted.
    pub fn new(
        extract: &'a dyn Extract,
        plan: &'a Plan,
        paths: Arc<Vec<Box<str>>>,
        known: Vec<ContentHash>,
        options: &'a IndexOptions,
    ) -> Readers<'a> {
        Readers { extract, plan, paths, known, claimed: Mutex::default(), options, spent: Default::default() }
    }

    /// Seconds that all threads together took for opening files, extracting their text and understanding it.
    pub fn spent(&self) -> [f64; 3] {
        std::array::from_fn(|stage| self.spent[stage].load(Ordering::Relaxed) as f64 / 1e9)
    }

    /// Counts the time since `from` for a stage; the answer is the time from which the next one counts.
    fn count(&self, stage: usize, from: Instant) -> Instant {
        let now = Instant::now();
        self.spent[stage].fetch_add((now - from).as_nanos() as u64, Ordering::Relaxed);
        now
    }

    /// Reads files on all threads of the current pool until they are done or `cancel` is set.
    pub fn run(&self, cancel: &AtomicBool, sender: Sender<Vec<Read>>) {
        if self.plan.work.len() > 1 {
            self.extract.prepare();
        }
        let (groups, next) = (self.groups(), AtomicUsize::new(0));
        rayon::broadcast(|_| {
            while let Some(group) = groups.get(next.fetch_add(1, Ordering::Relaxed)) {
                // An error means that nobody listens any more, or that the run is to end: reading on would be in vain.
                if self.read(group.clone(), cancel, &sender).is_err() {
                    break;
                }
            }
        });
    }

    /// Reads the files of one group.
    fn read(&self, group: Range<usize>, cancel: &AtomicBool, sender: &Sender<Vec<Read>>) -> Result<(), Closed> {
        let mut done = Vec::with_capacity(group.len());
        let mut staged = Vec::with_capacity(group.len());
        let started = Instant::now();
        for (at, work) in group.clone().zip(&self.plan.work[group]) {
            if cancel.load(Ordering::Relaxed) {
                let _ = sender.send(done);
                return Err(Closed);
            }
            staged.extend(self.load(at, *work, sender, &mut done));
        }
        let opened = self.count(0, started);
        self.finish(staged, &mut done, opened);
        sender.send(done)
    }

    /// Which files of the plan are read together.
    fn groups(&self) -> Vec<Range<usize>> {
        let (files, threads) = (self.plan.work.len(), rayon::current_num_threads());
        let fewest = (files / (threads * 4 * SHARES)).clamp(1, FEWEST_TOGETHER);
        let mut groups: Vec<Range<usize>> = Vec::new();
        let mut bytes = 0;
        for (at, work) in self.plan.work.iter().enumerate() {
            let most = ((files - at) / (threads * SHARES)).clamp(fewest, TOGETHER);
            bytes += work.size;
            match groups.last_mut().filter(|group| group.len() < most && bytes <= BYTES_TOGETHER) {
                Some(group) => group.end = at + 1,
                None => {
                    bytes = work.size;
                    groups.push(at..at + 1);
                }
            }
        }
        groups
    }

    /// One file of the plan, if it is to be extracted; if not, what became of it goes to `done`. Members of a container go out at once: there
    /// may be thousands.
    fn load(&self, at: usize, work: Work, sender: &Sender<Vec<Read>>, done: &mut Vec<Read>) -> Option<Staged> {
        let Work { size, modified, nanos: modified_nanos, row } = work;
        let rel = self.paths[row as usize].clone();
        let file = SourceFile { rel, odd: self.plan.odd.get(&row).cloned(), size, modified, modified_nanos };
        let mut settle = |bytes, outcome| done.push(Read { at, member: None, bytes, outcome });
        let loaded = match corpus::load(&file.path(&self.options.folder), size, self.options.max_bytes) {
            Ok(loaded) => loaded,
            Err(reason) => {
                settle(0, Outcome::Refused(reason, None));
                return None;
            }
        };
        let mut give = |member, outcome| {
            let _ = sender.send(vec![Read { at, member: Some(member), bytes: 0, outcome }]);
        };
        match self.open(Content { file: &file, bytes: &loaded.bytes, hash: loaded.hash, depth: 0 }, &mut give) {
            Ok(format) => Some(Staged { at, file, loaded, format }),
            Err(outcome) => {
                settle(loaded.bytes.len() as u64, outcome);
                None
            }
        }
    }

    /// Takes files, opened until `opened`, through the stages, all of them through one before the next.
    fn finish(&self, staged: Vec<Staged>, done: &mut Vec<Read>, opened: Instant) {
        let files: Vec<_> = staged.iter().map(|file| (file.loaded.bytes.as_slice(), file.format)).collect();
        let texts = read_guarded(self.extract, &files);
        let extracted = self.count(1, opened);
        let found = understand_guarded(self.extract, texts);
        for (Staged { at, file, loaded, .. }, found) in staged.into_iter().zip(found) {
            let outcome = outcome(&file, loaded.hash, found);
            done.push(Read { at, member: None, bytes: loaded.bytes.len() as u64, outcome });
        }
        self.count(2, extracted);
    }

    /// The format of a file that is to be extracted; else what became of it. What is inside it goes to `give`.
    fn open(&self, content: Content<'_>, give: &mut Give<'_>) -> Result<Format, Outcome> {
        let hash = content.hash;
        let format =
            corpus::sniff(content.bytes, &content.file.rel).map_err(|reason| Outcome::Refused(reason, None))?;
        let opens = format.is_container() && (format != Format::Zip || self.options.archives);
        if opens && content.depth < members::MAX_NESTING {
            match self.members(content, format, give) {
                Err(reason) => return Err(Outcome::Refused(reason, None)),
                Ok(count) if format == Format::Zip => return Err(Outcome::Refused(SkipReason::Opened(count), None)),
                Ok(_) => {}
            }
        }
        let is_known = self.known.binary_search(&hash).is_ok();
        if is_known || !self.claimed.lock().unwrap_or_else(PoisonError::into_inner).insert(hash) {
            return Err(Outcome::Known(hash));
        }
        Ok(format)
    }

    /// Reads the members of a container and counts them.
    fn members(&self, container: Content<'_>, format: Format, give: &mut Give<'_>) -> Result<u64, SkipReason> {
        let mut count = 0;
        members::each(self.extract, container.file, container.bytes, format, &mut |member, bytes| {
            count += 1;
            let outcome = match bytes {
                Ok(bytes) if bytes.len() as u64 > self.options.max_bytes => {
                    Outcome::Refused(SkipReason::TooLarge(bytes.len() as u64), None)
                }
                Ok(bytes) => {
                    let (hash, depth) = (ContentHash::of(&bytes), container.depth + 1);
                    match self.open(Content { file: &member, bytes: &bytes, hash, depth }, give) {
                        Ok(format) => outcome(&member, hash, guarded(self.extract, &bytes, format)),
                        Err(outcome) => outcome,
                    }
                }
                Err(reason) => Outcome::Refused(reason, None),
            };
            give(member, outcome);
        })?;
        Ok(count)
    }
}

/// The document of a file, or why there is none.
fn outcome(file: &SourceFile, hash: ContentHash, found: Result<Extracted, SkipReason>) -> Outcome {
    let found = match found {
        Ok(found) => found,
        Err(reason) => return Outcome::Refused(reason, Some(hash)),
    };
    let modified = manifest::day_of(file.modified);
    let paths = vec![file.rel.to_string()];
    let facts = document::FileFacts { paths, hash: hash.to_string(), format: found.text.format, modified };
    let document = document::document(&facts, &found.text, &found.sections, &found.profile);
    Outcome::Document(hash, Box::new(document))
}
