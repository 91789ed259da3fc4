//! What we understood of a résumé: [`Profile`]. Every value is [`Found`]: it knows the line it came from, a score and the
//! reason. Made by `profile`, read by `index`, `search` and the output. Holds no text of its own beyond the values.

use super::date::{Month, Period};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::ops::Range;

/// Where a value was read and why it was believed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// Index of the line in [`super::TextDoc::lines`].
    pub line: u32,
    /// First byte in that line's text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Sum of the points of all features; what is below [`SURE`] is kept, shown with `--evidence` and not used by filters.
    pub score: f32,
    /// The features that decided, `name +4, position +3`.
    pub reason: Cow<'static, str>,
    /// The second-best reading, if there was one.
    pub runner_up: Option<String>,
}

/// [`Evidence`] for people: what is empty is left out.
#[derive(Serialize, Deserialize)]
struct ShownEvidence<'a> {
    line: u32,
    start: u32,
    end: u32,
    #[serde(default)]
    score: f32,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    reason: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    runner_up: Option<Cow<'a, str>>,
}

impl Serialize for Evidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Evidence { line, start, end, score, reason, runner_up } = self;
        if serializer.is_human_readable() {
            let runner_up = runner_up.as_deref().map(Cow::Borrowed);
            let (line, start, end, score, reason) = (*line, *start, *end, *score, Cow::Borrowed(&**reason));
            return ShownEvidence { line, start, end, score, reason, runner_up }.serialize(serializer);
        }
        // Every part in its place: formats without names cannot leave any out.
        (line, start, end, score, reason, runner_up).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Evidence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Evidence, D::Error> {
        if deserializer.is_human_readable() {
            let shown = ShownEvidence::deserialize(deserializer)?;
            let ShownEvidence { line, start, end, score, reason, runner_up } = shown;
            let runner_up = runner_up.map(Cow::into_owned);
            return Ok(Evidence { line, start, end, score, reason: Cow::Owned(reason.into_owned()), runner_up });
        }
        let (line, start, end, score, reason, runner_up) = Deserialize::deserialize(deserializer)?;
        Ok(Evidence { line, start, end, score, reason, runner_up })
    }
}

impl Evidence {
    /// The bytes `span` of line `line`, believed by `score` for `reason`.
    pub fn at(line: usize, span: Range<usize>, score: f32, reason: impl Into<Cow<'static, str>>) -> Evidence {
        let (start, end) = (span.start as u32, span.end as u32);
        Evidence { line: line as u32, start, end, score, reason: reason.into(), runner_up: None }
    }
}

/// Score from which a value counts as known. Measured on 143 annotated PDF and DOCX résumés (`examples/flat.rs`, 2026-11-21): 4.0 → 3.0
/// took employers from F1 .858 to .866 and titles from .878 to .885, names from .959 to .957.
pub const SURE: f32 = 3.0;

/// A value with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub evidence: Evidence,
}

impl<T> Found<T> {
    /// The score reaches [`SURE`].
    pub fn is_sure(&self) -> bool {
        self.evidence.score >= SURE
    }
}

/// Everything understood of one résumé. Lists are in document order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// The candidate's name as written, in reading case (`PRIYA NAIR` becomes `Priya Nair`).
    pub name: Option<Found<String>>,
    /// The professional headline under the name.
    pub headline: Option<Found<String>>,
    /// E-mail addresses, lower case.
    pub emails: Vec<Found<String>>,
    /// Phone numbers.
    pub phones: Vec<Found<Phone>>,
    /// Web addresses of the person (profile pages, portfolio).
    pub links: Vec<Found<WebLink>>,
    /// Where the candidate lives, from the contact block.
    pub location: Option<Found<Place>>,
    /// The summary in the candidate's words.
    pub summary: Option<Found<String>>,
    /// Schools and degrees.
    pub education: Vec<Education>,
    /// Employment, internships, freelance work.
    pub jobs: Vec<Job>,
    /// Volunteering, leadership, activities: shaped like jobs, never counted as employment.
    pub activities: Vec<Job>,
    /// Skills, each with all its evidence; strongest evidence first, then in document order.
    pub skills: Vec<Skill>,
    /// Certificates and licences, also the ongoing ones.
    pub certificates: Vec<Certificate>,
    /// Projects.
    pub projects: Vec<Project>,
    /// Publications, patents, talks.
    pub publications: Vec<Publication>,
    /// Awards and honours.
    pub awards: Vec<Found<String>>,
    /// Spoken languages.
    pub languages: Vec<SpokenLanguage>,
    /// Time worked.
    pub experience: Experience,
    /// What a person should look at.
    pub flags: Vec<Flag>,
    /// The month that "present" stands for.
    pub as_of: Option<Month>,
}

