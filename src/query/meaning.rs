//! Syntax tree → query tree: what each piece means in its place (top level, `job(…)`, behind `title:`). In: [`Tree`]. Out:
//! [`Node`]. Words are read in `terms`, typed values in `conditions`. Knows no engine.

use super::ast::{Group, NearKind, Node, Term, TextMatch};
use super::lexer::{Compare, MAX_BOOST};
use super::report::Report;
use super::syntax::{Tree, TreeKind};
use super::{names, parse_tree};
use crate::error::{Error, Result};
use crate::lexicon::Lexicon;
use crate::model::{FieldId, FieldKind};
use jiff::civil::Date;

/// Most combinations that alternatives around a distance operator may give: `(a OR b) NEAR/5 (c OR d)` gives four.
const MAX_NEAR: usize = 64;

/// Greatest distance: longer than any résumé that is read.
const MAX_DISTANCE: u32 = 1_000_000;

/// Words between the words of `[senior engineer]`: Textkernel's bracket allows one or two.
const BRACKET_SLOP: u32 = 2;

/// Reads trees; collects notices in the report.
pub(super) struct Meaning<'l, 'r, 'q> {
    pub lexicon: &'l Lexicon,
    pub today: Date,
    pub report: &'r mut Report<'q>,
}

/// Where a piece stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scope {
    /// Behind this field.
    pub field: Option<FieldId>,
    /// With this comparison.
    pub compare: Option<Compare>,
    /// Inside this group.
    pub group: Option<Group>,
    /// Below OR, NOT, `atleast:` or a group, where "nice to have" means nothing.
    pub is_nested: bool,
}

impl Scope {
    fn nested(self) -> Scope {
        Scope { is_nested: true, ..self }
    }
}

