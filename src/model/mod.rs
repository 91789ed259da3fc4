//! The nouns between the stages: plain data with public fields and serde. No I/O, no engine, no clock.
//!
//! In reading order: [`text`] what a file says and how it looks, [`section`] which lines belong together,
//! [`date`] months and periods with uncertainty, [`profile`] what we understood, [`field`] what can be searched,
//! [`hit`] what a search answers, [`skip`] why a file was left out.

pub mod date;
pub mod field;
pub mod hit;
pub mod profile;
pub mod section;
pub mod skip;
pub mod text;

pub use date::{DateFlag, DatePoint, End, Month, Period};
pub use field::{FIELDS, Field, FieldId, FieldKind};
pub use hit::{Facet, FacetValue, FileCounts, Hit, HitVersion, LeftOut, ScorePart, Snippet};
pub use profile::*;
pub use section::{Section, SectionKind};
pub use skip::SkipReason;
pub use text::{Format, Line, Link, Style, TextDoc, Warning};
