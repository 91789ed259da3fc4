//! A job description → candidates, best first, with what each meets, misses, and what is not known of them. In: an [`Engine`] and a
//! [`Vacancy`]. Out: a [`Match`]. Who misses one must comes after those who miss none, so that a strict description never gives an empty
//! list; how many stand on each step is exact.
//!
//! ```text
//! step 0   all musts hold, as far as it is known        first those of whom everything is known
//! step 1   one must is missing                          within a step: by the score of the wishes and the musts
//! …
//! ```

use super::blind::{self, Blind};
use super::{present, snippets};
use crate::engine::{Engine, FoundHit, Mark, SearchOptions};
use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::model::{Hit, Snippet};
use crate::query::ast::{Node, Query};
use crate::vacancy::{Ask, AskKind, Grade, Unread, Vacancy};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::HashMap;

/// The answer to a job description. The names of the fields are the JSON interface.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Match {
    /// Title of the job.
    pub title: Option<String>,
    /// The query: runs in `vitae search`, finds those who meet all musts.
    pub query: String,
    /// Candidates in the index.
    pub searched: u64,
    /// What must be, in the order of the text.
    pub musts: Vec<Must>,
    /// What would be nice, with its weight.
    pub wishes: Vec<Wish>,
    /// Wishes in words that became no condition.
    pub unread: Vec<Unread>,
    /// How many candidates stand on each step, best first, down to the last that was looked at.
    pub steps: Vec<Step>,
    /// The best candidates.
    pub candidates: Vec<Candidate>,
}

/// A must and whom it leaves out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Must {
    /// Number, for `--drop`.
    pub number: usize,
    /// What kind of thing.
    pub kind: AskKind,
    /// The condition.
    pub clause: String,
    /// The line it was read from.
    pub words: String,
    /// Its number.
    pub line: u32,
    /// Candidates who meet it.
    pub met_by: u64,
    /// Candidates of whom it is not known.
    pub unknown: u64,
    /// Candidates who would be left if this must were dropped.
    pub without_it: u64,
}

/// Something nice to have.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Wish {
    /// What kind of thing.
    pub kind: AskKind,
    /// The condition.
    pub clause: String,
    /// Its weight in the score.
    pub weight: f32,
    /// The line it was read from.
    pub words: String,
    /// Its number.
    pub line: u32,
    /// Candidates who meet it.
    pub met_by: u64,
}

/// Candidates that miss the same number of musts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Musts that are missing.
    pub missing: usize,
    /// Candidates who meet all others.
    pub met: u64,
    /// Candidates of whom some of the others are not known.
    pub unknown: u64,
}

/// One candidate and how they compare.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// As in a search.
    #[serde(flatten)]
    pub hit: Hit,
    /// Musts that are missing.
    pub missing: usize,
    /// The musts in their order, then the wishes in theirs.
    pub verdicts: Vec<Verdict>,
}

/// How a candidate stands to one ask.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// The condition.
    pub clause: String,
    /// It is a must.
    pub must: bool,
    /// Met, missing, unknown.
    pub state: State,
    /// What is known instead or exactly: `7.4 years`, `MSc Physics, Leeds 2014`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
    /// The line that shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Snippet>,
}

/// How a candidate stands to one ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// The résumé shows it.
    Met,
    /// The résumé shows that it is not so, or says nothing where it would.
    Missing,
    /// The résumé does not tell.
    Unknown,
}

/// An ask with everything that testing it needs.
struct Tested<'v> {
    ask: &'v Ask,
    clause: Query,
    or_unknown: Query,
    met_by: u64,
    marks: Vec<Mark>,
}

/// A hit with the number of musts it misses.
type Stepped = (usize, FoundHit);