/// A phone number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// As written.
    pub raw: String,
    /// Digits only, with country code where it is written.
    pub digits: String,
}

/// A link of the candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebLink {
    /// Full address with scheme.
    pub url: String,
    /// `linkedin`, `github`, `orcid`, … or `web`.
    pub network: String,
    /// The name of the account, where the address shows one.
    pub username: Option<String>,
}

/// A place as written, with what the gazetteer knows of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// As written: `Bangalore, India`.
    pub raw: String,
    /// City in today's English name (`Bengaluru`).
    pub city: Option<String>,
    /// State, province, region.
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Remote, hybrid.
    pub remote: bool,
}

/// Levels of degree, in rising order (ISCED 2011; ladder in docs/query-language.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DegreeLevel {
    /// School leaving (ISCED 2–3).
    Secondary,
    /// Post-secondary certificate (4).
    Certificate,
    /// Short cycle: associate, HND, BTS (5).
    Associate,
    /// Bachelor (6).
    Bachelor,
    /// Master (7).
    Master,
    /// First professional degree: J.D., M.D., MBBS, Pharm.D. (7).
    Professional,
    /// Doctorate (8).
    Doctorate,
}

impl DegreeLevel {
    /// All levels in rising order.
    pub const ALL: [DegreeLevel; 7] = [
        DegreeLevel::Secondary,
        DegreeLevel::Certificate,
        DegreeLevel::Associate,
        DegreeLevel::Bachelor,
        DegreeLevel::Master,
        DegreeLevel::Professional,
        DegreeLevel::Doctorate,
    ];

    /// The name in queries and facets.
    pub fn name(self) -> &'static str {
        match self {
            DegreeLevel::Secondary => "secondary",
            DegreeLevel::Certificate => "certificate",
            DegreeLevel::Associate => "associate",
            DegreeLevel::Bachelor => "bachelor",
            DegreeLevel::Master => "master",
            DegreeLevel::Professional => "professional",
            DegreeLevel::Doctorate => "doctorate",
        }
    }

    /// Rank for "at least": master and professional are the same rank (ISCED 7).
    pub fn rank(self) -> u8 {
        match self {
            DegreeLevel::Secondary => 1,
            DegreeLevel::Certificate => 2,
            DegreeLevel::Associate => 3,
            DegreeLevel::Bachelor => 4,
            DegreeLevel::Master | DegreeLevel::Professional => 5,
            DegreeLevel::Doctorate => 6,
        }
    }
}

/// Whether the degree was awarded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DegreeStatus {
    /// Awarded, or nothing says otherwise.
    #[default]
    Completed,
    /// Running at the as-of month, or expected later.
    InProgress,
    /// Left without the degree.
    Abandoned,
}

/// A grade with its scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gpa {
    /// As written, number and scale: `3.67/4`.
    pub raw: String,
    /// The number.
    pub value: f32,
    /// Best possible mark.
    pub scale: f32,
    /// The scale was not written but inferred from the number.
    pub inferred: bool,
}

/// One school with the degree or degrees earned there.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Education {
    /// School as written.
    pub school: Option<Found<String>>,
    /// School as the gazetteer spells it, when it knows the school.
    pub school_known_as: Option<String>,
    /// Degrees; more than one for dual degrees.
    pub degrees: Vec<Degree>,
    /// Awarded or not.
    pub status: DegreeStatus,
    /// When; a single date is the end.
    pub period: Option<Found<Period>>,
    /// Grade.
    pub gpa: Option<Found<Gpa>>,
    /// Place of the school.
    pub location: Option<Found<Place>>,
    /// Courses named in the entry.
    pub courses: Vec<Found<String>>,
    /// Lines of the whole entry.
    pub lines: Range<usize>,
}

/// A degree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Degree {
    /// As written, subject included where it stands together: `Master of Science in Computer Science`.
    pub raw: Found<String>,
    /// Canonical name (`Master of Science`).
    pub canonical: Option<String>,
    /// Level.
    pub level: Option<DegreeLevel>,
    /// Subject as written (`Computer Science`).
    pub subject: Option<String>,
}

/// What kind of work a [`Job`] is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JobKind {
    /// Employment of any form.
    #[default]
    Employment,
    /// Internship, trainee, apprentice.
    Internship,
    /// Freelance, self-employed.
    Freelance,
    /// Volunteering, clubs, leadership.
    Volunteering,
}

/// One stint: one or several employers and titles with one period.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Job {
    /// Employers as written; several for `Goods & Sons / Acme`-like entries that name two.
    pub employers: Vec<Found<String>>,
    /// Titles as written; several for `Lead & Senior Engineer`-like entries.
    pub titles: Vec<Found<String>>,
    /// Kind of work.
    pub kind: JobKind,
    /// Place of work.
    pub location: Option<Found<Place>>,
    /// When.
    pub period: Option<Found<Period>>,
    /// Lines of the whole entry, heading lines included.
    pub lines: Range<usize>,
    /// Lines of its description (bullets, prose) within `lines`.
    pub body: Range<usize>,
}

