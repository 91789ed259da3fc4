//! A PDF → its pages drawn as pictures (PNM), for OCR: scans, pages whose letters are drawn as shapes, and fonts that do not say which
//! letters they show. Pages without a dot of ink are left out. Does not read text.

use super::super::picture::{MAX_BYTES, Picture};
use crate::model::SkipReason;
use pdfboss_core::{Document, Page};
use pdfboss_render::{Pixmap, RenderCache, RenderOptions, render_page_with_options};
use std::sync::Arc;

/// Pages drawn; a scan of more is no résumé.
const MAX_PAGES: usize = 20;

/// Dots per inch that Tesseract is made for (its documentation: "works best on images of at least 300 dpi").
const DOTS_PER_INCH: f32 = 300.0;

/// Dots of one page: A3 at 300 per inch. Larger pages are drawn coarser.
const MAX_DOTS: f32 = 18e6;

/// The pages that show something, in their order.
///
/// # Errors
/// The file cannot be opened, or all its pages are blank ([`SkipReason::NoTextLayer`]).
pub(crate) fn pictures(bytes: &[u8]) -> Result<Vec<Picture>, SkipReason> {
    let document = Document::load(bytes.to_vec()).map_err(|error| SkipReason::Corrupt(error.to_string()))?;
    let options = RenderOptions { cache: Some(Arc::new(RenderCache::default())), ..RenderOptions::default() };
    let (mut found, mut size) = (Vec::new(), 0);
    for index in 0..document.page_count().min(MAX_PAGES) {
        let Ok(page) = document.page(index) else { continue };
        let drawn = render_page_with_options(&document, &page, scale(&page), &options);
        let Some(bytes) = drawn.ok().and_then(|drawn| grey(&drawn)) else { continue };
        size += bytes.len();
        if size > MAX_BYTES {
            break;
        }
        found.push(Picture { page: index as u32 + 1, bytes });
    }
    if found.is_empty() { Err(SkipReason::NoTextLayer) } else { Ok(found) }
}

/// Dots per point.
fn scale(page: &Page) -> f32 {
    let (width, height) = page.size();
    let most = (MAX_DOTS / (width * height).max(1.0)).sqrt();
    (DOTS_PER_INCH / 72.0).min(most)
}

/// The page as a PGM file; `None` for a blank one.
fn grey(page: &Pixmap) -> Option<Vec<u8>> {
    let mut out = format!("P5\n{} {}\n255\n", page.width, page.height).into_bytes();
    let head = out.len();
    // The eye's weights of red, green and blue (ITU-R BT.601), in 256ths.
    let dots = page.data.chunks_exact(4);
    out.extend(
        dots.map(|dot| ((77 * u32::from(dot[0]) + 150 * u32::from(dot[1]) + 29 * u32::from(dot[2])) >> 8) as u8),
    );
    let ground = out.get(head).copied()?;
    out[head..].iter().any(|&dot| dot.abs_diff(ground) > 64).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PDF of one page that draws `content`.
    fn pdf(content: &str) -> Vec<u8> {
        let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 144]/Contents 4 0 R/Resources<<>>>>";
        let stream = format!("<</Length {}>>stream\n{content}\nendstream", content.len());
        let objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, &stream];
        let mut pdf = String::from("%PDF-1.4\n");
        for (index, object) in objects.iter().enumerate() {
            pdf += &format!("{} 0 obj\n{object}\nendobj\n", index + 1);
        }
        (pdf + "trailer<</Root 1 0 R>>\n%%EOF\n").into_bytes()
    }

    #[test]
    fn drawn_pages_are_pictures_and_blank_ones_are_not() {
        let drawn = pictures(&pdf("0 0 36 144 re f")).unwrap();
        assert!(drawn.len() == 1 && drawn[0].page == 1 && drawn[0].bytes.starts_with(b"P5\n300 600\n255\n"));
        let (first, last) = (drawn[0].bytes[15], drawn[0].bytes[drawn[0].bytes.len() - 1]);
        assert_eq!((first, last), (0, 255), "the left half is black");
        assert_eq!(pictures(&pdf("")), Err(SkipReason::NoTextLayer));
    }
}
