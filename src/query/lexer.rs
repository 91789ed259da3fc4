//! Text → tokens with spans. Knows which words are operators and which words before a colon are fields, but no order of
//! tokens. Errors: an open quote or bracket.

use super::ast::{Group, NearKind};
use super::names::{self, Prefixed};
use super::report::Report;
use crate::error::Result;

/// A token and its range in the plain text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    /// No blank before it.
    pub glued: bool,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// A word; escapes taken out. `plain` unless it has wildcards that count.
    Word {
        text: String,
        wild: bool,
    },
    /// What stands in double quotes, or in single quotes used as quotes.
    Quoted(String),
    /// `[…]`, `{…}`, `[…}`: the text inside and both brackets.
    Bracket {
        open: char,
        text: String,
        close: char,
    },
    /// `title:`, `years>=`.
    Field {
        name: String,
        compare: Compare,
    },
    /// `job(`: the parenthesis is a token of its own.
    Group(Group),
    /// `atleast:2` before a parenthesis.
    AtLeast(u32),
    /// `prefer:` before anything.
    Prefer,
    Open,
    Close,
    Comma,
    And,
    Or,
    /// `NOT`, `-`, `!`.
    Not,
    /// `+`.
    Plus,
    /// `=` before a word.
    Exact,
    /// `%` = 1, `^` = 3 before a word.
    Favour(f32),
    /// `NEAR/5`.
    Near(NearKind, u32),
    /// `^3` behind something.
    Boost(f32),
    /// `~` or `~2` behind a word or phrase; none = no number typed.
    Tilde(Option<u32>),
    /// `/2` behind a phrase.
    Quorum(u32),
    /// `?` behind a closing quote, parenthesis or bracket.
    Question,
}

/// Between a field and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compare {
    Is,
    Exact,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

/// Greatest weight, also of several together; beyond it other words count nothing anyway, and products of weights stay numbers.
pub(super) const MAX_BOOST: f32 = 1e6;

/// Cuts the text into tokens.
pub(super) fn tokens(report: &mut Report<'_>) -> Result<Vec<Token>> {
    let text = report.plain().to_string();
    let mut lexer = Lexer { text: &text, at: 0, tokens: Vec::new(), report };
    while lexer.at < text.len() {
        lexer.token()?;
    }
    Ok(lexer.tokens)
}

struct Lexer<'t, 'r, 'q> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
    report: &'r mut Report<'q>,
}

