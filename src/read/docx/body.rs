//! One XML part of a DOCX → paragraphs, tables and text boxes of a [`Flow`]. Deleted text, the fallback copy of text boxes and
//! the prompts of unfilled content controls are skipped.

use super::super::character_look::CharacterLook;
use super::super::flow::{Flow, Look};
use super::super::package::Relations;
use super::super::xml::{self, attribute};
use super::anchor::Anchor;
use super::properties::{ParagraphProperties, read_run};
use super::styles::Styles;
use quick_xml::events::{BytesRef, BytesStart, Event};

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
    &["Fallback", "del", "moveFrom", "delText", "rPrChange", "pPrChange", "tblPrChange", "docPartObj"];

/// Marks of shapes and pictures, and of a page with a colour.
const DRAWINGS: &[&str] = &["<w:drawing", "<w:pict", "<w:background", "<w:object"];

/// What is known of an open paragraph.
#[derive(Default)]
struct Paragraph {
    /// From the paragraph itself; styles come in at its end of `w:pPr`.
    own: ParagraphProperties,
    full: ParagraphProperties,
    base: CharacterLook,
    run: CharacterLook,
    link: u32,
}

/// A complex field (`HYPERLINK "…"`, `PAGE`) between its begin, separate and end marks.
#[derive(Default)]
struct Field {
    instruction: String,
    /// The result is being read.
    shown: bool,
}

/// Walks one part.
pub(super) struct Walker<'a, 'b> {
    styles: &'a Styles,
    links: &'a Relations,
    place: Place,
    flow: Flow<'b>,
    paragraphs: Vec<Paragraph>,
    fields: Vec<Field>,
    skip: usize,
    in_text: bool,
    in_instruction: bool,
    in_run_properties: bool,
    in_paragraph_properties: bool,
    /// Inside `w:sdtPr`.
    in_control: bool,
    /// The content control being read shows its prompt.
    prompt: bool,
    /// Shapes or pictures hang on the text.
    drawings: bool,
    anchor: Anchor,
}

impl<'a, 'b> Walker<'a, 'b> {
    /// A walker for one part; `links` are that part's own relations.
    pub fn new(styles: &'a Styles, links: &'a Relations, place: Place, flow: Flow<'b>) -> Walker<'a, 'b> {
        Walker {
            styles,
            links,
            place,
            flow,
            paragraphs: Vec::new(),
            fields: Vec::new(),
            skip: 0,
            in_text: false,
            in_instruction: false,
            in_run_properties: false,
            in_paragraph_properties: false,
            in_control: false,
            prompt: false,
            drawings: false,
            anchor: Anchor::default(),
        }
    }

    /// Writes the part down.
    pub fn walk(mut self, text: &str) {
        self.drawings = DRAWINGS.iter().any(|mark| text.contains(mark));
        let complete = xml::events(text, |event| {
            match event {
                Event::Start(tag) => self.open(tag, true),
                Event::Empty(tag) => self.open(tag, false),
                Event::End(tag) => self.close(tag.local_name().as_ref(), is_word(tag.name().as_ref())),
                Event::Text(text) => self.content(&text.xml_content(quick_xml::XmlVersion::Implicit1_0)),
                Event::CData(text) => self.content(&text.xml_content(quick_xml::XmlVersion::Implicit1_0)),
                Event::GeneralRef(entity) => self.entity(entity),
                _ => {}
            }
            !self.flow.is_full()
        });
        if !complete {
            self.flow.lose("the document's XML is damaged");
        }
        self.flow.finish();
    }

