//! Conditions on values. In: a [`Filter`] of the query. Out: for each document of a segment one of three answers: yes, no,
//! unknown. Reads columns only. A value is "yes" when it satisfies the condition for certain: a degree of "2022" satisfies
//! `graduated:2022..2024`, but is unknown for `graduated>=2022-05`.

use super::answers::Everywhere;
use super::bits::Bits;
use super::columns::{Hundredths, Years, days, names};
use super::numbers::Numbers;
use super::plan::Segment;
use crate::engine::wildcard::path_matches;
use crate::index::columns::level_index;
use crate::model::{DegreeLevel, FieldId, Month};
use crate::query::ast::{Filter, Test};
use std::cmp::Ordering;
use tantivy::DocId;
use tantivy::index::SegmentReader;

/// The answer of a condition for one candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Satisfied.
    Yes,
    /// A value is known, and it does not satisfy.
    No,
    /// No value is known, or it is too vague to tell.
    Unknown,
}

/// Answers for the documents of one segment.
type Tester = Box<dyn Fn(DocId) -> Answer + Send>;

/// A condition on one segment.
pub struct Condition<'a> {
    /// Place of the clause in the AND that it is a part of.
    pub at: usize,
    /// The condition.
    pub filter: &'a Filter,
    segment: &'a Segment<'a>,
    known: Option<&'a Answers>,
}

/// The answers of a condition for several documents; all others are "no".
#[derive(Debug, Clone)]
pub struct Answers {
    /// Documents that satisfy it for certain.
    pub yes: Bits,
    /// Documents of which it is not known.
    pub unknown: Bits,
}

impl Answers {
    /// Nobody of `0..end` satisfies it, of all is known that.
    fn none(end: DocId) -> Answers {
        Answers { yes: Bits::none(end), unknown: Bits::none(end) }
    }

    /// All documents whose answer is not "no".
    pub fn not_no(&self) -> Bits {
        let mut found = self.yes.clone();
        found.unite(&self.unknown);
        found
    }
}

impl<'a> Condition<'a> {
    /// `at`: place of the clause; `known`: the answers for all documents by segment, if they are known.
    pub fn new(
        at: usize,
        filter: &'a Filter,
        known: Option<&'a Everywhere>,
        segment: &'a Segment<'a>,
    ) -> Condition<'a> {
        let known = known.and_then(|known| known.get(segment.ord as usize));
        Condition { at, filter, segment, known }
    }

    /// The answers for `documents`.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn answers(&self, documents: &Bits) -> tantivy::Result<Answers> {
        if let Some(known) = self.known {
            let mut known = known.clone();
            known.yes.intersect(documents);
            known.unknown.intersect(documents);
            return Ok(known);
        }
        match (self.filter.field, &self.filter.test) {
            (FieldId::Years, test @ Test::Number { .. }) => return self.years(test, documents),
            (FieldId::Degree, test @ Test::LevelRange { .. }) => return self.highest_degree(test, documents),
            _ => {}
        }
        let mut answers = Answers::none(documents.end());
        let tester = tester(self.filter, self.segment, documents.count())?;
        if let Some(tester) = tester {
            for doc in documents.iter() {
                match tester(doc) {
                    Answer::Yes => answers.yes.insert(doc),
                    Answer::Unknown => answers.unknown.insert(doc),
                    Answer::No => {}
                }
            }
        }
        Ok(answers)
    }

    /// `years>=5`: the columns of all documents are read together.
    fn years(&self, test: &Test, documents: &Bits) -> tantivy::Result<Answers> {
        let docs: Vec<DocId> = documents.iter().collect();
        let mut answers = Answers::none(documents.end());
        for (doc, years) in Years::open(self.segment, 0)?.of_all(&docs) {
            match years {
                Some(years) if number(test, years) => answers.yes.insert(doc),
                Some(_) => {}
                None => answers.unknown.insert(doc),
            }
        }
        Ok(answers)
    }

    /// `degree>=bachelor`: of several completed degrees the highest decides; "at most bachelor" is about it, too.
    fn highest_degree(&self, test: &Test, documents: &Bits) -> tantivy::Result<Answers> {
        let column = |name| self.segment.numbers(name, 0);
        let (ranks, open) = (column("degree_rank")?, column("degree_level_open")?);
        let docs: Vec<DocId> = documents.iter().collect();
        let mut answers = Answers::none(documents.end());
        for (doc, rank) in docs.iter().zip(ranks.firsts(&docs, UNKNOWN)) {
            match rank {
                UNKNOWN if says_no(test, *doc, &open) => {}
                UNKNOWN => answers.unknown.insert(*doc),
                rank if rank_passes(test, rank) => answers.yes.insert(*doc),
                _ => {}
            }
        }
        Ok(answers)
    }

    /// Those of `documents` that pass.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn within(&self, mut documents: Bits) -> tantivy::Result<Bits> {
        match self.known {
            Some(known) if !self.filter.or_unknown => {
                documents.intersect(&known.yes);
                Ok(documents)
            }
            _ => Ok(self.passing(&self.answers(&documents)?)),
        }
    }

    /// Those that pass: who satisfies it, with `?` also those of whom it is not known.
    pub fn passing(&self, answers: &Answers) -> Bits {
        let mut passing = answers.yes.clone();
        if self.filter.or_unknown {
            passing.unite(&answers.unknown);
        }
        passing
    }
}

