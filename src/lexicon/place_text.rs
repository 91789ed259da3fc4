//! How a place is written: signs and labels around it, the parts of an address, words for work from anywhere. In: a field. Out: pieces
//! of it. Knows no places.

use super::words::with_key;

/// Words for work without a place.
const REMOTE: &[&str] = &[
    "remote",
    "hybrid",
    "on site",
    "onsite",
    "work from home",
    "wfh",
    "remoto",
    "teletrabajo",
    "home office",
    "distributed",
];
/// Words in front of a place in a contact block.
const LABELS: &[&str] = &[
    "location",
    "address",
    "city",
    "based in",
    "lives in",
    "place",
    "adresse",
    "ort",
    "residence",
    "current location",
    "home",
    "indirizzo",
    "direccion",
];
/// First bytes of what stands behind signs, where places may stand: `, `, `(`, ` - `, `–`.
pub(super) fn behind_signs(text: &str) -> impl Iterator<Item = usize> {
    let behind = move |(at, byte): (usize, u8)| {
        let length = match byte {
            b' ' if text.as_bytes()[at..].starts_with(b" - ") => 3,
            0xe2 if text[at..].starts_with(['–', '—']) => 3,
            b' ' | 0xe2 => return None,
            _ => 1,
        };
        Some(at + length)
    };
    text.bytes().enumerate().filter(|(_, byte)| MAY_PART[usize::from(*byte)]).filter_map(behind)
}

/// Bytes that may begin such a sign.
const MAY_PART: [bool; 256] = {
    let mut table = [false; 256];
    let signs = b",\t|( \xe2";
    let mut at = 0;
    while at < signs.len() {
        table[signs[at] as usize] = true;
        at += 1;
    }
    table
};

/// A field without the signs around it and the label in front of it.
pub(super) fn trimmed(text: &str) -> &str {
    let is_edge = |letter: char| {
        letter.is_whitespace() || matches!(letter, '(' | ')' | '[' | ']' | ',' | '|' | '•' | '.' | '·' | '-' | '–')
    };
    let ends = text.as_bytes().first().zip(text.as_bytes().last());
    let is_plain = ends.is_some_and(|(first, last)| first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric());
    let text = if is_plain { text } else { text.trim_matches(is_edge) };
    match memchr::memchr(b':', text.as_bytes()) {
        Some(colon) if with_key(&text[..colon], |label| LABELS.contains(&label)) => text[colon + 1..].trim(),
        _ => text,
    }
}

/// The parts of an address between commas, bars, bullets and semicolons.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let here = rest?;
        let sign = here.bytes().enumerate().find_map(|(at, byte)| match byte {
            b',' | b'|' | b';' => Some((at, 1)),
            0xc2 if here[at..].starts_with('·') => Some((at, '·'.len_utf8())),
            0xe2 if here[at..].starts_with('•') => Some((at, '•'.len_utf8())),
            _ => None,
        });
        rest = sign.map(|(at, length)| &here[at + length..]);
        Some(sign.map_or(here, |(at, _)| &here[..at]))
    })
}

/// The rest of a field that says "remote": `Remote`, `Remote - Lisbon, Portugal`, `London (Hybrid)`.
pub(super) fn remote(text: &str) -> Option<&str> {
    // The word is all of the text, opens it or closes it: most are told by their ends.
    let (opens, closes) = may_be_remote(text);
    if !opens && !closes {
        return None;
    }
    if is_remote(text) {
        return Some("");
    }
    let bytes = text.as_bytes();
    let sign = |at: usize| match bytes[at] {
        b'(' | b',' | b'-' | b'/' | b'|' | b')' => Some((at, 1)),
        0xe2 if text[at..].starts_with('–') => Some((at, '–'.len_utf8())),
        _ => None,
    };
    let (at, length) = (0..bytes.len()).find_map(sign)?;
    let inner = |letter: char| matches!(letter, '(' | ',' | '-' | '–' | '/' | '|' | ')' | ' ');
    if is_remote(&text[..at]) {
        return Some(text[at + length..].trim_matches(inner));
    }
    let end = text.trim_end_matches(')').len();
    let (at, length) = (0..end).rev().find_map(sign)?;
    is_remote(&text[at + length..end]).then(|| text[..at].trim_matches(inner))
}

/// The part is one of [`REMOTE`]. Most are told by their first and last letters.
fn is_remote(part: &str) -> bool {
    may_be_remote(part) == (true, true) && with_key(part, |part| REMOTE.contains(&part))
}

/// The part begins, and ends, as one of [`REMOTE`].
fn may_be_remote(part: &str) -> (bool, bool) {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let first = part.as_bytes().iter().find(is_part).map_or(b' ', u8::to_ascii_lowercase);
    let last = part.as_bytes().iter().rev().find(is_part).map_or(b' ', u8::to_ascii_lowercase);
    let likely = |byte: u8, letters: &[u8]| !byte.is_ascii() || letters.contains(&byte);
    (likely(first, b"rhowtd"), likely(last, b"edoh"))
}

/// `CA 94107` → `CA`; `10115 Berlin` → `Berlin`.
pub(super) fn without_postcode(part: &str) -> &str {
    // Nearly all begin and end with a letter or digit.
    let plain = part.trim_ascii();
    let ends = plain.as_bytes().first().zip(plain.as_bytes().last());
    let is_plain = ends.is_some_and(|(first, last)| first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric());
    let part = if is_plain { plain } else { part.trim().trim_end_matches(['.', ')']) };
    if !part.bytes().any(|byte| byte.is_ascii_digit() || byte == b'-') {
        return part;
    }
    let digits = |word: &str| word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    match (part.split_once(' '), part.rsplit_once(' ')) {
        (_, Some((head, last))) if digits(last) => head.trim_end_matches(['-', '–', ' ']),
        (Some((first, rest)), _) if digits(first) => rest.trim(),
        _ => part,
    }
}
