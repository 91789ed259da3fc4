//! Decoded Markdown, also the broken kind that PDF converters write → [`TextDoc`]. Headings, lists, rules, tables and
//! block quotes are read here, line by line; marks inside a line in `inline.rs`. Soft-wrapped source lines stay lines:
//! joining them is the extraction's business, because converters put one visual line on each.

mod inline;
mod table;

use super::cells;
use super::collector::Collector;
use super::rich::Rich;
use super::text;
use crate::model::{Format, Line, Style, TextDoc, Warning};
use inline::Inline;
use memchr::memmem;

/// Longest line that an underline of dashes turns into a heading.
const MAX_HEADING_CHARS: usize = 60;

/// Reads Markdown. `warnings` are those of decoding.
pub(super) fn read(source: &str, warnings: Vec<Warning>) -> TextDoc {
    let mut out = Collector::of_text(source.len(), warnings);
    let mut inline = Inline::new(source);
    let mut rest = text::lines(source).enumerate().peekable();
    while let Some((index, line)) = rest.next() {
        if out.is_full() {
            break;
        }
        let next = rest.peek().map_or("", |(_, next)| *next);
        let model = Line { number: index as u32 + 1, page: 1, ..Line::default() };
        read_line(line, next, model, &mut inline, &mut out);
    }
    out.finish(Format::Markdown, 1, None)
}

/// True for text that uses Markdown's marks: a résumé converted from PDF often carries the name `.txt`.
pub(super) fn looks_like(source: &str) -> bool {
    if !may_mark(source.as_bytes()) {
        return false;
    }
    let (mut headings, mut bold) = (0, 0);
    for line in text::lines(source).take(400) {
        let start = line.trim_start();
        let hashes = start.len() - start.trim_start_matches('#').len();
        headings += usize::from((1..=6).contains(&hashes) && start[hashes..].starts_with(' '));
        // One `# comment` or one `**` may stand in any text; a link in brackets and parentheses does not.
        if headings >= 2 {
            return true;
        }
        let marked = line.bytes().any(|byte| matches!(byte, b'*' | b'['));
        if !marked {
            continue;
        }
        bold +=
            usize::from(memmem::find_iter(line.as_bytes(), b"**").take(2).count() == 2 && !start.starts_with("***"));
        if line.contains("](") && line.contains('[') || bold >= 2 {
            return true;
        }
    }
    headings >= 1 && bold >= 1
}

/// `# `, `**` or `](` stands somewhere. All bytes are looked at without a branch, which the compiler does for many of them at a time.
fn may_mark(bytes: &[u8]) -> bool {
    let is_mark = |byte: u8, next: u8| {
        (byte == b'#') & (next == b' ') | (byte == b'*') & (next == b'*') | (byte == b']') & (next == b'(')
    };
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    pairs.fold(false, |found, (byte, next)| found | is_mark(*byte, *next))
}

fn read_line(source: &str, next: &str, model: Line, inline: &mut Inline, out: &mut Collector) {
    let quoted = source.trim_start().trim_start_matches(['>']);
    let source = if source.trim_start().starts_with('>') { quoted } else { source };
    let content = source.trim();
    if content.is_empty() {
        return out.blank();
    }
    if inline.is_definition(content) || content.starts_with("```") || content.starts_with("~~~") {
        return;
    }
    if let Some(sign) = rule_sign(content) {
        return read_rule(sign, out);
    }
    if table::is_separator(content) {
        return;
    }
    let indent = indent_of(source);
    let (heading, body) = heading(content);
    let (bullet, body) = list_item(body, heading > 0);
    let is_row = table::is_row(body) || (body.contains('|') && table::is_separator(next.trim()));
    let style = Style { heading, bullet, indent, table_row: is_row, ..Style::default() };
    let model = Line { style, ..model };
    let short = if !is_row && inline.is_plain(body) { out.clean_text(body.trim_end(), model) } else { Some(model) };
    let Some(model) = short else { return };
    if is_row && split_breaks(body).len() > 1 {
        return read_layout(body, &model, inline, out);
    }
    let mut rich = Rich::default();
    if is_row {
        for (index, cell) in table::cells(body).into_iter().enumerate() {
            if index > 0 {
                rich.tab();
            }
            inline.push(&cell, &mut rich);
        }
    } else {
        for piece in split_breaks(body) {
            if !rich.is_blank() {
                out.line(&mut rich, model.clone());
            }
            inline.push(&text::with_tabs(piece), &mut rich);
        }
    }
    out.line(&mut rich, model);
}

