//! Decoded plain text → [`TextDoc`]: one line each, indents, bullets, form feeds, underlines. Does not decode bytes
//! (`encoding.rs`) and does not read markup (`markdown.rs`).

use super::collector::Collector;
use super::limits::MAX_TEXT_BYTES;
use super::rich::{Mark, Rich};
use super::side_columns;
use crate::model::{Format, Line, Style, TextDoc, Warning};
use memchr::memmem::Finder;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Blanks in a row that stand for a tab: two follow a full stop in typewritten text, three never do.
static TABS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("   "));

/// Longest underlined line that is a heading.
const MAX_HEADING_CHARS: usize = 60;

/// Begins a page.
const FORM_FEED: u8 = 0x0c;

/// Reads plain text. `warnings` are those of decoding.
pub(super) fn read(text: &str, warnings: Vec<Warning>) -> TextDoc {
    let mut out = Collector::of_text(text.len(), warnings);
    let mut page = 1;
    let has_pages = memchr::memchr(FORM_FEED, text.as_bytes()).is_some();
    let mut ordered = side_columns::in_order(text, lines(text)).map(Vec::into_iter);
    let mut plain = lines(text).enumerate();
    while let Some((index, line)) = ordered.as_mut().map_or_else(|| plain.next(), Iterator::next) {
        if out.is_full() {
            break;
        }
        let mut model = Line { number: index as u32 + 1, page, ..Line::default() };
        if !has_pages {
            read_line(line, model, &mut out);
            continue;
        }
        for (part, piece) in line.split(char::from(FORM_FEED)).enumerate() {
            if part > 0 {
                page += 1;
                out.blank();
            }
            model.page = page;
            read_line(piece, model.clone(), &mut out);
        }
    }
    out.finish(Format::Text, page, None)
}

/// Splits at every kind of line end: `\n`, `\r\n`, `\r`, vertical tab, NEL, U+2028, U+2029. A line longer than the
/// text limit is cut there.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    let is_plain = !has_rare_ends(text.as_bytes());
    std::iter::from_fn(move || {
        let current = rest?;
        let end = if is_plain { memchr::memchr(b'\n', current.as_bytes()) } else { line_end(current) };
        let Some(end) = end else {
            rest = None;
            return Some(cut(current));
        };
        let sign = match current.as_bytes()[end] {
            b'\r' if current[end..].starts_with("\r\n") => 2,
            byte if byte.is_ascii() => 1,
            _ => current[end..].chars().next()?.len_utf8(),
        };
        rest = Some(&current[end + sign..]);
        Some(cut(&current[..end]))
    })
}

/// There may be other line ends than `\n`. All bytes are looked at without a branch, which the compiler does for many of them at a time.
fn has_rare_ends(bytes: &[u8]) -> bool {
    let is_first = |byte: u8| (byte == b'\r') | (byte == 0x0b);
    // NEL, U+2028 and U+2029.
    let is_pair = |byte: u8, next: u8| (byte == 0xc2) & (next == 0x85) | (byte == 0x80) & (next & !1 == 0xa8);
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let found = pairs.fold(false, |found, (byte, next)| found | is_first(*byte) | is_pair(*byte, *next));
    found || bytes.last().is_some_and(|last| is_first(*last))
}

/// First byte of the first line end.
fn line_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let short = memchr::memchr3(b'\n', b'\r', 0x0b, bytes);
    // NEL, U+2028 and U+2029 begin with bytes that other characters begin with, too.
    let mut from = 0;
    let end = short.unwrap_or(bytes.len());
    while let Some(at) = memchr::memchr2(0xc2, 0xe2, &bytes[from..end]) {
        let at = from + at;
        if text[at..].starts_with(['\u{85}', '\u{2028}', '\u{2029}']) {
            return Some(at);
        }
        from = at + 1;
    }
    short
}

fn cut(line: &str) -> &str {
    &line[..line.floor_char_boundary(MAX_TEXT_BYTES)]
}

fn read_line(source: &str, model: Line, out: &mut Collector) {
    let content = source.trim();
    if content.is_empty() {
        return out.blank();
    }
    if is_rule(content) {
        return read_rule(content, out);
    }
    let lead = &source[..content.as_ptr() as usize - source.as_ptr() as usize];
    let indent = lead.chars().map(|ch| if ch == '\t' { 4 } else { 1 }).sum::<usize>().div_ceil(4).min(15) as u8;
    let model = Line { style: Style { indent, ..Style::default() }, ..model };
    let Some(model) = out.clean_text(content, model) else { return };
    let content = with_tabs(content);
    let Some(model) = out.clean_text(&content, model) else { return };
    let mut rich = Rich::default();
    rich.push(&content, Mark::default());
    out.line(&mut rich, model);
}

