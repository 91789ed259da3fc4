//! vitae: full-text candidate search over a folder of résumés.

pub mod analysis;
pub mod error;
pub mod model;
pub mod query;

pub use error::{Error, ErrorKind, Result};
