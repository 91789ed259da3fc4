//! Folder → the files in it, sorted by path, each either a [`SourceFile`] or a path with the reason why it is none. Reads names, sizes
//! and times, never contents. `.gitignore` has no meaning here.

use crate::error::{Error, Result};
use crate::model::SkipReason;
use globset::{Glob, GlobSet, GlobSetBuilder};
use std::fs::Metadata;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use walkdir::{DirEntry, WalkDir};

/// A file that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path relative to the folder with `/` between the parts; bytes that are no UTF-8 are written `\xE9`. Unique in the folder.
    pub rel: Box<str>,
    /// Where it lies, when that is not `rel` in the folder.
    pub odd: Option<Box<Path>>,
    /// Bytes.
    pub size: u64,
    /// Last change, seconds since 1970 (UTC).
    pub modified: i64,
    /// Nanoseconds within that second.
    pub modified_nanos: u32,
}

impl SourceFile {
    /// Where it lies, in the folder that was listed.
    pub fn path(&self, root: &Path) -> PathBuf {
        place(root, &self.rel, self.odd.as_deref())
    }
}

/// Where a file lies: `rel` in the folder, unless that is not its name.
pub fn place(root: &Path, rel: &str, odd: Option<&Path>) -> PathBuf {
    odd.map_or_else(|| root.join(rel), Path::to_path_buf)
}

/// What to list.
#[derive(Debug, Clone, Default)]
pub struct WalkOptions {
    /// Also files and folders whose name begins with a dot.
    pub hidden: bool,
    /// A folder to leave out wherever it lies (the index itself).
    pub leave_out: Option<PathBuf>,
}

/// Names the files of a folder that are no résumés, one glob a line (`#` begins a remark). A glob without `/` is about file names
/// at any depth, one with `/` about paths from the folder. What it names is not listed at all.
pub const IGNORE_FILE: &str = ".vitaeignore";

/// What lies in the folder of an index of ours, whatever its name: the list of its segments, and what a run locks.
const INDEX_FILES: [&str; 2] = ["tantivy/meta.json", "lock"];

/// A file, or a path and why it cannot be read.
pub type Listed = std::result::Result<SourceFile, (String, SkipReason)>;

/// Lists the folder (or the one file) `root`, sorted by relative path, without folders that are indexes of ours; when `root` is one itself, without
/// its files. Symbolic links are followed; one that leads back to a folder
/// above itself is reported as a loop.
///
/// # Errors
/// Input: `root` does not exist or is neither folder nor file. Environment: `root` cannot be listed.
pub fn walk(root: &Path, options: &WalkOptions) -> Result<Vec<Listed>> {
    let kind = std::fs::metadata(root).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Error::input("no such folder").at(root).hint("name the folder that holds the résumés"),
        _ => Error::environment(format!("cannot read the folder ({error})")).at(root),
    })?;
    if kind.is_dir() {
        let listing = std::fs::read_dir(root);
        listing.map_err(|error| Error::environment(format!("cannot read the folder ({error})")).at(root))?;
    }
    let ignored = ignored(root)?;
    let leave_out = options.leave_out.as_ref().and_then(|path| path.canonicalize().ok());
    let root_is_index = is_index(root);
    let wanted = |entry: &DirEntry| match entry.depth() {
        0 => true,
        1 if root_is_index && is_of_index(entry) => false,
        _ => is_wanted(entry, options.hidden, leave_out.as_deref()),
    };
    let mut files: Vec<Listed> = Vec::new();
    for entry in WalkDir::new(root).follow_links(true).into_iter().filter_entry(wanted) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if ignored.is_match(relative(root, entry.path())) => {}
            Ok(entry) => files.push(listed(root, entry)),
            Err(error) => {
                let hidden =
                    error.path().and_then(Path::file_name).is_some_and(|name| name.as_encoded_bytes()[0] == b'.');
                if options.hidden || !hidden {
                    files.push(Err((relative(root, error.path().unwrap_or(root)), reason(&error))));
                }
            }
        }
    }
    files.sort_unstable_by(|one, other| rel(one).cmp(rel(other)));
    Ok(files)
}

/// The relative path of a listed file.
pub fn rel(listed: &Listed) -> &str {
    match listed {
        Ok(file) => &file.rel,
        Err((rel, _)) => rel,
    }
}

