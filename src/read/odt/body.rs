//! One region of an OpenDocument part → paragraphs, tables and text boxes of a [`Flow`]. Does not look up styles itself.

use super::super::character_look::CharacterLook;
use super::super::flow::{Flow, Look};
use super::super::xml::{self, attribute};
use super::styles::Styles;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Which part of the document is walked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Region {
    /// Page headers (`style:header`).
    Header,
    /// The text itself (`office:text`).
    Body,
    /// Page footers (`style:footer`).
    Footer,
}

impl Region {
    fn elements(self) -> &'static [&'static str] {
        match self {
            Region::Header => &["header", "header-first"],
            Region::Body => &["text"],
            Region::Footer => &["footer", "footer-first"],
        }
    }
}

/// Elements whose content is not text of the document; `title` and `desc` describe pictures.
const SKIPPED: &[&str] = &[
    "tracked-changes",
    "annotation",
    "note-citation",
    "sequence-decls",
    "forms",
    "title",
    "desc",
    "page-number",
    "page-count",
];

/// Walks one region.
pub(super) struct Walker<'a, 'b> {
    styles: &'a Styles,
    region: Region,
    flow: Flow<'b>,
    /// Looks of the open paragraphs and spans, innermost last.
    looks: Vec<CharacterLook>,
    /// Looks that stood open when the paragraph began.
    paragraphs: Vec<usize>,
    /// Open list levels; `fresh` when the next paragraph is an item's first.
    lists: usize,
    fresh: bool,
    link: u32,
    skip: usize,
    /// Open elements inside the region; 0 outside.
    inside: usize,
}

impl<'a, 'b> Walker<'a, 'b> {
    /// A walker for one region.
    pub fn new(styles: &'a Styles, region: Region, flow: Flow<'b>) -> Walker<'a, 'b> {
        let (looks, paragraphs) = (Vec::new(), Vec::new());
        Walker { styles, region, flow, looks, paragraphs, lists: 0, fresh: false, link: 0, skip: 0, inside: 0 }
    }

    /// Writes the region down.
    pub fn walk(mut self, source: &str) {
        let complete = xml::events(source, |event| {
            match event {
                Event::Start(tag) => self.open(tag, true),
                Event::Empty(tag) => self.open(tag, false),
                Event::End(tag) => self.close(tag.local_name().as_ref()),
                Event::Text(text) => self.text(&text.xml_content(quick_xml::XmlVersion::Implicit1_0)),
                Event::CData(text) => self.text(&text.xml_content(quick_xml::XmlVersion::Implicit1_0)),
                Event::GeneralRef(entity) => self.entity(entity),
                _ => {}
            }
            !self.flow.is_full()
        });
        if !complete && self.region == Region::Body {
            self.flow.lose("the document's XML is damaged");
        }
        self.flow.finish();
    }

    fn open(&mut self, tag: &BytesStart<'_>, has_end: bool) {
        let local = tag.local_name();
        let name = local.as_ref();
        if self.inside == 0 {
            let prefix = if self.region == Region::Body { "office:" } else { "style:" };
            let begins = tag.name().as_ref().starts_with(prefix) && self.region.elements().contains(&name);
            self.inside = usize::from(has_end && begins);
            return;
        }
        self.inside += usize::from(has_end);
        if self.skip > 0 || SKIPPED.contains(&name) {
            self.skip += usize::from(has_end);
            return;
        }
        match name {
            "p" | "h" => {
                self.begin_paragraph(name, tag);
                if !has_end {
                    self.end_paragraph();
                }
            }
            "span" if has_end => {
                let look = attribute(tag, "style-name").map(|style| self.styles.text(&style)).unwrap_or_default();
                self.looks.push(self.look().with(look));
            }
            "a" if has_end => self.link = attribute(tag, "href").map_or(0, |url| self.flow.link(&url)),
            "tab" => self.flow.tab(),
            "s" => {
                let count = attribute(tag, "c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                self.text(&" ".repeat(count.min(200)));
            }
            "line-break" => self.flow.end_line(),
            "soft-page-break" => {}
            "list" if has_end => self.lists += 1,
            "list-item" | "list-header" => self.fresh = name == "list-item",
            "table" if has_end => self.flow.begin_table(),
            "table-cell" if has_end => self.flow.begin_cell(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.inside == 0 {
            return;
        }
        self.inside -= 1;
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match name {
            "p" | "h" => self.end_paragraph(),
            "span" => drop(self.looks.pop()),
            "a" => self.link = 0,
            "list" => self.lists = self.lists.saturating_sub(1),
            "table-row" => self.flow.end_row(),
            "table" => self.flow.end_table(),
            _ => {}
        }
    }

    fn begin_paragraph(&mut self, name: &str, tag: &BytesStart<'_>) {
        let style = attribute(tag, "style-name").unwrap_or_default();
        let (look, text) = self.styles.paragraph(&style);
        let level = attribute(tag, "outline-level").and_then(|level| level.parse::<u8>().ok());
        let heading = if name == "h" { level.unwrap_or(1).clamp(1, 6) } else { 0 };
        let is_item = self.lists > 0 && std::mem::take(&mut self.fresh);
        let list = is_item.then(|| self.lists.saturating_sub(1).min(15) as u8);
        self.flow.begin_paragraph();
        self.flow.look(Look { heading, list, ..look });
        self.paragraphs.push(self.looks.len());
        self.looks.push(text);
    }

    fn end_paragraph(&mut self) {
        self.flow.end_paragraph();
        let open = self.paragraphs.pop().unwrap_or(0);
        self.looks.truncate(open);
    }

    fn look(&self) -> CharacterLook {
        self.looks.last().copied().unwrap_or_default()
    }

    fn text(&mut self, text: &str) {
        if self.inside == 0 || self.skip > 0 || self.paragraphs.is_empty() {
            return;
        }
        let look = self.look();
        // White text in a table, a frame or on a coloured ground is a headline, not a trick.
        let mark = look.mark(self.flow.is_plain() && self.region == Region::Body, self.link);
        self.flow.text(text, mark, look.size_pt.unwrap_or(0.0));
    }

    fn entity(&mut self, entity: &BytesRef<'_>) {
        if let Some(ch) = xml::referred(entity) {
            self.text(ch.encode_utf8(&mut [0; 4]));
        }
    }
}
