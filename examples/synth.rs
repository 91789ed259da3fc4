//! Writes invented résumés to a folder, for timing. In: a number and a folder. Out: files, always the same for the same seed.
//!
//! `cargo run --release --example synth -- 100000 DIR [SEED]`

use std::path::PathBuf;
use std::{env, fs, io};

#[path = "../benches/synth/mod.rs"]
mod synth;

const SKILLS: &str = include_str!("../src/lexicon/data/skills.tsv");

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let usage = || io::Error::new(io::ErrorKind::InvalidInput, "usage: synth NUMBER DIR [SEED]");
    let number: u64 = arguments.first().and_then(|text| text.parse().ok()).ok_or_else(usage)?;
    let folder = PathBuf::from(arguments.get(1).ok_or_else(usage)?);
    let seed = arguments.get(2).and_then(|text| text.parse().ok()).unwrap_or(42);
    let synth = synth::Synth::new(seed, SKILLS);
    for id in 0..number {
        // A thousand files a folder: large folders are slow to list.
        let place = folder.join(format!("{:04}", id / 1000));
        if id % 1000 == 0 {
            fs::create_dir_all(&place)?;
        }
        let resume = synth.resume(id);
        let ending = if resume.markdown { "md" } else { "txt" };
        fs::write(place.join(format!("{id:07}.{ending}")), resume.text)?;
    }
    Ok(())
}
