//! Which of a few small résumés comes first, and why.

use super::fixture::{Fixture, Person, and, index, index_in, not, options, or, phrase, word};
use crate::engine::{FoundHit, SearchOptions};
use crate::model::{FieldId, ScorePart};
use crate::query::ast::{Group, Node, Term, TextMatch};

fn check(people: &[Person], node: &Node, expected: &[&str]) {
    assert_eq!(index(people).paths(node), expected, "{node}");
}

fn skill(name: &str) -> Node {
    let text = TextMatch::Word(name.to_lowercase());
    Node::Term(Term { field: Some(FieldId::Skill), text, skills: vec![name.into()], boost: 1.0 })
}

#[test]
fn the_title_of_the_present_job_says_most() {
    let people = [
        Person::new("said.txt", "worked with a nurse").job("Clerk", "Acme", (2020, 1), None, "letters"),
        Person::new("past.txt", "Ana").job("Clerk", "Acme", (2020, 1), None, "letters").job(
            "Nurse",
            "Ward",
            (2010, 1),
            Some((2015, 1)),
            "care",
        ),
        Person::new("present.txt", "Ben").job("Nurse", "Ward", (2020, 1), None, "care").job(
            "Clerk",
            "Acme",
            (2010, 1),
            Some((2015, 1)),
            "letters",
        ),
    ];
    check(&people, &word("nurse"), &["present.txt", "past.txt", "said.txt"]);
}

#[test]
fn a_skill_in_use_beats_an_old_one_and_a_bare_list() {
    let people = [
        Person::new("listed.txt", "Kafka").job("Clerk", "Acme", (2020, 1), None, "letters").skill("Kafka", None),
        Person::new("old.txt", "x").job("Clerk", "Acme", (2005, 1), Some((2009, 1)), "Kafka").skill("Kafka", Some(0)),
        Person::new("now.txt", "x").job("Clerk", "Acme", (2020, 1), None, "Kafka").skill("Kafka", Some(0)),
    ];
    check(&people, &skill("Kafka"), &["now.txt", "old.txt", "listed.txt"]);
}

#[test]
fn forms_that_stand_together_are_not_common_for_that() {
    // Each form in half of the files: their sum is everybody, who has one of them is not.
    let files = (0..10).map(|at| format!("{at}.txt"));
    let text = |at: usize| if at < 5 { "plans planned planning" } else { "letters" };
    let people: Vec<Person> = files.enumerate().map(|(at, file)| Person::new(&file, text(at))).collect();
    let prefix = Node::Term(Term { field: None, text: TextMatch::Prefix("plan".into()), skills: vec![], boost: 1.0 });
    for node in [prefix, word("plans")] {
        let found = index(&people).search(&node, &options());
        assert!(found.total == 5 && found.hits[0].score > 0.1, "{node}: {}", found.hits[0].score);
    }
}

#[test]
fn stuffing_a_page_with_a_word_gains_nothing() {
    let stuffed = "kafka ".repeat(50);
    let people = [
        Person::new("stuffed.txt", &stuffed),
        Person::new("works.txt", "x")
            .job("Kafka engineer", "Acme", (2020, 1), None, "runs Kafka")
            .skill("Kafka", Some(0)),
    ];
    check(&people, &word("kafka"), &["works.txt", "stuffed.txt"]);
}

#[test]
fn the_word_itself_beats_its_other_forms() {
    let people = [Person::new("form.txt", "managed things"), Person::new("word.txt", "manage things")];
    check(&people, &word("manage"), &["word.txt", "form.txt"]);
}

#[test]
fn the_same_answer_for_any_segments() {
    let people: Vec<Person> = (0..30)
        .map(|at| {
            let person = Person::new(&format!("{at:02}.txt"), &format!("java {} word{at}", "oslo ".repeat(at % 3)));
            if at % 4 == 0 { person.job("Java lead", "Acme", (2020, 1), None, "java") } else { person }
        })
        .collect();
    let bits = |fixture: &Fixture| -> Vec<(String, u32)> {
        let tree = and(vec![word("java"), word("oslo")]);
        let found = fixture.search(&tree, &SearchOptions { explain: true, ..options() });
        found.hits.iter().map(|hit| (hit.id.clone(), hit.score.to_bits())).collect()
    };
    let one = bits(&index_in(&people, 100));
    assert_eq!(one.len(), 20);
    assert_eq!(one, bits(&index_in(&people, 3)));
}

