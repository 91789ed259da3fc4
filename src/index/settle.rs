//! Manifest's files against manifest's documents → the last changes to the index: documents that no file stands for go, documents
//! whose paths or date changed are built again from what the index stores. Reads no file.

use super::document;
use super::documents::{Held, id};
use super::files::Row;
use super::manifest::{Manifest, UNFOLDED};
use super::sink::{MOST_DELETED, Sink};
use super::text;
use crate::corpus::ContentHash;
use crate::error::Result;
use std::path::Path;

/// What has to change, in a fixed order.
#[derive(Debug, Default)]
pub struct Pending {
    /// Content hashes of documents to remove.
    pub remove: Vec<ContentHash>,
    /// Documents whose facts changed, as they are to be, by their first path.
    pub refresh: Vec<(ContentHash, Held)>,
    /// Files that stand for content which the index does not hold.
    pub missing: Vec<(ContentHash, Vec<Row>)>,
    /// Contents that files stand for.
    pub wanted: u64,
}

/// Compares what the index holds with what the files want.
pub fn pending(manifest: &Manifest) -> Pending {
    let mut pending = Pending::default();
    manifest.documents.each(&manifest.files, |hash, rows, held| {
        let wanted = Held::told(&manifest.files, rows);
        pending.wanted += u64::from(wanted.is_some());
        match (wanted, held) {
            (Some(wanted), Some(held)) if wanted != held => pending.refresh.push((hash, wanted)),
            (Some(wanted), None) => pending.missing.push((hash, wanted.rows)),
            (None, Some(_)) => pending.remove.push(hash),
            _ => {}
        }
    });
    pending.refresh.sort_unstable_by(|(_, one), (_, other)| manifest.files.compare(one.rows[0], other.rows[0]));
    pending
}

/// Makes the changes; the caller commits, and where they are many some are committed before. Tells whether there were any, and how many documents there are. Documents to refresh must be
/// committed.
///
/// # Errors
/// Those of the sink.
pub fn settle(pending: Pending, manifest: &mut Manifest, sink: &mut dyn Sink, index: &Path) -> Result<(bool, u64)> {
    let mut deleted = 0_usize;
    let mut commit_many = |manifest: &mut Manifest, sink: &mut dyn Sink| -> Result<()> {
        deleted += 1;
        if !deleted.is_multiple_of(MOST_DELETED) {
            return Ok(());
        }
        let note = manifest.write(index)?;
        sink.commit(&format!("{note}{UNFOLDED}"))
    };
    let changes = !(pending.remove.is_empty() && pending.refresh.is_empty() && pending.missing.is_empty());
    for hash in pending.remove {
        sink.delete(&id(hash))?;
        manifest.documents.set(hash, None);
        commit_many(manifest, sink)?;
    }
    let mut missing = pending.missing;
    for (hash, held) in pending.refresh {
        let id = id(hash);
        let Some(stored) = sink.stored(&[&id])?.pop().flatten() else {
            missing.push((hash, held.rows));
            continue;
        };
        sink.delete(&id)?;
        match text::decode(&stored.text) {
            Some(lines) => {
                let facts = held.facts(hash, &manifest.files);
                sink.add(&document::rebuild(facts, &lines, &stored.profile))?;
                manifest.documents.set(hash, Some(held));
            }
            None => {
                manifest.documents.set(hash, None);
                missing.push((hash, held.rows));
            }
        }
        commit_many(manifest, sink)?;
    }
    let documents = pending.wanted - missing.len() as u64;
    // Forgotten files are read again in the next run.
    for (hash, rows) in missing {
        manifest.documents.set(hash, None);
        rows.into_iter().for_each(|row| drop(manifest.files.set(row, None)));
    }
    Ok((changes, documents))
}
