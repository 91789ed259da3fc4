//! `vitae index`: brings the index up to date with a folder. In: a folder. Out: a report on stdout, progress on stderr. Ctrl-C, SIGTERM
//! and SIGHUP stop it after the files in hand; what was finished is committed.

use super::worker::Reading;
use super::{Outcome, as_of, month_of};
use crate::args::{Args, IndexArgs};
use crate::output;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};
use vitae::engine::embedded::sink::{EmbeddedSink, Opened};
use vitae::index::{Control, IndexOptions, Progress, Reader, Report};

/// Between two progress lines when stderr is no terminal.
const PLAIN_EVERY: Duration = Duration::from_secs(5);

/// Runs the command. [`Outcome::Nothing`] when the folder holds files and none of them could be indexed.
pub fn run(args: &Args, options: &IndexArgs) -> anyhow::Result<Outcome> {
    let as_of = month_of(as_of(options.as_of.as_deref())?);
    if !options.folder.is_dir() {
        let problem = if options.folder.exists() { "this is a file, not a folder" } else { "no such folder" };
        let error = vitae::Error::input(problem).at(&options.folder);
        return Err(error.hint("name the folder with the résumés: vitae index FOLDER").into());
    }
    let cancel = crate::stop::flag()?;

    let lexicon = crate::user_lexicon::load(&args.index)?;
    let reading = Reading::new(&options.reading)?;
    let extract = reading.extract(Reader { lexicon, as_of });
    let open = if options.rebuild { EmbeddedSink::open_anew } else { EmbeddedSink::open_with };
    let (mut sink, opened) = open(&args.index, (options.memory as usize) << 20)?;
    let run = IndexOptions {
        hidden: options.reading.hidden,
        max_bytes: options.reading.max_file_size << 20,
        threads: options.threads.map_or(0, usize::from),
        read_all: options.rebuild,
        archives: options.archives,
        ..IndexOptions::new(&options.folder, &args.index)
    };
    let mut meter = Meter::new(args.quiet);
    let mut progress = |progress: Progress<'_>| meter.show(progress);
    let control = Control { progress: &mut progress, cancel: &cancel };
    let mut report = vitae::index::run(&run, &*extract, &mut sink, control)?;
    // Who stops a run does not want to wait for merging.
    if !report.interrupted {
        sink.close()?;
    }
    meter.finish();
    if opened == Opened::Replaced {
        report
            .notices
            .push("the index was written by another version of vitae, or damaged; it was made anew".to_string());
    }
    print(args, options, &report)?;
    if report.interrupted {
        return Ok(Outcome::Interrupted);
    }
    let failed = report.seen > 0 && report.documents == 0;
    if failed {
        let error = vitae::Error::input("none of the files could be indexed").at(&options.folder);
        return Err(error.hint("the reasons stand above; `vitae ledger` lists every file").into());
    }
    Ok(Outcome::Found)
}

fn print(args: &Args, options: &IndexArgs, report: &Report) -> anyhow::Result<()> {
    if options.json {
        return output::json(report);
    }
    output::data(&format!("{report}\n"))?;
    if options.stats {
        output::data(&format!("\n{}", vitae::index::report::stats(report)))?;
    }
    if options.verbose {
        super::ledger::print_skipped(&args.index)?;
    } else if report.skipped_total() > 0 && !args.quiet {
        output::remark("every skipped file: vitae ledger --reason skipped");
    }
    Ok(())
}

/// Shows how far a run is: a bar with rate and time left on a terminal, a line now and then elsewhere.
struct Meter {
    bar: Option<ProgressBar>,
    plain: bool,
    started: Instant,
    last: Instant,
}

impl Meter {
    fn new(quiet: bool) -> Meter {
        let terminal = std::io::stderr().is_terminal();
        let bar = (terminal && !quiet).then(|| ProgressBar::new(0).with_style(style()));
        Meter { bar, plain: !terminal && !quiet, started: Instant::now(), last: Instant::now() }
    }

    fn show(&mut self, progress: Progress<'_>) {
        if let Some(bar) = &self.bar {
            bar.set_length(progress.total);
            bar.set_position(progress.done);
        } else if self.plain && self.last.elapsed() >= PLAIN_EVERY {
            self.last = Instant::now();
            let seconds = self.started.elapsed().as_secs_f64();
            let rate = progress.done as f64 / seconds;
            let left = (progress.total - progress.done) as f64 / rate.max(1e-9);
            output::remark(&format!("{} of {} files, {rate:.0}/s, {left:.0} s left", progress.done, progress.total));
        }
    }

    fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn style() -> ProgressStyle {
    let template = "{bar:30} {pos} of {len} files  {per_sec}  {eta} left";
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
