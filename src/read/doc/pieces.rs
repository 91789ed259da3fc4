//! File header and piece table of a Word document → its characters, each with its place in the file. The header layout is that
//! of [MS-DOC] 2.5 (Fib), the piece table that of 2.8.35 (PlcPcd). Does not know what characters mean.

use super::super::limits::MAX_TEXT_BYTES;
use super::bytes::{u16_at, u32_at};
use std::ops::Range;

/// First version with Unicode and a piece table in a stream of its own: Word 97.
const WORD_97: u16 = 0x00c1;

/// Lengths of the stories, from `ccpText` on: body, footnotes, headers, (macros), comments, endnotes, text boxes, header boxes.
const LENGTHS_AT: usize = 0x4c;

/// Stretches of character positions.
pub(super) type Ranges = Vec<Range<usize>>;

/// What the file header says.
#[derive(Debug)]
pub(super) struct Header {
    pub encrypted: bool,
    /// The table stream is `1Table`.
    pub second_table: bool,
    /// Word 6 or 95: one-byte text in one run.
    is_old: bool,
    old_text: Range<usize>,
    lengths: [usize; 8],
    /// The header's bytes, for [`Header::table`].
    pairs: Vec<(usize, usize)>,
}

impl Header {
    /// Reads the header; `None` when it is cut off.
    pub fn parse(main: &[u8]) -> Option<Header> {
        let version = u16_at(main, 2)?;
        let flags = u16_at(main, 10)?;
        let number = |at: usize| u32_at(main, at).map(|number| number as usize);
        let mut lengths = [0; 8];
        let is_old = version < WORD_97;
        let mut pairs = Vec::new();
        if !is_old {
            for (index, length) in lengths.iter_mut().enumerate() {
                *length = number(LENGTHS_AT + 4 * index)?;
            }
            let count = usize::from(u16_at(main, 0x98)?);
            pairs =
                (0..count).map_while(|index| Some((number(0x9a + 8 * index)?, number(0x9e + 8 * index)?))).collect();
        }
        Some(Header {
            encrypted: flags & 0x0100 != 0,
            second_table: flags & 0x0200 != 0,
            is_old,
            old_text: number(0x18)?..number(0x1c)?,
            lengths,
            pairs,
        })
    }

    /// A structure of the table stream by its number in the header; empty when it is not there.
    pub fn table<'a>(&self, table: &'a [u8], index: usize) -> &'a [u8] {
        let Some(&(start, length)) = self.pairs.get(index) else { return &[] };
        let start = start.min(table.len());
        &table[start..start.saturating_add(length).min(table.len())]
    }

    /// Character ranges in reading order: page headers, body, text boxes and notes, then page footers. Comments are left out.
    pub fn stories(&self, table: &[u8], count: usize) -> (Ranges, Ranges) {
        if self.is_old {
            return (std::iter::once(0..count).collect(), Vec::new());
        }
        let mut at = 0_usize;
        let mut next = |length: usize| {
            let start = at;
            at = start.saturating_add(length);
            start.min(count)..at.min(count)
        };
        let [body, notes, margins, _, comments, endnotes, boxes, margin_boxes] = self.lengths;
        let (body, notes, margins) = (next(body), next(notes), next(margins));
        next(comments);
        let (endnotes, boxes, margin_boxes) = (next(endnotes), next(boxes), next(margin_boxes));
        let (headers, footers) = self.margins(table, &margins);
        ([headers, vec![margin_boxes, body, boxes, notes, endnotes]].concat(), footers)
    }

    /// The header story: six note separators, then per section even, odd and first page's header and footer ([MS-DOC] 2.3.5).
    fn margins(&self, table: &[u8], margins: &Range<usize>) -> (Ranges, Ranges) {
        const PLCF_HDD: usize = 11;
        const FOOTERS: [usize; 3] = [2, 3, 5];
        let plc = self.table(table, PLCF_HDD);
        let ends: Vec<usize> =
            (0..plc.len() / 4).filter_map(|index| u32_at(plc, 4 * index)).map(|cp| cp as usize).collect();
        let (mut headers, mut footers) = (Vec::new(), Vec::new());
        for (index, pair) in ends.windows(2).enumerate().skip(6).take(60) {
            let start = margins.start.saturating_add(pair[0]);
            let range = start.min(margins.end)..margins.start.saturating_add(pair[1]).min(margins.end);
            if range.start < range.end {
                if FOOTERS.contains(&((index - 6) % 6)) { &mut footers } else { &mut headers }.push(range);
            }
        }
        (headers, footers)
    }
}

