//! Documents of one person → marks in the index. In: a sink with everything committed. Out: the documents whose mark changed are written
//! again, from what the index stores; the caller commits. The marks follow from the whole index alone, so that a run over what is new gives
//! the same as a run over everything. What is one person is decided in [`super::persons`].

use super::document;
use super::manifest::Manifest;
use super::persons::{Fold, Shared, folds};
use super::sign;
use super::sink::Sink;
use super::text;
use crate::error::{Error, Result};

/// Writes the documents again whose fold is another than the index has; tells how many.
///
/// # Errors
/// Those of the sink.
pub fn fold(sink: &mut dyn Sink, manifest: &Manifest) -> Result<u64> {
    let shared = sink.shared()?;
    let folds = folds(&shared, &mut |one, other| alike(&shared, sink, one, other))?;
    let mut written = 0;
    for (sharer, fold) in shared.documents.iter().zip(folds) {
        if sharer.fold != fold {
            rewrite(sink, manifest, &sharer.id, fold)?;
            written += 1;
        }
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

fn rewrite(sink: &mut dyn Sink, manifest: &Manifest, id: &str, fold: Option<Fold>) -> Result<()> {
    let lost = || Error::internal("a document that was just committed is not there");
    let stored = sink.stored(id)?.ok_or_else(lost)?;
    let facts = manifest.documents.get(&stored.hash).ok_or_else(lost)?;
    let lines = text::decode(&stored.text).ok_or_else(lost)?;
    let mut document = document::rebuild(facts.clone(), &lines, &stored.profile);
    if fold.as_ref().is_some_and(|fold| fold.older) {
        document.terms.has.push(document::NEWER.to_string());
    }
    document.fold = fold;
    sink.delete(id)?;
    sink.add(&document)
}
