//! `vitae eval`: how good the ranking is. In: a file of judged queries, the index of the folder they were judged on. Out: nDCG@10, MRR,
//! P@10 over all, per kind, and per query on request.

use super::{Outcome, as_of, month_of};
use crate::args::{Args, EvalArgs};
use crate::output::{self, style};
use anyhow::Context;
use std::fmt::Write;
use vitae::engine::SearchOptions;
use vitae::engine::embedded::Embedded;
use vitae::eval::{Report, Truth, evaluate};

/// Runs the command.
pub fn run(args: &Args, options: &EvalArgs) -> anyhow::Result<Outcome> {
    let text = std::fs::read_to_string(&options.truth)
        .with_context(|| format!("cannot read the judged queries {}", options.truth.display()))?;
    let truth = Truth::parse(&text)?;
    let day = as_of(options.as_of.as_deref().or(truth.as_of.as_deref()))?;
    let engine = Embedded::open(&args.index)?;
    let lexicon = crate::user_lexicon::load(&args.index)?;
    let search = SearchOptions::new(month_of(day));
    let nobody: Vec<&str> =
        truth.queries.iter().filter(|judged| judged.relevant.is_empty()).map(|judged| judged.text.as_str()).collect();
    let report = evaluate(&truth, &mut |text| {
        let query = vitae::query::parse(text, &lexicon, day)?;
        let answer = vitae::search::answer(&engine, text, &query, &search)?;
        // The page as a person sees it: the hits, then those that nearly match. Queries that nobody answers are held to the hits.
        let nearly = answer.nearly.into_iter().filter(|_| !nobody.contains(&text));
        Ok(answer.hits.into_iter().chain(nearly).map(|hit| hit.path).collect())
    })?;
    if options.json {
        output::json(&report)?;
    } else {
        output::data(&table(&report, options.verbose))?;
    }
    Ok(Outcome::Found)
}

fn table(report: &Report, verbose: bool) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", style::bold("nDCG@10    MRR   P@10"));
    if verbose {
        let mut queries: Vec<_> = report.queries.iter().collect();
        queries.sort_by(|a, b| a.figures.ndcg10.total_cmp(&b.figures.ndcg10).then_with(|| a.id.cmp(&b.id)));
        for query in queries {
            let figures = query.figures;
            let note = style::dim(&format!("{} · {} found", query.text, query.found));
            let _ =
                writeln!(out, "{:7.3} {:6.3} {:6.3}  {}  {note}", figures.ndcg10, figures.mrr, figures.p10, query.id);
        }
        out.push('\n');
    }
    for (kind, figures) in &report.kinds {
        let _ = writeln!(out, "{:7.3} {:6.3} {:6.3}  {kind}", figures.ndcg10, figures.mrr, figures.p10);
    }
    let all = report.all;
    let count = report.queries.len();
    let _ = writeln!(
        out,
        "{:7.3} {:6.3} {:6.3}  {}",
        all.ndcg10,
        all.mrr,
        all.p10,
        style::bold(&format!("all {count} queries"))
    );
    out
}
