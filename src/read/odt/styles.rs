//! The styles of an OpenDocument → what a named style says about text and paragraphs, parents included. Does not read the
//! text.

use super::super::character_look::{CharacterLook, TINY_PT};
use super::super::flow::Look;
use super::super::xml::{attribute, events};
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

/// Parents followed from one style.
const MAX_PARENTS: usize = 12;

/// A named style.
#[derive(Debug, Clone, Default)]
struct Style {
    parent: Option<String>,
    text: CharacterLook,
    paragraph: Look,
    /// Spaces that the style itself sets.
    before: Option<f32>,
    after: Option<f32>,
    left: Option<f32>,
}

/// All styles, by family and name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    named: HashMap<(String, String), Style>,
    base: Style,
}

impl Styles {
    /// Adds the styles of one part; later ones beat earlier ones of the same name.
    pub fn add(&mut self, source: &str) {
        let mut current: Option<((String, String), Style)> = None;
        let mut in_default = false;
        events(source, |event| {
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let opens = matches!(event, Event::Start(_));
                    match tag.local_name().as_ref() {
                        "style" if tag.name().as_ref() == "style:style" => {
                            let key = |name: &str| attribute(tag, name).unwrap_or_default();
                            let style = Style { parent: attribute(tag, "parent-style-name"), ..Style::default() };
                            let named = ((key("family"), key("name")), style);
                            if opens {
                                current = Some(named);
                            } else {
                                self.named.extend([named]);
                            }
                        }
                        "default-style" => {
                            in_default = opens && attribute(tag, "family").as_deref() == Some("paragraph")
                        }
                        _ => match &mut current {
                            Some((_, style)) => style.read(tag),
                            None if in_default => self.base.read(tag),
                            None => {}
                        },
                    }
                }
                Event::End(tag) => match tag.local_name().as_ref() {
                    "style" => self.named.extend(current.take()),
                    "default-style" => in_default = false,
                    _ => {}
                },
                _ => {}
            }
            true
        });
    }

    /// What a paragraph style says about the paragraph and its text.
    pub fn paragraph(&self, name: &str) -> (Look, CharacterLook) {
        let chain = self.chain("paragraph", name);
        let text = chain.iter().rev().fold(self.base.text, |text, style| text.with(style.text));
        let set = |part: fn(&Style) -> Option<f32>| chain.iter().chain([&&self.base]).find_map(|style| part(style));
        let any = |part: fn(&Look) -> bool| chain.iter().any(|style| part(&style.paragraph));
        let look = Look {
            before_pt: set(|style| style.before).unwrap_or(0.0),
            after_pt: set(|style| style.after).unwrap_or(0.0),
            left_pt: set(|style| style.left).unwrap_or(0.0),
            rule_above: any(|look| look.rule_above),
            rule_below: any(|look| look.rule_below),
            page_break: chain.first().is_some_and(|style| style.paragraph.page_break),
            ..Look::default()
        };
        (look, text)
    }

    /// What a character style says.
    pub fn text(&self, name: &str) -> CharacterLook {
        self.chain("text", name).iter().rev().fold(CharacterLook::default(), |text, style| text.with(style.text))
    }

    /// The space that ordinary paragraphs have between them.
    pub fn usual_pt(&self) -> f32 {
        let (look, _) = self.paragraph("Standard");
        look.before_pt.max(look.after_pt)
    }

    /// The style and its parents, nearest first.
    fn chain(&self, family: &str, name: &str) -> Vec<&Style> {
        let mut chain = Vec::new();
        let mut next = Some(name);
        while let Some(style) = next.and_then(|name| self.named.get(&(family.to_owned(), name.to_owned()))) {
            chain.push(style);
            next = style.parent.as_deref().filter(|_| chain.len() < MAX_PARENTS);
        }
        chain
    }
}

impl Style {
    /// Takes in `style:text-properties` and `style:paragraph-properties`.
    fn read(&mut self, tag: &BytesStart<'_>) {
        let value = |name: &str| attribute(tag, name);
        match tag.local_name().as_ref() {
            "text-properties" => {
                self.text.bold =
                    value("font-weight").map(|weight| weight == "bold" || weight.starts_with(['6', '7', '8', '9']));
                self.text.italic = value("font-style").map(|style| style != "normal");
                self.text.size_pt = value("font-size").and_then(|size| points(&size));
                self.text.white = value("color").map(|color| color.eq_ignore_ascii_case("#ffffff"));
                self.text.shaded = value("background-color").map(|color| is_shade(&color));
                let gone = value("display").map(|display| display == "none");
                let tiny = self.text.size_pt.is_some_and(|size| size < TINY_PT);
                self.text.hidden = if tiny { Some(true) } else { gone };
            }
            "paragraph-properties" => {
                let length = |name: &str| value(name).and_then(|length| points(&length));
                (self.before, self.after, self.left) =
                    (length("margin-top"), length("margin-bottom"), length("margin-left"));
                let border = |name: &str| value(name).is_some_and(|border| border != "none");
                self.paragraph.rule_above = border("border-top");
                self.paragraph.rule_below = border("border-bottom");
                self.paragraph.page_break = value("break-before").as_deref() == Some("page");
                if value("background-color").is_some_and(|color| is_shade(&color)) {
                    self.text.shaded = Some(true);
                }
            }
            _ => {}
        }
    }
}

fn is_shade(color: &str) -> bool {
    color != "transparent" && !color.eq_ignore_ascii_case("#ffffff")
}

/// `0.5in`, `1.27cm`, `12pt` in points; percentages say nothing.
fn points(length: &str) -> Option<f32> {
    let unit = length.find(|ch: char| ch.is_ascii_alphabetic() || ch == '%')?;
    let number: f32 = length[..unit].parse().ok()?;
    let scale = match &length[unit..] {
        "pt" => 1.0,
        "in" => 72.0,
        "cm" => 72.0 / 2.54,
        "mm" => 72.0 / 25.4,
        "pc" => 12.0,
        "px" => 0.75,
        _ => return None,
    };
    Some(number * scale)
}