/// No completed degree is known.
const UNKNOWN: i64 = i64::MIN;

/// A test for the documents of a segment, of which so many will be asked for; `None` when the filter is not one on columns (`has:`).
fn tester(filter: &Filter, segment: &Segment<'_>, documents: u64) -> tantivy::Result<Option<Tester>> {
    let (test, reader) = (filter.test.clone(), segment.reader);
    let numbers = |name| segment.numbers(name, documents);
    Ok(Some(match (filter.field, test) {
        (FieldId::Degree, test) => degree(test, numbers("degree_level")?, numbers("degree_level_open")?),
        (FieldId::Graduated, Test::Days { from, to }) => {
            graduated(from, reached(from, to, segment.as_of), numbers("graduated_hi")?, numbers("graduated_slack")?)
        }
        (FieldId::Updated, Test::Days { from, to }) => {
            let updated = numbers("updated")?;
            Box::new(move |doc| known(updated.first(doc), |day| (from..=to).contains(&day)))
        }
        (FieldId::Gpa, test @ Test::Number { .. }) => {
            let grades = Hundredths::open(reader, "gpa")?;
            Box::new(move |doc| any(grades.all(doc), |value| number(&test, value)))
        }
        (FieldId::Path, Test::Pattern(pattern)) => path(&pattern, reader)?,
        _ => return Ok(None),
    }))
}

fn known<T>(value: Option<T>, test: impl FnOnce(T) -> bool) -> Answer {
    value.map_or(Answer::Unknown, |value| if test(value) { Answer::Yes } else { Answer::No })
}

fn any<T>(values: impl Iterator<Item = T>, test: impl Fn(T) -> bool) -> Answer {
    let mut answer = Answer::Unknown;
    for value in values {
        if test(value) {
            return Answer::Yes;
        }
        answer = Answer::No;
    }
    answer
}

/// Is the number inside the range? Half a unit in the last place is forgiven: 3.7 read as f32 is 3.70000005.
pub fn number(test: &Test, value: f64) -> bool {
    let Test::Number { from, to, from_open, to_open } = test else { return false };
    const SLACK: f64 = 1e-6;
    let above = if *from_open { value > from + SLACK } else { value >= from - SLACK };
    let below = if *to_open { value < to - SLACK } else { value <= to + SLACK };
    above && below
}

/// Is an interval of days inside the range, partly inside, or outside?
pub fn inside((first, last): (i64, i64), from: i64, to: i64) -> Answer {
    if last < from || first > to {
        Answer::No
    } else if first >= from && last <= month_end(to) {
        Answer::Yes
    } else {
        Answer::Unknown
    }
}

/// Intervals end on "the 31st"; a range that ends on the last day of February reaches it.
fn month_end(day: i64) -> i64 {
    if day == i64::MAX {
        return day;
    }
    let (year, month, date) = (day / 10_000, day / 100 % 100, day % 100);
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if date >= last { year * 10_000 + month * 100 + 31 } else { day }
}

/// The last day that a range of graduation dates speaks of. `graduated>=2018` asks who has graduated, so it ends today; a range that
/// names a day to come (`graduated:2018..2027`, `graduated>=2027`) asks for expected degrees too.
pub fn reached(from: i64, to: i64, as_of: Month) -> i64 {
    let month = i64::from(as_of.0);
    let today = days(month, month, as_of).1;
    if to == i64::MAX && from <= today { today } else { to }
}

