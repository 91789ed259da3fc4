//! Files that were left out, as far as a query asks for them: `status:scan path:2026/*`. In: the tree and what the ledger says of a file.
//! Out: whether the file is meant. Nothing is known of such a file but its path and its reason, so every other condition is not
//! satisfied by it.

use crate::engine::wildcard::path_matches;
use crate::model::{FieldId, LeftOut};
use crate::query::ast::{Node, Test};

/// The query asks for files that are not in the index.
pub fn are_asked_for(node: &Node) -> bool {
    match node {
        Node::And(of) | Node::Or(of) | Node::AtLeast { of, .. } => of.iter().any(are_asked_for),
        Node::Not(inner) => are_asked_for(inner),
        Node::Filter(filter) => {
            matches!(filter.test, Test::State(state) if !["indexed", "ocr", "partial"].contains(&state))
        }
        Node::All | Node::Prefer { .. } | Node::Term(_) | Node::Group(..) => false,
    }
}

/// The file is one that the query asks for.
pub fn is_meant(node: &Node, file: &LeftOut) -> bool {
    match node {
        Node::All | Node::Prefer { .. } => true,
        Node::And(of) => of.iter().all(|node| is_meant(node, file)),
        Node::Or(of) => of.iter().any(|node| is_meant(node, file)),
        Node::AtLeast { count, of } => of.iter().filter(|node| is_meant(node, file)).count() >= *count as usize,
        Node::Not(inner) => !is_meant(inner, file),
        Node::Filter(filter) => match (filter.field, &filter.test) {
            (FieldId::Status, Test::State(state)) => *state == "skipped" || *state == file.reason,
            (FieldId::Path, Test::Pattern(pattern)) => path_matches(pattern, &file.path),
            _ => false,
        },
        Node::Term(_) | Node::Group(..) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn check(query: &str, expected: &[&str]) {
        let files = [("2026/a.pdf", "no-text-layer"), ("2026/b.pdf", "encrypted"), ("old/c.pdf", "no-text-layer")];
        let query = crate::query::parse(query, &Lexicon::builtin(), jiff::civil::date(2026, 1, 1)).unwrap();
        let file = |(path, reason): &(&str, &str)| LeftOut {
            path: path.to_string(),
            reason: reason.to_string(),
            meaning: String::new(),
        };
        let files: Vec<LeftOut> = files.iter().map(file).collect();
        let meant = files.iter().filter(|file| are_asked_for(&query.root) && is_meant(&query.root, file));
        assert_eq!(meant.map(|file| file.path.as_str()).collect::<Vec<_>>(), expected, "{}", query.interpreted_as);
    }

    #[test]
    fn left_out_files_by_reason_and_path() {
        check("status:skipped", &["2026/a.pdf", "2026/b.pdf", "old/c.pdf"]);
        check("status:scan", &["2026/a.pdf", "old/c.pdf"]);
        check("status:no-text-layer path:2026/*", &["2026/a.pdf"]);
        check("status:skipped -status:encrypted", &["2026/a.pdf", "old/c.pdf"]);
        check("status:(scan OR locked) path:b", &["2026/b.pdf"]);
        check("status:skipped java", &[]);
        check("status:indexed", &[]);
        check("java", &[]);
        check("-java", &[]);
    }
}
