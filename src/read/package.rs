//! The ZIP package of a DOCX → its XML parts as text, each with a size limit, and the relations between them. Does not
//! read the parts.

use super::collector::Collector;
use super::limits::MAX_PART_BYTES;
use super::xml;
use crate::model::SkipReason;
use quick_xml::events::Event;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// An open package.
pub(super) enum Package<'a> {
    /// With its directory.
    Whole(ZipArchive<Cursor<&'a [u8]>>),
    /// Cut off: the parts that stand before the cut, the last one perhaps in part.
    Salvaged(HashMap<String, Vec<u8>>),
}

/// What a part points to.
#[derive(Debug, Default)]
pub(super) struct Relations {
    /// Relation id → target of a hyperlink.
    links: HashMap<String, String>,
    /// (kind, target): `("header", "header1.xml")`, in file order.
    parts: Vec<(String, String)>,
}

impl Relations {
    /// The address behind a hyperlink's id.
    pub fn link(&self, id: &str) -> Option<&str> {
        self.links.get(id).map(String::as_str)
    }

    /// The parts of a kind (`header`, `footer`), in file order.
    pub fn parts<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> {
        self.parts.iter().filter(move |(found, _)| found == kind).map(|(_, target)| target.as_str())
    }
}

impl<'a> Package<'a> {
    /// Opens the package, also one that was cut off.
    pub fn open(bytes: &'a [u8]) -> Result<Package<'a>, SkipReason> {
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => Ok(Package::Whole(archive)),
            Err(error) => match Package::salvaged(bytes) {
                Package::Salvaged(parts) if parts.is_empty() => {
                    Err(SkipReason::Corrupt(format!("not a ZIP package: {error}")))
                }
                salvaged => Ok(salvaged),
            },
        }
    }

    /// The parts that can be read one after the other from the start, without the directory at the end.
    pub fn salvaged(bytes: &[u8]) -> Package<'a> {
        Package::Salvaged(salvage(bytes))
    }

    /// False for a package that is cut off or damaged.
    pub fn is_whole(&self) -> bool {
        matches!(self, Package::Whole(_))
    }

    /// The name of the main part: `word/document.xml` unless the package says otherwise.
    pub fn main_part(&mut self) -> String {
        let mut quiet = Collector::default();
        let root = self.relations("", &mut quiet);
        let main = root.parts("officeDocument").next().map(|target| target.trim_start_matches('/').to_owned());
        main.filter(|name| self.has(name)).unwrap_or_else(|| "word/document.xml".into())
    }

    /// The name of a part in the folder of `main`.
    pub fn beside(&self, main: &str, target: &str) -> String {
        match (target.strip_prefix('/'), main.rsplit_once('/')) {
            (Some(absolute), _) => absolute.to_owned(),
            (None, Some((folder, _))) => format!("{folder}/{target}"),
            (None, None) => target.to_owned(),
        }
    }

    fn has(&mut self, name: &str) -> bool {
        match self {
            Package::Whole(archive) => archive.by_name(name).is_ok(),
            Package::Salvaged(parts) => parts.contains_key(name),
        }
    }

    /// The names of all parts.
    pub fn names(&self) -> Vec<String> {
        match self {
            Package::Whole(archive) => archive.file_names().flatten().map(|name| name.into_owned()).collect(),
            Package::Salvaged(parts) => parts.keys().cloned().collect(),
        }
    }

    /// A part's bytes; `None` when it is missing or empty. A damaged or huge part is cut with a warning.
    pub fn bytes(&mut self, name: &str, out: &mut Collector) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        match self {
            Package::Whole(archive) => {
                let file = archive.by_name(name).ok()?;
                if file.take(MAX_PART_BYTES).read_to_end(&mut bytes).is_err() {
                    out.lose(&format!("{name} is damaged"));
                }
            }
            Package::Salvaged(parts) => {
                out.lose("the file is cut off or damaged; what could be read is here");
                bytes = parts.get(name)?.clone();
            }
        }
        if bytes.len() as u64 >= MAX_PART_BYTES {
            out.lose(&format!("{name} cut at {MAX_PART_BYTES} bytes"));
        }
        (!bytes.is_empty()).then_some(bytes)
    }

    /// A part as text; `None` when it is missing or empty.
    pub fn part(&mut self, name: &str, out: &mut Collector) -> Option<String> {
        let bytes = self.bytes(name, out)?;
        Some(match bytes.as_slice() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => decode_utf16(&bytes),
            _ => {
                String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
            }
        })
    }

    /// The relations of a part (`word/_rels/document.xml.rels`); none when the file is missing.
    pub fn relations(&mut self, part: &str, out: &mut Collector) -> Relations {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let path = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
        let Some(text) = self.part(&path, out) else { return Relations::default() };
        let mut found = Relations::default();
        xml::events(&text, |event| {
            let (Event::Start(tag) | Event::Empty(tag)) = event else { return true };
            if tag.local_name().as_ref() == "Relationship" {
                let id = xml::attribute(tag, "Id").unwrap_or_default();
                let target = xml::attribute(tag, "Target").unwrap_or_default();
                let kind = xml::attribute(tag, "Type").unwrap_or_default();
                match kind.rsplit('/').next() {
                    Some("hyperlink") => drop(found.links.insert(id, target)),
                    Some(kind) => found.parts.push((kind.to_owned(), target)),
                    None => {}
                }
            }
            true
        });
        found
    }
}

/// The parts that stand one after the other from the start of the file, up to the first that cannot be read to its end.
fn salvage(bytes: &[u8]) -> HashMap<String, Vec<u8>> {
    let mut parts = HashMap::new();
    let mut source = Cursor::new(bytes);
    while let Ok(Some(file)) = zip::read::read_zipfile_from_stream(&mut source) {
        let Ok(name) = file.name().map(|name| name.into_owned()) else { break };
        let mut content = Vec::new();
        let result = file.take(MAX_PART_BYTES).read_to_end(&mut content);
        if !content.is_empty() {
            parts.insert(name, content);
        }
        if result.is_err() {
            break;
        }
    }
    parts
}

fn decode_utf16(bytes: &[u8]) -> String {
    encoding_rs::UTF_16LE.decode(bytes).0.into_owned()
}

/// The date in `dcterms:modified` (or `created`), as `YYYY-MM-DD`.
pub(super) fn modified(core: &str) -> Option<String> {
    let after = |name: &str| {
        let at = core.find(&format!("<dcterms:{name}"))?;
        let value = &core[at + core[at..].find('>')? + 1..];
        let date = value.get(..10)?;
        let shape = date
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
        shape.then(|| date.to_owned())
    };
    after("modified").or_else(|| after("created"))
}
