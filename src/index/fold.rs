//! Documents of one person → marks beside the index. In: a sink with everything committed. Out: the marks of all documents; the caller commits.
//! They follow from the whole index alone, so that a run over what is new gives the same as a run over everything. What is one person is
//! decided in [`super::persons`].

use super::persons::{Fold, Place, Shared, folds, id_of};
use super::sign;
use super::sink::Sink;
use super::text;
use crate::error::Result;

/// Marks the documents that are one of several of a person.
///
/// # Errors
/// Those of the sink.
pub fn fold(sink: &mut dyn Sink) -> Result<()> {
    let shared = sink.shared()?;
    let folds = folds(&shared, &mut |one, other| alike(&shared, sink, one, other))?;
    let marked = shared.documents.iter().zip(folds).filter_map(|(sharer, fold)| Some((sharer.id, fold?)));
    let mut marked: Vec<(i64, Fold)> = marked.collect();
    marked.sort_unstable_by_key(|(id, _)| *id);
    sink.mark(&marked)
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
