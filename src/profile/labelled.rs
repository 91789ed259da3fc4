//! Lines with exact labels (JSON Resume) → entries. In: a section whose lines say themselves what they are. Out: jobs, education,
//! projects, publications, awards, in entry order. Guesses nothing: a value is what its label says.

use super::entry_values::{found, found_place};
use super::fields::{self, Field, Separator};
use super::{dates, education_status, gpa, joined};
use crate::lexicon::Lexicon;
use crate::model::text::Label;
use crate::model::*;
use std::ops::Range;

/// Points of a labelled value.
const LABELLED: f32 = 10.0;

/// The document says itself what its lines are.
pub(super) fn is_labelled(text: &TextDoc) -> bool {
    text.lines.iter().any(|line| line.label == Some(Label::Entry))
}

/// The lines of each entry of a section.
fn entries(text: &TextDoc, section: &Section) -> Vec<Range<usize>> {
    let is_entry = |at: &usize| text.lines[*at].label == Some(Label::Entry);
    let starts: Vec<usize> = section.lines.clone().filter(is_entry).collect();
    let ends = starts.iter().skip(1).copied().chain([section.lines.end]);
    starts.iter().zip(ends).map(|(start, end)| *start..end).collect()
}

fn by_format(line: usize, span: Range<usize>) -> Evidence {
    Evidence::at(line, span, LABELLED, "labelled by the format")
}

/// One entry with its labelled values.
struct Entry<'a> {
    text: &'a TextDoc,
    lexicon: &'a Lexicon,
    as_of: Month,
    lines: Range<usize>,
}

impl Entry<'_> {
    /// Evidence of a whole line.
    fn evidence(&self, line: usize) -> Evidence {
        by_format(line, 0..self.text.lines[line].text.len())
    }

    fn all(&self, label: Label) -> impl Iterator<Item = usize> {
        self.lines.clone().filter(move |at| self.text.lines[*at].label == Some(label))
    }

    fn value(&self, label: Label) -> Option<Found<String>> {
        let at = self.all(label).next()?;
        let line = &self.text.lines[at].text;
        let span = fields::trim(line, 0..line.len());
        (!span.is_empty()).then(|| found(line, 0..line.trim_end().len(), self.evidence(at)))
    }

    fn period(&self) -> Option<Found<Period>> {
        let at = self.all(Label::Dates).next()?;
        let date = dates::find(&self.text.lines[at].text, self.as_of).into_iter().next()?;
        Some(Found { value: date.period, evidence: by_format(at, date.start..date.end) })
    }

    fn location(&self) -> Option<Found<Place>> {
        let at = self.all(Label::Location).next()?;
        let field = Field { line: at, span: 0..self.text.lines[at].text.len(), before: Separator::Start };
        Some(found_place(self.text, &field, self.evidence(at), self.lexicon))
    }

    fn url(&self) -> Option<String> {
        self.value(Label::Url).map(|url| url.value)
    }

    fn body(&self) -> Range<usize> {
        let is_text =
            |at: &usize| matches!(self.text.lines[*at].label, Some(Label::Text | Label::Keywords | Label::Summary));
        let start = self.lines.clone().find(is_text).unwrap_or(self.lines.end);
        start..self.lines.end
    }

    fn keywords(&self) -> Vec<String> {
        let lines = self.all(Label::Keywords).map(|at| self.text.lines[at].text.split(", "));
        lines.flatten().map(str::to_string).collect()
    }

    fn job(&self, volunteering: bool) -> Job {
        let titles = self.all(Label::Title).next().map(|at| {
            let line = &self.text.lines[at].text;
            let parts = joined::titles(line, 0..line.len(), self.lexicon);
            parts.into_iter().map(|span| found(line, span, self.evidence(at))).collect::<Vec<_>>()
        });
        let titles = titles.unwrap_or_default();
        let lower = titles.iter().map(|title| title.value.to_lowercase()).collect::<Vec<_>>().join(" ");
        let kind = match () {
            () if volunteering => JobKind::Volunteering,
            () if lower
                .split_whitespace()
                .any(|word| word == "intern" || word == "internship" || word == "trainee") =>
            {
                JobKind::Internship
            }
            () if lower.contains("freelance") => JobKind::Freelance,
            () => JobKind::Employment,
        };
        let employers = self.value(Label::Entry).into_iter().collect();
        let (location, period) = (self.location(), self.period());
        Job { employers, titles, kind, location, period, lines: self.lines.clone(), body: self.body() }
    }

    fn education(&self) -> Education {
        let school = self.value(Label::Entry);
        let known = school
            .as_ref()
            .and_then(|school| self.lexicon.schools().lookup(&school.value))
            .map(|known| known.name.to_string());
        let school_known_as = known.filter(|known| school.as_ref().is_some_and(|school| school.value != *known));
        let subject = self.value(Label::Subject);
        let degree = self.value(Label::Degree).map(|raw| self.degree(raw, subject.as_ref()));
        let texts = || {
            self.all(Label::Text).filter(|at| self.text.lines[*at].style.bullet && self.text.lines[*at].text.len() < 80)
        };
        let courses =
            texts().map(|at| found(&self.text.lines[at].text, 0..self.text.lines[at].text.len(), self.evidence(at)));
        let gpa = self.all(Label::Gpa).next().and_then(|at| {
            let (_, gpa) = gpa::find(&format!("GPA {}", self.text.lines[at].text))?;
            Some(Found { value: gpa, evidence: self.evidence(at) })
        });
        let mut entry = Education {
            school,
            school_known_as,
            degrees: degree.into_iter().collect(),
            status: DegreeStatus::Completed,
            period: self.period(),
            gpa,
            location: self.location(),
            courses: courses.collect(),
            lines: self.lines.clone(),
        };
        education_status::settle(&mut entry, self.as_of);
        entry
    }

    /// `Bachelor` with the subject of its own line: written together as people do.
    fn degree(&self, raw: Found<String>, subject: Option<&Found<String>>) -> Degree {
        let subject = subject.map(|subject| subject.value.clone());
        let value = match &subject {
            Some(subject) if !raw.value.contains(subject.as_str()) => format!("{} in {subject}", raw.value),
            _ => raw.value.clone(),
        };
        // "Bachelor" alone is ambiguous in running text, not under a label.
        let degrees = self.lexicon.degrees();
        let mention = degrees.find(&value, true).into_iter().next();
        let own = mention.as_ref().and_then(|mention| mention.subject.clone()).map(|span| value[span].to_string());
        let canonical = mention.as_ref().map(|mention| mention.canonical).or_else(|| degrees.canonical_of(&raw.value));
        let level = mention.as_ref().and_then(|mention| mention.level).or_else(|| degrees.level_of(&raw.value));
        let canonical = canonical.map(str::to_string);
        Degree { raw: Found { value, evidence: raw.evidence }, canonical, level, subject: subject.or(own) }
    }
}

