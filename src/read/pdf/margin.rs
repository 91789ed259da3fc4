//! Segments of a page → the same, with headings that stand in the left margin (LaTeX `res`) moved to a row of their own above
//! the text they head. Margins that hold dates, labels of single rows or a column of text stay as they are. Knows no words:
//! what heads a section is for `sections` to say.
//!
//! ```text
//!  Research      Harbour College ……          Research Experience
//!  Experience    Assistant ……          ─►     Harbour College ……
//!                Built it ……                 Assistant ……
//! ```

use super::runs::{Points, Run};
use super::segments::{MOST_COMPARED, Segment};

/// How far left edges of one column differ, in points.
const EDGE: Points = 2.0;

/// Most rows of one heading; a column of text has more.
const MAX_ROWS: usize = 3;

/// Most characters of one heading that are not blank.
const MAX_CHARACTERS: usize = 36;

/// Fewest headings on a page that make its margin one of headings.
const MIN_HEADINGS: usize = 2;

/// Rows of text per heading; rows with labels have one or two.
const MIN_ROWS_EACH: usize = 4;

/// Widest margin as a share of the text width.
const MAX_MARGIN: f32 = 0.3;

/// Share of the size a heading is raised by above the baseline of its text: less than a line, more than `rows` joins.
const RAISE: f32 = 0.6;

/// Blank between the rows of a heading, in font sizes.
const BLANK: f32 = 0.3;

/// A heading stands apart from the text above it: so many times the usual distance of lines.
const APART: f32 = 1.2;

/// Moves the headings if the margin of the page is one of headings.
pub(super) fn lift(segments: Vec<Segment>) -> Vec<Segment> {
    if segments.len() > MOST_COMPARED {
        return segments;
    }
    let Some(page) = Page::of(&segments) else { return segments };
    let (margin, mut text): (Vec<Segment>, Vec<Segment>) =
        segments.into_iter().flat_map(|segment| page.cut(segment)).partition(|segment| page.is_margin(segment));
    for heading in headings(&margin) {
        let first = &margin[heading[0]];
        let row = row_beside(first, &text.iter().collect::<Vec<_>>());
        let y = row.map_or(first.y, |row| row.min(first.y)) - RAISE * first.size;
        text.extend(raised(heading.iter().map(|row| &margin[*row]), page.text, y));
    }
    text.sort_by_key(|segment| segment.order);
    text
}

/// The rows of a heading side by side above the text that begins at `x0`.
fn raised<'a>(mut rows: impl Iterator<Item = &'a Segment>, x0: Points, y: Points) -> Option<Segment> {
    let first = rows.next()?;
    let mut heading = Segment { runs: Vec::new(), x0, ..first.clone() };
    (heading.y, heading.x1) = (y, x0);
    for row in std::iter::once(first).chain(rows) {
        let shift = heading.x1 - row.x0;
        heading.runs.extend(row.runs.iter().map(|run| Run {
            x0: run.x0 + shift,
            x1: run.x1 + shift,
            y: heading.y,
            ..run.clone()
        }));
        heading.x1 += row.x1 - row.x0 + BLANK * row.size;
    }
    Some(heading)
}

/// The two left edges of a page.
struct Page {
    /// Of the margin.
    left: Points,
    /// Of the text.
    text: Points,
}

impl Page {
    /// None unless the margin is one of headings.
    fn of(segments: &[Segment]) -> Option<Page> {
        let left = segments.iter().map(|segment| segment.x0).fold(f32::INFINITY, f32::min);
        let right = segments.iter().map(|segment| segment.x1).fold(f32::NEG_INFINITY, f32::max);
        let mut edges: Vec<Points> =
            segments.iter().map(|segment| segment.x0).filter(|x0| *x0 > left + 6.0 * EDGE).collect();
        edges.sort_by(f32::total_cmp);
        // The leftmost edge that many rows share.
        let common = |x0: &Points| edges.iter().filter(|other| (**other - x0).abs() <= EDGE).count();
        let text = edges.iter().copied().find(|x0| common(x0) >= MIN_ROWS_EACH)?;
        let page = Page { left, text };
        let margin: Vec<Segment> = segments.iter().filter(|segment| page.is_margin(segment)).cloned().collect();
        let in_text: Vec<&Segment> = segments.iter().filter(|segment| segment.x0 > text - EDGE).collect();
        let found = headings_beside(&margin, &in_text)?;
        let rows = row_distances(&in_text).len();
        let narrow = text - left < MAX_MARGIN * (right - left);
        (narrow && found >= MIN_HEADINGS && rows >= MIN_ROWS_EACH * found).then_some(page)
    }

