//! `vitae show`: one candidate's profile. In: an id or path. Out: the profile on stdout.

use super::Outcome;
use crate::args::{Args, ShowArgs};
use crate::output::profile::{ProfileView, profile};
use crate::output::{self, json_resume::json_resume, style};
use std::collections::HashMap;
use vitae::engine::StoredLine;
use vitae::search::blind::Blind;

/// Runs the command.
pub fn run(args: &Args, options: &ShowArgs) -> anyhow::Result<Outcome> {
    let engine = super::engine(&args.index)?;
    let Some(mut document) = super::candidate(args, engine, &options.candidate)? else { return Ok(Outcome::Nothing) };
    let mut hidden = String::new();
    if options.blind {
        hidden = vitae::search::blind::name_of(&document.id);
        let blind = Blind::of(&document.profile);
        blind.profile(&mut document.profile, &mut document.lines);
        document.paths.clear();
        document.versions.clear();
    }
    let lines: HashMap<usize, &StoredLine> = document.lines.iter().map(|line| (line.index as usize, line)).collect();
    if options.json {
        let line = |index: usize| lines.get(&index).map(|line| line.text.clone());
        output::json(&json_resume(&document.profile, &line))?;
        return Ok(Outcome::Found);
    }
    let line = |index: usize| lines.get(&index).map(|line| (line.number, line.text.clone()));
    let nameless = if options.blind { &hidden } else { "(no name found)" };
    let view = ProfileView { evidence: options.evidence, line: &line, nameless };
    let file = format!("{}  {}", document.id, document.paths.join(", "));
    let file = style::dim(&format!("{}\n", file.trim_end()));
    let others = document.versions.iter().filter(|version| version.id != document.id);
    let others: String = others.map(|version| format!("also {}  {}\n", version.id, version.paths.join(", "))).collect();
    output::data(&format!("{}\n{file}{}", profile(&document.profile, &view), style::dim(&others)))?;
    Ok(Outcome::Found)
}
