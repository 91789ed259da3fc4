//! Bytes of one file → [`TextDoc`]: its lines in reading order and how they look.
//!
//! ```text
//!  bytes ─► read ─┬─ text          encoding ─► text | markdown
//!                 ├─ html          encoding ─► html
//!                 ├─ json_resume   labelled lines
//!                 ├─ docx          zip ─► xml parts
//!                 └─ pdf           glyph runs ─► words ─► columns ─► rows
//!                        every line ends in rich.rs (clean text, bold ranges, links, bullets)
//!                        and collector.rs (limits, blank lines, rules)
//! ```
//!
//! To add a format (`.odt`): a variant in [`Format`], its signature in `corpus::sniff`, a folder here whose `read` pushes
//! styled text into a `Rich` per line and the lines into a `Collector`, and a row in [`read`]. Cleaning, bullets, links and
//! limits come with those two.
//!
//! Never panics, takes time linear in the input, and keeps the limits of `limits.rs`. Does not open files, does not know
//! what a résumé is, and does not isolate itself: a caller that wants a crash or a hang to cost one file only runs it in a
//! worker.

mod bullets;
mod cells;
mod characters;
mod clean;
mod collector;
mod docx;
mod encoding;
mod entities;
mod html;
mod json_resume;
mod limits;
mod markdown;
mod pdf;
mod rich;
mod spaced;
mod text;

use crate::model::{Format, SkipReason, TextDoc};

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
    };
    if found.lines.is_empty() {
        return Err(SkipReason::Empty);
    }
    Ok(found)
}

fn read_text(bytes: &[u8], format: Format) -> Result<TextDoc, SkipReason> {
    let mut warnings = Vec::new();
    let source = encoding::decode(bytes, None, &mut warnings)?;
    if format == Format::Markdown || markdown::looks_like(&source) {
        Ok(markdown::read(&source, warnings))
    } else {
        Ok(text::read(&source, warnings))
    }
}

#[cfg(test)]
mod tests;
