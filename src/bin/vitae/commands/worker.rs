//! `vitae read-worker` (hidden): this program as its own worker process, and how the other commands start it. In: limits; requests on
//! stdin. Out: answers on stdout. The work is `vitae::isolate`.

use super::Outcome;
use crate::args::reading::{LimitArgs, ReadingArgs};
use crate::output;
use std::fs::File;
use std::net::UdpSocket;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;
use vitae::index::{Extract, IsolatedReader, Reader};
use vitae::isolate::{Launch, Limits, Ocr, Workers, confine};

/// Runs the command.
pub fn run(args: &LimitArgs, check: bool) -> anyhow::Result<Outcome> {
    if check {
        return self::check(limits(args));
    }
    vitae::isolate::serve(limits(args))?;
    Ok(Outcome::Found)
}

/// What reads files, as the command line wants it.
pub struct Reading {
    workers: Workers,
    ocr: Option<Ocr>,
    in_process: bool,
}

impl Reading {
    /// Looks for Tesseract when scans are to be read; starts no worker yet.
    pub fn new(args: &ReadingArgs) -> anyhow::Result<Reading> {
        let ocr = args.ocr.as_deref();
        let ocr = ocr.map(|languages| Ocr::find("tesseract", languages, limits(&args.limits))).transpose()?;
        Ok(Reading { workers: workers(&args.limits)?, ocr, in_process: args.in_process })
    }

    /// Reads by workers and OCR, or in this process, what `reader` then understands.
    pub fn extract<'a>(&'a self, reader: Reader<'a>) -> Box<dyn Extract + 'a> {
        if self.in_process {
            return Box::new(reader);
        }
        Box::new(IsolatedReader { reader, workers: &self.workers, ocr: self.ocr.as_ref() })
    }
}

/// Workers of this very program.
fn workers(args: &LimitArgs) -> anyhow::Result<Workers> {
    // The running file itself, also when an update has put another one at its place.
    let running = PathBuf::from("/proc/self/exe");
    let program = if running.exists() { running } else { std::env::current_exe()? };
    let (time, memory) = (args.read_time.to_string(), args.read_memory.to_string());
    let arguments = ["read-worker", "--read-time", &time, "--read-memory", &memory].map(Into::into).to_vec();
    Ok(Workers::new(Launch { program, arguments }, limits(args)))
}

fn limits(args: &LimitArgs) -> Limits {
    Limits { memory: args.read_memory << 20, time: Duration::from_secs(args.read_time) }
}

/// Tries, confined, what a worker must not do.
fn check(limits: Limits) -> anyhow::Result<Outcome> {
    let own = std::env::current_exe()?;
    confine::process(limits);
    confine::threads();
    let mut memory: Vec<u8> = Vec::new();
    let too_much = usize::try_from(limits.memory).unwrap_or(usize::MAX);
    let tried = [
        ("opening files", File::open(own).is_ok()),
        ("writing files", File::create(std::env::temp_dir().join("vitae-read-worker-check")).is_ok()),
        ("using the network", UdpSocket::bind(("127.0.0.1", 0)).is_ok()),
        ("starting programs", Command::new("true").spawn().is_ok()),
        ("more memory than the limit", memory.try_reserve_exact(too_much).is_ok()),
    ];
    for (what, possible) in tried {
        output::data(&format!("{what}: {}\n", if possible { "possible" } else { "refused" }))?;
    }
    Ok(if tried.iter().any(|(_, possible)| *possible) { Outcome::Nothing } else { Outcome::Found })
}
