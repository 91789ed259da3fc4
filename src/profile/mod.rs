//! Sections → [`Profile`]. In: the text, its sections, the lexicon, the month of reading. Out: everything understood, each value
//! with its line, score and reason. Does NOT read files and never fails: what is unclear is left out or scored below
//! [`crate::model::SURE`].

//!
//! In reading order: `heads`, `segments`, `slots`, `roles`, `template` cut a section into entries and say what each field of a
//! head is; `jobs`, `education`, `projects`, `publications`, `awards`, `summary` build the entries; `labelled` does the same from
//! exact labels; [`contact`], [`skills`], [`certificates`], [`languages`], [`dates`], [`experience`] find the rest,
//! `day_order` settles dates in doubt, `flags` and [`gaps`](gaps()) say what a person should know.

mod awards;
mod behind_titles;
mod bonuses;
pub mod certificates;
pub mod contact;
mod courses;
mod cues;
pub mod dates;
mod day_order;
mod degree_forms;
mod education;
mod education_dates;
mod education_items;
mod education_labels;
mod education_status;
mod education_table;
mod entry_values;
pub mod experience;
mod fields;
mod firm_sentences;
mod flags;
mod gaps;
mod gpa;
mod head_labels;
mod heads;
mod inner_roles;
mod jobs;
mod joined;
mod labelled;
pub mod languages;
mod line_class;
mod line_pieces;
mod marks;
mod peeling;
mod place_forms;
mod plausible;
mod post_nominals;
mod projects;
mod publications;
mod roles;
mod run_together;
mod scan;
mod schools;
mod segments;
mod shared_heads;
mod signs;
pub mod skills;
mod slots;
mod split_dates;
mod stacked_dates;
mod stints;
mod subjects;
mod summary;
mod task_words;
mod template;
mod text_heads;
mod title_parts;
mod wrapped_degrees;

pub use gaps::gaps;

use crate::lexicon::Lexicon;
use crate::model::{MentionPlace, Month, Profile, Section, SectionKind, TextDoc};
use marks::Marked;

/// Reads a whole résumé. `as_of` is the month that "present" stands for.
pub fn extract(text: &TextDoc, sections: &[Section], lexicon: &Lexicon, as_of: Month) -> Profile {
    let marked = Marked::of(text);
    let mut draft = Draft::of(&marked, sections, lexicon, as_of);
    STEPS.iter().for_each(|step| step(&mut draft));
    draft.profile
}

/// The same for several résumés, in their order. All of them go through one step before the next: the code of all steps together does not fit
/// into the fastest cache.
pub fn extract_all<'t>(
    texts: impl Iterator<Item = (&'t TextDoc, &'t [Section])>,
    lexicon: &'t Lexicon,
    as_of: Month,
) -> Vec<Profile> {
    let (marked, sections): (Vec<Marked>, Vec<&[Section]>) =
        texts.map(|(text, sections)| (Marked::of(text), sections)).unzip();
    let draft = |(marked, sections)| Draft::of(marked, sections, lexicon, as_of);
    let mut drafts: Vec<Draft> = marked.iter().zip(sections).map(draft).collect();
    STEPS.iter().for_each(|step| drafts.iter_mut().for_each(step));
    drafts.into_iter().map(|draft| draft.profile).collect()
}

/// A profile in the making.
struct Draft<'t> {
    marked: &'t Marked<'t>,
    lines: contact::Lines<'t>,
    sections: &'t [Section],
    lexicon: &'t Lexicon,
    as_of: Month,
    profile: Profile,
}

/// What is done in turn; later steps build on what earlier ones found.
const STEPS: [fn(&mut Draft); 7] = [
    |draft| draft.addresses(),
    |draft| draft.name(),
    |draft| draft.location(),
    |draft| draft.entries(),
    |draft| draft.education(),
    |draft| draft.skills(),
    |draft| draft.rest(),
];

