//! Which lines belong together: [`Section`]. Made by `sections`, read by `profile` and `index`.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SectionKind {
    /// The top of the page before any heading: name and contacts.
    Contact,
    /// Summary, profile, objective.
    Summary,
    /// Jobs.
    Experience,
    /// Schools and degrees.
    Education,
    /// Skill lists.
    Skills,
    /// Projects.
    Projects,
    /// Certificates and licences.
    Certificates,
    /// Publications, patents, talks.
    Publications,
    /// Awards and honours.
    Awards,
    /// Spoken languages.
    Languages,
    /// Volunteering, leadership, activities: entries like jobs, but not employment.
    Volunteering,
    /// Courses and training.
    Courses,
    /// Hobbies and interests.
    Interests,
    /// Referees.
    References,
    /// Date of birth, marital status and the like: never ranked.
    Personal,
    /// A heading that names none of the above.
    Other,
}

impl SectionKind {
    /// The name in output, as a recruiter would say it.
    pub fn name(self) -> &'static str {
        match self {
            SectionKind::Contact => "contact",
            SectionKind::Summary => "summary",
            SectionKind::Experience => "experience",
            SectionKind::Education => "education",
            SectionKind::Skills => "skills",
            SectionKind::Projects => "projects",
            SectionKind::Certificates => "certificates",
            SectionKind::Publications => "publications",
            SectionKind::Awards => "awards",
            SectionKind::Languages => "languages",
            SectionKind::Volunteering => "volunteering",
            SectionKind::Courses => "courses",
            SectionKind::Interests => "interests",
            SectionKind::References => "references",
            SectionKind::Personal => "personal",
            SectionKind::Other => "other",
        }
    }
}

/// Features of a decision with their points, `(feature, points)`; nearly all are names of the program.
pub type Reasons = Vec<(Cow<'static, str>, f32)>;

/// A run of lines under one heading. Sections are in document order, do not overlap and cover every line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// What it is about.
    pub kind: SectionKind,
    /// A second topic of a compound heading (`Technical Skills and Certifications`).
    pub second: Option<SectionKind>,
    /// Index of the heading line; none for the lines before the first heading.
    pub heading: Option<usize>,
    /// The lines of the section, heading excluded.
    pub lines: Range<usize>,
    /// Score of the heading decision (0 when there is none).
    pub score: f32,
    /// Why.
    pub reasons: Reasons,
}
