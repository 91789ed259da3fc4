//! Documents of one person → marks in the index. In: a sink with everything committed. Out: the documents whose mark changed are written
//! again, from what the index stores; the caller commits. The marks follow from the whole index alone, so that a run over what is new gives
//! the same as a run over everything. What is one person is decided in [`super::persons`].

use super::document::{self, FileFacts};
use super::documents::{self, Held};
use super::files::{Files, Row};
use super::persons::{Fold, Shared, folds};
use super::sign;
use super::sink::Sink;
use super::text;
use crate::corpus::ContentHash;
use crate::error::{Error, Result};
use std::collections::HashMap;

/// Writes the documents again whose fold is another than the index has; tells how many. The index holds the documents as `files` say.
///
/// # Errors
/// Those of the sink.
pub fn fold(sink: &mut dyn Sink, files: &Files) -> Result<u64> {
    let shared = sink.shared()?;
    let folds = folds(&shared, &mut |one, other| alike(&shared, sink, one, other))?;
    let changed = shared.documents.into_iter().zip(folds).filter(|(sharer, fold)| sharer.fold != *fold);
    let changed: HashMap<String, Option<Fold>> = changed.map(|(sharer, fold)| (sharer.id, fold)).collect();
    let contents = files.by_content();
    let groups = contents.chunk_by(|one, other| one.0 == other.0);
    let found = groups.filter_map(|group| Some((group, changed.get(&documents::id(group[0].0))?)));
    let mut found: Vec<(&[(ContentHash, Row)], &Option<Fold>)> = found.collect();
    if found.len() < changed.len() {
        return Err(lost());
    }
    // Files were read in the order of their paths: so neighbours stand in one block of the store, which is unpacked once.
    found.sort_unstable_by_key(|(group, _)| group[0].1);
    for (group, fold) in &found {
        let hash = group[0].0;
        let facts = Held::told(files, group).ok_or_else(lost)?.facts(hash, files);
        rewrite(sink, facts, &documents::id(hash), (*fold).clone())?;
    }
    Ok(found.len() as u64)
}

fn alike(shared: &Shared, sink: &mut dyn Sink, one: usize, other: usize) -> Result<f32> {
    let mut text = |at: usize| -> Result<String> {
        let stored = sink.stored(&shared.documents[at].id)?;
        Ok(stored.map(|stored| stored.text).unwrap_or_default())
    };
    let (one, other) = (text(one)?, text(other)?);
    Ok(match (text::decode(&one), text::decode(&other)) {
        (Some(one), Some(other)) => sign::alike(&one.lines, &other.lines),
        _ => 0.0,
    })
}

fn lost() -> Error {
    Error::internal("a document that was just committed is not there")
}

fn rewrite(sink: &mut dyn Sink, facts: FileFacts, id: &str, fold: Option<Fold>) -> Result<()> {
    let stored = sink.stored(id)?.ok_or_else(lost)?;
    let lines = text::decode(&stored.text).ok_or_else(lost)?;
    let mut document = document::rebuild(facts, &lines, &stored.profile);
    if fold.as_ref().is_some_and(|fold| fold.older) {
        document.terms.has.push(document::NEWER.to_string());
    }
    document.fold = fold;
    sink.delete(id)?;
    sink.add(&document)
}
