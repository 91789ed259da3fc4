//! Folder → files → bytes: [`walk()`] lists, [`load()`] reads within limits and hashes, [`sniff()`] tells the format by the content. Knows
//! nothing of what is inside a file past what tells its kind.
//!
//! A file that is left out has a [`crate::model::SkipReason`]; nothing here fails a run.

pub mod load;
pub mod sniff;
pub mod walk;

pub use load::{ContentHash, Loaded, load};
pub use sniff::sniff;
pub use walk::{SourceFile, WalkOptions, walk};
