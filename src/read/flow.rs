//! Paragraphs, tables and text boxes as they open and close → lines in reading order. Shared by the office formats (DOCX,
//! ODT, RTF, DOC), which differ only in how they say it. A paragraph inside a paragraph is a text box: its lines stand
//! behind the paragraph it hangs on. Does not know any file format and never fails: what is left open is text too.

use super::cells;
use super::collector::Collector;
use super::floating::{self, Area};
use super::limits::MAX_DEPTH;
use super::rich::{Mark, Rich};
use crate::model::{Line, Style};

/// Space around a paragraph beyond the document's usual one, in points, that shows as a gap.
const GAP_PT: f32 = 5.0;

/// Height of an empty paragraph of unknown size, in points: 11 points with Word's line spacing.
const EMPTY_LINE_PT: f32 = 15.0;

/// Lines from which a cell that spans rows is a column of the page; labels and dates beside several rows have fewer.
const MIN_COLUMN_LINES: usize = 6;

/// How a paragraph looks.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Look {
    /// Heading level 1–6, 0 for none.
    pub heading: u8,
    /// Nesting of the list item it is.
    pub list: Option<u8>,
    pub left_pt: f32,
    pub before_pt: f32,
    pub after_pt: f32,
    pub rule_above: bool,
    pub rule_below: bool,
    pub page_break: bool,
}

/// Something that is open.
enum Level {
    Paragraph(Box<Paragraph>),
    Table(Table),
    Box(TextBox),
}

/// A text box: its lines, and where it floats when it does.
#[derive(Default)]
struct TextBox {
    area: Option<Area>,
    lines: Vec<Line>,
}

#[derive(Default)]
struct Paragraph {
    rich: Rich,
    lines: Vec<Line>,
    /// Text boxes that hang on it.
    boxes: Vec<TextBox>,
    look: Look,
    size_pt: f32,
    /// A page ends in it.
    page_break: bool,
}

#[derive(Default)]
struct Table {
    /// Cells of the row being read.
    row: Vec<Vec<Line>>,
    /// The cell being read spans the rows below.
    spans: bool,
    lines: Vec<Line>,
    /// Columns beside all rows: left of them, right of them.
    columns: [Vec<Vec<Line>>; 2],
}

impl Table {
    /// Ends the cell being read: a long one that spans rows is a column of its own.
    fn end_cell(&mut self) {
        if std::mem::take(&mut self.spans)
            && let Some(cell) = self.row.pop_if(|cell| cell.len() >= MIN_COLUMN_LINES)
        {
            self.columns[usize::from(!self.row.is_empty())].push(cell);
        }
    }

    /// Its lines: the rows as one column beside those that span them.
    fn into_lines(self) -> Vec<Line> {
        let [left, right] = self.columns;
        if left.is_empty() && right.is_empty() {
            return self.lines;
        }
        cells::columns(left.into_iter().chain([self.lines]).chain(right).collect())
    }
}

/// A document being written down.
pub(super) struct Flow<'a> {
    out: &'a mut Collector,
    levels: Vec<Level>,
    /// Tables opened beyond the depth limit.
    too_deep: usize,
    /// Space between paragraphs of the default style.
    usual_pt: f32,
    after_pt: f32,
    gap: bool,
    rule: bool,
    /// Floating boxes that hang on the empty paragraphs just before.
    floating: Vec<TextBox>,
    /// Height of those paragraphs.
    empty_pt: f32,
    furniture: bool,
}

