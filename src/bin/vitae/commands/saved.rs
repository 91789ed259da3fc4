//! `vitae saved`: searches that are kept, and who is new in them. In: names, queries. Out: lists and hits on stdout. Remembers whom it has
//! shown in `saved.json` (`saved_file`).

use super::{Outcome, as_of, month_of};
use crate::args::workbench::{SavedAction, SavedArgs};
use crate::args::{Args, FilterArgs};
use crate::output::{self, hits, style, table};
use crate::saved_file;
use jiff::civil::Date;
use serde::Serialize;
use vitae::engine::{Engine, SearchOptions};
use vitae::model::Hit;
use vitae::query::{FilterOptions, Query};
use vitae::search::saved::{Newness, News, SavedSearch, checked_name, reference};

/// What `run` does.
struct Run<'a> {
    new_since_last: bool,
    dry_run: bool,
    paths: bool,
    json: bool,
    as_of: Option<&'a str>,
}

/// One search's part of the answer in JSON.
#[derive(Serialize)]
struct Answer<'a> {
    name: &'a str,
    query: String,
    total: usize,
    new: Vec<News>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hits: Option<&'a [Hit]>,
}

/// Runs the command.
pub fn run(args: &Args, options: &SavedArgs) -> anyhow::Result<Outcome> {
    match &options.action {
        SavedAction::Add { name, query, filters, replace, all_new } => {
            let search = SavedSearch {
                query: query.join(" ").trim().to_string(),
                filters: super::search::options(filters),
                ..SavedSearch::default()
            };
            add(args, name, search, *replace, *all_new)
        }
        SavedAction::List { json } => list(args, *json),
        SavedAction::Show { name, json } => show(args, name, *json),
        SavedAction::Remove { name } => remove(args, name),
        SavedAction::Run { name, new_since_last, dry_run, paths, json, as_of } => {
            let run = Run {
                new_since_last: *new_since_last,
                dry_run: *dry_run,
                paths: *paths,
                json: *json,
                as_of: as_of.as_deref(),
            };
            run_saved(args, name.as_deref(), &run)
        }
    }
}

/// The text and options of a search that may begin with `@name`: the saved query, and what was typed beside it.
pub fn resolve(args: &Args, text: &str, filters: &FilterArgs) -> anyhow::Result<(String, Vec<FilterOptions>)> {
    let typed = super::search::options(filters);
    let Some((name, rest)) = reference(text) else { return Ok((text.to_string(), vec![typed])) };
    let saved = saved_file::read(&args.index)?;
    let search = saved.named(name)?;
    let text = match (search.query.trim(), rest) {
        (query, "") => query.to_string(),
        ("", rest) => rest.to_string(),
        (query, rest) => format!("({query}) AND ({rest})"),
    };
    Ok((text, vec![search.filters.clone(), typed]))
}

fn add(args: &Args, name: &str, mut search: SavedSearch, replace: bool, all_new: bool) -> anyhow::Result<Outcome> {
    let name = checked_name(name)?;
    let mut saved = saved_file::read(&args.index)?;
    if saved.searches.contains_key(name) && !replace {
        return Err(vitae::Error::input(format!("`{name}` is saved already"))
            .hint("--replace puts this search in its place")
            .into());
    }
    let day = as_of(None)?;
    // A query that cannot be meant is refused when it is saved, not at night when it runs.
    let (query, hits) = find(args, &search, day)?;
    if !all_new {
        search.remember(&hits, day.to_string());
    }
    saved.searches.insert(name.to_string(), search);
    saved_file::write(&args.index, &saved)?;
    if !args.quiet {
        let found = if hits.len() == 1 { "1 candidate".to_string() } else { format!("{} candidates", hits.len()) };
        output::remark(&format!("saved {}: {} ({found} today)", style::bold(&format!("@{name}")), query.shown));
    }
    Ok(Outcome::Found)
}

