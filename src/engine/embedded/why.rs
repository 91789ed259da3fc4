//! Why a result is as small as it is, and what is near it. In: a query taken apart at its top-level AND, and what compiling found out.
//! Out: candidates per clause, without one clause, unknown to a filter; words to ask for instead of those that nobody has. Counts only;
//! never changes the result.

use super::bits::Bits;
use super::collect::{count, documents};
use super::compile::{Compiler, WHOLE};
use super::expand;
use super::people::People;
use super::plan::Plan;
use crate::analysis::fold;
use crate::engine::{ClauseCount, Instead, SearchOptions};
use crate::error::Result;
use crate::model::FieldId;
use crate::query::ast::{Node, Term, TextMatch};
use rayon::prelude::*;
use tantivy::Searcher;

/// Words that find nobody are looked after in the order of the query, at most so many: each costs a look through the dictionary.
const MOST_WORDS: usize = 3;

/// Most clauses of which every two are left out together, when leaving out one is not enough.
const MOST_CLAUSES: usize = 8;

/// The clauses of a query's top-level AND.
pub fn clauses(root: &Node) -> Vec<&Node> {
    match root {
        Node::And(of) => of.iter().collect(),
        other => vec![other],
    }
}

/// The place of a clause among the plans of what must hold; preferences have none.
pub fn place(nodes: &[&Node], at: usize) -> usize {
    nodes[..at].iter().filter(|node| !matches!(node, Node::Prefer { .. })).count()
}

/// A query taken apart at its top-level AND, each clause compiled for itself.
pub struct Clauses<'q> {
    /// The clauses.
    pub nodes: Vec<&'q Node>,
    plans: Vec<Plan>,
}

impl<'q> Clauses<'q> {
    /// The clauses, if anything will be asked of them: compiling looks every word up again.
    ///
    /// # Errors
    /// Those of [`Compiler::node`].
    pub fn if_needed(root: &'q Node, is_needed: bool, compiler: &mut Compiler<'_>) -> Result<Clauses<'q>> {
        let nodes = clauses(root);
        let plans = match is_needed {
            true => nodes.iter().map(|node| compiler.node(node, WHOLE)).collect::<Result<_>>()?,
            false => Vec::new(),
        };
        Ok(Clauses { nodes, plans })
    }

    /// All clauses but those that `leave_out` says.
    pub fn without(&self, leave_out: impl Fn(usize) -> bool) -> Plan {
        let kept = self.plans.iter().enumerate().filter(|(at, _)| !leave_out(*at)).map(|(_, plan)| plan.clone());
        Plan::And { required: kept.collect(), optional: Vec::new() }
    }

    /// Clauses that decide who is found, with their place.
    fn deciding(&self) -> impl Iterator<Item = (usize, &'q Node)> + '_ {
        let nodes = self.nodes.iter().enumerate().map(|(at, node)| (at, *node));
        nodes.filter(|(_, node)| !matches!(node, Node::Prefer { .. } | Node::All))
    }
}

/// The sets of all clauses, to count any of them together.
pub struct Tally<'a> {
    people: &'a People,
    /// By segment: documents that are not deleted.
    living: Vec<Bits>,
    /// By clause, by segment.
    sets: Vec<Vec<Bits>>,
}

impl<'a> Tally<'a> {
    /// Looks every clause up once.
    ///
    /// # Errors
    /// Environment: the index cannot be read.
    pub fn of(
        searcher: &Searcher,
        clauses: &Clauses<'_>,
        people: &'a People,
        options: &SearchOptions,
    ) -> Result<Tally<'a>> {
        let sets = clauses.plans.iter().map(|plan| documents(searcher, plan, options.as_of));
        Ok(Tally {
            people,
            living: documents(searcher, &Plan::All, options.as_of)?,
            sets: sets.collect::<Result<_>>()?,
        })
    }

    /// People who satisfy the clauses that `is_kept` says, and are in `extra`.
    fn count(&self, is_kept: impl Fn(usize) -> bool, extra: Option<&[Bits]>) -> u64 {
        let mut left = self.living.clone();
        let kept = self.sets.iter().enumerate().filter(|(at, _)| is_kept(*at)).map(|(_, sets)| &sets[..]);
        for sets in kept.chain(extra) {
            left.iter_mut().zip(sets).for_each(|(left, set)| left.intersect(set));
        }
        self.people.count(&left)
    }

    /// Candidates per clause.
    pub fn alone(&self, clauses: &Clauses<'_>) -> Vec<ClauseCount> {
        let deciding: Vec<(usize, &Node)> = clauses.deciding().collect();
        let counted = deciding.par_iter().map(|(at, node)| {
            let count = self.count(|other| other == *at, None);
            ClauseCount { clause: node.shown(), count }
        });
        counted.collect()
    }
}

