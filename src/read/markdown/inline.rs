//! The marks inside one Markdown line → styled text. Every mark is taken on its own: an unbalanced `**` is dropped, not
//! printed. `snake_case`, `C*` and `a * b` are text. Does not know lines and lists (`mod.rs`).

use super::super::entities;
use super::super::rich::{Mark, Rich};
use super::super::text;
use memchr::memmem;
use std::collections::HashMap;

/// How far a `]`, `)` or `>` is looked for, in bytes. Bounds the work on `[[[[[[…`.
const MAX_LOOKAHEAD: usize = 1000;

/// A mark may begin somewhere. All bytes are looked at without a branch, which the compiler does for many of them at a time.
fn may_mark(bytes: &[u8]) -> bool {
    // "Research & Development": no entity.
    let is_mark = |byte: u8, next: u8| {
        let is_sign =
            (byte == b'\\') | (byte == b'`') | (byte == b'~') | (byte == b'<') | (byte == b'[') | (byte == b'!');
        is_sign | (byte == b'*') | (byte == b'_') | (byte == b'&') & (next != b' ')
    };
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let found = pairs.fold(false, |found, (byte, next)| found | is_mark(*byte, *next));
    found || bytes.last().is_some_and(|last| is_mark(*last, 0))
}

/// What is known across lines: link definitions, an open comment.
pub(super) struct Inline {
    definitions: HashMap<String, String>,
    in_comment: bool,
}

/// A line taken apart, before the marks are paired.
enum Piece {
    Text(String),
    Delimiter(Delimiter),
    LinkStart(String),
    LinkEnd,
    Bold(bool),
    Italic(bool),
}

#[derive(Clone, Copy)]
struct Delimiter {
    sign: char,
    length: usize,
    can_open: bool,
    can_close: bool,
    /// Letters and digits right before the sign: 1 in `C*`.
    word_before: usize,
}

/// What a delimiter turned out to be.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Literal,
    Drop,
    Toggle,
    /// Closes what nothing opened: what stands before it is bold.
    Orphan,
}

impl Inline {
    /// Collects the link definitions (`[id]: url`) of the whole text.
    pub fn new(source: &str) -> Inline {
        let mut definitions = HashMap::new();
        if memmem::find(source.as_bytes(), b"]:").is_some() {
            definitions.extend(text::lines(source).filter_map(|line| definition(line.trim())));
        }
        Inline { definitions, in_comment: false }
    }

    /// True for a line that only defines a link.
    pub fn is_definition(&self, content: &str) -> bool {
        definition(content).is_some()
    }

    /// True when no character of `source` is or may be a mark.
    pub fn is_plain(&self, source: &str) -> bool {
        !self.in_comment && !may_mark(source.as_bytes())
    }

    /// Adds the text of a piece of line to `rich`, without its marks.
    pub fn push(&mut self, source: &str, rich: &mut Rich) {
        let pieces = self.pieces(source);
        let roles = roles(&pieces);
        let mut mark = Mark::default();
        for (piece, role) in pieces.into_iter().zip(roles) {
            match piece {
                Piece::Text(text) => rich.push(&text, mark),
                Piece::LinkStart(url) => mark.link = rich.link(&url),
                Piece::LinkEnd => mark.link = 0,
                Piece::Bold(on) => mark.bold = on,
                Piece::Italic(on) => mark.italic = on,
                Piece::Delimiter(sign) => match role {
                    Role::Literal => rich.push(&sign.sign.to_string().repeat(sign.length), mark),
                    Role::Drop => {}
                    Role::Orphan => rich.make_bold(),
                    Role::Toggle => {
                        mark.bold ^= sign.length >= 2;
                        mark.italic ^= sign.length % 2 == 1;
                    }
                },
            }
        }
    }

