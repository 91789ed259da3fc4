//! Bytes → `String`, in any common encoding: byte order mark, UTF-8, UTF-16 without a mark, then a guess by
//! statistics. Does not look for markup; HTML passes what its `<meta charset>` says.

use super::mojibake;
use crate::model::{SkipReason, Warning};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes given to the guess. Enough for its statistics, and keeps it linear and cheap.
const GUESS_BYTES: usize = 64 << 10;

/// Escapes that switch to Japanese in ISO-2022-JP, the encoding of old Japanese mail.
const JIS_MARKS: [&[u8]; 2] = [b"\x1b$B", b"\x1b$@"];

/// Decodes a text file. `declared` is an encoding named inside the file; a byte order mark and valid UTF-8 beat it.
///
/// # Errors
/// [`SkipReason::Empty`] without a visible character, [`SkipReason::Binary`] when the bytes are no text.
pub(super) fn decode(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
    warnings: &mut Vec<Warning>,
) -> Result<String, SkipReason> {
    let text = decode_any(bytes, declared, warnings)?;
    if text.chars().all(|ch| ch.is_whitespace() || ch == '\u{feff}' || ch == '\0') {
        return Err(SkipReason::Empty);
    }
    let Some(repaired) = mojibake::repair(&text) else { return Ok(text) };
    warnings.push(Warning { message: "text that was encoded twice is repaired".into(), is_loss: false });
    Ok(repaired)
}

fn decode_any(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
    warnings: &mut Vec<Warning>,
) -> Result<String, SkipReason> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned());
    }
    if has_controls(bytes) {
        if let Some(encoding) = utf16_without_mark(bytes) {
            return Ok(encoding.decode_without_bom_handling(bytes).0.into_owned());
        }
        if is_binary(bytes) {
            return Err(SkipReason::Binary);
        }
        if JIS_MARKS.iter().any(|mark| bytes.windows(mark.len()).any(|window| window == *mark)) {
            return Ok(ISO_2022_JP.decode_without_bom_handling(bytes).0.into_owned());
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8) {
        return Ok(encoding.decode_without_bom_handling(bytes).0.into_owned());
    }
    if mostly_utf8(bytes) {
        warnings.push(Warning { message: "some bytes are not UTF-8".into(), is_loss: false });
        return Ok(String::from_utf8_lossy(bytes).into_owned());
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(GUESS_BYTES)], bytes.len() <= GUESS_BYTES);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    warnings.push(Warning { message: format!("encoding guessed as {}", encoding.name()), is_loss: false });
    Ok(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

/// Any character that plain text does without: only such bytes are worth a closer look. One pass without a branch.
fn has_controls(bytes: &[u8]) -> bool {
    let is_odd = |byte: u8| (byte < 0x20) & !matches!(byte, b'\t' | b'\n' | b'\r') | (byte == 0x7f);
    bytes.iter().fold(false, |found, &byte| found | is_odd(byte))
}

/// UTF-16 without a mark: text in every script has blanks and line ends, and in the other byte order they are no text.
/// Eight-bit text never holds a zero byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if bytes.len() % 2 == 1 || sample.len() < 8 || !sample.contains(&0) {
        return None;
    }
    let orders = [UTF_16LE, UTF_16BE].into_iter();
    let found = orders.filter_map(|order| Some((plain_characters(order, sample)?, order)));
    found.max_by_key(|(count, _)| *count).map(|(_, order)| order)
}

/// How many blanks, line ends and ASCII letters the sample holds in this byte order; `None` when it is no text in it.
fn plain_characters(order: &'static Encoding, sample: &[u8]) -> Option<usize> {
    let (text, _) = order.decode_without_bom_handling(sample);
    // The sample may end within a pair.
    let text = text.trim_end_matches('\u{fffd}');
    let is_odd = |ch: char| match ch {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' => false,
        '\u{fffd}' | '\u{fffe}' | '\u{ffff}' | '\u{e000}'..='\u{f8ff}' => true,
        _ => ch.is_control(),
    };
    if text.chars().any(is_odd) {
        return None;
    }
    let blanks = text.chars().filter(|ch| matches!(ch, ' ' | '\n' | '\r' | '\u{3000}')).count();
    let plain = text.chars().filter(char::is_ascii).count();
    // A line of Chinese has up to some sixty characters.
    (blanks * 100 >= text.chars().count()).then_some(plain)
}

/// Zero bytes, or many control characters: not a text.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(GUESS_BYTES)];
    let zeros = sample.iter().filter(|byte| **byte == 0).count();
    let odd = sample.iter().filter(|byte| matches!(byte, 1..=6 | 14..=26 | 28..=31 | 127)).count();
    // One stray zero in a long text is damage, not a format; a tenth of control bytes is a format.
    zeros > sample.len() / 1000 + 1 || odd * 10 > sample.len()
}

/// UTF-8 with a few damaged places: good multi-byte sequences far outnumber bad bytes.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|ch| !ch.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Result<&str, SkipReason>) {
        let text = decode(bytes, None, &mut Vec::new());
        assert_eq!(text.as_deref().map_err(Clone::clone), expected);
    }

    fn utf16(text: &str, mark: bool) -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn marks_and_utf8() {
        check(b"\xef\xbb\xbfZo\xc3\xab", Ok("Zoë"));
        check("Zoë".as_bytes(), Ok("Zoë"));
        check(&utf16("Zoë Doe, Engineer", true), Ok("Zoë Doe, Engineer"));
        check(&utf16("Zoë Doe, Engineer", false), Ok("Zoë Doe, Engineer"));
    }

    #[test]
    fn utf16_without_a_mark_in_any_script() {
        for text in [
            "Żofia Gęś\nInżynier w Łodzi",
            "Иван Петров\nинженер",
            "高橋 直子\n職務経歴: 株式会社例",
            "王小明\n软件工程师",
        ] {
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            check(&utf16(text, false), Ok(text));
            check(&big, Ok(text));
        }
        check(b"\x1b$B9b66\x1b(B Engineer", Ok("高橋 Engineer"));
    }

    #[test]
    fn single_byte_encodings_are_guessed() {
        check(b"Andr\xe9 M\xfcller, ing\xe9nieur \xe0 Montr\xe9al", Ok("André Müller, ingénieur à Montréal"));
    }

    #[test]
    fn a_damaged_place_does_not_change_the_encoding() {
        check("éàüö éàüö \u{1}".as_bytes(), Ok("éàüö éàüö \u{1}"));
        let mut bytes = "Zoë André Jürgen Łukasz résumé".as_bytes().to_vec();
        bytes.push(0xff);
        check(&bytes, Ok("Zoë André Jürgen Łukasz résumé\u{fffd}"));
    }

    #[test]
    fn nothing_and_no_text() {
        check(b"", Err(SkipReason::Empty));
        check(b" \n\t", Err(SkipReason::Empty));
        check(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0", Err(SkipReason::Binary));
    }
}