impl Meaning<'_, '_, '_> {
    /// What the tree means.
    pub fn node(&mut self, tree: &Tree, scope: Scope) -> Result<Node> {
        match &tree.kind {
            TreeKind::And(items) => self.all(items, scope),
            TreeKind::Or { items, is_mixed } => self.any(tree, items, *is_mixed, scope),
            TreeKind::Not(inner) => Ok(Node::Not(Box::new(self.node(inner, scope.nested())?))),
            TreeKind::Word { text, wild, exact, fuzzy } => self.word(tree, text, (*wild, *exact, *fuzzy), scope),
            TreeKind::Quoted(text) => self.quoted(tree, text, scope),
            TreeKind::Slop(text, distance) => self.slop(tree, text, *distance, scope),
            TreeKind::Near { kind, distance, parts } => self.near(tree, (*kind, *distance), parts, scope),
            TreeKind::Bracket { open, text, close } => self.bracket(tree, text, (*open, *close), scope),
            TreeKind::Field { name, name_end, compare, value } => {
                self.field(tree, (name, *name_end), *compare, value, scope)
            }
            TreeKind::Qualified(value, text) => self.qualified(tree, value, text, scope),
            TreeKind::Group(group, inner) => self.group(tree, *group, inner, scope),
            TreeKind::AtLeast(count, items) => self.at_least(tree, *count, items, scope),
            TreeKind::Prefer(inner, weight) => self.prefer(tree, inner, *weight, scope),
            TreeKind::Boost(inner, weight) => {
                let mut node = self.node(inner, scope)?;
                boost(&mut node, *weight);
                Ok(node)
            }
            TreeKind::OrUnknown(inner) => self.or_unknown(tree, inner, scope),
        }
    }

    /// An error at the tree.
    pub fn error(&self, tree: &Tree, message: impl Into<String>) -> Error {
        self.report.error(tree.start, tree.end, message)
    }

    /// A notice at the tree.
    pub fn notice(&mut self, tree: &Tree, message: impl Into<String>) {
        self.report.notice(tree.start, tree.end, message);
    }

    fn all(&mut self, items: &[(Tree, bool)], scope: Scope) -> Result<Node> {
        let mut nodes = Vec::new();
        let mut at = 0;
        while at < items.len() {
            let (node, words) = match self.run(&items[at..], scope)? {
                Some(found) => found,
                None => (self.node(&items[at].0, scope)?, 1),
            };
            match node {
                Node::And(inner) => nodes.extend(inner),
                other => nodes.push(other),
            }
            at += words;
        }
        Ok(one_or(nodes, Node::And))
    }

    fn any(&mut self, tree: &Tree, items: &[Tree], is_mixed: bool, scope: Scope) -> Result<Node> {
        let mut nodes = Vec::new();
        for item in items {
            match self.node(item, scope.nested())? {
                Node::Or(inner) => nodes.extend(inner),
                other => nodes.push(other),
            }
        }
        let node = one_or(nodes, Node::Or);
        if is_mixed {
            self.notice(tree, format!("AND binds before OR; read as {node}"));
        }
        Ok(node)
    }

    fn at_least(&mut self, tree: &Tree, count: u32, items: &[Tree], scope: Scope) -> Result<Node> {
        if count == 0 || count as usize > items.len() {
            let message = match count {
                u32::MAX => format!("there are only {} choices", items.len()),
                _ => format!("{count} of {} choices cannot be asked for", items.len()),
            };
            return Err(self.error(tree, message).hint(format!("ask for 1 to {}", items.len().max(1))));
        }
        let of: Result<Vec<Node>> = items.iter().map(|item| self.node(item, scope.nested())).collect();
        Ok(Node::AtLeast { count, of: of? })
    }

    fn prefer(&mut self, tree: &Tree, inner: &Tree, weight: f32, scope: Scope) -> Result<Node> {
        if scope.is_nested || scope.field.is_some() || scope.group.is_some() {
            let error = self.error(tree, "a preference never changes who is found, so it cannot stand here");
            return Err(error.hint("write it beside the other conditions: `java prefer:kafka`"));
        }
        Ok(Node::Prefer { node: Box::new(self.node(inner, scope.nested())?), weight })
    }

    fn group(&mut self, tree: &Tree, group: Group, inner: &Tree, scope: Scope) -> Result<Node> {
        if scope.group.is_some() || scope.field.is_some() {
            let error = self.error(tree, "a group of conditions on one entry cannot stand inside another");
            return Err(error.hint("join the groups by AND: `job(…) AND skill(…)`"));
        }
        let scope = Scope { group: Some(group), ..scope.nested() };
        Ok(Node::Group(group, Box::new(self.node(inner, scope)?)))
    }

    /// `java[years>=3,last<=2y]`, `bachelor[in_progress]`.
    fn qualified(&mut self, tree: &Tree, value: &Tree, text: &str, scope: Scope) -> Result<Node> {
        match (scope.field, scope.group) {
            (Some(FieldId::Degree), _) => self.degree_state(tree, value, text),
            (Some(FieldId::Skill), None) => {
                let inner = Scope { group: Some(Group::Skill), ..scope.nested() };
                let skill = self.node(value, inner)?;
                let mut report = Report::new(text);
                let conditions = parse_tree(&mut report).and_then(|parsed| {
                    let Some(parsed) = parsed else { return Err(Error::input("nothing between the brackets")) };
                    let mut meaning = Meaning { lexicon: self.lexicon, today: self.today, report: &mut report };
                    meaning.node(&parsed, Scope { field: None, ..inner })
                });
                let conditions = conditions.map_err(|error| self.repoint(tree, error))?;
                let mut nodes = vec![skill];
                match conditions {
                    Node::And(inner) => nodes.extend(inner),
                    other => nodes.push(other),
                }
                Ok(Node::Group(Group::Skill, Box::new(Node::And(nodes))))
            }
            _ => Err(self
                .error(tree, "only `skill:` and `degree:` take conditions in brackets")
                .hint("write `skill:java[years>=3]`")),
        }
    }

    /// The error of a piece that was parsed apart, at its place in the whole.
    fn repoint(&self, tree: &Tree, error: Error) -> Error {
        let moved = self.error(tree, error.message);
        Error { hint: error.hint, ..moved }
    }

    fn or_unknown(&mut self, tree: &Tree, inner: &Tree, scope: Scope) -> Result<Node> {
        let mut node = self.node(inner, scope)?;
        if include_unknown(&mut node) {
            return Ok(node);
        }
        let error = self.error(tree, "`?` includes candidates whose value is unknown; words have no unknown");
        Err(error.hint("it stands behind a condition: `years>=5?`, `graduated:2020..2024?`"))
    }

    fn slop(&mut self, tree: &Tree, text: &str, distance: u32, scope: Scope) -> Result<Node> {
        let parts: Vec<String> = text.split_whitespace().map(str::to_string).collect();
        if parts.len() < 2 {
            return Err(self
                .error(tree, "a distance needs two words")
                .hint("`word~` without quotes finds similar spellings"));
        }
        self.check_distance(tree, distance)?;
        self.term(tree, TextMatch::Near { parts, distance, kind: NearKind::Slop }, scope)
    }

    fn check_distance(&self, tree: &Tree, distance: u32) -> Result<()> {
        if distance <= MAX_DISTANCE {
            return Ok(());
        }
        let error = self.error(tree, format!("words cannot be more than {MAX_DISTANCE} apart"));
        Err(error.hint("no résumé is so long; joined by AND, words may stand anywhere in it"))
    }

    /// `[senior engineer]`, or a range behind a field of dates or numbers.
    fn bracket(&mut self, tree: &Tree, text: &str, brackets: (char, char), scope: Scope) -> Result<Node> {
        if let Some(field) = scope.field
            && matches!(field.row().kind, FieldKind::Date | FieldKind::Number)
        {
            return self.condition(tree, text, Some(brackets), scope);
        }
        if brackets != ('[', ']') {
            return Err(self.error(tree, "braces stand for ranges only").hint("write `graduated:{2020 TO 2024}`"));
        }
        let node = self.slop(tree, text, BRACKET_SLOP, scope)?;
        self.notice(tree, format!("read the brackets as words near each other: {node}"));
        Ok(node)
    }

    /// Operands near each other; alternatives in parentheses are multiplied out.
    fn near(&mut self, tree: &Tree, (kind, distance): (NearKind, u32), parts: &[Tree], scope: Scope) -> Result<Node> {
        if distance == 0 {
            return Err(self.error(tree, "distance 0 would be the same word").hint("neighbours have distance 1"));
        }
        self.check_distance(tree, distance)?;
        let mut chains: Vec<Vec<String>> = vec![Vec::new()];
        for part in parts {
            let choices = self.near_choices(part)?;
            let longer = chains.iter().flat_map(|chain| {
                choices.iter().map(|choice| [chain.as_slice(), std::slice::from_ref(choice)].concat())
            });
            chains = longer.collect();
            if chains.len() > MAX_NEAR {
                return Err(self
                    .error(tree, format!("more than {MAX_NEAR} combinations of near words"))
                    .hint("use fewer alternatives"));
            }
        }
        let mut nodes = Vec::new();
        for parts in chains {
            nodes.push(self.term(tree, TextMatch::Near { parts, distance, kind }, scope)?);
        }
        Ok(one_or(nodes, Node::Or))
    }

    fn near_choices(&self, part: &Tree) -> Result<Vec<String>> {
        match &part.kind {
            TreeKind::Word { text, wild: false, fuzzy: None, .. } | TreeKind::Quoted(text) => Ok(vec![text.clone()]),
            TreeKind::Or { items, .. } => {
                let choices: Result<Vec<Vec<String>>> = items.iter().map(|item| self.near_choices(item)).collect();
                Ok(choices?.concat())
            }
            _ => {
                let error = self.error(part, "only words, phrases and their alternatives can be near each other");
                Err(error.hint("for example `senior NEAR/3 engineer`, `(lead OR head) NEAR/3 \"data science\"`"))
            }
        }
    }

    /// A term without aliases in the field of the scope.
    pub fn term(&mut self, tree: &Tree, text: TextMatch, scope: Scope) -> Result<Node> {
        let field = self.word_field(tree, scope)?;
        Ok(Node::Term(Term { field, text, skills: Vec::new(), boost: 1.0 }))
    }

    /// The field that words of the scope search.
    pub fn word_field(&self, tree: &Tree, scope: Scope) -> Result<Option<FieldId>> {
        let field = scope.field.or((scope.group == Some(Group::Skill)).then_some(FieldId::Skill));
        match field.map(|field| field.row()) {
            Some(row) if !matches!(row.kind, FieldKind::Words | FieldKind::Degree) => {
                let error = self.error(tree, format!("`{}` does not take this", row.name));
                Err(error.hint(format!("for example `{}`", row.example)))
            }
            _ => Ok(field),
        }
    }

    /// A field with its value, and the group it stands for (`company.current:`).
    fn field(
        &mut self,
        tree: &Tree,
        (name, name_end): (&str, usize),
        compare: Compare,
        value: &Tree,
        scope: Scope,
    ) -> Result<Node> {
        let at_name = Tree { kind: TreeKind::Quoted(String::new()), start: tree.start, end: name_end };
        let Some((field, group)) = names::resolve(name) else {
            let error = self.error(&at_name, format!("unknown field `{name}`"));
            return Err(match (names::instead_of(name), names::nearest(name)) {
                (Some(hint), _) => error.hint(hint),
                (None, Some(near)) => {
                    error.hint(format!("did you mean `{near}:`? To search for the words, put them in quotes"))
                }
                (None, None) => {
                    error.hint("`vitae search --help` lists the fields; to search for the words, put them in quotes")
                }
            });
        };
        if let Some(outer) = scope.field {
            let message = format!("`{name}` inside `{}:(…)`", outer.row().name);
            return Err(self.error(&at_name, message).hint("write the two fields side by side, joined by AND"));
        }
        if let Some(group) = group {
            let whole = Tree { kind: TreeKind::Quoted(String::new()), start: tree.start, end: tree.end };
            if scope.group.is_some() {
                return Err(self.error(&whole, "a group of conditions on one entry cannot stand inside another"));
            }
            let inner = Scope { field: Some(field), compare: Some(compare), group: Some(group), is_nested: true };
            return Ok(Node::Group(group, Box::new(self.node(value, inner)?)));
        }
        self.check_place(&at_name, field, scope.group)?;
        self.check_comparison(&at_name, field, compare)?;
        let inner = Scope { field: Some(field), compare: Some(compare), ..scope };
        self.node(value, inner)
    }
}

/// The only node, or all of them under `join`.
pub(super) fn one_or(mut nodes: Vec<Node>, join: impl FnOnce(Vec<Node>) -> Node) -> Node {
    if nodes.len() == 1 { nodes.remove(0) } else { join(nodes) }
}

/// Multiplies the weight of every term below.
fn boost(node: &mut Node, weight: f32) {
    match node {
        Node::Term(term) => term.boost = (term.boost * weight).min(MAX_BOOST),
        Node::And(nodes) | Node::Or(nodes) | Node::AtLeast { of: nodes, .. } => {
            nodes.iter_mut().for_each(|node| boost(node, weight))
        }
        Node::Group(_, node) => boost(node, weight),
        Node::Prefer { weight: own, .. } => *own = (*own * weight).min(MAX_BOOST),
        Node::All | Node::Not(_) | Node::Filter(_) => {}
    }
}

/// Includes unknown values in every filter below; false if there is none.
fn include_unknown(node: &mut Node) -> bool {
    match node {
        Node::Filter(filter) => {
            filter.or_unknown = true;
            true
        }
        Node::And(nodes) | Node::Or(nodes) => nodes.iter_mut().fold(false, |any, node| include_unknown(node) | any),
        _ => false,
    }
}
