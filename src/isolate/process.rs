//! One worker process as its user sees it: ask, get the answer or the cause of death. In: how to start it. Out: answers. Does not
//! decide whether a death is the file's fault (`pool`).

use super::pool::Launch;
use super::protocol::{self, Answer, Request};
use super::watchdog::{Leash, Shared, Watchdog};
use std::io::{self, Read};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Bytes that a pipe holds where the system lets us choose: a whole résumé, so that both sides work on instead of waking each other
/// every 64 kB.
#[cfg(target_os = "linux")]
const PIPE: usize = 1 << 20;

/// Last words that are read of a dead worker.
const LAST_WORDS: u64 = 4096;

/// A running worker. Ends with it.
#[derive(Debug)]
pub(super) struct Worker {
    process: Shared,
    input: ChildStdin,
    output: ChildStdout,
    errors: ChildStderr,
    /// Files it has answered for.
    pub served: u64,
}

/// How a worker ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Death {
    /// Killed at the deadline, or out of processor time.
    Late,
    /// It could not get the memory it asked for.
    Memory,
    /// Anything else, in words.
    Crash(String),
}

/// What a worker says, or how it ended instead.
pub(super) type Answered<T> = Result<Answer<T>, Death>;

/// How an answer is taken from a worker's pipe.
pub(super) type Take<T> = fn(&mut ChildStdout) -> io::Result<Option<Answer<T>>>;

/// How long an answer may take, and who keeps the time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience<'a> {
    pub watchdog: &'a Watchdog,
    pub time: Duration,
}

impl Worker {
    /// Starts a process.
    ///
    /// # Errors
    /// The system does not start it.
    pub fn start(launch: &Launch) -> io::Result<Worker> {
        let mut command = Command::new(&launch.program);
        command.args(&launch.arguments);
        if cfg!(unix) {
            // Windows programs need some of it to start.
            command.env_clear();
        }
        // Allocators that reserve address space ahead (mimalloc: 1 GiB) would use up the memory limit before the first file.
        command.env("MIMALLOC_ARENA_RESERVE", "32MiB");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        apart(&mut command);
        let mut child = command.spawn()?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(input), Some(output), Some(errors)) = pipes else {
            return Err(io::Error::other("a worker without pipes"));
        };
        #[cfg(target_os = "linux")]
        {
            let _ = rustix::pipe::fcntl_setpipe_size(&input, PIPE);
            let _ = rustix::pipe::fcntl_setpipe_size(&output, PIPE);
        }
        Ok(Worker { process: Arc::new(Mutex::new(child)), input, output, errors, served: 0 })
    }

    /// Asks about one file and takes the first answer. After an error the worker is dead.
    pub fn ask<T>(&mut self, request: Request, bytes: &[u8], patience: Patience<'_>, take: Take<T>) -> Answered<T> {
        let leash = patience.watchdog.leash(&self.process, patience.time);
        let sent = protocol::send_request(&mut self.input, request, bytes);
        let answer = sent.and_then(|()| take(&mut self.output));
        self.judge(answer, &leash)
    }

    /// Takes a further answer to the last request.
    pub fn next<T>(&mut self, patience: Patience<'_>, take: Take<T>) -> Answered<T> {
        let leash = patience.watchdog.leash(&self.process, patience.time);
        let answer = take(&mut self.output);
        self.judge(answer, &leash)
    }

    fn judge<T>(&mut self, answer: io::Result<Option<Answer<T>>>, leash: &Leash<'_>) -> Answered<T> {
        match answer {
            Ok(Some(answer)) => Ok(answer),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                Err(Death::Crash(format!("its answer makes no sense ({error})")))
            }
            Ok(None) | Err(_) if leash.has_bitten() => Err(Death::Late),
            Ok(None) | Err(_) => Err(self.cause()),
        }
    }

    /// Why the process closed its pipe.
    fn cause(&mut self) -> Death {
        let status = end(&mut self.process.lock().unwrap_or_else(PoisonError::into_inner));
        let mut words = Vec::new();
        let _ = (&mut self.errors).take(LAST_WORDS).read_to_end(&mut words);
        let words = String::from_utf8_lossy(&words);
        if words.contains("overflowed its stack") {
            return Death::Crash("nested too deeply (stack overflow)".into());
        }
        // The runtime's words when an allocation fails, an error's when it was asked for politely, and the system's.
        let words_for_it = ["memory allocation of", "out of memory", "Cannot allocate memory"];
        if words_for_it.iter().any(|cause| words.contains(cause)) {
            return Death::Memory;
        }
        match status {
            Ok(status) => by_status(status),
            Err(error) => Death::Crash(error.to_string()),
        }
    }
}

/// The end of a process that has closed its pipe: it is ending by itself, so its own status is waited for.
fn end(process: &mut Child) -> io::Result<ExitStatus> {
    for _ in 0..200 {
        if let Some(status) = process.try_wait()? {
            return Ok(status);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    process.kill()?;
    process.wait()
}

#[cfg(unix)]
fn by_status(status: ExitStatus) -> Death {
    use rustix::process::Signal;
    use std::os::unix::process::ExitStatusExt;
    match status.signal() {
        Some(signal) if signal == Signal::XCPU.as_raw() => Death::Late,
        // Without an order of ours: the system was out of memory.
        Some(signal) if signal == Signal::KILL.as_raw() => Death::Memory,
        Some(signal) => Death::Crash(format!("signal {signal}")),
        None => Death::Crash(status.to_string()),
    }
}

#[cfg(not(unix))]
fn by_status(status: ExitStatus) -> Death {
    Death::Crash(status.to_string())
}

/// Ctrl-C at the terminal goes to the program alone, which lets its workers finish the files in hand.
#[cfg(unix)]
pub(super) fn apart(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

/// Ctrl-C at the terminal goes to the program alone, which lets its workers finish the files in hand.
#[cfg(windows)]
pub(super) fn apart(command: &mut Command) {
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;
    std::os::windows::process::CommandExt::creation_flags(command, CREATE_NEW_PROCESS_GROUP);
}

#[cfg(not(any(unix, windows)))]
pub(super) fn apart(_: &mut Command) {}

impl Drop for Worker {
    fn drop(&mut self) {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = process.kill();
        let _ = process.wait();
    }
}
