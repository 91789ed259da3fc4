//! What a finished entry of education says twice, and how far it got by its dates. In: an entry or its degrees. Out: the same, settled. Reads
//! no values off lines.

use crate::model::{DateFlag, Degree, DegreeStatus, Education, End, Month, TextDoc};

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

/// `2015年4月 みさき大学 入学` and `2019年3月 みさき大学 卒業`: entering a school and leaving it are one entry.
pub(super) fn join_entering(entries: &mut Vec<Education>, text: &TextDoc) {
    let says = |entry: &Education, words: &[&str]| {
        let mut lines = text.lines[entry.lines.clone()].iter();
        lines.any(|line| words.iter().any(|word| line.text.contains(word)))
    };
    let mut at = 1;
    while at < entries.len() {
        let (entered, left) = (&entries[at - 1], &entries[at]);
        let name = |entry: &Education| entry.school.as_ref().map(|school| school.value.clone());
        let same = name(left).is_some() && name(left) == name(entered);
        let began = entered.period.as_ref().and_then(|period| match (period.value.start, period.value.end) {
            (None, End::At(point)) => Some(point),
            _ => None,
        });
        let pair = same && says(entered, &["入学"]) && says(left, &["卒業", "修了", "中退"]);
        if let Some(began) = began.filter(|_| pair) {
            let entered = entries.remove(at - 1);
            let left = &mut entries[at - 1];
            left.lines.start = entered.lines.start;
            if let Some(period) = left.period.as_mut().filter(|period| period.value.start.is_none()) {
                period.value.start = Some(began);
            }
        } else {
            at += 1;
        }
    }
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
