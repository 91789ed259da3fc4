//! The values of a facet that are numbers, by document: levels of degrees, ranges of years, years of graduation. What a program that stays open
//! makes of a commit when such a facet is counted again and again. In: the segments, a facet. Out: [`CodeTable`], in which a document takes four
//! bytes and each of its values four. Counts nothing.

use super::facets;
use super::plan::Segment;
use crate::engine::FacetRequest;
use crate::error::Result;
use crate::model::Month;
use tantivy::{DocId, Searcher};

/// By segment, by document: its values, each once, rising.
#[derive(Debug)]
pub struct CodeTable {
    segments: Vec<Codes>,
}

#[derive(Debug)]
struct Codes {
    /// By document: where its values begin; one more at the end.
    starts: Vec<u32>,
    codes: Vec<i32>,
}

impl CodeTable {
    /// Reads all values of the facet's field, seen from a month.
    ///
    /// # Errors
    /// Input: the field offers no facet. Environment: the index cannot be read.
    pub fn of(searcher: &Searcher, request: FacetRequest, as_of: Month) -> Result<CodeTable> {
        let mut segments = Vec::new();
        for (ord, reader) in (0..).zip(searcher.segment_readers()) {
            let segment = Segment::new((ord, reader), as_of);
            let of_doc = facets::codes(&segment, request, u64::from(reader.max_doc()))?;
            let (mut starts, mut codes) = (vec![0], Vec::new());
            let mut found = Vec::new();
            for doc in 0..reader.max_doc() {
                facets::values(&of_doc, doc, &mut found);
                codes.extend(found.iter().map(|code| *code as i32));
                starts.push(codes.len() as u32);
            }
            segments.push(Codes { starts, codes });
        }
        Ok(CodeTable { segments })
    }

    /// The values of a document.
    pub fn of_doc(&self, segment: usize, doc: DocId) -> &[i32] {
        let Some(Codes { starts, codes }) = self.segments.get(segment) else { return &[] };
        match starts.get(doc as usize..doc as usize + 2) {
            Some(&[start, end]) => &codes[start as usize..end as usize],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Person, index_in};
    use super::*;
    use crate::model::{DegreeLevel, FieldId};

    #[test]
    fn the_table_has_the_values_of_the_columns() {
        let person = |at: usize| {
            let person = Person::new(&format!("{at:03}.txt"), "somebody");
            let since = (2000 + at as i32 % 20, 3);
            match at % 4 {
                0 => person,
                1 => person.job("Worker", "Firm", since, at.is_multiple_of(3).then_some((2021, 3)), "work"),
                _ => {
                    let person = person.degree("BSc", DegreeLevel::Bachelor, "Example University", Some(since.0));
                    person.degree(
                        "MSc",
                        DegreeLevel::Master,
                        "Example University",
                        at.is_multiple_of(3).then_some(2012),
                    )
                }
            }
        };
        let fixture = index_in(&(0..60).map(person).collect::<Vec<_>>(), 25);
        let searcher = fixture.engine.searcher();
        let as_of = Month::new(2026, 1);
        for (field, values) in
            [(FieldId::Degree, 10), (FieldId::Graduated, 10), (FieldId::Years, 5), (FieldId::Years, 50)]
        {
            let request = FacetRequest::of(field, values);
            let table = CodeTable::of(&searcher, request, as_of).unwrap();
            let mut all = 0;
            for (ord, reader) in (0..).zip(searcher.segment_readers()) {
                let codes = facets::codes(&Segment::new((ord, reader), as_of), request, 0).unwrap();
                for doc in 0..reader.max_doc() {
                    let mut found = Vec::new();
                    facets::values(&codes, doc, &mut found);
                    let of_doc = table.of_doc(ord as usize, doc);
                    assert!(of_doc.iter().map(|code| i64::from(*code)).eq(found.iter().copied()), "{field:?} {doc}");
                    all += found.len();
                }
            }
            assert!(all >= 10, "{field:?}");
        }
    }
}
