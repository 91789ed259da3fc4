//! The text of a résumé as an index stores it: lines with section, page and number, in few bytes. In: a [`TextDoc`] with its sections.
//! Out: [`TextLine`]s, and bytes that [`decode`] turns into the same lines. Look and links of the lines are not kept.
//!
//! Layout, all of it valid UTF-8: version byte · own day (varint) · the lines, each ended by a line feed. What is not as in the line before
//! stands before the text as marks: another section, page or flags, a step of the line number other than 1. Headings bring the same
//! marks in every résumé, so that compression finds both as one. Steps are differences to the line before, shifted by one bit for the sign.

use crate::model::{Section, SectionKind, TextDoc};

const VERSION: char = '\u{3}';
const HIDDEN: u8 = 1;
const FURNITURE: u8 = 2;

/// Marks: the line number goes on by 2 (a blank line stands before); by a step; the section, as a letter; the flags, as a digit; the page, by
/// a step; the length of a text that holds line feeds or begins like a mark.
const BLANK: char = '\u{1}';
const NUMBER: char = '\u{2}';
const SECTION: char = '\u{3}';
const FLAGS: char = '\u{4}';
const PAGE: char = '\u{5}';
const LENGTH: char = '\u{6}';

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
        let bytes: usize = self.lines.iter().map(|line| line.text.len() + 2).sum();
        let mut out = String::with_capacity(bytes + 64);
        out.push(VERSION);
        put(&mut out, self.own_day.unsigned_abs());
        let mut before = Head::FIRST;
        for line in &self.lines {
            let head = Head::of(line);
            head.put(&mut out, before);
            before = head;
            let is_odd =
                line.text.starts_with(|first| first <= LENGTH) || memchr::memchr(b'\n', line.text.as_bytes()).is_some();
            if is_odd {
                out.push(LENGTH);
                put(&mut out, line.text.len() as u64);
            }
            out.push_str(line.text);
            out.push('\n');
        }
        out
    }
}

/// What is known of a line beside its text.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Head {
    section: SectionKind,
    flags: u8,
    page: u32,
    number: u32,
}

impl Head {
    /// What stands before the first line.
    const FIRST: Head = Head { section: SectionKind::Contact, flags: 0, page: 1, number: 0 };

    fn of(line: &TextLine<'_>) -> Head {
        let flags = u8::from(line.hidden) * HIDDEN + u8::from(line.furniture) * FURNITURE;
        Head { section: line.section, flags, page: line.page, number: line.number }
    }

    /// Writes the marks for what differs from the line before.
    fn put(self, out: &mut String, before: Head) {
        match i64::from(self.number) - i64::from(before.number) {
            1 => {}
            2 => out.push(BLANK),
            _ => {
                out.push(NUMBER);
                put_step(out, before.number, self.number);
            }
        }
        if self.section != before.section {
            out.push(SECTION);
            out.push(char::from(b'A' + kind_code(self.section)));
        }
        if self.flags != before.flags {
            out.push(FLAGS);
            out.push(char::from(b'0' + self.flags));
        }
        if self.page != before.page {
            out.push(PAGE);
            put_step(out, before.page, self.page);
        }
    }
}

/// The lines that [`StoredText::encode`] wrote; none if the text is not of this layout.
pub fn decode(stored: &str) -> Option<StoredText<'_>> {
    let mut input = Input(stored.strip_prefix(VERSION)?);
    let own_day = i64::try_from(input.number()?).ok()?;
    let mut lines = Vec::with_capacity(64);
    let mut head = Head::FIRST;
    while !input.0.is_empty() {
        let mut length = None;
        head.number = head.number.checked_add(1)?;
        while let Some(mark) = input.0.chars().next().filter(|&first| first <= LENGTH && length.is_none()) {
            input.byte()?;
            match mark {
                BLANK => head.number = head.number.checked_add(1)?,
                NUMBER => head.number = input.step(head.number.checked_sub(1)?)?,
                SECTION => head.section = kind_of(input.byte()?.wrapping_sub(b'A')),
                FLAGS => head.flags = input.byte()?.wrapping_sub(b'0'),
                PAGE => head.page = input.step(head.page)?,
                LENGTH => length = Some(usize::try_from(input.number()?).ok()?),
                _ => return None,
            }
        }
        let length = match length {
            Some(length) => length,
            None => input.0.find('\n')?,
        };
        let (text, rest) = input.0.split_at_checked(length)?;
        input.0 = rest.strip_prefix('\n')?;
        let (hidden, furniture) = (head.flags & HIDDEN != 0, head.flags & FURNITURE != 0);
        lines.push(TextLine { text, section: head.section, page: head.page, number: head.number, hidden, furniture });
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
            line("after a blank line", SectionKind::Skills, 1, 5),
            line("the next", SectionKind::Skills, 1, 6),
            line("with a\nbreak", SectionKind::Skills, 1, 6),
            line("\u{3}A looks like a mark", SectionKind::Skills, 1, 0),
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
