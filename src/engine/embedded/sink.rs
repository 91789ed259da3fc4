//! [`EmbeddedSink`]: writes documents into a tantivy index. In: an index folder, [`IndexDocument`]s. Out: segments on disk. Decides
//! nothing about files: what is added and deleted is the pipeline's business.
//!
//! ```text
//! index/          the folder the user names
//!   lock          held while a run writes
//!   tantivy/      segments in tantivy's form, beside them texts, profiles and persons
//!   manifest-…    what lies in the index (index::manifest)
//! ```

use super::columns::hundredths;
use super::marks::Marks;
use super::merging::{self, Bounded};
use super::queue::{Queue, Queued};
use super::schema::{self, Fields};
use super::shared;
use super::stored;
use super::stores::{self, Stores};
use super::tokens;
use super::values::{self, Values};
use super::windows::Windows;
use crate::analysis::ENTRY_BREAK;
use crate::error::{Error, Result};
use crate::index::columns::{NO_MONTH, SkillRow, Span, skill_uses};
use crate::index::document::{IndexDocument, Names, Terms, Words};
use crate::index::persons::{Fold, Shared, number_of};
use crate::index::report::Depth;
use crate::index::sink::{ROOM, Sink, Stored};
use crate::index::{packed, text};
use rayon::prelude::*;
use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use tantivy::directory::error::OpenReadError;
use tantivy::index::SegmentComponent::Positions;
use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::indexer::{IndexWriterOptions, NoMergePolicy, UserOperation};
use tantivy::schema::{Field, Schema};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyError, Term};

/// Threads that build segments. Reading and understanding résumés takes several times as long, and each thread writes its own segment.
const WRITER_THREADS: usize = 2;

/// Merges at a time, at the end of a run.
const MERGE_THREADS: usize = 2;

/// Memory of all such threads together before they write segments of some 25,000 résumés of 3 KB. 100,000 of them take 350 MB at most, with the lexicon
/// and what is held per file.
pub const WRITER_MEMORY: usize = 160 << 20;

/// Least memory of one such thread.
const LEAST_MEMORY: usize = 16 << 20;

/// What is counted of that before a segment has its first document: arenas of 1 MiB each and tables of tantivy, and ours, of which hardly a page is
/// touched. Counted against the least memory, a segment ended after 28 résumés.
const UNTOUCHED: usize = 15 << 20;

/// The line that is counted for each break of the body.
const BREAK: &str = "break\n";

/// Documents handed to the writer at once.
const BATCH: usize = 32;

/// Values of most documents, and bytes of all texts that are not the whole text.
const VALUES: usize = 96;
const SHORT_TEXTS: usize = 3 << 10;

/// Bytes of text from which a document is handed over alone.
const LARGE: usize = 256 << 10;

/// Where tantivy's files lie in an index folder.
pub fn segments_folder(index: &Path) -> PathBuf {
    index.join("tantivy")
}

/// What was found where an index is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// Nothing; an empty index was made.
    Created,
    /// An index of this version.
    Existing,
    /// An index of another version or a broken one: it was removed, an empty one was made.
    Replaced,
}

/// A tantivy index open for writing. Holds the folder's lock until dropped.
pub struct EmbeddedSink {
    fields: Fields,
    index: Index,
    /// Where the segments lie.
    segments: PathBuf,
    /// The same, to read and write.
    folder: Windows,
    writer: IndexWriter<Queued>,
    queue: Queue,
    /// Documents not yet given to the writer: each handing over wakes one of its threads.
    waiting: Vec<UserOperation<Queued>>,
    reader: Option<IndexReader>,
    /// Of the last commit through this sink.
    note: Option<String>,
    _lock: File,
}

impl EmbeddedSink {
    /// Opens the index folder, or makes it, with [`WRITER_MEMORY`].
    ///
    /// # Errors
    /// Environment: the folder cannot be made or written, or another run holds its lock.
    pub fn open(folder: &Path) -> Result<(EmbeddedSink, Opened)> {
        EmbeddedSink::open_with(folder, WRITER_MEMORY)
    }

    /// The same with `memory` bytes for building segments: less memory makes more of them, which are merged later.
    ///
    /// # Errors
    /// See [`EmbeddedSink::open`].
    pub fn open_with(folder: &Path, memory: usize) -> Result<(EmbeddedSink, Opened)> {
        EmbeddedSink::open_as(folder, memory, checked)
    }

