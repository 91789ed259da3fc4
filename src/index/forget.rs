//! Erasing documents: no word of them is left in any file of the index. In: the index folder, its sink, ids. Out: the paths that stood for
//! them. The record of the run is written anew without them, then the sink erases, then older records go. Deletes no résumé.

use super::document::id_of;
use super::manifest::{Manifest, State, UNFOLDED};
use super::sink::Sink;
use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// What was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgotten {
    /// The folder that the index was made of.
    pub folder: PathBuf,
    /// Paths in it that stood for the documents.
    pub paths: Vec<String>,
}

/// Erases the documents with these ids.
///
/// # Errors
/// Environment: the record of the last run is lost, or the index cannot be written.
pub fn forget(index: &Path, sink: &mut dyn Sink, ids: &[String]) -> Result<Forgotten> {
    let note = sink.note().unwrap_or_default();
    let mut manifest = Manifest::read(index, &note).ok_or_else(|| {
        Error::environment("the record of the last run is lost").at(index).hint("run `vitae index` first")
    })?;
    let is_meant = |hash: &str| ids.iter().any(|id| id == id_of(hash));
    let stands_for = |state: &State| matches!(state, State::Indexed(hash, _) if is_meant(hash));
    let meant = manifest.files.iter().filter(|(_, entry)| stands_for(&entry.state));
    let paths: Vec<String> = meant.map(|(path, _)| path.clone()).collect();
    for path in &paths {
        manifest.files.remove(path);
    }
    manifest.documents.retain(|hash, _| !is_meant(hash));
    let unfolded = if note.ends_with(UNFOLDED) { UNFOLDED } else { "" };
    let note = manifest.write(index)?;
    sink.erase(ids, &format!("{note}{unfolded}"))?;
    manifest.remove_others(index);
    Ok(Forgotten { folder: PathBuf::from(&manifest.folder), paths })
}
