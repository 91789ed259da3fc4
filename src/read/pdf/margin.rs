//! Segments of a page → the same, with labels cut off the text beside them (moderncv), and with headings that stand in the left margin (LaTeX `res`) moved to a row of their own above
//! the text they head. Margins that hold dates, labels of single rows or a column of text stay as they are. Knows no words:
//! what heads a section is for `sections` to say.
//!
//! ```text
//!  Research      Harbour College ……          Research Experience
//!  Experience    Assistant ……          ─►     Harbour College ……
//!                Built it ……                 Assistant ……
//! ```

use super::runs::{Points, Run};
use super::segments::Segment;

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

/// Segments on one page beyond which its margin is not looked at (edges are compared with each other).
const MAX_SEGMENTS: usize = 2000;

/// Narrowest gap between a label and its text, in font sizes: what `lines.rs` writes as a tab.
const LABEL_GAP: f32 = 1.0;

/// Fewest rows that show a column of labels.
const MIN_LABELS: usize = 3;

/// Cuts labels off, and moves the headings if the margin of the page is one of headings.
pub(super) fn lift(segments: Vec<Segment>) -> Vec<Segment> {
    if segments.len() > MAX_SEGMENTS {
        return segments;
    }
    let segments = without_labels(segments);
    let Some(page) = Page::of(&segments) else { return segments };
    let (margin, mut text): (Vec<Segment>, Vec<Segment>) =
        segments.into_iter().flat_map(|segment| page.cut(segment)).partition(|segment| page.is_margin(segment));
    for heading in headings(&margin, &page) {
        text.extend(raised(heading.iter().map(|row| &margin[*row]), page.text));
    }
    let moved: Vec<usize> = headings(&margin, &page).into_iter().flatten().collect();
    text.extend(margin.into_iter().enumerate().filter(|(at, _)| !moved.contains(at)).map(|(_, segment)| segment));
    text.sort_by_key(|segment| segment.order);
    text
}

/// Where labels end at one edge and their text begins at another one, which the lines below share, the gap between them is no blank.
fn without_labels(segments: Vec<Segment>) -> Vec<Segment> {
    // Run behind the first wide gap, left edge of the segment, edges of the gap.
    type Gap = (usize, [Points; 3]);
    let first_gap = |segment: &Segment| -> Option<Gap> {
        let edges = |at: usize| [segment.x0, segment.runs[at - 1].x1, segment.runs[at].x0];
        let is_wide = |edges: &[Points; 3]| edges[2] - edges[1] > LABEL_GAP * segment.size;
        let found = (1..segment.runs.len()).map(|at| (at, edges(at))).find(|(_, edges)| is_wide(edges))?;
        // Signs and numbers of lists are no labels.
        let signs = segment.runs[..found.0].iter().flat_map(|run| run.text.chars());
        let (letters, digits) = signs.fold((0, 0), |(letters, digits), ch| {
            (letters + usize::from(ch.is_alphabetic()), digits + usize::from(ch.is_ascii_digit()))
        });
        (letters >= 2 || digits >= 4).then_some(found)
    };
    let gaps: Vec<[Points; 3]> = segments.iter().filter_map(|segment| Some(first_gap(segment)?.1)).collect();
    if gaps.len() < MIN_LABELS {
        return segments;
    }
    let near = |one: Points, other: Points| (one - other).abs() <= EDGE / 2.0;
    // Labels are flush on either side.
    let alike = |one: &[Points; 3], other: &[Points; 3]| {
        near(one[2], other[2]) && (near(one[0], other[0]) || near(one[1], other[1]))
    };
    let is_edge = |edges: &[Points; 3]| {
        gaps.iter().filter(|gap| alike(gap, edges)).count() >= MIN_LABELS
            && segments.iter().filter(|segment| near(segment.x0, edges[2])).count() >= MIN_LABELS
    };
    let cut_at = |segment: &Segment| first_gap(segment).filter(|(_, edges)| is_edge(edges)).map(|(at, _)| at);
    let cuts: Vec<Option<usize>> = segments.iter().map(cut_at).collect();
    let parts = |(segment, cut): (Segment, Option<usize>)| match cut {
        Some(at) => vec![part(&segment, &segment.runs[..at]), part(&segment, &segment.runs[at..])],
        None => vec![segment],
    };
    segments.into_iter().zip(cuts).flat_map(parts).collect()
}

/// Some runs of a segment as one of their own.
fn part(segment: &Segment, runs: &[Run]) -> Segment {
    Segment {
        x0: runs.first().map_or(segment.x0, |run| run.x0),
        x1: runs.last().map_or(segment.x1, |run| run.x1),
        order: runs.iter().map(|run| run.order).min().unwrap_or(segment.order),
        runs: runs.to_vec(),
        ..*segment
    }
}

/// The rows of a heading side by side above the text that begins at `x0`.
fn raised<'a>(mut rows: impl Iterator<Item = &'a Segment>, x0: Points) -> Option<Segment> {
    let first = rows.next()?;
    let mut heading = Segment { runs: Vec::new(), x0, ..first.clone() };
    (heading.y, heading.x1) = (first.y - RAISE * first.size, x0);
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
        let found = headings_beside(&margin, &in_text, &page)?;
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
            vec![part(&segment, head), part(&segment, tail)]
        }
    }
}

fn sorted<'a>(segments: &[&'a Segment]) -> Vec<&'a Segment> {
    let mut sorted = segments.to_vec();
    sorted.sort_by(|one, other| one.y.total_cmp(&other.y));
    sorted
}

/// Indexes of the rows of each stretch of the margin, top to bottom.
fn headings(margin: &[Segment], page: &Page) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..margin.len()).filter(|at| page.is_margin(&margin[*at])).collect();
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
fn headings_beside(margin: &[Segment], text: &[&Segment], page: &Page) -> Option<usize> {
    let mut count = 0;
    let rows = row_distances(text);
    let usual = usual(&rows);
    for heading in headings(margin, page) {
        let first = &margin[heading[0]];
        let beside = |other: &&&Segment| (other.y - first.y).abs() < 0.3 * first.size;
        let written: Vec<String> = heading.iter().map(|row| margin[*row].text()).collect();
        let apart = rows.iter().find(|(y, _)| (y - first.y).abs() < 0.3 * first.size);
        let is_apart = apart.is_none_or(|(_, distance)| *distance > APART * usual);
        match text.iter().find(beside) {
            Some(_) if is_apart && heading.len() <= MAX_ROWS && is_heading(&written.join(" ")) => count += 1,
            // A name above the text, a page number below it.
            None if heading.len() == 1 => {}
            _ => return None,
        }
    }
    Some(count)
}

/// Baselines of the rows of a text and their distance from the row above; infinite for the first.
fn row_distances(text: &[&Segment]) -> Vec<(Points, Points)> {
    let mut rows: Vec<(Points, Points)> = Vec::new();
    let mut last = f32::NEG_INFINITY;
    for segment in sorted(text) {
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
