//! Searching as a user feels it: from the start of the process to the printed result, on the sample corpus.
//!
//! Measures: wall milliseconds of `vitae search …` as a process of its own, index in the page cache, median and 95th percentile of
//! 40 runs per query class. Run: `cargo bench --bench search`.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// One query per class: words, boolean, phrase, condition, within one job, facets, everything.
const CLASSES: &[(&str, &[&str])] = &[
    ("word", &["kubernetes"]),
    ("three words", &["senior", "software", "engineer"]),
    ("boolean", &["title:lead AND (kubernetes OR docker) NOT php"]),
    ("phrase", &["\"project manager\""]),
    ("prefix", &["engin*"]),
    ("misspelt", &["kuberntes~"]),
    ("condition", &["skill:python degree>=master graduated:2010..2024"]),
    ("within one job", &["job(employer:oracle title:staff during:2022..2024)"]),
    ("eight facets", &["engineer", "--facet", "skill,school,employer,title,degree,location,years,graduated"]),
    ("everything, as JSON", &["*", "--json"]),
];

const RUNS: usize = 40;

fn main() {
    let measured = std::env::args().any(|argument| argument == "--bench");
    let runs = if measured { RUNS } else { 1 };
    let index = tempfile::tempdir().expect("a temporary folder");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    vitae(index.path(), &["index", &corpus.to_string_lossy()]);
    println!("{:<22} {:>9} {:>9}   (ms, {runs} runs)", "class", "median", "p95");
    for (class, arguments) in CLASSES {
        let arguments: Vec<&str> = ["search"].iter().chain(arguments.iter()).copied().collect();
        let mut times: Vec<f64> = (0..runs)
            .map(|_| {
                let start = Instant::now();
                vitae(index.path(), &arguments);
                start.elapsed().as_secs_f64() * 1000.0
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{class:<22} {:>9.1} {:>9.1}", times[runs / 2], times[runs * 95 / 100]);
    }
}

fn vitae(index: &Path, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vitae"));
    let status = command.args(arguments).arg("--index").arg(index).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let code = status.expect("the program runs").code();
    assert!(matches!(code, Some(0 | 1)), "{arguments:?} ended with {code:?}");
}
