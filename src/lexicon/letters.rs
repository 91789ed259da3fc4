//! Letters of words, eight at a time as one number: which of them are plain, the hash of a word, a name in small letters, whether two words
//! differ by one letter; and what other bytes are to words.
//! In: bytes. Out: numbers. Knows no words and no tables.

use crate::analysis::ascii;

/// What a byte is to the words around it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// An ASCII letter or digit.
    Plain,
    /// A blank.
    Blank,
    /// An ASCII sign that is never inside a name.
    Hard,
    /// A sign that may be inside a name, but ends the word.
    Joint,
    /// A full stop: ends a word, a sentence, or is part of a name.
    Dot,
    /// Anything else: takes a closer look.
    Other,
}

const CLASSES: [Class; 256] = {
    let mut table = [Class::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => Class::Plain,
            b' ' => Class::Blank,
            b'-' | b'/' | b'_' => Class::Joint,
            b'.' => Class::Dot,
            b'+' | b'#' | b'\'' | b'`' | b'&' => Class::Other,
            _ => Class::Hard,
        };
        byte += 1;
    }
    table
};

pub(super) fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

/// Hash of the folded word `from..to`. Fixed, so that every run does the same; tables are ours, not a stranger's.
pub(super) fn word_hash(bytes: &[u8], from: usize, to: usize) -> u32 {
    let (mut hash, mut at) = (0, from);
    while at < to {
        hash = mix(hash, ascii::first_of_eight(ascii::eight(bytes, at), to - at));
        at += 8;
    }
    hash as u32
}

/// [`word_hash`] of each of the words between single blanks.
pub(super) fn word_hashes(folded: &[u8]) -> impl Iterator<Item = u32> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let left = folded.len().checked_sub(at)?;
        let (mut hash, mut length) = (0, 0);
        loop {
            let eight = ascii::eight(folded, at + length);
            let letters = (ascii::blanks(eight).trailing_zeros() as usize / 8).min(left - length);
            if letters > 0 {
                hash = mix(hash, ascii::first_of_eight(eight, letters));
            }
            length += letters;
            if letters < 8 {
                break;
            }
        }
        at += length + 1;
        Some(hash as u32)
    })
}

/// The hash with eight more letters.
pub(super) fn mix(hash: u64, letters: u64) -> u64 {
    // Odd constants without pattern: fractions of pi.
    let product = u128::from(hash ^ letters ^ 0x2443_f6a8_885a_308d) * u128::from(0x1319_8a2e_0370_7345_u64);
    (product as u64) ^ (product >> 64) as u64
}

/// The ASCII letters and digits at the start of `bytes`, eight at most, in small letters and the first lowest; and how many they are.
pub(super) fn plain_letters(bytes: &[u8]) -> (u64, usize) {
    let eight = ascii::eight(bytes, 0);
    let other = !ascii::letters(eight) & ascii::HIGHEST;
    // All bits below the byte of the first other one.
    let used = ((other & other.wrapping_neg()) >> 7).wrapping_sub(1);
    (ascii::in_small(eight) & used, other.trailing_zeros() as usize / 8)
}

/// Longest plain name, in bytes, whose key is made without allocation.
const SHORT: usize = 48;

/// The key of plain words with one blank between them, which most names are: the same in small letters.
#[repr(align(16))]
pub(super) struct Lower {
    /// Zeros behind the end.
    letters: [u8; SHORT],
    length: usize,
}

impl Lower {
    /// The key of `text`; none if it is longer or holds other signs.
    pub(super) fn of(text: &str) -> Option<Lower> {
        let bytes = text.as_bytes();
        if bytes.len() > SHORT || bytes.last().is_none_or(|last| *last == b' ') {
            return None;
        }
        let mut lower = Lower { letters: [0; SHORT], length: bytes.len() };
        // In front of the first word there is none.
        let mut blank_before = 0x80;
        let mut is_plain = |eight: u64, all: u64| {
            let blanks = ascii::blanks(eight);
            let follows = blanks & (blanks << 8 | blank_before) != 0;
            blank_before = blanks >> 56;
            (ascii::letters(eight) | blanks) == all && !follows
        };
        let (eights, last) = bytes.as_chunks();
        let (rooms, _) = lower.letters.as_chunks_mut();
        for (eight, room) in eights.iter().map(|eight| u64::from_le_bytes(*eight)).zip(rooms.iter_mut()) {
            if !is_plain(eight, ascii::HIGHEST) {
                return None;
            }
            *room = ascii::in_small(eight).to_le_bytes();
        }
        if let Some(room) = rooms.get_mut(eights.len()).filter(|_| !last.is_empty()) {
            let eight = ascii::eight(last, 0);
            if !is_plain(eight, ascii::first_of_eight(ascii::HIGHEST, last.len())) {
                return None;
            }
            *room = ascii::first_of_eight(ascii::in_small(eight), last.len()).to_le_bytes();
        }
        Some(lower)
    }

