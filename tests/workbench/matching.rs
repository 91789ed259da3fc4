//! `vitae match` and `vitae similar`: judged job descriptions, verdicts, dropped musts, people like one.

use super::{NOW, json, project, stderr, stdout, vitae};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Judged {
    job: Vec<Job>,
}

#[derive(Deserialize)]
struct Job {
    file: String,
    title: String,
    among: usize,
    best: Vec<String>,
}

fn job(file: &str, more: &[&str]) -> Value {
    let path = project(&format!("docs/jobs/{file}"));
    json(&[&["match", &path, "--as-of", NOW, "--json"], more].concat())
}

fn texts<'v>(list: &'v Value, key: &str) -> Vec<&'v str> {
    list.as_array().unwrap().iter().map(|one| one[key].as_str().unwrap()).collect()
}

#[test]
fn judged_candidates_stand_among_the_first() {
    let judged = std::fs::read_to_string(project("docs/jobs/judged.toml")).unwrap();
    let judged: Judged = toml::from_str(&judged).unwrap();
    let mut wrong = Vec::new();
    for expected in judged.job {
        let found = job(&expected.file, &[]);
        let paths = texts(&found["candidates"], "path");
        for best in &expected.best {
            let rank = paths.iter().position(|path| path == best);
            if rank.is_none_or(|rank| rank >= expected.among) {
                wrong.push(format!("{}: {best} is not among the first {}: {paths:?}", expected.file, expected.among));
            }
        }
        if found["title"].as_str() != Some(&expected.title) {
            wrong.push(format!("{}: title {}", expected.file, found["title"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn musts_and_wishes_are_read_with_their_lines() {
    let found = job("platform-engineer.md", &[]);
    let musts = texts(&found["musts"], "clause");
    for clause in ["years>=5", "skill:Kubernetes", "skill:Terraform OR skill:Ansible", "lang:English"] {
        assert!(musts.contains(&clause), "{clause} is not in {musts:?}");
    }
    assert!(
        !musts.iter().any(|clause| clause.starts_with("degree")),
        "a degree that experience replaces is no must: {musts:?}"
    );
    let wishes = texts(&found["wishes"], "clause");
    for clause in ["skill:Prometheus", "skill:Grafana", "skill:Istio"] {
        assert!(wishes.contains(&clause), "{clause} is not in {wishes:?}");
    }
    assert_eq!(
        found["wishes"].as_array().unwrap().iter().find(|wish| wish["clause"] == "skill:Istio").unwrap()["weight"],
        2.0
    );
    let unread = texts(&found["unread"], "words");
    assert_eq!(unread, ["A calm voice at four in the morning"]);
    assert!(!found["query"].as_str().unwrap().contains("years>=12"), "the company's age is no condition");
}

#[test]
fn the_query_runs_and_finds_those_who_meet_all_musts() {
    let found = job("data-engineer.md", &[]);
    let query = found["query"].as_str().unwrap();
    let searched = json(&["search", query, "--as-of", NOW, "--json"]);
    assert_eq!(searched["interpreted_as"], query, "canonical");
    assert_eq!(searched["total"], found["steps"][0]["met"]);
    let printed = stdout(&["match", &project("docs/jobs/data-engineer.md"), "--query"]);
    assert_eq!(printed.trim_end(), query);
}

#[test]
fn verdicts_come_with_evidence() {
    let found = job("data-engineer.md", &["-n", "1"]);
    let verdicts = found["candidates"][0]["verdicts"].as_array().unwrap();
    let of = |part: &str| verdicts.iter().find(|one| one["clause"].as_str().unwrap().contains(part)).unwrap();
    assert_eq!(of("Airflow")["state"], "met");
    assert!(of("Airflow")["evidence"]["text"].as_str().unwrap().contains("Airflow"), "{}", of("Airflow"));
    assert!(of("Python")["known"].as_str().unwrap().contains("years"), "{}", of("Python"));
}

#[test]
fn too_strict_a_description_shows_who_comes_nearest_and_what_leaves_them_out() {
    let path = project("docs/jobs/too-strict.md");
    vitae(&["match", &path]).assert().code(1);
    let found = job("too-strict.md", &["-n", "5"]);
    assert_eq!(found["steps"][0]["met"], 0);
    let candidates = found["candidates"].as_array().unwrap();
    assert_eq!(candidates.len(), 5);
    let missing: Vec<u64> = candidates.iter().map(|one| one["missing"].as_u64().unwrap()).collect();
    assert!(missing.is_sorted() && missing[0] > 0, "{missing:?}");
    let counted: u64 = found["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["met"].as_u64().unwrap() + step["unknown"].as_u64().unwrap())
        .sum();
    assert!(counted >= 5 && counted <= found["searched"].as_u64().unwrap());
    for must in found["musts"].as_array().unwrap() {
        assert!(must["without_it"].as_u64().is_some() && must["met_by"].as_u64().is_some(), "{must}");
    }
}

#[test]
fn a_must_can_be_dropped_or_made_a_wish() {
    let all = job("data-engineer.md", &[]);
    let has = |found: &Value, list: &str, part: &str| {
        texts(&found[list], "clause").iter().any(|clause| clause.contains(part))
    };
    assert!(has(&all, "musts", "location"));
    let dropped = job("data-engineer.md", &["--drop", "location", "--drop", "airflow"]);
    assert!(
        !has(&dropped, "musts", "location")
            && !has(&dropped, "wishes", "location")
            && !has(&dropped, "musts", "Airflow")
    );
    let wished = job("data-engineer.md", &["--prefer", "location"]);
    assert!(!has(&wished, "musts", "location") && has(&wished, "wishes", "location"));
    let error = stderr(&["match", &project("docs/jobs/data-engineer.md"), "--drop", "juggling"]);
    assert!(error.contains("juggling") && error.contains("hint:"), "{error}");
}

#[test]
fn a_description_comes_from_standard_input_too() {
    let description = "# Nurse\n\n## Requirements\n\n- ACLS\n";
    let out = vitae(&["match", "-", "--json"]).write_stdin(description).output().unwrap();
    let found: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(found["title"], "Nurse");
    vitae(&["match", "-"]).write_stdin("nothing that anybody could have").assert().code(2);
}

#[test]
fn people_like_one_share_what_is_rare() {
    let found = json(&["similar", "md/ada-lindqvist.md", "--as-of", NOW, "--json", "-n", "5"]);
    let paths = texts(&found["candidates"], "path");
    assert!(!paths.contains(&"md/ada-lindqvist.md"), "nobody is like themselves");
    let engineers = [
        "json/ewan-mactavish-sre.json",
        "md/jonah-applewhite.md",
        "md/hazard-one-line-contacts.md",
        "pdf/emil-bakker.pdf",
    ];
    assert!(engineers.iter().filter(|path| paths.contains(path)).count() >= 2, "{paths:?}");
    assert!(texts_in(&found["candidates"][0]["skills"]).contains(&"Kubernetes"), "{}", found["candidates"][0]);
    vitae(&["similar", "nobody.pdf"]).assert().code(1);
}

fn texts_in(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
}
