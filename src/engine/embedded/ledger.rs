//! What compiling a query finds out beside its plan. In: added terms, marks, words that nobody has, word by word. Out: [`Ledger`], joined over
//! the whole query. Compiles nothing.

use super::expand::Terms;
use crate::engine::{ExpandedTerm, Expansion, ExpansionKind, Mark};
use crate::query::ast::Term;
use std::collections::BTreeMap;

/// What compiling finds out beside the plan.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Added terms by what was typed and why.
    pub expansions: BTreeMap<(String, ExpansionKind), Terms>,
    /// What to highlight.
    pub marks: Vec<Mark>,
    /// Words that no candidate has, nor any other form or name of them; those under NOT are not told.
    pub nobody: Vec<Term>,
}

impl Ledger {
    /// Notes what was added to a word.
    pub fn add(&mut self, from: &str, kind: ExpansionKind, terms: &Terms) {
        if terms.is_empty() {
            return;
        }
        let known = self.expansions.entry((from.to_string(), kind)).or_default();
        for (term, count) in terms {
            let most = known.entry(term.clone()).or_default();
            *most = (*most).max(*count);
        }
    }

    /// Adds what another one knows.
    pub fn join(&mut self, other: &Ledger) {
        for ((from, kind), terms) in &other.expansions {
            self.add(from, *kind, terms);
        }
        self.marks.extend_from_slice(&other.marks);
        self.nobody.extend_from_slice(&other.nobody);
    }

    /// The expansions, most candidates first.
    pub fn expansions(&self) -> Vec<Expansion> {
        let listed = self.expansions.iter().map(|((from, kind), terms)| {
            let mut to: Vec<ExpandedTerm> = terms
                .iter()
                .map(|(term, candidates)| ExpandedTerm { term: term.clone(), candidates: *candidates })
                .collect();
            to.sort_by_key(|term| std::cmp::Reverse(term.candidates));
            Expansion { from: from.clone(), kind: *kind, to }
        });
        listed.collect()
    }
}
