//! Rows as aligned columns. In: cells, styled or not. Out: text; numbers to the right, the last column not filled up. Does not wrap.

use super::style::bold;
use unicode_width::UnicodeWidthStr;

/// Columns between columns.
const GAP: &str = "  ";

/// The rows under a bold heading; without one when `head` is empty. Empty for no rows.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| plain_width(cell));
        cells.chain(head.get(column).map(|title| title.width())).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..count).map(width).collect();
    let right: Vec<bool> =
        (0..count).map(|column| rows.iter().all(|row| row.get(column).is_none_or(|cell| is_number(cell)))).collect();
    let mut out = String::new();
    if !head.is_empty() {
        let titles: Vec<String> = head.iter().map(|title| bold(title)).collect();
        line(&titles, &widths, &right, &mut out);
    }
    rows.iter().for_each(|row| line(row, &widths, &right, &mut out));
    out
}

fn line(cells: &[String], widths: &[usize], right: &[bool], out: &mut String) {
    for (column, cell) in cells.iter().enumerate() {
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
}