/// Candidates for a job. Asks that were dropped are not in `vacancy` any more.
///
/// # Errors
/// Those of [`Engine::search`].
pub fn matching(
    engine: &dyn Engine,
    vacancy: &Vacancy,
    lexicon: &Lexicon,
    today: Date,
    options: &SearchOptions,
) -> Result<Match> {
    let mut tested = Vec::new();
    for ask in vacancy.musts().chain(vacancy.nices()) {
        tested.push(Tested::of(ask, engine, lexicon, today, options)?);
    }
    let musts: Vec<&Tested<'_>> = tested.iter().filter(|one| one.ask.grade == Grade::Must).collect();
    let (steps, found) = climb(engine, &musts, wishes(&tested), options)?;
    let candidates = candidates(engine, &tested, &found, options)?;
    let query = crate::vacancy::query(vacancy.asks.iter());
    Ok(Match {
        title: vacancy.title.clone(),
        query: crate::query::parse(&query, lexicon, today)?.interpreted_as,
        searched: engine.search(&Query::everyone(), &counting(options))?.total,
        musts: musts_left(engine, &musts, options)?,
        wishes: tested.iter().filter_map(Tested::wish).collect(),
        unread: vacancy.unread.clone(),
        steps,
        candidates,
    })
}

impl<'v> Tested<'v> {
    fn of(
        ask: &'v Ask,
        engine: &dyn Engine,
        lexicon: &Lexicon,
        today: Date,
        options: &SearchOptions,
    ) -> Result<Tested<'v>> {
        let clause = crate::query::parse(&ask.clause, lexicon, today)?;
        let or_unknown = crate::query::parse(&ask.or_unknown, lexicon, today)?;
        let found = engine.search(&clause, &counting(options))?;
        Ok(Tested { ask, clause, or_unknown, met_by: found.total, marks: found.marks })
    }

    fn wish(&self) -> Option<Wish> {
        let Grade::Nice(weight) = self.ask.grade else { return None };
        let Ask { kind, words, line, .. } = self.ask.clone();
        Some(Wish { kind, clause: self.clause.interpreted_as.clone(), weight, words, line, met_by: self.met_by })
    }
}

/// Only the total, no hits.
fn counting(options: &SearchOptions) -> SearchOptions {
    SearchOptions { limit: 0, count_only: true, hits_only: true, ..SearchOptions::new(options.as_of) }
}

/// The wishes as preferences: they change the order, never the set.
fn wishes(tested: &[Tested<'_>]) -> Vec<Node> {
    let wish = |one: &Tested<'_>| match one.ask.grade {
        Grade::Nice(weight) => Some(Node::Prefer { node: Box::new(one.clause.root.clone()), weight }),
        Grade::Must => None,
    };
    tested.iter().filter_map(wish).collect()
}

