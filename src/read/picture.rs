//! Pictures of pages, for OCR: what a [`Picture`] is, and which parts of an office package are one (a scan put into a DOCX or ODT).
//! In: the file's bytes. Out: its pictures in the order of their numbers. Does not decode or draw them.

use super::collector::Collector;
use super::package::Package;
use crate::model::SkipReason;
use serde::{Deserialize, Serialize};

/// The picture of a page, or of a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Page, from 1.
    pub page: u32,
    /// PNG, JPEG or PNM.
    pub bytes: Vec<u8>,
}

/// Where Word and LibreOffice keep pictures: `word/media/image1.png`, `Pictures/1000.jpg`.
const FOLDERS: &[&str] = &["word/media/", "Pictures/"];

/// Pictures taken of one file.
const MAX_PICTURES: usize = 20;

/// Bytes of pictures taken of one file.
pub(super) const MAX_BYTES: usize = 128 << 20;

/// Dots on the shorter side of what can be a page: at 72 dots per inch, two thirds of A4.
const SMALLEST: u32 = 400;

/// The pictures in a package that are large enough for a page.
///
/// # Errors
/// It cannot be opened, or has no such picture ([`SkipReason::NoTextLayer`]).
pub(super) fn of_package(bytes: &[u8]) -> Result<Vec<Picture>, SkipReason> {
    let mut package = Package::open(bytes)?;
    let mut names = package.names();
    names.retain(|name| FOLDERS.iter().any(|folder| name.starts_with(folder)));
    // `image2` before `image10`: numbered in the order of the text.
    names.sort_by_key(|name| (name.len(), name.clone()));
    let (mut found, mut size) = (Vec::new(), 0);
    for name in names.iter().take(MAX_PICTURES) {
        let Some(bytes) = package.bytes(name, &mut Collector::default()) else { continue };
        if sides(&bytes).is_none_or(|(width, height)| width.min(height) < SMALLEST) {
            continue;
        }
        size += bytes.len();
        if size > MAX_BYTES {
            break;
        }
        found.push(Picture { page: 1, bytes });
    }
    if found.is_empty() { Err(SkipReason::NoTextLayer) } else { Ok(found) }
}

/// Width and height of a PNG or JPEG in dots; `None` for anything else.
fn sides(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize, size: usize| -> Option<u32> {
        let digits = bytes.get(at..at.checked_add(size)?)?;
        Some(digits.iter().fold(0, |number, &digit| number << 8 | u32::from(digit)))
    };
    if bytes.starts_with(b"\x89PNG") {
        return Some((number(16, 4)?, number(20, 4)?));
    }
    // A JPEG is segments `FF kind length …`; those of kind C0 to CF begin a frame, but for three tables among them.
    let mut at = if bytes.starts_with(b"\xff\xd8") { 2 } else { return None };
    while bytes.get(at) == Some(&0xff) {
        let kind = *bytes.get(at + 1)?;
        if matches!(kind, 0xc0..=0xcf) && !matches!(kind, 0xc4 | 0xc8 | 0xcc) {
            return Some((number(at + 7, 2)?, number(at + 5, 2)?));
        }
        at += 2 + number(at + 2, 2)? as usize;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Format;
    use std::io::{Cursor, Write};

    fn png(width: u32, height: u32) -> Vec<u8> {
        [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &width.to_be_bytes(), &height.to_be_bytes()].concat()
    }

    fn docx(text: &str, pictures: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let document = format!("<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>");
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in [("word/document.xml", document.into_bytes())].iter().chain(pictures) {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_document_of_pictures_is_a_scan() {
        let (first, second) = (png(1240, 1754), png(1200, 1700));
        let pages = [("word/media/image10.png", second.clone()), ("word/media/image2.png", first.clone())];
        let scan = docx(" ", &pages);
        assert_eq!(crate::read::read(&scan, Format::Docx), Err(SkipReason::NoTextLayer));
        let found: Vec<Vec<u8>> = of_package(&scan).unwrap().into_iter().map(|picture| picture.bytes).collect();
        assert_eq!(found, [first, second], "in the order of their numbers");
        assert!(crate::read::read(&docx("Ada Roe", &pages), Format::Docx).is_ok(), "with a text it is a document");
        let photo = docx(" ", &[("word/media/image1.png", png(300, 400))]);
        assert_eq!(crate::read::read(&photo, Format::Docx), Err(SkipReason::Empty));
    }

    #[test]
    fn the_size_of_a_picture() {
        assert_eq!(sides(&png(12, 34)), Some((12, 34)));
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc4\0\x03a\xff\xc2\0\x08\x08\x01\x02\x03\x04";
        assert_eq!(sides(jpeg), Some((0x304, 0x102)));
        for other in [b"GIF89a".as_slice(), b"\xff\xd8", b"\xff\xd8\xff\xe0\0\0", b"\x89PNG", b""] {
            assert_eq!(sides(other), None);
        }
    }
}
