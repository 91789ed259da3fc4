//! Which signs stand in a line: [`Marks`], one bit for each kind, found in one pass over its bytes. In: text. Out: the bits. Most lines
//! have few of the signs that e-mail addresses, labels, dates or levels cannot do without, and are passed over with one look at them.

use crate::model::{Line, TextDoc};

/// A document with the signs of each of its lines.
pub(super) struct Marked<'t> {
    /// The document.
    pub text: &'t TextDoc,
    /// One set for each line.
    pub marks: Vec<Marks>,
}

impl<'t> Marked<'t> {
    /// Looks at all lines once.
    pub fn of(text: &'t TextDoc) -> Marked<'t> {
        let of_line = |line: &Line| {
            let links = if line.links.is_empty() { Marks::default() } else { Marks::LINK };
            Marks::of(&line.text).or(links)
        };
        Marked { text, marks: text.lines.iter().map(of_line).collect() }
    }
}

/// Kinds of signs, as a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks(u16);

impl Marks {
    /// `@`
    pub const AT: Marks = Marks(1);
    /// Any opening bracket.
    pub const BRACKET: Marks = Marks(1 << 1);
    /// `.`
    pub const DOT: Marks = Marks(1 << 2);
    /// `/`
    pub const SLASH: Marks = Marks(1 << 3);
    /// `0` to `9`.
    pub const DIGIT: Marks = Marks(1 << 4);
    /// `:`
    pub const COLON: Marks = Marks(1 << 5);
    /// A tab.
    pub const TAB: Marks = Marks(1 << 6);
    /// `-`, or the first byte of a longer dash (which begins other signs, too).
    pub const DASH: Marks = Marks(1 << 7);
    /// The first byte of a wide colon (which begins other signs, too).
    pub const WIDE: Marks = Marks(1 << 9);
    /// A link of the format's own, which no sign of the text tells of.
    pub const LINK: Marks = Marks(1 << 8);

    /// The signs of a line.
    pub fn of(text: &str) -> Marks {
        Marks(text.bytes().fold(0, |marks, byte| marks | BY_BYTE[usize::from(byte)]))
    }

    /// One of `other` is among them.
    pub const fn has(self, other: Marks) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    pub const fn or(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
}

const BY_BYTE: [u16; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'@' => Marks::AT.0,
            b'(' | b'[' | b'{' | b'<' => Marks::BRACKET.0,
            b'.' => Marks::DOT.0,
            b'/' => Marks::SLASH.0,
            b'0'..=b'9' => Marks::DIGIT.0,
            b':' => Marks::COLON.0,
            b'\t' => Marks::TAB.0,
            b'-' | 0xe2 => Marks::DASH.0,
            0xef => Marks::WIDE.0,
            _ => 0,
        };
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bit_for_each_kind_of_sign() {
        assert_eq!(Marks::of("Cook at Blue Fish Inn"), Marks::default());
        assert_eq!(Marks::of("Tel: (555)"), Marks::COLON.or(Marks::BRACKET).or(Marks::DIGIT));
        assert!(Marks::of("2019 – 2021").has(Marks::DASH));
        assert!(!Marks::of("jane@example.com").has(Marks::SLASH.or(Marks::TAB)));
        assert!(Marks::of("姓名：").has(Marks::WIDE) && !Marks::of("Name:").has(Marks::WIDE));
    }
}
