//! Tree → canonical text. In: a [`Node`]. Out: text that parses back to an equal node: every AND written, every nested
//! AND/OR in parentheses, signs inside words escaped by `\`.

use super::ast::{Filter, NearKind, Node, Term, Test, TextMatch};
use super::names;
use crate::model::FieldId;
use std::fmt::{self, Display, Formatter, Write};

impl Display for Node {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Node::All => out.write_char('*'),
            Node::And(nodes) => joined(nodes, " AND ", out),
            Node::Or(nodes) => joined(nodes, " OR ", out),
            Node::Not(node) => write!(out, "NOT {}", Operand(node)),
            Node::AtLeast { count, of } => {
                write!(out, "atleast:{count}(")?;
                joined(of, ", ", out)?;
                out.write_char(')')
            }
            Node::Prefer { node, weight } => {
                write!(out, "prefer:({node})")?;
                weight_suffix(*weight, out)
            }
            Node::Term(term) => term.fmt(out),
            Node::Filter(filter) => filter.fmt(out),
            Node::Group(group, node) => write!(out, "{}({node})", names::group_name(*group)),
        }
    }
}

fn joined(nodes: &[Node], separator: &str, out: &mut Formatter<'_>) -> fmt::Result {
    for (index, node) in nodes.iter().enumerate() {
        if index > 0 {
            out.write_str(separator)?;
        }
        Operand(node).fmt(out)?;
    }
    Ok(())
}

/// The node as it stands beside an operator.
pub(super) fn operand(node: &Node) -> String {
    Operand(node).to_string()
}

/// A node beside an operator: AND and OR in parentheses.
struct Operand<'a>(&'a Node);

impl Display for Operand<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Node::And(_) | Node::Or(_) => write!(out, "({})", self.0),
            other => other.fmt(out),
        }
    }
}

fn weight_suffix(weight: f32, out: &mut Formatter<'_>) -> fmt::Result {
    if weight == 1.0 { Ok(()) } else { write!(out, "^{weight}") }
}

impl Display for Term {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        if let Some(field) = self.field {
            write!(out, "{}:", field.row().name)?;
        }
        let is_bare_near = matches!(&self.text, TextMatch::Near { kind, .. } if *kind != NearKind::Slop);
        if is_bare_near && (self.field.is_some() || self.boost != 1.0) {
            write!(out, "({})", self.text)?;
        } else {
            self.text.fmt(out)?;
        }
        weight_suffix(self.boost, out)
    }
}

impl Display for TextMatch {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            TextMatch::Word(word) => out.write_str(&escaped(word)),
            TextMatch::Exact(word) => write!(out, "={}", escaped(word)),
            TextMatch::Phrase(words) => write!(out, "{}", Quoted(words)),
            TextMatch::Near { parts, distance, kind: NearKind::Slop } => {
                write!(out, "{}~{distance}", Quoted(&parts.join(" ")))
            }
            TextMatch::Near { parts, distance, kind } => {
                let name = if *kind == NearKind::Near { "NEAR" } else { "PRE" };
                for (index, part) in parts.iter().enumerate() {
                    if index > 0 {
                        write!(out, " {name}/{distance} ")?;
                    }
                    if part.contains(' ') { write!(out, "{}", Quoted(part))? } else { out.write_str(&escaped(part))? }
                }
                Ok(())
            }
            TextMatch::Prefix(prefix) => write!(out, "{}*", escaped(prefix)),
            TextMatch::Wildcard(pattern) => out.write_str(&escaped_but(pattern, &['*', '?'])),
            TextMatch::Fuzzy { word, distance: 1 } => write!(out, "{}~", escaped(word)),
            TextMatch::Fuzzy { word, distance } => write!(out, "{}~{distance}", escaped(word)),
        }
    }
}

/// In quotes, with `"` and `\` escaped.
struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "\"{}\"", self.0.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

/// The word so that the lexer reads it as one plain word.
pub(super) fn escaped(word: &str) -> String {
    escaped_but(word, &[])
}

/// The same, but these signs keep their meaning (`*` and `?` of a pattern).
fn escaped_but(word: &str, plain: &[char]) -> String {
    let out = with_escapes(word, plain, names::prefixed(word).is_some());
    // An escape can make a field of what was none: `ab:~c` is a word, `ab:\~c` would have a value.
    if names::prefixed(&out).is_some() { with_escapes(word, plain, true) } else { out }
}

