//! One source line → the same line, when it is clean as it stands: the short way past `Rich` that nearly every line of a
//! text file takes. Decides nothing of its own: what is not surely left alone by `rich.rs` is `None` and goes the long way.

/// Most letters with a blank on either side; more may be letter-spaced (`W O R K`, see `spaced.rs`).
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
        _ => content.strip_prefix("• ").unwrap_or(content),
    };
    let opens = *text.as_bytes().first()?;
    let is_item = text.len() < content.len();
    // "o Built it", "– Present" and signs after signs.
    let plain = if is_item {
        opens.is_ascii_alphanumeric() && opens != b'o' && !opens_present(text)
    } else {
        opens.is_ascii_alphanumeric() && !text.starts_with("o ") || b"(\"'$@#/".contains(&opens)
    };
    plain.then_some((text, is_item))
}

/// "- Present": a date, no item.
fn opens_present(text: &str) -> bool {
    let starts = |word: &str| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    ["present", "current", "now", "today", "heute"].iter().any(|word| starts(word))
}

/// Letters, digits and signs that no rule touches, single blanks between them.
fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut last_is_blank, mut is_single, mut singles) = (false, false, 0);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let (length, is_letter) = match byte {
            b'\t' | b' '..=b'~' => (1, byte.is_ascii_alphabetic()),
            // Two bytes: "é", "ł"; not the accents that join with a letter.
            0xc3..=0xc5 => (2, true),
            // "–", "—", quotes, "…"
            0xe2 if matches!(&bytes[at + 1..at + 3], [0x80, 0x93 | 0x94 | 0x98 | 0x99 | 0x9c | 0x9d | 0xa6]) => {
                (3, false)
            }
            _ => return false,
        };
        at += length;
        let is_blank = matches!(byte, b' ' | b'\t');
        if is_blank && last_is_blank {
            return false;
        }
        // A letter counts when its second blank comes.
        singles += usize::from(is_blank && is_single);
        is_single = last_is_blank && is_letter;
        last_is_blank = is_blank;
    }
    singles <= MAX_SINGLES
}

#[cfg(test)]
mod tests {
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
        check("(2019 - 2021)", true);
        check("omnibus lines", true);
        check("Engineer | Acme | 2019", true);
        check("Acme Ltd\t2019 - 2021", true);
    }

    #[test]
    fn the_rest_takes_the_long_way() {
        for content in ["o Built it", "- Present", "- - x", "– 2020", "two  blanks", "a\t b", "W O R K", "ﬁn", "• o x"]
        {
            check(content, false);
        }
    }

    proptest! {
        #[test]
        fn both_ways_agree(content in "[-*+o•–>~A-Ca-c1é’\u{301}\t ]{1,12}") {
            let content = content.trim();
            if !content.is_empty() {
                check(content, super::line(content).is_some());
            }
        }
    }
}
