//! RTF tokens in → paragraphs and tables of a `Flow`. Keeps the stack of group states, the fonts' code pages and the open
//! paragraph's look. Does not split bytes into tokens.

use super::super::flow::{Flow, Look};
use super::super::rich::Mark;
use super::charset;
use super::state::{BOXED, CHARACTERS, Destination, NOWHERE, State};
use super::tokens::Token;
use encoding_rs::{Encoding, WINDOWS_1252};
use std::collections::HashMap;

/// Groups kept apart; deeper ones share a state.
const MAX_GROUPS: usize = 2000;

/// Twentieths of a point.
const TWIPS: f32 = 20.0;

/// What of a file is read. Word writes page footers before the text that stands above them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Part {
    /// Page headers and the text.
    Text,
    /// Page footers.
    Footers,
}

/// Reads one part of a file.
pub(super) struct Reader<'a> {
    flow: Flow<'a>,
    part: Part,
    state: State,
    outer: Vec<State>,
    /// Groups opened beyond [`MAX_GROUPS`].
    too_deep: usize,
    ended: bool,
    /// `\*` was just read: the next word names a destination that may be skipped.
    optional: bool,
    /// Text bytes waiting to be decoded together (two-byte code pages).
    bytes: Vec<u8>,
    /// Fallback bytes after `\u` still to be left out.
    skip: u8,
    /// First half of a surrogate pair.
    high: Option<u16>,
    page: &'static Encoding,
    fonts: HashMap<i32, &'static Encoding>,
    font: i32,
    /// White entries of the colour table, and the entry being read.
    white: Vec<bool>,
    parts: [i32; 3],
    headings: HashMap<i32, u8>,
    style: i32,
    usual_pt: f32,
    instruction: String,
    look: Look,
    list: bool,
    in_table: bool,
    table_open: bool,
    cell_open: bool,
    date: [i32; 3],
}

