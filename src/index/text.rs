//! The text of a résumé as an index stores it: lines with section, page and number, in few bytes. In: a [`TextDoc`] with its sections.
//! Out: [`TextLine`]s, and bytes that [`decode`] turns into the same lines. Look and links of the lines are not kept.
//!
//! Layout, all of it valid UTF-8: version byte · own day (varint) · number of lines (varint) · per line: section byte, flag byte, page step (varint), number step
//! (varint), text length (varint) · all texts one after the other. Steps are differences to the line before, shifted by one bit
//! for the sign.

use crate::model::{Section, SectionKind, TextDoc};

const VERSION: char = '\u{2}';
const HIDDEN: u8 = 1;
const FURNITURE: u8 = 2;

/// One line as searched and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextLine<'a> {
    /// Clean text.
    pub text: &'a str,
    /// Section it stands in.
    pub section: SectionKind,
    /// Page, 1-based.
    pub page: u32,
    /// Line number in the source.
    pub number: u32,
    /// Not visible to a person.
    pub hidden: bool,
    /// Page header, footer, page number.
    pub furniture: bool,
}

/// All lines of one résumé, and the day the file itself names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredText<'a> {
    /// The same lines, by the same index, as in the [`TextDoc`]; profile evidence points to them.
    pub lines: Vec<TextLine<'a>>,
    /// Last change as the file itself says, `YYYYMMDD`; 0 if it does not.
    pub own_day: i64,
}

impl<'a> StoredText<'a> {
    /// Of a text and its sections. Headings belong to their section.
    pub fn of(text: &'a TextDoc, sections: &[Section]) -> StoredText<'a> {
        let mut kinds = vec![SectionKind::Other; text.lines.len()];
        for section in sections {
            let lines = section.heading.into_iter().chain(section.lines.clone());
            for line in lines {
                if let Some(kind) = kinds.get_mut(line) {
                    *kind = section.kind;
                }
            }
        }
        let lines = text.lines.iter().zip(kinds).map(|(line, section)| TextLine {
            text: &line.text,
            section,
            page: line.page,
            number: line.number,
            hidden: line.hidden,
            furniture: line.furniture,
        });
        StoredText { lines: lines.collect(), own_day: text.modified.as_deref().and_then(day).unwrap_or(0) }
    }

    /// The text to store.
    pub fn encode(&self) -> String {
        let bytes: usize = self.lines.iter().map(|line| line.text.len() + 6).sum();
        let mut out = String::with_capacity(bytes + 16);
        out.push(VERSION);
        put(&mut out, self.own_day.unsigned_abs());
        put(&mut out, self.lines.len() as u64);
        let (mut page, mut number) = (1, 0);
        for line in &self.lines {
            out.push(char::from(kind_code(line.section)));
            out.push(char::from(u8::from(line.hidden) * HIDDEN + u8::from(line.furniture) * FURNITURE));
            put_step(&mut out, page, line.page);
            put_step(&mut out, number, line.number);
            put(&mut out, line.text.len() as u64);
            (page, number) = (line.page, line.number);
        }
        for line in &self.lines {
            out.push_str(line.text);
        }
        out
    }
}

/// The lines that [`StoredText::encode`] wrote; none if the text is not of this layout.
pub fn decode(stored: &str) -> Option<StoredText<'_>> {
    let mut input = Input(stored.strip_prefix(VERSION)?);
    let own_day = i64::try_from(input.number()?).ok()?;
    let count = usize::try_from(input.number()?).ok().filter(|&count| count <= stored.len())?;
    let mut heads = Vec::with_capacity(count);
    let (mut page, mut number) = (1, 0);
    for _ in 0..count {
        let section = kind_of(input.byte()?);
        let flags = input.byte()?;
        page = input.step(page)?;
        number = input.step(number)?;
        heads.push((section, flags, page, number, usize::try_from(input.number()?).ok()?));
    }
    let mut rest = input.0;
    let mut lines = Vec::with_capacity(count);
    for (section, flags, page, number, length) in heads {
        let (text, after) = rest.split_at_checked(length)?;
        rest = after;
        lines.push(TextLine {
            text,
            section,
            page,
            number,
            hidden: flags & HIDDEN != 0,
            furniture: flags & FURNITURE != 0,
        });
    }
    Some(StoredText { lines, own_day })
}

