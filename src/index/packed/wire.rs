//! The numbers and strings of a packed profile. In: values one after the other. Out: bytes, and the values again. Knows no field of a
//! profile.
//!
//! Numbers are [`varint`]s, signed ones zigzag. A string is a code: 0 the text at the evidence written last;
//! 1 whole lines from there on, joined by blanks, and their number; 2 + 2k the k-th string of [`PHRASES`] and of those written in full
//! before; 3 + 2n a string of n bytes.

use super::super::text::TextLine;
use super::super::varint;
use super::phrases::PHRASES;
use crate::analysis::ascii::{eight, parts};
use crate::model::Evidence;
use std::ops::Range;
use std::sync::LazyLock;

/// Something that can be written and read again.
pub trait Packed: Sized {
    /// Writes it.
    fn pack<'p>(&'p self, to: &mut Writer<'p>);

    /// Reads it; none at the end or where the bytes make no sense.
    fn unpack(from: &mut Reader<'_>) -> Option<Self>;
}

const AT_EVIDENCE: u64 = 0;
const WHOLE_LINES: u64 = 1;
const KNOWN: u64 = 2;
const LITERAL: u64 = 3;

/// Between the parts of a reason.
const JOINT: u8 = b';';

/// Strings, and styles of evidence, among which a new one is looked for: more than a résumé has, and few enough for the strangest.
const LOOKED_AT: usize = 96;

/// Where a value stands in the text: line, first byte, byte after the last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    pub line: u32,
    pub start: u32,
    pub end: u32,
}

impl Place {
    fn of(evidence: &Evidence) -> Place {
        Place { line: evidence.line, start: evidence.start, end: evidence.end }
    }
}

/// What differs little from value to value is written as a difference to the one before.
#[derive(Debug, Default)]
struct Last {
    line: i64,
    month: i64,
    /// Where the evidence written or read last points to.
    place: Option<Place>,
}

/// Score, reason and runner-up: a profile has few different ones.
type Style<'p> = (u32, &'p str, Option<&'p str>);

/// Bytes being written.
pub struct Writer<'p> {
    out: Vec<u8>,
    lines: &'p [TextLine<'p>],
    last: Last,
    strings: Strings<'p>,
    styles: Vec<Style<'p>>,
    /// The style seen last of those with like scores and reasons of like lengths: the one that is wanted, most of the time.
    likely: [u8; LIKELY],
}

const LIKELY: usize = 32;

/// Places of a [`Strings`]: several times as many as it has strings, whose numbers are bytes.
const PLACES: usize = 512;
const _: () = assert!(PHRASES.len() + LOOKED_AT <= u8::MAX as usize);

/// Strings by number: [`PHRASES`], and those written in full so far, the first [`LOOKED_AT`] of them.
struct Strings<'p> {
    written: Vec<&'p str>,
    /// Number + 1 of the string whose [`mark`] leads here, or of one that found its place taken; 0 where there is none.
    places: [u8; PLACES],
}

/// The places of [`PHRASES`].
static PHRASE_PLACES: LazyLock<[u8; PLACES]> = LazyLock::new(|| {
    let mut strings = Strings { written: Vec::new(), places: [0; PLACES] };
    for (number, phrase) in (1..).zip(PHRASES) {
        let (place, _) = strings.look(phrase);
        strings.places[place] = number;
    }
    strings.places
});

impl<'p> Strings<'p> {
    /// Where a string has or would have its place, and its number if it is known.
    fn look(&self, text: &str) -> (usize, Option<usize>) {
        let mut place = mark(text) as usize % PLACES;
        while let Some(number) = usize::from(self.places[place]).checked_sub(1) {
            let known = PHRASES.get(number).or_else(|| self.written.get(number - PHRASES.len()));
            if known.is_some_and(|known| *known == text) {
                return (place, Some(number));
            }
            place = (place + 1) % PLACES;
        }
        (place, None)
    }

    /// Makes a string known that has its place there.
    fn add(&mut self, text: &'p str, place: usize) {
        if self.written.len() < LOOKED_AT {
            self.written.push(text);
            self.places[place] = (PHRASES.len() + self.written.len()) as u8;
        }
    }
}

/// A number that two different strings of a profile rarely share.
fn mark(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let ends = eight(bytes, 0).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ eight(bytes, bytes.len().saturating_sub(8));
    let middle = eight(bytes, bytes.len() / 2);
    (ends.rotate_left(29) ^ middle ^ bytes.len() as u64).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 32
}

