//! Segments of a page → [`Block`]s in reading order: columns are cut first, so that a sidebar never mixes with the main
//! text; what stands beside each other on purpose (a date at the right margin, a label at the left one, a table row)
//! stays in one block and is joined by baseline later (`rows.rs`).
//!
//! ```text
//!  ┌──────────────────┐     above
//!  │ above            │     left, then right: the gutter is the longest stretch
//!  ├───────┬──────────┤     that no segment crosses, unless its sides are the
//!  │ left  ┊ right    │     two ends of the same rows
//!  ├───────┴──────────┤
//!  │ below            │     … and each part again
//!  └──────────────────┘
//! ```

use super::Rule;
use super::beside::{are_cards, dates_go_left, dates_go_right, row_count, same_rows, switches};
use super::cells;
use super::runs::Points;
use super::segments::Segment;

/// Segments that belong together, to be read row by row.
#[derive(Debug)]
pub(super) struct Block {
    pub segments: Vec<Segment>,
    /// 0 for the main or only column, 1 for a sidebar or second column.
    pub column: u8,
    /// Left edge of the column.
    pub left: Points,
    /// Right edge of the column.
    pub right: Points,
}

/// Segments on one page beyond which no columns are looked for (the search compares all with all). Real pages have
/// fewer than 600.
const MAX_SEGMENTS: usize = 2000;

/// Cuts inside cuts.
const MAX_DEPTH: usize = 12;

/// Rows each side of a gutter needs.
const MIN_ROWS: usize = 2;

/// Rows from which the sides need not be written one after the other.
const SURE_ROWS: usize = 4;

/// Narrowest gutter in font sizes, where nothing else says that there are columns.
const MIN_GUTTER: f32 = 0.9;

/// Narrowest gutter in font sizes between sides that the content stream writes one after the other.
const MIN_STREAM_GUTTER: f32 = 0.25;

/// Share of the width of both columns that a rule between rows of cards has.
const RULE_SHARE: f32 = 0.9;

/// How far the heading of the next row stands above its rule, in font sizes.
const HEADING_REACH: f32 = 1.2;

/// How far such a rule reaches on both sides of the gutter, in points.
const RULE_REACH: Points = 20.0;

/// A place to cut: segments left and right of `x` between `top` and `bottom`.
#[derive(Debug, Clone, Copy)]
struct Cut {
    x: Points,
    top: Points,
    bottom: Points,
    height: Points,
}

/// Cuts a page into blocks in reading order.
pub(super) fn blocks(segments: Vec<Segment>, rules: &[Rule]) -> Vec<Block> {
    let mut out = Vec::new();
    if segments.len() > MAX_SEGMENTS {
        out.push(block(segments, 0));
    } else {
        divide(segments, 0, &mut Divided { rules, depth: 0, out: &mut out });
    }
    out
}

fn block(segments: Vec<Segment>, column: u8) -> Block {
    let left = segments.iter().map(|segment| segment.x0).fold(f32::INFINITY, f32::min);
    let right = segments.iter().map(|segment| segment.x1).fold(f32::NEG_INFINITY, f32::max);
    Block { segments, column, left, right }
}

/// A page being cut.
struct Divided<'a> {
    rules: &'a [Rule],
    /// Cuts around the part that is looked at.
    depth: usize,
    out: &'a mut Vec<Block>,
}

fn divide(segments: Vec<Segment>, column: u8, page: &mut Divided) {
    if segments.is_empty() {
        return;
    }
    let cut = if page.depth < MAX_DEPTH { best_cut(&segments, page.rules) } else { None };
    let Some(cut) = cut else {
        page.out.push(block(segments, column));
        return;
    };
    let (mut above, mut left, mut right, mut below) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for segment in segments {
        let part = match segment.y {
            y if y < cut.top => &mut above,
            y if y > cut.bottom => &mut below,
            _ if segment.x0 + 1.0 < cut.x => &mut left,
            _ => &mut right,
        };
        part.push(segment);
    }
    page.depth += 1;
    divide(above, column, page);
    if let Some(entries) = cells::entries(&left, &right) {
        page.out.extend(entries.into_iter().map(|segments| block(segments, column)));
    } else {
        let main_is_left = weight(&left) >= weight(&right);
        divide(left, if main_is_left { column } else { 1 }, page);
        divide(right, if main_is_left { 1 } else { column }, page);
    }
    divide(below, column, page);
    page.depth -= 1;
}

fn weight(segments: &[Segment]) -> usize {
    segments.iter().map(Segment::weight).sum()
}

/// The longest gutter whose sides are columns of their own.
fn best_cut(segments: &[Segment], rules: &[Rule]) -> Option<Cut> {
    if segments.len() < 2 * MIN_ROWS {
        return None;
    }
    let mut sorted: Vec<&Segment> = segments.iter().collect();
    sorted.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    let rules = across(&sorted, rules);
    let mut best: Option<Cut> = None;
    for x in gutters(&sorted) {
        let mut stretch: Vec<&Segment> = Vec::new();
        let mut rules = rules.iter().filter(|rule| rule.0 < x - RULE_REACH && rule.1 > x + RULE_REACH).peekable();
        for segment in sorted.iter().copied() {
            // What stands below a rule across both columns is another row of cards.
            while let Some(rule) = rules.next_if(|rule| rule.2 < segment.y) {
                let underlined = |above: &&&Segment| rule.2 - above.y < HEADING_REACH * above.size;
                let heading = stretch.iter().rev().take_while(underlined).count();
                let below = stretch.split_off(stretch.len() - heading);
                consider(&stretch, x, &mut best);
                stretch = below;
            }
            // A line that all but reaches the next column ends the stretch like one that crosses it.
            if segment.x0 < x - 1.0 && segment.x1 > x - MIN_STREAM_GUTTER * segment.size {
                consider(without_tail(&stretch, x), x, &mut best);
                stretch.clear();
            } else {
                stretch.push(segment);
            }
        }
        consider(&stretch, x, &mut best);
    }
    best
}

