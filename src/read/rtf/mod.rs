//! Rich Text Format → [`TextDoc`]: tokens (`tokens.rs`) drive a stack of group states (`state.rs`), text is decoded in its
//! font's code page (`charset.rs`) and written into a `Flow`. Reads tables, lists, links, text boxes, headers and
//! footers; pictures, objects, deleted text and destinations it does not know are left out, as the format demands. Hidden
//! and white text is kept as hidden lines. Does not read embedded objects.

mod charset;
mod reader;
mod state;
mod tokens;

use super::collector::Collector;
use super::flow::Flow;
use crate::model::{Format, SkipReason, TextDoc};
use reader::{Part, Reader};
use tokens::Tokens;

/// Reads RTF.
pub(super) fn read(bytes: &[u8]) -> Result<TextDoc, SkipReason> {
    let mut out = Collector::default();
    let modified = read_part(bytes, Part::Text, &mut out);
    if bytes.windows(b"\\footer".len()).any(|window| window == b"\\footer") {
        read_part(bytes, Part::Footers, &mut out);
    }
    Ok(out.finish(Format::Rtf, 1, modified))
}

/// Reads one part; the day of the last change.
fn read_part(bytes: &[u8], part: Part, out: &mut Collector) -> Option<String> {
    let flow = if part == Part::Footers { Flow::footer(out, 0.0) } else { Flow::new(out, 0.0) };
    let mut reader = Reader::new(part, flow);
    for token in Tokens::new(bytes) {
        reader.take(token);
        if reader.is_done() {
            break;
        }
    }
    reader.finish()
}

#[cfg(test)]
mod tests;