/// A skill and everything that shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Skill {
    /// Canonical name (`Kubernetes`), or as written when the lexicon does not know it.
    pub name: String,
    /// Known to the lexicon.
    pub known: bool,
    /// Category in the lexicon (`cloud`, `nursing`).
    pub category: Option<String>,
    /// Every mention, in document order; never empty.
    pub mentions: Vec<Mention>,
    /// Months of dated jobs that show it, overlaps once; none if no dated job does.
    pub months: Option<u32>,
    /// Last month of the latest dated job that shows it.
    pub last_used: Option<Month>,
    /// Claimed experience in months (`Python – 5 years`).
    pub stated_months: Option<u32>,
}

/// One place where a skill is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The words as written (`k8s`).
    pub written: String,
    /// Where.
    pub evidence: Evidence,
    /// In what kind of place.
    pub place: MentionPlace,
}

/// The kind of place a skill is mentioned in; numbers are indexes into the profile's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionPlace {
    /// A skill section.
    Listed,
    /// A job.
    Job(usize),
    /// An activity.
    Activity(usize),
    /// A project.
    Project(usize),
    /// An education entry (courses, thesis).
    Education(usize),
    /// Summary or headline.
    Summary,
    /// Anywhere else.
    Other,
}

/// A certificate or licence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// Name as written, status and date left out.
    pub name: Found<String>,
    /// Canonical name, when the lexicon knows it.
    pub known_as: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// When it was earned.
    pub period: Option<Period>,
    /// Not earned yet (`ongoing`, `in progress`).
    pub ongoing: bool,
}

/// A project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// Name as written.
    pub name: Found<String>,
    /// The technologies named in its heading.
    pub technologies: Vec<String>,
    /// When.
    pub period: Option<Period>,
    /// Where it can be seen.
    pub url: Option<String>,
    /// Lines of the whole entry.
    pub lines: Range<usize>,
}

/// A publication.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Publication {
    /// Title as written.
    pub title: Found<String>,
    /// Journal, conference, publisher.
    pub venue: Option<String>,
    /// Year.
    pub year: Option<i32>,
    /// What the text says of the candidate's part (`First Author`).
    pub role: Option<String>,
    /// DOI or address.
    pub url: Option<String>,
    /// Lines of the whole entry.
    pub lines: Range<usize>,
}

/// A spoken language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpokenLanguage {
    /// English name of the language.
    pub language: Found<String>,
    /// Level as written (`C1`, `native`).
    pub level: Option<String>,
}

/// Time worked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Experience {
    /// Months of dated employment and freelance work, overlaps counted once; none if no job is dated.
    pub months: Option<u32>,
    /// The same for internships.
    pub internship_months: Option<u32>,
    /// What the text claims (`8+ years of experience`), in months.
    pub claimed_months: Option<u32>,
}

/// Something a person should know and no ranking uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// `ocr`, `partial`, `hidden-text`, `keyword-stuffing`, `machine-address`, `reversed-dates`.
    pub name: String,
    /// What was seen, in a sentence.
    pub detail: String,
    /// Index of the line.
    pub line: u32,
}

impl Profile {
    /// The job that is shown first: the current one that began last, else the one that ended last.
    pub fn main_job(&self) -> Option<&Job> {
        let as_of = self.as_of.unwrap_or(Month(i32::MAX));
        let key = |job: &Job| {
            let period = job.period.as_ref().map(|found| &found.value);
            let current = period.is_some_and(|period| period.is_current(as_of));
            let span = period.and_then(|period| period.span(as_of));
            (current, span.map(|(first, last)| (last, first)))
        };
        // `max_by_key` returns the last of equals; résumés list the newest job first.
        self.jobs.iter().rev().max_by_key(|job| key(job))
    }

    /// The completed degree of the highest rank; the first of equals.
    pub fn highest_degree(&self) -> Option<(&Education, &Degree)> {
        let degrees = self.education.iter().filter(|entry| entry.status == DegreeStatus::Completed);
        let pairs = degrees.flat_map(|entry| entry.degrees.iter().map(move |degree| (entry, degree)));
        let ranked = pairs.filter(|(_, degree)| degree.level.is_some());
        ranked.fold(None, |best: Option<(&Education, &Degree)>, pair| match best {
            Some(found) if found.1.level.map(DegreeLevel::rank) >= pair.1.level.map(DegreeLevel::rank) => Some(found),
            _ => Some(pair),
        })
    }
}
