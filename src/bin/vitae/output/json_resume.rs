//! [`Profile`] → JSON Resume (schema of 2020: <https://jsonresume.org/schema>), with everything it has no room for under the one
//! key `x-vitae`. In: a profile and the lines of its file. Out: a JSON value. Does not read the index.

use serde::Serialize;
use serde_json::{Value, json};
use vitae::model::{
    Certificate, DegreeStatus, Education, End, Found, Job, Month, Period, Place, Profile, Project, Publication, Skill,
};

/// The profile in JSON Resume form. Dates are `YYYY-MM` or `YYYY`; an open end leaves `endDate` out, as the schema says.
/// `line` gives the text of a line of the file.
pub fn json_resume(profile: &Profile, line: &dyn Fn(usize) -> Option<String>) -> Value {
    let mut resume = json!({
        "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
        "basics": basics(profile),
        "work": list(&profile.jobs, |job| work(job, line)),
        "volunteer": list(&profile.activities, |job| volunteer(job, line)),
        "education": list(&profile.education, education),
        "awards": list(&profile.awards, |award| json!({ "title": award.value })),
        "certificates": list(&profile.certificates, certificate),
        "publications": list(&profile.publications, publication),
        "skills": list(&profile.skills, skill),
        "languages": list(&profile.languages, |language| {
            json!({ "language": language.language.value, "fluency": language.level })
        }),
        "projects": list(&profile.projects, |project| self::project(project, line)),
        "x-vitae": extras(profile),
    });
    drop_empty(&mut resume);
    resume
}

fn list<T>(items: &[T], one: impl Fn(&T) -> Value) -> Value {
    Value::Array(items.iter().map(one).collect())
}

fn basics(profile: &Profile) -> Value {
    let web = profile.links.iter().find(|link| link.value.network == "web");
    json!({
        "name": value(&profile.name),
        "label": value(&profile.headline),
        "email": profile.emails.first().map(|email| &email.value),
        "phone": profile.phones.first().map(|phone| &phone.value.raw),
        "url": web.map(|link| &link.value.url),
        "summary": value(&profile.summary),
        "location": profile.location.as_ref().map(|place| location(&place.value)),
        "profiles": profile.links.iter().filter(|link| link.value.network != "web").map(|link| {
            json!({ "network": link.value.network, "username": link.value.username, "url": link.value.url })
        }).collect::<Vec<_>>(),
    })
}

fn location(place: &Place) -> Value {
    json!({ "address": place.raw, "city": place.city, "region": place.region, "countryCode": place.country })
}

/// One title per entry is what the schema knows; further titles follow after ` & `, as they are written.
fn work(job: &Job, line: &dyn Fn(usize) -> Option<String>) -> Value {
    json!({
        "name": joined(&job.employers),
        "position": joined(&job.titles),
        "location": job.location.as_ref().map(|place| &place.value.raw),
        "startDate": start(job.period.as_ref().map(|found| &found.value)),
        "endDate": end(job.period.as_ref().map(|found| &found.value)),
        "highlights": job.body.clone().filter_map(line).collect::<Vec<_>>(),
    })
}

fn volunteer(job: &Job, line: &dyn Fn(usize) -> Option<String>) -> Value {
    let mut value = work(job, line);
    if let Some(object) = value.as_object_mut()
        && let Some(name) = object.remove("name")
    {
        object.insert("organization".to_string(), name);
    }
    value
}

fn education(entry: &Education) -> Value {
    let degrees: Vec<&str> = entry.degrees.iter().map(|degree| degree.raw.value.as_str()).collect();
    json!({
        "institution": value(&entry.school),
        "studyType": (!degrees.is_empty()).then(|| degrees.join(" & ")),
        "area": entry.degrees.iter().find_map(|degree| degree.subject.as_ref()),
        "startDate": start(entry.period.as_ref().map(|found| &found.value)),
        "endDate": end(entry.period.as_ref().map(|found| &found.value)),
        "score": entry.gpa.as_ref().map(|gpa| &gpa.value.raw),
        "courses": entry.courses.iter().map(|course| &course.value).collect::<Vec<_>>(),
    })
}

fn certificate(certificate: &Certificate) -> Value {
    json!({
        "name": certificate.name.value,
        "issuer": certificate.issuer,
        "date": end(certificate.period.as_ref()).or_else(|| start(certificate.period.as_ref())),
    })
}

