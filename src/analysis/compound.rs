//! Takes apart a chunk without blanks: addresses, lists (`C/C++`), compounds (`Node.js`, `O'Reilly`), symbols (`C#`, `.NET`).
//! In: one chunk as written, accents removed. Out: words to the [`Emitter`]. Does not find chunks.

use super::Token;
use super::emit::{Emitter, Word};
use super::{fold, words};

/// Most parts of a joined form, and most bytes: longer chains (`state-of-the-art-…`) give their parts only.
const MAX_JOINED: (usize, usize) = (6, 64);

/// A chunk and where each of its bytes stands in the source.
pub(super) struct Chunk<'a> {
    text: &'a str,
    origin: Origin<'a>,
}

/// From a byte of the chunk to a byte of the source.
enum Origin<'a> {
    /// The chunk is a slice of the source that begins here.
    Slice(usize),
    /// First and past-the-end source byte of the character each byte came from.
    Map(&'a [(usize, usize)]),
}

/// Reused buffers for chunks outside ASCII.
#[derive(Default)]
pub(super) struct Scratch {
    text: String,
    map: Vec<(usize, usize)>,
}

/// A run of letters and digits inside a chunk, with its symbols (`c++`), and the joiner after it (0 = none).
#[derive(Clone, Copy)]
struct Part {
    start: usize,
    end: usize,
    joiner: u8,
}

