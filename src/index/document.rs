//! Profile and text of one résumé → [`IndexDocument`]: everything an index needs to know of it, as plain data that names no engine.
//! In: file facts, lines, sections, profile. Out: words by entry, exact terms, names for facets, rows of numbers, what is stored.
//!
//! Values that are not sure ([`crate::model::SURE`]) are stored with the profile but become no field: their words are found in the
//! body like any other text.

use super::columns::{EducationRow, JobRow, SkillRow, Worked, job_of, level_index};
use super::packed;
use super::sign;
use super::slots::{self, Slots};
use super::stuffing;
use super::text::StoredText;
use crate::analysis::fold;
use crate::model::{DegreeStatus, Education, Format, Found, Place, Profile, Section, Skill, TextDoc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// What is known of a file without reading it as a résumé.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// Paths relative to the folder, sorted; several when the same bytes lie there more than once. Never empty.
    pub paths: Vec<String>,
    /// Content hash (BLAKE3), 64 hex digits.
    pub hash: String,
    /// What the bytes are.
    pub format: Format,
    /// Day of the last change in the file system, `YYYYMMDD`.
    pub modified: i64,
}

/// Length of a document id: 48 bits of the content hash. Among a million files two share an id with probability 1/560.
pub const ID_LENGTH: usize = 12;

/// Id of the document with this content.
pub fn id_of(hash: &str) -> &str {
    hash.get(..ID_LENGTH).unwrap_or(hash)
}

/// One résumé as it goes into an index. Slots and columns are described in `engine::embedded::schema`.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexDocument {
    /// First [`ID_LENGTH`] hex digits of the content hash.
    pub id: String,
    /// The file.
    pub file: FileFacts,
    /// Day of the last change, `YYYYMMDD`: the file's own date where it has one, else the file system's.
    pub updated: i64,
    /// Searchable words.
    pub words: Words,
    /// Exact terms.
    pub terms: Terms,
    /// Names for facets and sorting.
    pub names: Names,
    /// One row per job.
    pub jobs: Vec<JobRow>,
    /// One row per education entry.
    pub education: Vec<EducationRow>,
    /// One row per skill.
    pub skills: Vec<SkillRow>,
    /// Experience in all.
    pub worked: Worked,
    /// What completed and running degrees say.
    pub degrees: Degrees,
    /// What near-identical texts share ([`super::sign`]).
    pub sign: Option<[i64; sign::SIGNS]>,
    /// The profile ([`super::packed`]).
    pub profile: Vec<u8>,
    /// The lines ([`super::text`]).
    pub text: String,
}

/// Values to tokenise; entries are separated by [`crate::analysis::ENTRY_BREAK`], values within an entry by line ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The whole visible text: jobs, education entries, the rest.
    pub body: String,
    /// The person's name.
    pub name: String,
    /// Titles by job.
    pub title: String,
    /// Employers by job.
    pub employer: String,
    /// Schools by education entry.
    pub school: String,
    /// Degrees by education entry.
    pub degree: String,
    /// Subjects by education entry.
    pub subject: String,
    /// Places by job, then the home.
    pub location: String,
    /// Places of the schools by education entry.
    pub school_location: String,
    /// Skills as written and by canonical name.
    pub skill: String,
    /// Folded canonical skill names, one ready-made term per line: those of each job, then all.
    pub skill_terms: String,
    /// Certificates.
    pub cert: String,
    /// Spoken languages.
    pub lang: String,
    /// Projects and publications.
    pub project: String,
}

/// Terms compared as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// Addresses in lower case, and `@domain`.
    pub email: Vec<String>,
    /// All digits, the last ten, the last seven.
    pub phone: Vec<String>,
    /// Out of [`PRESENCE`], and names of the profile's flags.
    pub has: Vec<String>,
}

/// Values as shown, each once per document (compared without case and accents), in document order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// The person's name, folded, to sort by.
    pub sort: Option<String>,
    /// Schools, by known name where known.
    pub school: Vec<String>,
    /// Employers.
    pub employer: Vec<String>,
    /// Titles.
    pub title: Vec<String>,
    /// Cities, or places as written.
    pub location: Vec<String>,
    /// Certificates, by known name where known.
    pub cert: Vec<String>,
    /// Spoken languages.
    pub lang: Vec<String>,
}

