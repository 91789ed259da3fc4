//! The parser's text spans of one page → [`Run`]s: upright, y down from the top of the page, without off-page text,
//! icons and doubles; invisible text flagged. Does not join anything.

use super::super::limits::MAX_PAGE_RUNS;
use super::direction;
use super::icons;
use pdfboss_core::Page;
use pdfboss_text::TextSpan;
use std::collections::HashSet;

/// Points: 1/72 inch.
pub(super) type Points = f32;

/// A stretch of glyphs drawn by one operator, in page coordinates: x to the right, y down, both from the top left.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub text: String,
    pub x0: Points,
    pub x1: Points,
    /// Baseline.
    pub y: Points,
    pub size: Points,
    pub bold: bool,
    pub italic: bool,
    pub hidden: bool,
    /// Drawn in white: hidden unless something dark lies behind it.
    pub white: bool,
    /// Place in the content stream: what the producer wrote first.
    pub order: u32,
    /// The file has a blank before or after it, however narrow.
    pub blank_before: bool,
    pub blank_after: bool,
}

/// A page's runs and its height.
#[derive(Debug, Default)]
pub(super) struct PageRuns {
    pub runs: Vec<Run>,
    pub height: Points,
    /// Runs that stand at another angle than the rest: their text, in content order.
    pub turned: Vec<Run>,
    /// More runs than the limit were drawn.
    pub cut: bool,
}

/// Text smaller than this, in points, and a quarter of the page's usual size is not for people.
const TINY: Points = 2.0;

/// Maps user space to upright page coordinates for one rotation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    turn: i32,
    x0: f32,
    y0: f32,
    x1: f32,
    y1: f32,
}

impl Frame {
    /// The frame in which text drawn at `turn` degrees stands upright.
    pub fn new(page: &Page, turn: i32) -> Frame {
        let area = page.crop_box;
        Frame {
            turn: turn.rem_euclid(360),
            x0: area.x0.min(area.x1),
            y0: area.y0.min(area.y1),
            x1: area.x0.max(area.x1),
            y1: area.y0.max(area.y1),
        }
    }

    /// User space to page coordinates.
    pub fn point(&self, x: f32, y: f32) -> (Points, Points) {
        match self.turn {
            // Text running bottom to top: its right is the page's up.
            90 => (y - self.y0, x - self.x0),
            180 => (self.x1 - x, y - self.y0),
            270 => (self.y1 - y, self.x1 - x),
            _ => (x - self.x0, self.y1 - y),
        }
    }

    /// Height of the upright page.
    pub fn height(&self) -> Points {
        if self.turn % 180 == 90 { self.x1 - self.x0 } else { self.y1 - self.y0 }
    }
}

/// The rotation most of the page's characters are drawn at.
pub(super) fn main_turn(spans: &[TextSpan]) -> i32 {
    let mut votes = [0usize; 4];
    for span in spans {
        votes[(span.rotate.rem_euclid(360) / 90) as usize] += span.text.len();
    }
    // Ties go to the smaller turn, so an empty page is upright.
    let best = (0..4).rev().max_by_key(|turn| votes[*turn]).unwrap_or(0);
    best as i32 * 90
}

/// Turns a page's spans into runs.
pub(super) fn collect(mut spans: Vec<TextSpan>, page: &Page, frame: &Frame) -> PageRuns {
    pdfboss_output::retain_spans_on_page(&mut spans, page);
    let mut found = PageRuns { height: frame.height(), cut: spans.len() > MAX_PAGE_RUNS, ..PageRuns::default() };
    spans.truncate(MAX_PAGE_RUNS);
    let usual = usual_size(&spans);
    let ocr = spans.iter().all(|span| span.invisible || span.text.trim().is_empty());
    let mut seen = HashSet::new();
    for (order, span) in spans.into_iter().enumerate() {
        let Some(text) = icons::visible_text(&span) else { continue };
        let text = if span.logical { text } else { direction::logical(text) };
        let upright = span.rotate.rem_euclid(360) == frame.turn;
        let (mut x0, y) = frame.point(span.x, span.y);
        let (mut x1, _) = frame.point(span.end_x, span.end_y);
        if x1 < x0 {
            (x0, x1) = (x1, x0);
        }
        if ![x0, x1, y, span.size].iter().all(|number| number.is_finite()) {
            continue;
        }
        // Shadows and fake bold draw the same text twice, a hair apart.
        let tiny = span.size < TINY && span.size < usual / 4.0;
        let key = (text.clone(), (x0 / 2.0).round() as i32, (y / 2.0).round() as i32);
        if text.trim().chars().count() > 1 && !seen.insert(key) {
            continue;
        }
        let white = span.color.is_some_and(|(r, g, b)| r > 0.97 && g > 0.97 && b > 0.97);
        let run = Run {
            text,
            x0,
            x1,
            y,
            size: span.size.max(0.1),
            bold: span.bold || icons::is_bold_name(&span.font_name),
            italic: span.italic,
            hidden: tiny || (span.invisible && !ocr),
            white,
            order: order as u32,
            blank_before: false,
            blank_after: false,
        };
        if upright { &mut found.runs } else { &mut found.turned }.push(run);
    }
    found
}

/// The size most characters have.
fn usual_size(spans: &[TextSpan]) -> Points {
    let mut sizes: Vec<(f32, usize)> = spans.iter().map(|span| (span.size, span.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, length)| length).sum::<usize>() / 2;
    let mut passed = 0;
    for (size, length) in sizes {
        passed += length;
        if passed > half {
            return size;
        }
    }
    0.0
}
