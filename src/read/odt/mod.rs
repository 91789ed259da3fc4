//! OpenDocument text (`.odt`, flat `.fodt`) → [`TextDoc`]: styles are looked up (`styles.rs`), page headers, the body and page
//! footers are walked (`body.rs`) into a `Flow`. Tracked deletions, annotations and hidden sections' prompts are not
//! read; hidden text is kept as hidden lines. Does not read OpenDocument tables or slides.

mod body;
mod styles;

use super::collector::Collector;
use super::flow::Flow;
use super::package::Package;
use crate::model::{Format, SkipReason, TextDoc};
use body::{Region, Walker};
use styles::Styles;

/// Reads an OpenDocument text.
pub(super) fn read(bytes: &[u8]) -> Result<TextDoc, SkipReason> {
    let mut out = Collector::default();
    if !bytes.starts_with(b"PK") {
        let flat = super::encoding::decode(bytes, None, &mut Vec::new())?;
        return Ok(lines(&flat, "", &flat, out));
    }
    let mut package = Package::open(bytes)?;
    let manifest = package.part("META-INF/manifest.xml", &mut out).unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(SkipReason::Encrypted);
    }
    let Some(content) = package.part("content.xml", &mut out) else {
        return Err(SkipReason::Corrupt("the package has no content.xml".into()));
    };
    let page_styles = package.part("styles.xml", &mut out).unwrap_or_default();
    let meta = package.part("meta.xml", &mut out).unwrap_or_default();
    Ok(lines(&content, &page_styles, &meta, out))
}

/// Walks the parts: contact data often stands in the page header, so it comes first.
fn lines(content: &str, page_styles: &str, meta: &str, mut out: Collector) -> TextDoc {
    let mut styles = Styles::default();
    styles.add(page_styles);
    styles.add(content);
    let margins = if page_styles.is_empty() { content } else { page_styles };
    for (source, region) in [(margins, Region::Header), (content, Region::Body), (margins, Region::Footer)] {
        let usual_pt = styles.usual_pt();
        let flow =
            if region == Region::Footer { Flow::footer(&mut out, usual_pt) } else { Flow::new(&mut out, usual_pt) };
        Walker::new(&styles, region, flow).walk(source);
    }
    out.finish(Format::Odt, 1, modified(meta))
}

/// The day in `<dc:date>`, else `<meta:creation-date>`.
fn modified(meta: &str) -> Option<String> {
    let after = |tag: &str| {
        let value = &meta[meta.find(tag)? + tag.len()..];
        let day = value.get(..10)?;
        let mut parts = day.split('-').map(|part| part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_digit()));
        (day.split('-').count() == 3 && parts.all(|good| good)).then(|| day.to_owned())
    };
    after("<dc:date>").or_else(|| after("<meta:creation-date>"))
}

#[cfg(test)]
mod tests;
