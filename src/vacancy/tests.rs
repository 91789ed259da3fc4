//! What is read from job descriptions, a rule a row. Inputs are minimal; whole descriptions stand in `docs/jobs/`.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use super::*;
use crate::model::Format;

fn vacancy(text: &str) -> Vacancy {
    read(&crate::read::read(text.as_bytes(), Format::Markdown).unwrap(), &Lexicon::builtin())
}

/// What one line under `## Requirements` asks for: musts, then wishes.
fn check(line: &str, musts: &[&str], wishes: &[&str]) {
    check_in("Requirements", line, musts, wishes);
}

fn check_in(part: &str, line: &str, musts: &[&str], wishes: &[&str]) {
    let vacancy = vacancy(&format!("# Job\n\n## {part}\n\n- {line}\n"));
    let found: Vec<&str> = vacancy.musts().map(|ask| ask.clause.as_str()).collect();
    assert_eq!(found, musts, "musts of {line}");
    let wished = vacancy.nices().filter(|ask| ask.kind != AskKind::Title);
    let found: Vec<&str> = wished.map(|ask| ask.clause.as_str()).collect();
    assert_eq!(found, wishes, "wishes of {line}");
}

#[test]
fn a_list_is_one_must_each_and_alternatives_are_one() {
    check("Kubernetes, Docker and Terraform", &["skill:Kubernetes", "skill:Docker", "skill:Terraform"], &[]);
    check("Good at Python or Rust", &["skill:Python OR skill:Rust"], &[]);
    check(
        "At least 2 years with Python or Rust",
        &["skill(skill:Python AND years>=2) OR skill(skill:Rust AND years>=2)"],
        &[],
    );
    check("Python and an eye for rust", &["skill:Python"], &[]);
    check("Kafka or RabbitMQ", &["skill:\"Apache Kafka\" OR skill:RabbitMQ"], &[]);
    check(
        "a message broker such as Kafka and RabbitMQ",
        &["skill:\"Message brokers\" OR skill:\"Apache Kafka\" OR skill:RabbitMQ"],
        &[],
    );
}

#[test]
fn years_belong_to_the_skill_they_stand_with() {
    check("5+ years of Python", &["skill(skill:Python AND years>=5)"], &[]);
    check("At least 3 years of hands-on experience with Kubernetes", &["skill(skill:Kubernetes AND years>=3)"], &[]);
    check("Python (3+ years)", &["skill(skill:Python AND years>=3)"], &[]);
    check("5+ years of professional experience", &["years>=5"], &[]);
    check("3-5 years of experience as an accountant", &["years>=3"], &[]);
}

#[test]
fn parts_are_known_by_plain_lines_and_labels() {
    let asked = |text: &str| {
        let vacancy = read(&crate::read::read(text.as_bytes(), Format::Text).unwrap(), &Lexicon::builtin());
        let musts: Vec<String> = vacancy.musts().map(|ask| ask.clause.clone()).collect();
        let wishes = vacancy.nices().filter(|ask| ask.kind != AskKind::Title).map(|ask| ask.clause.clone());
        (musts.join(", "), wishes.collect::<Vec<_>>().join(", "))
    };
    for heading in ["Bonus points", "Preferred qualifications", "Desirable criteria"] {
        let text = format!("Cook\n\nRequirements\n\n- Docker\n\n{heading}\n\n- Terraform\n");
        assert_eq!(asked(&text), ("skill:Docker".into(), "skill:Terraform".into()), "{heading}");
    }
    assert_eq!(
        asked("Cook\n\nRequirements: Docker, Kubernetes. Terraform preferred.\n"),
        ("skill:Docker, skill:Kubernetes".into(), "skill:Terraform".into())
    );
    assert_eq!(asked("Cook\n\nNice to have: Kubernetes\n"), (String::new(), "skill:Kubernetes".into()));
}

#[test]
fn what_the_head_of_the_description_takes_is_read() {
    let vacancy = vacancy("# Cook\n\n## Requirements\n\n- Based in Berlin\n- A love of soup\n");
    let unread: Vec<&str> = vacancy.unread.iter().map(|line| line.words.as_str()).collect();
    assert_eq!(unread, ["A love of soup"]);
    assert!(vacancy.musts().any(|ask| ask.kind == AskKind::Location));
}

#[test]
fn words_of_the_line_beat_its_part() {
    check("Docker; Terraform is a plus", &["skill:Docker"], &["skill:Terraform"]);
    check("Docker, ideally Terraform", &["skill:Docker"], &["skill:Terraform"]);
    check("Docker (Terraform preferred)", &["skill:Docker"], &["skill:Terraform"]);
    check("Docker is not required", &[], &[]);
    check_in("Responsibilities", "Run Kubernetes clusters", &[], &["skill:Kubernetes"]);
    check_in("Nice to have", "Terraform", &[], &["skill:Terraform"]);
    check_in("What we offer", "Terraform training, 30 years of history", &[], &[]);
}

#[test]
fn degrees_ask_for_the_least_level_named() {
    check("Bachelor's degree", &["degree>=bachelor"], &[]);
    check("Master's degree in Computer Science", &["degree>=master"], &["field:\"Computer Science\""]);
    check("Bachelor's or Master's degree", &["degree>=bachelor"], &[]);
    check("Bachelor's degree or equivalent experience", &[], &["degree>=bachelor"]);
}