/// Runs of blanks become tabs. Letter-spaced headings (`W O R K   L I F E`) keep their blanks until `spaced.rs` has read them.
pub(super) fn with_tabs(content: &str) -> Cow<'_, str> {
    let Some(first) = TABS.find(content.as_bytes()) else { return Cow::Borrowed(content) };
    if content.split_whitespace().take(4).all(|word| word.chars().count() == 1) {
        return Cow::Borrowed(content);
    }
    let mut tabbed = content[..first].to_owned();
    let mut rest = content[first..].trim_start();
    while let Some(at) = TABS.find(rest.as_bytes()) {
        tabbed.push('\t');
        tabbed.push_str(&rest[..at]);
        rest = rest[at..].trim_start();
    }
    tabbed.push('\t');
    tabbed.push_str(rest);
    Cow::Owned(tabbed)
}

/// `-----`, `=====`, `* * *`: at least three of one sign, nothing else.
fn is_rule(content: &str) -> bool {
    let mut signs = content.chars().filter(|ch| *ch != ' ');
    let Some(first) = signs.next().filter(|first| !first.is_ascii_alphanumeric()) else { return false };
    "-=_~*#–—─━═.+‾¯".contains(first) && signs.clone().all(|ch| ch == first) && signs.count() >= 2
}

/// A rule right under a short line underlines it: that line is a heading. Otherwise it stands before the next line.
fn read_rule(content: &str, out: &mut Collector) {
    let underlines = !out.is_broken();
    if underlines
        && let Some(above) = out.last_mut()
        && !above.style.bullet
        && above.text.chars().count() <= MAX_HEADING_CHARS
    {
        above.style.heading = if content.starts_with('=') { 1 } else { 2 };
    }
    out.rule();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&str]) -> Vec<Line> {
        let lines = read(source, Vec::new()).lines;
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, expected, "{source:?}");
        lines
    }

    #[test]
    fn every_line_end_and_wide_gaps() {
        check("a\r\nb\rc\u{2028}d", &["a", "b", "c", "d"]);
        for end in ["\n", "\r\n", "\r", "\u{b}", "\u{85}", "\u{2028}", "\u{2029}"] {
            check(&format!("a – é{end}ab{end}"), &["a – é", "ab"]);
            check(&format!("one line\nanother{end}"), &["one line", "another"]);
        }
        check("x\u{128}\ny\u{2026}", &["x\u{128}", "y\u{2026}"]);
        check("Acme Ltd      2019 - 2021", &["Acme Ltd\t2019 - 2021"]);
        check("Acme\t\t2019", &["Acme\t2019"]);
        check("Done.  Next.", &["Done. Next."]);
    }

    #[test]
    fn blank_lines_and_form_feeds_are_gaps() {
        let lines = check("a\n\n\nb\n\u{c}c", &["a", "b", "c"]);
        assert_eq!(lines.iter().map(|line| line.blank_before).collect::<Vec<_>>(), [false, true, true]);
        assert_eq!((lines[1].page, lines[2].page, lines[2].number), (1, 2, 5));
    }

    #[test]
    fn underlines_make_headings_and_rules() {
        let lines = check("Work\n=====\nAcme\n\n-----\nBeta", &["Work", "Acme", "Beta"]);
        assert_eq!((lines[0].style.heading, lines[1].rule_before), (1, true));
        assert_eq!((lines[1].style.heading, lines[2].rule_before), (0, true));
    }

    #[test]
    fn bullets_and_indents() {
        let lines = check("* one\n  - two\no Three", &["one", "two", "Three"]);
        assert!(lines.iter().all(|line| line.style.bullet));
        assert_eq!(lines[1].style.indent, 1);
    }

    #[test]
    fn letter_spaced_headings_join() {
        check("W O R K   L I F E", &["WORK LIFE"]);
        check("E D U C A T I O N", &["EDUCATION"]);
    }

    #[test]
    fn a_line_of_300_000_characters_is_read() {
        assert_eq!(read(&"ab ".repeat(100_000), Vec::new()).lines.len(), 1);
    }
}
