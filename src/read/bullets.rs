//! A line's characters → is it a list item? The sign is taken out. Tables of signs, no file format.

use super::rich::Styled;

/// Signs that are bullets wherever they open a line.
const SIGNS: &str = "•●▪■□◦○‣⁃∙◆◇❖➢➤►▸▶▷➔➜✓✔✦✧✪✯➣➥⮚⚫⚬◾◽▫⦁⚪❑❒➧⇒➝🔹🔸✅·⬤◉➙⁍⁌";

/// Signs that are bullets only before a blank and a word: a dash may also open a date (`– 2020`).
const WEAK_SIGNS: &str = "-–—*+>»›§¤→⇨~o°";

/// Removes a leading list sign and says whether there was one. A line that is only a sign loses it too.
pub(super) fn strip(chars: &mut Vec<Styled>) -> bool {
    let mut at = leading_blanks(chars, 0);
    let mut found = false;
    while let Some(end) = sign_end(chars, at) {
        found = true;
        at = end;
    }
    if found {
        chars.drain(..at);
    }
    found
}

/// What stands behind a sign that is a bullet anywhere, and one blank.
pub(super) fn behind_sign(text: &str) -> Option<&str> {
    let mut letters = text.chars();
    letters.next().filter(|sign| SIGNS.contains(*sign))?;
    letters.as_str().strip_prefix(' ')
}

/// True when the text is one list sign and nothing else: `•`, `-`, `o`.
pub(super) fn is_sign(text: &str) -> bool {
    let mut letters = text.chars();
    matches!((letters.next(), letters.next()), (Some(ch), None) if SIGNS.contains(ch) || WEAK_SIGNS.contains(ch))
}

/// The index behind a sign (and its blanks) at `at`.
fn sign_end(chars: &[Styled], at: usize) -> Option<usize> {
    let sign = chars.get(at)?.ch;
    let after = leading_blanks(chars, at + 1);
    if sign.is_ascii_alphanumeric() && sign != 'o' {
        return None;
    }
    if SIGNS.contains(sign) {
        return Some(after);
    }
    if !WEAK_SIGNS.contains(sign) || after == at + 1 {
        return None;
    }
    let next = chars.get(after)?.ch;
    let is_item = match sign {
        // "o Built the …", but not the Portuguese article in "o projeto".
        'o' => next.is_uppercase(),
        // "~ 2 years", "> 50 %", "– 2020": numbers, not items.
        '~' | '>' | '–' | '—' => next.is_alphabetic() && !opens_present(chars, after),
        _ => !next.is_whitespace() && !opens_present(chars, after),
    };
    is_item.then_some(after)
}

/// "– Present": the second half of a wrapped date range.
fn opens_present(chars: &[Styled], at: usize) -> bool {
    let word: String = chars[at..].iter().take(8).map(|styled| styled.ch.to_ascii_lowercase()).collect();
    let word = word.trim_end();
    ["present", "current", "now", "today", "heute"].iter().any(|open| word.trim_end_matches([')', '.']) == *open)
}

fn leading_blanks(chars: &[Styled], from: usize) -> usize {
    from + chars.iter().skip(from).take_while(|styled| styled.ch.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::rich::Mark;

    fn check(text: &str, expected: Option<&str>) {
        let mut chars: Vec<Styled> = text.chars().map(|ch| Styled { ch, mark: Mark::default() }).collect();
        let found = strip(&mut chars);
        let rest: String = chars.iter().map(|styled| styled.ch).collect();
        assert_eq!(found.then_some(rest.as_str()), expected, "{text:?}");
    }

    #[test]
    fn signs_go() {
        check("• Built it", Some("Built it"));
        check("•Built it", Some("Built it"));
        check("- Built it", Some("Built it"));
        check("– Built it", Some("Built it"));
        check("* Built it", Some("Built it"));
        check("o Built it", Some("Built it"));
        check("- • Built it", Some("Built it"));
        check("•", Some(""));
    }

    #[test]
    fn dates_words_and_numbers_stay() {
        check("– 2020", None);
        check("- Present", None);
        check("o projeto", None);
        check("-5 degrees", None);
        check("*nix", None);
        check("C++ and more", None);
        check("Ada", None);
    }
}
