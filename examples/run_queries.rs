//! Judged queries as JSON lines → the whole result of each, best first. In: an index and a file of `{"qid": …, "text": …}`. Out, on
//! stdout: `{"qid": …, "ids": […]}` with the file names, without their endings, of the first 1,000. With `--nearly` those who have only
//! some of many words follow, as on the page of a search. Usage: `run_queries INDEX QUERIES.jsonl [--nearly]`.

use std::path::Path;
use vitae::engine::SearchOptions;
use vitae::engine::embedded::Embedded;
use vitae::lexicon::Lexicon;
use vitae::model::{Hit, Month};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [index, queries, rest @ ..] = arguments.as_slice() else {
        return Err("usage: run_queries INDEX QUERIES.jsonl [--nearly]".into());
    };
    let with_nearly = rest.iter().any(|argument| argument == "--nearly");
    let engine = Embedded::open(index.as_ref())?;
    let lexicon = Lexicon::builtin();
    let today = jiff::civil::date(2026, 1, 1);
    let options = SearchOptions { limit: 1000, ..SearchOptions::new(Month::new(2026, 1)) };
    for line in std::fs::read_to_string(queries)?.lines() {
        let judged: serde_json::Value = serde_json::from_str(line)?;
        let text = typed(judged["text"].as_str().unwrap_or_default());
        let answer = vitae::search::run(&engine, &text, &lexicon, today, &options)?;
        let nearly = answer.nearly.iter().filter(|_| with_nearly);
        let ids: Vec<String> = answer.hits.iter().chain(nearly).map(stem).collect();
        println!("{}", serde_json::json!({"qid": judged["qid"], "ids": ids}));
    }
    Ok(())
}

/// Two kinds of judged queries are sentences, not queries: `degree year 2004..2005`, `employed during 2000`.
fn typed(text: &str) -> String {
    if let Some(years) = text.strip_prefix("degree year ") {
        return format!("graduated:{years}");
    }
    text.strip_prefix("employed during ").map_or(text.to_string(), |years| format!("job(during:{years})"))
}

fn stem(hit: &Hit) -> String {
    let stem = Path::new(&hit.path).file_stem();
    stem.map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}
