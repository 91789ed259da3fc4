//! Counts of values over a whole result. In: the documents that match, by segment. Out: [`Facet`]s, exact, from columns; the
//! document store is not read. Candidates with several values count once for each; a value in several documents of one person counts once.

use super::collect::Matching;
use super::columns::{Years, facet_column};
use super::expand::broken;
use super::facet_names::{self, Names};
use super::filter::level_at;
use super::plan::Segment;
use super::warm::Warm;
use crate::analysis::fold;
use crate::engine::FacetRequest;
use crate::error::{Error, Result};
use crate::model::{DegreeLevel, Facet, FacetValue, FieldId};
use crate::query::ast::{Filter, Node, Test};
use std::collections::{BTreeMap, BTreeSet};
use tantivy::{DocId, Searcher};

/// Years of experience: name, from, below.
const YEARS: [(&str, f64, f64); 5] =
    [("0–1", 0.0, 1.0), ("1–3", 1.0, 3.0), ("3–5", 3.0, 5.0), ("5–10", 5.0, 10.0), ("10+", 10.0, f64::INFINITY)];

/// Who asks for more values of `years` than this wants whole years and not ranges.
const RANGES_UP_TO: usize = 10;

/// A value with its count.
pub(super) struct Counted {
    /// Values are put together and ordered by it.
    pub key: String,
    /// Spellings with their counts: the most frequent is shown.
    pub spellings: Vec<(String, u64)>,
    /// Candidates.
    pub count: u64,
}

/// Counts one facet over `documents` (by segment). `clauses` are the clauses of the query, to tell which values are selected.
///
/// # Errors
/// Input: the field offers no facet. Environment: the index cannot be read.
pub fn facet(
    searcher: &Searcher,
    documents: &Matching,
    request: FacetRequest,
    clauses: &[&Node],
    warm: &Warm,
) -> Result<Facet> {
    let readers = searcher.segment_readers();
    let counted = match facet_column(request.field) {
        Some(column) => match warm.names(searcher, column) {
            Some(table) => facet_names::count_known(readers, (column, &table), documents, request.values),
            None => facet_names::count(readers, column, documents),
        }
        .map_err(broken)?,
        None => by_code(searcher, documents, request, warm)?,
    };
    Ok(finish(counted, request, clauses))
}

fn finish(counted: Names, request: FacetRequest, clauses: &[&Node]) -> Facet {
    let Names { mut values, distinct, unknown } = counted;
    if matches!(request.field, FieldId::Years | FieldId::Degree | FieldId::Graduated) {
        values.sort_by(|one, other| one.key.cmp(&other.key));
        // The most recent years are the interesting ones when there are too many.
        let surplus = values.len().saturating_sub(request.values);
        if request.field == FieldId::Graduated {
            values.drain(..surplus);
        }
    } else {
        let order = |one: &Counted, other: &Counted| other.count.cmp(&one.count).then_with(|| one.key.cmp(&other.key));
        if values.len() > request.values && request.values > 0 {
            values.select_nth_unstable_by(request.values - 1, order);
            values.truncate(request.values);
        }
        values.sort_by(order);
    }
    values.truncate(request.values);
    let values = values.into_iter().map(|value| {
        let shown = value.spellings.iter().max_by_key(|(name, count)| (*count, std::cmp::Reverse(name.as_str())));
        let shown = shown.map(|(name, _)| name.clone()).unwrap_or_default();
        let query = if request.highest { highest_query(&shown) } else { query_of(request.field, &shown) };
        let selected = clauses.iter().any(|clause| selects(clause, request.field, &shown));
        FacetValue { value: shown, query, count: value.count, selected }
    });
    Facet { field: request.name().to_string(), values: values.collect(), distinct, unknown }
}

/// The query that selects a value.
fn query_of(field: FieldId, shown: &str) -> String {
    let name = field.row().name;
    match field {
        FieldId::Degree | FieldId::Format | FieldId::Graduated => format!("{name}:{shown}"),
        FieldId::Years => {
            let range = YEARS.iter().find(|(label, ..)| *label == shown);
            range.map_or(format!("{name}:{shown}"), |(_, from, below)| {
                if below.is_finite() { format!("{name}:[{from} TO {below}}}") } else { format!("{name}>={from}") }
            })
        }
        _ => format!("{name}:\"{}\"", shown.replace('"', "")),
    }
}

/// The query for whom a degree of this level is the highest: of two levels of one rank the later one.
fn highest_query(level: &str) -> String {
    let Some(at) = DegreeLevel::ALL.iter().position(|one| one.name() == level) else { return String::new() };
    let rank = DegreeLevel::ALL[at].rank();
    let later = &DegreeLevel::ALL[at + 1..];
    let equal = later.iter().filter(|other| other.rank() == rank).map(|other| format!(" NOT degree:{}", other.name()));
    let above = later.iter().any(|other| other.rank() > rank).then(|| format!(" NOT degree>{level}"));
    format!("degree:{level}{}{}", equal.collect::<String>(), above.unwrap_or_default())
}

