//! Europass CV in XML → [`TextDoc`] with labelled lines, also the one that Europass PDFs carry as an attachment. Both schemas are
//! brought into the shape of JSON Resume, whose reader labels the lines:
//!
//! ```text
//!  SkillsPassport (2013–2020, passport.rs) ─┐
//!  Candidate (since 2020, candidate.rs) ────┴─► { "basics": …, "work": […], "education": […] } ─► json_resume
//! ```
//!
//! Does not read photos, certificates attached to the CV, or other XML.

mod candidate;
mod passport;
mod tree;

use super::{encoding, html, json_resume};
use crate::model::{Format, SkipReason, TextDoc};
use serde_json::{Value, json};
use tree::Node;

/// Reads a Europass CV.
pub(super) fn read(bytes: &[u8]) -> Result<TextDoc, SkipReason> {
    let mut warnings = Vec::new();
    let source = encoding::decode(bytes, declared(bytes), &mut warnings)?;
    let root = Node::parse(source.trim_start_matches('\u{feff}'));
    let root = root.ok_or_else(|| SkipReason::Corrupt("XML without an element".into()))?;
    let resume = match root.name.as_str() {
        "SkillsPassport" => passport::resume(&root),
        "Candidate" => candidate::resume(&root),
        other => return Err(SkipReason::Unsupported(format!("XML ({other}), but no Europass CV"))),
    };
    Ok(json_resume::lines(&resume, Format::Europass, warnings))
}

/// The encoding named in `<?xml … encoding="…"?>`.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let value = &head[head.find("encoding=")? + "encoding=".len()..];
    let label: String = value.chars().skip(1).take_while(|ch| !"\"'".contains(*ch)).collect();
    encoding_rs::Encoding::for_label(label.as_bytes())
}

/// A description, which both schemas write as HTML inside the XML, as its lines.
fn texts(description: Option<String>) -> Value {
    let Some(description) = description else { return Value::Null };
    let lines = match html::read(description.as_bytes()) {
        Ok(found) => found.lines.into_iter().map(|line| line.text.replace('\t', " ")).collect(),
        Err(_) => Vec::new(),
    };
    json!(lines)
}

/// A place of the parts that are there.
fn place(parts: [(&str, Option<String>); 4]) -> Value {
    let parts = parts.into_iter().filter_map(|(key, value)| Some((key.to_owned(), Value::String(value?))));
    Value::Object(parts.collect())
}

#[cfg(test)]
mod tests;
