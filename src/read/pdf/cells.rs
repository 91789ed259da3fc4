//! Two sides of a gutter → entries, where every entry has a cell of its own in the left column: employer, place and dates beside the
//! title and its text. In: the segments of both sides. Out: the segments of the cells in reading order. A side column, whose parts begin
//! anywhere beside the text, is none.
//!
//! ```text
//!  Blue Fish Inn    Head Cook               Blue Fish Inn / Bergen / 2019 – 2021
//!  Bergen           • Ran the kitchen  ─►   Head Cook / • Ran the kitchen / • Cut waste
//!  2019 – 2021      • Cut waste
//! ```

use super::segments::Segment;
use crate::read::year::has_year;

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

/// Where a cell begins: the baseline of its first row on the left, and of the first row of its text.
#[derive(Clone, Copy)]
struct Start {
    left: f32,
    right: f32,
}

/// The cells in reading order: left, right, left, right; none unless each left cell begins with the text beside it and holds a date, or
/// that first row of the text does, or is the heading of the next section.
pub(super) fn entries(left: &[Segment], right: &[Segment]) -> Option<Vec<Vec<Segment>>> {
    let (left, right) = (sorted(left), sorted(right));
    let starts = starts(&left, &right);
    let first = *starts.first()?;
    // What stands above both columns is no text of an entry.
    let above: Vec<Segment> = right.iter().filter(|row| row.y < first.right - 2.0).cloned().collect();
    if starts.len() < MIN_ENTRIES || above.iter().any(|row| row.y > left[0].y - 2.0) {
        return None;
    }
    let mut cells = vec![above, left.iter().filter(|row| row.y < first.left - 1.0).cloned().collect()];
    let mut entries = 0;
    for (at, start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).map_or(Start { left: f32::INFINITY, right: f32::INFINITY }, |next| Start {
            left: next.left - 1.0,
            right: next.right - 1.0,
        });
        let is_within = |row: &&Segment, from: f32, to: f32| row.y >= from - 2.0 && row.y < to;
        let rows: Vec<Segment> = left.iter().filter(|row| is_within(row, start.left, end.left)).cloned().collect();
        let below = cell_end(&rows);
        let (cell, rest): (Vec<Segment>, Vec<Segment>) = rows.into_iter().partition(|row| row.y < below);
        let text = right.iter().filter(|row| is_within(row, start.right, end.right)).cloned();
        let (text, closing): (Vec<Segment>, Vec<Segment>) = text.partition(|row| row.y < below || rest.is_empty());
        // "June 2019 to December / 2021"
        let is_date = |row: &Segment| row.weight() <= MAX_CHARACTERS && has_year(&row.text());
        // Or the date stands in a third column, beside the title.
        let dated = cell.iter().any(is_date) || text.iter().any(|row| row.y < start.right + 2.0 && is_date(row));
        // Headings beside each other stand above two columns.
        let headed = text.first().is_some_and(|row| is_heading(&row.text()));
        let heads = cell.len() == 1 && is_heading(&cell[0].text()) && !headed;
        let closes_rows = closing.iter().all(|segment| rest.iter().any(|row| row.is_level_with(segment, SAME_ROW)));
        if !dated && !heads || !closes_rows || cell.len() > MAX_ROWS {
            return None;
        }
        entries += usize::from(dated);
        cells.extend([cell, text, rest.into_iter().chain(closing).collect()]);
    }
    cells.retain(|cell| !cell.is_empty());
    (entries >= MIN_ENTRIES).then_some(cells)
}

/// The cells of the left side whose first row, or the one below it, has a text beginning beside it.
fn starts(left: &[Segment], right: &[Segment]) -> Vec<Start> {
    let edge = right.iter().map(|segment| segment.x0).fold(f32::INFINITY, f32::min);
    let heads = || right.iter().filter(|head| head.x0 < edge + EDGE);
    let beside = |row: &Segment| {
        // A heading in larger letters stands a little above or below the row of its text.
        let distance = |head: &Segment| (head.y - row.y).abs();
        let near = || heads().filter(|head| is_heading(&row.text()) && distance(head) < row.size);
        let nearest = || near().min_by(|one, other| distance(one).total_cmp(&distance(other)));
        heads().find(|head| row.is_level_with(head, SAME_ROW)).or_else(nearest)
    };
    let mut starts: Vec<Start> = Vec::new();
    for cell in left.chunk_by(|above, row| row.y - above.y <= TIGHT * row.size) {
        let text = cell.iter().filter(|row| row.y - cell[0].y <= TIGHT * row.size).find_map(beside);
        starts.extend(text.map(|text| Start { left: cell[0].y, right: text.y }));
    }
    starts.dedup_by(|next, last| next.left - last.left < 1.0);
    starts
}

/// `EDUCATION` in the left column: capitals, and nothing else.
fn is_heading(written: &str) -> bool {
    let letters = written.chars().filter(|letter| letter.is_alphabetic());
    letters.count() >= 4 && written.chars().all(|letter| letter.is_uppercase() || " &/-".contains(letter))
}

/// Where the rows of a cell end: a wide gap stands above the next heading.
fn cell_end(rows: &[Segment]) -> f32 {
    let apart = |pair: &&[Segment]| pair[1].y - pair[0].y > APART * pair[0].size.min(pair[1].size);
    rows.windows(2).find(apart).map_or(f32::INFINITY, |pair| pair[1].y - 1.0)
}

/// Top to bottom.
fn sorted(side: &[Segment]) -> Vec<Segment> {
    let mut sorted = side.to_vec();
    sorted.sort_by(|one, other| one.y.total_cmp(&other.y));
    sorted
}

#[cfg(test)]
mod tests {
    use super::super::runs::Run;
    use super::super::segments::join;
    use super::*;

    fn column(x0: f32, rows: &[(f32, f32, &str)]) -> Vec<Segment> {
        let run = |(y, size, text): &(f32, f32, &str)| Run {
            text: (*text).to_owned(),
            x0,
            x1: x0 + 5.0 * text.len() as f32,
            y: *y,
            size: *size,
            bold: false,
            italic: false,
            hidden: false,
            white: false,
            order: 0,
            blank_before: false,
            blank_after: false,
        };
        rows.iter().flat_map(|row| join(vec![run(row)])).collect()
    }

    #[test]
    fn headings_beside_each_other_stand_above_columns() {
        let places = |heading| {
            let rows = [(20.0, 14.0, heading), (40.0, 10.0, "Gull Diner"), (50.0, 10.0, "2012"), (90.0, 10.0, "Pier")];
            column(50.0, &[rows.as_slice(), &[(100.0, 10.0, "2015")]].concat())
        };
        let text = |heading| column(200.0, &[(20.0, 14.0, heading), (40.0, 10.0, "Cook"), (90.0, 10.0, "Porter")]);
        assert!(entries(&places("STUDIES"), &text("Head Cook")).is_some());
        assert_eq!(entries(&places("STUDIES"), &text("WORK")), None);
    }
}
