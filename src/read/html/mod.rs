//! HTML bytes → [`TextDoc`]: tokens of html5gum, walked with a stack of open elements (`walker.rs`), with what each element
//! means as a table (`elements.rs`). Every visible word is kept: readability filters drop résumé sections. Does not
//! run scripts and does not read style sheets, only `style` attributes.

mod elements;
mod walker;

use super::collector::Collector;
use super::{encoding, mail};
use crate::model::{SkipReason, TextDoc};
use encoding_rs::Encoding;
use html5gum::{Token, Tokenizer};
use walker::Walker;

/// Bytes searched for `<meta charset>`: what the HTML standard says, doubled.
const CHARSET_BYTES: usize = 2048;

/// Reads an HTML page.
pub(super) fn read(bytes: &[u8]) -> Result<TextDoc, SkipReason> {
    let mut warnings = Vec::new();
    // A web archive ("Save as single file", Word's .doc for the web) is a message around the page.
    let page = if bytes.trim_ascii_start().starts_with(b"<") { None } else { mail::page(bytes) };
    let source = match page {
        Some(page) => page,
        None => encoding::decode(bytes, declared(bytes), &mut warnings)?,
    };
    let mut out = Collector::default();
    out.warn_all(warnings);
    let mut walker = Walker::default();
    for Ok(token) in Tokenizer::new(&source) {
        match token {
            Token::StartTag(tag) => walker.open(&tag, &mut out),
            Token::EndTag(tag) => walker.close(&String::from_utf8_lossy(&tag.name), &mut out),
            Token::String(text) => walker.text(&String::from_utf8_lossy(&text), &mut out),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
        if out.is_full() {
            break;
        }
    }
    walker.finish(&mut out);
    Ok(out.finish(crate::model::Format::Html, 1, None))
}

/// The encoding a `<meta>` names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(CHARSET_BYTES)]).to_ascii_lowercase();
    let value = &head[head.find("charset=")? + "charset=".len()..];
    let label: String = value
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|ch| ch.is_ascii_alphanumeric() || "-_:".contains(*ch))
        .collect();
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests;