fn with_escapes(word: &str, plain: &[char], is_prefixed: bool) -> String {
    let is_operator = matches!(word.to_ascii_uppercase().as_str(), "AND" | "OR" | "NOT") || names::near(word).is_some();
    let mut out = String::with_capacity(word.len());
    for (at, letter) in word.char_indices() {
        let is_sign =
            matches!(letter, '-' | '+' | '!' | '%' | '\'' | '&' | '=' | '<' | '>' | '≤' | '≥' | '–' | '—' | '−');
        let is_special =
            matches!(letter, '\\' | '(' | ')' | '"' | '[' | ']' | '{' | '}' | '|' | ';' | ',' | '*' | '?' | '~' | '^')
                && !plain.contains(&letter);
        let is_lone = word.len() == letter.len_utf8() && letter.is_ascii_punctuation();
        let names_field = is_prefixed && matches!(letter, ':' | '<' | '>' | '=' | '≤' | '≥');
        if is_special || names_field || is_lone || (at == 0 && (is_sign || is_operator)) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

impl Display for Filter {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let name = self.field.row().name;
        match &self.test {
            Test::Level(level) => write!(out, "{name}:{}", level.name()),
            Test::LevelRange { level, above, strict } => {
                let sign = if *above { '>' } else { '<' };
                write!(out, "{name}{sign}{}{}", if *strict { "" } else { "=" }, level.name())
            }
            Test::InProgress(level) => write!(out, "{name}:{}[in_progress]", level.map_or("any", |level| level.name())),
            Test::Days { from, to } => {
                write!(out, "{name}")?;
                days(*from, *to, out)
            }
            Test::Number { from, to, from_open, to_open } => {
                write!(out, "{name}")?;
                numbers((*from, *from_open), (*to, *to_open), self.field, out)
            }
            Test::Present(field) => write!(out, "{name}:{}", field.row().name),
            Test::State(what) => write!(out, "{name}:{what}"),
            Test::PresentNamed(what) => write!(out, "{name}:{what}"),
            Test::Pattern(pattern) if is_bare_pattern(pattern) => write!(out, "{name}:{pattern}"),
            Test::Pattern(pattern) => write!(out, "{name}:{}", Quoted(pattern)),
        }?;
        if self.or_unknown { out.write_char('?') } else { Ok(()) }
    }
}

fn is_bare_pattern(pattern: &str) -> bool {
    let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '*' | '?' | '.' | '-' | '_');
    pattern.starts_with(|first: char| first.is_alphanumeric() || first == '*') && pattern.chars().all(is_plain)
}

/// `:2020..2024`, `>=2022-05`; the coarsest unit that says it exactly.
fn days(from: i64, to: i64, out: &mut Formatter<'_>) -> fmt::Result {
    let whole_years = (from == i64::MIN || from % 10_000 == 101) && (to == i64::MAX || to % 10_000 == 1231);
    let whole_months = (from == i64::MIN || from % 100 == 1) && (to == i64::MAX || to % 100 == last_day(to / 100));
    let write = |day: i64| match day {
        day if whole_years => format!("{:04}", day / 10_000),
        day if whole_months => format!("{:04}-{:02}", day / 10_000, day / 100 % 100),
        day => format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100),
    };
    match (from, to) {
        (i64::MIN, i64::MAX) => out.write_str(":*..*"),
        (from, i64::MAX) => write!(out, ">={}", write(from)),
        (i64::MIN, to) => write!(out, "<={}", write(to)),
        (from, to) if write(from) == write(to) => write!(out, ":{}", write(from)),
        (from, to) => write!(out, ":{}..{}", write(from), write(to)),
    }
}

/// Last day of the month `YYYYMM`.
fn last_day(month: i64) -> i64 {
    let date = jiff::civil::Date::new((month / 100) as i16, (month % 100) as i8, 1);
    date.map_or(31, |date| i64::from(date.days_in_month()))
}

fn numbers(from: (f64, bool), to: (f64, bool), field: FieldId, out: &mut Formatter<'_>) -> fmt::Result {
    let from_is_open = from.0 == f64::NEG_INFINITY;
    let to_is_open = to.0 == f64::INFINITY;
    match (from_is_open, to_is_open) {
        (true, true) => out.write_str(":*..*"),
        (false, true) => write!(out, ">{}{}", if from.1 { "" } else { "=" }, from.0),
        (true, false) => write!(out, "<{}{}", if to.1 { "" } else { "=" }, to.0),
        // `years:5` means the sixth year; the exact number needs brackets.
        (false, false) if from == to && !from.1 && field != FieldId::Years => write!(out, ":{}", from.0),
        (false, false) if !from.1 && !to.1 && from.0 != to.0 => write!(out, ":{}..{}", from.0, to.0),
        (false, false) => {
            let (open, close) = (if from.1 { '{' } else { '[' }, if to.1 { '}' } else { ']' });
            write!(out, ":{open}{} TO {}{close}", from.0, to.0)
        }
    }
}