impl<'a> Chunk<'a> {
    /// A chunk in ASCII.
    pub fn plain(text: &'a str, start: usize, end: usize) -> Chunk<'a> {
        Chunk { text: &text[start..end], origin: Origin::Slice(start) }
    }

    /// A chunk in any script, accents and compatibility forms removed.
    pub fn folded(text: &str, start: usize, end: usize, scratch: &'a mut Scratch) -> Chunk<'a> {
        scratch.text.clear();
        scratch.map.clear();
        for (at, letter) in text[start..end].char_indices() {
            let source = (start + at, start + at + letter.len_utf8());
            fold::plain(letter, &mut |plain| fold::push_composed(&mut scratch.text, plain));
            scratch.map.resize(scratch.text.len(), source);
        }
        Chunk { text: &scratch.text, origin: Origin::Map(&scratch.map) }
    }

    /// The source range of a range of the chunk.
    fn word(&self, start: usize, end: usize) -> Word<'a> {
        let text = &self.text[start..end];
        match self.origin {
            Origin::Slice(offset) => Word { text, start: offset + start, end: offset + end },
            Origin::Map(map) => Word { text, start: map[start].0, end: map[end - 1].1 },
        }
    }

    /// Emits everything in the chunk. `previous` is the character before it.
    pub fn emit<S: FnMut(Token<'_>)>(&self, previous: Option<char>, out: &mut Emitter<'_, S>) {
        let is_host = self.text.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www."));
        let mut from = if is_host { 4 } else { 0 };
        let is_free = previous.is_none_or(|letter| !letter.is_alphanumeric());
        while let Some(at) = memchr::memchr(b'@', &self.text.as_bytes()[from..]).map(|at| from + at) {
            match address(self.text, from, at) {
                Some((start, end)) => {
                    self.lists(from, start, is_free, out);
                    if start < at {
                        out.word(self.word(start, end), 0);
                    }
                    out.word(self.word(at, end), 0);
                    out.advance(1);
                    from = end;
                }
                None => {
                    self.lists(from, at, is_free, out);
                    from = at + 1;
                }
            }
        }
        self.lists(from, self.text.len(), is_free, out);
    }

    /// The segments between slashes.
    fn lists<S: FnMut(Token<'_>)>(&self, start: usize, end: usize, is_free: bool, out: &mut Emitter<'_, S>) {
        let text = &self.text[start..end];
        if memchr::memchr(b'/', text.as_bytes()).is_none() {
            return self.segment(start, end, false, is_free, out);
        }
        if is_short_list(text) {
            return self.short_list(start, end, out);
        }
        let mut at = start;
        for segment in text.split('/') {
            self.segment(at, at + segment.len(), true, at > start || is_free, out);
            at += segment.len() + 1;
        }
    }

    /// `CI/CD`, `TCP/IP`: the parts and the joined form.
    fn short_list<S: FnMut(Token<'_>)>(&self, start: usize, end: usize, out: &mut Emitter<'_, S>) {
        let text = self.text[start..end].trim_end_matches(['.', '-']);
        let mut at = start;
        let mut count = 0;
        for segment in text.split('/') {
            if is_own_word(segment, segment.len() < text.len() / 2) {
                out.word(self.word(at, at + segment.len()), count);
            }
            if count == 0 {
                let length = text.matches('/').count() as u32 + 1;
                out.joined(text.split('/'), self.word(start, start + text.len()), 0, length);
            }
            count += 1;
            at += segment.len() + 1;
        }
        out.advance(count);
    }

    /// Cuts a run without `/` into parts and groups those that something joins.
    fn segment<S: FnMut(Token<'_>)>(
        &self,
        start: usize,
        end: usize,
        in_list: bool,
        is_free: bool,
        out: &mut Emitter<'_, S>,
    ) {
        let bytes = self.text.as_bytes();
        let mut parts: Vec<Part> = Vec::new();
        let mut at = start;
        if is_free && is_dotnet(&self.text[start..end]) {
            out.word(self.word(start, start + 4), 0);
            out.advance(1);
            at += 4;
        }
        while at < end {
            if !is_letter(bytes[at]) {
                at += 1;
                continue;
            }
            let part = next_part(bytes, at, end);
            at = part.end + usize::from(part.joiner != 0);
            if part.joiner == 0 && parts.is_empty() {
                self.compound(&[part], in_list, out);
                continue;
            }
            parts.push(part);
            if part.joiner == 0 {
                self.compound(&parts, in_list, out);
                parts.clear();
            }
        }
    }

    /// Parts joined by `. - ' &`.
    fn compound<S: FnMut(Token<'_>)>(&self, parts: &[Part], in_list: bool, out: &mut Emitter<'_, S>) {
        let text = |part: &Part| &self.text[part.start..part.end];
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
        let whole = self.word(first.start, last.end);
        if let [left, right] = parts
            && left.joiner == b'&'
            && (text(left).len().min(text(right).len()) == 1 || whole.text.len() <= 5)
        {
            // `R&D`, `AT&T`
            out.word(whole, 0);
            return out.advance(1);
        }
        if parts.len() > 1
            && parts[..parts.len() - 1].iter().all(|part| part.joiner == b'.')
            && words::is_dotted_abbreviation(parts.iter().map(text))
        {
            // `Ph.D`, `U.S.A`, `B.Tech`
            out.joined(parts.iter().map(text), whole, 0, 1);
            return out.advance(1);
        }
        for group in parts.split_inclusive(|part| part.joiner == b'&') {
            self.group(group, in_list, out);
        }
    }

    /// Parts joined by `. - '`: each with its position, and the joined form at the first.
    fn group<S: FnMut(Token<'_>)>(&self, parts: &[Part], in_list: bool, out: &mut Emitter<'_, S>) {
        let text = |part: &Part| &self.text[part.start..part.end];
        let units = parts.split_inclusive(|part| part.joiner != b'\'');
        let count = units.clone().count();
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
        let whole = self.word(first.start, last.end);
        let is_joined = (2..=MAX_JOINED.0).contains(&count)
            && whole.text.len() <= MAX_JOINED.1
            && whole.text.bytes().any(|byte| byte.is_ascii_alphabetic())
            && !whole.text.chars().any(is_ideograph);
        let mut before = None;
        for unit in units {
            let is_net = before.is_some_and(|before| is_platform_net(before, text(&unit[0])));
            self.unit(unit, count == 1 || in_list, is_net, out);
            if before.is_none() && is_joined {
                out.joined(parts.iter().map(text), whole, 0, count as u32);
            }
            out.advance(1);
            before = Some(text(&unit[0]));
        }
    }

    /// What takes one position: a word, `driver's`, `O'Reilly`, the `NET` of `ASP.NET`. Does not advance.
    fn unit<S: FnMut(Token<'_>)>(&self, unit: &[Part], alone: bool, is_net: bool, out: &mut Emitter<'_, S>) {
        let text = |part: &Part| &self.text[part.start..part.end];
        let (first, last) = (unit[0], unit[unit.len() - 1]);
        let whole = self.word(first.start, last.end);
        if is_net {
            return out.word(self.word(first.start - 1, first.end), 0);
        }
        match unit {
            [part] => self.single(*part, alone, out),
            [word, s] if text(s).eq_ignore_ascii_case("s") => {
                self.single(*word, alone, out);
                out.joined([text(word), "s"].into_iter(), whole, 0, 1);
            }
            [prefix, rest] if text(prefix).len() <= 2 => {
                out.joined([text(prefix), text(rest)].into_iter(), whole, 0, 1);
                if text(rest).len() > 2 {
                    self.single(*rest, false, out);
                }
            }
            _ => out.joined(unit.iter().map(text), whole, 0, 1),
        }
    }

    /// One part: a word, with one token per character for Chinese, Japanese and Korean.
    fn single<S: FnMut(Token<'_>)>(&self, part: Part, alone: bool, out: &mut Emitter<'_, S>) {
        let word = self.word(part.start, part.end);
        if word.text.is_ascii() {
            if alone && word.text.len() == 1 || is_own_word(word.text, alone) {
                out.word(word, 0);
            }
            // `Security+` is the certificate, and also the word.
            if self.text.as_bytes().get(part.end) == Some(&b'+')
                && word.text.bytes().all(|byte| byte.is_ascii_alphabetic())
            {
                out.joined([word.text, "+"].into_iter(), self.word(part.start, part.end + 1), 0, 1);
            }
            return;
        }
        let mut from = 0;
        let mut is_first = true;
        while from < word.text.len() {
            let rest = &word.text[from..];
            let first =
                rest.chars().next().map_or(0, |letter| if is_ideograph(letter) { letter.len_utf8() } else { 0 });
            let length = if first > 0 { first } else { rest.find(is_ideograph).unwrap_or(rest.len()) };
            if !is_first {
                out.advance(1);
            }
            out.word(self.word(part.start + from, part.start + from + length), 0);
            is_first = false;
            from += length;
        }
    }
}

/// A byte of a word: ASCII letter or digit, or any script (other characters outside ASCII never get into a chunk).
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 128
}

