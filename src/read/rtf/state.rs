//! What holds inside one RTF group: where its text goes and how it looks. A closing brace brings the outer state back.

use encoding_rs::{Encoding, WINDOWS_1252};

/// Where a group's text goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Destination {
    /// The document, a header, a footnote, a text box.
    Text,
    /// Nowhere: pictures, unknown destinations.
    Nowhere,
    /// Font table: charsets by number.
    Fonts,
    /// Colour table.
    Colors,
    /// Style sheet: heading levels by number.
    Styles,
    /// A field's instruction: `HYPERLINK "…"`.
    Instruction,
    /// The bullet or number that Word writes before a list item.
    ListText,
    /// `\revtim`, `\creatim`.
    Time,
}

/// A group's state.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub destination: Destination,
    pub encoding: &'static Encoding,
    pub bold: bool,
    pub italic: bool,
    pub hidden: bool,
    /// `\deleted`: struck out by a tracked change.
    pub deleted: bool,
    pub color: i32,
    /// Paragraph or text stands on a coloured ground.
    pub shaded: bool,
    pub size_pt: f32,
    /// Bytes that stand for a `\u` character in readers without Unicode.
    pub fallback: u8,
    pub link: u32,
    /// A text box or header: its end ends the paragraph.
    pub boxed: bool,
    /// In a page footer.
    pub footer: bool,
}

impl State {
    /// The state at the start of a file.
    pub fn new() -> State {
        State {
            destination: Destination::Text,
            encoding: WINDOWS_1252,
            bold: false,
            italic: false,
            hidden: false,
            deleted: false,
            color: 0,
            shaded: false,
            size_pt: 12.0,
            fallback: 1,
            link: 0,
            boxed: false,
            footer: false,
        }
    }

    /// `\plain`: back to ordinary text.
    pub fn plain(&mut self, encoding: &'static Encoding) {
        (self.bold, self.italic, self.hidden, self.deleted) = (false, false, false, false);
        (self.color, self.size_pt, self.encoding) = (0, 12.0, encoding);
    }
}

/// Destinations whose text is not the document's, known without `\*`.
pub(super) const NOWHERE: &[&str] = &[
    "pict",
    "object",
    "info",
    "filetbl",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "xmlnstbl",
    "themedata",
    "colorschememapping",
    "datastore",
    "latentstyles",
    "nonshppict",
    "sn",
    "sv",
    "atnid",
    "atnauthor",
    "annotation",
    "bkmkstart",
    "bkmkend",
    "revtbl",
    "userprops",
    "mmathPr",
    "fldtype",
    "template",
    "upr",
    "xe",
    "tc",
    "pgdsctbl",
    "ftnsep",
    "ftnsepc",
    "ftncn",
    "aftnsep",
    "aftnsepc",
    "aftncn",
    "stylesheet",
];

/// Destinations that are text standing for itself: their own paragraphs.
pub(super) const BOXED: &[&str] = &[
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "shptxt",
    "dptxbxtext",
    "txe",
];

/// Characters that have a control word of their own.
pub(super) const CHARACTERS: &[(&str, &str)] = &[
    ("emdash", "—"),
    ("endash", "–"),
    ("bullet", "•"),
    ("lquote", "‘"),
    ("rquote", "’"),
    ("ldblquote", "“"),
    ("rdblquote", "”"),
    ("emspace", " "),
    ("enspace", " "),
    ("qmspace", " "),
];
