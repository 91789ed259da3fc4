//! Query tree → candidates. [`Engine`] is the seam: the index on this machine (`embedded`) today, a cluster beside it.
//! In: a parsed [`Query`] and [`SearchOptions`]. Out: [`Found`]: the exact number, hits in total order, facets over the whole
//! result, what was added to the words of the query, and how many candidates are unknown to its filters.
//! Does not parse queries and does not cut snippets (`search` does).
//!
//! In reading order: this file the trait and its types, [`pattern`] and [`near`] where words stand, `embedded` the engine.

pub mod embedded;
pub mod near;
pub mod pattern;
pub mod wildcard;

use crate::error::Result;
use crate::index::persons::Tie;
use crate::model::{Facet, FieldId, Format, Month, Profile, ScorePart};
use crate::query::ast::{Group, Query};
use pattern::Pattern;
use serde::{Deserialize, Serialize};

/// Answers queries and hands out documents.
pub trait Engine: Send + Sync {
    /// Candidates for a query.
    ///
    /// # Errors
    /// Input: a word expands to more than [`EXPANSION_LIMIT`] terms. Environment: the index cannot be read.
    fn search(&self, query: &Query, options: &SearchOptions) -> Result<Found>;

    /// The document with this id, unique beginning of an id (4 characters or more), or path; `None` if there is none.
    ///
    /// # Errors
    /// Input: several documents begin so. Environment: the index cannot be read.
    fn document(&self, key: &str) -> Result<Option<Document>>;

    /// Which of these candidates satisfy a query, in the order of `ids`. An id that is not in the index satisfies nothing.
    ///
    /// # Errors
    /// As [`Engine::search`].
    fn satisfying(&self, query: &Query, ids: &[&str], as_of: Month) -> Result<Vec<bool>>;

    /// So many of the words that most résumés have.
    ///
    /// # Errors
    /// Environment: the index cannot be read.
    fn frequent_words(&self, most: usize) -> Result<Vec<String>>;

    /// Makes, beside the searches, what quickens those with the words of this query. Answers nothing and does not wait.
    ///
    /// # Errors
    /// As [`Engine::search`].
    fn prepare(&self, query: &Query, as_of: Month) -> Result<()>;

    /// Numbers about the whole index.
    ///
    /// # Errors
    /// Environment: the index cannot be read.
    fn stats(&self) -> Result<Stats>;
}

/// Most terms that one word (`a*`, `x~2`) may stand for. Beyond it the query is refused, never cut.
pub const EXPANSION_LIMIT: usize = 20_000;

/// What to return. The default: the ten best by score, no facets, no explanation.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchOptions {
    /// At most so many hits.
    pub limit: usize,
    /// Leave out so many first.
    pub offset: usize,
    /// Order.
    pub sort: Sort,
    /// Only the total is wanted: no hits, no scores.
    pub count_only: bool,
    /// Facets to count.
    pub facets: Vec<FacetRequest>,
    /// Facets to count within jobs.
    pub group_facets: Vec<GroupFacet>,
    /// Fill [`FoundHit::parts`].
    pub explain: bool,
    /// Fill [`Found::clauses`] even when there are hits.
    pub clause_counts: bool,
    /// Only hits and what to mark in them are wanted: nothing is explained, and what few hits mean is not looked into.
    pub hits_only: bool,
    /// What "present" stands for.
    pub as_of: Month,
    /// Hits are shown without name, contacts and file names (`search::blind`); engines do not look at it.
    pub blind: bool,
}

impl SearchOptions {
    /// The ten best by score.
    pub fn new(as_of: Month) -> SearchOptions {
        SearchOptions {
            limit: 10,
            offset: 0,
            sort: Sort { key: SortKey::Score, ascending: false },
            count_only: false,
            facets: Vec::new(),
            group_facets: Vec::new(),
            explain: false,
            clause_counts: false,
            hits_only: false,
            as_of,
            blind: false,
        }
    }
}

/// Order of hits. Candidates without the value come last either way; ties by score, then by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub key: SortKey,
    /// Least first.
    pub ascending: bool,
}