/// The globs of the folder's [`IGNORE_FILE`]; none without one.
fn ignored(root: &Path) -> Result<GlobSet> {
    let path = root.join(IGNORE_FILE);
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let mut globs = GlobSetBuilder::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let pattern = if line.contains('/') { line.trim_start_matches('/').to_string() } else { format!("**/{line}") };
        globs.add(Glob::new(&pattern).map_err(|error| Error::input(error.to_string()).at(&path))?);
    }
    globs.build().map_err(|error| Error::input(error.to_string()).at(&path))
}

fn is_wanted(entry: &DirEntry, hidden: bool, leave_out: Option<&Path>) -> bool {
    if !hidden && entry.file_name().as_encoded_bytes().first() == Some(&b'.') {
        return false;
    }
    if !entry.file_type().is_dir() {
        return true;
    }
    let same_name = leave_out.is_some_and(|path| path.file_name() == Some(entry.file_name()));
    let is_left_out = same_name && entry.path().canonicalize().ok().as_deref() == leave_out;
    !is_left_out && !is_index(entry.path())
}

/// The folder holds an index of ours.
fn is_index(folder: &Path) -> bool {
    INDEX_FILES.iter().all(|name| folder.join(name).is_file())
}

/// A file or folder that an index writes into its folder.
fn is_of_index(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    match entry.file_type().is_dir() {
        true => name == "tantivy",
        false => name == "lock" || name.starts_with("manifest-") || name == "saved.json",
    }
}

fn listed(root: &Path, entry: DirEntry) -> Listed {
    let rel = relative(root, entry.path());
    if !entry.file_type().is_file() {
        return Err((rel, SkipReason::NotAFile));
    }
    match entry.metadata() {
        Ok(facts) => {
            let (modified, modified_nanos) = changed(&facts);
            let is_plain = plainly_below(root, entry.path()).is_some();
            let odd = (!is_plain).then(|| entry.into_path().into_boxed_path());
            Ok(SourceFile { rel: rel.into_boxed_str(), odd, size: facts.len(), modified, modified_nanos })
        }
        Err(error) => Err((rel, reason(&error))),
    }
}

/// Seconds and nanoseconds since 1970; zero where the file system does not tell.
fn changed(facts: &Metadata) -> (i64, u32) {
    let Ok(time) = facts.modified() else { return (0, 0) };
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => (after.as_secs() as i64, after.subsec_nanos()),
        Err(before) => (-(before.duration().as_secs() as i64), 0),
    }
}

fn reason(error: &walkdir::Error) -> SkipReason {
    if error.loop_ancestor().is_some() {
        return SkipReason::LinkLoop;
    }
    let Some(cause) = error.io_error() else { return SkipReason::Unreadable(error.to_string()) };
    // A link to itself is refused by the operating system: ELOOP, on Linux 40. `ErrorKind::FilesystemLoop` is not stable.
    let is_link = error.path().is_some_and(Path::is_symlink);
    match cause.kind() {
        ErrorKind::NotFound if is_link => SkipReason::Unreadable("the symbolic link leads nowhere".into()),
        ErrorKind::NotFound => SkipReason::Vanished,
        ErrorKind::PermissionDenied => SkipReason::Unreadable("permission denied".into()),
        _ if is_link && cause.to_string().contains("symbolic links") => SkipReason::LinkLoop,
        _ => SkipReason::Unreadable(cause.to_string()),
    }
}

/// `sub/r\xE9sum\xE9.txt`. Unlike a lossy conversion, two different names stay different.
fn relative(root: &Path, path: &Path) -> String {
    if let Some(rel) = plainly_below(root, path) {
        return rel.to_string();
    }
    let inner = path.strip_prefix(root).unwrap_or(path);
    let inner =
        if inner.as_os_str().is_empty() { Path::new(path.file_name().unwrap_or(path.as_os_str())) } else { inner };
    let mut rel = String::with_capacity(inner.as_os_str().len());
    for part in inner.components() {
        if !rel.is_empty() {
            rel.push('/');
        }
        for chunk in part.as_os_str().as_encoded_bytes().utf8_chunks() {
            rel.push_str(chunk.valid());
            chunk.invalid().iter().for_each(|byte| rel.push_str(&format!("\\x{byte:02X}")));
        }
    }
    rel
}

