//! How a run is stopped from outside: Ctrl-C, `kill` (also a shutdown), a closed terminal. In: signals. Out: a flag that the run looks at. Decides
//! nothing about what is kept; whoever asks twice does not want to wait, and what was committed is whole at any moment.

use anyhow::Context;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Exit status of a run that was stopped, as shells have it.
pub const STOPPED: u8 = 130;

/// Signals nearer than this to the first are the same wish: when a terminal is closed, the system and the shell each send one.
const APART: Duration = Duration::from_millis(300);

/// A flag that is set by the first signal; the second one ends the program.
///
/// # Errors
/// The system lets nobody listen.
pub fn flag() -> anyhow::Result<Arc<AtomicBool>> {
    #[cfg(unix)]
    if ignores_hangup() {
        go_on_without_terminal();
    }
    let stop = Arc::new(AtomicBool::new(false));
    let flag = stop.clone();
    let mut first = None;
    let listen = move || {
        flag.store(true, Ordering::Relaxed);
        if first.get_or_insert_with(Instant::now).elapsed() >= APART {
            std::process::exit(i32::from(STOPPED));
        }
    };
    ctrlc::set_handler(listen).context("cannot listen for Ctrl-C")?;
    Ok(stop)
}

/// The program was started by `nohup`. Known on Linux only: elsewhere a closed terminal stops a run.
#[cfg(unix)]
fn ignores_hangup() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask & 1 << (nix::sys::signal::SIGHUP as u64 - 1) != 0)
}

/// Whoever listens for one of the signals listens for all; this thread and those it will start are not told of this one.
#[cfg(unix)]
fn go_on_without_terminal() {
    let mut hangup = nix::sys::signal::SigSet::empty();
    hangup.add(nix::sys::signal::SIGHUP);
    let _ = hangup.thread_block();
}
