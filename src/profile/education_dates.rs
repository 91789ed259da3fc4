//! Dates of an education section that stand in no head: `Expected graduation: June 2025`, `Class of 2024`. In: a line and what it holds.
//! Out: the date that is the entry's. Does NOT read dates (that is `dates`).

use super::dates::FoundPeriod;
use super::education_items::LineItems;
use super::heads::{LineClass, LineView};
use crate::model::{End, Line, Period};

/// What is known of the open entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// It has a line.
    pub started: bool,
    /// Its first line is a list item.
    pub bulleted: bool,
}

/// Words in front of the date of a degree, lower case.
const GRADUATED: &[&str] = &[
    "graduat",
    "grad.",
    "expected",
    "anticipated",
    "passing",
    "passed",
    "complet",
    "class of",
    "batch",
    "conferred",
    "awarded",
    "attended",
    "duration",
    "session",
    "year",
    "date",
    "abschluss",
    "obten",
    "毕业",
    "预计",
    "卒業",
];

/// Such a word dates a degree whatever else the line says, if it is part of the date or begins so many bytes in front of it.
const LABEL_REACH: usize = 26;

/// The date of a line that is no head: `• Expected Graduation: June 2025`, `• B.Sc. from Blue Bay College in 2012 with 68 %`.
pub(super) fn loose<'v>(view: &'v LineView, line: &Line, items: &LineItems, entry: Entry) -> Option<&'v FoundPeriod> {
    let [date] = view.dates.as_slice() else { return None };
    let first = line.text[..date.end].to_lowercase();
    let class_of = line.text[..date.start].to_lowercase().ends_with("class of ");
    let named = view.rest <= 6 && GRADUATED.iter().any(|word| first.contains(word));
    // "Blue Bay University. Expected graduation date 09/2019. …"
    let label = first.get(date.start.saturating_sub(LABEL_REACH)..).unwrap_or("");
    let near = GRADUATED.iter().any(|word| label.contains(word));
    let begun = entry.started || !items.schools.is_empty() || !items.degrees.is_empty();
    let labelled = (named || class_of) && entry.started || near && begun && view.class != LineClass::Bullet;
    // A list item below an entry that is none itself tells more of that entry.
    let detail = line.style.bullet && entry.started && !entry.bulleted;
    let first_degree = items.degrees.first().map(|(span, _)| span.start);
    let leads = first_degree.is_some_and(|start| start < 4 || view.class != LineClass::Prose);
    (labelled || leads && !detail).then_some(date)
}

/// `Sep 2020 – Present` and `Class of 2025` below it: the end of an open period, if `date` is a single later one. True if it was set.
pub(super) fn ends(period: &mut Period, date: &Period) -> bool {
    let (Some(start), End::Open { .. }, End::At(end), None) = (period.start, period.end, date.end, date.start) else {
        return false;
    };
    let later = end.earliest > start.latest;
    if later {
        period.end = End::At(end);
    }
    later
}
