//! The whole program as a user runs it: index, search, show, inspect, explain, exit statuses, errors. In: small invented folders. Each
//! test makes its own folder and index.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A folder with three invented résumés, and where its index goes.
struct Place {
    folder: TempDir,
    index: TempDir,
}

const PRIYA: &str = "# Priya Example\n\npriya@example.com | +1 555-0100 | Lisbon, Portugal\n\n## Experience\n\n\
    ### Lead Engineer | Acme Robotics | Jan 2022 - Present\n\n- Led six engineers; moved services to Kubernetes and Go\n\n\
    ### Software Engineer | Initech | Mar 2018 - Dec 2021\n\n- Java services with Spring Boot and Kafka\n\n\
    ## Education\n\n**University of Leeds**\nBSc Computer Science\n2014 - 2018\n\n## Skills\n\nGo, Kubernetes, Java, Kafka\n";

const TOM: &str = "TOM SAMPLE\ntom@example.org\n\nWORK EXPERIENCE\n\nRegistered Nurse\nSt Mary Hospital\n2015 - 2020\n\
    - Intensive care, ventilators, triage\n\nEDUCATION\n\nNorthumbria University\nBachelor of Nursing, 2014\n\nSKILLS\n\nTriage, ACLS\n";

const EVA: &str = "Eva Muster\neva@example.net\n\nExperience\n\nJunior Java Developer, Initech, Jun 2023 - Present\n- JavaScript and Java\n\n\
    Education\n\nTechnical University of Munich\nMaster of Science in Informatics, 2023\n";

impl Place {
    fn new() -> Place {
        let place = Place { folder: TempDir::new().unwrap(), index: TempDir::new().unwrap() };
        place.write("priya.md", PRIYA.as_bytes());
        place.write("nurses/tom.txt", TOM.as_bytes());
        place.write("eva.txt", EVA.as_bytes());
        place
    }

    fn indexed() -> Place {
        let place = Place::new();
        place.vitae(&["index", place.folder()]).assert().success();
        place
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn folder(&self) -> &str {
        self.folder.path().to_str().unwrap()
    }

    fn vitae(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("vitae").unwrap();
        command.args(arguments).arg("--index").arg(self.index.path()).env_remove("VITAE_INDEX");
        command
    }

    /// Standard output, whatever the exit status.
    fn stdout(&self, arguments: &[&str]) -> String {
        String::from_utf8(self.vitae(arguments).output().unwrap().stdout).unwrap()
    }

    fn stderr(&self, arguments: &[&str]) -> String {
        String::from_utf8(self.vitae(arguments).output().unwrap().stderr).unwrap()
    }

    /// The paths that a query finds, in order, below the folder.
    fn paths(&self, query: &[&str]) -> Vec<String> {
        let arguments: Vec<&str> = ["search", "--paths", "--as-of", "2026-01"].iter().chain(query).copied().collect();
        let folder = self.folder.path().canonicalize().unwrap();
        let below = |path: &str| Path::new(path).strip_prefix(&folder).unwrap().to_str().unwrap().to_string();
        self.stdout(&arguments).lines().map(below).collect()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.stdout(arguments)).expect("JSON on stdout")
    }
}

#[test]
fn a_search_finds_whom_a_person_would_find() {
    let place = Place::indexed();
    let check = |query: &[&str], expected: &[&str]| assert_eq!(place.paths(query), expected, "{query:?}");
    check(&["kubernetes", "kafka"], &["priya.md"]);
    check(&["java AND NOT junior"], &["priya.md"]);
    check(&["title:nurse OR k8s", "--sort", "name"], &["priya.md", "nurses/tom.txt"]);
    check(&["job(employer:initech title:junior)"], &["eva.txt"]);
    check(&["job(employer:acme skill:java)"], &[]);
    check(&["path:nurses/*"], &["nurses/tom.txt"]);
}

#[test]
fn a_certificate_is_found_by_all_of_its_names_and_counted_once() {
    let place = Place::new();
    place.write(
        "ada.txt",
        b"Ada Gull, RN, CCRN\nada@example.com\n\nExperience\n\nHead Nurse, Tern Clinic, 2015 - 2020\n",
    );
    place.write("ida.txt", b"Ida Lund\nida@example.com\n\nNurse\n\nLicences\n2016  Registered Nurse\n");
    place.vitae(&["index", place.folder()]).assert().success();
    for query in ["cert:rn", "cert:\"registered nurse\""] {
        assert_eq!(place.paths(&[query, "--sort", "name"]), ["ada.txt", "ida.txt"], "{query}");
    }
    let counted = place.json(&["search", "nurse", "--facet", "cert", "--json"]);
    let first = &counted["facets"][0]["values"][0];
    assert_eq!((first["value"].as_str(), &first["count"]), (Some("Registered Nurse License"), &Value::from(2)));
}

