//! `vitae translate`: the query alone on stdout, differences on stderr. The rows of every tool are in `src/query/translate/tests.rs`.

use super::{json, stderr, stdout, vitae};

#[test]
fn the_query_goes_to_stdout_and_runs() {
    let arguments = ["translate", "--from", "dtsearch", "project manager and not junior"];
    let query = stdout(&arguments);
    assert_eq!(query, "\"project manager\" AND NOT =junior\n");
    assert!(stderr(&arguments).contains("phrase"));
    vitae(&["search", query.trim_end()]).assert().code(0);
    vitae(&["translate", "--from", "altavista", "x"]).assert().code(2);
}

#[test]
fn json_has_the_differences() {
    let found = json(&["translate", "--from", "lucene", "+budget agile", "--json"]);
    assert_eq!(found["query"], "budget AND prefer:(agile)");
    assert!(!found["differences"].as_array().unwrap().is_empty());
}
