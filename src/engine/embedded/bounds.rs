//! Numbers of documents for bounds of points. In: weighted occurrences of a word, lengths of fields. Out: of each document of a set these
//! occurrences by length ([`Sums`]), or what its points cannot exceed in two bytes ([`Steps`]). Reads no postings ([`super::together`] does).

use super::bits::Bits;
use super::by_document::ByDocument;
use super::leaf::Branch;
use super::rank;
use std::fmt;
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

impl fmt::Debug for Lengths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lengths").finish_non_exhaustive()
    }
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

/// Weighted occurrences of a word.
pub type Sums = ByDocument<f32>;

/// What a word is worth at most in each document that has it, without boost and rarity, in a byte; two for names of skills.
#[derive(Debug)]
pub struct Steps {
    /// Its occurrences: so many 255ths of what nothing exceeds ([`rank::SATURATED`]).
    words: ByDocument<u8>,
    /// Recent use of the skill: the same of [`rank::RECENCY`].
    recency: Option<ByDocument<u8>>,
}

impl Sums {
    /// Adds to the number of a document; another one than those of the set may be ignored.
    #[inline]
    pub fn add(&mut self, doc: DocId, more: f32) {
        if let Some(sum) = self.get_mut(doc) {
            *sum += more;
        }
    }

    /// What the words are worth by these numbers, and their skills by the months since they were used, if they are names of skills: of every
    /// document of `set`, for which the numbers were made.
    ///
    /// # Errors
    /// That of `months`.
    pub fn steps<E>(self, set: &Bits, months: Option<impl FnMut(DocId) -> Result<Option<i64>, E>>) -> Result<Steps, E> {
        let recency = match months {
            Some(mut months) => {
                Some(self.map(set, |doc, _| Ok(step(months(doc)?.map_or(0.0, rank::recency), rank::RECENCY)))?)
            }
            None => None,
        };
        let words = self.map(set, |_, sum| Ok(step(rank::saturate(sum), rank::SATURATED)))?;
        Ok(Steps { words, recency })
    }
}

/// In steps, upwards; a hundredth of one for what a float rounds away.
fn step(worth: f32, most: f32) -> u8 {
    if worth > 0.0 { (worth / most * 255.0 + 0.01).ceil().min(255.0) as u8 } else { 0 }
}

impl Steps {
    /// What occurrences in a document are worth at most.
    #[inline]
    pub fn words(&self, doc: DocId) -> f32 {
        f32::from(self.words.get(doc)) * (rank::SATURATED / 255.0)
    }

    /// Recent use counts.
    pub fn has_recency(&self) -> bool {
        self.recency.is_some()
    }

    /// What recent use is worth at most.
    #[inline]
    pub fn recency(&self, doc: DocId) -> f32 {
        self.recency.as_ref().map_or(0.0, |recency| f32::from(recency.get(doc)) * (rank::RECENCY / 255.0))
    }

    /// Bytes that they take.
    pub fn bytes(&self) -> usize {
        self.words.bytes() + self.recency.as_ref().map_or(0, ByDocument::bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    #[test]
    fn steps_are_no_less_than_what_they_stand_for() {
        let docs = [3, 7, 20, 35];
        let mut set = Bits::none(40);
        docs.into_iter().for_each(|doc| set.insert(doc));
        let mut sums = Sums::of(&set);
        [20, 3, 35, 3].into_iter().for_each(|doc| sums.add(doc, doc as f32 / 7.0));
        let exact = docs.map(|doc| rank::saturate(sums.get(doc)));
        let used = |doc: DocId| Ok::<_, Infallible>((doc == 20).then_some(36));
        let Ok(steps) = sums.steps(&set, Some(used));
        let [words, recency] = [Steps::words, Steps::recency].map(|of| docs.map(|doc| of(&steps, doc)));
        assert_eq!((words[1], [recency[0], recency[1], recency[3]]), (0.0, [0.0; 3]));
        assert!((rank::recency(36)..=rank::recency(35)).contains(&recency[2]));
        for (most, exact) in words.into_iter().zip(exact) {
            assert!((exact..=exact + rank::SATURATED / 250.0).contains(&most), "{most} for {exact}");
        }
    }
}
