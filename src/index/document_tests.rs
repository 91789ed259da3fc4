//! Rows for `document`: which part of a profile becomes which field, and what stays out.

use super::*;
use crate::analysis::ENTRY_BREAK;
use crate::index::columns::{NO_MONTH, OPEN_MONTH};
use crate::index::{packed, text};
use crate::model::{
    DatePoint, Degree, DegreeLevel, End, Evidence, Gpa, Job, Line, Mention, MentionPlace, Month, Period, Phone, SURE,
    Skill,
};

fn found<T>(value: T) -> Found<T> {
    Found { value, evidence: Evidence { score: SURE, ..Evidence::default() } }
}

fn named(name: &str) -> Option<Found<String>> {
    Some(found(name.to_string()))
}

fn unsure(name: &str) -> Found<String> {
    Found { value: name.to_string(), evidence: Evidence { score: SURE - 1.0, ..Evidence::default() } }
}

fn period(start: i32, end: Option<i32>) -> Option<Found<Period>> {
    let end = end.map_or(End::Open { implied: false }, |year| End::At(DatePoint::month(Month::new(year, 12))));
    Some(found(Period { start: Some(DatePoint::month(Month::new(start, 1))), end, flags: Vec::new() }))
}

fn skill(name: &str, places: &[MentionPlace]) -> Skill {
    let mention =
        |place: &MentionPlace| Mention { written: name.to_lowercase(), evidence: Evidence::default(), place: *place };
    let mentions = places.iter().map(mention).collect();
    let name = name.to_string();
    Skill { name, known: true, category: None, mentions, months: None, last_used: None, stated_months: None }
}

/// Two jobs on lines 1–2 and 3, a degree on line 4.
fn sample() -> Profile {
    let job = |employer: &str, title: &str, period, lines| Job {
        employers: vec![found(employer.to_string())],
        titles: vec![found(title.to_string())],
        location: Some(found(Place {
            raw: "Bangalore, India".into(),
            city: Some("Bengaluru".into()),
            ..Place::default()
        })),
        period,
        lines,
        ..Job::default()
    };
    let degree = Degree {
        raw: found("B.Tech".into()),
        canonical: Some("Bachelor of Technology".into()),
        level: Some(DegreeLevel::Bachelor),
        subject: Some("Physics".into()),
    };
    let school = Education {
        school: named("NIT Example"),
        degrees: vec![degree],
        period: period(2010, Some(2014)),
        gpa: Some(found(Gpa { raw: "8.5/10".into(), value: 8.5, scale: 10.0, inferred: false })),
        lines: 4..5,
        ..Education::default()
    };
    Profile {
        name: named("Zoë Example"),
        emails: vec![found("Zoe@mail.example.com".into())],
        phones: vec![found(Phone { raw: "+1 (555) 010-0199".into(), digits: "15550100199".into() })],
        jobs: vec![
            job("Acme", "Lead", period(2020, None), 1..3),
            job("ACME", "Engineer", period(2015, Some(2019)), 3..4),
        ],
        education: vec![school],
        skills: vec![
            skill("Rust", &[MentionPlace::Job(0), MentionPlace::Job(1)]),
            skill("Go", &[MentionPlace::Listed]),
        ],
        as_of: Some(Month::new(2026, 1)),
        ..Profile::default()
    }
}

fn text() -> TextDoc {
    let line = |text: &str| Line { text: text.into(), hidden: text.starts_with("hidden"), ..Line::default() };
    let lines =
        ["Zoë Example", "Acme, Lead", "Rust services", "ACME, Engineer", "B.Tech, NIT Example", "hidden keywords"];
    TextDoc {
        format: Format::Text,
        lines: lines.into_iter().map(line).collect(),
        pages: 1,
        modified: None,
        warnings: vec![],
    }
}

fn facts() -> FileFacts {
    FileFacts { paths: vec!["a.txt".into()], hash: "0123456789abcdef".into(), format: Format::Text, modified: 20260102 }
}

fn built(profile: &Profile) -> IndexDocument {
    document(&facts(), &text(), &[], profile)
}

fn check(value: &str, expected: &str) {
    assert_eq!(value.replace(ENTRY_BREAK, "|").replace('\n', "/"), expected);
}

