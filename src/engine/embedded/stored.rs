//! What is stored of single documents, and numbers about all of them. In: an address, an id, a path. Out: [`Document`], [`Stats`].

use super::answers::Asking;
use super::collect::count;
use super::columns::names;
use super::compile::Compiler;
use super::expand::broken;
use super::ledger::Ledger;
use super::marks::Marks;
use super::profiles::Profiles;
use super::schema::Fields;
use super::terms::TermCompiler;
use super::versions;
use crate::engine::{Document, Stats, StoredLine};
use crate::error::{Error, Result};
use crate::index::document::PRESENCE;
use crate::index::text::TextLine;
use crate::index::{packed, text};
use crate::model::{FieldId, Format, Month, Profile};
use crate::query::ast::{Filter, Test};
use std::collections::BTreeMap;
use std::sync::Arc;
use tantivy::schema::{Field, IndexRecordOption, TantivyDocument, Term, Value};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED};

/// Fewest letters of an id that name a document.
const SHORTEST_ID: usize = 4;

/// Reads one document from the stores.
pub fn document(
    searcher: &Searcher,
    profiles: &Profiles<'_>,
    fields: &Fields,
    address: DocAddress,
) -> Result<Document> {
    let stored: TantivyDocument = searcher.doc(address).map_err(broken)?;
    let texts = |field: Field| -> Vec<String> {
        stored.get_all(field).filter_map(|value| value.as_str()).map(str::to_string).collect()
    };
    let lines = lines(&stored, fields);
    let profile = profile_beside(profiles, address, &lines)?;
    let lines = lines.iter().enumerate().map(|(index, line)| StoredLine {
        index: index as u32,
        section: line.section.name().to_string(),
        page: line.page,
        number: line.number,
        hidden: line.hidden,
        text: line.text.to_string(),
    });
    let format = texts(fields.format).first().and_then(|name| format_named(name));
    let id = texts(fields.id).into_iter().next().unwrap_or_default();
    let versions = versions::versions(searcher, fields, address)?;
    Ok(Document { id, paths: texts(fields.path), format, profile, lines: lines.collect(), versions })
}

/// The profile of a document.
pub fn profile(searcher: &Searcher, profiles: &Profiles<'_>, fields: &Fields, address: DocAddress) -> Result<Profile> {
    let stored: TantivyDocument = searcher.doc(address).map_err(broken)?;
    profile_beside(profiles, address, &lines(&stored, fields))
}

fn lines<'s>(stored: &'s TantivyDocument, fields: &Fields) -> Vec<TextLine<'s>> {
    let written = stored.get_first(fields.text).and_then(|value| value.as_str()).unwrap_or_default();
    text::decode(written).map(|text| text.lines).unwrap_or_default()
}

fn profile_beside(profiles: &Profiles<'_>, address: DocAddress, lines: &[TextLine<'_>]) -> Result<Profile> {
    let bytes = profiles.bytes(address).map_err(broken)?;
    packed::unpack(&bytes, lines).ok_or_else(|| {
        Error::environment("the index holds a profile that cannot be read").hint("run `vitae index --rebuild`")
    })
}

fn format_named(name: &str) -> Option<Format> {
    Format::ALL.into_iter().find(|format| format.name() == name)
}

/// The document with this id, unique beginning of an id, or path.
pub fn address(searcher: &Searcher, fields: &Fields, key: &str) -> Result<Option<DocAddress>> {
    for (field, text) in [(fields.id, key.to_lowercase()), (fields.path, key.to_string())] {
        if let Some(found) = with_term(searcher, field, &text)? {
            return Ok(Some(found));
        }
    }
    if key.len() < SHORTEST_ID || !key.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(None);
    }
    let mut found = Vec::new();
    for id in super::expand::prefixed(searcher, fields.id, &key.to_lowercase())?.keys() {
        found.extend(with_term(searcher, fields.id, id)?);
    }
    match &found[..] {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        several => Err(Error::input(format!("{} candidates have an id that begins with `{key}`", several.len()))
            .hint("add letters")),
    }
}

/// The first living document with a term.
fn with_term(searcher: &Searcher, field: Field, text: &str) -> Result<Option<DocAddress>> {
    let term = Term::from_field_text(field, text);
    for (ord, segment) in searcher.segment_readers().iter().enumerate() {
        let inverted = segment.inverted_index(field).map_err(broken)?;
        let postings = inverted.read_postings(&term, IndexRecordOption::Basic);
        let Some(mut postings) = postings.map_err(|error| broken(error.into()))? else { continue };
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                return Ok(Some(DocAddress::new(ord as u32, postings.doc())));
            }
            postings.advance();
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
