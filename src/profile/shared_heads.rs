//! Jobs of a section that share one head: roles below a line that names their employer. In: the jobs in document order. Out: the same,
//! roles with the employer above them, parts of titles no longer taken for employers. Finds no jobs.

use crate::lexicon::words::key;
use crate::model::{End, Found, Job, Month, Section, TextDoc};

/// Below a line that names the employer alone, with a period around those of at least two roles, the part is one of the title.
pub(super) fn join_parts(jobs: &mut [Job], parts: &[bool], text: &TextDoc) {
    let mut at = 0;
    while at < jobs.len() {
        let header = at;
        at += 1;
        if !jobs[header].titles.is_empty() || jobs[header].employers.is_empty() {
            continue;
        }
        let roles = (at..jobs.len()).take_while(|role| {
            encloses(&jobs[header], &jobs[*role]) && (parts[*role] || jobs[*role].employers.is_empty())
        });
        let roles = roles.count();
        for job in jobs[at..at + roles].iter_mut().filter(|_| roles >= 2) {
            take_part(job, text);
        }
        at += roles;
    }
}

/// The period of the one lies within that of the other.
fn encloses(outer: &Job, inner: &Job) -> bool {
    let both = bounds(outer).zip(bounds(inner));
    both.is_some_and(|(outer, inner)| outer.0 <= inner.0 && inner.1 <= outer.1)
}

fn bounds(job: &Job) -> Option<(Month, Month)> {
    let period = &job.period.as_ref()?.value;
    let end = match period.end {
        End::At(end) => end.latest,
        _ => Month(i32::MAX),
    };
    Some((period.start?.earliest, end))
}

/// `Vice President` at `Special Projects` → `Vice President, Special Projects` without an employer of its own.
fn take_part(job: &mut Job, text: &TextDoc) {
    let [title] = job.titles.as_mut_slice() else { return };
    let Some(part) = job.employers.pop() else { return };
    title.evidence.end = part.evidence.end;
    let line = &text.lines[title.evidence.line as usize].text;
    title.value = line[title.evidence.start as usize..title.evidence.end as usize].to_string();
    job.employers.clear();
}

/// Roles without an employer belong to the employer above them, if it stands above its own title, too; an employer line without a role
/// above roles is no job of its own.
pub(super) fn inherit(jobs: &mut Vec<Job>) {
    let mut header: Option<usize> = None;
    let mut drop = vec![false; jobs.len()];
    for at in 0..jobs.len() {
        if !jobs[at].employers.is_empty() {
            header = Some(at).filter(|header| heads_roles(&jobs[*header]));
            continue;
        }
        let titled = jobs[at].titles.iter().any(Found::is_sure);
        let Some(above) = header.filter(|_| titled) else { continue };
        let (employers, location) = (jobs[above].employers.clone(), jobs[above].location.clone());
        jobs[at].employers = employers;
        if jobs[at].location.is_none() {
            jobs[at].location = location;
        }
        let is_text = |job: &Job| !job.body.is_empty() && !encloses(job, &jobs[at]);
        drop[above] |= jobs[above].titles.is_empty() && above + 1 == at && !is_text(&jobs[above]);
    }
    let mut index = 0;
    jobs.retain(|_| {
        index += 1;
        !drop[index - 1]
    });
}

/// "Blue Fish Inn / Head Cook": further titles may follow. Where the title comes first, the next one has an employer of its own.
fn heads_roles(job: &Job) -> bool {
    let at = |found: &Found<String>| (found.evidence.line, found.evidence.start);
    let first = |found: &[Found<String>]| found.iter().map(at).min();
    first(&job.titles).is_none_or(|title| first(&job.employers).is_some_and(|employer| employer < title))
}

/// Drops what a document says twice, in a list of stints and in full: the same title in the same months, or, in another section, the
/// same employer in the same months.
pub(super) fn drop_repeated(jobs: &mut Vec<Job>, sections: &[Section]) {
    let mut at = 1;
    while at < jobs.len() {
        let Some(first) = (0..at).find(|first| is_repeated(&jobs[*first], &jobs[at], sections)) else {
            at += 1;
            continue;
        };
        let second = jobs.remove(at);
        let knows_more = |job: &Job| (!job.employers.is_empty(), job.body.len());
        if knows_more(&second) > knows_more(&jobs[first]) {
            jobs[first] = second;
        }
    }
}