impl<'a> Reader<'a> {
    /// A reader that writes into `flow`.
    pub fn new(part: Part, flow: Flow<'a>) -> Reader<'a> {
        Reader {
            flow,
            part,
            state: State::new(),
            outer: Vec::new(),
            too_deep: 0,
            ended: false,
            optional: false,
            bytes: Vec::new(),
            skip: 0,
            high: None,
            page: WINDOWS_1252,
            fonts: HashMap::new(),
            font: 0,
            white: Vec::new(),
            parts: [0; 3],
            headings: HashMap::new(),
            style: -1,
            usual_pt: 0.0,
            instruction: String::new(),
            look: Look::default(),
            list: false,
            in_table: false,
            table_open: false,
            cell_open: false,
            date: [0; 3],
        }
    }

    /// True when nothing more will be kept: the outermost group is closed, or a limit is crossed.
    pub fn is_done(&self) -> bool {
        self.ended || self.flow.is_full()
    }

    /// Closes what is open; the day of the last change.
    pub fn finish(mut self) -> Option<String> {
        self.flush();
        self.end_paragraph();
        self.flow.finish();
        let [year, month, day] = self.date;
        (year > 1900 && month > 0 && day > 0).then(|| format!("{year:04}-{month:02}-{day:02}"))
    }

    /// Takes the next token.
    pub fn take(&mut self, token: Token<'_>) {
        match token {
            Token::Text(b"") => {}
            Token::Text(bytes) => bytes.iter().for_each(|byte| self.byte(*byte)),
            Token::Hex(byte) => self.byte(byte),
            _ => {
                self.flush();
                self.skip = 0;
                match token {
                    Token::Open => self.open(),
                    Token::Close => self.close(),
                    Token::Sign(sign) => self.sign(sign),
                    Token::Word(word, number) => {
                        let optional = std::mem::take(&mut self.optional);
                        self.word(word, number, optional);
                    }
                    Token::Text(_) | Token::Hex(_) => {}
                }
            }
        }
    }

    fn open(&mut self) {
        if self.outer.len() < MAX_GROUPS {
            self.outer.push(self.state);
            self.state.boxed = false;
        } else {
            self.too_deep += 1;
        }
    }

    fn close(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        if self.state.boxed {
            self.end_paragraph();
        }
        if self.state.destination == Destination::Instruction {
            let url = link_target(&std::mem::take(&mut self.instruction));
            self.enter_table();
            if let (Some(url), Some(field)) = (url, self.outer.last_mut()) {
                field.link = self.flow.link(&url);
            }
        }
        match self.outer.pop() {
            Some(state) => self.state = state,
            None => self.ended = true,
        }
        self.ended |= self.outer.is_empty();
    }

    fn sign(&mut self, sign: u8) {
        match sign {
            b'*' => self.optional = true,
            b'~' => self.push("\u{a0}"),
            b'_' => self.push("-"),
            b'{' | b'}' | b'\\' => self.push(char::from(sign).encode_utf8(&mut [0; 4])),
            b'\n' | b'\r' => self.end_paragraph(),
            b'\t' => self.push("\t"),
            _ => {}
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>, optional: bool) {
        if self.destination(word, optional) {
            return;
        }
        let value = number.unwrap_or(1);
        match self.state.destination {
            Destination::Nowhere => {}
            Destination::Fonts => self.font_word(word, value),
            Destination::Colors => self.color_word(word, value),
            Destination::Styles => self.style_word(word, value),
            Destination::Time => match word {
                "yr" => self.date[0] = value,
                "mo" => self.date[1] = value,
                "dy" => self.date[2] = value,
                _ => {}
            },
            _ => self.text_word(word, number, value),
        }
    }

    /// Words that open a destination.
    fn destination(&mut self, word: &str, optional: bool) -> bool {
        let destination = match word {
            "fonttbl" => Destination::Fonts,
            "colortbl" => Destination::Colors,
            "stylesheet" => Destination::Styles,
            "fldinst" => Destination::Instruction,
            "listtext" | "pntext" => Destination::ListText,
            // `\revtim` stands inside `\info`, whose other words are not read.
            "revtim" | "creatim" if self.date[0] == 0 || word == "revtim" => Destination::Time,
            "shpinst" | "ud" | "shppict" if optional => Destination::Text,
            _ if BOXED.contains(&word) && self.state.destination == Destination::Text => {
                self.state.boxed = true;
                self.state.footer = word.starts_with("footer");
                self.end_paragraph();
                Destination::Text
            }
            _ if optional || NOWHERE.contains(&word) => Destination::Nowhere,
            _ => return false,
        };
        // Inside a picture nothing is text again, but for the alternatives `\ud` brings.
        let closed = self.state.destination == Destination::Nowhere;
        if !closed || matches!(destination, Destination::Time) || word == "ud" {
            self.state.destination = destination;
        }
        true
    }

    fn font_word(&mut self, word: &str, value: i32) {
        match word {
            "f" => self.font = value,
            "fcharset" => drop(charset::of_font(value).map(|encoding| self.fonts.insert(self.font, encoding))),
            _ => {}
        }
    }

    fn color_word(&mut self, word: &str, value: i32) {
        let at = ["red", "green", "blue"].iter().position(|name| *name == word);
        if let Some(at) = at {
            self.parts[at] = value;
        }
    }

    fn style_word(&mut self, word: &str, value: i32) {
        match word {
            "s" => self.style = value,
            "outlinelevel" if self.style >= 0 && (0..6).contains(&value) => {
                self.headings.insert(self.style, value as u8 + 1);
            }
            // The first style is the one of ordinary paragraphs.
            "sb" | "sa" if self.style <= 0 => {
                self.usual_pt = self.usual_pt.max(value as f32 / TWIPS);
                self.flow.set_usual(self.usual_pt);
            }
            _ => {}
        }
    }

    fn text_word(&mut self, word: &str, number: Option<i32>, value: i32) {
        let on = number != Some(0);
        let points = value as f32 / TWIPS;
        match word {
            "par" | "sect" | "page" | "column" => {
                self.end_paragraph();
                if word != "par" {
                    self.flow.gap();
                }
            }
            "line" | "softline" => self.flow.end_line(),
            "tab" => self.push("\t"),
            "cell" => self.end_cell(),
            "row" => self.end_row(),
            // Cells of nested tables share their outer cell's lines.
            "nestcell" => self.push("\t"),
            "nestrow" => self.end_paragraph(),
            "u" => self.unicode(value),
            "uc" => self.state.fallback = value.clamp(0, 16) as u8,
            "b" => self.state.bold = on,
            "i" => self.state.italic = on,
            "v" => self.state.hidden = on,
            "deleted" => self.state.deleted = on,
            "cf" => self.state.color = value,
            "cb" | "highlight" | "chcbpat" | "cbpat" => self.state.shaded = on,
            "fs" => self.state.size_pt = value as f32 / 2.0,
            "f" => self.state.encoding = self.fonts.get(&value).copied().unwrap_or(self.page),
            "plain" => self.state.plain(self.page),
            "ansicpg" => self.set_page(charset::of_page(value)),
            "mac" => self.set_page(charset::of_page(10000)),
            "pca" | "pc" => self.set_page(charset::of_page(866)),
            "pard" => self.reset_paragraph(),
            "intbl" => self.in_table = true,
            "s" => self.look.heading = self.headings.get(&value).copied().unwrap_or(0),
            "outlinelevel" if (0..6).contains(&value) => self.look.heading = value as u8 + 1,
            "ls" | "pnlvlblt" | "pnlvlbody" => self.list = on,
            "ilvl" => self.look.list = Some(value.clamp(0, 15) as u8),
            "li" => self.look.left_pt = points,
            "sb" => self.look.before_pt = points,
            "sa" => self.look.after_pt = points,
            "brdrt" => self.look.rule_above = true,
            "brdrb" => self.look.rule_below = true,
            _ => {
                if let Some((_, text)) = CHARACTERS.iter().find(|(name, _)| *name == word) {
                    self.push(text);
                }
            }
        }
    }

    fn set_page(&mut self, page: Option<&'static Encoding>) {
        self.page = page.unwrap_or(self.page);
        self.state.encoding = self.page;
    }

    fn reset_paragraph(&mut self) {
        self.look = Look::default();
        (self.list, self.in_table, self.state.shaded) = (false, false, false);
    }

    /// `\u8211`: a UTF-16 unit; the fallback bytes behind it are left out.
    fn unicode(&mut self, value: i32) {
        self.skip = self.state.fallback;
        let unit = value as u16;
        let pair = match (self.high.take(), unit) {
            (_, 0xd800..=0xdbff) => return self.high = Some(unit),
            (Some(high), 0xdc00..=0xdfff) => vec![high, unit],
            _ => vec![unit],
        };
        self.push(&String::from_utf16_lossy(&pair));
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match self.state.destination {
            Destination::Text | Destination::Instruction | Destination::Styles => self.bytes.push(byte),
            Destination::Colors if byte == b';' => {
                self.white.push(self.parts.iter().all(|part| *part > 247));
                self.parts = [0; 3];
            }
            Destination::ListText if !byte.is_ascii_whitespace() => self.list = true,
            _ => {}
        }
    }

    /// Decodes the waiting bytes.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        if self.state.destination == Destination::Styles {
            // "heading 2;": styles without an outline level still have their name.
            let name = String::from_utf8_lossy(&bytes).to_lowercase();
            let level = name.trim().strip_prefix("heading ").and_then(|rest| rest.trim_end_matches(';').parse().ok());
            if let Some(level) = level.filter(|level| (1..=6).contains(level)) {
                self.headings.insert(self.style, level);
            }
            return;
        }
        let text = self.state.encoding.decode_without_bom_handling(&bytes).0;
        self.push(&text);
    }