#[test]
fn a_phrase_in_a_title_beats_the_phrase_in_the_text() {
    let people = [
        Person::new("text.txt", "reports to the project manager"),
        Person::new("title.txt", "x").job("Project manager", "Acme", (2020, 1), None, "plans"),
    ];
    check(&people, &phrase("project manager"), &["title.txt", "text.txt"]);
}

#[test]
fn neighbours_of_the_query_that_are_neighbours_in_the_text_come_first() {
    let people = [
        Person::new("apart.txt", "network engineer and database administrator"),
        Person::new("beside.txt", "engineer and network administrator database"),
    ];
    check(&people, &and(vec![word("network"), word("administrator")]), &["beside.txt", "apart.txt"]);
    check(&people, &and(vec![word("database"), word("administrator")]), &["apart.txt", "beside.txt"]);
    let found = index(&people)
        .search(&and(vec![word("network"), word("administrator")]), &SearchOptions { explain: true, ..options() });
    for hit in &found.hits {
        assert_eq!(hit.score, hit.parts.iter().map(|part| part.points).sum::<f32>());
    }
    assert!(found.hits[0].parts.iter().any(|part| part.name == "network administrator side by side"));
}

#[test]
fn words_in_a_row_and_the_skill_they_name_count_once() {
    let people = [
        Person::new("listed.txt", "machine learning").skill("Machine Learning", None),
        Person::new("twice.txt", "machine learning, machine learning"),
        Person::new("apart.txt", "learning to mend a machine"),
    ];
    let words = and(vec![word("machine"), word("learning")]);
    let tree = or(vec![words.clone(), skill("Machine Learning")]);
    let found = index(&people).search(&tree, &SearchOptions { explain: true, ..options() });
    assert_eq!(found.total, 3);
    for hit in &found.hits {
        assert_eq!(hit.score, hit.parts.iter().map(|part| part.points).sum::<f32>());
        let is_skill = |part: &ScorePart| part.name.starts_with("skill:");
        let scored: Vec<&ScorePart> = hit.parts.iter().filter(|part| !part.name.contains("side by side")).collect();
        assert!(scored.iter().all(|part| is_skill(part)) || !scored.iter().any(|part| is_skill(part)), "{scored:?}");
    }
    // A skill that one of three has is no rarer than the words, which all have.
    let ranked: Vec<String> = index(&people).paths(&tree);
    assert_eq!(ranked.last().map(String::as_str), Some("apart.txt"));
}

#[test]
fn the_best_are_the_same_however_many_are_asked_for() {
    // Enough that the most promising are looked at first; a prefix of so many forms has no bounds that are computed for all together.
    let people: Vec<Person> = (0..1_000)
        .map(|at| {
            let (first, forms) = ("oslo ".repeat(at % 7), format!("adm{:02} ", at % 20).repeat(1 + at % 11));
            let text = format!("{first} network {} administrator {forms}", "of an ".repeat(at % 5 / 4));
            Person::new(&format!("{at:04}.txt"), &text)
        })
        .collect();
    let fixture = index_in(&people, 700);
    let prefix = || Node::Term(Term { field: None, text: TextMatch::Prefix("adm".into()), skills: vec![], boost: 1.0 });
    for tree in [
        and(vec![word("network"), word("administrator")]),
        and(vec![word("network"), prefix()]),
        and(vec![prefix(), word("administrator"), word("network")]),
        or(vec![word("oslo"), prefix()]),
        and(vec![word("administrator"), or(vec![prefix(), word("oslo")])]),
    ] {
        let all = fixture.paths(&tree);
        let few = fixture.search(&tree, &SearchOptions { limit: 5, ..options() });
        let few: Vec<String> = few.hits.iter().map(|hit| hit.document.paths[0].clone()).collect();
        assert_eq!(few, all[..5], "{tree}");
    }
}

