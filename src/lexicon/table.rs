//! Embedded tables → rows, and [`Phrases`]: the one look-up by words that all tables share. In: tab-separated text whose first
//! line names source and licence. Out: values by phrase. Knows no particular table.

use super::words::Words;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

/// The rows of a table: one per line, first line (source and licence) left out.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().skip(1).filter(|line| !line.is_empty())
}

/// The first `N` cells of a row; missing cells are empty.
pub(super) fn cells<const N: usize>(row: &'static str) -> [&'static str; N] {
    let mut rest = row;
    std::array::from_fn(|_| {
        // Cells are short: looking at each byte is faster here than a search that is made for long texts.
        let end = rest.bytes().position(|byte| byte == b'\t').unwrap_or(rest.len());
        let cell = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or("");
        cell
    })
}

/// The values of a cell, separated by `|`.
pub(super) fn list(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split('|').filter(|value| !value.is_empty())
}

/// A hash for short words: eight bytes at a time, multiplied and folded. Fixed, so that every run does the same; tables are ours,
/// not a stranger's.
#[derive(Debug, Clone, Copy, Default)]
pub struct WordHash(u64);

impl WordHash {
    fn mix(&mut self, word: u64) {
        // Odd constants without pattern: fractions of pi.
        let product = u128::from(self.0 ^ word ^ 0x2443_f6a8_885a_308d) * u128::from(0x1319_8a2e_0370_7345_u64);
        self.0 = (product as u64) ^ (product >> 64) as u64;
    }
}

impl Hasher for WordHash {
    fn write(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some((chunk, after)) = rest.split_first_chunk::<8>() {
            self.mix(u64::from_le_bytes(*chunk));
            rest = after;
        }
        let last = match (rest.first_chunk::<4>(), rest.last_chunk::<4>(), rest) {
            (Some(first), Some(last), _) => {
                u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32
            }
            (_, _, [first, .., last]) => {
                u64::from(*first) | u64::from(rest[rest.len() / 2]) << 8 | u64::from(*last) << 16
            }
            (_, _, [only]) => u64::from(*only),
            _ => 0,
        };
        self.mix(last ^ (bytes.len() as u64) << 56);
    }

    // What `str` adds to tell ("ab", "c") from ("a", "bc"): the length in `write` does that already.
    fn write_u8(&mut self, byte: u8) {
        self.0 ^= u64::from(byte);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A map with the fixed hash.
pub type FixedMap<K, V> = HashMap<K, V, BuildHasherDefault<WordHash>>;

/// A list of words with a fast answer to "is this one of them?". Made at first use.
#[derive(Debug)]
pub struct WordSet {
    list: &'static [&'static str],
    set: OnceLock<FixedMap<&'static str, ()>>,
}

impl WordSet {
    /// The set of these words.
    pub const fn of(list: &'static [&'static str]) -> WordSet {
        WordSet { list, set: OnceLock::new() }
    }

    /// `word` is one of them.
    pub fn contains(&self, word: &str) -> bool {
        self.set.get_or_init(|| self.list.iter().map(|word| (*word, ())).collect()).contains_key(word)
    }
}

/// Values by folded phrase. The longest phrase at a word is found with one probe per possible length.
#[derive(Debug)]
pub struct Phrases<V> {
    values: FixedMap<Box<str>, V>,
    /// First word → greatest number of words of a phrase that begins so.
    reach: FixedMap<Box<str>, u8>,
}

impl<V> Phrases<V> {
    /// An empty table with room for so many phrases.
    pub fn sized(phrases: usize) -> Phrases<V> {
        let values = FixedMap::with_capacity_and_hasher(phrases, Default::default());
        Phrases { values, reach: FixedMap::with_capacity_and_hasher(phrases / 2, Default::default()) }
    }

    /// Makes the table; of equal phrases the first stays.
    pub fn new(rows: impl Iterator<Item = (&'static str, V)>) -> Phrases<V> {
        let mut phrases = Phrases { values: FixedMap::default(), reach: FixedMap::default() };
        let mut words = Words::default();
        for (phrase, value) in rows {
            words.read(phrase);
            phrases.insert(&words, value);
        }
        phrases
    }

    /// Adds a phrase; a phrase that is there already stays.
    pub fn insert(&mut self, words: &Words, value: V) {
        if words.is_empty() || self.values.contains_key(words.folded()) {
            return;
        }
        self.values.insert(words.folded().into(), value);
        let length = u8::try_from(words.len()).unwrap_or(u8::MAX);
        match self.reach.get_mut(words.term(0)) {
            Some(reach) => *reach = (*reach).max(length),
            None => {
                self.reach.insert(words.term(0).into(), length);
            }
        }
    }

    /// The value of a folded phrase.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.values.get(key)
    }

    /// The longest phrase that begins at word `at` and is not broken by a comma or bracket: number of words and value.
    pub fn longest(&self, words: &Words, at: usize) -> Option<(usize, &V)> {
        let reach = usize::from(*self.reach.get(words.term(at))?).min(words.len() - at);
        let fits = |length: &usize| words.is_unbroken(at, at + length);
        (1..=reach).rev().filter(fits).find_map(|length| Some((length, self.values.get(words.run(at, at + length))?)))
    }

    /// All phrases with their values, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.values.iter().map(|(key, value)| (&**key, value))
    }

    /// Some phrase of the table stands in `words`.
    pub fn any(&self, words: &Words) -> bool {
        (0..words.len()).any(|at| self.longest(words, at).is_some())
    }
}