/// The characters of all stories: UTF-16 units, and where each stands in the main stream.
#[derive(Debug, Default)]
pub(super) struct Text {
    units: Vec<u16>,
    places: Vec<u32>,
    /// Pieces that lead outside the file were left out.
    pub is_cut: bool,
}

impl Text {
    /// Puts the pieces together.
    pub fn parse(main: &[u8], table: &[u8], header: &Header) -> Text {
        let mut text = Text::default();
        if header.is_old {
            text.add_bytes(main, header.old_text.start, header.old_text.len());
            return text;
        }
        const CLX: usize = 33;
        let pieces = piece_table(header.table(table, CLX));
        let count = pieces.len().saturating_sub(4) / 12;
        for index in 0..count {
            let piece = (|| {
                let (start, end) = (u32_at(pieces, 4 * index)?, u32_at(pieces, 4 * index + 4)?);
                Some((end.checked_sub(start)? as usize, u32_at(pieces, 4 * (count + 1) + 8 * index + 2)?))
            })();
            let Some((length, place)) = piece else {
                text.is_cut = true;
                continue;
            };
            // Bit 30: one byte per character, at half the offset.
            if place & 0x4000_0000 != 0 {
                text.add_bytes(main, (place & 0x3fff_ffff) as usize / 2, length);
            } else {
                text.add_units(main, place as usize, length);
            }
        }
        if count == 0 {
            // Without a piece table: what the header calls the text, one byte a character, as simple files have it.
            text.is_cut = true;
            text.add_bytes(main, header.old_text.start, header.old_text.len());
        }
        text
    }

    /// Characters in all.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// The unit at a character position.
    pub fn unit(&self, at: usize) -> u16 {
        self.units[at]
    }

    /// The units of a range.
    pub fn units(&self, range: Range<usize>) -> &[u16] {
        &self.units[range]
    }

    /// True when pictures or shapes hang on the text: white letters may stand on one.
    pub fn has_drawings(&self) -> bool {
        self.units.iter().any(|unit| matches!(unit, 0x01 | 0x08))
    }

    /// Where the character stands in the main stream.
    pub fn place(&self, at: usize) -> u32 {
        self.places[at]
    }

    fn room(&self, length: usize) -> usize {
        length.min((MAX_TEXT_BYTES + 1).saturating_sub(self.units.len()))
    }

    fn add_bytes(&mut self, main: &[u8], start: usize, length: usize) {
        let start = start.min(main.len());
        let end = start.saturating_add(self.room(length)).min(main.len());
        self.is_cut |= end - start < length;
        let decoded = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&main[start..end]).0;
        self.units.extend(decoded.encode_utf16());
        self.places.extend(start as u32..end as u32);
    }

    fn add_units(&mut self, main: &[u8], start: usize, length: usize) {
        let start = start.min(main.len());
        let end = start.saturating_add(2 * self.room(length)).min(main.len());
        self.is_cut |= end - start < 2 * length;
        for (index, pair) in main[start..end].chunks_exact(2).enumerate() {
            self.units.push(u16::from_le_bytes([pair[0], pair[1]]));
            self.places.push((start + 2 * index) as u32);
        }
    }
}

/// The piece table inside the `Clx`: property lists (1, two bytes of length) come first, then 2 and four bytes of length.
fn piece_table(clx: &[u8]) -> &[u8] {
    let mut rest = clx;
    loop {
        match rest.first() {
            Some(1) => {
                let Some(length) = u16_at(rest, 1) else { return &[] };
                rest = rest.get(3 + usize::from(length)..).unwrap_or(&[]);
            }
            Some(2) => return rest.get(5..).unwrap_or(&[]),
            _ => return &[],
        }
    }
}
