//! Spoken languages by English or own name, and words for levels. In: words. Out: English name of the language, level.

use super::table::{Phrases, cells, list, rows};
use super::words::{Words, key};
use std::ops::Range;

/// The tables of languages and levels.
#[derive(Debug)]
pub struct Languages {
    names: Phrases<&'static str>,
    levels: Phrases<()>,
}

impl Languages {
    pub(super) fn builtin() -> Languages {
        let (names, levels): (Vec<_>, Vec<_>) =
            rows(include_str!("data/languages.tsv")).partition(|row| !row.starts_with("level\t"));
        let names = names.into_iter().flat_map(|row| {
            let [name, others] = cells(row);
            std::iter::once(name).chain(list(others)).map(move |form| (form, name))
        });
        let levels = levels.into_iter().flat_map(|row| list(cells::<2>(row)[1])).map(|level| (level, ()));
        Languages { names: Phrases::new(names), levels: Phrases::new(levels) }
    }

    /// English name of the language called `text`.
    pub fn canonical(&self, text: &str) -> Option<&'static str> {
        self.canonical_of_key(&key(text))
    }

    /// The same for a name that is folded already (by [`key`]).
    pub fn canonical_of_key(&self, folded: &str) -> Option<&'static str> {
        self.names.get(folded).copied()
    }

    /// Languages in a line, in order.
    pub fn find(&self, text: &str) -> Vec<(Range<usize>, &'static str)> {
        self.find_in(&Words::of(text))
    }

    /// The same, where the words of the line are known already.
    pub fn find_in(&self, words: &Words) -> Vec<(Range<usize>, &'static str)> {
        spans(&self.names, words).into_iter().map(|(span, name)| (span, *name)).collect()
    }

    /// Words for a level in a line (`native`, `C1`, `professional working proficiency`), in order.
    pub fn levels_in(&self, words: &Words) -> Vec<Range<usize>> {
        spans(&self.levels, words).into_iter().map(|(span, ())| span).collect()
    }

    /// The first of `words` may belong to a language or a level; whatever stands behind it.
    pub fn may_open(&self, words: &Words) -> bool {
        self.names.may_open(words) || self.levels.may_open(words)
    }

    /// The first of `words` belongs to a language or a level.
    pub fn opens(&self, words: &Words) -> bool {
        self.names.longest(words, 0).is_some() || self.levels.longest(words, 0).is_some()
    }
}

fn spans<'p, V>(phrases: &'p Phrases<V>, words: &Words) -> Vec<(Range<usize>, &'p V)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let hit = phrases.longest(words, at);
        if let Some((length, value)) = hit
            && let (Some(first), Some(last)) = (words.get(at), words.get(at + length - 1))
        {
            found.push((first.start..last.end, value));
        }
        at += hit.map_or(1, |(length, _)| length);
    }
    found
}
