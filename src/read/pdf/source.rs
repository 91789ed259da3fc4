//! The PDF parser's view of the file with a meter on it: every page content and form it runs is counted, and past the
//! limit it gets an error instead of bytes. This is what keeps a "text bomb" (a small file that draws millions of
//! glyphs) from filling the memory. Does not parse anything.

use pdfboss_core::{AsyncObjectSource, BoxFuture, Document, Error, ObjRef, Object, Result, Stream};
use std::cell::Cell;
use std::future::ready;

/// A document with a budget of decoded bytes.
pub(super) struct Metered<'a> {
    document: &'a Document,
    left: Cell<usize>,
    spent: Cell<bool>,
}

impl<'a> Metered<'a> {
    /// Wraps `document`; at most `budget` bytes of content are given out.
    pub fn new(document: &'a Document, budget: usize) -> Metered<'a> {
        Metered { document, left: Cell::new(budget), spent: Cell::new(false) }
    }

    /// Bytes still to be given out.
    pub fn left(&self) -> usize {
        self.left.get()
    }

    /// True when something was refused.
    pub fn is_spent(&self) -> bool {
        self.spent.get()
    }

    fn decode(&self, stream: &Stream) -> Result<Vec<u8>> {
        let data = self.document.stream_data(stream)?;
        if is_font_part(stream) {
            return Ok(data);
        }
        match self.left.get().checked_sub(data.len()) {
            Some(left) => {
                self.left.set(left);
                Ok(data)
            }
            None => {
                self.spent.set(true);
                Err(Error::Other("content limit".into()))
            }
        }
    }
}

/// Font programs carry their own lengths or a font subtype; a big one (Chinese) is normal and draws nothing by itself.
fn is_font_part(stream: &Stream) -> bool {
    let subtype = stream.dict.get_name("Subtype").map(|name| name.0.as_str());
    stream.dict.get("Length1").is_some() || matches!(subtype, Some("Type1C" | "CIDFontType0C" | "OpenType"))
}

impl AsyncObjectSource for Metered<'_> {
    fn get(&self, reference: ObjRef) -> BoxFuture<'_, Result<Object>> {
        Box::pin(ready(self.document.get(reference)))
    }

    fn stream_data<'a>(&'a self, stream: &'a Stream) -> BoxFuture<'a, Result<Vec<u8>>> {
        Box::pin(ready(self.decode(stream)))
    }

    fn resolve<'a>(&'a self, object: &'a Object) -> BoxFuture<'a, Result<Object>> {
        Box::pin(ready(self.document.resolve(object)))
    }
}
