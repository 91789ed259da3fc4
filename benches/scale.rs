//! Searching a large index, as a program that keeps it open does: from the text of the query to the finished answer with its ten hits
//! and their snippets, without starting a process.
//!
//! Measures: milliseconds per query, median and 99th percentile over twenty skills in turn (or the queries of a file), after some rounds that
//! warm up (one for the queries of a file); the same of processor time, all threads together, which other programs change less; the candidates of the first query; what
//! grouping within one job costs against the same conditions anywhere. On: invented text résumés (`benches/synth`), indexed into a
//! temporary folder, or an index that is there.
//! Run: `cargo bench --bench scale -- 10000`, or `cargo bench --bench scale -- INDEX [ROUNDS [CLASS [SKILL]]]` for one made before with
//! `examples/synth`; CLASS is part of the name of a class, SKILL the only one asked for. Other queries: CLASS is a file whose lines are a
//! class, a tab and a query; classes that begin with `facet` count eight facets.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, Term};
use vitae::engine::SearchOptions;
use vitae::engine::embedded::Embedded;
use vitae::lexicon::Lexicon;
use vitae::model::Month;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod facets;
mod synth;

const SKILLS: &str = include_str!("../src/lexicon/data/skills.tsv");

/// Stand in for `{}` one after the other, and the one three further for `{+}`: common and rare ones.
const ASKED: &[&str] = &[
    "java",
    "python",
    "react",
    "sql",
    "kubernetes",
    "docker",
    "excel",
    "salesforce",
    "sap",
    "autocad",
    "linux",
    "aws",
    "azure",
    "javascript",
    "typescript",
    "tableau",
    "photoshop",
    "spark",
    "jira",
    "verilog",
];

/// What queries count from.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 1, 15);

/// Class and query.
const CLASSES: &[(&str, &str)] = &[
    ("one word", "{}"),
    ("three words", "{} {+} engineer"),
    ("three words, two filters", "{} {+} engineer degree>=bachelor years>=3"),
    (FACETED, "{} {+} engineer degree>=bachelor years>=3"),
    ("any of five", "{} OR {+} OR haskell OR kafka OR payroll"),
    ("not", "{} NOT {+}"),
    ("phrase", "\"software engineer\" {}"),
    ("prefix", "{} engin*"),
    ("two conditions anywhere", "title:lead skill:{}"),
    ("two within one job", "job(title:lead skill:{})"),
    ("three conditions anywhere", "title:engineer employer:gmbh skill:{}"),
    ("three within one job", "job(title:engineer employer:gmbh skill:{})"),
    ("three within one dated job", "job(title:engineer employer:gmbh skill:{} during:2020..2024)"),
];
/// Rounds that bring pages into memory and have the engine make what it keeps of words and conditions that are asked again and again.
const WARM_UP: usize = 5;

/// The class that also counts eight facets over all its candidates.
const FACETED: &str = "the same, eight facets";
/// Classes whose ratio is what grouping costs.
const PAIRS: &[(&str, &str)] = &[
    ("two conditions anywhere", "two within one job"),
    ("three conditions anywhere", "three within one job"),
    ("three words, two filters", FACETED),
];

