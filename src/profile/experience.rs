//! Time worked: months of jobs, in all and per skill. In: dated jobs, the text, the as-of month. Out: [`Experience`] and the
//! months of each [`Skill`]. Overlaps count once; education and undated work give no months.

use super::scan::{any_three, has_digit};
use crate::lexicon::words::Words;
use crate::model::{Experience, Job, JobKind, MentionPlace, Month, Section, SectionKind, Skill, TextDoc};

/// Months worked: employment and freelance work together, internships apart, and what the text claims (`8+ years of
/// experience` in the lines before the first job).
pub fn total(jobs: &[Job], text: &TextDoc, sections: &[Section], as_of: Month) -> Experience {
    let of = |kinds: &[JobKind]| union(jobs.iter().filter(|job| kinds.contains(&job.kind)), as_of);
    Experience {
        months: of(&[JobKind::Employment, JobKind::Freelance]),
        internship_months: of(&[JobKind::Internship]),
        claimed_months: claimed(text, sections),
    }
}

/// Sets `months` and `last_used` of every skill from the jobs that show it.
pub fn date_skills(skills: &mut [Skill], jobs: &[Job], as_of: Month) {
    let paid = |job: &Job| if job.kind == JobKind::Volunteering { None } else { span(job, as_of) };
    let of_jobs: Vec<Option<(Month, Month)>> = jobs.iter().map(paid).collect();
    let mut spans: Vec<(Month, Month)> = Vec::new();
    for skill in skills {
        let shown = skill.mentions.iter().filter_map(|mention| match mention.place {
            MentionPlace::Job(index) => *of_jobs.get(index)?,
            _ => None,
        });
        spans.clear();
        spans.extend(shown);
        skill.last_used = spans.iter().map(|(_, last)| *last).max();
        skill.months = months_of(&mut spans);
    }
}

/// Months covered by the jobs, overlaps once; none if no job is dated.
fn union<'j>(jobs: impl Iterator<Item = &'j Job>, as_of: Month) -> Option<u32> {
    months_of(&mut jobs.filter_map(|job| span(job, as_of)).collect::<Vec<_>>())
}

/// Months covered by the spans, overlaps once; none if there are none.
fn months_of(spans: &mut [(Month, Month)]) -> Option<u32> {
    spans.sort_unstable();
    let mut months = 0;
    let mut covered = Month(i32::MIN);
    for (first, last) in spans.iter() {
        let from = (*first).max(Month(covered.0.saturating_add(1)));
        if *last >= from {
            months += (last.0 - from.0 + 1).unsigned_abs();
            covered = *last;
        }
    }
    (!spans.is_empty()).then_some(months)
}

fn span(job: &Job, as_of: Month) -> Option<(Month, Month)> {
    job.period.as_ref().and_then(|period| period.value.span(as_of))
}

/// The greatest `N years of experience` in the summary, headline or skill lines.
fn claimed(text: &TextDoc, sections: &[Section]) -> Option<u32> {
    let speaks = |kind: SectionKind| {
        matches!(kind, SectionKind::Contact | SectionKind::Summary | SectionKind::Skills | SectionKind::Other)
    };
    let lines = sections.iter().filter(|section| speaks(section.kind)).flat_map(|section| section.lines.clone());
    lines
        .filter_map(|line| text.lines.get(line))
        .filter(|line| !line.hidden)
        .filter_map(|line| claimed_in(&line.text))
        .max()
}

/// Three letters of each word for experience below: most lines without accents are told by them.
fn may_be_experience(first: u8, second: u8, third: u8) -> bool {
    let is = |sign: &[u8; 3]| (first | 0x20 == sign[0]) & (second | 0x20 == sign[1]) & (third | 0x20 == sign[2]);
    // Experience, Erfahrung, esperienza, ervaring
    is(b"exp") | is(b"erf") | is(b"enz") | is(b"rva")
}

/// `8+ years of experience`, `over 10 yrs' professional experience`, `experience of 5 years`: months.
pub(super) fn claimed_in(text: &str) -> Option<u32> {
    if !has_digit(text) || text.is_ascii() && !any_three(text, may_be_experience) {
        return None;
    }
    let words = Words::of(text);
    let claim = |index: usize| {
        let years = stated(text, &words, index)?;
        let near = (index.saturating_sub(4)..index + 9).any(|at| {
            matches!(
                words.term(at),
                "experience"
                    | "experienced"
                    | "erfahrung"
                    | "berufserfahrung"
                    | "experiencia"
                    | "experiencia+"
                    | "exp"
                    | "esperienza"
                    | "ervaring"
            )
        });
        near.then_some(years)
    };
    (0..words.len()).filter_map(claim).max()
}

/// `8+ years`, `3.5 yrs`, `18 months` at word `index` of `text`: months, if plausible for a working life.
pub(super) fn stated(text: &str, words: &Words, index: usize) -> Option<u32> {
    let unit = match words.term(index + 1) {
        "and" | "plus" | "+" => words.term(index + 2),
        unit => unit,
    };
    let each = match unit {
        "years" | "year" | "yrs" | "yr" | "jahre" | "jahren" | "ans" | "anos" | "anni" | "jaar" => 12.0,
        "months" | "month" | "mos" | "monate" | "mois" | "meses" | "mesi" => 1.0,
        _ => return None,
    };
    let months = (words.number(text, index)? * each).round() as u32;
    (1..=50 * 12).contains(&months).then_some(months)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DatePoint, End, Evidence, Found, Period};

    fn job(kind: JobKind, first: (i32, u32), last: (i32, u32)) -> Job {
        let at = |(year, month)| DatePoint::month(Month::new(year, month));
        let period = Period { start: Some(at(first)), end: End::At(at(last)), flags: vec![] };
        Job { kind, period: Some(Found { value: period, evidence: Evidence::default() }), ..Job::default() }
    }

    #[test]
    fn overlapping_jobs_count_once() {
        let jobs = [job(JobKind::Employment, (2019, 1), (2020, 12)), job(JobKind::Freelance, (2020, 7), (2022, 6))];
        assert_eq!(union(jobs.iter(), Month::new(2026, 1)), Some(42));
    }

    #[test]
    fn internships_are_counted_apart() {
        let jobs = [job(JobKind::Employment, (2020, 1), (2020, 12)), job(JobKind::Internship, (2019, 6), (2019, 8))];
        let text =
            TextDoc { format: crate::model::Format::Text, lines: vec![], pages: 1, modified: None, warnings: vec![] };
        let found = total(&jobs, &text, &[], Month::new(2026, 1));
        assert_eq!((found.months, found.internship_months), (Some(12), Some(3)));
    }

    #[test]
    fn claims() {
        assert_eq!(claimed_in("Nurse with 8+ years of experience in intensive care"), Some(96));
        assert_eq!(claimed_in("Experience: 5 years"), Some(60));
        assert_eq!(claimed_in("Experience of over 3.5 years in dairy farming"), Some(42));
        assert_eq!(claimed_in("2,5 Jahre Erfahrung als Imker"), Some(30));
        assert_eq!(claimed_in("6 anni di esperienza in cucina"), Some(72));
        assert_eq!(claimed_in("10 jaar ervaring"), Some(120));
        assert_eq!(claimed_in("Over 3 yrs EXP"), Some(36));
        assert_eq!(claimed_in("Led 8 people for 3 years"), None);
    }
}
