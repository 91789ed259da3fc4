//! Why a file was left out: [`SkipReason`], one sentence each. Totals by reason end every run.

use serde::{Deserialize, Serialize};
use std::any::Any;
use std::fmt;

/// The reason a file is not in the index. The ledger counts by [`SkipReason::name`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "reason", content = "detail", rename_all = "kebab-case")]
pub enum SkipReason {
    /// No bytes, or only blanks.
    Empty,
    /// Larger than the limit; holds the size in bytes.
    TooLarge(u64),
    /// Protected by a password.
    Encrypted,
    /// Damaged; holds what the reader said.
    Corrupt(String),
    /// A kind of file that is not read; holds what it is.
    Unsupported(String),
    /// A PDF of pictures: no text layer.
    NoTextLayer,
    /// Text that no Unicode map covers.
    Unmappable,
    /// Binary bytes under a text name.
    Binary,
    /// The operating system would not give the bytes; holds its message.
    Unreadable(String),
    /// A symbolic link that leads back to itself.
    LinkLoop,
    /// Not a regular file (a pipe, socket or device).
    NotAFile,
    /// Vanished between the listing and the reading.
    Vanished,
    /// The reader crashed on it; holds the message.
    ReaderCrashed(String),
    /// The reader took too long; holds the limit in seconds.
    TimedOut(u64),
    /// An archive that was opened: its files (their number) stand in the ledger under its path.
    Opened(u64),
    /// The reader needed more memory than it is given; holds the limit in MiB.
    OutOfMemory(u64),
    /// Same bytes as another file; holds that file's path.
    Duplicate(String),
}

/// Every reason by name with one of its kind, and what people also call it. A new reason is a new row.
const REASONS: &[(&str, &[&str])] = &[
    ("empty", &["blank"]),
    ("too-large", &["large", "huge"]),
    ("encrypted", &["locked", "password"]),
    ("corrupt", &["damaged", "broken"]),
    ("unsupported", &["unknown-format"]),
    ("no-text-layer", &["scan", "scanned", "picture"]),
    ("unmappable", &["garbled"]),
    ("binary", &[]),
    ("unreadable", &["permission"]),
    ("link-loop", &[]),
    ("not-a-file", &["pipe"]),
    ("vanished", &["gone"]),
    ("reader-crashed", &["crashed", "crash"]),
    ("timed-out", &["timeout", "hung"]),
    ("out-of-memory", &["memory"]),
    ("duplicate", &["copy"]),
];

/// What helps against most damage.
const SAVE_AGAIN: &str = "open it and save or print it as a new PDF";

impl SkipReason {
    /// The names of all reasons.
    pub fn names() -> impl Iterator<Item = &'static str> {
        REASONS.iter().map(|(name, _)| *name)
    }

    /// The reason called so, by name or by another word for it: `scan` is `no-text-layer`.
    pub fn named(text: &str) -> Option<&'static str> {
        let text = text.to_lowercase().replace([' ', '_'], "-");
        REASONS.iter().find(|(name, others)| *name == text || others.contains(&text.as_str())).map(|(name, _)| *name)
    }

    /// The reason for a panic caught while reading.
    pub fn of_panic(panic: &(dyn Any + Send)) -> SkipReason {
        let message = panic.downcast_ref::<&str>().map(ToString::to_string);
        let message = message.or_else(|| panic.downcast_ref::<String>().cloned());
        SkipReason::ReaderCrashed(message.unwrap_or_else(|| "no message".into()))
    }

    /// Short name for counting and filtering: `no-text-layer`.
    pub fn name(&self) -> &'static str {
        match self {
            SkipReason::Empty => "empty",
            SkipReason::TooLarge(_) => "too-large",
            SkipReason::Encrypted => "encrypted",
            SkipReason::Corrupt(_) => "corrupt",
            SkipReason::Unsupported(_) => "unsupported",
            SkipReason::NoTextLayer => "no-text-layer",
            SkipReason::Unmappable => "unmappable",
            SkipReason::Binary => "binary",
            SkipReason::Unreadable(_) => "unreadable",
            SkipReason::LinkLoop => "link-loop",
            SkipReason::NotAFile => "not-a-file",
            SkipReason::Vanished => "vanished",
            SkipReason::ReaderCrashed(_) => "reader-crashed",
            SkipReason::TimedOut(_) => "timed-out",
            SkipReason::Opened(_) => "opened",
            SkipReason::OutOfMemory(_) => "out-of-memory",
            SkipReason::Duplicate(_) => "duplicate",
        }
    }
}

/// A sentence a person understands, with what to do about it where something can be done.
impl fmt::Display for SkipReason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SkipReason::Empty => write!(out, "empty file"),
            SkipReason::TooLarge(bytes) => {
                write!(out, "too large ({bytes} bytes); raise --max-file-size to read it")
            }
            SkipReason::Encrypted => write!(out, "encrypted; save a copy without a password"),
            SkipReason::Corrupt(what) => write!(out, "damaged: {what}"),
            SkipReason::Unsupported(what) => write!(out, "not a format that is read: {what}"),
            SkipReason::NoTextLayer => {
                write!(out, "no text layer (a scan); `vitae index --ocr` reads it if Tesseract is installed")
            }
            SkipReason::Unmappable => write!(
                out,
                "its fonts do not say which letters they show; `vitae index --ocr` reads it if Tesseract is installed"
            ),
            SkipReason::Binary => write!(out, "binary bytes, not text"),
            SkipReason::Unreadable(what) => write!(out, "cannot be read: {what}"),
            SkipReason::LinkLoop => write!(out, "a symbolic link that leads back to itself"),
            SkipReason::NotAFile => write!(out, "not a regular file"),
            SkipReason::Vanished => write!(out, "vanished while the folder was read"),
            SkipReason::ReaderCrashed(what) => {
                write!(out, "the reader crashed on it: {what}; {SAVE_AGAIN}")
            }
            SkipReason::TimedOut(seconds) => {
                write!(out, "took longer than {seconds} s to read; {SAVE_AGAIN}, or raise --read-time")
            }
            SkipReason::OutOfMemory(mebibytes) => {
                write!(out, "needs more than {mebibytes} MiB to read; {SAVE_AGAIN}, or raise --read-memory")
            }
            SkipReason::Opened(1) => write!(out, "an archive; its one file has a line of its own"),
            SkipReason::Opened(count) => write!(out, "an archive; its {count} files have lines of their own"),
            SkipReason::Duplicate(path) => write!(out, "same content as {path}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_row() {
        let reasons = [
            SkipReason::Empty,
            SkipReason::TooLarge(1),
            SkipReason::Encrypted,
            SkipReason::Corrupt(String::new()),
            SkipReason::Unsupported(String::new()),
            SkipReason::NoTextLayer,
            SkipReason::Unmappable,
            SkipReason::Binary,
            SkipReason::Unreadable(String::new()),
            SkipReason::LinkLoop,
            SkipReason::NotAFile,
            SkipReason::Vanished,
            SkipReason::ReaderCrashed(String::new()),
            SkipReason::TimedOut(1),
            SkipReason::OutOfMemory(1),
            SkipReason::Duplicate(String::new()),
        ];
        assert!(SkipReason::names().eq(reasons.iter().map(SkipReason::name)));
        assert_eq!(SkipReason::named("Scan"), Some("no-text-layer"));
        assert_eq!(SkipReason::named("no such"), None);
    }
}