/// Does a clause of the query filter on this value?
fn selects(clause: &Node, field: FieldId, shown: &str) -> bool {
    match clause {
        Node::Or(of) | Node::And(of) => of.iter().any(|node| selects(node, field, shown)),
        Node::Term(term) => {
            let typed = super::terms::typed(&term.text);
            term.field == Some(field) && (fold(&typed) == fold(shown) || term.skills.iter().any(|name| name == shown))
        }
        Node::Filter(Filter { field: own, test, .. }) if *own == field => match test {
            Test::Level(level) => level.name() == shown,
            Test::Days { from, to } => {
                shown.parse::<i64>().is_ok_and(|year| *from <= year * 10_000 + 101 && *to >= year * 10_000 + 1231)
            }
            Test::Number { from, to, .. }
                if shown.parse().is_ok_and(|whole: f64| *from <= whole && whole + 1.0 <= *to) =>
            {
                true
            }
            Test::Number { from, to, .. } => {
                YEARS.iter().any(|(label, low, below)| *label == shown && low == from && below == to)
            }
            _ => false,
        },
        _ => false,
    }
}

/// Is this clause a filter on the facet's own field, which must not change the facet's counts?
pub fn is_own(clause: &Node, field: FieldId) -> bool {
    match clause {
        Node::Or(of) => of.iter().all(|node| is_own(node, field)),
        Node::Term(term) => term.field == Some(field),
        Node::Filter(filter) => filter.field == field,
        _ => false,
    }
}

/// Adds the codes of a document.
pub(super) type Codes = Box<dyn Fn(DocId, &mut Vec<i64>)>;

/// Numbers that stand for values ([`shown_as`]); so many documents will be asked for.
pub(super) fn codes(segment: &Segment<'_>, request: FacetRequest, documents: u64) -> Result<Codes> {
    let codes = match request.field {
        FieldId::Degree => degrees(segment, documents),
        FieldId::Years => years(segment, request.values > RANGES_UP_TO, documents),
        FieldId::Graduated => graduations(segment, documents),
        other => {
            return Err(Error::input(format!("`{}` offers no facet", other.row().name)).hint(
                "facets: skill, title, employer, school, degree, graduated, years, location, cert, lang, format",
            ));
        }
    };
    codes.map_err(broken)
}

/// The key and the shown form of a code.
fn shown_as(request: FacetRequest, code: i64) -> (String, String) {
    match request.field {
        FieldId::Degree => (format!("{code:02}"), level_at(code).map_or("", DegreeLevel::name).to_string()),
        FieldId::Years if request.values <= RANGES_UP_TO => {
            (code.to_string(), YEARS.get(code as usize).map_or("", |(name, ..)| name).to_string())
        }
        FieldId::Years => (format!("{code:03}"), code.to_string()),
        _ => (code.to_string(), code.to_string()),
    }
}

/// Each value counts at most once per document, and once per person.
fn by_code(searcher: &Searcher, documents: &Matching, request: FacetRequest, warm: &Warm) -> Result<Names> {
    let readers = searcher.segment_readers();
    let table = warm.codes(searcher, (request.field, request.values > RANGES_UP_TO), request);
    let mut columns = Vec::new();
    for ((ord, reader), documents) in (0..).zip(readers).zip(&documents.by_segment).filter(|_| table.is_none()) {
        let segment = Segment::new((ord, reader), warm.as_of).with(Some(warm));
        columns.push(codes(&segment, request, documents.len() as u64)?);
    }
    let of_doc = |segment: usize, doc: DocId, found: &mut Vec<i64>| {
        match &table {
            Some(table) => {
                found.clear();
                found.extend(table.of_doc(segment, doc).iter().map(|code| i64::from(*code)));
            }
            None => values(&columns[segment], doc, found),
        }
        if request.highest {
            keep_highest(found);
        }
    };
    let (mut counts, mut unknown) = (Counts::default(), 0);
    let mut found = Vec::new();
    for (segment, documents) in documents.by_segment.iter().enumerate() {
        for doc in documents {
            of_doc(segment, *doc, &mut found);
            unknown += u64::from(found.is_empty());
            found.iter().for_each(|code| *counts.of(*code) += 1);
        }
    }
    for of_one in &documents.of_one {
        let (mut seen, mut shared) = (BTreeSet::new(), Vec::new());
        let (mut with, mut without) = (0, 0);
        for address in of_one {
            of_doc(address.segment_ord as usize, address.doc_id, &mut found);
            if found.is_empty() {
                without += 1
            } else {
                with += 1
            }
            shared.extend(found.iter().copied().filter(|code| !seen.insert(*code)));
        }
        if request.highest {
            // One of their documents names a lower one.
            let mut all: Vec<i64> = seen.into_iter().collect();
            let each = all.clone();
            keep_highest(&mut all);
            shared.extend(each.into_iter().filter(|code| !all.contains(code)));
        }
        for code in shared {
            *counts.of(code) -= 1;
        }
        unknown -= surplus(with, without);
    }
    let values = counts.all().filter(|(_, count)| *count > 0).map(|(code, count)| {
        let (key, shown) = shown_as(request, code);
        Counted { key, spellings: vec![(shown, count)], count }
    });
    let values: Vec<Counted> = values.collect();
    Ok(Names { distinct: values.len() as u64, values, unknown })
}

