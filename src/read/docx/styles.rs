//! `styles.xml` → what each named style adds to a paragraph or run, parents included. Does not read the text.

use super::super::character_look::CharacterLook;
use super::super::xml::{attribute, events};
use super::properties::{ParagraphProperties, read_run};
use quick_xml::events::Event;
use std::collections::HashMap;

/// Parents followed from one style; Word allows eleven.
const MAX_PARENTS: usize = 12;

/// A named style.
#[derive(Debug, Clone, Default)]
struct Style {
    parent: Option<String>,
    run: CharacterLook,
    paragraph: ParagraphProperties,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    default_paragraph: Option<String>,
    base: Style,
}

impl Styles {
    /// Reads `styles.xml`; a damaged part gives the styles before the damage.
    pub fn parse(text: &str) -> Styles {
        let mut styles = Styles::default();
        let mut current: Option<(String, Style)> = None;
        let (mut in_run, mut in_paragraph) = (false, false);
        events(text, |event| {
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let local = tag.local_name();
                    let name = local.as_ref();
                    let opens = matches!(event, Event::Start(_));
                    match name {
                        "style" if opens => {
                            let id = attribute(tag, "styleId").unwrap_or_default();
                            let is_paragraph = attribute(tag, "type").as_deref() == Some("paragraph");
                            if is_paragraph && matches!(attribute(tag, "default").as_deref(), Some("1" | "true")) {
                                styles.default_paragraph = Some(id.clone());
                            }
                            current = Some((id, Style::default()));
                        }
                        "rPr" => in_run = opens,
                        "pPr" => in_paragraph = opens,
                        _ => {
                            let style = current.as_mut().map_or(&mut styles.base, |(_, style)| style);
                            style.read(name, tag, in_run, in_paragraph);
                        }
                    }
                }
                Event::End(tag) => match tag.local_name().as_ref() {
                    "style" => styles.by_id.extend(current.take()),
                    "rPr" => in_run = false,
                    "pPr" => in_paragraph = false,
                    _ => {}
                },
                _ => {}
            }
            true
        });
        styles
    }

    /// What a paragraph style (or none) says about paragraph and run, document defaults included.
    pub fn paragraph(&self, id: Option<&str>) -> (ParagraphProperties, CharacterLook) {
        let id = id.filter(|id| self.by_id.contains_key(*id)).or(self.default_paragraph.as_deref());
        let mut chain = self.chain(id);
        chain.push(&self.base);
        chain.iter().rev().fold(Default::default(), |(paragraph, run): (ParagraphProperties, CharacterLook), style| {
            (paragraph.with(style.paragraph), run.with(style.run))
        })
    }

    /// What a character style says.
    pub fn run(&self, id: &str) -> CharacterLook {
        self.chain(Some(id)).iter().rev().fold(CharacterLook::default(), |run, style| run.with(style.run))
    }

    /// The style and its parents, nearest first.
    fn chain(&self, id: Option<&str>) -> Vec<&Style> {
        let mut chain = Vec::new();
        let mut next = id;
        while let Some(style) = next.and_then(|id| self.by_id.get(id)) {
            chain.push(style);
            next = style.parent.as_deref().filter(|_| chain.len() < MAX_PARENTS);
        }
        chain
    }
}

impl Style {
    fn read(&mut self, name: &str, tag: &quick_xml::events::BytesStart<'_>, in_run: bool, in_paragraph: bool) {
        match name {
            "basedOn" => self.parent = attribute(tag, "val"),
            "name" => {
                let shown = attribute(tag, "val").unwrap_or_default().to_lowercase();
                self.paragraph.heading = self.paragraph.heading.or(heading_level(&shown));
                if shown.starts_with("list bullet") || shown.starts_with("list number") {
                    self.paragraph.list = self.paragraph.list.or(Some(Some(0)));
                }
            }
            _ if in_run => read_run(&mut self.run, name, tag),
            _ if in_paragraph => self.paragraph.read(name, tag),
            _ => {}
        }
    }
}

/// `heading 2` → 2, `title` → 1. Other names say nothing.
fn heading_level(name: &str) -> Option<u8> {
    if name == "title" {
        return Some(1);
    }
    let level = name.strip_prefix("heading ")?.parse::<u8>().ok()?;
    (1..=9).contains(&level).then(|| level.min(6))
}
