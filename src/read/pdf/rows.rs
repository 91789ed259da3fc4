//! One block's segments → [`Row`]s: segments on a common baseline, left to right, top to bottom. Does not cut columns.

use super::beside::looks_like_date;
use super::runs::Points;
use super::segments::Segment;

/// One visual line of a block.
#[derive(Debug)]
pub(super) struct Row {
    /// Left to right.
    pub segments: Vec<Segment>,
    /// Baseline of the largest segment.
    pub y: Points,
    /// Size of the largest segment.
    pub size: Points,
}

impl Row {
    /// Left edge.
    pub fn x0(&self) -> Points {
        self.segments.first().map_or(0.0, |segment| segment.x0)
    }
}

/// Baselines closer than this share of the smaller size are one row: dates set smaller or raised by a hair.
const SAME_ROW: f32 = 0.38;

/// The same for a date at the margin beside it.
const RAISED_ROW: f32 = 0.6;

/// Narrowest gap in front of such a date, in font sizes.
const MARGIN: f32 = 2.0;

/// How many open rows a segment is compared with; keeps the work linear.
const OPEN_ROWS: usize = 4;

/// Sorts segments into rows.
pub(super) fn rows(mut segments: Vec<Segment>) -> Vec<Row> {
    segments.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    let mut rows: Vec<Row> = Vec::new();
    for segment in segments {
        let from = rows.len().saturating_sub(OPEN_ROWS);
        match rows[from..].iter_mut().rev().find(|row| fits(row, &segment)) {
            Some(row) => {
                if segment.size > row.size * 1.05 {
                    (row.y, row.size) = (segment.y, segment.size);
                }
                row.segments.push(segment);
            }
            None => rows.push(Row { y: segment.y, size: segment.size, segments: vec![segment] }),
        }
    }
    for row in &mut rows {
        row.segments.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    rows.sort_by(|a, b| a.y.total_cmp(&b.y));
    rows
}

/// On the row's baseline and not on top of what it holds already.
fn fits(row: &Row, segment: &Segment) -> bool {
    let size = row.size.min(segment.size);
    let off = (row.y - segment.y).abs();
    if off > RAISED_ROW * size {
        return false;
    }
    let free = row.segments.iter().all(|other| {
        let overlap = other.x1.min(segment.x1) - other.x0.max(segment.x0);
        overlap < 0.5 * segment.size.min(other.size)
    });
    free && (off <= SAME_ROW * size || is_margin_date(row, segment))
}

/// One of them is a date, far from all the other holds: in small print beside a large title, or in the middle between two lines.
fn is_margin_date(row: &Row, segment: &Segment) -> bool {
    let gap = |other: &Segment| (segment.x0 - other.x1).max(other.x0 - segment.x1);
    let is_far = row.segments.iter().all(|other| gap(other) > MARGIN * segment.size);
    let is_date = |segment: &Segment| looks_like_date(&segment.text());
    is_far && (is_date(segment) || row.segments.iter().all(is_date))
}
