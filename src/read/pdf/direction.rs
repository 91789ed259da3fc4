//! Text as it is drawn, leftmost glyph first → text as it is read, for Arabic and Hebrew. Works on single runs and says
//! whether a row is read from right to left; not a full bidirectional algorithm.

/// True for letters of scripts written from right to left.
pub(super) fn is_rtl(ch: char) -> bool {
    matches!(ch, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// True when most letters are written from right to left.
pub(super) fn is_mostly_rtl<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let (mut right, mut left) = (0usize, 0usize);
    for ch in texts.flat_map(str::chars).filter(|ch| ch.is_alphabetic()) {
        if is_rtl(ch) { right += 1 } else { left += 1 }
    }
    right > left
}

/// Turns a run drawn from left to right into reading order: reversed, with numbers kept.
pub(super) fn logical(text: String) -> String {
    if text.is_ascii() || !is_mostly_rtl(std::iter::once(text.as_str())) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut number = String::new();
    for ch in text.chars().rev() {
        if ch.is_numeric() {
            number.insert(0, ch);
        } else {
            out.push_str(&number);
            number.clear();
            out.push(ch);
        }
    }
    out + &number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hebrew_is_turned_and_latin_is_not() {
        assert_eq!(logical("\u{5dd}\u{5d5}\u{5dc}\u{5e9} 2020".into()), "2020 \u{5e9}\u{5dc}\u{5d5}\u{5dd}");
        assert_eq!(logical("caf\u{e9}".into()), "caf\u{e9}");
    }
}
