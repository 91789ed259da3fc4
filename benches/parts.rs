//! What the parts of a search and of the reading of skills cost, each alone, in a program that stays open.
//!
//! Measures: time per call of finding the skills of the lexicon in a line, of parsing a query, of searching, of counting eight facets beside it, and
//! of finding the lines of ten hits that are shown. On: the sample corpus. Run: `cargo bench --bench parts`.

use divan::counter::ItemsCount;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use vitae::engine::embedded::Embedded;
use vitae::engine::{Engine, FacetRequest, Found, SearchOptions};
use vitae::lexicon::Lexicon;
use vitae::lexicon::words::Words;
use vitae::model::Month;
use vitae::query::{Query, parse};
use vitae::search::snippets::snippets;

mod facets;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const QUERIES: &[&str] = &[
    "kubernetes",
    "senior software engineer",
    "title:lead AND (kubernetes OR docker) NOT php",
    "\"project manager\" degree>=bachelor years>=3",
    "job(employer:oracle title:staff during:2022..2024)",
];

/// Skills among words that are none, and names of skills that are words.
const LINE: &str = "Built REST services in Java and Go on Amazon Web Services, with Spring Boot, PostgreSQL and Apache Kafka, for a team of six";

fn main() {
    let index = tempfile::tempdir().expect("a temporary folder");
    assert!(ENGINE.set(indexed(index.path())).is_ok(), "set once");
    divan::main();
}

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::builtin)
}

static ENGINE: OnceLock<Embedded> = OnceLock::new();

/// The sample corpus, indexed as a user does.
fn indexed(index: &Path) -> Embedded {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut command = Command::new(env!("CARGO_BIN_EXE_vitae"));
    command.arg("index").arg(corpus).arg("--index").arg(index).stdout(Stdio::null()).stderr(Stdio::null());
    assert!(command.status().expect("the program runs").success());
    Embedded::open(index).expect("an index")
}

fn parsed(text: &str) -> Query {
    parse(text, lexicon(), jiff::civil::date(2026, 1, 15)).expect("a query of this table")
}

fn found(query: &Query, facets: Vec<FacetRequest>) -> Found {
    let engine = ENGINE.get().expect("indexed before the first measurement");
    let options = SearchOptions { facets, ..SearchOptions::new(Month::new(2026, 1)) };
    engine.search(query, &options).expect("an index that can be read")
}

#[divan::bench]
fn lexicon_match(bencher: divan::Bencher) {
    let (words, skills) = (Words::of(LINE), lexicon().skills());
    let count = || (0..words.len()).filter(|at| skills.longest(black_box(&words), *at).is_some()).count();
    assert!(count() >= 6, "skills of the line");
    bencher.counter(ItemsCount::new(words.len())).bench(count);
}

#[divan::bench(args = QUERIES)]
fn parse_query(bencher: divan::Bencher, text: &str) {
    bencher.bench(|| parsed(black_box(text)));
}

#[divan::bench(args = QUERIES)]
fn search(bencher: divan::Bencher, text: &str) {
    let query = parsed(text);
    bencher.bench(|| found(black_box(&query), Vec::new()));
}

#[divan::bench(args = QUERIES)]
fn search_with_eight_facets(bencher: divan::Bencher, text: &str) {
    let query = parsed(text);
    bencher.bench(|| found(black_box(&query), facets::eight()));
}

#[divan::bench(args = QUERIES)]
fn snippets_of_the_hits(bencher: divan::Bencher, text: &str) {
    let found = found(&parsed(text), Vec::new());
    let shown = || found.hits.iter().map(|hit| snippets(&hit.document, &found.marks).len()).sum::<usize>();
    bencher.counter(ItemsCount::new(found.hits.len())).bench(shown);
}