/// Codes below this are counted in a list: all levels, ranges and years.
const FEW: usize = 4096;

/// How often each code was found.
#[derive(Default)]
struct Counts {
    few: Vec<u64>,
    others: BTreeMap<i64, u64>,
}

impl Counts {
    fn of(&mut self, code: i64) -> &mut u64 {
        match usize::try_from(code) {
            Ok(at) if at < FEW => {
                if self.few.len() <= at {
                    self.few.resize(at + 1, 0);
                }
                &mut self.few[at]
            }
            _ => self.others.entry(code).or_default(),
        }
    }

    fn all(self) -> impl Iterator<Item = (i64, u64)> {
        (0..).zip(self.few).chain(self.others)
    }
}

/// The codes of a document, each once.
pub(super) fn values(codes: &Codes, doc: DocId, found: &mut Vec<i64>) {
    found.clear();
    codes(doc, found);
    found.sort_unstable();
    found.dedup();
}

/// Of levels of degrees the highest; the numbers of levels rise with their ranks.
fn keep_highest(levels: &mut Vec<i64>) {
    let highest = levels.iter().copied().max();
    levels.clear();
    levels.extend(highest);
}

/// How many of a person's documents without a value are too many: unknown is what all of them lack.
pub(super) fn surplus(with: u64, without: u64) -> u64 {
    if with > 0 { without } else { without.saturating_sub(1) }
}

fn degrees(segment: &Segment<'_>, documents: u64) -> tantivy::Result<Codes> {
    let levels = segment.numbers("degree_level", documents)?;
    Ok(Box::new(move |doc, found| found.extend(levels.all(doc).filter(|index| level_at(*index).is_some()))))
}

/// Place in [`YEARS`], or for a histogram the `whole` years.
fn years(segment: &Segment<'_>, whole: bool, documents: u64) -> tantivy::Result<Codes> {
    let years = Years::open(segment, documents)?;
    Ok(Box::new(move |doc, found| {
        let Some(years) = years.of(doc) else { return };
        let range = || YEARS.iter().position(|(_, from, below)| years >= *from && years < *below);
        found.extend(if whole { Some(years.max(0.0) as i64) } else { range().map(|at| at as i64) });
    }))
}

fn graduations(segment: &Segment<'_>, documents: u64) -> tantivy::Result<Codes> {
    let dates = segment.numbers("graduated_hi", documents)?;
    Ok(Box::new(move |doc, found| found.extend(dates.all(doc).map(|month| month.div_euclid(12)))))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Person, index, options};
    use super::*;
    use crate::engine::{Engine, SearchOptions};
    use crate::lexicon::Lexicon;

    #[test]
    fn the_highest_degree_counts_a_person_once_and_its_query_finds_them() {
        let levels: [&[DegreeLevel]; 6] = [
            &[DegreeLevel::Bachelor],
            &[DegreeLevel::Bachelor, DegreeLevel::Master],
            &[DegreeLevel::Master, DegreeLevel::Professional],
            &[DegreeLevel::Professional, DegreeLevel::Doctorate],
            &[DegreeLevel::Master],
            &[],
        ];
        let people: Vec<Person> = levels
            .iter()
            .enumerate()
            .map(|(at, levels)| {
                let person = Person::new(&format!("{at}.txt"), "somebody");
                levels
                    .iter()
                    .fold(person, |person, level| person.degree(level.name(), *level, "Example University", Some(2010)))
            })
            .collect();
        let fixture = index(&people);
        let facets = FacetRequest::named("degree.highest", 10).into_iter().collect();
        let found = fixture.search(&Node::All, &SearchOptions { facets, ..options() });
        let values = &found.facets[0].values;
        let counts: Vec<(&str, u64)> = values.iter().map(|value| (value.value.as_str(), value.count)).collect();
        assert_eq!(counts, [("bachelor", 1), ("master", 2), ("professional", 1), ("doctorate", 1)]);
        assert_eq!(found.facets[0].unknown, 1);
        for value in values {
            let query = crate::query::parse(&value.query, &Lexicon::builtin(), jiff::civil::date(2026, 1, 1));
            let query = query.expect("a query of a facet");
            assert_eq!(
                fixture.engine.search(&query, &options()).map(|found| found.total).ok(),
                Some(value.count),
                "{}",
                value.query
            );
        }
    }
}
