//! Run and paragraph properties (`w:rPr`, `w:pPr`) as they stand in styles and in the text. Each is unset, or set to
//! something; later ones beat earlier ones.

use super::super::character_look::{CharacterLook, TINY_PT};
use super::super::xml::{attribute, is_on};
use quick_xml::events::BytesStart;

/// How a paragraph looks, as far as one place says.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct ParagraphProperties {
    pub heading: Option<u8>,
    /// Nesting of the list it belongs to.
    pub list: Option<Option<u8>>,
    pub left_pt: Option<f32>,
    pub before_pt: Option<f32>,
    pub after_pt: Option<f32>,
    pub rule_above: bool,
    pub rule_below: bool,
    pub page_break: bool,
    /// Stands on a coloured ground.
    pub shaded: bool,
}

/// White on paper; Word writes `FFFFFF`.
const WHITE: &str = "FFFFFF";

/// Takes one child element of `w:rPr` into a look.
pub(super) fn read_run(look: &mut CharacterLook, name: &str, tag: &BytesStart<'_>) {
    match name {
        "b" => look.bold = Some(is_on(tag)),
        "i" => look.italic = Some(is_on(tag)),
        "vanish" | "webHidden" => look.hidden = Some(is_on(tag)),
        "shd" | "highlight" => look.shaded = Some(is_shade(tag)),
        "color" => {
            let themed = attribute(tag, "themeColor").is_some();
            look.white = attribute(tag, "val").map(|value| value.eq_ignore_ascii_case(WHITE) && !themed);
        }
        "sz" => {
            let half_points: Option<f32> = attribute(tag, "val").and_then(|value| value.parse().ok());
            look.size_pt = half_points.map(|half| half / 2.0);
            if look.size_pt.is_some_and(|size| size < TINY_PT) {
                look.hidden = Some(true);
            }
        }
        _ => {}
    }
}

impl ParagraphProperties {
    /// Takes in one element inside `w:pPr`, at any depth.
    pub fn read(&mut self, name: &str, tag: &BytesStart<'_>) {
        let number = |key: &str| attribute(tag, key).and_then(|value| value.parse::<f32>().ok());
        match name {
            "outlineLvl" => self.heading = number("val").filter(|level| *level < 6.0).map(|level| level as u8 + 1),
            "numPr" => self.list = Some(Some(self.list.flatten().unwrap_or(0))),
            "ilvl" => self.list = Some(Some(number("val").unwrap_or(0.0).clamp(0.0, 15.0) as u8)),
            // numId 0 takes a list style away.
            "numId" if number("val") == Some(0.0) => self.list = Some(None),
            "ind" => {
                self.left_pt = number("left").or_else(|| number("start")).map(|twips| twips / 20.0).or(self.left_pt)
            }
            "spacing" => {
                self.before_pt = number("before").map(|twips| twips / 20.0).or(self.before_pt);
                self.after_pt = number("after").map(|twips| twips / 20.0).or(self.after_pt);
            }
            "shd" => self.shaded = is_shade(tag),
            "pageBreakBefore" => self.page_break = is_on(tag),
            "top" => self.rule_above = is_on(tag) && attribute(tag, "val").is_some(),
            "bottom" => self.rule_below = is_on(tag) && attribute(tag, "val").is_some(),
            _ => {}
        }
    }

    /// What `self` says, with `over` on top.
    pub fn with(self, over: ParagraphProperties) -> ParagraphProperties {
        ParagraphProperties {
            heading: over.heading.or(self.heading),
            list: over.list.or(self.list),
            left_pt: over.left_pt.or(self.left_pt),
            before_pt: over.before_pt.or(self.before_pt),
            after_pt: over.after_pt.or(self.after_pt),
            rule_above: self.rule_above || over.rule_above,
            rule_below: self.rule_below || over.rule_below,
            page_break: self.page_break || over.page_break,
            shaded: self.shaded || over.shaded,
        }
    }
}

/// `<w:shd w:fill="1F3864"/>` or `<w:highlight w:val="black"/>`: anything but white and automatic.
fn is_shade(tag: &BytesStart<'_>) -> bool {
    let fill = attribute(tag, "fill").or_else(|| attribute(tag, "val"));
    fill.is_some_and(|fill| {
        !fill.eq_ignore_ascii_case(WHITE) && !matches!(fill.as_str(), "auto" | "white" | "none" | "clear")
    })
}
