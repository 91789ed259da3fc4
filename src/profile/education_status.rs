//! What a finished entry of education says twice, and how far it got by its dates. In: an entry or its degrees. Out: the same, settled. Reads
//! no lines.

use crate::model::{DateFlag, Degree, DegreeStatus, Education, End, Month};

/// "PhD   Harbour University, PhD in Fishery": a degree without a subject beside the same with one is the same degree.
pub(super) fn merge(degrees: &mut Vec<Degree>) {
    let known: Vec<(Option<String>, bool)> =
        degrees.iter().map(|degree| (degree.canonical.clone(), degree.subject.is_some())).collect();
    let levels: Vec<_> = degrees.iter().map(|degree| degree.level).collect();
    let mut at = 0;
    degrees.retain(|degree| {
        at += 1;
        let here = at - 1;
        let bare = degree.subject.is_none();
        let doubled = (0..known.len()).any(|other| {
            let same = known[other].0 == degree.canonical || levels[other] == degree.level;
            other != here && same && bare && (known[other].1 || other < here && known[other].0 == degree.canonical)
        });
        !doubled
    });
}

/// Status by the dates: an end after the as-of month is expected, an open end is in progress.
pub(super) fn settle(entry: &mut Education, as_of: Month) {
    let Some(period) = entry.period.as_mut() else { return };
    let later = match period.value.end {
        End::At(end) => end.earliest > as_of,
        End::Open { .. } => true,
        End::Unknown => false,
    };
    if later && entry.status == DegreeStatus::Completed {
        entry.status = DegreeStatus::InProgress;
    }
    let dated = matches!(period.value.end, End::At(_));
    if later && dated && !period.value.flags.contains(&DateFlag::Expected) {
        period.value.flags.push(DateFlag::Expected);
    }
    // "Expected May 2019" in an old file: the date has passed, the degree counts as awarded.
    let passed = matches!(period.value.end, End::At(end) if end.latest < as_of);
    if passed && entry.status == DegreeStatus::InProgress {
        entry.status = DegreeStatus::Completed;
    }
}
