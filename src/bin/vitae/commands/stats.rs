//! `vitae stats`: numbers about the index, after a check of its files if that is wanted. In: the index. Out: a small table on stdout.

use super::Outcome;
use crate::args::{Args, StatsArgs};
use crate::output::{self, style};
use std::fmt::Write;
use std::path::Path;
use vitae::engine::Engine;
use vitae::engine::embedded::{Embedded, check};

/// Runs the command.
pub fn run(args: &Args, options: &StatsArgs) -> anyhow::Result<Outcome> {
    if options.check {
        check(&args.index)?;
    }
    let stats = Embedded::open(&args.index)?.stats()?;
    if options.json {
        output::json(&stats)?;
        return Ok(Outcome::Found);
    }
    let mut out = String::new();
    let _ = writeln!(out, "{:>9}  candidates", stats.candidates);
    let _ = writeln!(out, "{:>9}  files with different contents", stats.documents);
    let _ = writeln!(out, "{:>9}  distinct words", stats.terms);
    let _ = writeln!(out, "{:>9}  segments", stats.segments);
    let _ = writeln!(out, "{:>9.1}  MiB on disk", stats.bytes as f64 / f64::from(1 << 20));
    let of_files = ("formats", &stats.formats, stats.documents);
    let of_candidates = ("known of how many", &stats.present, stats.candidates);
    for (title, rows, all) in [of_files, of_candidates] {
        let _ = writeln!(out, "\n{}", style::bold(title));
        for (name, count) in rows {
            let share = 100.0 * *count as f64 / all.max(1) as f64;
            let _ = writeln!(out, "{count:>9}  {name:<14} {}", style::dim(&format!("{share:.0} %")));
        }
    }
    output::data(&out)?;
    Ok(Outcome::Found)
}

/// Ends with an error that names the damaged files.
fn check(index: &Path) -> vitae::Result<()> {
    let check::Checked { damaged, note } = check::check(index)?;
    let names = damaged.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(", ");
    if !damaged.is_empty() {
        let error = vitae::Error::environment(format!("damaged: {names}"));
        return Err(error.hint("write the index anew: vitae index FOLDER --rebuild"));
    }
    vitae::index::ledger(index, &note).map(drop)
}
