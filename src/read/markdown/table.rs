//! Markdown table rows → cells. A line is a row when it stands between pipes or above a `|---|` line; `A | B | C`
//! without outer pipes is prose with separators and stays as it is.

/// `| a | b |`: begins and ends with a pipe.
pub(super) fn is_row(content: &str) -> bool {
    content.len() > 2 && content.starts_with('|') && content.ends_with('|')
}

/// `|---|:--:|`: only dashes, colons, pipes and blanks, with at least one pipe and one dash.
pub(super) fn is_separator(content: &str) -> bool {
    content.bytes().all(|byte| b"|-: ".contains(&byte)) && content.contains('|') && content.contains('-')
}

/// The cells without their pipes; `\|` is a pipe inside a cell.
pub(super) fn cells(content: &str) -> Vec<String> {
    let inner = content.strip_prefix('|').unwrap_or(content);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut cells = vec![String::new()];
    let mut chars = inner.chars().peekable();
    while let Some(ch) = chars.next() {
        match ch {
            '\\' if chars.peek() == Some(&'|') => {
                chars.next();
                push(&mut cells, '|');
            }
            '|' => cells.push(String::new()),
            _ => push(&mut cells, ch),
        }
    }
    cells
}

fn push(cells: &mut [String], ch: char) {
    if let Some(cell) = cells.last_mut() {
        cell.push(ch);
    }
}
