//! Files inside files: the paths that members of a container have in the ledger (`mail.eml!/cv.pdf`, `all.zip!/2026/cv.pdf`), and the
//! walk through a container's members. Reads nothing from disk and extracts nothing.

use super::extract::Extract;
use crate::corpus::SourceFile;
use crate::model::{Format, SkipReason};
use crate::read::Member;
use std::collections::HashSet;

/// Stands between a container's path and a member's.
const INSIDE: &str = "!/";

/// Containers opened inside containers: an e-mail in an archive, an archive in an e-mail.
pub const MAX_NESTING: usize = 4;

/// The file on disk that holds a member; `None` for a path that names no member.
pub fn container_of(path: &str) -> Option<&str> {
    path.split_once(INSIDE).map(|(container, _)| container)
}

/// How the paths of all members of a container begin.
pub fn prefix(container: &str) -> String {
    format!("{container}{INSIDE}")
}

/// Gives every member of a container to `sink`, as a file with the path it has in the ledger.
///
/// # Errors
/// The reason why the container cannot be opened.
pub fn each(
    extract: &dyn Extract,
    container: &SourceFile,
    bytes: &[u8],
    format: Format,
    sink: &mut dyn FnMut(SourceFile, Result<Vec<u8>, SkipReason>),
) -> Result<(), SkipReason> {
    let mut used = HashSet::new();
    extract.members(bytes, format, &mut |member: Member| {
        let rel = unique(prefix(&container.rel) + &clean(&member.name), &mut used);
        let size = member.content.as_ref().map_or(0, |content| content.len() as u64);
        sink(SourceFile { rel: rel.into_boxed_str(), size, ..container.clone() }, member.content);
    })
}

/// A member's name as a path that can be shown: no control characters, no way out of the container.
fn clean(name: &str) -> String {
    let parts = name.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    let shown = parts.collect::<Vec<_>>().join("/").replace(|ch: char| ch.is_control(), "_").replace(INSIDE, "!_");
    if shown.is_empty() { "file".into() } else { shown }
}

/// Two attachments may have one name: the second becomes `cv (2).pdf`.
fn unique(rel: String, used: &mut HashSet<String>) -> String {
    let (stem, ending) = rel.rsplit_once('.').filter(|(_, ending)| !ending.contains('/')).unwrap_or((&rel, ""));
    let numbered =
        (2..).map(
            |number| {
                if ending.is_empty() { format!("{rel} ({number})") } else { format!("{stem} ({number}).{ending}") }
            },
        );
    let found = std::iter::once(rel.clone()).chain(numbered).find(|rel| !used.contains(rel)).unwrap_or_default();
    used.insert(found.clone());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_members() {
        assert_eq!(container_of("a/mail.eml!/cv.pdf"), Some("a/mail.eml"));
        assert_eq!(container_of("all.zip!/mail.eml!/cv.pdf"), Some("all.zip"));
        assert_eq!(container_of("a/cv.pdf"), None);
        assert_eq!(clean("../../etc/pass\nwd"), "etc/pass_wd");
        assert_eq!(clean("/"), "file");
    }

    #[test]
    fn names_are_unique() {
        let mut used = HashSet::new();
        let mut name = |name: &str| unique(name.to_string(), &mut used);
        assert_eq!([name("a!/cv.pdf"), name("a!/cv.pdf"), name("a!/cv")], ["a!/cv.pdf", "a!/cv (2).pdf", "a!/cv"]);
        assert_eq!(name("a!/cv"), "a!/cv (2)");
    }
}
