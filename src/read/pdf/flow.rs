//! Blocks of all pages → the order they are read in. A sidebar that runs over several pages is one text, and so is the
//! column beside it: page by page, page 2's skills would stand between page 1's jobs and page 2's.

use super::PageLayout;
use super::columns::Block;
use super::runs::{Points, Run};
use super::segments;

/// How far the left edges of one sidebar differ from page to page, in points.
const SAME_EDGE: Points = 6.0;

/// Widest sidebar as a share of the text width; wider columns are a two-column text and read page by page.
const MAX_SIDEBAR: f32 = 0.42;

/// Fewest characters of a sidebar on a page; less is a stray block.
const MIN_CHARACTERS: usize = 80;

/// Takes the blocks out of the layouts: (index of the layout, block) in reading order.
pub(super) fn order(layouts: &mut [PageLayout]) -> Vec<(usize, Block)> {
    let edges: Vec<Option<Points>> = layouts.iter().map(|layout| sidebar_edge(&layout.blocks)).collect();
    let mut out = Vec::new();
    let mut page = 0;
    while page < layouts.len() {
        let same =
            |other: usize| matches!((edges[page], edges[other]), (Some(a), Some(b)) if (a - b).abs() < SAME_EDGE);
        let last = (page..layouts.len()).take_while(|other| *other == page || same(*other)).last().unwrap_or(page);
        let pages = (page..=last).flat_map(|page| {
            let blocks = std::mem::take(&mut layouts[page].blocks);
            blocks.into_iter().map(move |block| (page, block))
        });
        match edges[page] {
            Some(edge) if last > page => out.extend(along_sidebar(pages.collect(), edge)),
            _ => out.extend(pages),
        }
        page = last + 1;
    }
    out
}

/// The left edge of a page's sidebar, when it has one.
fn sidebar_edge(blocks: &[Block]) -> Option<Points> {
    let left = blocks.iter().map(|block| block.left).fold(f32::INFINITY, f32::min);
    let right = blocks.iter().map(|block| block.right).fold(f32::NEG_INFINITY, f32::max);
    let side: Vec<&Block> = blocks.iter().filter(|block| block.column == 1).collect();
    let edge = side.iter().map(|block| block.left).fold(f32::INFINITY, f32::min);
    let end = side.iter().map(|block| block.right).fold(f32::NEG_INFINITY, f32::max);
    let characters: usize = side.iter().flat_map(|block| &block.segments).map(segments::Segment::weight).sum();
    (characters >= MIN_CHARACTERS && end - edge < MAX_SIDEBAR * (right - left)).then_some(edge)
}

/// The pages' blocks with the whole sidebar in one piece: before the main text where it stands left of it, else after.
fn along_sidebar(blocks: Vec<(usize, Block)>, edge: Points) -> Vec<(usize, Block)> {
    let first = blocks.iter().position(|(_, block)| block.column == 1).unwrap_or(0);
    let is_left = blocks[first..].iter().any(|(_, block)| block.column == 0 && block.left > edge + SAME_EDGE);
    let mut head = blocks;
    let tail = head.split_off(if is_left { first } else { 0 });
    let (side, main): (Vec<_>, Vec<_>) = tail.into_iter().partition(|(_, block)| block.column == 1);
    if is_left {
        head.extend(side);
        head.extend(main);
    } else {
        head.extend(main);
        head.extend(side);
    }
    head
}

/// Text that stands at another angle than the page: one row per stretch, in the order it was drawn.
pub(super) fn turned(runs: Vec<Run>) -> Option<Block> {
    // Its coordinates mean nothing in this frame, so it gets new ones.
    let mut y: Points = 0.0;
    let mut segments = Vec::new();
    for run in runs {
        y += 2.0 * run.size;
        let width = run.text.chars().count() as f32 * run.size / 2.0;
        segments.extend(segments::join(vec![Run { x0: 0.0, x1: width, y, ..run }]));
    }
    (!segments.is_empty()).then_some(Block { segments, column: 1, left: 0.0, right: 1.0 })
}
