//! Candidates without what tells who they are: `--blind`. In: hits, profiles, lines. Out: the same without name, contacts, links, photo, file
//! names and personal details; what is left of the text has `▒▒▒` in their place. The id stays, so that a chosen candidate can be shown later
//! with `vitae show ID`. Changes no ranking, and does not judge what else may tell: an employer of one person, a rare school.

use crate::analysis::fold;
use crate::engine::{FoundHit, Mark, SearchOptions, StoredLine};
use crate::error::{Error, Result};
use crate::model::{Facet, FieldId, Hit, Profile, SectionKind, Snippet};
use crate::query::ast::Node;
use std::collections::HashSet;
use std::ops::Range;

/// In the place of what is hidden.
const HIDDEN: &str = "▒▒▒";

/// Sections that are about the person and not about the work.
const PERSONAL: &[SectionKind] = &[SectionKind::Contact, SectionKind::Personal, SectionKind::References];

/// Parts of addresses and links, wherever they stand.
const ADDRESSES: &[&str] = &["@", "://", "www.", "linkedin.com", "github.com", ".com/", ".org/", ".net/"];

/// Lines that speak of a picture or of the person's circumstances.
const CIRCUMSTANCES: &[&str] =
    &["photo", "picture", "date of birth", "born", "gender", "marital", "nationality", "religion"];

/// What one candidate must not be known by.
pub struct Blind {
    words: HashSet<String>,
    values: Vec<String>,
    /// Town, region and country of the address, without the street.
    town: Option<String>,
}

/// Refuses queries and orders that ask for what is hidden.
///
/// # Errors
/// Input: a condition on name, address, number or file.
pub fn check(root: &Node, sorts_by_name: bool) -> Result<()> {
    match hidden_field(root) {
        Some(field) => {
            let name = field.row().name;
            Err(Error::input(format!("with --blind nobody is found by `{name}:`"))
                .hint("leave it out, or search without --blind"))
        }
        None if sorts_by_name => Err(Error::input("with --blind nothing is sorted by name")
            .hint("sort by score, years, graduated, updated or gpa")),
        None => Ok(()),
    }
}

fn hidden_field(node: &Node) -> Option<FieldId> {
    let is_hidden = |field: &FieldId| matches!(field, FieldId::Name | FieldId::Email | FieldId::Phone | FieldId::Path);
    match node {
        Node::And(of) | Node::Or(of) | Node::AtLeast { of, .. } => of.iter().find_map(hidden_field),
        Node::Not(inner) | Node::Group(_, inner) | Node::Prefer { node: inner, .. } => hidden_field(inner),
        Node::Term(term) => term.field.filter(is_hidden),
        Node::Filter(filter) => Some(filter.field).filter(is_hidden),
        Node::All => None,
    }
}

/// What a candidate without a name is called.
pub fn name_of(id: &str) -> String {
    format!("Candidate {}", id.get(..6).unwrap_or(id))
}

/// Counts without values that only one candidate has: an employer called like its only employee.
pub fn facets(facets: &mut [Facet]) {
    facets.iter_mut().for_each(|facet| facet.values.retain(|value| value.count > 1 || value.selected));
}

impl Blind {
    /// What hides the person of a profile.
    pub fn of(profile: &Profile) -> Blind {
        let name = profile.name.iter().flat_map(|name| name.value.split(|letter: char| !letter.is_alphanumeric()));
        let words = name.filter(|word| word.chars().count() > 1).map(fold).collect();
        let emails = profile.emails.iter().map(|email| email.value.clone());
        let phones = profile.phones.iter().map(|phone| phone.value.raw.clone());
        let links = profile.links.iter().map(|link| link.value.url.clone());
        let values = emails.chain(phones).chain(links).filter(|value| value.len() > 3).collect();
        let town = profile.location.as_ref().map(|place| {
            let parts = [&place.value.city, &place.value.region, &place.value.country];
            parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
        });
        Blind { words, values, town: town.filter(|town| !town.is_empty()) }
    }

    /// The text with the hidden parts replaced.
    pub fn text(&self, text: &str) -> String {
        self.covered(text, &[]).0
    }

    /// A hit of a search.
    pub fn hit(&self, hit: Hit) -> Hit {
        let covered = |text: Option<String>| text.map(|text| self.text(&text));
        Hit {
            name: Some(name_of(&hit.id)),
            path: hidden_path(&hit.path),
            copies: Vec::new(),
            location: hit.location.and(self.town.clone()),
            title: covered(hit.title),
            employer: covered(hit.employer),
            degree: covered(hit.degree),
            snippets: hit.snippets.into_iter().filter_map(|snippet| self.snippet(snippet)).collect(),
            versions: hit
                .versions
                .into_iter()
                .map(|version| crate::model::HitVersion {
                    path: hidden_path(&version.path),
                    copies: Vec::new(),
                    ..version
                })
                .collect(),
            ..hit
        }
    }

    /// A line that shows a match; none from a section about the person.
    pub fn snippet(&self, snippet: Snippet) -> Option<Snippet> {
        let folded = fold(&snippet.text);
        let is_personal = PERSONAL.iter().any(|kind| kind.name() == snippet.section)
            || CIRCUMSTANCES.iter().any(|word| folded.contains(word));
        if is_personal {
            return None;
        }
        let (text, marks) = self.covered(&snippet.text, &snippet.marks);
        Some(Snippet { text, marks, ..snippet })
    }

