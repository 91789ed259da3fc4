//! Which documents are one person: what they share → marks. In: [`Shared`], what a sink holds of documents with a common e-mail address,
//! phone number or text. Out: for each of these documents its [`Fold`], or none. Reads no index (`fold` writes the marks).
//!
//! Never by name alone, and never against the names: the names must agree (`Jane Doe`, `J. Doe`, `Doe Jane Maria`) or one of them be unknown.
//! An address with several names is a household's or an agency's: it folds only names that agree, and with more than a few names nobody.

use super::document::ID_LENGTH;
use serde::{Deserialize, Serialize};

/// What two documents can have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tie {
    /// An e-mail address.
    Email,
    /// A phone number of nine digits or more.
    Phone,
    /// Nearly the whole text.
    Text,
}

impl Tie {
    /// All of them.
    pub const ALL: [Tie; 3] = [Tie::Email, Tie::Phone, Tie::Text];

    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Tie::Email => "same e-mail address",
            Tie::Phone => "same phone number",
            Tie::Text => "nearly the same text",
        }
    }

    /// Bit in [`Fold::ties`].
    pub fn bit(self) -> u8 {
        1 << (self as u8)
    }
}

/// Place in [`Shared::documents`]. Of a million résumés some hundred thousand may stand there.
pub type Place = u32;

/// The number of an id of twelve hex digits; numbers and ids have one order.
pub fn number_of(id: &str) -> i64 {
    i64::from_str_radix(id, 16).unwrap_or_default()
}

/// The id of such a number.
pub fn id_of(number: i64) -> String {
    format!("{number:0ID_LENGTH$x}")
}

/// One document among those that share something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sharer {
    /// Id of the document, as a number.
    pub id: i64,
    /// The person's name, folded.
    pub name: Option<Box<str>>,
    /// Day of the last change, `YYYYMMDD`.
    pub updated: i64,
}

/// What an index holds of the folding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    /// The documents concerned.
    pub documents: Vec<Sharer>,
    /// What is shared, and by which of them.
    pub keys: Keys,
}

/// What is shared, with the documents that share it (at least two).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// Of all keys, one after the other.
    places: Vec<Place>,
    /// Of each key, and where its places end.
    ends: Vec<(Tie, u32)>,
}

impl Keys {
    /// Adds a key.
    pub fn push(&mut self, tie: Tie, places: impl IntoIterator<Item = Place>) {
        self.places.extend(places);
        self.ends.push((tie, self.places.len() as u32));
    }

    /// Of one kind, in the order they came.
    fn of(&self, meant: impl Fn(Tie) -> bool) -> impl Iterator<Item = (Tie, &[Place])> {
        let begins = std::iter::once(0).chain(self.ends.iter().map(|(_, end)| *end));
        let keys = begins.zip(&self.ends).filter(move |(_, (tie, _))| meant(*tie));
        keys.map(|(from, (tie, end))| (*tie, &self.places[from as usize..*end as usize]))
    }
}

/// The mark of a document that is one of several of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold {
    /// The person: the least id of the documents, as a number.
    pub person: i64,
    /// Bits of what ties the document to the others ([`Tie::bit`]).
    pub ties: u8,
    /// Another document of the person is newer.
    pub older: bool,
}

/// Most names that one address or number may have before it is taken for that of an agency, an office, a template. Four: a family.
const MOST_NAMES: usize = 4;

/// Most documents of which those without a name are folded: one address on many nameless files is nobody's.
const MOST_NAMELESS: usize = 8;

/// Least share of common word triples that makes two texts versions of one. Set by hand: a PDF and a DOCX of one text have .9 and more,
/// two people who filled in one template far less than half.
pub const ALIKE: f32 = 0.8;

