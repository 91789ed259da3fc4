//! Extraction of the invented résumés in `corpus/` against what a careful reader finds in them (`tests/data/gold`): precision,
//! recall and F1 per field with floors slightly under what is reached, and the three broken-Markdown résumés without any mistake.
//! The table: `cargo test --test gold -- --nocapture`.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its data has to fail")]

mod matching;
mod values;

use matching::Counts;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use values::Values;
use vitae::lexicon::Lexicon;
use vitae::model::Month;

/// Field, lowest precision, lowest recall.
const FLOORS: &[(&str, f64, f64)] = &[
    ("name", 0.98, 0.98),
    ("emails", 1.00, 1.00),
    ("phones", 1.00, 1.00),
    ("locations", 0.98, 0.81),
    ("skills", 0.94, 0.97),
    ("schools", 0.95, 0.89),
    ("degrees", 0.93, 0.86),
    ("degree_levels", 0.95, 0.89),
    ("degree_years", 0.97, 0.89),
    ("gpa", 1.00, 0.93),
    ("employers", 0.93, 0.90),
    ("titles", 0.92, 0.90),
    ("spans", 0.94, 0.93),
    ("records", 0.87, 0.89),
    ("certificates", 0.92, 0.83),
    ("projects", 0.80, 1.00),
    ("publications", 0.93, 0.97),
    ("languages", 1.00, 0.88),
];

/// The corpus was written for this month.
const AS_OF: (i32, u32) = (2026, 11);

fn root(part: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(part)
}

/// What a careful reader finds.
struct Gold {
    path: String,
    wanted: Values,
    optional: Values,
}

fn golds() -> Vec<Gold> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(root("tests/data/gold")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let json = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "json"));
    json.map(|file| {
        let value: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let path = value["path"].as_str().unwrap().to_string();
        Gold { path, wanted: values::of_gold(&value), optional: values::of_gold(&value["optional"]) }
    })
    .collect()
}

fn extracted(path: &str) -> Values {
    let bytes = std::fs::read(root("corpus").join(path)).unwrap();
    let format = vitae::corpus::sniff(&bytes, path).unwrap();
    let text = vitae::read::read(&bytes, format).unwrap();
    let lexicon = Lexicon::builtin();
    let sections = vitae::sections::split(&text, &lexicon);
    let as_of = Month::new(AS_OF.0, AS_OF.1);
    values::of_profile(&vitae::profile::extract(&text, &sections, &lexicon, as_of))
}

#[test]
fn every_field_reaches_its_floor() {
    let mut table: BTreeMap<&str, Counts> = BTreeMap::new();
    for gold in golds() {
        let found = extracted(&gold.path);
        for field in values::FIELDS {
            if gold.wanted.lacks(field) {
                continue;
            }
            let none = Vec::new();
            let optional = gold.optional.get(field).unwrap_or(&none);
            let counts = matching::count(field, found.get(field).unwrap_or(&none), &gold.wanted[field], optional);
            if std::env::var("GOLD_ERRORS").is_ok_and(|wanted| wanted == *field) && !counts.is_perfect() {
                println!("{}: wrong {:?}, missed {:?}", gold.path, counts.wrong, counts.missed);
            }
            table.entry(field).or_default().add(counts);
        }
    }
    println!("{:<15}{:>7}{:>11}{:>8}{:>8}", "field", "gold", "precision", "recall", "F1");
    for field in values::FIELDS {
        let Some(counts) = table.get(field) else { continue };
        let (precision, recall) = (counts.precision(), counts.recall());
        println!("{field:<15}{:>7}{precision:>11.3}{recall:>8.3}{:>8.3}", counts.of_gold(), counts.f1());
    }
    for (field, precision, recall) in FLOORS {
        let counts = &table[field];
        assert!(counts.precision() >= *precision, "{field}: precision {:.3} < {precision}", counts.precision());
        assert!(counts.recall() >= *recall, "{field}: recall {:.3} < {recall}", counts.recall());
    }
}

#[test]
fn broken_markdown_is_completely_right() {
    let hazards: Vec<Gold> = golds().into_iter().filter(|gold| gold.path.contains("hazard")).collect();
    assert_eq!(hazards.len(), 3);
    let mut mistakes = Vec::new();
    for gold in hazards {
        let found = extracted(&gold.path);
        for field in values::FIELDS {
            let none = Vec::new();
            let [found, wanted, optional] =
                [&found, &gold.wanted, &gold.optional].map(|values| values.get(field).unwrap_or(&none));
            let (wrong, missed) = matching::exact(field, found, wanted, optional);
            if !wrong.is_empty() || !missed.is_empty() {
                mistakes.push(format!("{} {field}: wrong {wrong:?}, missed {missed:?}", gold.path));
            }
        }
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}
