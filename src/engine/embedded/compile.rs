//! Query tree → [`Plan`]. In: a [`Node`] and an index. Out: a plan with the same set of candidates, what was added to the words, and
//! what to highlight. The rewriting here keeps the meaning: NOT is "all but", Prefer only scores, Filter never scores.

use super::answers::{Asked, Asking, Everywhere};
use super::bits::Bits;
use super::expand::broken;
use super::filter::Answers;
use super::group_values::{EntryPlan, GroupPlan};
use super::leaf::{Branch, Counts, Leaf, SlotKind};
use super::marks::{Folds, Marks};
use super::plan::Plan;
use super::recent;
use super::terms::{Scope, TermCompiler, typed};
use crate::analysis::{fold, open_compound};
use crate::engine::pattern::Pattern;
use crate::error::{Error, Result};
use crate::index::document::NEWER;
use crate::model::{FieldId, Month};
use crate::query::ast::{Filter, Group, Node, Term, Test, TextMatch};
use std::sync::Arc;

/// Compiles query trees for one index.
pub struct Compiler<'s> {
    /// Words.
    pub terms: TermCompiler<'s>,
    /// What was asked of the index before, and what "present" stands for; none: every condition is asked anew.
    pub asked: Option<(Arc<Asked>, Month)>,
    /// What conditions are compiled for.
    pub asking: Asking,
}

/// The scope of a whole query.
pub const WHOLE: Scope = Scope { group: None, scale: 1.0 };

