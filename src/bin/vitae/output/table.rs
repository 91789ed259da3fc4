//! Rows as aligned columns. In: cells, styled or not. Out: text; numbers to the right, the last column not filled up. On a terminal
//! the widest columns are cut until a line fits. Does not wrap.

use super::style::bold;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns between columns.
const GAP: &str = "  ";

/// No column of words is cut to less.
const NARROWEST: usize = 12;

/// The rows under a bold heading; without one when `head` is empty. Empty for no rows.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    within(head, rows, super::width())
}

/// The same in so many columns of the screen.
fn within(head: &[&str], rows: &[Vec<String>], room: Option<usize>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| plain_width(cell));
        cells.chain(head.get(column).map(|title| title.width())).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..count).map(width).collect();
    let right: Vec<bool> =
        (0..count).map(|column| rows.iter().all(|row| row.get(column).is_none_or(|cell| is_number(cell)))).collect();
    if let Some(room) = room {
        narrow(&mut widths, &right, room.saturating_sub(count * GAP.len()));
    }
    let mut out = String::new();
    if !head.is_empty() {
        let titles: Vec<String> = head.iter().map(|title| bold(title)).collect();
        line(&titles, &widths, &right, &mut out);
    }
    rows.iter().for_each(|row| line(row, &widths, &right, &mut out));
    out
}

/// Takes from the widest columns of words until all fit into `room`.
fn narrow(widths: &mut [usize], right: &[bool], room: usize) {
    while widths.iter().sum::<usize>() > room {
        let words = widths.iter_mut().zip(right).filter(|(_, right)| !**right).map(|(width, _)| width);
        match words.max() {
            Some(widest) if *widest > NARROWEST => *widest -= 1,
            _ => return,
        }
    }
}

fn line(cells: &[String], widths: &[usize], right: &[bool], out: &mut String) {
    for (column, cell) in cells.iter().enumerate() {
        let cell = &cut(cell, widths[column]);
        let fill = " ".repeat(widths[column].saturating_sub(plain_width(cell)));
        let is_last = column + 1 == cells.len();
        out.push_str(GAP);
        match (right[column], is_last) {
            (true, _) => out.extend([fill.as_str(), cell.as_str()]),
            (false, true) => out.push_str(cell),
            (false, false) => out.extend([cell.as_str(), fill.as_str()]),
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out.push('\n');
}

/// Begins with a digit: `14`, `12 (86 %)`, `2.5×`.
fn is_number(cell: &str) -> bool {
    cell.starts_with(|first: char| first.is_ascii_digit())
}

/// At most so many columns of a cell, the rest as `…`; escape sequences stay.
fn cut(cell: &str, width: usize) -> String {
    if plain_width(cell) <= width {
        return cell.to_string();
    }
    let (mut out, mut taken, mut is_escape) = (String::with_capacity(cell.len()), 0, false);
    for letter in cell.chars() {
        is_escape |= letter == '\u{1b}';
        let wide = if is_escape { 0 } else { letter.width().unwrap_or(0) };
        if is_escape || taken + wide < width {
            out.push(letter);
        } else if taken < width {
            out.push('…');
            // No more fits.
            taken = width;
            continue;
        }
        taken += wide;
        is_escape &= letter != 'm';
    }
    out
}

/// Columns that a cell takes on the screen: escape sequences take none.
fn plain_width(cell: &str) -> usize {
    anstream::adapter::strip_str(cell).to_string().width()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_to_the_right_and_names_to_the_left() {
        let rows = [
            vec!["7".to_string(), "Go".to_string(), "x".to_string()],
            vec!["12".to_string(), "Rust".to_string(), "y".to_string()],
        ];
        assert_eq!(table(&[], &rows), "   7  Go    x\n  12  Rust  y\n");
        assert_eq!(table(&["n"], &[]), "");
    }

    #[test]
    fn the_widest_columns_are_cut_to_the_screen() {
        let rows = [vec!["7".to_string(), "a condition of many words".to_string(), bold("read from line 12 of it")]];
        let shown = |room| anstream::adapter::strip_str(&within(&[], &rows, room)).to_string();
        assert_eq!(shown(Some(40)), "  7  a condition of m…  read from line …\n");
        assert_eq!(shown(None), "  7  a condition of many words  read from line 12 of it\n");
        assert_eq!(shown(Some(5)), "  7  a condition…  read from l…\n");
    }
}
