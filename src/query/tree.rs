//! A query tree drawn for a person. In: a [`Node`]. Out: indented lines. The canonical form on one line is `Display`.
//!
//! ```text
//! and
//! ├ title: lead
//! └ or
//!   ├ kubernetes
//!   └ docker
//! ```

use super::ast::{Group, Node};
use std::fmt::Write;

/// The tree, one node a line, without a line end after the last.
pub fn tree(root: &Node) -> String {
    let mut out = String::new();
    draw(root, "", "", &mut out);
    out.truncate(out.trim_end().len());
    out
}

/// Writes `node` after `first`, its children after `rest` and their own branch sign.
fn draw(node: &Node, first: &str, rest: &str, out: &mut String) {
    let (name, children): (String, Vec<&Node>) = match node {
        Node::And(nodes) => ("and".to_string(), nodes.iter().collect()),
        Node::Or(nodes) => ("or".to_string(), nodes.iter().collect()),
        Node::Not(node) => ("not".to_string(), vec![node]),
        Node::AtLeast { count, of } => (format!("at least {count} of"), of.iter().collect()),
        Node::Prefer { node, weight } if *weight == 1.0 => ("prefer".to_string(), vec![node]),
        Node::Prefer { node, weight } => (format!("prefer, weight {weight}"), vec![node]),
        Node::Group(group, node) => (format!("within one {}", group_name(*group)), vec![node]),
        Node::All | Node::Term(_) | Node::Filter(_) => (node.to_string(), vec![]),
    };
    let _ = writeln!(out, "{first}{name}");
    for (at, child) in children.iter().enumerate() {
        let last = at + 1 == children.len();
        let (branch, below) = if last { ("└ ", "  ") } else { ("├ ", "│ ") };
        draw(child, &format!("{rest}{branch}"), &format!("{rest}{below}"), out);
    }
}

fn group_name(group: Group) -> &'static str {
    match group {
        Group::Job => "job",
        Group::Current => "present job",
        Group::Past => "past job",
        Group::Education => "degree",
        Group::Skill => "skill",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn branches_show_what_belongs_to_what() {
        let today = jiff::civil::date(2026, 1, 1);
        let query = crate::query::parse("title:lead (job(employer:acme) OR NOT =php)", &Lexicon::builtin(), today);
        let root = query.expect("parses").root;
        let expected = "and\n├ title:lead\n└ or\n  ├ within one job\n  │ └ employer:acme\n  └ not\n    └ =php";
        assert_eq!(tree(&root), expected);
    }
}
