//! Indexing runs in throw-away folders: what a run reads, what it leaves alone, what it says of every file. A small fake stands for the
//! readers, so that these tests are about runs only.
#![allow(clippy::unwrap_used, reason = "a test that cannot set up its folder has to fail")]

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use vitae::engine::embedded::sink::{EmbeddedSink, Opened};
use vitae::index::manifest::Make;
use vitae::index::{self, Control, Extract, FileState, IndexOptions, ReadText, Report, Sink, Understood};
use vitae::model::{Format, Line, Profile, SkipReason, TextDoc};

/// Every line is a line; `DAMAGED` is a damaged file, `CRASH` a bug of a reader.
struct Fake {
    calls: AtomicUsize,
    lexicon: u32,
}

impl Extract for Fake {
    fn make(&self) -> Make {
        Make { extraction: 1, lexicon: self.lexicon.to_string() }
    }

    fn read(&self, bytes: &[u8], format: Format) -> Result<ReadText, SkipReason> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("CRASH"), "the reader has a bug");
        if text.contains("DAMAGED") {
            return Err(SkipReason::Corrupt("cut off".into()));
        }
        let line = |text: &str| Line { text: text.to_string(), ..Line::default() };
        let lines = text.lines().filter(|text| !text.is_empty()).map(line).collect();
        let text = TextDoc { format, lines, pages: 1, modified: None, warnings: Vec::new() };
        Ok(ReadText { text, flag: None })
    }

    fn understand(&self, read: &ReadText) -> Result<Understood, SkipReason> {
        assert!(!read.text.lines.is_empty(), "a file without text is left out before it is read");
        Ok(Understood { sections: Vec::new(), profile: Profile::default() })
    }
}

/// A folder of files and an index beside it.
struct Bench {
    _root: TempDir,
    options: IndexOptions,
    fake: Fake,
}

impl Bench {
    fn new(files: &[(&str, &str)]) -> Bench {
        let root = tempfile::tempdir().unwrap();
        let options = IndexOptions::new(root.path().join("cvs"), root.path().join("index"));
        fs::create_dir(&options.folder).unwrap();
        let bench = Bench { _root: root, options, fake: Fake { calls: AtomicUsize::new(0), lexicon: 1 } };
        files.iter().for_each(|(name, text)| bench.write(name, text));
        bench
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.options.folder.join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).unwrap();
    }

    /// Runs, stopping after `stop_after` files.
    fn run_until(&self, stop_after: u64) -> Report {
        let open = if self.options.read_all { EmbeddedSink::open_anew } else { EmbeddedSink::open_with };
        let (mut sink, _) = open(&self.options.index, 32 << 20).unwrap();
        let cancel = AtomicBool::new(stop_after == 0);
        let mut progress = |progress: index::Progress<'_>| {
            if progress.done >= stop_after {
                cancel.store(true, Ordering::Relaxed);
            }
        };
        let control = Control { progress: &mut progress, cancel: &cancel };
        let report = index::run(&self.options, &self.fake, &mut sink, control).unwrap();
        assert!(report.balances(), "{report:?}");
        report
    }

    /// Runs to the end; the totals (new, changed, unchanged, moved, duplicates, skipped, removed) and the number of files extracted.
    fn run(&self) -> ([u64; 7], usize) {
        self.fake.calls.store(0, Ordering::Relaxed);
        let report = self.run_until(u64::MAX);
        let skipped = report.skipped_total();
        let totals =
            [report.new, report.changed, report.unchanged, report.moved, report.duplicates, skipped, report.removed];
        (totals, self.fake.calls.load(Ordering::Relaxed))
    }

    /// Each file with `indexed` or the reason why not.
    fn ledger(&self) -> Vec<String> {
        let note = EmbeddedSink::open(&self.options.index).unwrap().0.note().unwrap();
        let lines = index::ledger(&self.options.index, &note).unwrap();
        let state = |state: &FileState| match state {
            FileState::Indexed { .. } => "indexed".to_string(),
            FileState::Skipped(SkipReason::Duplicate(of)) => format!("duplicate of {of}"),
            FileState::Skipped(reason) => reason.name().to_string(),
        };
        lines.iter().map(|line| format!("{}: {}", line.path, state(&line.state))).collect()
    }

    /// The paths of every document that a search can see, those of one document joined by `+`.
    fn visible(&self) -> Vec<String> {
        visible(&self.options.index)
    }

    /// The segments' file with this ending.
    fn file(&self, ending: &str) -> std::path::PathBuf {
        let segments = vitae::engine::embedded::sink::segments_folder(&self.options.index);
        let mut paths = fs::read_dir(segments).unwrap().map(|entry| entry.unwrap().path());
        paths.find(|path| path.extension().is_some_and(|found| found == ending)).expect(ending)
    }
}

