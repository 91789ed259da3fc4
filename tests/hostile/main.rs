//! A folder as hostile as we can make it, through the whole program: mutations of our own files, bombs, nesting, recursion, things that
//! are no files, a file that vanishes. Checked: the run ends by itself and well, every file stands in the ledger, the memory
//! stays under the limit, and the good files beside them are found.
//!
//! `cargo test --release --test hostile -- --nocapture` prints the table; `HOSTILE_MUTATIONS=500` (`just hostile`) is the full size.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]
#![cfg(unix)]

mod bombs;
mod mutate;
mod watch;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Mutated files without `HOSTILE_MUTATIONS`, and the size of the bombs with fewer than 500: what an unoptimised build does in half a
/// minute.
const MUTATIONS: usize = 40;
const SMALL_BOMB: usize = 64 << 10;

/// Time for one file, and memory of one worker, as given to the program.
const READ_SECONDS: u64 = 20;
const READ_MEBIBYTES: u64 = 512;

/// Memory of the program itself: four files under way, their documents, the index writer.
const PROGRAM_MEBIBYTES: u64 = 1024;

/// The run as a whole: nothing may hang. Far above what it takes.
const RUN: Duration = Duration::from_secs(900);

fn vitae(index: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("vitae"));
    command.arg("-q").arg("-i").arg(index);
    command
}

#[test]
fn the_run_survives_and_the_ledger_knows_every_file() {
    let root = tempfile::tempdir().unwrap();
    let (folder, index) = (root.path().join("cvs"), root.path().join("index"));
    fs::create_dir(&folder).unwrap();
    let count = std::env::var("HOSTILE_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(MUTATIONS);
    let mut kinds = write_files(&folder, count);
    odd_entries(&folder, &mut kinds);
    let last = folder.join("~vanishing.txt");
    fs::write(&last, "Kim Vale\nBeekeeper\n").unwrap();
    kinds.insert("~vanishing.txt".into(), "vanishes in mid-run");

    let started = Instant::now();
    let mut run = vitae(&index);
    run.arg("index").arg(&folder).args(["--read-time", &READ_SECONDS.to_string()]);
    run.args(["--read-memory", &READ_MEBIBYTES.to_string(), "--archives", "--json"]);
    let mut run = run.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let memory = watch::until_end(&mut run, RUN, &mut || drop(fs::remove_file(&last)));
    let took = started.elapsed();
    let output = run.wait_with_output().unwrap();
    assert!(output.status.success(), "{:?}: {}", output.status, String::from_utf8_lossy(&output.stderr));

    let ledger = ledger(&index);
    print_table(&kinds, &ledger, took, memory);
    let missing: Vec<&String> = kinds.keys().filter(|path| !ledger.contains_key(*path)).collect();
    assert!(missing.is_empty(), "not in the ledger: {missing:?}");
    // Files inside e-mails and archives have lines of their own.
    let unknown: Vec<&String> =
        ledger.keys().filter(|path| !kinds.contains_key(*path) && !path.contains("!/")).collect();
    assert!(unknown.is_empty(), "nobody wrote {unknown:?}");
    for (path, kind) in kinds.iter().filter(|(_, kind)| **kind == "untouched") {
        assert_eq!(ledger[path], "indexed", "{path}: {kind}");
    }
    // Our own memory tables are Linux's.
    assert!(memory.program < PROGRAM_MEBIBYTES, "{memory:?}");
    assert!(memory.worker <= READ_MEBIBYTES, "{memory:?}");
    let found = vitae(&index).args(["search", "*", "--count"]).output().unwrap();
    assert!(String::from_utf8_lossy(&found.stdout).trim().parse::<usize>().unwrap() >= 20);
}

/// Originals, mutations and bombs; the answer names each file's kind.
fn write_files(folder: &Path, count: usize) -> BTreeMap<String, &'static str> {
    let mut kinds = BTreeMap::new();
    let mut write = |name: String, bytes: &[u8], kind: &'static str| {
        fs::write(folder.join(&name), bytes).unwrap();
        kinds.insert(name, kind);
    };
    let originals = originals();
    assert!(originals.len() >= 20);
    for path in &originals {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        write(name, &fs::read(path).unwrap(), "untouched");
    }
    for number in 0..count {
        let path = &originals[number % originals.len()];
        let ending = path.extension().unwrap().to_string_lossy();
        let (bytes, kind) = mutate::mutate(&fs::read(path).unwrap(), number as u64);
        write(format!("mutation-{number:04}.{ending}"), &bytes, kind);
    }
    for bomb in bombs::all(if count < 500 { SMALL_BOMB } else { 1 << 20 }) {
        write(bomb.name.to_string(), &bomb.bytes, bomb.kind);
    }
    kinds
}

/// Our own binary files: invented résumés in every format that a worker reads.
fn originals() -> Vec<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let plain = ["md", "txt", "html", "htm", "json", "toml"];
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(corpus).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
        found.extend(fs::read_dir(entry.path()).unwrap().flatten().map(|entry| entry.path()));
    }
    found.retain(|path| path.extension().is_some_and(|ending| !plain.contains(&&*ending.to_string_lossy())));
    found.sort();
    found
}

/// What is no ordinary file: a pipe, links in circles, a file far too large.
fn odd_entries(folder: &Path, kinds: &mut BTreeMap<String, &'static str>) {
    assert!(Command::new("mkfifo").arg(folder.join("pipe.pdf")).status().unwrap().success());
    kinds.insert("pipe.pdf".into(), "pipe");
    fs::create_dir(folder.join("loop")).unwrap();
    std::os::unix::fs::symlink(folder, folder.join("loop/again")).unwrap();
    kinds.insert("loop/again".into(), "links in circles");
    std::os::unix::fs::symlink("itself.pdf", folder.join("itself.pdf")).unwrap();
    kinds.insert("itself.pdf".into(), "links in circles");
    for (name, size) in [("sparse-2GiB.pdf", 2 << 30), ("sparse-60MiB.pdf", 60 << 20)] {
        let file = fs::File::create(folder.join(name)).unwrap();
        file.set_len(size).unwrap();
        kinds.insert(name.into(), "sparse file");
    }
}

/// Path → state or reason.
fn ledger(index: &Path) -> BTreeMap<String, String> {
    let output = vitae(index).args(["ledger", "--json"]).output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let entry = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| line[key].as_str().map(ToString::to_string);
        (text("path").unwrap(), text("reason").or_else(|| text("state")).unwrap())
    };
    lines.lines().map(entry).collect()
}

fn print_table(
    kinds: &BTreeMap<String, &'static str>,
    ledger: &BTreeMap<String, String>,
    took: Duration,
    memory: watch::Memory,
) {
    let mut table: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (path, kind) in kinds {
        let state = ledger.get(path).map_or("MISSING", String::as_str);
        *table.entry(kind).or_default().entry(state).or_insert(0) += 1;
    }
    println!("| input | files | what became of them |\n|---|---:|---|");
    for (kind, states) in &table {
        let shown: Vec<String> = states.iter().map(|(state, count)| format!("{count} {state}")).collect();
        println!("| {kind} | {} | {} |", states.values().sum::<usize>(), shown.join(", "));
    }
    let watch::Memory { program, worker, workers } = memory;
    println!("{} files in {:.1} s; peak memory {program} MiB, a worker {worker} MiB", kinds.len(), took.as_secs_f64());
    println!("{workers} worker processes in all, each at most {READ_MEBIBYTES} MiB and {READ_SECONDS} s a file");
}
