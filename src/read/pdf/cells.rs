//! Two sides of a gutter → entries, where every entry has a cell of its own in the left column: employer, place and dates beside the
//! title and its text. In: the segments of both sides. Out: the segments of the cells in reading order. A side column, whose parts begin
//! anywhere beside the text, is none.
//!
//! ```text
//!  Blue Fish Inn    Head Cook               Blue Fish Inn / Bergen / 2019 – 2021
//!  Bergen           • Ran the kitchen  ─►   Head Cook / • Ran the kitchen / • Cut waste
//!  2019 – 2021      • Cut waste
//! ```

use super::beside::has_year;
use super::segments::Segment;

/// Entries from which the cells are no accident.
const MIN_ENTRIES: usize = 2;

/// Most rows of a left cell.
const MAX_ROWS: usize = 5;

/// Most characters of a row that holds a date.
const MAX_CHARACTERS: usize = 34;

/// Rows further apart than so many font sizes belong to different cells.
const APART: f32 = 2.2;

/// Rows of one cell are not further apart than so many font sizes.
const TIGHT: f32 = 1.5;

/// How far left edges of one column differ, in points.
const EDGE: f32 = 2.0;

/// Baselines closer than this share of the size are one row.
const SAME_ROW: f32 = 0.3;

/// The cells in reading order: left, right, left, right; none unless each left cell begins with the text beside it and holds a date, or
/// that first row of the text does.
pub(super) fn entries(left: &[Segment], right: &[Segment]) -> Option<Vec<Vec<Segment>>> {
    let (left, right) = (sorted(left), sorted(right));
    let edge = right.iter().map(|segment| segment.x0).fold(f32::INFINITY, f32::min);
    let heads = || right.iter().filter(|segment| segment.x0 < edge + EDGE);
    let begins = |row: &Segment| heads().any(|head| on_one_row(row, head));
    let is_first = |at: usize| at == 0 || left[at].y - left[at - 1].y > TIGHT * left[at].size;
    let firsts = (0..left.len()).filter(|at| is_first(*at)).map(|at| &left[at]);
    let mut starts: Vec<f32> = firsts.filter(|row| begins(row)).map(|row| row.y).collect();
    starts.dedup_by(|next, last| *next - *last < 1.0);
    if starts.len() < MIN_ENTRIES || right.first()?.y < starts[0] - 2.0 {
        return None;
    }
    let mut cells = vec![left.iter().filter(|row| row.y < starts[0] - 1.0).cloned().collect::<Vec<_>>()];
    for (at, start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).map_or(f32::INFINITY, |next| next - 1.0);
        let within = |segment: &&Segment| segment.y >= start - 2.0 && segment.y < end;
        let rows: Vec<Segment> = left.iter().filter(within).cloned().collect();
        let below = cell_end(&rows);
        let (cell, rest): (Vec<Segment>, Vec<Segment>) = rows.into_iter().partition(|row| row.y < below);
        let (text, closing): (Vec<Segment>, Vec<Segment>) =
            right.iter().filter(within).cloned().partition(|row| row.y < below || rest.is_empty());
        // "June 2019 to December / 2021"
        let is_date = |row: &Segment| row.weight() <= MAX_CHARACTERS && has_year(&row.text());
        // Or the date stands in a third column, beside the title.
        let dated = cell.iter().any(is_date) || text.iter().any(|row| row.y < start + 2.0 && is_date(row));
        let closes_rows = closing.iter().all(|segment| rest.iter().any(|row| on_one_row(row, segment)));
        if !dated || !closes_rows || cell.len() > MAX_ROWS {
            return None;
        }
        cells.extend([cell, text, rest.into_iter().chain(closing).collect()]);
    }
    cells.retain(|cell| !cell.is_empty());
    Some(cells)
}

/// Where the rows of a cell end: a wide gap stands above the next heading.
fn cell_end(rows: &[Segment]) -> f32 {
    let apart = |pair: &&[Segment]| pair[1].y - pair[0].y > APART * pair[0].size.min(pair[1].size);
    rows.windows(2).find(apart).map_or(f32::INFINITY, |pair| pair[1].y - 1.0)
}

fn on_one_row(one: &Segment, other: &Segment) -> bool {
    (one.y - other.y).abs() <= SAME_ROW * one.size.min(other.size)
}

/// Top to bottom.
fn sorted(side: &[Segment]) -> Vec<Segment> {
    let mut sorted = side.to_vec();
    sorted.sort_by(|one, other| one.y.total_cmp(&other.y));
    sorted
}
