//! The manifest: which files an index was made from, and which documents it holds. In: a file beside the index. Out: [`Manifest`].
//!
//! It can never disagree with the index: a new manifest is written under a new name and synced first, then the engine commits with
//! that name as its note, then the older manifests are removed. Killed anywhere in between, the last commit's note still names
//! a complete manifest.
//!
//! Layout, `manifest-000042`: a head line in JSON, the files as bytes ([`super::file_list`]: a run over unchanged files spends its time
//! reading them), one line in JSON per document that the files do not tell, the hash of all that: a changed byte could name another document, and
//! one that is to go would stay for ever.

use super::document::FileFacts;
use super::documents::{Documents, Held};
use super::file_list;
use super::files::{Files, Row};
use super::sink::ROOM;
use crate::corpus::ContentHash;
use crate::error::{Error, Result};
use crate::model::FileCounts;
use blake3::Hasher;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// End of the note of a commit after which documents of one person may still lie apart: the last commit of a run has a note without it.
pub const UNFOLDED: &str = " unfolded";

/// Raised when the layout changes; an index with another layout is made anew.
const LAYOUT: u32 = 5;

/// The layout before, which is still read: it has no hash at its end.
const UNHASHED: u32 = 4;

/// Bytes of the hash at the end.
const HASH: usize = blake3::OUT_LEN;

/// How documents were made: one of another make must be made again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Make {
    /// Version of the extraction ([`super::extract::EXTRACTION_VERSION`]).
    pub extraction: u32,
    /// Fingerprint of the lexicon.
    pub lexicon: String,
}

impl Make {
    /// A short name for the make, kept with every file.
    pub fn stamp(&self) -> u32 {
        let hash = blake3::hash(format!("{}\n{}", self.extraction, self.lexicon).as_bytes());
        let [a, b, c, d, ..] = *hash.as_bytes();
        u32::from_le_bytes([a, b, c, d])
    }
}

/// Files and documents of one commit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Manifest {
    /// How the newest documents were made.
    pub make: Make,
    /// The folder, as a full path.
    pub folder: String,
    /// Number of the commit, 1 for the first.
    pub generation: u64,
    /// By relative path.
    pub files: Files,
    /// Files of the folder that no run has looked at yet.
    pub not_reached: u64,
    /// What the index holds.
    pub documents: Documents,
    /// Documents, as last read or written, that differ from what the files say; none after a complete run.
    pub left_overs: usize,
}

#[derive(Serialize, Deserialize)]
struct Head {
    layout: u32,
    make: Make,
    folder: String,
    generation: u64,
    files: usize,
    documents: usize,
    /// Of the files. With [`Head::not_reached`] enough for [`counts`].
    #[serde(default)]
    indexed: Option<u64>,
    #[serde(default)]
    not_reached: u64,
}

impl Manifest {
    /// Reads the manifest that a commit's note names. None if it is missing, damaged or of another layout.
    pub fn read(index: &Path, note: &str) -> Option<Manifest> {
        let mut bytes = Vec::new();
        open(index, note)?.read_to_end(&mut bytes).ok()?;
        let head = head(&mut &bytes[..])?;
        let mut rest = if head.layout == UNHASHED { &bytes[..] } else { unchanged(&bytes)? };
        next(&mut rest, &mut String::new())?;
        let mut manifest = Manifest {
            make: head.make,
            folder: head.folder,
            generation: head.generation,
            not_reached: head.not_reached,
            files: file_list::read(&mut rest, head.files)?,
            ..Manifest::default()
        };
        manifest.documents = Documents::told(&manifest.files);
        manifest.left_overs = head.documents;
        let mut line = String::new();
        for _ in 0..head.documents {
            let line = next(&mut rest, &mut line)?;
            let (hash, facts): (String, Option<FileFacts>) = serde_json::from_str(line).ok()?;
            let held = facts.map(|facts| manifest.held(facts));
            manifest.documents.set(ContentHash::from_hex(&hash)?, held);
        }
        rest.is_empty().then_some(manifest)
    }

    /// A document that the files do not tell: its paths may be none of theirs.
    fn held(&mut self, facts: FileFacts) -> Held {
        let files = &mut self.files;
        let row = |path: String| files.row(&path).unwrap_or_else(|| files.add(path.into_boxed_str()));
        Held { rows: facts.paths.into_iter().map(row).collect(), format: facts.format, modified: facts.modified }
    }

    /// Takes a listing, sorted by path: the rows of its files.
    pub fn list(&mut self, paths: Vec<Box<str>>) -> Vec<Row> {
        let (rows, moved) = self.files.unite(paths);
        moved.iter().for_each(|moved| self.documents.renumber(moved));
        rows
    }

