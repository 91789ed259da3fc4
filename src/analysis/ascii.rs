//! Runs of ASCII letters and digits, eight bytes at a time, and parts between marks. In: bytes and where a run begins. Out: where it ends.
//! Knows no word and no term.

use std::ops::Range;

/// The highest bit of each of eight bytes: what [`letters`] and [`digits`] tell about each.
pub const HIGHEST: u64 = each_byte(0x80);

/// The same byte eight times.
const fn each_byte(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Eight bytes from `at` on, the first one lowest; zeros after the last.
pub fn eight(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at + 8).and_then(|chunk| chunk.first_chunk()) {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => fewer(bytes.get(at..).unwrap_or_default()),
    }
}

/// Fewer than eight bytes. What is taken twice is the same both times.
fn fewer(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>(), bytes) {
        (Some(first), Some(last), _) => {
            let behind = u64::from(u32::from_le_bytes(*last)) << (8 * (bytes.len() - 4));
            u64::from(u32::from_le_bytes(*first)) | behind
        }
        (_, _, [first, .., last]) => {
            let middle = bytes.len() / 2;
            u64::from(*first) | u64::from(bytes[middle]) << (8 * middle) | u64::from(*last) << (8 * (bytes.len() - 1))
        }
        (_, _, [only]) => u64::from(*only),
        _ => 0,
    }
}

/// The first `count` of eight bytes, at least one.
pub fn first_of_eight(eight: u64, count: usize) -> u64 {
    eight & (u64::MAX >> (64 - 8 * count.clamp(1, 8)))
}

/// Eight bytes, capitals made small. Changes other bytes as well, equal ones into equal ones.
pub fn in_small(eight: u64) -> u64 {
    eight | each_byte(0x20)
}

/// The highest bit of each byte that is an ASCII letter or digit.
pub fn letters(eight: u64) -> u64 {
    // Of all other signs, none becomes a letter in small.
    (within(in_small(eight), b'a', b'z') | digits(eight)) & !eight & HIGHEST
}

/// The highest bit of each byte that is an ASCII digit.
pub fn digits(eight: u64) -> u64 {
    within(eight, b'0', b'9') & !eight & HIGHEST
}

/// The highest bit of each byte that is a blank.
pub fn blanks(eight: u64) -> u64 {
    within(eight, b' ', b' ') & !eight & HIGHEST
}

/// Has the highest bit of each byte whose other bits are between `first` and `last`.
fn within(eight: u64, first: u8, last: u8) -> u64 {
    // All summands have seven bits: no sum runs over into the next byte.
    let low = eight & !HIGHEST;
    (low + each_byte(0x80 - first)) & !(low + each_byte(0x7F - last))
}

/// The letters and digits of a text, looked for in 64 bytes at once: one look finds some ten words.
#[derive(Clone, Copy)]
pub struct Letters<'t> {
    bytes: &'t [u8],
    /// The first byte looked at.
    from: usize,
    /// One bit for each of 64 bytes from there on.
    letters: u64,
}

impl<'t> Letters<'t> {
    /// Of a text.
    pub fn of(bytes: &'t [u8]) -> Letters<'t> {
        Letters { bytes, from: 0, letters: letters_of(bytes) }
    }

    /// End of the run that begins at `at`; `at` itself where no letter stands. Fast where each begins behind the one before.
    #[inline]
    pub fn end(&mut self, at: usize) -> usize {
        let behind = at.wrapping_sub(self.from);
        let length = (self.letters.wrapping_shr(behind as u32)).trailing_ones() as usize;
        // A word that reaches the last of the bytes looked at may go on.
        if behind < 64 && behind + length < 64 { at + length } else { self.look(at) }
    }

    /// The same behind what was looked at.
    #[inline(never)]
    fn look(&mut self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        (self.from, self.letters) = (at, letters_of(rest));
        match self.letters.trailing_ones() as usize {
            64 => at + rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len()),
            length => at + length,
        }
    }
}

/// Calls `each` with every run of letters and digits, first byte and end.
pub fn each_run(bytes: &[u8], mut each: impl FnMut(Range<usize>)) {
    // Where a run began that reaches the last byte looked at.
    let mut open = None;
    for from in (0..bytes.len()).step_by(64) {
        let mut letters = letters_of(&bytes[from..]);
        if let Some(start) = open {
            if letters == u64::MAX {
                continue;
            }
            each(start..from + letters.trailing_ones() as usize);
            letters &= letters + 1;
            open = None;
        }
        while letters != 0 {
            let start = from + letters.trailing_zeros() as usize;
            // The lowest run of bits becomes a carry into the gap behind it.
            let carried = letters.wrapping_add(letters & letters.wrapping_neg());
            if carried == 0 {
                open = Some(start);
            } else {
                each(start..from + carried.trailing_zeros() as usize);
            }
            letters &= carried;
        }
    }
    open.into_iter().for_each(|start| each(start..bytes.len()));
}

