//! Indexing, whole job against a bare tantivy indexer on the same texts and cores, alternately in one run; then the same folder again,
//! unchanged, against a bare walk; then Recoll (`recollindex` of Debian's package recollcmd) where the machine has it.
//!
//! Measures: wall seconds from the folder to the committed index. Ours: read, extract, all fields, facets, stored text. Bare:
//! read, one text field with positions, path stored, nothing extracted. Both with the program's allocator. Again: a run that finds
//! nothing to do; walk: `walkdir` with the metadata of every file. On: invented text résumés (`benches/synth`), 3 KB each.
//! Run: `cargo bench --bench index` (5,000 résumés, 9 rounds) or `cargo bench --bench index -- 100000 5`.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use tantivy::schema::{STORED, Schema, TEXT};
use tantivy::{Index, IndexWriter, doc};
use vitae::engine::embedded::sink::EmbeddedSink;
use vitae::index::extract::Reader;
use vitae::index::{Control, IndexOptions};
use vitae::lexicon::Lexicon;
use vitae::model::Month;
use walkdir::WalkDir;

mod synth;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SKILLS: &str = include_str!("../src/lexicon/data/skills.tsv");

/// What `cargo bench` without arguments measures: small enough for every machine.
const RESUMES: u64 = 5_000;
const ROUNDS: usize = 9;

fn main() {
    // `cargo bench` adds `--bench`; `cargo test` runs this target with no numbers and little work.
    let numbers: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let measured = std::env::args().any(|argument| argument == "--bench");
    let resumes = numbers.first().copied().unwrap_or(if measured { RESUMES } else { 50 });
    let rounds = numbers.get(1).map_or(if measured { ROUNDS } else { 1 }, |&rounds| rounds as usize);
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = work.path().join("resumes");
    let bytes = write(&folder, resumes);
    println!("{resumes} résumés, {:.1} MB, {} threads", bytes as f64 / 1e6, rayon::current_num_threads());

    let mut ours = Vec::new();
    let mut bare = Vec::new();
    for round in 0..rounds {
        bare.push(timed(|| bare_tantivy(&folder, &work.path().join(format!("bare{round}")))));
        ours.push(timed(|| whole_job(&folder, &work.path().join(format!("ours{round}")), resumes)));
    }
    let index = work.path().join("ours0");
    let (mut again, mut walk) = (Vec::new(), Vec::new());
    for _ in 0..rounds.max(3) {
        walk.push(timed(|| assert_eq!(bare_walk(&folder), (resumes, bytes))));
        again.push(timed(|| whole_job(&folder, &index, 0)));
    }
    let (ours, bare) = (median(ours), median(bare));
    let rate = resumes as f64 / ours.as_secs_f64();
    println!("bare tantivy {:.2} s, vitae {:.2} s ({rate:.0} résumés/s)", bare.as_secs_f64(), ours.as_secs_f64());
    println!("ratio {:.2}", ours.as_secs_f64() / bare.as_secs_f64());
    let (again, walk) = (median(again).as_secs_f64(), median(walk).as_secs_f64());
    println!("unchanged: walk {walk:.3} s, vitae {again:.3} s, ratio {:.2}", again / walk);
    println!("index size / text size {:.2}", bare_walk(&index).1 as f64 / bytes as f64);
    let rounds = if measured { rounds } else { 0 };
    let recoll: Option<Vec<Duration>> =
        (0..rounds).map(|round| recoll(&folder, &work.path().join(format!("recoll{round}")))).collect();
    match recoll.filter(|times| !times.is_empty()) {
        Some(times) => {
            let recoll = median(times).as_secs_f64();
            let size = bare_walk(&work.path().join("recoll0")).1 as f64 / bytes as f64;
            println!(
                "Recoll {recoll:.2} s: {:.1} times vitae; its index / text size {size:.2}",
                recoll / ours.as_secs_f64()
            );
        }
        None => println!("Recoll SKIPPED: no `recollindex` here (Debian: apt-get install recollcmd), or not measuring"),
    }
}

/// Files below a folder and their bytes.
fn bare_walk(folder: &Path) -> (u64, u64) {
    let files = WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files.fold((0, 0), |(count, bytes), file| (count + 1, bytes + file.metadata().map_or(0, |facts| facts.len())))
}

fn write(folder: &Path, resumes: u64) -> u64 {
    let synth = synth::Synth::new(42, SKILLS);
    let mut bytes = 0;
    for id in 0..resumes {
        let place = folder.join(format!("{:04}", id / 1000));
        fs::create_dir_all(&place).expect("a folder in the temporary folder");
        let resume = synth.resume(id);
        bytes += resume.text.len() as u64;
        let ending = if resume.markdown { "md" } else { "txt" };
        fs::write(place.join(format!("{id:07}.{ending}")), resume.text).expect("room for the résumés");
    }
    bytes
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// About the least that makes a searchable index of the same texts.
fn bare_tantivy(folder: &Path, target: &Path) {
    use rayon::prelude::*;
    fs::create_dir_all(target).expect("a folder in the temporary folder");
    let mut schema = Schema::builder();
    let path = schema.add_text_field("path", STORED);
    let body = schema.add_text_field("body", TEXT);
    let index = Index::create_in_dir(target, schema.build()).expect("a new index");
    let mut writer: IndexWriter =
        index.writer_with_num_threads(rayon::current_num_threads(), 256 << 20).expect("a writer");
    let files: Vec<_> =
        WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file()).collect();
    files.par_iter().for_each(|entry| {
        let text = fs::read_to_string(entry.path()).expect("UTF-8");
        let name = entry.path().to_string_lossy().into_owned();
        writer.add_document(doc!(path => name, body => text)).expect("room in the index");
    });
    writer.commit().expect("a commit");
    writer.wait_merging_threads().expect("merges");
}

/// Recoll on the same folder, with its defaults but for larger flushes, as its manual advises for a first run. None without Recoll.
fn recoll(folder: &Path, target: &Path) -> Option<Duration> {
    fs::create_dir_all(target).expect("a folder in the temporary folder");
    let settings = format!("topdirs = {}\nloglevel = 1\nidxflushmb = 100\n", folder.display());
    fs::write(target.join("recoll.conf"), settings).expect("room for the settings");
    let mut command = Command::new("recollindex");
    command.arg("-c").arg(target).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().ok()?;
    status.success().then(|| start.elapsed())
}

/// What `vitae index` does; `new` files are new to it.
fn whole_job(folder: &Path, target: &Path, new: u64) {
    let lexicon = Lexicon::builtin();
    let extract = Reader { lexicon: &lexicon, as_of: Month::new(2026, 1) };
    let (mut sink, _) = EmbeddedSink::open(target).expect("a new index");
    let options = IndexOptions::new(folder, target);
    let cancel = AtomicBool::new(false);
    let control = Control { progress: &mut |_| {}, cancel: &cancel };
    let report = vitae::index::run(&options, &extract, &mut sink, control).expect("a run");
    sink.close().expect("merges");
    assert_eq!(report.new, new, "every résumé is read, once");
}