    /// Writes and syncs the manifest of the next commit; the answer is the note to commit with.
    ///
    /// # Errors
    /// Environment: the folder cannot be written.
    pub fn write(&mut self, index: &Path) -> Result<String> {
        self.generation += 1;
        let note = file_name(self.generation);
        let path = index.join(&note);
        let failed = |error| Error::environment(format!("cannot write ({error})")).at(&path).hint(ROOM);
        self.left_overs = self.write_to(&path).map_err(failed)?;
        // The name must survive a power cut, too. Where folders cannot be synced (Windows) the system does it.
        if let Ok(folder) = File::open(index) {
            let _ = folder.sync_all();
        }
        Ok(note)
    }

    fn write_to(&self, path: &Path) -> std::io::Result<usize> {
        // Documents that differ from what the files say: left-overs of an interrupted run, none after a complete one.
        let mut odd: Vec<(String, Option<FileFacts>)> = Vec::new();
        self.documents.each(&self.files, |hash, rows, held| {
            if Held::told(&self.files, rows) != held {
                odd.push((hash.to_string(), held.map(|held| held.facts(hash, &self.files))));
            }
        });
        let mut out = BufWriter::with_capacity(1 << 20, Hashing { file: File::create(path)?, hasher: Hasher::new() });
        let head = Head {
            layout: LAYOUT,
            make: self.make.clone(),
            folder: self.folder.clone(),
            generation: self.generation,
            files: self.files.len(),
            documents: odd.len(),
            indexed: Some(self.files.iter().filter(|(_, _, entry)| entry.content().is_some()).count() as u64),
            not_reached: self.not_reached,
        };
        serde_json::to_writer(&mut out, &head)?;
        out.write_all(b"\n")?;
        file_list::write(&mut out, &self.files)?;
        for line in &odd {
            serde_json::to_writer(&mut out, line)?;
            out.write_all(b"\n")?;
        }
        let Hashing { mut file, hasher } = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.write_all(hasher.finalize().as_bytes())?;
        file.sync_all()?;
        Ok(odd.len())
    }

    /// Removes all manifests but the one of the last commit. A failure costs only disk space.
    pub fn remove_others(&self, index: &Path) {
        let keep = file_name(self.generation);
        for entry in fs::read_dir(index).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let is_manifest = name.to_str().is_some_and(|name| name.starts_with("manifest-"));
            if is_manifest && name.to_str() != Some(&keep) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// The next whole line; none at the end or in the middle of a line that was cut off.
fn next<'l>(file: &mut impl BufRead, line: &'l mut String) -> Option<&'l str> {
    line.clear();
    file.read_line(line).ok()?;
    line.strip_suffix('\n')
}

/// The file that a note names.
fn open(index: &Path, note: &str) -> Option<File> {
    // The note comes from the index's own files; it must not lead elsewhere.
    if note.contains(['/', '\\']) {
        return None;
    }
    File::open(index.join(note.trim_end_matches(UNFOLDED))).ok()
}

/// The head of a layout that is known.
fn head(file: &mut impl BufRead) -> Option<Head> {
    let head: Head = serde_json::from_str(next(file, &mut String::new())?).ok()?;
    [LAYOUT, UNHASHED].contains(&head.layout).then_some(head)
}

/// What stands in front of the hash, if it is as it was written.
fn unchanged(bytes: &[u8]) -> Option<&[u8]> {
    let (bytes, hash) = bytes.split_at_checked(bytes.len().checked_sub(HASH)?)?;
    (blake3::hash(bytes).as_bytes() == hash).then_some(bytes)
}

