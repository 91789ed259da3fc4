//! PDF bytes → [`TextDoc`]. The parser gives text spans with positions; reading order is ours:
//!
//! ```text
//!  source (limits) ─► runs (upright, visible?) ─► segments (no wide gap) ─► labels (cut off their text)
//!  ─► margin (headings beside their text)
//!  ─► columns (blocks in reading order, judged by beside) ─► rows (one baseline) ─► lines (text, style, links) ─► hyphens, furniture
//! ```
//!
//! Does not draw and does no OCR: a scan is [`SkipReason::NoTextLayer`], text without a Unicode map
//! [`SkipReason::Unmappable`].

mod beside;
mod cells;
mod columns;
mod direction;
mod flow;
mod furniture;
mod garbage;
mod hyphens;
mod icons;
mod labels;
mod lines;
mod links;
mod margin;
mod paint;
pub(super) mod pictures;
mod rows;
mod runs;
mod segments;
mod source;

use super::collector::Collector;
use super::limits::{MAX_PAGE_CONTENT_BYTES, MAX_PAGES, MAX_PDF_CONTENT_BYTES};
use crate::model::text::Label;
use crate::model::{Format, SkipReason, TextDoc};
use columns::Block;
use links::LinkArea;
use pdfboss_core::{Document, Error, OcState, Page, block_on};
use pdfboss_text::{FontCache, ReadingOrder, Ruling};
use runs::{Frame, Points};
use source::Metered;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Attachments looked at, and bytes of one; a Europass CV with a photo has up to 2 MB.
const MAX_ATTACHMENTS: usize = 20;
const MAX_ATTACHMENT_BYTES: u64 = 16 << 20;

/// An attached CV with fewer lines is an empty form: the pages say more.
const MIN_ATTACHED_LINES: usize = 6;

/// A horizontal line on the page: left end, right end, height.
type Rule = (Points, Points, Points);

/// One page, cut into blocks.
struct PageLayout {
    number: u32,
    height: Points,
    blocks: Vec<Block>,
    links: Vec<LinkArea>,
    rules: Vec<Rule>,
}

/// Reads a PDF. A crash of the parser costs this file only.
pub(super) fn read(bytes: &[u8]) -> Result<TextDoc, SkipReason> {
    catch_unwind(AssertUnwindSafe(|| read_document(bytes))).unwrap_or_else(|cause| {
        let message = cause.downcast_ref::<String>().cloned();
        let message = message.or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(SkipReason::ReaderCrashed(message.unwrap_or_else(|| "panic in the PDF parser".into())))
    })
}

fn read_document(bytes: &[u8]) -> Result<TextDoc, SkipReason> {
    let document = Document::load(bytes.to_vec()).map_err(|error| match error {
        Error::Encrypted => SkipReason::Encrypted,
        other => SkipReason::Corrupt(other.to_string()),
    })?;
    if document.is_locked() {
        return Err(SkipReason::Encrypted);
    }
    if let Some(resume) = attached_resume(&document) {
        return Ok(resume);
    }
    let mut out = Collector::default();
    let mut reader = Reader {
        document: &document,
        fonts: FontCache::default(),
        oc: document.oc_state(),
        left: MAX_PDF_CONTENT_BYTES,
    };
    let count = document.page_count().max(1);
    let mut evidence = garbage::Evidence::default();
    let mut layouts = Vec::new();
    for index in 0..count.min(MAX_PAGES) {
        if let Some(layout) = reader.layout(index, &mut evidence, &mut out) {
            layouts.push(layout);
        }
    }
    if count > MAX_PAGES {
        out.lose(&format!("only the first {MAX_PAGES} pages were read"));
    }
    evidence.verdict(&document)?;
    let heights: Vec<Points> = layouts.iter().map(|layout| layout.height).collect();
    let mut placed: Vec<Vec<lines::Placed>> = vec![Vec::new(); layouts.len()];
    for (page, block) in flow::order(&mut layouts) {
        let layout = &layouts[page];
        let extras = lines::Extras { page: layout.number, links: &layout.links, rules: &layout.rules };
        lines::add(block, &extras, &mut placed[page], &mut out);
    }
    furniture::mark(out.lines_mut(), &placed, &heights);
    hyphens::join(out.lines_mut());
    Ok(out.finish(Format::Pdf, count.min(MAX_PAGES) as u32, modified(&document)))
}