/// What hits can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortKey {
    /// Points.
    Score,
    /// Years of employment.
    Years,
    /// Latest graduation.
    Graduated,
    /// Last change of the file.
    Updated,
    /// Name of the person.
    Name,
    /// Best grade.
    Gpa,
}

impl SortKey {
    /// Names and keys, for `--sort`.
    pub const NAMES: [(&str, SortKey); 6] = [
        ("score", SortKey::Score),
        ("years", SortKey::Years),
        ("graduated", SortKey::Graduated),
        ("updated", SortKey::Updated),
        ("name", SortKey::Name),
        ("gpa", SortKey::Gpa),
    ];
}

/// A facet to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FacetRequest {
    /// The field; its row in `FIELDS` says `facet: true`.
    pub field: FieldId,
    /// At most so many values.
    pub values: usize,
    /// Only the highest of a person's values: each person counts once. For degrees.
    pub highest: bool,
}

impl FacetRequest {
    /// The facet of degrees that counts each person once.
    pub const HIGHEST_DEGREE: &str = "degree.highest";

    /// Every value of a person.
    pub fn of(field: FieldId, values: usize) -> FacetRequest {
        FacetRequest { field, values, highest: false }
    }

    /// The facet called `skill` or `degree.highest`; none for a field without facets.
    pub fn named(name: &str, values: usize) -> Option<FacetRequest> {
        if name.eq_ignore_ascii_case(FacetRequest::HIGHEST_DEGREE) {
            return Some(FacetRequest { highest: true, ..FacetRequest::of(FieldId::Degree, values) });
        }
        let field = FieldId::named(name).filter(|field| field.row().facet)?;
        Some(FacetRequest::of(field, values))
    }

    /// See [`FacetRequest::named`].
    pub fn name(self) -> &'static str {
        if self.highest { FacetRequest::HIGHEST_DEGREE } else { self.field.row().name }
    }
}

/// A facet to count within the jobs of one kind: the employers of present jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupFacet {
    /// Which jobs: all, present, ended.
    pub group: Group,
    /// Employer, title or location.
    pub field: FieldId,
    /// At most so many values.
    pub values: usize,
}

impl GroupFacet {
    /// Groups and fields with such facets.
    pub const GROUPS: [(&str, Group); 3] = [("job", Group::Job), ("current", Group::Current), ("past", Group::Past)];
    /// See [`GroupFacet::GROUPS`].
    pub const FIELDS: [FieldId; 3] = [FieldId::Employer, FieldId::Title, FieldId::Location];

    /// The facet called `current.employer`.
    pub fn named(name: &str, values: usize) -> Option<GroupFacet> {
        let (group, field) = name.split_once('.')?;
        let (_, group) = GroupFacet::GROUPS.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(group))?;
        let field = FieldId::named(field).filter(|field| GroupFacet::FIELDS.contains(field))?;
        Some(GroupFacet { group, field, values })
    }

    /// `current`.
    pub fn group_name(self) -> &'static str {
        GroupFacet::GROUPS.iter().find(|(_, group)| *group == self.group).map_or("job", |(name, _)| name)
    }

    /// `current.employer`.
    pub fn name(self) -> String {
        format!("{}.{}", self.group_name(), self.field.row().name)
    }
}

/// The answer of an engine.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Candidates that satisfy the query, exactly.
    pub total: u64,
    /// Candidates in the index.
    pub searched: u64,
    /// The asked-for part of the result, in order.
    pub hits: Vec<FoundHit>,
    /// As asked for, in the same order; those within jobs last.
    pub facets: Vec<Facet>,
    /// What was searched beside the words as typed.
    pub expansions: Vec<Expansion>,
    /// For each filter: candidates that satisfy everything else and whose value is unknown. Only those that are not 0.
    pub unknown: Vec<ClauseCount>,
    /// Candidates per clause of the query alone; filled when asked for and when nothing was found.
    pub clauses: Vec<ClauseCount>,
    /// When nothing was found: candidates without one of the clauses (or two, when one is not enough), most first. Only those that are
    /// not 0.
    pub relaxed: Vec<ClauseCount>,
    /// For words that nobody has: what could be asked for instead.
    pub instead: Vec<Instead>,
    /// What to highlight: the words of the query that count for a match (nothing under NOT).
    pub marks: Vec<Mark>,
}

