//! A folder of résumés → one flat JSON object per file on standard output: the form that extraction scorers read. Every value that
//! is sure is printed, unsure ones are left out; a file that cannot be read has a line with the reason. Files are read as the program
//! reads them: told by content, office files and PDFs in worker processes (this example again), scans by Tesseract where it is
//! installed. Usage: `cargo run --release --example flat -- FOLDER > predictions.jsonl`.

use rayon::prelude::*;
use serde_json::{Value, json};
use std::path::Path;
use vitae::corpus::{self, SourceFile, WalkOptions, walk};
use vitae::index::{Extract, IsolatedReader, Reader};
use vitae::isolate::{Launch, Limits, Ocr, Workers};
use vitae::lexicon::Lexicon;
use vitae::model::{DegreeLevel, End, Found, Job, MentionPlace, Month, Profile, SkipReason};

/// The argument that makes this program a worker.
const WORKER: &str = "--read-worker";

/// Largest file that is read, as in the program.
const MAX_BYTES: u64 = 64 << 20;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == WORKER) {
        return Ok(vitae::isolate::serve(Limits::default())?);
    }
    let folder = arguments.first().ok_or("usage: flat FOLDER")?;
    let launch = Launch { program: std::env::current_exe()?, arguments: vec![WORKER.into()] };
    let workers = Workers::new(launch, Limits::default());
    let ocr = Ocr::find("tesseract", "eng", Limits::default()).ok();
    let lexicon = Lexicon::builtin();
    let reader = Reader { lexicon: &lexicon, as_of: Month::new(2026, 11) };
    let reader = IsolatedReader { reader, workers: &workers, ocr: ocr.as_ref() };
    let listed = walk::walk(folder.as_ref(), &WalkOptions::default())?;
    let lines: Vec<String> = listed
        .par_iter()
        .map(|listed| {
            let read = listed
                .as_ref()
                .map_err(|(_, reason)| reason.clone())
                .and_then(|file| profile(folder.as_ref(), file, &reader));
            let path = Path::new(folder).join(walk::rel(listed));
            read.map_or_else(
                |reason| json!({"path": path, "error": reason.name(), "reason": reason.to_string()}),
                |profile| values(&path, &profile),
            )
        })
        .map(|line| line.to_string())
        .collect();
    println!("{}", lines.join("\n"));
    Ok(())
}

fn profile(folder: &Path, file: &SourceFile, reader: &IsolatedReader<'_>) -> Result<Profile, SkipReason> {
    let bytes = corpus::load(&file.path(folder), file.size, MAX_BYTES)?.bytes;
    let format = corpus::sniff(&bytes, &file.rel)?;
    Ok(reader.extract(&bytes, format)?.profile)
}

fn values(path: &Path, profile: &Profile) -> Value {
    let sure = |found: &&Found<String>| found.is_sure();
    let texts =
        |values: &[Found<String>]| values.iter().filter(sure).map(|found| found.value.clone()).collect::<Vec<_>>();
    let degrees = profile.education.iter().flat_map(|entry| &entry.degrees);
    let degrees = degrees.map(|degree| json!({"raw": degree.raw.value, "level": degree.level.map(level)}));
    let years = profile.education.iter().filter_map(|entry| match entry.period.as_ref()?.value.end {
        End::At(end) => Some(end.latest.year()),
        _ => None,
    });
    let jobs: Vec<Value> = profile.jobs.iter().flat_map(stints).collect();
    json!({
        "path": path,
        "name": profile.name.as_ref().map(|name| &name.value),
        "emails": texts(&profile.emails),
        "phones": profile.phones.iter().map(|phone| &phone.value.raw).collect::<Vec<_>>(),
        "skills": skills(profile),
        "schools": profile.education.iter().filter_map(|entry| entry.school.as_ref()).filter(sure).map(|school| &school.value).collect::<Vec<_>>(),
        "degrees": degrees.collect::<Vec<_>>(),
        "degree_years": years.collect::<Vec<_>>(),
        "employers": profile.jobs.iter().flat_map(|job| texts(&job.employers)).collect::<Vec<_>>(),
        "titles": profile.jobs.iter().flat_map(|job| texts(&job.titles)).collect::<Vec<_>>(),
        "experience": jobs,
        "locations": profile.jobs.iter().filter_map(|job| job.location.as_ref()).map(|place| &place.value.raw).collect::<Vec<_>>(),
    })
}

/// One row per employer of a job.
fn stints(job: &Job) -> Vec<Value> {
    let period = job.period.as_ref().map(|period| &period.value);
    let start = period.and_then(|period| period.start).map(|start| start.earliest.to_string());
    let end = period.map(|period| match period.end {
        End::At(end) => json!(end.latest.to_string()),
        End::Open { .. } => json!("present"),
        End::Unknown => Value::Null,
    });
    // Several titles share one period: one row, so that the period counts once.
    let titles = job.titles.iter().map(|title| title.value.as_str()).collect::<Vec<_>>().join(" & ");
    let row = |employer: Option<&Found<String>>| json!({"employer": employer.map(|found| &found.value), "title": titles, "start": start, "end": end});
    match job.employers.as_slice() {
        [] => vec![row(None)],
        employers => employers.iter().map(|employer| row(Some(employer))).collect(),
    }
}

/// The scorer's names of the levels.
fn level(level: DegreeLevel) -> &'static str {
    match level {
        DegreeLevel::Secondary => "high_school",
        DegreeLevel::Certificate => "certificate",
        DegreeLevel::Associate => "associate",
        DegreeLevel::Bachelor => "bachelor",
        DegreeLevel::Master | DegreeLevel::Professional => "master",
        DegreeLevel::Doctorate => "doctorate",
    }
}

/// The skill list as written; known skills from anywhere when there is no list.
fn skills(profile: &Profile) -> Vec<&str> {
    let listed =
        |skill: &&vitae::model::Skill| skill.mentions.iter().any(|mention| mention.place == MentionPlace::Listed);
    if profile.skills.iter().filter(listed).count() < 3 {
        return profile.skills.iter().map(|skill| skill.name.as_str()).collect();
    }
    profile.skills.iter().filter(listed).map(as_written).collect()
}

/// A listed skill as written.
fn as_written(skill: &vitae::model::Skill) -> &str {
    let listed = skill.mentions.iter().find(|mention| mention.place == MentionPlace::Listed);
    listed.map_or(&skill.name, |mention| &mention.written)
}
