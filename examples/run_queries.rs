//! Judged queries as JSON lines → the whole result of each, best first. In: an index and a file of `{"qid": …, "text": …}`. Out, on
//! stdout: `{"qid": …, "ids": […]}` with the file names, without their endings, of the first 1,000. With `--nearly` those who have only
//! some of many words follow, as on the page of a search; with `--plain` plain BM25 over the whole text answers instead, to compare with.
//! Usage: `run_queries INDEX QUERIES.jsonl [--nearly|--plain]`.

use std::path::Path;
use vitae::engine::SearchOptions;
use vitae::engine::embedded::Embedded;
use vitae::lexicon::Lexicon;
use vitae::model::{Hit, Month};

/// Results of one query that are listed.
const MOST: usize = 1000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [index, queries, rest @ ..] = arguments.as_slice() else {
        return Err("usage: run_queries INDEX QUERIES.jsonl [--nearly|--plain]".into());
    };
    let asks = |flag: &str| rest.iter().any(|argument| argument == flag);
    let engine = Embedded::open(index.as_ref())?;
    let lexicon = Lexicon::builtin();
    let today = jiff::civil::date(2026, 1, 1);
    let options = SearchOptions { limit: MOST, ..SearchOptions::new(Month::new(2026, 1)) };
    for line in std::fs::read_to_string(queries)?.lines() {
        let judged: serde_json::Value = serde_json::from_str(line)?;
        let text = typed(judged["text"].as_str().unwrap_or_default());
        let query = vitae::query::parse(&text, &lexicon, today)?;
        let paths: Vec<String> = if asks("--plain") {
            engine.plain_bm25(&query.root, MOST)?
        } else {
            let answer = vitae::search::answer(&engine, &text, &query, &options)?;
            let nearly = answer.nearly.into_iter().filter(|_| asks("--nearly"));
            answer.hits.into_iter().chain(nearly).flat_map(|hit| files(&hit)).collect()
        };
        let ids: Vec<String> = paths.iter().map(|path| stem(path)).collect();
        println!("{}", serde_json::json!({"qid": judged["qid"], "ids": ids}));
    }
    Ok(())
}

/// All files of a candidate that answer the query: judgements name files.
fn files(hit: &Hit) -> Vec<String> {
    hit.matching_paths().map(str::to_string).collect()
}

/// Two kinds of judged queries are sentences, not queries: `degree year 2004..2005`, `employed during 2000`.
fn typed(text: &str) -> String {
    if let Some(years) = text.strip_prefix("degree year ") {
        return format!("graduated:{years}");
    }
    text.strip_prefix("employed during ").map_or(text.to_string(), |years| format!("job(during:{years})"))
}

fn stem(path: &str) -> String {
    let stem = Path::new(path).file_stem();
    stem.map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}
