//! What a profile says in numbers: one row per job, education entry and skill, aligned with the profile's lists, and time worked in a
//! form that any later as-of month can finish. In: a profile. Out: rows of plain numbers. Knows no engine.
//!
//! Unknown is a value of its own ([`NO_MONTH`]) so that the k-th row always belongs to the k-th entry; an unended period is
//! [`OPEN_MONTH`], and nothing here depends on what "present" means, so an index need not be written again when months pass.

use crate::model::{
    DatePoint, DegreeLevel, DegreeStatus, Education, End, Job, JobKind, MentionPlace, Month, Period, Profile, Skill,
};

/// A month that is not known: December 1899, earlier than any month in a column.
pub const NO_MONTH: i64 = 1899 * 12 + 11;

/// The end of what has not ended: later than any month. Near enough to [`NO_MONTH`] that a column of months needs twelve bits.
pub const OPEN_MONTH: i64 = NO_MONTH + 4095;

/// Bits of [`JobRow::flags`].
pub struct JobFlags;

impl JobFlags {
    /// The period has no end ("present").
    pub const OPEN: i64 = 1;
    /// Internship, traineeship.
    pub const INTERNSHIP: i64 = 2;
    /// Freelance.
    pub const FREELANCE: i64 = 4;
    /// Counts as years of experience (employment and freelance).
    pub const COUNTS: i64 = 8;
}

/// When a job or a degree began and ended, each as an interval of months ([`Month`] numbers).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Earliest month of the start, or [`NO_MONTH`].
    pub start_lo: i64,
    /// Latest month of the start, or [`NO_MONTH`].
    pub start_hi: i64,
    /// Earliest month of the end, [`OPEN_MONTH`] or [`NO_MONTH`].
    pub end_lo: i64,
    /// Latest month of the end, [`OPEN_MONTH`] or [`NO_MONTH`].
    pub end_hi: i64,
}

impl Span {
    /// Of a period; all unknown without one.
    pub fn of(period: Option<&Period>) -> Span {
        let known = |point: DatePoint| (in_range(point.earliest), in_range(point.latest));
        let (start_lo, start_hi) = period.and_then(|period| period.start).map_or((NO_MONTH, NO_MONTH), known);
        let (end_lo, end_hi) = match period.map(|period| period.end) {
            Some(End::At(point)) => known(point),
            Some(End::Open { .. }) => (OPEN_MONTH, OPEN_MONTH),
            Some(End::Unknown) | None => (NO_MONTH, NO_MONTH),
        };
        Span { start_lo, start_hi, end_lo, end_hi }
    }

    /// Months that the start may be later than its earliest month.
    pub fn start_slack(self) -> i64 {
        self.start_hi - self.start_lo
    }

    /// Months that the end may be later than its earliest month.
    pub fn end_slack(self) -> i64 {
        self.end_hi - self.end_lo
    }

    /// The end is a known time, not open and not unknown.
    pub fn is_ended(self) -> bool {
        self.end_lo != NO_MONTH && self.end_lo != OPEN_MONTH
    }

    /// The period again, as far as the columns hold it.
    pub fn period(self) -> Period {
        let point = |lo: i64, hi: i64| DatePoint { earliest: Month(lo as i32), latest: Month(hi as i32) };
        let start = (self.start_lo != NO_MONTH).then(|| point(self.start_lo, self.start_hi));
        let end = match self.end_lo {
            OPEN_MONTH => End::Open { implied: false },
            NO_MONTH => End::Unknown,
            lo => End::At(point(lo, self.end_hi)),
        };
        Period { start, end, flags: Vec::new() }
    }
}

/// The month, or the first or last that a column can hold.
fn in_range(month: Month) -> i64 {
    i64::from(month.0).clamp(NO_MONTH + 1, OPEN_MONTH - 1)
}

/// One job in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobRow {
    /// When.
    pub span: Span,
    /// Bits of [`JobFlags`].
    pub flags: i64,
}

impl JobRow {
    /// The row of one job.
    pub fn of(job: &Job) -> JobRow {
        let span = Span::of(job.period.as_ref().map(|found| &found.value));
        let mut flags = if span.end_lo == OPEN_MONTH { JobFlags::OPEN } else { 0 };
        flags |= match job.kind {
            JobKind::Employment => JobFlags::COUNTS,
            JobKind::Freelance => JobFlags::COUNTS | JobFlags::FREELANCE,
            JobKind::Internship => JobFlags::INTERNSHIP,
            JobKind::Volunteering => 0,
        };
        JobRow { span, flags }
    }
}

/// One education entry in numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EducationRow {
    /// When.
    pub span: Span,
    /// Bit i: a degree of `DegreeLevel::ALL[i]`.
    pub levels: i64,
    /// 0 completed, 1 in progress, 2 abandoned.
    pub status: i64,
    /// Grade on a scale of 4; −1 unknown.
    pub gpa: f64,
}

