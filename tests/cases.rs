//! Queries and exactly whom they find, on 52 short résumés through the whole pipeline. The rows are data (`tests/data/cases`), so that
//! another engine can be held to them.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;
use tempfile::TempDir;
use vitae::engine::embedded::Embedded;
use vitae::engine::embedded::sink::EmbeddedSink;
use vitae::engine::{Engine, FacetRequest, SearchOptions};
use vitae::index::{self, Control, IndexOptions, Reader, Report};
use vitae::lexicon::Lexicon;
use vitae::model::{FieldId, Month};
use vitae::search::{self, Answer};

/// One row; what the keys mean stands in `tests/data/cases/README.md`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    rule: String,
    query: String,
    finds: Option<Vec<String>>,
    all_but: Option<Vec<String>>,
    first: Option<String>,
    last: Option<String>,
    same_as: Option<String>,
    notice: Option<String>,
    error: Option<String>,
    unknown: Option<u64>,
    parts: Option<BTreeMap<String, String>>,
    negated: Option<BTreeSet<String>>,
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// The index of the short résumés.
struct Mini {
    engine: Embedded,
    lexicon: Lexicon,
    report: Report,
    _folder: TempDir,
}

fn mini() -> &'static Mini {
    static MINI: OnceLock<Mini> = OnceLock::new();
    MINI.get_or_init(|| indexed(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases/resumes")))
}

/// An index of a folder of résumés.
fn indexed(resumes: &Path) -> Mini {
    let folder = tempfile::tempdir().unwrap();
    let lexicon = Lexicon::builtin();
    let reader = Reader { lexicon: &lexicon, as_of: Month::new(2026, 1) };
    let (mut sink, _) = EmbeddedSink::open(folder.path()).unwrap();
    let control = Control { progress: &mut |_| {}, cancel: &AtomicBool::new(false) };
    let report = index::run(&IndexOptions::new(resumes, folder.path()), &reader, &mut sink, control).unwrap();
    sink.close().unwrap();
    let engine = Embedded::open(folder.path()).unwrap();
    Mini { engine, lexicon, report, _folder: folder }
}

impl Mini {
    fn search(&self, query: &str) -> vitae::Result<Answer> {
        let options = SearchOptions { limit: 100, explain: true, ..SearchOptions::new(Month::new(2026, 1)) };
        search::run(&self.engine, query, &self.lexicon, jiff::civil::date(2026, 1, 1), &options)
    }

    fn found(&self, query: &str) -> vitae::Result<BTreeSet<String>> {
        Ok(names(&self.search(query)?))
    }
}

/// Names of the candidates that satisfy the query.
fn names(answer: &Answer) -> BTreeSet<String> {
    answer.hits.iter().flat_map(|hit| hit.matching_paths()).map(name).collect()
}

fn name(path: &str) -> String {
    path.split('.').next().unwrap_or_default().to_string()
}

impl Case {
    /// What is wrong, or nothing.
    fn failure(&self, mini: &Mini) -> Option<String> {
        let answer = match (mini.search(&self.query), &self.error) {
            (Err(error), Some(expected)) => {
                let text = format!("{error} {}", error.hint.clone().unwrap_or_default());
                return (!text.contains(expected)).then(|| format!("error `{text}`"));
            }
            (Err(error), None) => return Some(format!("error `{error}`")),
            (Ok(_), Some(_)) => return Some("no error".to_string()),
            (Ok(answer), None) => answer,
        };
        let found = names(&answer);
        let expected = self.expected(mini);
        if expected.as_ref().is_some_and(|expected| *expected != found) {
            return Some(format!("found {found:?}, read as {}", answer.interpreted_as));
        }
        let ends = [(&self.first, answer.hits.first()), (&self.last, answer.hits.last())];
        if ends.iter().any(|(name_of, hit)| {
            name_of.as_ref().is_some_and(|expected| hit.is_none_or(|hit| name(&hit.path) != *expected))
        }) {
            return Some(format!("order {:?}", answer.hits.iter().map(|hit| &hit.path).collect::<Vec<_>>()));
        }
        if self.notice.as_ref().is_some_and(|part| !answer.notices.iter().any(|notice| notice.contains(part))) {
            return Some(format!("notices {:?}", answer.notices));
        }
        let unknown = answer.unknown.first().map_or(0, |clause| clause.count);
        if self.unknown.is_some_and(|expected| expected != unknown) {
            return Some(format!("{unknown} unknown"));
        }
        self.evidence_failure(&answer)
    }

    /// What is wrong with the explanation and the quotes.
    fn evidence_failure(&self, answer: &Answer) -> Option<String> {
        for (who, field) in self.parts.iter().flatten() {
            let hit = answer.hits.iter().find(|hit| name(&hit.path) == *who);
            let parts = hit.map(|hit| hit.parts.iter().filter_map(|part| part.field).map(|id| id.row().name));
            if !parts.is_some_and(|mut fields| fields.any(|id| id == field)) {
                return Some(format!("no part `{field}` for {who}"));
            }
        }
        let flagged = answer.hits.iter().filter(|hit| hit.snippets.iter().any(|snippet| snippet.negated));
        let flagged: BTreeSet<String> = flagged.map(|hit| name(&hit.path)).collect();
        self.negated.as_ref().filter(|expected| **expected != flagged).map(|_| format!("flagged {flagged:?}"))
    }

    fn expected(&self, mini: &Mini) -> Option<BTreeSet<String>> {
        if let Some(other) = &self.same_as {
            let found = mini.found(other).expect("the other query parses");
            assert!(!found.is_empty(), "`{other}` finds nobody");
            return Some(found);
        }
        if let Some(left_out) = &self.all_but {
            let all = mini.found("*").expect("everyone");
            return Some(all.into_iter().filter(|name| !left_out.contains(name)).collect());
        }
        self.finds.as_ref().map(|names| names.iter().cloned().collect())
    }
}

fn check(text: &str) {
    let cases: Cases = toml::from_str(text).unwrap();
    let failures: Vec<String> = cases
        .case
        .iter()
        .filter_map(|case| Some(format!("{}: `{}`: {}", case.rule, case.query, case.failure(mini())?)))
        .collect();
    assert!(failures.is_empty(), "{} of {} cases fail:\n{}", failures.len(), cases.case.len(), failures.join("\n"));
}

#[test]
fn words() {
    check(include_str!("data/cases/words.toml"));
}

#[test]
fn boolean() {
    check(include_str!("data/cases/boolean.toml"));
}

#[test]
fn skills() {
    check(include_str!("data/cases/skills.toml"));
}

#[test]
fn degrees() {
    check(include_str!("data/cases/degrees.toml"));
}

/// One row of `dates.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Period {
    rule: String,
    texts: Vec<String>,
    years: Option<f32>,
}