/// The part that begins at `start`.
fn next_part(bytes: &[u8], start: usize, limit: usize) -> Part {
    let run = |from: usize| {
        bytes[from..limit].iter().position(|&byte| !is_letter(byte)).map_or(limit, |length| from + length)
    };
    let digits = |from: usize| bytes[from..limit].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = run(start);
    // `99.99`, `3.10.1`, `1.5M`; not the years of `01.2020`.
    while bytes[start..end].iter().all(|&byte| byte.is_ascii_digit() || byte == b'.')
        && end < limit
        && bytes[end] == b'.'
        && (1..=3).contains(&digits(end + 1))
        && end - start < 24
        && !is_year(&bytes[start..end])
    {
        end = run(end + 1);
    }
    if bytes[end..limit].starts_with(b"++") {
        end += 2;
    } else if end == start + 1 && end < limit && bytes[end] == b'#' && bytes[start].is_ascii_alphabetic() {
        end += 1;
    }
    let joins = end + 1 < limit && matches!(bytes[end], b'.' | b'-' | b'\'' | b'&') && is_letter(bytes[end + 1]);
    Part { start, end, joiner: if joins { bytes[end] } else { 0 } }
}

fn is_year(bytes: &[u8]) -> bool {
    bytes.len() == 4 && matches!(bytes[..2], [b'1', b'9'] | [b'2', b'0'])
}

/// Whether a part of a compound is a word of its own. Single letters are not (`C-level`, `T-SQL`), but the languages `C` and
/// `R` are in a list (`C/Java`).
fn is_own_word(text: &str, in_list: bool) -> bool {
    text.len() > 1 || text.bytes().all(|byte| byte.is_ascii_digit()) || (in_list && matches!(text, "C" | "R"))
}

/// Two or three plain parts of at most four letters: `CI/CD`, `PL/SQL`, `AS/400`; not dates.
fn is_short_list(text: &str) -> bool {
    let text = text.trim_end_matches(['.', '-']);
    let is_short = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let parts = text.split('/').count();
    let is_s4hana = parts == 2 && text.len() <= 12 && matches!(text.as_bytes(), [_, b'/', b'0'..=b'9', ..]);
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'/');
    (2..=3).contains(&parts)
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
        && (text.split('/').all(is_short) || (is_s4hana && is_plain))
}

/// `.NET` in any case at the start of a run, not followed by a letter.
fn is_dotnet(text: &str) -> bool {
    text.get(..4).is_some_and(|head| head.eq_ignore_ascii_case(".net"))
        && !text.as_bytes().get(4).is_some_and(|&byte| is_letter(byte))
}

/// Whether the second part is the platform: `ASP.NET`, `asp.net`; not `example.net`.
fn is_platform_net(first: &str, second: &str) -> bool {
    second == "NET" || (second.eq_ignore_ascii_case("net") && words::is_dotnet_head(first))
}

/// Written without blanks between words: Han, kana, Hangul.
fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The range of the e-mail address (or of `@domain`) around the `@` at `at`, not before `from`.
fn address(text: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'+' | b'-');
    let is_domain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let local = bytes[from..at].iter().rev().take_while(|byte| is_local(byte)).count();
    let start = (at - local..at).find(|&start| bytes[start].is_ascii_alphanumeric()).unwrap_or(at);
    let domain = bytes[at + 1..].iter().take_while(|byte| is_domain(byte)).count();
    let domain = text[at + 1..at + 1 + domain].trim_end_matches(['.', '-']);
    let (name, ending) = domain.rsplit_once('.')?;
    let is_real = !name.is_empty() && ending.len() >= 2 && ending.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_real.then_some((start, at + 1 + domain.len()))
}
