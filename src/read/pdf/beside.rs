//! Are two sides of a gap columns, or the two ends of the same rows (dates at the right margin, labels at the left one,
//! table cells)? The one judgement that decides reading order; says nothing about where the gap is.

use super::segments::Segment;
use crate::read::year::has_year;

/// Share of the sparser side's rows that must have a partner on the other side before the sides can be one.
/// Rows of independent columns meet by chance in about half of the cases.
const MIN_ALIGNED: f32 = 0.85;

/// A ragged left and a straight right edge are dates and places pushed to the margin; fewer partners are enough.
const MIN_ALIGNED_RAGGED: f32 = 0.5;

/// What is written row by row with dates on the right is a table, whose cells may be wrapped.
const MIN_ALIGNED_TABLE: f32 = 0.6;

/// Share of dates among the cells of such a table.
const MIN_TABLE_DATES: f32 = 0.1;

/// The same where nothing stands there but dates and places, smaller than the text and off its baselines.
const MIN_DATES_RAGGED: f32 = 0.3;

/// Baselines closer than this share of the size are one row.
const SAME_ROW: f32 = 0.25;

/// How far edges of one column differ, in points.
const EDGE: f32 = 1.5;

/// Side changes in the content stream per row of the sparser side above which the producer wrote row by row.
const MIN_SWITCHES: f32 = 0.5;

/// A side of at least this many rows, written in one go and without dates, is a column even on a common line grid.
const MIN_COLUMN_ROWS: usize = 8;

/// Characters up to which a segment is a label.
const LABEL_CHARS: usize = 26;

/// True when `left` and `right` (both sorted by baseline) are parts of the same rows.
pub(super) fn same_rows(left: &[&Segment], right: &[&Segment]) -> bool {
    if are_cards(left, right) {
        return false;
    }
    let (left_rows, right_rows) = (row_count(left), row_count(right));
    let (sparse, dense) = if left_rows <= right_rows { (left, right) } else { (right, left) };
    let sparse_rows = left_rows.min(right_rows).max(1);
    let aligned = aligned_share(sparse, dense);
    // A column of dates belongs to the text beside it, even where its baselines are a little off.
    let dates = share(sparse, |segment| looks_like_date(&segment.text()));
    let right_dates = share(right, |segment| looks_like_date(&segment.text()));
    if dates >= 0.5 || right_dates >= 0.5 {
        return true;
    }
    let flush = is_ragged(right);
    let margin = flush && dates >= MIN_DATES_RAGGED && share(right, |segment| segment.weight() <= LABEL_CHARS) >= 0.9;
    if margin || flush && aligned >= MIN_ALIGNED_RAGGED || ends_in_dates(left, right) {
        return true;
    }
    let switches = switches(left, right) as f32 / (2 * sparse_rows) as f32;
    let is_table = right_dates >= MIN_TABLE_DATES && aligned >= MIN_ALIGNED_TABLE || aligned >= MIN_ALIGNED;
    if switches >= MIN_SWITCHES && is_table {
        return true;
    }
    if aligned < MIN_ALIGNED {
        return false;
    }
    let in_one_go = switches <= 0.25 && sparse_rows >= MIN_COLUMN_ROWS && dates < 0.3;
    let few = sparse_rows * 10 <= left_rows.max(right_rows) * 7;
    let short = share(sparse, |segment| segment.weight() <= LABEL_CHARS) >= 0.7;
    !in_one_go && (few || short)
}

/// Nothing but short lines with one right edge, the last ones dates of rows on the left: contacts beside the name, and below them the first dates of the text.
///
/// ```text
///  Imke Dalgard                 imke@example.com
///  Cook                              Skagen
///  Experience
///  Head Cook                     2019 – 2021
/// ```
fn ends_in_dates(left: &[&Segment], right: &[&Segment]) -> bool {
    let is_short = |segment: &&Segment| segment.weight() <= LABEL_CHARS + 10;
    let is_row = |date: &&Segment| left.iter().any(|row| row.is_level_with(date, SAME_ROW));
    let dates = right.iter().rev().take_while(|segment| looks_like_date(&segment.text()));
    let (mut count, mut level) = (0, 0);
    dates.for_each(|date| (count, level) = (count + 1, level + usize::from(is_row(date))));
    let edge = right.iter().map(|segment| segment.x1).fold(f32::NEG_INFINITY, f32::max);
    let is_flush = |segment: &&Segment| is_short(segment) && edge - segment.x1 <= EDGE;
    count > 0 && level == count && row_count(right) < row_count(left) && right.iter().all(is_flush)
}

/// Dates, or the places behind them, at the right margin of the left column, with another column behind them: the gutter lies there.
///
/// ```text
///  Head Cook         2019 – 2021   Skills         06/2019 – 08/2021    Bergen   Skills
///  Blue Fish Inn                   Cooking        • Ran the kitchen             Cooking
/// ```
pub(super) fn dates_go_left(left: &[&Segment], right: &[&Segment]) -> bool {
    let is_date = |segment: &&&Segment| looks_like_date(&segment.text());
    let dated: Vec<&Segment> = left.iter().filter(is_date).copied().collect();
    let is_margin =
        |segment: &&&Segment| is_date(segment) || dated.iter().any(|date| date.is_level_with(segment, SAME_ROW));
    let (margin, column): (Vec<&Segment>, Vec<&Segment>) = right.iter().partition(is_margin);
    let edge = column.iter().map(|segment| segment.x0).fold(f32::INFINITY, f32::min);
    let (margin, behind): (Vec<&Segment>, Vec<&Segment>) = margin.into_iter().partition(|segment| segment.x1 < edge);
    let rest = row_count(&column).max(row_count(&behind));
    !margin.is_empty() && rest >= 2 && aligned_share(&margin, left) >= MIN_ALIGNED
}

