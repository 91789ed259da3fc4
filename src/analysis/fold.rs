//! Characters → comparable characters: compatibility forms, ligatures, full width, accents, case. In: one character or a
//! whole string. Out: the same letters without what a reader ignores. Does not split into words.

use unicode_normalization::char::{compose, decompose_compatible, is_combining_mark};

/// The whole text folded: NFKC, lower case, no accents, no invisible characters (`Łukasz Straße` → `lukasz strasse`).
/// Punctuation and blanks stay.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        plain(letter, &mut |folded| push_composed(&mut out, folded));
    }
    let mut lower = String::with_capacity(out.len());
    push_lower(&mut lower, &out);
    lower
}

/// Appends `text` in lower case. A Greek final sigma counts as a sigma.
pub(super) fn push_lower(out: &mut String, text: &str) {
    if text.is_ascii() {
        let from = out.len();
        out.push_str(text);
        out[from..].make_ascii_lowercase();
        return;
    }
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'ς' => out.push('σ'),
            '\u{300}'..='\u{36f}' => {}
            other => out.push(other),
        }
    }
}

/// Gives the characters `letter` stands for, case kept: accents and invisible characters vanish, ligatures fall apart.
pub(super) fn plain(letter: char, give: &mut impl FnMut(char)) {
    if letter.is_ascii() {
        return give(letter);
    }
    if is_ignorable(letter) || is_accent(letter) {
        return;
    }
    if let Some(letters) = letters_without_decomposition(letter) {
        return letters.chars().for_each(give);
    }
    match letter {
        '’' | '‘' | 'ʼ' | '′' | '＇' => give('\''),
        '‐' | '‑' | '－' => give('-'),
        // Hangul syllables and kana would fall apart into pieces nobody types.
        '가'..='힣' | '\u{3041}'..='\u{30ff}' => give(letter),
        _ => decompose_compatible(letter, |part| {
            if !is_accent(part) {
                match letters_without_decomposition(part) {
                    Some(letters) => letters.chars().for_each(&mut *give),
                    None => give(part),
                }
            }
        }),
    }
}

/// Appends `letter`, joined with the character before it where Unicode has one character for both (half-width `ｶﾞ`, Korean
/// letters in pieces).
pub(super) fn push_composed(out: &mut String, letter: char) {
    let may_join = is_combining_mark(letter) || ('\u{1161}'..='\u{11c2}').contains(&letter);
    match out.chars().next_back().filter(|_| may_join).and_then(|last| compose(last, letter)) {
        Some(joined) => {
            out.pop();
            out.push(joined);
        }
        None => out.push(letter),
    }
}

/// Soft hyphen, zero-width characters, direction marks, variation selectors: invisible inside a word.
pub(super) fn is_ignorable(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{61c}')
}

/// A mark a reader ignores: accents, Arabic and Hebrew vowel points. Marks of other scripts are letters.
fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{591}'..='\u{5c7}' | '\u{20d0}'..='\u{20ff}')
}

/// Letters that Unicode does not decompose but people type plainly.
fn letters_without_decomposition(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'ẞ' => "SS",
        'ł' => "l",
        'Ł' => "L",
        'ø' => "o",
        'Ø' => "O",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'þ' => "th",
        'Þ' => "Th",
        'æ' => "ae",
        'Æ' => "Ae",
        'œ' => "oe",
        'Œ' => "Oe",
        'ı' => "i",
        'ħ' => "h",
        'Ħ' => "H",
        'ŋ' => "n",
        'Ŋ' => "N",
        'ŧ' => "t",
        'Ŧ' => "T",
        'ĸ' => "k",
        'ə' => "e",
        'Ə' => "E",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn what_a_reader_ignores_is_folded_away() {
        for (text, expected) in [
            ("José MÜLLER, Málaga", "jose muller, malaga"),
            ("Łukasz Sørensen Straße", "lukasz sorensen strasse"),
            ("quali\u{fb01}ed ｗｏｒｋ\u{fb02}ow", "qualified workflow"),
            ("e\u{301}te\u{301}", "ete"),
            ("soft\u{ad}ware\u{200b}", "software"),
            ("ΟΔΟΣ", "οδοσ"),
            ("ｶﾞ", "ガ"),
            ("İstanbul", "istanbul"),
            ("서울", "서울"),
        ] {
            assert_eq!(fold(text), expected, "{text}");
        }
    }
}
