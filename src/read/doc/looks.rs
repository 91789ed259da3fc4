//! Formatting of a Word document by file position: pages of property lists ("FKPs", [MS-DOC] 2.9.33 and 2.9.175), each holding the
//! positions where a look begins and the lists. Does not read text.

use super::super::character_look::CharacterLook;
use super::bytes::{u16_at, u32_at};
use super::pieces::Header;
use super::sprms::{Paragraph, read_run};
use super::styles::Styles;

/// Numbers of the structures in the file header.
const STYLES: usize = 1;
const RUN_PAGES: usize = 12;
const PARAGRAPH_PAGES: usize = 13;

/// Bytes of a page of property lists.
const PAGE: usize = 512;

/// A stretch of the main stream, by its end, and the place of its property list.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    start: u32,
    end: u32,
    list: (usize, usize),
}

/// All looks of a document.
#[derive(Debug, Default)]
pub(super) struct Looks<'a> {
    main: &'a [u8],
    styles: Styles,
    runs: Vec<Stretch>,
    paragraphs: Vec<Stretch>,
}

impl<'a> Looks<'a> {
    /// Reads the pages; damaged ones are left out.
    pub fn parse(main: &'a [u8], table: &[u8], header: &Header) -> Looks<'a> {
        let styles = Styles::parse(header.table(table, STYLES));
        let runs = stretches(main, header.table(table, RUN_PAGES), 1, run_list);
        let paragraphs = stretches(main, header.table(table, PARAGRAPH_PAGES), 13, paragraph_list);
        Looks { main, styles, runs, paragraphs }
    }

    /// The paragraph that a mark at `place` ends, and how its characters look without more.
    pub fn paragraph(&self, place: u32) -> (Paragraph, CharacterLook) {
        let Some(list) = find(&self.paragraphs, place).map(|stretch| self.list(stretch)) else {
            return self.styles.get(0);
        };
        let style = usize::from(u16_at(list, 0).unwrap_or(0));
        let (mut paragraph, run) = self.styles.get(style);
        paragraph.read(list.get(2..).unwrap_or(&[]));
        (paragraph, run)
    }

    /// The space that ordinary paragraphs have between them.
    pub fn usual_pt(&self) -> f32 {
        let (paragraph, _) = self.styles.get(0);
        paragraph.before_pt.unwrap_or(0.0).max(paragraph.after_pt.unwrap_or(0.0))
    }

    /// How characters from `place` on look, and where in the stream that ends.
    pub fn run(&self, place: u32, base: CharacterLook) -> (CharacterLook, u32) {
        let Some(stretch) = find(&self.runs, place) else { return (base, place.saturating_add(1)) };
        let mut own = CharacterLook::default();
        read_run(&mut own, self.list(stretch), base);
        (base.with(own), stretch.end)
    }

    fn list(&self, stretch: &Stretch) -> &'a [u8] {
        self.main.get(stretch.list.0..stretch.list.1).unwrap_or(&[])
    }
}

fn find(stretches: &[Stretch], place: u32) -> Option<&Stretch> {
    let at = stretches.partition_point(|stretch| stretch.end <= place);
    stretches.get(at).filter(|stretch| stretch.start <= place)
}

/// Finds the property list of an entry in a page of properties: offset → start and end.
type ListFinder = fn(&[u8], usize) -> Option<(usize, usize)>;

/// All stretches of the pages that `plc` names; `width` is the size of one entry behind the positions of a page.
fn stretches(main: &[u8], plc: &[u8], width: usize, list: ListFinder) -> Vec<Stretch> {
    let count = plc.len().saturating_sub(4) / 8;
    let mut found = Vec::new();
    for index in 0..count {
        let Some(number) = u32_at(plc, 4 * (count + 1) + 4 * index) else { break };
        let start = (number & 0x003f_ffff) as usize * PAGE;
        let Some(page) = main.get(start..start + PAGE) else { continue };
        let runs = usize::from(page[PAGE - 1]);
        for run in 0..runs {
            let (Some(from), Some(to)) = (u32_at(page, 4 * run), u32_at(page, 4 * run + 4)) else { break };
            let offset = page.get(4 * (runs + 1) + width * run).map_or(0, |words| usize::from(*words) * 2);
            let span = if offset == 0 { None } else { list(page, offset) };
            let (first, last) = span.filter(|(first, last)| first <= last && *last <= PAGE).unwrap_or((0, 0));
            found.push(Stretch { start: from, end: to, list: (start + first, start + last) });
        }
    }
    found.sort_by_key(|stretch| stretch.end);
    found
}

/// One byte of length, then the list.
fn run_list(page: &[u8], offset: usize) -> Option<(usize, usize)> {
    let length = usize::from(*page.get(offset)?);
    Some((offset + 1, offset + 1 + length))
}

/// A length in words, less one byte; a zero is followed by the length in whole words.
fn paragraph_list(page: &[u8], offset: usize) -> Option<(usize, usize)> {
    match usize::from(*page.get(offset)?) {
        0 => Some((offset + 2, offset + 2 + 2 * usize::from(*page.get(offset + 1)?))),
        words => Some((offset + 1, offset + 2 * words)),
    }
}
