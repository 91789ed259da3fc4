//! Embedded tables → rows, and [`Phrases`]: the one look-up by words that all tables share. In: tab-separated text whose first
//! line names source and licence. Out: values by phrase. Knows no particular table.

use super::letters::word_hashes;
use super::words::{Gap, Words};
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
    let mut rest = cell;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches('|');
        let end = rest.bytes().position(|byte| byte == b'|').unwrap_or(rest.len());
        let value;
        (value, rest) = rest.split_at(end);
        (end > 0).then_some(value)
    })
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
    set: OnceLock<Outlined>,
}

/// The words, and what most others are told by.
#[derive(Debug)]
struct Outlined {
    words: FixedMap<&'static str, ()>,
    outlines: Outlines,
}

/// What words of a table look like from outside: most other words are told by it without a look-up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Outlines {
    /// By the last bits of the first byte, which are the same for small letters and capitals, one bit for the length and the last byte of
    /// each word.
    rows: [u64; 32],
}

impl Outlines {
    /// The outlines of folded words.
    pub fn of<'w>(words: impl Iterator<Item = &'w str>) -> Outlines {
        let mut outlines = Outlines::default();
        for (row, bit) in words.map(Outlines::place) {
            outlines.rows[row] |= bit;
        }
        outlines
    }

    /// `word` may be one of them, in any case of its letters; ASCII letters are compared in small ones.
    pub fn may_hold(&self, word: &str) -> bool {
        let (row, bit) = Outlines::place(word);
        self.rows[row] & bit != 0
    }

    fn place(word: &str) -> (usize, u64) {
        let byte = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(byte.to_ascii_lowercase()));
        let (first, last) = (byte(word.as_bytes().first()), byte(word.as_bytes().last()));
        (first % 32, 1 << ((word.len() * 5 + last) % 64))
    }
}

impl WordSet {
    /// The set of these words.
    pub const fn of(list: &'static [&'static str]) -> WordSet {
        WordSet { list, set: OnceLock::new() }
    }

    /// `word` is one of them.
    pub fn contains(&self, word: &str) -> bool {
        let set = self.made();
        set.outlines.may_hold(word) && set.words.contains_key(word)
    }

    /// `word` in small letters is one of them. Of most words that takes no more than a look at their ends.
    pub fn contains_in_small(&self, word: &str) -> bool {
        let may_be_one = !word.is_ascii() || self.made().outlines.may_hold(word);
        may_be_one && self.contains(&word.to_lowercase())
    }

    fn made(&self) -> &Outlined {
        self.set.get_or_init(|| Outlined::of(self.list))
    }
}

impl Outlined {
    fn of(list: &[&'static str]) -> Outlined {
        let words = list.iter().map(|word| (*word, ())).collect();
        Outlined { words, outlines: Outlines::of(list.iter().copied()) }
    }
}

/// Values by folded phrase. The longest phrase at a word is found word by word, as long as some phrase goes on so.
#[derive(Debug)]
pub struct Phrases<V> {
    /// Folded phrases one behind the other.
    text: String,
    /// Every beginning of a phrase, cut between words, once.
    nodes: Vec<Node<V>>,
    /// A hash table of `nodes`; as many slots as a power of two. A taken slot sends its key on to the next.
    slots: Vec<Slot>,
    /// First words.
    firsts: Firsts,
    /// Beginnings of two words and more: most first words are followed by another word than in the table.
    longer: Marks,
}

/// A set of hashes of beginnings, one bit for every [`mark`]: most words of a text are told by it.
#[derive(Debug)]
struct Marks([u64; MARKS / 64]);

impl Marks {
    fn may_hold(&self, hash: u64) -> bool {
        self.0[mark(hash) / 64] & (1 << (mark(hash) % 64)) != 0
    }

    fn insert(&mut self, hash: u64) {
        self.0[mark(hash) / 64] |= 1 << (mark(hash) % 64);
    }
}

/// How words begin phrases: two bits for every [`mark`], so that most words of a text are told by one look.
#[derive(Debug)]
struct Firsts([u64; MARKS / 32]);

/// A phrase of this one word.
const ALONE: u64 = 1;
/// The first word of longer phrases.
const OPENING: u64 = 2;

impl Firsts {
    fn of(&self, hash: u64) -> u64 {
        self.0[mark(hash) / 32] >> (mark(hash) % 32 * 2) & (ALONE | OPENING)
    }

