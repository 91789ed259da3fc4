//! Several documents of one person are one candidate. In: matching documents that have a mark ([`super::marks`]). Out: one [`Ranked`] for
//! each person, the best of the documents; which of them matched; all versions of a person, newest first. The cost grows with the number of
//! such documents among the matches only: who has one document has no mark.

use super::collect::{Keep, Key, Matches, Ranked, id_at};
use super::expand::broken;
use super::marks::Marks;
use super::numbers::Numbers;
use super::schema::Fields;
use super::stored::with_numbers;
use super::stores::{Named, Stores};
use crate::engine::Version as Shown;
use crate::error::Result;
use crate::index::persons::{Tie, id_of};
use std::cmp::Ordering;
use tantivy::{DocAddress, DocId, Searcher};

/// A matching document of a person with several.
#[derive(Debug)]
pub struct Version {
    /// The person.
    pub person: i64,
    /// The document's own number.
    pub own: i64,
    /// Day of its last change.
    pub updated: i64,
    /// Value sorted by.
    pub value: Option<f64>,
    /// For the order by name.
    pub name: Option<String>,
    /// Points.
    pub score: f32,
    /// Where it is.
    pub address: DocAddress,
}

/// A matching document of a person with several: the person, the segment, the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The person.
    pub person: i64,
    /// Segment and document.
    pub at: (u32, DocId),
}

/// The documents of each person, of sorted marks.
pub fn people(marks: &[Mark]) -> impl Iterator<Item = &[Mark]> {
    marks.chunk_by(|one, other| one.person == other.person)
}

/// The documents of each person with several among sorted marks.
pub fn several(marks: &[Mark]) -> Vec<Vec<DocAddress>> {
    let address = |mark: &Mark| DocAddress::new(mark.at.0, mark.at.1);
    people(marks).filter(|of_one| of_one.len() > 1).map(|of_one| of_one.iter().map(address).collect()).collect()
}

/// How many persons have one of `marks` and none of `found`, which are sorted.
pub fn persons_beside(marks: Vec<Mark>, found: &[Mark]) -> u64 {
    let mut persons: Vec<i64> = marks.into_iter().map(|mark| mark.person).collect();
    persons.sort_unstable();
    persons.dedup();
    let is_new = |person: &&i64| found.binary_search_by_key(*person, |mark| mark.person).is_err();
    persons.iter().filter(is_new).count() as u64
}

/// Puts the documents of each person together: one match, in the order asked for the best of them; of equals the newest.
pub fn rank(all: &mut Matches, keep: Keep<'_>) {
    let mut versions = std::mem::take(&mut all.versions);
    versions.sort_by(|one, other| one.person.cmp(&other.person).then_with(|| best_first(one, other, keep)));
    for of_one in versions.chunk_by(|one, other| one.person == other.person) {
        all.best.extend(of_one.first().map(ranked));
    }
}

fn best_first(one: &Version, other: &Version, keep: Keep<'_>) -> Ordering {
    let newer = || other.updated.cmp(&one.updated);
    one.key().compare(&other.key(), keep.sort).then_with(newer).then(one.own.cmp(&other.own))
}

impl Version {
    fn key(&self) -> Key<'_> {
        Key { value: self.value, name: self.name.as_deref(), score: self.score }
    }
}

fn ranked(version: &Version) -> Ranked {
    Ranked {
        value: version.value,
        name: version.name.clone(),
        score: version.score,
        id: id_of(version.own),
        address: version.address,
        person: Some(version.person),
        versions: Vec::new(),
    }
}

/// Names all matching documents of the person of a match: this one first, then by id.
///
/// # Errors
/// The index cannot be read.
pub fn name_all(searcher: &Searcher, ranked: &mut Ranked, marks: &[Mark]) -> tantivy::Result<()> {
    let Some(person) = ranked.person else { return Ok(()) };
    let first = marks.partition_point(|mark| mark.person < person);
    let own = marks[first..].iter().take_while(|mark| mark.person == person);
    let mut ids = Vec::new();
    for (segment, doc) in own.map(|mark| mark.at) {
        ids.push(id_at(searcher, DocAddress::new(segment, doc))?);
    }
    ids.retain(|id| *id != ranked.id);
    ids.sort_unstable();
    ranked.versions = std::iter::once(ranked.id.clone()).chain(ids).collect();
    Ok(())
}

/// All documents of the person to whom a document belongs, newest first; none when it is the only one. `named`: what lists name of it.
///
/// # Errors
/// Environment: the index cannot be read.
pub fn versions(
    searcher: &Searcher,
    stores: &Stores,
    fields: &Fields,
    marks: &Marks,
    (of, named): (DocAddress, &Named),
) -> Result<Vec<Shown>> {
    let numbers = Numbers::open(searcher.segment_reader(of.segment_ord), "number").map_err(broken)?;
    let Some(number) = numbers.first(of.doc_id) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for (number, fold) in marks.of_same_person(number) {
        for address in with_numbers(searcher, fields, number..=number).map_err(broken)? {
            let named = match address == of {
                true => named.clone(),
                false => stores.text(address).map_err(broken)?.0,
            };
            found.push(shown(searcher, named, address, fold.ties)?);
        }
    }
    found.sort_by(|one, other| other.updated.cmp(&one.updated).then_with(|| one.id.cmp(&other.id)));
    Ok(found)
}

fn shown(searcher: &Searcher, named: Named, address: DocAddress, ties: u8) -> Result<Shown> {
    let reader = searcher.segment_reader(address.segment_ord);
    let updated = Numbers::open(reader, "updated").map_err(broken)?;
    Ok(Shown {
        id: named.id,
        paths: named.paths,
        updated: updated.first(address.doc_id).unwrap_or_default(),
        ties: Tie::ALL.into_iter().filter(|tie| ties & tie.bit() != 0).collect(),
    })
}