#[test]
fn dates() {
    #[derive(Deserialize)]
    struct Periods {
        text: Vec<Period>,
    }
    let rows: Periods = toml::from_str(include_str!("data/cases/dates.toml")).unwrap();
    let written: Vec<(&Period, &String)> =
        rows.text.iter().flat_map(|row| row.texts.iter().map(move |text| (row, text))).collect();
    let resumes = tempfile::tempdir().unwrap();
    for (number, (_, text)) in written.iter().enumerate() {
        let resume = format!("Mia Roth {number}\n\nExperience\nBaker, Corner Bakery\n{text}\n");
        std::fs::write(resumes.path().join(format!("row{number:02}.txt")), resume).unwrap();
    }
    let mini = indexed(resumes.path());
    let failures: Vec<String> = (0..)
        .zip(&written)
        .filter_map(|(number, (row, text))| {
            let found = mini.search(&format!("path:row{number:02}*")).unwrap().hits[0].years;
            let is_right = match (found, row.years) {
                (Some(found), Some(expected)) => (found - expected).abs() < 0.06,
                (found, expected) => found.is_none() && expected.is_none(),
            };
            (!is_right).then(|| format!("{}: `{text}`: {found:?}", row.rule))
        })
        .collect();
    assert!(failures.is_empty(), "{} of {} fail:\n{}", failures.len(), written.len(), failures.join("\n"));
}

