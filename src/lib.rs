//! Full-text candidate search over a folder of résumés: local, fast, explainable.
//!
//! ```text
//!  folder ─► corpus ─► read ─► sections ─► profile ─► index ─► engine ◄─ search ◄─ query ◄─ text typed by a person
//!           files     lines    headings    fields +   document  tantivy   rank,     grammar,
//!                     + layout  and spans   evidence   + sink              facets    tree, meaning

pub mod error;
pub mod model;
pub mod analysis;
pub mod lexicon;
pub mod corpus;
pub mod read;
pub mod sections;
pub mod profile;
pub mod index;
pub mod query;
pub mod engine;
pub mod search;
pub mod eval;

pub use error::{Error, ErrorKind, Result};
