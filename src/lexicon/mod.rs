//! What the program knows of the world: headings, degrees, titles, organisations, schools, places, skills, certificates,
//! languages, fields of study. In: the tables in `data/`, each with its source and licence in line 1. Out: look-ups by
//! words. Reads no file and no résumé.
//!
//! In reading order: [`words`] text → comparable words, [`table`] rows and phrases, then one file per table, [`user`] the user's own.
//!
//! ```
//! use vitae::lexicon::Lexicon;
//! let lexicon = Lexicon::builtin();
//! assert_eq!(lexicon.skills().canonical("k8s").map(|skill| skill.name), Some("Kubernetes"));
//! ```

mod certificates;
mod date_words;
mod degree_rules;
mod degrees;
mod fingerprint;
mod headings;
mod languages;
mod letters;
mod misspelt;
mod orgs;
mod place_text;
mod places;
mod schools;
mod skill_names;
mod skills;
mod subjects;
pub mod table;
mod titles;
pub mod user;
pub mod words;

pub use certificates::{CertificateEntry, Certificates};
pub use date_words::{DateWord, date_word, date_word_in_any_case};
pub use degrees::{DegreeMention, Degrees};
pub use headings::{HeadingHow, HeadingMatch, Headings};
pub use languages::Languages;
pub use orgs::{OrgCue, Orgs};
pub use places::Places;
pub use schools::{SchoolMatch, Schools};
pub use skills::{AmbiguousRow, Case, Policy, SkillEntry, Skills, Surface};
pub use subjects::Subjects;
pub use titles::{TitleEvidence, Titles};

use skill_names::SkillNames;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use user::UserTables;

/// So many names of skills are looked up one by one, some ten microseconds each, before the look-up is made, which takes six milliseconds.
const NAMED_SINGLY: u32 = 200;

/// All tables. Making one costs nothing: each table is read at its first use and kept. Shared by reference between threads.
#[derive(Debug, Default)]
pub struct Lexicon {
    headings: OnceLock<Headings>,
    degrees: OnceLock<Degrees>,
    titles: OnceLock<Titles>,
    orgs: OnceLock<Orgs>,
    schools: OnceLock<Schools>,
    places: OnceLock<Places>,
    skills: OnceLock<Skills>,
    skill_names: OnceLock<SkillNames>,
    /// How many names of skills were looked up without the look-up.
    named_singly: AtomicU32,
    certificates: OnceLock<Certificates>,
    languages: OnceLock<Languages>,
    subjects: OnceLock<Subjects>,
    user: UserTables,
}

impl Lexicon {
    /// The tables that come with the program.
    pub fn builtin() -> Lexicon {
        Lexicon::default()
    }

    /// Those, and the user's own.
    pub fn with(user: UserTables) -> Lexicon {
        Lexicon { user, ..Lexicon::default() }
    }

    /// Reads the tables that any résumé needs, on all threads of the current pool: one thread would read them while the others wait.
    pub fn prepare(&self) {
        rayon::scope(|scope| {
            scope.spawn(|_| self.places().prepare());
            scope.spawn(|_| {
                let _ = (self.titles(), self.degrees(), self.subjects(), self.certificates());
            });
            scope.spawn(|_| {
                let _ = (self.headings(), self.orgs(), self.schools(), self.languages());
            });
            self.skills();
        });
    }

    /// Section headings in many languages.
    pub fn headings(&self) -> &Headings {
        self.headings.get_or_init(Headings::builtin)
    }

    /// Degrees and their levels.
    pub fn degrees(&self) -> &Degrees {
        self.degrees.get_or_init(Degrees::builtin)
    }

    /// Words that make a phrase a job title.
    pub fn titles(&self) -> &Titles {
        self.titles.get_or_init(Titles::builtin)
    }

    /// Words that make a name a company or a school.
    pub fn orgs(&self) -> &Orgs {
        self.orgs.get_or_init(|| Orgs::with(&self.user.employers))
    }

    /// Known schools and their short names.
    pub fn schools(&self) -> &Schools {
        self.schools.get_or_init(|| Schools::with(&self.user.schools))
    }

    /// Cities, regions, countries.
    pub fn places(&self) -> &Places {
        self.places.get_or_init(Places::builtin)
    }

    /// Skills of all professions.
    pub fn skills(&self) -> &Skills {
        self.skills.get_or_init(|| Skills::with(&self.user.skills))
    }

    /// The skill called so in any of its spellings, as [`Skills::canonical`] says, without making that table for one name.
    pub fn skill_named(&self, name: &str) -> Option<SkillEntry> {
        match self.look_up() {
            Some(skills) => skills.canonical(name).copied(),
            None => self.skill_names().named(name).map(|found| found.skill),
        }
    }

    /// The name is a skill only in the right company, as [`Skills::is_ambiguous`] says.
    pub fn is_ambiguous_skill(&self, name: &str) -> bool {
        match self.look_up() {
            Some(skills) => skills.is_ambiguous(name),
            None => self.skill_names().named(name).is_some_and(|found| found.is_ambiguous()),
        }
    }

    /// The look-up of skills, once it is made or pays: a program that stays open asks for names again and again.
    fn look_up(&self) -> Option<&Skills> {
        self.skills.get().or_else(|| {
            let singly = self.named_singly.fetch_add(1, Ordering::Relaxed);
            (singly >= NAMED_SINGLY).then(|| self.skills())
        })
    }

    fn skill_names(&self) -> &SkillNames {
        self.skill_names.get_or_init(|| SkillNames::of(&self.user.skills))
    }

    /// Certificates and licences.
    pub fn certificates(&self) -> &Certificates {
        self.certificates.get_or_init(Certificates::builtin)
    }

    /// Spoken languages and levels.
    pub fn languages(&self) -> &Languages {
        self.languages.get_or_init(Languages::builtin)
    }

    /// Fields of study.
    pub fn subjects(&self) -> &Subjects {
        self.subjects.get_or_init(Subjects::builtin)
    }
}

#[cfg(test)]
mod doubtful_tests;
