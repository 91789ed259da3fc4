//! Bytes of documents, compressed in blocks that share a dictionary. In: bytes, document by document. Out: a file, and the bytes of any document
//! for the price of one small block.
//!
//! Résumés resemble each other more than the parts of one do: alone they compress badly, in blocks of a hundred well, but then a hit decodes
//! a hundred. Here the first documents of a segment, as one block, are the dictionary of all others, which can be small.
//!
//! ```text
//! file     parts … · rows of all blocks · footer · length of the footer (4 bytes)
//! part     blocks with one dictionary, which is the block of their first documents and lies behind the others; a segment that was merged of
//!          others has several
//! block    compressed: (length, bytes) of its documents
//! row      first document and first byte, counted from the beginning of the part (4 bytes each); that of the dictionary first
//! footer   number of parts; of each: blocks, documents, bytes, whether its dictionary is compressed
//! ```
//!
//! A dictionary that is small beside its part is not compressed: a program that answers one query would decode those of all segments for it. For
//! the same reason rows are looked up where they lie. Numbers without a width are varints, seven bits a byte; all have low bits first.

use crate::index::varint::{put, take};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Write};
use std::sync::{Mutex, OnceLock, PoisonError};
use tantivy::directory::{FileSlice, OwnedBytes, TerminatingWrite, WritePtr};
use tantivy::{DocId, HasLen};
use zstd::bulk::Compressor;
use zstd::zstd_safe::{CParameter, DCtx, get_error_name, get_frame_content_size};

/// How hard zstd tries: its default. With such dictionaries level 1 is no faster and takes 8 % more room, level 4 takes more than twice as long for
/// 7 % less (5,000 invented texts, 12 KB at a time).
const LEVEL: i32 = 3;

/// Sizes of zstd's tables as powers of two, smaller than its own choice: 1 % more room, but 192 KB, which stay in the caches beside everything
/// else a run does.
const TABLES: [CParameter; 2] = [CParameter::HashLog(15), CParameter::ChainLog(14)];

/// Bytes copied at once when files are put one behind the other.
const COPIED: usize = 1 << 20;

/// More than any block has: a damaged file must not ask for all memory.
const LARGEST_BLOCK: u64 = 1 << 31;

const FOOTER_LENGTH: usize = 4;

/// A dictionary is compressed unless the other blocks take so many times its bytes.
const SMALL: usize = 32;

/// How much is compressed together, in bytes before compression.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// The block of the first documents of a part. What is longer of it is no part of the dictionary.
    pub dictionary: usize,
    /// Every other. Above 16 KB zstd copies the tables of the dictionary for each block; below it looks into two pairs of tables at every place,
    /// which takes a run 8 % longer.
    pub block: usize,
}

/// A block as the rows tell of it: its first document and its first byte.
type Row = (u32, u32);

const ROW: usize = 8;

/// Decoded blocks that are kept: half a megabyte of a segment's texts.
const KEPT: usize = 16;

/// A part as the footer tells of it.
#[derive(Debug, Clone, Copy)]
struct Extent {
    blocks: usize,
    documents: u32,
    length: usize,
    /// Its dictionary is not compressed.
    raw: bool,
}

/// The part that is being written.
struct Open {
    /// The block of its first documents, until it is known how much follows.
    first: Vec<u8>,
    compressor: Compressor<'static>,
    /// Of all other blocks.
    rows: Vec<Row>,
    documents: u32,
    length: usize,
}

/// Writes the file.
pub struct Writer {
    out: WritePtr,
    layout: Layout,
    part: Option<Open>,
    /// Documents of the next block.
    pending: Vec<u8>,
    documents: u32,
    rows: Vec<u8>,
    parts: Vec<Extent>,
}

impl Writer {
    /// Begins a file.
    pub fn new(out: WritePtr, layout: Layout) -> Writer {
        Writer { out, layout, part: None, pending: Vec::new(), documents: 0, rows: Vec::new(), parts: Vec::new() }
    }

    /// Bytes that wait, and about what compressing takes.
    pub fn memory(&self) -> usize {
        self.pending.capacity() + 4 * self.layout.dictionary
    }

