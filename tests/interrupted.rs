//! The program, interrupted: after Ctrl-C, other signals and a kill the index opens, and the next run completes it.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const FILES: usize = 3000;

fn vitae(index: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("vitae"));
    command.arg("-q").arg("-i").arg(index).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn start(folder: &Path, index: &Path) -> Child {
    vitae(index).arg("index").arg(folder).arg("--threads").arg("1").spawn().unwrap()
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").arg(format!("-{name}")).arg(child.id().to_string()).status().unwrap();
    assert!(sent.success());
}

/// Numbers of candidates that a search sees; none before the first commit.
fn count(index: &Path) -> Option<usize> {
    let output = vitae(index).args(["search", "*", "--count"]).output().unwrap();
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}

fn check(name: &str, waits: &[u64]) {
    let root = tempfile::tempdir().unwrap();
    let (folder, index) = (root.path().join("cvs"), root.path().join("index"));
    fs::create_dir(&folder).unwrap();
    for at in 0..FILES {
        let text =
            format!("Person Number\nExperience\nBeekeeper{at}, Meadow Farm\nJan 2019 - Present\nKept {at} bees.\n");
        fs::write(folder.join(format!("{at}.txt")), text).unwrap();
    }
    for wait in waits {
        let mut child = start(&folder, &index);
        std::thread::sleep(Duration::from_millis(*wait));
        if child.try_wait().unwrap().is_none() {
            signal(&child, name);
        }
        let is_stopped = child.try_wait().unwrap().is_none();
        let started = Instant::now();
        let status = child.wait().unwrap();
        assert!(started.elapsed() < Duration::from_secs(30), "it stops soon");
        let is_complete = count(&index) == Some(FILES);
        assert!(name == "KILL" || is_complete || !is_stopped || matches!(status.code(), Some(130) | None), "{status}");
        let seen = count(&index);
        assert!(seen.is_none_or(|seen| seen <= FILES), "{seen:?}");
    }
    let last = vitae(&index).arg("index").arg(&folder).output().unwrap();
    assert!(last.status.success(), "{}", String::from_utf8_lossy(&last.stderr));
    assert_eq!(count(&index), Some(FILES));
    let one = vitae(&index).args(["search", &format!("beekeeper{}", FILES - 1), "--count"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&one.stdout).trim(), "1");
}

#[test]
fn ctrl_c_keeps_what_was_finished() {
    check("INT", &[150, 400]);
}

#[test]
fn a_shutdown_and_a_closed_terminal_keep_it_too() {
    check("TERM", &[400]);
    check("HUP", &[400]);
}

#[test]
fn a_kill_leaves_an_index_that_opens() {
    check("KILL", &[20, 150, 400, 700]);
}
