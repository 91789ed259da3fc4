//! What a person or a program sees. In: answers of the library. Out: text on stdout (data) and stderr (remarks, errors).
//! In reading order: `style` the few looks, `hits` a result list, `matching` the answer to a job description, `facets` their table, `explanation` how a query was read,
//! `profile` one candidate, `json_resume` and `csv` the same for programs, `stages` for `inspect`, `table` rows in columns.

pub mod csv;
pub mod explanation;
pub mod facets;
pub mod hits;
pub mod json_resume;
pub mod matching;
pub mod profile;
pub mod stages;
pub mod style;
pub mod table;

use serde::Serialize;
use std::io::{self, Write};

/// Writes data to stdout, styles only where they are wanted. A closed pipe comes back as an error of that kind.
pub fn data(text: &str) -> io::Result<()> {
    let mut stdout = anstream::stdout();
    if stdout.current_choice() == anstream::ColorChoice::Never {
        // In one piece: where styles are dropped on the way every piece between two of them is written for itself.
        let plain = anstream::adapter::strip_str(text).to_string();
        let mut stdout = io::stdout().lock();
        stdout.write_all(plain.as_bytes())?;
        return stdout.flush();
    }
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// Columns of the screen; none where the output goes somewhere else.
pub fn width() -> Option<usize> {
    #[cfg(unix)]
    {
        let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
        (size.ws_col > 0).then_some(usize::from(size.ws_col))
    }
    #[cfg(not(unix))]
    None
}

/// Writes one JSON value and a line end to stdout.
pub fn json(value: &impl Serialize) -> anyhow::Result<()> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    data(&text)?;
    Ok(())
}

/// Writes one JSON value on one line.
pub fn json_line(value: &impl Serialize) -> anyhow::Result<()> {
    let mut text = serde_json::to_string(value)?;
    text.push('\n');
    data(&text)?;
    Ok(())
}

/// Writes a remark to stderr, nothing for an empty one. That it cannot be written is no reason to stop.
pub fn remark(text: &str) {
    if text.is_empty() {
        return;
    }
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Writes an error with its causes and hint to stderr.
pub fn error(error: &anyhow::Error) {
    let mut text = error.to_string();
    for cause in error.chain().skip(1) {
        text.push_str(&format!(": {cause}"));
    }
    remark(&format!("{} {text}", style::alarm("error:")));
}