/// What follows the root in a path as walkdir makes it: the root as given, then names joined by the separator. Taking paths apart into
/// components, which is right for every path, is a third of listing a folder.
fn plainly_below<'p>(root: &Path, path: &'p Path) -> Option<&'p str> {
    let root = root.to_str()?;
    let inner = path.to_str()?.strip_prefix(root)?;
    let inner = if root.ends_with('/') { inner } else { inner.strip_prefix('/')? };
    (std::path::MAIN_SEPARATOR == '/' && !inner.is_empty() && !inner.starts_with('/')).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn check(root: &Path, options: &WalkOptions, expected: &[&str]) {
        let found = walk(root, options).expect("the folder is there");
        let shown: Vec<String> = found
            .iter()
            .map(|listed| match listed {
                Ok(file) => file.rel.to_string(),
                Err((rel, reason)) => format!("{rel} ({})", reason.name()),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn files_are_sorted_and_hidden_ones_left_out() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("b/.git")).unwrap();
        for name in ["b/z.txt", "b.txt", "a.txt", ".hidden", "b/.git/config"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        check(folder.path(), &WalkOptions::default(), &["a.txt", "b.txt", "b/z.txt"]);
        let all = WalkOptions { hidden: true, ..WalkOptions::default() };
        check(folder.path(), &all, &[".hidden", "a.txt", "b.txt", "b/.git/config", "b/z.txt"]);
        check(&folder.path().join("a.txt"), &WalkOptions::default(), &["a.txt"]);
    }

    #[test]
    fn files_named_in_the_ignore_file_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("sub")).unwrap();
        for name in ["a.md", "SOURCES.md", "sub/SOURCES.md", "sub/b.txt", "b.txt"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        fs::write(folder.path().join(IGNORE_FILE), "# not résumés\nSOURCES.*\nsub/b.txt\n").unwrap();
        check(folder.path(), &WalkOptions::default(), &["a.md", "b.txt"]);
        fs::write(folder.path().join(IGNORE_FILE), "[").unwrap();
        assert!(walk(folder.path(), &WalkOptions::default()).is_err());
    }

    #[test]
    fn the_index_folder_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("index")).unwrap();
        fs::create_dir_all(folder.path().join("sub/index")).unwrap();
        fs::write(folder.path().join("index/README.md"), "x").unwrap();
        fs::write(folder.path().join("sub/index/a.md"), "x").unwrap();
        let options = WalkOptions { leave_out: Some(folder.path().join("index")), ..WalkOptions::default() };
        check(folder.path(), &options, &["sub/index/a.md"]);
    }

    #[test]
    fn every_index_is_left_out_told_by_its_files() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str| {
            fs::create_dir_all(folder.path().join(name).parent().unwrap()).unwrap();
            fs::write(folder.path().join(name), "x").unwrap();
        };
        let index = ["tantivy/meta.json", "tantivy/0a.store", "lock", "manifest-000001", "saved.json"];
        index.iter().for_each(|name| write(&format!("old/{name}")));
        ["a.md", "tantivy/b.md", "lock/c.md", "manifest-1/d.md"].into_iter().for_each(write);
        check(folder.path(), &WalkOptions::default(), &["a.md", "lock/c.md", "manifest-1/d.md", "tantivy/b.md"]);
        // An index in the folder of the résumés itself.
        let mixed = folder.path().join("old");
        fs::write(mixed.join("e.md"), "x").unwrap();
        check(&mixed, &WalkOptions::default(), &["e.md"]);
    }

    #[test]
    fn a_missing_folder_is_the_users_error() {
        let error = walk(Path::new("no such folder here"), &WalkOptions::default()).unwrap_err();
        assert_eq!(error.kind, crate::error::ErrorKind::Input);
    }

    #[cfg(unix)]
    #[test]
    fn odd_entries_have_reasons() {
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("sub")).unwrap();
        fs::write(root.join("a.txt"), "x").unwrap();
        symlink("../a.txt", root.join("sub/link.txt")).unwrap();
        symlink("..", root.join("sub/up")).unwrap();
        symlink("self", root.join("self")).unwrap();
        symlink("nowhere", root.join("broken")).unwrap();
        fs::write(root.join(std::ffi::OsStr::from_bytes(b"r\xe9sum\xe9.txt")), "x").unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(root.join("socket")).unwrap();
        let expected = [
            "a.txt",
            "broken (unreadable)",
            "r\\xE9sum\\xE9.txt",
            "self (link-loop)",
            "socket (not-a-file)",
            "sub/link.txt",
            "sub/up (link-loop)",
        ];
        check(root, &WalkOptions::default(), &expected);
    }
}
