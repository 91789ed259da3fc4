//! A PDF of pictures → the pictures of its pages as files that other programs read: JPEG and JPEG 2000 as they are, everything else as
//! PNM. For OCR of scans. Does not draw: text, lines and small pictures are left out.

use crate::model::SkipReason;
use pdfboss_core::{Dict, Document, Object, Stream};
use serde::{Deserialize, Serialize};

/// Pages looked at; a scan of more is no résumé.
const MAX_PAGES: usize = 20;

/// Bytes of pictures taken of one file.
const MAX_BYTES: usize = 128 << 20;

/// Dots on the shorter side of what can be a page or a strip of one: at 72 dots per inch, a third of A4.
const SMALLEST: i64 = 190;

/// Forms in forms that are looked into.
const MAX_DEPTH: usize = 3;

/// The picture of a page, or of a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Page, from 1.
    pub page: u32,
    /// JPEG, JPEG 2000 or PNM.
    pub bytes: Vec<u8>,
}

/// The pictures that fill pages, in reading order as far as the file tells.
///
/// # Errors
/// The file cannot be opened, or has no such picture ([`SkipReason::NoTextLayer`]).
pub(crate) fn pictures(bytes: &[u8]) -> Result<Vec<Picture>, SkipReason> {
    let document = Document::load(bytes.to_vec()).map_err(|error| SkipReason::Corrupt(error.to_string()))?;
    let (mut found, mut size) = (Vec::new(), 0);
    for index in 0..document.page_count().min(MAX_PAGES) {
        let Ok(page) = document.page(index) else { continue };
        let mut streams = Vec::new();
        images(&document, &page.resources, MAX_DEPTH, &mut streams);
        // A scanned page is one large picture or several strips; logos and icons beside it are small.
        let largest = streams.iter().map(area).max().unwrap_or(0);
        for stream in streams.iter().filter(|stream| area(stream) * 4 >= largest) {
            let Some(bytes) = file(&document, stream) else { continue };
            size += bytes.len();
            if size > MAX_BYTES {
                return Ok(found);
            }
            found.push(Picture { page: index as u32 + 1, bytes });
        }
    }
    if found.is_empty() { Err(SkipReason::NoTextLayer) } else { Ok(found) }
}

/// The pictures among the resources, and among those of forms.
fn images(document: &Document, resources: &Dict, depth: usize, out: &mut Vec<Stream>) {
    let objects = resources.get("XObject").and_then(|objects| document.resolve(objects).ok());
    let Some(objects) = objects.as_ref().and_then(Object::as_dict) else { return };
    for (_, object) in objects.iter().take(200) {
        let Ok(object) = document.resolve(object) else { continue };
        let Some(stream) = object.as_stream() else { continue };
        match stream.dict.get_name("Subtype").map(|name| name.0.as_str()) {
            Some("Image") if sides(stream).is_some_and(|(width, height)| width.min(height) >= SMALLEST) => {
                out.push(stream.clone());
            }
            Some("Form") if depth > 0 => {
                let inner = stream.dict.get("Resources").and_then(|inner| document.resolve(inner).ok());
                if let Some(inner) = inner.as_ref().and_then(Object::as_dict) {
                    images(document, inner, depth - 1, out);
                }
            }
            _ => {}
        }
    }
}

fn sides(stream: &Stream) -> Option<(i64, i64)> {
    let side = |name| stream.dict.get_int(name).filter(|side| (1..=30_000).contains(side));
    Some((side("Width")?, side("Height")?))
}

fn area(stream: &Stream) -> i64 {
    sides(stream).map_or(0, |(width, height)| width * height)
}

/// The picture as a file; None when it cannot be told how its samples are meant.
fn file(document: &Document, stream: &Stream) -> Option<Vec<u8>> {
    let data = document.stream_data(stream).ok()?;
    // JPEG and JPEG 2000 come as they are.
    if data.starts_with(b"\xff\xd8\xff") || data.starts_with(b"\0\0\0\x0cjP") || data.starts_with(b"\xff\x4f\xff\x51") {
        return Some(data);
    }
    let (width, height) = sides(stream)?;
    let mask = matches!(stream.dict.get("ImageMask"), Some(Object::Bool(true)));
    let bits = if mask { 1 } else { stream.dict.get_int("BitsPerComponent").unwrap_or(1) };
    let row_bits = usize::try_from(width).ok()?;
    let height = usize::try_from(height).ok()?;
    let inverted = decode_is_inverted(document, stream);
    let (head, row, invert) = match (bits, data.len().checked_div(row_bits * height)) {
        // 0 is black in a PDF and white in a PBM.
        (1, _) => (format!("P4\n{width} {height}\n"), row_bits.div_ceil(8), !inverted),
        (8, Some(3)) => (format!("P6\n{width} {height}\n255\n"), row_bits * 3, inverted),
        (8, Some(1)) => (format!("P5\n{width} {height}\n255\n"), row_bits, inverted),
        _ => return None,
    };
    let samples = data.get(..row * height)?;
    let mut out = head.into_bytes();
    out.extend(samples.iter().map(|byte| if invert { !byte } else { *byte }));
    Some(out)
}

/// `/Decode [1 0]`: black and white change places.
fn decode_is_inverted(document: &Document, stream: &Stream) -> bool {
    let decode = stream.dict.get("Decode").and_then(|decode| document.resolve(decode).ok());
    let first = decode.as_ref().and_then(Object::as_array).and_then(|decode| decode.first()?.as_f64());
    first.is_some_and(|first| first > 0.5)
}
