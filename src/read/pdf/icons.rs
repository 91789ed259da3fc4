//! Is this span letters or an icon? Icon fonts and the names TeX gives their glyphs (`/ActualText (faPhone)`) carry no
//! text; dingbat fonts carry bullets.

use pdfboss_text::TextSpan;

/// Parts of names of fonts whose glyphs are pictures.
const ICON_FONTS: &[&str] = &[
    "awesome",
    "icon",
    "fontello",
    "material",
    "academicons",
    "typicons",
    "entypo",
    "simpleicons",
    "octicons",
    "glyphicons",
    "emoji",
    "marvosym",
    "bbding",
    "fa-solid",
    "fa-brands",
];

/// Digits of the shortest phone number.
const FEWEST_DIGITS: usize = 5;

const SOFT_HYPHEN: char = '\u{ad}';

/// Parts of names of fonts whose glyphs are signs, mostly used as bullets.
const SIGN_FONTS: &[&str] = &["wingdings", "webdings", "dingbats"];

/// Parts of font names that mean bold where the descriptor does not say so.
const BOLD_NAMES: &[&str] = &["bold", "black", "heavy", "-bd", "cmbx", "sfbx", "demi"];

/// The span's text, a bullet for a dingbat; `None` when it is an icon.
pub(super) fn visible_text(span: &TextSpan) -> Option<String> {
    let name = span.font_name.to_ascii_lowercase();
    if is_glyph_name(&span.text) {
        return None;
    }
    if ICON_FONTS.iter().any(|part| name.contains(part)) {
        // Icon fonts also hold plain bullets and, in some web exports, real words set in fallback glyphs.
        let letters = span.text.chars().filter(|ch| ch.is_alphanumeric()).count();
        let wordy = if span.logical { is_address(&span.text) } else { letters > 2 };
        return wordy.then(|| span.text.clone());
    }
    if SIGN_FONTS.iter().any(|part| name.contains(part)) {
        let blank = span.text.trim().is_empty();
        return (!blank).then(|| "•".to_owned());
    }
    // Word's Symbol bullet without a Unicode map.
    if name.contains("symbol") && matches!(span.text.trim(), "·" | "\u{f0b7}" | "•") {
        return Some("•".to_owned());
    }
    // What is drawn is seen: fonts that call their hyphen a soft one mean a hyphen.
    Some(if span.text.contains(SOFT_HYPHEN) { span.text.replace(SOFT_HYPHEN, "-") } else { span.text.clone() })
}

/// True for a font whose name says bold.
pub(super) fn is_bold_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    BOLD_NAMES.iter().any(|part| name.contains(part))
}

/// `faPhone`, `faLinkedinIn`, `faEnvelope[regular]`, and what hyperref leaves of a macro: `hbox protect relax`.
fn is_glyph_name(text: &str) -> bool {
    let text = text.trim();
    let camel = text.strip_prefix("fa").is_some_and(|rest| {
        rest.starts_with(|ch: char| ch.is_ascii_uppercase())
            && rest.chars().all(|ch| ch.is_ascii_alphanumeric() || "[]*".contains(ch))
    });
    camel || (text.contains("protect") && text.contains("relax"))
}

/// `mailto:ada@example.com`, `tel: +1 555 0100`, `LinkedIn: /in/ada`: a template that names icon and address together, as one
/// replacement of both. The name of an icon alone (`envelope solid`) is none.
fn is_address(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let inner_dot = text.split_once('.').is_some_and(|(before, after)| {
        before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
    });
    digits >= FEWEST_DIGITS || inner_dot || text.contains(['@', '/'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyph_names_are_not_words() {
        for name in ["faPhone", "faLinkedinIn", "faEnvelope[regular]", "hbox {protect relax }"] {
            assert!(is_glyph_name(name), "{name}");
        }
        for word in ["fast", "fabric", "faculty", "Fa", "family"] {
            assert!(!is_glyph_name(word), "{word}");
        }
    }

    #[test]
    fn an_icon_with_its_address_is_an_address() {
        for address in ["mailto:ada@example.com", "tel:(+1) 555-0100", "home: www.example.com", "LinkedIn: /in/ada"] {
            assert!(is_address(address), "{address}");
        }
        for name in ["envelope solid", "phone", "Font Awesome 5", "github."] {
            assert!(!is_address(name), "{name}");
        }
    }

    #[test]
    fn bold_by_name() {
        assert!(is_bold_name("ABCDEF+CMBX10") && is_bold_name("Lato-Black") && !is_bold_name("Lato-Regular"));
    }
}
