//! A table row's cells → lines, for DOCX and HTML. A row of short cells is one line with tabs (a date beside an employer); cells with
//! several paragraphs are a layout (a sidebar) and come out one after the other.

use crate::model::{Line, Style};

/// Longest cell that is put on one line with its neighbours.
const MAX_CELL_CHARS: usize = 200;

/// Most lines in cells that are paired line by line: title and employer left, dates and place right.
const MAX_PAIRED_LINES: usize = 3;

/// How much larger than any other text of the row a title is.
const TITLE_SCALE: f32 = 1.4;

/// Longest label or date beside a cell with more text.
const MAX_LABEL_CHARS: usize = 40;

/// Lays out one row. Cells without text do not count.
pub(super) fn row(mut cells: Vec<Vec<Line>>) -> Vec<Line> {
    cells.retain(|cell| !cell.is_empty());
    cells.iter_mut().for_each(join_range);
    if cells.len() < 2 {
        return cells.pop().unwrap_or_default();
    }
    let fits = |cell: &Vec<Line>| cell.iter().all(|line| line.text.chars().count() <= MAX_CELL_CHARS && !line.hidden);
    let height = cells[0].len();
    let even = cells.iter().all(|cell| cell.len() == height && fits(cell));
    let plain = cells.iter().flatten().all(|line| !line.style.bullet);
    if even && height == 1 {
        let is_row = cells.len() > 2;
        return vec![joined(cells.into_iter().flatten().collect(), is_row)];
    }
    if even && height <= MAX_PAIRED_LINES && plain && cells.len() == 2 && is_short(&cells) {
        return paired(cells);
    }
    if cells.len() == 2 && cells.iter().filter(|cell| is_label(cell)).count() == 1 {
        return label_and_text(cells);
    }
    columns(cells)
}

/// Longest line of a narrow cell of dates.
const MAX_DATE_CHARS: usize = 20;

/// `Sept 2020 –` above `present` in a narrow cell is one date.
fn join_range(cell: &mut Vec<Line>) {
    let [first, second] = cell.as_mut_slice() else { return };
    let short = |line: &Line| line.text.chars().count() <= MAX_DATE_CHARS;
    let open = first.text.ends_with(['–', '-', '—']) && first.text.bytes().any(|byte| byte.is_ascii_digit());
    if open && short(first) && short(second) {
        first.text = format!("{} {}", first.text, second.text);
        cell.pop();
    }
}

/// Columns of a page laid out as a table, one after the other.
pub(super) fn columns(mut cells: Vec<Vec<Line>>) -> Vec<Line> {
    put_title_first(&mut cells);
    let mut lines = Vec::new();
    for cell in cells {
        let first = lines.len();
        lines.extend(cell);
        if let Some(line) = lines.get_mut(first) {
            line.blank_before = true;
        }
    }
    lines
}

/// In a page laid out as a table the column with the name, the largest text of all, is read first.
fn put_title_first(cells: &mut [Vec<Line>]) {
    let largest =
        |cell: &[Line], count: usize| cell.iter().take(count).map(|line| line.style.size_pt).fold(0.0, f32::max);
    let all: Vec<f32> = cells.iter().map(|cell| largest(cell, usize::MAX)).collect();
    let title = (1..cells.len()).find(|&at| {
        let others =
            all.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, size)| *size).fold(0.0, f32::max);
        cells[at].len() > MAX_PAIRED_LINES
            && others > 0.0
            && largest(&cells[at], MAX_PAIRED_LINES) >= TITLE_SCALE * others
    });
    if let Some(at) = title {
        cells[..=at].rotate_right(1);
    }
}

/// Two columns of at most a few short lines each.
fn is_short(cells: &[Vec<Line>]) -> bool {
    cells.iter().any(|cell| cell.iter().all(|line| line.text.chars().count() <= MAX_LABEL_CHARS))
        && cells.iter().flatten().all(|line| line.text.chars().count() <= 2 * MAX_LABEL_CHARS)
}

/// One short line without a bullet.
fn is_label(cell: &[Line]) -> bool {
    matches!(cell, [line] if line.text.chars().count() <= MAX_LABEL_CHARS && !line.style.bullet)
}

/// Line by line: `Employer⇥2019 – 2021`, `Title⇥Lisbon`.
fn paired(cells: Vec<Vec<Line>>) -> Vec<Line> {
    let mut columns: Vec<_> = cells.into_iter().map(Vec::into_iter).collect();
    let mut lines = Vec::new();
    loop {
        let parts: Vec<Line> = columns.iter_mut().filter_map(Iterator::next).collect();
        if parts.is_empty() {
            return lines;
        }
        lines.push(joined(parts, false));
    }
}

/// A date or label beside a longer cell stands on that cell's first line.
fn label_and_text(cells: Vec<Vec<Line>>) -> Vec<Line> {
    let mut rest = Vec::new();
    let mut first = Vec::new();
    for mut cell in cells {
        let tail = cell.split_off(1);
        first.extend(cell);
        rest.extend(tail);
    }
    let mut lines = vec![joined(first, false)];
    lines.append(&mut rest);
    lines
}

/// Lines side by side as one line with tabs; ranges move along.
fn joined(parts: Vec<Line>, table_row: bool) -> Line {
    let mut parts = parts.into_iter();
    let first = parts.next().unwrap_or_default();
    let mut line = parts.fold(first, side_by_side);
    line.style.table_row = table_row;
    line
}

/// Two lines as one, with a tab between them.
fn side_by_side(mut line: Line, part: Line) -> Line {
    line.text.push('\t');
    let shift = line.text.len() as u32;
    line.text.push_str(&part.text);
    line.bold.extend(part.bold.iter().map(|range| (range.0 + shift, range.1 + shift)));
    line.links.extend(part.links.into_iter().map(|mut link| {
        (link.start, link.end) = (link.start + shift, link.end + shift);
        link
    }));
    line.style = Style {
        bold: line.style.bold && part.style.bold,
        italic: line.style.italic && part.style.italic,
        heading: line.style.heading.max(part.style.heading),
        size_pt: line.style.size_pt.max(part.style.size_pt),
        ..line.style
    };
    line
}