fn visible(index: &Path) -> Vec<String> {
    use tantivy::collector::DocSetCollector;
    use vitae::engine::embedded::stores::Stores;
    let index = tantivy::Index::open_in_dir(vitae::engine::embedded::sink::segments_folder(index)).unwrap();
    let searcher = index.reader().unwrap().searcher();
    let stores = Stores::of(&searcher);
    let found = searcher.search(&tantivy::query::AllQuery, &DocSetCollector).unwrap();
    let mut paths: Vec<String> =
        found.into_iter().map(|address| stores.text(address).unwrap().0.paths.join("+")).collect();
    paths.sort_unstable();
    paths
}

const THREE: &[(&str, &str)] = &[("a.txt", "Ann"), ("b.txt", "Bob"), ("sub/c.txt", "Cho")];

#[test]
fn a_second_run_reads_nothing() {
    let bench = Bench::new(THREE);
    assert_eq!(bench.run(), ([3, 0, 0, 0, 0, 0, 0], 3));
    assert_eq!(bench.visible(), ["a.txt", "b.txt", "sub/c.txt"]);
    assert_eq!(bench.run(), ([0, 0, 3, 0, 0, 0, 0], 0));
    assert_eq!(bench.run_until(u64::MAX).bytes, 0);
}

#[test]
fn a_changed_file_replaces_its_document() {
    let bench = Bench::new(THREE);
    bench.run();
    bench.write("b.txt", "Bobby");
    assert_eq!(bench.run(), ([0, 1, 2, 0, 0, 0, 0], 1));
    assert_eq!(bench.visible(), ["a.txt", "b.txt", "sub/c.txt"]);
}

#[test]
fn a_touched_file_is_not_extracted_again() {
    let bench = Bench::new(THREE);
    bench.run();
    let file = fs::File::options().write(true).open(bench.path("a.txt")).unwrap();
    file.set_modified(std::time::UNIX_EPOCH + Duration::from_secs(86_400)).unwrap();
    assert_eq!(bench.run(), ([0, 0, 3, 0, 0, 0, 0], 0));
    assert_eq!(bench.run_until(u64::MAX).bytes, 0, "its new time is remembered");
}

#[test]
fn a_moved_file_keeps_its_document() {
    let bench = Bench::new(THREE);
    bench.run();
    bench.rename("a.txt", "sub/z.txt");
    assert_eq!(bench.run(), ([0, 0, 2, 1, 0, 0, 0], 0));
    assert_eq!(bench.visible(), ["b.txt", "sub/c.txt", "sub/z.txt"]);
}

#[test]
fn a_deleted_file_leaves_the_index() {
    let bench = Bench::new(THREE);
    bench.run();
    fs::remove_dir_all(bench.path("sub")).unwrap();
    assert_eq!(bench.run(), ([0, 0, 2, 0, 0, 0, 1], 0));
    assert_eq!(bench.visible(), ["a.txt", "b.txt"]);
}

#[test]
fn a_folder_without_a_file_empties_no_index() {
    let mut bench = Bench::new(THREE);
    bench.run();
    fs::remove_dir_all(&bench.options.folder).unwrap();
    fs::create_dir(&bench.options.folder).unwrap();
    let run = |bench: &Bench| {
        let mut sink = EmbeddedSink::open(&bench.options.index).unwrap().0;
        let control = Control { progress: &mut |_| (), cancel: &AtomicBool::new(false) };
        index::run(&bench.options, &bench.fake, &mut sink, control).unwrap_err().to_string()
    };
    assert!(run(&bench).starts_with("no file is seen here, but the index holds 3 résumés; it is left as it is: "));
    let note = EmbeddedSink::open(&bench.options.index).unwrap().0.note().unwrap();
    fs::write(bench.options.index.join(note), "damaged").unwrap();
    assert!(run(&bench).contains("the index holds résumés"));
    assert_eq!(bench.visible().len(), 3);
    bench.options.read_all = true;
    bench.run();
    assert_eq!(bench.visible().len(), 0);
    bench.options.read_all = false;
    assert_eq!(bench.run(), ([0; 7], 0));
}

