//! Sets of entries (jobs, degrees, skills) of one candidate: small bit sets with boolean algebra. The first 64 take no memory of their own:
//! a query within one job makes several sets for every candidate.

/// A set of entry numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slots {
    first: u64,
    /// From 64 on.
    more: Vec<u64>,
}

impl Slots {
    /// The entries `0..count`.
    pub fn all(count: u32) -> Slots {
        let below = |count: u32| if count >= 64 { u64::MAX } else { (1 << count) - 1 };
        let more = (1..count.div_ceil(64)).map(|word| below(count - word * 64));
        Slots { first: below(count), more: more.collect() }
    }

    /// Adds an entry.
    pub fn insert(&mut self, entry: u32) {
        let bit = 1 << (entry % 64);
        let Some(word) = (entry as usize / 64).checked_sub(1) else {
            self.first |= bit;
            return;
        };
        if self.more.len() <= word {
            self.more.resize(word + 1, 0);
        }
        self.more[word] |= bit;
    }

    /// Is the entry in the set?
    pub fn contains(&self, entry: u32) -> bool {
        self.words().nth(entry as usize / 64).is_some_and(|word| word & (1 << (entry % 64)) != 0)
    }

    /// No entry at all.
    pub fn is_empty(&self) -> bool {
        self.words().all(|word| word == 0)
    }

    /// Keeps what is in both.
    pub fn intersect(&mut self, other: &Slots) {
        self.first &= other.first;
        for (at, word) in self.more.iter_mut().enumerate() {
            *word &= other.more.get(at).copied().unwrap_or(0);
        }
    }

    /// Adds what is in the other.
    pub fn unite(&mut self, other: &Slots) {
        self.first |= other.first;
        if self.more.len() < other.more.len() {
            self.more.resize(other.more.len(), 0);
        }
        self.more.iter_mut().zip(&other.more).for_each(|(word, add)| *word |= add);
    }

    /// Takes away what is in the other.
    pub fn subtract(&mut self, other: &Slots) {
        self.first &= !other.first;
        self.more.iter_mut().zip(&other.more).for_each(|(word, take)| *word &= !take);
    }

    /// The entries in rising order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let of_word =
            |(at, word): (u32, u64)| (0..64).filter(move |bit| word & (1 << bit) != 0).map(move |bit| at * 64 + bit);
        (0..).zip(self.words()).flat_map(of_word)
    }

    fn words(&self) -> impl Iterator<Item = u64> + '_ {
        std::iter::once(self.first).chain(self.more.iter().copied())
    }
}

/// A set of the first 15 entries in two bytes, to be kept of many documents: few people have more jobs or degrees.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FewSlots(u16);

impl FewSlots {
    /// The same set; no set if it has later entries.
    pub fn of(slots: &Slots) -> FewSlots {
        let is_few = slots.first < 1 << 15 && slots.more.iter().all(|word| *word == 0);
        FewSlots(if is_few { (slots.first as u16) << 1 | 1 } else { 0 })
    }

    /// The set as bits, if it is one.
    pub fn bits(self) -> Option<u16> {
        (self.0 & 1 == 1).then_some(self.0 >> 1)
    }

    /// The set, if it is one.
    pub fn slots(self) -> Option<Slots> {
        self.bits().map(|bits| Slots { first: u64::from(bits), more: Vec::new() })
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

    #[test]
    fn few_entries_in_two_bytes() {
        for entries in [&[][..], &[0], &[0, 3, 14]] {
            let mut slots = Slots::default();
            entries.iter().for_each(|entry| slots.insert(*entry));
            assert_eq!(FewSlots::of(&slots).slots(), Some(slots));
        }
        for late in [15, 63, 64] {
            let mut slots = Slots::all(2);
            slots.insert(late);
            assert_eq!(FewSlots::of(&slots).slots(), None);
        }
        assert_eq!(FewSlots::default().slots(), None);
    }
}