#[test]
fn options_filter_like_typed_conditions() {
    let place = Place::indexed();
    let check = |options: &[&str], expected: &[&str]| {
        let mut found = place.paths(options);
        found.sort();
        assert_eq!(found, expected, "{options:?}");
    };
    check(&["--degree", "master"], &["eva.txt"]);
    check(&["--degree", ">=bachelor"], &["eva.txt", "nurses/tom.txt", "priya.md"]);
    check(&["--graduated", "2014..2018"], &["nurses/tom.txt", "priya.md"]);
    check(&["--years", "5"], &["nurses/tom.txt", "priya.md"]);
    check(&["--location", "lisbon"], &["priya.md"]);
    check(&["--employer", "initech", "--degree", "bachelor", "--degree", "master"], &["eva.txt", "priya.md"]);
}

#[test]
fn options_do_not_change_scores() {
    let place = Place::indexed();
    let score = |arguments: &[&str]| place.json(arguments)["hits"][0]["score"].as_f64().unwrap();
    let plain = score(&["search", "kafka", "--json"]);
    assert_eq!(plain, score(&["search", "kafka", "--json", "--employer", "initech", "--degree", "bachelor"]));
}

#[test]
fn exit_status_says_whether_something_was_found() {
    let place = Place::indexed();
    place.vitae(&["search", "kafka"]).assert().code(0);
    place.vitae(&["search", "cobol"]).assert().code(1);
    place.vitae(&["search", "tittle:lead"]).assert().code(2);
    place.vitae(&["show", "nobody.pdf"]).assert().code(1);
    place.vitae(&["similar", "nobody.pdf"]).assert().code(1);
    place.vitae(&["forget", "nobody.pdf"]).assert().code(1);
    place.vitae(&["search", "--skill", ""]).assert().code(2);
    place.vitae(&["search", "--sort", "height"]).assert().code(2);
    place.vitae(&["search", "--facet", "shoe"]).assert().code(2);
}

#[test]
fn numbers_that_no_machine_can_keep_are_refused() {
    let place = Place::new();
    let check = |option: &[&str]| {
        let error = place.stderr(&[&["index", place.folder()], option].concat());
        assert!(error.contains("is not in"), "{option:?}: {error}");
        place.vitae(&[&["index", place.folder()], option].concat()).assert().code(2);
    };
    check(&["--threads", "20000"]);
    check(&["--threads", "0"]);
    check(&["--read-time", "18446744073709551615"]);
    check(&["--read-memory", "18446744073709551615"]);
    check(&["--max-file-size", "18446744073709551615"]);
}

#[test]
fn an_empty_variable_is_none_and_an_empty_option_an_error() {
    let place = Place::new();
    let run = |variable: &str, arguments: &[&str]| {
        let mut command = Command::cargo_bin("vitae").unwrap();
        command.current_dir(place.index.path()).env("VITAE_INDEX", variable).args(arguments).output().unwrap()
    };
    assert!(run("", &["index", place.folder()]).status.success());
    assert!(place.index.path().join("index/tantivy").is_dir(), "the default");
    assert_eq!(run("index", &["search", "java"]).status.code(), Some(0));
    assert_eq!(run("index", &["search", "java", "-i", ""]).status.code(), Some(2));
    let listed = run("index", &["-q"]).stderr;
    let listed = String::from_utf8(listed).unwrap();
    assert!(listed.contains("ledger") && !listed.contains("read-worker"), "{listed}");
}

#[test]
fn a_query_error_points_at_the_place_and_helps() {
    let place = Place::indexed();
    let error = place.stderr(&["search", "java tittle:lead"]);
    assert!(
        error.contains("tittle") && error.contains("^^^^^^") && error.contains("hint: ") && error.contains("title"),
        "{error}"
    );
    let error = place.stderr(&["search", "(java"]);
    assert!(error.contains('^') && error.contains("hint: "), "{error}");
    assert_eq!(place.stdout(&["search", "(java"]), "", "no results beside an error");
}

#[test]
fn a_word_with_a_minus_outside_quotes_is_explained() {
    let place = Place::new();
    let error = place.stderr(&["search", "java", "-junior"]);
    assert!(error.contains("put the whole query in quotes"), "{error}");
    place.vitae(&["search", "java", "-junior"]).assert().code(2);
}

