//! Questions about the bytes of a line, asked of every line of a résumé. In: text. Out: whether some byte passes a test, how many words
//! there are. Knows no words and no signs of its own.

use crate::analysis::ascii;

/// A digit stands in `text`.
pub(super) fn has_digit(text: &str) -> bool {
    next_digit(text.as_bytes(), 0).is_some()
}

/// Place of the first digit from `from` on.
pub(super) fn next_digit(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while at < bytes.len() {
        let digits = ascii::digits(ascii::eight(bytes, at));
        if digits != 0 {
            return Some(at + digits.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    None
}

/// So many bytes are compared at once.
const LANES: usize = 16;

/// Some byte and the one behind it pass `test`. All of them are looked at, without a branch: the compiler does that for [`LANES`] at a
/// time, so `test` joins its parts with `|` and `&`, not with `||` and `&&`.
pub(super) fn any_pair(text: &str, test: impl Fn(u8, u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let Some(last) = bytes.len().checked_sub(LANES + 1) else {
        return bytes.iter().zip(bytes.get(1..).unwrap_or_default()).any(|(byte, next)| test(*byte, *next));
    };
    let mut found = [0; LANES];
    // The last few are looked at together with some that were looked at before.
    let mut next = 0;
    while next < last + LANES {
        let from = next.min(last);
        next += LANES;
        let (Some(ones), Some(nexts)) =
            (bytes[from..].first_chunk::<LANES>(), bytes[from + 1..].first_chunk::<LANES>())
        else {
            break;
        };
        for ((found, one), next) in found.iter_mut().zip(ones).zip(nexts) {
            *found |= u8::from(test(*one, *next));
        }
    }
    found.iter().fold(0, |any, found| any | found) != 0
}

/// The same for each three bytes.
pub(super) fn any_three(text: &str, test: impl Fn(u8, u8, u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let Some(last) = bytes.len().checked_sub(LANES + 2) else {
        return bytes.windows(3).any(|three| matches!(three, [first, second, third] if test(*first, *second, *third)));
    };
    let mut found = [0; LANES];
    let mut next = 0;
    while next < last + LANES {
        let from = next.min(last);
        next += LANES;
        let chunk = |from: usize| bytes[from..].first_chunk::<LANES>();
        let (Some(firsts), Some(seconds), Some(thirds)) = (chunk(from), chunk(from + 1), chunk(from + 2)) else {
            break;
        };
        for (((found, first), second), third) in found.iter_mut().zip(firsts).zip(seconds).zip(thirds) {
            *found |= u8::from(test(*first, *second, *third));
        }
    }
    found.iter().fold(0, |any, found| any | found) != 0
}

/// Bytes for which `test` holds, counted in the same way.
pub(super) fn count_bytes(text: &str, test: impl Fn(u8) -> bool) -> usize {
    // Counted in bytes, which hold no more than 255.
    let few = |bytes: &[u8]| bytes.iter().fold(0, |count, byte| count + u8::from(test(*byte)));
    text.as_bytes().chunks(255).map(|bytes| usize::from(few(bytes))).sum()
}

/// Runs of bytes for which `is_part` holds, counted in the same way.
pub(super) fn count_runs(text: &str, is_part: impl Fn(u8) -> bool) -> usize {
    let bytes = text.as_bytes();
    let opens = bytes.first().is_some_and(|first| is_part(*first));
    let begins = |before: u8, byte: u8| u8::from(!is_part(before) & is_part(byte));
    let few = |before: &[u8], bytes: &[u8]| {
        before.iter().zip(bytes).fold(0, |count, (before, byte)| count + begins(*before, *byte))
    };
    let pairs = bytes.chunks(255).zip(bytes.get(1..).unwrap_or_default().chunks(255));
    usize::from(opens) + pairs.map(|(before, bytes)| usize::from(few(before, bytes))).sum::<usize>()
}

/// First byte of `part` in a short text. A search that is made ready for its part first, as that of `str`, takes several times as long
/// to do so as this one takes in all. `part` is not empty and begins with a rare sign.
pub(super) fn find(text: &str, part: &str) -> Option<usize> {
    let (bytes, part) = (text.as_bytes(), part.as_bytes());
    memchr::memchr_iter(*part.first()?, bytes).find(|at| bytes[*at..].starts_with(part))
}

/// Last byte of `part` in a short text, in the same way.
pub(super) fn rfind(text: &str, part: &str) -> Option<usize> {
    let (bytes, part) = (text.as_bytes(), part.as_bytes());
    memchr::memrchr_iter(*part.first()?, bytes).find(|at| bytes[*at..].starts_with(part))
}

/// What a byte is to [`worded_pieces`].
#[derive(Clone, Copy)]
enum Kind {
    Sign,
    /// A letter or digit.
    Word,
    Blank,
    /// Not ASCII.
    Beyond,
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Sign; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Kind::Word,
            b'\t'..=b'\r' | b' ' => Kind::Blank,
            0x80.. => Kind::Beyond,
            _ => Kind::Sign,
        };
        byte += 1;
    }
    kinds
};

/// The beginning of a text up to the blank behind its first letter or digit; all of it, where that is not ASCII.
pub(super) fn first_words(text: &str) -> &str {
    let first = text.bytes().position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
    // A sign beyond ASCII may be none of a word.
    let Some(first) = first.filter(|first| text.as_bytes()[*first].is_ascii()) else { return text };
    memchr::memchr(b' ', &text.as_bytes()[first..]).map_or(text, |length| &text[..first + length])
}

/// Letters of a text.
pub(super) fn letters(text: &str) -> usize {
    if text.is_ascii() {
        return count_bytes(text, |byte| (byte | 0x20).wrapping_sub(b'a') < 26);
    }
    text.chars().filter(|letter| letter.is_alphabetic()).count()
}

/// The runs of letters and digits of a text.
pub(super) fn alphanumeric_words(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + skip(text, at, |letter| !letter.is_alphanumeric());
        at = ascii::letters_end(text.as_bytes(), start);
        at += skip(text, at, char::is_alphanumeric);
        (at > start).then(|| &text[start..at])
    })
}

/// Bytes of the letters from `from` on for which `test` holds. Most are ASCII and need no decoding.
#[inline]
fn skip(text: &str, from: usize, test: impl Fn(char) -> bool) -> usize {
    let mut at = from;
    while let Some(&byte) = text.as_bytes().get(at) {
        let letter = match byte {
            byte if byte.is_ascii() => char::from(byte),
            _ => text[at..].chars().next().unwrap_or(' '),
        };
        if !test(letter) {
            break;
        }
        at += letter.len_utf8();
    }
    at - from
}

/// The pieces between blanks.
pub(super) fn blank_parted(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + skip(text, at, char::is_whitespace);
        at = start + skip(text, start, |letter| !letter.is_whitespace());
        (at > start).then(|| &text[start..at])
    })
}