    fn open(&mut self, tag: &BytesStart<'_>, has_end: bool) {
        let local = tag.local_name();
        let name = local.as_ref();
        let is_prompt = name == "sdtContent" && std::mem::take(&mut self.prompt);
        if self.skip > 0 || is_prompt || SKIPPED.contains(&name) {
            self.skip += usize::from(has_end);
            return;
        }
        if self.in_control {
            // The control's name and its list of choices are no text; "Click to enter your name" is none either.
            self.prompt |= name == "showingPlcHdr";
            return;
        }
        match name {
            "p" | "t" if !is_word(tag.name().as_ref()) => {}
            "p" if has_end => self.begin_paragraph(),
            "p" => self.flow.gap(),
            "tbl" if has_end => self.flow.begin_table(),
            "tc" if has_end => self.flow.begin_cell(),
            "vMerge" if attribute(tag, "val").as_deref() == Some("restart") => self.flow.span_rows(),
            "t" => self.in_text = has_end,
            "instrText" => self.in_instruction = has_end,
            "sdtPr" => (self.in_control, self.prompt) = (has_end, false),
            "hyperlink" => self.begin_link(tag),
            "fldSimple" => self.link_to(attribute(tag, "instr").as_deref().and_then(target)),
            "fldChar" => self.field(attribute(tag, "fldCharType").as_deref()),
            "rPr" => self.in_run_properties = has_end,
            "pPr" => self.in_paragraph_properties = has_end,
            "r" if has_end => {
                self.paragraphs.last_mut().into_iter().for_each(|open| open.run = CharacterLook::default())
            }
            "txbxContent" if has_end => self.flow.begin_box(self.anchor.area()),
            _ => {
                self.anchor.open(name, tag);
                self.inside(name, tag);
            }
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
            _ if in_run => read_run(&mut paragraph.run, name, tag),
            _ if in_paragraph => paragraph.own.read(name, tag),
            "tab" | "ptab" => self.flow.tab(),
            "br" | "cr" => {
                self.flow.end_line();
                if attribute(tag, "type").as_deref() == Some("page") {
                    self.flow.page_break();
                }
            }
            "noBreakHyphen" => self.text("-"),
            "sym" => self.symbol(tag),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, is_word: bool) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match name {
            "sdtPr" => self.in_control = false,
            _ if self.in_control => {}
            "p" | "t" if !is_word => {}
            "p" => {
                self.flow.end_paragraph();
                self.paragraphs.pop();
            }
            "t" => self.in_text = false,
            "instrText" => self.in_instruction = false,
            "hyperlink" | "fldSimple" => self.link_to(None),
            "rPr" => self.in_run_properties = false,
            "pPr" => {
                self.in_paragraph_properties = false;
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.full = paragraph.full.with(paragraph.own);
                    self.flow.look(look_of(paragraph.full));
                }
            }
            "tr" => self.flow.end_row(),
            "tbl" => self.flow.end_table(),
            "txbxContent" => self.flow.end_box(),
            _ => self.anchor.close(name),
        }
    }

    fn begin_paragraph(&mut self) {
        let (full, base) = self.styles.paragraph(None);
        self.flow.begin_paragraph();
        self.flow.look(look_of(full));
        self.paragraphs.push(Paragraph { full, base, ..Paragraph::default() });
    }

    fn begin_link(&mut self, tag: &BytesStart<'_>) {
        let links = self.links;
        self.link_to(attribute(tag, "id").and_then(|id| links.link(&id).map(str::to_owned)));
    }

    fn link_to(&mut self, url: Option<String>) {
        let link = url.map_or(0, |url| self.flow.link(&url));
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.link = link;
        }
    }

    fn field(&mut self, mark: Option<&str>) {
        match mark {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                let Some(field) = self.fields.last_mut() else { return };
                field.shown = true;
                if let Some(url) = target(&field.instruction) {
                    self.link_to(Some(url));
                }
            }
            _ => {
                let field = self.fields.pop();
                if field.is_some_and(|field| target(&field.instruction).is_some()) {
                    self.link_to(None);
                }
            }
        }
    }

    fn content(&mut self, text: &str) {
        if self.skip > 0 {
            return;
        }
        if self.in_instruction {
            if let Some(field) = self.fields.last_mut().filter(|field| !field.shown) {
                field.instruction.push_str(text);
            }
        } else if self.in_text {
            self.text(text);
        } else {
            self.anchor.text(text);
        }
    }

    fn text(&mut self, text: &str) {
        let is_plain = self.flow.is_plain() && self.place == Place::Body;
        let Some(paragraph) = self.paragraphs.last() else { return };
        let look = paragraph.base.with(paragraph.run);
        // White text in a table cell, a text box, a shaded paragraph or over a shape stands on a coloured ground.
        let on_paper = is_plain && !paragraph.full.shaded && !paragraph.own.shaded && !self.drawings;
        let mark = look.mark(on_paper, paragraph.link);
        self.flow.text(text, mark, look.size_pt.unwrap_or(0.0));
    }

    fn entity(&mut self, entity: &BytesRef<'_>) {
        if let Some(ch) = xml::referred(entity) {
            self.content(ch.encode_utf8(&mut [0; 4]));
        }
    }

    /// `<w:sym w:font="Wingdings" w:char="F0A7"/>`: a bullet sign or an icon; nothing readable.
    fn symbol(&mut self, tag: &BytesStart<'_>) {
        let code = attribute(tag, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        if let Some(ch) = code.and_then(char::from_u32) {
            self.text(ch.encode_utf8(&mut [0; 4]));
        }
    }
}

/// WordprocessingML. DrawingML (`a:p`, `a:t`) holds captions of charts and shapes that Word repeats elsewhere.
fn is_word(qualified: &str) -> bool {
    !qualified.starts_with("a:")
}

/// The address in a field's instruction: `HYPERLINK "mailto:ada@example.com" \t "_blank"`.
fn target(instruction: &str) -> Option<String> {
    let rest = instruction.trim_start().strip_prefix("HYPERLINK")?.trim_start();
    let url = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    (!url.is_empty() && !url.starts_with('\\')).then(|| url.to_owned())
}

fn look_of(full: ParagraphProperties) -> Look {
    Look {
        heading: full.heading.unwrap_or(0),
        list: full.list.flatten(),
        left_pt: full.left_pt.unwrap_or(0.0),
        before_pt: full.before_pt.unwrap_or(0.0),
        after_pt: full.after_pt.unwrap_or(0.0),
        rule_above: full.rule_above,
        rule_below: full.rule_below,
        page_break: full.page_break,
    }
}
