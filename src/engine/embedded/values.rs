//! The values of a document on their way into tantivy: all texts in one buffer, a line for each value. In: fields with texts and numbers. Out:
//! the same, as tantivy's indexer walks through them, several times for each document.

use std::iter::{Empty, Map};
use std::ops::Range;
use std::slice;
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Field, Value};

/// Values by field, in the order they are added. Made by `sink`; the columns are read by tantivy.
#[derive(Debug, Default)]
pub struct Values {
    all: Vec<(Field, Held)>,
    /// No columns: tantivy does not see them.
    words: Vec<(Field, Range<usize>)>,
    text: String,
    columns: Vec<i64>,
    /// What [`super::stores`] keeps.
    pub stored: Stored,
}

/// No values to tantivy itself.
#[derive(Debug, Default)]
pub struct Stored {
    /// [`super::stores::named_text`].
    pub text: Vec<u8>,
    /// [`crate::index::packed`].
    pub profile: Vec<u8>,
}

#[derive(Debug)]
enum Held {
    Text(Range<usize>),
    Column(Range<usize>),
    Whole(i64),
}

impl Values {
    /// With room for so many values and bytes of text.
    pub fn with_capacity(values: usize, text: usize) -> Values {
        let (all, columns) = (Vec::with_capacity(values), Vec::with_capacity(values));
        Values { all, words: Vec::new(), text: String::with_capacity(text), columns, stored: Stored::default() }
    }

    /// Adds a text that is indexed and stands in no column.
    pub fn add_words(&mut self, field: Field, text: &str) {
        let from = self.text.len();
        self.text.push_str(text);
        self.words.push((field, from..self.text.len()));
    }

    /// Adds a text that stands in a column.
    pub fn add_text(&mut self, field: Field, text: &str) {
        let from = self.text.len();
        self.text.push_str(text);
        self.all.push((field, Held::Text(from..self.text.len())));
    }

    /// Adds a whole number.
    pub fn add_i64(&mut self, field: Field, value: i64) {
        self.all.push((field, Held::Whole(value)));
    }

    /// Adds several whole numbers, if there are any.
    pub fn add_column(&mut self, field: Field, values: impl IntoIterator<Item = i64>) {
        let from = self.columns.len();
        self.columns.extend(values);
        if self.columns.len() > from {
            self.all.push((field, Held::Column(from..self.columns.len())));
        }
    }

    /// What stands in no column.
    pub fn words(&self) -> impl Iterator<Item = (Field, Shown<'_>)> {
        self.words.iter().map(|(field, range)| (*field, Shown::Text(&self.text[range.clone()])))
    }

    /// What stands in columns.
    pub fn iter(&self) -> Iter<'_> {
        Iter { values: self, rest: self.all.iter() }
    }
}

/// Walks through [`Values`].
pub struct Iter<'v> {
    values: &'v Values,
    rest: slice::Iter<'v, (Field, Held)>,
}

impl<'v> Iterator for Iter<'v> {
    type Item = (Field, Shown<'v>);

    fn next(&mut self) -> Option<(Field, Shown<'v>)> {
        let (field, held) = self.rest.next()?;
        let shown = match held {
            Held::Text(range) => Shown::Text(&self.values.text[range.clone()]),
            Held::Column(range) => Shown::Column(&self.values.columns[range.clone()]),
            Held::Whole(value) => Shown::Whole(*value),
        };
        Some((*field, shown))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rest.size_hint()
    }
}

/// One value, as tantivy takes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shown<'v> {
    /// A text.
    Text(&'v str),
    /// Several whole numbers.
    Column(&'v [i64]),
    /// A whole number.
    Whole(i64),
}

impl<'v> Value<'v> for Shown<'v> {
    type ArrayIter = Map<slice::Iter<'v, i64>, fn(&'v i64) -> Shown<'v>>;
    type ObjectIter = Empty<(&'v str, Shown<'v>)>;

    fn as_value(&self) -> ReferenceValue<'v, Shown<'v>> {
        let whole: fn(&'v i64) -> Shown<'v> = |value| Shown::Whole(*value);
        match *self {
            Shown::Text(text) => ReferenceValueLeaf::Str(text).into(),
            Shown::Column(values) => ReferenceValue::Array(values.iter().map(whole)),
            Shown::Whole(value) => ReferenceValueLeaf::I64(value).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_as_they_were_added() {
        let [first, second] = [1, 2].map(Field::from_field_id);
        let mut values = Values::with_capacity(2, 4);
        values.add_text(second, "é");
        values.add_i64(second, -1);
        values.add_text(first, "");
        values.add_text(first, "ab");
        values.add_column(second, []);
        values.add_column(second, [4, 2]);
        let expected = [
            (second, Shown::Text("é")),
            (second, Shown::Whole(-1)),
            (first, Shown::Text("")),
            (first, Shown::Text("ab")),
            (second, Shown::Column(&[4, 2])),
        ];
        assert_eq!(values.iter().collect::<Vec<_>>(), expected);
    }
}