/// Number of pieces between blanks.
pub(super) fn blank_separated(text: &str) -> usize {
    let (mut count, mut is_inside) = (0, false);
    for byte in text.bytes() {
        match KINDS[usize::from(byte)] {
            Kind::Blank => is_inside = false,
            Kind::Beyond => return text.split_whitespace().count(),
            _ => {
                count += usize::from(!is_inside);
                is_inside = true;
            }
        }
    }
    count
}

/// Pieces between blanks that hold a letter or digit; `most` at most.
pub(super) fn worded_pieces(text: &str, most: usize) -> usize {
    let (mut count, mut counted) = (0, false);
    for (at, byte) in text.bytes().enumerate() {
        match KINDS[usize::from(byte)] {
            Kind::Word if counted => {}
            Kind::Word if count == most => break,
            Kind::Word => (count, counted) = (count + 1, true),
            Kind::Blank => counted = false,
            Kind::Sign => {}
            Kind::Beyond => {
                // From the blank before on: other letters, other blanks.
                let is_blank = |byte: &u8| matches!(KINDS[usize::from(*byte)], Kind::Blank);
                let from = text.as_bytes()[..at].iter().rposition(is_blank).unwrap_or(0);
                let before = count - usize::from(counted);
                let worded = text[from..].split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
                return before + worded.take(most - before).count();
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_up_to_a_limit() {
        let slow = |text: &str, most| {
            text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).take(most).count()
        };
        let texts =
            ["", " a - b ", "a b c d e", "x–y – z, (é) ü", "é", "a\u{a0}b\u{2003}c d", "\u{b}a\u{c}b\t1", "a é"];
        for (text, most) in texts.into_iter().flat_map(|text| (0..6).map(move |most| (text, most))) {
            assert_eq!(worded_pieces(text, most), slow(text, most), "{text:?} {most}");
        }
    }

    #[test]
    fn words_are_told_apart_as_by_letters() {
        for text in ["", "self-employed", " a1, b (é–z)\u{a0}x ", "\u{85}a\u{1c}b", "naïve_x"] {
            let slow: Vec<&str> =
                text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            assert_eq!(alphanumeric_words(text).collect::<Vec<_>>(), slow, "{text:?}");
            assert_eq!(blank_separated(text), text.split_whitespace().count(), "{text:?}");
            assert_eq!(blank_parted(text).collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>(), "{text:?}");
            assert_eq!(letters(text), text.chars().filter(|letter| letter.is_alphabetic()).count(), "{text:?}");
        }
    }

    #[test]
    fn beginnings() {
        assert_eq!(first_words("- Czech (native), English"), "- Czech");
        assert_eq!(first_words("– A b"), "– A b");
        assert_eq!(first_words(""), "");
    }

    #[test]
    fn runs_and_parts() {
        let runs = |text| count_runs(text, |byte| byte.is_ascii_alphabetic());
        assert_eq!([runs(""), runs("ab c"), runs(" ab, c"), runs("--")], [0, 2, 2, 0]);
        assert_eq!(find("a (b: c", ": "), Some(4));
        assert_eq!(find("a:b:", ": "), None);
        assert_eq!([rfind("a, b, c", ", "), rfind("a,b", ", ")], [Some(4), None]);
    }

    #[test]
    fn digits() {
        for at in 0..20 {
            let mut bytes = [b':', b'/', 0x80, 0xb5, b' '].repeat(4);
            assert_eq!(next_digit(&bytes, 0), None);
            bytes[at] = b'0' + at as u8 % 10;
            assert_eq!(next_digit(&bytes, 0), Some(at));
            assert_eq!(next_digit(&bytes, at + 1), None);
        }
        assert!(!has_digit("") && has_digit("a9"));
    }

    #[test]
    fn bytes_by_a_test() {
        assert!(any_pair("a@b", |byte, next| (byte == b'@') & (next == b'b')));
        assert!(!any_pair("a", |_, _| true));
        for (length, at) in (2..60).flat_map(|length| (0..length - 1).map(move |at| (length, at))) {
            let text: String = (0..length).map(|place| if place == at { 'x' } else { 'y' }).collect();
            assert!(any_pair(&text, |byte, next| (byte == b'x') & (next == b'y')), "{text}");
            assert!(!any_pair(&text, |byte, next| (byte == b'x') & (next == b'x')), "{text}");
        }
        assert_eq!(count_bytes("a1b22", |byte| byte.is_ascii_digit()), 3);
        for (length, at) in (0usize..60).flat_map(|length| (0..length.saturating_sub(2)).map(move |at| (length, at))) {
            let text: String = (0..length).map(|place| if place == at { 'x' } else { 'y' }).collect();
            let is_first = |first, second, third| (first == b'x') & (second == b'y') & (third == b'y');
            assert!(any_three(&text, is_first), "{text}");
            assert!(!any_three(&text, |first, _, third| (first == b'x') & (third == b'x')), "{text}");
        }
    }
}
