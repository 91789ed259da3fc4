//! Rows of a block → lines of the document: text with tabs, bold ranges, links, gaps and rules. Does not decide what is
//! furniture (`furniture.rs`).

use super::super::collector::Collector;
use super::super::rich::{Mark, Rich};
use super::columns::Block;
use super::direction;
use super::links::LinkArea;
use super::rows::{self, Row};
use super::runs::{Points, Run};
use super::segments::{Segment, blank_between};
use crate::model::{Line, Style};

/// Gap between segments of a row that is a tab, in font sizes; a narrower one is a blank.
const TAB: f32 = 1.0;

/// A line gap this many times the usual one is a paragraph gap. Typical paragraph skips add half a line.
const PARAGRAPH: f32 = 1.3;

/// A rule counts when it covers this share of its column; underlines of words are shorter.
const RULE_SHARE: f32 = 0.5;

/// What a page has besides text.
pub(super) struct Extras<'a> {
    pub page: u32,
    pub links: &'a [LinkArea],
    /// Horizontal rules as (x0, x1, y).
    pub rules: &'a [(Points, Points, Points)],
}

/// Where a line stands on its page, for `furniture.rs`: index of the line and baseline.
pub(super) type Placed = (usize, Points);

/// Adds the lines of one block and notes where they stand.
pub(super) fn add(block: Block, extras: &Extras<'_>, placed: &mut Vec<Placed>, out: &mut Collector) {
    let (left, right, column) = (block.left, block.right, block.column);
    let rows = rows::rows(block.segments);
    let usual = usual_gap(&rows);
    let mut last: Option<(Points, Points)> = None;
    for row in rows {
        let rule = has_rule(extras.rules, last.map_or(f32::NEG_INFINITY, |(y, _)| y), &row, (left, right));
        let gap = last.map(|(y, size)| (row.y - y, size));
        let is_gap = gap.is_none_or(|(gap, size)| gap > PARAGRAPH * usual.max(0.9 * size.min(row.size)));
        if is_gap {
            out.blank();
        }
        if rule {
            out.rule();
        }
        let style = Style {
            size_pt: (main_size(&row) * 10.0).round() / 10.0,
            left_pt: ((row.x0() - left) * 10.0).round().max(0.0) / 10.0,
            column,
            table_row: row.segments.len() > 2,
            ..Style::default()
        };
        last = Some((row.y, row.size));
        let mut rich = Rich::default();
        push_row(&row, extras.links, &mut rich);
        placed.push((out.len(), row.y));
        out.line(&mut rich, Line { page: extras.page, style, ..Line::default() });
        if out.is_full() {
            return;
        }
    }
}

/// The middle distance between neighbouring baselines, of those that look like line spacing.
fn usual_gap(rows: &[Row]) -> Points {
    let mut gaps: Vec<Points> = rows
        .windows(2)
        .map(|pair| (pair[1].y - pair[0].y, pair[0].size.max(pair[1].size)))
        .filter(|(gap, size)| *gap > 0.7 * size && *gap < 2.2 * size)
        .map(|(gap, _)| gap)
        .collect();
    gaps.sort_by(f32::total_cmp);
    // Below the middle: headings and entries widen gaps, nothing narrows them.
    gaps.get(gaps.len() * 2 / 5).copied().unwrap_or(0.0)
}

/// The size most characters of the row have.
fn main_size(row: &Row) -> Points {
    let runs = || row.segments.iter().flat_map(|segment| &segment.runs);
    let weight =
        |size: Points| runs().filter(|run| (run.size - size).abs() < 0.3).map(|run| run.text.len()).sum::<usize>();
    // Rows hold few sizes; the first eight runs show them.
    runs()
        .take(8)
        .map(|run| (run.size, weight(run.size)))
        .max_by_key(|(_, weight)| *weight)
        .map_or(row.size, |(size, _)| size)
}

/// True when a long horizontal rule lies between the last baseline and this row's letters.
fn has_rule(rules: &[(Points, Points, Points)], above: Points, row: &Row, (left, right): (Points, Points)) -> bool {
    let width = (right - left).max(1.0);
    rules.iter().any(|(x0, x1, y)| {
        let between = *y > above.max(row.y - 4.0 * row.size) && *y < row.y - 0.4 * row.size;
        between && x1.min(right) - x0.max(left) > RULE_SHARE * width
    })
}