/// The rules between the segments that are nearly as wide as all of them, top to bottom: those below the headings of sections.
fn across(sorted: &[&Segment], rules: &[Rule]) -> Vec<Rule> {
    let left = sorted.iter().map(|segment| segment.x0).fold(f32::INFINITY, f32::min);
    let right = sorted.iter().map(|segment| segment.x1).fold(f32::NEG_INFINITY, f32::max);
    let is_wide = |rule: &&Rule| rule.1.min(right) - rule.0.max(left) > RULE_SHARE * (right - left);
    let mut wide: Vec<Rule> = rules.iter().filter(is_wide).copied().collect();
    wide.sort_by(|one, other| one.2.total_cmp(&other.2));
    wide
}

/// Where a right-hand column could begin: the left edges of segments with room to their left.
fn gutters(sorted: &[&Segment]) -> Vec<Points> {
    let mut edges: Vec<Points> = sorted.iter().map(|segment| segment.x0).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|next, kept| (*next - *kept).abs() < 1.0);
    edges
}

/// Rows that are looked at below the end of the right side.
const MAX_TAIL: usize = 5;

/// The stretch without what stands in front of the text below it: `Experience` under two columns of skills is the next heading,
/// which a gap sets off, not the end of the left column.
fn without_tail<'s, 'a>(stretch: &'s [&'a Segment], x: Points) -> &'s [&'a Segment] {
    let is_right = |segment: &&Segment| segment.x0 + 1.0 >= x;
    let (Some(first), Some(last)) = (stretch.iter().position(is_right), stretch.iter().rposition(is_right)) else {
        return stretch;
    };
    if stretch.len() - last - 1 > MAX_TAIL || last + 1 == stretch.len() {
        return stretch;
    }
    // The first row may stand a little higher than the one beside it.
    let top = stretch[first].y - stretch[first].size;
    let rows = stretch.iter().enumerate().filter(|(_, segment)| !is_right(segment) && segment.y > top);
    let (mut usual, mut above) = (0.0_f32, None);
    for (at, segment) in rows {
        let gap = above.map_or(0.0, |above: &Segment| segment.y - above.y);
        if at > last && usual > 0.0 && gap > usual + TAIL_GAP * segment.size {
            return &stretch[..at];
        }
        usual = usual.max(gap);
        above = Some(segment);
    }
    stretch
}

/// Space above a heading beyond that between the rows above it, in font sizes.
const TAIL_GAP: f32 = 0.2;

/// Takes the stretch as the best cut when it is longer than the best so far and really two columns.
fn consider<'a>(stretch: &[&'a Segment], x: Points, best: &mut Option<Cut>) {
    let (left, right): (Vec<&Segment>, Vec<&Segment>) = stretch.iter().partition(|segment| segment.x0 + 1.0 < x);
    if left.len() < MIN_ROWS || right.len() < MIN_ROWS {
        return;
    }
    let span = |side: &[&Segment]| (side[0].top(), side[side.len() - 1].bottom());
    let ((left_top, left_bottom), (right_top, right_bottom)) = (span(&left), span(&right));
    let height = left_bottom.min(right_bottom) - left_top.max(right_top);
    let edge = left.iter().map(|segment| segment.x1).fold(f32::NEG_INFINITY, f32::max);
    let start = right.iter().map(|segment| segment.x0).fold(f32::INFINITY, f32::min);
    let size = stretch.iter().map(|segment| segment.size).sum::<f32>() / stretch.len() as f32;
    let (top, bottom) = (stretch[0].y - 0.1, stretch[stretch.len() - 1].y + 0.1);
    // Of gutters of one height the one that a place at the margin of the left column does not cut short.
    let is_longer = |best: Cut| height > best.height - 0.5 && bottom - top > best.bottom - best.top + size;
    let is_better = best.is_none_or(|best| height > best.height + 0.5 || is_longer(best));
    if height < 1.5 * size || start - edge < MIN_STREAM_GUTTER * size || !is_better {
        return;
    }
    let fewest = row_count(&left).min(row_count(&right));
    let apart = switches(&left, &right) * 3 <= fewest.max(3) || are_cards(&left, &right);
    // A few short rows beside each other are a table or a heading with its dates, unless written apart.
    let too_small = fewest < MIN_ROWS || (fewest < SURE_ROWS && !apart);
    let too_narrow = start - edge < MIN_GUTTER * size && !apart;
    // A centred headline above must not hide that the rows below it have their dates at the right margin.
    let (from, to) = (left_top.max(right_top), left_bottom.min(right_bottom));
    let shared = |side: &[&'a Segment]| -> Vec<&'a Segment> {
        side.iter().copied().filter(|segment| segment.bottom() >= from && segment.top() <= to).collect()
    };
    let is_within = || dates_go_left(&left, &right) || dates_go_right(&left, &right);
    if too_small || too_narrow || same_rows(&left, &right) || is_within() {
        return;
    }
    let (left_part, right_part) = (shared(&left), shared(&right));
    let sticks_out = left_part.len() < left.len() || right_part.len() < right.len();
    if sticks_out && same_rows(&left_part, &right_part) {
        return;
    }
    *best = Some(Cut { x, top, bottom, height });
}