    /// The same for a run that writes everything anew: no segment of the index is opened, whatever state it is in. Searches find it until the
    /// first commit.
    ///
    /// # Errors
    /// See [`EmbeddedSink::open`].
    pub fn open_anew(folder: &Path, memory: usize) -> Result<(EmbeddedSink, Opened)> {
        EmbeddedSink::open_as(folder, memory, |index| Ok(Some(index)))
    }

    fn open_as(folder: &Path, memory: usize, check: Check) -> Result<(EmbeddedSink, Opened)> {
        let segments = segments_folder(folder);
        fs::create_dir_all(&segments).map_err(|error| unwritable(&segments, &error))?;
        let lock = lock(folder)?;
        let (schema, fields) = schema::schema();
        let windows = Windows::open(&segments).map_err(|error| failed(&error.into(), folder))?;
        let (index, opened) = match existing(windows.clone(), &schema, check) {
            Ok(Some(index)) => (index, Opened::Existing),
            Err(error) if !is_damaged(&error) => return Err(failed(&error, folder)),
            _ => {
                let empty = is_empty(&segments);
                fs::remove_dir_all(&segments).map_err(|error| unwritable(&segments, &error))?;
                fs::create_dir_all(&segments).map_err(|error| unwritable(&segments, &error))?;
                let settings = schema::settings();
                let index = stores::build(Index::builder().schema(schema).settings(settings));
                let index = index.open_or_create(windows.clone());
                (index.map_err(|error| failed(&error, folder))?, if empty { Opened::Created } else { Opened::Replaced })
            }
        };
        tokens::register(&index);
        let options = IndexWriterOptions::builder()
            .num_worker_threads(WRITER_THREADS)
            .memory_budget_per_thread(budget(memory))
            .num_merge_threads(MERGE_THREADS)
            .build();
        let writer = index.writer_with_options(options).map_err(|error| failed(&error, folder))?;
        writer.set_merge_policy(Bounded::adding(&segments));
        // What killed runs have left. Nobody else writes: the lock is ours.
        let _ = writer.garbage_collect_files().wait();
        let (queue, waiting, reader, note) = Default::default();
        let folder = windows;
        Ok((
            EmbeddedSink { fields, index, segments, folder, writer, queue, waiting, reader, note, _lock: lock },
            opened,
        ))
    }

    /// Merges segments if anything was committed, and waits for it. Without it, it is left to the next run.
    ///
    /// # Errors
    /// Environment: the index cannot be written.
    pub fn close(mut self) -> Result<()> {
        let segments = self.index.searchable_segment_ids().map_err(|error| failed(&error, &self.segments))?;
        if let Some(note) = self.note.take().filter(|_| segments.len() >= merging::LEVEL) {
            self.writer.set_merge_policy(Bounded::at_the_end(&self.segments));
            // A commit, here of nothing, is when tantivy looks for what may be merged.
            self.commit(&note)?;
        }
        self.writer.wait_merging_threads().map_err(|error| failed(&error, &self.segments))
    }

    fn hand_over(&mut self) -> Result<()> {
        if !self.waiting.is_empty() {
            self.queue.wait();
            self.writer.run(std::mem::take(&mut self.waiting)).map_err(|error| failed(&error, &self.segments))?;
        }
        Ok(())
    }

    fn searcher(&mut self) -> Result<Searcher> {
        if self.reader.is_none() {
            let reader = self.index.reader_builder().reload_policy(ReloadPolicy::Manual);
            self.reader = Some(reader.try_into().map_err(|error: TantivyError| failed(&error, &self.segments))?);
        }
        let reader = self.reader.as_ref().ok_or_else(|| Error::internal("no reader"))?;
        Ok(reader.searcher())
    }
}

impl Sink for EmbeddedSink {
    fn note(&self) -> Option<String> {
        self.index.load_metas().ok()?.payload
    }

    fn add(&mut self, document: &IndexDocument) -> Result<()> {
        let bytes = document.text.len() + document.profile.len() + document.words.body.len();
        let queued = self.queue.enter(convert(&self.fields, document), bytes);
        self.waiting.push(UserOperation::Add(queued));
        // Large documents are handed over alone, so that few of them wait.
        let is_large = document.text.len() > LARGE;
        if self.waiting.len() >= BATCH || is_large { self.hand_over() } else { Ok(()) }
    }

