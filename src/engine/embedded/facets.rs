//! Counts of values over a whole result. In: the documents that match, by segment. Out: [`Facet`]s, exact, from columns; the
//! document store is not read. Candidates with several values count once for each; a value in several documents of one person counts once.

use super::collect::Matching;
use super::columns::{Numbers, Years, facet_column, names};
use super::expand::broken;
use super::filter::level_at;
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

/// Counts while they are collected.
#[derive(Default)]
struct Counts {
    /// By key in the order of the values; with the shown value and its query.
    values: BTreeMap<String, Value>,
    unknown: u64,
}

#[derive(Default)]
struct Value {
    /// Spellings with their counts: the most frequent is shown.
    spellings: BTreeMap<String, u64>,
    count: u64,
}

impl Counts {
    fn add(&mut self, key: String, shown: &str, count: u64) {
        let value = self.values.entry(key).or_default();
        value.count += count;
        *value.spellings.entry(shown.to_string()).or_default() += count;
    }

    /// Documents of one person have been counted each for itself: what they share is counted once, and unknown is what all lack.
    fn join(&mut self, documents: impl Iterator<Item = Vec<(String, String)>>) {
        let mut seen = BTreeSet::new();
        let (mut with, mut without) = (0, 0u64);
        for values in documents {
            with += u64::from(!values.is_empty());
            without += u64::from(values.is_empty());
            for (key, shown) in values {
                if !seen.insert(key.clone()) {
                    self.take(&key, &shown);
                }
            }
        }
        self.unknown -= if with > 0 { without } else { without.saturating_sub(1) };
    }

    fn take(&mut self, key: &str, shown: &str) {
        if let Some(value) = self.values.get_mut(key) {
            value.count = value.count.saturating_sub(1);
            if let Some(count) = value.spellings.get_mut(shown) {
                *count = count.saturating_sub(1);
            }
        }
    }
}

/// Counts one facet over `documents` (by segment). `clauses` are the clauses of the query, to tell which values are selected.
pub fn facet(
    searcher: &Searcher,
    documents: &Matching,
    request: FacetRequest,
    clauses: &[&Node],
    as_of: Month,
) -> Result<Facet> {
    let values: Result<Vec<Values>> =
        searcher.segment_readers().iter().map(|reader| values(reader, request, as_of)).collect();
    let values = values?;
    let mut counts = Counts::default();
    for (at, documents) in documents.by_segment.iter().enumerate() {
        match facet_column(request.field) {
            Some(column) => by_name(searcher.segment_reader(at as u32), documents, column, &mut counts)?,
            None => by_values(documents, &mut counts, &values[at]),
        }
    }
    for of_one in &documents.of_one {
        counts.join(of_one.iter().map(|address| distinct(&values[address.segment_ord as usize], address.doc_id)));
    }
    Ok(finish(counts, request, clauses))
}

fn finish(counts: Counts, request: FacetRequest, clauses: &[&Node]) -> Facet {
    let distinct = counts.values.len() as u64;
    let in_rising_order = matches!(request.field, FieldId::Years | FieldId::Degree | FieldId::Graduated);
    let mut values: Vec<(String, FacetValue)> = counts
        .values
        .into_iter()
        .map(|(key, value)| {
            let shown =
                value.spellings.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse((*name).clone())));
            let shown = shown.map(|(name, _)| name.clone()).unwrap_or_default();
            let query = query_of(request.field, &shown);
            let selected = clauses.iter().any(|clause| selects(clause, request.field, &shown));
            (key, FacetValue { value: shown, query, count: value.count, selected })
        })
        .collect();
    if in_rising_order {
        // The most recent years are the interesting ones when there are too many.
        let surplus = values.len().saturating_sub(request.values);
        if request.field == FieldId::Graduated {
            values.drain(..surplus);
        }
        values.truncate(request.values);
    } else {
        values.sort_by(|one, other| other.1.count.cmp(&one.1.count).then_with(|| one.0.cmp(&other.0)));
        values.truncate(request.values);
    }
    let values = values.into_iter().map(|(_, value)| value).collect();
    Facet { field: request.field.row().name.to_string(), values, distinct, unknown: counts.unknown }
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

/// The values of a document as `(key, shown)`.
type Values = Box<dyn Fn(DocId, &mut Vec<(String, String)>)>;

