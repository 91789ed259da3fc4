//! Finished [`Rich`] lines in → a [`TextDoc`] out. Keeps the limits, remembers blank lines and rules until the next
//! line with text. Does not clean text (`rich.rs`) and does not know formats.

use super::clean;
use super::limits::{MAX_LINES, MAX_TEXT_BYTES};
use super::rich::Rich;
use crate::model::{Format, Line, TextDoc, Warning};

/// The lines of one file so far.
#[derive(Debug, Default)]
pub(super) struct Collector {
    lines: Vec<Line>,
    warnings: Vec<Warning>,
    bytes: usize,
    blank: bool,
    rule: bool,
    full: bool,
}

/// Bytes of a source for each line that room is made for at the start, and most such lines.
const LINE_BYTES: usize = 48;
const MOST_AT_ONCE: usize = 1 << 10;

impl Collector {
    /// No lines yet of a source of so many bytes.
    pub fn of_text(bytes: usize, warnings: Vec<Warning>) -> Collector {
        let lines = Vec::with_capacity((bytes / LINE_BYTES).min(MOST_AT_ONCE));
        Collector { lines, warnings, ..Collector::default() }
    }

    /// A blank line, paragraph gap or page break stands here.
    pub fn blank(&mut self) {
        self.blank = true;
    }

    /// A horizontal rule stands here.
    pub fn rule(&mut self) {
        self.rule = true;
    }

    /// Notes something odd, once.
    pub fn warn(&mut self, message: &str) {
        self.note(message, false);
    }

    /// Notes that words of the file are lost, once.
    pub fn lose(&mut self, message: &str) {
        self.note(message, true);
    }

    fn note(&mut self, message: &str, is_loss: bool) {
        if !self.warnings.iter().any(|warning| warning.message == message) {
            self.warnings.push(Warning { message: message.to_owned(), is_loss });
        }
    }

    /// Notes what an earlier step found odd.
    pub fn warn_all(&mut self, warnings: Vec<Warning>) {
        self.warnings.extend(warnings);
    }

    /// True when a limit was crossed: nothing more will be kept.
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// Lines so far.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// All lines so far, to be flagged by what is known at the end.
    pub fn lines_mut(&mut self) -> &mut Vec<Line> {
        &mut self.lines
    }

    /// The last line, to be changed by what follows it (an underline makes it a heading).
    pub fn last_mut(&mut self) -> Option<&mut Line> {
        self.lines.last_mut()
    }

    /// True when a blank line or rule was seen since the last line.
    pub fn is_broken(&self) -> bool {
        self.blank || self.rule
    }

    /// Cleans and adds a line made of `rich`, looking like `model`. Nothing is added for blank text.
    pub fn line(&mut self, rich: &mut Rich, model: Line) {
        let first = self.lines.len();
        rich.finish(&model, &mut self.lines);
        self.settle(first);
    }

    /// Adds an unmarked source line that looks like `model` as it stands, if [`Rich`] would leave it so but for a list sign; if not, gives `model`
    /// back.
    pub fn clean_text(&mut self, content: &str, model: Line) -> Option<Line> {
        let Some((text, is_item)) = clean::line(content) else { return Some(model) };
        let mut line = Line { text: text.to_owned(), ..model };
        line.style.bullet |= is_item;
        self.clean_line(line);
        None
    }

    /// Adds a line that is clean already.
    pub fn clean_line(&mut self, line: Line) {
        let first = self.lines.len();
        self.lines.push(line);
        self.settle(first);
    }

    /// Puts what was pending onto the lines added from `first` on, and keeps the limits.
    fn settle(&mut self, first: usize) {
        if self.full {
            self.lines.truncate(first);
            return;
        }
        let Some(line) = self.lines.get_mut(first) else { return };
        line.blank_before = first > 0 && (line.blank_before || self.blank);
        line.rule_before |= self.rule;
        (self.blank, self.rule) = (false, false);
        for hidden in &mut self.lines[first + 1..] {
            (hidden.blank_before, hidden.rule_before) = (false, false);
        }
        self.bytes += self.lines[first..].iter().map(|line| line.text.len() + 1).sum::<usize>();
        if self.bytes > MAX_TEXT_BYTES {
            self.full = true;
            self.lose(&format!("text cut at {MAX_TEXT_BYTES} bytes"));
        } else if self.lines.len() > MAX_LINES {
            self.full = true;
            self.lose(&format!("text cut at {MAX_LINES} lines"));
        }
    }

    /// The document. Lines without a number of their own get a running one.
    pub fn finish(mut self, format: Format, pages: u32, modified: Option<String>) -> TextDoc {
        for (index, line) in self.lines.iter_mut().enumerate() {
            if line.number == 0 {
                line.number = index as u32 + 1;
            }
            line.page = line.page.max(1);
        }
        TextDoc { format, lines: self.lines, pages: pages.max(1), modified, warnings: self.warnings }
    }
}
