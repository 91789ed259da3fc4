//! Where saved searches lie: `saved.json` in the folder of the index, so that they go where it goes and are deleted with it. In: that
//! folder. Out: [`SavedSearches`]. Writing is atomic: a new file beside the old one, then renamed.

use anyhow::Context;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use vitae::search::saved::SavedSearches;

/// The file in an index folder.
pub fn path(index: &Path) -> PathBuf {
    index.join("saved.json")
}

/// Reads the file; none saved when there is no file.
pub fn read(index: &Path) -> anyhow::Result<SavedSearches> {
    let path = path(index);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(SavedSearches::default()),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
    };
    serde_json::from_str(&text).map_err(|error| {
        let error = vitae::Error::input(format!("not a file of saved searches ({error})")).at(&path);
        error.hint("repair it, or move it away and save the searches again").into()
    })
}

/// Writes the file: whoever reads meanwhile sees the old one or the new one, never half of one.
pub fn write(index: &Path, saved: &SavedSearches) -> anyhow::Result<()> {
    let (path, new) = (path(index), index.join(format!("saved.json.{}.new", std::process::id())));
    let mut text = serde_json::to_string_pretty(saved)?;
    text.push('\n');
    let written = File::create(&new).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    let renamed = written.and_then(|()| fs::rename(&new, &path));
    if renamed.is_err() {
        let _ = fs::remove_file(&new);
    }
    let failed = |error| vitae::Error::environment(format!("cannot write ({error})")).at(&path);
    Ok(renamed.map_err(|error| failed(error).hint("is there room on the disk, and may the folder be written?"))?)
}