fn graduated(from: i64, to: i64, latest: Numbers, slack: Numbers) -> Tester {
    Box::new(move |doc| {
        let months = latest.all(doc).zip(slack.all(doc)).map(|(latest, slack)| (latest - slack, latest));
        let dates = months.map(|(earliest, latest)| inside(days(earliest, latest, Month(0)), from, to));
        best(dates)
    })
}

/// Yes if any is, else unknown if any is or there is none, else no.
pub fn best(answers: impl Iterator<Item = Answer>) -> Answer {
    let (mut some, mut vague) = (false, false);
    for answer in answers {
        some = true;
        match answer {
            Answer::Yes => return Answer::Yes,
            Answer::Unknown => vague = true,
            Answer::No => {}
        }
    }
    if some && !vague { Answer::No } else { Answer::Unknown }
}

fn degree(test: Test, completed: Numbers, open: Numbers) -> Tester {
    if let Test::InProgress(level) = &test {
        let wanted = level.map(level_index);
        return Box::new(move |doc| {
            let found = open.all(doc).any(|level| wanted.is_none_or(|wanted| wanted == level));
            if found { Answer::Yes } else { Answer::No }
        });
    }
    let passes = DegreeLevel::ALL.map(|level| level_passes(&test, level));
    Box::new(move |doc| {
        let levels = completed.all(doc).filter_map(|index| passes.get(usize::try_from(index).ok()?));
        match best(levels.map(|passes| if *passes { Answer::Yes } else { Answer::No })) {
            Answer::Unknown if says_no(&test, doc, &open) => Answer::No,
            answer => answer,
        }
    })
}

/// A running bachelor says that there is no bachelor yet; a running doctorate says nothing about the bachelor before it.
fn says_no(test: &Test, doc: DocId, open: &Numbers) -> bool {
    let running = open.all(doc).filter_map(level_at).map(DegreeLevel::rank).max();
    running.is_some_and(|rank| rank <= tested_rank(test))
}

/// The level with this place in `DegreeLevel::ALL`.
pub fn level_at(index: i64) -> Option<DegreeLevel> {
    DegreeLevel::ALL.get(usize::try_from(index).ok()?).copied()
}

fn tested_rank(test: &Test) -> u8 {
    match test {
        Test::Level(level) | Test::LevelRange { level, .. } => level.rank(),
        _ => 0,
    }
}

/// Does a completed degree of this level satisfy the test?
pub fn level_passes(test: &Test, found: DegreeLevel) -> bool {
    match test {
        Test::Level(level) => found == *level,
        Test::LevelRange { .. } => rank_passes(test, i64::from(found.rank())),
        _ => false,
    }
}

/// Does a completed degree of this rank lie in the tested range?
fn rank_passes(test: &Test, found: i64) -> bool {
    let Test::LevelRange { level, above, strict } = test else { return false };
    match found.cmp(&i64::from(level.rank())) {
        Ordering::Equal => !strict,
        order => (order == Ordering::Greater) == *above,
    }
}

fn path(pattern: &str, reader: &SegmentReader) -> tantivy::Result<Tester> {
    let Some(paths) = names(reader, "path")? else { return Ok(Box::new(|_| Answer::No)) };
    let mut matching = vec![false; paths.num_terms()];
    let mut text = String::new();
    for (ord, slot) in matching.iter_mut().enumerate() {
        text.clear();
        paths.ord_to_str(ord as u64, &mut text)?;
        *slot = path_matches(pattern, &text);
    }
    Ok(Box::new(move |doc| {
        let found = paths.term_ords(doc).any(|ord| matching.get(ord as usize).copied().unwrap_or(false));
        if found { Answer::Yes } else { Answer::No }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_inside_its_years_and_vague_inside_a_month_range() {
        let year = (20220101, 20221231);
        assert_eq!(inside(year, 20200101, 20241231), Answer::Yes);
        assert_eq!(inside(year, 20220501, i64::MAX), Answer::Unknown);
        assert_eq!(inside(year, 20230101, i64::MAX), Answer::No);
        assert_eq!(inside((20220201, 20220231), i64::MIN, 20220228), Answer::Yes);
    }

    #[test]
    fn numbers_respect_open_ends() {
        let open = Test::Number { from: 3.0, to: 5.0, from_open: true, to_open: true };
        assert!(!number(&open, 3.0) && number(&open, 3.1) && !number(&open, 5.0));
        let closed = Test::Number { from: 3.0, to: f64::INFINITY, from_open: false, to_open: false };
        assert!(number(&closed, 3.0) && number(&closed, 1e9));
    }
}
