//! The different terms of the documents that become one segment, each with a number. In: terms as bytes. Out: numbers from 0 on, in the order
//! of their first appearance; all terms sorted.
//!
//! Looking up is what indexing does most. A term costs one look into a table that is in no cache for all but the common ones, so many are
//! looked up at once ([`Vocabulary::numbers`]): the processor then waits for several at a time.

use foldhash::fast::RandomState;
use std::hash::{BuildHasher, Hasher};

/// Slots at first. There are always twice as many as terms or more.
const FIRST: usize = 1 << 12;

/// Terms and their numbers.
pub struct Vocabulary {
    /// 0 for an empty one; else the upper half of the hash, then 1 + the number. The place follows from the lower half.
    slots: Vec<u64>,
    /// Where each term begins in `bytes`, and where the last one ends.
    starts: Vec<usize>,
    bytes: Vec<u8>,
    /// Another one each time: nobody can write a résumé whose terms all have one place.
    hashes: RandomState,
}

/// Terms one after the other, with the hash of each.
#[derive(Default)]
pub struct Listed {
    bytes: Vec<u8>,
    ends: Vec<(u64, usize)>,
}

impl Listed {
    /// Adds a term that is to be looked up in `vocabulary`.
    pub fn push(&mut self, term: &[u8], vocabulary: &Vocabulary) {
        self.bytes.extend_from_slice(term);
        self.ends.push((vocabulary.hash(term), self.bytes.len()));
    }

    /// Number of terms.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// Removes all.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }
}

impl Default for Vocabulary {
    fn default() -> Vocabulary {
        Vocabulary { slots: vec![0; FIRST], starts: vec![0], bytes: Vec::new(), hashes: RandomState::default() }
    }
}

impl Vocabulary {
    /// Number of terms.
    pub fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// The term with a number.
    pub fn term(&self, number: u32) -> &[u8] {
        let number = number as usize;
        &self.bytes[self.starts[number]..self.starts[number + 1]]
    }

    /// The number of each of `listed`; new ones are added.
    pub fn numbers(&mut self, listed: &Listed, numbers: &mut Vec<u32>) {
        self.make_room(listed.count());
        numbers.clear();
        let mut from = 0;
        numbers.extend(listed.ends.iter().map(|&(hash, end)| {
            let number = self.number(hash, &listed.bytes[from..end]);
            from = end;
            number
        }));
    }

    /// All numbers in the order of their terms.
    pub fn sorted(&self) -> Vec<u32> {
        let mut keyed: Vec<(u64, u32)> =
            (0..self.count() as u32).map(|number| (first_eight(self.term(number)), number)).collect();
        // Eight bytes tell most terms apart.
        keyed.sort_unstable_by(|(a, left), (b, right)| a.cmp(b).then_with(|| self.term(*left).cmp(self.term(*right))));
        keyed.into_iter().map(|(_, number)| number).collect()
    }

    /// Bytes in memory.
    pub fn memory(&self) -> usize {
        self.slots.capacity() * size_of::<u64>() + self.starts.capacity() * size_of::<usize>() + self.bytes.capacity()
    }

    fn number(&mut self, hash: u64, term: &[u8]) -> u32 {
        let mut at = self.place(hash);
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                break;
            }
            let number = slot as u32 - 1;
            if (slot ^ hash) >> 32 == 0 && is_same(self.term(number), term) {
                return number;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        let number = self.count() as u32;
        self.slots[at] = slot_of(hash, number);
        self.bytes.extend_from_slice(term);
        self.starts.push(self.bytes.len());
        number
    }

    fn hash(&self, term: &[u8]) -> u64 {
        let mut hasher = self.hashes.build_hasher();
        hasher.write(term);
        hasher.finish()
    }

    fn place(&self, hash: u64) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    /// For so many more.
    fn make_room(&mut self, more: usize) {
        let needed = 2 * (self.count() + more);
        if needed <= self.slots.len() {
            return;
        }
        self.slots = vec![0; needed.next_power_of_two()];
        for number in 0..self.count() as u32 {
            let hash = self.hash(self.term(number));
            let mut at = self.place(hash);
            while self.slots[at] != 0 {
                at = (at + 1) & (self.slots.len() - 1);
            }
            self.slots[at] = slot_of(hash, number);
        }
    }
}

/// Whether both are the same bytes: most terms are short, and nearly all that are asked are the same.
fn is_same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let ends = |term: &[u8]| {
        let (first, last) = (term.first_chunk::<8>()?, term.last_chunk::<8>()?);
        Some((u64::from_ne_bytes(*first), u64::from_ne_bytes(*last)))
    };
    match (ends(left), ends(right)) {
        (Some(left_ends), Some(right_ends)) => left_ends == right_ends && (left.len() <= 16 || left == right),
        _ => left.iter().zip(right).all(|(left, right)| left == right),
    }
}

fn slot_of(hash: u64, number: u32) -> u64 {
    hash >> 32 << 32 | u64::from(number + 1)
}

/// The first bytes as a number that sorts as they do.
fn first_eight(term: &[u8]) -> u64 {
    let mut first = [0; 8];
    let length = term.len().min(8);
    first[..length].copy_from_slice(&term[..length]);
    u64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(vocabulary: &mut Vocabulary, terms: &[&str]) -> Vec<u32> {
        let (mut listed, mut found) = (Listed::default(), Vec::new());
        terms.iter().for_each(|term| listed.push(term.as_bytes(), vocabulary));
        vocabulary.numbers(&listed, &mut found);
        found
    }

    #[test]
    fn a_term_keeps_its_number() {
        let mut vocabulary = Vocabulary::default();
        assert_eq!(numbers(&mut vocabulary, &["rust", "", "c++", "rust"]), [0, 1, 2, 0]);
        let many: Vec<String> = (0..3 * FIRST).map(|number| format!("term {number}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let first = numbers(&mut vocabulary, &many);
        assert_eq!(first, (3..3 + many.len() as u32).collect::<Vec<_>>());
        assert_eq!(numbers(&mut vocabulary, &many), first);
        assert_eq!(numbers(&mut vocabulary, &["c++", "", "rust"]), [2, 1, 0]);
        assert_eq!(vocabulary.term(2), b"c++");
    }

    #[test]
    fn terms_are_sorted_by_their_bytes() {
        let mut vocabulary = Vocabulary::default();
        let terms = ["kubernetes", "kubernete", "é", "kubernetes cluster", "", "a\0", "a", "a\0\0b"];
        numbers(&mut vocabulary, &terms);
        let found: Vec<&[u8]> = vocabulary.sorted().into_iter().map(|number| vocabulary.term(number)).collect();
        let mut expected: Vec<&[u8]> = terms.iter().map(|term| term.as_bytes()).collect();
        expected.sort_unstable();
        assert_eq!(found, expected);
    }
}
