//! Runs of ASCII letters and digits, eight bytes at a time. In: bytes and where a run begins. Out: where it ends. Knows no word and no term.

/// The highest bit of each of eight bytes: what [`letters`] and [`digits`] tell about each.
pub const HIGHEST: u64 = each_byte(0x80);

/// The same byte eight times.
const fn each_byte(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Eight bytes from `at` on, the first one lowest; zeros after the last.
pub fn eight(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.first_chunk().map_or_else(|| fewer(rest), |chunk| u64::from_le_bytes(*chunk))
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

/// End of the run of ASCII letters and digits that begins at `at`, and whether none of them is a capital.
pub fn letters_end(bytes: &[u8], mut at: usize) -> (usize, bool) {
    let mut capitals = 0;
    loop {
        let eight = eight(bytes, at);
        let letters = letters(eight);
        // Capitals are the letters without the bit 0x20, here moved to the highest place.
        let capital = letters & !(eight << 2);
        let count = (!letters & HIGHEST).trailing_zeros() as usize / 8;
        if count == 8 {
            capitals |= capital;
            at += 8;
            continue;
        }
        if count > 0 {
            capitals |= first_of_eight(capital, count);
        }
        return (at + count, capitals == 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_where_a_byte_wise_look_says() {
        let text = "Zürich a@z[`{/0:9 ABCDEFGHIJ 12345678 x1234567Y éA end of ALL1".as_bytes();
        for start in 0..=text.len() {
            let length = text[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let is_small = !text[start..start + length].iter().any(u8::is_ascii_uppercase);
            assert_eq!(letters_end(text, start), (start + length, is_small), "from {start}");
        }
        for byte in 0..=u8::MAX {
            let length = if byte.is_ascii_alphanumeric() { 9 } else { 0 };
            assert_eq!(letters_end(&[byte; 9], 0), (length, !byte.is_ascii_uppercase()), "{byte}");
        }
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