#[test]
fn a_condition_with_a_minus_needs_no_quotes() {
    let place = Place::indexed();
    assert_eq!(place.paths(&["java", "-title:junior"]), ["priya.md"]);
    // Not `-h`, `-a`, `-s`.
    assert_eq!(place.stdout(&["search", "-has:phone", "--count"]), "2\n");
    assert_eq!(place.json(&["search", "-has:phone", "--json"])["query"], "-has:phone");
}

#[test]
fn shares_are_of_what_is_counted() {
    let place = Place::new();
    place.write("eva-again.md", EVA.replace("Munich", "Aachen").as_bytes());
    place.vitae(&["index", place.folder()]).assert().success();
    let stats = place.stdout(&["stats"]);
    assert!(stats.contains("3  candidates") && stats.contains("4  files"), "{stats}");
    let email = stats.lines().find(|line| line.contains("email")).unwrap();
    assert!(email.contains(" 3 ") && email.contains("100 %"), "{email}");
}

#[test]
fn a_missing_index_or_folder_says_what_to_do() {
    let place = Place::new();
    assert!(place.stderr(&["search", "java"]).contains("vitae index FOLDER"));
    place.vitae(&["search", "java"]).assert().code(2);
    let error = place.stderr(&["index", "no/such/folder"]);
    assert!(error.contains("no such folder") && error.contains("hint:"), "{error}");
}

#[test]
fn the_answer_as_json_is_complete() {
    let place = Place::indexed();
    let answer =
        place.json(&["search", "java", "--json", "--facet", "employer,degree:3", "--explain", "--as-of", "2026-01"]);
    assert_eq!(answer["total"], 2);
    assert_eq!(answer["searched"], 3);
    assert_eq!(answer["interpreted_as"], "java");
    let hit = &answer["hits"][0];
    assert_eq!(hit["rank"], 1);
    assert!(hit["snippets"][0]["text"].as_str().unwrap().contains("Java"), "{hit}");
    let parts = hit["parts"].as_array().unwrap();
    let sum: f64 = parts.iter().map(|part| part["points"].as_f64().unwrap()).sum();
    assert!((sum - hit["score"].as_f64().unwrap()).abs() < 1e-3, "{hit}");
    let employers = &answer["facets"][0];
    assert_eq!(employers["values"][0]["value"], "Initech");
    assert_eq!(employers["values"][0]["count"], 2);
}

#[test]
fn the_same_search_gives_the_same_bytes() {
    let place = Place::indexed();
    let search = ["search", "java OR nurse", "--facet", "skill", "--paths"];
    assert_eq!(place.stdout(&search), place.stdout(&search));
}

#[test]
fn paths_are_those_of_all_files_as_the_shell_can_use_them() {
    let place = Place::new();
    place.write("copies/priya.md", PRIYA.as_bytes());
    place.vitae(&["index", place.folder()]).assert().success();
    let told = place.stdout(&["search", "kubernetes", "--paths"]);
    assert_eq!(told.lines().count(), 2, "both files with the same bytes: {told}");
    assert!(told.lines().all(|path| fs::read(path).unwrap() == PRIYA.as_bytes()), "{told}");
    assert_eq!(place.json(&["search", "kubernetes", "--json"])["hits"][0]["path"], "copies/priya.md");
    assert!(place.stdout(&["search", "kubernetes"]).contains("also priya.md"));
    let path = told.lines().next_back().unwrap();
    assert!(place.stdout(&["show", path]).contains("Priya Example"), "what is printed can be given back");
}

#[test]
fn all_paths_unless_a_number_is_asked_for() {
    let place = Place::new();
    (0..9).for_each(|at| place.write(&format!("{at}.txt"), format!("Baker {at}\n\nSkills\n\nDough{at}\n").as_bytes()));
    place.vitae(&["index", place.folder()]).assert().success();
    assert_eq!(place.paths(&["*"]).len(), 12);
    assert_eq!(place.paths(&["*", "-n", "10"]).len(), 10);
    assert_eq!(place.json(&["search", "*", "--json"])["hits"].as_array().unwrap().len(), 10);
}

#[test]
fn the_number_of_threads_changes_no_byte_of_an_answer() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let answers = ["1", "4"].map(|threads| {
        let place = Place::new();
        place.vitae(&["index", corpus, "--threads", threads]).assert().success();
        ["java OR nurse", "degree>=bachelor years>=3", "job(title:lead) prefer:kafka", "engineer -senior"].map(
            |query| {
                let mut search = place.vitae(&[
                    "search",
                    query,
                    "--json",
                    "--explain",
                    "--limit",
                    "50",
                    "--facet",
                    "skill,school,degree",
                ]);
                let output = search.env("RAYON_NUM_THREADS", threads).output().unwrap();
                let mut answer: Value = serde_json::from_slice(&output.stdout).unwrap();
                assert!(answer.as_object_mut().unwrap().remove("took_ms").is_some());
                assert!(answer["total"].as_u64().unwrap() > 0, "{query}");
                answer.to_string()
            },
        )
    });
    assert_eq!(answers[0], answers[1]);
}

