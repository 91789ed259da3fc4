//! Words of dates in 16 languages: months, seasons, `present`, `since`, `until`. In: one folded word. Out: what it says. The
//! grammar of dates is `profile::dates`.

use super::table::{FixedMap, rows};
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

/// What the folded word says in a date, if it is a word of dates.
pub fn date_word(folded: &str) -> Option<DateWord> {
    static WORDS: OnceLock<FixedMap<&'static str, DateWord>> = OnceLock::new();
    let word_and_kind = |row: &'static str| {
        let (word, kind) = row.split_once('\t')?;
        Some((word, kind_named(kind)?))
    };
    WORDS.get_or_init(|| rows(TABLE).filter_map(word_and_kind).collect()).get(folded).copied()
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
