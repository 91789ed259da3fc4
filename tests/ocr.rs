//! A scan, read by Tesseract where it is installed. Says so loudly where it is not.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn run(place: &TempDir, arguments: &[&str]) -> (String, String) {
    let mut command = Command::cargo_bin("vitae").unwrap();
    command.args(arguments).arg("--index").arg(place.path().join("index")).env_remove("VITAE_INDEX");
    let output = command.output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// Tesseract is not here; says so loudly.
fn is_missing() -> bool {
    let missing = std::process::Command::new("tesseract").arg("--version").output().is_err();
    if missing {
        eprintln!("*** NOT TESTED: OCR. Tesseract is not installed on this machine. ***");
    }
    missing
}

/// A folder for résumés.
fn folder(place: &TempDir) -> PathBuf {
    let folder = place.path().join("cvs");
    fs::create_dir(&folder).unwrap();
    folder
}

#[test]
fn a_scan_is_read_when_it_is_asked_for() {
    if is_missing() {
        return;
    }
    let place = TempDir::new().unwrap();
    let folder = folder(&place);
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    fs::copy(data.join("ocr/scan.pdf"), folder.join("scan.pdf")).unwrap();
    fs::copy(data.join("cases/resumes/D01.txt"), folder.join("a.txt")).unwrap();
    let folder = folder.to_str().unwrap();

    run(&place, &["index", folder]);
    assert!(run(&place, &["ledger", "--reason", "scan"]).0.contains("scan.pdf"), "without --ocr it is left out");
    let (report, error) = run(&place, &["index", folder, "--ocr"]);
    assert!(report.contains("1 changed"), "an unchanged file is tried again: {report}{error}");
    assert!(run(&place, &["search", "beekeeper", "--paths"]).0.ends_with("/cvs/scan.pdf\n"));
    assert!(run(&place, &["search", "status:ocr", "--paths"]).0.ends_with("/cvs/scan.pdf\n"));
    assert!(run(&place, &["search", "\"meadow farm\"", "--paths"]).0.ends_with("/cvs/scan.pdf\n"));
}

/// A page whose letters are shapes, as drawing programs write them: block capitals of bars.
fn drawn_page(text: &str) -> Vec<u8> {
    let bars = |letter| match letter {
        'H' => "0 0 2 10 re 6 0 2 10 re 0 4 8 2 re",
        'E' => "0 0 2 10 re 0 0 7 2 re 0 4 6 2 re 0 8 7 2 re",
        'L' => "0 0 2 10 re 0 0 7 2 re",
        'T' => "3 0 2 10 re 0 8 8 2 re",
        'F' => "0 0 2 10 re 0 4 6 2 re 0 8 7 2 re",
        'I' => "3 0 2 10 re",
        _ => "",
    };
    let letters = text.chars().enumerate().filter(|(_, letter)| *letter != ' ');
    let drawn = letters.map(|(at, letter)| format!("q 2 0 0 2 {} 600 cm {} f Q\n", 60 + 22 * at, bars(letter)));
    let content: String = drawn.collect();
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>";
    let objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page];
    let mut pdf = String::from("%PDF-1.4\n");
    for (index, object) in objects.iter().enumerate() {
        pdf += &format!("{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    pdf += &format!("4 0 obj\n<</Length {}>>stream\n{content}endstream\nendobj\n", content.len());
    (pdf + "trailer<</Root 1 0 R>>\n%%EOF\n").into_bytes()
}

#[test]
fn letters_drawn_as_shapes_are_read_too() {
    if is_missing() {
        return;
    }
    let place = TempDir::new().unwrap();
    let folder = folder(&place);
    fs::write(folder.join("drawn.pdf"), drawn_page("THE HILL LIFE")).unwrap();
    let (report, error) = run(&place, &["index", folder.to_str().unwrap(), "--ocr", "--verbose"]);
    assert!(run(&place, &["search", "hill", "--paths"]).0.ends_with("/cvs/drawn.pdf\n"), "{report}{error}");
}

#[test]
fn a_missing_language_says_what_to_install() {
    if is_missing() {
        return;
    }
    let place = TempDir::new().unwrap();
    let (_, error) = run(&place, &["index", place.path().to_str().unwrap(), "--ocr=eng+xyz"]);
    assert!(error.contains("xyz") && error.contains("hint:"), "{error}");
}