#[test]
fn files_with_the_same_bytes_are_one_document() {
    let bench = Bench::new(&[("a.txt", "Ann"), ("b.txt", "Ann"), ("c.txt", "Ann"), ("d.txt", "Dan")]);
    assert_eq!(bench.run(), ([2, 0, 0, 0, 2, 0, 0], 2));
    assert_eq!(bench.visible(), ["a.txt+b.txt+c.txt", "d.txt"]);
    assert_eq!(
        bench.ledger(),
        ["a.txt: indexed", "b.txt: duplicate of a.txt", "c.txt: duplicate of a.txt", "d.txt: indexed"]
    );
    assert_eq!(bench.run(), ([0, 0, 2, 0, 2, 0, 0], 0));
    fs::remove_file(bench.path("a.txt")).unwrap();
    assert_eq!(bench.run(), ([0, 0, 2, 0, 1, 0, 1], 0));
    assert_eq!(bench.visible(), ["b.txt+c.txt", "d.txt"]);
    bench.write("0.txt", "Dan");
    assert_eq!(bench.run(), ([0, 0, 2, 0, 2, 0, 0], 0));
    assert_eq!(bench.visible(), ["0.txt+d.txt", "b.txt+c.txt"]);
}

#[test]
fn bad_files_have_reasons_and_are_not_read_twice() {
    let bench = Bench::new(&[
        ("crash.txt", "CRASH"),
        ("damaged.txt", "DAMAGED"),
        ("damaged2.txt", "DAMAGED"),
        ("empty.txt", ""),
        ("good.txt", "Ann"),
        ("program.rs", "fn main() {}"),
        ("photo.txt", "\u{0}\u{1}\u{2}\u{3}\u{4}"),
    ]);
    let expected = [
        "crash.txt: reader-crashed",
        "damaged.txt: corrupt",
        "damaged2.txt: corrupt",
        "empty.txt: empty",
        "good.txt: indexed",
        "photo.txt: binary",
        "program.rs: unsupported",
    ];
    assert_eq!(bench.run(), ([1, 0, 0, 0, 0, 6, 0], 3));
    assert_eq!(bench.ledger(), expected);
    assert_eq!(bench.run(), ([0, 0, 1, 0, 0, 6, 0], 0));
    bench.write("damaged.txt", "Dan");
    assert_eq!(bench.run(), ([0, 1, 1, 0, 0, 5, 0], 1));
    bench.write("good.txt", "DAMAGED now");
    assert_eq!(bench.run(), ([0, 0, 1, 0, 0, 6, 0], 1));
    assert_eq!(bench.visible(), ["damaged.txt"]);
}

#[test]
fn a_file_above_the_limit_is_left_out_unread() {
    let mut bench = Bench::new(&[("a.txt", "Ann"), ("long.txt", &"word ".repeat(100))]);
    bench.options.max_bytes = 100;
    assert_eq!(bench.run(), ([1, 0, 0, 0, 0, 1, 0], 1));
    assert_eq!(bench.ledger(), ["a.txt: indexed", "long.txt: too-large"]);
    bench.options.max_bytes = 1000;
    assert_eq!(bench.run(), ([0, 1, 1, 0, 0, 0, 0], 1));
}

#[test]
fn an_interrupted_run_leaves_a_valid_index_and_the_next_does_the_rest() {
    let names: Vec<String> = (0..200).map(|at| format!("{at:03}.txt")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), name.as_str())).collect();
    let bench = Bench::new(&files);
    let first = bench.run_until(20);
    assert!(first.interrupted && first.left > 0 && first.new >= 20, "{first}");
    assert_eq!(bench.visible().len() as u64, first.new);
    let (totals, calls) = bench.run();
    assert_eq!((totals[0], totals[2], calls as u64), (first.left, first.new, first.left));
    assert_eq!(bench.visible().len(), 200);
}

