//! Tokens → syntax tree: recursive descent, one function per production of the grammar in `mod.rs`. Knows precedence and
//! parentheses, no fields, values or skills. Errors: parentheses that do not match, operators side by side, limits.

use super::ast::{Group, NearKind};
use super::lexer::{Compare, Kind, Token};
use super::report::Report;
use crate::error::{Error, Result};

/// Deepest nesting of parentheses, fields and NOT. Far beyond what a person types; keeps every recursion on the stack.
pub(super) const MAX_DEPTH: usize = 64;

/// Most words, phrases and conditions in one query.
pub(super) const MAX_CLAUSES: usize = 8192;

/// A piece of syntax and its range in the plain text.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    pub kind: TreeKind,
    pub start: usize,
    pub end: usize,
}

/// What a piece of syntax is.
#[derive(Debug, Clone)]
pub(super) enum TreeKind {
    /// Each item with: only blanks stand between it and the one before.
    And(Vec<(Tree, bool)>),
    /// `is_mixed`: an alternative is an AND without parentheses.
    Or {
        items: Vec<Tree>,
        is_mixed: bool,
    },
    Not(Box<Tree>),
    Word {
        text: String,
        wild: bool,
        exact: bool,
        fuzzy: Option<u32>,
    },
    Quoted(String),
    Slop(String, u32),
    Near {
        kind: NearKind,
        distance: u32,
        parts: Vec<Tree>,
    },
    Bracket {
        open: char,
        text: String,
        close: char,
    },
    Field {
        name: String,
        name_end: usize,
        compare: Compare,
        value: Box<Tree>,
    },
    /// `java[years>=3]`: the value and the text in brackets.
    Qualified(Box<Tree>, String),
    Group(Group, Box<Tree>),
    AtLeast(u32, Vec<Tree>),
    Prefer(Box<Tree>, f32),
    Boost(Box<Tree>, f32),
    OrUnknown(Box<Tree>),
}

/// The tree of all tokens; none if there are none.
pub(super) fn tree(tokens: &[Token], report: &mut Report<'_>) -> Result<Option<Tree>> {
    if tokens.iter().all(|token| token.kind == Kind::Comma) {
        return Ok(None);
    }
    let mut parser = Parser { tokens, at: 0, depth: 0, clauses: 0, report };
    let tree = parser.or()?;
    match parser.peek() {
        None => Ok(Some(tree)),
        Some(token) => {
            let error = parser.report.error(token.start, token.end, "closing parenthesis without its opening one");
            Err(error.hint("take it out, or put a `(` before the words it belongs to"))
        }
    }
}

struct Parser<'t, 'r, 'q> {
    tokens: &'t [Token],
    at: usize,
    depth: usize,
    clauses: usize,
    report: &'r mut Report<'q>,
}

impl<'t> Parser<'t, '_, '_> {
    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    fn next_is(&self, test: impl Fn(&Kind) -> bool) -> bool {
        self.peek().is_some_and(|token| test(&token.kind))
    }

    /// Whether the next token begins an operand.
    fn begins_operand(&self) -> bool {
        !self.next_is(|kind| matches!(kind, Kind::Close | Kind::Or | Kind::And | Kind::Comma | Kind::Near(..)))
            && self.peek().is_some()
    }

    /// or = and { "OR" and }
    fn or(&mut self) -> Result<Tree> {
        let first = self.and()?;
        let (start, mut end) = (first.start, first.end);
        let mut items = vec![first];
        while self.next_is(|kind| *kind == Kind::Or) {
            self.at += 1;
            let item = self.and()?;
            end = item.end;
            items.push(item);
        }
        if items.len() == 1 {
            return Ok(items.remove(0));
        }
        let is_mixed = items.iter().any(is_bare_and);
        Ok(Tree { kind: TreeKind::Or { items, is_mixed }, start, end })
    }

    /// and = not { [ "AND" | "," ] not }
    fn and(&mut self) -> Result<Tree> {
        self.skip_commas();
        let first = self.not()?;
        let start = first.start;
        let mut items = vec![(first, false)];
        loop {
            let before = self.at;
            let comma = self.skip_commas();
            if self.next_is(|kind| *kind == Kind::And) {
                self.at += 1;
            }
            if !self.begins_operand() {
                break;
            }
            if let (Some((from, to)), true) = (comma, self.at == before + 1) {
                self.report.notice(from, to, "read the comma as AND; write OR to find either");
            }
            let is_blank = self.at == before;
            let item = self.not()?;
            items.push((item, is_blank));
        }
        if items.len() == 1 {
            return Ok(items.remove(0).0);
        }
        let end = items.last().map_or(start, |(item, _)| item.end);
        Ok(Tree { kind: TreeKind::And(items), start, end })
    }

    fn skip_commas(&mut self) -> Option<(usize, usize)> {
        let mut range = None;
        while let Some(token) = self.peek().filter(|token| token.kind == Kind::Comma) {
            range = Some((token.start, token.end));
            self.at += 1;
        }
        range
    }

