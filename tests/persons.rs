//! Several files of one person: folded into one candidate, whatever the order of runs; erased as one; and shown without their name.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use tempfile::TempDir;
use vitae::engine::embedded::Embedded;
use vitae::engine::embedded::sink::EmbeddedSink;
use vitae::engine::{Engine, FacetRequest, SearchOptions};
use vitae::index::{self, Control, IndexOptions, Reader};
use vitae::lexicon::Lexicon;
use vitae::model::{FieldId, Month};
use vitae::search::{self, Answer};

struct Desk {
    lexicon: Lexicon,
    resumes: TempDir,
    index: TempDir,
}

impl Desk {
    fn new() -> Desk {
        Desk { lexicon: Lexicon::builtin(), resumes: tempfile::tempdir().unwrap(), index: tempfile::tempdir().unwrap() }
    }

    fn file(&self, path: &str, name: &str, contact: &str, skills: &str) -> &Desk {
        let text =
            format!("{name}\n{contact}\n\nSkills\n{skills}\n\nExperience\nPlanner, Acme Ltd, Jan 2019 - Dec 2020\n");
        fs::write(self.resumes.path().join(path), text).unwrap();
        self
    }

    fn run(&self) -> Embedded {
        run(self.resumes.path(), self.index.path(), &self.lexicon)
    }

    /// Erases documents; the paths that stood for them.
    fn forget(&self, ids: &[String]) -> Vec<String> {
        let (mut sink, _) = EmbeddedSink::open(self.index.path()).unwrap();
        let forgotten = index::forget(self.index.path(), &mut sink, ids).unwrap();
        sink.close().unwrap();
        forgotten.paths
    }

    fn search(&self, engine: &Embedded, query: &str) -> Answer {
        let facets = vec![FacetRequest::of(FieldId::Skill, 50)];
        let options = SearchOptions { facets, limit: 100, ..SearchOptions::new(Month::new(2026, 1)) };
        search::run(engine, query, &self.lexicon, jiff::civil::date(2026, 1, 1), &options).unwrap()
    }

    /// People as lists of their files that match, each list and the whole sorted.
    fn people(&self, engine: &Embedded, query: &str) -> Vec<String> {
        let answer = self.search(engine, query);
        assert_eq!(answer.total, answer.hits.len() as u64, "{query}");
        let files = answer.hits.iter().map(|hit| {
            let mut paths: Vec<&str> = hit.matching_paths().collect();
            paths.sort_unstable();
            paths.join(" ")
        });
        let mut files: Vec<String> = files.collect();
        files.sort();
        files
    }
}

fn run(resumes: &Path, index: &Path, lexicon: &Lexicon) -> Embedded {
    let reader = Reader { lexicon, as_of: Month::new(2026, 1) };
    let (mut sink, _) = EmbeddedSink::open(index).unwrap();
    let control = Control { progress: &mut |_| {}, cancel: &AtomicBool::new(false) };
    index::run(&IndexOptions::new(resumes, index), &reader, &mut sink, control).unwrap();
    sink.close().unwrap();
    Embedded::open(index).unwrap()
}

#[test]
fn files_of_one_person_are_one_candidate() {
    let desk = Desk::new();
    desk.file("a.txt", "Ana Gil", "ana.gil@example.com", "Java, Kafka")
        .file("b.txt", "Ana Gil", "ana.gil@example.com", "Java, Python")
        .file("c.txt", "Ana Gil", "ana.gil@example.org", "Java")
        .file("d.txt", "Tom Reed", "tom@example.com", "Java");
    let engine = desk.run();
    assert_eq!(desk.people(&engine, "java"), ["a.txt b.txt", "c.txt", "d.txt"]);
    assert_eq!(desk.people(&engine, "kafka"), ["a.txt"]);
    assert_eq!(desk.people(&engine, "java -kafka"), ["b.txt", "c.txt", "d.txt"]);
    let answer = desk.search(&engine, "java");
    assert_eq!(answer.searched, 3);
    let count = |name: &str| {
        let value = answer.facets[0].values.iter().find(|value| value.value == name);
        value.map_or(0, |value| value.count)
    };
    assert_eq!((count("Java"), count("Apache Kafka"), count("Python")), (3, 1, 1));
    let ana = answer.hits.iter().find(|hit| hit.versions.len() == 2).expect("two files");
    assert!(ana.versions.iter().all(|version| version.because == ["same e-mail address"]), "{ana:?}");
    let begin_so = desk.search(&engine, "jav* kafk*").expansions;
    let counted: Vec<_> = begin_so.iter().flat_map(|one| &one.to).map(|to| (to.term.as_str(), to.candidates)).collect();
    assert_eq!(counted, [("java", 3), ("kafka", 1)], "people, without files that were replaced");
    let newer = desk.people(&engine, "java -has:newer");
    assert_eq!(newer.len(), 3);
    assert!(newer.iter().all(|files| !files.contains(' ')), "{newer:?}");
}

#[test]
fn the_mailbox_of_an_agency_folds_nobody() {
    let desk = Desk::new();
    let names = ["Ana Gil", "Tom Reed", "Sara Holm", "Lee Wong", "Eva Klein", "Carl Moss"];
    for (at, name) in names.iter().enumerate() {
        desk.file(&format!("{at}.txt"), name, "jobs@example.com | +1 555 010 0199", "Java");
    }
    let engine = desk.run();
    assert_eq!(desk.people(&engine, "java").len(), names.len());
}

