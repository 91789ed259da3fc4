//! Are the files of an index as they were written? In: its folder. Out: those that are not, with the note of its commit. Reads every byte, which
//! nobody else does: a search reads what it needs, a run checks that files are there and whole in length.

use super::expand::broken;
use super::mapped::Mapped;
use super::marks::{self, Marks};
use super::sink::segments_folder;
use crate::error::{Error, Result};
use std::path::{Path, PathBuf};
use tantivy::Index;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Files with other bytes than those that were written, sorted.
    pub damaged: Vec<PathBuf>,
    /// The note of the last commit.
    pub note: String,
}

/// Compares the files of an index with their checksums.
///
/// # Errors
/// Input: there is no index. Environment: a file cannot be read, is missing or cut off.
pub fn check(folder: &Path) -> Result<Checked> {
    let segments = segments_folder(folder);
    if !segments.join("meta.json").is_file() {
        return Err(Error::input("no index here").at(folder).hint("make one: vitae index FOLDER"));
    }
    let failed = |error| broken(error).at(folder);
    let mapped = Mapped::open(&segments).map_err(|error| failed(error.into()))?;
    let index = Index::open(mapped).map_err(failed)?;
    let damaged = index.validate_checksum().map_err(failed)?;
    let mut damaged: Vec<PathBuf> = damaged.into_iter().map(|file| segments.join(file)).collect();
    if Marks::are_damaged(index.directory()).map_err(failed)? {
        damaged.push(segments.join(marks::FILE));
    }
    damaged.sort_unstable();
    let note = index.load_metas().map_err(failed)?.payload.unwrap_or_default();
    Ok(Checked { damaged, note })
}