    fn pieces(&mut self, source: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut link_ends: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        while let Some(ch) = source[at..].chars().next() {
            if self.in_comment {
                let Some(end) = source[at..].find("-->") else { break };
                (self.in_comment, at) = (false, at + end + 3);
                continue;
            }
            if let Some((_, after)) = link_ends.pop_if(|(end, _)| *end <= at) {
                flush(&mut text, &mut pieces);
                pieces.push(Piece::LinkEnd);
                at = after.max(at);
                continue;
            }
            let rest = &source[at..];
            let mut step = ch.len_utf8();
            match ch {
                '\\' => match rest[1..].chars().next() {
                    Some(next) if next.is_ascii_punctuation() => {
                        text.push(next);
                        step = 2;
                    }
                    Some(_) => text.push(ch),
                    None => {}
                },
                '`' => {}
                '~' if rest.starts_with("~~") => step = 2,
                '&' => match entities::decode(rest) {
                    Some((decoded, length)) => {
                        text.push(decoded);
                        step = length;
                    }
                    None => text.push(ch),
                },
                '<' if rest.starts_with("<!--") => {
                    self.in_comment = true;
                    step = 4;
                }
                '<' => match tag(rest) {
                    Some((piece, length)) => {
                        flush(&mut text, &mut pieces);
                        pieces.extend(piece);
                        step = length;
                    }
                    None => text.push(ch),
                },
                '[' | '!' => match self.link(rest) {
                    Some(link) if ch == '!' => step = link.after,
                    Some(link) => {
                        flush(&mut text, &mut pieces);
                        pieces.push(Piece::LinkStart(link.url));
                        link_ends.push((at + link.label_end, at + link.after));
                    }
                    None => text.push(ch),
                },
                '*' | '_' => {
                    let length = rest.len() - rest.trim_start_matches(ch).len();
                    let found = delimiter(ch, length, &source[..at], &rest[length..]);
                    flush(&mut text, &mut pieces);
                    pieces.push(Piece::Delimiter(found));
                    step = length;
                }
                _ => text.push(ch),
            }
            at += step;
        }
        flush(&mut text, &mut pieces);
        pieces
    }

    /// `[label](url)`, `![alt](url)`, `[label][id]`, `[id]` at the start of `rest`.
    fn link(&self, rest: &str) -> Option<FoundLink> {
        let open = if rest.starts_with('!') { 1 } else { 0 };
        if !rest[open..].starts_with('[') {
            return None;
        }
        let label_end = closing(&rest[open..], '[', ']')? + open;
        let after = &rest[label_end + 1..];
        if after.starts_with('(') {
            let end = closing(after, '(', ')')?;
            let inner = after[1..end].trim();
            // "[site](https://example.com "title")": the title is not the address.
            let url = inner.split([' ', '\t']).next().unwrap_or("").trim_matches(['<', '>']);
            return Some(FoundLink { url: url.to_owned(), label_end, after: label_end + 1 + end + 1 });
        }
        if self.definitions.is_empty() {
            return None;
        }
        let label = rest[open + 1..label_end].to_lowercase();
        if after.starts_with('[') {
            let end = closing(after, '[', ']')?;
            let id = if end > 1 { after[1..end].to_lowercase() } else { label };
            let url = self.definitions.get(&id)?.clone();
            return Some(FoundLink { url, label_end, after: label_end + 1 + end + 1 });
        }
        let url = self.definitions.get(&label)?.clone();
        Some(FoundLink { url, label_end, after: label_end + 1 })
    }
}

/// Offsets are relative to the `[`.
struct FoundLink {
    url: String,
    label_end: usize,
    after: usize,
}

fn flush(text: &mut String, pieces: &mut Vec<Piece>) {
    if !text.is_empty() {
        pieces.push(Piece::Text(std::mem::take(text)));
    }
}

/// `[id]: https://example.com` → id in lower case and address.
fn definition(content: &str) -> Option<(String, String)> {
    let body = content.strip_prefix('[')?;
    let (id, url) = body.split_once("]:")?;
    let url = url.trim();
    let is_url = !url.is_empty() && !id.contains(['[', ']']) && (url.contains("://") || url.starts_with("mailto:"));
    is_url.then(|| (id.to_lowercase(), url.split_whitespace().next().unwrap_or(url).to_owned()))
}