/// Dates at the left margin of the right column, with another column in front of them: the gutter lies there.
///
/// ```text
///  Skills     2019 – 2021   Head Cook
///  Cooking                  Blue Fish Inn
/// ```
pub(super) fn dates_go_right(left: &[&Segment], right: &[&Segment]) -> bool {
    let dated: Vec<&Segment> = left.iter().filter(|segment| looks_like_date(&segment.text())).copied().collect();
    if dated.len() < 2 {
        return false;
    }
    let edge = dated.iter().map(|segment| segment.x0).fold(f32::INFINITY, f32::min);
    let (margin, column): (Vec<&Segment>, Vec<&Segment>) = left.iter().partition(|segment| segment.x0 >= edge - EDGE);
    column.iter().all(|segment| segment.x1 < edge)
        && row_count(&column) >= 2
        && dated.len() * 2 >= margin.len()
        && aligned_share(&dated, right) >= MIN_ALIGNED
}

/// Entries beside each other: both sides have a period on the same row, and rows of other text.
pub(super) fn are_cards(left: &[&Segment], right: &[&Segment]) -> bool {
    let is_period = |segment: &&&Segment| {
        let text = segment.text();
        text.contains(['-', '–', '—']) && looks_like_date(&text)
    };
    let dated: Vec<&Segment> = right.iter().filter(is_period).copied().collect();
    let texts = |side: &[&Segment], dates: usize| row_count(side) >= 3 && side.len() > 2 * dates;
    let beside = |segment: &&&Segment| dated.iter().any(|date| date.is_level_with(segment, SAME_ROW));
    !dated.is_empty() && texts(right, dated.len()) && {
        let dates = left.iter().filter(beside).filter(is_period).count();
        dates > 0 && texts(left, dates)
    }
}

/// Share of the rows of `sparse` that have a baseline in `dense`, within a quarter of the font size.
fn aligned_share(sparse: &[&Segment], dense: &[&Segment]) -> f32 {
    let mut at = 0;
    let (mut rows, mut met) = (0, 0);
    let mut last = f32::NEG_INFINITY;
    for segment in sparse {
        if segment.y - last <= 0.4 * segment.size {
            continue;
        }
        last = segment.y;
        rows += 1;
        let reach = SAME_ROW * segment.size;
        while at < dense.len() && dense[at].y < segment.y - reach {
            at += 1;
        }
        met += usize::from(dense.get(at).is_some_and(|other| other.y <= segment.y + reach));
    }
    met as f32 / rows.max(1) as f32
}

/// True when the segments end at one right edge but begin anywhere: set flush right, as columns never are.
fn is_ragged(side: &[&Segment]) -> bool {
    let most = |edge: fn(&Segment) -> f32| {
        let mut edges: Vec<f32> = side.iter().map(|segment| edge(segment)).collect();
        edges.sort_by(f32::total_cmp);
        let same = |from: &f32| edges.iter().filter(|other| (**other - from).abs() <= EDGE).count();
        // Eight samples show the common edge without comparing all with all.
        let step = (edges.len() / 8).max(1);
        edges.iter().step_by(step).map(same).max().unwrap_or(0) as f32 / side.len().max(1) as f32
    };
    most(|segment| segment.x1) >= 0.6 && most(|segment| segment.x0) < 0.5
}

/// How often the content stream goes from one side to the other.
pub(super) fn switches(left: &[&Segment], right: &[&Segment]) -> usize {
    let mut order: Vec<(u32, bool)> = left.iter().map(|segment| (segment.order, false)).collect();
    order.extend(right.iter().map(|segment| (segment.order, true)));
    order.sort_unstable();
    order.windows(2).filter(|pair| pair[0].1 != pair[1].1).count()
}

/// Distinct baselines of segments sorted by baseline.
pub(super) fn row_count(side: &[&Segment]) -> usize {
    let mut count = 0;
    let mut last = f32::NEG_INFINITY;
    for segment in side {
        if segment.y - last > 0.4 * segment.size {
            count += 1;
            last = segment.y;
        }
    }
    count
}

fn share(side: &[&Segment], test: impl Fn(&Segment) -> bool) -> f32 {
    side.iter().filter(|segment| test(segment)).count() as f32 / side.len().max(1) as f32
}

/// "2019 – 2021", "Jan 2020 - Present", "05/2018", "2016": short, with a year or an open end, and little else.
pub(super) fn looks_like_date(text: &str) -> bool {
    if text.chars().count() > 34 {
        return false;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.chars().filter(|ch| ch.is_alphabetic()).count();
    // "September 2021 – Present": one year only, and two words.
    let letters_each = if text.contains(['-', '–', '—']) { 5 } else { 3 };
    has_year(text) && letters <= 22 && digits * letters_each >= letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_short_and_have_a_year() {
        for date in [
            "2019 – 2021",
            "September 2020 - Present",
            "05/2018",
            "2016",
            "September 2018 – December 2019",
            "2017.07.01",
        ] {
            assert!(looks_like_date(date), "{date}");
        }
        for other in ["Python, Java", "Winner of the Example Prize 2019", "+1 555 0100", "12345"] {
            assert!(!looks_like_date(other), "{other}");
        }
    }
}