#[test]
fn runs_over_what_changed_fold_like_one_run() {
    let desk = Desk::new();
    desk.file("a.txt", "Ana Gil", "ana.gil@example.com | +1 (555) 010-0101", "Java");
    desk.run();
    desk.file("b.txt", "Ana Gil", "+1 555 010 0101", "Java, Kafka");
    assert_eq!(desk.people(&desk.run(), "java"), ["a.txt b.txt"]);
    desk.file("c.txt", "A. Gil", "ana.gil@example.com", "Java, Rust");
    assert_eq!(desk.people(&desk.run(), "java"), ["a.txt b.txt c.txt"]);
    // The file that held the other two together goes.
    fs::remove_file(desk.resumes.path().join("a.txt")).unwrap();
    let engine = desk.run();
    assert_eq!(desk.people(&engine, "java"), ["b.txt", "c.txt"]);
    assert!(desk.search(&engine, "java").hits.iter().all(|hit| hit.versions.is_empty()));
    fs::rename(desk.resumes.path().join("b.txt"), desk.resumes.path().join("moved.txt")).unwrap();
    desk.file("d.txt", "Ana Gil", "ana.gil@example.com | +1 555 010 0101", "Java, Perl");
    let engine = desk.run();
    assert_eq!(desk.people(&engine, "java"), ["c.txt d.txt moved.txt"]);

    let fresh = tempfile::tempdir().unwrap();
    let again = run(desk.resumes.path(), fresh.path(), &desk.lexicon);
    let (one, other) = (desk.search(&engine, "java"), desk.search(&again, "java"));
    assert_eq!(one.hits, other.hits);
    assert_eq!((one.total, one.searched, one.facets), (other.total, other.searched, other.facets));
}

#[test]
fn nothing_is_left_of_whom_the_index_forgets() {
    let desk = Desk::new();
    desk.file("ana-quillfeather.txt", "Ana Quillfeather", "ana.q@example.com", "Java, Zymurgy")
        .file("ana2.txt", "Ana Quillfeather", "ana.q@example.com", "Java, Beekeeping")
        .file("tom.txt", "Tom Reed", "tom@example.com", "Java");
    let engine = desk.run();
    let hit = desk.search(&engine, "zymurgy").hits.remove(0);
    let ids: Vec<String> = hit.versions.iter().map(|version| version.id.clone()).collect();
    drop(engine);
    assert_eq!(desk.forget(&ids), ["ana-quillfeather.txt", "ana2.txt"]);
    for path in files_under(desk.index.path()) {
        let bytes = fs::read(&path).unwrap();
        for word in ["quillfeather", "Quillfeather", "uillfeather", "zymurgy", "Zymurgy", "ana.q@", ids[0].as_str()] {
            let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(!found, "{word} in {}", path.display());
        }
    }
    let engine = Embedded::open(desk.index.path()).unwrap();
    assert_eq!(engine.stats().unwrap().documents, 1);
    assert_eq!(desk.people(&engine, "java"), ["tom.txt"]);
    // The files are still there: the next run reads them again, and so it would a new application.
    assert_eq!(desk.people(&desk.run(), "java"), ["ana-quillfeather.txt ana2.txt", "tom.txt"]);
}

#[test]
fn who_is_left_of_a_person_is_no_older_version() {
    let desk = Desk::new();
    desk.file("ana.txt", "Ana Gil", "ana.gil@example.com", "Java").file(
        "ana2.txt",
        "Ana Gil",
        "ana.gil@example.com",
        "Java, Rust",
    );
    let engine = desk.run();
    assert_eq!(desk.search(&engine, "has:newer").total, 1);
    assert_eq!(desk.search(&engine, "java -has:newer").total, 1);
    let newest = desk.search(&engine, "java -has:newer").hits.remove(0).id;
    drop(engine);
    assert_eq!(desk.forget(&[newest]), ["ana2.txt"]);
    let engine = Embedded::open(desk.index.path()).unwrap();
    assert_eq!(desk.search(&engine, "has:newer").total, 0);
    let left = desk.search(&engine, "java");
    assert_eq!((left.total, left.searched, left.hits[0].versions.len()), (1, 1, 0));
}

fn files_under(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_under(&path) } else { vec![path] }).collect()
}

#[test]
fn blind_hits_say_nothing_of_who_it_is() {
    let desk = Desk::new();
    desk.file("ana-quillfeather.txt", "Ana Quillfeather", "ana.q@example.com | +1 555 010 0101", "Java, Kafka").file(
        "ana2.txt",
        "Ana Quillfeather",
        "ana.q@example.com",
        "Java, Rust",
    );
    let engine = desk.run();
    let options = SearchOptions { blind: true, explain: true, ..SearchOptions::new(Month::new(2026, 1)) };
    let blind = |query: &str| search::run(&engine, query, &desk.lexicon, jiff::civil::date(2026, 1, 1), &options);
    let json = serde_json::to_string(&blind("java").unwrap()).unwrap();
    for word in ["uillfeather", "Ana", "ana2", "example.com", "0101"] {
        assert!(!json.contains(word), "{word} in {json}");
    }
    assert!(json.contains("Planner") && json.contains("Acme"), "{json}");
    assert!(blind("name:ana").is_err());
}
