//! Deadlines: one thread that kills the worker processes that are over their time. In: a process and its deadline. Out: the process
//! is dead, and who waits for its answer reads the end of the pipe. Does not start processes.

use std::process::Child;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How late a deadline may be noticed. Deadlines are seconds long; looking now and then costs less than waking up for every file.
const LATE: Duration = Duration::from_millis(200);

/// The longest time that is watched; a clock cannot count to the end of a longer one.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// A process that several threads may have to end.
pub(super) type Shared = Arc<Mutex<Child>>;

/// The thread and what it watches. Stops when dropped.
#[derive(Debug)]
pub(super) struct Watchdog {
    state: Arc<State>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct State {
    watched: Mutex<Watched>,
    closing: Condvar,
}

#[derive(Debug, Default)]
struct Watched {
    closed: bool,
    running: Vec<Running>,
}

#[derive(Debug)]
struct Running {
    deadline: Instant,
    process: Shared,
    bitten: Arc<AtomicBool>,
}

/// One file under way. The deadline is off when it is dropped.
#[derive(Debug)]
pub(super) struct Leash<'a> {
    watchdog: &'a Watchdog,
    bitten: Arc<AtomicBool>,
}

impl Leash<'_> {
    /// The deadline passed and the process was killed.
    pub fn has_bitten(&self) -> bool {
        self.bitten.load(Ordering::Acquire)
    }
}

impl Drop for Leash<'_> {
    fn drop(&mut self) {
        self.watchdog.state.lock().running.retain(|running| !Arc::ptr_eq(&running.bitten, &self.bitten));
    }
}

impl State {
    fn lock(&self) -> MutexGuard<'_, Watched> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn watch(&self) {
        let mut watched = self.lock();
        while !watched.closed {
            let now = Instant::now();
            for running in watched.running.iter().filter(|running| running.deadline <= now) {
                running.bitten.store(true, Ordering::Release);
                let _ = running.process.lock().unwrap_or_else(PoisonError::into_inner).kill();
            }
            watched = self.closing.wait_timeout(watched, LATE).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Watchdog {
    /// Starts the thread.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start() -> std::io::Result<Watchdog> {
        let state = Arc::new(State::default());
        let watcher = state.clone();
        let thread = std::thread::Builder::new().name("watchdog".into()).spawn(move || watcher.watch())?;
        Ok(Watchdog { state, thread: Some(thread) })
    }

    /// Kills `process` after `time` unless the leash is dropped before.
    pub fn leash(&self, process: &Shared, time: Duration) -> Leash<'_> {
        let bitten = Arc::new(AtomicBool::new(false));
        let running =
            Running { deadline: Instant::now() + time.min(LONGEST), process: process.clone(), bitten: bitten.clone() };
        self.state.lock().running.push(running);
        Leash { watchdog: self, bitten }
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        self.state.lock().closed = true;
        self.state.closing.notify_all();
        let _ = self.thread.take().map(JoinHandle::join);
    }
}