#[test]
fn show_prints_a_profile_and_json_resume() {
    let place = Place::indexed();
    let shown = place.stdout(&["show", "priya.md"]);
    for expected in ["Priya Example", "Lead Engineer · Acme Robotics", "University of Leeds", "2022-01 – present"] {
        assert!(shown.contains(expected), "{expected} is missing in\n{shown}");
    }
    let evidence = place.stdout(&["show", "priya.md", "--evidence"]);
    assert!(evidence.contains("line 1, score"), "{evidence}");
    let resume = place.json(&["show", "priya.md", "--json"]);
    assert_eq!(resume["basics"]["name"], "Priya Example");
    assert_eq!(resume["work"][0]["name"], "Acme Robotics");
    assert_eq!(resume["work"][0]["position"], "Lead Engineer");
    assert_eq!(resume["work"][0]["startDate"], "2022-01");
    assert!(resume["work"][0].get("endDate").is_none(), "an open end is left out");
    assert_eq!(resume["work"][1]["endDate"], "2021-12");
    assert_eq!(resume["education"][0]["institution"], "University of Leeds");
    assert!(resume["x-vitae"]["skills"].as_array().unwrap().iter().any(|skill| skill["name"] == "Kubernetes"));
}

#[test]
fn our_json_resume_reads_back_to_the_same_jobs() {
    let place = Place::indexed();
    let resume = place.stdout(&["show", "priya.md", "--json"]);
    place.write("again.json", resume.as_bytes());
    place.vitae(&["index", place.folder()]).assert().success();
    let again = place.json(&["show", "again.json", "--json"]);
    let first: Value = serde_json::from_str(&resume).unwrap();
    for key in ["name", "position", "startDate", "endDate"] {
        assert_eq!(again["work"][1][key], first["work"][1][key], "{key}");
    }
    assert_eq!(again["education"][0]["institution"], first["education"][0]["institution"]);
}

#[test]
fn inspect_prints_every_stage_without_an_index() {
    let place = Place::new();
    let file = place.folder.path().join("priya.md");
    for (stage, expected) in [
        ("lines", "h2"),
        ("sections", "experience"),
        ("profile", "score"),
        ("document", "skill"),
        ("tokens", "kubernetes"),
    ] {
        let shown = place.stdout(&["inspect", file.to_str().unwrap(), "--stage", stage]);
        assert!(shown.contains(expected), "{stage}: {shown}");
    }
}

#[test]
#[cfg(unix)]
fn a_file_has_one_line_in_the_ledger() {
    let place = Place::new();
    place.write("two\nlines.txt", b"");
    place.vitae(&["index", place.folder()]).assert().success();
    let ledger = place.stdout(&["ledger"]);
    assert_eq!(ledger.lines().count(), 4, "{ledger}");
    assert!(place.stderr(&["parse", "nowhere.pdf"]).contains("no such file or folder"));
}

#[test]
fn explain_shows_the_reading_with_and_without_an_index() {
    let place = Place::new();
    let bare = place.stdout(&["explain", "java or kafka"]);
    assert!(bare.contains("java OR kafka") && bare.contains("notices"), "{bare}");
    place.vitae(&["index", place.folder()]).assert().success();
    assert!(place.stdout(&["explain", "java cobol"]).contains("without one clause"));
}

#[test]
fn bad_files_have_reasons_and_stop_nothing() {
    let place = Place::new();
    place.write("empty.txt", b"");
    place.write("broken.pdf", b"%PDF-1.4\n%%EOF");
    place.write("photo.txt", &[0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
    let report = place.json(&["index", place.folder(), "--json"]);
    assert_eq!(report["seen"], 6);
    assert_eq!(report["new"], 3);
    let ledger = place.stdout(&["ledger", "--reason", "skipped"]);
    assert_eq!(ledger.lines().count(), 3, "{ledger}");
    assert!(ledger.contains("empty.txt: empty file"), "{ledger}");
    place.vitae(&["ledger", "--reason", "encrypted"]).assert().code(1);
    place.vitae(&["ledger", "--reason", "nonsense"]).assert().code(2);
}

#[test]
fn a_folder_without_any_readable_file_is_an_error() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("empty.txt"), "").unwrap();
    let index = TempDir::new().unwrap();
    let mut command = Command::cargo_bin("vitae").unwrap();
    command.arg("index").arg(folder.path()).arg("--index").arg(index.path()).assert().code(2);
}

