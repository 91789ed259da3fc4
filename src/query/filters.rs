//! Options of the command line → the same nodes that queries give: `--degree master` is `degree:master`. In: option values
//! as typed. Out: one node per option. Several values of one option are alternatives.

use super::ast::{Node, Query};
use super::{meaning, parse, print};
use crate::error::{Error, Result};
use crate::lexicon::Lexicon;
use crate::model::{FieldId, FieldKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Filters as typed, by field. A value may begin with a comparison (`>=bachelor`), hold a range (`2020..2024`) or end in `?`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FilterOptions {
    /// Level, or the degree as written.
    pub degree: Vec<String>,
    /// Dates of degrees.
    pub graduated: Vec<String>,
    /// Years of experience; a bare number means at least so many.
    pub years: Vec<String>,
    /// Grades.
    pub gpa: Vec<String>,
    /// Places.
    pub location: Vec<String>,
    /// Skills.
    pub skill: Vec<String>,
    /// Schools.
    pub school: Vec<String>,
    /// Employers.
    pub employer: Vec<String>,
    /// Job titles.
    pub title: Vec<String>,
    /// Last change of the file.
    pub updated: Vec<String>,
}

impl FilterOptions {
    /// The options that are set, by name.
    pub fn named(&self) -> Vec<(&'static str, &[String])> {
        self.rows()
            .into_iter()
            .filter(|(_, values)| !values.is_empty())
            .map(|(field, values)| (field.row().name, values))
            .collect()
    }

    fn rows(&self) -> [(FieldId, &[String]); 10] {
        [
            (FieldId::Degree, &self.degree),
            (FieldId::Graduated, &self.graduated),
            (FieldId::Years, &self.years),
            (FieldId::Gpa, &self.gpa),
            (FieldId::Location, &self.location),
            (FieldId::Skill, &self.skill),
            (FieldId::School, &self.school),
            (FieldId::Employer, &self.employer),
            (FieldId::Title, &self.title),
            (FieldId::Updated, &self.updated),
        ]
    }
}

/// The nodes of the options that are set, in the order of the fields of [`FilterOptions`].
///
/// # Errors
/// Input: an empty value. As [`parse`]; the error shows the option as a query (`graduated:2020-13`).
pub fn filters(options: &FilterOptions, lexicon: &Lexicon, today: Date) -> Result<Vec<Node>> {
    let mut nodes = Vec::new();
    for (field, values) in options.rows() {
        let mut choices = Vec::new();
        for value in values.iter().map(|value| value.trim()) {
            if value.is_empty() {
                let name = field.row().name;
                let error = Error::input(format!("nothing stands behind --{name}"));
                return Err(error.hint("write a value, or leave the option out to take everyone"));
            }
            choices.push(parse(&as_query(field, value), lexicon, today)?.root);
        }
        if !choices.is_empty() {
            nodes.push(meaning::one_or(choices, Node::Or));
        }
    }
    Ok(nodes)
}

/// The query, restricted to candidates that satisfy all `filters` too. They do not change scores.
pub fn restrict(query: Query, filters: Vec<Node>) -> Query {
    if filters.is_empty() {
        return query;
    }
    let shown = filters.iter().map(print::operand);
    let shown: Vec<String> = shown_before(&query).into_iter().chain(shown).collect();
    let mut nodes = match query.root {
        Node::All => Vec::new(),
        Node::And(nodes) => nodes,
        node => vec![node],
    };
    nodes.extend(filters.into_iter().map(unscored));
    let root = meaning::one_or(nodes, Node::And);
    Query { shown: shown.join(" AND "), notices: query.notices, ..Query::of(root) }
}

/// The query in front of an AND; nothing for everyone.
fn shown_before(query: &Query) -> Option<String> {
    match query.root {
        Node::All => None,
        Node::Or(_) => Some(format!("({})", query.shown)),
        _ => Some(query.shown.clone()),
    }
}

/// The same condition without points: its words have weight 0.
fn unscored(node: Node) -> Node {
    let all = |nodes: Vec<Node>| nodes.into_iter().map(unscored).collect();
    match node {
        Node::Term(term) => Node::Term(super::ast::Term { boost: 0.0, ..term }),
        Node::And(nodes) => Node::And(all(nodes)),
        Node::Or(nodes) => Node::Or(all(nodes)),
        Node::Not(node) => Node::Not(Box::new(unscored(*node))),
        Node::AtLeast { count, of } => Node::AtLeast { count, of: all(of) },
        Node::Group(group, node) => Node::Group(group, Box::new(unscored(*node))),
        Node::All | Node::Filter(_) | Node::Prefer { .. } => node,
    }
}

/// `years`, `5` → `years>=5`; `location`, `new york` → `location:"new york"`.
fn as_query(field: FieldId, value: &str) -> String {
    let row = field.row();
    let name = row.name;
    let is_marked = value.starts_with(['<', '>', '=', '≥', '≤', '"', '(', '[', '{']);
    let is_number = value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match row.kind {
        FieldKind::Words | FieldKind::Degree if !is_marked && value.contains(char::is_whitespace) => {
            format!("{name}:\"{}\"", value.replace('"', "\\\""))
        }
        FieldKind::Number if is_number => format!("{name}>={value}"),
        _ if value.starts_with(['<', '>', '≥', '≤']) => format!("{name}{value}"),
        _ => format!("{name}:{value}"),
    }
}