    fn delete(&mut self, id: &str) -> Result<()> {
        self.waiting.push(UserOperation::Delete(Term::from_field_i64(self.fields.number, number_of(id))));
        Ok(())
    }

    fn clear(&mut self) -> Result<()> {
        self.waiting.clear();
        self.writer.delete_all_documents().map_err(|error| failed(&error, &self.segments))?;
        Ok(())
    }

    fn rollback(&mut self) -> Result<()> {
        self.waiting.clear();
        self.writer.rollback().map_err(|error| failed(&error, &self.segments))?;
        self.writer.set_merge_policy(Bounded::adding(&self.segments));
        self.writer.garbage_collect_files().wait().map_err(|error| failed(&error, &self.segments))?;
        Ok(())
    }

    fn stored(&mut self, ids: &[&str]) -> Result<Vec<Option<Stored>>> {
        let (searcher, fields) = (self.searcher()?, self.fields);
        let stores = Stores::of(&searcher);
        ids.par_iter()
            .map(|id| held(&searcher, &stores, &fields, id).map_err(|error| failed(&error, &self.segments)))
            .collect()
    }

    fn shared(&mut self) -> Result<Shared> {
        let fields = self.fields;
        let found = shared::shared(&self.searcher()?, &fields);
        // The reader keeps the dictionaries that were gone through.
        self.reader = None;
        found
    }

    fn mark(&mut self, marks: &[(i64, Fold)]) -> Result<()> {
        Marks::write(&self.folder, marks).map_err(|error| unwritable(&self.segments, &error))
    }

    fn erase(&mut self, ids: &[String], note: &str) -> Result<()> {
        // No merge of tantivy's own may hold a segment that is to be rewritten.
        self.writer.set_merge_policy(Box::new(NoMergePolicy));
        ids.iter().try_for_each(|id| self.delete(id))?;
        self.commit(note)?;
        // Whoever holds the meta of a segment holds its files.
        let metas = self.index.searchable_segment_metas().map_err(|error| failed(&error, &self.segments))?;
        let touched: Vec<SegmentId> = metas.iter().filter(|meta| meta.has_deletes()).map(SegmentMeta::id).collect();
        drop(metas);
        for id in touched {
            self.writer.merge(&[id]).wait().map_err(|error| failed(&error, &self.segments))?;
        }
        self.writer.garbage_collect_files().wait().map_err(|error| failed(&error, &self.segments))?;
        Ok(())
    }

    fn commit(&mut self, note: &str) -> Result<()> {
        self.hand_over()?;
        let mut commit = self.writer.prepare_commit().map_err(|error| failed(&error, &self.segments))?;
        commit.set_payload(note);
        commit.commit().map_err(|error| failed(&error, &self.segments))?;
        self.reader = None;
        self.note = Some(note.to_string());
        Ok(())
    }

    fn depth(&self) -> Depth {
        self.queue.depth()
    }
}

/// What a document holds.
fn held(searcher: &Searcher, stores: &Stores, fields: &Fields, id: &str) -> tantivy::Result<Option<Stored>> {
    let number = number_of(id);
    let Some(address) = stored::with_numbers(searcher, fields, number..=number)?.first().copied() else {
        return Ok(None);
    };
    let (_, text) = stores.text(address)?;
    let Some(lines) = text::decode(&text) else { return Ok(None) };
    let profile = packed::unpack(&stores.profile(address)?, &lines.lines);
    Ok(profile.map(|profile| Stored { profile, text }))
}

/// What tantivy may count for a thread: a share of all memory and, up to [`WRITER_MEMORY`], what is not used of it.
fn budget(memory: usize) -> usize {
    let share = (memory / WRITER_THREADS).max(LEAST_MEMORY);
    share.max((share + UNTOUCHED).min(WRITER_MEMORY / WRITER_THREADS))
}

/// Gives back an index that can be used as it is.
type Check = fn(Index) -> tantivy::Result<Option<Index>>;

/// The index that is there, if it has this schema and passes the check.
fn existing(windows: Windows, schema: &Schema, check: Check) -> tantivy::Result<Option<Index>> {
    let mut index = Index::open(windows)?;
    if index.schema() != *schema {
        return Ok(None);
    }
    stores::register(&mut index);
    check(index)
}

