//! A folder of files → one JSON object per file on standard output: path, milliseconds of reading, visible lines. One thread, one
//! process: what `docs/reading-order.py` compares with other readers. Usage: `cargo run --release --example lines -- FOLDER [ENDING]`.

use serde_json::json;
use std::path::PathBuf;
use std::time::Instant;

fn main() {
    let folder = std::env::args().nth(1).expect("usage: lines FOLDER [ENDING]");
    let ending = std::env::args().nth(2);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a readable folder").flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| ending.is_none() || path.extension().and_then(|found| found.to_str()) == ending.as_deref());
    paths.sort();
    for path in paths {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let name = path.to_string_lossy();
        let started = Instant::now();
        let read = vitae::corpus::sniff(&bytes, &name).and_then(|format| vitae::read::read(&bytes, format));
        let milliseconds = started.elapsed().as_secs_f64() * 1000.0;
        let visible = |text: &vitae::model::TextDoc| -> Vec<String> {
            text.lines.iter().filter(|line| !line.hidden).map(|line| line.text.clone()).collect()
        };
        let lines = read.as_ref().map(visible).unwrap_or_default();
        let reason = read.as_ref().err().map(ToString::to_string);
        println!("{}", json!({"path": name, "ms": milliseconds, "lines": lines, "reason": reason}));
    }
}
