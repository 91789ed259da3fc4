//! Candidates that nearly satisfy a query of several words: those with most of the words, when few have all of them. In: a query.
//! Out: a wider query that excludes what the first one finds. The result of the query itself is not changed by it.

use crate::query::ast::{Node, Query};

/// Fewest free words: of two words, half is one, and that is another question.
const FEWEST: usize = 3;

/// The query for candidates that have at least a third of the free words (and two) and satisfy everything else, and do not satisfy all. None
/// for queries with fewer than [`FEWEST`] free words beside each other.
pub fn wider(query: &Query) -> Option<Query> {
    let Node::And(clauses) = &query.root else { return None };
    let (free, fixed): (Vec<&Node>, Vec<&Node>) = clauses.iter().partition(|node| is_free(node));
    if free.len() < FEWEST {
        return None;
    }
    let count = free.len().div_ceil(3).max(2) as u32;
    let most = Node::AtLeast { count, of: free.into_iter().cloned().collect() };
    let mut wider: Vec<Node> = fixed.into_iter().cloned().collect();
    wider.push(most);
    wider.push(Node::Not(Box::new(query.root.clone())));
    let root = Node::And(wider);
    Some(Query { interpreted_as: root.to_string(), root, notices: Vec::new() })
}

/// Words without a field, and what the parser makes of them (`machine learning`: the words or the skill).
fn is_free(node: &Node) -> bool {
    match node {
        Node::Term(term) => term.field.is_none(),
        Node::Or(choices) => choices.iter().any(|choice| match choice {
            Node::And(words) => words.iter().all(|word| matches!(word, Node::Term(term) if term.field.is_none())),
            _ => false,
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn check(text: &str, expected: Option<&str>) {
        let query = crate::query::parse(text, &Lexicon::builtin(), jiff::civil::date(2026, 1, 1)).unwrap();
        assert_eq!(wider(&query).map(|query| query.interpreted_as).as_deref(), expected, "{text}");
    }

    #[test]
    fn a_third_of_the_free_words_and_two() {
        check(
            "ledger payable closing",
            Some("atleast:2(ledger, payable, closing) AND NOT (ledger AND payable AND closing)"),
        );
        check("ledger payable", None);
        check("ledger OR payable OR closing", None);
        check("ledger payable title:lead", None);
    }
}
