//! `vitae inspect`: how one file is read, step by step, without an index. In: a file and a stage. Out: that stage on stdout.

use super::{Outcome, as_of, month_of};
use crate::args::{Args, InspectArgs, Stage};
use crate::output::profile::{ProfileView, profile};
use crate::output::{self, stages};
use anyhow::Context;
use std::fmt::Write;
use vitae::index::{Extract, FileFacts};
use vitae::model::SkipReason;

/// Runs the command.
pub fn run(args: &Args, options: &InspectArgs) -> anyhow::Result<Outcome> {
    let as_of = month_of(as_of(options.as_of.as_deref())?);
    let bytes = std::fs::read(&options.file).with_context(|| format!("cannot read {}", options.file.display()))?;
    let name = options.file.to_string_lossy();
    let skipped = |reason: SkipReason| vitae::Error::input(reason.to_string()).at(&options.file);
    let format = vitae::corpus::sniff(&bytes, &name).map_err(skipped)?;
    let lexicon = crate::user_lexicon::load(&args.index)?;
    let reader = vitae::index::extract::Reader { lexicon, as_of };
    let read = reader.extract(&bytes, format).map_err(skipped)?;
    match (options.stage, options.json) {
        (Stage::Lines, true) => output::json(&read.text)?,
        (Stage::Lines, false) => output::data(&stages::lines(&read.text))?,
        (Stage::Sections, true) => output::json(&read.sections)?,
        (Stage::Sections, false) => output::data(&stages::sections(&read.text, &read.sections))?,
        (Stage::Profile, true) => output::json(&read.profile)?,
        (Stage::Profile, false) => {
            let line = |index: usize| read.text.lines.get(index).map(|line| (line.number, line.text.clone()));
            output::data(&profile(
                &read.profile,
                &ProfileView { evidence: true, line: &line, nameless: "(no name found)" },
            ))?;
        }
        (Stage::Document, _) => {
            let hash = blake3::hash(&bytes).to_hex().to_string();
            let facts = FileFacts { paths: vec![name.into_owned()], hash, format, modified: 0 };
            let document = vitae::index::document(&facts, &read.text, &read.sections, &read.profile);
            output::data(&format!("{document:#?}\n"))?;
        }
        (Stage::Tokens, _) => {
            let mut out = String::new();
            for line in &read.text.lines {
                let mut words = Vec::new();
                vitae::analysis::tokenize(&line.text, &mut |token| words.push(token.term.to_string()));
                let _ = writeln!(out, "{}", words.join(" "));
            }
            output::data(&out)?;
        }
    }
    Ok(Outcome::Found)
}
