//! The shape of the project, checked: who may know whom, file length, a `//!` head on every file, no printing and no
//! unfinished code in the library, nothing of one machine in the tree. See ARCHITECTURE.md, "Who may know whom".

use std::fs;
use std::path::{Path, PathBuf};

/// `(module, the modules it may use)`; `error` and itself are always allowed. The order is the data's way.
const ARROWS: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("model", &[]),
    ("analysis", &[]),
    ("lexicon", &["model", "analysis"]),
    ("corpus", &["model"]),
    ("read", &["model"]),
    ("isolate", &["model", "read"]),
    ("sections", &["model", "lexicon", "analysis"]),
    ("profile", &["model", "lexicon", "analysis"]),
    ("index", &["model", "analysis", "lexicon", "corpus", "read", "isolate", "sections", "profile"]),
    ("query", &["model", "analysis", "lexicon"]),
    ("vacancy", &["model", "analysis", "lexicon", "profile"]),
    ("engine", &["model", "analysis", "lexicon", "query", "index"]),
    ("search", &["model", "analysis", "lexicon", "query", "vacancy", "engine"]),
    ("eval", &["model", "analysis", "lexicon", "query", "engine", "search"]),
];

/// Lines, tests included.
const LONGEST_FILE: usize = 500;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All `.rs` files below `folder`, sorted, with their text.
fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is part of the project") {
            let path = entry.expect("readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).expect("source is UTF-8");
                files.push((path, text));
            }
        }
    }
    files.sort();
    files
}

/// The stage a library file belongs to: `src/query/print.rs` → `query`.
fn stage(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).expect("a file below src");
    let first = inside.iter().next().expect("not empty").to_string_lossy();
    first.trim_end_matches(".rs").to_string()
}

fn library_files() -> Vec<(PathBuf, String)> {
    let mut files = rust_files("src");
    files.retain(|(path, _)| !path.starts_with(root().join("src/bin")));
    files
}

/// The text without its test module: tests may reach across stages.
fn without_tests(text: &str) -> &str {
    text.find("#[cfg(test)]\nmod ").map_or(text, |at| &text[..at])
}

fn is_test_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name == "tests.rs" || name.ends_with("_tests.rs") || path.iter().any(|part| part == "tests")
}

#[test]
fn arrows_go_one_way() {
    let mut wrong = Vec::new();
    for (path, text) in library_files() {
        let stage = stage(&path);
        if stage == "lib" || is_test_file(&path) {
            continue;
        }
        let row = ARROWS.iter().find(|(name, _)| *name == stage);
        let allowed = row.unwrap_or_else(|| panic!("{stage} has no row in ARROWS")).1;
        for line in without_tests(&text).lines().filter(|line| !line.trim_start().starts_with("//")) {
            for piece in line.split("crate::").skip(1) {
                let used: String = piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let known = ARROWS.iter().any(|(name, _)| *name == used);
                if known && used != stage && used != "error" && !allowed.contains(&used.as_str()) {
                    wrong.push(format!("{}: {stage} must not know {used}: {}", path.display(), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_embedded_engine_knows_tantivy() {
    for (path, text) in library_files() {
        let engine = path.starts_with(root().join("src/engine/embedded"));
        let uses = text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains("tantivy::"));
        assert!(engine || !uses, "{} uses tantivy", path.display());
    }
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut wrong = Vec::new();
    for folder in ["src", "tests", "benches", "examples"] {
        if !root().join(folder).is_dir() {
            continue;
        }
        for (path, text) in rust_files(folder) {
            let lines = text.lines().count();
            if lines > LONGEST_FILE {
                wrong.push(format!("{}: {lines} lines", path.display()));
            }
            if !text.starts_with("//!") {
                wrong.push(format!("{}: first line is no //!", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_library_prints_nothing_and_is_finished() {
    const BANNED: &[&str] =
        &["println!(", "eprintln!(", "print!(", "dbg!(", "todo!(", "unimplemented!(", "TODO", "FIXME"];
    let mut wrong = Vec::new();
    for (path, text) in library_files() {
        for line in without_tests(&text).lines() {
            let comment = line.trim_start().starts_with("//!") || line.trim_start().starts_with("///");
            let found = BANNED.iter().find(|word| line.contains(**word));
            if let Some(word) = found
                && !comment
            {
                wrong.push(format!("{}: {word}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_library_reads_no_clock() {
    for (path, text) in library_files() {
        let inside = stage(&path);
        // Timings in reports (Instant) and file times are no part of any answer; "today" is an argument.
        let clock = ["SystemTime::now", "Zoned::now", "Timestamp::now", "Local::now"];
        let found = clock.iter().find(|word| without_tests(&text).contains(**word));
        assert!(found.is_none() || inside == "index", "{} reads the clock", path.display());
    }
}
