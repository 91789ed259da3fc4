//! The examples of docs/query-language.md, the table of fields and the grammar are what the parser does.

use vitae::lexicon::Lexicon;
use vitae::model::{FIELDS, FieldId};
use vitae::query::parse;

const PAGE: &str = include_str!("../docs/query-language.md");

/// The lines of all fenced blocks of one kind.
fn fenced<'t>(text: &'t str, kind: &str) -> Vec<&'t str> {
    let mut lines = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(fence) => inside = fence == kind,
            None if inside => lines.push(line),
            None => {}
        }
    }
    lines
}

#[test]
fn every_example_reads_as_the_page_says() {
    let lexicon = Lexicon::builtin();
    let today = jiff::civil::date(2026, 1, 1);
    let examples = fenced(PAGE, "query");
    assert!(examples.len() > 80);
    for line in examples {
        let (typed, canonical) = line.split_once(" => ").unwrap_or_else(|| panic!("no arrow: {line}"));
        let query = parse(typed.trim(), &lexicon, today).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(query.interpreted_as, canonical.trim(), "{line}");
        let again = parse(canonical, &lexicon, today).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(again.root, query.root, "{line}");
    }
}

#[test]
fn the_table_of_fields_is_complete_and_its_examples_parse() {
    let lexicon = Lexicon::builtin();
    for row in FIELDS.iter().filter(|row| row.id != FieldId::SkillInJob) {
        let line = format!("| `{}` | {}", row.name, row.aliases.join(", "));
        assert!(PAGE.contains(line.trim_end()), "missing: {line}");
        let parsed = parse(row.example, &lexicon, jiff::civil::date(2026, 1, 1));
        assert!(parsed.is_ok(), "{}", row.example);
    }
}

#[test]
fn the_grammar_is_the_one_at_the_head_of_the_parser() {
    let head = include_str!("../src/query/mod.rs");
    let code: Vec<&str> = fenced(PAGE, "ebnf");
    for line in code {
        assert!(head.contains(&format!("//! {line}")), "not in src/query/mod.rs: {line}");
    }
}