impl<'p> Writer<'p> {
    /// Begins with the byte `version`; evidence points into `lines`.
    pub fn new(version: u8, lines: &'p [TextLine<'p>]) -> Writer<'p> {
        let mut out = Vec::with_capacity(1024);
        out.push(version);
        let strings = Strings { written: Vec::with_capacity(32), places: *PHRASE_PLACES };
        Writer { out, lines, last: Last::default(), strings, styles: Vec::with_capacity(32), likely: [0; LIKELY] }
    }

    /// The bytes.
    pub fn finish(self) -> Vec<u8> {
        self.out
    }

    /// Any number.
    pub fn number(&mut self, value: u64) {
        varint::put(&mut self.out, value);
    }

    /// A number that is small on either side of zero.
    pub fn signed(&mut self, value: i64) {
        self.number(((value << 1) ^ (value >> 63)) as u64);
    }

    /// Number of a line.
    pub fn line(&mut self, line: i64) {
        self.signed(line - self.last.line);
        self.last.line = line;
    }

    /// A month.
    pub fn month(&mut self, month: i64) {
        self.signed(month - self.last.month);
        self.last.month = month;
    }

    /// Points are quarters as a rule.
    pub fn fraction(&mut self, value: f32) {
        let quarters = value * 4.0;
        if quarters.fract() == 0.0 && (0.0..1e6).contains(&quarters) && quarters.is_sign_positive() {
            return self.number((quarters as u64) << 1);
        }
        self.number((u64::from(value.to_bits()) << 1) | 1);
    }

    /// A string.
    pub fn text(&mut self, text: &'p str) {
        if let Some(place) = self.last.place {
            if at(self.lines, place) == Some(text) {
                return self.number(AT_EVIDENCE);
            }
            if let Some(count) = whole_lines(self.lines, place, text) {
                self.number(WHOLE_LINES);
                return self.number(count);
            }
        }
        let (place, known) = self.strings.look(text);
        if let Some(number) = known {
            return self.number(KNOWN + 2 * number as u64);
        }
        self.strings.add(text, place);
        self.number(LITERAL + 2 * text.len() as u64);
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Score, reason and runner-up of an evidence, and one bit that belongs to it.
    pub fn style(&mut self, evidence: &'p Evidence, bit: bool) {
        let style: Style<'p> = (evidence.score.to_bits(), &evidence.reason, evidence.runner_up.as_deref());
        let known = self.style_of(&style);
        self.number((known.unwrap_or(self.styles.len()) as u64) << 1 | u64::from(bit));
        if known.is_none() {
            self.styles.push(style);
            self.last.place = None;
            self.fraction(evidence.score);
            // `proper-name +1; template: 0 before the date, 0 after, employer first (+0.0)`: many values share each part.
            let count = 1 + memchr::memchr_iter(JOINT, style.1.as_bytes()).count() as u64;
            self.number(count << 1 | u64::from(style.2.is_some()));
            parts(style.1, JOINT).chain(style.2).for_each(|part| self.text(part));
        }
    }

    /// The number of a style that is known.
    fn style_of(&mut self, style: &Style<'p>) -> Option<usize> {
        let likely = &mut self.likely[((style.0 >> 19) as usize ^ style.1.len()) % LIKELY];
        if self.styles.get(usize::from(*likely)) == Some(style) {
            return Some(usize::from(*likely));
        }
        let looked_at = self.styles.len().min(LOOKED_AT);
        let known = self.styles[..looked_at].iter().position(|known| known == style);
        // What is not known yet is added next, and looked for only among so many.
        *likely = known.unwrap_or(looked_at).min(LOOKED_AT - 1) as u8;
        known
    }

    /// Where an evidence points; strings that follow may stand there.
    pub fn place(&mut self, evidence: &Evidence) {
        self.line(i64::from(evidence.line));
        self.number(u64::from(evidence.start));
        self.signed(i64::from(evidence.end) - i64::from(evidence.start));
        self.stand(Place::of(evidence));
    }

    /// Strings that follow may stand there.
    pub fn stand(&mut self, place: Place) {
        self.last.place = Some(place);
    }

    /// What evidence points into.
    pub fn lines(&self) -> &'p [TextLine<'p>] {
        self.lines
    }

    /// The number of the style of an evidence, if it was written before.
    pub fn known_style(&mut self, evidence: &'p Evidence) -> Option<usize> {
        self.style_of(&(evidence.score.to_bits(), &evidence.reason, evidence.runner_up.as_deref()))
    }
}

/// Bytes being read.
pub struct Reader<'b> {
    bytes: &'b [u8],
    lines: &'b [TextLine<'b>],
    last: Last,
    strings: Vec<&'b str>,
    styles: Vec<(f32, String, Option<String>)>,
}

