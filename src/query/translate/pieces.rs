//! A search string of any tool → pieces. In: plain text. Out: words with the signs on them, quoted words, parentheses, brackets, fields,
//! signs before operands. What a piece means is not decided here.

use super::Dialect;
use crate::error::{Error, Result};

/// One piece of a string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A word with whatever signs stand in it.
    Word(String),
    /// Words in quotes, and what stands directly behind them (`~2`, `^3`, `*`).
    Quoted(String, String),
    /// `(`
    Open,
    /// `)`, and what stands directly behind it (`^3`).
    Close(String),
    /// `[…]` or `{…}`: the text between, with its brackets.
    Bracket(String),
    /// `name:` before a value.
    Field(String),
    /// `+ - ! % ^ #` before an operand.
    Sign(char),
}

/// The pieces of a string, in order.
///
/// # Errors
/// Input: an open quote or bracket.
pub fn pieces(text: &str, dialect: Dialect) -> Result<Vec<Piece>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let at = text.len() - rest.len();
        match first {
            first if first.is_whitespace() => rest = &rest[first.len_utf8()..],
            '(' => {
                out.push(Piece::Open);
                rest = &rest[1..];
            }
            ')' => {
                let suffix = suffix(&rest[1..]);
                out.push(Piece::Close(suffix.to_string()));
                rest = &rest[1 + suffix.len()..];
            }
            '"' => {
                let close = rest[1..].find('"').ok_or_else(|| open(text, at, "an open quote", "close it with \""))?;
                let suffix = suffix(&rest[close + 2..]);
                out.push(Piece::Quoted(rest[1..=close].to_string(), suffix.to_string()));
                rest = &rest[close + 2 + suffix.len()..];
            }
            '[' | '{' => {
                let close =
                    rest.find([']', '}']).ok_or_else(|| open(text, at, "an open bracket", "close it with ]"))?;
                out.push(Piece::Bracket(rest[..=close].to_string()));
                rest = &rest[close + 1..];
            }
            '+' | '-' | '!' | '–' | '—' | '%' | '^' if before_operand(rest, first, dialect) => {
                out.push(Piece::Sign(if matches!(first, '–' | '—' | '!') { '-' } else { first }));
                rest = &rest[first.len_utf8()..];
            }
            // A regular expression stays in one piece, to be refused as one.
            '/' if dialect == Dialect::Lucene && rest[1..].contains('/') => {
                let end = rest[1..].find('/').map_or(rest.len(), |close| close + 2);
                out.push(Piece::Word(rest[..end].to_string()));
                rest = &rest[end..];
            }
            ',' => rest = &rest[1..],
            _ => {
                let (piece, length) = word(rest, dialect);
                out.push(piece);
                rest = &rest[length..];
            }
        }
    }
    Ok(out)
}

/// A sign that something follows directly: `-java`, not `a - b`.
fn before_operand(rest: &str, sign: char, dialect: Dialect) -> bool {
    let next = rest[sign.len_utf8()..].chars().next();
    let wished = matches!(sign, '%' | '^');
    next.is_some_and(|next| next.is_alphanumeric() || matches!(next, '"' | '(' | '[' | '.'))
        && (!wished || dialect == Dialect::Textkernel)
}

/// `~2`, `^3`, `*`, `:5` directly behind a quote or parenthesis.
fn suffix(rest: &str) -> &str {
    let length = match rest.chars().next() {
        Some('~' | '^' | '*') => {
            1 + rest[1..].find(|letter: char| !(letter.is_ascii_digit() || letter == '.')).unwrap_or(rest.len() - 1)
        }
        _ => 0,
    };
    &rest[..length]
}

/// A word or `field:`; answers its length.
fn word(rest: &str, dialect: Dialect) -> (Piece, usize) {
    let mut end = 0;
    let mut escaped = false;
    for (at, letter) in rest.char_indices() {
        let stops = letter.is_whitespace() || matches!(letter, '(' | ')' | '"' | '[' | ']' | '{' | '}' | ',');
        if stops && !escaped {
            break;
        }
        end = at + letter.len_utf8();
        if letter == ':' && !escaped && at > 0 && dialect.has_fields() && is_field(&rest[..at], &rest[end..]) {
            return (Piece::Field(rest[..at].to_string()), end);
        }
        escaped = letter == '\\' && !escaped;
    }
    // A lone closing bracket is no operand.
    if end == 0 {
        let length = rest.chars().next().map_or(0, char::len_utf8);
        return (Piece::Word(rest[..length].to_string()), length);
    }
    (Piece::Word(rest[..end].to_string()), end)
}

/// `title:java`, not `http://…`, `C:`.
fn is_field(name: &str, value: &str) -> bool {
    let plain = name.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '*'));
    name.len() > 1 && plain && !value.starts_with('/') && !value.is_empty() && !value.starts_with(char::is_whitespace)
}

fn open(text: &str, at: usize, what: &str, hint: &str) -> Error {
    Error::input(what).span(text, at, at + 1).hint(hint)
}
