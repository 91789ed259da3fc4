//! `vitae explain`: how a query is read. In: a query. Out: tree, canonical form, notices, expansions, counts on stdout. Without an index
//! it stops after the tree.

use super::{Outcome, as_of, month_of};
use crate::args::{Args, ExplainArgs};
use crate::output::{self, explanation, style};
use std::fmt::Write;
use vitae::engine::{Engine, SearchOptions};

/// Runs the command.
pub fn run(args: &Args, options: &ExplainArgs) -> anyhow::Result<Outcome> {
    let day = as_of(options.as_of.as_deref())?;
    let (text, filters) = super::saved::resolve(args, options.query.join(" ").trim(), &options.filters)?;
    let lexicon = crate::user_lexicon::load(&args.index)?;
    let query = super::search::parse(&text, &filters, lexicon, day)?;
    let mut out = format!("{}\n  {}\n", style::bold("read as"), query.shown);
    if !query.notices.is_empty() {
        let _ = writeln!(out, "{}", style::bold("notices"));
        for notice in &query.notices {
            let _ = writeln!(out, "  {}", notice.message);
        }
    }
    let _ = writeln!(out, "{}\n{}", style::bold("tree"), vitae::query::tree(&query.root));
    match super::engine(&args.index) {
        Ok(engine) => {
            let search = SearchOptions { clause_counts: true, limit: 0, ..SearchOptions::new(month_of(day)) };
            let found = engine.search(&query, &search)?;
            if !found.expansions.is_empty() {
                let _ = writeln!(out, "{}\n{}", style::bold("words"), explanation::expansions(&found.expansions));
            }
            out.push_str(&explanation::clauses(&found.clauses, &found.relaxed));
            let _ = writeln!(out, "{}\n  {:>7}  of {}", style::bold("together"), found.total, found.searched);
            out.push_str(&explanation::unknown(&found.unknown));
        }
        Err(error) if !args.quiet => output::remark(&format!("without counts: {error}")),
        Err(_) => {}
    }
    output::data(&out)?;
    Ok(Outcome::Found)
}