/// How a facet's values are read on one segment.
fn values(reader: &SegmentReader, request: FacetRequest, as_of: Month) -> Result<Values> {
    if let Some(column) = facet_column(request.field) {
        return names_of(reader, column).map_err(broken);
    }
    let values = match request.field {
        FieldId::Degree => degrees(reader),
        FieldId::Years if request.values > RANGES_UP_TO => whole_years(reader, as_of),
        FieldId::Years => ranges_of_years(reader, as_of),
        FieldId::Graduated => graduations(reader),
        other => {
            return Err(Error::input(format!("`{}` offers no facet", other.row().name))
                .hint("facets: skill, title, employer, school, degree, graduated, years, location, lang, format"));
        }
    };
    values.map_err(broken)
}

/// The values of a document, each once.
fn distinct(values: &Values, doc: DocId) -> Vec<(String, String)> {
    let mut found = Vec::new();
    values(doc, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

/// Names are counted by their number in the column first, and looked up once each.
fn by_name(reader: &SegmentReader, documents: &[DocId], column: &str, counts: &mut Counts) -> Result<()> {
    let Some(column) = names(reader, column).map_err(broken)? else {
        counts.unknown += documents.len() as u64;
        return Ok(());
    };
    let mut by_ord = vec![0u64; column.num_terms()];
    for doc in documents {
        let mut has_value = false;
        for ord in column.term_ords(*doc) {
            has_value = true;
            if let Some(count) = by_ord.get_mut(ord as usize) {
                *count += 1;
            }
        }
        counts.unknown += u64::from(!has_value);
    }
    let mut name = String::new();
    for (ord, count) in by_ord.into_iter().enumerate().filter(|(_, count)| *count > 0) {
        name.clear();
        column.ord_to_str(ord as u64, &mut name).map_err(|error| broken(error.into()))?;
        counts.add(fold(&name), &name, count);
    }
    Ok(())
}

/// Counts what `values` gives for each document, each value at most once per document.
fn by_values(documents: &[DocId], counts: &mut Counts, values: &Values) {
    for doc in documents {
        let found = distinct(values, *doc);
        counts.unknown += u64::from(found.is_empty());
        for (key, shown) in &found {
            counts.add(key.clone(), shown, 1);
        }
    }
}

fn names_of(reader: &SegmentReader, column: &str) -> tantivy::Result<Values> {
    let Some(column) = names(reader, column)? else { return Ok(Box::new(|_, _| {})) };
    Ok(Box::new(move |doc, found| {
        for ord in column.term_ords(doc) {
            let mut name = String::new();
            if column.ord_to_str(ord, &mut name).unwrap_or(false) {
                found.push((fold(&name), name));
            }
        }
    }))
}

fn degrees(reader: &SegmentReader) -> tantivy::Result<Values> {
    let levels = Numbers::open(reader, "degree_level")?;
    Ok(Box::new(move |doc, found| {
        let known = levels.all(doc).filter_map(|index| Some((index, level_at(index)?)));
        found.extend(known.map(|(index, level): (i64, DegreeLevel)| (format!("{index:02}"), level.name().to_string())));
    }))
}

fn ranges_of_years(reader: &SegmentReader, as_of: Month) -> tantivy::Result<Values> {
    let years = Years::open(reader, as_of)?;
    Ok(Box::new(move |doc, found| {
        let Some(years) = years.of(doc) else { return };
        let range = YEARS.iter().enumerate().find(|(_, (_, from, below))| years >= *from && years < *below);
        found.extend(range.map(|(at, (name, ..))| (at.to_string(), name.to_string())));
    }))
}

/// A histogram: 0, 1, 2 … whole years.
fn whole_years(reader: &SegmentReader, as_of: Month) -> tantivy::Result<Values> {
    let years = Years::open(reader, as_of)?;
    Ok(Box::new(move |doc, found| {
        let Some(years) = years.of(doc) else { return };
        let whole = years.max(0.0) as u32;
        found.push((format!("{whole:03}"), whole.to_string()));
    }))
}

fn graduations(reader: &SegmentReader) -> tantivy::Result<Values> {
    let dates = Numbers::open(reader, "graduated_hi")?;
    Ok(Box::new(move |doc, found| {
        let years = dates.all(doc).map(|month| month.div_euclid(12).to_string());
        found.extend(years.map(|year| (year.clone(), year)));
    }))
}