/// Goes down the steps until there are enough candidates.
fn climb(
    engine: &dyn Engine,
    musts: &[&Tested<'_>],
    wishes: Vec<Node>,
    options: &SearchOptions,
) -> Result<(Vec<Step>, Vec<Stepped>)> {
    let known: Vec<Node> = musts.iter().map(|one| one.clause.root.clone()).collect();
    let loose: Vec<Node> = musts.iter().map(|one| one.or_unknown.root.clone()).collect();
    let (mut steps, mut hits) = (Vec::new(), Vec::new());
    for missing in 0..=musts.len() {
        let holding = musts.len() - missing;
        let mut here = vec![at_least(holding, &loose)];
        if missing > 0 {
            here.push(Node::Not(Box::new(at_least(holding + 1, &loose))));
        }
        let all_known = at_least(holding, &known);
        let mut counts = [0, 0];
        for (at, more) in [all_known.clone(), Node::Not(Box::new(all_known))].into_iter().enumerate() {
            let left = options.limit.saturating_sub(hits.len());
            let nodes = here.iter().cloned().chain([more]).chain(wishes.iter().cloned()).collect();
            let search =
                SearchOptions { limit: left, count_only: left == 0, offset: 0, hits_only: true, ..options.clone() };
            let found = engine.search(&Query::of(Node::And(nodes)), &search)?;
            counts[at] = found.total;
            // Who meets more by another file is listed already.
            let is_new = |hit: &FoundHit, hits: &[Stepped]| {
                !hits.iter().any(|(_, one)| hit.document.versions.iter().any(|version| version.id == one.id))
            };
            for hit in found.hits {
                if is_new(&hit, &hits) {
                    hits.push((missing, hit));
                }
            }
        }
        steps.push(Step { missing, met: counts[0], unknown: counts[1] });
        if hits.len() >= options.limit {
            break;
        }
    }
    Ok((steps, hits))
}

/// At least `count` of the nodes.
fn at_least(count: usize, of: &[Node]) -> Node {
    match count {
        0 => Node::All,
        count if count == of.len() => Node::And(of.to_vec()),
        count => Node::AtLeast { count: count as u32, of: of.to_vec() },
    }
}

/// For each must: who meets it, and who would be left without it.
fn musts_left(engine: &dyn Engine, musts: &[&Tested<'_>], options: &SearchOptions) -> Result<Vec<Must>> {
    let mut out = Vec::new();
    for (at, one) in musts.iter().enumerate() {
        let others: Vec<Node> = musts
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .map(|(_, other)| other.clause.root.clone())
            .collect();
        let without = if others.is_empty() { Node::All } else { Node::And(others) };
        let loose = engine.search(&one.or_unknown, &counting(options))?.total;
        let Ask { kind, words, line, .. } = one.ask.clone();
        out.push(Must {
            number: at + 1,
            kind,
            clause: one.clause.interpreted_as.clone(),
            words,
            line,
            met_by: one.met_by,
            unknown: loose.saturating_sub(one.met_by),
            without_it: engine.search(&Query::of(without), &counting(options))?.total,
        });
    }
    Ok(out)
}

/// The hits with a verdict on every ask.
fn candidates(
    engine: &dyn Engine,
    tested: &[Tested<'_>],
    found: &[Stepped],
    options: &SearchOptions,
) -> Result<Vec<Candidate>> {
    let ids: Vec<&str> = found.iter().map(|(_, hit)| hit.id.as_str()).collect();
    let mut states: HashMap<(usize, usize), State> = HashMap::new();
    for (ask, one) in tested.iter().enumerate() {
        let met = engine.satisfying(&one.clause, &ids, options.as_of)?;
        let loose = engine.satisfying(&one.or_unknown, &ids, options.as_of)?;
        for (candidate, (met, loose)) in met.into_iter().zip(loose).enumerate() {
            let state = if met {
                State::Met
            } else if loose {
                State::Unknown
            } else {
                State::Missing
            };
            states.insert((ask, candidate), state);
        }
    }
    let candidate = |(at, (missing, found)): (usize, &Stepped)| {
        let verdicts = tested
            .iter()
            .enumerate()
            .map(|(ask, one)| verdict(one, states[&(ask, at)], found, options.blind))
            .collect();
        Candidate { hit: blind::hit(found, at + 1, &[], options), missing: *missing, verdicts }
    };
    Ok(found.iter().enumerate().map(candidate).collect())
}

fn verdict(tested: &Tested<'_>, state: State, found: &FoundHit, is_blind: bool) -> Verdict {
    let blind = is_blind.then(|| Blind::of(&found.document.profile));
    let shown = |snippet| match &blind {
        Some(blind) => blind.snippet(snippet),
        None => Some(snippet),
    };
    let evidence = snippets::snippets(&found.document, &tested.marks).into_iter().find_map(shown);
    let evidence = evidence.filter(|_| state != State::Missing);
    Verdict {
        clause: tested.clause.interpreted_as.clone(),
        must: tested.ask.grade == Grade::Must,
        state,
        known: known(tested.ask, found),
        evidence,
    }
}

/// What the profile says about the thing asked for, met or not.
fn known(ask: &Ask, found: &FoundHit) -> Option<String> {
    match ask.kind {
        AskKind::Years => found.years.map(|years| format!("{years:.1} years")),
        AskKind::Degree => present::degree(&found.document.profile),
        AskKind::Location => found.document.profile.location.as_ref().map(|place| place.value.raw.clone()),
        AskKind::Certificate => {
            let is_asked = |name: &str| ask.clause.contains(&crate::vacancy::exactly("cert", name));
            let certificates = found.document.profile.certificates.iter();
            let mut held = certificates.filter(|one| one.known_as.as_deref().is_some_and(is_asked));
            held.next().map(|one| one.name.value.clone())
        }
        AskKind::Skill if ask.clause.contains("years>=") => {
            let named = |name: &str| ask.clause.contains(&format!("({} AND ", crate::vacancy::exactly("skill", name)));
            let dated = found.document.profile.skills.iter().filter(|skill| named(&skill.name));
            let most = dated.filter_map(|skill| Some((skill.months?, &skill.name))).max();
            most.map(|(months, name)| format!("{name} {:.1} years", f64::from(months) / 12.0))
        }
        _ => None,
    }
}
