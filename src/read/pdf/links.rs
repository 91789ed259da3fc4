//! URI annotations of a page → [`LinkArea`]s in page coordinates. Which text they cover is decided in `lines.rs`.

use super::runs::{Frame, Points, Run};
use pdfboss_core::{ActionKind, Annotation, Document, Page};

/// Links taken from one page; a publication list has a few hundred.
const MAX_LINKS: usize = 1000;

/// A clickable rectangle.
#[derive(Debug)]
pub(super) struct LinkArea {
    x0: Points,
    x1: Points,
    top: Points,
    bottom: Points,
    pub url: String,
}

impl LinkArea {
    /// True when the run's letters stand in the rectangle, at least partly.
    pub fn meets(&self, run: &Run) -> bool {
        let middle = run.y - 0.3 * run.size;
        middle > self.top && middle < self.bottom && run.x1 > self.x0 && run.x0 < self.x1
    }

    /// True when this place lies in the rectangle.
    pub fn covers(&self, x: Points) -> bool {
        x > self.x0 && x < self.x1
    }
}

/// The web and mail links of a page.
pub(super) fn on_page(document: &Document, page: &Page, frame: &Frame) -> Vec<LinkArea> {
    if page.dict().get("Annots").is_none() {
        return Vec::new();
    }
    document.annotations(page).iter().filter_map(|annotation| area(annotation, frame)).take(MAX_LINKS).collect()
}

fn area(annotation: &Annotation, frame: &Frame) -> Option<LinkArea> {
    let ActionKind::Uri { uri, .. } = &annotation.action.as_ref()?.kind else { return None };
    let rect = annotation.rect?;
    let (ax, ay) = frame.point(rect.x0, rect.y0);
    let (bx, by) = frame.point(rect.x1, rect.y1);
    let url = uri.trim().to_owned();
    (!url.is_empty()).then(|| LinkArea { x0: ax.min(bx), x1: ax.max(bx), top: ay.min(by), bottom: ay.max(by), url })
}