#[test]
fn a_second_run_reads_only_what_changed() {
    let place = Place::indexed();
    place.write("eva.txt", EVA.replace("Junior Java", "Senior Java").as_bytes());
    fs::remove_file(place.folder.path().join("nurses/tom.txt")).unwrap();
    fs::rename(place.folder.path().join("priya.md"), place.folder.path().join("moved.md")).unwrap();
    let report = place.json(&["index", place.folder(), "--json"]);
    assert_eq!((report["changed"].as_u64(), report["moved"].as_u64()), (Some(1), Some(1)), "{report}");
    assert_eq!(place.paths(&["kubernetes"]), ["moved.md"]);
    assert_eq!(place.paths(&["nurse"]), [] as [&str; 0]);
    assert_eq!(place.paths(&["title:senior"]), ["eva.txt"]);
}

#[test]
fn output_to_a_pipe_has_no_colours() {
    let place = Place::indexed();
    assert!(!place.stdout(&["search", "java"]).contains('\u{1b}'));
    assert!(place.stdout(&["search", "java", "--color", "always"]).contains('\u{1b}'));
}

#[test]
fn help_fits_a_screen() {
    let place = Place::new();
    assert!(place.stdout(&["-h"]).lines().count() <= 40);
    for command in ["index", "search", "show", "inspect", "explain", "ledger", "stats", "eval"] {
        let help = place.stdout(&[command, "-h"]);
        assert!(help.lines().count() <= 40, "{command}: {} lines", help.lines().count());
    }
    let help = place.stdout(&["search", "--help"]);
    assert!(help.contains("Examples:"));
    for row in vitae::model::FIELDS.iter().filter(|row| !row.example.is_empty()) {
        assert!(help.contains(&format!("\n  {:<10} {}", row.name, row.example)), "{}: {help}", row.name);
    }
}

#[test]
fn completions_and_manual_are_made_by_the_program() {
    let run = |arguments: &[&str]| Command::cargo_bin("vitae").unwrap().args(arguments).output().unwrap().stdout;
    assert!(String::from_utf8(run(&["completions", "bash"])).unwrap().contains("_vitae"));
    assert!(String::from_utf8(run(&["man"])).unwrap().starts_with(".ie"));
}

#[test]
fn the_sample_corpus_is_indexed_whole() {
    let index = TempDir::new().unwrap();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut command = Command::cargo_bin("vitae").unwrap();
    let output = command.arg("index").arg(&corpus).arg("--json").arg("--index").arg(index.path()).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(report["new"].as_u64() >= Some(80), "{report}");
    assert_eq!(report["skipped"], serde_json::json!({}), "{report}");
}

#[cfg(unix)]
#[test]
fn an_index_that_cannot_be_written_can_be_searched() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::indexed();
    let segments = place.index.path().join("tantivy");
    fs::remove_file(segments.join(".tantivy-meta.lock")).unwrap();
    let mode = |mode| fs::set_permissions(&segments, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o555);
    // Root may write anywhere; then this says nothing.
    let found = place.paths(&["java"]);
    mode(0o755);
    assert_eq!(found.len(), 2);
}

#[test]
fn a_damaged_index_is_told_and_repaired() {
    let place = Place::indexed();
    place.vitae(&["stats", "--check"]).assert().success();
    let segments = fs::read_dir(place.index.path().join("tantivy")).unwrap();
    for path in segments
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "idx"))
    {
        let mut bytes = fs::read(&path).unwrap();
        let most = bytes.len() * 3 / 4;
        bytes[..most].iter_mut().step_by(3).for_each(|byte| *byte ^= 0x55);
        fs::write(&path, bytes).unwrap();
    }
    let told = |arguments: &[&str]| {
        let output = place.vitae(arguments).env_remove("RUST_BACKTRACE").output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    // A crash or an error, by what the bytes happen to mean.
    let search = told(&["search", "kubernetes"]);
    assert!(search.starts_with("error: ") && search.contains("\nhint: ") && search.contains("--rebuild"), "{search}");
    assert_eq!(search.trim_end().lines().count(), 2, "{search}");
    let check = told(&["stats", "--check"]);
    assert!(check.starts_with("error: damaged: ") && check.contains(".idx"), "{check}");
    place.vitae(&["index", place.folder(), "--rebuild"]).assert().success();
    place.vitae(&["stats", "--check"]).assert().success();
    assert_eq!(place.paths(&["kubernetes"]), ["priya.md"]);
}
