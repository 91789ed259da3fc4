//! One file per command. In: parsed arguments. Out: an [`Outcome`]. Commands call the library and hand the answer to `output`.

mod eval;
mod explain;
mod forget;
mod index;
mod inspect;
mod ledger;
mod matching;
mod parse;
mod saved;
mod search;
mod show;
mod similar;
mod stats;
mod suggest;
mod translate;
mod worker;

use crate::args::{Args, Command};
use crate::output;
use clap::CommandFactory;
use jiff::civil::Date;
use std::path::Path;
use std::process::ExitCode;
use vitae::engine::embedded::Embedded;
use vitae::engine::{Document, Engine};
use vitae::model::Month;

/// How a command ended, when nothing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Something was found or done: exit status 0.
    Found,
    /// Nothing was found: exit status 1.
    Nothing,
    /// Ctrl-C or another signal stopped it: 130, as shells have it, so that what stands behind `&&` does not run.
    Interrupted,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        match outcome {
            Outcome::Found => ExitCode::SUCCESS,
            Outcome::Nothing => ExitCode::from(1),
            Outcome::Interrupted => ExitCode::from(crate::stop::STOPPED),
        }
    }
}

/// The engine of a command that reads. It goes with the program: to give back what it holds piece by piece takes a tenth of a search.
fn engine(index: &Path) -> vitae::Result<&'static Embedded> {
    Ok(Box::leak(Box::new(Embedded::open(index)?)))
}

/// A candidate by an id or a path, as `search` prints either; without one, a remark says so, unless `--quiet`.
fn candidate(args: &Args, engine: &Embedded, named: &str) -> vitae::Result<Option<Document>> {
    if let Some(document) = engine.document(named)? {
        return Ok(Some(document));
    }
    let folder = vitae::index::folder(&args.index, &engine.note()?);
    let inside = folder.and_then(|folder| Some(Path::new(named).strip_prefix(folder).ok()?.to_path_buf()));
    let document = match inside.as_deref().and_then(Path::to_str) {
        Some(inside) => engine.document(inside)?,
        None => None,
    };
    if document.is_none() && !args.quiet {
        output::remark(&format!("no candidate with the id or path `{named}`"));
        output::remark("hint: ids stand in the result list of `vitae search`, paths there and in `vitae ledger`");
    }
    Ok(document)
}

/// Paths as the shell can use them, a line each: those of an index stand below the folder it was made of.
fn full_paths<'p>(index: &Path, engine: &Embedded, paths: impl Iterator<Item = &'p str>) -> vitae::Result<String> {
    let folder = vitae::index::folder(index, &engine.note()?).unwrap_or_default();
    Ok(paths.map(|path| format!("{}\n", folder.join(path).display())).collect())
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    match &args.command {
        Command::Index(options) => index::run(args, options),
        Command::Search(options) => search::run(args, options),
        Command::Match(options) => matching::run(args, options),
        Command::Similar(options) => similar::run(args, options),
        Command::Suggest(options) => suggest::run(args, options),
        Command::Saved(options) => saved::run(args, options),
        Command::Translate(options) => translate::run(args, options),
        Command::Parse(options) => parse::run(args, options),
        Command::Show(options) => show::run(args, options),
        Command::Forget(options) => forget::run(args, options),
        Command::Inspect(options) => inspect::run(args, options),
        Command::Explain(options) => explain::run(args, options),
        Command::Ledger(options) => ledger::run(args, options),
        Command::Stats(options) => stats::run(args, options),
        Command::Eval(options) => eval::run(args, options),
        Command::ReadWorker { limits, check } => worker::run(limits, *check),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Args::command(), "vitae", &mut script);
            output::data(&String::from_utf8_lossy(&script))?;
            Ok(Outcome::Found)
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Args::command()).render(&mut page)?;
            output::data(&String::from_utf8_lossy(&page))?;
            Ok(Outcome::Found)
        }
    }
}

/// Today by the clock of this machine: the only place that asks it.
fn today() -> Date {
    use jiff::{Timestamp, Zoned, tz::TimeZone};
    // The rules of this place are one file; asked for its name, jiff first walks through all places of the world.
    let here = || {
        let named = std::env::var_os("TZ").is_some();
        let rules = std::fs::read("/etc/localtime").ok().filter(|_| !named)?;
        TimeZone::tzif("localtime", &rules).ok()
    };
    here().map_or_else(Zoned::now, |zone| Timestamp::now().to_zoned(zone)).date()
}

/// The day a search or a run counts from: the day asked for, the last day of the month asked for, or today.
///
/// # Errors
/// The text is neither `YYYY-MM-DD` nor `YYYY-MM`.
fn as_of(text: Option<&str>) -> vitae::Result<Date> {
    let Some(text) = text else { return Ok(today()) };
    let day = text.parse::<Date>().ok();
    let month = || format!("{text}-01").parse::<Date>().ok().map(|first| first.last_of_month());
    day.or_else(month).ok_or_else(|| {
        vitae::Error::input(format!("--as-of is a month or a day, not `{text}`")).hint("type 2026-01 or 2026-01-31")
    })
}

/// The month of a day.
fn month_of(day: Date) -> Month {
    Month::new(i32::from(day.year()), day.month() as u32)
}
