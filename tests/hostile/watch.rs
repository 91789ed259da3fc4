//! A run from outside: its memory and that of its workers, and a limit on its time. In: a running process. Out: [`Memory`].

use std::collections::BTreeMap;
use std::fs;
use std::process::Child;
use std::time::{Duration, Instant};

/// Largest resident memory seen, in MiB.
#[derive(Debug, Clone, Copy, Default)]
pub struct Memory {
    pub program: u64,
    pub worker: u64,
    /// Worker processes seen; short-lived ones may be missed.
    pub workers: usize,
}

/// Watches until the process ends; `once` is called when its first worker is seen (the folder has been listed).
pub fn until_end(run: &mut Child, limit: Duration, once: &mut dyn FnMut()) -> Memory {
    let started = Instant::now();
    let mut memory = Memory::default();
    let mut workers: BTreeMap<u32, u64> = BTreeMap::new();
    while run.try_wait().unwrap().is_none() {
        if started.elapsed() > limit {
            let _ = run.kill();
            panic!("the run hangs");
        }
        memory.program = memory.program.max(peak(run.id()).unwrap_or(0));
        for worker in children(run.id()) {
            if workers.is_empty() {
                once();
            }
            let peak = peak(worker).unwrap_or(0);
            workers.entry(worker).and_modify(|seen| *seen = peak.max(*seen)).or_insert(peak);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    memory.worker = workers.values().copied().max().unwrap_or(0);
    memory.workers = workers.len();
    memory
}

/// `VmHWM`, in MiB.
fn peak(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

fn children(parent: u32) -> Vec<u32> {
    let pids = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = pids.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let is_child = |pid: &u32| {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        status.lines().any(|line| line.strip_prefix("PPid:").is_some_and(|id| id.trim() == parent.to_string()))
    };
    pids.filter(is_child).collect()
}
