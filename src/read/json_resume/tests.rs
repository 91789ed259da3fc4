//! One row per rule of the JSON Resume reader.

use super::*;

fn check(source: &str, expected: &[(Label, &str)]) -> TextDoc {
    let text = read(source.as_bytes()).unwrap();
    let lines: Vec<_> = text.lines.iter().map(|line| (line.label.unwrap(), line.text.as_str())).collect();
    assert_eq!(lines, expected, "{source}");
    text
}

#[test]
fn basics() {
    check(
        r#"{"basics": {"name": "Ada Doe", "label": "Engineer", "email": "ada@example.com", "website": "https://example.com",
            "location": {"city": "Lisbon", "countryCode": "PT"}, "profiles": [{"network": "GitHub", "username": "ada"}]}}"#,
        &[
            (Label::Name, "Ada Doe"),
            (Label::Headline, "Engineer"),
            (Label::Email, "ada@example.com"),
            (Label::Url, "https://example.com"),
            (Label::Location, "Lisbon, PT"),
            (Label::Url, "GitHub ada"),
        ],
    );
}

#[test]
fn work_with_variants_and_open_end() {
    check(
        r#"{"basics": {}, "work": [{"company": "Acme", "position": "Engineer", "startDate": "2020-01", "endDate": "",
            "highlights": "one", "summary": "Did\nthings", "unknown": 1}]}"#,
        &[
            (Label::Heading, "Experience"),
            (Label::Entry, "Acme"),
            (Label::Title, "Engineer"),
            (Label::Dates, "2020-01 – Present"),
            (Label::Text, "Did"),
            (Label::Text, "things"),
            (Label::Text, "one"),
        ],
    );
}

#[test]
fn education_and_partial_dates() {
    check(
        r#"{"basics": {}, "education": [{"institution": "Example University", "studyType": "MSc", "area": "Maths",
            "startDate": 2015, "endDate": "2017", "score": "3.9", "courses": ["Logic"]}], "awards": [{"title": "Prize", "date": "2016-05"}]}"#,
        &[
            (Label::Heading, "Education"),
            (Label::Entry, "Example University"),
            (Label::Degree, "MSc"),
            (Label::Subject, "Maths"),
            (Label::Dates, "2015 – 2017"),
            (Label::Gpa, "3.9"),
            (Label::Text, "Logic"),
            (Label::Heading, "Awards"),
            (Label::Entry, "Prize"),
            (Label::Dates, "2016-05"),
        ],
    );
}

#[test]
fn skills_in_three_shapes() {
    let skills = |value: &str| format!(r#"{{"basics": {{}}, "skills": {value}}}"#);
    let group = [(Label::Heading, "Skills"), (Label::Entry, "Web"), (Label::Keywords, "HTML, CSS")];
    check(&skills(r#"[{"name": "Web", "keywords": ["HTML", "CSS"]}]"#), &group);
    check(&skills(r#"{"Web": ["HTML", "CSS"]}"#), &group);
    check(&skills(r#"["Go"]"#), &[(Label::Heading, "Skills"), (Label::Entry, "Go")]);
}

#[test]
fn wrong_types_are_survived() {
    let text = check(
        r#"{"basics": {"name": {"a": 1}, "email": "ada@example.com"}, "work": 5, "skills": [7, null, {}]}"#,
        &[(Label::Email, "ada@example.com")],
    );
    assert_eq!(text.warnings.len(), 3, "{:?}", text.warnings);
}

#[test]
fn an_entry_without_a_name_keeps_its_place() {
    check(
        r#"{"basics": {}, "work": [{"position": "Engineer"}]}"#,
        &[(Label::Heading, "Experience"), (Label::Entry, "–"), (Label::Title, "Engineer")],
    );
}

#[test]
fn other_json_is_told_apart() {
    assert!(matches!(read(b"{\"a\": "), Err(SkipReason::Corrupt(_))));
    assert!(matches!(read(b"{\"a\": 1}"), Err(SkipReason::Unsupported(_))));
    assert!(matches!(read(b"[1, 2]"), Err(SkipReason::Unsupported(_))));
    assert!(read(br#"{"resume": {"basics": {"name": "Ada"}}}"#).is_ok());
}
