//! Bytes of documents, compressed in blocks that share a dictionary. In: bytes, document by document. Out: a file, and the bytes of any document
//! for the price of one small block.
//!
//! Résumés resemble each other more than the parts of one do: alone they compress badly, in blocks of a hundred well, but then a hit decodes
//! a hundred. Here the first documents of a segment, compressed as one block, are the dictionary of all small blocks after it. 5,000 invented
//! texts of 2.7 KB take 543 bytes each so (12 KB at a time, a dictionary of 256 KB), and 653 in blocks of 96 KB without; both
//! take the same time to write, and a hit a sixth of it to read.
//!
//! ```text
//! file     blocks … · footer · length of the footer (4 bytes, low bits first)
//! block    compressed: (length, bytes) of its documents
//! footer   number of parts; of each: number of blocks; of each: documents, length
//! part     blocks with one dictionary, which is the block of their first documents and lies behind the others; a segment that was merged of
//!          others has several
//! ```
//!
//! A dictionary that is small beside its part is not compressed: a program that answers one query would decode those of all segments for it.
//! Numbers without a width are varints, seven bits a byte, low bits first.

use std::cell::RefCell;
use std::io::{self, ErrorKind, Write};
use std::sync::{Mutex, OnceLock, PoisonError};
use tantivy::directory::{FileSlice, OwnedBytes, TerminatingWrite, WritePtr};
use tantivy::{DocId, HasLen};
use zstd::bulk::Compressor;
use zstd::zstd_safe::{DCtx, get_frame_content_size};

/// How hard zstd tries: its default. With such dictionaries level 1 is no faster and takes 12 % more room, level 4 takes twice as long for 6 % less
/// (the same 5,000 texts).
const LEVEL: i32 = 3;

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
    /// Every other. From 16 KB on zstd copies the tables of the dictionary for each block.
    pub block: usize,
}

/// A block, as the footer tells of it.
#[derive(Debug, Clone, Copy)]
struct Block {
    documents: u32,
    length: u32,
    /// A dictionary as it is; every other block is compressed.
    raw: bool,
}

/// The part that is being written.
struct Open {
    /// The block of its first documents, until it is known how much follows.
    first: Vec<u8>,
    documents: u32,
    compressor: Compressor<'static>,
    /// All other blocks, and their bytes.
    blocks: Vec<Block>,
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
    parts: Vec<Vec<Block>>,
}

impl Writer {
    /// Begins a file.
    pub fn new(out: WritePtr, layout: Layout) -> Writer {
        Writer { out, layout, part: None, pending: Vec::new(), documents: 0, parts: Vec::new() }
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
        for of_part in from.places.chunk_by(|one, next| one.part == next.part) {
            self.parts.push(of_part.iter().map(|place| place.block).collect());
        }
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
        for part in &self.parts {
            put(&mut footer, part.len() as u64);
            for block in part {
                put(&mut footer, u64::from(block.documents));
                put(&mut footer, u64::from(block.length) << 1 | u64::from(block.raw));
            }
        }
        let length = u32::try_from(footer.len()).map_err(io::Error::other)?;
        footer.extend_from_slice(&length.to_le_bytes());
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
            part.blocks.push(Block { documents, length: length_of(&compressed)?, raw: false });
            part.length += compressed.len();
            self.pending.clear();
        } else {
            let first = std::mem::take(&mut self.pending);
            let compressor = Compressor::with_dictionary(LEVEL, dictionary(&first, self.layout))?;
            self.part = Some(Open { first, documents, compressor, blocks: Vec::new(), length: 0 });
        }
        Ok(())
    }

    /// Writes what waits and the dictionary.
    fn end_part(&mut self) -> io::Result<()> {
        self.flush()?;
        let Some(Open { first, documents, mut blocks, length, .. }) = self.part.take() else { return Ok(()) };
        let raw = length >= SMALL * first.len();
        let written = if raw { first } else { zstd::bulk::compress(&first, LEVEL)? };
        self.out.write_all(&written)?;
        blocks.insert(0, Block { documents, length: length_of(&written)?, raw });
        self.parts.push(blocks);
        Ok(())
    }
}

fn length_of(block: &[u8]) -> io::Result<u32> {
    u32::try_from(block.len()).map_err(io::Error::other)
}

