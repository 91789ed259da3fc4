//! Erasing documents: no word of them is left in any file of the index. In: the index folder, its sink, ids. Out: the paths that stood for
//! them. The record of the run is written anew without them, then the sink erases, then older records go. Deletes no résumé.

use super::documents::id;
use super::files::Row;
use super::fold;
use super::manifest::{self, Manifest, UNFOLDED};
use super::sink::Sink;
use crate::corpus::ContentHash;
use crate::error::{Error, Result};
use std::collections::HashSet;
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
    let meant: HashSet<&str> = ids.iter().map(String::as_str).collect();
    let contents = manifest.files.iter().filter_map(|(row, _, entry)| Some((row, entry.content()?.0)));
    let rows: Vec<Row> = contents.filter(|(_, hash)| meant.contains(&*id(*hash))).map(|(row, _)| row).collect();
    let paths = rows.iter().map(|row| manifest.files.path(*row).to_string()).collect();
    for row in rows {
        manifest.files.set(row, None);
    }
    let held: Vec<ContentHash> = manifest.documents.older().filter(|hash| meant.contains(&*id(*hash))).collect();
    held.into_iter().for_each(|hash| manifest.documents.set(hash, None));
    let note = manifest.write(index)?;
    sink.erase(ids, &format!("{note}{UNFOLDED}"))?;
    // Who had another version may have none now.
    fold::fold(sink)?;
    sink.commit(&manifest::file_name(manifest.generation))?;
    manifest.remove_others(index);
    Ok(Forgotten { folder: PathBuf::from(&manifest.folder), paths })
}