/// A row of cells with several lines each (`| 2019 –<br>2021 | **Cook**<br>Blue Fish Inn |`): laid out like a row of a word processor.
fn read_layout(body: &str, model: &Line, inline: &mut Inline, out: &mut Collector) {
    let model = Line { style: Style { table_row: false, ..model.style }, ..model.clone() };
    let mut cells = Vec::new();
    for cell in table::cells(body) {
        let (mut lines, mut rich) = (Vec::new(), Rich::default());
        for piece in split_breaks(&cell) {
            inline.push(piece, &mut rich);
            rich.finish(&model, &mut lines);
        }
        cells.push(lines);
    }
    cells::row(cells).into_iter().for_each(|line| out.clean_line(line));
}

/// `---`, `***`, `___`, `===` with or without blanks: the sign, when the line holds nothing else.
fn rule_sign(content: &str) -> Option<char> {
    let mut signs = content.chars().filter(|ch| !ch.is_whitespace());
    let first = signs.next().filter(|ch| "-*_=".contains(*ch))?;
    (signs.clone().all(|ch| ch == first) && signs.count() >= 2).then_some(first)
}

/// `===` or `---` right under a short line makes it a heading (setext); a rule stands before the next line anyway.
fn read_rule(sign: char, out: &mut Collector) {
    let underlines = matches!(sign, '=' | '-') && !out.is_broken();
    if underlines
        && let Some(above) = out.last_mut()
        && above.style.heading == 0
        && !above.style.bullet
        && above.text.chars().count() <= MAX_HEADING_CHARS
    {
        above.style.heading = if sign == '=' { 1 } else { 2 };
    }
    out.rule();
}

/// Columns before the text in steps of two, the usual nesting.
fn indent_of(source: &str) -> u8 {
    let lead = source.len() - source.trim_start().len();
    let columns: usize = source[..lead].chars().map(|ch| if ch == '\t' { 4 } else { 1 }).sum();
    (columns / 2).min(15) as u8
}

/// `## Title ##` → level 2 and `Title`. `##Title` counts too, `#1 in sales` and `#hashtag` do not.
fn heading(content: &str) -> (u8, &str) {
    let hashes = content.len() - content.trim_start_matches('#').len();
    let body = &content[hashes..];
    let glued = hashes >= 2 && body.chars().next().is_some_and(|ch| ch.is_alphabetic() || ch == '*');
    if !(1..=6).contains(&hashes) || !(body.starts_with([' ', '\t']) || glued) {
        return (0, content);
    }
    let body = body.trim();
    let closed = body.trim_end_matches('#');
    // "# Senior C#": the sign belongs to the word.
    let body = if closed.ends_with(' ') { closed.trim_end() } else { body };
    (hashes as u8, body)
}

/// `- text`, `* text`, `+ text`, `3. text`, `- [x] text` → an item and its text. `in_heading`: numbers stay.
fn list_item(content: &str, in_heading: bool) -> (bool, &str) {
    if let Some(body) = content.strip_prefix(['-', '*', '+'])
        && body.starts_with([' ', '\t'])
    {
        let body = body.trim_start();
        let unchecked = ["[ ] ", "[x] ", "[X] "].iter().find_map(|check| body.strip_prefix(check));
        return (true, unchecked.unwrap_or(body));
    }
    let digits = content.len() - content.trim_start_matches(|ch: char| ch.is_ascii_digit()).len();
    if (1..=2).contains(&digits)
        && !in_heading
        && let Some(body) = content[digits..].strip_prefix(['.', ')'])
        && body.starts_with([' ', '\t'])
    {
        return (true, body.trim_start());
    }
    (false, content)
}

/// The pieces between `<br>` tags (`<br/>`, `<BR />`).
fn split_breaks(body: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some(at) = body[from..].find('<').map(|at| at + from) {
        let window = &body.as_bytes()[at..body.len().min(at + 7)];
        let end = window.iter().position(|byte| *byte == b'>');
        from = at + 1;
        if let Some(end) = end
            && window.len() > 3
            && window[1..3].eq_ignore_ascii_case(b"br")
        {
            pieces.push(&body[start..at]);
            start = at + end + 1;
            from = start;
        }
    }
    pieces.push(&body[start..]);
    pieces
}

#[cfg(test)]
mod tests;
