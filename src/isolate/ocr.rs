//! A scan → its lines, by Tesseract where it is installed: found at run time, run as a process with limits, one page at a time. In: the
//! pictures that a worker took out of the file. Out: a [`TextDoc`] whose lines know how sure they are. Builds on nothing of
//! Tesseract's and does not look for it before it is asked to.

use super::confine::Limits;
use super::pool::Workers;
use super::tsv;
use crate::error::{Error, Result};
use crate::model::{Format, SkipReason, TextDoc, Warning};
use crate::read::Picture;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

/// Below this Tesseract is more often wrong than right; such lines are counted and named as doubtful.
pub const DOUBTFUL: u8 = 60;

/// Text of one page. Beyond it the picture is no text.
const MAX_TSV: u64 = 16 << 20;

/// Tesseract on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ocr {
    program: PathBuf,
    languages: String,
    /// It can tell how a page is turned.
    turns: bool,
    limits: Limits,
}

impl Ocr {
    /// Looks for Tesseract and its languages (`eng`, `eng+deu`).
    ///
    /// # Errors
    /// Environment: it is not installed, or lacks a language; the hint says how to install it.
    pub fn find(program: impl Into<PathBuf>, languages: &str, limits: Limits) -> Result<Ocr> {
        let program = program.into();
        let listed = Command::new(&program).arg("--list-langs").stdin(Stdio::null()).output();
        let listed = listed.map_err(|error| {
            let error = Error::environment(format!("cannot run {} ({error})", program.display()));
            error.hint("install Tesseract (Debian: apt install tesseract-ocr), or leave out --ocr")
        })?;
        // Older ones list on stderr.
        let listed = [listed.stdout, listed.stderr].concat();
        let listed = String::from_utf8_lossy(&listed).into_owned();
        let has = |language: &str| listed.lines().any(|line| line.trim() == language);
        if let Some(missing) = languages.split('+').find(|language| !has(language)) {
            let known: Vec<&str> = listed.lines().skip(1).map(str::trim).filter(|line| !line.is_empty()).collect();
            let error = Error::environment(format!("Tesseract does not know the language `{missing}`"));
            return Err(
                error.hint(format!("it knows {}; Debian: apt install tesseract-ocr-{missing}", known.join(", ")))
            );
        }
        Ok(Ocr { program, languages: languages.to_string(), turns: has("osd"), limits })
    }

    /// Reads a scan.
    ///
    /// # Errors
    /// No pictures in it or no words on them; a page took too long; what the worker says of the file.
    pub fn read(&self, workers: &Workers, bytes: &[u8], format: Format) -> std::result::Result<TextDoc, SkipReason> {
        let pictures = workers.pictures(bytes, format)?;
        let mut lines = Vec::new();
        let pages = pictures.last().map_or(1, |picture| picture.page);
        for picture in &pictures {
            let table = self.page(workers, picture)?;
            lines.extend(tsv::lines(&table, picture.page, lines.len()));
        }
        let confidence = tsv::mean(&lines).ok_or(SkipReason::NoTextLayer)?;
        let doubtful = lines.iter().filter(|line| line.confidence < Some(DOUBTFUL)).count();
        let message = format!("read by OCR, {confidence} % sure; {doubtful} of {} lines are doubtful", lines.len());
        Ok(TextDoc { format, lines, pages, modified: None, warnings: vec![Warning { message, is_loss: false }] })
    }

    /// The words of one picture, as Tesseract's table.
    fn page(&self, workers: &Workers, picture: &Picture) -> std::result::Result<String, SkipReason> {
        let failed = |error: std::io::Error| SkipReason::Unreadable(format!("OCR failed ({error})"));
        let mut command = Command::new(&self.program);
        // Automatic layout; with its orientation data also pages that lie on their side.
        let layout = if self.turns { "1" } else { "3" };
        command.args(["stdin", "stdout", "-l", &self.languages, "--psm", layout, "tsv"]);
        // One thread: the pipeline's threads are as many as the cores.
        command.env("OMP_THREAD_LIMIT", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        super::process::apart(&mut command);
        let mut child = command.spawn().map_err(failed)?;
        limit(&child, self.limits);
        let pipes = (child.stdin.take(), child.stdout.take());
        let (Some(mut input), Some(output)) = pipes else { return Err(SkipReason::NoTextLayer) };
        let process = Arc::new(Mutex::new(child));
        let leash = workers.watchdog().map_err(failed)?.leash(&process, self.limits.time);
        // It reads the whole picture before it writes; when it dies of it, the end of its output tells.
        let sent = input.write_all(&picture.bytes);
        drop(input);
        let mut table = String::new();
        let taken = output.take(MAX_TSV).read_to_string(&mut table);
        let mut child = process.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let ended = child.wait();
        match (sent.and(taken), ended) {
            _ if leash.has_bitten() => Err(SkipReason::TimedOut(self.limits.time.as_secs())),
            (Ok(_), Ok(_)) => Ok(table),
            (Err(error), _) | (_, Err(error)) => Err(failed(error)),
        }
    }
}

/// Tesseract is not ours and cannot limit itself: its limits are set from here, before it has its input.
#[cfg(target_os = "linux")]
fn limit(child: &Child, limits: Limits) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let pid = Some(Pid::from_child(child));
    let at_most = |limit: u64| Rlimit { current: Some(limit), maximum: Some(limit) };
    let _ = prlimit(pid, Resource::As, at_most(limits.memory));
    let _ = prlimit(pid, Resource::Cpu, at_most(limits.time.as_secs() + 2));
    let _ = prlimit(pid, Resource::Core, at_most(0));
}

/// Nothing to be had on this system: the watchdog keeps the time.
#[cfg(not(target_os = "linux"))]
fn limit(_: &Child, _: Limits) {}
