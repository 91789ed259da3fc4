//! `vitae parse`: résumés → JSON Resume, JSON Lines or CSV, without an index. In: a file or a folder. Out: profiles on stdout in the order
//! of the paths; every file that could not be read, with its reason, on stderr.

use super::worker::Reading;
use super::{Outcome, as_of, month_of};
use crate::args::Args;
use crate::args::workbench::{ParseArgs, ParseFormat};
use crate::output::{self, csv, json_resume::json_resume, style};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::path::Path;
use vitae::corpus::{SourceFile, WalkOptions, load, sniff, walk};
use vitae::index::extract::guarded;
use vitae::index::{Extract, Extracted, Reader};
use vitae::model::SkipReason;

/// Files that are read at once before the first of them is written.
const AT_ONCE: usize = 64;

/// Runs the command. [`Outcome::Nothing`] when no file could be read.
pub fn run(args: &Args, options: &ParseArgs) -> anyhow::Result<Outcome> {
    let as_of = month_of(as_of(options.as_of.as_deref())?);
    let lexicon = crate::user_lexicon::load(&args.index)?;
    let is_folder = options.path.is_dir();
    if !options.path.exists() {
        return Err(vitae::Error::input("no such file or folder").at(&options.path).into());
    }
    let reading = Reading::new(&options.reading)?;
    let extract = reading.extract(Reader { lexicon, as_of });
    let max_bytes = options.reading.max_file_size << 20;
    let walk_options = WalkOptions { hidden: options.reading.hidden, leave_out: Some(args.index.clone()) };
    let listed = walk(&options.path, &walk_options)?;
    let mut writer = Writer { format: options.format, in_list: is_folder, written: 0 };
    writer.begin()?;
    for files in listed.chunks(AT_ONCE) {
        let read: Vec<(String, Result<Extracted, SkipReason>)> = files
            .par_iter()
            .map(|listed| match listed {
                Ok(file) => (name(&options.path, file, is_folder), parse(&options.path, file, max_bytes, &*extract)),
                Err((path, reason)) => (path.clone(), Err(reason.clone())),
            })
            .collect();
        for (path, read) in read {
            match read {
                Ok(read) => writer.write(&path, &read)?,
                Err(reason) if !is_folder => {
                    return Err(vitae::Error::input(reason.to_string()).at(&options.path).into());
                }
                Err(reason) if !args.quiet => output::remark(&format!("{} {path}: {reason}", style::dim("skipped:"))),
                Err(_) => {}
            }
        }
    }
    writer.end()?;
    Ok(if writer.written > 0 { Outcome::Found } else { Outcome::Nothing })
}

/// The path as printed: inside the folder, or as typed.
fn name(root: &Path, file: &SourceFile, is_folder: bool) -> String {
    if is_folder { file.rel.to_string() } else { root.to_string_lossy().into_owned() }
}

fn parse(root: &Path, file: &SourceFile, max_bytes: u64, extract: &dyn Extract) -> Result<Extracted, SkipReason> {
    let loaded = load(&file.path(root), file.size, max_bytes)?;
    guarded(extract, &loaded.bytes, sniff(&loaded.bytes, &file.rel)?)
}

/// Writes profiles one by one in the wanted form.
struct Writer {
    format: ParseFormat,
    /// A folder: JSON Resume objects stand in one list.
    in_list: bool,
    written: usize,
}

impl Writer {
    fn begin(&self) -> anyhow::Result<()> {
        match self.format {
            ParseFormat::Csv => output::data(&csv::line(&csv::HEAD.map(String::from)))?,
            ParseFormat::JsonResume if self.in_list => output::data("[")?,
            _ => {}
        }
        Ok(())
    }

    fn write(&mut self, path: &str, read: &Extracted) -> anyhow::Result<()> {
        let line = |index: usize| read.text.lines.get(index).map(|line| line.text.clone());
        let resume = || {
            let mut resume = json_resume(&read.profile, &line);
            if let Some(extras) = resume.get_mut("x-vitae").and_then(Value::as_object_mut) {
                extras.insert("file".to_string(), json!(path));
            }
            resume
        };
        match self.format {
            ParseFormat::Csv => output::data(&csv::line(&csv::row(path, &read.profile)))?,
            ParseFormat::Jsonl => output::json_line(&resume())?,
            ParseFormat::JsonResume => {
                let separator = if !self.in_list {
                    ""
                } else if self.written == 0 {
                    "\n"
                } else {
                    ",\n"
                };
                let end = if self.in_list { "" } else { "\n" };
                output::data(&format!("{separator}{}{end}", serde_json::to_string_pretty(&resume())?))?;
            }
        }
        self.written += 1;
        Ok(())
    }

    fn end(&self) -> anyhow::Result<()> {
        if self.in_list && self.format == ParseFormat::JsonResume {
            output::data("\n]\n")?;
        }
        Ok(())
    }
}
