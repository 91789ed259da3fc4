//! The use case: text in, ranked candidates with reasons out. In: an [`Engine`], a query as typed. Out: an [`Answer`], ready for
//! printing and for JSON. Knows neither index nor files.
//!
//! In reading order: this file the answer, [`present`] one hit as shown, [`snippets`] the lines that show why, [`negation`] whether they
//! deny it, [`nearly()`] who nearly satisfies the query, [`files`] which left-out files a query asks for, [`blind`] candidates without their names, [`suggest`] what could be
//! typed next, [`matching`] candidates for a job description, [`similar`] candidates like one, [`ahead`] what a program that stays open does before the first query, [`saved`] what is new since the last look.

pub mod ahead;
pub mod blind;
pub mod files;
pub mod matching;
pub mod nearly;
pub mod negation;
pub mod present;
pub mod saved;
pub mod similar;
pub mod snippets;
pub mod suggest;
#[cfg(test)]
mod tests;

use crate::engine::{ClauseCount, Engine, Expansion, ExpansionKind, Found, FoundHit, Instead, SearchOptions, SortKey};
use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::model::{Facet, FileCounts, Hit, LeftOut};
use crate::query::ast::Query;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashSet;

/// What a search answers. The names of the fields are the JSON interface.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// As typed.
    pub query: String,
    /// As understood; parses back to the same query.
    pub interpreted_as: String,
    /// The same as a person would write it ([`Query::shown`]).
    #[serde(skip)]
    pub shown: String,
    /// What was normalised, added, or found wanting; sentences for a person.
    pub notices: Vec<String>,
    /// Candidates that satisfy the query.
    pub total: u64,
    /// Candidates in the index.
    pub searched: u64,
    /// How many of the folder's files that is; the caller has the ledger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<FileCounts>,
    /// The asked-for part of them.
    pub hits: Vec<Hit>,
    /// Files that are not in the index, when the query asks for them by `status:`; the caller has the ledger.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
    /// When fewer than asked for satisfy the query: of whom a value is not known, then who have at least a quarter of several words, then who
    /// have the words of its fields anywhere. Not counted in `total`; ranks go on from `hits`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nearly: Vec<Hit>,
    /// As asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<Facet>,
    /// For each filter: candidates that satisfy all else and whose value is not known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<ClauseCount>,
    /// Words that were searched beside those typed, all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub expansions: Vec<Expansion>,
    /// Candidates per clause, when asked for or when nothing was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<ClauseCount>,
    /// When nothing was found: how many would be without one of the clauses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relaxed: Vec<ClauseCount>,
    /// For words that nobody has: similar words; when nothing was found, also wider ways to ask.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub instead: Vec<Instead>,
    /// Milliseconds; the caller has the clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub took_ms: Option<f64>,
}

/// Searches for a query as typed. `today` is what `90d` in a query counts from; "present" is its month.
///
/// # Errors
/// Those of [`crate::query::parse`] and of [`Engine::search`].
pub fn run(engine: &dyn Engine, text: &str, lexicon: &Lexicon, today: Date, options: &SearchOptions) -> Result<Answer> {
    let query = crate::query::parse(text, lexicon, today)?;
    answer(engine, text, &query, options)
}

/// Searches for a parsed query.
///
/// # Errors
/// Those of [`Engine::search`].
pub fn answer(engine: &dyn Engine, text: &str, query: &Query, options: &SearchOptions) -> Result<Answer> {
    if options.blind {
        blind::check(&query.root, options.sort.key == SortKey::Name)?;
    }
    let mut found = engine.search(query, options)?;
    if options.blind {
        blind::facets(&mut found.facets);
    }
    let mut notices: Vec<String> = query.notices.iter().map(|notice| notice.message.clone()).collect();
    notices.extend(expansion_notices(&found.expansions, &notices));
    // Nobody has the state of a file that is not in the index: the caller lists the files.
    if !files::are_asked_for(&query.root) {
        notices.extend(nothing_notice(&found));
    }
    let present = |(at, hit): (usize, &FoundHit)| blind::hit(hit, options.offset + 1 + at, &found.marks, options);
    let hits = match found.hits.len() >= MANY_HITS {
        true => found.hits.par_iter().enumerate().map(present).collect(),
        false => found.hits.iter().enumerate().map(present).collect(),
    };
    Ok(Answer {
        nearly: nearly(engine, query, &found, options)?,
        query: text.to_string(),
        interpreted_as: query.interpreted_as.clone(),
        shown: query.shown.clone(),
        notices,
        total: found.total,
        searched: found.searched,
        files: None,
        hits,
        left_out: Vec::new(),
        facets: found.facets,
        unknown: found.unknown,
        expansions: found.expansions,
        clauses: found.clauses,
        relaxed: found.relaxed,
        instead: found.instead,
        took_ms: None,
    })
}

