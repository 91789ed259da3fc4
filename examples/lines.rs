//! A folder of files → one JSON object per file on standard output: path, milliseconds of reading, visible lines. One thread; in this
//! process, or with `--workers` in a worker process (this example again), as the program does it. What `docs/reading-order.py` and
//! `docs/pdf-speed.py` compare with other readers. Usage: `cargo run --release --example lines -- FOLDER [ENDING] [--workers]`.

use serde_json::json;
use std::path::PathBuf;
use std::time::Instant;
use vitae::isolate::{Launch, Limits, Workers};
use vitae::model::TextDoc;

/// The argument that makes this program a worker.
const WORKER: &str = "--read-worker";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (options, arguments): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    if options.iter().any(|option| option == WORKER) {
        return Ok(vitae::isolate::serve(Limits::default())?);
    }
    let launch = Launch { program: std::env::current_exe()?, arguments: vec![WORKER.into()] };
    let workers = options.iter().any(|option| option == "--workers").then(|| Workers::new(launch, Limits::default()));
    let folder = arguments.first().ok_or("usage: lines FOLDER [ENDING] [--workers]")?;
    let ending = arguments.get(1).map(String::as_str);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| ending.is_none() || path.extension().and_then(|found| found.to_str()) == ending);
    paths.sort();
    for path in paths {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let name = path.to_string_lossy();
        let started = Instant::now();
        let read = vitae::corpus::sniff(&bytes, &name).and_then(|format| match &workers {
            Some(workers) => workers.read(&bytes, format),
            None => vitae::read::read(&bytes, format),
        });
        let milliseconds = started.elapsed().as_secs_f64() * 1000.0;
        let visible = |text: &TextDoc| -> Vec<String> {
            text.lines.iter().filter(|line| !line.hidden).map(|line| line.text.clone()).collect()
        };
        let lines = read.as_ref().map(visible).unwrap_or_default();
        let reason = read.as_ref().err().map(ToString::to_string);
        println!("{}", json!({"path": name, "ms": milliseconds, "lines": lines, "reason": reason}));
    }
    Ok(())
}
