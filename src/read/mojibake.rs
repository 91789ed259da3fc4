//! Text that was UTF-8, read as Windows-1252 or Latin-1, and saved again (`donâ€™t`, `CafÃ©`, `â€¢ Built it`) → the text that was meant. In:
//! decoded text. Out: the repaired text, if there was anything to repair. Touches only sequences that are valid UTF-8 when read back and that
//! stand for a character résumés hold; does not guess encodings (`encoding.rs`).

use memchr::{memchr, memchr_iter};
use std::ops::{Range, RangeInclusive};

/// How often a text is read back: some were saved wrongly again and again (`Ã¢â‚¬Â¢`).
const PASSES: usize = 3;

/// First byte of all characters from `À` to `ÿ`: every first byte of a longer UTF-8 sequence, read as Latin-1, is one of them.
const LEADS: u8 = 0xc3;

/// What Windows-1252 has at 0x80–0x9F (<https://encoding.spec.whatwg.org/#index-windows-1252>); Latin-1 has control characters there.
const WINDOWS: [(char, u8); 27] = [
    ('€', 0x80),
    ('‚', 0x82),
    ('ƒ', 0x83),
    ('„', 0x84),
    ('…', 0x85),
    ('†', 0x86),
    ('‡', 0x87),
    ('ˆ', 0x88),
    ('‰', 0x89),
    ('Š', 0x8a),
    ('‹', 0x8b),
    ('Œ', 0x8c),
    ('Ž', 0x8e),
    ('‘', 0x91),
    ('’', 0x92),
    ('“', 0x93),
    ('”', 0x94),
    ('•', 0x95),
    ('–', 0x96),
    ('—', 0x97),
    ('˜', 0x98),
    ('™', 0x99),
    ('š', 0x9a),
    ('›', 0x9b),
    ('œ', 0x9c),
    ('ž', 0x9e),
    ('Ÿ', 0x9f),
];

/// Characters that are accepted wherever they are read back: accented letters, signs, dashes, quotes, bullets, ligatures, full-width forms,
/// the byte order mark, pictures.
const ALONE: [RangeInclusive<char>; 10] = [
    '\u{a0}'..='\u{17f}',
    '\u{2009}'..='\u{203a}',
    '\u{20a0}'..='\u{20bf}',
    '\u{2100}'..='\u{22ff}',
    '\u{2500}'..='\u{27bf}',
    '\u{2b00}'..='\u{2bff}',
    '\u{fb00}'..='\u{fb06}',
    '\u{feff}'..='\u{feff}',
    '\u{ff01}'..='\u{ff5e}',
    '\u{1f300}'..='\u{1faff}',
];

/// Letters of other scripts, accepted where two stand together, or without a quote or dash: `Ü“` at the end of a quotation would be one of them.
const TOGETHER: [RangeInclusive<char>; 5] = [
    '\u{370}'..='\u{52f}',
    '\u{590}'..='\u{6ff}',
    '\u{900}'..='\u{d7f}',
    '\u{3040}'..='\u{9fff}',
    '\u{ac00}'..='\u{d7a3}',
];

/// What may stand behind a letter.
const QUOTES: [char; 8] = ['‘', '’', '“', '”', '–', '—', '…', '•'];

/// The text that was meant; none if it stands as it was meant.
pub(super) fn repair(text: &str) -> Option<String> {
    let mut repaired: Option<String> = None;
    for _ in 0..PASSES {
        let before = repaired.as_deref().unwrap_or(text);
        let edits = edits(before);
        if edits.is_empty() {
            break;
        }
        let (mut after, mut copied) = (String::with_capacity(before.len()), 0);
        for (place, ch) in edits {
            after.push_str(&before[copied..place.start]);
            after.push(ch);
            copied = place.end;
        }
        after.push_str(&before[copied..]);
        repaired = Some(after);
    }
    repaired
}

/// What one reading back changes: bytes of the text, in order, and the character for them.
pub(super) fn edits(text: &str) -> Vec<(Range<usize>, char)> {
    let mut edits: Vec<(Range<usize>, char)> = Vec::new();
    if memchr(LEADS, text.as_bytes()).is_none() {
        return edits;
    }
    for at in memchr_iter(LEADS, text.as_bytes()).filter(|at| text.is_char_boundary(*at)) {
        let last = edits.last().map(|(place, ch)| (place.end, *ch));
        if last.is_some_and(|(end, _)| at < end) {
            continue;
        }
        let beside = last.filter(|(end, _)| *end == at).map(|(_, ch)| ch);
        let found = sequence(&text[at..]).map(|(ch, length)| (at..at + length, ch));
        let found = found.filter(|(place, ch)| is_meant(*ch, beside, text, place));
        edits.extend(found.or_else(|| torn(text, at)));
    }
    edits
}

/// The character that the first characters of `text` are the bytes of, and where they end.
fn sequence(text: &str) -> Option<(char, usize)> {
    let mut chars = text.char_indices();
    let (_, lead) = chars.next()?;
    let length = match lead {
        '\u{c2}'..='\u{df}' => 2,
        '\u{e0}'..='\u{ef}' => 3,
        '\u{f0}'..='\u{f4}' => 4,
        _ => return None,
    };
    let mut bytes = [lead as u8, 0, 0, 0];
    for byte in &mut bytes[1..length] {
        *byte = byte_of(chars.next()?.1)?;
    }
    let ch = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    Some((ch, chars.next().map_or(text.len(), |(end, _)| end)))
}

