//! Phrases for "until now": `to date`, `bis heute`. In: words of a line. Out: whether they are one. Single words (`present`) are in
//! the lexicon's table of date words.

use super::{FoundPeriod, Precision};
use crate::lexicon::words::key;
use crate::model::{End, Period};

/// Folded.
const PHRASES: &[&str] = &[
    "to date",
    "till date",
    "till now",
    "until now",
    "on going",
    "to present",
    "at present",
    "till present",
    "present day",
    "till today",
    "to this day",
    "the present",
    "current position",
    "still working",
    "bis heute",
    "bis dato",
    "a ce jour",
    "en cours",
    "ce jour",
    "jusqua present",
    "jusqua aujourdhui",
    "a la fecha",
    "hasta la fecha",
    "en curso",
    "hasta hoy",
    "la actualidad",
    "ate o momento",
    "ate a data",
    "em curso",
    "em andamento",
    "ate hoje",
    "o momento",
    "in corso",
    "ad oggi",
    "tot heden",
    "tot nu",
    "настоящее время",
    "по настоящее время",
    "abhi tak",
    "ab tak",
    "devam ediyor",
    "devam etmekte",
    "dags dato",
    "till dags dato",
    "for tiden",
    "saat ini",
    "hien tai",
    "hien nay",
    "теперішніи час",
    "по теперішніи час",
    "in prezent",
    "pana in prezent",
    "do chwili obecnej",
    "do teraz",
    "date",
    "in progress",
    "active",
];

/// What may stand alone in front of a colon for the whole period, folded: `En cours : Ingénieure chez …`.
const LABELS: &[&str] = &[
    "present",
    "current",
    "currently",
    "now",
    "en cours",
    "actuellement",
    "aktuell",
    "derzeit",
    "heute",
    "en curso",
    "actualmente",
    "actualidad",
    "in corso",
    "attualmente",
    "em curso",
    "atualmente",
    "heden",
    "obecnie",
    "настоящее время",
];

/// Longest of them with its colon, in bytes.
const LABEL_BYTES: usize = 36;

/// The period of a line that begins with such a word and goes on behind the colon: open, since when is not said.
pub(in crate::profile) fn label(text: &str) -> Option<FoundPeriod> {
    let end = memchr::memchr(b':', &text.as_bytes()[..text.len().min(LABEL_BYTES)])?;
    let is_label = text[end + 1..].len() > 2 && LABELS.contains(&key(&text[..end]).as_str());
    let period = Period { start: None, end: End::Open { implied: false }, flags: Vec::new() };
    is_label.then_some(FoundPeriod { start: 0, end, period, is_range: true, precision: Precision::Year })
}

/// A phrase may begin with the word. Words that are not ASCII may begin any.
pub(super) fn may_open(word: &str) -> bool {
    let opens = |phrase: &&str| {
        let start = phrase.as_bytes().get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
    };
    !word.is_ascii() || PHRASES.iter().any(opens)
}

/// All of `text` is a phrase.
pub(super) fn is_phrase(text: &str) -> bool {
    PHRASES.contains(&key(text).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_for_the_whole_period() {
        let open = label("En cours : Cuisinière chez Dunes").unwrap();
        assert_eq!((open.start, open.end, open.period.start), (0, "En cours ".len(), None));
        for other in ["En cours :", "Current address: Bergen", "In progress: MSc", "Cook: present"] {
            assert_eq!(label(other), None, "{other}");
        }
    }

    #[test]
    fn first_words() {
        for phrase in PHRASES.iter().filter_map(|phrase| phrase.split(' ').next()) {
            assert!(may_open(phrase) && may_open(&phrase.to_uppercase()), "{phrase}");
        }
        assert!(!may_open("Blue") && may_open("jusqu") && may_open("à"));
        assert!(is_phrase("Till Date") && !is_phrase("Till"));
    }
}
