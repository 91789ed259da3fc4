//! Where a text box floats: `wp:anchor` with its offset and size, shapes in groups, VML's `style` → an [`Area`] in points from the
//! paragraph it hangs on. Alignment words and scaled groups are not followed.

use super::super::floating::Area;
use super::super::xml::attribute;
use quick_xml::events::BytesStart;

/// English metric units per point.
const EMU: f32 = 12_700.0;

/// Usual page margin, in points: offsets from the page and from the text are brought together by it.
const MARGIN: f32 = 72.0;

/// A point of a group's or a page's coordinates, in points.
type Point = (f32, f32);

/// The drawing being read.
#[derive(Debug, Default)]
pub(super) struct Anchor {
    area: Option<Area>,
    /// Groups around the shape: where each stands in the next, and where its own coordinates begin.
    groups: Vec<(Point, Point)>,
    shape: Point,
    /// Inside `positionH` (0) or `positionV` (1), counted from the page or not.
    axis: Option<(usize, bool)>,
    in_offset: bool,
    /// Inside a group's own properties.
    in_group: bool,
}

impl Anchor {
    /// Takes in an element of a drawing.
    pub fn open(&mut self, name: &str, tag: &BytesStart<'_>) {
        let number = |key: &str| attribute(tag, key).and_then(|value| value.parse::<f32>().ok()).unwrap_or(0.0) / EMU;
        match name {
            "anchor" => *self = Anchor { area: Some(Area::default()), ..Anchor::default() },
            "inline" => *self = Anchor::default(),
            "positionH" | "positionV" => {
                let from_page = attribute(tag, "relativeFrom").as_deref() == Some("page");
                self.axis = Some((usize::from(name == "positionV"), from_page));
            }
            "posOffset" => self.in_offset = true,
            "extent" => {
                if let Some(area) = &mut self.area {
                    (area.width, area.height) = (number("cx"), number("cy"));
                }
            }
            "wgp" | "grpSp" => self.groups.push(Default::default()),
            "grpSpPr" => self.in_group = true,
            "wsp" => self.shape = (0.0, 0.0),
            "off" | "chOff" => {
                let point = (number("x"), number("y"));
                match (self.groups.last_mut().filter(|_| self.in_group), name) {
                    (Some(group), "off") => group.0 = point,
                    (Some(group), _) => group.1 = point,
                    (None, _) => self.shape = point,
                }
            }
            "ext" if !self.in_group && !self.groups.is_empty() => {
                if let Some(area) = &mut self.area {
                    (area.width, area.height) = (number("cx"), number("cy"));
                }
            }
            "shape" | "rect" | "roundrect" if self.groups.is_empty() => self.area = vml_area(tag),
            _ => {}
        }
    }

    /// Takes in the end of an element.
    pub fn close(&mut self, name: &str) {
        match name {
            "anchor" => *self = Anchor::default(),
            "positionH" | "positionV" => self.axis = None,
            "posOffset" => self.in_offset = false,
            "grpSpPr" => self.in_group = false,
            "wgp" | "grpSp" => drop(self.groups.pop()),
            _ => {}
        }
    }

    /// Takes in text between elements: the number of an offset.
    pub fn text(&mut self, text: &str) {
        let (Some((axis, from_page)), Some(area), true) = (self.axis, &mut self.area, self.in_offset) else { return };
        let offset = text.trim().parse::<f32>().unwrap_or(0.0) / EMU - if from_page { MARGIN } else { 0.0 };
        *(if axis == 0 { &mut area.x } else { &mut area.y }) = offset;
    }

    /// The place of the text box that begins here; `None` when it does not float.
    pub fn area(&self) -> Option<Area> {
        let area = self.area?;
        // Each group's origin is moved to where it stands in the one around it; the outermost stands at the anchor.
        let inner = self.groups.iter().skip(1).map(|group| group.0).chain([self.shape]);
        let (mut x, mut y) = (area.x, area.y);
        for ((_, origin), place) in self.groups.iter().zip(inner) {
            (x, y) = (x + place.0 - origin.0, y + place.1 - origin.1);
        }
        Some(Area { x, y, ..area })
    }
}

/// `style="position:absolute;margin-left:10pt;margin-top:5pt;width:200pt;height:90pt"`.
fn vml_area(tag: &BytesStart<'_>) -> Option<Area> {
    let style = attribute(tag, "style")?;
    let value = |key: &str| {
        let mut pairs = style.split(';').filter_map(|pair| pair.split_once(':'));
        pairs.find(|(name, _)| name.trim() == key).map(|(_, value)| value.trim())
    };
    let length = |key: &str| {
        let text = value(key)?;
        let unit = text.find(|ch: char| ch.is_ascii_alphabetic()).unwrap_or(text.len());
        let scale = match &text[unit..] {
            "in" => 72.0,
            "cm" => 72.0 / 2.54,
            "mm" => 72.0 / 25.4,
            "px" => 0.75,
            _ => 1.0,
        };
        Some(text[..unit].parse::<f32>().ok()? * scale)
    };
    let floats = value("position") == Some("absolute");
    let area = Area {
        x: length("margin-left").or_else(|| length("left")).unwrap_or(0.0),
        y: length("margin-top").or_else(|| length("top")).unwrap_or(0.0),
        width: length("width").unwrap_or(0.0),
        height: length("height").unwrap_or(0.0),
    };
    floats.then_some(area)
}
