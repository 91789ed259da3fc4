//! The PDF parser's view of the file with a meter on it: every page content and form it runs is counted, and past the
//! limit it gets an error instead of bytes. This is what keeps a "text bomb" (a small file that draws millions of
//! glyphs) from filling the memory. Does not parse anything.

use pdfboss_core::{AsyncObjectSource, BoxFuture, Document, Error, Name, ObjRef, Object, Result, Stream};
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

    /// A Type 3 font with its widths in thousandths of the font size, as the parser expects all widths; such fonts say by
    /// their own matrix what a width is. Browsers print with them, in units of 1/2048.
    fn with_usual_widths(&self, mut object: Object) -> Object {
        let Object::Dict(font) = &mut object else { return object };
        if font.get_name("Subtype").is_none_or(|name| name.0 != "Type3") {
            return object;
        }
        let list = |key: &str| match font.get(key).and_then(|value| self.document.resolve(value).ok()) {
            Some(Object::Array(items)) => Some(items),
            _ => None,
        };
        let number = |item: &Object| self.document.resolve(item).ok().and_then(|item| item.as_f64());
        let scale = list("FontMatrix").and_then(|matrix| number(matrix.first()?)).map(|step| 1000.0 * step);
        let Some(scale) = scale.filter(|scale| scale.is_finite() && (scale - 1.0).abs() > 0.001) else { return object };
        let widths = list("Widths")
            .map(|widths| widths.iter().map(|width| Object::Real(scale * number(width).unwrap_or(0.0))).collect());
        if let Some(widths) = widths {
            font.insert(Name("Widths".into()), Object::Array(widths));
        }
        object
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
        Box::pin(ready(self.document.get(reference).map(|object| self.with_usual_widths(object))))
    }

    fn stream_data<'a>(&'a self, stream: &'a Stream) -> BoxFuture<'a, Result<Vec<u8>>> {
        Box::pin(ready(self.decode(stream)))
    }

    fn resolve<'a>(&'a self, object: &'a Object) -> BoxFuture<'a, Result<Object>> {
        Box::pin(ready(self.document.resolve(object).map(|object| self.with_usual_widths(object))))
    }
}