    /// not = { "NOT" | "-" | "!" | "+" } near
    fn not(&mut self) -> Result<Tree> {
        let Some(token) = self.peek() else { return Err(self.expected("a word")) };
        match token.kind {
            Kind::Not => {
                self.at += 1;
                let inner = self.deeper(token, Self::not)?;
                let end = inner.end;
                Ok(Tree { kind: TreeKind::Not(Box::new(inner)), start: token.start, end })
            }
            Kind::Plus => {
                self.at += 1;
                let message = "words are all required here, so `+` changes nothing; `prefer:(…)` makes a word optional";
                self.report.notice(token.start, token.end, message);
                self.deeper(token, Self::not)
            }
            _ => self.near(),
        }
    }

    /// near = suffixed { "NEAR/n" suffixed }
    fn near(&mut self) -> Result<Tree> {
        let first = self.suffixed()?;
        let Some(Kind::Near(kind, distance)) = self.peek().map(|token| &token.kind) else { return Ok(first) };
        let (start, mut parts) = (first.start, vec![first]);
        while let Some(token) = self.peek() {
            let Kind::Near(next_kind, next_distance) = &token.kind else { break };
            if (next_kind, next_distance) != (kind, distance) {
                let error = self.report.error(token.start, token.end, "two different distances in one chain");
                return Err(error.hint("put each pair into its own parentheses, joined by AND"));
            }
            self.at += 1;
            parts.push(self.suffixed()?);
        }
        let end = parts.last().map_or(start, |part| part.end);
        Ok(Tree { kind: TreeKind::Near { kind: *kind, distance: *distance, parts }, start, end })
    }

    /// suffixed = primary { "~" \[n\] | "/" n | "^" n | "?" | "[…]" }
    fn suffixed(&mut self) -> Result<Tree> {
        let mut tree = self.primary()?;
        while let Some(token) = self.peek().filter(|token| token.glued && token.start == tree.end) {
            let (start, end) = (tree.start, token.end);
            let kind = match (&token.kind, tree.kind.clone()) {
                (Kind::Tilde(number), TreeKind::Quoted(text)) => TreeKind::Slop(text, number.unwrap_or(1)),
                (Kind::Tilde(number), TreeKind::Word { text, wild: false, exact: false, .. }) => {
                    TreeKind::Word { text, wild: false, exact: false, fuzzy: Some(number.unwrap_or(1)) }
                }
                (Kind::Quorum(count), TreeKind::Quoted(text)) => {
                    TreeKind::AtLeast(*count, words_of(&text, tree.start, tree.end))
                }
                (Kind::Boost(weight), TreeKind::Prefer(inner, _)) => TreeKind::Prefer(inner, *weight),
                (Kind::Boost(weight), _) => TreeKind::Boost(Box::new(tree), *weight),
                (Kind::Question, _) => TreeKind::OrUnknown(Box::new(tree)),
                (Kind::Bracket { open: '[', text, .. }, _) => TreeKind::Qualified(Box::new(tree), text.clone()),
                (Kind::Tilde(_) | Kind::Quorum(_), _) => {
                    let error = self.report.error(token.start, token.end, "nothing here takes this ending");
                    return Err(error.hint(
                        "`word~` finds similar spellings, `\"a b\"~5` nearby words, `\"a b c\"/2` two of three",
                    ));
                }
                _ => break,
            };
            self.at += 1;
            tree = Tree { kind, start, end };
        }
        Ok(tree)
    }

    /// primary = word | "=" word | phrase | "(" or ")" | "[" words "]" | field value | group | atleast | prefer | "%" x
    fn primary(&mut self) -> Result<Tree> {
        let Some(token) = self.peek() else { return Err(self.expected("a word")) };
        self.clauses += 1;
        if self.clauses > MAX_CLAUSES {
            return Err(Error::input(format!("more than {MAX_CLAUSES} words in one query")).hint("split the query"));
        }
        self.at += 1;
        let mut end = token.end;
        let kind = match &token.kind {
            Kind::Word { text, wild } => TreeKind::Word { text: text.clone(), wild: *wild, exact: false, fuzzy: None },
            Kind::Quoted(text) => TreeKind::Quoted(text.clone()),
            Kind::Bracket { open, text, close } => TreeKind::Bracket { open: *open, text: text.clone(), close: *close },
            Kind::Exact => {
                let inner = self.deeper(token, Self::primary)?;
                end = inner.end;
                match inner.kind {
                    TreeKind::Word { text, .. } => TreeKind::Word { text, wild: false, exact: true, fuzzy: None },
                    TreeKind::Quoted(text) => TreeKind::Quoted(text),
                    _ => return Err(self.report.error(token.start, end, "`=` stands before one word")),
                }
            }
            Kind::Open => {
                self.at -= 1;
                return self.parentheses();
            }
            Kind::Field { name, compare } => {
                let value = self.value(token, name)?;
                end = value.end;
                TreeKind::Field { name: name.clone(), name_end: token.end, compare: *compare, value: Box::new(value) }
            }
            Kind::Group(group) => {
                let inner = self.parentheses()?;
                end = inner.end;
                TreeKind::Group(*group, Box::new(inner))
            }
            Kind::AtLeast(count) => {
                let items = self.choices(token)?;
                end = self.tokens[self.at - 1].end;
                TreeKind::AtLeast(*count, items)
            }
            Kind::Prefer | Kind::Favour(_) => {
                let inner = self.deeper(token, Self::primary)?;
                end = inner.end;
                TreeKind::Prefer(Box::new(inner), if let Kind::Favour(weight) = token.kind { weight } else { 1.0 })
            }
            _ => {
                self.at -= 1;
                return Err(self.expected("a word"));
            }
        };
        Ok(Tree { kind, start: token.start, end })
    }