    /// The bytes of the next document.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        put(&mut self.pending, bytes.len() as u64);
        self.pending.extend_from_slice(bytes);
        self.documents += 1;
        let enough = if self.part.is_some() { self.layout.block } else { self.layout.dictionary };
        if self.pending.len() >= enough { self.flush() } else { Ok(()) }
    }

    /// All documents of another file, as they are: they keep their dictionaries.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub fn append(&mut self, from: &Blocks) -> io::Result<()> {
        self.end_part()?;
        for at in (0..from.data.len()).step_by(COPIED) {
            let end = from.data.len().min(at + COPIED);
            self.out.write_all(&from.data.read_bytes_slice(at..end)?)?;
        }
        self.rows.extend_from_slice(&from.rows);
        self.parts.extend(from.parts.iter().map(|part| part.extent));
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn close(mut self) -> io::Result<()> {
        self.end_part()?;
        let mut footer = Vec::new();
        put(&mut footer, self.parts.len() as u64);
        for Extent { blocks, documents, length, raw } in &self.parts {
            for value in [*blocks as u64, u64::from(*documents), *length as u64, u64::from(*raw)] {
                put(&mut footer, value);
            }
        }
        let length = number(footer.len())?;
        footer.extend_from_slice(&length.to_le_bytes());
        self.out.write_all(&self.rows)?;
        self.out.write_all(&footer)?;
        self.out.terminate()
    }

    /// Writes the block that waits, or keeps it, if it is the first of a part.
    fn flush(&mut self) -> io::Result<()> {
        if self.documents == 0 {
            return Ok(());
        }
        let documents = std::mem::take(&mut self.documents);
        if let Some(part) = &mut self.part {
            let compressed = part.compressor.compress(&self.pending)?;
            self.out.write_all(&compressed)?;
            part.rows.push((part.documents, number(part.length)?));
            part.documents += documents;
            part.length += compressed.len();
            self.pending.clear();
        } else {
            let first = std::mem::take(&mut self.pending);
            let compressor = compressor(dictionary(&first, self.layout))?;
            self.part = Some(Open { first, compressor, rows: Vec::new(), documents, length: 0 });
        }
        Ok(())
    }

    /// Writes what waits and the dictionary.
    fn end_part(&mut self) -> io::Result<()> {
        self.flush()?;
        let Some(Open { first, rows, documents, length, .. }) = self.part.take() else { return Ok(()) };
        let raw = length >= SMALL * first.len();
        let written = if raw { first } else { zstd::bulk::compress(&first, LEVEL)? };
        self.out.write_all(&written)?;
        for (first, at) in [(0, number(length)?)].iter().chain(&rows) {
            self.rows.extend_from_slice(&first.to_le_bytes());
            self.rows.extend_from_slice(&at.to_le_bytes());
        }
        self.parts.push(Extent { blocks: rows.len() + 1, documents, length: length + written.len(), raw });
        Ok(())
    }
}

fn compressor(dictionary: &[u8]) -> io::Result<Compressor<'static>> {
    let mut compressor = Compressor::new(LEVEL)?;
    TABLES.into_iter().try_for_each(|size| compressor.set_parameter(size))?;
    compressor.context_mut().load_dictionary(dictionary).map_err(|code| io::Error::other(get_error_name(code)))?;
    Ok(compressor)
}

/// A place in a part: segments are far smaller than 4 GB.
fn number(length: usize) -> io::Result<u32> {
    u32::try_from(length).map_err(io::Error::other)
}

/// The dictionary that a part's first block is.
fn dictionary(block: &[u8], layout: Layout) -> &[u8] {
    &block[..block.len().min(layout.dictionary)]
}

/// Reads the file.
pub struct Blocks {
    /// All parts.
    data: FileSlice,
    rows: OwnedBytes,
    layout: Layout,
    parts: Vec<Part>,
    documents: DocId,
    /// The blocks decoded last, the latest at the end: who asks for one document after the other finds the next in it, and who narrows a list
    /// asks for its first candidates again.
    last: Mutex<VecDeque<(usize, OwnedBytes)>>,
}

struct Part {
    /// Its first document, byte and row.
    first: DocId,
    at: usize,
    row: usize,
    extent: Extent,
    /// Read when it is first needed.
    dictionary: OnceLock<tantivy::Result<OwnedBytes>>,
}

thread_local! {
    /// What zstd needs to decode: 160 KB.
    static DECODER: RefCell<DCtx<'static>> = RefCell::new(DCtx::create());
}

impl Blocks {
    /// Opens a file: reads its footer.
    ///
    /// # Errors
    /// The file cannot be read, or is damaged.
    pub fn open(file: &FileSlice, layout: Layout) -> io::Result<Blocks> {
        let (rest, length) = file.clone().split_from_end(FOOTER_LENGTH.min(file.len()));
        let length: [u8; FOOTER_LENGTH] = length.read_bytes()?.as_slice().try_into().map_err(|_| damaged())?;
        let length = u32::from_le_bytes(length) as usize;
        if length > rest.len() {
            return Err(damaged());
        }
        let (rest, footer) = rest.split_from_end(length);
        let (parts, documents) = parts(&mut footer.read_bytes()?.as_slice()).ok_or_else(damaged)?;
        let (rows, bytes) =
            parts.last().map_or((0, 0), |part| (part.row + part.extent.blocks, part.at + part.extent.length));
        if rows.checked_mul(ROW).and_then(|rows| rows.checked_add(bytes)) != Some(rest.len()) {
            return Err(damaged());
        }
        let (data, rows) = rest.split(bytes);
        Ok(Blocks { data, rows: rows.read_bytes()?, layout, parts, documents, last: Mutex::default() })
    }

