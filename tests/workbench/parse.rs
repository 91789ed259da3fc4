//! `vitae parse`: profiles without an index, in three forms.

use super::{NOW, json, project, stderr, stdout, vitae};
use serde_json::Value;

#[test]
fn one_file_is_one_json_resume() {
    let resume = json(&["parse", &project("corpus/md/ada-lindqvist.md"), "--as-of", NOW]);
    assert_eq!(resume["basics"]["name"], "Ada Lindqvist");
    assert_eq!(resume["work"][0]["position"], "Lead Platform Engineer");
    assert!(resume["x-vitae"]["file"].as_str().unwrap().ends_with("ada-lindqvist.md"));
}

#[test]
fn a_folder_is_a_list_or_a_line_each_in_the_order_of_the_paths() {
    let folder = project("corpus/md");
    let list = json(&["parse", &folder, "--as-of", NOW]);
    let lines = stdout(&["parse", &folder, "--format", "jsonl", "--as-of", NOW]);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(list.as_array().unwrap(), &lines);
    let files: Vec<&str> = lines.iter().map(|resume| resume["x-vitae"]["file"].as_str().unwrap()).collect();
    assert!(files.len() > 10 && files.is_sorted(), "{files:?}");
}

#[test]
fn csv_has_a_head_and_a_line_each() {
    let table = stdout(&["parse", &project("corpus"), "--format", "csv", "--as-of", NOW]);
    let mut lines = table.split("\r\n");
    assert!(lines.next().unwrap().starts_with("file,name,email,"));
    assert!(table.contains("\r\nmd/ada-lindqvist.md,Ada Lindqvist,"), "{table}");
    assert!(!table.contains("truth.toml"), ".vitaeignore holds here too");
}

#[test]
fn a_file_that_cannot_be_read_has_a_reason() {
    vitae(&["parse", "no/such.pdf"]).assert().code(2);
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(folder.path().join("empty.txt"), "").unwrap();
    let arguments = ["parse", folder.path().to_str().unwrap(), "--format", "jsonl"];
    vitae(&arguments).assert().code(1);
    assert!(stderr(&arguments).contains("empty.txt"));
}