#[test]
fn words_stand_in_the_slots_of_their_entries() {
    let words = built(&sample()).words;
    check(&words.body, "Acme, Lead/Rust services|ACME, Engineer|B.Tech, NIT Example|Zoë Example");
    check(&words.title, "Lead|Engineer");
    check(&words.employer, "Acme|ACME");
    check(&words.location, "Bangalore, India/Bengaluru|Bangalore, India/Bengaluru");
    check(&words.skill_terms, "rust|rust|go/rust");
    check(&words.degree, "B.Tech/Bachelor of Technology");
    check(&words.subject, "Physics");
    check(&words.skill, "Rust/rust/Go/go/");
}

#[test]
fn the_home_stands_after_the_jobs() {
    let mut profile = sample();
    profile.location = Some(found(Place { raw: "Lisbon".into(), ..Place::default() }));
    profile.jobs[1].location = None;
    check(&built(&profile).words.location, "Bangalore, India/Bengaluru||Lisbon");
}

#[test]
fn exact_terms() {
    let terms = built(&sample()).terms;
    assert_eq!(terms.email, ["@mail.example.com", "zoe@mail.example.com"]);
    assert_eq!(terms.phone, ["0100199", "15550100199", "5550100199"]);
    for name in ["email", "phone", "gpa", "degree", "years", "graduated"] {
        assert!(terms.has.iter().any(|has| has == name), "{name}");
    }
    assert!(!terms.has.iter().any(|has| has == "cert"));
}

#[test]
fn names_are_listed_once() {
    let names = built(&sample()).names;
    assert_eq!(names.employer, ["Acme"]);
    assert_eq!(names.title, ["Lead", "Engineer"]);
    assert_eq!(names.location, ["Bengaluru"]);
    assert_eq!(names.sort.as_deref(), Some("zoe example"));
}

#[test]
fn rows_are_aligned_with_their_entries() {
    let mut profile = sample();
    profile.jobs.insert(1, Job::default());
    let document = built(&profile);
    let ends: Vec<i64> = document.jobs.iter().map(|job| job.span.end_hi).collect();
    assert_eq!(ends, [OPEN_MONTH, NO_MONTH, i64::from(Month::new(2019, 12).0)]);
    assert_eq!(document.education[0].gpa, 3.4);
    assert_eq!(document.education[0].levels, 1 << 3);
}

#[test]
fn open_ends_are_kept_open() {
    let document = built(&sample());
    let later = Month::new(2030, 12);
    assert_eq!(document.worked.months(later), 60 + 132);
    assert_eq!((document.skills[0].worked.months(later), document.skills[0].last_used), (192, OPEN_MONTH));
    assert_eq!((document.skills[1].worked.dated, document.skills[1].last_used), (false, NO_MONTH));
}

#[test]
fn a_running_degree_has_its_expected_date_and_no_rank() {
    let award = i64::from(Month::new(2014, 12).0);
    let degrees = built(&sample()).degrees;
    assert_eq!((degrees.rank, degrees.completed, degrees.graduated), (Some(4), vec![3], vec![(award, award)]));
    let mut profile = sample();
    profile.education[0].status = DegreeStatus::InProgress;
    let degrees = built(&profile).degrees;
    assert_eq!((degrees.rank, degrees.in_progress, degrees.graduated), (None, vec![3], vec![(award, award)]));
}

#[test]
fn what_is_not_sure_becomes_no_field() {
    let mut profile = sample();
    profile.jobs[0].employers = vec![unsure("Acme")];
    profile.name = Some(unsure("Zoë Example"));
    let document = built(&profile);
    check(&document.words.employer, "|ACME");
    assert_eq!((document.words.name.as_str(), document.names.sort), ("", None));
}

#[test]
fn a_document_is_built_again_from_what_is_stored() {
    let first = built(&sample());
    let lines = text::decode(&first.text).unwrap();
    let profile: Profile = packed::unpack(&first.profile, &lines.lines).unwrap();
    assert_eq!(rebuild(facts(), &lines, &profile), first);
}

#[test]
fn the_files_own_date_beats_the_file_systems() {
    let mut text = text();
    assert_eq!(document(&facts(), &text, &[], &sample()).updated, 20260102);
    text.modified = Some("2024-05-31".into());
    assert_eq!(document(&facts(), &text, &[], &sample()).updated, 20240531);
}
