//! `01/03/2019` read as the other dates of the same file are. In: the text and a profile whose doubtful dates are intervals. Out: the
//! same with these dates settled, where the file shows whether the day or the month comes first. Else they stay as they are, flagged.

use super::dates::{self, DayOrder};
use super::jobs;
use crate::model::{DateFlag, Found, Period, Profile, TextDoc};

/// Settles the doubtful dates of jobs, activities and education.
pub(super) fn settle(text: &TextDoc, profile: &mut Profile) {
    let jobs = profile.jobs.iter_mut().chain(&mut profile.activities).filter_map(|job| job.period.as_mut());
    let studies = profile.education.iter_mut().filter_map(|entry| entry.period.as_mut());
    let doubtful = |period: &&mut Found<Period>| period.value.flags.contains(&DateFlag::Ambiguous);
    let mut doubtful: Vec<&mut Found<Period>> = jobs.chain(studies).filter(doubtful).collect();
    let Some(order) = (!doubtful.is_empty()).then(|| of_file(text)).flatten() else { return };
    let Some(as_of) = profile.as_of else { return };
    for period in &mut doubtful {
        let place = &period.evidence;
        let line = text.lines.get(place.line as usize).map_or("", |line| line.text.as_str());
        let written = line.get(place.start as usize..place.end as usize).unwrap_or("");
        // The date is read alone: a single one of a job has become its start as well.
        let Some(found) = dates::find_ordered(written, as_of, Some(order)).into_iter().next() else { continue };
        period.value = if period.value.start.is_some() { jobs::stint(&found) } else { found.period };
    }
}

/// What the file's dates with a number over twelve say; nothing if there are none, or if they disagree.
fn of_file(text: &TextDoc) -> Option<DayOrder> {
    let (mut day_first, mut month_first) = (false, false);
    for line in text.lines.iter().filter(|line| line.text.bytes().any(|byte| byte.is_ascii_digit())) {
        for order in dates::orders(&line.text) {
            match order {
                DayOrder::DayFirst => day_first = true,
                DayOrder::MonthFirst => month_first = true,
            }
        }
    }
    match (day_first, month_first) {
        (true, false) => Some(DayOrder::DayFirst),
        (false, true) => Some(DayOrder::MonthFirst),
        _ => None,
    }
}
