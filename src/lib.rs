//! Full-text candidate search over a folder of résumés: local, fast, explainable.
//!
//! ```text
//!  folder ─► corpus ─► read ─► sections ─► profile ─► index ─► engine ◄─ search ◄─ query ◄─ text typed by a person
//!           files     lines    headings    fields +   document  tantivy   rank,     grammar,
//!                     + layout  and spans   evidence   + sink              facets    tree, meaning
//! ```
//!
//! Indexing goes from the left, searching from the right; they meet in an engine. `model` holds the nouns that travel, `analysis` the one
//! tokenizer, `lexicon` what is known of the world. The program `vitae` is a thin shell around this library.
//!
//! ```
//! use vitae::lexicon::Lexicon;
//! use vitae::model::{Format, Month};
//!
//! let resume = "# Priya Example\n\npriya@example.com\n\n## Experience\n\n### Lead Engineer | Acme | Jan 2022 - Present\n\n- Kubernetes, Go\n";
//! let lexicon = Lexicon::builtin();
//! let text = vitae::read::read(resume.as_bytes(), Format::Markdown)?;
//! let sections = vitae::sections::split(&text, &lexicon);
//! let profile = vitae::profile::extract(&text, &sections, &lexicon, Month::new(2026, 1));
//!
//! assert_eq!(profile.jobs[0].titles[0].value, "Lead Engineer");
//! assert_eq!(profile.experience.months, Some(49));
//! assert!(profile.skills.iter().any(|skill| skill.name == "Kubernetes" && skill.months == Some(49)));
//! # Ok::<(), vitae::model::SkipReason>(())
//! ```
//!
//! The library prints nothing, reads no clock ("today" is an argument) and does not panic on any file. Not supported: mailboxes (mbox, PST); an engine on
//! a cluster.

pub mod error;
pub mod model;

pub mod analysis;
pub mod lexicon;

pub mod corpus;
pub mod read;

pub mod isolate;
pub mod sections;

pub mod profile;

pub mod index;

pub mod query;

pub mod vacancy;

pub mod engine;

pub mod search;

pub mod eval;

pub use error::{Error, ErrorKind, Result};

/// Reads one résumé: bytes and file name in, text, sections and profile out. No index, no file, no clock: "present" is `as_of`.
///
/// ```
/// use vitae::lexicon::Lexicon;
/// use vitae::model::Month;
///
/// let file = "# Priya Example\n\npriya@example.com\n\n## Education\n\nBSc Computer Science, University of Leeds, 2018\n";
/// let read = vitae::parse(file.as_bytes(), "priya.md", &Lexicon::builtin(), Month::new(2026, 1))?;
///
/// let (school, degree) = read.profile.highest_degree().expect("a degree is named");
/// assert_eq!(school.school.as_ref().map(|school| school.value.as_str()), Some("University of Leeds"));
/// assert_eq!(degree.level.map(|level| level.name()), Some("bachelor"));
/// assert_eq!(read.profile.emails[0].value, "priya@example.com");
/// # Ok::<(), vitae::model::SkipReason>(())
/// ```
///
/// # Errors
/// Why the bytes cannot be read: empty, encrypted, no text layer, unknown format, …
pub fn parse(
    bytes: &[u8],
    file_name: &str,
    lexicon: &lexicon::Lexicon,
    as_of: model::Month,
) -> std::result::Result<index::Extracted, model::SkipReason> {
    let format = corpus::sniff(bytes, file_name)?;
    index::extract::guarded(&index::extract::Reader { lexicon, as_of }, bytes, format)
}
