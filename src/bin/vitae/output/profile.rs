//! [`Profile`] for a person. In: a profile and the lines of its file. Out: text with styles, one value a line, evidence on
//! request. Does not decide what is true: it prints.

use super::style::{bold, dim};
use std::fmt::Write;
use vitae::model::{
    Certificate, DegreeStatus, Education, Evidence, Found, Job, Profile, Project, Publication, SURE, Skill,
};

/// What to print beside the values.
pub struct ProfileView<'a> {
    /// The line, score and reason behind every value.
    pub evidence: bool,
    /// Line number and text of a line of the file.
    pub line: &'a dyn Fn(usize) -> Option<(u32, String)>,
    /// Stands for a name that is not known, or not to be shown.
    pub nameless: &'a str,
}

/// The whole profile as text.
pub fn profile(profile: &Profile, view: &ProfileView<'_>) -> String {
    let mut out = String::new();
    head(&mut out, profile, view);
    section(&mut out, "Experience", &profile.jobs, |out, job| stint(out, job, view));
    section(&mut out, "Education", &profile.education, |out, entry| study(out, entry, view));
    skills(&mut out, profile, view);
    section(&mut out, "Certificates", &profile.certificates, |out, one| certificate(out, one, view));
    section(&mut out, "Projects", &profile.projects, |out, one| project(out, one, view));
    section(&mut out, "Publications", &profile.publications, |out, one| publication(out, one, view));
    section(&mut out, "Awards", &profile.awards, |out, award| entry(out, &award.value, &award.evidence, view));
    section(&mut out, "Activities", &profile.activities, |out, job| stint(out, job, view));
    section(&mut out, "Languages", &profile.languages, |out, language| {
        let level = language.level.as_deref().map(|level| format!(" ({level})")).unwrap_or_default();
        entry(out, &format!("{}{level}", language.language.value), &language.language.evidence, view);
    });
    section(&mut out, "Flags", &profile.flags, |out, flag| {
        let number = (view.line)(flag.line as usize).map_or(0, |(number, _)| number);
        let _ = writeln!(out, "  {}: {} {}", flag.name, flag.detail, dim(&format!("line {number}")));
    });
    out
}

fn head(out: &mut String, profile: &Profile, view: &ProfileView<'_>) {
    let name = profile.name.as_ref().filter(|name| view.evidence || name.is_sure());
    let _ = writeln!(out, "{}", bold(name.map_or(view.nameless, |name| name.value.as_str())));
    if let Some(name) = &profile.name {
        evidence(out, &name.evidence, view);
    }
    for found in profile.headline.iter() {
        entry(out, &found.value, &found.evidence, view);
    }
    for found in &profile.emails {
        entry(out, &found.value, &found.evidence, view);
    }
    for found in &profile.phones {
        entry(out, &found.value.raw, &found.evidence, view);
    }
    for found in &profile.links {
        entry(out, &found.value.url, &found.evidence, view);
    }
    for found in profile.location.iter() {
        entry(out, &found.value.raw, &found.evidence, view);
    }
    let mut worked = Vec::new();
    let experience = &profile.experience;
    worked.extend(experience.months.map(|months| format!("{} of employment", span(months))));
    worked.extend(experience.internship_months.map(|months| format!("{} of internships", span(months))));
    worked.extend(experience.claimed_months.map(|months| format!("{} claimed", span(months))));
    if !worked.is_empty() {
        let as_of = profile.as_of.map(|month| format!(" as of {month}")).unwrap_or_default();
        let _ = writeln!(out, "  {}{}", worked.join(", "), dim(&as_of));
    }
    let gaps = vitae::profile::gaps(profile, profile.as_of.unwrap_or(vitae::model::Month(0)));
    let gaps: Vec<String> =
        gaps.iter().map(|(from, to)| format!("{from} – {to} ({})", span((to.0 - from.0 + 1).unsigned_abs()))).collect();
    if !gaps.is_empty() {
        let _ = writeln!(out, "  {}", dim(&format!("no work between jobs: {}", gaps.join(", "))));
    }
    if let Some(summary) = &profile.summary {
        let _ = writeln!(out, "\n{}", bold("Summary"));
        entry(out, &summary.value, &summary.evidence, view);
    }
}

fn section<T>(out: &mut String, title: &str, items: &[T], mut one: impl FnMut(&mut String, &T)) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", bold(title));
    for item in items {
        one(out, item);
    }
}

/// An unsure value is shown only with its evidence, and says so.
fn entry(out: &mut String, value: &str, found: &Evidence, view: &ProfileView<'_>) {
    let sure = found.score >= SURE;
    if !sure && !view.evidence {
        return;
    }
    let _ = writeln!(out, "  {value}{}", if sure { "" } else { " (unsure)" });
    evidence(out, found, view);
}

/// `line 12, score 7.0 (name shape +3, e-mail agrees +4): JANE EXAMPLE`
fn evidence(out: &mut String, evidence: &Evidence, view: &ProfileView<'_>) {
    if !view.evidence {
        return;
    }
    let Some((number, text)) = (view.line)(evidence.line as usize) else { return };
    let quote = text.get(evidence.start as usize..evidence.end as usize).unwrap_or(&text);
    let reason = if evidence.reason.is_empty() { String::new() } else { format!(" ({})", evidence.reason) };
    let second = evidence.runner_up.as_ref().map(|second| format!("; second: {second}")).unwrap_or_default();
    let note = format!("line {number}, score {:.1}{reason}: {quote}{second}", evidence.score);
    let _ = writeln!(out, "      {}", dim(&note));
}

