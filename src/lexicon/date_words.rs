//! Words of dates in 21 languages: months, seasons, `present`, `since`, `until`. In: one folded word. Out: what it says. The
//! grammar of dates is `profile::dates`.

use super::table::{FixedMap, Outlines, rows};
use std::sync::OnceLock;

const TABLE: &str = include_str!("data/date_words.tsv");

/// What a word says in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateWord {
    /// A month, 1–12.
    Month(u8),
    /// First and last month of a season; a last month before the first lies in the next year.
    Season(u8, u8),
    /// `early`, `mid`, `late`: first and last month.
    Part(u8, u8),
    /// The period is still going on.
    Present,
    /// A start with an open end.
    Since,
    /// A start.
    From,
    /// An end, or what stands between start and end.
    Until,
    /// Stands between start and end.
    To,
    /// The date is not reached yet.
    Expected,
    /// `of`, `de`: says nothing.
    Filler,
}

/// The table.
struct DateWords {
    words: FixedMap<&'static str, DateWord>,
    /// By the first byte, one bit for the length and second byte of each word: most words are told by it.
    outlines: [u64; 256],
    /// The same by the last byte.
    ends: Outlines,
}

impl DateWords {
    fn read() -> DateWords {
        let word_and_kind = |row: &'static str| {
            let (word, kind) = row.split_once('\t')?;
            Some((word, kind_named(kind)?))
        };
        let words: FixedMap<&'static str, DateWord> = rows(TABLE).filter_map(word_and_kind).collect();
        let mut outlines = [0; 256];
        for word in words.keys().map(|word| word.as_bytes()) {
            outlines[usize::from(word[0])] |= outline(word);
        }
        let ends = Outlines::of(words.keys().copied());
        DateWords { words, outlines, ends }
    }

    fn may_hold(&self, word: &str) -> bool {
        let begins =
            |first: &u8| self.outlines[usize::from(first.to_ascii_lowercase())] & outline(word.as_bytes()) != 0;
        word.as_bytes().first().is_some_and(begins) && self.ends.may_hold(word)
    }
}

/// The bit for the length and the second letter of a word in any case.
fn outline(word: &[u8]) -> u64 {
    let second = word.get(1).map_or(0, u8::to_ascii_lowercase);
    1 << ((word.len() * 7 + usize::from(second)) % 64)
}

fn table() -> &'static DateWords {
    static WORDS: OnceLock<DateWords> = OnceLock::new();
    WORDS.get_or_init(DateWords::read)
}

/// What the folded word says in a date, if it is a word of dates.
pub fn date_word(folded: &str) -> Option<DateWord> {
    if table().may_hold(folded) { table().words.get(folded).copied() } else { None }
}

/// What a word of ASCII letters in any case says in a date. Folded without allocation, and only if it may be one at all.
pub fn date_word_in_any_case(written: &str) -> Option<DateWord> {
    let mut lower = [0; 16];
    let folded = lower.get_mut(..written.len()).filter(|_| table().may_hold(written))?;
    folded.copy_from_slice(written.as_bytes());
    folded.make_ascii_lowercase();
    table().words.get(std::str::from_utf8(folded).ok()?).copied()
}

fn kind_named(kind: &str) -> Option<DateWord> {
    Some(match kind {
        // Seasons of the northern academic year.
        "spring" => DateWord::Season(1, 5),
        "summer" => DateWord::Season(5, 8),
        "fall" => DateWord::Season(8, 12),
        "winter" => DateWord::Season(12, 3),
        "early" => DateWord::Part(1, 4),
        "mid" => DateWord::Part(5, 8),
        "late" => DateWord::Part(9, 12),
        "present" => DateWord::Present,
        "since" => DateWord::Since,
        "from" => DateWord::From,
        "until" => DateWord::Until,
        "to" => DateWord::To,
        "expected" => DateWord::Expected,
        "filler" => DateWord::Filler,
        month => DateWord::Month(month.strip_prefix("month")?.parse().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found() {
        for row in TABLE.lines().skip(1) {
            let (word, kind) = row.split_once('\t').unwrap();
            assert!(kind_named(kind).is_some(), "{row}");
            assert_eq!(date_word(word), kind_named(kind), "{row}");
        }
        assert_eq!(date_word("engineer"), None);
    }
}
