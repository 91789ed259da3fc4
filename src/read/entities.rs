//! `&amp;` and its kin → characters, for the formats that have no tokenizer of their own doing it (Markdown, DOCX).

/// Named entities that résumé converters write. Everything else stays as it stands.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("bull", '•'),
    ("middot", '·'),
    ("hellip", '…'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("ccedil", 'ç'),
    ("ntilde", 'ñ'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("szlig", 'ß'),
    ("times", '×'),
    ("rarr", '→'),
    ("emsp", '\u{2003}'),
    ("ensp", '\u{2002}'),
];

/// Longest reference with its `&` and `;`: `&#x10FFFF;`.
const MAX_LENGTH: usize = 10;

/// The character at the start of `text` when it begins with a reference, and the bytes the reference takes.
pub(super) fn decode(text: &str) -> Option<(char, usize)> {
    let window = &text.as_bytes()[..text.len().min(MAX_LENGTH)];
    let end = window.iter().position(|byte| *byte == b';')?;
    let name = text.get(1..end)?;
    let ch = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => named(name)?,
    };
    Some((ch, end + 1))
}

/// The character of a reference without `&` and `;`: `amp`, `eacute`.
pub(super) fn named(name: &str) -> Option<char> {
    NAMED.iter().find(|(entity, _)| *entity == name).map(|(_, ch)| *ch)
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references_are_decoded_and_the_rest_stays() {
        assert_eq!(decode("&amp; x"), Some(('&', 5)));
        assert_eq!(decode("&#8211;"), Some(('–', 7)));
        assert_eq!(decode("&#xe9;"), Some(('é', 6)));
        assert_eq!(decode("& co;"), None);
        assert_eq!(decode("&é;"), None);
    }
}
