//! What a file says and how it looks: [`TextDoc`] and its [`Line`]s. Made by `read`, read by `sections`, `profile`
//! and `index`. Does not know where the file lies or what a résumé is.

use serde::{Deserialize, Serialize};

/// The kind of file, decided by its content first and its name second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Markdown, also the broken kind that PDF converters write.
    Markdown,
    /// Plain text in any encoding.
    Text,
    /// HTML.
    Html,
    /// JSON Resume (<https://jsonresume.org/schema>).
    JsonResume,
    /// PDF with a text layer.
    Pdf,
    /// Word 2007 and later.
    Docx,
    /// Word 97–2003.
    Doc,
    /// OpenDocument text.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// Europass CV in XML, either schema.
    Europass,
    /// An e-mail: its text; attachments are files of their own.
    Eml,
    /// A ZIP archive: nothing but files of their own.
    Zip,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 12] = [
        Format::Markdown,
        Format::Text,
        Format::Html,
        Format::JsonResume,
        Format::Pdf,
        Format::Docx,
        Format::Doc,
        Format::Odt,
        Format::Rtf,
        Format::Europass,
        Format::Eml,
        Format::Zip,
    ];

    /// True for what holds files of their own.
    pub fn is_container(self) -> bool {
        matches!(self, Format::Eml | Format::Zip)
    }

    /// The name used in output, facets and the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Format::Markdown => "markdown",
            Format::Text => "text",
            Format::Html => "html",
            Format::JsonResume => "jsonresume",
            Format::Pdf => "pdf",
            Format::Docx => "docx",
            Format::Doc => "doc",
            Format::Odt => "odt",
            Format::Rtf => "rtf",
            Format::Europass => "europass",
            Format::Eml => "eml",
            Format::Zip => "zip",
        }
    }
}

/// The text of one file in reading order. Lines are numbered by their index; every extracted value points to one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextDoc {
    /// What the bytes were.
    pub format: Format,
    /// Lines in reading order (column by column), blank lines left out (see [`Line::blank_before`]).
    pub lines: Vec<Line>,
    /// Pages of a paged format, else 1.
    pub pages: u32,
    /// Last change as the file itself says (PDF ModDate, DOCX `dcterms:modified`), `YYYY-MM-DD`. Never the file system's.
    pub modified: Option<String>,
    /// What was odd but not fatal.
    pub warnings: Vec<Warning>,
}

impl TextDoc {
    /// The whole text, one line each. Hidden lines are left out.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        for line in self.lines.iter().filter(|line| !line.hidden) {
            out.push_str(&line.text);
            out.push('\n');
        }
        out
    }
}

/// Something odd that the reader noticed and survived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// A sentence without a full stop: `text cut at 8388608 bytes`.
    pub message: String,
    /// Words of the file are not among the lines.
    pub is_loss: bool,
}

/// One visual line. `text` is clean: NFC, no markup characters, no trailing blanks; a wide horizontal gap on the line
/// (a date at the right margin, a table cell) is one tab.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The clean text, never empty.
    pub text: String,
    /// Line number in the source (1-based) for text formats; running number for PDF and DOCX.
    pub number: u32,
    /// Page (1-based); 1 for formats without pages.
    pub page: u32,
    /// How the line looks.
    pub style: Style,
    /// A blank line, a paragraph gap or a page break stands before this line.
    pub blank_before: bool,
    /// A horizontal rule stands before this line.
    pub rule_before: bool,
    /// Links on the line; byte ranges into `text`.
    pub links: Vec<Link>,
    /// Byte ranges of `text` that are bold, when the format tells.
    pub bold: Vec<(u32, u32)>,
    /// Not visible to a person (white, tiny, off-page): kept, flagged, never ranked.
    pub hidden: bool,
    /// Page header or footer, page number: kept apart from the body.
    pub furniture: bool,
    /// How sure OCR is of the line, 0 to 100; none for text that was no picture.
    pub confidence: Option<u8>,
    /// What the line is, where the format says so itself (JSON Resume): exact, beats every heuristic.
    pub label: Option<Label>,
}

/// How a line looks. Zero or false where the format does not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Style {
    /// Heading level 1–6 (Markdown `#`, HTML `h1`, Word style), 0 for none.
    pub heading: u8,
    /// The whole line is bold.
    pub bold: bool,
    /// The whole line is italic.
    pub italic: bool,
    /// The line is the first line of a list item. The bullet sign itself is not in the text.
    pub bullet: bool,
    /// Nesting of the list item or indent step, 0 for none.
    pub indent: u8,
    /// Font size in points, 0.0 if unknown.
    pub size_pt: f32,
    /// Distance of the first character from the left edge of its column, in points; 0.0 if unknown.
    pub left_pt: f32,
    /// A row of a table (cells are separated by tabs).
    pub table_row: bool,
    /// Column on the page: 0 for the main or only column, 1 for a sidebar or the second column.
    pub column: u8,
}

/// A link: the byte range of its label in the line's text, and where it points (`#` if dead).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// First byte of the label.
    pub start: u32,
    /// Byte after the label.
    pub end: u32,
    /// Target as written, `mailto:` included.
    pub url: String,
}

/// What a line is in a structured source. An entry starts at its [`Label::Entry`] line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// A section heading (its text is a standard heading, such as `Experience`).
    Heading,
    /// First line of an entry; carries the entry's main value too (employer, school, project, skill group …).
    Entry,
    /// A person's name.
    Name,
    /// Professional headline.
    Headline,
    /// E-mail address.
    Email,
    /// Phone number.
    Phone,
    /// URL.
    Url,
    /// Place.
    Location,
    /// Running text of the summary.
    Summary,
    /// Job title.
    Title,
    /// Dates as `START – END` in ISO form, `Present` when open.
    Dates,
    /// Degree as written.
    Degree,
    /// Subject of a degree.
    Subject,
    /// Grade.
    Gpa,
    /// A highlight or description.
    Text,
    /// Keywords separated by `, `.
    Keywords,
    /// Issuer, publisher, awarder.
    Issuer,
    /// Level or fluency.
    Level,
}