/// `2024-05-31` → 20240531.
fn day(text: &str) -> Option<i64> {
    let mut parts = text.get(..10)?.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let sane = (1000..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    sane.then_some(year * 10_000 + month * 100 + day)
}

/// Code = place in this list; never reorder, only append.
const KINDS: [SectionKind; 16] = [
    SectionKind::Contact,
    SectionKind::Summary,
    SectionKind::Experience,
    SectionKind::Education,
    SectionKind::Skills,
    SectionKind::Projects,
    SectionKind::Certificates,
    SectionKind::Publications,
    SectionKind::Awards,
    SectionKind::Languages,
    SectionKind::Volunteering,
    SectionKind::Courses,
    SectionKind::Interests,
    SectionKind::References,
    SectionKind::Personal,
    SectionKind::Other,
];

fn kind_code(kind: SectionKind) -> u8 {
    KINDS.iter().position(|&known| known == kind).map_or(0x7f, |at| at as u8)
}

fn kind_of(code: u8) -> SectionKind {
    KINDS.get(usize::from(code)).copied().unwrap_or(SectionKind::Other)
}

/// Six bits per byte, low bits first, the seventh = more follows: always ASCII.
fn put(out: &mut String, mut value: u64) {
    while value >= MORE {
        out.push(char::from((value % MORE + MORE) as u8));
        value /= MORE;
    }
    out.push(char::from(value as u8));
}

const MORE: u64 = 0x40;

fn put_step(out: &mut String, from: u32, to: u32) {
    let step = i64::from(to) - i64::from(from);
    put(out, (step.unsigned_abs() << 1) | u64::from(step < 0));
}

struct Input<'a>(&'a str);

impl Input<'_> {
    fn byte(&mut self) -> Option<u8> {
        let first = self.0.bytes().next().filter(u8::is_ascii)?;
        self.0 = &self.0[1..];
        Some(first)
    }

    fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(6) {
            let byte = u64::from(self.byte()?);
            value |= (byte % MORE) << shift;
            if byte < MORE {
                return Some(value);
            }
        }
        None
    }

    fn step(&mut self, from: u32) -> Option<u32> {
        let code = self.number()?;
        let step = i64::try_from(code >> 1).ok()?;
        u32::try_from(i64::from(from) + if code & 1 == 1 { -step } else { step }).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, section: SectionKind, page: u32, number: u32) -> TextLine<'_> {
        TextLine { text, section, page, number, hidden: false, furniture: false }
    }

    fn check(lines: Vec<TextLine<'_>>) {
        let stored = StoredText { lines, own_day: 20240531 };
        let text = stored.encode();
        assert_eq!(decode(&text), Some(stored));
        for cut in (0..text.len()).filter(|&cut| text.is_char_boundary(cut)) {
            let _ = decode(&text[..cut]);
        }
    }

    #[test]
    fn lines_come_back() {
        check(Vec::new());
        check(vec![
            line("Žofie Malá", SectionKind::Contact, 1, 1),
            TextLine { hidden: true, furniture: true, ..line("", SectionKind::Other, 2, 900_000) },
            line("page and number may go back", SectionKind::Skills, 1, 3),
        ]);
    }

    #[test]
    fn every_section_has_a_code() {
        for kind in KINDS {
            assert_eq!(kind_of(kind_code(kind)), kind);
        }
    }

    #[test]
    fn days_are_read() {
        assert_eq!(day("2024-05-31"), Some(20240531));
        assert_eq!(day("2024-05-31T10:00:00Z"), Some(20240531));
        assert_eq!(day("31.05.2024"), None);
    }
}
