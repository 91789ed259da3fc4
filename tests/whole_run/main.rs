//! Files as they come, through the whole pipeline into an index: damaged and hostile ones (`bad_inputs`), files inside files
//! (`containers`). In: a throw-away folder. Out: pass or fail.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod bad_inputs;
mod containers;

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use tempfile::TempDir;
use vitae::engine::SearchOptions;
use vitae::engine::embedded::Embedded;
use vitae::engine::embedded::sink::EmbeddedSink;
use vitae::index::{self, Control, FileState, IndexOptions, LedgerLine, Reader, Report, Sink};
use vitae::lexicon::Lexicon;
use vitae::model::Month;

/// A folder of files and an index beside it.
struct Bench {
    _root: TempDir,
    options: IndexOptions,
}

impl Bench {
    fn new() -> Bench {
        let root = tempfile::tempdir().unwrap();
        let options = IndexOptions::new(root.path().join("cvs"), root.path().join("index"));
        fs::create_dir(&options.folder).unwrap();
        Bench { _root: root, options }
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.options.folder.join(name), bytes).unwrap();
    }

    fn run(&self) -> Report {
        let lexicon = Lexicon::builtin();
        let reader = Reader { lexicon: &lexicon, as_of: Month::new(2026, 1) };
        let (mut sink, _) = EmbeddedSink::open(&self.options.index).unwrap();
        let control = Control { progress: &mut |_| {}, cancel: &AtomicBool::new(false) };
        let report = index::run(&self.options, &reader, &mut sink, control).unwrap();
        sink.close().unwrap();
        assert!(report.balances(), "{report:?}");
        report
    }

    fn ledger(&self) -> Vec<LedgerLine> {
        let note = EmbeddedSink::open(&self.options.index).unwrap().0.note().unwrap();
        index::ledger(&self.options.index, &note).unwrap()
    }

    /// Name of the reason of a file, `indexed` if there is none.
    fn state(&self, name: &str) -> String {
        let lines = self.ledger();
        let line = lines.iter().find(|line| line.path == name).unwrap_or_else(|| panic!("{name} is not in {lines:#?}"));
        match &line.state {
            FileState::Indexed { .. } => "indexed".to_string(),
            FileState::Skipped(reason) => reason.name().to_string(),
        }
    }

    fn count(&self, query: &str) -> u64 {
        let engine = Embedded::open(&self.options.index).unwrap();
        let options = SearchOptions::new(Month::new(2026, 1));
        let today = jiff::civil::date(2026, 1, 1);
        vitae::search::run(&engine, query, &Lexicon::builtin(), today, &options).unwrap().total
    }
}

/// A file of the tests' data.
fn sample(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(path)).unwrap()
}