impl Lexer<'_, '_, '_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let start = self.at;
        let glued = !self.text[..start].ends_with(char::is_whitespace) && start > 0;
        self.at += length;
        self.tokens.push(Token { kind, start, end: self.at, glued });
    }

    /// The last token is a field and nothing stands between: signs belong to the value (`phone:+1`).
    fn is_value(&self) -> bool {
        self.tokens.last().is_some_and(|last| matches!(last.kind, Kind::Field { .. }) && last.end == self.at)
    }

    fn token(&mut self) -> Result<()> {
        let Some(first) = self.rest().chars().next() else { return Ok(()) };
        let second = self.rest()[first.len_utf8()..].chars().next();
        let before_word = second.is_some_and(|next| !next.is_whitespace() && !matches!(next, ')' | ','));
        let is_sign = before_word && !self.is_value();
        match first {
            _ if first.is_whitespace() => self.at += first.len_utf8(),
            '(' => self.push(Kind::Open, 1),
            ')' => {
                self.push(Kind::Close, 1);
                self.suffixes();
            }
            '"' => self.quoted()?,
            '\'' if self.single_quote_end().is_some() => {
                let end = self.single_quote_end().unwrap_or_default();
                let words: Vec<&str> = self.text[self.at + 1..end].split_whitespace().collect();
                self.push(Kind::Quoted(words.join(" ")), end + 1 - self.at);
                self.suffixes();
            }
            '[' | '{' => self.bracket(first)?,
            ']' | '}' => {
                return Err(self.report.error(self.at, self.at + 1, format!("`{first}` without its opening bracket")));
            }
            ',' | ';' => self.push(Kind::Comma, 1),
            '|' => self.push(Kind::Or, if second == Some('|') { 2 } else { 1 }),
            '&' if second == Some('&') => self.push(Kind::And, 2),
            '&' if second.is_none_or(char::is_whitespace) => self.push(Kind::And, 1),
            '-' | '!' | '–' | '—' | '−' if is_sign && self.sign_run(first).1 => {
                self.push(Kind::Not, self.sign_run(first).0)
            }
            '+' if is_sign => self.push(Kind::Plus, 1),
            '%' if is_sign => self.push(Kind::Favour(1.0), 1),
            '^' if is_sign => self.push(Kind::Favour(3.0), 1),
            '=' if before_word => self.push(Kind::Exact, 1),
            _ if first.is_ascii_punctuation() && !before_word && !matches!(first, '*' | '\\') => {
                let at = self.at;
                self.at += 1;
                self.report.notice(at, at + 1, format!("left out a lone `{first}`"));
            }
            '–' | '—' | '−' if !before_word => {
                let at = self.at;
                self.at += first.len_utf8();
                self.report.notice(at, self.at, "left out a lone dash; write `-word` to exclude a word");
            }
            _ => self.word(),
        }
        Ok(())
    }

    /// Length of the run of `sign` here, and whether a word follows it.
    fn sign_run(&self, sign: char) -> (usize, bool) {
        let after = self.rest().trim_start_matches(sign);
        (self.rest().len() - after.len(), after.chars().next().is_some_and(|next| !next.is_whitespace()))
    }

    fn quoted(&mut self) -> Result<()> {
        let start = self.at;
        let mut text = String::new();
        let mut letters = self.text[start + 1..].char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\\' => text.extend(letters.next().map(|(_, escaped)| escaped)),
                '"' => {
                    if text.trim().is_empty() {
                        return Err(self.report.error(start, start + at + 2, "nothing between the quotes"));
                    }
                    self.push(Kind::Quoted(text.split_whitespace().collect::<Vec<_>>().join(" ")), at + 2);
                    self.suffixes();
                    return Ok(());
                }
                other => text.push(other),
            }
        }
        let error = self.report.error(start, start + 1, "quote without its closing quote");
        let phrase: String = self.text[start + 1..].split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        Err(error.hint(format!("close it after the phrase: `\"{phrase}\"`")))
    }

    /// The closing `'` of single quotes used as quotes: `'project manager'`, not `driver's`, `'90s`.
    fn single_quote_end(&self) -> Option<usize> {
        let is_edge = |letter: Option<char>| letter.is_none_or(|next| next.is_whitespace() || "),;~^/?".contains(next));
        let body = &self.text[self.at + 1..];
        body.chars().next().filter(|first| first.is_alphanumeric())?;
        let at = body.match_indices('\'').map(|(at, _)| at).find(|at| is_edge(body[at + 1..].chars().next()))?;
        (!body[..at].contains(['"', '\n', '(', ')']) && at > 0).then_some(self.at + 1 + at)
    }

    fn bracket(&mut self, open: char) -> Result<()> {
        let start = self.at;
        let Some(length) = self.rest()[1..].find([']', '}']) else {
            return Err(self.report.error(start, start + 1, format!("`{open}` without its closing bracket")));
        };
        let close = if self.rest()[1 + length..].starts_with(']') { ']' } else { '}' };
        let text = self.rest()[1..1 + length].trim().to_string();
        self.push(Kind::Bracket { open, text, close }, length + 2);
        self.suffixes();
        Ok(())
    }

    /// `~5`, `/2`, `^3`, `?` directly behind a quote, parenthesis or bracket.
    fn suffixes(&mut self) {
        loop {
            let rest = self.rest();
            let digits = |from: usize| rest[from..].bytes().take_while(u8::is_ascii_digit).count();
            match rest.bytes().next() {
                Some(b'~') => {
                    let count = digits(1);
                    let number = (count > 0).then(|| names::number(&rest[1..1 + count]));
                    self.push(Kind::Tilde(number), 1 + count);
                }
                Some(b'/') if digits(1) > 0 => {
                    let count = digits(1);
                    let number = names::number(&rest[1..1 + count]);
                    self.push(Kind::Quorum(number), 1 + count);
                }
                Some(b'^') if digits(1) > 0 => {
                    let length = rest[1..].bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
                    let number: f32 = rest[1..1 + length].parse().unwrap_or(1.0);
                    self.push(Kind::Boost(number.min(MAX_BOOST)), 1 + length);
                }
                Some(b'?') => self.push(Kind::Question, 1),
                _ => return,
            }
        }
    }

    /// A word, an operator, a field or a group.
    fn word(&mut self) {
        if let (Some((prefixed, length)), false) = (names::prefixed(self.rest()), self.is_value()) {
            return self.prefixed(prefixed, length);
        }
        let is_value = self.is_value();
        let mut raw = String::new();
        let (mut wild, mut escaped, mut length) = (false, false, 0);
        let mut letters = self.rest().char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let next = letters.peek().map(|&(_, next)| next);
            let ends = letter.is_whitespace()
                || matches!(letter, '(' | ')' | '"' | '[' | ']' | '{' | '}' | '|' | ';')
                || (letter == ','
                    && !(raw.ends_with(|last: char| last.is_ascii_digit())
                        && next.is_some_and(|next| next.is_ascii_digit())));
            if ends {
                break;
            }
            length = at + letter.len_utf8();
            match (letter, next) {
                ('\\', Some(literal)) if !literal.is_whitespace() => {
                    raw.push(literal);
                    letters.next();
                    length += literal.len_utf8();
                    escaped = true;
                }
                ('*' | '?', _) => {
                    wild = true;
                    raw.push(letter);
                }
                // `kuberntes~`, `kafka^3`
                ('~' | '^', _) if !raw.is_empty() && is_suffix(&self.rest()[at + 1..]) => {
                    length = at;
                    break;
                }
                _ => raw.push(letter),
            }
        }
        if let Some(kind) = (!escaped && !is_value).then(|| self.operator(&raw, length)).flatten() {
            return self.push(kind, length);
        }
        self.push(Kind::Word { text: raw, wild }, length.max(1));
        self.suffixes_of_word();
    }

    fn suffixes_of_word(&mut self) {
        if self.rest().starts_with(['~', '^']) {
            self.suffixes();
        }
    }

    fn prefixed(&mut self, prefixed: Prefixed, length: usize) {
        match prefixed {
            Prefixed::Field(name, compare) => self.push(Kind::Field { name, compare }, length),
            Prefixed::Group(group) => self.push(Kind::Group(group), length),
            Prefixed::AtLeast(count) => self.push(Kind::AtLeast(count), length),
            Prefixed::Prefer => self.push(Kind::Prefer, length),
        }
    }

    /// `AND`, `or`, `NEAR/5`.
    fn operator(&mut self, word: &str, length: usize) -> Option<Kind> {
        let upper = word.to_ascii_uppercase();
        let kind = match upper.as_str() {
            "AND" => Kind::And,
            "OR" => Kind::Or,
            "NOT" => Kind::Not,
            _ => return names::near(word).map(|(kind, distance)| Kind::Near(kind, distance)),
        };
        if word != upper {
            let message = format!("read `{word}` as {upper}; write `\"{word}\"` to search for the word");
            self.report.notice(self.at, self.at + length, message);
        }
        Some(kind)
    }
}

/// What follows `~` or `^` so that it is a suffix: digits or nothing, then an end.
fn is_suffix(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    rest.chars()
        .next()
        .is_none_or(|next| next.is_whitespace() || matches!(next, ')' | ',' | '^' | ']' | '}' | ';' | '|'))
}