    fn insert(&mut self, hash: u64, how: u64) {
        self.0[mark(hash) / 32] |= how << (mark(hash) % 32 * 2);
    }
}

/// Marks of words that are told apart: a power of two, so many that the first words of the largest table fill a sixth.
const MARKS: usize = 1 << 15;

/// Hash of a run of words, from that of the words before the last and the last.
fn join(hash: u64, last: u32) -> u64 {
    (hash.rotate_left(23) ^ u64::from(last)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Hash of a folded phrase.
fn phrase_hash(folded: &str) -> u64 {
    word_hashes(folded.as_bytes()).fold(0, join)
}

/// Place of a first word among the marks.
fn mark(hash: u64) -> usize {
    (hash >> 49) as usize % MARKS
}

/// The beginning of one or several phrases, or all of one.
#[derive(Debug)]
struct Node<V> {
    /// Bytes in the text of the table.
    from: u32,
    to: u32,
    /// Some phrase goes on behind it.
    goes_on: bool,
    /// The value, if it is a phrase itself.
    value: Option<V>,
}

/// Upper half of the key's hash, so that other keys are told apart without a look at them, and number of the node; 0 where free.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    sign: u32,
    node: u32,
}

/// Equal bytes. Phrases are short and nearly always equal where their hashes are: a call of the general comparison takes longer.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let (mut one, mut other) = (one, other);
    while let (Some((eight, rest)), Some((same, others))) =
        (one.split_first_chunk::<8>(), other.split_first_chunk::<8>())
    {
        if u64::from_le_bytes(*eight) != u64::from_le_bytes(*same) {
            return false;
        }
        (one, other) = (rest, others);
    }
    one.iter().zip(other).fold(0, |differ, (one, other)| differ | (one ^ other)) == 0
}

impl<V> Phrases<V> {
    /// An empty table with room for so many phrases.
    pub fn sized(phrases: usize) -> Phrases<V> {
        let slots = vec![Slot::default(); (phrases * 3).next_power_of_two().max(16)];
        let (text, nodes) = (String::with_capacity(phrases * 14), Vec::with_capacity(phrases * 3 / 2));
        Phrases { text, nodes, slots, firsts: Firsts([0; MARKS / 32]), longer: Marks([0; MARKS / 64]) }
    }