#[test]
fn long_queries_count_every_word_and_too_long_ones_are_refused() {
    let many: Vec<String> = (0..499).map(|at| format!("word{at}")).collect();
    let found = mini().found(&format!("{} OR gRPC", many.join(" OR "))).unwrap();
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["D08"]);
    let error = mini().search(&"java ".repeat(14_000)).unwrap_err();
    assert!(error.to_string().contains("65536"), "{error}");
}

#[test]
fn a_year_later_present_jobs_are_a_year_longer() {
    let years = |year: i32| {
        let options = SearchOptions::new(Month::new(year, 1));
        let query = "path:D04*";
        let day = jiff::civil::date(year as i16, 1, 1);
        let answer = search::run(&mini().engine, query, &mini().lexicon, day, &options).unwrap();
        answer.hits[0].years.expect("a dated job")
    };
    assert!((years(2027) - years(2026) - 1.0).abs() < 0.01, "{} {}", years(2026), years(2027));
}

#[test]
fn every_file_is_accounted_for() {
    let report = &mini().report;
    assert!(report.balances(), "{report:?}");
    assert_eq!((report.seen, report.skipped_total()), (52, 1));
    assert!(report.to_string().contains("no-text-layer"), "{report}");
}

#[test]
fn a_stuffed_list_scores_no_more_than_the_same_list_once() {
    for query in ["pulsar", "skill:pulsar", "pulsar basalt"] {
        let answer = mini().search(query).unwrap();
        let score = |of: &str| answer.hits.iter().find(|hit| name(&hit.path) == of).unwrap().score;
        assert!(score("D51") <= score("D50"), "{query}: {} {}", score("D51"), score("D50"));
    }
}

#[test]
fn only_matched_words_are_marked() {
    let marked = |query: &str| -> Vec<String> {
        let answer = mini().search(query).unwrap();
        let snippets = answer.hits.iter().flat_map(|hit| &hit.snippets);
        snippets
            .flat_map(|one| one.marks.iter().map(|&(from, to)| one.text[from as usize..to as usize].to_string()))
            .collect()
    };
    assert_eq!(marked("\"software engineer\""), ["software engineer"]);
    assert_eq!(marked("IT"), ["IT"]);
    assert!(marked("senior NOT software").iter().all(|word| word == "senior"));
}

#[test]
fn a_facet_of_degrees_counts_every_level_of_a_person() {
    let highest = FacetRequest::named("degree.highest", 10).unwrap();
    let facets = vec![FacetRequest::of(FieldId::Degree, 10), highest];
    let options = SearchOptions { facets, ..SearchOptions::new(Month::new(2026, 1)) };
    let day = jiff::civil::date(2026, 1, 1);
    let answer = search::run(&mini().engine, "path:D23* OR path:D49*", &mini().lexicon, day, &options).unwrap();
    let counts = |at: usize| -> Vec<(&str, u64)> {
        answer.facets[at].values.iter().map(|value| (value.value.as_str(), value.count)).collect()
    };
    assert_eq!((answer.total, counts(0)), (2, vec![("bachelor", 2), ("master", 2)]));
    assert_eq!((answer.facets[1].field.as_str(), counts(1)), ("degree.highest", vec![("master", 2)]));
}

#[test]
fn the_engine_counts_as_many_as_it_lists() {
    for query in ["java", "NOT java", "degree>=bachelor", "manage", "*"] {
        let answer = mini().search(query).unwrap();
        assert_eq!(answer.total, answer.hits.len() as u64, "{query}");
        assert_eq!(answer.searched, mini().engine.stats().unwrap().candidates);
    }
}
