//! A line → the tokens of the date grammar. In: text. Out: numbers, words and signs with their byte ranges. Knows no dates.

use crate::lexicon::words::key;
use crate::lexicon::{DateWord, date_word, date_word_in_any_case};
use crate::profile::scan::next_digit;
use std::cell::Cell;

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

/// What is known of the word of a token.
#[derive(Debug, Clone, Copy)]
enum Looked {
    NotYet,
    Up(Option<DateWord>),
}

/// One token.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// A blank stands in front of it.
    pub(super) spaced: bool,
    /// What a word says in a date; looked up once, where it is asked for.
    word: Cell<Looked>,
}

/// The tokens of a line.
pub(super) struct Tokens<'t> {
    pub(super) text: &'t str,
    pub(super) list: Vec<Token>,
}

impl<'t> Tokens<'t> {
    pub(super) fn of(text: &'t str) -> Tokens<'t> {
        let mut list = Vec::with_capacity(text.len() / 4);
        let bytes = text.as_bytes();
        let mut spaced = true;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if matches!(byte, b' ' | b'\n'..=b'\r') {
                (spaced, at) = (true, at + 1);
                continue;
            }
            let start = at;
            let kind = match byte {
                b'a'..=b'z' | b'A'..=b'Z' => {
                    at = end_of_word(text, at + 1);
                    Kind::Word
                }
                b'0'..=b'9' => {
                    at += bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                    number(&bytes[start..at])
                }
                _ => {
                    let letter = text[at..].chars().next().expect("`at` is a character boundary before the end");
                    at += letter.len_utf8();
                    let kind = sign(letter);
                    if matches!(letter, '年' | '月') {
                        // "2019年10月至今": signs of a date, also where the next word follows without a blank.
                        Kind::Word
                    } else if !letter.is_ascii() && is_word(letter) {
                        at = end_of_word(text, at);
                        if kind == Kind::Sign { Kind::Word } else { kind }
                    } else if !letter.is_ascii() && letter.is_whitespace() {
                        spaced = true;
                        continue;
                    } else {
                        kind
                    }
                }
            };
            list.push(Token { kind, start, end: at, spaced, word: Cell::new(Looked::NotYet) });
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
        let token = self.list.get(index).filter(|token| token.kind == Kind::Word)?;
        if let Looked::Up(word) = token.word.get() {
            return word;
        }
        let word = word_of(&self.text[token.start..token.end]);
        token.word.set(Looked::Up(word));
        word
    }
}

/// What a word says in a date. Plain short words, nearly all, are folded without allocation.
pub(super) fn word_of(written: &str) -> Option<DateWord> {
    if written.len() <= 16 && written.is_ascii() {
        return date_word_in_any_case(written);
    }
    if written.len() > 48 { None } else { date_word(&key(written)) }
}

/// Byte after the letters that go on at `at`.
fn end_of_word(text: &str, mut at: usize) -> usize {
    loop {
        at += text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        if text.as_bytes().get(at).is_none_or(u8::is_ascii) {
            return at;
        }
        match text[at..].chars().next() {
            Some(letter) if is_word(letter) => at += letter.len_utf8(),
            _ => return at,
        }
    }
}

/// Some number of the line could be a year: four digits that begin with 19 or 20, or two digits behind a sign or word of dates
/// (`'19`, `01/22`, `Jan 22`). Most lines with digits (`by 30%`) hold none, and are not cut into tokens.
pub(in crate::profile) fn may_hold_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(start) = next_digit(bytes, at) {
        at = start + 1;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        let length = at - start;
        let year = match length {
            4 => matches!(&bytes[start..start + 2], b"19" | b"20"),
            2 => is_dated(text, start),
            _ => false,
        };
        if year {
            return true;
        }
    }
    false
}

/// What stands before byte `at` can stand before a year of two digits.
fn is_dated(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(' ');
    let Some(last) = before.bytes().next_back() else { return false };
    if !last.is_ascii_alphabetic() {
        return !last.is_ascii() || last.is_ascii_digit() || b"/.-,'`~".contains(&last);
    }
    let from = before.bytes().rposition(|byte| !byte.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    if from > 0 && !before.as_bytes()[from - 1].is_ascii() {
        return true;
    }
    let word = &before[from..];
    matches!(word, "Q" | "q" | "H" | "FY") || word_of(word).is_some()
}

fn is_word(letter: char) -> bool {
    letter.is_alphabetic() || (!letter.is_ascii() && unicode_normalization::char::is_combining_mark(letter))
}

fn number(digits: &[u8]) -> Kind {
    if digits.len() > 4 {
        return Kind::Other;
    }
    Kind::Number(digits.iter().fold(0, |number, digit| number * 10 + i32::from(digit - b'0')))
}

fn sign(sign: char) -> Kind {
    match sign {
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '~' | '～' | '→' | '➔' | '➜' | '⇒' => Kind::Dash,
        '/' => Kind::Slash,
        '.' => Kind::Dot,
        ',' => Kind::Comma,
        '\'' | '’' | '‘' | 'ʼ' | '`' | '´' => Kind::Apostrophe,
        _ => Kind::Sign,
    }
}
