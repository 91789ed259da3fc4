//! Who a candidate is: several files of one person, `--blind`, `vitae forget`.

use super::{INDEX, json, project, stdout, vitae, vitae_in};
use serde_json::Value;
use std::collections::HashMap;
use tempfile::TempDir;

fn hits<'v>(answer: &'v Value, list: &str) -> &'v [Value] {
    answer[list].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn two_files_of_one_person_are_one_candidate_with_both_files() {
    let answer = json(&["search", "name:castellane java", "--json"]);
    let found = hits(&answer, "hits");
    assert_eq!((answer["total"].as_u64(), found.len()), (Some(1), 1));
    let versions = found[0]["versions"].as_array().unwrap();
    assert_eq!(versions.len(), 2);
    assert!(
        versions.iter().all(|version| version["matches"] == true && !version["because"].as_array().unwrap().is_empty())
    );
    let paths = stdout(&["search", "name:castellane java", "--paths"]);
    assert_eq!(paths.lines().count(), 2, "{paths}");
    let shown = stdout(&["search", "name:castellane java"]);
    assert!(shown.contains("also ") && shown.contains("same e-mail address"), "{shown}");
}

#[test]
fn nobody_is_named_in_blind_answers() {
    for query in ["java", "nurse OR manager", "degree>=bachelor", "*"] {
        let (open, blind) =
            (["search", query, "--json", "-n", "100"], ["search", query, "--json", "-n", "100", "--blind"]);
        let open = json(&open);
        let named: HashMap<&str, &Value> =
            hits(&open, "hits").iter().map(|hit| (hit["id"].as_str().unwrap(), hit)).collect();
        let blind = json(&blind);
        assert_eq!(blind["total"], open["total"]);
        for hit in hits(&blind, "hits") {
            let known = named[hit["id"].as_str().unwrap()];
            let text = hit.to_string();
            let stem = known["path"].as_str().unwrap().rsplit('/').next().unwrap().split('.').next().unwrap();
            let name = known["name"].as_str().unwrap_or(stem);
            let surname = name.split(|letter: char| !letter.is_alphanumeric()).next_back().unwrap();
            for word in [name, surname, stem, "@"] {
                assert!(word.len() < 4 && word != "@" || !text.contains(word), "`{word}` in {text}");
            }
        }
    }
}

#[test]
fn other_commands_are_blind_too() {
    let path = "pdf/owen-castellane-resume.pdf";
    let job = project("docs/jobs/platform-engineer.md");
    for arguments in [
        vec!["show", path, "--blind"],
        vec!["show", path, "--blind", "--json"],
        vec!["show", path, "--blind", "--evidence"],
        vec!["similar", path, "--blind"],
        vec!["similar", path, "--blind", "--json"],
        vec!["match", &job, "--blind", "-n", "90"],
        vec!["match", &job, "--blind", "-n", "90", "--json"],
    ] {
        let shown = stdout(&arguments);
        for word in ["Castellane", "castellane", "Owen", "@example"] {
            assert!(!shown.contains(word), "`{word}` in {arguments:?}:\n{shown}");
        }
        assert!(shown.contains("Amazon") || shown.contains("Candidate "), "{arguments:?}:\n{shown}");
    }
    vitae(&["search", "name:owen", "--blind"]).assert().code(2);
    vitae(&["search", "java", "--blind", "--sort", "name"]).assert().code(2);
    vitae(&["search", "java", "--blind", "--paths"]).assert().code(2);
    assert!(INDEX.path().exists());
}

#[test]
fn a_forgotten_candidate_is_gone_from_searches_ledger_and_saved_searches() {
    let (folder, index) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("ann-quill.md", "# Ann Quill\n\nann@example.com\n\n## Skills\n\nKubernetes, Docker\n");
    write("bea.md", "# Bea Sample\n\n## Skills\n\nKubernetes\n");
    let run = |arguments: &[&str], code: i32| {
        let out = vitae_in(index.path(), arguments).output().unwrap();
        assert_eq!(out.status.code(), Some(code), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    };
    run(&["index", folder.path().to_str().unwrap()], 0);
    run(&["saved", "add", "k8s", "skill:kubernetes"], 0);
    assert_eq!(run(&["forget", "ann-quill.md"], 0), "ann-quill.md\n");
    assert!(run(&["search", "kubernetes", "--paths"], 0).ends_with("/bea.md\n"));
    assert!(!run(&["ledger"], 0).contains("quill"));
    assert!(!std::fs::read_to_string(index.path().join("saved.json")).unwrap().contains("quill"));
    run(&["forget", "ann-quill.md"], 1);
    std::fs::remove_file(folder.path().join("ann-quill.md")).unwrap();
    run(&["index", folder.path().to_str().unwrap()], 0);
    assert_eq!(run(&["search", "*", "--count"], 0), "1\n");
}
