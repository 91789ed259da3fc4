//! [`Error`]: what went wrong, where, and what to do next. The kind says who is to blame and decides the exit status.
//! A single bad file is no error but a [`crate::model::SkipReason`].

use std::fmt;
use std::path::{Path, PathBuf};

/// Who is to blame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// What the user typed: a query, an option, a folder that is not there.
    Input,
    /// The machine: a disk, a permission, a lock held by another run.
    Environment,
    /// Us: a state that should not be possible.
    Internal,
}

/// A failure of a whole operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// Who is to blame.
    pub kind: ErrorKind,
    /// What happened: lower case, no full stop, names the thing.
    pub message: String,
    /// The file or folder it happened at.
    pub path: Option<PathBuf>,
    /// What to type or do next.
    pub hint: Option<String>,
    /// For queries: the text and the byte range to point at.
    pub span: Option<QuerySpan>,
}

/// The place in a query an error or notice points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuerySpan {
    /// The whole query as typed.
    pub query: String,
    /// First byte.
    pub start: usize,
    /// Byte after the last; equal to `start` for "here".
    pub end: usize,
}

/// Result with our [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into(), path: None, hint: None, span: None }
    }

    /// The user's input cannot be meant.
    pub fn input(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Input, message)
    }

    /// The machine would not do it.
    pub fn environment(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Environment, message)
    }

    /// A bug of ours.
    pub fn internal(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Internal, message)
    }

    /// Names the file or folder.
    pub fn at(mut self, path: impl AsRef<Path>) -> Error {
        self.path = Some(path.as_ref().to_path_buf());
        self
    }

    /// Says what to do next.
    pub fn hint(mut self, hint: impl Into<String>) -> Error {
        self.hint = Some(hint.into());
        self
    }

    /// Points into a query.
    pub fn span(mut self, query: &str, start: usize, end: usize) -> Error {
        self.span = Some(QuerySpan { query: query.to_string(), start, end });
        self
    }

    /// Exit status of the program: always 2 (0 = found, 1 = nothing found).
    pub fn exit_code(&self) -> u8 {
        2
    }
}

/// `message: path`, then the query with a caret, then `hint: …`, each on its own line.
impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.message)?;
        if let Some(path) = &self.path {
            write!(out, ": {}", path.display())?;
        }
        if let Some(span) = &self.span {
            write!(out, "\n{}", Caret(span))?;
        }
        if let Some(hint) = &self.hint {
            write!(out, "\nhint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// Prints the line of the query that holds the span, and carets under it.
struct Caret<'a>(&'a QuerySpan);

impl fmt::Display for Caret<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let QuerySpan { query, start, end } = self.0;
        let start = floor(query, *start);
        let line_start = query[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = query[start..].find('\n').map_or(query.len(), |at| start + at);
        // A very long query shows only the neighbourhood of the fault.
        let from = floor(query, line_start.max(start.saturating_sub(60)));
        let to = floor(query, line_end.min(start + 60));
        let end = floor(query, (*end).clamp(start, to.max(start)));
        let before = query[from..start].chars().count();
        let width = query[start..end.max(start)].chars().count().max(1);
        writeln!(out, "  {}", &query[from..to.max(from)])?;
        write!(out, "  {}{}", " ".repeat(before), "^".repeat(width))
    }
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_error_points_at_its_place() {
        let error = Error::input("unknown field `tittle`").span("java tittle:x", 5, 11).hint("did you mean `title:`?");
        let expected = "unknown field `tittle`\n  java tittle:x\n       ^^^^^^\nhint: did you mean `title:`?";
        assert_eq!(error.to_string(), expected);
    }
}
