//! HTML tags and text → lines. A stack of open elements carries bold, links, lists and hiddenness down to the text; end
//! tags in the wrong order close what they can. Does not know encodings.

use super::super::cells;
use super::super::collector::Collector;
use super::super::limits::MAX_DEPTH;
use super::super::rich::{Mark, Rich};
use super::elements::{Meaning, closes_itself, is_boundary, meaning};
use crate::model::{Line, Style};
use html5gum::StartTag;

/// An open element.
struct Open {
    name: String,
    meaning: Meaning,
    /// Hidden by itself or by an element around it.
    hidden: bool,
    link: Option<String>,
}

/// A table being read: the cells of the open row, and the rows done.
#[derive(Default)]
struct Table {
    row: Vec<Vec<Line>>,
    lines: Vec<Line>,
}

/// The state between tokens.
#[derive(Default)]
pub(super) struct Walker {
    stack: Vec<Open>,
    /// Elements opened beyond the depth limit and not on the stack.
    beyond: usize,
    rich: Rich,
    bullet: bool,
    gap: bool,
    rule: bool,
    tables: Vec<Table>,
    /// The last tag was the end of a span: a span right behind it is another word (flex rows have no blanks).
    after_span: bool,
    /// The link of the line in progress: its address and number.
    link: Option<(String, u32)>,
}