impl EducationRow {
    /// The row of one entry.
    pub fn of(entry: &Education) -> EducationRow {
        let levels = entry.degrees.iter().filter_map(|degree| degree.level);
        let status = match entry.status {
            DegreeStatus::Completed => 0,
            DegreeStatus::InProgress => 1,
            DegreeStatus::Abandoned => 2,
        };
        EducationRow {
            span: Span::of(entry.period.as_ref().filter(|found| found.is_sure()).map(|found| &found.value)),
            levels: levels.fold(0, |bits, level| bits | 1 << level_index(level)),
            status,
            gpa: entry.gpa.as_ref().filter(|gpa| gpa.is_sure()).map_or(-1.0, |gpa| {
                // "8.5/10" is 3.4 on a scale of 4. A mark above its scale (German 2.3 with best mark 1) has no such reading, nor have
                // words: "cum laude" and "first class" are not 4.0.
                let share = f64::from(gpa.value.value) / f64::from(gpa.value.scale);
                if gpa.value.scale > 1.0 && share > 0.0 && share <= 1.0 {
                    (share * 400.0).round() / 100.0
                } else {
                    -1.0
                }
            }),
        }
    }
}

/// Place of a level in `DegreeLevel::ALL`.
pub fn level_index(level: DegreeLevel) -> i64 {
    DegreeLevel::ALL.iter().position(|&known| known == level).map_or(0, |at| at as i64)
}

/// One skill in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillRow {
    /// Canonical name, or as written when unknown to the lexicon.
    pub name: String,
    /// Time worked with it.
    pub worked: Worked,
    /// Last month used: a month, [`OPEN_MONTH`] while in use, [`NO_MONTH`] unknown. In use is what a job shows that has not ended.
    pub last_used: i64,
}

/// Bits of twice a month from [`NO_MONTH`] to [`OPEN_MONTH`].
const USED_BITS: u32 = 13;

/// What a column tells of the use of a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SkillUse {
    /// See [`SkillRow::last_used`].
    pub last: i64,
    /// See [`Worked::open_from`].
    pub open_from: i64,
    /// See [`Worked::closed`].
    pub closed: i64,
}

impl SkillRow {
    /// Time worked with it and its last use in one number: who uses a skill has used it last today, so that one month says last use and
    /// since when.
    pub fn packed(&self) -> i64 {
        let used = match self.worked.open_from {
            NO_MONTH => (self.last_used - NO_MONTH) << 1,
            open_from => (open_from - NO_MONTH) << 1 | 1,
        };
        self.worked.closed << USED_BITS | used
    }

    /// What such a number tells.
    pub fn of_packed(packed: i64) -> SkillUse {
        let used = packed & ((1 << USED_BITS) - 1);
        let month = NO_MONTH + (used >> 1);
        let (last, open_from) = if used & 1 == 0 { (month, NO_MONTH) } else { (OPEN_MONTH, month) };
        SkillUse { last, open_from, closed: packed >> USED_BITS }
    }

    /// The row of one skill of `profile`.
    pub fn of(skill: &Skill, profile: &Profile) -> SkillRow {
        let mut jobs: Vec<usize> = skill.mentions.iter().filter_map(|mention| job_of(mention.place)).collect();
        jobs.sort_unstable();
        jobs.dedup();
        let paid = |job: &&Job| job.kind != JobKind::Volunteering;
        let periods = || jobs.iter().filter_map(|&job| profile.jobs.get(job)).filter(paid).filter_map(period_of);
        let as_of = profile.as_of.unwrap_or(Month(OPEN_MONTH as i32));
        let last = periods().filter_map(|period| match period.end {
            End::Open { .. } => Some(OPEN_MONTH),
            _ => period.span(as_of).map(|(_, last)| in_range(last)),
        });
        let last_used = last.max().or(skill.last_used.map(in_range));
        let worked = Worked::of(periods(), as_of);
        let last_used = if worked.open_from != NO_MONTH { OPEN_MONTH } else { last_used.unwrap_or(NO_MONTH) };
        SkillRow { name: skill.name.clone(), worked, last_used }
    }
}

/// Packed uses of several skills ([`SkillRow::packed`]) as two columns: of each skill 0 when nothing is known, else 1 + a place in the other, which
/// has each use once.
pub fn skill_uses(packed: impl Iterator<Item = i64>) -> (Vec<i64>, Vec<i64>) {
    let mut times: Vec<i64> = Vec::new();
    let place = |time: i64| {
        if time == 0 {
            return 0;
        }
        let known = times.iter().position(|known| *known == time);
        1 + known.unwrap_or_else(|| {
            times.push(time);
            times.len() - 1
        }) as i64
    };
    let places = packed.map(place).collect();
    (places, times)
}

/// The job a mention stands in.
pub fn job_of(place: MentionPlace) -> Option<usize> {
    match place {
        MentionPlace::Job(job) => Some(job),
        _ => None,
    }
}