    /// It begins at the margin and ends before the text.
    fn is_margin(&self, segment: &Segment) -> bool {
        (segment.x0 - self.left).abs() <= EDGE && segment.x1 < self.text
    }

    /// A heading that all but touches its text was read as one piece with it.
    fn cut(&self, segment: Segment) -> Vec<Segment> {
        let begins_text = |x0: Points| x0 > self.text - EDGE && x0 < self.text + segment.size * 2.0;
        let at = segment.runs.iter().position(|run| begins_text(run.x0)).filter(|at| *at > 0);
        let Some(at) = at.filter(|_| (segment.x0 - self.left).abs() <= EDGE) else { return vec![segment] };
        let (head, tail) = segment.runs.split_at(at);
        if head.last().is_some_and(|run| run.x1 >= self.text) {
            vec![segment]
        } else {
            vec![segment.part(head), segment.part(tail)]
        }
    }
}

/// Indexes of the rows of each stretch of the margin, top to bottom.
fn headings(margin: &[Segment]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..margin.len()).collect();
    order.sort_by(|one, other| margin[*one].y.total_cmp(&margin[*other].y));
    let mut found: Vec<Vec<usize>> = Vec::new();
    for at in order {
        let close = |last: usize| margin[at].y - margin[last].y < 1.5 * margin[at].size;
        match found.last_mut().filter(|heading| heading.last().is_some_and(|last| close(*last))) {
            Some(heading) => heading.push(at),
            None => found.push(vec![at]),
        }
    }
    found
}

/// How many stretches of the margin head text; none if one of them is no heading.
fn headings_beside(margin: &[Segment], text: &[&Segment]) -> Option<usize> {
    let mut count = 0;
    let rows = row_distances(text);
    let usual = usual(&rows);
    for heading in headings(margin) {
        let first = &margin[heading[0]];
        let written: Vec<String> = heading.iter().map(|row| margin[*row].text()).collect();
        let beside = row_beside(first, text);
        let apart = rows.iter().find(|(y, _)| beside.is_some_and(|row| (y - row).abs() < 0.3 * first.size));
        let is_apart = apart.is_none_or(|(_, distance)| *distance > APART * usual);
        match beside {
            Some(_) if is_apart && heading.len() <= MAX_ROWS && is_heading(&written.join(" ")) => count += 1,
            // A name above the text, a page number below it.
            None if heading.len() == 1 => {}
            _ => return None,
        }
    }
    Some(count)
}

/// The baseline of the row of text that a heading stands beside: its own, or, of a heading in larger letters, one a little higher.
fn row_beside(heading: &Segment, text: &[&Segment]) -> Option<Points> {
    let size = heading.size;
    let distance = |row: &&&Segment| heading.y - row.y;
    let level = text.iter().find(|row| distance(row).abs() < 0.3 * size);
    let is_larger = |row: &&&Segment| row.size < size - 1.0 && distance(row) > 0.0 && distance(row) < size;
    level.or_else(|| text.iter().find(is_larger)).map(|row| row.y)
}

/// Baselines of the rows of a text and their distance from the row above; infinite for the first.
fn row_distances(text: &[&Segment]) -> Vec<(Points, Points)> {
    let mut rows: Vec<(Points, Points)> = Vec::new();
    let mut last = f32::NEG_INFINITY;
    let mut sorted = text.to_vec();
    sorted.sort_by(|one, other| one.y.total_cmp(&other.y));
    for segment in sorted {
        if segment.y - last > 0.4 * segment.size {
            rows.push((segment.y, segment.y - last));
            last = segment.y;
        }
    }
    rows
}

/// The middle distance.
fn usual(rows: &[(Points, Points)]) -> Points {
    let mut distances: Vec<Points> = rows.iter().map(|(_, distance)| *distance).collect();
    distances.sort_by(f32::total_cmp);
    distances.get(distances.len() / 2).copied().unwrap_or(0.0)
}

/// A few words with a capital in front, no number and no sentence.
fn is_heading(written: &str) -> bool {
    let letters = written.chars().filter(|ch| !ch.is_whitespace()).count();
    let plain = |ch: char| ch.is_alphabetic() || ch.is_whitespace() || "&/-,'’:".contains(ch);
    (3..=MAX_CHARACTERS).contains(&letters) && written.starts_with(char::is_uppercase) && written.chars().all(plain)
}
