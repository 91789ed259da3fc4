//! What queries find, on small indexes: words, phrases, nearness, boolean algebra, values, entries.

use super::fixture::{Fixture, Person, and, exact, index, not, options, or, phrase, term, texts, word};
use crate::engine::{FacetRequest, GroupFacet, Instead, SearchOptions, Sort, SortKey};
use crate::model::{DegreeLevel, FieldId};
use crate::query::ast::{Filter, Group, NearKind, Node, Term, Test, TextMatch};

/// `expected` are numbers of lines.
fn check(fixture: &Fixture, rows: &[(Node, &[usize])]) {
    for (node, expected) in rows {
        let expected: Vec<String> = expected.iter().map(|at| format!("{at:02}.txt")).collect();
        assert_eq!(fixture.set(node), expected, "{node}");
    }
}

fn near(a: &str, b: &str, distance: u32, kind: NearKind) -> Node {
    term(TextMatch::Near { parts: vec![a.into(), b.into()], distance, kind })
}

#[test]
fn words_symbols_and_compounds() {
    let people = texts(&[
        "C++ developer",
        "C# engineer with ASP.NET Core",
        "Skills: C, assembly",
        "Java engineer",
        "Node.js, TypeScript, JavaScript",
        "R&D manager at AT&T",
        "net income",
        "PL/SQL and CI/CD",
        "front end",
        "frontend",
        "NodeJS",
        "IT manager",
        "It was built",
        "Driver's license",
        "José Müller in Málaga",
        "manager of managed managing",
        "university of things",
        "universe",
    ]);
    check(
        &people,
        &[
            (word("C++"), &[0]),
            (word("C#"), &[1]),
            (word("C"), &[2]),
            (word(".NET"), &[1]),
            (word("java"), &[3]),
            (and(vec![word("javascript"), not(word("java"))]), &[4]),
            (word("Node.js"), &[4, 10]),
            (word("nodejs"), &[4, 10]),
            (and(vec![word("node"), word("js")]), &[4, 10]),
            (word("AT&T"), &[5]),
            (word("at"), &[5]),
            (word("PL/SQL"), &[7]),
            (word("CICD"), &[7]),
            (and(vec![word("front"), word("end")]), &[8, 9]),
            (word("front-end"), &[8, 9]),
            (word("IT"), &[11]),
            (word("it"), &[11, 12]),
            (word("drivers"), &[13]),
            (word("driver's"), &[13]),
            (phrase("drivers licence"), &[]),
            (and(vec![word("drivers"), word("licence")]), &[13]),
            (word("jose"), &[14]),
            (word("Mueller"), &[14]),
            (word("manage"), &[5, 11, 15]),
            (exact("manage"), &[]),
            (word("university"), &[16]),
        ],
    );
}

#[test]
fn phrases_and_nearness() {
    let people = texts(&[
        "senior software engineer",
        "engineer, later senior",
        "fit out manager",
        "fit purple carpets out",
        "senior engineer",
    ]);
    check(
        &people,
        &[
            (phrase("fit out"), &[2]),
            (near("senior", "engineer", 2, NearKind::Near), &[0, 1, 4]),
            (near("engineer", "senior", 2, NearKind::Near), &[0, 1, 4]),
            (near("senior", "engineer", 1, NearKind::Near), &[4]),
            (near("senior", "engineer", 2, NearKind::Before), &[0, 4]),
            (near("engineer", "senior", 2, NearKind::Before), &[1]),
            (near("senior", "engineer", 0, NearKind::Slop), &[4]),
            (near("engineers", "\"senior software\"", 1, NearKind::Near), &[0]),
            (near("engineer", "\"senior software\"", 1, NearKind::Near), &[0]),
        ],
    );
}

#[test]
fn expansions_are_complete_and_listed() {
    let people =
        texts(&["developer", "development", "java", "javascript", "woman", "women", "typescript", "kubernetes"]);
    let prefix = |text: &str| term(TextMatch::Prefix(text.into()));
    let wildcard = |text: &str| term(TextMatch::Wildcard(text.into()));
    let fuzzy = |word: &str, distance| term(TextMatch::Fuzzy { word: word.into(), distance });
    check(
        &people,
        &[
            (prefix("develop"), &[0, 1]),
            (prefix("java"), &[2, 3]),
            (wildcard("wom?n"), &[4, 5]),
            (wildcard("*script"), &[3, 6]),
            (fuzzy("kuberntes", 1), &[7]),
            (fuzzy("kubrntes", 1), &[]),
            (fuzzy("kubrntes", 2), &[7]),
        ],
    );
    let found = people.search(&prefix("java"), &options());
    let terms: Vec<&str> = found.expansions[0].to.iter().map(|one| one.term.as_str()).collect();
    assert_eq!((found.expansions[0].from.as_str(), terms), ("java*", vec!["java", "javascript"]));
}

