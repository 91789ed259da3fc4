//! The ledger as data: what was left out is listed, found by `status:`, and counted under every answer that lacks it.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

struct Place(TempDir);

impl Place {
    /// Two readable files, one copy, one scan, one damaged PDF, one empty file.
    fn indexed() -> Place {
        let place = Place(TempDir::new().unwrap());
        let folder = place.0.path().join("cvs");
        fs::create_dir_all(folder.join("2026")).unwrap();
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases/resumes");
        for (from, to) in
            [("D01.txt", "a.txt"), ("D01.txt", "copy.txt"), ("D35.pdf", "b.pdf"), ("D34.pdf", "2026/scan.pdf")]
        {
            fs::copy(samples.join(from), folder.join(to)).unwrap();
        }
        fs::write(folder.join("damaged.pdf"), &fs::read(samples.join("D35.pdf")).unwrap()[..60]).unwrap();
        fs::write(folder.join("empty.txt"), b"").unwrap();
        place.run(&["index", folder.to_str().unwrap()]);
        place
    }

    /// Standard output, standard error, exit status.
    fn run(&self, arguments: &[&str]) -> (String, String, i32) {
        let mut command = Command::cargo_bin("vitae").unwrap();
        command.args(arguments).arg("--index").arg(self.0.path().join("index")).env_remove("VITAE_INDEX");
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr), output.status.code().unwrap())
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.run(arguments).0).unwrap()
    }
}

#[test]
fn every_answer_says_how_many_files_it_lacks() {
    let place = Place::indexed();
    let (_, remarks, _) = place.run(&["search", "*"]);
    assert!(remarks.contains("searched 3 of 6 files; 3 left out: vitae ledger --reason skipped"), "{remarks}");
    let files = &place.json(&["search", "*", "--json"])["files"];
    assert_eq!(*files, serde_json::json!({"seen": 6, "searched": 3, "left_out": 3, "not_reached": 0}));
    for name in ["2026/scan.pdf", "damaged.pdf", "empty.txt"] {
        fs::remove_file(place.0.path().join("cvs").join(name)).unwrap();
    }
    place.run(&["index", place.0.path().join("cvs").to_str().unwrap()]);
    let (_, remarks, _) = place.run(&["search", "*"]);
    assert!(!remarks.contains("left out"), "nothing is lacking: {remarks}");
}

#[test]
fn status_finds_what_was_left_out() {
    let place = Place::indexed();
    let check = |query: &str, status: i32, expected: &[&str]| {
        let (paths, _, code) = place.run(&["search", query, "--paths"]);
        let folder = place.0.path().join("cvs").canonicalize().unwrap();
        let below = |path| Path::new(path).strip_prefix(&folder).unwrap().to_str().unwrap();
        let mut paths: Vec<&str> = paths.lines().map(below).collect();
        paths.sort_unstable();
        assert_eq!((paths.as_slice(), code), (expected, status), "{query}");
    };
    check("status:skipped", 0, &["2026/scan.pdf", "damaged.pdf", "empty.txt"]);
    check("status:scan", 0, &["2026/scan.pdf"]);
    check("status:skipped path:2026/*", 0, &["2026/scan.pdf"]);
    check("status:skipped -status:(scan OR empty)", 0, &["damaged.pdf"]);
    check("status:encrypted", 1, &[]);
    check("status:indexed path:*.pdf", 0, &["b.pdf"]);
    check("status:ocr", 1, &[]);
    let (shown, remarks, _) = place.run(&["search", "status:scan"]);
    assert!(!remarks.contains("nobody"), "{remarks}");
    assert!(shown.contains("files that were left out: 1") && shown.contains("no text layer"), "{shown}");
    let (_, error, code) = place.run(&["search", "status:lost"]);
    assert!(code == 2 && error.contains("no-text-layer"), "{error}");
}

#[test]
fn the_ledger_is_complete_and_takes_other_names() {
    let place = Place::indexed();
    let (lines, totals, _) = place.run(&["ledger"]);
    assert_eq!(lines.lines().count(), 6, "{lines}");
    assert!(totals.contains("6 of 6 files (2 indexed, 1 corrupt, 1 duplicate, 1 empty, 1 no-text-layer)"), "{totals}");
    let (lines, totals, _) = place.run(&["ledger", "--reason", "skipped"]);
    assert!(
        lines.lines().count() == 3 && totals.starts_with("3 of 6 files"),
        "as `search status:skipped`: {lines}{totals}"
    );
    let (lines, _, code) = place.run(&["ledger", "--reason", "scan"]);
    assert!(code == 0 && lines.contains("--ocr"), "{lines}");
}