#[test]
fn an_interrupted_update_keeps_what_it_did_not_reach() {
    let bench = Bench::new(THREE);
    bench.run();
    bench.write("b.txt", "Bobby");
    fs::remove_file(bench.path("a.txt")).unwrap();
    let report = bench.run_until(0);
    assert!(report.interrupted);
    assert_eq!((report.left, report.unchanged), (1, 1));
    assert_eq!(bench.visible(), ["a.txt", "b.txt", "sub/c.txt"]);
    assert_eq!(bench.run(), ([0, 1, 1, 0, 0, 0, 1], 1));
}

#[test]
fn commits_in_mid_run_agree_with_the_manifest() {
    let mut bench = Bench::new(&[("a.txt", "Ann"), ("b.txt", "Bob"), ("c.txt", "Ann")]);
    bench.options.commit_every = Duration::ZERO;
    assert_eq!(bench.run(), ([2, 0, 0, 0, 1, 0, 0], 2));
    bench.rename("b.txt", "z.txt");
    bench.write("a.txt", "Anna");
    assert_eq!(bench.run(), ([0, 1, 1, 1, 0, 0, 0], 1));
    assert_eq!(bench.visible(), ["a.txt", "c.txt", "z.txt"]);
}

#[test]
fn another_lexicon_reads_everything_again_and_says_so() {
    let mut bench = Bench::new(THREE);
    bench.run();
    bench.fake.lexicon = 2;
    let report = bench.run_until(u64::MAX);
    assert_eq!((report.changed, report.unchanged), (3, 0));
    assert_eq!(report.notices, ["vitae has another lexicon since the last run; files are read again"]);
    assert_eq!(bench.visible().len(), 3);
    assert_eq!(bench.run(), ([0, 0, 3, 0, 0, 0, 0], 0));
}

#[test]
fn two_runs_cannot_write_at_once() {
    let bench = Bench::new(THREE);
    let first = EmbeddedSink::open(&bench.options.index).unwrap();
    let error = EmbeddedSink::open(&bench.options.index).err().expect("the lock is held");
    assert!(error.to_string().starts_with("another run is writing this index"), "{error}");
    drop(first);
    bench.run();
}

#[test]
fn an_index_of_another_version_is_made_anew() {
    let bench = Bench::new(THREE);
    bench.run();
    let segments = vitae::engine::embedded::sink::segments_folder(&bench.options.index);
    fs::remove_dir_all(&segments).unwrap();
    fs::create_dir(&segments).unwrap();
    let mut other = tantivy::schema::Schema::builder();
    other.add_text_field("other", tantivy::schema::TEXT);
    tantivy::Index::create_in_dir(&segments, other.build()).unwrap();
    assert_eq!(EmbeddedSink::open(&bench.options.index).unwrap().1, Opened::Replaced);
    assert_eq!(bench.run(), ([3, 0, 0, 0, 0, 0, 0], 3));
    fs::write(segments.join("meta.json"), "damaged").unwrap();
    assert_eq!(EmbeddedSink::open(&bench.options.index).unwrap().1, Opened::Replaced);
    assert_eq!(bench.run(), ([3, 0, 0, 0, 0, 0, 0], 3));
}

#[test]
fn a_damaged_index_is_made_anew() {
    let bench = Bench::new(THREE);
    let segments = vitae::engine::embedded::sink::segments_folder(&bench.options.index);
    bench.run();
    fs::write(bench.file("store"), [0; 100]).unwrap();
    assert_eq!(bench.run(), ([3, 0, 0, 0, 0, 0, 0], 3));
    for ending in ["term", "pos"] {
        fs::remove_file(bench.file(ending)).unwrap();
        assert_eq!(bench.run(), ([3, 0, 0, 0, 0, 0, 0], 3), "{ending}");
    }
    let persons = segments.join("persons");
    assert!(persons.is_file());
    fs::write(persons, "damaged").unwrap();
    assert_eq!(bench.run(), ([3, 0, 0, 0, 0, 0, 0], 3));
    assert_eq!(bench.run(), ([0, 0, 3, 0, 0, 0, 0], 0));
}