    fn push(&mut self, text: &str) {
        match self.state.destination {
            Destination::Instruction => self.instruction.push_str(text),
            Destination::ListText => self.list |= !text.trim().is_empty(),
            Destination::Text if !self.state.deleted && self.state.footer == (self.part == Part::Footers) => {
                self.enter_table();
                let state = self.state;
                let is_white = self.white.get(state.color.max(0) as usize).copied().unwrap_or(false);
                let is_trick = is_white && state.color > 0 && !state.shaded && self.flow.is_plain();
                let tiny = state.size_pt < 2.0;
                let hidden = state.hidden || is_trick || tiny;
                let mark = Mark { bold: state.bold, italic: state.italic, hidden, link: state.link };
                self.flow.text(text, mark, state.size_pt);
            }
            _ => {}
        }
    }

    /// Opens or closes the table around the paragraph that begins.
    fn enter_table(&mut self) {
        if self.state.boxed || self.outer.iter().any(|state| state.boxed) {
            return;
        }
        if self.in_table && !self.table_open {
            self.flow.begin_table();
            self.table_open = true;
        } else if !self.in_table && self.table_open {
            self.flow.end_table();
            (self.table_open, self.cell_open) = (false, false);
        }
        if self.table_open && !self.cell_open {
            self.flow.begin_cell();
            self.cell_open = true;
        }
    }

    fn end_paragraph(&mut self) {
        if self.state.footer != (self.part == Part::Footers) {
            return;
        }
        let list = if self.list { Some(self.look.list.unwrap_or(0)) } else { None };
        self.enter_table();
        self.flow.need_paragraph();
        self.flow.look(Look { list, ..self.look });
        self.flow.end_paragraph();
    }

    fn end_cell(&mut self) {
        self.in_table = true;
        self.end_paragraph();
        self.cell_open = false;
    }

    fn end_row(&mut self) {
        if self.table_open {
            self.flow.end_row();
            self.cell_open = false;
        }
    }
}

/// The address in `HYPERLINK "mailto:ada@example.com"`.
fn link_target(instruction: &str) -> Option<String> {
    let rest = instruction.trim_start().strip_prefix("HYPERLINK")?.trim_start();
    let url = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    (!url.is_empty() && !url.starts_with('\\')).then(|| url.to_owned())
}
