//! Text boxes that float on a page, in whatever order they were drawn → reading order. Left column before right column where a
//! gap runs between them, else top to bottom. Does not know file formats or where the anchors stand.

/// A box on the page, in points from the anchor: x to the right, y down.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// Boxes may overlap by this much, in points, and still stand beside or below each other: frames have margins.
const OVERLAP: f32 = 12.0;

/// Share of a box that lies inside another one when it belongs to it.
const INSIDE: f32 = 0.8;

/// A box in the upper part of the one around it is its heading.
const HEAD: f32 = 0.4;

/// Boxes ordered at once; more keep the order they came in.
const MAX_BOXES: usize = 400;

/// A box with the places (indexes) of all that is read with it.
#[derive(Debug, Clone)]
struct Unit {
    area: Area,
    places: Vec<usize>,
}

/// The indexes of `areas` in reading order.
pub(super) fn order(areas: &[Area]) -> Vec<usize> {
    if areas.len() > MAX_BOXES {
        return (0..areas.len()).collect();
    }
    let mut out = Vec::with_capacity(areas.len());
    cut(units(areas), &mut out);
    out
}

/// Boxes that lie in others join them: headings before, the rest behind.
fn units(areas: &[Area]) -> Vec<Unit> {
    let mut by_size: Vec<usize> = (0..areas.len()).collect();
    by_size.sort_by(|one, other| size(&areas[*other]).total_cmp(&size(&areas[*one])));
    let mut units: Vec<Unit> = Vec::new();
    for index in by_size {
        let area = areas[index];
        let middle = area.y + area.height / 2.0;
        let holder = units
            .iter_mut()
            .rev()
            .find(|unit| size(&shared(&unit.area, &area)) >= INSIDE * size(&area) && size(&area) > 0.0);
        match holder {
            Some(unit) if middle < unit.area.y + HEAD * unit.area.height => unit.places.insert(0, index),
            Some(unit) => unit.places.push(index),
            None => units.push(Unit { area, places: vec![index] }),
        }
    }
    units
}

/// Columns first; without a gap between columns the topmost boxes, then the rest.
fn cut(mut units: Vec<Unit>, out: &mut Vec<usize>) {
    while !units.is_empty() {
        units.sort_by(|one, other| one.area.x.total_cmp(&other.area.x));
        if let Some(at) = gap(&units, |area| (area.x, area.x + area.width)) {
            let right = units.split_off(at);
            cut(units, out);
            units = right;
            continue;
        }
        units.sort_by(|one, other| one.area.y.total_cmp(&other.area.y).then(one.area.x.total_cmp(&other.area.x)));
        let Some(at) = gap(&units, |area| (area.y, area.y + area.height)) else {
            return out.extend(units.into_iter().flat_map(|unit| unit.places));
        };
        let below = units.split_off(at);
        if units.len() == 1 {
            out.extend(units.into_iter().flat_map(|unit| unit.places));
        } else {
            cut(units, out);
        }
        units = below;
    }
}

/// Where the sorted units fall apart along an axis.
fn gap(units: &[Unit], span: fn(&Area) -> (f32, f32)) -> Option<usize> {
    let mut end = span(&units.first()?.area).1;
    for (at, unit) in units.iter().enumerate().skip(1) {
        let (start, stop) = span(&unit.area);
        if start >= end - OVERLAP {
            return Some(at);
        }
        end = end.max(stop);
    }
    None
}

fn size(area: &Area) -> f32 {
    area.width.max(0.0) * area.height.max(0.0)
}

fn shared(one: &Area, other: &Area) -> Area {
    let (x, y) = (one.x.max(other.x), one.y.max(other.y));
    let width = (one.x + one.width).min(other.x + other.width) - x;
    let height = (one.y + one.height).min(other.y + other.height) - y;
    Area { x, y, width, height }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(areas: &[(f32, f32, f32, f32)], expected: &[usize]) {
        let areas: Vec<Area> = areas.iter().map(|&(x, y, width, height)| Area { x, y, width, height }).collect();
        assert_eq!(order(&areas), expected);
    }

    #[test]
    fn a_banner_then_column_by_column() {
        // Drawn bottom-up: right column, left column, banner.
        check(
            &[
                (300.0, 100.0, 250.0, 600.0),
                (0.0, 400.0, 280.0, 300.0),
                (0.0, 100.0, 280.0, 290.0),
                (0.0, 0.0, 550.0, 90.0),
            ],
            &[3, 2, 1, 0],
        );
    }

    #[test]
    fn headings_drawn_over_their_box_come_before_it() {
        check(&[(0.0, 100.0, 500.0, 200.0), (10.0, 105.0, 480.0, 30.0), (0.0, 0.0, 500.0, 80.0)], &[2, 1, 0]);
    }

    #[test]
    fn boxes_in_one_place_keep_their_order() {
        check(&[(0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0)], &[0, 1]);
        check(&[], &[]);
    }
}
