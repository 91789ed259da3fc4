//! One XML part of a DOCX → lines. A stack of open paragraphs and tables, because text boxes stand inside paragraphs and
//! tables inside cells. Deleted text and the fallback copy of text boxes are skipped.

use super::super::cells;
use super::super::collector::Collector;
use super::super::limits::MAX_DEPTH;
use super::super::rich::{Mark, Rich};
use super::package::Relations;
use super::properties::{ParagraphProperties, RunProperties};
use super::styles::Styles;
use super::xml::{self, attribute};
use crate::model::{Line, Style};
use quick_xml::events::{BytesStart, Event};

/// Which kind of part is walked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Place {
    /// The body.
    Body,
    /// A header or footer.
    Margin,
    /// Foot- and endnotes.
    Notes,
}

/// Elements whose content is not text of the document.
const SKIPPED: &[&str] =
    &["Fallback", "del", "moveFrom", "instrText", "delText", "sdtPr", "rPrChange", "pPrChange", "docPartObj"];

/// Space around a paragraph beyond the document's usual one, in points, that shows as a gap.
const GAP_PT: f32 = 5.0;

/// A paragraph being read.
#[derive(Default)]
struct Paragraph {
    rich: Rich,
    lines: Vec<Line>,
    /// From the paragraph itself; styles come in at its end of `w:pPr`.
    own: ParagraphProperties,
    full: ParagraphProperties,
    base: RunProperties,
    run: RunProperties,
    size_pt: f32,
    link: u32,
}

/// A table being read.
#[derive(Default)]
struct Table {
    row: Vec<Vec<Line>>,
    lines: Vec<Line>,
}

/// Walks one part.
pub(super) struct Walker<'a> {
    styles: &'a Styles,
    links: &'a Relations,
    place: Place,
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    /// Lines of text boxes, put behind the paragraph they hang on.
    boxed: Vec<Line>,
    skip: usize,
    depth: usize,
    in_text: bool,
    in_run_properties: bool,
    in_paragraph_properties: bool,
    after_pt: f32,
    /// Space between paragraphs of the default style.
    usual_pt: f32,
    gap: bool,
    rule: bool,
    field: Field,
}

/// A complex field (`HYPERLINK "…"`, `PAGE`) between its begin, separate and end marks.
#[derive(Default)]
struct Field {
    /// Inside the instruction part.
    instruction: bool,
}

