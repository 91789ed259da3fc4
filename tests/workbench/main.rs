//! The recruiter's workbench as a user runs it, on the sample corpus: match, similar, suggest, saved, translate, parse. In: `corpus/`,
//! indexed once for all tests, and `docs/jobs/`. Out: pass or fail.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod matching;
mod parse;
mod people;
mod saved;
mod suggest;
mod translate;

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

/// "Now" of all tests, as in `corpus/truth.toml`.
const NOW: &str = "2026-11";

/// The sample corpus, indexed.
static INDEX: LazyLock<TempDir> = LazyLock::new(|| {
    let index = TempDir::new().unwrap();
    vitae_in(index.path(), &["index", &project("corpus"), "--as-of", NOW, "--quiet"]).assert().success();
    index
});

/// A path of the project.
fn project(path: &str) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.join(path).to_string_lossy().into_owned()
}

/// The program with an index of its own.
fn vitae_in(index: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("vitae").unwrap();
    command.args(arguments).arg("--index").arg(index).env_remove("VITAE_INDEX");
    command
}

/// The program with the index of the sample corpus.
fn vitae(arguments: &[&str]) -> Command {
    vitae_in(INDEX.path(), arguments)
}

/// Standard output, whatever the exit status.
fn stdout(arguments: &[&str]) -> String {
    String::from_utf8(vitae(arguments).output().unwrap().stdout).unwrap()
}

fn stderr(arguments: &[&str]) -> String {
    String::from_utf8(vitae(arguments).output().unwrap().stderr).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let out = stdout(arguments);
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {out}\n{}", stderr(arguments)))
}
