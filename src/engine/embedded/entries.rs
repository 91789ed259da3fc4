//! Which entry (job, degree) of a document a position stands in. In: a field of a segment. Out: [`Walls`] document by document. Knows no
//! query; how positions come about is told in [`super::tokens`].

use super::tokens::{BREAK_TERM, Marked, VALUE_STRIDE};
use crate::engine::near::Walls;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

/// The entries of one field on one segment; documents are asked for in rising order.
pub enum Entries {
    /// The field has no entries.
    None,
    /// So many positions each.
    Stride(u32),
    /// A token of its own stands between two entries.
    Breaks {
        /// Where it stands.
        breaks: Box<SegmentPostings>,
        /// The document of `walls`.
        doc: DocId,
        /// Its positions there.
        walls: Vec<u32>,
    },
}

impl Entries {
    /// Opens what tells the entries of a field apart.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn open(marked: Option<Marked>, inverted: &InvertedIndexReader) -> tantivy::Result<Entries> {
        match marked {
            None => Ok(Entries::None),
            Some(Marked::ByStride) => Ok(Entries::Stride(VALUE_STRIDE)),
            Some(Marked::Ready) => Ok(Entries::Stride(1)),
            Some(Marked::ByBreaks) => {
                let Some(info) = inverted.terms().get(BREAK_TERM.as_bytes())? else { return Ok(Entries::None) };
                let breaks = inverted.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqsAndPositions)?;
                Ok(Entries::Breaks { breaks: Box::new(breaks), doc: TERMINATED, walls: Vec::new() })
            }
        }
    }

    /// What separates the entries of a document.
    pub fn of(&mut self, wanted: DocId) -> Walls<'_> {
        match self {
            Entries::None => Walls::None,
            Entries::Stride(positions) => Walls::Every(*positions),
            Entries::Breaks { breaks, doc, walls } => {
                if *doc != wanted {
                    *doc = wanted;
                    walls.clear();
                    if breaks.doc() < wanted {
                        breaks.seek(wanted);
                    }
                    if breaks.doc() == wanted {
                        breaks.positions(walls);
                    }
                }
                Walls::At(walls)
            }
        }
    }
}