fn is_repeated(one: &Job, other: &Job, sections: &[Section]) -> bool {
    let (Some(period), Some(others)) = (&one.period, &other.period) else { return false };
    if period.value.start.is_none() || period.value != others.value {
        return false;
    }
    let values = |found: &[Found<String>]| found.iter().map(|found| found.value.to_lowercase()).collect::<Vec<_>>();
    let same_title = !one.titles.is_empty() && values(&one.titles) == values(&other.titles);
    let unnamed = one.employers.is_empty() || other.employers.is_empty();
    if same_title && (unnamed || values(&one.employers) == values(&other.employers)) {
        return true;
    }
    let section = |job: &Job| sections.iter().position(|section| section.lines.contains(&job.lines.start));
    let same_name = one.employers.iter().any(|name| other.employers.iter().any(|it| is_named_alike(name, it)));
    same_name && section(one) != section(other)
}

/// `Blue Fish Inn` and `Blue Fish Inn Ltd., Bergen`: the one begins with the words of the other.
fn is_named_alike(one: &Found<String>, other: &Found<String>) -> bool {
    let (one, other) = (key(&one.value), key(&other.value));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.len() >= 3 && long.strip_prefix(short.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DatePoint, Evidence, Period, SectionKind};

    /// A job from `employer@line`, `title@line` and its years.
    fn job(employer: &str, title: &str, years: (i32, i32)) -> Job {
        let values = |text: &str| {
            let (value, line) = text.split_once('@')?;
            let evidence = Evidence::at(line.parse().ok()?, 0..1, 5.0, "");
            Some(Found { value: value.to_string(), evidence })
        };
        let (start, end) = (DatePoint::month(Month::new(years.0, 1)), DatePoint::month(Month::new(years.1, 1)));
        let period = Period { start: Some(start), end: End::At(end), flags: Vec::new() };
        Job {
            employers: values(employer).into_iter().collect(),
            titles: values(title).into_iter().collect(),
            period: Some(Found { value: period, evidence: Evidence::default() }),
            ..Job::default()
        }
    }

    fn shown(jobs: &[Job]) -> Vec<String> {
        let first = |found: &[Found<String>]| found.first().map_or(String::new(), |found| found.value.clone());
        jobs.iter().map(|job| format!("{} | {}", first(&job.employers), first(&job.titles))).collect()
    }

    #[test]
    fn roles_below_the_employer() {
        let mut jobs = vec![job("Blue Fish Inn@1", "Head Cook@2", (2018, 2020)), job("", "Line Cook@4", (2016, 2018))];
        inherit(&mut jobs);
        assert_eq!(shown(&jobs), ["Blue Fish Inn | Head Cook", "Blue Fish Inn | Line Cook"]);
    }

    #[test]
    fn no_role_below_an_employer_behind_the_title() {
        let mut jobs =
            vec![job("Blue Fish Inn@2", "Head Cook@1", (2018, 2020)), job("", "Private Chef@4", (2016, 2018))];
        inherit(&mut jobs);
        assert_eq!(shown(&jobs), ["Blue Fish Inn | Head Cook", " | Private Chef"]);
    }

    #[test]
    fn an_employer_whose_period_holds_the_role_below() {
        let mut jobs = vec![job("Blue Fish Inn@1", "", (2016, 2020)), job("", "Head Cook@3", (2018, 2020))];
        jobs[0].body = 2..3;
        inherit(&mut jobs);
        assert_eq!(shown(&jobs), ["Blue Fish Inn | Head Cook"]);
    }

    #[test]
    fn the_same_job_twice() {
        let mut jobs = vec![
            job("", "Head Cook@1", (2018, 2020)),
            job("Gull Diner@2", "Line Cook@2", (2016, 2018)),
            job("Blue Fish Inn@9", "Head Cook@9", (2018, 2020)),
            job("Harbor Grill@12", "Line Cook@12", (2016, 2018)),
        ];
        drop_repeated(&mut jobs, &[]);
        assert_eq!(shown(&jobs), ["Blue Fish Inn | Head Cook", "Gull Diner | Line Cook", "Harbor Grill | Line Cook"]);
    }

    #[test]
    fn the_same_employer_in_another_section() {
        let section = |lines| Section {
            kind: SectionKind::Experience,
            second: None,
            heading: None,
            lines,
            score: 0.0,
            reasons: Vec::new(),
        };
        let mut jobs = vec![
            job("Blue Fish Inn@1", "Cook@1", (2018, 2020)),
            job("Blue Fish Inn Ltd@9", "Head Cook@9", (2018, 2020)),
        ];
        jobs[0].lines = 1..2;
        (jobs[1].lines, jobs[1].body) = (9..12, 10..12);
        drop_repeated(&mut jobs, &[section(0..5), section(5..12)]);
        assert_eq!(shown(&jobs), ["Blue Fish Inn Ltd | Head Cook"]);
    }
}