    /// First byte, byte after the last and hash of each word.
    pub(super) fn words(&self) -> impl Iterator<Item = (usize, usize, u32)> {
        // One bit for each blank, and one for the end.
        let mut ends = 1_u64 << self.length;
        for (nth, eight) in self.letters.as_chunks().0.iter().enumerate().take(self.length.div_ceil(8)) {
            ends |= ascii::side_by_side(ascii::blanks(u64::from_le_bytes(*eight)) >> 7) << (8 * nth);
        }
        let mut start = 0;
        std::iter::from_fn(move || {
            let (from, end) = (start, ends.trailing_zeros() as usize);
            ends &= ends.wrapping_sub(1);
            start = end + 1;
            (end < 64).then(|| (from, end, word_hash(&self.letters, from, end)))
        })
    }

    /// The key.
    pub(super) fn as_str(&self) -> &str {
        // Whole blocks are looked through several times as fast as the bytes of half a one.
        let blocks = &self.letters[..self.length.next_multiple_of(16)];
        std::str::from_utf8(blocks).map_or("", |letters| &letters[..self.length])
    }
}

/// Equal, or one letter inserted, left out, changed, or two neighbours swapped. Compares bytes of folded text.
pub(super) fn within_one_edit(left: &str, right: &str) -> bool {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let (short, long) = (short.as_bytes(), long.as_bytes());
    // One edit leaves the first or the last letter of a word of three as it was.
    if short.len() > 2 && short.first() != long.first() && short.last() != long.last() {
        return false;
    }
    let Some(first) = short.iter().zip(long).position(|(one, other)| one != other) else { return true };
    if short.len() < long.len() {
        return short[first..] == long[first + 1..];
    }
    let swapped = first + 1 < short.len()
        && short[first] == long[first + 1]
        && short[first + 1] == long[first]
        && short[first + 2..] == long[first + 2..];
    swapped || short[first + 1..] == long[first + 1..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_by_eights() {
        for byte in 0..=255 {
            let (letters, count) = plain_letters(&[b'a', byte, b'Z', b'9', 0xc3, b'x', b'y', b'z', b'!']);
            let plain = byte.is_ascii_alphanumeric();
            assert_eq!(count, if plain { 4 } else { 1 }, "{byte}");
            let expected = [b'a', byte.to_ascii_lowercase(), b'z', b'9'];
            assert_eq!(letters.to_le_bytes()[..count], expected[..count], "{byte}");
        }
        assert_eq!(plain_letters(b"ABCDefgh9").1, 8);
        assert_eq!(plain_letters(b"aB3").1, 3);
        assert_eq!(plain_letters(b""), (0, 0));
    }

    #[test]
    fn the_words_of_a_phrase_have_their_hashes() {
        for phrase in ["", "a", "of abcdefgh", "abcdefgh ij", "internationalisation of 8bytes", "a  b ", "naïve c++"] {
            let expected = phrase.split(' ').map(|word| word_hash(word.as_bytes(), 0, word.len()));
            assert!(word_hashes(phrase.as_bytes()).eq(expected), "{phrase}");
        }
    }

    #[test]
    fn plain_names_in_small_letters() {
        let lower = |text| Lower::of(text).map(|lower| lower.as_str().to_string());
        let (longest, longer) = ("x".repeat(48), "x".repeat(49));
        for text in ["A", "Bergen", "New York City 2", "abcdefg hijklmn opqrstuv", &longest] {
            assert_eq!(lower(text), Some(text.to_lowercase()), "{text}");
            let words: Vec<_> =
                Lower::of(text).into_iter().flat_map(|lower| lower.words().collect::<Vec<_>>()).collect();
            let expected = text.split(' ').map(|word| {
                let start = word.as_ptr() as usize - text.as_ptr() as usize;
                (start, start + word.len(), word_hash(word.to_lowercase().as_bytes(), 0, word.len()))
            });
            assert_eq!(words, expected.collect::<Vec<_>>(), "{text}");
        }
        for text in ["", " ", " A", "A ", "A  B", "abcdefg  h", "abcdefgh  i", "A-B", "Zürich", &longer] {
            assert_eq!(lower(text), None, "{text}");
        }
    }

    #[test]
    fn one_edit() {
        assert!(within_one_edit("experiance", "experience"));
        assert!(within_one_edit("educaton", "education"));
        assert!(within_one_edit("skilsl", "skills"));
        assert!(!within_one_edit("skill", "drills"));
    }
}