/// The folds of all documents of `shared`, in their order. `alike` compares the texts of two of them.
///
/// # Errors
/// Those of `alike`.
pub fn folds<E>(
    shared: &Shared,
    alike: &mut dyn FnMut(Place, Place) -> Result<f32, E>,
) -> Result<Vec<Option<Fold>>, E> {
    let documents = &shared.documents;
    let count = documents.len() as Place;
    let mut union = Union { parent: (0..count).collect(), ties: vec![0; documents.len()] };
    for (tie, sharers) in shared.keys.of(|tie| tie != Tie::Text) {
        for group in trusted(documents, sharers) {
            group.windows(2).for_each(|pair| union.join(pair[0], pair[1], tie));
        }
    }
    for (tie, sharers) in shared.keys.of(|tie| tie == Tie::Text) {
        for group in trusted(documents, sharers) {
            for (at, &one) in group.iter().enumerate().take(MOST_NAMELESS) {
                for &other in &group[at + 1..] {
                    if union.root(one) != union.root(other) && alike(one, other)? >= ALIKE {
                        union.join(one, other, tie);
                    }
                }
            }
        }
    }
    let mut groups: Vec<(Place, Place)> = (0..count).map(|at| (union.root(at), at)).collect();
    groups.sort_unstable();
    let mut folds = vec![None; documents.len()];
    for group in groups.chunk_by(|one, other| one.0 == other.0).filter(|group| group.len() > 1) {
        let group = group.iter().map(|(_, at)| *at).collect();
        for group in undivided(documents, group).into_iter().filter(|group| group.len() > 1) {
            mark(documents, &group, &union.ties, &mut folds);
        }
    }
    Ok(folds)
}

/// The documents of one key that it may fold, in groups of agreeing names.
fn trusted(documents: &[Sharer], sharers: &[Place]) -> Vec<Vec<Place>> {
    let clusters = by_name(documents, sharers);
    match clusters.len() {
        0 | 1 if sharers.len() <= MOST_NAMELESS => vec![sharers.to_vec()],
        1..=MOST_NAMES => clusters,
        _ => Vec::new(),
    }
}

/// A chain of keys may have joined two names through a document without one: then names decide, and that document stands alone.
fn undivided(documents: &[Sharer], group: Vec<Place>) -> Vec<Vec<Place>> {
    match by_name(documents, &group) {
        clusters if clusters.len() > 1 => clusters,
        _ => vec![group],
    }
}

/// Documents by agreeing names, the fullest names first, without those that have no name. A short name that agrees with two others stands
/// alone.
fn by_name(documents: &[Sharer], of: &[Place]) -> Vec<Vec<Place>> {
    let words = |at: Place| documents[at as usize].name.as_deref().map(words_of).filter(|words| !words.is_empty());
    let mut named: Vec<(Vec<&str>, Place)> = of.iter().filter_map(|&at| Some((words(at)?, at))).collect();
    let full = |words: &[&str]| (words.len(), words.iter().map(|word| word.len()).sum::<usize>());
    named.sort_by(|(one, at), (other, bt)| full(other).cmp(&full(one)).then_with(|| one.cmp(other)).then(at.cmp(bt)));
    let mut clusters: Vec<(Vec<&str>, Vec<Place>)> = Vec::new();
    for (words, at) in named {
        let mut agreeing = clusters.iter_mut().filter(|(fullest, _)| agree(fullest, &words));
        match (agreeing.next(), agreeing.next()) {
            (Some((_, members)), None) => members.push(at),
            _ => clusters.push((words, vec![at])),
        }
    }
    clusters.into_iter().map(|(_, members)| members).collect()
}

