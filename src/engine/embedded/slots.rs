//! Sets of entries (jobs, degrees, skills) of one candidate: small bit sets with boolean algebra.

/// A set of entry numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slots(Vec<u64>);

impl Slots {
    /// The entries `0..count`.
    pub fn all(count: u32) -> Slots {
        let mut bits = vec![u64::MAX; count as usize / 64];
        if !count.is_multiple_of(64) {
            bits.push((1 << (count % 64)) - 1);
        }
        Slots(bits)
    }

    /// Adds an entry.
    pub fn insert(&mut self, entry: u32) {
        let word = entry as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (entry % 64);
    }

    /// Is the entry in the set?
    pub fn contains(&self, entry: u32) -> bool {
        self.0.get(entry as usize / 64).is_some_and(|word| word & (1 << (entry % 64)) != 0)
    }

    /// No entry at all.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Keeps what is in both.
    pub fn intersect(&mut self, other: &Slots) {
        for (at, word) in self.0.iter_mut().enumerate() {
            *word &= other.0.get(at).copied().unwrap_or(0);
        }
    }

    /// Adds what is in the other.
    pub fn unite(&mut self, other: &Slots) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, add) in self.0.iter_mut().zip(&other.0) {
            *word |= add;
        }
    }

    /// Takes away what is in the other.
    pub fn subtract(&mut self, other: &Slots) {
        for (word, take) in self.0.iter_mut().zip(&other.0) {
            *word &= !take;
        }
    }

    /// The entries in rising order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.0.len() as u32 * 64).filter(|entry| self.contains(*entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn algebra_over_more_than_one_word() {
        let mut odd = Slots::default();
        (0..130).filter(|entry| entry % 2 == 1).for_each(|entry| odd.insert(entry));
        let mut even = Slots::all(130);
        even.subtract(&odd);
        assert!(even.contains(128) && !even.contains(129) && !even.contains(130));
        even.intersect(&odd);
        assert!(even.is_empty());
        even.unite(&odd);
        assert_eq!(even.iter().count(), 65);
        assert_eq!(Slots::all(64).iter().count(), 64);
        assert!(Slots::all(0).is_empty());
    }
}
