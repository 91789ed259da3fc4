//! Segments of a page → the same, with labels cut off the text that they all but touch (moderncv): the gap between them is no blank. In: segments.
//! Out: segments. Knows no words.

use super::runs::Points;
use super::segments::{MOST_COMPARED, Segment};

/// How far edges of one column of labels differ, in points.
const EDGE: Points = 1.0;

/// Narrowest gap between a label and its text, in font sizes: what `lines.rs` writes as a tab.
const LABEL_GAP: f32 = 1.0;

/// Fewest rows that show a column of labels.
const MIN_LABELS: usize = 3;

/// Cuts segments between a label and its text: labels end at one edge, their text begins at another one, which the lines below share.
pub(super) fn cut(segments: Vec<Segment>) -> Vec<Segment> {
    if segments.len() > MOST_COMPARED {
        return segments;
    }
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
    let near = |one: Points, other: Points| (one - other).abs() <= EDGE;
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
        Some(at) => vec![segment.part(&segment.runs[..at]), segment.part(&segment.runs[at..])],
        None => vec![segment],
    };
    segments.into_iter().zip(cuts).flat_map(parts).collect()
}