impl Walker {
    /// A start tag.
    pub fn open(&mut self, tag: &StartTag<()>, out: &mut Collector) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let meaning = meaning(&name);
        if closes_itself(&name) {
            self.close_implied(&name, out);
        }
        match meaning {
            Meaning::Break => return self.end_line(out),
            Meaning::Rule => {
                self.end_line(out);
                self.rule = true;
                return;
            }
            Meaning::Void => return,
            Meaning::Inline if name == "span" && self.after_span => self.rich.push(" ", Mark::default()),
            Meaning::Bold | Meaning::Italic | Meaning::Link | Meaning::Inline | Meaning::Skip => {}
            _ => self.begin_block(meaning, out),
        }
        self.after_span = false;
        if tag.self_closing && meaning == Meaning::Skip {
            return;
        }
        if self.stack.len() >= MAX_DEPTH {
            self.beyond += 1;
            return;
        }
        let attribute =
            |key: &str| tag.attributes.get(key.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned());
        let hidden = self.stack.last().is_some_and(|open| open.hidden)
            || attribute("hidden").is_some()
            || attribute("style").is_some_and(|style| hides(&style));
        let link = if meaning == Meaning::Link { attribute("href") } else { None };
        self.stack.push(Open { name, meaning, hidden, link });
    }

    /// An end tag.
    pub fn close(&mut self, name: &str, out: &mut Collector) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let Some(at) = self.stack.iter().rposition(|open| open.name == name) else {
            // "</p>" without a start is a line end all the same.
            if matches!(meaning(name), Meaning::Paragraph | Meaning::Break) {
                self.end_line(out);
            }
            return;
        };
        if matches!(self.stack[at].meaning, Meaning::Bold | Meaning::Italic | Meaning::Link | Meaning::Inline) {
            // "<b><p>a</b>b</p>": the block goes on without the bold.
            self.stack.remove(at);
        }
        while self.stack.len() > at && is_block(name) {
            self.pop(out);
        }
        self.after_span = name == "span";
    }

    /// Text between tags.
    pub fn text(&mut self, text: &str, out: &mut Collector) {
        if self.stack.iter().any(|open| open.meaning == Meaning::Skip) {
            return;
        }
        self.after_span = false;
        let link = self.link_number();
        let has = |wanted: Meaning| self.stack.iter().any(|open| open.meaning == wanted);
        let heading = self.stack.iter().any(|open| matches!(open.meaning, Meaning::Heading(_)));
        let mark = Mark {
            bold: has(Meaning::Bold) || heading,
            italic: has(Meaning::Italic),
            hidden: self.stack.last().is_some_and(|open| open.hidden),
            link,
        };
        if has(Meaning::Preformatted) {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.end_line(out);
                }
                self.rich.push(line, mark);
            }
        } else {
            // A tab in HTML source is a blank.
            self.rich.push(&text.replace('\t', " "), mark);
        }
    }

    /// Closes everything that is still open.
    pub fn finish(mut self, out: &mut Collector) {
        while !self.stack.is_empty() {
            self.pop(out);
        }
        self.end_line(out);
        while !self.tables.is_empty() {
            self.end_table(out);
        }
    }

    fn begin_block(&mut self, meaning: Meaning, out: &mut Collector) {
        self.end_line(out);
        match meaning {
            Meaning::Paragraph | Meaning::Heading(_) | Meaning::Table => self.gap = true,
            Meaning::List => self.gap |= !self.stack.iter().any(|open| open.meaning == Meaning::List),
            Meaning::Item => self.bullet = true,
            _ => {}
        }
        match meaning {
            Meaning::Table if self.tables.len() < MAX_DEPTH => self.tables.push(Table::default()),
            Meaning::Cell => self.tables.last_mut().into_iter().for_each(|table| table.row.push(Vec::new())),
            _ => {}
        }
    }

    /// Ends an open element of the same kind whose end tag is missing.
    fn close_implied(&mut self, name: &str, out: &mut Collector) {
        let same =
            |open: &Open| open.name == name || (matches!(name, "td" | "th") && matches!(&*open.name, "td" | "th"));
        let found = self.stack.iter().rposition(|open| same(open) || is_boundary(&open.name));
        if let Some(at) = found.filter(|at| same(&self.stack[*at])) {
            while self.stack.len() > at {
                self.pop(out);
            }
        }
    }

    fn pop(&mut self, out: &mut Collector) {
        let Some(open) = self.stack.pop() else { return };
        match open.meaning {
            Meaning::Bold | Meaning::Italic | Meaning::Link | Meaning::Inline | Meaning::Skip => return,
            Meaning::Heading(level) => self.end_line_as(level, out),
            _ => self.end_line(out),
        }
        match open.meaning {
            Meaning::Paragraph | Meaning::Heading(_) => self.gap = true,
            Meaning::Item => self.bullet = false,
            Meaning::Row => self.end_row(),
            Meaning::Table => self.end_table(out),
            _ => {}
        }
    }

    fn end_line(&mut self, out: &mut Collector) {
        let level = self.stack.iter().rev().find_map(|open| match open.meaning {
            Meaning::Heading(level) => Some(level),
            _ => None,
        });
        self.end_line_as(level.unwrap_or(0), out);
    }

    fn end_line_as(&mut self, heading: u8, out: &mut Collector) {
        self.link = None;
        if self.rich.is_blank() {
            self.rich = Rich::default();
            return;
        }
        let depth = self.stack.iter().filter(|open| open.meaning == Meaning::List).count();
        let style = Style {
            heading,
            bullet: self.bullet && heading == 0,
            indent: depth.saturating_sub(1).min(15) as u8,
            ..Style::default()
        };
        let model = Line { style, blank_before: self.gap, rule_before: self.rule, ..Line::default() };
        let mut lines = Vec::new();
        std::mem::take(&mut self.rich).finish(&model, &mut lines);
        (self.bullet, self.gap, self.rule) = (false, false, false);
        self.give(lines, out);
    }

    fn end_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            let row = cells::row(std::mem::take(&mut table.row));
            table.lines.extend(row);
        }
    }

    fn end_table(&mut self, out: &mut Collector) {
        self.end_row();
        if let Some(table) = self.tables.pop() {
            self.give(table.lines, out);
            self.gap = true;
        }
    }

    /// Hands lines to the innermost open cell, else to the document.
    fn give(&mut self, lines: Vec<Line>, out: &mut Collector) {
        match self.tables.last_mut() {
            Some(table) => match table.row.last_mut() {
                Some(cell) => cell.extend(lines),
                None => table.lines.extend(lines),
            },
            None => lines.into_iter().for_each(|line| out.clean_line(line)),
        }
    }

    /// The number of the innermost open link in the line in progress, 0 outside links.
    fn link_number(&mut self) -> u32 {
        let Some(url) = self.stack.iter().rev().find_map(|open| open.link.clone()) else {
            self.link = None;
            return 0;
        };
        match &self.link {
            Some((known, number)) if *known == url => *number,
            _ => {
                let number = self.rich.link(&url);
                self.link = Some((url, number));
                number
            }
        }
    }
}

/// Anything that is not part of a line.
fn is_block(name: &str) -> bool {
    !matches!(meaning(name), Meaning::Bold | Meaning::Italic | Meaning::Link | Meaning::Inline)
}

/// `display:none`, `visibility: hidden`, `font-size:0`; type of one point is not meant to be read either.
fn hides(style: &str) -> bool {
    let style: String = style.chars().filter(|ch| !ch.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let style = style + ";";
    ["display:none", "visibility:hidden", "font-size:0;", "font-size:0p", "font-size:1p", "opacity:0;"]
        .iter()
        .any(|rule| style.contains(rule))
}
