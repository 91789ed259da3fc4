//! Documents that have something in common. In: a committed index. Out: [`Shared`]: who has the same e-mail address, phone number or sign of
//! the text. Goes once through the dictionaries of addresses and numbers and one column, at the end of a run that
//! changed something; no search does. Decides nothing (`index::persons` does).

use super::columns::names;
use super::expand::broken;
use super::numbers::Numbers;
use super::schema::Fields;
use crate::error::Result;
use crate::index::persons::{Place, Shared, Sharer, Tie};
use std::collections::HashMap;
use tantivy::columnar::StrColumn;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::termdict::TermMerger;
use tantivy::{DocAddress, DocId, DocSet, Searcher, TERMINATED};

/// What more documents share is nobody's own; they are not even listed.
const MOST_SHARERS: usize = 500;

/// Fewest digits of a number that stands for a person: the last seven are not enough.
const FEWEST_DIGITS: usize = 9;

/// Everything that documents share.
///
/// # Errors
/// Environment: the index cannot be read.
pub fn shared(searcher: &Searcher, fields: &Fields) -> Result<Shared> {
    let is_address = |term: &[u8]| !term.starts_with(b"@");
    let is_number = |term: &[u8]| term.len() >= FEWEST_DIGITS;
    let (addresses, (numbers, signs)) = rayon::join(
        || terms(searcher, fields.email, is_address),
        || rayon::join(|| terms(searcher, fields.phone, is_number), || signs(searcher)),
    );
    let mut found = Found::open(searcher)?;
    found.keys(Tie::Email, &addresses?)?;
    found.keys(Tie::Phone, &numbers?)?;
    found.keys(Tie::Text, &signs?)?;
    found.names()?;
    Ok(found.shared)
}

/// Documents in groups that share something.
#[derive(Default)]
struct Groups {
    /// Of all groups, one after the other.
    addresses: Vec<DocAddress>,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Groups {
    /// Ends a group; what is one document's alone is forgotten.
    fn end(&mut self) {
        let from = self.ends.last().copied().unwrap_or_default();
        match self.addresses.len() - from {
            0 | 1 => self.addresses.truncate(from),
            _ => self.ends.push(self.addresses.len()),
        }
    }

    fn iter(&self) -> impl Iterator<Item = &[DocAddress]> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        begins.zip(&self.ends).map(|(from, end)| &self.addresses[from..*end])
    }
}

/// Terms of a field that several documents have.
fn terms(searcher: &Searcher, field: Field, is_meant: impl Fn(&[u8]) -> bool) -> Result<Groups> {
    let readers = searcher.segment_readers();
    let inverted: tantivy::Result<Vec<_>> = readers.iter().map(|reader| reader.inverted_index(field)).collect();
    let inverted = inverted.map_err(broken)?;
    let streams: std::io::Result<Vec<_>> = inverted.iter().map(|one| one.terms().stream()).collect();
    let mut merged = TermMerger::new(streams.map_err(|error| broken(error.into()))?);
    let mut groups = Groups::default();
    while merged.advance() {
        if !is_meant(merged.key()) {
            continue;
        }
        let infos: Vec<_> = merged.current_segment_ords_and_term_infos().collect();
        let count: usize = infos.iter().map(|(_, info)| info.doc_freq as usize).sum();
        if !(2..=MOST_SHARERS).contains(&count) {
            continue;
        }
        for (ord, info) in infos {
            let postings = inverted[ord].read_postings_from_terminfo(&info, IndexRecordOption::Basic);
            let mut postings = postings.map_err(|error| broken(error.into()))?;
            while postings.doc() != TERMINATED {
                if !readers[ord].is_deleted(postings.doc()) {
                    groups.addresses.push(DocAddress::new(ord as u32, postings.doc()));
                }
                postings.advance();
            }
        }
        groups.end();
    }
    Ok(groups)
}