impl Compiler<'_> {
    /// Compiles a tree.
    ///
    /// # Errors
    /// Input: a word stands for too many terms; a condition that has no meaning inside its group.
    pub fn node(&mut self, node: &Node, scope: Scope) -> Result<Plan> {
        Ok(match node {
            Node::All => Plan::All,
            Node::And(of) => self.and(of, scope)?,
            Node::Or(of) if Node::one_thing(of).is_some() => self.one_thing(of, scope)?,
            Node::Or(of) => Plan::AtLeast(1, self.nodes(of, scope)?),
            Node::Not(inner) => Plan::Not(Box::new(self.node(inner, Scope { scale: 0.0, ..scope })?)),
            Node::AtLeast { count, of } => Plan::AtLeast(*count as usize, self.nodes(of, scope)?),
            Node::Prefer { .. } => self.and(std::slice::from_ref(node), scope)?,
            Node::Term(term) => Plan::Words(self.terms.leaf(term, scope, &[])?),
            Node::Filter(filter) => self.filter(filter)?,
            Node::Group(group, inner) => self.group(*group, inner, scope)?,
        })
    }

    /// Words in a row and the names that they make: however they are written they say one thing, so the best of them gives the points. A
    /// name is worth no more than its words together, however few résumés it was read from.
    fn one_thing(&mut self, of: &[Node], scope: Scope) -> Result<Plan> {
        let mut plans = self.nodes(of, scope)?;
        if let Some((words, names)) = plans.split_first_mut() {
            let together = words.rarity();
            for name in names {
                if let Plan::Words(leaf) = name {
                    leaf.rarity = leaf.rarity.min(together);
                }
            }
        }
        Ok(Plan::Best(plans))
    }

    fn nodes(&mut self, of: &[Node], scope: Scope) -> Result<Vec<Plan>> {
        of.iter().map(|node| self.node(node, scope)).collect()
    }

    /// The children of AND: preferences apart, words with what they make together with their neighbours.
    fn and(&mut self, of: &[Node], scope: Scope) -> Result<Plan> {
        let (mut required, mut optional) = (Vec::new(), Vec::new());
        for (at, node) in of.iter().enumerate() {
            match node {
                Node::Prefer { node, weight } => {
                    let scope = Scope { scale: scope.scale * weight, ..scope };
                    let plan = self.node(node, scope)?;
                    if scope.scale > 0.0 {
                        optional.push(plan);
                    }
                }
                Node::Term(term) => {
                    let joined = joined_with_neighbours(of, at);
                    required.push(Plan::Words(self.terms.leaf(term, scope, &joined)?));
                }
                other => required.push(self.node(other, scope)?),
            }
        }
        Ok(Plan::And { required, optional })
    }

    /// A condition outside of groups.
    pub fn filter(&mut self, filter: &Filter) -> Result<Plan> {
        let presence = match &filter.test {
            Test::Present(id) => Some(id.row().name.to_string()),
            Test::PresentNamed(name) => Some(name.clone()),
            Test::State("indexed") => return Ok(Plan::All),
            Test::State(state @ ("ocr" | "partial")) => Some(state.to_string()),
            // Files that were left out are no documents: `search::files` finds them in the ledger.
            Test::State(_) => return Ok(Plan::Not(Box::new(Plan::All))),
            _ => None,
        };
        if presence.as_deref() == Some(NEWER) {
            return Ok(Plan::Filter(filter.clone(), Some(self.older()?)));
        }
        if let Some(name) = presence {
            return Ok(Plan::Words(self.presence(name)));
        }
        // `during:` and `used:` are about entries wherever they are written.
        let group = match filter.field {
            FieldId::During => Group::Job,
            FieldId::Used => Group::Skill,
            _ => {
                let known = match &self.asked {
                    Some((asked, as_of)) => asked.answers(self.terms.searcher, filter, *as_of, self.asking)?,
                    None => None,
                };
                return Ok(Plan::Filter(filter.clone(), known));
            }
        };
        self.group(group, &Node::Filter(filter.clone()), WHOLE)
    }

    /// `has:newer`: the documents of which the same person has a newer one.
    fn older(&self) -> Result<Everywhere> {
        let searcher = self.terms.searcher;
        let marks = Arc::new(Marks::of(searcher)?);
        let answers = searcher.segment_readers().iter().map(|reader| {
            let yes = Folds::open(reader, marks.clone())?.older();
            Ok(Answers { yes, unknown: Bits::none(reader.max_doc()) })
        });
        let answers: tantivy::Result<Vec<Answers>> = answers.collect();
        Ok(Arc::new(answers.map_err(broken)?))
    }

    /// `has:email`: a term of the index that never scores.
    fn presence(&self, name: String) -> Leaf {
        let branch = Branch {
            field: FieldId::Has,
            index_field: self.terms.fields.has,
            pattern: Pattern::Term(name.clone()),
            weight: 0.0,
            average: 0.0,
            slots: SlotKind::None,
            related: false,
            counts: Counts::All,
            listed: None,
        };
        Leaf {
            name: format!("has:{name}"),
            branches: Arc::new(vec![branch]),
            rarity: 0.0,
            boost: 0.0,
            skills: Vec::new(),
            postings: 0,
            known: recent::unknown(self.terms.searcher),
        }
    }

    fn group(&mut self, group: Group, inner: &Node, scope: Scope) -> Result<Plan> {
        let test = self.entry(inner, group, Scope { group: Some(group), ..scope })?;
        let candidates = match self.skill_candidates(inner, group, scope)? {
            Some(plan) => plan,
            None => test.candidates(),
        };
        Ok(Plan::Group(Box::new(GroupPlan { group, test, candidates })))
    }

    /// For `skill(rust years>=3)`: who has the skill, which also gives the points.
    fn skill_candidates(&mut self, inner: &Node, group: Group, scope: Scope) -> Result<Option<Plan>> {
        let terms: Vec<&Term> = match inner {
            Node::Term(term) => vec![term],
            Node::And(of) => {
                of.iter().filter_map(|node| if let Node::Term(term) = node { Some(term) } else { None }).collect()
            }
            _ => Vec::new(),
        };
        let (Group::Skill, [term]) = (group, &terms[..]) else { return Ok(None) };
        let mut term = (*term).clone();
        term.field = Some(FieldId::Skill);
        if term.skills.is_empty() {
            term.skills = vec![typed(&term.text)];
        }
        Ok(Some(Plan::Words(self.terms.leaf(&term, scope, &[])?)))
    }

    /// A condition on one entry.
    fn entry(&mut self, node: &Node, group: Group, scope: Scope) -> Result<EntryPlan> {
        let mut all =
            |of: &[Node]| -> Result<Vec<EntryPlan>> { of.iter().map(|node| self.entry(node, group, scope)).collect() };
        Ok(match node {
            Node::All | Node::Prefer { .. } => EntryPlan::All,
            Node::And(of) => EntryPlan::And(all(of)?),
            Node::Or(of) => EntryPlan::AtLeast(1, all(of)?),
            Node::AtLeast { count, of } => EntryPlan::AtLeast(*count as usize, all(of)?),
            Node::Not(inner) => EntryPlan::Not(Box::new(self.entry(inner, group, Scope { scale: 0.0, ..scope })?)),
            Node::Term(term) if group == Group::Skill => EntryPlan::Skills(self.terms.skill_names(term)?),
            Node::Term(term) => EntryPlan::Words(self.terms.leaf(term, scope, &[])?),
            Node::Filter(filter) if !matches!(filter.test, Test::Present(_) | Test::PresentNamed(_)) => {
                EntryPlan::Values(filter.clone())
            }
            Node::Filter(_) | Node::Group(..) => {
                return Err(Error::input(format!("`{node}` cannot be asked of one entry"))
                    .hint("write it outside of the parentheses of job(…), education(…) or skill(…)"));
            }
        })
    }
}

/// Words that the term at `at` makes with a neighbour: `front end` is also written `frontend`.
fn joined_with_neighbours(of: &[Node], at: usize) -> Vec<&'static str> {
    let word = |node: &Node| match node {
        Node::Term(Term { field, text: TextMatch::Word(word), .. }) => Some((*field, fold(word))),
        _ => None,
    };
    let pair = |first: usize, second: usize| -> Option<&'static str> {
        let (first, second) = (word(of.get(first)?)?, word(of.get(second)?)?);
        if first.0 == second.0 { open_compound(&first.1, &second.1) } else { None }
    };
    let before = at.checked_sub(1).and_then(|before| pair(before, at));
    [before, pair(at, at + 1)].into_iter().flatten().collect()
}