/// Adds the entries of one section to the profile.
pub(super) fn add(text: &TextDoc, section: &Section, lexicon: &Lexicon, profile: &mut Profile) {
    let as_of = profile.as_of.unwrap_or(Month(0));
    for lines in entries(text, section) {
        let entry = Entry { text, lexicon, as_of, lines };
        match section.kind {
            SectionKind::Experience => profile.jobs.push(entry.job(false)),
            SectionKind::Volunteering => profile.activities.push(entry.job(true)),
            SectionKind::Education => profile.education.push(entry.education()),
            SectionKind::Awards => profile.awards.extend(entry.value(Label::Entry)),
            SectionKind::Projects => profile.projects.extend(entry.value(Label::Entry).map(|name| Project {
                name,
                technologies: entry.keywords(),
                period: entry.period().map(|period| period.value),
                url: entry.url(),
                lines: entry.lines.clone(),
            })),
            SectionKind::Publications => {
                profile.publications.extend(entry.value(Label::Entry).map(|title| Publication {
                    title,
                    venue: entry.value(Label::Issuer).map(|venue| venue.value),
                    year: entry.period().and_then(|period| match period.value.end {
                        End::At(end) => Some(end.latest.year()),
                        _ => period.value.start.map(|start| start.latest.year()),
                    }),
                    role: None,
                    url: entry.url(),
                    lines: entry.lines.clone(),
                }))
            }
            _ => {}
        }
    }
}

/// The labelled summary.
pub(super) fn summary(text: &TextDoc) -> Option<Found<String>> {
    let lines = || text.lines.iter().enumerate().filter(|(_, line)| line.label == Some(Label::Summary));
    let (first, _) = lines().next()?;
    let value = lines().map(|(_, line)| line.text.as_str()).collect::<Vec<_>>().join(" ");
    Some(Found { value, evidence: by_format(first, 0..0) })
}