/// The dictionary that a part's first block is.
fn dictionary(block: &[u8], layout: Layout) -> &[u8] {
    &block[..block.len().min(layout.dictionary)]
}

/// Reads the file.
pub struct Blocks {
    /// All compressed blocks.
    data: FileSlice,
    layout: Layout,
    parts: Vec<Part>,
    places: Vec<Place>,
    documents: DocId,
    /// The block decoded last: who asks for one document after the other finds the next in it.
    last: Mutex<Option<(usize, OwnedBytes)>>,
}

struct Part {
    /// Number of the block that is its dictionary.
    first: usize,
    /// That block, read when it is first needed.
    dictionary: OnceLock<tantivy::Result<OwnedBytes>>,
}

/// Where a block lies.
struct Place {
    block: Block,
    /// Its first document.
    first: DocId,
    at: usize,
    part: usize,
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
        let (data, footer) = rest.split_from_end(length);
        let footer = footer.read_bytes()?;
        let mut blocks =
            Blocks { data, layout, parts: Vec::new(), places: Vec::new(), documents: 0, last: Mutex::default() };
        blocks.read(&mut footer.as_slice()).ok_or_else(damaged)?;
        Ok(blocks)
    }

    /// Reads the footer; none if it does not fit the file.
    fn read(&mut self, footer: &mut &[u8]) -> Option<()> {
        let mut at = 0;
        for part in 0..take(footer)? as usize {
            self.parts.push(Part { first: self.places.len(), dictionary: OnceLock::new() });
            for _ in 0..take(footer)? {
                let documents = u32::try_from(take(footer)?).ok()?;
                let length = take(footer)?;
                let block = Block { documents, length: u32::try_from(length >> 1).ok()?, raw: length & 1 == 1 };
                self.places.push(Place { block, first: self.documents, at, part });
                self.documents = self.documents.checked_add(documents)?;
                at += block.length as usize;
            }
            self.last_is_first(self.parts.last()?.first);
        }
        (at == self.data.len() && footer.is_empty()).then_some(())
    }

    /// The first block of a part, which begins at this place, lies behind the others.
    fn last_is_first(&mut self, first: usize) {
        let of_part = &mut self.places[first..];
        let length = of_part.first().map_or(0, |place| place.block.length as usize);
        let end = of_part.last().map_or(0, |place| place.at + place.block.length as usize);
        of_part.iter_mut().for_each(|place| place.at = place.at.saturating_sub(length));
        of_part.first_mut().into_iter().for_each(|place| place.at = end - length);
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
        let number = self.places.partition_point(|place| place.first <= doc).checked_sub(1).ok_or_else(damaged)?;
        let place = &self.places[number];
        let part = &self.parts[place.part];
        let dictionary = part.dictionary.get_or_init(|| self.dictionary(part)).as_ref().map_err(Clone::clone)?;
        let block = if number == part.first { dictionary.clone() } else { self.decoded(number, dictionary)? };
        let mut rest = &block[..];
        for _ in place.first..doc {
            entry(&mut rest).ok_or_else(damaged)?;
        }
        Ok(entry(&mut rest).ok_or_else(damaged)?.to_vec())
    }

    fn dictionary(&self, part: &Part) -> tantivy::Result<OwnedBytes> {
        let written = self.written(part.first)?;
        Ok(if self.places[part.first].block.raw { written } else { decode(&written, &[])? })
    }

    fn decoded(&self, number: usize, first: &[u8]) -> io::Result<OwnedBytes> {
        let last = |held: &Option<(usize, OwnedBytes)>| held.clone().filter(|(held, _)| *held == number);
        if let Some((_, block)) = last(&self.last.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(block);
        }
        let block = decode(&self.written(number)?, dictionary(first, self.layout))?;
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((number, block.clone()));
        Ok(block)
    }

    /// A block as it stands in the file.
    fn written(&self, number: usize) -> io::Result<OwnedBytes> {
        let Place { at, block, .. } = self.places[number];
        self.data.read_bytes_slice(at..at + block.length as usize)
    }
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

/// Writes a number.
pub fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Takes a number off the beginning.
pub fn take(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

fn damaged() -> io::Error {
    io::Error::new(ErrorKind::InvalidData, "a file of stored documents is damaged")
}

#[cfg(test)]
#[path = "blocks_tests.rs"]
mod tests;
