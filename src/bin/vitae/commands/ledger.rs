//! `vitae ledger`: every file of the last run with its state and reason. In: the index folder. Out: a line a file on stdout.

use super::Outcome;
use crate::args::{Args, LedgerArgs};
use crate::output;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use vitae::engine::embedded::Embedded;
use vitae::index::{FileState, LedgerLine, ledger};
use vitae::model::SkipReason;

/// Runs the command.
pub fn run(args: &Args, options: &LedgerArgs) -> anyhow::Result<Outcome> {
    let wanted = options.reason.as_deref().map(wanted).transpose()?;
    let lines = lines(&args.index)?;
    let shown: Vec<&LedgerLine> = lines.iter().filter(|line| matches(line, wanted)).collect();
    if options.json {
        for line in &shown {
            output::json_line(line)?;
        }
    } else {
        output::data(&text(&shown))?;
        if !args.quiet {
            output::remark(&totals(&lines, shown.len()));
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

/// A state or a reason by any of its names.
fn wanted(text: &str) -> vitae::Result<&'static str> {
    let state = STATES.iter().find(|state| state.eq_ignore_ascii_case(text)).copied();
    state.or_else(|| SkipReason::named(text)).ok_or_else(|| {
        let names: Vec<&str> = STATES.iter().copied().chain(SkipReason::names()).collect();
        vitae::Error::input(format!("no such state or reason: `{text}`")).hint(format!("one of: {}", names.join(", ")))
    })
}

/// What `--reason` accepts beside the reasons.
const STATES: &[&str] = &["indexed", "skipped"];

/// `3 of 85 files (82 indexed, 2 no-text-layer, 1 encrypted)`.
fn totals(lines: &[LedgerLine], shown: usize) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines {
        let name = match &line.state {
            FileState::Indexed { .. } => "indexed",
            FileState::Skipped(reason) => reason.name(),
        };
        *counts.entry(name).or_insert(0) += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    let counts: Vec<String> = counts.iter().map(|(name, count)| format!("{count} {name}")).collect();
    format!("{shown} of {} files ({})", lines.len(), counts.join(", "))
}

fn lines(index: &Path) -> vitae::Result<Vec<LedgerLine>> {
    let note = Embedded::open(index)?.note()?;
    ledger(index, &note)
}

fn matches(line: &LedgerLine, wanted: Option<&str>) -> bool {
    let Some(wanted) = wanted else { return true };
    match &line.state {
        FileState::Indexed { .. } => wanted == "indexed",
        // What a copy says is in the index.
        FileState::Skipped(reason @ SkipReason::Duplicate(_)) => wanted == reason.name(),
        FileState::Skipped(reason) => wanted == "skipped" || wanted == reason.name(),
    }
}

/// `indexed  3f2a9c0d11e4  pdf   deep/a.pdf`, `skipped  encrypted  b.pdf: encrypted; save a copy …`.
fn text(lines: &[&LedgerLine]) -> String {
    let mut out = String::new();
    for line in lines {
        // A name may hold a line break; a file has one line.
        let path = line.path.replace('\n', "\\n");
        let _ = match &line.state {
            FileState::Indexed { id, format } => writeln!(out, "indexed  {id:<14} {:<10} {path}", format.name()),
            FileState::Skipped(reason) => writeln!(out, "skipped  {:<25} {path}: {reason}", reason.name()),
        };
    }
    out
}
