//! What the points of a word in a document cannot exceed, for many documents at once. In: the posting lists of its alternatives. Out: per
//! matching document the weighted occurrences by length, a bound before they saturate. Going through the lists once takes a few instructions
//! a posting; asking every list for every document takes some fifty. Positions are not read.

use super::bits::Bits;
use super::leaf::Branch;
use super::rank;
use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

/// What the lengths of a field take from occurrences.
pub struct Lengths {
    reader: FieldNormReader,
    /// By the code of a length.
    divisors: Vec<f32>,
}

impl Lengths {
    /// Of the field of a branch.
    pub fn of(reader: FieldNormReader, branch: &Branch) -> Lengths {
        let share = rank::length_share(branch.field);
        let divisor = |code: u8| {
            let length = FieldNormReader::id_to_fieldnorm(code) as f32 / branch.average;
            1.0 - share + share * length
        };
        Lengths { reader, divisors: (0..=u8::MAX).map(divisor).collect() }
    }

    /// What occurrences in a document are divided by.
    pub fn divisor(&self, doc: DocId) -> f32 {
        self.divisors[usize::from(self.reader.fieldnorm_id(doc))]
    }
}

/// A number for each document of a set.
pub struct Sums {
    set: Bits,
    /// By word of the set: members in the words before it.
    before: Vec<u32>,
    sums: Vec<f32>,
}

impl Sums {
    /// Zero for every document of `set`.
    pub fn of(set: &Bits) -> Sums {
        let mut all = 0;
        let before = set.words().iter().map(|word| {
            let before = all;
            all += word.count_ones();
            before
        });
        let before = before.collect();
        Sums { set: set.clone(), before, sums: vec![0.0; all as usize] }
    }

    /// The number of a document; none outside of the set.
    pub fn get_mut(&mut self, doc: DocId) -> Option<&mut f32> {
        let at = self.place(doc)?;
        self.sums.get_mut(at)
    }

    /// The same, to read; 0 outside of the set.
    pub fn get(&self, doc: DocId) -> f32 {
        self.place(doc).and_then(|at| self.sums.get(at)).copied().unwrap_or_default()
    }

    fn place(&self, doc: DocId) -> Option<usize> {
        let at = doc as usize / 64;
        let (word, bit) = (*self.set.words().get(at)?, 1u64 << (doc % 64));
        (word & bit != 0).then(|| self.before[at] as usize + (word & (bit - 1)).count_ones() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_documents_of_a_set() {
        let mut set = Bits::none(200);
        [3, 64, 130, 199].into_iter().for_each(|doc| set.insert(doc));
        let mut sums = Sums::of(&set);
        for doc in [199, 3, 130, 3, 4] {
            if let Some(sum) = sums.get_mut(doc) {
                *sum += doc as f32;
            }
        }
        assert_eq!([3, 4, 64, 130, 199].map(|doc| sums.get(doc)), [6.0, 0.0, 0.0, 130.0, 199.0]);
    }
}
