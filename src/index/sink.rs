//! [`Sink`]: where documents go. The seam between the pipeline and an engine; the pipeline calls it from one thread only.

use super::document::IndexDocument;
use super::persons::{Fold, Shared};
use super::report::Depth;
use crate::error::Result;
use crate::model::Profile;

/// What an index keeps of a document and gives back.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// The profile.
    pub profile: Profile,
    /// The lines, as [`super::text`] encodes them.
    pub text: String,
}

/// Most documents to delete between two commits. Until then an engine keeps in mind what to delete (tantivy 1.4 KB for each).
pub const MOST_DELETED: usize = 15_000;

/// What to do when an index cannot be written.
pub const ROOM: &str = "is there room on the disk, and may the folder be written? Then run the same command again: what was committed before is kept";

/// An index being written. Nothing is visible to searches before [`Sink::commit`]; a crash leaves the last commit.
pub trait Sink {
    /// The note of the last commit; none for an index that was never committed.
    fn note(&self) -> Option<String>;

    /// Adds a document. The caller deletes an older one of the same id first.
    fn add(&mut self, document: &IndexDocument) -> Result<()>;

    /// Removes the document with this id, if there is one.
    fn delete(&mut self, id: &str) -> Result<()>;

    /// Removes everything, without a look at it: it may be damaged.
    fn clear(&mut self) -> Result<()>;

    /// Forgets everything since the last commit.
    fn rollback(&mut self) -> Result<()>;

    /// What the last commit holds of documents, in their order; none for one that is not there. Several at once are read by all threads.
    fn stored(&mut self, ids: &[&str]) -> Result<Vec<Option<Stored>>>;

    /// What documents of the last commit have in common.
    fn shared(&mut self) -> Result<Shared>;

    /// Replaces the marks of all documents, given with their ids as numbers, rising: who is not named has none.
    fn mark(&mut self, marks: &[(i64, Fold)]) -> Result<()>;

    /// Removes documents for good and commits `note`: what stood in files of the index is rewritten without them.
    fn erase(&mut self, ids: &[String], note: &str) -> Result<()>;

    /// Makes everything since the last commit visible, and `note` with it, at once and durably.
    fn commit(&mut self, note: &str) -> Result<()>;

    /// How many bytes of documents waited to be written, looked at when more came.
    fn depth(&self) -> Depth;
}