/// The byte that a later byte of a sequence was, 0x80–0xBF.
fn byte_of(ch: char) -> Option<u8> {
    match ch {
        '\u{80}'..='\u{bf}' => Some(ch as u8),
        _ => WINDOWS.iter().find(|(shown, _)| *shown == ch).map(|(_, byte)| *byte),
    }
}

/// A résumé may hold `ch`, and hardly what stands for it in `text`, right behind what was read back as `beside`.
fn is_meant(ch: char, beside: Option<char>, text: &str, place: &Range<usize>) -> bool {
    let (before, after) = (&text[..place.start], &text[place.end..]);
    let quote = text[place.clone()].ends_with(QUOTES);
    let is_among = |ranges: &[RangeInclusive<char>], ch: char| ranges.iter().any(|range| range.contains(&ch));
    match ch {
        // Half of what was read wrongly twice.
        '\u{80}'..='\u{2ff}' if beside.is_some() => true,
        // „JÄ“ ends with a quote; only inside a word it is an "ē".
        '\u{100}'..='\u{17f}' if quote => {
            before.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphabetic)
        }
        _ if is_among(&TOGETHER, ch) => {
            let next = || sequence(after).map(|(next, _)| next);
            ch < '\u{530}' && !quote || beside.or_else(next).is_some_and(|other| is_among(&TOGETHER, other))
        }
        _ => is_among(&ALONE, ch),
    }
}

/// What is left where the control characters of a sequence were dropped: `ï¼` of a full-width comma or colon, or, between blanks, of a full-width
/// dash, `â` behind a year of a dash, `Â` of a no-break space.
fn torn(text: &str, at: usize) -> Option<(Range<usize>, char)> {
    let (before, rest) = (text[..at].chars().next_back(), &text[at..]);
    let blank_behind = |rest: &str| rest.chars().next().is_none_or(char::is_whitespace);
    if let Some(behind) = rest.strip_prefix("ï¼") {
        // Nobody puts a blank before a comma.
        let meant = if before.is_some_and(char::is_whitespace) { '–' } else { ',' };
        return blank_behind(behind).then_some((at..at + "ï¼".len(), meant));
    }
    // Behind a year; in Welsh "â" is a word.
    let dated = || text[..at].ends_with(' ') && text[..at].trim_end().ends_with(|letter: char| letter.is_ascii_digit());
    let end = at + "â".len();
    match rest.chars().next()? {
        'â' if dated() && blank_behind(&text[end..]) => Some((at..end, '–')),
        'Â' if !before.is_some_and(char::is_uppercase) && text[end..].starts_with(' ') => Some((at..end, ' ')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// As a program reads UTF-8 that takes it for Windows-1252.
    fn misread(text: &str) -> String {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn what_was_read_wrongly_is_read_back() {
        for meant in [
            "• Built the café’s “till” – 2015 – 2017…",
            "José Nuñez, Zürich, Łódź, Škofja Loka",
            "Инженер в Перми",
            "μηχανικός",
            "Name：Ada，Harbour Lane",
            "软件工程师",
            "5 € ± 3 °C ✓ 📧 ada@example.com",
        ] {
            let once = misread(meant);
            assert_eq!(repair(&once).as_deref(), Some(meant), "{once}");
            let twice = misread(&once);
            assert_eq!(repair(&twice).as_deref(), Some(meant), "{twice}");
        }
        let latin: String = "2015 – 2017".bytes().map(char::from).collect();
        assert_eq!(repair(&latin).as_deref(), Some("2015 – 2017"));
    }

    #[test]
    fn what_lost_its_control_characters_is_told_by_what_is_left() {
        let check = |text: &str, expected: &str| assert_eq!(repair(text).as_deref(), Some(expected));
        check("Head Cookï¼ Blue Bay", "Head Cook, Blue Bay");
        check("Blue Bay ï¼ Leeds", "Blue Bay – Leeds");
        check("2015 â 2017", "2015 – 2017");
        check("2015Â - 2017", "2015  - 2017");
    }

    #[test]
    fn what_is_right_stays() {
        for text in [
            "Résumé of Zoë Ångström, São Paulo, NÃO",
            "„MENÜ“ und „JÄ“, «à la carte»",
            "crème brûlée – “très bien” …",
            "MAÎTRE D’HÔTEL",
            "plain",
            "ÂN",
            "voilà",
            "Ä–Z",
            "Île‑de‑France, Rhône, naïve",
            "gweithio â phobl",
        ] {
            assert_eq!(repair(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken_and_comes_to_rest(text in "[a ÂÃâ€™“–Ä¢ï¼\u{80}-\u{ff}]{0,20}") {
            let mut text = text;
            for _ in 0..6 {
                let Some(next) = repair(&text) else { break };
                prop_assert!(next.len() <= text.len() + 3 * text.matches('â').count());
                text = next;
            }
        }
    }
}
