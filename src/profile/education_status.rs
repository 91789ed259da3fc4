//! What a finished entry of education says twice, and how far it got by its dates. In: an entry or its degrees. Out: the same, settled. Reads
//! no values off lines.

use crate::model::{DateFlag, DatePoint, Degree, DegreeLevel, DegreeStatus, Education, End, Month, TextDoc};

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
    let passed = match period.value.end {
        // "Expected May 2019" in an old file: the date has passed, the degree counts as awarded.
        End::At(end) => end.latest < as_of,
        // "2012 - present" likewise.
        End::Open { .. } => is_long_over(period.value.start, &entry.degrees, as_of),
        End::Unknown => false,
    };
    if passed && entry.status == DegreeStatus::InProgress {
        entry.status = DegreeStatus::Completed;
    }
}

/// Studies that began longer ago than twice what they take: the file is old, not the student slow.
fn is_long_over(start: Option<DatePoint>, degrees: &[Degree], as_of: Month) -> bool {
    let years = |degree: &Degree| match degree.level? {
        _ if degree.canonical.as_deref().is_some_and(|name| name.starts_with("Integrated")) => Some(5),
        DegreeLevel::Certificate | DegreeLevel::Master => Some(2),
        DegreeLevel::Associate => Some(3),
        DegreeLevel::Secondary | DegreeLevel::Bachelor => Some(4),
        DegreeLevel::Professional | DegreeLevel::Doctorate => Some(5),
    };
    let usual = degrees.iter().filter_map(years).max();
    matches!((start, usual), (Some(start), Some(usual)) if as_of.0 - start.latest.0 > 2 * 12 * usual)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Evidence, Found, Period};

    #[test]
    fn studies_without_an_end_are_over_after_twice_their_time() {
        let check = |level, canonical: &str, start, status| {
            let start = DatePoint::month(Month::new(start, 9));
            let period = Period { start: Some(start), end: End::Open { implied: false }, flags: Vec::new() };
            let evidence = Evidence::at(0, 0..0, 5.0, "date");
            let raw = Found { value: canonical.to_string(), evidence: evidence.clone() };
            let degree = Degree { raw, canonical: Some(canonical.to_string()), level: Some(level), subject: None };
            let period = Some(Found { value: period, evidence });
            let mut entry = Education { degrees: vec![degree], period, ..Education::default() };
            settle(&mut entry, Month::new(2026, 11));
            assert_eq!(entry.status, status, "{canonical} since {start:?}");
        };
        check(DegreeLevel::Bachelor, "Bachelor of Arts", 2017, DegreeStatus::Completed);
        check(DegreeLevel::Bachelor, "Bachelor of Arts", 2019, DegreeStatus::InProgress);
        check(DegreeLevel::Master, "Master of Arts", 2022, DegreeStatus::Completed);
        check(DegreeLevel::Master, "Integrated bachelor-master", 2019, DegreeStatus::InProgress);
        check(DegreeLevel::Doctorate, "PhD", 2018, DegreeStatus::InProgress);
    }
}
