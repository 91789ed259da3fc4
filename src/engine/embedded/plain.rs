//! Plain BM25 over the whole text, to compare our ranking with: any of the words, k₁ 1.2, b .75, no fields, no stems, no phrases. In: a
//! query tree. Out: paths of the best, best first. No command answers a search with it.

use super::expand::broken;
use super::search::Embedded;
use super::stores::Stores;
use super::terms::typed;
use crate::analysis::tokenize;
use crate::error::Result;
use crate::query::ast::Node;
use tantivy::Term;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

impl Embedded {
    /// The best `limit` files for the words of a query, whatever their field; nothing under NOT counts.
    ///
    /// # Errors
    /// Environment: the index cannot be read.
    pub fn plain_bm25(&self, root: &Node, limit: usize) -> Result<Vec<String>> {
        let (searcher, fields) = (self.searcher(), self.fields());
        let mut words = Vec::new();
        words_of(root, &mut words);
        words.sort_unstable();
        words.dedup();
        let clause = |word: &String| -> (Occur, Box<dyn Query>) {
            let term = Term::from_field_text(fields.body, word);
            (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
        };
        let query = BooleanQuery::new(words.iter().map(clause).collect());
        let best = searcher.search(&query, &TopDocs::with_limit(limit.max(1)).order_by_score()).map_err(broken)?;
        let stores = Stores::of(&searcher);
        let path = |address| -> Result<String> {
            Ok(stores.text(address).map_err(broken)?.0.paths.into_iter().next().unwrap_or_default())
        };
        best.into_iter().map(|(_, address)| path(address)).collect()
    }
}

/// The words that a query asks for.
fn words_of(node: &Node, out: &mut Vec<String>) {
    match node {
        Node::And(of) | Node::Or(of) | Node::AtLeast { of, .. } => of.iter().for_each(|node| words_of(node, out)),
        Node::Prefer { node, .. } | Node::Group(_, node) => words_of(node, out),
        Node::Term(term) => tokenize(&typed(&term.text), &mut |token| out.push(token.term.to_string())),
        Node::All | Node::Not(_) | Node::Filter(_) => {}
    }
}