/// Degrees in numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Degrees {
    /// Rank of the highest completed degree.
    pub rank: Option<i64>,
    /// Indexes into `DegreeLevel::ALL` of completed degrees, rising.
    pub completed: Vec<i64>,
    /// The same for degrees in progress.
    pub in_progress: Vec<i64>,
    /// Earliest and latest month of award of completed, dated entries.
    pub graduated: Vec<(i64, i64)>,
    /// Grades on a scale of 4.
    pub gpa: Vec<f64>,
}

/// A name of `has:…` and when a profile has it.
type Presence = (&'static str, fn(&Profile) -> bool);

/// Every name that `has:…` knows; field names are those of `FIELDS`.
pub const PRESENCE: &[Presence] = &[
    ("name", |profile| is_sure(&profile.name)),
    ("email", |profile| !profile.emails.is_empty()),
    ("phone", |profile| !profile.phones.is_empty()),
    ("link", |profile| !profile.links.is_empty()),
    ("location", |profile| is_sure(&profile.location)),
    ("summary", |profile| profile.summary.is_some()),
    ("education", |profile| !profile.education.is_empty()),
    ("school", |profile| profile.education.iter().any(|entry| is_sure(&entry.school))),
    ("degree", |profile| profile.education.iter().any(|entry| !entry.degrees.is_empty())),
    ("field", |profile| profile.education.iter().any(|entry| entry.degrees.iter().any(|one| one.subject.is_some()))),
    ("graduated", |profile| !Degrees::of(profile).graduated.is_empty()),
    ("gpa", |profile| profile.education.iter().any(|entry| is_sure(&entry.gpa))),
    ("job", |profile| !profile.jobs.is_empty()),
    ("title", |profile| profile.jobs.iter().any(|job| job.titles.iter().any(Found::is_sure))),
    ("employer", |profile| profile.jobs.iter().any(|job| job.employers.iter().any(Found::is_sure))),
    ("years", |profile| Worked::of_jobs(profile).dated),
    ("activity", |profile| !profile.activities.is_empty()),
    ("skill", |profile| !profile.skills.is_empty()),
    ("cert", |profile| !profile.certificates.is_empty()),
    ("project", |profile| !profile.projects.is_empty()),
    ("publication", |profile| !profile.publications.is_empty()),
    ("award", |profile| !profile.awards.is_empty()),
    ("lang", |profile| !profile.languages.is_empty()),
];

/// [`PRESENCE`] sorted by name: so are the terms made of it.
static BY_NAME: LazyLock<Vec<Presence>> = LazyLock::new(|| {
    let mut all = PRESENCE.to_vec();
    all.sort_unstable_by_key(|(name, _)| *name);
    all
});

/// Name of `has:…` for a document of which the same person has a newer one.
pub const NEWER: &str = "newer";

fn is_sure<T>(value: &Option<Found<T>>) -> bool {
    value.as_ref().is_some_and(Found::is_sure)
}

/// Builds the document of one file.
pub fn document(file: &FileFacts, text: &TextDoc, sections: &[Section], profile: &Profile) -> IndexDocument {
    rebuild(file.clone(), &StoredText::of(text, sections), profile)
}

/// Builds the same document from what an index stores; used when only the file's paths or date changed.
pub fn rebuild(file: FileFacts, text: &StoredText<'_>, profile: &Profile) -> IndexDocument {
    let skills: Vec<String> = profile.skills.iter().map(|skill| fold(&skill.name)).collect();
    IndexDocument {
        id: id_of(&file.hash).to_string(),
        updated: if text.own_day == 0 { file.modified } else { text.own_day },
        words: Words::of(text, profile, &skills),
        terms: Terms::of(profile),
        names: Names::of(profile),
        jobs: profile.jobs.iter().map(JobRow::of).collect(),
        education: profile.education.iter().map(EducationRow::of).collect(),
        skills: profile.skills.iter().map(|skill| SkillRow::of(skill, profile)).collect(),
        worked: Worked::of_jobs(profile),
        degrees: Degrees::of(profile),
        sign: sign::sign(&text.lines),
        profile: packed::pack(profile, &text.lines),
        text: text.encode(),
        file,
    }
}

impl Words {
    /// `skills` are the folded names of the profile's skills.
    fn of(text: &StoredText<'_>, profile: &Profile, skills: &[String]) -> Words {
        let jobs = profile.jobs.iter().map(|job| job.lines.clone());
        let entries: Vec<Range<usize>> =
            jobs.chain(profile.education.iter().map(|entry| entry.lines.clone())).collect();
        let once = stuffing::told_once(&text.lines, profile);
        let body = slots::body(&stuffing::lines(&text.lines, &once), &entries);
        let mut words = Words { body, ..Words::default() };
        words.name = sure(&profile.name).cloned().unwrap_or_default();
        words.of_jobs(profile, skills);
        words.of_education(&profile.education);
        words.skill = skill_words(&profile.skills);
        words.cert = lines_of(profile.certificates.iter().flat_map(|one| {
            [Some(one.name.value.as_str()), one.known_as.as_deref(), one.issuer.as_deref()].into_iter().flatten()
        }));
        words.lang = lines_of(profile.languages.iter().map(|one| one.language.value.as_str()));
        let projects = profile.projects.iter().map(|one| one.name.value.as_str());
        words.project = lines_of(projects.chain(profile.publications.iter().map(|one| one.title.value.as_str())));
        words
    }

    fn of_jobs(&mut self, profile: &Profile, skills: &[String]) {
        let [mut title, mut employer, mut location]: [Slots; 3] = Default::default();
        // Of each job, and all of them again.
        let mut skill = Slots::with_room(3 * skills.iter().map(|name| name.len() + 1).sum::<usize>());
        for (slot, job) in profile.jobs.iter().enumerate() {
            job.titles.iter().filter(|one| one.is_sure()).for_each(|one| title.add(slot, &one.value));
            job.employers.iter().filter(|one| one.is_sure()).for_each(|one| employer.add(slot, &one.value));
            sure(&job.location).into_iter().for_each(|place| add_place(&mut location, slot, place));
        }
        // What a person calls herself at the top is a title of no job.
        sure(&profile.headline).into_iter().for_each(|line| title.add(profile.jobs.len(), line));
        sure(&profile.location).into_iter().for_each(|place| add_place(&mut location, profile.jobs.len(), place));
        let mut named: Vec<(&str, &Skill)> = skills.iter().map(String::as_str).zip(&profile.skills).collect();
        named.sort_unstable_by_key(|(name, _)| *name);
        let mut shown: Vec<(usize, usize)> = Vec::new();
        for (rank, (_, one)) in named.iter().enumerate() {
            let jobs = one.mentions.iter().filter_map(|mention| job_of(mention.place));
            shown.extend(jobs.chain([profile.jobs.len()]).map(|slot| (slot, rank)));
        }
        shown.sort_unstable();
        // Two skills may have one folded name.
        shown.dedup_by_key(|(slot, rank)| (*slot, named[*rank].0));
        shown.iter().for_each(|(slot, rank)| skill.add(*slot, named[*rank].0));
        self.title = title.finish();
        self.employer = employer.finish();
        self.location = location.finish();
        self.skill_terms = skill.finish();
    }

    fn of_education(&mut self, education: &[Education]) {
        let [mut school, mut degree, mut subject, mut location]: [Slots; 4] = Default::default();
        for (slot, entry) in education.iter().enumerate() {
            if let Some(written) = sure(&entry.school) {
                school.add(slot, written);
                entry
                    .school_known_as
                    .iter()
                    .filter(|known| *known != written)
                    .for_each(|known| school.add(slot, known));
            }
            for one in &entry.degrees {
                degree.add(slot, &one.raw.value);
                one.canonical.iter().filter(|name| **name != one.raw.value).for_each(|name| degree.add(slot, name));
                one.subject.iter().for_each(|name| subject.add(slot, name));
            }
            sure(&entry.location).into_iter().for_each(|place| add_place(&mut location, slot, place));
        }
        self.school = school.finish();
        self.degree = degree.finish();
        self.subject = subject.finish();
        self.school_location = location.finish();
    }
}

impl Terms {
    fn of(profile: &Profile) -> Terms {
        let mut terms = Terms::default();
        for email in &profile.emails {
            let address = email.value.to_lowercase();
            let domain = address.rfind('@').map(|at| address[at..].to_string());
            terms.email.push(address);
            terms.email.extend(domain);
        }
        for phone in &profile.phones {
            let digits = &phone.value.digits;
            let last = |count: usize| digits.len().checked_sub(count).and_then(|from| digits.get(from..));
            terms.phone.extend([Some(digits.as_str()), last(10), last(7)].into_iter().flatten().map(str::to_string));
        }
        terms.has = BY_NAME.iter().filter(|(_, test)| test(profile)).map(|(name, _)| name.to_string()).collect();
        terms.has.extend(profile.flags.iter().map(|flag| flag.name.clone()));
        for list in [&mut terms.email, &mut terms.phone, &mut terms.has] {
            list.sort_unstable();
            list.dedup();
        }
        terms
    }
}

impl Names {
    fn of(profile: &Profile) -> Names {
        let schools = profile.education.iter().filter_map(|entry| {
            let written = sure(&entry.school)?;
            Some(entry.school_known_as.as_ref().unwrap_or(written).as_str())
        });
        let places = profile.jobs.iter().filter_map(|job| sure(&job.location)).chain(sure(&profile.location));
        Names {
            sort: sure(&profile.name).map(|name| fold(name)),
            school: distinct(schools),
            employer: distinct(
                profile.jobs.iter().flat_map(|job| &job.employers).filter(|one| one.is_sure()).map(text_of),
            ),
            title: distinct(profile.jobs.iter().flat_map(|job| &job.titles).filter(|one| one.is_sure()).map(text_of)),
            location: distinct(places.map(|place| place.city.as_deref().unwrap_or(&place.raw))),
            cert: distinct(profile.certificates.iter().map(|one| one.known_as.as_deref().unwrap_or(&one.name.value))),
            lang: distinct(profile.languages.iter().map(|one| text_of(&one.language))),
        }
    }
}

impl Degrees {
    fn of(profile: &Profile) -> Degrees {
        let mut degrees = Degrees::default();
        for entry in &profile.education {
            let levels = || entry.degrees.iter().filter_map(|degree| degree.level);
            let row = EducationRow::of(entry);
            match entry.status {
                DegreeStatus::Completed => {
                    degrees.rank = degrees.rank.max(levels().map(|level| i64::from(level.rank())).max());
                    degrees.completed.extend(levels().map(level_index));
                }
                DegreeStatus::InProgress => degrees.in_progress.extend(levels().map(level_index)),
                DegreeStatus::Abandoned => {}
            }
            if row.span.is_ended() && entry.status != DegreeStatus::Abandoned {
                degrees.graduated.push((row.span.end_lo, row.span.end_hi));
            }
            degrees.gpa.extend(Some(row.gpa).filter(|&gpa| gpa > 0.0));
        }
        for list in [&mut degrees.completed, &mut degrees.in_progress] {
            list.sort_unstable();
            list.dedup();
        }
        degrees
    }
}

fn sure<T>(value: &Option<Found<T>>) -> Option<&T> {
    value.as_ref().filter(|found| found.is_sure()).map(|found| &found.value)
}

fn text_of(found: &Found<String>) -> &str {
    &found.value
}

/// The place as written and what the gazetteer adds: `Bangalore` is also found as `Bengaluru`.
fn add_place(slots: &mut Slots, slot: usize, place: &Place) {
    slots.add(slot, &place.raw);
    let known = [&place.city, &place.region, &place.country];
    known
        .into_iter()
        .flatten()
        .filter(|name| !place.raw.contains(name.as_str()))
        .for_each(|name| slots.add(slot, name));
}

/// The skills as written and by name, each spelling once a skill.
fn skill_words(skills: &[Skill]) -> String {
    let mut all = String::with_capacity(32 * skills.len());
    let mut written: Vec<&str> = Vec::new();
    for skill in skills {
        written.clear();
        let other = skill.mentions.iter().map(|mention| mention.written.as_str()).filter(|name| *name != skill.name);
        written.extend(other);
        written.push(&skill.name);
        written.sort_unstable();
        written.dedup();
        push_lines(&mut all, written.iter().copied());
    }
    all
}

fn lines_of<'a>(values: impl Iterator<Item = &'a str>) -> String {
    let mut all = String::new();
    push_lines(&mut all, values);
    all
}

fn push_lines<'a>(all: &mut String, values: impl Iterator<Item = &'a str>) {
    for value in values {
        all.push_str(value);
        all.push('\n');
    }
}

/// Each value once, compared folded; the first spelling wins.
fn distinct<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    values.filter(|value| !value.is_empty() && seen.insert(fold(value))).map(str::to_string).collect()
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
