//! Profiles come back, whole and from damaged bytes not at all.

use super::*;
use crate::model::{
    Certificate, DateFlag, DatePoint, Degree, DegreeLevel, Education, End, Evidence, Flag, Found, Gpa, Job, Mention,
    MentionPlace, Month, Period, Phone, Place, SectionKind, Skill,
};

const TEXT: &[&str] = &[
    "ANA GIL",
    "Kubernetes, k8s, Go",
    "Acme GmbH, Lead Engineer, 05/2019 – now",
    "Builds things.",
    "Likes Kubernetes.",
    "Master of Science in Physics, 3.5/4",
];

fn lines() -> Vec<TextLine<'static>> {
    let line =
        |text| TextLine { text, section: SectionKind::Other, page: 1, number: 1, hidden: false, furniture: false };
    TEXT.iter().copied().map(line).collect()
}

/// Evidence for `written` on a line; for what does not stand there, the whole of nothing.
fn evidence(line: usize, written: &str) -> Evidence {
    let start = TEXT[line].find(written);
    let span = start.map_or(0..0, |start| start..start + written.len());
    Evidence { runner_up: (line == 0).then(|| "Ada".into()), ..Evidence::at(line, span, 4.5, "name +4") }
}

fn found<T>(value: T, line: usize, written: &str) -> Found<T> {
    Found { value, evidence: evidence(line, written) }
}

fn text(written: &str, line: usize) -> Found<String> {
    found(written.to_string(), line, written)
}

fn mention(written: &str, line: usize, place: MentionPlace) -> Mention {
    Mention { written: written.into(), evidence: evidence(line, written), place }
}

fn skill(name: &str, mentions: Vec<Mention>) -> Skill {
    let (known, category) = (name != "Go", (name != "Go").then(|| "cloud".to_string()));
    let (last_used, stated_months) = (Some(Month::new(2026, 1)), (name == "Go").then_some(24));
    Skill { name: name.into(), known, category, mentions, months: Some(81), last_used, stated_months }
}

fn whole() -> Profile {
    let start = Some(DatePoint { earliest: Month::new(2019, 1), latest: Month::new(2019, 12) });
    let period = Period { start, end: End::Open { implied: true }, flags: vec![DateFlag::TwoDigitYear] };
    let place = Place { raw: "Acme".into(), city: Some("Berlin".into()), remote: true, ..Place::default() };
    let skills = vec![
        skill(
            "Kubernetes",
            vec![
                mention("k8s", 1, MentionPlace::Listed),
                mention("Kubernetes", 1, MentionPlace::Listed),
                mention("Kubernetes", 4, MentionPlace::Job(7)),
            ],
        ),
        skill("Docker", vec![mention("docker", 3, MentionPlace::Education(2)), mention("D", 3, MentionPlace::Other)]),
        skill("Go", vec![mention("Go", 1, MentionPlace::Summary)]),
    ];
    let job = Job {
        employers: vec![text("Acme GmbH", 2), text("Other Ltd", 2)],
        titles: vec![text("Lead Engineer", 2)],
        period: Some(found(period.clone(), 2, "05/2019 – now")),
        location: Some(found(place, 2, "Acme")),
        lines: 2..5,
        body: 90_000..90_001,
        ..Job::default()
    };
    let degree = Degree {
        raw: text("Master of Science", 5),
        canonical: Some("Master of Science".into()),
        level: Some(DegreeLevel::Master),
        subject: Some("Physics".into()),
    };
    let gpa = Gpa { raw: "3.5/4".into(), value: 3.51, scale: 4.0, inferred: true };
    let entry = Education { degrees: vec![degree], gpa: Some(found(gpa, 5, "3.5/4")), ..Education::default() };
    let phone = Phone { raw: "(555) 555-0101".into(), digits: "5555550101".into() };
    let name = text("Kubernetes Administrator", 4);
    let (issuer, known_as) = (Some("cloud".to_string()), None);
    Profile {
        name: Some(text("Ana Gil", 0)),
        phones: vec![Found { value: phone, evidence: Evidence { line: 900, ..evidence(0, "none") } }],
        summary: Some(text("Builds things. Likes Kubernetes.", 3)),
        education: vec![entry],
        jobs: vec![job.clone(), job],
        skills,
        certificates: vec![Certificate { name, known_as, issuer, period: Some(period), ongoing: true }],
        flags: vec![Flag { name: "ocr".into(), detail: "seen".into(), line: 3 }],
        as_of: Some(Month::new(2026, 1)),
        ..Profile::default()
    }
}

fn check(profile: &Profile) {
    let lines = lines();
    let bytes = pack(profile, &lines);
    assert_eq!(unpack(&bytes, &lines).as_ref(), Some(profile));
    for cut in 0..bytes.len() {
        assert_eq!(unpack(&bytes[..cut], &lines), None, "{cut} of {} bytes are none", bytes.len());
    }
}

#[test]
fn profiles_come_back() {
    check(&Profile::default());
    check(&whole());
}

#[test]
fn what_stands_in_the_text_is_not_stored_again() {
    let bytes = pack(&whole(), &lines());
    for stands in ["Lead Engineer", "Acme GmbH", "Kubernetes.", "things"] {
        assert!(!bytes.windows(stands.len()).any(|window| window == stands.as_bytes()), "{stands}");
    }
}

#[test]
fn the_table_is_sorted() {
    assert!(phrases::PHRASES.is_sorted());
}

#[test]
fn other_lines_and_damaged_bytes_are_no_profile_or_another_one() {
    let bytes = pack(&whole(), &lines());
    assert_eq!(unpack(&bytes, &lines()[..1]), None);
    for at in 1..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        let _ = unpack(&damaged, &lines());
    }
}
