//! The ledger: every file of the last run with its state and, when it was left out, the reason. In: the index folder and the note of
//! its last commit. Out: [`LedgerLine`]s, sorted by path.

use super::documents::id;
use super::files::{Row, State};
use super::manifest::Manifest;
use crate::error::{Error, Result};
use crate::model::{Format, LeftOut, SkipReason};
use serde::Serialize;
use std::collections::HashMap;
use std::path::Path;

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerLine {
    /// Path relative to the folder.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// What became of it.
    #[serde(flatten)]
    pub state: FileState,
}

impl LedgerLine {
    /// The file as one that is not in the index; none if it is. A copy of an indexed file is no loss and counts as indexed.
    pub fn left_out(self) -> Option<LeftOut> {
        match self.state {
            FileState::Indexed { .. } | FileState::Skipped(SkipReason::Duplicate(_)) => None,
            FileState::Skipped(reason) => {
                Some(LeftOut { path: self.path, reason: reason.name().to_string(), meaning: reason.to_string() })
            }
        }
    }
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum FileState {
    /// In the index.
    Indexed {
        /// Id of its document.
        id: String,
        /// What it is.
        format: Format,
    },
    /// Left out.
    Skipped(SkipReason),
}

/// Lists all files of the last commit. A file with the same content as an earlier one is left out as its duplicate.
///
/// # Errors
/// Environment: the manifest that the note names cannot be read.
pub fn ledger(index: &Path, note: &str) -> Result<Vec<LedgerLine>> {
    let manifest = Manifest::read(index, note).ok_or_else(|| {
        Error::environment("the record of the last run is lost").at(index).hint("run `vitae index` again")
    })?;
    let files = &manifest.files;
    let contents = files.by_content();
    let groups = contents.chunk_by(|one, other| one.0 == other.0);
    let copies = groups.flat_map(|group| group[1..].iter().map(|copy| (copy.1, group[0].1)));
    let firsts: HashMap<Row, Row> = copies.collect();
    let lines = files.iter().map(|(row, path, entry)| {
        let state = match (&entry.state, firsts.get(&row)) {
            (State::Skipped(reason), _) => FileState::Skipped((**reason).clone()),
            (_, Some(first)) => FileState::Skipped(SkipReason::Duplicate(files.path(*first).to_string())),
            (State::Indexed(hash, format), None) => FileState::Indexed { id: id(*hash), format: *format },
        };
        LedgerLine { path: path.to_string(), size: entry.size, state }
    });
    Ok(lines.collect())
}