/// One bit for each of the first 64 bytes: a letter or digit.
fn letters_of(bytes: &[u8]) -> u64 {
    if let Some(all) = bytes.first_chunk::<64>() {
        return letter_bits(all);
    }
    // What is looked at twice is the same both times.
    if let (Some(first), Some(last)) = (bytes.first_chunk::<32>(), bytes.last_chunk()) {
        return letter_bits(first) | letter_bits::<32>(last) << (bytes.len() - 32);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<16>(), bytes.last_chunk::<16>()) {
        let mut both = [0; 32];
        both[..16].copy_from_slice(first);
        both[16..].copy_from_slice(last);
        let found = letter_bits(&both);
        return found & 0xFFFF | (found >> 16) << (bytes.len() - 16);
    }
    side_by_side(letters(eight(bytes, 0)) >> 7) | side_by_side(letters(eight(bytes, 8)) >> 7) << 8
}

/// One bit for each byte: a letter or digit.
fn letter_bits<const N: usize>(bytes: &[u8; N]) -> u64 {
    // A loop over 32 bytes or more without a branch is made one over 16 at a time; one over eight is not.
    let mut flags = [0; N];
    for (flag, byte) in flags.iter_mut().zip(bytes) {
        *flag = u8::from(((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10));
    }
    let eights = flags.as_chunks().0.iter().enumerate();
    eights.fold(0, |all, (nth, flags)| all | side_by_side(u64::from_le_bytes(*flags)) << (8 * nth))
}

/// The lowest bits of eight bytes, one beside the other: the product moves the k-th by 7 × (8 - k) bits.
pub fn side_by_side(lowest: u64) -> u64 {
    lowest.wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// What stands before, between and behind the ASCII character `mark`.
pub fn parts(text: &str, mark: u8) -> impl Iterator<Item = &str> {
    let mut from = 0;
    let ends = memchr::memchr_iter(mark, text.as_bytes()).chain(std::iter::once(text.len()));
    ends.map(move |end| {
        let part = &text[from..end];
        from = end + 1;
        part
    })
}

/// End of the run of ASCII letters and digits that begins at `at`: for short runs, of which little is known.
pub fn letters_end(bytes: &[u8], mut at: usize) -> usize {
    loop {
        let others = !letters(eight(bytes, at)) & HIGHEST;
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end_by_bytes(text: &[u8], start: usize) -> usize {
        start + text[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
    }

    fn runs_by_bytes(text: &[u8], from: usize) -> Vec<Range<usize>> {
        let is_letter = |at: usize| text[at].is_ascii_alphanumeric();
        let starts = (from..text.len()).filter(|&at| is_letter(at) && (at == from || !is_letter(at - 1)));
        starts.map(|at| at..end_by_bytes(text, at)).collect()
    }

    #[test]
    fn a_run_ends_where_a_byte_wise_look_says() {
        let words = "Zürich a@z[`{/0:9 ABCDEFGHIJ 12345678 x1234567Y éA end of ALL1 ";
        for text in [words, &words.repeat(3), &format!("{words}{}{words}", "aB".repeat(50)), &"x".repeat(64), ""] {
            let text = text.as_bytes();
            let mut letters = Letters::of(text);
            for start in 0..=text.len() {
                let end = end_by_bytes(text, start);
                assert_eq!(letters.end(start), end, "from {start}");
                assert_eq!(letters_end(text, start), end, "from {start}");
                assert_eq!(Letters::of(text).end(start), end, "only from {start}");
                let mut runs = Vec::new();
                each_run(&text[start..], |run| runs.push(start + run.start..start + run.end));
                assert_eq!(runs, runs_by_bytes(text, start), "behind {start}");
            }
        }
        for byte in 0..=u8::MAX {
            let is_letter = byte.is_ascii_alphanumeric();
            for length in [9, 20, 40, 70] {
                assert_eq!(Letters::of(&vec![byte; length]).end(0), if is_letter { length } else { 0 }, "{byte}");
            }
        }
    }

    #[test]
    fn parts_stand_between_marks() {
        let check = |text: &'static str| assert!(parts(text, b';').eq(text.split(';')), "{text}");
        ["", ";", "a", "ä;", ";b;;c"].into_iter().for_each(check);
    }

    #[test]
    fn bytes_behind_the_end_are_zero() {
        assert_eq!(eight(b"abc", 1), u64::from(b'b') + (u64::from(b'c') << 8));
        assert_eq!(eight(b"abc", 4), 0);
        for length in 0..8 {
            let expected = (0..length).map(|at| (at + 1) << (8 * at)).sum::<u64>();
            assert_eq!(eight(&[1, 2, 3, 4, 5, 6, 7][..length as usize], 0), expected, "{length} bytes");
        }
        assert_eq!(first_of_eight(u64::MAX, 2), 0xFFFF);
    }
}
