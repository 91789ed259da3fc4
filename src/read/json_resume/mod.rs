//! JSON Resume bytes → [`TextDoc`] with labelled lines: every value is a line of its own, and says what it is. Which keys are
//! read under which label stands in `schema.rs`. Unknown keys are ignored, wrong types survived with a warning.
//!
//! ```text
//!  { "work": [ { "name": "Acme", "position": "Engineer", "startDate": "2020-01" } ] }
//!  ─► Heading Experience │ Entry Acme │ Title Engineer │ Dates 2020-01 – Present
//! ```

mod schema;

use super::collector::Collector;
use super::encoding;
use super::rich::{Mark, Rich};
use crate::model::text::Label;
use crate::model::{Format, Line, SkipReason, Style, TextDoc, Warning};
use schema::{BASICS, Part, SECTIONS, Section};
use serde_json::{Map, Value};

/// Stands for an entry's missing main value, so that the entry still has its first line.
const NAMELESS: &str = "–";

/// Reads JSON Resume.
pub(super) fn read(bytes: &[u8]) -> Result<TextDoc, SkipReason> {
    let mut warnings = Vec::new();
    let source = encoding::decode(bytes, None, &mut warnings)?;
    let value: Value = serde_json::from_str(source.trim_start_matches('\u{feff}'))
        .map_err(|error| SkipReason::Corrupt(format!("not valid JSON: {error}")))?;
    let resume = find_resume(&value).ok_or_else(|| SkipReason::Unsupported("JSON that is no JSON Resume".into()))?;
    Ok(lines(resume, Format::JsonResume, warnings))
}

/// The labelled lines of a résumé object, also one that another format was brought into.
pub(super) fn lines(resume: &Map<String, Value>, format: Format, warnings: Vec<Warning>) -> TextDoc {
    let mut writer = Writer::default();
    writer.out.warn_all(warnings);
    if let Some(basics) = resume.get("basics").and_then(Value::as_object) {
        writer.basics(basics);
    }
    for section in SECTIONS {
        let key = section.keys.iter().find(|key| resume.contains_key(**key));
        if let Some((key, value)) = key.and_then(|key| resume.get_key_value(*key)) {
            writer.section(section, key, value);
        }
    }
    let modified = resume.get("meta").and_then(|meta| meta.get("lastModified")).and_then(Value::as_str);
    let modified = modified.and_then(|date| date.get(..10)).map(str::to_owned);
    writer.out.finish(format, 1, modified)
}

/// The résumé object: the root, or the one object the root wraps (`{"resume": {…}}`).
fn find_resume(value: &Value) -> Option<&Map<String, Value>> {
    let looks = |object: &&Map<String, Value>| {
        let listed = |key: &str| object.get(key).is_some_and(Value::is_array);
        let sections = SECTIONS.iter().flat_map(|section| section.keys);
        object.get("basics").is_some_and(Value::is_object) || sections.filter(|key| listed(key)).count() >= 2
    };
    let root = value.as_object()?;
    Some(root).filter(looks).or_else(|| root.values().filter_map(Value::as_object).find(looks))
}

/// Adds lines with labels.
#[derive(Default)]
struct Writer {
    out: Collector,
}

impl Writer {
    fn line(&mut self, text: &str, label: Label) {
        let url = matches!(label, Label::Url).then(|| text.trim().to_owned());
        for piece in super::text::lines(text) {
            let mut rich = Rich::default();
            let link = url.as_deref().map_or(0, |url| rich.link(url));
            rich.push(piece, Mark { link, ..Mark::default() });
            let style = Style { heading: if label == Label::Heading { 2 } else { 0 }, ..Style::default() };
            self.out.line(&mut rich, Line { label: Some(label), style, ..Line::default() });
        }
    }

    fn basics(&mut self, basics: &Map<String, Value>) {
        for (keys, label) in BASICS {
            if let Some(text) = first(basics, keys).and_then(|value| self.text_of(keys[0], value)) {
                self.line(&text, *label);
            }
        }
        if let Some(place) = basics.get("location").and_then(place) {
            self.line(&place, Label::Location);
        }
        for profile in basics.get("profiles").and_then(Value::as_array).into_iter().flatten() {
            let Some(profile) = profile.as_object() else { continue };
            let part = |key: &str| profile.get(key).and_then(Value::as_str).unwrap_or("").trim();
            match (part("url"), part("network"), part("username")) {
                ("", "", "") => {}
                ("", network, name) => self.line(&format!("{network} {name}"), Label::Url),
                (url, ..) => self.line(url, Label::Url),
            }
        }
    }