    /// Number of documents.
    pub fn documents(&self) -> DocId {
        self.documents
    }

    /// The bytes of a document.
    ///
    /// # Errors
    /// The file cannot be read, is damaged, or has no such document.
    pub fn get(&self, doc: DocId) -> tantivy::Result<Vec<u8>> {
        let part = self.parts.partition_point(|part| part.first <= doc).checked_sub(1).ok_or_else(damaged)?;
        let part = &self.parts[part];
        let dictionary = part.dictionary.get_or_init(|| self.dictionary(part)).as_ref().map_err(Clone::clone)?;
        let in_part = doc - part.first;
        let block = self.block_of(part, in_part);
        let bytes = if block == 0 { dictionary.clone() } else { self.decoded(part, block, dictionary)? };
        let mut rest = &bytes[..];
        for _ in self.row(part, block).0..in_part {
            entry(&mut rest).ok_or_else(damaged)?;
        }
        Ok(entry(&mut rest).ok_or_else(damaged)?.to_vec())
    }

    /// Number of the last block of a part that begins with this document or before.
    fn block_of(&self, part: &Part, doc: DocId) -> usize {
        let (mut from, mut end) = (0, part.extent.blocks);
        while end - from > 1 {
            let middle = from.midpoint(end);
            if self.row(part, middle).0 <= doc { from = middle } else { end = middle }
        }
        from
    }

    fn row(&self, part: &Part, block: usize) -> Row {
        let at = (part.row + block) * ROW;
        let value =
            |at: usize| self.rows.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes);
        (value(at).unwrap_or_default(), value(at + 4).unwrap_or_default())
    }

    fn dictionary(&self, part: &Part) -> tantivy::Result<OwnedBytes> {
        let written = self.written(part, 0)?;
        Ok(if part.extent.raw { written } else { decode(&written, &[])? })
    }

    fn decoded(&self, part: &Part, block: usize, first: &[u8]) -> io::Result<OwnedBytes> {
        let number = part.row + block;
        {
            let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(held) = last.iter().rposition(|(held, _)| *held == number).and_then(|at| last.remove(at)) {
                last.push_back(held.clone());
                return Ok(held.1);
            }
        }
        let bytes = decode(&self.written(part, block)?, dictionary(first, self.layout))?;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.len() >= KEPT {
            last.pop_front();
        }
        last.push_back((number, bytes.clone()));
        Ok(bytes)
    }

    /// A block as it stands in the file: up to the next one, the dictionary up to the end of the part.
    fn written(&self, part: &Part, block: usize) -> io::Result<OwnedBytes> {
        let at = |block: usize| self.row(part, block).1 as usize;
        let end = match block {
            0 => part.extent.length,
            _ if block + 1 < part.extent.blocks => at(block + 1),
            _ => at(0),
        };
        if at(block) > end || end > part.extent.length {
            return Err(damaged());
        }
        self.data.read_bytes_slice(part.at + at(block)..part.at + end)
    }
}

/// The parts of a file, and how many documents they have together; none if the footer makes no sense.
fn parts(footer: &mut &[u8]) -> Option<(Vec<Part>, DocId)> {
    let (mut parts, mut first, mut at, mut row) = (Vec::new(), 0u32, 0usize, 0usize);
    for _ in 0..take(footer)? {
        let blocks = usize::try_from(take(footer)?).ok().filter(|blocks| *blocks > 0)?;
        let documents = u32::try_from(take(footer)?).ok()?;
        let length = usize::try_from(take(footer)?).ok()?;
        let extent = Extent { blocks, documents, length, raw: take(footer)? == 1 };
        parts.push(Part { first, at, row, extent, dictionary: OnceLock::new() });
        (first, at, row) = (first.checked_add(documents)?, at.checked_add(length)?, row.checked_add(blocks)?);
    }
    footer.is_empty().then_some((parts, first))
}

fn decode(bytes: &[u8], dictionary: &[u8]) -> io::Result<OwnedBytes> {
    let size =
        get_frame_content_size(bytes).ok().flatten().filter(|size| *size <= LARGEST_BLOCK).ok_or_else(damaged)?;
    let mut block = Vec::with_capacity(usize::try_from(size).map_err(io::Error::other)?);
    // A dictionary of plain bytes is not looked at, only pointed to.
    DECODER
        .with_borrow_mut(|decoder| decoder.decompress_using_dict(&mut block, bytes, dictionary))
        .map_err(|_| damaged())?;
    Ok(OwnedBytes::new(block))
}

/// Takes bytes off the beginning that stand behind their length: a document off a block.
pub fn entry<'b>(rest: &mut &'b [u8]) -> Option<&'b [u8]> {
    let length = usize::try_from(take(rest)?).ok()?;
    let (bytes, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(bytes)
}

fn damaged() -> io::Error {
    io::Error::new(ErrorKind::InvalidData, "a file of stored documents is damaged")
}

#[cfg(test)]
#[path = "blocks_tests.rs"]
mod tests;
