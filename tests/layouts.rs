//! Layouts of real life, as invented résumés (`tests/data/layouts`): what jobs and degrees a careful reader finds in each, exactly.
//! A file holds many cases: `#### case: name`, the résumé, `#### expect`, one line per entry. A value below the line of sureness
//! counts as missing.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its data has to fail")]

use std::path::Path;
use vitae::lexicon::Lexicon;
use vitae::model::{Education, Format, Found, Job, Month};

/// One résumé and the entries in it.
struct Case {
    name: String,
    format: Format,
    resume: String,
    expected: Vec<String>,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/layouts");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut cases = Vec::new();
    for file in files.iter().filter(|file| file.file_name().is_some_and(|name| name != "README.md")) {
        let format = if file.extension().is_some_and(|end| end == "md") { Format::Markdown } else { Format::Text };
        let text = std::fs::read_to_string(file).unwrap();
        for case in text.split("#### case: ").skip(1) {
            let (name, rest) = case.split_once('\n').unwrap();
            let (resume, expected) = rest.split_once("#### expect\n").unwrap();
            let expected = expected.lines().filter(|line| !line.is_empty()).map(str::to_string).collect();
            cases.push(Case { name: name.to_string(), format, resume: resume.to_string(), expected });
        }
    }
    cases
}

fn sure(found: &[Found<String>]) -> String {
    let sure = found.iter().filter(|found| found.is_sure());
    sure.map(|found| found.value.clone()).collect::<Vec<_>>().join(" & ")
}

fn job(job: &Job) -> String {
    let period = job.period.as_ref().map(|period| period.value.to_string()).unwrap_or_default();
    format!("job | {} | {} | {period}", sure(&job.employers), sure(&job.titles))
}

fn degree(entry: &Education) -> String {
    let school = entry.school.as_ref().filter(|school| school.is_sure()).map(|school| school.value.clone());
    let degrees = entry.degrees.iter().map(|degree| match degree.level {
        Some(level) => format!("{} [{}]", degree.raw.value, level.name()),
        None => degree.raw.value.clone(),
    });
    let degrees = degrees.collect::<Vec<_>>().join(" + ");
    let period = entry.period.as_ref().map(|period| period.value.to_string()).unwrap_or_default();
    format!("edu | {} | {degrees} | {period}", school.unwrap_or_default())
}

fn found(case: &Case, lexicon: &Lexicon) -> Vec<String> {
    let text = vitae::read::read(case.resume.as_bytes(), case.format).unwrap();
    let sections = vitae::sections::split(&text, lexicon);
    let profile = vitae::profile::extract(&text, &sections, lexicon, Month::new(2026, 1));
    profile.jobs.iter().map(job).chain(profile.education.iter().map(degree)).collect()
}

#[test]
fn every_layout_is_read_as_a_careful_reader_does() {
    let lexicon = Lexicon::builtin();
    let (mut wrong, mut total) = (0, 0);
    for case in cases() {
        let found = found(&case, &lexicon);
        let (mut want, mut have) = (case.expected.clone(), found.clone());
        want.sort();
        have.sort();
        total += 1;
        if want != have {
            wrong += 1;
            let missing = case.expected.iter().filter(|row| !found.contains(row)).map(|row| format!("  - {row}\n"));
            let extra = found.iter().filter(|row| !case.expected.contains(row)).map(|row| format!("  + {row}\n"));
            eprintln!("{}\n{}{}", case.name, missing.collect::<String>(), extra.collect::<String>());
        }
    }
    assert_eq!(wrong, 0, "{wrong} of {total} layouts are not read right; `-` is missing, `+` is too much");
}