    fn section(&mut self, section: &Section, key: &str, value: &Value) {
        self.out.blank();
        let before = self.out.len();
        match value {
            Value::Array(entries) if entries.is_empty() => return,
            Value::Array(entries) => {
                self.line(section.heading, Label::Heading);
                entries.iter().for_each(|entry| self.entry(section, entry));
            }
            // {"languages": ["Go"], "tools": […]}: groups instead of a list.
            Value::Object(groups) => {
                self.line(section.heading, Label::Heading);
                for (name, value) in groups {
                    self.line(name, Label::Entry);
                    self.keywords(value);
                }
            }
            Value::String(text) => {
                self.line(section.heading, Label::Heading);
                self.line(text, Label::Text);
            }
            Value::Null => return,
            _ => self.out.warn(&format!("{key} is not a list")),
        }
        if self.out.len() == before + 1 {
            self.out.lines_mut().truncate(before);
        }
    }

    fn entry(&mut self, section: &Section, entry: &Value) {
        let fields = match entry {
            Value::Object(fields) => fields,
            Value::String(text) => return self.line(text, Label::Entry),
            Value::Null => return,
            _ => return self.out.warn("an entry is neither an object nor a text"),
        };
        let main = first(fields, section.main).and_then(|value| self.text_of(section.main[0], value));
        let before = self.out.len();
        self.line(main.as_deref().unwrap_or(NAMELESS), Label::Entry);
        for part in section.parts {
            match part {
                Part::Value(keys, label) => {
                    if let Some(text) = first(fields, keys).and_then(|value| self.text_of(keys[0], value)) {
                        self.line(&text, *label);
                    }
                }
                Part::Dates { open } => {
                    if let Some(dates) = dates(fields, *open) {
                        self.line(&dates, Label::Dates);
                    }
                }
                Part::Place => {
                    if let Some(place) = fields.get("location").and_then(place) {
                        self.line(&place, Label::Location);
                    }
                }
                Part::Keywords(keys) => first(fields, keys).into_iter().for_each(|value| self.keywords(value)),
                Part::Texts(keys) => first(fields, keys).into_iter().for_each(|value| self.texts(value)),
            }
        }
        if main.is_none() && self.out.len() == before + 1 {
            self.out.lines_mut().truncate(before);
        }
    }

    fn keywords(&mut self, value: &Value) {
        let words = match value {
            Value::Array(words) => words.iter().filter_map(plain).collect::<Vec<_>>().join(", "),
            other => plain(other).unwrap_or_default(),
        };
        if !words.trim().is_empty() {
            self.line(&words, Label::Keywords);
        }
    }

    fn texts(&mut self, value: &Value) {
        match value {
            Value::Array(texts) => texts.iter().filter_map(plain).for_each(|text| self.bullet(&text)),
            other => plain(other).into_iter().for_each(|text| self.line(&text, Label::Text)),
        }
    }

    fn bullet(&mut self, text: &str) {
        let from = self.out.len();
        self.line(text, Label::Text);
        if let Some(line) = self.out.lines_mut().get_mut(from) {
            line.style.bullet = true;
        }
    }

    /// A value as text; lists are joined; objects are noted.
    fn text_of(&mut self, key: &str, value: &Value) -> Option<String> {
        match value {
            Value::Array(values) => {
                let texts: Vec<String> = values.iter().filter_map(plain).collect();
                (!texts.is_empty()).then(|| texts.join(", "))
            }
            Value::Object(_) => {
                self.out.warn(&format!("{key} is not a text"));
                None
            }
            other => plain(other),
        }
    }
}

/// The first of the keys that has a value.
fn first<'a>(fields: &'a Map<String, Value>, keys: &[&str]) -> Option<&'a Value> {
    keys.iter().filter_map(|key| fields.get(*key)).find(|value| !value.is_null() && value.as_str() != Some(""))
}

/// A text or number; of an object its name. Blank texts are none.
fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Object(fields) => first(fields, &["name", "text", "value"])?.as_str()?.trim().to_owned(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// "Lisbon, Lisboa, PT" of a location object, or the text itself.
fn place(value: &Value) -> Option<String> {
    let Value::Object(fields) = value else { return plain(value) };
    let keys = ["address", "postalCode", "city", "region", "countryCode", "country"];
    let parts: Vec<String> = keys.iter().filter_map(|key| fields.get(*key)).filter_map(plain).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `START – END`; an open end is `Present` where the section says so.
fn dates(fields: &Map<String, Value>, open: bool) -> Option<String> {
    let start = first(fields, &["startDate", "start", "from"]).and_then(plain);
    let end = first(fields, &["endDate", "end", "to"]).and_then(plain);
    let single = || first(fields, &["date", "releaseDate", "year", "graduationDate"]).and_then(plain);
    let is_open =
        |end: &String| matches!(end.to_lowercase().as_str(), "present" | "current" | "now" | "ongoing" | "today");
    match (start, end) {
        (Some(start), Some(end)) if is_open(&end) => Some(format!("{start} – Present")),
        (Some(start), Some(end)) => Some(format!("{start} – {end}")),
        (Some(start), None) if open => Some(format!("{start} – Present")),
        (Some(start), None) => Some(start),
        (None, Some(end)) => Some(end),
        (None, None) => single(),
    }
}

#[cfg(test)]
mod tests;
