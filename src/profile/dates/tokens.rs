//! A line → the tokens of the date grammar. In: text. Out: numbers, words and signs with their byte ranges. Knows no dates.

use crate::lexicon::words::key;
use crate::lexicon::{DateWord, date_word};

/// Kinds of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number of at most four digits; its value.
    Number(i32),
    /// A longer number, or one with letters in it.
    Other,
    /// A run of letters.
    Word,
    /// Any dash, tilde or arrow.
    Dash,
    /// `/`
    Slash,
    /// `.`
    Dot,
    /// `,`
    Comma,
    /// Any apostrophe.
    Apostrophe,
    /// Anything else.
    Sign,
}

/// One token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// A blank stands in front of it.
    pub(super) spaced: bool,
}

/// The tokens of a line.
pub(super) struct Tokens<'t> {
    pub(super) text: &'t str,
    pub(super) list: Vec<Token>,
}

impl<'t> Tokens<'t> {
    pub(super) fn of(text: &'t str) -> Tokens<'t> {
        let mut list = Vec::with_capacity(text.len() / 4);
        let mut letters = text.char_indices().peekable();
        let mut spaced = true;
        while let Some((start, letter)) = letters.next() {
            if letter.is_whitespace() && letter != '\t' {
                spaced = true;
                continue;
            }
            let same: Option<fn(char) -> bool> = match letter {
                '0'..='9' => Some(|next| next.is_ascii_digit()),
                _ if is_word(letter) => Some(is_word),
                _ => None,
            };
            let mut end = start + letter.len_utf8();
            while let Some((at, next)) = same.and_then(|same| letters.next_if(|(_, next)| same(*next))) {
                end = at + next.len_utf8();
            }
            list.push(Token { kind: kind(letter, &text[start..end]), start, end, spaced });
            spaced = false;
        }
        Tokens { text, list }
    }

    pub(super) fn kind(&self, index: usize) -> Option<Kind> {
        self.list.get(index).map(|token| token.kind)
    }

    pub(super) fn number(&self, index: usize) -> Option<i32> {
        match self.kind(index)? {
            Kind::Number(value) => Some(value),
            _ => None,
        }
    }

    pub(super) fn digits(&self, index: usize) -> usize {
        self.list.get(index).map_or(0, |token| token.end - token.start)
    }

    pub(super) fn written(&self, index: usize) -> &'t str {
        self.list.get(index).map_or("", |token| &self.text[token.start..token.end])
    }

    pub(super) fn is_spaced(&self, index: usize) -> bool {
        self.list.get(index).is_none_or(|token| token.spaced)
    }

    /// What the word at `index` says in a date.
    pub(super) fn word(&self, index: usize) -> Option<DateWord> {
        if self.kind(index)? != Kind::Word {
            return None;
        }
        let written = self.written(index);
        if written.is_ascii() && written.len() <= 16 {
            let mut lower = [0u8; 16];
            for (to, from) in lower.iter_mut().zip(written.bytes()) {
                *to = from.to_ascii_lowercase();
            }
            return date_word(std::str::from_utf8(&lower[..written.len()]).ok()?);
        }
        if written.len() > 48 { None } else { date_word(&key(written)) }
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphabetic() || (!letter.is_ascii() && unicode_normalization::char::is_combining_mark(letter))
}

fn kind(first: char, written: &str) -> Kind {
    match first {
        '0'..='9' if written.len() <= 4 => Kind::Number(written.parse().unwrap_or(0)),
        '0'..='9' => Kind::Other,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '~' | '～' | '→' | '➔' | '➜' | '⇒' => Kind::Dash,
        '/' => Kind::Slash,
        '.' => Kind::Dot,
        ',' => Kind::Comma,
        '\'' | '’' | '‘' | 'ʼ' | '`' | '´' => Kind::Apostrophe,
        _ if is_word(first) => Kind::Word,
        _ => Kind::Sign,
    }
}
