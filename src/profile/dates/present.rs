//! Phrases for "until now": `to date`, `bis heute`. In: words of a line. Out: whether they are one. Single words (`present`) are in
//! the lexicon's table of date words.

use crate::lexicon::words::key;

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
    fn first_words() {
        for phrase in PHRASES.iter().filter_map(|phrase| phrase.split(' ').next()) {
            assert!(may_open(phrase) && may_open(&phrase.to_uppercase()), "{phrase}");
        }
        assert!(!may_open("Blue") && may_open("jusqu") && may_open("à"));
        assert!(is_phrase("Till Date") && !is_phrase("Till"));
    }
}