    /// Makes the table; of equal phrases the first stays.
    pub fn new(rows: impl Iterator<Item = (&'static str, V)>) -> Phrases<V> {
        // Rows are counted first: a table that grows is filled several times.
        let rows: Vec<_> = rows.collect();
        let mut phrases = Phrases::sized(rows.len());
        let mut words = Words::default();
        for (phrase, value) in rows {
            words.read(phrase);
            phrases.insert(&words, value);
        }
        phrases
    }

    /// Adds a phrase; a phrase that is there already stays.
    pub fn insert(&mut self, words: &Words, value: V) {
        let Some(first) = words.get(0).map(|word| join(0, word.hash)) else { return };
        self.firsts.insert(first, if words.len() == 1 { ALONE } else { OPENING });
        let whole = words.iter().fold(0, |hash, (word, _)| join(hash, word.hash));
        if let Some(node) = self.find(whole, words.folded()) {
            self.nodes[node].value.get_or_insert(value);
            return;
        }
        let from = self.text.len() as u32;
        self.text.push_str(words.folded());
        let mut hash = 0;
        for (before, (word, _)) in words.iter().enumerate() {
            hash = join(hash, word.hash);
            if before > 0 {
                self.longer.insert(hash);
            }
            let beginning = words.run(0, before + 1);
            let is_all = before + 1 == words.len();
            match if is_all { None } else { self.find(hash, beginning) } {
                Some(node) => self.nodes[node].goes_on = true,
                None => {
                    self.push(hash, Node { from, to: from + beginning.len() as u32, goes_on: !is_all, value: None });
                }
            }
        }
        if let Some(node) = self.nodes.last_mut() {
            node.value = Some(value);
        }
    }

    fn push(&mut self, hash: u64, node: Node<V>) {
        self.nodes.push(node);
        if self.nodes.len() * 2 <= self.slots.len() {
            return self.enter(hash, self.nodes.len() - 1);
        }
        self.slots = vec![Slot::default(); self.slots.len() * 2];
        for index in 0..self.nodes.len() {
            let node = &self.nodes[index];
            self.enter(phrase_hash(&self.text[node.from as usize..node.to as usize]), index);
        }
    }

    fn enter(&mut self, hash: u64, index: usize) {
        let mut slot = self.place(hash);
        while self.slots[slot].node > 0 {
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        self.slots[slot] = Slot { sign: hash as u32, node: index as u32 + 1 };
    }

    /// The first slot where a key may stand.
    fn place(&self, hash: u64) -> usize {
        (hash >> 32) as usize & (self.slots.len() - 1)
    }

    fn find(&self, hash: u64, key: &str) -> Option<usize> {
        self.find_by(hash, || key)
    }

    /// The node of a key, which is made only where a node has its hash.
    #[inline]
    fn find_by<'k>(&self, hash: u64, key: impl Fn() -> &'k str) -> Option<usize> {
        let mut at = self.place(hash);
        loop {
            let slot = self.slots[at];
            let index = slot.node.checked_sub(1)? as usize;
            if slot.sign == hash as u32 {
                let node = &self.nodes[index];
                if is_same(&self.text.as_bytes()[node.from as usize..node.to as usize], key().as_bytes()) {
                    return Some(index);
                }
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// The value of a folded phrase.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.nodes[self.find(phrase_hash(key), key)?].value.as_ref()
    }

    /// The value of word `at`, alone.
    pub fn word(&self, words: &Words, at: usize) -> Option<&V> {
        let hash = join(0, words.get(at)?.hash);
        if self.firsts.of(hash) & ALONE == 0 {
            return None;
        }
        self.nodes[self.find(hash, words.term(at))?].value.as_ref()
    }

    /// Some phrase may begin with the first of `words`.
    pub fn may_open(&self, words: &Words) -> bool {
        words.get(0).is_some_and(|word| self.firsts.of(join(0, word.hash)) != 0)
    }

    /// The hash of a beginning of a word more than `hash`, if there may be one: the next word is not parted by a comma or bracket.
    fn goes_on(&self, hash: u64, words: &Words, next: usize) -> Option<u64> {
        let next = words.get(next).filter(|next| next.gap != Gap::Hard)?;
        Some(join(hash, next.hash)).filter(|longer| self.longer.may_hold(*longer))
    }

    /// The longest phrase that begins at word `at` and is not broken by a comma or bracket: number of words and value.
    // Asked of nearly every word of a text, and nearly always answered by the first look.
    #[inline]
    pub fn longest(&self, words: &Words, at: usize) -> Option<(usize, &V)> {
        let hash = join(0, words.get(at)?.hash);
        match self.firsts.of(hash) {
            0 => None,
            _ if self.slots[self.place(hash)].node == 0 => None,
            OPENING if self.goes_on(hash, words, at + 1).is_none() => None,
            _ => self.longest_from(hash, words, at),
        }
    }

    /// The same, if the hash of word `at` is that of the first word of a phrase.
    #[inline(never)]
    fn longest_from(&self, mut hash: u64, words: &Words, at: usize) -> Option<(usize, &V)> {
        let (mut longest, mut length) = (None, 1);
        while let Some(node) = self.find_by(hash, || words.run(at, at + length)).map(|index| &self.nodes[index]) {
            longest = node.value.as_ref().map(|value| (length, value)).or(longest);
            let longer = if node.goes_on { self.goes_on(hash, words, at + length) } else { None };
            let Some(longer) = longer else { break };
            hash = longer;
            length += 1;
        }
        longest
    }

    /// All phrases with their values, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.nodes
            .iter()
            .filter_map(|node| Some((&self.text[node.from as usize..node.to as usize], node.value.as_ref()?)))
    }

    /// Some phrase of the table stands in `words`.
    pub fn any(&self, words: &Words) -> bool {
        (0..words.len()).any(|at| self.longest(words, at).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, at: usize, expected: Option<(usize, u8)>) {
        let rows = [("data", 1), ("data base systems", 2), ("systems", 3), ("data", 4), ("open data", 5)];
        let phrases = Phrases::new(rows.into_iter());
        let found = phrases.longest(&Words::of(text), at).map(|(length, value)| (length, *value));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn longest_phrase_at_a_word() {
        check("Data base systems", 0, Some((3, 2)));
        check("Data base, systems", 0, Some((1, 1)));
        check("data base", 0, Some((1, 1)));
        check("base systems", 0, None);
        check("base systems", 1, Some((1, 3)));
        check("open", 0, None);
        check("", 0, None);
    }
}