fn period_of(job: &Job) -> Option<&Period> {
    job.period.as_ref().map(|found| &found.value)
}

/// Time worked, overlaps counted once, complete but for what "present" adds: see [`Worked::months`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worked {
    /// Some period is dated.
    pub dated: bool,
    /// Months covered before `open_from` (all of them if nothing is open).
    pub closed: i64,
    /// First month of the unended periods; [`NO_MONTH`] if there is none.
    pub open_from: i64,
}

impl Worked {
    /// Of some periods. A period that ends after `as_of` (a contract's end) is taken as unended.
    pub fn of<'a>(periods: impl Iterator<Item = &'a Period>, as_of: Month) -> Worked {
        let mut open_from = i64::MAX;
        let mut closed: Vec<(i64, i64)> = Vec::new();
        for period in periods {
            let Some((first, last)) = period.span(as_of) else { continue };
            let ended = matches!(period.end, End::At(end) if end.latest < as_of);
            if ended {
                closed.push((i64::from(first.0), i64::from(last.0)));
            } else {
                open_from = open_from.min(in_range(first));
            }
        }
        let dated = open_from != i64::MAX || !closed.is_empty();
        closed.sort_unstable();
        let (mut months, mut counted_to) = (0, i64::MIN);
        for (first, last) in closed {
            let first = first.max(counted_to.saturating_add(1));
            let last_counted = last.min(open_from.saturating_sub(1));
            months += (last_counted - first + 1).max(0);
            counted_to = counted_to.max(last);
        }
        Worked { dated, closed: months, open_from: if open_from == i64::MAX { NO_MONTH } else { open_from } }
    }

    /// Of the jobs that count as experience.
    pub fn of_jobs(profile: &Profile) -> Worked {
        let counting = profile.jobs.iter().filter(|job| JobRow::of(job).flags & JobFlags::COUNTS != 0);
        Worked::of(counting.filter_map(period_of), profile.as_of.unwrap_or(Month(OPEN_MONTH as i32)))
    }

    /// Months in all when "present" is `as_of`, both ends counted. Exact for every `as_of` not before the closed periods' ends.
    pub fn months(self, as_of: Month) -> i64 {
        let open = if self.open_from == NO_MONTH { 0 } else { (i64::from(as_of.0) - self.open_from + 1).max(0) };
        self.closed + open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(start: (i32, u32), end: Option<(i32, u32)>) -> Period {
        let point = |(year, month)| DatePoint::month(Month::new(year, month));
        let end = end.map_or(End::Open { implied: false }, |end| End::At(point(end)));
        Period { start: Some(point(start)), end, flags: Vec::new() }
    }

    fn check(periods: &[Period], as_of: (i32, u32), months: i64) {
        let worked = Worked::of(periods.iter(), Month::new(2026, 1));
        assert_eq!(worked.months(Month::new(as_of.0, as_of.1)), months);
    }

    #[test]
    fn overlaps_count_once() {
        let two = [period((2019, 1), Some((2020, 12))), period((2020, 7), Some((2022, 6)))];
        check(&two, (2026, 1), 42);
        check(&two, (2030, 1), 42);
    }

    #[test]
    fn an_open_job_grows_with_the_as_of_month() {
        let jobs = [period((2019, 1), None), period((2018, 7), Some((2019, 6)))];
        check(&jobs, (2025, 12), 6 + 84);
        check(&jobs, (2026, 12), 6 + 84 + 12);
    }

    #[test]
    fn a_job_inside_another_adds_nothing() {
        check(&[period((2010, 1), Some((2014, 12))), period((2011, 1), Some((2012, 12)))], (2026, 1), 60);
        check(&[period((2015, 1), None), period((2016, 1), Some((2017, 12)))], (2015, 12), 12);
    }

    #[test]
    fn one_number_tells_how_long_and_when_a_skill_was_used() {
        let uses = [(NO_MONTH, NO_MONTH, 0), (24_000, NO_MONTH, 0), (24_000, NO_MONTH, 71), (OPEN_MONTH, 24_001, 500)];
        for (last, open_from, closed) in uses {
            let worked = Worked { dated: true, closed, open_from };
            let row = SkillRow { name: "Go".into(), worked, last_used: last };
            assert_eq!(SkillRow::of_packed(row.packed()), SkillUse { last, open_from, closed });
        }
    }

    #[test]
    fn skills_used_at_the_same_time_share_it() {
        assert_eq!(skill_uses([7, 0, 9, 7].into_iter()), (vec![1, 0, 2, 1], vec![7, 9]));
    }

    #[test]
    fn undated_is_not_zero() {
        assert!(!Worked::of([].iter(), Month::new(2026, 1)).dated);
    }

    #[test]
    fn a_span_is_the_period_again() {
        for one in [period((2019, 1), Some((2020, 12))), period((2020, 7), None)] {
            assert_eq!(Span::of(Some(&one)).period(), one);
        }
        assert_eq!(Span::of(None).start_lo, NO_MONTH);
    }
}
