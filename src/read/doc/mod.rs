//! Word 97–2003 (`.doc`) → [`TextDoc`]:
//!
//! ```text
//!  OLE container (cfb) ─► WordDocument + table stream ─► pieces.rs  text by character position
//!                                                     └► looks.rs   bold, size, lists, tables by file position
//!                      story.rs: page headers, body, text boxes, notes, page footers ─► Flow
//! ```
//!
//! Of Word 6 and 95 the plain text is read. Deleted text and comments are left out, hidden text is kept as hidden lines.
//! Does not read embedded objects, macros or old Excel and PowerPoint files.

mod bytes;
mod looks;
mod pieces;
mod sprms;
mod story;
mod styles;

use super::collector::Collector;
use super::flow::Flow;
use super::limits::MAX_PART_BYTES;
use crate::model::{Format, SkipReason, TextDoc};
use looks::Looks;
use pieces::{Header, Text};
use std::io::{Cursor, Read};
use std::ops::Range;
use story::Story;

/// Reads a Word 97–2003 document.
pub(super) fn read(bytes: &[u8]) -> Result<TextDoc, SkipReason> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes))
        .map_err(|error| SkipReason::Corrupt(format!("not a whole Office file ({error})")))?;
    let mut stream = |name: &str| {
        let mut content = Vec::new();
        let opened = file.open_stream(name).ok()?;
        // A broken sector chain gives what stands before the break.
        let _ = opened.take(MAX_PART_BYTES).read_to_end(&mut content);
        Some(content)
    };
    if stream("/EncryptedPackage").is_some() {
        return Err(SkipReason::Encrypted);
    }
    let main = stream("/WordDocument")
        .ok_or_else(|| SkipReason::Unsupported("an old Office file that is no Word document".into()))?;
    let header = Header::parse(&main).ok_or_else(|| SkipReason::Corrupt("its header is cut off".into()))?;
    if header.encrypted {
        return Err(SkipReason::Encrypted);
    }
    let names = if header.second_table { ["/1Table", "/0Table"] } else { ["/0Table", "/1Table"] };
    let table = names.into_iter().find_map(&mut stream).unwrap_or_default();
    let text = Text::parse(&main, &table, &header);
    let looks = Looks::parse(&main, &table, &header);
    let mut out = Collector::default();
    if text.is_cut {
        out.lose("the text is damaged; what could be read is here");
    }
    let (stories, footers) = header.stories(&table, text.len());
    for range in stories {
        write(range, &text, &looks, Flow::new(&mut out, looks.usual_pt()));
    }
    for range in footers {
        write(range, &text, &looks, Flow::footer(&mut out, looks.usual_pt()));
    }
    Ok(out.finish(Format::Doc, 1, None))
}

fn write(range: Range<usize>, text: &Text, looks: &Looks<'_>, mut flow: Flow<'_>) {
    Story::new(text, looks, &mut flow).write(range);
    flow.finish();
}

#[cfg(test)]
mod tests;