impl<'a> Flow<'a> {
    /// Lines go to `out`; `usual_pt` is the space that ordinary paragraphs have between them.
    pub fn new(out: &'a mut Collector, usual_pt: f32) -> Flow<'a> {
        Flow {
            out,
            levels: Vec::new(),
            too_deep: 0,
            usual_pt,
            after_pt: 0.0,
            gap: true,
            rule: false,
            floating: Vec::new(),
            empty_pt: 0.0,
            furniture: false,
        }
    }

    /// The same for a page footer, whose lines are kept apart from the text. Page headers are not: letterheads stand there.
    pub fn footer(out: &'a mut Collector, usual_pt: f32) -> Flow<'a> {
        Flow { furniture: true, ..Flow::new(out, usual_pt) }
    }

    /// Sets the space that ordinary paragraphs have between them, where it is learnt while reading.
    pub fn set_usual(&mut self, usual_pt: f32) {
        self.usual_pt = usual_pt;
    }

    /// True when a limit was crossed: nothing more will be kept.
    pub fn is_full(&self) -> bool {
        self.out.is_full()
    }

    /// Notes that words of the file are lost, once.
    pub fn lose(&mut self, message: &str) {
        self.out.lose(message);
    }

    /// True in a paragraph that stands in no table and no text box.
    pub fn is_plain(&self) -> bool {
        self.levels.len() <= 1 && !matches!(self.levels.first(), Some(Level::Table(_)))
    }

    /// A gap stands before the next line.
    pub fn gap(&mut self) {
        self.gap = true;
    }

    /// A page ends here.
    pub fn page_break(&mut self) {
        self.gap = true;
        if let Some(Level::Paragraph(paragraph)) = self.levels.last_mut() {
            paragraph.page_break = true;
        }
    }

    /// Opens a paragraph.
    pub fn begin_paragraph(&mut self) {
        if self.levels.len() >= MAX_DEPTH {
            self.end_paragraph();
        }
        // One more than tables and boxes may have: the text of the innermost is not lost.
        if self.levels.len() <= MAX_DEPTH {
            self.levels.push(Level::Paragraph(Box::default()));
        }
    }

    /// Opens a paragraph unless one is open: an empty one is a gap.
    pub fn need_paragraph(&mut self) {
        let _ = self.paragraph();
    }

    /// The open paragraph's look, as far as it is known by now.
    pub fn look(&mut self, look: Look) {
        if let Some(paragraph) = self.paragraph() {
            paragraph.look = look;
        }
    }

    /// Text of the open paragraph; 0 is an unknown size.
    pub fn text(&mut self, text: &str, mark: Mark, size_pt: f32) {
        if let Some(paragraph) = self.paragraph() {
            paragraph.size_pt = paragraph.size_pt.max(size_pt);
            paragraph.rich.push(text, mark);
        }
    }

    /// A wide gap within the line.
    pub fn tab(&mut self) {
        if let Some(paragraph) = self.paragraph() {
            paragraph.rich.tab();
        }
    }

    /// Registers a link target for the open paragraph's text ([`Mark::link`]).
    pub fn link(&mut self, url: &str) -> u32 {
        self.paragraph().map_or(0, |paragraph| paragraph.rich.link(url))
    }

    /// Ends a line inside the open paragraph.
    pub fn end_line(&mut self) {
        let (gap, rule) = (self.gap, self.rule);
        let Some(Level::Paragraph(paragraph)) = self.levels.last_mut() else { return };
        let look = paragraph.look;
        let first = paragraph.lines.is_empty();
        let list = look.list.filter(|_| look.heading == 0);
        let style = Style {
            heading: look.heading,
            bullet: list.is_some() && first,
            indent: list.unwrap_or(0),
            size_pt: paragraph.size_pt,
            left_pt: look.left_pt.max(0.0),
            ..Style::default()
        };
        let model = Line { style, blank_before: gap, rule_before: rule, ..Line::default() };
        let count = paragraph.lines.len();
        paragraph.rich.finish(&model, &mut paragraph.lines);
        if paragraph.lines.len() > count {
            (self.gap, self.rule) = (false, false);
        }
    }

    /// Closes the innermost paragraph; nothing happens when none is open there.
    pub fn end_paragraph(&mut self) {
        let Some(Level::Paragraph(paragraph)) = self.levels.last_mut() else { return };
        let look = paragraph.look;
        let blank = paragraph.rich.is_blank() && paragraph.lines.is_empty();
        let space = look.before_pt.max(self.after_pt);
        self.gap |= blank || look.page_break || space >= self.usual_pt + GAP_PT;
        self.rule |= look.rule_above;
        self.end_line();
        self.after_pt = look.after_pt;
        self.rule |= look.rule_below;
        if let Some(Level::Paragraph(paragraph)) = self.levels.pop() {
            self.place(*paragraph);
        }
    }

    /// Opens a text box; with its place on the page when it floats.
    pub fn begin_box(&mut self, area: Option<Area>) {
        if self.levels.len() >= MAX_DEPTH {
            return;
        }
        self.levels.push(Level::Box(TextBox { area, lines: Vec::new() }));
        self.gap = true;
    }

    /// Closes the innermost text box, and what is open in it.
    pub fn end_box(&mut self) {
        if !self.levels.iter().any(|level| matches!(level, Level::Box(_))) {
            return;
        }
        while !matches!(self.levels.last(), Some(Level::Box(_))) {
            self.close_innermost();
        }
        let Some(Level::Box(text_box)) = self.levels.pop() else { return };
        self.gap = true;
        match self.levels.last_mut() {
            Some(Level::Paragraph(paragraph)) => paragraph.boxes.push(text_box),
            _ => self.give(text_box.lines),
        }
    }

    /// A paragraph's lines, then its text boxes. Boxes on empty paragraphs wait for their neighbours: a page made of
    /// boxes has them hang anywhere.
    fn place(&mut self, paragraph: Paragraph) {
        let Paragraph { lines, mut boxes, size_pt, look, page_break, .. } = paragraph;
        // Boxes of one page are ordered among themselves.
        if self.levels.is_empty() && (page_break || look.page_break) {
            self.place_floating();
        }
        let is_layout = self.levels.is_empty() && boxes.iter().all(|text_box| text_box.area.is_some());
        if lines.is_empty() && is_layout {
            for text_box in &mut boxes {
                text_box.area.iter_mut().for_each(|area| area.y += self.empty_pt);
            }
            self.empty_pt += size_pt.max(EMPTY_LINE_PT);
            self.floating.append(&mut boxes);
            return;
        }
        if self.levels.is_empty() {
            self.place_floating();
        }
        self.give(lines);
        self.give(in_order(boxes));
    }

    /// Writes down the boxes that wait.
    fn place_floating(&mut self) {
        self.empty_pt = 0.0;
        let boxes = std::mem::take(&mut self.floating);
        self.give(in_order(boxes));
    }

    /// Opens a table.
    pub fn begin_table(&mut self) {
        if self.levels.len() >= MAX_DEPTH {
            self.too_deep += 1;
            self.out.warn(&format!("tables nested deeper than {MAX_DEPTH} are read as one"));
        } else {
            if self.levels.is_empty() {
                self.place_floating();
            }
            self.levels.push(Level::Table(Table::default()));
        }
    }

    /// Opens the next cell of the open table's row.
    pub fn begin_cell(&mut self) {
        if let Some(table) = self.table() {
            table.end_cell();
            table.row.push(Vec::new());
        }
    }

    /// The open cell spans the rows below it.
    pub fn span_rows(&mut self) {
        if let Some(table) = self.table() {
            table.spans = true;
        }
    }

    /// Closes the row and lays it out.
    pub fn end_row(&mut self) {
        if let Some(table) = self.table() {
            table.end_cell();
            let lines = cells::row(std::mem::take(&mut table.row));
            table.lines.extend(lines);
        }
    }

    /// Closes the innermost table.
    pub fn end_table(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        if !matches!(self.levels.last(), Some(Level::Table(_))) {
            return;
        }
        self.end_row();
        if let Some(Level::Table(table)) = self.levels.pop() {
            self.give(table.into_lines());
            self.gap = true;
        }
    }

    /// Closes everything that is still open, also when the file broke off.
    pub fn finish(mut self) {
        while !self.levels.is_empty() {
            self.close_innermost();
        }
        self.place_floating();
    }

    fn close_innermost(&mut self) {
        match self.levels.last() {
            Some(Level::Paragraph(_)) => self.end_paragraph(),
            Some(Level::Table(_)) => {
                self.too_deep = 0;
                self.end_table();
            }
            Some(Level::Box(_)) => self.end_box(),
            None => {}
        }
    }

    /// The open paragraph; opens one where text stands outside of any.
    fn paragraph(&mut self) -> Option<&mut Paragraph> {
        if !matches!(self.levels.last(), Some(Level::Paragraph(_))) {
            self.begin_paragraph();
        }
        match self.levels.last_mut() {
            Some(Level::Paragraph(paragraph)) => Some(paragraph),
            _ => None,
        }
    }

    /// The open table, when nothing is open inside it.
    fn table(&mut self) -> Option<&mut Table> {
        match self.levels.last_mut() {
            Some(Level::Table(table)) => Some(table),
            _ => None,
        }
    }

    /// Hands lines to what is open around them, else to the document.
    fn give(&mut self, lines: Vec<Line>) {
        match self.levels.last_mut() {
            Some(Level::Paragraph(paragraph)) if !lines.is_empty() => {
                paragraph.boxes.push(TextBox { area: None, lines });
            }
            Some(Level::Paragraph(_)) => {}
            Some(Level::Box(text_box)) => text_box.lines.extend(lines),
            Some(Level::Table(table)) => match table.row.last_mut() {
                Some(cell) => cell.extend(lines),
                None => table.lines.extend(lines),
            },
            None => {
                let furniture = self.furniture;
                lines.into_iter().for_each(|line| self.out.clean_line(Line { furniture, ..line }));
            }
        }
    }
}

/// The lines of text boxes: floating ones as they stand on the page, others as they come.
fn in_order(boxes: Vec<TextBox>) -> Vec<Line> {
    let mut boxes: Vec<TextBox> = boxes.into_iter().filter(|text_box| !text_box.lines.is_empty()).collect();
    let areas: Option<Vec<Area>> = boxes.iter().map(|text_box| text_box.area).collect();
    match areas.filter(|areas| areas.len() > 1) {
        Some(areas) => {
            let order = floating::order(&areas);
            order.into_iter().flat_map(|index| std::mem::take(&mut boxes[index].lines)).collect()
        }
        None => boxes.into_iter().flat_map(|text_box| text_box.lines).collect(),
    }
}