/// A file in the writing, and the hash of what was written.
struct Hashing {
    file: File,
    hasher: Hasher,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// How many files the index was made of; reads the head of the manifest only. None where it does not tell.
pub fn counts(index: &Path, note: &str) -> Option<FileCounts> {
    let head = head(&mut BufReader::new(open(index, note)?))?;
    let (files, searched) = (head.files as u64, head.indexed?);
    let left_out = files.saturating_sub(searched);
    Some(FileCounts { seen: files + head.not_reached, searched, left_out, not_reached: head.not_reached })
}

/// Where the files of the index lie: the folder it was made of, as a full path. Reads the head of the manifest only.
pub fn folder(index: &Path, note: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(head(&mut BufReader::new(open(index, note)?))?.folder);
    // An index may be made of one file, which is then its own path.
    Some(if folder.is_file() { folder.parent().map_or_else(|| folder.clone(), Path::to_path_buf) } else { folder })
}

/// The file of a generation, which is the note of its last commit.
pub fn file_name(generation: u64) -> String {
    format!("manifest-{generation:06}")
}

/// The number in a note; 0 if there is none.
pub fn generation_of(note: &str) -> u64 {
    note.trim_end_matches(UNFOLDED).trim_start_matches("manifest-").parse().unwrap_or(0)
}

/// The day (UTC) of a time in seconds since 1970, as `YYYYMMDD`.
pub fn day_of(seconds: i64) -> i64 {
    let date = jiff::Timestamp::from_second(seconds).unwrap_or_default().to_zoned(jiff::tz::TimeZone::UTC).date();
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

#[cfg(test)]
mod tests {
    use super::super::files::{Entry, State};
    use super::*;
    use crate::model::{Format, SkipReason};

    fn entry(content: &str) -> Entry {
        let state = State::Indexed(ContentHash::of(content.as_bytes()), Format::Pdf);
        Entry { size: 3, modified: 86_400, nanos: 5, stamp: 7, state }
    }

    fn skipped(reason: SkipReason) -> Entry {
        Entry { state: State::Skipped(Box::new(reason)), ..entry("") }
    }

    fn sample() -> Manifest {
        let files = Files::sorted(vec![
            ("a \"b\"\n.pdf".into(), entry("aa")),
            ("copy.pdf".into(), entry("aa")),
            ("y".into(), skipped(SkipReason::Empty)),
            ("z".into(), skipped(SkipReason::Duplicate("x".into()))),
        ]);
        let documents = Documents::told(&files);
        Manifest { folder: "/cvs".into(), files, documents, ..Manifest::default() }
    }

    #[test]
    fn the_head_tells_how_many_files_there_are() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = Manifest { not_reached: 3, ..sample() };
        let note = manifest.write(folder.path()).unwrap();
        let expected = FileCounts { seen: 7, searched: 2, left_out: 2, not_reached: 3 };
        assert_eq!(counts(folder.path(), &note), Some(expected));
    }

    fn check(mut manifest: Manifest) {
        let folder = tempfile::tempdir().unwrap();
        let note = manifest.write(folder.path()).unwrap();
        assert_eq!(Manifest::read(folder.path(), &note), Some(manifest.clone()));
        let path = folder.path().join(&note);
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        assert_eq!(Manifest::read(folder.path(), &note), None, "half a manifest is none");
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            fs::write(&path, changed).unwrap();
            assert_eq!(Manifest::read(folder.path(), &note), None, "byte {at} is another");
        }
        manifest.write(folder.path()).unwrap();
        manifest.remove_others(folder.path());
        assert!(!path.exists());
    }

    #[test]
    fn it_comes_back() {
        check(Manifest::default());
        check(sample());
    }

    #[test]
    fn the_layout_before_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = sample();
        let note = manifest.write(folder.path()).unwrap();
        let whole = fs::read(folder.path().join(&note)).unwrap();
        let head = format!("{{\"layout\":{LAYOUT}");
        assert!(whole.starts_with(head.as_bytes()));
        let mut old = format!("{{\"layout\":{UNHASHED}").into_bytes();
        old.extend(&whole[head.len()..whole.len() - HASH]);
        fs::write(folder.path().join(&note), old).unwrap();
        assert_eq!(Manifest::read(folder.path(), &note), Some(manifest));
    }

    #[test]
    fn documents_that_no_file_tells_come_back() {
        let mut manifest = sample();
        let rows = vec![manifest.files.add("old".into())];
        let held = Held { rows, format: Format::Text, modified: 20_200_101 };
        manifest.documents.set(ContentHash::of(b"bb"), Some(held));
        manifest.documents.set(ContentHash::of(b"aa"), None);
        check(manifest);
    }

    #[test]
    fn a_document_lists_its_paths_sorted() {
        let manifest = sample();
        let mut found = Vec::new();
        manifest.documents.each(&manifest.files, |hash, _, held| {
            found.extend(held.map(|held| held.facts(hash, &manifest.files)));
        });
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].paths, ["a \"b\"\n.pdf", "copy.pdf"]);
        assert_eq!(found[0].modified, 19_700_102);
    }

    #[test]
    fn a_listing_gives_rows_other_numbers_and_documents_keep_theirs() {
        let mut manifest = sample();
        let before = sample();
        assert_eq!(manifest.list(vec!["a".into(), "copy.pdf".into()]), [0, 2]);
        manifest.documents.each(&manifest.files, |_, rows, held| assert_eq!(Held::told(&manifest.files, rows), held));
        assert_eq!(manifest.files, before.files);
    }
}
