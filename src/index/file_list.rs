//! The files of a manifest as bytes: in as few as a run over unchanged files can read fast. In: paths with their [`Entry`]s, sorted. Out: bytes,
//! and the same again. Opens no file.
//!
//! Per file, numbers as varints (seven bits a byte, low bits first): bytes that the path shares with the one before · length of the rest, the rest ·
//! size · seconds (difference to the one before, zigzag) and nanoseconds of the last change · 0, or the stamp of the run when it differs from the one
//! before plus 1 · what became of it: 0 and the reason as JSON with its length, or the number of the format plus 1 and the sixteen bytes of the
//! content hash.

use super::files::{Entry, Files, State};
use super::varint;
use crate::corpus::ContentHash;
use crate::model::Format;
use std::io::{self, Write};

/// Writes the files in order.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut impl Write, files: &Files) -> io::Result<()> {
    let mut before = Before::default();
    let mut line = Vec::with_capacity(256);
    for (_, path, entry) in files.iter() {
        line.clear();
        let shared = before.path.bytes().zip(path.bytes()).take_while(|(one, other)| one == other).count();
        varint::put(&mut line, shared as u64);
        text(&mut line, &path.as_bytes()[shared..]);
        varint::put(&mut line, entry.size);
        let step = entry.modified.wrapping_sub(before.modified);
        varint::put(&mut line, ((step << 1) ^ (step >> 63)) as u64);
        varint::put(&mut line, u64::from(entry.nanos));
        varint::put(&mut line, if entry.stamp == before.stamp { 0 } else { u64::from(entry.stamp) + 1 });
        match &entry.state {
            State::Skipped(reason) => {
                varint::put(&mut line, 0);
                text(&mut line, &serde_json::to_vec(reason)?);
            }
            State::Indexed(hash, format) => {
                varint::put(&mut line, code_of(*format) + 1);
                line.extend_from_slice(&hash.0);
            }
        }
        out.write_all(&line)?;
        before = Before { path, modified: entry.modified, stamp: entry.stamp };
    }
    Ok(())
}

/// Reads `count` files from the beginning of `input` and moves it on; none where the bytes make no sense or end too soon.
pub fn read(input: &mut &[u8], count: usize) -> Option<Files> {
    let mut bytes = Input(input);
    let mut files: Vec<(Box<str>, Entry)> = Vec::with_capacity(count.min(bytes.0.len() / 8));
    for _ in 0..count {
        let before = files.last();
        let (modified, stamp) = before.map_or((0, 0), |(_, entry)| (entry.modified, entry.stamp));
        let shared = bytes.size()?;
        let mut path = before.map_or(&[][..], |(path, _)| path.as_bytes()).get(..shared)?.to_vec();
        path.extend_from_slice(bytes.text()?);
        let size = bytes.number()?;
        let step = bytes.number()?;
        let modified = modified.wrapping_add((step >> 1) as i64 ^ -((step & 1) as i64));
        let nanos = u32::try_from(bytes.number()?).ok()?;
        let stamp = match bytes.number()? {
            0 => stamp,
            other => u32::try_from(other - 1).ok()?,
        };
        let state = match bytes.number()? {
            0 => State::Skipped(serde_json::from_slice(bytes.text()?).ok()?),
            code => {
                let hash = ContentHash(bytes.take(16)?.try_into().ok()?);
                State::Indexed(hash, *Format::ALL.get(usize::try_from(code - 1).ok()?)?)
            }
        };
        let path = String::from_utf8(path).ok()?.into_boxed_str();
        files.push((path, Entry { size, modified, nanos, stamp, state }));
    }
    *input = bytes.0;
    // Paths are looked up by halving: an order that is none would lose files.
    files.is_sorted_by(|one, other| one.0 < other.0).then(|| Files::sorted(files))
}

/// What the next file is written as a difference to.
#[derive(Default)]
struct Before<'a> {
    path: &'a str,
    modified: i64,
    stamp: u32,
}

/// Place in `Format::ALL`, which only grows at its end.
fn code_of(format: Format) -> u64 {
    Format::ALL.iter().position(|&known| known == format).map_or(0, |at| at as u64)
}

fn text(out: &mut Vec<u8>, text: &[u8]) {
    varint::put(out, text.len() as u64);
    out.extend_from_slice(text);
}

struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn number(&mut self) -> Option<u64> {
        varint::take(&mut self.0)
    }

    fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn text(&mut self) -> Option<&'a [u8]> {
        let length = self.size()?;
        self.take(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SkipReason;

    fn entry(state: State) -> Entry {
        Entry { size: 2_559, modified: 1_764_399_999, nanos: 999_999_999, stamp: 7, state }
    }

    fn check(files: &[(&str, Entry)]) -> usize {
        let files = Files::sorted(files.iter().map(|(path, entry)| (Box::from(*path), entry.clone())).collect());
        let mut bytes = Vec::new();
        write(&mut bytes, &files).unwrap();
        let mut rest = &bytes[..];
        assert_eq!(read(&mut rest, files.len()), Some(files.clone()));
        assert_eq!(rest, b"");
        for cut in 0..bytes.len() {
            assert_eq!(read(&mut &bytes[..cut], files.len()), None, "{cut} of {}", bytes.len());
        }
        bytes.len()
    }

    fn indexed(format: Format) -> Entry {
        entry(State::Indexed(ContentHash::of(b"hello"), format))
    }

    #[test]
    fn files_come_back() {
        check(&[]);
        let skipped = |reason| State::Skipped(Box::new(reason));
        check(&[
            ("a/\n\".pdf", Entry { size: u64::MAX, ..entry(skipped(SkipReason::Duplicate("x".into()))) }),
            ("a/ü.pdf", indexed(Format::Zip)),
            ("a/ý.pdf", Entry { modified: -1, stamp: u32::MAX, ..indexed(Format::Zip) }),
            ("b", entry(skipped(SkipReason::Empty))),
        ]);
    }

    #[test]
    fn files_out_of_order_are_none() {
        let files = Files::sorted(vec![("b".into(), indexed(Format::Text)), ("a".into(), indexed(Format::Text))]);
        let mut bytes = Vec::new();
        write(&mut bytes, &files).unwrap();
        assert_eq!(read(&mut &bytes[..], 2), None);
    }

    #[test]
    fn one_file_more_takes_some_thirty_bytes() {
        let entry = indexed(Format::Text);
        let one = check(&[("resumes/0001.txt", entry.clone())]);
        assert!(check(&[("resumes/0001.txt", entry.clone()), ("resumes/0002.txt", entry)]) - one <= 34);
    }
}