impl<'b> Reader<'b> {
    /// Of bytes without their version, and the lines they were written beside.
    pub fn new(bytes: &'b [u8], lines: &'b [TextLine<'b>]) -> Reader<'b> {
        Reader { bytes, lines, last: Last::default(), strings: Vec::new(), styles: Vec::new() }
    }

    /// Nothing is left.
    pub fn is_done(&self) -> bool {
        self.bytes.is_empty()
    }

    /// How many bytes are left.
    pub fn rest(&self) -> usize {
        self.bytes.len()
    }

    /// Any number.
    pub fn number(&mut self) -> Option<u64> {
        varint::take(&mut self.bytes)
    }

    /// The length of a list. Every element takes a byte at least, so that a wrong number allocates little.
    pub fn length(&mut self) -> Option<usize> {
        let length = usize::try_from(self.number()?).ok()?;
        (length <= self.bytes.len()).then_some(length)
    }

    /// What [`Writer::signed`] wrote.
    pub fn signed(&mut self) -> Option<i64> {
        let code = self.number()?;
        Some((code >> 1) as i64 ^ -((code & 1) as i64))
    }

    /// Number of a line.
    pub fn line(&mut self) -> Option<i64> {
        self.last.line = self.last.line.checked_add(self.signed()?)?;
        Some(self.last.line)
    }

    /// A month.
    pub fn month(&mut self) -> Option<i64> {
        self.last.month = self.last.month.checked_add(self.signed()?)?;
        Some(self.last.month)
    }

    /// What [`Writer::fraction`] wrote.
    pub fn fraction(&mut self) -> Option<f32> {
        let code = self.number()?;
        Some(if code & 1 == 0 { (code >> 1) as f32 / 4.0 } else { f32::from_bits(u32::try_from(code >> 1).ok()?) })
    }

    /// A string.
    pub fn text(&mut self) -> Option<String> {
        match self.number()? {
            AT_EVIDENCE => at(self.lines, self.last.place?).map(str::to_string),
            WHOLE_LINES => {
                let (from, count) = (self.last.place?.line as usize, usize::try_from(self.number()?).ok()?);
                let lines = self.lines.get(from..from.checked_add(count)?)?;
                Some(lines.iter().map(|line| line.text).collect::<Vec<_>>().join(" "))
            }
            code if code & 1 == 0 => {
                let known = usize::try_from((code - KNOWN) / 2).ok()?;
                let text = PHRASES.get(known).or_else(|| self.strings.get(known.checked_sub(PHRASES.len())?))?;
                Some(text.to_string())
            }
            code => {
                let (text, rest) = self.bytes.split_at_checked(usize::try_from((code - LITERAL) / 2).ok()?)?;
                self.bytes = rest;
                let text = std::str::from_utf8(text).ok()?;
                self.strings.push(text);
                Some(text.to_string())
            }
        }
    }

    /// Score, reason and runner-up, without a place; and the bit.
    pub fn style(&mut self) -> Option<(Evidence, bool)> {
        let code = self.number()?;
        let style = usize::try_from(code >> 1).ok()?;
        if style == self.styles.len() {
            self.last.place = None;
            let (score, counts) = (self.fraction()?, self.number()?);
            let parts: Option<Vec<String>> = (0..counts >> 1).map(|_| self.text()).collect();
            let runner_up = if counts & 1 == 1 { Some(self.text()?) } else { None };
            self.styles.push((score, parts?.join(";"), runner_up));
        }
        let (score, reason, runner_up) = self.styles.get(style)?.clone();
        Some((Evidence { score, reason: reason.into(), runner_up, ..Evidence::default() }, code & 1 == 1))
    }

    /// What [`Writer::place`] wrote goes into `evidence`.
    pub fn place(&mut self, evidence: &mut Evidence) -> Option<()> {
        evidence.line = u32::try_from(self.line()?).ok()?;
        evidence.start = u32::try_from(self.number()?).ok()?;
        evidence.end = u32::try_from(i64::from(evidence.start).checked_add(self.signed()?)?).ok()?;
        self.stand(Place::of(evidence));
        Some(())
    }

    /// See [`Writer::stand`].
    pub fn stand(&mut self, place: Place) {
        self.last.place = Some(place);
    }

    /// What evidence points into.
    pub fn lines(&self) -> &'b [TextLine<'b>] {
        self.lines
    }
}

/// The text at a place.
pub fn at<'t>(lines: &[TextLine<'t>], place: Place) -> Option<&'t str> {
    lines.get(place.line as usize)?.text.get(Range { start: place.start as usize, end: place.end as usize })
}

/// How many lines from an evidence on make up `text`, joined by blanks.
fn whole_lines(lines: &[TextLine<'_>], Place { line, .. }: Place, text: &str) -> Option<u64> {
    let mut rest = text;
    for (count, line) in (1..).zip(lines.get(line as usize..)?) {
        rest = rest.strip_prefix(line.text)?;
        if rest.is_empty() {
            return Some(count);
        }
        rest = rest.strip_prefix(' ')?;
    }
    None
}