/// For each filter: candidates that satisfy all else and whose value is not known, of the numbers by place.
pub fn unknown(nodes: &[&Node], counts: &[(usize, u64)]) -> Vec<ClauseCount> {
    let mut out = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let Node::Filter(filter) = node else { continue };
        let has_unknown = [FieldId::Degree, FieldId::Graduated, FieldId::Years, FieldId::Gpa, FieldId::Updated]
            .contains(&filter.field);
        let here = place(nodes, at);
        let count = counts.iter().find(|(place, _)| *place == here).map_or(0, |(_, count)| *count);
        if has_unknown && count > 0 {
            out.push(ClauseCount { clause: node.shown(), count });
        }
    }
    out
}

/// Candidates without one of the clauses or one of the conditions within an entry, most first; when that is not enough, without two clauses.
///
/// # Errors
/// Those of [`Compiler::node`].
pub fn relaxed(
    searcher: &Searcher,
    clauses: &Clauses<'_>,
    tally: &Tally<'_>,
    compiler: &mut Compiler<'_>,
    options: &SearchOptions,
) -> Result<Vec<ClauseCount>> {
    let deciding: Vec<(usize, &Node)> = clauses.deciding().collect();
    let without = |left_out: &[(usize, &Node)]| -> Option<ClauseCount> {
        let count = tally.count(|at| left_out.iter().all(|(other, _)| *other != at), None);
        let together = || match left_out {
            [(_, node)] => node.shown(),
            several => Node::And(several.iter().map(|(_, node)| (*node).clone()).collect()).shown(),
        };
        (count > 0).then(|| ClauseCount { clause: together(), count })
    };
    let mut out = Vec::new();
    if deciding.len() > 1 {
        out = deciding.par_iter().filter_map(|one| without(&[*one])).collect();
    }
    for (at, node) in &deciding {
        for (left_out, rest) in within(node) {
            let plan = compiler.node(&rest, WHOLE)?;
            let rest = documents(searcher, &plan, options.as_of)?;
            let count = tally.count(|other| other != *at, Some(&rest));
            out.extend((count > 0).then_some(ClauseCount { clause: left_out, count }));
        }
    }
    if out.is_empty() && (3..=MOST_CLAUSES).contains(&deciding.len()) {
        for (at, one) in deciding.iter().enumerate() {
            deciding[at + 1..].iter().for_each(|other| out.extend(without(&[*one, *other])));
        }
    }
    out.sort_by_key(|relaxed| std::cmp::Reverse(relaxed.count));
    Ok(out)
}

/// `job(title:lead employer:acme)` → each condition, and the group without it.
fn within(node: &Node) -> Vec<(String, Node)> {
    let Node::Group(group, inner) = node else { return Vec::new() };
    let Node::And(conditions) = &**inner else { return Vec::new() };
    let without = |at: usize| {
        let mut rest: Vec<Node> = conditions.clone();
        let left_out = rest.remove(at);
        let rest = if rest.len() == 1 { rest.remove(0) } else { Node::And(rest) };
        (left_out.shown(), Node::Group(*group, Box::new(rest)))
    };
    (0..conditions.len()).map(without).collect()
}

/// What to ask for instead of the words in `nobody`, which no candidate has: similar words; when the whole query finds nothing, also
/// the same words anywhere and the words of a phrase apart.
pub fn instead(
    searcher: &Searcher,
    nobody: &[Term],
    is_empty: bool,
    compiler: &mut Compiler<'_>,
    options: &SearchOptions,
) -> Result<Vec<Instead>> {
    let mut out: Vec<Instead> = Vec::new();
    for term in nobody.iter().take(MOST_WORDS) {
        let mut choices = Vec::new();
        if let TextMatch::Word(word) | TextMatch::Exact(word) = &term.text {
            let folded = fold(word);
            for similar in expand::similar(searcher, compiler.terms.words_of(term.field), &folded)? {
                choices.push(Node::Term(Term { text: TextMatch::Word(similar), skills: Vec::new(), ..term.clone() }));
            }
        }
        if is_empty && let TextMatch::Phrase(words) = &term.text {
            let word = |word: &str| {
                Node::Term(Term { text: TextMatch::Word(word.into()), skills: Vec::new(), ..term.clone() })
            };
            choices.push(Node::And(words.split_whitespace().map(word).collect()));
        }
        if is_empty && term.field.is_some_and(|field| field != FieldId::Text) {
            choices.push(Node::Term(Term { field: None, skills: Vec::new(), ..term.clone() }));
            // `employer:"Acme Corp"`: Acme anywhere.
            choices.extend(term.skills.iter().map(|name| {
                let text = match name.contains(' ') {
                    true => TextMatch::Phrase(name.clone()),
                    false => TextMatch::Exact(name.clone()),
                };
                Node::Term(Term { field: None, text, skills: Vec::new(), boost: term.boost })
            }));
        }
        let mut to = Vec::new();
        for node in choices {
            let plan = compiler.node(&node, WHOLE)?;
            let count = count(searcher, &plan, options.as_of)?;
            to.extend((count > 0).then(|| ClauseCount { clause: node.shown(), count }));
        }
        let from = Node::Term(term.clone()).shown();
        if !to.is_empty() && out.iter().all(|one| one.from != from) {
            out.push(Instead { from, to });
        }
    }
    Ok(out)
}
