//! Counts of values over a whole result. In: the documents that match, by segment. Out: [`Facet`]s, exact, from columns; the
//! document store is not read. Candidates with several values count once for each; a value in several documents of one person counts once.

use super::collect::Matching;
use super::columns::{Years, facet_column};
use super::expand::broken;
use super::facet_names;
use super::filter::level_at;
use super::numbers::Numbers;
use crate::analysis::fold;
use crate::engine::FacetRequest;
use crate::error::{Error, Result};
use crate::model::{DegreeLevel, Facet, FacetValue, FieldId, Month};
use crate::query::ast::{Filter, Node, Test};
use std::collections::{BTreeMap, BTreeSet};
use tantivy::index::SegmentReader;
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
    as_of: Month,
) -> Result<Facet> {
    let readers = searcher.segment_readers();
    let (values, unknown) = match facet_column(request.field) {
        Some(column) => facet_names::count(readers, column, documents).map_err(broken)?,
        None => by_code(readers, documents, request, as_of)?,
    };
    Ok(finish(values, unknown, request, clauses))
}

fn finish(mut values: Vec<Counted>, unknown: u64, request: FacetRequest, clauses: &[&Node]) -> Facet {
    let distinct = values.len() as u64;
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
        let query = query_of(request.field, &shown);
        let selected = clauses.iter().any(|clause| selects(clause, request.field, &shown));
        FacetValue { value: shown, query, count: value.count, selected }
    });
    Facet { field: request.field.row().name.to_string(), values: values.collect(), distinct, unknown }
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
type Codes = Box<dyn Fn(DocId, &mut Vec<i64>)>;

/// Numbers that stand for values ([`shown_as`]); `documents` will be asked for.
fn codes(reader: &SegmentReader, request: FacetRequest, as_of: Month, documents: u64) -> Result<Codes> {
    let codes = match request.field {
        FieldId::Degree => degrees(reader, documents),
        FieldId::Years => years(reader, request.values > RANGES_UP_TO, as_of, documents),
        FieldId::Graduated => graduations(reader, documents),
        other => {
            return Err(Error::input(format!("`{}` offers no facet", other.row().name))
                .hint("facets: skill, title, employer, school, degree, graduated, years, location, lang, format"));
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
fn by_code(
    readers: &[SegmentReader],
    documents: &Matching,
    request: FacetRequest,
    as_of: Month,
) -> Result<(Vec<Counted>, u64)> {
    let open = readers.iter().zip(&documents.by_segment);
    let open = open.map(|(reader, documents)| codes(reader, request, as_of, documents.len() as u64));
    let codes = open.collect::<Result<Vec<Codes>>>()?;
    let (mut by_code, mut unknown) = (BTreeMap::<i64, u64>::new(), 0);
    let mut found = Vec::new();
    let mut values = |codes: &Codes, doc: DocId| -> Vec<i64> {
        found.clear();
        codes(doc, &mut found);
        found.sort_unstable();
        found.dedup();
        found.clone()
    };
    for (codes, documents) in codes.iter().zip(&documents.by_segment) {
        for doc in documents {
            let found = values(codes, *doc);
            unknown += u64::from(found.is_empty());
            found.iter().for_each(|code| *by_code.entry(*code).or_default() += 1);
        }
    }
    for of_one in &documents.of_one {
        let (mut seen, mut shared) = (BTreeSet::new(), Vec::new());
        let (mut with, mut without) = (0, 0);
        for address in of_one {
            let found = values(&codes[address.segment_ord as usize], address.doc_id);
            if found.is_empty() {
                without += 1
            } else {
                with += 1
            }
            shared.extend(found.into_iter().filter(|code| !seen.insert(*code)));
        }
        for code in shared {
            by_code.entry(code).and_modify(|count| *count -= 1);
        }
        unknown -= surplus(with, without);
    }
    let counted = by_code.into_iter().map(|(code, count)| {
        let (key, shown) = shown_as(request, code);
        Counted { key, spellings: vec![(shown, count)], count }
    });
    Ok((counted.collect(), unknown))
}

/// How many of a person's documents without a value are too many: unknown is what all of them lack.
pub(super) fn surplus(with: u64, without: u64) -> u64 {
    if with > 0 { without } else { without.saturating_sub(1) }
}

fn degrees(reader: &SegmentReader, documents: u64) -> tantivy::Result<Codes> {
    let levels = Numbers::open_for(reader, "degree_level", documents)?;
    Ok(Box::new(move |doc, found| found.extend(levels.all(doc).filter(|index| level_at(*index).is_some()))))
}

/// Place in [`YEARS`], or for a histogram the `whole` years.
fn years(reader: &SegmentReader, whole: bool, as_of: Month, documents: u64) -> tantivy::Result<Codes> {
    let years = Years::open(reader, as_of, documents)?;
    Ok(Box::new(move |doc, found| {
        let Some(years) = years.of(doc) else { return };
        let range = || YEARS.iter().position(|(_, from, below)| years >= *from && years < *below);
        found.extend(if whole { Some(years.max(0.0) as i64) } else { range().map(|at| at as i64) });
    }))
}

fn graduations(reader: &SegmentReader, documents: u64) -> tantivy::Result<Codes> {
    let dates = Numbers::open_for(reader, "graduated_hi", documents)?;
    Ok(Box::new(move |doc, found| found.extend(dates.all(doc).map(|month| month.div_euclid(12)))))
}
