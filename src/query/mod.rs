//! Text typed by a person → [`ast::Query`]. Knows no engine and no index.
//!
//! ```text
//! query     = [ or ]
//! or        = and { ( "OR" | "|" | "||" ) and }
//! and       = not { [ "AND" | "&" | "&&" | "," | newline ] not }
//! not       = { "NOT" | "-" | "!" | "+" } near
//! near      = suffixed { ( "NEAR" [ "/" n ] | "W/" n | "PRE/" n ) suffixed }
//! suffixed  = primary { "~" [ n ] | "/" n | "^" n | "?" | "[" conditions "]" }
//! primary   = word | "=" word | phrase | "(" or ")" | "[" word { word } "]"
//!           | field value | group "(" or ")" | "atleast:" n "(" choices ")"
//!           | ( "prefer:" | "%" | "^" ) primary
//! field     = name ( ":" | ":=" | [ ":" ] ( ">=" | ">" | "<=" | "<" ) )
//! value     = suffixed | range
//! range     = end ".." end | end "-" end | ( "[" | "{" ) end "TO" end ( "]" | "}" )
//! group     = "job" | "current" | "past" | "education" | "skill"
//! choices   = not { not } | or { "," or }
//! word      = letters, digits and signs; "*" any letters, "?" one letter, "\" takes the next sign literally
//! phrase    = quotes around words, of any kind
//! ```
//!
//! `AND`, `OR`, `NOT` are read in any case, in lower case with a notice; `NEAR` without a number only in capitals.
//!
//! In reading order: [`clean`] undoes typography, [`lexer`] makes tokens with [`names`], [`dangling`] settles operators with
//! nothing beside them, [`syntax`] builds the tree, [`meaning`] reads it with [`terms`], [`conditions`] and [`values`],
//! [`offers`] says how titles are also called, `print` writes the canonical form, [`filters()`] turns options into the same nodes,
//! [`translate`] reads the strings of other tools.

pub mod ast;
mod clean;
mod conditions;
mod dangling;
mod filters;
mod lexer;
mod meaning;
mod names;
mod offers;
mod print;
mod report;
mod syntax;
mod terms;
#[cfg(test)]
mod tests;
pub mod translate;
mod tree;
mod values;

pub use ast::Query;
pub use filters::{FilterOptions, filters, restrict};
pub use tree::tree;

use crate::error::{Error, Result};
use crate::lexicon::Lexicon;
use ast::Node;
use jiff::civil::Date;
use meaning::{Meaning, Scope};
use report::Report;

/// Longest query in bytes. Boolean strings of recruiters reach a few kilobytes; beyond this something was pasted by
/// mistake.
pub const MAX_BYTES: usize = 64 * 1024;

/// Reads a query. An empty one is [`Node::All`]. `today` is the day that `updated:<90d` and `used>=2y` count from.
///
/// # Errors
/// Input errors with the place in the text: unknown fields, values that cannot be, open quotes and parentheses, limits.
///
/// ```
/// let lexicon = vitae::lexicon::Lexicon::builtin();
/// let today = jiff::civil::date(2026, 1, 1);
/// let query = vitae::query::parse("title:lead (kafka or pulsar) -php", &lexicon, today)?;
/// assert_eq!(query.interpreted_as, "title:lead AND (kafka OR pulsar) AND NOT php");
/// assert!(query.notices[0].message.starts_with("read `or` as OR"));
/// # Ok::<(), vitae::Error>(())
/// ```
pub fn parse(text: &str, lexicon: &Lexicon, today: Date) -> Result<Query> {
    if text.len() > MAX_BYTES {
        let message = format!("the query has {} bytes, the limit is {MAX_BYTES}", text.len());
        return Err(Error::input(message).hint("shorten it, or split it into several searches"));
    }
    let mut report = Report::new(text);
    let root = match parse_tree(&mut report)? {
        None => Node::All,
        Some(tree) => {
            let node = Meaning { lexicon, today, report: &mut report }.node(&tree, Scope::default())?;
            if is_only_negative(&node) {
                report.notice(tree.start, tree.end, "nothing is asked for, only left out: finds everyone else");
            }
            node
        }
    };
    for offer in offers::offers(&root) {
        report.notice(0, text.len(), offer);
    }
    Ok(Query { notices: report.into_notices(), ..Query::of(root) })
}

/// The syntax tree of the report's text.
fn parse_tree(report: &mut Report<'_>) -> Result<Option<syntax::Tree>> {
    let tokens = lexer::tokens(report)?;
    let tokens = dangling::settle(tokens, report)?;
    syntax::tree(&tokens, report)
}

fn is_only_negative(node: &Node) -> bool {
    match node {
        Node::Not(_) => true,
        Node::And(nodes) => nodes.iter().all(is_only_negative),
        _ => false,
    }
}
