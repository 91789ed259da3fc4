//! Property lists of a Word document ("sprms", [MS-DOC] 2.2.5 and 2.6) → [`CharacterLook`] and [`Paragraph`]. Operations that say
//! nothing about reading are passed over by their length.

use super::super::character_look::CharacterLook;
use super::bytes::{u16_at, u32_at};

/// How a paragraph looks.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Paragraph {
    pub heading: Option<u8>,
    pub list: Option<bool>,
    pub level: Option<u8>,
    pub left_pt: Option<f32>,
    pub before_pt: Option<f32>,
    pub after_pt: Option<f32>,
    pub rule_above: bool,
    pub rule_below: bool,
    pub page_break: bool,
    pub shaded: bool,
    pub in_table: bool,
    /// The mark at its end ends a table row.
    pub ends_row: bool,
    /// A nested table's cell ends here.
    pub ends_inner_cell: bool,
}

/// Calls `sink` with every operation and its operand.
fn each(mut list: &[u8], mut sink: impl FnMut(u16, &[u8])) {
    while let Some(code) = u16_at(list, 0) {
        let rest = &list[2..];
        let (skip, length) = match (code >> 13, code) {
            (0 | 1, _) => (0, 1),
            (2 | 4 | 5, _) => (0, 2),
            (3, _) => (0, 4),
            (7, _) => (0, 3),
            // The table definition counts its length in two bytes, one of them too many.
            (_, 0xd608) => (2, usize::from(u16_at(rest, 0).unwrap_or(1)).saturating_sub(1)),
            _ => (1, usize::from(rest.first().copied().unwrap_or(0))),
        };
        let Some(operand) = rest.get(skip..skip + length) else { return };
        sink(code, operand);
        list = &rest[skip + length..];
    }
}

/// Takes a property list into a look; `style` is what 0x80 (as the style) and 0x81 (unlike it) mean.
pub(super) fn read_run(look: &mut CharacterLook, list: &[u8], style: CharacterLook) {
    each(list, |code, operand| {
        let first = operand.first().copied().unwrap_or(0);
        let switch = |base: Option<bool>| match first {
            0x80 => base,
            0x81 => Some(base != Some(true)),
            _ => Some(first != 0),
        };
        match code {
            0x0835 => look.bold = switch(style.bold),
            0x0836 => look.italic = switch(style.italic),
            0x083c => look.hidden = switch(style.hidden),
            0x0800 => look.deleted = Some(first != 0),
            0x2a42 => look.white = Some(first == 8),
            0x6870 => look.white = Some(operand.get(..3) == Some(&[255, 255, 255]) && operand.get(3) == Some(&0)),
            0x2a0c | 0x4866 | 0xca71 => look.shaded = Some(operand.iter().any(|byte| *byte != 0)),
            0x4a43 => look.size_pt = u16_at(operand, 0).map(|half| f32::from(half) / 2.0),
            _ => {}
        }
    });
}

impl Paragraph {
    /// Takes in a property list.
    pub fn read(&mut self, list: &[u8]) {
        each(list, |code, operand| {
            let first = operand.first().copied().unwrap_or(0);
            let points = || u16_at(operand, 0).map(|twips| f32::from(twips as i16) / 20.0);
            let has_line = operand.iter().any(|byte| *byte != 0) && operand.first() != Some(&0xff);
            match code {
                0x2416 => self.in_table = first != 0,
                0x6649 => self.in_table = u32_at(operand, 0).unwrap_or(0) > 0,
                0x2417 => self.ends_row = first != 0,
                0x244b => self.ends_inner_cell = first != 0,
                // The end of an inner row.
                0x244c if first != 0 => self.ends_inner_cell = false,
                0x260a => self.level = Some(first.min(15)),
                // List number 0 is none; 0x7ff is the oldest kind of list, without a definition.
                0x460b => self.list = Some(u16_at(operand, 0).unwrap_or(0) != 0),
                0x2640 => self.heading = Some(if first < 6 { first + 1 } else { 0 }),
                0x840f | 0x845e => self.left_pt = points(),
                0xa413 => self.before_pt = points(),
                0xa414 => self.after_pt = points(),
                0x2407 => self.page_break = first != 0,
                0x6424 | 0xc64e => self.rule_above = has_line,
                0x6426 | 0xc650 => self.rule_below = has_line,
                0x442d | 0xc64d => self.shaded = operand.iter().any(|byte| *byte != 0 && *byte != 0xff),
                _ => {}
            }
        });
    }
}