#[test]
fn the_few_with_words_side_by_side_are_found_among_many() {
    // Two in a hundred have the words side by side: hardly anybody can be left out before some of them are known.
    let people: Vec<Person> = (0..1_900_usize)
        .map(|at| {
            let between = if at % 50 == 17 { "" } else { "of " };
            let words = if at % 2 == 1 { format!("network {between}administrator") } else { String::new() };
            Person::new(&format!("{at:04}.txt"), &format!("{words} {}", "and more ".repeat(at * 7 % 12)))
        })
        .collect();
    let fixture = index_in(&people, people.len());
    let tree = and(vec![word("network"), word("administrator")]);
    let all = fixture.paths(&tree);
    assert_eq!(all.len(), people.len() / 2);
    let few = || {
        let found = fixture.search(&tree, &SearchOptions { limit: 12, ..options() });
        found.hits.iter().map(|hit| hit.document.paths[0].clone()).collect::<Vec<_>>()
    };
    assert_eq!(few(), all[..12]);
    assert!(few()[0].contains("17.") || few()[0].contains("67."), "{:?}", few());
    fixture.engine.prepare_all(&tree, options().as_of).unwrap();
    fixture.engine.rest();
    assert_eq!(few(), all[..12]);
}

#[test]
fn the_most_frequent_words_are_made_ready_for() {
    let texts = ["kafka engineer oslo", "kafka engineer", "kafka of the", "of the"];
    let people: Vec<Person> = (0..).zip(texts).map(|(at, text)| Person::new(&format!("{at}.txt"), text)).collect();
    let fixture = index_in(&people, 9);
    assert_eq!(fixture.engine.most_frequent(2).unwrap(), ["kafka", "engineer"]);
}

#[test]
fn what_is_kept_of_words_changes_no_answer() {
    // Titles of main and of older jobs, skills used at different times, texts of different lengths, forms of words.
    let people: Vec<Person> = (0..900_usize)
        .map(|at| {
            let month = |back: usize| (2024 - (at % 13) as i32 - back as i32, 1);
            let text = format!("{} java lead {}", "managed oslo ".repeat(at % 7), "of many words ".repeat(at % 11));
            let [now, before] = if at % 3 == 0 { ["Java lead", "Clerk"] } else { ["Clerk", "Manager, Java lead"] };
            let person = Person::new(&format!("{at:04}.txt"), &text)
                .job(now, "Acme", month(0), (at % 5 > 0).then(|| month(0)), "kafka and java")
                .job(before, "Ward", month(6), Some(month(2)), "java");
            let person = if at % 2 == 0 { person.skill("Kafka", Some(at % 2)) } else { person };
            if at % 7 == 0 { person.skill("Machine Learning", Some(1)) } else { person }
        })
        .collect();
    let learning = || or(vec![and(vec![word("java"), word("lead")]), skill("Machine Learning")]);
    for tree in [
        and(vec![word("java"), word("lead")]),
        and(vec![word("manage"), skill("Kafka")]),
        or(vec![skill("Kafka"), word("oslo"), phrase("java lead")]),
        and(vec![learning(), word("oslo")]),
        Node::Group(Group::Job, Box::new(and(vec![word("lead"), word("kafka")]))),
        Node::Group(Group::Past, Box::new(and(vec![word("java"), not(word("kafka"))]))),
    ] {
        let fixture = index_in(&people, 500);
        let answer = |limit| {
            let found = fixture.search(&tree, &SearchOptions { limit, explain: true, ..options() });
            let hit = |hit: &FoundHit| (hit.id.clone(), hit.score.to_bits(), hit.parts.len());
            (found.total, found.hits.iter().map(hit).collect::<Vec<_>>())
        };
        let (all, few) = (answer(900), answer(7));
        assert!(few.1 == all.1[..7], "{tree}");
        fixture.engine.prepare_all(&tree, options().as_of).unwrap();
        fixture.engine.rest();
        assert!((answer(900), answer(7)) == (all, few), "{tree}");
    }
}
