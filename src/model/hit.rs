//! What a search answers: [`Hit`], [`Snippet`], [`Facet`], [`ScorePart`]. Made by engines and `search`, printed by the program.

use super::field::FieldId;
use serde::{Deserialize, Serialize};

/// One candidate in a result list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// Place in the whole result, 1-based.
    pub rank: usize,
    /// Stable id of the document (first 12 hex digits of the content hash).
    pub id: String,
    /// Path of the file, relative to the indexed folder.
    pub path: String,
    /// Paths of other files with the same bytes, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<String>,
    /// Name of the person, if known.
    pub name: Option<String>,
    /// Title of the main job.
    pub title: Option<String>,
    /// Employer of the main job.
    pub employer: Option<String>,
    /// The main job is the present one.
    pub current: bool,
    /// Highest completed degree as written, with school and year where known.
    pub degree: Option<String>,
    /// Where the person lives.
    pub location: Option<String>,
    /// Years of employment, one decimal.
    pub years: Option<f32>,
    /// Sum of `parts`.
    pub score: f32,
    /// Named parts of the score; empty unless asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ScorePart>,
    /// Why it matched.
    pub snippets: Vec<Snippet>,
    /// What to know before trusting the words: `hidden-text`, `keyword-stuffing`, `machine-address`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// All files of the person, this one among them, newest first; empty when there is only this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<HitVersion>,
}

/// One of several files of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HitVersion {
    /// Id of the document.
    pub id: String,
    /// Path of the file.
    pub path: String,
    /// Paths of other files with the same bytes, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<String>,
    /// Day of its last change.
    pub updated: String,
    /// Why it is taken for the same person's.
    pub because: Vec<String>,
    /// It satisfies the query, too.
    pub matches: bool,
}

impl Hit {
    /// Id and path of all documents of the candidate that satisfy the query, the one shown first.
    pub fn matching_files(&self) -> impl Iterator<Item = (&str, &str)> {
        let others = self.versions.iter().filter(|version| version.matches && version.id != self.id);
        let others = others.map(|version| (version.id.as_str(), version.path.as_str()));
        std::iter::once((self.id.as_str(), self.path.as_str())).chain(others)
    }

    /// Paths of all files of the candidate that satisfy the query: the same, each with its copies.
    pub fn matching_paths(&self) -> impl Iterator<Item = &str> {
        let others = self.versions.iter().filter(|version| version.matches && version.id != self.id);
        let others = others.flat_map(|version| std::iter::once(&version.path).chain(&version.copies));
        std::iter::once(&self.path).chain(&self.copies).chain(others).map(String::as_str)
    }
}

/// A named part of a score: `skill:kubernetes` in field `skill`, 3.2 points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScorePart {
    /// The clause of the query, or a named prior such as `recency`.
    pub name: String,
    /// The field it matched in.
    pub field: Option<FieldId>,
    /// Points.
    pub points: f32,
    /// The arithmetic in words: `idf 2.1 × tf 0.8 × boost 2`.
    pub detail: String,
}

/// A piece of the original text that shows a match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// Section it stands in (`experience`).
    pub section: String,
    /// Page, 1-based.
    pub page: u32,
    /// Line number as in [`super::Line::number`].
    pub line: u32,
    /// The text, at most about 160 characters, cut at words.
    pub text: String,
    /// Byte ranges of `text` that matched, in order, not overlapping.
    pub marks: Vec<(u32, u32)>,
    /// The line denies the first match: `no experience with Java`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub negated: bool,
}

/// How many of the folder's files a search could look at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCounts {
    /// Files in the folder at the last run.
    pub seen: u64,
    /// In the index, copies of one content each counted.
    pub searched: u64,
    /// Left out for a reason.
    pub left_out: u64,
    /// Not looked at, because the run was interrupted.
    pub not_reached: u64,
}

/// A file that is not in the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Path inside the folder.
    pub path: String,
    /// Name of the reason.
    pub reason: String,
    /// The reason in words, with what can be done.
    pub meaning: String,
}

/// Counts of one facet over the whole result set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// Name of the field.
    pub field: String,
    /// Values, most frequent first, ties by name; for ranges in rising order.
    pub values: Vec<FacetValue>,
    /// Distinct values in all (before the cut to N).
    pub distinct: u64,
    /// Candidates with no value.
    pub unknown: u64,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// The value as shown.
    pub value: String,
    /// A query that selects it: `skill:"kubernetes"`.
    pub query: String,
    /// Candidates that have it.
    pub count: u64,
    /// The query filters on it.
    pub selected: bool,
}