/// The byte offset of the bracket that closes the one at the start, within the lookahead.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0;
    let mut escaped = false;
    for (at, ch) in text.char_indices().take_while(|(at, _)| *at < MAX_LOOKAHEAD) {
        if escaped {
            escaped = false;
        } else if ch == '\\' {
            escaped = true;
        } else if ch == open {
            depth += 1;
        } else if ch == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// An HTML tag or `<https://…>` at the start of `rest`: its pieces and its length. `Vec<String>` is not a tag.
fn tag(rest: &str) -> Option<(Vec<Piece>, usize)> {
    let window = &rest.as_bytes()[..rest.len().min(MAX_LOOKAHEAD)];
    let end = window.iter().position(|byte| *byte == b'>')?;
    let inner = &rest[1..end];
    let address = inner.strip_prefix("mailto:").unwrap_or(inner);
    if inner.contains("://") && !inner.contains(' ') || (address.contains('@') && !address.contains([' ', '='])) {
        let url = if inner.contains(':') { inner.to_owned() } else { format!("mailto:{inner}") };
        return Some((vec![Piece::LinkStart(url), Piece::Text(address.to_owned()), Piece::LinkEnd], end + 1));
    }
    let closes = inner.starts_with('/');
    let name: String = inner.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    let pieces = match name.to_ascii_lowercase().as_str() {
        "b" | "strong" => vec![Piece::Bold(!closes)],
        "i" | "em" => vec![Piece::Italic(!closes)],
        "a" if closes => vec![Piece::LinkEnd],
        "a" => attribute(inner, "href").map(Piece::LinkStart).into_iter().collect(),
        "br" | "hr" | "p" | "div" | "td" | "tr" | "th" | "li" => vec![Piece::Text(" ".into())],
        "span" | "u" | "sup" | "sub" | "small" | "font" | "center" | "img" | "details" | "summary" | "code" | "h1"
        | "h2" | "h3" | "h4" | "h5" | "h6" | "table" | "tbody" | "thead" | "ul" | "ol" | "section" | "header"
        | "kbd" | "mark" | "ins" | "del" | "nobr" | "strike" | "s" | "big" | "picture" | "source" => Vec::new(),
        _ => return None,
    };
    Some((pieces, end + 1))
}

/// The value of an attribute in a tag's inner text.
fn attribute(inner: &str, name: &str) -> Option<String> {
    let at = inner.to_ascii_lowercase().find(&format!("{name}="))? + name.len() + 1;
    let value = &inner[at..];
    let quote = value.chars().next()?;
    if quote == '"' || quote == '\'' {
        return value[1..].split(quote).next().map(str::to_owned);
    }
    value.split_whitespace().next().map(str::to_owned)
}

/// Which way a run of `*` or `_` can work, by its neighbours.
fn delimiter(sign: char, length: usize, before: &str, after: &str) -> Delimiter {
    let previous = before.chars().next_back();
    let next = after.chars().next();
    let word_before = before.chars().rev().take(4).take_while(|ch| ch.is_alphanumeric()).count();
    let blank = |ch: Option<char>| ch.is_none_or(char::is_whitespace);
    let wordy = |ch: Option<char>| ch.is_some_and(char::is_alphanumeric);
    let (mut can_open, mut can_close) = (!blank(next), !blank(previous));
    if sign == '_' {
        // "snake_case": inside a word an underscore is a letter.
        can_open &= !wordy(previous);
        can_close &= !wordy(next);
    }
    Delimiter { sign, length, can_open, can_close, word_before }
}

/// Pairs the delimiters of a line, left to right, one bold and one italic at a time.
fn roles(pieces: &[Piece]) -> Vec<Role> {
    let mut roles = vec![Role::Drop; pieces.len()];
    let mut open: [Option<usize>; 3] = [None; 3];
    for (index, piece) in pieces.iter().enumerate() {
        let Piece::Delimiter(found) = piece else { continue };
        let slot = match (found.length, found.sign) {
            (2.., _) => 0,
            (_, '*') => 1,
            _ => 2,
        };
        match open[slot] {
            Some(from) if found.can_close => {
                // "***a** b": what differs in length pairs as the shorter mark would.
                (roles[from], roles[index]) = (Role::Toggle, Role::Toggle);
                open[slot] = None;
                if !same_style(pieces, from, index) {
                    (roles[from], roles[index]) = (Role::Drop, Role::Orphan);
                }
            }
            _ if found.can_open => {
                if let Some(from) = open[slot].replace(index) {
                    roles[from] = unmatched(pieces, from);
                }
            }
            _ => roles[index] = unmatched(pieces, index),
        }
    }
    for from in open.into_iter().flatten() {
        roles[from] = unmatched(pieces, from);
    }
    roles
}

fn same_style(pieces: &[Piece], left: usize, right: usize) -> bool {
    match (&pieces[left], &pieces[right]) {
        (Piece::Delimiter(a), Piece::Delimiter(b)) => a.length % 2 == b.length % 2,
        _ => false,
    }
}

/// What becomes of a mark without a partner.
fn unmatched(pieces: &[Piece], index: usize) -> Role {
    let Piece::Delimiter(found) = &pieces[index] else { return Role::Drop };
    let inside = index > 0 && index + 1 < pieces.len();
    match (found.can_open, found.can_close) {
        // "a * b", "2 ** 3"; at the ends of a line it is a leftover.
        (false, false) if inside => Role::Literal,
        (false, false) => Role::Drop,
        // "University** | MS"
        (false, true) if found.length >= 2 && found.sign == '*' => Role::Orphan,
        // "C*" stays, "Courses:*" and "Engineer*" do not.
        (false, true) if found.length == 1 && (1..=2).contains(&found.word_before) => Role::Literal,
        // "3*4", "snake_case"
        (true, true) if found.length == 1 && found.word_before > 0 => Role::Literal,
        _ if found.sign == '_' && !found.can_open && !found.can_close => Role::Literal,
        _ => Role::Drop,
    }
}