fn publication(publication: &Publication) -> Value {
    json!({
        "name": publication.title.value,
        "publisher": publication.venue,
        "releaseDate": publication.year.map(|year| format!("{year:04}")),
        "url": publication.url,
    })
}

fn project(project: &Project, line: &dyn Fn(usize) -> Option<String>) -> Value {
    let body = project.lines.start.saturating_add(1).min(project.lines.end)..project.lines.end;
    json!({
        "name": project.name.value,
        "keywords": project.technologies,
        "url": project.url,
        "startDate": start(project.period.as_ref()),
        "endDate": end(project.period.as_ref()),
        "highlights": body.filter_map(line).collect::<Vec<_>>(),
    })
}

fn skill(skill: &Skill) -> Value {
    let mut written: Vec<&str> = skill.mentions.iter().map(|mention| mention.written.as_str()).collect();
    written.retain(|word| !word.eq_ignore_ascii_case(&skill.name));
    written.sort_unstable();
    written.dedup();
    json!({ "name": skill.name, "keywords": written })
}

/// What JSON Resume has no key for.
fn extras(profile: &Profile) -> Value {
    json!({
        "as_of": profile.as_of,
        "phones": profile.phones.iter().map(|phone| &phone.value.digits).collect::<Vec<_>>(),
        "emails": profile.emails.iter().map(|email| &email.value).collect::<Vec<_>>(),
        "experience": profile.experience,
        "gaps": vitae::profile::gaps(profile, profile.as_of.unwrap_or(Month(0)))
            .iter()
            .map(|(from, to)| json!({ "from": from, "to": to }))
            .collect::<Vec<_>>(),
        "degrees": profile.education.iter().flat_map(|entry| entry.degrees.iter().map(move |degree| json!({
            "degree": degree.raw.value,
            "canonical": degree.canonical,
            "level": degree.level,
            "status": entry.status,
            "school": entry.school_known_as.as_ref().or(entry.school.as_ref().map(|school| &school.value)),
            "completed": entry.status == DegreeStatus::Completed,
        }))).collect::<Vec<_>>(),
        "skills": profile.skills.iter().map(|skill| json!({
            "name": skill.name,
            "known": skill.known,
            "category": skill.category,
            "months": skill.months,
            "last_used": skill.last_used,
            "stated_months": skill.stated_months,
            "evidence": skill.mentions,
        })).collect::<Vec<_>>(),
        "jobs": profile.jobs.iter().map(|job| json!({
            "employers": job.employers.iter().map(|employer| &employer.value).collect::<Vec<_>>(),
            "titles": job.titles.iter().map(|title| &title.value).collect::<Vec<_>>(),
            "kind": job.kind,
            "period": job.period.as_ref().map(|found| &found.value),
        })).collect::<Vec<_>>(),
        "ongoing_certificates": profile.certificates.iter().filter(|certificate| certificate.ongoing)
            .map(|certificate| &certificate.name.value).collect::<Vec<_>>(),
        "flags": profile.flags,
    })
}

fn value<T: Clone + Serialize>(found: &Option<Found<T>>) -> Option<T> {
    found.as_ref().map(|found| found.value.clone())
}

fn joined(values: &[Found<String>]) -> Option<String> {
    let values: Vec<&str> = values.iter().map(|found| found.value.as_str()).collect();
    (!values.is_empty()).then(|| values.join(" & "))
}

fn start(period: Option<&Period>) -> Option<String> {
    period.and_then(|period| period.start).map(|point| iso(point.earliest, point.is_exact()))
}

fn end(period: Option<&Period>) -> Option<String> {
    match period?.end {
        End::At(point) => Some(iso(point.latest, point.is_exact())),
        End::Open { .. } | End::Unknown => None,
    }
}

/// A month when it is known, else the year: the schema has no intervals.
fn iso(month: vitae::model::Month, exact: bool) -> String {
    if exact { month.to_string() } else { format!("{:04}", month.year()) }
}

/// Removes nulls, empty lists and empty objects, as consumers of JSON Resume expect.
fn drop_empty(value: &mut Value) {
    let empty = |value: &Value| match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    };
    match value {
        Value::Array(items) => items.iter_mut().for_each(drop_empty),
        Value::Object(object) => {
            object.values_mut().for_each(drop_empty);
            object.retain(|_, value| !empty(value));
        }
        _ => {}
    }
}
