//! What a worker process gives up before it sees the first byte: memory and time beyond its limits, core dumps, writing files; on Linux
//! also opening files, the network and starting programs, as far as the kernel can refuse them. In: [`Limits`]. Out: nothing; what
//! the system does not offer is left out, because the other measures and the watchdog still hold.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What one file may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Address space of a worker, in bytes.
    pub memory: u64,
    /// Time for one file, by the clock and in processor time.
    pub time: Duration,
}

impl Default for Limits {
    /// 1 GiB and 30 s. Clean PDFs of the development set need at most 60 MB and 0.3 s; the largest file that is read (64 MiB) is held
    /// three times while it is unpacked.
    fn default() -> Limits {
        Limits { memory: 1 << 30, time: Duration::from_secs(30) }
    }
}

/// Confines this process, for good. Threads started later inherit it.
#[cfg(unix)]
pub fn process(limits: Limits) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let at_most = |limit: u64| Rlimit { current: Some(limit), maximum: Some(limit) };
    // A system that refuses one of them (macOS has no address space limit) still takes the others.
    let _ = setrlimit(Resource::As, at_most(limits.memory));
    let _ = setrlimit(Resource::Core, at_most(0));
    #[cfg(target_os = "linux")]
    {
        // With the thread of the program that started it, the worker dies, also when the program was killed.
        let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
        close_files();
    }
}

/// Nothing to be had on this system: the watchdog keeps the time.
#[cfg(not(unix))]
pub fn process(_: Limits) {}

/// Not a byte more goes into any file. Pipes are none; for a worker whose stdout is a pipe.
#[cfg(unix)]
pub fn writing() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let _ = setrlimit(Resource::Fsize, Rlimit { current: Some(0), maximum: Some(0) });
}

/// Nothing to be had on this system.
#[cfg(not(unix))]
pub fn writing() {}

/// Gives the process `time` more processor time than it has used. The watchdog keeps the time by the clock; this one still holds when
/// the program is gone.
#[cfg(unix)]
pub fn allow_time(time: Duration) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};
    let used = clock_gettime(ClockId::ProcessCPUTime).tv_sec.max(0) as u64;
    let maximum = getrlimit(Resource::Cpu).maximum;
    let _ = setrlimit(Resource::Cpu, Rlimit { current: Some(used + time.as_secs() + 2), maximum });
}

/// Nothing to be had on this system.
#[cfg(not(unix))]
pub fn allow_time(_: Duration) {}

/// No file can be opened, no port bound, no other process signalled (Landlock, Linux 5.13 and later).
#[cfg(target_os = "linux")]
fn close_files() {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, Scope};
    let closed = || {
        let rules = Ruleset::default().handle_access(AccessFs::from_all(ABI::V6))?;
        let rules = rules.handle_access(AccessNet::from_all(ABI::V6))?.scope(Scope::from_all(ABI::V6))?;
        rules.create()?.restrict_self()
    };
    let closed: Result<_, landlock::RulesetError> = closed();
    drop(closed);
}

/// Refuses system calls that reading needs not, on all threads of the process. The last step: no thread can be started after it.
pub fn threads() {
    #[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
    super::syscalls::refuse();
}