fn main() {
    let measured = std::env::args().any(|argument| argument == "--bench");
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let work = tempfile::tempdir().expect("a temporary folder");
    let index = match arguments.first() {
        Some(argument) if Path::new(argument).is_dir() => PathBuf::from(argument),
        argument => {
            let number = argument.and_then(|number| number.parse().ok()).unwrap_or(if measured { 10_000 } else { 50 });
            make(work.path(), number)
        }
    };
    let class_part = arguments.get(2).cloned().unwrap_or_default();
    let only = arguments.get(3).map(String::as_str);
    let rounds = arguments.get(1).and_then(|rounds| rounds.parse().ok()).unwrap_or(if measured { 5 } else { 1 });
    let lexicon = Lexicon::builtin();
    let start = Instant::now();
    let engine = Embedded::open(&index).expect("an index");
    println!("opened in {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    let start = Instant::now();
    vitae::search::ahead::warm_up(&engine, &lexicon, TODAY).expect("a readable index");
    engine.rest();
    println!("made ready for frequent words in {:.1} s", start.elapsed().as_secs_f64());
    println!(
        "{:<28} {:>9} {:>9} {:>9} {:>9} {:>10}   slowest at p99 (ms; {rounds} rounds)",
        "class", "median", "p99", "CPU", "p99", "found"
    );
    if FLOOR.contains(&class_part) {
        let times = floor(&index, rounds);
        println!("{FLOOR:<28} {:>9.2} {:>9.2}", times[times.len() / 2], times[times.len() * 99 / 100]);
    }
    // What is asked so often is soon known; the queries of a file are many, each for itself.
    let warm_up = if Path::new(&class_part).is_file() { 1 } else { WARM_UP };
    let mut seen = Vec::new();
    for (class, queries) in classes(&class_part, only) {
        let is_faceted = class == FACETED || class.starts_with("facet");
        let (times, mut worked, found) = time(&engine, &lexicon, &queries, (is_faceted, warm_up, rounds));
        worked.sort_by(f64::total_cmp);
        let (median, p99) = (times[times.len() / 2].0, times[times.len() * 99 / 100].0);
        let (work, work_p99) = (worked[worked.len() / 2], worked[worked.len() * 99 / 100]);
        let slowest = times[times.len() * 99 / 100].1;
        println!("{class:<28} {median:>9.2} {p99:>9.2} {work:>9.2} {work_p99:>9.2} {found:>10}   {slowest}");
        seen.push((class, median, p99));
    }
    for (plain, other) in PAIRS {
        let of = |name: &str| seen.iter().find(|(class, ..)| class == name);
        let (Some((_, median, p99)), Some((_, other_median, other_p99))) = (of(plain), of(other)) else { continue };
        println!("{other}: {:.1} times {plain} (median), {:.1} (p99)", other_median / median, other_p99 / p99);
    }
}

/// Queries of one class: what each is called, and its text.
type Queries = Vec<(String, String)>;

/// The classes asked for with their queries, in order.
fn classes(part: &str, only: Option<&str>) -> Vec<(String, Queries)> {
    if let Ok(lines) = std::fs::read_to_string(part) {
        let mut all: Vec<(String, Queries)> = Vec::new();
        for (class, query) in lines.lines().filter_map(|line| line.split_once('\t')) {
            let named = (query.to_string(), query.to_string());
            match all.iter_mut().find(|(known, _)| known == class) {
                Some((_, queries)) => queries.push(named),
                None => all.push((class.to_string(), vec![named])),
            }
        }
        return all;
    }
    let asked = |query: &str| {
        let skills = ASKED.iter().enumerate().filter(|(_, skill)| only.is_none_or(|only| only == **skill));
        let text = |(at, skill): (usize, &&str)| {
            let other = ASKED[(at + 3) % ASKED.len()];
            (skill.to_string(), query.replace("{}", skill).replace("{+}", other))
        };
        skills.map(text).collect()
    };
    let wanted = CLASSES.iter().filter(|(class, _)| class.contains(part));
    wanted.map(|(class, query)| (class.to_string(), asked(query))).collect()
}

/// Milliseconds of processor time that this process has had; 0 where the system does not tell.
fn worked() -> f64 {
    #[cfg(unix)]
    {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
    }
    #[cfg(not(unix))]
    0.0
}

/// Sorted milliseconds with the name of the query, milliseconds of processor time, and the candidates of the first query.
fn time<'q>(
    engine: &Embedded,
    lexicon: &Lexicon,
    queries: &'q Queries,
    (faceted, warm_up, rounds): (bool, usize, usize),
) -> (Vec<(f64, &'q str)>, Vec<f64>, u64) {
    let mut options = SearchOptions::new(Month::new(2026, 1));
    if faceted {
        options.facets = facets::eight();
    }
    let (mut times, mut work, mut found) = (Vec::new(), Vec::new(), 0);
    for round in 0..warm_up + rounds {
        if round == warm_up {
            engine.rest();
        }
        for (at, (name, text)) in queries.iter().enumerate() {
            let (start, before) = (Instant::now(), worked());
            let answer = vitae::search::run(engine, text, lexicon, TODAY, &options).expect("a query of this table");
            let took = start.elapsed().as_secs_f64() * 1000.0;
            if round >= warm_up {
                times.push((took, name.as_str()));
                work.push(worked() - before);
            }
            if at == 0 {
                found = answer.total;
            }
        }
    }
    times.sort_by(|one, other| one.0.total_cmp(&other.0));
    (times, work, found)
}

/// What the engine below us takes for three words of the whole text alone: no fields, forms, entries, hits or snippets, one thread.
const FLOOR: &str = "tantivy, three words of text";

/// Sorted milliseconds of counting and ranking three words by tantivy itself on the same postings.
fn floor(folder: &Path, rounds: usize) -> Vec<f64> {
    let index = Index::open_in_dir(folder.join("tantivy")).expect("an index");
    let body = index.schema().get_field("body").expect("a field of the schema");
    let searcher = index.reader().expect("a reader").searcher();
    let mut times = Vec::new();
    for round in 0..=rounds {
        for (at, skill) in ASKED.iter().enumerate() {
            let words = [skill, ASKED[(at + 3) % ASKED.len()], "engineer"];
            let word = |word| -> (Occur, Box<dyn Query>) {
                let term = Term::from_field_text(body, word);
                (Occur::Must, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
            };
            let start = Instant::now();
            let query = BooleanQuery::new(words.map(word).into());
            let best = TopDocs::with_limit(10).order_by_score();
            searcher.search(&query, &(best, Count)).expect("a query of terms");
            if round > 0 {
                times.push(start.elapsed().as_secs_f64() * 1000.0);
            }
        }
    }
    times.sort_by(f64::total_cmp);
    times
}

/// Writes résumés and indexes them as a user does.
fn make(work: &Path, number: u64) -> PathBuf {
    let synth = synth::Synth::new(42, SKILLS);
    let (folder, index) = (work.join("resumes"), work.join("index"));
    for id in 0..number {
        let place = folder.join(format!("{:04}", id / 1000));
        std::fs::create_dir_all(&place).expect("a folder in the temporary folder");
        let resume = synth.resume(id);
        let ending = if resume.markdown { "md" } else { "txt" };
        std::fs::write(place.join(format!("{id:07}.{ending}")), resume.text).expect("room for the résumés");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_vitae"));
    command.arg("index").arg(&folder).arg("--index").arg(&index).stdout(Stdio::null()).stderr(Stdio::null());
    assert!(command.status().expect("the program runs").success());
    index
}