/// The index, if all files of its segments can be opened and its list of persons is whole.
fn checked(index: Index) -> tantivy::Result<Option<Index>> {
    let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Stores::of(&reader.searcher()).check()?;
    // tantivy does without positions until somebody asks for a phrase.
    index.searchable_segments()?.iter().try_for_each(|segment| segment.open_read(Positions).map(drop))?;
    Ok((!Marks::are_damaged(index.directory())?).then_some(index))
}

/// A file of the index is missing, cut off or not tantivy's. A disk that does not answer is no reason to throw an index away.
fn is_damaged(error: &TantivyError) -> bool {
    match error {
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => {
            matches!(io_error.kind(), ErrorKind::InvalidData | ErrorKind::UnexpectedEof)
        }
        TantivyError::OpenReadError(_) | TantivyError::DataCorruption(_) | TantivyError::IncompatibleIndex(_) => true,
        _ => false,
    }
}

fn lock(folder: &Path) -> Result<File> {
    let path = folder.join("lock");
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|error| unwritable(&path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::environment("another run is writing this index")
            .at(folder)
            .hint("wait until it ends, or name another folder with --index")),
        Err(TryLockError::Error(error)) => Err(unwritable(&path, &error)),
    }
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    Error::environment(format!("cannot write the index ({error})")).at(path).hint(ROOM)
}

/// What tantivy reports while writing is the machine's doing (disk full, no permission), except for what it calls a bug.
fn failed(error: &TantivyError, folder: &Path) -> Error {
    let reason = match error {
        TantivyError::InternalError(_) | TantivyError::SchemaError(_) => {
            return Error::internal(format!("index: {error}")).at(folder);
        }
        // A thread that writes keeps for itself what it died of.
        TantivyError::ErrorInThread(_) => "a thread that writes it stopped, most likely for want of room".to_string(),
        TantivyError::IoError(error) => error.to_string(),
        other => other.to_string(),
    };
    Error::environment(format!("cannot write the index ({reason})")).at(folder).hint(ROOM)
}

/// A document in tantivy's form, its values in the order of the fields: tantivy sorts them by field, which costs little then.
fn convert(fields: &Fields, from: &IndexDocument) -> Values {
    let mut into = Values::with_capacity(VALUES, from.words.body.len() + SHORT_TEXTS);
    into.stored = values::Stored { text: stores::named_text(from), profile: from.profile.clone() };
    from.file.paths.iter().for_each(|path| into.add_text(fields.path, path));
    into.add_text(fields.format, from.file.format.name());
    add_words(fields, &from.words, &from.terms, &mut into);
    into.add_i64(fields.number, number_of(&from.id));
    from.names.sort.iter().for_each(|name| into.add_text(fields.name_sort, name));
    add_skills(fields, &from.skills, &mut into);
    add_names(fields, &from.names, &mut into);
    into.add_i64(fields.job_count, from.jobs.len() as i64);
    into.add_i64(fields.education_count, from.education.len() as i64);
    add_jobs(fields, from, &mut into);
    add_education(fields, from, &mut into);
    into.add_i64(fields.updated, from.updated);
    into.add_column(fields.sign, from.sign.into_iter().flatten());
    into
}

/// What is indexed and stands in no column: words, and exact terms as the lines of one text.
fn add_words(fields: &Fields, words: &Words, terms: &Terms, into: &mut Values) {
    let breaks = memchr::memchr_iter(ENTRY_BREAK as u8, words.body.as_bytes()).count();
    let values: [(Field, &str); 18] = [
        (fields.body, &words.body),
        (fields.breaks, &BREAK.repeat(breaks)),
        (fields.name, &words.name),
        (fields.title, &words.title),
        (fields.employer, &words.employer),
        (fields.school, &words.school),
        (fields.degree, &words.degree),
        (fields.subject, &words.subject),
        (fields.location, &words.location),
        (fields.school_location, &words.school_location),
        (fields.skill, &words.skill_terms),
        (fields.skill_words, &words.skill),
        (fields.cert, &words.cert),
        (fields.lang, &words.lang),
        (fields.project, &words.project),
        (fields.email, &terms.email.join("\n")),
        (fields.phone, &terms.phone.join("\n")),
        (fields.has, &terms.has.join("\n")),
    ];
    values.iter().filter(|(_, value)| !value.is_empty()).for_each(|(field, value)| into.add_words(*field, value));
}

