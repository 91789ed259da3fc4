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
    /// One divided by each of them.
    factors: Vec<f32>,
}

impl Lengths {
    /// Of the field of a branch.
    pub fn of(reader: FieldNormReader, branch: &Branch) -> Lengths {
        let share = rank::length_share(branch.field);
        let divisor = |code: u8| {
            let length = FieldNormReader::id_to_fieldnorm(code) as f32 / branch.average;
            1.0 - share + share * length
        };
        let divisors: Vec<f32> = (0..=u8::MAX).map(divisor).collect();
        let factors = divisors.iter().map(|divisor| 1.0 / divisor).collect();
        Lengths { reader, divisors, factors }
    }

    /// What occurrences in a document are divided by.
    pub fn divisor(&self, doc: DocId) -> f32 {
        self.divisors[usize::from(self.reader.fieldnorm_id(doc))]
    }

    /// What they are multiplied by for a bound, which may be off by the last bits of a float.
    pub fn factor(&self, doc: DocId) -> f32 {
        self.factors[usize::from(self.reader.fieldnorm_id(doc))]
    }
}

/// A set with more than one document of so many of its segment has a number for every one of the segment: no place has to be looked up.
const DENSE: u64 = 12;

/// A number for each document of a set.
pub struct Sums {
    /// The documents, and by word of their set the members in the words before it; none where every document of the segment has a number.
    places: Option<(Bits, Vec<u32>)>,
    sums: Vec<f32>,
}

impl Sums {
    /// Zero for every document of `set`.
    pub fn of(set: &Bits) -> Sums {
        if set.count().saturating_mul(DENSE) > u64::from(set.end()) {
            return Sums { places: None, sums: vec![0.0; set.end() as usize] };
        }
        let mut all = 0;
        let before = set.words().iter().map(|word| {
            let before = all;
            all += word.count_ones();
            before
        });
        let before = before.collect();
        Sums { places: Some((set.clone(), before)), sums: vec![0.0; all as usize] }
    }

    /// Adds to the number of a document; another one than those of the set may be ignored.
    #[inline]
    pub fn add(&mut self, doc: DocId, more: f32) {
        if let Some(sum) = self.place(doc).and_then(|at| self.sums.get_mut(at)) {
            *sum += more;
        }
    }

    /// The number of a document of the set.
    #[inline]
    pub fn get(&self, doc: DocId) -> f32 {
        self.place(doc).and_then(|at| self.sums.get(at)).copied().unwrap_or_default()
    }

    #[inline]
    fn place(&self, doc: DocId) -> Option<usize> {
        let Some((set, before)) = &self.places else { return Some(doc as usize) };
        let at = doc as usize / 64;
        let (word, bit) = (*set.words().get(at)?, 1u64 << (doc % 64));
        (word & bit != 0).then(|| before[at] as usize + (word & (bit - 1)).count_ones() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_documents_of_a_set() {
        for (end, is_dense) in [(200, false), (36, true)] {
            let mut set = Bits::none(end);
            [3, 7, 20, 35].into_iter().for_each(|doc| set.insert(doc));
            let mut sums = Sums::of(&set);
            assert_eq!(sums.places.is_none(), is_dense);
            [20, 3, 35, 3, 4].into_iter().for_each(|doc| sums.add(doc, doc as f32));
            assert_eq!([3, 7, 20, 35].map(|doc| sums.get(doc)), [6.0, 0.0, 20.0, 35.0]);
        }
    }
}
