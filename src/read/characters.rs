//! One character in, the clean characters out: blanks become one kind, invisible and control characters go, ligatures
//! and other presentation forms become letters. Does not know lines.

use unicode_normalization::UnicodeNormalization;

/// What a source character means for the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Keep as it is.
    Keep,
    /// Any blank: NBSP, thin space, line separator.
    Blank,
    /// A tab.
    Tab,
    /// Nothing a person sees: soft hyphen, zero-width space, direction mark, control character.
    Drop,
    /// A compatibility form to be taken apart: `ﬁ`, Arabic and mathematical presentation forms, Kangxi radicals.
    Compatible,
    /// A symbol-font bullet in the private use area.
    Bullet,
    /// Any other private-use character: an icon.
    Icon,
}

/// Sorts a character. Never fails; unassigned characters are kept.
pub(super) fn kind(ch: char) -> Kind {
    match ch {
        '\t' => Kind::Tab,
        ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Kind::Blank,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Kind::Blank,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Kind::Drop,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' => Kind::Drop,
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fff9}'..='\u{fffd}' => Kind::Drop,
        // "ﬁ ﬂ", Hebrew and Arabic presentation forms.
        '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => Kind::Compatible,
        // "𝗗𝗲𝘃𝗲𝗹𝗼𝗽𝗲𝗿": letters styled by Unicode; Kangxi radicals that Chinese PDFs put for characters.
        '\u{1d400}'..='\u{1d7ff}' | '\u{2f00}'..='\u{2fd5}' => Kind::Compatible,
        // Symbol and Wingdings code points as Word and pdfTeX leave them: • ▪ ➢ ◆ ❖ ✓ and their like.
        '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}' | '\u{f076}' | '\u{f0fc}' | '\u{f06e}' | '\u{f071}' | '\u{f0a8}' => {
            Kind::Bullet
        }
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => Kind::Icon,
        _ => Kind::Keep,
    }
}

/// Calls `sink` with the letters a compatibility form stands for: `ﬃ` → `f`, `f`, `i`.
pub(super) fn compatible(ch: char, mut sink: impl FnMut(char)) {
    for letter in std::iter::once(ch).nfkc() {
        sink(letter);
    }
}

/// A combining mark joined to the character before it, where Unicode has the pair as one character.
pub(super) fn composed(base: char, mark: char) -> Option<char> {
    unicode_normalization::char::compose(base, mark)
}

/// The combining mark for a spacing accent that TeX fonts draw over a letter as a glyph of its own: `´` + `e` → `é`.
pub(super) fn combining(accent: char) -> Option<char> {
    let mark = match accent {
        '\u{b4}' | '\u{2ca}' => '\u{301}',
        '`' | '\u{2cb}' => '\u{300}',
        '\u{2c6}' | '^' => '\u{302}',
        '\u{2dc}' | '~' => '\u{303}',
        '\u{a8}' => '\u{308}',
        '\u{b8}' => '\u{327}',
        '\u{2c7}' => '\u{30c}',
        '\u{2d8}' => '\u{306}',
        '\u{2da}' => '\u{30a}',
        '\u{af}' => '\u{304}',
        '\u{2d9}' => '\u{307}',
        '\u{2dd}' => '\u{30b}',
        '\u{2db}' => '\u{328}',
        _ => return None,
    };
    Some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_sorted_by_what_a_person_sees() {
        for (ch, expected) in [
            ('a', Kind::Keep),
            ('é', Kind::Keep),
            ('\u{a0}', Kind::Blank),
            ('\t', Kind::Tab),
            ('\u{ad}', Kind::Drop),
            ('\u{7}', Kind::Drop),
            ('\u{200b}', Kind::Drop),
            ('ﬁ', Kind::Compatible),
            ('\u{f0b7}', Kind::Bullet),
            ('\u{f0e0}', Kind::Icon),
        ] {
            assert_eq!(kind(ch), expected, "{ch:?}");
        }
    }

    #[test]
    fn ligatures_come_apart_and_accents_join() {
        let mut out = String::new();
        compatible('ﬃ', |ch| out.push(ch));
        assert_eq!(out, "ffi");
        assert_eq!(composed('e', '\u{301}'), Some('é'));
        assert_eq!(combining('´').and_then(|mark| composed('e', mark)), Some('é'));
    }
}
