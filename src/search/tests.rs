//! Text in, answers out, on a small index.

use super::{Answer, run};
use crate::engine::embedded::fixture::{Fixture, Person, index, options};
use crate::lexicon::Lexicon;
use crate::model::DegreeLevel;

fn people() -> Fixture {
    index(&[
        Person::new("ana.txt", "Ana Gil")
            .job("Team lead", "Oracle", (2022, 1), None, "Led Kafka and Kubernetes work")
            .degree("B.Sc", DegreeLevel::Bachelor, "Lakeside College", Some(2014))
            .skill("Kubernetes", Some(0)),
        Person::new("ben.txt", "Ben Orr").job(
            "Developer",
            "Acme",
            (2019, 1),
            Some((2021, 12)),
            "k8s and ledger closing",
        ),
        Person::new("cem.txt", "Cem Ak, payable and ledger"),
    ])
}

fn ask(text: &str) -> Answer {
    let today = jiff::civil::date(2026, 1, 1);
    run(&people().engine, text, &Lexicon::builtin(), today, &options()).unwrap()
}

fn paths(answer: &Answer) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.path.as_str()).collect()
}

#[test]
fn an_answer_says_who_why_and_how_it_was_read() {
    let answer = ask("title:lead kafka");
    assert_eq!((answer.total, answer.searched, answer.interpreted_as.as_str()), (1, 3, "title:lead AND kafka"));
    let hit = &answer.hits[0];
    assert_eq!((hit.title.as_deref(), hit.employer.as_deref(), hit.current), (Some("Team lead"), Some("Oracle"), true));
    assert_eq!(hit.degree.as_deref(), Some("B.Sc, Lakeside College, 2014"));
    let marked: Vec<&str> = hit
        .snippets
        .iter()
        .flat_map(|one| one.marks.iter().map(|(from, to)| &one.text[*from as usize..*to as usize]))
        .collect();
    assert!(marked.contains(&"Kafka") && marked.contains(&"lead"), "{marked:?}");
    let json = serde_json::to_value(&answer).unwrap();
    assert_eq!(json["hits"][0]["path"], "ana.txt");
}

#[test]
fn unknown_values_are_counted_and_can_be_included() {
    let answer = ask("graduated>=2010");
    assert_eq!((paths(&answer), answer.unknown[0].count), (vec!["ana.txt"], 2));
    assert_eq!(ask("graduated>=2010?").total, 3);
}

#[test]
fn nothing_found_names_the_clause() {
    let answer = ask("kafka cobol");
    assert_eq!(answer.total, 0);
    assert!(answer.notices.iter().any(|notice| notice == "nobody satisfies `cobol`"), "{:?}", answer.notices);
    assert!(answer.notices.iter().any(|notice| notice == "without `cobol`: 1"), "{:?}", answer.notices);
}

#[test]
fn many_words_also_show_who_has_most_of_them() {
    let answer = ask("ledger closing payable");
    assert_eq!(answer.total, 0);
    let nearly: Vec<(usize, &str)> = answer.nearly.iter().map(|hit| (hit.rank, hit.path.as_str())).collect();
    assert_eq!(nearly.len(), 2);
    assert_eq!(nearly[0].0, 1);
}

#[test]
fn expansions_are_told() {
    let answer = ask("kuberntes~");
    assert_eq!(paths(&answer), ["ana.txt"]);
    assert!(answer.notices[0].contains("kubernetes (1)"), "{:?}", answer.notices);
}