#[test]
fn prefixes_of_many_words_find_all() {
    let lines: Vec<String> = (0..40).map(|at| format!("zeta{at} zeta{} other", at / 2)).collect();
    let people = texts(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let zeta = term(TextMatch::Prefix("zeta".into()));
    assert_eq!(people.search(&zeta, &options()).total, 40);
    assert_eq!(people.search(&and(vec![zeta, exact("zeta39")]), &options()).total, 1);
}

#[test]
fn boolean_algebra() {
    let people = texts(&["java spring", "java junior", "php", "java", "junior"]);
    let java = || word("java");
    let junior = || word("junior");
    let at_least = Node::AtLeast { count: 2, of: vec![java(), junior(), word("spring")] };
    let prefer = Node::Prefer { node: Box::new(word("spring")), weight: 1.0 };
    check(
        &people,
        &[
            (Node::All, &[0, 1, 2, 3, 4]),
            (and(vec![java(), not(junior())]), &[0, 3]),
            (not(junior()), &[0, 2, 3]),
            (or(vec![java(), not(junior())]), &[0, 1, 2, 3]),
            (not(not(junior())), &[1, 4]),
            (at_least, &[0, 1]),
            (and(vec![java(), prefer.clone()]), &[0, 1, 3]),
            (prefer.clone(), &[0, 1, 2, 3, 4]),
        ],
    );
    assert_eq!(people.paths(&and(vec![java(), prefer]))[0], "00.txt");
}

fn staff() -> Fixture {
    index(&[
        Person::new("00.txt", "Ana Gil")
            .job("Team lead", "Oracle", (2022, 1), None, "Led Kafka work")
            .job("Developer", "Acme", (2015, 1), Some((2021, 12)), "Java")
            .degree("B.Sc", DegreeLevel::Bachelor, "Lakeside College", Some(2014))
            .skill("Kafka", Some(0))
            .skill("Java", Some(1)),
        Person::new("01.txt", "Ben Orr")
            .job("Developer", "Oracle", (2022, 1), None, "Java")
            .job("Team lead", "Acme", (2010, 1), Some((2021, 12)), "Kafka")
            .degree("M.Sc", DegreeLevel::Master, "Hill University", None)
            .degree("B.Sc", DegreeLevel::Bachelor, "Lakeside College", Some(2009))
            .skill("Java", Some(0)),
        Person::new("02.txt", "Cem Ak")
            .degree("M.Sc", DegreeLevel::Master, "Hill University", Some(2027))
            .in_progress(),
        Person::new("03.txt", "Dot Fay, no more is known; java"),
    ])
}

fn field(field: FieldId, text: &str) -> Node {
    Node::Term(Term { field: Some(field), text: TextMatch::Word(text.into()), skills: Vec::new(), boost: 1.0 })
}

fn group(group: Group, of: Vec<Node>) -> Node {
    Node::Group(group, Box::new(Node::And(of)))
}

fn filter(field: FieldId, test: Test) -> Node {
    Node::Filter(Filter { field, test, or_unknown: false })
}

fn years(from: f64) -> Test {
    Test::Number { from, to: f64::INFINITY, from_open: false, to_open: false }
}

#[test]
fn breaks_and_exact_terms_are_tokens_of_their_own() {
    let staff = staff();
    // One break for each of four jobs and four education entries; the text of entries has none in it. Three skills, and three jobs that show one.
    assert_eq!((staff.tokens("breaks"), staff.tokens("skill")), (8, 6));
}

#[test]
fn conditions_within_one_entry() {
    let lead = || field(FieldId::Title, "lead");
    let oracle = || field(FieldId::Employer, "oracle");
    let during = |from, to| filter(FieldId::During, Test::Days { from, to });
    let master = || filter(FieldId::Degree, Test::Level(DegreeLevel::Master));
    let graduated = |from, to| filter(FieldId::Graduated, Test::Days { from, to });
    let skill = |name: &str| {
        Node::Term(Term {
            field: Some(FieldId::Skill),
            text: TextMatch::Word(name.into()),
            skills: vec![name.into()],
            boost: 1.0,
        })
    };
    check(
        &staff(),
        &[
            (and(vec![lead(), oracle()]), &[0, 1]),
            (group(Group::Job, vec![lead(), oracle()]), &[0]),
            (group(Group::Job, vec![oracle(), not(lead())]), &[1]),
            (group(Group::Job, vec![oracle(), word("java")]), &[1]),
            (group(Group::Job, vec![oracle(), during(20230101, 20231231)]), &[0, 1]),
            (group(Group::Job, vec![lead(), during(20110101, 20111231)]), &[1]),
            (group(Group::Current, vec![lead()]), &[0]),
            (group(Group::Past, vec![lead()]), &[1]),
            (group(Group::Education, vec![field(FieldId::School, "hill"), master()]), &[1]),
            (group(Group::Education, vec![field(FieldId::School, "lakeside"), graduated(20100101, i64::MAX)]), &[0]),
            (group(Group::Skill, vec![skill("Java"), filter(FieldId::Years, years(5.0))]), &[0]),
            (
                group(
                    Group::Skill,
                    vec![skill("Java"), filter(FieldId::Used, Test::Days { from: 20240101, to: i64::MAX })],
                ),
                &[1],
            ),
        ],
    );
}

#[test]
fn capitals_say_nothing_in_proper_names() {
    let people = index(&[
        Person::new("00.txt", "Ana Gil").job("It manager", "Sap Labs", (2022, 1), None, "ran it"),
        Person::new("01.txt", "Ben Orr").job("IT MANAGER", "SAP", (2022, 1), None, "ran it"),
        Person::new("02.txt", "Cem Ak").job("Manager", "Acme", (2022, 1), None, "ran IT"),
    ]);
    let phrase = |id: FieldId, text: &str| {
        Node::Term(Term { field: Some(id), text: TextMatch::Phrase(text.into()), skills: Vec::new(), boost: 1.0 })
    };
    check(
        &people,
        &[
            (field(FieldId::Employer, "SAP"), &[0, 1]),
            (field(FieldId::Employer, "sap"), &[0, 1]),
            (phrase(FieldId::Employer, "SAP Labs"), &[0]),
            (phrase(FieldId::Title, "IT manager"), &[0, 1]),
            (word("IT"), &[1, 2]),
        ],
    );
}

#[test]
fn unknown_is_a_state() {
    let people = staff();
    let since = |from: i64, or_unknown| {
        Node::Filter(Filter { field: FieldId::Graduated, test: Test::Days { from, to: i64::MAX }, or_unknown })
    };
    let at_least = |level| filter(FieldId::Degree, Test::LevelRange { level, above: true, strict: false });
    check(
        &people,
        &[
            (since(20140101, false), &[0]),
            (since(20140101, true), &[0, 3]),
            // Expected in 2027: asked for by a day to come only.
            (since(20270101, false), &[2]),
            (filter(FieldId::Graduated, Test::Days { from: 20140101, to: 20271231 }), &[0, 2]),
            (at_least(DegreeLevel::Bachelor), &[0, 1]),
            (at_least(DegreeLevel::Master), &[1]),
            (filter(FieldId::Degree, Test::InProgress(Some(DegreeLevel::Master))), &[2]),
            (filter(FieldId::Years, years(12.0)), &[1]),
            (filter(FieldId::Has, Test::PresentNamed("job".into())), &[0, 1]),
            (filter(FieldId::Path, Test::Pattern("0[12]".into())), &[]),
            (filter(FieldId::Path, Test::Pattern("*1.txt".into())), &[1]),
        ],
    );
    let found = people.search(&and(vec![word("java"), since(20140101, false)]), &options());
    assert_eq!((found.total, found.unknown[0].count), (1, 1));
    let nothing = people.search(&and(vec![word("kafka"), word("cobol")]), &options());
    assert_eq!(nothing.clauses.iter().map(|one| one.count).collect::<Vec<_>>(), [2, 0]);
    assert_eq!((nothing.relaxed[0].clause.as_str(), nothing.relaxed[0].count), ("cobol", 2));
}

#[test]
fn facets_are_exact_and_disjunctive() {
    let people = staff();
    let request = |field| FacetRequest::of(field, 10);
    let facets = vec![request(FieldId::Employer), request(FieldId::Degree), request(FieldId::Years)];
    let ask = SearchOptions { facets, ..options() };
    let counts = |node: &Node| -> Vec<String> {
        let found = people.search(node, &ask);
        let values = found.facets.iter().map(|facet| {
            let values = facet
                .values
                .iter()
                .map(|one| format!("{} {}{}", one.value, one.count, if one.selected { "!" } else { "" }));
            format!("{}, unknown {}", values.collect::<Vec<_>>().join(", "), facet.unknown)
        });
        values.collect()
    };
    let all = ["Acme 2, Oracle 2, unknown 2", "bachelor 2, master 1, unknown 2", "10+ 2, unknown 2"];
    assert_eq!(counts(&Node::All), all);
    let bachelor = filter(FieldId::Degree, Test::Level(DegreeLevel::Bachelor));
    assert_eq!(counts(&bachelor)[1], "bachelor 2!, master 1, unknown 2");
    assert_eq!(counts(&bachelor)[0], "Acme 2, Oracle 2, unknown 0");
}

#[test]
fn facets_within_jobs_and_whole_years() {
    let people = staff();
    let group_facets = ["current.employer", "past.employer", "job.title"];
    let group_facets = group_facets.iter().filter_map(|name| GroupFacet::named(name, 5)).collect();
    let facets = vec![FacetRequest::of(FieldId::Years, 20)];
    let found = people.search(&Node::All, &SearchOptions { facets, group_facets, ..options() });
    let shown: Vec<String> = found
        .facets
        .iter()
        .map(|facet| {
            let values = facet.values.iter().map(|one| format!("{} {}", one.query, one.count));
            format!("{}: {}, unknown {}", facet.field, values.collect::<Vec<_>>().join(", "), facet.unknown)
        })
        .collect();
    assert_eq!(
        shown,
        [
            "years: years:11 1, years:16 1, unknown 2",
            "current.employer: current(employer:\"Oracle\") 2, unknown 2",
            "past.employer: past(employer:\"Acme\") 2, unknown 2",
            "job.title: job(title:\"Developer\") 2, job(title:\"Team lead\") 2, unknown 2",
        ]
    );
}

#[test]
fn what_is_near_an_empty_result() {
    let people = texts(&["kubernetes kafka", "kafka pulsar", "machine learning kafka", "learning machine"]);
    let instead = |node: &Node| -> Vec<String> {
        let found = people.search(node, &options());
        let told = |one: &Instead| one.to.iter().map(|to| format!("{} ({})", to.clause, to.count)).collect::<Vec<_>>();
        found.instead.iter().map(|one| format!("{}: {}", one.from, told(one).join(", "))).collect()
    };
    assert_eq!(instead(&and(vec![word("kafka"), word("kuberntes")])), ["kuberntes: kubernetes (1)"]);
    assert_eq!(instead(&or(vec![word("kafka"), word("kuberntes")])), ["kuberntes: kubernetes (1)"]);
    assert_eq!(instead(&phrase("kafka learning")), ["\"kafka learning\": kafka AND learning (1)"]);
    assert!(instead(&not(word("kuberntes"))).is_empty());
    // Two of three stand in the way.
    let found = people.search(&and(vec![word("kafka"), word("zebra"), word("quagga")]), &options());
    assert_eq!((found.relaxed[0].clause.as_str(), found.relaxed[0].count), ("zebra AND quagga", 3));
    // As a person would write it: with parentheses, without the weight of an option.
    let mut quagga = word("quagga");
    if let Node::Term(term) = &mut quagga {
        term.boost = 0.0;
    }
    let found = people.search(&and(vec![word("kafka"), or(vec![word("zebra"), word("gnu")]), quagga]), &options());
    assert_eq!(found.relaxed[0].clause, "(zebra OR gnu) AND quagga");
}

#[test]
fn sorting_puts_unknown_last_and_ties_go_by_id() {
    let people = staff();
    let sorted = |key, ascending| -> Vec<String> {
        let found = people.search(&Node::All, &SearchOptions { sort: Sort { key, ascending }, ..options() });
        found.hits.iter().map(|hit| hit.document.paths[0][..2].to_string()).collect()
    };
    assert_eq!(sorted(SortKey::Years, false), ["01", "00", "02", "03"]);
    assert_eq!(sorted(SortKey::Years, true), ["00", "01", "02", "03"]);
    assert_eq!(sorted(SortKey::Graduated, false), ["02", "00", "01", "03"]);
    let page = people.search(&Node::All, &SearchOptions { limit: 2, offset: 1, ..options() });
    let ids: Vec<&str> = page.hits.iter().map(|hit| &hit.document.paths[0][..2]).collect();
    assert_eq!((page.total, ids), (4, vec!["01", "02"]));
}

#[test]
fn parts_add_up_to_the_score() {
    let people = staff();
    let tree =
        and(vec![or(vec![word("lead"), word("java")]), Node::Prefer { node: Box::new(word("kafka")), weight: 2.0 }]);
    let found = people.search(&tree, &SearchOptions { explain: true, ..options() });
    assert_eq!(found.total, 3);
    for hit in &found.hits {
        let sum: f32 = hit.parts.iter().map(|part| part.points).sum();
        assert_eq!(sum.to_bits(), hit.score.to_bits());
    }
}

#[test]
fn documents_are_found_by_id_and_path() {
    use crate::engine::Engine;
    let people = staff();
    let by_path = people.engine.document("01.txt").unwrap().unwrap();
    assert_eq!(people.engine.document(&by_path.id).unwrap().unwrap(), by_path);
    assert!(people.engine.document("0000").unwrap_err().message.contains("4 candidates"));
    assert!(people.engine.document("nobody").unwrap().is_none());
    assert_eq!(people.engine.stats().unwrap().documents, 4);
}
