//! One source line → the same line, when it is clean as it stands: the short way past `Rich` that nearly every line of a
//! text file takes. Decides nothing of its own: what is not surely left alone by `rich.rs` is `None` and goes the long way.

use super::bullets;

/// Most words of one character after another such word; more may be letter-spaced (`W O R K`, see `spaced.rs`).
const MAX_SINGLES: usize = 1;

/// The text without its list sign, and whether there was one. `content` begins and ends with no blank.
pub(super) fn line(content: &str) -> Option<(&str, bool)> {
    let (text, is_item) = without_sign(content)?;
    is_clean(text).then_some((text, is_item))
}

/// `- Built it` → `Built it`. None when what opens the line needs a closer look (`bullets.rs`).
fn without_sign(content: &str) -> Option<(&str, bool)> {
    let text = match content.as_bytes() {
        [b'-' | b'*' | b'+', b' ', ..] => &content[2..],
        [b'o', b' ', b'A'..=b'Z', ..] => &content[2..],
        [0x80..=0xff, ..] => bullets::behind_sign(content).unwrap_or(content),
        _ => content,
    };
    let opens = *text.as_bytes().first()?;
    let is_item = text.len() < content.len();
    let is_letter = opens.is_ascii_alphanumeric() || matches!(opens, 0xc3..=0xc5);
    // "o built it", "– Present" and signs after signs.
    let plain = if is_item {
        is_letter && opens != b'o' && !opens_present(text)
    } else {
        let before_blank = matches!(text.as_bytes().get(1), Some(b' ' | b'\t'));
        (is_letter || opens.is_ascii_punctuation()) && !(before_blank && b"-*+>~o".contains(&opens))
    };
    plain.then_some((text, is_item))
}

/// "- Present": a date, no item; so far as `bullets.rs` looks.
fn opens_present(text: &str) -> bool {
    let head = text[..text.floor_char_boundary(8)].trim_end().trim_end_matches([')', '.']);
    ["present", "current", "now", "today", "heute"].iter().any(|word| head.eq_ignore_ascii_case(word))
}

/// So many bytes are compared at once.
const LANES: usize = 16;

/// Visible ASCII and single blanks, and nowhere two words of one character in a row: nearly all lines. Each byte is looked at together with the four
/// behind it, without a branch, which the compiler does for [`LANES`] of them at a time. Short lines are not told.
fn is_plain(bytes: &[u8]) -> bool {
    let Some(last) = bytes.len().checked_sub(LANES + 4) else { return false };
    let is_blank = |byte: u8| byte == b' ';
    let is_other = |byte: u8| byte.wrapping_sub(b' ') > b'~' - b' ';
    let mut found = [0; LANES];
    // The last few are looked at together with some that were looked at before.
    let mut next = 0;
    while next < last + LANES {
        let from = next.min(last);
        next += LANES;
        let chunk = |ahead: usize| bytes[from + ahead..].first_chunk::<LANES>();
        let (Some(first), Some(second), Some(third), Some(fourth), Some(fifth)) =
            (chunk(0), chunk(1), chunk(2), chunk(3), chunk(4))
        else {
            return false;
        };
        for (at, found) in found.iter_mut().enumerate() {
            // "a  b", "a b c "
            let gap = is_blank(first[at]) & (is_blank(second[at]) | is_blank(third[at]) & is_blank(fifth[at]));
            let last_gap = is_blank(fourth[at]) & is_blank(fifth[at]);
            *found |= u8::from(is_other(first[at]) | is_other(fifth[at]) | gap | last_gap);
        }
    }
    let opens = is_blank(bytes[0]) || is_blank(bytes[1]) && is_blank(bytes[3]);
    !opens && found.iter().fold(0, |any, found| any | found) == 0
}

/// Letters, digits and signs that no rule touches, single blanks between them.
fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    if is_plain(bytes) {
        return true;
    }
    // Characters of the word so far, whether the word before had one only, and how often two such met.
    let (mut length, mut after_single, mut singles) = (0, false, 0);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_graphic() {
            (length, at) = (length + 1, at + 1);
            continue;
        }
        at += match byte {
            b'\t' | b' ' => 1,
            // Two bytes: "é", "ł", "·"; not the accents that join with a letter.
            0xc3..=0xc5 => 2,
            0xc2 if bytes[at + 1] == 0xb7 => 2,
            // "–", "—", quotes, "•", "…"
            0xe2 if bytes[at + 1] == 0x80 && b"\x93\x94\x98\x99\x9c\x9d\xa2\xa6".contains(&bytes[at + 2]) => 3,
            _ => return false,
        };
        if !matches!(byte, b' ' | b'\t') {
            length += 1;
            continue;
        }
        if length == 0 {
            return false;
        }
        singles += usize::from(length == 1 && after_single);
        (after_single, length) = (length == 1, 0);
    }
    singles <= MAX_SINGLES
}

#[cfg(test)]
mod tests {
    use super::super::mojibake;
    use super::super::rich::{Mark, Rich};
    use crate::model::Line;
    use proptest::prelude::*;

    /// The short way gives what the long way gives.
    fn check(content: &str, expected: bool) {
        let short = super::line(content);
        assert_eq!(short.is_some(), expected, "{content:?}");
        let mut rich = Rich::default();
        rich.push(content, Mark::default());
        let mut long = Vec::new();
        rich.finish(&Line::default(), &mut long);
        if let Some((text, is_item)) = short {
            assert_eq!((long[0].text.as_str(), long[0].style.bullet, long.len()), (text, is_item, 1), "{content:?}");
        }
    }

    #[test]
    fn clean_lines_take_the_short_way() {
        check("Led a team of 5 – “fast”, for José’s café", true);
        check("- Built it", true);
        check("• Built it", true);
        check("· Built it", true);
        check("o Built it", true);
        check("- Presented it", true);
        check("▪ Built it", true);
        check("(2019 - 2021)", true);
        check("omnibus lines", true);
        check("Engineer | Acme | 2019", true);
        check("Acme Ltd\t2019 - 2021", true);
        check("= Led a team, a plan, a car · tax • y", true);
        check("École – a b", true);
        check("+1 555 0100", true);
    }

    #[test]
    fn the_rest_takes_the_long_way() {
        for content in [
            "o built it",
            "- Present",
            "- now.",
            "* Present (",
            "- - x",
            "– 2020",
            "two  blanks",
            "a\t b",
            "W O R K",
            "ﬁn",
            "• o x",
            "·x",
            "· · x",
        ] {
            check(content, false);
        }
    }

    proptest! {
        #[test]
        fn both_ways_agree(content in "[-*+o•·➢–>~A-Ca-c1é’&=\u{301}\t ]{1,14}") {
            let content = content.trim();
            // What was encoded twice is repaired before there are lines.
            if !content.is_empty() && mojibake::repair(content).is_none() {
                check(content, super::line(content).is_some());
            }
        }
    }
}
