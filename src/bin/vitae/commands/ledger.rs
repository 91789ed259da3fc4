//! `vitae ledger`: every file of the last run with its state and reason. In: the index folder. Out: a line a file on stdout.

use super::Outcome;
use crate::args::{Args, LedgerArgs};
use crate::output;
use std::fmt::Write;
use std::path::Path;
use vitae::engine::embedded::Embedded;
use vitae::index::{FileState, LedgerLine, ledger};

/// Runs the command.
pub fn run(args: &Args, options: &LedgerArgs) -> anyhow::Result<Outcome> {
    let wanted = options.reason.as_deref().map(str::to_lowercase);
    let lines = lines(&args.index)?;
    if let Some(wanted) = &wanted
        && !NAMES.contains(&wanted.as_str())
    {
        let error = vitae::Error::input(format!("no such state or reason: `{wanted}`"));
        return Err(error.hint(format!("one of: {}", NAMES.join(", "))).into());
    }
    let shown: Vec<&LedgerLine> = lines.iter().filter(|line| matches(line, wanted.as_deref())).collect();
    if options.json {
        for line in &shown {
            output::json_line(line)?;
        }
    } else {
        output::data(&text(&shown))?;
        if !args.quiet {
            output::remark(&format!("{} of {} files", shown.len(), lines.len()));
        }
    }
    Ok(if shown.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

/// Prints the skipped files of the last run.
pub fn print_skipped(index: &Path) -> anyhow::Result<()> {
    let lines = lines(index)?;
    let skipped: Vec<&LedgerLine> = lines.iter().filter(|line| matches(line, Some("skipped"))).collect();
    output::data(&text(&skipped))?;
    Ok(())
}

/// What `--reason` accepts: the two states, then the reasons.
const NAMES: &[&str] = &[
    "indexed",
    "skipped",
    "empty",
    "too-large",
    "encrypted",
    "corrupt",
    "unsupported",
    "no-text-layer",
    "unmappable",
    "binary",
    "unreadable",
    "link-loop",
    "not-a-file",
    "vanished",
    "reader-crashed",
    "timed-out",
    "out-of-memory",
    "duplicate",
];

fn lines(index: &Path) -> vitae::Result<Vec<LedgerLine>> {
    let note = Embedded::open(index)?.note()?;
    ledger(index, &note)
}

fn matches(line: &LedgerLine, wanted: Option<&str>) -> bool {
    let Some(wanted) = wanted else { return true };
    match &line.state {
        FileState::Indexed { .. } => wanted == "indexed",
        FileState::Skipped(reason) => wanted == "skipped" || wanted == reason.name(),
    }
}

/// `indexed  3f2a9c0d11e4  pdf   deep/a.pdf`, `skipped  encrypted  b.pdf: encrypted; save a copy …`.
fn text(lines: &[&LedgerLine]) -> String {
    let mut out = String::new();
    for line in lines {
        let _ = match &line.state {
            FileState::Indexed { id, format } => {
                writeln!(out, "indexed  {id:<14} {:<10} {}", format.name(), line.path)
            }
            FileState::Skipped(reason) => {
                writeln!(out, "skipped  {:<25} {}: {reason}", reason.name(), line.path)
            }
        };
    }
    out
}
