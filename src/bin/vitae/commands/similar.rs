//! `vitae similar`: candidates like one. In: an id or path. Out: a result list on stdout, with what each shares.

use super::{Outcome, as_of, month_of};
use crate::args::Args;
use crate::args::workbench::SimilarArgs;
use crate::output::{self, hits, style};
use std::fmt::Write;
use vitae::engine::SearchOptions;
use vitae::search::similar::{Alike, similar};

/// Most shared skills that are named.
const NAMED: usize = 8;

/// Runs the command.
pub fn run(args: &Args, options: &SimilarArgs) -> anyhow::Result<Outcome> {
    let day = as_of(options.list.as_of.as_deref())?;
    let engine = super::engine(&args.index)?;
    let Some(document) = super::candidate(args, engine, &options.candidate)? else { return Ok(Outcome::Nothing) };
    let search = SearchOptions {
        limit: options.list.limit(),
        explain: options.explain,
        blind: options.list.blind,
        ..SearchOptions::new(month_of(day))
    };
    let found = similar(engine, &document, crate::user_lexicon::load(&args.index)?, &search)?;
    if options.list.json {
        output::json(&found)?;
    } else {
        if !args.quiet {
            let name = found.like.name.as_deref().unwrap_or("(no name found)");
            output::remark(&format!("like {} {}", style::bold(name), style::dim(&found.like.path)));
            output::remark(&style::dim(&format!("query: {}", found.query)));
        }
        let width = found.candidates.len().to_string().len().max(2);
        let shown: Vec<String> =
            found.candidates.iter().map(|alike| candidate(alike, width, options.explain)).collect();
        output::data(&shown.concat())?;
    }
    Ok(if found.candidates.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

fn candidate(alike: &Alike, width: usize, explain: bool) -> String {
    let indent = " ".repeat(width + 2);
    let mut out = hits::head(&alike.hit, width);
    let named: Vec<&str> = alike.skills.iter().take(NAMED).map(String::as_str).collect();
    let rest = alike.skills.len().saturating_sub(NAMED);
    let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    if !named.is_empty() {
        let _ = writeln!(out, "{indent}{}{}{rest}", style::label("both know    "), named.join(", "));
    }
    if !alike.also.is_empty() {
        let _ = writeln!(out, "{indent}{}{}", style::label("both have    "), alike.also.join(", "));
    }
    if alike.level < 1.0 {
        let factor = style::dim(&format!("score × {:.2}", alike.level));
        let _ = writeln!(out, "{indent}{}other length of experience  {factor}", style::label("differ in    "));
    }
    let hit = &alike.hit;
    let _ = writeln!(out, "{indent}{}", style::dim(&format!("{}  {}  score {:.2}", hit.id, hit.path, hit.score)));
    if explain {
        out.push_str(&hits::parts(&hit.parts, &indent));
    }
    out
}