    /// A profile to be shown, and its lines.
    pub fn profile(&self, profile: &mut Profile, lines: &mut Vec<StoredLine>) {
        profile.name = None;
        profile.emails.clear();
        profile.phones.clear();
        profile.links.clear();
        profile.flags.clear();
        if let Some(place) = &mut profile.location {
            place.value.raw = self.town.clone().unwrap_or_default();
        }
        let cover = |text: &mut String| *text = self.text(text);
        profile.headline.iter_mut().chain(&mut profile.summary).for_each(|found| cover(&mut found.value));
        for job in profile.jobs.iter_mut().chain(&mut profile.activities) {
            job.titles.iter_mut().chain(&mut job.employers).for_each(|found| cover(&mut found.value));
        }
        profile.publications.iter_mut().for_each(|one| {
            cover(&mut one.title.value);
            one.url = None;
        });
        profile.projects.iter_mut().for_each(|one| cover(&mut one.name.value));
        profile.awards.iter_mut().for_each(|one| cover(&mut one.value));
        for line in lines {
            line.text = match PERSONAL.iter().any(|kind| kind.name() == line.section) {
                true => HIDDEN.to_string(),
                false => self.text(&line.text),
            };
        }
    }

    /// The text with the hidden parts replaced, and marks moved along; a mark of something hidden is gone.
    fn covered(&self, text: &str, marks: &[(u32, u32)]) -> (String, Vec<(u32, u32)>) {
        let hidden = self.hidden(text);
        let (mut out, mut moved) = (String::with_capacity(text.len()), Vec::new());
        let mut marks = marks.iter().filter(|(start, end)| {
            hidden.iter().all(|range| *end as usize <= range.start || *start as usize >= range.end)
        });
        let mut next = marks.next();
        let mut at = 0;
        for range in hidden.iter().cloned().chain(std::iter::once(text.len()..text.len())) {
            while let Some(&(start, end)) = next.filter(|(start, _)| (*start as usize) < range.start) {
                let shift = out.len() as i64 - at as i64;
                moved.push(((i64::from(start) + shift) as u32, (i64::from(end) + shift) as u32));
                next = marks.next();
            }
            out.push_str(text.get(at..range.start).unwrap_or_default());
            if !range.is_empty() {
                out.push_str(HIDDEN);
            }
            at = range.end;
        }
        (out, moved)
    }

    /// Byte ranges to hide, in order, not overlapping.
    fn hidden(&self, text: &str) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for value in &self.values {
            ranges.extend(text.match_indices(value.as_str()).map(|(at, found)| at..at + found.len()));
        }
        let mut at = 0;
        for token in text.split_inclusive(char::is_whitespace) {
            let bare = token.trim_end();
            let lower = bare.to_lowercase();
            if ADDRESSES.iter().any(|sign| lower.contains(sign)) {
                ranges.push(at..at + bare.len());
            }
            at += token.len();
        }
        let is_letter = |letter: char| letter.is_alphanumeric();
        let mut start = None;
        for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
            match (start, is_letter(letter)) {
                (None, true) => start = Some(at),
                (Some(from), false) => {
                    if self.words.contains(&fold(&text[from..at])) {
                        ranges.push(from..at);
                    }
                    start = None;
                }
                _ => {}
            }
        }
        ranges.sort_by_key(|range| range.start);
        let mut merged: Vec<Range<usize>> = Vec::new();
        for range in ranges {
            match merged.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        merged
    }
}

/// A hit as it is presented: see [`super::present::hit`].
pub(super) fn hit(found: &FoundHit, rank: usize, marks: &[Mark], options: &SearchOptions) -> Hit {
    let hit = super::present::hit(found, rank, marks, options.as_of);
    if options.blind { Blind::of(&found.document.profile).hit(hit) } else { hit }
}

/// Only the kind of file is left of its name.
fn hidden_path(path: &str) -> String {
    let ending = std::path::Path::new(path).extension().and_then(|ending| ending.to_str());
    ending.map_or(HIDDEN.to_string(), |ending| format!("{HIDDEN}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Evidence, Found};

    fn blind() -> Blind {
        let found = |value: &str| Found { value: value.to_string(), evidence: Evidence::default() };
        let (name, emails) = (Some(found("José García-Lind")), vec![found("jose@example.com")]);
        Blind::of(&Profile { name, emails, ..Profile::default() })
    }

    #[test]
    fn names_and_addresses_are_covered() {
        let check = |text: &str, expected: &str| assert_eq!(blind().text(text), expected);
        check("Jose Garcia Lind led the team", "▒▒▒ ▒▒▒ ▒▒▒ led the team");
        check("GARCÍA, J.: Paper", "▒▒▒, J.: Paper");
        check("write to jose@example.com.", "write to ▒▒▒");
        check("see github.com/jgl for Rust", "see ▒▒▒ for Rust");
        check("Lindy hop, Garciaville", "Lindy hop, Garciaville");
    }

    #[test]
    fn marks_move_along() {
        let snippet = Snippet {
            section: "experience".into(),
            page: 1,
            line: 1,
            text: "José wrote Rust for García".into(),
            marks: vec![(0, 5), (12, 16)],
            negated: false,
        };
        let shown = blind().snippet(snippet).expect("about the work");
        let marked: Vec<&str> = shown.marks.iter().map(|&(from, to)| &shown.text[from as usize..to as usize]).collect();
        assert_eq!((shown.text.as_str(), marked), ("▒▒▒ wrote Rust for ▒▒▒", vec!["Rust"]));
    }

    #[test]
    fn what_is_hidden_cannot_be_asked_for() {
        let query = |text: &str| {
            let query = crate::query::parse(text, &crate::lexicon::Lexicon::builtin(), jiff::civil::date(2026, 1, 1));
            check(&query.unwrap().root, false)
        };
        assert!(query("rust title:lead").is_ok());
        assert!(query("rust OR NOT name:ana").is_err());
        assert!(query("path:2026/*").is_err());
    }
}
