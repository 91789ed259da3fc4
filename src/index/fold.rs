//! Documents of one person → marks in the index. In: a sink with everything committed. Out: the documents whose mark changed are written
//! again, from what the index stores; the caller commits. The marks follow from the whole index alone, so that a run over what is new gives
//! the same as a run over everything. What is one person is decided in [`super::persons`].

use super::document::{self, FileFacts};
use super::manifest::Manifest;
use super::persons::{Fold, Shared, folds};
use super::sign;
use super::sink::Sink;
use super::text;
use crate::error::{Error, Result};
use std::collections::{HashMap, HashSet};

/// Writes the documents again whose fold is another than the index has; tells how many.
///
/// # Errors
/// Those of the sink.
pub fn fold(sink: &mut dyn Sink, manifest: &Manifest) -> Result<u64> {
    let shared = sink.shared()?;
    let folds = folds(&shared, &mut |one, other| alike(&shared, sink, one, other))?;
    let changed = shared.documents.iter().zip(folds).filter(|(sharer, fold)| sharer.fold != *fold);
    let changed: Vec<(&str, Option<Fold>)> = changed.map(|(sharer, fold)| (sharer.id.as_str(), fold)).collect();
    let wanted: HashSet<&str> = changed.iter().map(|(id, _)| *id).collect();
    let facts = manifest.documents.values().map(|facts| (document::id_of(&facts.hash), facts));
    let facts: HashMap<&str, &FileFacts> = facts.filter(|(id, _)| wanted.contains(id)).collect();
    let written = changed.len() as u64;
    for (id, fold) in changed {
        let facts = facts.get(id).ok_or_else(lost)?;
        rewrite(sink, (*facts).clone(), id, fold)?;
    }
    Ok(written)
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
