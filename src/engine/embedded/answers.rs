//! Conditions on values that are asked again and again, as every list of candidates is: `degree>=bachelor`. In: a condition. Out: its answers
//! for all documents of the index, soon after the same commit was asked a few times; then a search only intersects sets. No search waits for
//! it, and a program that answers one query pays nothing. Holds at most [`MOST_KNOWN`] conditions, a quarter of a byte for each document each.

use super::bits::Bits;
use super::collect::is_large;
use super::expand::broken;
use super::filter::{Answers, Condition};
use super::later::Later;
use super::plan::Segment;
use crate::error::Result;
use crate::model::Month;
use crate::query::ast::{Filter, Node};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::Searcher;
use tantivy::index::SegmentReader;

/// Conditions that are remembered; when there are more, all are forgotten.
const MOST_KNOWN: usize = 32;

/// So many searches ask a condition of single documents before it is asked of all.
const ASKED_SINGLY: u32 = 3;

/// What a condition is compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// A search.
    Search,
    /// What belongs to a search that has asked already.
    Again,
    /// To be asked of all documents.
    All,
}

/// The answers of a condition by segment.
pub type Everywhere = Arc<Vec<Answers>>;

/// What has been asked of one commit.
#[derive(Debug, Default)]
pub struct Asked {
    later: Later,
    /// By condition and month.
    conditions: Mutex<HashMap<(String, Month), Remembered>>,
}

/// How often a condition was asked, and its answers if they are known.
type Remembered = (u32, Option<Everywhere>);

impl Asked {
    /// Of a commit of which nothing was asked yet.
    pub fn new(later: Later) -> Asked {
        Asked { later, conditions: Mutex::default() }
    }

    /// The answers of a condition for all documents, if they are known or all of them will be asked for. What is asked often is known to the
    /// searches after the next.
    ///
    /// # Errors
    /// Environment: the index cannot be read.
    pub fn answers(
        self: &Arc<Self>,
        searcher: &Searcher,
        filter: &Filter,
        as_of: Month,
        how: Asking,
    ) -> Result<Option<Everywhere>> {
        if !is_large(searcher) {
            return Ok(None);
        }
        // `?` asks the same of a document; it is another use of the answer.
        let plain = Filter { or_unknown: false, ..filter.clone() };
        let key = (Node::Filter(plain).to_string(), as_of);
        {
            let mut conditions = self.conditions.lock().unwrap_or_else(PoisonError::into_inner);
            if conditions.len() >= MOST_KNOWN && !conditions.contains_key(&key) {
                conditions.clear();
            }
            let (often, known) = conditions.entry(key.clone()).or_default();
            *often = often.saturating_add(u32::from(how == Asking::Search));
            if known.is_some() || how != Asking::All {
                let known = known.clone();
                // Ordered once; until it is done searches still ask of single documents.
                if how == Asking::Search && *often == ASKED_SINGLY + 1 && known.is_none() {
                    self.order(key, searcher, filter);
                }
                return Ok(known);
            }
        }
        Ok(Some(self.keep(key, everywhere(searcher, filter, as_of)?)))
    }

    /// Has the answers found beside the searches.
    fn order(self: &Arc<Self>, key: (String, Month), searcher: &Searcher, filter: &Filter) {
        let (asked, searcher, filter) = (self.clone(), searcher.clone(), filter.clone());
        self.later.run(move || {
            // An index that cannot be read is told by the searches themselves.
            if let Ok(answers) = everywhere(&searcher, &filter, key.1) {
                asked.keep(key, answers);
            }
        });
    }

    fn keep(&self, key: (String, Month), answers: Vec<Answers>) -> Everywhere {
        let mut conditions = self.conditions.lock().unwrap_or_else(PoisonError::into_inner);
        conditions.entry(key).or_default().1.insert(Arc::new(answers)).clone()
    }
}

fn everywhere(searcher: &Searcher, filter: &Filter, as_of: Month) -> Result<Vec<Answers>> {
    let answers = |(ord, reader): (usize, &SegmentReader)| {
        let segment = Segment::new((ord as u32, reader), as_of);
        Condition::new(0, filter, None, &segment).answers(&Bits::all(reader.max_doc()))
    };
    let all: tantivy::Result<_> = searcher.segment_readers().par_iter().enumerate().map(answers).collect();
    all.map_err(broken)
}