fn add_names(fields: &Fields, names: &Names, into: &mut Values) {
    let lists = [
        (fields.school_name, &names.school),
        (fields.employer_name, &names.employer),
        (fields.title_name, &names.title),
        (fields.location_name, &names.location),
        (fields.cert_name, &names.cert),
        (fields.lang_name, &names.lang),
    ];
    for (field, list) in lists {
        list.iter().for_each(|name| into.add_text(field, name));
    }
}

fn add_skills(fields: &Fields, skills: &[SkillRow], into: &mut Values) {
    skills.iter().for_each(|skill| into.add_text(fields.skill_name, &skill.name));
    let (places, times) = skill_uses(skills.iter().map(SkillRow::packed));
    into.add_column(fields.skill_use, places);
    into.add_column(fields.skill_used, times);
}

/// The columns of [`Span`]s: earliest starts and their slack, earliest ends and theirs.
fn add_spans(
    [starts, start_slack, ends, end_slack]: [Field; 4],
    spans: impl Iterator<Item = Span> + Clone,
    into: &mut Values,
) {
    into.add_column(starts, spans.clone().map(|span| span.start_lo));
    into.add_column(start_slack, spans.clone().map(|span| span.start_slack()));
    into.add_column(ends, spans.clone().map(|span| span.end_lo));
    into.add_column(end_slack, spans.map(|span| span.end_slack()));
}

fn add_jobs(fields: &Fields, from: &IndexDocument, into: &mut Values) {
    let jobs = || from.jobs.iter();
    let columns = [fields.job_start_lo, fields.job_start_slack, fields.job_end_lo, fields.job_end_slack];
    add_spans(columns, jobs().map(|job| job.span), into);
    into.add_column(fields.job_flags, jobs().map(|job| job.flags));
    into.add_column(fields.months, Some(from.worked.closed).filter(|_| from.worked.dated));
    into.add_column(fields.months_open_from, Some(from.worked.open_from).filter(|&month| month != NO_MONTH));
}

fn add_education(fields: &Fields, from: &IndexDocument, into: &mut Values) {
    let entries = || from.education.iter();
    let columns = [fields.edu_start_lo, fields.edu_start_slack, fields.edu_end_lo, fields.edu_end_slack];
    add_spans(columns, entries().map(|entry| entry.span), into);
    into.add_column(fields.edu_levels, entries().map(|entry| entry.levels));
    into.add_column(fields.edu_status, entries().map(|entry| entry.status));
    into.add_column(fields.edu_gpa, entries().map(|entry| hundredths(entry.gpa)));
    let degrees = &from.degrees;
    into.add_column(fields.degree_rank, degrees.rank);
    into.add_column(fields.degree_level, degrees.completed.iter().copied());
    into.add_column(fields.degree_level_open, degrees.in_progress.iter().copied());
    into.add_column(fields.graduated_hi, degrees.graduated.iter().map(|(_, latest)| *latest));
    into.add_column(fields.graduated_slack, degrees.graduated.iter().map(|(earliest, latest)| latest - earliest));
    into.add_column(fields.gpa, degrees.gpa.iter().copied().map(hundredths));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stopped_writing_is_told_with_its_folder_and_what_to_do() {
        let check = |error: TantivyError, expected: &str| {
            let told = failed(&error, Path::new("cvs/index")).to_string();
            assert!(told.starts_with(expected) && told.contains("\nhint: is there room on the disk"), "{told}");
        };
        let full = std::io::Error::from(ErrorKind::StorageFull);
        let no_room = "cannot write the index (no storage space): cvs/index\n";
        check(full.into(), no_room);
        let killed =
            "An index writer was killed.. A worker thread encountered an error (io::Error most likely) or panicked.";
        let stopped =
            "cannot write the index (a thread that writes it stopped, most likely for want of room): cvs/index\n";
        check(TantivyError::ErrorInThread(killed.into()), stopped);
    }

    #[test]
    fn the_least_memory_leaves_room_for_documents() {
        let of_threads = |mebibytes: usize| budget(mebibytes << 20) >> 20;
        assert_eq!([0, 32, 64, 160, 4000].map(of_threads), [31, 31, 47, 80, 2000]);
    }
}