/// Signs of texts that several documents have.
fn signs(searcher: &Searcher) -> Result<Groups> {
    let mut signs: Vec<(i64, DocAddress)> = Vec::new();
    for (ord, reader) in (0..).zip(searcher.segment_readers()) {
        let column = Numbers::open(reader, "sign").map_err(broken)?;
        for doc in reader.doc_ids_alive() {
            signs.extend(column.all(doc).map(|sign| (sign, DocAddress::new(ord, doc))));
        }
    }
    signs.sort_unstable();
    let mut groups = Groups::default();
    for group in signs.chunk_by(|one, other| one.0 == other.0) {
        if (2..=MOST_SHARERS).contains(&group.len()) {
            groups.addresses.extend(group.iter().map(|(_, address)| *address));
            groups.end();
        }
    }
    Ok(groups)
}

/// The columns of one segment that tell who a document is.
struct Columns {
    numbers: Numbers,
    names: Option<StrColumn>,
    updated: Numbers,
}

struct Found {
    columns: Vec<Columns>,
    /// Place in the list, and the documents of the list.
    places: HashMap<DocAddress, Place>,
    addresses: Vec<DocAddress>,
    shared: Shared,
}

impl Found {
    fn open(searcher: &Searcher) -> Result<Found> {
        let columns = searcher.segment_readers().iter().map(|reader| {
            Ok(Columns {
                numbers: Numbers::open(reader, "number")?,
                names: names(reader, "name_sort")?,
                updated: Numbers::open(reader, "updated")?,
            })
        });
        let columns = columns.collect::<tantivy::Result<Vec<Columns>>>().map_err(broken)?;
        Ok(Found { columns, places: HashMap::new(), addresses: Vec::new(), shared: Shared::default() })
    }

    /// Looks up the names of the listed documents, segment by segment.
    fn names(&mut self) -> Result<()> {
        let listed = &mut self.shared.documents;
        for (segment, columns) in (0..).zip(&self.columns) {
            let of_segment = (0..).zip(&self.addresses).filter(|(_, address)| address.segment_ord == segment);
            let docs: Vec<(Place, DocId)> = of_segment.map(|(place, address)| (place, address.doc_id)).collect();
            texts(&columns.names, &docs, |place, name| listed[place as usize].name = Some(name.into_boxed_str()))?;
        }
        Ok(())
    }

    fn keys(&mut self, tie: Tie, groups: &Groups) -> Result<()> {
        for sharers in groups.iter() {
            let places: Result<Vec<Place>> = sharers.iter().map(|address| self.place(*address)).collect();
            self.shared.keys.push(tie, places?);
        }
        Ok(())
    }

    /// The number of a document in the list, put there if it is new.
    fn place(&mut self, address: DocAddress) -> Result<Place> {
        if let Some(place) = self.places.get(&address) {
            return Ok(*place);
        }
        let columns = &self.columns[address.segment_ord as usize];
        let updated = columns.updated.first(address.doc_id).unwrap_or_default();
        let id = columns.numbers.first(address.doc_id).unwrap_or_default();
        // Names come at the end, for all at once.
        let sharer = Sharer { id, name: None, updated };
        self.addresses.push(address);
        self.shared.documents.push(sharer);
        let place = (self.shared.documents.len() - 1) as Place;
        self.places.insert(address, place);
        Ok(place)
    }
}

/// Gives the first text of each document, with its place. In the order of the dictionary: a block of it is unpacked once, not for every text.
fn texts(column: &Option<StrColumn>, docs: &[(Place, DocId)], mut give: impl FnMut(Place, String)) -> Result<()> {
    let Some(column) = column else { return Ok(()) };
    let ords = docs.iter().filter_map(|(place, doc)| Some((column.ords().first(*doc)?, *place)));
    let mut ords: Vec<(u64, Place)> = ords.collect();
    ords.sort_unstable();
    let mut distinct: Vec<u64> = ords.iter().map(|(ord, _)| *ord).collect();
    distinct.dedup();
    let (mut next, mut waiting) = (distinct.iter(), ords.into_iter().peekable());
    let found = column.dictionary().sorted_ords_to_term_cb(&distinct, |term| {
        let present = next.next();
        while let Some((_, place)) = waiting.next_if(|(ord, _)| Some(ord) == present) {
            give(place, String::from_utf8_lossy(term).into_owned());
        }
    });
    found.map(|_| ()).map_err(|error| broken(error.into()))
}
