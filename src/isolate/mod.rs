//! Bytes from strangers, read where a crash, a hang or a memory bomb costs that one file: worker processes of our own program.
//!
//! ```text
//!  pipeline thread ─► pool ─► worker process ── stdin ──► serve: limits, then read::read, file by file
//!        ▲             │            │
//!        └── TextDoc ◄─┴── stdout ◄─┘        watchdog: kills it at the deadline;  a dead one is replaced
//! ```
//!
//! In: bytes and their format. Out: what [`crate::read::read`] says of them, or the reason why the worker did not come back. Knows
//! neither files nor résumés. Plain formats need no worker ([`is_wanted`]); a library user without our program needs none at all.
//!
//! In reading order: [`pool`] the workers as the pipeline sees them, [`process`](self) one of them, `watchdog` the deadlines,
//! [`protocol`] what goes through the pipes, [`worker`] the other end, [`confine`] what it gives up, [`ocr`] scans by Tesseract with `tsv` its answer.

pub mod confine;
pub mod ocr;
pub mod pool;
mod process;
pub mod protocol;
#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
mod syscalls;
mod tsv;
mod watchdog;
pub mod worker;

pub use confine::Limits;
pub use ocr::Ocr;
pub use pool::{Launch, Workers};
pub use worker::serve;

use crate::model::Format;

/// Formats whose parsers are large and whose files can be bombs. Text, Markdown, HTML and JSON are read by small linear code.
pub fn is_wanted(format: Format) -> bool {
    !matches!(format, Format::Text | Format::Markdown | Format::Html | Format::JsonResume)
}
