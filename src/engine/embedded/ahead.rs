//! Work before the searches of a program that stays open. In: an index, queries to expect. Out: what [`super::recent`] and [`super::pairs`] keep of
//! words that are asked for often, made beside the searches. Answers nothing.

use super::Embedded;
use super::compile::WHOLE;
use super::expand::broken;
use crate::error::Result;
use crate::model::Month;
use crate::query::ast::Node;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Shorter words are hardly asked for alone.
const SHORTEST: usize = 4;

impl Embedded {
    /// So many words that most texts have, as they stand in the dictionary of the largest segment.
    pub(super) fn most_frequent(&self, most: usize) -> Result<Vec<String>> {
        let searcher = self.searcher();
        let Some(largest) = searcher.segment_readers().iter().max_by_key(|reader| reader.max_doc()) else {
            return Ok(Vec::new());
        };
        let inverted = largest.inverted_index(self.fields().body).map_err(broken)?;
        let mut terms = inverted.terms().stream().map_err(|error| broken(error.into()))?;
        let mut found: BinaryHeap<Reverse<(u32, String)>> = BinaryHeap::new();
        while let Some((term, info)) = terms.next() {
            let is_word = term.len() >= SHORTEST && term.iter().all(u8::is_ascii_lowercase);
            let is_frequent =
                found.len() < most || found.peek().is_some_and(|Reverse((least, _))| info.doc_freq > *least);
            if is_word && is_frequent {
                found.push(Reverse((info.doc_freq, String::from_utf8_lossy(term).into_owned())));
                if found.len() > most {
                    found.pop();
                }
            }
        }
        Ok(found.into_sorted_vec().into_iter().map(|Reverse((_, word))| word).collect())
    }

    /// Has made of the words of a query what searches have made beside them after a while.
    pub(super) fn prepare_all(&self, root: &Node, as_of: Month) -> Result<()> {
        let searcher = self.searcher();
        let plan = self.compiler(&searcher, as_of)?.node(root, WHOLE)?;
        let warm = self.warm(&searcher, as_of)?;
        let pairs = self.pairs(&searcher, &plan, &warm);
        self.make_later(&searcher, (&plan, &pairs), &warm, true);
        Ok(())
    }
}