/// One candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundHit {
    /// The document.
    pub id: String,
    /// Sum of the parts.
    pub score: f32,
    /// Named parts; filled when asked for.
    pub parts: Vec<ScorePart>,
    /// Years of employment at the as-of month.
    pub years: Option<f32>,
    /// What is stored of it.
    pub document: Document,
    /// Ids of all documents of the person that satisfy the query, this one first; empty when there is no other document of the person.
    pub matched: Vec<String>,
}

/// A number of candidates for a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseCount {
    /// The clause in canonical form.
    pub clause: String,
    /// Candidates.
    pub count: u64,
}

/// Words of the query that no candidate has, and what could be asked for instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instead {
    /// The words as a clause of the query.
    pub from: String,
    /// Clauses with the number of candidates of each alone, the nearest first.
    pub to: Vec<ClauseCount>,
}

/// What a word of the query was taken to mean beside itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expansion {
    /// As typed: `java*`.
    pub from: String,
    /// Why.
    pub kind: ExpansionKind,
    /// What was added, most candidates first.
    pub to: Vec<ExpandedTerm>,
}

/// One added term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpandedTerm {
    /// Folded term or phrase.
    pub term: String,
    /// Candidates that have it.
    pub candidates: u64,
}

/// Why a term was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExpansionKind {
    /// Another form of the word: managed, managing.
    Inflection,
    /// Joined or split: frontend, front end.
    Spelling,
    /// Another name of the skill, school, employer or place.
    Alias,
    /// Another word for the same occupation: lawyer, attorney.
    Synonym,
    /// `java*`.
    Prefix,
    /// `wom?n`.
    Wildcard,
    /// `kuberntes~`.
    Fuzzy,
}

/// Something to highlight.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The words; `None` when only the skill is meant.
    pub pattern: Option<Pattern>,
    /// Canonical skills whose mentions count.
    pub skills: Vec<String>,
    /// The field the words must stand in; none = anywhere.
    pub field: Option<FieldId>,
    /// How much the words say (rarity × boost): better evidence is shown first.
    pub weight: f32,
}

/// What is stored of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Id.
    pub id: String,
    /// All paths with these contents, sorted; the first is the one shown.
    pub paths: Vec<String>,
    /// Kind of file.
    pub format: Option<Format>,
    /// The profile.
    pub profile: Profile,
    /// The text with its layout, in reading order.
    pub lines: Vec<StoredLine>,
    /// All documents of the same person with this one, newest first; empty when there is no other.
    pub versions: Vec<Version>,
}

/// One of several documents of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Id.
    pub id: String,
    /// All paths with these contents, sorted.
    pub paths: Vec<String>,
    /// Day of the last change, `YYYYMMDD`.
    pub updated: i64,
    /// What ties it to the others.
    pub ties: Vec<Tie>,
}

/// One line of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLine {
    /// Index in [`crate::model::TextDoc::lines`].
    pub index: u32,
    /// Name of its section.
    pub section: String,
    /// Page, 1-based.
    pub page: u32,
    /// Line number as in [`crate::model::Line::number`].
    pub number: u32,
    /// Hidden from a person's eye.
    pub hidden: bool,
    /// The text.
    pub text: String,
}

/// Numbers about an index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// Résumés.
    pub documents: u64,
    /// Candidates: several résumés of one person are one.
    #[serde(default)]
    pub candidates: u64,
    /// Distinct words of the whole text, summed over segments.
    pub terms: u64,
    /// Segments.
    pub segments: u64,
    /// Bytes on disk.
    pub bytes: u64,
    /// Per kind of file.
    pub formats: Vec<(String, u64)>,
    /// Per field: candidates that have a value (`email`, `degree`, `job` …).
    pub present: Vec<(String, u64)>,
}