#[test]
fn a_rebuild_looks_at_nothing_of_the_old_index() {
    let mut bench = Bench::new(THREE);
    bench.run();
    bench.options.read_all = true;
    for ending in ["idx", "term", "fast", "text"] {
        let damaged: Vec<u8> = fs::read(bench.file(ending)).unwrap().iter().map(|byte| byte ^ 0x55).collect();
        fs::write(bench.file(ending), damaged).unwrap();
        assert_eq!(bench.run(), ([0, 3, 0, 0, 0, 0, 0], 3), "{ending}");
        assert_eq!(bench.visible(), ["a.txt", "b.txt", "sub/c.txt"], "{ending}");
    }
    bench.options.read_all = false;
    assert_eq!(bench.run(), ([0, 0, 3, 0, 0, 0, 0], 0));
}

#[test]
fn a_rebuild_keeps_the_old_index_until_the_new_one_is_complete() {
    let mut bench = Bench::new(THREE);
    bench.run();
    (bench.options.read_all, bench.options.commit_every) = (true, Duration::ZERO);
    for at in 0..50 {
        bench.write(&format!("more/{at}.txt"), &format!("Nobody {at}"));
    }
    let report = bench.run_until(4);
    assert!(report.interrupted && report.as_before, "{report}");
    assert_eq!((report.left, report.documents), (53, 3));
    assert_eq!(bench.visible(), ["a.txt", "b.txt", "sub/c.txt"]);
    assert_eq!(bench.run(), ([50, 3, 0, 0, 0, 0, 0], 53));
    assert_eq!(bench.visible().len(), 53);
}

#[test]
fn a_lost_manifest_reads_everything_again() {
    let bench = Bench::new(THREE);
    bench.run();
    let note = EmbeddedSink::open(&bench.options.index).unwrap().0.note().unwrap();
    fs::write(bench.options.index.join(note), "damaged").unwrap();
    let report = bench.run_until(u64::MAX);
    assert_eq!((report.new, report.notices.len()), (3, 1));
    assert_eq!(bench.visible(), ["a.txt", "b.txt", "sub/c.txt"]);
    assert_eq!(bench.run(), ([0, 0, 3, 0, 0, 0, 0], 0));
}

#[test]
fn a_manifest_without_its_commit_is_not_believed() {
    let bench = Bench::new(THREE);
    bench.run();
    // As left by a kill between the writing of the manifest and the commit.
    let note = EmbeddedSink::open(&bench.options.index).unwrap().0.note().unwrap();
    fs::copy(bench.options.index.join(&note), bench.options.index.join("manifest-000002")).unwrap();
    bench.write("d.txt", "Dan");
    assert_eq!(bench.run(), ([1, 0, 3, 0, 0, 0, 0], 1));
    assert_eq!(bench.run(), ([0, 0, 4, 0, 0, 0, 0], 0));
}

#[test]
fn what_a_killed_run_has_left_is_removed() {
    let bench = Bench::new(THREE);
    bench.run();
    let segments = vitae::engine::embedded::sink::segments_folder(&bench.options.index);
    let mut managed: Vec<String> = serde_json::from_slice(&fs::read(segments.join(".managed.json")).unwrap()).unwrap();
    managed.push("0123456789abcdef0123456789abcdef.idx".into());
    fs::write(segments.join(".managed.json"), serde_json::to_vec(&managed).unwrap()).unwrap();
    let left = [segments.join(managed.last().unwrap()), bench.options.index.join("manifest-000099")];
    left.iter().for_each(|path| fs::write(path, "half").unwrap());
    assert_eq!(bench.run(), ([0, 0, 3, 0, 0, 0, 0], 0));
    assert!(left.iter().all(|path| !path.exists()));
    assert_eq!(bench.visible().len(), 3);
}

#[test]
fn an_index_inside_the_folder_is_not_indexed() {
    let mut bench = Bench::new(THREE);
    bench.options.index = bench.path("index");
    assert_eq!(bench.run(), ([3, 0, 0, 0, 0, 0, 0], 3));
    assert_eq!(bench.run(), ([0, 0, 3, 0, 0, 0, 0], 0));
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_keeps_its_documents() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new(THREE);
    bench.run();
    fs::set_permissions(bench.path("sub"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read_dir(bench.path("sub")).is_err() {
        // Root reads everything; then there is nothing to test.
        assert_eq!(bench.run(), ([0, 0, 2, 0, 0, 1, 0], 0));
        assert_eq!(bench.visible().len(), 3);
    }
    fs::set_permissions(bench.path("sub"), fs::Permissions::from_mode(0o755)).unwrap();
}
