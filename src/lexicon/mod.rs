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
mod orgs;
mod places;
mod schools;
mod skills;
mod subjects;
pub mod table;
mod titles;
pub mod user;
pub mod words;

pub use certificates::{CertificateEntry, Certificates};
pub use date_words::{DateWord, date_word};
pub use degrees::{DegreeMention, Degrees};
pub use headings::{HeadingHow, HeadingMatch, Headings};
pub use languages::Languages;
pub use orgs::{OrgCue, Orgs};
pub use places::Places;
pub use schools::{SchoolMatch, Schools};
pub use skills::{AmbiguousRow, Case, Policy, SkillEntry, Skills, Surface};
pub use subjects::Subjects;
pub use titles::{TitleEvidence, Titles};

use std::sync::OnceLock;
use user::UserTables;

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
