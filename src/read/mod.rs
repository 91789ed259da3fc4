//! Bytes of one file → [`TextDoc`]: its lines in reading order and how they look.
//!
//! ```text
//!  bytes ─► read ─┬─ text          encoding ─► text | markdown
//!                 ├─ html          encoding ─► html
//!                 ├─ json_resume   labelled lines ◄─ europass
//!                 ├─ docx, odt     package (zip) ─► xml parts ─┐
//!                 ├─ rtf           tokens ─────────────────────┼─► flow (paragraphs, tables, text boxes)
//!                 ├─ doc           pieces and looks ───────────┘
//!                 ├─ mail          encoding ─► text | html
//!                 └─ pdf           glyph runs ─► words ─► columns ─► rows
//!                        every line ends in rich.rs (clean text, bold ranges, links, bullets)
//!                        and collector.rs (limits, blank lines, rules)
//! ```
//!
//! A container (e-mail, archive) holds files of their own: [`members`] takes them out.
//!
//! To add a format: a variant in [`Format`], its signature in `corpus::sniff`, a folder here whose `read` pushes
//! styled text into a `Rich` per line and the lines into a `Collector`, and a row in [`read`]. Cleaning, bullets, links and
//! limits come with those two.
//!
//! Never panics, takes time linear in the input, and keeps the limits of `limits.rs`. Does not open files, does not know
//! what a résumé is, and does not isolate itself: a caller that wants a crash or a hang to cost one file only runs it in a
//! worker.

mod archive;
mod bullets;
mod cells;
mod character_look;
mod characters;
mod clean;
mod collector;
mod doc;
mod docx;
mod encoding;
mod entities;
mod europass;
mod floating;
mod flow;
mod html;
mod json_resume;
mod limits;
mod mail;
mod markdown;
mod mojibake;
mod odt;
mod package;
mod page_marks;
mod pdf;
mod picture;
mod rich;
mod rtf;
mod side_columns;
mod spaced;
mod text;
mod xml;
mod year;

use crate::model::{Format, SkipReason, TextDoc};
pub use picture::Picture;

/// Reads a file's bytes as `format`. Plain text that carries Markdown's marks is read as Markdown, and the result says so.
///
/// # Errors
/// The reason the file has to be left out: [`SkipReason::Empty`], [`SkipReason::Binary`], [`SkipReason::Encrypted`],
/// [`SkipReason::Corrupt`], [`SkipReason::Unsupported`], [`SkipReason::NoTextLayer`], [`SkipReason::Unmappable`] or
/// [`SkipReason::ReaderCrashed`]. Anything less is a warning in the result.
///
/// ```
/// use vitae::model::Format;
/// let text = vitae::read::read("**Ada Doe** | [site](https://example.com)".as_bytes(), Format::Markdown).unwrap();
/// assert_eq!(text.lines[0].text, "Ada Doe | site");
/// assert_eq!(text.lines[0].links[0].url, "https://example.com");
/// ```
pub fn read(bytes: &[u8], format: Format) -> Result<TextDoc, SkipReason> {
    if bytes.is_empty() {
        return Err(SkipReason::Empty);
    }
    let found = match format {
        Format::Text | Format::Markdown => read_text(bytes, format)?,
        Format::Html => html::read(bytes)?,
        Format::JsonResume => json_resume::read(bytes)?,
        Format::Docx => docx::read(bytes)?,
        Format::Pdf => pdf::read(bytes)?,
        Format::Doc => doc::read(bytes)?,
        Format::Odt => odt::read(bytes)?,
        Format::Rtf => rtf::read(bytes)?,
        Format::Europass => europass::read(bytes)?,
        Format::Eml => mail::read(bytes)?,
        Format::Zip => return Err(SkipReason::Unsupported(UNOPENED_ARCHIVE.into())),
    };
    if found.lines.is_empty() {
        let is_scan = matches!(format, Format::Docx | Format::Odt) && picture::of_package(bytes).is_ok();
        return Err(if is_scan { SkipReason::NoTextLayer } else { SkipReason::Empty });
    }
    Ok(found)
}

/// What the ledger says of an archive that nobody asked to open.
pub const UNOPENED_ARCHIVE: &str = "a ZIP archive; with --archives the résumés in it are read";

/// A file inside another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name or path as the container gives it, with `/` between the parts.
    pub name: String,
    /// Its bytes, or why there are none.
    pub content: Result<Vec<u8>, SkipReason>,
}

/// Gives the files inside a container (attachments of an e-mail, files of an archive) to `sink`, in the container's order.
/// Other formats hold none. Containers inside it are members like any other.
///
/// # Errors
/// The reason the container cannot be opened.
pub fn members(bytes: &[u8], format: Format, sink: &mut dyn FnMut(Member)) -> Result<(), SkipReason> {
    match format {
        Format::Eml => mail::members(bytes, sink),
        Format::Zip => archive::members(bytes, sink),
        _ => Ok(()),
    }
}

/// The pictures of a file's pages, for OCR: of a file that [`read`] calls [`SkipReason::NoTextLayer`] or [`SkipReason::Unmappable`].
///
/// # Errors
/// The file cannot be opened, has no such picture, or its format holds none.
pub fn pictures(bytes: &[u8], format: Format) -> Result<Vec<Picture>, SkipReason> {
    match format {
        Format::Pdf => pdf::pictures::pictures(bytes),
        Format::Docx | Format::Odt => picture::of_package(bytes),
        _ => Err(SkipReason::NoTextLayer),
    }
}

fn read_text(bytes: &[u8], format: Format) -> Result<TextDoc, SkipReason> {
    let mut warnings = Vec::new();
    let source = encoding::decode(bytes, None, &mut warnings)?;
    let is_markdown = format == Format::Markdown || markdown::looks_like(&source);
    let mut found = if is_markdown { markdown::read(&source, warnings) } else { text::read(&source, warnings) };
    page_marks::mark(&mut found.lines);
    Ok(found)
}

#[cfg(test)]
mod tests;