/// Fills the page with candidates that nearly satisfy the query.
fn nearly(engine: &dyn Engine, query: &Query, found: &Found, options: &SearchOptions) -> Result<Vec<Hit>> {
    let all = usize::try_from(found.total).unwrap_or(usize::MAX);
    let missing = options.offset.saturating_add(options.limit).saturating_sub(all).min(options.limit);
    // Who asks for all that match, however many, has no page to fill.
    let has_room = missing > 0 && options.limit < usize::MAX;
    if !has_room || options.sort.key != SortKey::Score || options.count_only {
        return Ok(Vec::new());
    }
    let from = options.offset.saturating_sub(all);
    let enough = from.saturating_add(missing);
    let rest = SearchOptions {
        limit: enough,
        offset: 0,
        facets: Vec::new(),
        group_facets: Vec::new(),
        clause_counts: false,
        hits_only: true,
        ..options.clone()
    };
    let (mut hits, mut known) = (Vec::new(), HashSet::new());
    for wider in nearly::queries(query, all == 0) {
        if hits.len() >= enough {
            break;
        }
        let more = engine.search(&wider, &rest)?;
        // Who is found by one file is not nearly found by another.
        let files = |hit: &FoundHit| hit.document.versions.iter().map(|version| version.id.clone()).collect::<Vec<_>>();
        let ids: Vec<String> = more.hits.iter().flat_map(files).collect();
        let found_ids = satisfying(engine, query, &ids, options)?;
        for hit in &more.hits {
            let is_found = hit.document.versions.iter().any(|version| found_ids.contains(version.id.as_str()));
            if hits.len() < enough && !is_found && known.insert(hit.id.clone()) {
                hits.push(blind::hit(hit, all + hits.len() + 1, &more.marks, options));
            }
        }
    }
    hits.drain(..from.min(hits.len()));
    Ok(hits)
}

/// Those of the candidates with these ids that satisfy a query.
fn satisfying<'i>(
    engine: &dyn Engine,
    query: &Query,
    ids: &'i [String],
    options: &SearchOptions,
) -> Result<HashSet<&'i str>> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let answers = engine.satisfying(query, &ids, options.as_of)?;
    Ok(ids.into_iter().zip(answers).filter(|(_, is_found)| *is_found).map(|(id, _)| id).collect())
}

/// So many hits are work for several threads: their lines are looked through for what to show.
const MANY_HITS: usize = 8;

/// Most added terms that a notice names; [`Answer::expansions`] has them all.
const NAMED: usize = 8;

/// What a person has to know of the expansions: always what a wildcard stands for; forms and spellings only of a query that has few,
/// since they change little; other names of a skill unless the query has said so already.
fn expansion_notices(expansions: &[Expansion], said: &[String]) -> Vec<String> {
    let is_guess =
        |one: &Expansion| matches!(one.kind, ExpansionKind::Prefix | ExpansionKind::Wildcard | ExpansionKind::Fuzzy);
    let is_said = |one: &Expansion| said.iter().any(|notice| notice.contains(&format!("`{}`", one.from)));
    let related = expansions.iter().filter(|one| !is_guess(one) && !is_said(one)).count();
    let shown = expansions.iter().filter(|one| is_guess(one) || (related <= FEW && !is_said(one)));
    shown.map(expansion_notice).collect()
}

/// Most words whose forms are worth a line each.
const FEW: usize = 1;

/// `` `manag*` stands for 4 words: manager (12), managed (7), … ``
fn expansion_notice(expansion: &Expansion) -> String {
    let listed = expansion.to.iter().take(NAMED).map(|one| format!("{} ({})", one.term, one.candidates));
    let listed: Vec<String> = listed.collect();
    let rest = expansion.to.len().saturating_sub(NAMED);
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    let from = &expansion.from;
    let listed = format!("{}{more}", listed.join(", "));
    match expansion.kind {
        ExpansionKind::Inflection => format!("`{from}` also finds {listed}; write `={from}` for exactly this word"),
        ExpansionKind::Spelling => format!("`{from}` is also written {listed}"),
        ExpansionKind::Alias => format!("`{from}` is also searched as {listed}"),
        ExpansionKind::Synonym => {
            format!("`{from}` also finds {listed}, the same job; write `={from}` for exactly this word")
        }
        ExpansionKind::Prefix | ExpansionKind::Wildcard | ExpansionKind::Fuzzy => {
            let words = if expansion.to.len() == 1 { "word" } else { "words" };
            format!("`{from}` stands for {} {words}: {listed}", expansion.to.len())
        }
    }
}

/// Which clause made it zero, what dropping one would give, and what to ask for instead of words that nobody has.
fn nothing_notice(found: &Found) -> Vec<String> {
    let listed = |one: &Instead| {
        let to: Vec<String> = one.to.iter().map(|choice| format!("`{}` ({})", choice.clause, choice.count)).collect();
        format!("nobody has `{}`; did you mean {}?", one.from, to.join(" or "))
    };
    let mut out: Vec<String> = found.instead.iter().map(listed).collect();
    let is_told = |clause: &ClauseCount| found.instead.iter().any(|one| one.from == clause.clause);
    let empty = found.clauses.iter().filter(|clause| clause.count == 0 && found.total == 0 && !is_told(clause));
    out.extend(empty.map(|clause| format!("nobody satisfies `{}`", clause.clause)));
    let relaxed = found.relaxed.iter().take(3);
    out.extend(relaxed.map(|one| format!("without `{}`: {}", one.clause, one.count)));
    out
}
