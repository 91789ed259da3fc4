//! Files → index: what goes into an index and how it gets there. Knows no engine: [`document()`] is engine-neutral and an engine
//! implements the [`Sink`].
//!
//! In reading order: [`pipeline`] the run, [`plan`] what there is to do, [`readers`] its threads, [`channel`] between them, [`members`] files inside files,
//! [`extract`] bytes to profile, [`document()`] one résumé as plain data ([`columns`] its numbers, [`slots`] its words by entry, [`stuffing`] those that only repeat,
//! [`text`] its lines and [`packed`] its profile as stored), [`sink`] where it goes,
//! [`settle`] the last changes, [`fold`] several documents of one person ([`persons`], [`sign`]), [`manifest`] what the index was made of ([`files`] by number, [`file_list`] in bytes, [`documents`] where the index differs), [`forget()`] erasing, [`report`] and [`ledger()`] what became of every file.

pub mod channel;
pub mod columns;
pub mod document;
pub mod documents;
pub mod extract;
pub mod file_list;
pub mod files;
pub mod fold;
pub mod forget;
pub mod ledger;
pub mod manifest;
pub mod members;
pub mod packed;
pub mod persons;
pub mod pipeline;
pub mod plan;
pub mod readers;
pub mod report;
pub mod settle;
pub mod sign;
pub mod sink;
pub mod slots;
pub mod stuffing;
pub mod text;
pub mod varint;

pub use document::{FileFacts, IndexDocument, document};
pub use extract::{Extract, Extracted, IsolatedReader, ReadText, Reader, Understood};
pub use forget::{Forgotten, forget};
pub use ledger::{FileState, LedgerLine, ledger};
pub use manifest::{counts, folder};
pub use pipeline::{Control, IndexOptions, run};
pub use report::{Progress, Report};
pub use sink::{Sink, Stored};
