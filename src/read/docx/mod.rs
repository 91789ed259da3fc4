//! DOCX bytes → [`TextDoc`]: the package is unpacked with limits (`super::package`), styles and links are looked up
//! (`styles.rs`), the body, headers, footers and notes are walked (`body.rs`), tables are laid out (`super::flow`).
//!
//! Text boxes are read once, deleted text is not read, `vanish` and white text is kept as hidden lines. Does not read
//! `.doc`, number lists or draw anything.

mod anchor;
mod body;
mod properties;
mod styles;

use super::collector::Collector;
use super::encoding;
use super::flow::Flow;
use super::package::{self, Package, Relations};
use crate::model::{Format, Line, SkipReason, TextDoc};
use body::{Place, Walker};
use std::collections::HashSet;
use styles::Styles;

/// First bytes of an OLE file: an encrypted DOCX is wrapped in one.
const OLE_SIGNATURE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Reads a DOCX.
pub(super) fn read(bytes: &[u8]) -> Result<TextDoc, SkipReason> {
    if bytes.starts_with(OLE_SIGNATURE) {
        return Err(ole_reason(bytes));
    }
    let mut out = Collector::default();
    if bytes.trim_ascii_start().starts_with(b"<") || bytes.starts_with(b"\xef\xbb\xbf<") {
        // Word 2003 XML and "flat OPC": everything in one file, styles before the text.
        let flat = encoding::decode(bytes, None, &mut Vec::new())?;
        let styles = Styles::parse(&flat);
        Walker::new(&styles, &Relations::default(), Place::Body, Flow::new(&mut out, usual_pt(&styles))).walk(&flat);
        return Ok(out.finish(Format::Docx, 1, None));
    }
    let mut package = Package::open(bytes)?;
    let main = package.main_part();
    let mut document = package.part(&main, &mut out);
    if document.is_none() && package.is_whole() {
        if !package.names().contains(&main) {
            return Err(SkipReason::Unsupported("a ZIP file without a Word document".into()));
        }
        // Its directory points beside the parts: bytes were lost on the way, or came in between.
        package = Package::salvaged(bytes);
        document = package.part(&main, &mut out);
    }
    let Some(document) = document else {
        return Err(SkipReason::Corrupt("cut off before its text, or its text cannot be unpacked".into()));
    };
    let styles = package.part(&package.beside(&main, "styles.xml"), &mut out);
    let styles = styles.as_deref().map(Styles::parse).unwrap_or_default();
    let usual_pt = usual_pt(&styles);
    let related = package.relations(&main, &mut out);
    let mut seen = HashSet::new();
    for kind in ["header", "footer", "footnotes", "endnotes"] {
        // Contact data often stands in the header: headers come first, the rest after the body.
        if kind == "footer" {
            Walker::new(&styles, &related, Place::Body, Flow::new(&mut out, usual_pt)).walk(&document);
            taken_in(&mut package, &related, &main, &mut out);
        }
        for part in related.parts(kind) {
            let name = package.beside(&main, part);
            let Some(xml) = package.part(&name, &mut out) else { continue };
            if seen.insert(xml.clone()) {
                let links = package.relations(&name, &mut out);
                let place = if kind == "header" || kind == "footer" { Place::Margin } else { Place::Notes };
                let flow =
                    if kind == "footer" { Flow::footer(&mut out, usual_pt) } else { Flow::new(&mut out, usual_pt) };
                Walker::new(&styles, &links, place, flow).walk(&xml);
            }
        }
    }
    let modified = package.part("docProps/core.xml", &mut out).and_then(|xml| package::modified(&xml));
    Ok(out.finish(Format::Docx, 1, modified))
}

/// Web pages that Word takes in when it opens the file (`w:altChunk`): programs that turn HTML into DOCX leave the work to it.
fn taken_in(package: &mut Package<'_>, related: &Relations, main: &str, out: &mut Collector) {
    for part in related.parts("aFChunk") {
        let Some(bytes) = package.bytes(&package.beside(main, part), out) else { continue };
        let Ok(page) = super::html::read(&bytes) else { continue };
        page.lines.into_iter().for_each(|line| out.clean_line(Line { number: 0, ..line }));
    }
}

/// The space that ordinary paragraphs have between them.
fn usual_pt(styles: &Styles) -> f32 {
    let usual = styles.paragraph(None).0;
    usual.before_pt.unwrap_or(0.0).max(usual.after_pt.unwrap_or(0.0))
}

/// An OLE file under the name of a DOCX: encrypted, or an old `.doc`.
fn ole_reason(bytes: &[u8]) -> SkipReason {
    // Stream names are UTF-16; the directory stands anywhere in the file.
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(encrypted.len()).any(|window| window == encrypted) {
        SkipReason::Encrypted
    } else {
        SkipReason::Unsupported("Word 97–2003 document (.doc)".into())
    }
}

#[cfg(test)]
mod tests;