fn push_row(row: &Row, links: &[LinkArea], rich: &mut Rich) {
    let mut known: Vec<(usize, u32)> = Vec::new();
    let rtl =
        direction::is_mostly_rtl(row.segments.iter().flat_map(|segment| &segment.runs).map(|run| run.text.as_str()));
    let mut last: Option<&Segment> = None;
    for segment in in_order(&row.segments, rtl) {
        if let Some(before) = last {
            let gap = (segment.x0 - before.x1).max(before.x0 - segment.x1);
            if gap > TAB * segment.size.min(row.size) {
                rich.tab();
            } else {
                rich.push(" ", Mark::default());
            }
        }
        last = Some(segment);
        push_segment(segment, rtl, links, &mut known, rich);
    }
}

/// Left to right, or right to left.
fn in_order<T>(items: &[T], rtl: bool) -> Box<dyn Iterator<Item = &T> + '_> {
    if rtl { Box::new(items.iter().rev()) } else { Box::new(items.iter()) }
}

fn push_segment(segment: &Segment, rtl: bool, links: &[LinkArea], known: &mut Vec<(usize, u32)>, rich: &mut Rich) {
    let word_gap = spaced_word_gap(segment);
    let mut last: Option<&Run> = None;
    for run in in_order(&segment.runs, rtl) {
        if let Some(before) = last
            && (if rtl { blank_between(run, before) } else { blank_between(before, run) })
        {
            // Between the letters of a spaced word one blank, between such words two: `spaced.rs` joins them.
            let wide = word_gap.is_some_and(|gap| run.x0 - before.x1 > gap);
            let mark = if before.bold && run.bold { Mark { bold: true, ..Mark::default() } } else { Mark::default() };
            rich.push(if wide { "   " } else { " " }, Mark { hidden: run.hidden, ..mark });
        }
        push_run(run, links, known, rich);
        last = Some(run);
    }
}

/// For a segment of single letters set apart (`[(E)-300(D)-300(U)]TJ`): the gap that divides its words.
fn spaced_word_gap(segment: &Segment) -> Option<Points> {
    let singles = segment.runs.iter().filter(|run| run.text.chars().count() == 1).count();
    if segment.runs.len() < 4 || singles * 10 < segment.runs.len() * 8 {
        return None;
    }
    let mut gaps: Vec<Points> = segment.runs.windows(2).map(|pair| pair[1].x0 - pair[0].x1).collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 2).map(|gap| (1.6 * gap).max(gap + 0.15 * segment.size))
}

fn push_run(run: &Run, links: &[LinkArea], known: &mut Vec<(usize, u32)>, rich: &mut Rich) {
    let mark = Mark { bold: run.bold, italic: run.italic, hidden: run.hidden, link: 0 };
    let near: Vec<usize> = (0..links.len()).filter(|link| links[*link].meets(run)).collect();
    if near.is_empty() {
        return rich.push(&run.text, mark);
    }
    // One operator may draw a whole contact line; which words a link covers is estimated from their share of it.
    let total = run.text.chars().count().max(1) as f32;
    let step = (run.x1 - run.x0) / total;
    let mut at = 0usize;
    for word in run.text.split_inclusive(' ') {
        let length = word.chars().count();
        let middle = run.x0 + (at as f32 + word.trim_end().chars().count() as f32 / 2.0) * step;
        at += length;
        let link = near.iter().copied().find(|link| links[*link].covers(middle));
        let number = link.map_or(0, |link| number_of(link, links, known, rich));
        rich.push(word, Mark { link: number, ..mark });
    }
}

/// The line's number for a page link, registered on first use.
fn number_of(link: usize, links: &[LinkArea], known: &mut Vec<(usize, u32)>, rich: &mut Rich) -> u32 {
    if let Some((_, number)) = known.iter().find(|(index, _)| *index == link) {
        return *number;
    }
    let number = rich.link(&links[link].url);
    known.push((link, number));
    number
}
