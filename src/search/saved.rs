//! Searches that are kept, and what is new in them. In: what was found now, what had been found before. Out: [`News`]. Reads and writes no
//! file: the program keeps [`SavedSearches`] where it wants.

use crate::error::{Error, Result};
use crate::model::Hit;
use crate::query::FilterOptions;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All saved searches by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSearches {
    /// By name.
    #[serde(default)]
    pub searches: BTreeMap<String, SavedSearch>,
}

/// A search with what it had found when it was last asked for news.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSearch {
    /// As typed, so that `updated:<90d` goes on to mean the last 90 days.
    pub query: String,
    /// Options as typed.
    #[serde(default)]
    pub filters: FilterOptions,
    /// Candidates that were shown as news, or found when the search was saved: id → path. None before the first look.
    #[serde(default)]
    pub seen: Option<BTreeMap<String, String>>,
    /// Day of the last look.
    #[serde(default)]
    pub looked: Option<String>,
}

/// How a candidate is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Newness {
    /// Not found before.
    New,
    /// Found before, with other contents in the same file or without this file of the same person.
    Changed,
}

/// A candidate that was not there at the last look.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct News {
    /// New or changed.
    pub newness: Newness,
    /// As in a search.
    #[serde(flatten)]
    pub hit: Hit,
}

/// Letters of a name: `@name` must not be mistaken for `@example.com`.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'))
}

/// A name that a search can be saved under.
///
/// # Errors
/// Input: another sign than letters, digits, `-` and `_`.
pub fn checked_name(name: &str) -> Result<&str> {
    let name = name.trim_start_matches('@');
    if is_name(name) {
        return Ok(name);
    }
    Err(Error::input(format!("`{name}` is no name for a saved search"))
        .hint("use letters, digits, - and _: berlin-nurses"))
}

/// `@name rest` → the name and the rest; none when the text does not begin so.
pub fn reference(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_start().strip_prefix('@')?;
    let (name, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    is_name(name).then_some((name, rest.trim()))
}

impl SavedSearches {
    /// Takes these candidates out of what the searches have seen; tells whether there were any.
    pub fn forget(&mut self, ids: &[String]) -> bool {
        let mut changed = false;
        for seen in self.searches.values_mut().filter_map(|search| search.seen.as_mut()) {
            let before = seen.len();
            seen.retain(|id, _| !ids.contains(id));
            changed |= seen.len() < before;
        }
        changed
    }

    /// The search of this name.
    ///
    /// # Errors
    /// Input: there is none; names those that are there.
    pub fn named(&self, name: &str) -> Result<&SavedSearch> {
        self.searches.get(name).ok_or_else(|| {
            let known: Vec<&str> = self.searches.keys().map(String::as_str).collect();
            let hint = if known.is_empty() {
                "make one: vitae saved add NAME QUERY".to_string()
            } else {
                format!("saved: {}", known.join(", "))
            };
            Error::input(format!("no saved search called `{name}`")).hint(hint)
        })
    }
}

impl SavedSearch {
    /// What of the hits is new since the last look, in their order. Everything, when nobody has looked yet.
    pub fn news(&self, hits: &[Hit]) -> Vec<News> {
        let nobody = BTreeMap::new();
        let seen = self.seen.as_ref().unwrap_or(&nobody);
        let new = hits.iter().filter(|hit| hit.matching_files().any(|(id, _)| !seen.contains_key(id)));
        let is_known = |hit: &Hit| {
            hit.matching_files().any(|(id, _)| seen.contains_key(id))
                || hit.matching_paths().any(|path| seen.values().any(|known| known == path))
        };
        let newness = |hit: &Hit| if is_known(hit) { Newness::Changed } else { Newness::New };
        new.map(|hit| News { newness: newness(hit), hit: hit.clone() }).collect()
    }

    /// Remembers that these were seen. Who is not found any more is forgotten, and is news when found again.
    pub fn remember(&mut self, hits: &[Hit], day: String) {
        let files = |hit: &'_ Hit| -> Vec<(String, String)> {
            hit.matching_files().map(|(id, path)| (id.to_string(), path.to_string())).collect()
        };
        self.seen = Some(hits.iter().flat_map(files).collect());
        self.looked = Some(day);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(id: &str, path: &str) -> Hit {
        Hit {
            rank: 1,
            id: id.to_string(),
            path: path.to_string(),
            copies: Vec::new(),
            name: None,
            title: None,
            employer: None,
            current: false,
            degree: None,
            location: None,
            years: None,
            score: 0.0,
            parts: Vec::new(),
            snippets: Vec::new(),
            flags: Vec::new(),
            versions: Vec::new(),
        }
    }

    fn check(seen: &[(&str, &str)], now: &[(&str, &str)], expected: &[(&str, Newness)]) {
        let hits = |of: &[(&str, &str)]| of.iter().map(|(id, path)| hit(id, path)).collect::<Vec<Hit>>();
        let mut search = SavedSearch::default();
        search.remember(&hits(seen), "2026-01-01".to_string());
        let news: Vec<(String, Newness)> =
            search.news(&hits(now)).into_iter().map(|news| (news.hit.id, news.newness)).collect();
        let expected: Vec<(String, Newness)> =
            expected.iter().map(|(id, newness)| (id.to_string(), *newness)).collect();
        assert_eq!(news, expected);
    }

    #[test]
    fn only_what_was_not_there_is_news() {
        check(&[("a", "a.md")], &[("a", "a.md"), ("b", "b.md")], &[("b", Newness::New)]);
        check(&[("a", "a.md")], &[("a", "moved/a.md")], &[]);
        check(&[], &[], &[]);
    }

    #[test]
    fn other_contents_of_the_same_file_are_a_change() {
        check(&[("a", "a.md")], &[("c", "a.md")], &[("c", Newness::Changed)]);
    }

    #[test]
    fn everyone_is_news_before_the_first_look() {
        assert_eq!(SavedSearch::default().news(&[hit("a", "a.md")]).len(), 1);
    }

    #[test]
    fn a_reference_is_a_name_and_no_address() {
        assert_eq!(reference("@nurses"), Some(("nurses", "")));
        assert_eq!(reference(" @nurses -junior"), Some(("nurses", "-junior")));
        assert_eq!(reference("@example.com"), None);
        assert_eq!(reference("nurses"), None);
        assert!(checked_name("a b").is_err());
    }
}