#[test]
fn licences_are_no_degrees_and_alternatives_stay_together() {
    check("CSM", &["cert:\"Certified ScrumMaster\""], &[]);
    check("Driving licence category B", &["cert:\"Driving License\""], &[]);
    check("Licence en informatique", &["degree>=bachelor"], &[]);
    check("ALS or BLS certification", &["cert:\"BLS Certification\" OR cert:ALS"], &[]);
    check("CIMA or ACCA qualified", &["cert:CIMA OR cert:ACCA"], &[]);
    check("Registered Nurse", &["cert:\"Registered Nurse License\" OR title:\"Registered Nurse\""], &[]);
    check("NetSuite or another ERP system", &["skill:NetSuite OR skill:\"ERP Systems\""], &[]);
}

#[test]
fn brackets_hold_details_or_examples() {
    check(
        "Advanced Excel (pivot tables, VLOOKUP)",
        &["skill:\"Microsoft Excel\""],
        &["skill:\"Pivot Tables\"", "skill:VLOOKUP"],
    );
    check("AWS (or Azure)", &["skill:AWS OR skill:\"Microsoft Azure\""], &[]);
    check("Any cloud (AWS, Azure)", &["skill:AWS OR skill:\"Microsoft Azure\""], &[]);
    check("Fluent in English (German is not required)", &["lang:English"], &[]);
}

#[test]
fn a_trade_says_of_what_kind_the_years_are() {
    check("5+ years of professional software development", &["years>=5"], &["skill:\"Software Development\""]);
    check("4-6 years of accounting experience", &["years>=4"], &["skill:Accounting"]);
}

#[test]
fn a_title_of_alternatives_and_its_occupation() {
    let vacancy = vacancy("Job title: MIG/TIG Welder\n\n## Requirements\n\n- Blueprints\n");
    let titles = vacancy.nices().filter(|ask| ask.kind == AskKind::Title).map(|ask| ask.clause.as_str());
    let expected = ["title:\"MIG/TIG Welder\" OR ((title:MIG OR title:TIG) AND title:Welder)", "title:Welder"];
    assert_eq!(titles.collect::<Vec<_>>(), expected);
}

#[test]
fn languages_are_asked_for_where_speaking_is_meant() {
    check("Fluent German and English", &["lang:German", "lang:English"], &[]);
    check("French is a plus, fluent", &[], &["lang:French"]);
    check("Knowledge of the German market", &[], &[]);
}

#[test]
fn the_place_is_a_must_unless_the_work_is_remote() {
    let place = |line: &str| {
        let vacancy = vacancy(&format!("# Nurse\n\n{line}\n\n## Requirements\n\n- Triage\n"));
        let ask = vacancy.asks.into_iter().find(|ask| ask.kind == AskKind::Location);
        ask.map(|ask| (ask.clause, ask.grade == Grade::Must))
    };
    assert_eq!(place("Location: Leeds, United Kingdom"), Some(("location:Leeds".to_string(), true)));
    assert_eq!(place("Location: Berlin or Hamburg"), Some(("location:Berlin OR location:Hamburg".to_string(), true)));
    assert_eq!(place("Location: Leeds (remote)"), Some(("location:Leeds".to_string(), false)));
    assert_eq!(place("Reports to: the matron"), None);
}

#[test]
fn the_title_stands_without_rank_and_surroundings() {
    let title = |line: &str| vacancy(&format!("{line}\n\n## Requirements\n\n- SQL\n")).title;
    assert_eq!(title("# Senior Backend Engineer (m/f/d)").as_deref(), Some("Backend Engineer"));
    assert_eq!(title("# Staff Nurse – Intensive Care | Leeds").as_deref(), Some("Staff Nurse"));
    assert_eq!(title("Job title: Financial Accountant").as_deref(), Some("Financial Accountant"));
}

#[test]
fn a_wish_that_no_table_knows_is_listed() {
    let vacancy = vacancy("# Nurse\n\n## Requirements\n\n- a good heart and strong nerves\n- Triage\n");
    assert_eq!(vacancy.unread.len(), 1);
    assert_eq!(vacancy.unread[0].words, "a good heart and strong nerves");
}

#[test]
fn what_is_asked_for_twice_is_asked_once_with_the_higher_grade() {
    let vacancy = vacancy("# Dev\n\n## Tasks\n\n- build with Docker\n\n## Requirements\n\n- Docker\n");
    assert_eq!(vacancy.musts().count(), 1);
    assert_eq!(vacancy.nices().filter(|ask| ask.kind == AskKind::Skill).count(), 0);
}

#[test]
fn the_query_parses_to_itself() {
    let text = "# Data Engineer\n\nLocation: Porto\n\n## Requirements\n\n- 4+ years of Python or Scala\n- Bachelor's degree\n- AWS, GCP or Azure\n\n## Nice to have\n\n- Kafka\n";
    let vacancy = vacancy(text);
    let today = jiff::civil::date(2026, 1, 1);
    let lexicon = Lexicon::builtin();
    let first = crate::query::parse(&query(vacancy.asks.iter()), &lexicon, today).unwrap();
    let again = crate::query::parse(&first.interpreted_as, &lexicon, today).unwrap();
    assert_eq!(first.root, again.root);
}
