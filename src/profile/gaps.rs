//! Months without work between two entries of a career. In: a profile. Out: the gaps, oldest first. They are shown; no filter and no
//! rank uses them. The time after the last entry is no gap: the file may simply be old.

use crate::model::{End, Month, Period, Profile};

/// Shorter pauses are notice periods and moves (cases E15).
const LEAST_MONTHS: i32 = 4;

/// Stretches of at least four months between the first and the last dated job that no job, activity or study covers: first and last
/// month, both included. A year without a month counts as worked from January to December, so that no gap is invented.
pub fn gaps(profile: &Profile, as_of: Month) -> Vec<(Month, Month)> {
    let worked = profile.jobs.iter().filter_map(|job| job.period.as_ref()).filter_map(|it| outer(&it.value, as_of));
    let worked: Vec<(Month, Month)> = worked.collect();
    let (Some(first), Some(last)) = (worked.iter().map(|it| it.0).min(), worked.iter().map(|it| it.1).max()) else {
        return Vec::new();
    };
    let activities = profile.activities.iter().filter_map(|job| job.period.as_ref());
    let studies = profile.education.iter().filter_map(|entry| entry.period.as_ref());
    let other = activities.chain(studies).filter_map(|it| outer(&it.value, as_of));
    let mut busy: Vec<(Month, Month)> = worked.iter().copied().chain(other).collect();
    busy.sort_unstable();
    let mut gaps = Vec::new();
    let mut covered = Month(first.0 - 1);
    for (from, to) in busy {
        let gap = (Month(covered.0 + 1), Month(from.0 - 1).min(last));
        if gap.1.0 - gap.0.0 + 1 >= LEAST_MONTHS {
            gaps.push(gap);
        }
        covered = covered.max(to);
    }
    gaps
}

/// The widest reading of a period; none if it has no start or no end.
fn outer(period: &Period, as_of: Month) -> Option<(Month, Month)> {
    let start = period.start?.earliest;
    let end = match period.end {
        End::At(end) => end.latest,
        End::Open { .. } => as_of,
        End::Unknown => return None,
    };
    (start <= as_of).then_some((start, end.max(start)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DatePoint, Education, Evidence, Found, Job};

    type Span = (DatePoint, DatePoint);

    fn period((start, end): Span) -> Option<Found<Period>> {
        let value = Period { start: Some(start), end: End::At(end), flags: vec![] };
        Some(Found { value, evidence: Evidence::default() })
    }

    fn check(jobs: &[Span], studies: &[Span], expected: &[&str]) {
        let jobs = jobs.iter().map(|span| Job { period: period(*span), ..Job::default() }).collect();
        let education =
            studies.iter().map(|span| Education { period: period(*span), ..Education::default() }).collect();
        let profile = Profile { jobs, education, ..Profile::default() };
        let found = gaps(&profile, Month::new(2026, 1));
        let found: Vec<String> = found.iter().map(|(from, to)| format!("{from}..{to}")).collect();
        assert_eq!(found, expected);
    }

    fn at(year: i32, month: u32) -> DatePoint {
        DatePoint::month(Month::new(year, month))
    }

    #[test]
    fn four_months_are_a_gap_three_are_none() {
        check(&[(at(2019, 1), at(2019, 12)), (at(2020, 5), at(2020, 12))], &[], &["2020-01..2020-04"]);
        check(&[(at(2019, 1), at(2019, 12)), (at(2020, 4), at(2020, 12))], &[], &[]);
    }

    #[test]
    fn overlapping_jobs_cover_each_other() {
        let long = (at(2015, 1), at(2020, 12));
        check(&[long, (at(2016, 1), at(2016, 3)), (at(2021, 1), at(2021, 6))], &[], &[]);
    }

    #[test]
    fn studies_are_no_gap() {
        let jobs = [(at(2012, 1), at(2014, 8)), (at(2016, 9), at(2020, 1))];
        check(&jobs, &[(at(2014, 9), at(2016, 8))], &[]);
        check(&jobs, &[], &["2014-09..2016-08"]);
    }

    #[test]
    fn years_without_months_invent_no_gap() {
        check(
            &[(DatePoint::year(2015), DatePoint::year(2017)), (DatePoint::year(2018), DatePoint::year(2020))],
            &[],
            &[],
        );
        check(
            &[(DatePoint::year(2015), DatePoint::year(2017)), (at(2019, 1), at(2020, 1))],
            &[],
            &["2018-01..2018-12"],
        );
    }

    #[test]
    fn nothing_is_said_of_the_time_after_the_last_job() {
        check(&[(at(2015, 1), at(2017, 1))], &[], &[]);
    }
}
