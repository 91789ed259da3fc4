//! The user's own tables on disk. In: the folder of the index. Out: a [`Lexicon`]. Every command makes its lexicon here, so that what is
//! indexed and what is asked speak the same language.
//!
//! ```text
//! <index>/vitae.toml, <index>/lexicon/*.tsv          go with the index
//! <config>/vitae.toml, <config>/lexicon/*.tsv        hold for all indexes; config: $VITAE_CONFIG, else the system's folder + /vitae
//! ```

use anyhow::Context;
use serde::Deserialize;
use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use vitae::lexicon::Lexicon;
use vitae::lexicon::user::{UserTable, UserTables};

/// `vitae.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// Further folders with tables, relative to the file.
    lexicon: Vec<PathBuf>,
}

/// What the program knows, and what the user added. It goes with the program, like the engine.
pub fn load(index: &Path) -> anyhow::Result<&'static Lexicon> {
    let mut tables = UserTables::default();
    for home in config_folder().into_iter().chain([index.to_path_buf()]) {
        add_tables(&home.join("lexicon"), &mut tables)?;
        for folder in settings(&home.join("vitae.toml"))?.lexicon {
            let folder = home.join(folder);
            if !folder.is_dir() {
                let error = vitae::Error::input("no such folder").at(&folder);
                return Err(error.hint(format!("it is named in {}", home.join("vitae.toml").display())).into());
            }
            add_tables(&folder, &mut tables)?;
        }
    }
    Ok(Box::leak(Box::new(Lexicon::with(tables))))
}

/// Where the user's settings for all indexes lie.
fn config_folder() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(own) = set("VITAE_CONFIG") {
        return Some(own);
    }
    let system = if cfg!(windows) {
        set("APPDATA")
    } else if cfg!(target_os = "macos") {
        set("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        set("XDG_CONFIG_HOME").or_else(|| set("HOME").map(|home| home.join(".config")))
    };
    system.map(|folder| folder.join("vitae"))
}

fn settings(path: &Path) -> anyhow::Result<Settings> {
    let Some(text) = read(path)? else { return Ok(Settings::default()) };
    // The message of a TOML error names line and column.
    toml::from_str(&text).map_err(|error| {
        let error = vitae::Error::input(error.to_string().trim_end().to_string()).at(path);
        error.hint("vitae.toml knows one setting: lexicon = [\"folder\", …]").into()
    })
}

/// Reads the tables of a folder; nothing when there is no folder.
fn add_tables(folder: &Path, tables: &mut UserTables) -> anyhow::Result<()> {
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", folder.display())),
    };
    let mut paths: Vec<PathBuf> = listing.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "tsv"));
    paths.sort();
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let Some((_, table)) = UserTable::FILES.iter().find(|(file, _)| *file == name) else {
            let files: Vec<&str> = UserTable::FILES.iter().map(|(file, _)| *file).collect();
            return Err(vitae::Error::input("no table is called so")
                .at(&path)
                .hint(format!("one of: {}", files.join(", ")))
                .into());
        };
        let Some(text) = read(&path)? else { continue };
        tables.add(*table, &text).map_err(|errors| {
            let lines: Vec<String> =
                errors.iter().map(|error| format!("{}:{}: {}", path.display(), error.line, error.message)).collect();
            vitae::Error::input(lines.join("\n"))
        })?;
    }
    Ok(())
}

/// The text of a file; none when there is no file.
fn read(path: &Path) -> anyhow::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}