/// The Europass CV that Europass PDFs carry as XML: the same content, and it says what each value is.
fn attached_resume(document: &Document) -> Option<TextDoc> {
    let files = document.embedded_files();
    let mut small =
        files.iter().take(MAX_ATTACHMENTS).filter(|file| file.size.is_none_or(|size| size <= MAX_ATTACHMENT_BYTES));
    small.find_map(|file| {
        let bytes = document.embedded_file_data(file).ok()?;
        if !bytes.trim_ascii_start().starts_with(b"<") && !bytes.starts_with(b"\xef\xbb\xbf<") {
            return None;
        }
        let found = super::europass::read(&bytes).ok()?;
        let has_name = found.lines.iter().any(|line| line.label == Some(Label::Name));
        let pages = document.page_count().max(1) as u32;
        let modified = found.modified.clone().or_else(|| modified(document));
        let is_whole = has_name && found.lines.len() >= MIN_ATTACHED_LINES;
        is_whole.then_some(TextDoc { format: Format::Pdf, pages, modified, ..found })
    })
}

/// What is shared between the pages of a file.
struct Reader<'a> {
    document: &'a Document,
    fonts: FontCache,
    oc: Option<OcState>,
    left: usize,
}

impl Reader<'_> {
    fn layout(&mut self, index: usize, evidence: &mut garbage::Evidence, out: &mut Collector) -> Option<PageLayout> {
        let Ok(page) = self.document.page(index) else {
            out.lose(&format!("page {} is damaged", index + 1));
            evidence.damaged = true;
            return None;
        };
        let source = Metered::new(self.document, MAX_PAGE_CONTENT_BYTES.min(self.left));
        let (spans, rulings, report) =
            block_on(pdfboss_text_spans(&source, &page, &self.fonts, self.oc.as_ref())).ok()?;
        self.left -= MAX_PAGE_CONTENT_BYTES.min(self.left) - source.left();
        if source.is_spent() {
            out.lose(&format!("page {} draws more text than is read", index + 1));
        } else if !report.is_complete() {
            evidence.damaged = true;
        }
        let frame = Frame::new(&page, runs::main_turn(&spans));
        let mut found = runs::collect(spans, &page, &frame);
        if found.cut {
            out.lose(&format!("page {} has too many pieces of text", index + 1));
        }
        self.hide_white(&page, &mut found.runs);
        evidence.add(&found.runs);
        let rules = rules(&rulings, &frame);
        let mut blocks = columns::blocks(margin::lift(labels::cut(segments::join(found.runs))), &rules);
        if !found.turned.is_empty() {
            evidence.add(&found.turned);
            blocks.extend(flow::turned(found.turned));
        }
        Some(PageLayout {
            number: index as u32 + 1,
            height: found.height,
            blocks,
            links: links::on_page(self.document, &page, &frame),
            rules,
        })
    }

    /// White text is hidden when nothing dark is painted on the page.
    fn hide_white(&self, page: &Page, runs: &mut [runs::Run]) {
        let any = runs.iter().any(|run| run.white);
        let all = runs.iter().all(|run| run.white);
        if !any || all || page.content(self.document).map_or(true, |content| paint::is_painted(&content)) {
            return;
        }
        runs.iter_mut().for_each(|run| run.hidden |= run.white);
    }
}

type Spans = (Vec<pdfboss_text::TextSpan>, Vec<Ruling>, pdfboss_text::ExtractReport);

async fn pdfboss_text_spans(
    source: &Metered<'_>,
    page: &Page,
    fonts: &FontCache,
    oc: Option<&OcState>,
) -> pdfboss_core::Result<Spans> {
    pdfboss_text::extract_spans_and_rulings_reporting_cached_with(source, page, fonts, oc, None, ReadingOrder::Content)
        .await
}

/// The horizontal lines of a page.
fn rules(rulings: &[Ruling], frame: &Frame) -> Vec<Rule> {
    let mut rules = Vec::new();
    for ruling in rulings.iter().take(2000) {
        let (ax, ay) = frame.point(ruling.start.x, ruling.start.y);
        let (bx, by) = frame.point(ruling.end.x, ruling.end.y);
        if (ay - by).abs() < 1.0 {
            rules.push((ax.min(bx), ax.max(bx), ay));
        }
    }
    rules
}

/// `ModDate`, else `CreationDate`, as `YYYY-MM-DD`.
fn modified(document: &Document) -> Option<String> {
    let metadata = document.metadata();
    let date = metadata.mod_date_parsed().or_else(|| metadata.creation_date_parsed())?;
    Some(format!("{:04}-{:02}-{:02}", date.year, date.month, date.day))
}

#[cfg(test)]
mod column_tests;
#[cfg(test)]
mod tests;