    /// The value of a field: one suffixed operand, so that `title:lead^2` and `degree:bachelor[expected]` belong together.
    fn value(&mut self, field: &'t Token, name: &str) -> Result<Tree> {
        if !self.begins_operand() {
            let error = self.report.error(field.start, field.end, format!("nothing follows `{name}`"));
            return Err(error.hint(format!("write a value behind it, or `\\{name}` to search for the word")));
        }
        self.deeper(field, Self::suffixed)
    }

    /// "(" or ")"
    fn parentheses(&mut self) -> Result<Tree> {
        let Some(open) = self.peek() else { return Err(self.expected("`(`")) };
        self.at += 1;
        self.skip_commas();
        if self.next_is(|kind| *kind == Kind::Close) {
            return Err(self.report.error(open.start, self.tokens[self.at].end, "nothing between the parentheses"));
        }
        let inner = self.deeper(open, Self::or)?;
        let end = self.expect_close(open)?;
        Ok(Tree { kind: inner.kind, start: open.start, end })
    }

    /// "(" choice { [","] choice } ")": with commas each choice is an expression, without them one operand.
    fn choices(&mut self, before: &'t Token) -> Result<Vec<Tree>> {
        let Some(open) = self.peek().filter(|token| token.kind == Kind::Open) else {
            return Err(self
                .report
                .error(before.start, before.end, "expected `(` behind `atleast:`")
                .hint("write `atleast:2(kafka rabbitmq pulsar)`"));
        };
        self.at += 1;
        let mut groups: Vec<Vec<Tree>> = vec![Vec::new()];
        while self.begins_operand() || self.next_is(|kind| *kind == Kind::Comma) {
            if self.skip_commas().is_some() {
                groups.push(Vec::new());
                continue;
            }
            let item = self.deeper(open, Self::not)?;
            groups.last_mut().expect("starts with one group").push(item);
        }
        if let Some(token) = self.peek().filter(|token| token.kind != Kind::Close) {
            let error = self.report.error(token.start, token.end, "no operator fits between the choices of `atleast:`");
            return Err(error.hint("separate choices by blanks or commas, put expressions in parentheses"));
        }
        self.expect_close(open)?;
        groups.retain(|group| !group.is_empty());
        if groups.len() <= 1 {
            return Ok(groups.into_iter().flatten().collect());
        }
        Ok(groups.into_iter().map(all_of).collect())
    }

    fn expect_close(&mut self, open: &Token) -> Result<usize> {
        match self.peek() {
            Some(token) if token.kind == Kind::Close => {
                self.at += 1;
                Ok(token.end)
            }
            _ => {
                let error = self.report.error(open.start, open.start + 1, "parenthesis without its closing one");
                Err(error.hint("put a `)` where the group ends"))
            }
        }
    }

    fn deeper<T>(&mut self, token: &Token, production: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let message = format!("nested more than {MAX_DEPTH} deep");
            return Err(self
                .report
                .error(token.start, token.end, message)
                .hint("take out parentheses that are not needed"));
        }
        let result = production(self);
        self.depth -= 1;
        result
    }

    fn expected(&self, what: &str) -> Error {
        match self.peek() {
            Some(token) => {
                let found = &self.report.plain()[token.start..token.end];
                self.report.error(token.start, token.end, format!("expected {what}, found `{found}`"))
            }
            None => {
                let end = self.report.plain().trim_end().len();
                self.report.error(end, end, format!("expected {what} at the end"))
            }
        }
    }
}

/// An And without parentheses of its own: it begins where its first item begins.
fn is_bare_and(tree: &Tree) -> bool {
    matches!(&tree.kind, TreeKind::And(items) if items.first().is_some_and(|(item, _)| item.start == tree.start))
}

/// One choice of several words.
fn all_of(mut items: Vec<Tree>) -> Tree {
    if items.len() == 1 {
        return items.remove(0);
    }
    let (start, end) = (items[0].start, items[items.len() - 1].end);
    Tree { kind: TreeKind::And(items.into_iter().map(|item| (item, true)).collect()), start, end }
}

/// The words of a phrase as trees.
fn words_of(text: &str, start: usize, end: usize) -> Vec<Tree> {
    let word = |word: &str| TreeKind::Word { text: word.to_string(), wild: false, exact: false, fuzzy: None };
    text.split_whitespace().map(|text| Tree { kind: word(text), start, end }).collect()
}
