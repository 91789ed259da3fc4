//! The style sheet of a Word document (STSH, [MS-DOC] 2.9.271) → what each style adds to paragraph and characters, parents
//! included. Does not read the text.

use super::super::character_look::CharacterLook;
use super::bytes::u16_at;
use super::sprms::{Paragraph, read_run};

/// Parents followed from one style.
const MAX_PARENTS: usize = 12;

/// Number of "Title" among Word's built-in styles; headings are 1 to 9.
const TITLE: u16 = 62;

/// Styles read; Word allows 4094.
const MAX_STYLES: usize = 4094;

/// One style as it stands in the file.
#[derive(Debug, Clone, Copy, Default)]
struct Style<'a> {
    builtin: u16,
    parent: usize,
    paragraph: &'a [u8],
    run: &'a [u8],
}

/// Looks by style number.
#[derive(Debug, Default)]
pub(super) struct Styles {
    looks: Vec<(Paragraph, CharacterLook)>,
}

impl Styles {
    /// Reads the style sheet; a damaged one gives the styles before the damage.
    pub fn parse(sheet: &[u8]) -> Styles {
        let head = usize::from(u16_at(sheet, 0).unwrap_or(0));
        let base_size = usize::from(u16_at(sheet, 4).unwrap_or(10));
        let mut rest = sheet.get(2 + head..).unwrap_or(&[]);
        let mut styles = Vec::new();
        while let Some(length) = u16_at(rest, 0).filter(|_| styles.len() < MAX_STYLES) {
            let Some(entry) = rest.get(2..2 + usize::from(length)) else { break };
            styles.push(parse_style(entry, base_size).unwrap_or_default());
            rest = &rest[2 + usize::from(length)..];
        }
        Styles { looks: (0..styles.len()).map(|index| full_look(&styles, index)).collect() }
    }

    /// What a style says; an unknown one says nothing.
    pub fn get(&self, index: usize) -> (Paragraph, CharacterLook) {
        self.looks.get(index).copied().unwrap_or_default()
    }
}

fn parse_style(entry: &[u8], base_size: usize) -> Option<Style<'_>> {
    let builtin = u16_at(entry, 0)? & 0x0fff;
    let kind_and_parent = u16_at(entry, 2)?;
    let is_paragraph = kind_and_parent & 0x000f == 1;
    let name_length = usize::from(u16_at(entry, base_size)?);
    // Name, its length and its zero.
    let mut at = base_size + 2 + 2 * name_length + 2;
    let mut list = || {
        let length = usize::from(u16_at(entry, at)?);
        let found = entry.get(at + 2..at + 2 + length)?;
        at += 2 + length + length % 2;
        Some(found)
    };
    let mut style = Style { builtin, parent: usize::from(kind_and_parent >> 4), ..Style::default() };
    if is_paragraph {
        // The style's own number stands before its paragraph properties.
        style.paragraph = list().and_then(|list| list.get(2..)).unwrap_or(&[]);
        style.run = list().unwrap_or(&[]);
    }
    Some(style)
}

fn full_look(styles: &[Style<'_>], index: usize) -> (Paragraph, CharacterLook) {
    let mut chain = Vec::new();
    let mut next = index;
    while let Some(style) = styles.get(next).filter(|_| chain.len() < MAX_PARENTS) {
        chain.push(style);
        next = style.parent;
    }
    let (mut paragraph, mut run) = (Paragraph::default(), CharacterLook::default());
    for style in chain.into_iter().rev() {
        paragraph.read(style.paragraph);
        let base = run;
        read_run(&mut run, style.run, base);
        match style.builtin {
            1..=9 => paragraph.heading = Some(style.builtin.min(6) as u8),
            TITLE => paragraph.heading = Some(1),
            _ => {}
        }
    }
    (paragraph, run)
}
