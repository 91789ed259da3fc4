//! Names with one letter wrong → the name. In: a folded text. Out: the first name of a list that no more than one letter parts from it. Most texts are
//! told by their ends: one wrong letter leaves the first half or the last as it was. Knows no particular list.

use super::letters::{mix, within_one_edit};
use crate::analysis::ascii;

/// Names of one length, with their letters apart: most are passed over by these alone.
#[derive(Debug, Clone, Default)]
struct Alike {
    letters: Vec<u32>,
    names: Vec<&'static str>,
}

/// The names of a list.
#[derive(Debug)]
pub(super) struct Misspelt {
    /// By length in bytes, in the order of the list.
    by_length: Vec<Alike>,
    /// The ends of the names, as bits of a hash of length and letters: with some two thousand names one bit in thirty is set.
    ends: Box<[u64; ENDS / 64]>,
}

/// Ends that are told apart: a power of two.
const ENDS: usize = 1 << 17;

/// Shortest text that may be misspelt, in bytes: shorter words are too often other words (`skill`, `still`).
const SHORTEST: usize = 7;

impl Misspelt {
    /// No names.
    pub fn new() -> Misspelt {
        Misspelt { by_length: Vec::new(), ends: Box::new([0; ENDS / 64]) }
    }

    /// Adds a folded name.
    pub fn insert(&mut self, name: &'static str) {
        if name.len() < SHORTEST - 1 {
            return;
        }
        for end in ends(name, name.len()) {
            self.ends[end / 64] |= 1 << (end % 64);
        }
        if self.by_length.len() <= name.len() {
            self.by_length.resize(name.len() + 1, Alike::default());
        }
        let alike = &mut self.by_length[name.len()];
        alike.letters.push(letters(name));
        alike.names.push(name);
    }

    /// The name that `folded` is meant to be: of several the shortest, then the first.
    pub fn meant(&self, folded: &str) -> Option<&'static str> {
        if folded.len() < SHORTEST {
            return None;
        }
        // One edit takes one letter away and brings one: the cheap half of the test first.
        let mut letters_of_folded = None;
        for length in folded.len() - 1..=folded.len() + 1 {
            let Some(alike) = self.by_length.get(length).filter(|_| self.may_end(folded, length)) else { continue };
            let letters = *letters_of_folded.get_or_insert_with(|| letters(folded));
            let may_match = |other: u32| {
                let differ = other ^ letters;
                let without_one = differ & differ.wrapping_sub(1);
                without_one & without_one.wrapping_sub(1) == 0
            };
            let mut names = alike.letters.iter().zip(&alike.names);
            if let Some((_, name)) = names.find(|(other, name)| may_match(**other) && within_one_edit(name, folded)) {
                return Some(name);
            }
        }
        None
    }

    /// Some name of `length` bytes begins or ends as `folded`.
    fn may_end(&self, folded: &str, length: usize) -> bool {
        ends(folded, length).iter().any(|end| self.ends[end / 64] & 1 << (end % 64) != 0)
    }
}

/// Where the ends of `text` stand among those of names of `length` bytes, which is the length of `text` or one more or less: the first and the last
/// half, or eight bytes of it, and three at least. A wrong letter, or two that are swapped, in front of the middle leave the last half as it is.
fn ends(text: &str, length: usize) -> [usize; 2] {
    let half = ((length - 1) / 2).clamp(3, 8);
    let bytes = text.as_bytes();
    let place = |from: usize, is_last: usize| {
        let letters = ascii::first_of_eight(ascii::eight(bytes, from), half);
        mix((length * 2 + is_last) as u64, letters) as usize % ENDS
    };
    [place(0, 0), place(bytes.len() - half, 1)]
}

/// The bytes of `text` as a set: one bit for all those with the same last five bits.
fn letters(text: &str) -> u32 {
    text.bytes().fold(0, |letters, byte| letters | 1 << (byte & 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that one letter more, less or other, or two neighbours swapped make of `name`.
    fn edits(name: &str) -> Vec<String> {
        let letters: Vec<char> = name.chars().collect();
        let joined = |letters: Vec<char>| letters.into_iter().collect::<String>();
        let mut edits = Vec::new();
        for at in 0..=letters.len() {
            let (mut more, mut less, mut other, mut swapped) =
                (letters.clone(), letters.clone(), letters.clone(), letters.clone());
            more.insert(at, 'x');
            edits.push(joined(more));
            if at < letters.len() {
                less.remove(at);
                other[at] = 'x';
                edits.extend([joined(less), joined(other)]);
            }
            if at + 1 < letters.len() {
                swapped.swap(at, at + 1);
                edits.push(joined(swapped));
            }
        }
        edits
    }

    #[test]
    fn any_one_wrong_letter_is_told() {
        for name in ["skills", "harbour", "my boats", "education", "work and life", "formation academique et autres"] {
            let mut misspelt = Misspelt::new();
            misspelt.insert(name);
            for text in edits(name) {
                let expected = (text.len() >= SHORTEST && within_one_edit(name, &text)).then_some(name);
                assert_eq!(misspelt.meant(&text), expected, "{text}");
            }
        }
    }

    #[test]
    fn two_wrong_letters_are_too_many() {
        let mut misspelt = Misspelt::new();
        misspelt.insert("education");
        assert_eq!(misspelt.meant("edocatoon"), None);
        assert_eq!(misspelt.meant("educ"), None);
    }
}