impl<'a> Walker<'a> {
    /// A walker for one part; `links` are that part's own relations.
    pub fn new(styles: &'a Styles, links: &'a Relations, place: Place) -> Walker<'a> {
        let usual = styles.paragraph(None).0;
        Walker {
            usual_pt: usual.before_pt.unwrap_or(0.0).max(usual.after_pt.unwrap_or(0.0)),
            styles,
            links,
            place,
            paragraphs: Vec::new(),
            tables: Vec::new(),
            boxed: Vec::new(),
            skip: 0,
            depth: 0,
            in_text: false,
            in_run_properties: false,
            in_paragraph_properties: false,
            after_pt: 0.0,
            gap: true,
            rule: false,
            field: Field::default(),
        }
    }

    /// Adds the part's lines to `out`.
    pub fn walk(mut self, text: &str, out: &mut Collector) {
        let complete = xml::events(text, |event| {
            match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    self.open(tag, true, out);
                }
                Event::Empty(tag) => {
                    self.open(tag, false, out);
                }
                Event::End(tag) => {
                    self.close(tag.local_name().as_ref(), out);
                    self.depth = self.depth.saturating_sub(1);
                }
                Event::Text(text) if self.in_text && self.skip == 0 => {
                    self.text(&text.xml_content(quick_xml::XmlVersion::Implicit1_0))
                }
                Event::CData(text) if self.in_text && self.skip == 0 => {
                    self.text(&text.xml_content(quick_xml::XmlVersion::Implicit1_0))
                }
                Event::GeneralRef(entity) if self.in_text && self.skip == 0 => self.entity(entity),
                _ => {}
            }
            !out.is_full()
        });
        if !complete {
            out.warn("the document's XML is damaged");
        }
        // What a damaged part left open is text too.
        while !self.paragraphs.is_empty() {
            self.end_paragraph(out);
        }
        while let Some(table) = self.tables.pop() {
            let lines = table.lines.into_iter().chain(table.row.into_iter().flatten()).collect();
            self.give(lines, out);
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, has_end: bool, out: &mut Collector) {
        let local = tag.local_name();
        let name = local.as_ref();
        if self.skip > 0 || SKIPPED.contains(&name) {
            self.skip += usize::from(has_end);
            return;
        }
        match name {
            "p" if has_end && self.is_word(tag) => self.begin_paragraph(out),
            "p" => self.gap |= self.is_word(tag),
            "tbl" if has_end && self.tables.len() < MAX_DEPTH => self.tables.push(Table::default()),
            "tc" if has_end => self.tables.last_mut().into_iter().for_each(|table| table.row.push(Vec::new())),
            "t" if has_end && self.is_word(tag) => self.in_text = true,
            "hyperlink" => self.begin_link(tag),
            "rPr" => self.in_run_properties = has_end,
            "pPr" => self.in_paragraph_properties = has_end,
            "fldChar" => self.field.instruction = attribute(tag, "fldCharType").as_deref() == Some("begin"),
            "r" if has_end => self.begin_run(),
            _ => self.inside(name, tag),
        }
    }

    /// Elements of a paragraph, a run or their properties.
    fn inside(&mut self, name: &str, tag: &BytesStart<'_>) {
        let styles = self.styles;
        let (in_run, in_paragraph) = (self.in_run_properties, self.in_paragraph_properties);
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match name {
            "pStyle" if in_paragraph => {
                let id = attribute(tag, "val");
                (paragraph.full, paragraph.base) = styles.paragraph(id.as_deref());
            }
            // The paragraph mark's own look (`w:pPr/w:rPr`) says nothing about its text.
            _ if in_run && in_paragraph => {}
            "rStyle" if in_run => {
                let id = attribute(tag, "val").unwrap_or_default();
                paragraph.run = paragraph.run.with(styles.run(&id));
            }
            _ if in_run => paragraph.run.read(name, tag),
            _ if in_paragraph => paragraph.own.read(name, tag),
            "tab" | "ptab" => paragraph.rich.tab(),
            "br" | "cr" => {
                let page = attribute(tag, "type").as_deref() == Some("page");
                self.end_line();
                self.gap |= page;
            }
            "noBreakHyphen" => self.text("-"),
            "softHyphen" => {}
            "sym" => self.symbol(tag),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, out: &mut Collector) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match name {
            "p" => {
                // `a:p` in drawings has no paragraph of ours open; `end_paragraph` copes.
                self.end_paragraph(out);
            }
            "t" => self.in_text = false,
            "hyperlink" => self.paragraphs.last_mut().into_iter().for_each(|paragraph| paragraph.link = 0),
            "rPr" => self.in_run_properties = false,
            "pPr" => {
                self.in_paragraph_properties = false;
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.full = paragraph.full.with(paragraph.own);
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    let lines = cells::row(std::mem::take(&mut table.row));
                    table.lines.extend(lines);
                }
            }
            "tbl" => {
                if let Some(table) = self.tables.pop() {
                    self.give(table.lines, out);
                    self.gap = true;
                }
            }
            _ => {}
        }
    }

    /// WordprocessingML, not DrawingML (`a:p`, `a:t` hold chart and shape captions that Word repeats elsewhere).
    fn is_word(&self, tag: &BytesStart<'_>) -> bool {
        !tag.name().as_ref().starts_with("a:")
    }

    fn begin_paragraph(&mut self, out: &mut Collector) {
        if self.paragraphs.len() >= MAX_DEPTH {
            self.end_paragraph(out);
        }
        let (full, base) = self.styles.paragraph(None);
        self.paragraphs.push(Paragraph { full, base, ..Paragraph::default() });
    }

    fn begin_run(&mut self) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.run = RunProperties::default();
        }
    }

    fn begin_link(&mut self, tag: &BytesStart<'_>) {
        let links = self.links;
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let url = attribute(tag, "id").and_then(|id| links.link(&id).map(str::to_owned));
        paragraph.link = url.map_or(0, |url| paragraph.rich.link(&url));
    }

    fn text(&mut self, text: &str) {
        if self.field.instruction {
            self.field.instruction = false;
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let look = paragraph.base.with(paragraph.run);
        let mark = Mark {
            bold: look.bold == Some(true),
            italic: look.italic == Some(true),
            // White text in a table cell stands on a coloured ground.
            hidden: look.hidden == Some(true)
                || (look.white == Some(true) && self.tables.is_empty() && self.paragraphs_is_single()),
            link: 0,
        };
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        if let Some(size) = look.size_pt {
            paragraph.size_pt = paragraph.size_pt.max(size);
        }
        let link = paragraph.link;
        paragraph.rich.push(text, Mark { link, ..mark });
    }

    /// True outside text boxes.
    fn paragraphs_is_single(&self) -> bool {
        self.paragraphs.len() == 1 && self.place == Place::Body
    }

    fn entity(&mut self, entity: &quick_xml::events::BytesRef<'_>) {
        let ch = match entity.resolve_char_ref() {
            Ok(Some(ch)) => Some(ch),
            _ => super::super::entities::named(&entity.xml_content(quick_xml::XmlVersion::Implicit1_0)),
        };
        if let Some(ch) = ch {
            self.text(ch.encode_utf8(&mut [0; 4]));
        }
    }

    /// `<w:sym w:font="Wingdings" w:char="F0A7"/>`: a bullet sign or an icon; nothing readable.
    fn symbol(&mut self, tag: &BytesStart<'_>) {
        let code = attribute(tag, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        if let Some(ch) = code.and_then(char::from_u32) {
            self.text(ch.encode_utf8(&mut [0; 4]));
        }
    }

    /// Ends a line inside the open paragraph.
    fn end_line(&mut self) {
        let (gap, rule) = (self.gap, self.rule);
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let full = paragraph.full;
        let heading = full.heading.unwrap_or(0);
        let first = paragraph.lines.is_empty();
        let list = full.list.flatten().filter(|_| heading == 0);
        let style = Style {
            heading,
            bullet: list.is_some() && first,
            indent: list.unwrap_or(0),
            size_pt: paragraph.size_pt,
            left_pt: full.left_pt.unwrap_or(0.0).max(0.0),
            ..Style::default()
        };
        let model = Line { style, blank_before: gap, rule_before: rule, ..Line::default() };
        let count = paragraph.lines.len();
        paragraph.rich.finish(&model, &mut paragraph.lines);
        if paragraph.lines.len() > count {
            (self.gap, self.rule) = (false, false);
        }
    }

    fn end_paragraph(&mut self, out: &mut Collector) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let full = paragraph.full;
        let blank = paragraph.rich.is_blank() && paragraph.lines.is_empty();
        let space = full.before_pt.unwrap_or(0.0).max(self.after_pt);
        self.gap |= blank || full.page_break || space >= self.usual_pt + GAP_PT;
        self.rule |= full.rule_above;
        self.end_line();
        self.after_pt = full.after_pt.unwrap_or(0.0);
        self.rule |= full.rule_below;
        let Some(paragraph) = self.paragraphs.pop() else { return };
        if self.paragraphs.is_empty() {
            let mut lines = paragraph.lines;
            lines.append(&mut self.boxed);
            self.give(lines, out);
        } else if self.tables.is_empty() {
            self.boxed.extend(paragraph.lines);
        } else {
            self.give(paragraph.lines, out);
        }
    }

    /// Hands lines to the innermost open cell, else to the document.
    fn give(&mut self, lines: Vec<Line>, out: &mut Collector) {
        if let Some(cell) = self.tables.last_mut().and_then(|table| table.row.last_mut()) {
            cell.extend(lines);
            return;
        }
        if !self.paragraphs.is_empty() {
            self.boxed.extend(lines);
            return;
        }
        for line in lines {
            out.clean_line(line);
        }
    }
}
