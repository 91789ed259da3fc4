//! `vitae eval`: how good the ranking is. In: a file of judged queries, the index of the folder they were judged on. Out: nDCG@10, MRR,
//! P@10 over all, per kind, and per query on request.

use super::{Outcome, as_of, month_of};
use crate::args::{Args, EvalArgs};
use crate::output::{self, style};
use anyhow::Context;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use vitae::engine::SearchOptions;
use vitae::eval::metrics::Figures;
use vitae::eval::{Report, Truth, evaluate};
use vitae::model::Hit;

/// Runs the command.
pub fn run(args: &Args, options: &EvalArgs) -> anyhow::Result<Outcome> {
    let text = std::fs::read_to_string(&options.truth)
        .with_context(|| format!("cannot read the judged queries {}", options.truth.display()))?;
    let truth = Truth::parse(&text)?;
    let day = as_of(options.as_of.as_deref().or(truth.as_of.as_deref()))?;
    let engine = super::engine(&args.index)?;
    let lexicon = crate::user_lexicon::load(&args.index)?;
    let search = SearchOptions::new(month_of(day));
    let nobody: Vec<&str> =
        truth.queries.iter().filter(|judged| judged.relevant.is_empty()).map(|judged| judged.text.as_str()).collect();
    let report = evaluate(&truth, &mut |text| {
        let query = vitae::query::parse(text, lexicon, day)?;
        let answer = vitae::search::answer(engine, text, &query, &search)?;
        // The page as a person sees it: the hits, then those that nearly match. Queries that nobody answers are held to the hits.
        let nearly = answer.nearly.into_iter().filter(|_| !nobody.contains(&text));
        // Judgements name files: a candidate stands for all matching files.
        Ok(answer.hits.into_iter().chain(nearly).flat_map(|hit| paths(&hit)).collect())
    })?;
    // The same queries by plain BM25 on the same index: what all the rest is worth.
    let plain = evaluate(&truth, &mut |text| {
        let query = vitae::query::parse(text, lexicon, day)?;
        engine.plain_bm25(&query.root, search.limit)
    })?;
    if options.json {
        output::json(&Compared { report: &report, plain_bm25: &plain.kinds, plain_bm25_all: plain.all })?;
    } else {
        output::data(&table(&report, &plain, options.verbose))?;
    }
    Ok(Outcome::Found)
}

fn paths(hit: &Hit) -> Vec<String> {
    hit.matching_files().map(|(_, path)| path.to_string()).collect()
}

/// The answer in JSON.
#[derive(Serialize)]
struct Compared<'r> {
    #[serde(flatten)]
    report: &'r Report,
    plain_bm25: &'r BTreeMap<String, Figures>,
    plain_bm25_all: Figures,
}

fn table(report: &Report, plain: &Report, verbose: bool) -> String {
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
    let row = |name: &str, ours: Figures, plain: Option<Figures>| {
        let plain = plain.map(|plain| style::dim(&format!("plain BM25 {:.3}", plain.ndcg10))).unwrap_or_default();
        format!("{:7.3} {:6.3} {:6.3}  {name:<18} {plain}\n", ours.ndcg10, ours.mrr, ours.p10)
    };
    for (kind, figures) in &report.kinds {
        out.push_str(&row(kind, *figures, plain.kinds.get(kind).copied()));
    }
    let count = report.queries.len();
    out.push_str(&row(&format!("all {count} queries"), report.all, Some(plain.all)));
    out
}
