//! Counts of values over a whole result. In: the documents that match, by segment. Out: [`Facet`]s, exact, from columns; the
//! document store is not read. Candidates with several values count once for each; a value in several documents of one person counts once.

use super::collect::Matching;
use super::columns::{Years, facet_column, names};
use super::expand::broken;
use super::filter::level_at;
use super::numbers::Numbers;
use crate::analysis::fold;
use crate::engine::FacetRequest;
use crate::error::{Error, Result};
use crate::model::{DegreeLevel, Facet, FacetValue, FieldId, Month};
use crate::query::ast::{Filter, Node, Test};
use std::collections::{BTreeMap, BTreeSet};
use tantivy::columnar::StrColumn;
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
    let open = |reader: &SegmentReader| Values::open(reader, request, as_of);
    let values = searcher.segment_readers().iter().map(open).collect::<Result<Vec<Values>>>()?;
    let mut counts = Counts::default();
    for (values, documents) in values.iter().zip(&documents.by_segment) {
        match values {
            Values::Names(None) => counts.unknown += documents.len() as u64,
            Values::Names(Some(column)) => by_name(column, documents, &mut counts).map_err(broken)?,
            Values::Codes(codes) => by_code(codes, documents, request, &mut counts),
        }
    }
    for of_one in &documents.of_one {
        counts.join(of_one.iter().map(|address| values[address.segment_ord as usize].of(address.doc_id, request)));
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

/// How a facet's values are read on one segment.
enum Values {
    /// Names; none when nobody in the segment has one.
    Names(Option<StrColumn>),
    /// Numbers that stand for values ([`shown_as`]).
    Codes(Codes),
}

/// Adds the codes of a document.
type Codes = Box<dyn Fn(DocId, &mut Vec<i64>)>;

impl Values {
    fn open(reader: &SegmentReader, request: FacetRequest, as_of: Month) -> Result<Values> {
        if let Some(column) = facet_column(request.field) {
            return Ok(Values::Names(names(reader, column).map_err(broken)?));
        }
        let codes = match request.field {
            FieldId::Degree => degrees(reader),
            FieldId::Years => years(reader, request.values > RANGES_UP_TO, as_of),
            FieldId::Graduated => graduations(reader),
            other => {
                return Err(Error::input(format!("`{}` offers no facet", other.row().name))
                    .hint("facets: skill, title, employer, school, degree, graduated, years, location, lang, format"));
            }
        };
        Ok(Values::Codes(codes.map_err(broken)?))
    }

    /// The values of a document as `(key, shown)`, each once.
    fn of(&self, doc: DocId, request: FacetRequest) -> Vec<(String, String)> {
        let mut found = Vec::new();
        match self {
            Values::Names(None) => {}
            Values::Names(Some(column)) => {
                for ord in column.term_ords(doc) {
                    let mut name = String::new();
                    if column.ord_to_str(ord, &mut name).unwrap_or(false) {
                        found.push((fold(&name), name));
                    }
                }
            }
            Values::Codes(codes) => {
                let mut of_doc = Vec::new();
                codes(doc, &mut of_doc);
                found.extend(of_doc.into_iter().map(|code| shown_as(request, code)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
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

/// Names are counted by their number in the column first, and looked up once each, in rising order: the dictionary is compressed.
fn by_name(column: &StrColumn, documents: &[DocId], counts: &mut Counts) -> tantivy::Result<()> {
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
    let (ords, often): (Vec<u64>, Vec<u64>) = (0..).zip(by_ord).filter(|(_, count)| *count > 0).unzip();
    let mut often = often.into_iter();
    column.dictionary().sorted_ords_to_term_cb(&ords, |name| {
        if let (Some(count), Ok(name)) = (often.next(), std::str::from_utf8(name)) {
            counts.add(fold(name), name, count);
        }
    })?;
    Ok(())
}

/// Each value counts at most once per document.
fn by_code(codes: &Codes, documents: &[DocId], request: FacetRequest, counts: &mut Counts) {
    let mut by_code: BTreeMap<i64, u64> = BTreeMap::new();
    let mut found = Vec::new();
    for doc in documents {
        found.clear();
        codes(*doc, &mut found);
        counts.unknown += u64::from(found.is_empty());
        found.sort_unstable();
        found.dedup();
        found.iter().for_each(|code| *by_code.entry(*code).or_default() += 1);
    }
    for (code, count) in by_code {
        let (key, shown) = shown_as(request, code);
        counts.add(key, &shown, count);
    }
}

fn degrees(reader: &SegmentReader) -> tantivy::Result<Codes> {
    let levels = Numbers::open(reader, "degree_level")?;
    Ok(Box::new(move |doc, found| found.extend(levels.all(doc).filter(|index| level_at(*index).is_some()))))
}

/// Place in [`YEARS`], or for a histogram the `whole` years.
fn years(reader: &SegmentReader, whole: bool, as_of: Month) -> tantivy::Result<Codes> {
    let years = Years::open(reader, as_of, 0)?;
    Ok(Box::new(move |doc, found| {
        let Some(years) = years.of(doc) else { return };
        let range = || YEARS.iter().position(|(_, from, below)| years >= *from && years < *below);
        found.extend(if whole { Some(years.max(0.0) as i64) } else { range().map(|at| at as i64) });
    }))
}

fn graduations(reader: &SegmentReader) -> tantivy::Result<Codes> {
    let dates = Numbers::open(reader, "graduated_hi")?;
    Ok(Box::new(move |doc, found| found.extend(dates.all(doc).map(|month| month.div_euclid(12)))))
}
