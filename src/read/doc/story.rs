//! A range of a Word document's characters → paragraphs and tables of a `Flow`. Knows what the control characters mean
//! ([MS-DOC] 2.4.1): cell and paragraph marks, breaks, fields. Does not know where looks come from.

use super::super::character_look::{CharacterLook, TINY_PT};
use super::super::flow::{Flow, Look};
use super::super::rich::Mark;
use super::looks::Looks;
use super::pieces::Text;
use super::sprms::Paragraph;
use std::ops::Range;

const CELL: u16 = 0x07;
const LINE_BREAK: u16 = 0x0b;
const PAGE_BREAK: u16 = 0x0c;
const PARAGRAPH: u16 = 0x0d;
const COLUMN_BREAK: u16 = 0x0e;
const FIELD_BEGIN: u16 = 0x13;
const FIELD_SEPARATOR: u16 = 0x14;
const FIELD_END: u16 = 0x15;
const HARD_HYPHEN: u16 = 0x1e;

/// A field between its marks.
#[derive(Default)]
struct Field {
    instruction: Vec<u16>,
    /// The result is being read.
    shown: bool,
}

/// Writes one story.
pub(super) struct Story<'a, 'b, 'c> {
    text: &'a Text,
    looks: &'a Looks<'a>,
    flow: &'b mut Flow<'c>,
    fields: Vec<Field>,
    drawings: bool,
    link: u32,
    table_open: bool,
    cell_open: bool,
}

impl<'a, 'b, 'c> Story<'a, 'b, 'c> {
    /// A writer into `flow`.
    pub fn new(text: &'a Text, looks: &'a Looks<'a>, flow: &'b mut Flow<'c>) -> Story<'a, 'b, 'c> {
        let drawings = text.has_drawings();
        Story { text, looks, flow, fields: Vec::new(), drawings, link: 0, table_open: false, cell_open: false }
    }

    /// Writes the characters of `range`.
    pub fn write(mut self, range: Range<usize>) {
        let mut start = range.start;
        while start < range.end && !self.flow.is_full() {
            let units = self.text.units(start..range.end);
            let length = units.iter().position(|unit| matches!(*unit, CELL | PARAGRAPH | PAGE_BREAK));
            let mark = start + length.unwrap_or(units.len() - 1);
            self.paragraph(start, mark);
            start = mark + 1;
        }
    }

    /// The characters from `start` to the mark at `mark`.
    fn paragraph(&mut self, start: usize, mark: usize) {
        let (paragraph, base) = self.looks.paragraph(self.text.place(mark));
        let unit = self.text.unit(mark);
        let is_mark = matches!(unit, CELL | PARAGRAPH | PAGE_BREAK);
        if unit == CELL && paragraph.ends_row {
            self.flow.end_row();
            self.cell_open = false;
            return;
        }
        self.enter_table(paragraph.in_table || unit == CELL);
        self.flow.need_paragraph();
        self.flow.look(look_of(&paragraph));
        let end = if is_mark { mark } else { mark + 1 };
        self.runs(start..end, &paragraph, base);
        // A field never runs on from an unfinished instruction: what follows is text.
        self.fields.retain(|field| field.shown);
        if paragraph.ends_inner_cell {
            self.flow.tab();
            return;
        }
        self.flow.end_paragraph();
        self.cell_open &= unit != CELL;
        if unit == PAGE_BREAK {
            self.flow.gap();
        }
    }

    fn enter_table(&mut self, inside: bool) {
        if inside && !self.table_open {
            self.flow.begin_table();
        } else if !inside && self.table_open {
            self.flow.end_table();
            self.cell_open = false;
        }
        self.table_open = inside;
        if inside && !self.cell_open {
            self.flow.begin_cell();
            self.cell_open = true;
        }
    }

    fn runs(&mut self, range: Range<usize>, paragraph: &Paragraph, base: CharacterLook) {
        let mut start = range.start;
        while start < range.end {
            let place = self.text.place(start);
            let (run, look_end) = self.looks.run(place, base);
            let mut end = start + 1;
            // Pieces may jump back and forth in the file: a stretch lasts while places ascend within the look.
            while end < range.end && (place..look_end).contains(&self.text.place(end)) {
                end += 1;
            }
            if run.deleted != Some(true) {
                self.run(start..end, &run, paragraph);
            }
            start = end;
        }
    }

    fn run(&mut self, range: Range<usize>, run: &CharacterLook, paragraph: &Paragraph) {
        let size = run.size_pt.unwrap_or(0.0);
        let mut mark = run.mark(!paragraph.shaded && !self.drawings && self.flow.is_plain(), 0);
        mark.hidden |= size > 0.0 && size < TINY_PT;
        let text = self.text;
        let mut rest = text.units(range);
        while let Some(at) = rest.iter().position(|unit| *unit < 0x20) {
            self.plain(&rest[..at], mark, size);
            self.control(rest[at], mark, size);
            rest = &rest[at + 1..];
        }
        self.plain(rest, mark, size);
    }

    fn plain(&mut self, units: &[u16], mark: Mark, size: f32) {
        if units.is_empty() {
            return;
        }
        match self.fields.last_mut() {
            Some(field) if !field.shown => field.instruction.extend(units),
            _ => self.flow.text(&String::from_utf16_lossy(units), Mark { link: self.link, ..mark }, size),
        }
    }

    fn control(&mut self, unit: u16, mark: Mark, size: f32) {
        match unit {
            FIELD_BEGIN => self.fields.push(Field::default()),
            FIELD_SEPARATOR => {
                let Some(field) = self.fields.last_mut() else { return };
                field.shown = true;
                if let Some(url) = target(&String::from_utf16_lossy(&field.instruction)) {
                    self.link = self.flow.link(&url);
                }
            }
            FIELD_END => {
                self.fields.pop();
                self.link = 0;
            }
            _ if self.fields.last().is_some_and(|field| !field.shown) => {}
            0x09 => self.flow.tab(),
            LINE_BREAK | COLUMN_BREAK => self.flow.end_line(),
            HARD_HYPHEN => self.plain(&[u16::from(b'-')], mark, size),
            // Pictures, notes' marks, soft hyphens.
            _ => {}
        }
    }
}

/// The address in `HYPERLINK "mailto:ada@example.com"`.
fn target(instruction: &str) -> Option<String> {
    let rest = instruction.trim_start().strip_prefix("HYPERLINK")?.trim_start();
    let url = rest.strip_prefix('"')?.split('"').next()?;
    (!url.is_empty()).then(|| url.to_owned())
}

fn look_of(paragraph: &Paragraph) -> Look {
    Look {
        heading: paragraph.heading.unwrap_or(0),
        list: paragraph.list.unwrap_or(false).then(|| paragraph.level.unwrap_or(0)),
        left_pt: paragraph.left_pt.unwrap_or(0.0),
        before_pt: paragraph.before_pt.unwrap_or(0.0),
        after_pt: paragraph.after_pt.unwrap_or(0.0),
        rule_above: paragraph.rule_above,
        rule_below: paragraph.rule_below,
        page_break: paragraph.page_break,
    }
}
