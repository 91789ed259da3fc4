//! The JSON Resume schema as tables: sections in reading order, their keys and variants found in the wild, and the label of
//! each value. A new key is a new row.

use crate::model::text::Label;

/// What to take of an entry, in output order.
#[derive(Debug)]
pub(super) enum Part {
    /// The first of the keys, under a label.
    Value(&'static [&'static str], Label),
    /// Start and end. `open`: a missing end means it still goes on.
    Dates { open: bool },
    /// A location, text or object.
    Place,
    /// A list of words on one line.
    Keywords(&'static [&'static str]),
    /// A list of texts, one line each.
    Texts(&'static [&'static str]),
}

/// One section.
#[derive(Debug)]
pub(super) struct Section {
    /// Its key and variants.
    pub keys: &'static [&'static str],
    /// The standard heading.
    pub heading: &'static str,
    /// Where an entry's main value stands.
    pub main: &'static [&'static str],
    pub parts: &'static [Part],
}

/// Keys of `basics` in output order.
pub(super) const BASICS: &[(&[&str], Label)] = &[
    (&["name", "fullName"], Label::Name),
    (&["label", "headline", "title"], Label::Headline),
    (&["email"], Label::Email),
    (&["phone"], Label::Phone),
    (&["url", "website"], Label::Url),
    (&["summary", "about"], Label::Summary),
];

use Part::{Dates, Keywords, Place, Texts, Value};

const URL: Part = Value(&["url", "website", "link"], Label::Url);
const SUMMARY: Part = Value(&["summary"], Label::Text);
const HIGHLIGHTS: Part = Texts(&["highlights", "achievements", "responsibilities"]);
const WORDS: Part = Keywords(&["keywords", "technologies", "skills", "tags"]);
const POSITION: Part = Value(&["position", "title", "role", "jobTitle"], Label::Title);
const DESCRIPTION: Part = Value(&["description"], Label::Text);

/// The sections in reading order.
pub(super) const SECTIONS: &[Section] = &[
    Section {
        keys: &["work", "experience", "employment"],
        heading: "Experience",
        main: &["name", "company", "organization", "employer"],
        parts: &[POSITION, Dates { open: true }, Place, URL, DESCRIPTION, SUMMARY, HIGHLIGHTS, WORDS],
    },
    Section {
        keys: &["volunteer", "volunteering"],
        heading: "Volunteer Experience",
        main: &["organization", "name", "company"],
        parts: &[POSITION, Dates { open: true }, Place, URL, DESCRIPTION, SUMMARY, HIGHLIGHTS, WORDS],
    },
    Section {
        keys: &["education"],
        heading: "Education",
        main: &["institution", "school", "university", "name"],
        parts: &[
            Value(&["studyType", "degree"], Label::Degree),
            Value(&["area", "field", "major", "fieldOfStudy"], Label::Subject),
            Dates { open: true },
            Place,
            Value(&["score", "gpa", "grade"], Label::Gpa),
            URL,
            DESCRIPTION,
            SUMMARY,
            HIGHLIGHTS,
            Texts(&["courses"]),
        ],
    },
    Section {
        keys: &["projects"],
        heading: "Projects",
        main: &["name", "title"],
        parts: &[
            Value(&["roles", "role"], Label::Title),
            Value(&["entity"], Label::Issuer),
            Dates { open: true },
            URL,
            DESCRIPTION,
            SUMMARY,
            HIGHLIGHTS,
            WORDS,
        ],
    },
    Section {
        keys: &["skills"],
        heading: "Skills",
        main: &["name", "category"],
        parts: &[Value(&["level"], Label::Level), Keywords(&["keywords", "items", "skills"])],
    },
    Section {
        keys: &["certificates", "certifications"],
        heading: "Certifications",
        main: &["name", "title"],
        parts: &[Value(&["issuer", "authority"], Label::Issuer), Dates { open: false }, URL, SUMMARY],
    },
    Section {
        keys: &["languages"],
        heading: "Languages",
        main: &["language", "name"],
        parts: &[Value(&["fluency", "level"], Label::Level)],
    },
    Section {
        keys: &["awards"],
        heading: "Awards",
        main: &["title", "name"],
        parts: &[Value(&["awarder", "issuer"], Label::Issuer), Dates { open: false }, URL, SUMMARY],
    },
    Section {
        keys: &["publications"],
        heading: "Publications",
        main: &["name", "title"],
        parts: &[Value(&["publisher"], Label::Issuer), Dates { open: false }, URL, SUMMARY],
    },
    Section { keys: &["interests"], heading: "Interests", main: &["name"], parts: &[Keywords(&["keywords"])] },
    Section {
        keys: &["references"],
        heading: "References",
        main: &["name"],
        parts: &[Value(&["reference"], Label::Text)],
    },
];
