//! A value for each document of a set. In: a set of documents of one segment. Out: its value by document, in the room of the set, or of the segment
//! if that is not much more. Knows not what the values are.

use super::bits::Bits;
use std::sync::Arc;
use tantivy::DocId;

/// A set with more than one document of so many of its segment has a number for every one of the segment: no place has to be looked up.
const DENSE: u64 = 12;

/// A value for each document of a set.
#[derive(Debug)]
pub struct ByDocument<T> {
    /// The documents, and by word of their set the members in the words before it; none where every document of the segment has a value.
    places: Option<Arc<(Bits, Vec<u32>)>>,
    values: Vec<T>,
}

impl<T: Copy + Default> ByDocument<T> {
    /// The default for every document of `set`.
    pub fn of(set: &Bits) -> ByDocument<T> {
        if set.count().saturating_mul(DENSE) > u64::from(set.end()) {
            return ByDocument { places: None, values: vec![T::default(); set.end() as usize] };
        }
        let mut all = 0;
        let before = set.words().iter().map(|word| {
            let before = all;
            all += word.count_ones();
            before
        });
        let before = before.collect();
        ByDocument { places: Some(Arc::new((set.clone(), before))), values: vec![T::default(); all as usize] }
    }

    /// The value of a document of the set.
    #[inline]
    pub fn get(&self, doc: DocId) -> T {
        self.place(doc).and_then(|at| self.values.get(at)).copied().unwrap_or_default()
    }

    /// The same, to be changed; none for another document, unless there is room for it anyway.
    #[inline]
    pub fn get_mut(&mut self, doc: DocId) -> Option<&mut T> {
        self.place(doc).and_then(|at| self.values.get_mut(at))
    }

    /// Another value for every document of `set`, for which these were made.
    ///
    /// # Errors
    /// The first of `make`.
    pub fn map<U: Copy + Default, E>(
        &self,
        set: &Bits,
        mut make: impl FnMut(DocId, T) -> Result<U, E>,
    ) -> Result<ByDocument<U>, E> {
        let mut values = vec![U::default(); self.values.len()];
        for doc in set.iter() {
            if let Some(at) = self.place(doc) {
                values[at] = make(doc, self.values[at])?;
            }
        }
        Ok(ByDocument { places: self.places.clone(), values })
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        let places = self.places.as_ref().map_or(0, |places| places.0.bytes() + size_of_val(&places.1[..]));
        places + size_of_val(&self.values[..])
    }

    #[inline]
    fn place(&self, doc: DocId) -> Option<usize> {
        let Some((set, before)) = self.places.as_deref() else { return Some(doc as usize) };
        let at = doc as usize / 64;
        let (word, bit) = (*set.words().get(at)?, 1u64 << (doc % 64));
        (word & bit != 0).then(|| before[at] as usize + (word & (bit - 1)).count_ones() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    #[test]
    fn values_of_the_documents_of_a_set() {
        for (end, is_dense) in [(200, false), (36, true)] {
            let mut set = Bits::none(end);
            [3, 7, 20, 35].into_iter().for_each(|doc| set.insert(doc));
            let mut numbers = ByDocument::<DocId>::of(&set);
            assert_eq!(numbers.places.is_none(), is_dense);
            for doc in [20, 3, 35, 3, 4] {
                numbers.get_mut(doc).into_iter().for_each(|number| *number += doc);
            }
            assert_eq!([3, 7, 20, 35].map(|doc| numbers.get(doc)), [6, 0, 20, 35]);
            let Ok(doubled) = numbers.map(&set, |doc, number| Ok::<_, Infallible>(u64::from(doc + number)));
            assert_eq!([3, 7, 20, 35].map(|doc| doubled.get(doc)), [9, 7, 40, 70]);
        }
    }
}
