//! Does one candidate satisfy a plan? In: a plan and an id. Out: yes or no, by looking at that one document; its part, ready for points.

use super::algebra::Part;
use super::bits::Bits;
use super::expand::broken;
use super::plan::{Plan, Segment};
use super::schema::Fields;
use super::stored;
use crate::error::Result;
use crate::model::Month;
use tantivy::{DocId, Searcher};

/// The document with this id satisfies the plan; false when there is none.
pub fn satisfies(searcher: &Searcher, fields: &Fields, plan: &Plan, id: &str, as_of: Month) -> Result<bool> {
    let Some(address) = stored::address(searcher, fields, id)? else { return Ok(false) };
    let segment = Segment::new((address.segment_ord, searcher.segment_reader(address.segment_ord)), as_of);
    Ok(part_at(plan, &segment, address.doc_id).map_err(broken)?.is_some())
}

/// The plan on a segment, if it holds this document, made ready for the document's points.
///
/// # Errors
/// The index cannot be read.
pub fn part_at<'a>(plan: &'a Plan, segment: &'a Segment<'a>, doc: DocId) -> tantivy::Result<Option<Part<'a>>> {
    let mut part = plan.open(segment)?;
    let mut only = Bits::none(segment.reader.max_doc());
    only.insert(doc);
    let held = part.within(only)?;
    if held.is_empty() {
        return Ok(None);
    }
    part.prepare(&held)?;
    part.bound(doc);
    Ok(Some(part))
}