impl<'t> Draft<'t> {
    fn of(marked: &'t Marked<'t>, sections: &'t [Section], lexicon: &'t Lexicon, as_of: Month) -> Draft<'t> {
        let profile = Profile { as_of: Some(as_of), ..Profile::default() };
        Draft { marked, lines: contact::Lines::of(marked, sections), sections, lexicon, as_of, profile }
    }

    fn addresses(&mut self) {
        contact::add_addresses(&self.lines, &mut self.profile);
    }

    fn name(&mut self) {
        contact::add_name(&self.lines, self.lexicon, &mut self.profile);
    }

    fn location(&mut self) {
        contact::add_location(&self.lines, self.lexicon, &mut self.profile);
    }

    /// Entries of all kinds but education; those too where the format labels its lines.
    fn entries(&mut self) {
        let text = self.marked.text;
        self.profile.summary = labelled::summary(text).or_else(|| summary::of(text, self.sections));
        if labelled::is_labelled(text) {
            self.sections.iter().for_each(|section| labelled::add(text, section, self.lexicon, &mut self.profile));
        } else {
            self.entries_of(|kind| kind != SectionKind::Education);
        }
    }

    fn education(&mut self) {
        if !labelled::is_labelled(self.marked.text) {
            self.entries_of(|kind| kind == SectionKind::Education);
        }
        day_order::settle(self.marked.text, &mut self.profile);
        shared_heads::drop_repeated(&mut self.profile.jobs, self.sections);
    }

    /// Reads the sections of these kinds, also those of two.
    fn entries_of(&mut self, is_wanted: impl Fn(SectionKind) -> bool) {
        for section in self.sections {
            for kind in [Some(section.kind), section.second].into_iter().flatten().filter(|kind| is_wanted(*kind)) {
                entries(kind, self.marked, section, self.lexicon, &mut self.profile);
            }
        }
    }

    fn skills(&mut self) {
        let Draft { marked, sections, lexicon, as_of, profile, .. } = self;
        let places = places_of_lines(marked.text, sections, profile);
        let place_of_line = |line: usize| places.get(line).copied().unwrap_or(MentionPlace::Other);
        let mut skills = skills::find(marked.text, sections, lexicon, &place_of_line);
        plausible::keep(&mut skills, profile);
        experience::date_skills(&mut skills, &profile.jobs, *as_of);
        profile.skills = skills;
    }

    fn rest(&mut self) {
        let Draft { marked, sections, lexicon, as_of, profile, .. } = self;
        profile.experience = experience::total(&profile.jobs, marked.text, sections, *as_of);
        profile.certificates = certificates::find(marked.text, sections, lexicon, *as_of);
        drop_behind_name(marked.text, sections, profile);
        add_post_nominals(marked.text, lexicon, profile);
        profile.languages = languages::find(marked, sections, lexicon);
        profile.flags = flags::find(marked.text, &profile.jobs);
    }
}

/// A side column that is read first may end with certificates, and the name below them begins the rest of the résumé, also where it is
/// said for the second time.
fn drop_behind_name(text: &TextDoc, sections: &[Section], profile: &mut Profile) {
    let Some(name) = &profile.name else { return };
    let is_name = |line: usize| {
        let own = name.evidence.line as usize;
        line == own || line > own && text.lines[line].text.eq_ignore_ascii_case(&name.value)
    };
    for section in sections.iter().filter(|section| section.kind == SectionKind::Certificates) {
        if let Some(line) = section.lines.clone().find(|line| is_name(*line)) {
            let rest = line..section.lines.end;
            profile.certificates.retain(|certificate| !rest.contains(&(certificate.name.evidence.line as usize)));
        }
    }
}

/// Letters behind the name, but for those of certificates that are listed anyway.
fn add_post_nominals(text: &TextDoc, lexicon: &Lexicon, profile: &mut Profile) {
    let Some(name) = &profile.name else { return };
    let mut letters = post_nominals::find(text, name, lexicon);
    letters.retain(|one| !profile.certificates.iter().any(|known| known.known_as == one.known_as));
    profile.certificates.splice(0..0, letters);
}

/// Reads the entries of one section as `kind`.
fn entries(kind: SectionKind, marked: &Marked, section: &Section, lexicon: &Lexicon, profile: &mut Profile) {
    let as_of = profile.as_of.unwrap_or(Month(0));
    match kind {
        SectionKind::Experience => profile.jobs.extend(jobs::of_section(marked, section, lexicon, as_of)),
        SectionKind::Volunteering => activities(marked, section, lexicon, profile),
        SectionKind::Education => profile.education.extend(education::of_section(marked, section, lexicon, as_of)),
        SectionKind::Projects => profile.projects.extend(projects::of_section(marked, section, as_of)),
        SectionKind::Publications => profile.publications.extend(publications::of_section(marked.text, section)),
        SectionKind::Awards => profile.awards.extend(awards::of_section(marked.text, section)),
        _ => {}
    }
}

/// Volunteering and leadership: dated entries are activities; a bare list under a heading that also names achievements
/// (`Leadership & Achievements`) is left to `awards`.
fn activities(marked: &Marked, section: &Section, lexicon: &Lexicon, profile: &mut Profile) {
    let as_of = profile.as_of.unwrap_or(Month(0));
    profile.activities.extend(jobs::of_section(marked, section, lexicon, as_of));
}

/// In which entry each line lies; what lies in none is said by its section.
fn places_of_lines(text: &TextDoc, sections: &[Section], profile: &Profile) -> Vec<MentionPlace> {
    let mut places = vec![MentionPlace::Other; text.lines.len()];
    for section in sections {
        let place = match section.kind {
            SectionKind::Skills => MentionPlace::Listed,
            SectionKind::Summary => MentionPlace::Summary,
            _ => continue,
        };
        places[section.lines.clone()].fill(place);
    }
    let mut fill = |lines: &std::ops::Range<usize>, place: MentionPlace| places[lines.clone()].fill(place);
    profile.education.iter().enumerate().for_each(|(at, entry)| fill(&entry.lines, MentionPlace::Education(at)));
    profile.projects.iter().enumerate().for_each(|(at, entry)| fill(&entry.lines, MentionPlace::Project(at)));
    profile.activities.iter().enumerate().for_each(|(at, entry)| fill(&entry.lines, MentionPlace::Activity(at)));
    profile.jobs.iter().enumerate().for_each(|(at, entry)| fill(&entry.lines, MentionPlace::Job(at)));
    places
}
