//! What each stage between a file's bytes and its document costs, one thread, one résumé at a time.
//!
//! Measures: time per invented 3 KB text résumé (`benches/synth`), mean over 500 of them, for `read`, `sections`, `profile`, `document`
//! alone (the stages before are done outside the measured part), for all four together, and for all four as a run does it: 64 files through a
//! stage before the next; and what the first use of all tables of the lexicon costs. With the program's allocator. Run: `cargo bench --bench extract`.

use std::hint::black_box;
use std::sync::OnceLock;
use vitae::index::document::{FileFacts, document};
use vitae::index::extract::Extracted;
use vitae::lexicon::Lexicon;
use vitae::model::{Format, Month};
use vitae::{profile, read, sections};

mod synth;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SKILLS: &str = include_str!("../src/lexicon/data/skills.tsv");
const RESUMES: u64 = 500;

fn main() {
    divan::main();
}

/// One invented résumé and what the stages make of it.
struct Sample {
    bytes: Vec<u8>,
    format: Format,
    done: Extracted,
}

fn as_of() -> Month {
    Month::new(2026, 1)
}

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::builtin)
}

fn samples() -> &'static [Sample] {
    static SAMPLES: OnceLock<Vec<Sample>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let synth = synth::Synth::new(42, SKILLS);
        (0..RESUMES).map(|id| synth.resume(id)).map(sample).collect()
    })
}

fn sample(resume: synth::Resume) -> Sample {
    let format = if resume.markdown { Format::Markdown } else { Format::Text };
    let bytes = resume.text.into_bytes();
    let text = read::read(&bytes, format).expect("an invented résumé is readable");
    let sections = sections::split(&text, lexicon());
    let profile = profile::extract(&text, &sections, lexicon(), as_of());
    Sample { bytes, format, done: Extracted { text, sections, profile } }
}

fn facts(format: Format) -> FileFacts {
    FileFacts { paths: vec!["resume.txt".into()], hash: "0".repeat(64), format, modified: 20_260_101 }
}

/// Runs a stage over the samples in turn: one call, one résumé.
fn each<T>(bencher: divan::Bencher<'_, '_>, stage: impl Fn(&Sample) -> T + Sync) {
    let samples = samples();
    bencher.counter(divan::counter::ItemsCount::new(samples.len())).bench_local(|| {
        for sample in samples {
            black_box(stage(sample));
        }
    });
}

#[divan::bench(sample_count = 20)]
fn a_read(bencher: divan::Bencher) {
    each(bencher, |sample| read::read(&sample.bytes, sample.format));
}

#[divan::bench(sample_count = 20)]
fn b_sections(bencher: divan::Bencher) {
    each(bencher, |sample| sections::split(&sample.done.text, lexicon()));
}

#[divan::bench(sample_count = 20)]
fn c_profile(bencher: divan::Bencher) {
    each(bencher, |sample| profile::extract(&sample.done.text, &sample.done.sections, lexicon(), as_of()));
}

#[divan::bench(sample_count = 20)]
fn d_document(bencher: divan::Bencher) {
    each(bencher, |sample| {
        document(&facts(sample.format), &sample.done.text, &sample.done.sections, &sample.done.profile)
    });
}

#[divan::bench(sample_count = 20)]
fn e_all_stages(bencher: divan::Bencher) {
    each(bencher, |sample| {
        let text = read::read(&sample.bytes, sample.format).expect("an invented résumé is readable");
        let sections = sections::split(&text, lexicon());
        let profile = profile::extract(&text, &sections, lexicon(), as_of());
        document(&facts(sample.format), &text, &sections, &profile)
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn g_first_use_of_the_lexicon() -> Lexicon {
    let lexicon = Lexicon::builtin();
    black_box(lexicon.headings());
    black_box(lexicon.degrees());
    black_box(lexicon.titles());
    black_box(lexicon.orgs());
    black_box(lexicon.schools());
    black_box(lexicon.places());
    black_box(lexicon.skills());
    black_box(lexicon.certificates());
    black_box(lexicon.languages());
    black_box(lexicon.subjects());
    lexicon
}

#[divan::bench(sample_count = 20)]
fn f_all_stages_64_together(bencher: divan::Bencher) {
    let samples = samples();
    bencher.counter(divan::counter::ItemsCount::new(samples.len())).bench_local(|| {
        for group in samples.chunks(64) {
            let texts: Vec<_> =
                group.iter().map(|sample| read::read(&sample.bytes, sample.format).expect("readable")).collect();
            let parts: Vec<_> = texts.iter().map(|text| sections::split(text, lexicon())).collect();
            let whole = texts.iter().zip(parts.iter().map(Vec::as_slice));
            let profiles = profile::extract_all(whole, lexicon(), as_of());
            for (((sample, text), sections), profile) in group.iter().zip(&texts).zip(&parts).zip(&profiles) {
                black_box(document(&facts(sample.format), text, sections, profile));
            }
        }
    });
}