fn list(args: &Args, json: bool) -> anyhow::Result<Outcome> {
    let saved = saved_file::read(&args.index)?;
    if json {
        output::json(&saved)?;
    } else {
        let rows = saved.searches.iter().map(|(name, search)| {
            let looked = search.looked.as_deref().unwrap_or("never");
            vec![style::bold(&format!("@{name}")), described(search), style::dim(&format!("last look {looked}"))]
        });
        output::data(&table::table(&[], &rows.collect::<Vec<_>>()))?;
    }
    if saved.searches.is_empty() && !args.quiet {
        output::remark("nothing is saved; hint: vitae saved add NAME QUERY");
    }
    Ok(if saved.searches.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

fn show(args: &Args, name: &str, json: bool) -> anyhow::Result<Outcome> {
    let name = checked_name(name)?;
    let saved = saved_file::read(&args.index)?;
    let search = saved.named(name)?;
    if json {
        output::json(search)?;
        return Ok(Outcome::Found);
    }
    let query = read(args, search, as_of(None)?)?;
    let seen = search
        .seen
        .as_ref()
        .map_or("nobody has looked yet".to_string(), |seen| format!("{} candidates seen", seen.len()));
    let looked = search.looked.as_ref().map(|day| format!(", last look {day}")).unwrap_or_default();
    output::data(&format!(
        "{}\n  typed    {}\n  read as  {}\n  {seen}{looked}\n",
        style::bold(&format!("@{name}")),
        described(search),
        query.shown
    ))?;
    Ok(Outcome::Found)
}

fn remove(args: &Args, name: &str) -> anyhow::Result<Outcome> {
    let name = checked_name(name)?;
    let mut saved = saved_file::read(&args.index)?;
    saved.named(name)?;
    saved.searches.remove(name);
    saved_file::write(&args.index, &saved)?;
    Ok(Outcome::Found)
}

/// As typed, options included.
fn described(search: &SavedSearch) -> String {
    let options = search
        .filters
        .named()
        .into_iter()
        .flat_map(|(name, values)| values.iter().map(move |value| format!("--{name} '{value}'")));
    let typed = (!search.query.is_empty()).then(|| search.query.clone());
    typed.into_iter().chain(options).collect::<Vec<_>>().join(" ")
}

fn read(args: &Args, search: &SavedSearch, day: Date) -> anyhow::Result<Query> {
    let lexicon = crate::user_lexicon::load(&args.index)?;
    Ok(super::search::parse(&search.query, std::slice::from_ref(&search.filters), lexicon, day)?)
}

/// Everyone a search finds.
fn find(args: &Args, search: &SavedSearch, day: Date) -> anyhow::Result<(Query, Vec<Hit>)> {
    let query = read(args, search, day)?;
    let engine = super::engine(&args.index)?;
    let options = SearchOptions::new(month_of(day));
    let total = engine.search(&query, &SearchOptions { count_only: true, ..options.clone() })?.total;
    let all = SearchOptions { limit: usize::try_from(total)?, ..options };
    let answer = vitae::search::answer(engine, &search.query, &query, &all)?;
    Ok((query, answer.hits))
}

fn run_saved(args: &Args, name: Option<&str>, run: &Run<'_>) -> anyhow::Result<Outcome> {
    let day = as_of(run.as_of)?;
    let mut saved = saved_file::read(&args.index)?;
    let names: Vec<String> = match name {
        Some(name) => vec![checked_name(name)?.to_string()],
        None => saved.searches.keys().cloned().collect(),
    };
    let mut shown = false;
    let mut answers = Vec::new();
    let mut found = Vec::new();
    for name in &names {
        let (query, hits) = find(args, saved.named(name)?, day)?;
        found.push((name, query, hits));
    }
    for (name, query, hits) in &found {
        let news = saved.named(name)?.news(hits);
        let is_shown = if run.new_since_last { !news.is_empty() } else { !hits.is_empty() };
        shown |= is_shown;
        if run.json {
            let (name, query, total) = (name.as_str(), query.interpreted_as.clone(), hits.len());
            answers.push(Answer {
                name,
                query,
                total,
                new: news,
                hits: (!run.new_since_last).then_some(hits.as_slice()),
            });
        } else if is_shown {
            print(args, name, hits, &news, run)?;
        }
    }
    if run.json {
        output::json(&answers)?;
    }
    // Remembered only when everything has been written out: who was not shown stays news.
    if run.new_since_last && !run.dry_run {
        for (name, _, hits) in &found {
            if let Some(search) = saved.searches.get_mut(*name) {
                search.remember(hits, day.to_string());
            }
        }
        saved_file::write(&args.index, &saved)?;
    }
    if !shown && !args.quiet {
        output::remark(if run.new_since_last { "nobody new" } else { "nobody found" });
    }
    Ok(if shown { Outcome::Found } else { Outcome::Nothing })
}

fn print(args: &Args, name: &str, all: &[Hit], news: &[News], run: &Run<'_>) -> anyhow::Result<()> {
    let new: Vec<Hit> = news.iter().map(|news| news.hit.clone()).collect();
    let hits = if run.new_since_last { new.as_slice() } else { all };
    if run.paths {
        let paths = hits.iter().flat_map(|hit| hit.matching_paths());
        output::data(&super::full_paths(&args.index, super::engine(&args.index)?, paths)?)?;
        return Ok(());
    }
    let changed = news.iter().filter(|news| news.newness == Newness::Changed).count();
    let changed = if changed > 0 { format!(", {changed} of them changed") } else { String::new() };
    let head = format!("{}: {} new{changed}, {} in all", style::bold(&format!("@{name}")), news.len(), all.len());
    output::data(&format!("{head}\n{}\n", hits::hits(hits, false)))?;
    Ok(())
}
