//! Documents of one person → marks in the index. In: a sink with everything committed. Out: the documents whose mark changed are written
//! again, from what the index stores; the caller commits. The marks follow from the whole index alone, so that a run over what is new gives
//! the same as a run over everything. What is one person is decided in [`super::persons`].

use super::document::{self, FileFacts, IndexDocument};
use super::documents::{self, Held};
use super::files::{Files, Row};
use super::persons::{Fold, Place, Shared, folds, id_of};
use super::sign;
use super::sink::{MOST_DELETED, Sink, Stored};
use super::text;
use crate::corpus::ContentHash;
use crate::error::{Error, Result};
use rayon::prelude::*;

/// Documents read and made at once, by all threads.
const TOGETHER: usize = 64;

/// The files of one content.
type Group<'f> = &'f [(ContentHash, Row)];

/// Writes the documents again whose fold is another than the index has; tells how many. The index holds the documents as `files` say. Where they
/// are many, some are committed with `note`.
///
/// # Errors
/// Those of the sink.
pub fn fold(sink: &mut dyn Sink, files: &Files, note: &str) -> Result<u64> {
    let shared = sink.shared()?;
    let folds = folds(&shared, &mut |one, other| alike(&shared, sink, one, other))?;
    let changed = shared.documents.into_iter().zip(folds).filter(|(sharer, fold)| sharer.fold != *fold);
    let mut changed: Vec<(i64, Option<Fold>)> = changed.map(|(sharer, fold)| (sharer.id, fold)).collect();
    changed.sort_unstable_by_key(|(id, _)| *id);
    let fold_of = |hash| changed.binary_search_by_key(&documents::number(hash), |(id, _)| *id).map(|at| changed[at].1);
    let contents = files.by_content();
    let groups = contents.chunk_by(|one, other| one.0 == other.0);
    let found = groups.filter_map(|group| Some((group, fold_of(group[0].0).ok()?)));
    let mut found: Vec<(Group, Option<Fold>)> = found.collect();
    if found.len() < changed.len() {
        return Err(lost());
    }
    // Files were read in the order of their paths: so neighbours stand in one block of the store, which is unpacked once.
    found.sort_unstable_by_key(|(group, _)| group[0].1);
    for (at, many) in found.chunks(MOST_DELETED).enumerate() {
        if at > 0 {
            sink.commit(note)?;
        }
        for together in many.chunks(TOGETHER) {
            let ids: Vec<String> = together.iter().map(|(group, _)| documents::id(group[0].0)).collect();
            let stored = sink.stored(&ids.iter().map(String::as_str).collect::<Vec<_>>())?;
            let again = together.par_iter().zip(stored).map(|((group, fold), stored)| {
                let facts = Held::told(files, group).ok_or_else(lost)?.facts(group[0].0, files);
                marked(facts, &stored.ok_or_else(lost)?, *fold)
            });
            for document in again.collect::<Result<Vec<IndexDocument>>>()? {
                sink.delete(&document.id)?;
                sink.add(&document)?;
            }
        }
    }
    Ok(found.len() as u64)
}

fn alike(shared: &Shared, sink: &mut dyn Sink, one: Place, other: Place) -> Result<f32> {
    let id = |at: Place| id_of(shared.documents[at as usize].id);
    let stored = sink.stored(&[&id(one), &id(other)])?;
    let texts: Vec<&str> = stored.iter().flatten().map(|stored| stored.text.as_str()).collect();
    let [one, other] = texts[..] else { return Ok(0.0) };
    Ok(match (text::decode(one), text::decode(other)) {
        (Some(one), Some(other)) => sign::alike(&one.lines, &other.lines),
        _ => 0.0,
    })
}

fn lost() -> Error {
    Error::internal("a document that was just committed is not there")
}

/// The document again, with another mark.
fn marked(facts: FileFacts, stored: &Stored, fold: Option<Fold>) -> Result<IndexDocument> {
    let lines = text::decode(&stored.text).ok_or_else(lost)?;
    let mut document = document::rebuild(facts, &lines, &stored.profile);
    if fold.as_ref().is_some_and(|fold| fold.older) {
        document.terms.has.push(document::NEWER.to_string());
    }
    document.fold = fold;
    Ok(document)
}
