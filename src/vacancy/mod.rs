//! What does a job description ask for? In: its lines ([`TextDoc`], read by the readers of `read`). Out: a [`Vacancy`]: the title, and
//! every [`Ask`] with its grade, the words it was read from, and the query that tests it. Knows no index and no candidate.
//!
//! ```text
//! Requirements                                   ─► part: must
//! - 5+ years of Python or Go                     ─► must  skill(Python years>=5) OR skill(Go years>=5)
//! - Terraform is a plus                          ─► nice  skill:Terraform        (the line's own words beat its part)
//! About us                                       ─► part: not read
//! ```
//!
//! In reading order: [`cues`] the tables of words, [`parts`] which line belongs to which part, [`clauses`] a line cut where its grade
//! changes, [`asks`] clauses → asks with [`skills`] and [`amounts`], [`query()`] asks → one query.
//!
//! Not read: wishes in words that no table knows ("a passion for fintech"). They are listed in [`Vacancy::unread`], never guessed.

mod amounts;
mod asks;
mod clauses;
mod cues;
mod heads;
mod parts;
mod query;
mod skills;
#[cfg(test)]
mod tests;

pub use asks::exactly;
pub use query::query;

use crate::lexicon::Lexicon;
use crate::model::TextDoc;

/// A job description, understood.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Vacancy {
    /// The job's title, without place, hours and `(m/f/d)`.
    pub title: Option<String>,
    /// What is asked for, in the order of the text; each thing once, with its highest grade.
    pub asks: Vec<Ask>,
    /// Lines among the requirements that became no condition, as written.
    pub unread: Vec<Unread>,
}

/// One thing asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// What kind of thing.
    pub kind: AskKind,
    /// How much it is wanted.
    pub grade: Grade,
    /// Holds for candidates who have it. Text of the query language, canonical.
    pub clause: String,
    /// Holds for those, and for candidates of whom it is not known. The same as `clause` where silence means no.
    pub or_unknown: String,
    /// The line as written.
    pub words: String,
    /// Its number in the file.
    pub line: u32,
}

/// A line that became no condition.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Unread {
    /// As written.
    pub words: String,
    /// Its number in the file.
    pub line: u32,
}

/// What kind of thing is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AskKind {
    /// Years of experience in all.
    Years,
    /// A level of degree.
    Degree,
    /// A subject of a degree.
    Subject,
    /// A skill, or one of several.
    Skill,
    /// A certificate or licence.
    Certificate,
    /// A spoken language.
    Language,
    /// A place.
    Location,
    /// The title of the job itself.
    Title,
}

/// How much a thing is wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Grade {
    /// Without it nobody is wanted.
    Must,
    /// Nice to have, with its weight.
    Nice(f32),
}

/// Reads a job description. A thing that is asked for twice keeps the higher grade and the place where it has it.
///
/// ```
/// use vitae::lexicon::Lexicon;
/// use vitae::model::Format;
///
/// let text = "# Platform Engineer\n\n## Requirements\n\n- Kubernetes\n- at least 5 years of experience\n\n## Nice to have\n\n- Terraform\n";
/// let lexicon = Lexicon::builtin();
/// let lines = vitae::read::read(text.as_bytes(), Format::Markdown)?;
/// let vacancy = vitae::vacancy::read(&lines, &lexicon);
///
/// assert_eq!(vacancy.title.as_deref(), Some("Platform Engineer"));
/// assert_eq!(vacancy.asks[0].clause, "skill:Kubernetes");
/// assert_eq!(vacancy.asks[1].clause, "years>=5");
/// # Ok::<(), vitae::model::SkipReason>(())
/// ```
pub fn read(text: &TextDoc, lexicon: &Lexicon) -> Vacancy {
    let placed = parts::parts(text);
    let head = heads::head(text, &placed, lexicon);
    let mut vacancy = Vacancy { title: head.title.clone(), ..Vacancy::default() };
    let skills = skills::mentions(text, lexicon);
    for (at, line) in text.lines.iter().enumerate() {
        let Some(part) = placed[at].filter(|_| !line.hidden && Some(at) != head.title_line) else { continue };
        let asked = asks::of_line(line, part, &skills[at], lexicon);
        if asked.is_empty() && part == parts::Part::Must && asks::is_wish(&line.text) {
            vacancy.unread.push(Unread { words: line.text.clone(), line: line.number });
        }
        asked.into_iter().for_each(|ask| vacancy.add(ask));
    }
    for ask in heads::asks(&head, text, lexicon) {
        vacancy.unread.retain(|unread| unread.line != ask.line);
        vacancy.add(ask);
    }
    vacancy
}

impl Vacancy {
    /// Asks that must hold.
    pub fn musts(&self) -> impl Iterator<Item = &Ask> {
        self.asks.iter().filter(|ask| ask.grade == Grade::Must)
    }

    /// Asks that are nice to have.
    pub fn nices(&self) -> impl Iterator<Item = &Ask> {
        self.asks.iter().filter(|ask| ask.grade != Grade::Must)
    }

    fn add(&mut self, ask: Ask) {
        if let Some(known) = self.asks.iter_mut().find(|known| known.clause == ask.clause) {
            if ask.grade.rank() > known.grade.rank() {
                *known = ask;
            }
            return;
        }
        // "5 years" and "at least 3 years in a hospital" are one ask: who has five has three.
        let same = |known: &&mut Ask| known.kind == AskKind::Years && known.grade == ask.grade;
        if ask.kind == AskKind::Years
            && let Some(known) = self.asks.iter_mut().find(same)
        {
            if amounts::least(&ask.clause) > amounts::least(&known.clause) {
                *known = ask;
            }
            return;
        }
        self.asks.push(ask);
    }
}

impl Grade {
    /// A wish of no more than this weight.
    fn at_most(self, weight: f32) -> Grade {
        match self {
            Grade::Must => Grade::Nice(weight),
            Grade::Nice(known) => Grade::Nice(known.min(weight)),
        }
    }

    /// Higher is wanted more.
    fn rank(self) -> f32 {
        match self {
            Grade::Must => f32::INFINITY,
            Grade::Nice(weight) => weight,
        }
    }
}
