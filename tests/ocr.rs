//! A scan, read by Tesseract where it is installed. Says so loudly where it is not.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn run(place: &TempDir, arguments: &[&str]) -> (String, String) {
    let mut command = Command::cargo_bin("vitae").unwrap();
    command.args(arguments).arg("--index").arg(place.path().join("index")).env_remove("VITAE_INDEX");
    let output = command.output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_scan_is_read_when_it_is_asked_for() {
    if std::process::Command::new("tesseract").arg("--version").output().is_err() {
        eprintln!("*** NOT TESTED: OCR. Tesseract is not installed on this machine. ***");
        return;
    }
    let place = TempDir::new().unwrap();
    let folder = place.path().join("cvs");
    fs::create_dir(&folder).unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    fs::copy(data.join("ocr/scan.pdf"), folder.join("scan.pdf")).unwrap();
    fs::copy(data.join("cases/resumes/D01.txt"), folder.join("a.txt")).unwrap();
    let folder = folder.to_str().unwrap();

    run(&place, &["index", folder]);
    assert!(run(&place, &["ledger", "--reason", "scan"]).0.contains("scan.pdf"), "without --ocr it is left out");
    let (report, error) = run(&place, &["index", folder, "--ocr"]);
    assert!(report.contains("1 changed"), "an unchanged file is tried again: {report}{error}");
    assert_eq!(run(&place, &["search", "beekeeper", "--paths"]).0, "scan.pdf\n");
    assert_eq!(run(&place, &["search", "status:ocr", "--paths"]).0, "scan.pdf\n");
    assert_eq!(run(&place, &["search", "\"meadow farm\"", "--paths"]).0, "scan.pdf\n");
}

#[test]
fn a_missing_language_says_what_to_install() {
    if std::process::Command::new("tesseract").arg("--version").output().is_err() {
        eprintln!("*** NOT TESTED: OCR. Tesseract is not installed on this machine. ***");
        return;
    }
    let place = TempDir::new().unwrap();
    let (_, error) = run(&place, &["index", place.path().to_str().unwrap(), "--ocr=eng+xyz"]);
    assert!(error.contains("xyz") && error.contains("hint:"), "{error}");
}