fn words_of(name: &str) -> Vec<&str> {
    name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Every word of the shorter name is a word of the fuller one, or its first letter; and one whole word is the same.
fn agree(fuller: &[&str], shorter: &[&str]) -> bool {
    let mut free: Vec<&str> = fuller.to_vec();
    let mut whole = false;
    for word in shorter {
        let is_letter = word.chars().count() == 1;
        let same = free.iter().position(|other| other == word);
        let initial = || free.iter().position(|other| is_letter && other.starts_with(word));
        // `Jane M. Doe` and `Jane Maria Doe`.
        let letter = || free.iter().position(|other| other.chars().count() == 1 && word.starts_with(other));
        let Some(at) = same.or_else(initial).or_else(letter) else { return false };
        whole |= same.is_some() && !is_letter;
        free.remove(at);
    }
    whole
}

fn mark(documents: &[Sharer], group: &[Place], ties: &[u8], folds: &mut [Option<Fold>]) {
    let of = |at: Place| &documents[at as usize];
    let newest = group
        .iter()
        .max_by(|&&one, &&other| of(one).updated.cmp(&of(other).updated).then_with(|| of(other).id.cmp(&of(one).id)));
    let person = group.iter().map(|&at| of(at).id).min().unwrap_or_default();
    for at in group {
        folds[*at as usize] = Some(Fold { person, ties: ties[*at as usize], older: newest != Some(at) });
    }
}

/// Sets of documents, and what ties each of them to others.
struct Union {
    parent: Vec<Place>,
    ties: Vec<u8>,
}

impl Union {
    fn root(&mut self, mut at: Place) -> Place {
        while self.parent[at as usize] != at {
            self.parent[at as usize] = self.parent[self.parent[at as usize] as usize];
            at = self.parent[at as usize];
        }
        at
    }

    fn join(&mut self, one: Place, other: Place, tie: Tie) {
        self.ties[one as usize] |= tie.bit();
        self.ties[other as usize] |= tie.bit();
        let (one, other) = (self.root(one), self.root(other));
        self.parent[one.max(other) as usize] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn numbers_and_ids_are_one() {
        assert_eq!(id_of(number_of("00ab12cd34ef")), "00ab12cd34ef");
    }

    /// `names` of the documents, keys as lists of their numbers; the groups that come out.
    fn check(names: &[&str], keys: &[(Tie, &[usize])], expected: &[&[usize]]) {
        let sharer = |(at, name): (usize, &&str)| Sharer {
            id: at as i64,
            name: (!name.is_empty()).then(|| Box::from(*name)),
            updated: 20_200_101 + at as i64,
        };
        let documents = names.iter().enumerate().map(sharer).collect();
        let mut shared = Shared { documents, keys: Keys::default() };
        for (tie, of) in keys {
            shared.keys.push(*tie, of.iter().map(|at| *at as Place));
        }
        let folds = folds(&shared, &mut |_, _| Ok::<f32, ()>(0.9)).unwrap();
        let mut groups: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (at, fold) in folds.iter().enumerate() {
            fold.iter().for_each(|fold| groups.entry(fold.person).or_default().push(at));
        }
        assert_eq!(groups.into_values().collect::<Vec<_>>(), expected, "{names:?}");
        let newest: Vec<usize> = (0..)
            .zip(&folds)
            .filter(|(_, fold)| fold.as_ref().is_some_and(|one| !one.older))
            .map(|(at, _)| at)
            .collect();
        assert_eq!(newest, expected.iter().filter_map(|group| group.last().copied()).collect::<Vec<_>>());
    }

    #[test]
    fn names_that_agree_are_folded_by_what_they_share() {
        check(&["ana gil", "ana gil"], &[(Tie::Email, &[0, 1])], &[&[0, 1]]);
        check(&["ana gil", "a gil", "gil ana maria"], &[(Tie::Phone, &[0, 1, 2])], &[&[0, 1, 2]]);
        check(&["ana gil", ""], &[(Tie::Email, &[0, 1])], &[&[0, 1]]);
        check(&["ana gil", "ana gil"], &[(Tie::Text, &[0, 1])], &[&[0, 1]]);
        check(&["ana gil", "ana gil"], &[], &[]);
    }

    #[test]
    fn names_that_differ_are_never_folded() {
        check(&["anna berg", "peter berg"], &[(Tie::Phone, &[0, 1])], &[]);
        check(&["anna berg", "peter berg", "anna berg"], &[(Tie::Phone, &[0, 1, 2])], &[&[0, 2]]);
        check(&["jane doe", "john doe", "j doe"], &[(Tie::Email, &[0, 1, 2])], &[]);
        check(&["ana gil", "", "tom reed"], &[(Tie::Email, &[0, 1]), (Tie::Phone, &[1, 2])], &[]);
    }

    #[test]
    fn the_address_of_an_agency_folds_nobody() {
        let names = ["ana gil", "tom reed", "sara holm", "lee wong", "eva klein", "ana gil"];
        check(&names, &[(Tie::Email, &[0, 1, 2, 3, 4, 5])], &[]);
        check(&[""; 12], &[(Tie::Email, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])], &[]);
    }

    #[test]
    fn chains_are_one_person() {
        check(&["ana gil"; 3], &[(Tie::Email, &[0, 1]), (Tie::Phone, &[1, 2])], &[&[0, 1, 2]]);
    }
}
