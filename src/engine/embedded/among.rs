//! Does one candidate satisfy a plan? In: a plan and an id. Out: yes or no, by looking at that one document. Scores nothing.

use super::expand::broken;
use super::plan::{Plan, Segment};
use super::schema::Fields;
use super::stored;
use crate::error::Result;
use crate::model::Month;
use tantivy::Searcher;

/// The document with this id satisfies the plan; false when there is none.
pub fn satisfies(searcher: &Searcher, fields: &Fields, plan: &Plan, id: &str, as_of: Month) -> Result<bool> {
    let Some(address) = stored::address(searcher, fields, id)? else { return Ok(false) };
    let segment = Segment::open(searcher.segment_reader(address.segment_ord), as_of).map_err(broken)?;
    let mut cursor = plan.open(&segment).map_err(broken)?;
    Ok(cursor.seek(address.doc_id) == address.doc_id)
}
