//! Manifest's files against manifest's documents → the last changes to the index: documents that no file stands for go, documents
//! whose paths or date changed are built again from what the index stores. Reads no file.

use super::document::{self, FileFacts, id_of};
use super::manifest::{Manifest, State};
use super::sink::Sink;
use super::text;
use crate::error::Result;

/// What has to change, in a fixed order.
#[derive(Debug, Default)]
pub struct Pending {
    /// Content hashes of documents to remove.
    pub remove: Vec<String>,
    /// Documents whose facts changed.
    pub refresh: Vec<FileFacts>,
    /// Content hashes that files stand for but the index does not hold.
    pub missing: Vec<String>,
}

/// Compares what the index holds with what the files want.
pub fn pending(manifest: &Manifest) -> Pending {
    let wanted = manifest.wanted_documents();
    let remove = manifest.documents.keys().filter(|hash| !wanted.contains_key(*hash)).cloned().collect();
    let mut pending = Pending { remove, ..Pending::default() };
    for (hash, facts) in wanted {
        match manifest.documents.get(&hash) {
            Some(held) if *held == facts => {}
            Some(_) => pending.refresh.push(facts),
            None => pending.missing.push(hash),
        }
    }
    pending.remove.sort_unstable();
    pending.missing.sort_unstable();
    pending.refresh.sort_unstable_by(|one, other| one.paths.cmp(&other.paths));
    pending
}

/// Makes the changes; the caller commits. Tells whether there were any. Documents to refresh must be committed.
///
/// # Errors
/// Those of the sink.
pub fn settle(pending: Pending, manifest: &mut Manifest, sink: &mut dyn Sink) -> Result<bool> {
    let changes = !(pending.remove.is_empty() && pending.refresh.is_empty() && pending.missing.is_empty());
    for hash in pending.remove {
        sink.delete(id_of(&hash))?;
        manifest.documents.remove(&hash);
    }
    let mut missing = pending.missing;
    for facts in pending.refresh {
        let id = id_of(&facts.hash).to_string();
        let Some(stored) = sink.stored(&id)? else {
            missing.push(facts.hash);
            continue;
        };
        sink.delete(&id)?;
        match text::decode(&stored.text) {
            Some(lines) => {
                sink.add(&document::rebuild(facts.clone(), &lines, &stored.profile))?;
                manifest.documents.insert(facts.hash.clone(), facts);
            }
            None => missing.push(facts.hash),
        }
    }
    // Forgotten files are read again in the next run.
    for hash in missing {
        manifest.documents.remove(&hash);
        manifest.files.retain(|_, entry| !matches!(&entry.state, State::Indexed(held, _) if *held == hash));
    }
    Ok(changes)
}
