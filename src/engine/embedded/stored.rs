//! What is stored of single documents, and numbers about all of them. In: an address, an id, a path. Out: [`Document`], [`Stats`].

use super::answers::Asking;
use super::collect::count;
use super::columns::names;
use super::compile::Compiler;
use super::expand::broken;
use super::ledger::Ledger;
use super::marks::Marks;
use super::schema::Fields;
use super::stores::{Named, Stores};
use super::terms::TermCompiler;
use super::versions;
use crate::engine::{Document, Stats, StoredLine};
use crate::error::{Error, Result};
use crate::index::document::{ID_LENGTH, PRESENCE};
use crate::index::text::TextLine;
use crate::index::{packed, text};
use crate::model::{FieldId, Month, Profile};
use crate::query::ast::{Filter, Test};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED};

/// Fewest letters of an id that name a document.
const SHORTEST_ID: usize = 4;

/// Reads one document from the stores; `marks` tell its other versions.
pub fn document(
    searcher: &Searcher,
    stores: &Stores,
    fields: &Fields,
    marks: &Marks,
    address: DocAddress,
) -> Result<Document> {
    let (named, text) = stores.text(address).map_err(broken)?;
    let lines = lines(&text);
    let profile = profile_beside(stores, address, &lines)?;
    let lines = lines.iter().enumerate().map(|(index, line)| StoredLine {
        index: index as u32,
        section: line.section.name().to_string(),
        page: line.page,
        number: line.number,
        hidden: line.hidden,
        text: line.text.to_string(),
    });
    let versions = versions::versions(searcher, stores, fields, marks, (address, &named))?;
    let Named { id, paths, format } = named;
    Ok(Document { id, paths, format, profile, lines: lines.collect(), versions })
}

/// The profile of a document.
pub fn profile(stores: &Stores, address: DocAddress) -> Result<Profile> {
    profile_beside(stores, address, &lines(&stores.text(address).map_err(broken)?.1))
}

fn lines(text: &str) -> Vec<TextLine<'_>> {
    text::decode(text).map(|text| text.lines).unwrap_or_default()
}

fn profile_beside(stores: &Stores, address: DocAddress, lines: &[TextLine<'_>]) -> Result<Profile> {
    let bytes = stores.profile(address).map_err(broken)?;
    packed::unpack(&bytes, lines).ok_or_else(|| {
        Error::environment("the index holds a profile that cannot be read").hint("run `vitae index --rebuild`")
    })
}

/// The document with this id, unique beginning of an id, or path.
pub fn address(searcher: &Searcher, fields: &Fields, key: &str) -> Result<Option<DocAddress>> {
    let is_id = key.len() == ID_LENGTH;
    let found = match numbers_of(key) {
        Some(numbers) => with_numbers(searcher, fields, numbers).map_err(broken)?,
        None => Vec::new(),
    };
    if let ([first, ..], true) = (&found[..], is_id) {
        return Ok(Some(*first));
    }
    if let Some(found) = with_path(searcher, key).map_err(broken)? {
        return Ok(Some(found));
    }
    match &found[..] {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        several => Err(Error::input(format!("{} candidates have an id that begins with `{key}`", several.len()))
            .hint("add letters")),
    }
}

/// The ids that begin like this, as numbers.
fn numbers_of(key: &str) -> Option<RangeInclusive<i64>> {
    let is_beginning =
        (SHORTEST_ID..=ID_LENGTH).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_hexdigit());
    let filled = |with: &str| i64::from_str_radix(&format!("{key}{}", with.repeat(ID_LENGTH - key.len())), 16).ok();
    if is_beginning { Some(filled("0")?..=filled("f")?) } else { None }
}

/// The living documents with one of these numbers.
///
/// # Errors
/// The index cannot be read.
pub fn with_numbers(
    searcher: &Searcher,
    fields: &Fields,
    numbers: RangeInclusive<i64>,
) -> tantivy::Result<Vec<DocAddress>> {
    let [first, last] = [numbers.start(), numbers.end()].map(|number| Term::from_field_i64(fields.number, *number));
    let mut found = Vec::new();
    for (ord, segment) in (0..).zip(searcher.segment_readers()) {
        let inverted = segment.inverted_index(fields.number)?;
        let range = inverted.terms().range().ge(first.serialized_value_bytes()).le(last.serialized_value_bytes());
        let mut terms = range.into_stream()?;
        while terms.advance() {
            let mut postings = inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    found.push(DocAddress::new(ord, postings.doc()));
                }
                postings.advance();
            }
        }
    }
    Ok(found)
}

/// The first living document with a path.
fn with_path(searcher: &Searcher, path: &str) -> tantivy::Result<Option<DocAddress>> {
    for (ord, segment) in (0..).zip(searcher.segment_readers()) {
        let Some(paths) = names(segment, "path")? else { continue };
        let Some(number) = paths.dictionary().term_ord(path)? else { continue };
        let found = segment.doc_ids_alive().find(|doc| paths.term_ords(*doc).any(|ord| ord == number));
        if let Some(doc) = found {
            return Ok(Some(DocAddress::new(ord, doc)));
        }
    }
    Ok(None)
}

/// Numbers about the whole index.
pub fn stats(searcher: &Searcher, fields: &Fields) -> Result<Stats> {
    let total = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum();
    let terms = TermCompiler { searcher, fields: *fields, total, ledger: Ledger::default(), recent: Arc::default() };
    let mut compiler = Compiler { terms, asked: None, asking: Asking::Again };
    let documents = searcher.num_docs();
    let candidates = documents.saturating_sub(Marks::of(searcher)?.older());
    let mut stats = Stats { documents, candidates, ..Stats::default() };
    let mut formats: BTreeMap<String, u64> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        stats.segments += 1;
        stats.terms += segment.inverted_index(fields.body).map_err(broken)?.terms().num_terms() as u64;
        let Some(column) = names(segment, "format").map_err(broken)? else { continue };
        let mut name = String::new();
        for doc in segment.doc_ids_alive() {
            for ord in column.term_ords(doc) {
                name.clear();
                column.ord_to_str(ord, &mut name).map_err(|error| broken(error.into()))?;
                *formats.entry(name.clone()).or_default() += 1;
            }
        }
    }
    stats.bytes = searcher.space_usage().map_err(|error| broken(error.into()))?.total().get_bytes();
    stats.formats = formats.into_iter().collect();
    for (name, _) in PRESENCE {
        let test = Test::PresentNamed(name.to_string());
        let plan = compiler.filter(&Filter { field: FieldId::Has, test, or_unknown: false })?;
        stats.present.push((name.to_string(), count(searcher, &plan, Month(0))?));
    }
    Ok(stats)
}
