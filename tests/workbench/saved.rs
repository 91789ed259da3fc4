//! `vitae saved` and `vitae search @NAME`: an alert that tells whom it has not told before. Each test has an index of its own.

use super::vitae_in;
use std::fs;
use tempfile::TempDir;

struct Place {
    folder: TempDir,
    index: TempDir,
}

impl Place {
    fn new() -> Place {
        let place = Place { folder: TempDir::new().unwrap(), index: TempDir::new().unwrap() };
        place.write("ann.md", "# Ann Example\n\n## Skills\n\nKubernetes, Docker\n");
        place.index();
        place
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).unwrap();
    }

    /// The path of a file as `--paths` prints it.
    fn line(&self, name: &str) -> String {
        format!("{}\n", self.folder.path().canonicalize().unwrap().join(name).display())
    }

    fn index(&self) {
        self.run(&["index", self.folder.path().to_str().unwrap()], 0);
    }

    /// Standard output; the exit status must be `code`.
    fn run(&self, arguments: &[&str], code: i32) -> String {
        let out = vitae_in(self.index.path(), arguments).output().unwrap();
        let error = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(code), "{arguments:?}: {error}");
        String::from_utf8(out.stdout).unwrap()
    }
}

#[test]
fn only_who_is_new_is_told_and_only_once() {
    let place = Place::new();
    place.run(&["saved", "add", "k8s", "skill:kubernetes"], 0);
    let news = ["saved", "run", "k8s", "--new-since-last", "--paths"];
    assert_eq!(place.run(&news, 1), "", "whom it found when it was saved is no news");
    place.write("bob.md", "# Bob Example\n\n## Skills\n\nKubernetes, Go\n");
    place.write("eve.md", "# Eve Example\n\n## Skills\n\nAccounting\n");
    place.index();
    let rehearsal = [&news[..], &["--dry-run"]].concat();
    assert_eq!(place.run(&rehearsal, 0), place.line("bob.md"));
    assert_eq!(place.run(&news, 0), place.line("bob.md"), "a rehearsal is not remembered");
    assert_eq!(place.run(&news, 1), "");
    place.write("bob.md", "# Bob Example\n\n## Skills\n\nKubernetes, Go, Rust\n");
    place.index();
    let told = place.run(&["saved", "run", "--new-since-last"], 0);
    assert!(told.contains("@k8s") && told.contains("1 of them changed"), "{told}");
}

#[test]
fn a_search_is_run_by_its_name_with_its_options_and_more() {
    let place = Place::new();
    place.write("bob.md", "# Bob Example\n\n## Skills\n\nKubernetes, Go\n");
    place.index();
    place.run(&["saved", "add", "go", "kubernetes", "--skill", "go"], 0);
    assert_eq!(place.run(&["search", "@go", "--paths"], 0), place.line("bob.md"));
    assert_eq!(place.run(&["search", "@go -bob", "--paths"], 1), "");
    place.run(&["search", "@nobody"], 2);
    let shown = place.run(&["saved", "show", "go"], 0);
    assert!(shown.contains("kubernetes --skill 'go'"), "{shown}");
}

#[test]
fn searches_are_listed_replaced_and_removed() {
    let place = Place::new();
    place.run(&["saved", "list"], 1);
    place.run(&["saved", "add", "a", "docker"], 0);
    place.run(&["saved", "add", "a", "kubernetes"], 2);
    place.run(&["saved", "add", "a", "kubernetes", "--replace"], 0);
    place.run(&["saved", "add", "b", "tittle:x"], 2);
    place.run(&["saved", "add", "b c", "docker"], 2);
    assert!(place.run(&["saved", "list"], 0).contains("kubernetes"));
    place.run(&["saved", "remove", "a"], 0);
    place.run(&["saved", "remove", "a"], 2);
    place.run(&["saved", "list"], 1);
}

#[test]
fn they_outlive_a_rebuild_and_a_broken_file_is_named() {
    let place = Place::new();
    place.run(&["saved", "add", "a", "docker"], 0);
    place.run(&["index", "--rebuild", place.folder.path().to_str().unwrap()], 0);
    assert_eq!(place.run(&["search", "@a", "--paths"], 0), place.line("ann.md"));
    fs::write(place.index.path().join("saved.json"), "{").unwrap();
    let out = vitae_in(place.index.path(), &["saved", "list"]).output().unwrap();
    let error = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.code() == Some(2) && error.contains("saved.json") && error.contains("hint:"), "{error}");
}