fn names(values: &[Found<String>]) -> String {
    let values: Vec<&str> = values.iter().map(|found| found.value.as_str()).collect();
    values.join(" & ")
}

fn stint(out: &mut String, job: &Job, view: &ProfileView<'_>) {
    let mut parts = vec![names(&job.titles), names(&job.employers)];
    parts.extend(job.location.as_ref().map(|place| place.value.raw.clone()));
    parts.extend(job.period.as_ref().map(|period| period.value.to_string()));
    parts.retain(|part| !part.is_empty());
    let _ = writeln!(out, "  {}", parts.join(" · "));
    for found in job.titles.iter().chain(&job.employers) {
        evidence(out, &found.evidence, view);
    }
    for found in job.location.iter() {
        evidence(out, &found.evidence, view);
    }
    for found in job.period.iter() {
        evidence(out, &found.evidence, view);
    }
}

fn study(out: &mut String, study: &Education, view: &ProfileView<'_>) {
    let mut parts: Vec<String> = study
        .degrees
        .iter()
        .map(|degree| {
            let level = degree.level.map(|level| format!(" [{}]", level.name())).unwrap_or_default();
            format!("{}{level}", degree.raw.value)
        })
        .collect();
    if let Some(school) = &study.school {
        let known = study.school_known_as.as_ref().filter(|known| **known != school.value);
        let known = known.map(|known| format!(" (= {known})")).unwrap_or_default();
        parts.push(format!("{}{known}", school.value));
    }
    parts.extend(study.location.as_ref().map(|place| place.value.raw.clone()));
    parts.extend(study.period.as_ref().map(|period| period.value.to_string()));
    parts.extend(study.gpa.as_ref().map(|gpa| format!("GPA {}", gpa.value.raw)));
    match study.status {
        DegreeStatus::Completed => {}
        DegreeStatus::InProgress => parts.push("in progress".to_string()),
        DegreeStatus::Abandoned => parts.push("not completed".to_string()),
    }
    let _ = writeln!(out, "  {}", parts.join(" · "));
    for degree in &study.degrees {
        evidence(out, &degree.raw.evidence, view);
    }
    for found in study.school.iter() {
        evidence(out, &found.evidence, view);
    }
    for found in study.period.iter() {
        evidence(out, &found.evidence, view);
    }
    if !study.courses.is_empty() {
        let courses: Vec<&str> = study.courses.iter().map(|course| course.value.as_str()).collect();
        let _ = writeln!(out, "    courses: {}", courses.join(", "));
    }
}

/// Skills with dated use first, one a line; the rest in one paragraph, unless evidence is asked for.
fn skills(out: &mut String, profile: &Profile, view: &ProfileView<'_>) {
    if profile.skills.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", bold("Skills"));
    let mut used: Vec<&Skill> = profile.skills.iter().filter(|skill| skill.months.is_some()).collect();
    used.sort_by(|a, b| b.months.cmp(&a.months).then_with(|| a.name.cmp(&b.name)));
    for skill in &used {
        let last = skill.last_used.map(|month| format!(", last {month}")).unwrap_or_default();
        let months = skill.months.map(span).unwrap_or_default();
        let _ = writeln!(out, "  {} {}", skill.name, dim(&format!("{months}{last}")));
        mentions(out, skill, view);
    }
    let rest: Vec<&Skill> = profile.skills.iter().filter(|skill| skill.months.is_none()).collect();
    if view.evidence {
        for skill in rest {
            let _ = writeln!(out, "  {}", skill.name);
            mentions(out, skill, view);
        }
    } else if !rest.is_empty() {
        let names: Vec<&str> = rest.iter().map(|skill| skill.name.as_str()).collect();
        let _ = writeln!(out, "  {}{}", dim("listed: "), names.join(", "));
    }
}

fn mentions(out: &mut String, skill: &Skill, view: &ProfileView<'_>) {
    for mention in &skill.mentions {
        evidence(out, &mention.evidence, view);
    }
}

fn certificate(out: &mut String, certificate: &Certificate, view: &ProfileView<'_>) {
    let mut parts = vec![certificate.name.value.clone()];
    parts.extend(certificate.issuer.clone());
    parts.extend(certificate.period.as_ref().map(|period| period.to_string()));
    if certificate.ongoing {
        parts.push("ongoing".to_string());
    }
    entry(out, &parts.join(" · "), &certificate.name.evidence, view);
}

fn project(out: &mut String, project: &Project, view: &ProfileView<'_>) {
    let mut parts = vec![project.name.value.clone()];
    parts.extend(project.period.as_ref().map(|period| period.to_string()));
    if !project.technologies.is_empty() {
        parts.push(project.technologies.join(", "));
    }
    entry(out, &parts.join(" · "), &project.name.evidence, view);
}

fn publication(out: &mut String, publication: &Publication, view: &ProfileView<'_>) {
    let mut parts = vec![publication.title.value.clone()];
    parts.extend(publication.role.clone());
    parts.extend(publication.venue.clone());
    parts.extend(publication.year.map(|year| year.to_string()));
    parts.extend(publication.url.clone());
    entry(out, &parts.join(" · "), &publication.title.evidence, view);
}

/// `7 y 2 m`, `11 m`.
pub fn span(months: u32) -> String {
    match (months / 12, months % 12) {
        (0, rest) => format!("{rest} m"),
        (years, 0) => format!("{years} y"),
        (years, rest) => format!("{years} y {rest} m"),
    }
}
