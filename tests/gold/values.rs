//! A profile, or a gold file, as plain lists of strings per field: the form both sides are compared in.

use serde_json::Value;
use std::collections::BTreeMap;
use vitae::model::{Degree, DegreeLevel, DegreeStatus, End, Job, MentionPlace, Period, Profile, Skill};

/// The fields in the order of the table.
pub const FIELDS: &[&str] = &[
    "name",
    "emails",
    "phones",
    "locations",
    "skills",
    "schools",
    "degrees",
    "degree_levels",
    "degree_years",
    "gpa",
    "employers",
    "titles",
    "spans",
    "records",
    "certificates",
    "projects",
    "publications",
    "languages",
];

/// Field → values. A gold file that does not judge a field lacks it.
#[derive(Debug, Default)]
pub struct Values(BTreeMap<&'static str, Vec<String>>);

impl Values {
    pub fn get(&self, field: &str) -> Option<&Vec<String>> {
        self.0.get(field)
    }

    pub fn lacks(&self, field: &str) -> bool {
        !self.0.contains_key(field)
    }
}

impl std::ops::Index<&str> for Values {
    type Output = Vec<String>;

    fn index(&self, field: &str) -> &Vec<String> {
        &self.0[field]
    }
}

/// One row of experience as `employer | title | first year | last year`.
fn record(employer: &str, title: &str, start: &str, end: &str) -> String {
    format!("{employer} | {title} | {start} | {end}")
}

fn year(month: &str) -> String {
    month.chars().take(if month == "present" { 7 } else { 4 }).collect()
}

/// Reads a gold file or its `optional` part.
pub fn of_gold(gold: &Value) -> Values {
    let mut values = Values::default();
    let text = |value: &Value| match value {
        Value::Object(map) => map.get("raw").and_then(Value::as_str).unwrap_or_default().to_string(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    for field in FIELDS {
        match &gold[*field] {
            Value::Array(list) => values.0.insert(field, list.iter().map(text).collect()),
            Value::String(one) => values.0.insert(field, vec![one.clone()]),
            _ => continue,
        };
    }
    if let Some(languages) = values.0.get_mut("languages") {
        let known = vitae::lexicon::Lexicon::builtin();
        languages.iter_mut().for_each(|name| {
            *name = known.languages().canonical(name).map_or(name.clone(), str::to_string);
        });
    }
    if let Value::Array(degrees) = &gold["degrees"] {
        let levels = degrees.iter().filter_map(|degree| degree["level"].as_str()).map(str::to_string);
        values.0.insert("degree_levels", levels.collect());
    }
    if let Value::Array(rows) = &gold["experience"] {
        let part = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_string();
        let full = |row: &&Value| !part(row, "start").is_empty() && !part(row, "end").is_empty();
        let span = |row: &Value| format!("{} {}", year(&part(row, "start")), year(&part(row, "end")));
        values.0.insert("spans", rows.iter().filter(full).map(span).collect());
        let rows = rows.iter().filter(|row| !part(row, "employer").is_empty() && !part(row, "title").is_empty());
        let whole = |row: &Value| {
            record(&part(row, "employer"), &part(row, "title"), &year(&part(row, "start")), &year(&part(row, "end")))
        };
        values.0.insert("records", rows.map(whole).collect());
    }
    values
}

/// Reads a profile; unsure values count as not found.
pub fn of_profile(profile: &Profile) -> Values {
    let mut values = Values::default();
    let degrees = || profile.education.iter().flat_map(|entry| &entry.degrees);
    let places = profile.jobs.iter().filter_map(|job| job.location.as_ref());
    let places = places.chain(profile.education.iter().filter_map(|entry| entry.location.as_ref()));
    let places = profile.location.iter().chain(places).filter(|place| place.is_sure());
    let schools = profile.education.iter().filter_map(|entry| entry.school.as_ref()).filter(|school| school.is_sure());
    let sure = |found: &Vec<vitae::model::Found<String>>| {
        found.iter().filter(|found| found.is_sure()).map(|found| found.value.clone()).collect::<Vec<_>>()
    };
    let mut put = |field: &'static str, found: Vec<String>| values.0.insert(field, found);
    put("name", profile.name.iter().map(|name| name.value.clone()).collect());
    put("emails", sure(&profile.emails));
    put("phones", profile.phones.iter().map(|phone| phone.value.digits.clone()).collect());
    put("locations", places.map(|place| place.value.raw.clone()).collect());
    put("skills", skills(profile));
    put("schools", schools.map(|school| school.value.clone()).collect());
    put("degrees", degrees().map(|degree| degree.raw.value.clone()).collect());
    put("degree_levels", degrees().filter_map(level).map(str::to_string).collect());
    put("degree_years", years(profile));
    put(
        "gpa",
        profile.education.iter().filter_map(|entry| entry.gpa.as_ref()).map(|gpa| gpa.value.raw.clone()).collect(),
    );
    put("employers", profile.jobs.iter().flat_map(|job| sure(&job.employers)).collect());
    put("titles", profile.jobs.iter().flat_map(|job| sure(&job.titles)).collect());
    put("spans", profile.jobs.iter().filter_map(|job| span(job.period.as_ref().map(|found| &found.value))).collect());
    put("records", profile.jobs.iter().map(row).collect());
    put("certificates", profile.certificates.iter().map(|found| found.name.value.clone()).collect());
    put("projects", profile.projects.iter().map(|project| project.name.value.clone()).collect());
    put("publications", profile.publications.iter().map(|found| found.title.value.clone()).collect());
    put("languages", profile.languages.iter().map(|found| found.language.value.clone()).collect());
    values
}

/// The declared skills as written; where there is no list, every known skill.
fn skills(profile: &Profile) -> Vec<String> {
    let listed = |skill: &&Skill| skill.mentions.iter().any(|mention| mention.place == MentionPlace::Listed);
    if profile.skills.iter().filter(listed).count() < 3 {
        return profile.skills.iter().map(|skill| skill.name.clone()).collect();
    }
    let written = |skill: &Skill| {
        let listed = skill.mentions.iter().filter(|mention| mention.place == MentionPlace::Listed);
        listed.map(|mention| mention.written.clone()).next()
    };
    profile.skills.iter().filter(listed).filter_map(written).collect()
}

/// The coarse levels of the gold files.
fn level(degree: &Degree) -> Option<&'static str> {
    let doctor = degree.canonical.as_ref().is_some_and(|name| name.contains("Doctor"));
    Some(match degree.level? {
        DegreeLevel::Secondary => "high_school",
        DegreeLevel::Certificate => "certificate",
        DegreeLevel::Associate => "associate",
        DegreeLevel::Bachelor => "bachelor",
        DegreeLevel::Professional if doctor => "doctorate",
        DegreeLevel::Master | DegreeLevel::Professional => "master",
        DegreeLevel::Doctorate => "doctorate",
    })
}

/// Years in which degrees were or will be awarded.
fn years(profile: &Profile) -> Vec<String> {
    let entries = profile.education.iter().filter(|entry| !entry.degrees.is_empty());
    let awarded = entries.filter(|entry| entry.status != DegreeStatus::Abandoned);
    let end = |period: &Period| match period.end {
        End::At(end) => Some(end.latest.year().to_string()),
        _ => None,
    };
    awarded.filter_map(|entry| end(&entry.period.as_ref()?.value)).collect()
}

fn ends(period: Option<&Period>) -> (String, String) {
    let Some(period) = period else { return Default::default() };
    let start = period.start.map(|start| start.earliest.year().to_string()).unwrap_or_default();
    let end = match period.end {
        End::At(end) => end.latest.year().to_string(),
        End::Open { .. } => "present".to_string(),
        End::Unknown => String::new(),
    };
    (start, end)
}

fn span(period: Option<&Period>) -> Option<String> {
    let (start, end) = ends(period);
    (!start.is_empty()).then(|| format!("{start} {end}").trim_end().to_string())
}

fn row(job: &Job) -> String {
    let joined = |found: &[vitae::model::Found<String>]| {
        found.iter().map(|found| found.value.as_str()).collect::<Vec<_>>().join(" & ")
    };
    let (start, end) = ends(job.period.as_ref().map(|found| &found.value));
    record(&joined(&job.employers), &joined(&job.titles), &start, &end)
}
