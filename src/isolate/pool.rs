//! The workers as the pipeline sees them: bytes in, text or the reason out, whatever happens to the process in between. As many
//! processes as threads ask at once, started when first needed, replaced when they die. Does not read files.

use super::confine::Limits;
use super::process::{Answered, Death, Patience, Worker};
use super::protocol::{self, Answer, Request};
use super::watchdog::Watchdog;
use crate::model::{Format, SkipReason, TextDoc};
use crate::read::{Member, Picture};
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

/// How a worker process is started: a program that calls [`super::serve`] with the same limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Launch {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

/// Worker processes. Shared by all threads that read; the processes end with it.
#[derive(Debug)]
pub struct Workers {
    launch: Launch,
    limits: Limits,
    watchdog: OnceLock<Watchdog>,
    idle: Mutex<Vec<Worker>>,
}

impl Workers {
    /// No process is started before the first file.
    pub fn new(launch: Launch, limits: Limits) -> Workers {
        Workers { launch, limits, watchdog: OnceLock::new(), idle: Mutex::default() }
    }

    /// What one file may cost.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// [`crate::read::read`] in a worker.
    ///
    /// # Errors
    /// The reasons of the reader, and [`SkipReason::TimedOut`], [`SkipReason::OutOfMemory`], [`SkipReason::ReaderCrashed`];
    /// [`SkipReason::Unreadable`] when no worker can be started, so that the next run tries again.
    pub fn read(&self, bytes: &[u8], format: Format) -> Answer<TextDoc> {
        self.work(|worker, patience| worker.ask(Request::Read(format), bytes, patience, protocol::take_answer))
    }

    /// [`crate::read::pictures`] in a worker.
    ///
    /// # Errors
    /// As for [`Workers::read`].
    pub fn pictures(&self, bytes: &[u8], format: Format) -> Answer<Vec<Picture>> {
        self.work(|worker, patience| worker.ask(Request::Pictures(format), bytes, patience, protocol::take_answer))
    }

    /// [`crate::read::members`] in a worker. Each member has the time of a file; `sink` may ask other workers about it.
    ///
    /// # Errors
    /// As for [`Workers::read`]; members given before stay given.
    pub fn members(&self, bytes: &[u8], format: Format, sink: &mut dyn FnMut(Member)) -> Answer<()> {
        let mut given = 0;
        self.work(|worker, patience| {
            let mut answer = worker.ask(Request::Members(format), bytes, patience, protocol::take_member)?;
            // A fresh worker begins anew, and what it gives first was given before.
            let mut seen = 0;
            while let Ok(Some(member)) = answer {
                seen += 1;
                if seen > given {
                    given = seen;
                    sink(member);
                }
                answer = worker.next(patience, protocol::take_member)?;
            }
            Ok(answer.map(drop))
        })
    }

    fn work<T>(&self, mut ask: impl FnMut(&mut Worker, Patience<'_>) -> Answered<T>) -> Answer<T> {
        loop {
            let mut worker = self.take().map_err(|error| not_started(&error))?;
            let watchdog = self.watchdog().map_err(|error| not_started(&error))?;
            match ask(&mut worker, Patience { watchdog, time: self.limits.time }) {
                Ok(answer) => {
                    worker.served += 1;
                    self.idle().push(worker);
                    return answer;
                }
                Err(Death::Late) => return Err(SkipReason::TimedOut(self.limits.time.as_secs())),
                // What earlier files left behind may have been too much: a fresh worker decides.
                Err(_) if worker.served > 0 => {}
                Err(Death::Memory) => return Err(SkipReason::OutOfMemory(self.limits.memory >> 20)),
                Err(Death::Crash(what)) => return Err(SkipReason::ReaderCrashed(what)),
            }
        }
    }

    fn take(&self) -> std::io::Result<Worker> {
        let idle = self.idle().pop();
        idle.map_or_else(|| Worker::start(&self.launch), Ok)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Worker>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn watchdog(&self) -> std::io::Result<&Watchdog> {
        if let Some(watchdog) = self.watchdog.get() {
            return Ok(watchdog);
        }
        // Two threads may come here at once; the watchdog of the second stops again.
        let started = Watchdog::start()?;
        Ok(self.watchdog.get_or_init(|| started))
    }
}

fn not_started(error: &std::io::Error) -> SkipReason {
    SkipReason::Unreadable(format!("the reading process did not start ({error}); `--in-process` reads without one"))
}
