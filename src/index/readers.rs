//! The reading threads of a run: files → [`Outcome`]s on a channel, in the order they are ready. Opens containers and reads what is inside
//! them, within one thread. Does not touch the sink, the manifest or the report.

use super::channel::{Closed, Sender};
use super::document::{self, IndexDocument};
use super::extract::{Extract, guarded};
use super::pipeline::IndexOptions;
use super::plan::{Plan, Work};
use super::{manifest, members};
use crate::corpus::{self, ContentHash, SourceFile};
use crate::model::{Format, SkipReason};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Files a reader takes and hands over at once: waking another thread for every file costs as much as hashing it.
const TOGETHER: usize = 8;

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
        Readers { extract, plan, paths, known, claimed: Mutex::default(), options }
    }

    /// Reads files on all threads of the current pool until they are done or `cancel` is set.
    pub fn run(&self, cancel: &AtomicBool, sender: Sender<Vec<Read>>) {
        // An error of `send` means that nobody listens any more: the run has failed, reading on would be in vain.
        let _ = self.plan.work.par_chunks(TOGETHER).enumerate().try_for_each_with(sender, |sender, (group, files)| {
            let mut done = Vec::with_capacity(files.len());
            for (at, work) in (group * TOGETHER..).zip(files) {
                if cancel.load(Ordering::Relaxed) {
                    let _ = sender.send(done);
                    return Err(Closed);
                }
                self.read_from_disk(at, *work, sender, &mut done);
            }
            sender.send(done)
        });
    }

    /// One file of the plan to `done`. Members of a container go out at once: there may be thousands.
    fn read_from_disk(&self, at: usize, work: Work, sender: &Sender<Vec<Read>>, done: &mut Vec<Read>) {
        let Work { size, modified, nanos: modified_nanos, row } = work;
        let rel = self.paths[row as usize].clone();
        let file = SourceFile { rel, odd: self.plan.odd.get(&row).cloned(), size, modified, modified_nanos };
        let (bytes, outcome) = match corpus::load(&file.path(&self.options.folder), size, self.options.max_bytes) {
            Ok(loaded) => {
                let mut give = |member, outcome| {
                    let _ = sender.send(vec![Read { at, member: Some(member), bytes: 0, outcome }]);
                };
                (loaded.bytes.len() as u64, self.read(&file, &loaded.bytes, loaded.hash, 0, &mut give))
            }
            Err(reason) => (0, Outcome::Refused(reason, None)),
        };
        done.push(Read { at, member: None, bytes, outcome });
    }

    /// Reads one file; what is inside it goes to `give`.
    fn read(
        &self,
        file: &SourceFile,
        bytes: &[u8],
        hash: ContentHash,
        depth: usize,
        give: &mut dyn FnMut(SourceFile, Outcome),
    ) -> Outcome {
        let format = match corpus::sniff(bytes, &file.rel) {
            Ok(format) => format,
            Err(reason) => return Outcome::Refused(reason, None),
        };
        let opens = format.is_container() && (format != Format::Zip || self.options.archives);
        if opens && depth < members::MAX_NESTING {
            match self.open(file, bytes, format, depth, give) {
                Err(reason) => return Outcome::Refused(reason, None),
                Ok(count) if format == Format::Zip => return Outcome::Refused(SkipReason::Opened(count), None),
                Ok(_) => {}
            }
        }
        let is_known = self.known.binary_search(&hash).is_ok();
        if is_known || !self.claimed.lock().unwrap_or_else(PoisonError::into_inner).insert(hash) {
            return Outcome::Known(hash);
        }
        match guarded(self.extract, bytes, format) {
            Ok(found) => {
                let modified = manifest::day_of(file.modified);
                let format = found.text.format;
                let paths = vec![file.rel.to_string()];
                let facts = document::FileFacts { paths, hash: hash.to_string(), format, modified };
                let document = document::document(&facts, &found.text, &found.sections, &found.profile);
                Outcome::Document(hash, Box::new(document))
            }
            Err(reason) => Outcome::Refused(reason, Some(hash)),
        }
    }

    /// Reads the members of a container and counts them.
    fn open(
        &self,
        file: &SourceFile,
        bytes: &[u8],
        format: Format,
        depth: usize,
        give: &mut dyn FnMut(SourceFile, Outcome),
    ) -> Result<u64, SkipReason> {
        let mut count = 0;
        members::each(self.extract, file, bytes, format, &mut |member, content| {
            count += 1;
            let outcome = match content {
                Ok(content) if content.len() as u64 > self.options.max_bytes => {
                    Outcome::Refused(SkipReason::TooLarge(content.len() as u64), None)
                }
                Ok(content) => {
                    let hash = ContentHash::of(&content);
                    self.read(&member, &content, hash, depth + 1, give)
                }
                Err(reason) => Outcome::Refused(reason, None),
            };
            give(member, outcome);
        })?;
        Ok(count)
    }
}
