//! `vitae search`: candidates for a query. In: a query and options. Out: hits and facets on stdout, how the query was read on stderr.

use super::{Outcome, as_of, month_of};
use crate::args::{Args, FilterArgs, SearchArgs};
use crate::output::{self, explanation, hits, style};
use jiff::civil::Date;
use std::path::Path;
use std::time::Instant;
use vitae::engine::embedded::Embedded;
use vitae::engine::{FacetRequest, GroupFacet, SearchOptions, Sort, SortKey};
use vitae::index::LedgerLine;
use vitae::lexicon::Lexicon;
use vitae::model::{FIELDS, LeftOut};
use vitae::query::{FilterOptions, Query};
use vitae::search::{Answer, files};

/// Values per facet when no number is asked for.
const FACET_VALUES: usize = 10;

/// Runs the command.
pub fn run(args: &Args, options: &SearchArgs) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let day = as_of(options.list.as_of.as_deref())?;
    let (text, filters) = super::saved::resolve(args, options.query.join(" ").trim(), &options.filters)?;
    let (by_field, by_group) = facets(&options.facet)?;
    let search = SearchOptions {
        limit: limit(options),
        offset: options.offset,
        sort: sort(&options.sort)?,
        count_only: options.count,
        facets: by_field,
        group_facets: by_group,
        explain: options.explain,
        clause_counts: options.explain,
        hits_only: false,
        as_of: month_of(day),
        blind: options.list.blind,
    };
    let lexicon = crate::user_lexicon::load(&args.index)?;
    let query = parse(&text, &filters, lexicon, day)?;
    let engine = super::engine(&args.index)?;
    let mut answer = vitae::search::answer(engine, &text, &query, &search)?;
    add_files(&args.index, engine, &query, &mut answer)?;
    answer.took_ms = Some(started.elapsed().as_secs_f64() * 1000.0);
    print(args, options, engine, &answer)?;
    Ok(if answer.total == 0 && answer.left_out.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

/// Candidates to show: for paths all of them, unless a number is asked for.
fn limit(options: &SearchArgs) -> usize {
    if options.paths { options.list.limit.unwrap_or(usize::MAX) } else { options.list.limit() }
}

/// What only the ledger knows: how many files there are, and those that were left out when the query asks for them.
fn add_files(index: &Path, engine: &Embedded, query: &Query, answer: &mut Answer) -> vitae::Result<()> {
    let note = engine.note()?;
    answer.files = vitae::index::counts(index, &note);
    if files::are_asked_for(&query.root) {
        let lines = vitae::index::ledger(index, &note)?.into_iter();
        let left_out = lines.filter_map(LedgerLine::left_out);
        answer.left_out = left_out.filter(|file| files::is_meant(&query.root, file)).collect();
    }
    Ok(())
}

/// The query as typed, restricted by the filter options.
pub fn parse(text: &str, options: &[FilterOptions], lexicon: &Lexicon, day: Date) -> vitae::Result<Query> {
    let mut query = vitae::query::parse(text, lexicon, day)?;
    for options in options {
        query = vitae::query::restrict(query, vitae::query::filters(options, lexicon, day)?);
    }
    Ok(query)
}

/// The filter options as the library knows them.
pub fn options(args: &FilterArgs) -> FilterOptions {
    FilterOptions {
        degree: args.degree.clone(),
        graduated: args.graduated.clone(),
        years: args.years.clone(),
        gpa: args.gpa.clone(),
        location: args.location.clone(),
        skill: args.skill.clone(),
        school: args.school.clone(),
        employer: args.employer.clone(),
        title: args.title.clone(),
        ..FilterOptions::default()
    }
}

fn print(args: &Args, options: &SearchArgs, engine: &Embedded, answer: &Answer) -> anyhow::Result<()> {
    if options.list.json {
        return output::json(answer);
    }
    if !args.quiet {
        remarks(options, answer);
    }
    if options.count {
        output::data(&format!("{}\n", answer.total + answer.left_out.len() as u64))?;
    } else if options.paths {
        let left_out = answer.left_out.iter().skip(options.offset).take(limit(options)).map(|file| file.path.as_str());
        let paths = answer.hits.iter().flat_map(|hit| hit.matching_paths()).chain(left_out);
        output::data(&super::full_paths(&args.index, engine, paths)?)?;
    } else {
        let found = hits::hits(&answer.hits, options.explain);
        let nearly = nearly(options, answer);
        let facets = output::facets::facets(&answer.facets);
        let files = left_out(options, answer);
        output::data(&format!("{}\n{found}{nearly}{files}{facets}", summary(options, answer)))?;
    }
    if !args.quiet {
        output::remark(explanation::unknown(&answer.unknown).trim_end());
        output::remark(&explanation::files(answer.files));
        if answer.searched == 0 {
            output::remark("the index is empty; `vitae index FOLDER` fills it");
        }
    }
    Ok(())
}

/// `12 candidates of 82, 1 to 10 shown`
fn summary(options: &SearchArgs, answer: &Answer) -> String {
    let noun = if answer.total == 1 { "candidate" } else { "candidates" };
    let shown = match answer.hits.len() as u64 {
        0 if answer.total > 0 && options.offset as u64 >= answer.total => {
            format!(", none shown: --offset {} is beyond the last", options.offset)
        }
        0 => String::new(),
        shown if shown == answer.total => String::new(),
        shown => format!(", {} to {} shown", options.offset + 1, options.offset as u64 + shown),
    };
    let took = answer.took_ms.map(|ms| style::dim(&format!(" · {ms:.0} ms"))).unwrap_or_default();
    format!("{} of {}{shown}{took}", style::bold(&format!("{} {noun}", answer.total)), answer.searched)
}

/// Candidates that miss some of the words, under a heading of their own: they are no part of the result.
fn nearly(options: &SearchArgs, answer: &Answer) -> String {
    if answer.nearly.is_empty() {
        return String::new();
    }
    let heading = style::bold("nearly (some of the words are missing or stand elsewhere, or a value is not known)");
    format!("\n{heading}\n{}", hits::hits(&answer.nearly, options.explain))
}

/// Files that are not in the index: `status:` asked for them.
fn left_out(options: &SearchArgs, answer: &Answer) -> String {
    let heading = style::bold(&format!("files that were left out: {}", answer.left_out.len()));
    let line = |file: &LeftOut| format!("{:<16} {}: {}\n", file.reason, file.path, file.meaning);
    let limit = options.list.limit();
    let shown: String = answer.left_out.iter().skip(options.offset).take(limit).map(line).collect();
    let more = answer.left_out.len().saturating_sub(options.offset.saturating_add(limit));
    match (answer.left_out.len(), more) {
        (0, _) => String::new(),
        (_, 0) => format!("\n{heading}\n{shown}"),
        (_, more) => format!("\n{heading}\n{shown}and {more} more; --limit shows more, --paths all of them\n"),
    }
}

fn remarks(options: &SearchArgs, answer: &Answer) {
    if answer.shown != answer.query.trim() && !answer.query.trim().is_empty() {
        output::remark(&format!("{} {}", style::dim("read as:"), answer.shown));
    }
    for notice in &answer.notices {
        output::remark(&format!("{} {notice}", style::dim("note:")));
    }
    if options.explain {
        output::remark(explanation::expansions(&answer.expansions).trim_end());
        output::remark(explanation::clauses(&answer.clauses, &answer.relaxed).trim_end());
    }
}

/// `years`, `years:asc`. Numbers and dates go down by default, names up.
fn sort(text: &str) -> vitae::Result<Sort> {
    let (name, direction) = text.split_once(':').unwrap_or((text, ""));
    let known = SortKey::NAMES.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    let names: Vec<&str> = SortKey::NAMES.iter().map(|(name, _)| *name).collect();
    let Some(&(_, key)) = known else {
        let error = vitae::Error::input(format!("cannot sort by `{name}`"));
        return Err(error.hint(format!("one of: {}", names.join(", "))));
    };
    let ascending = match direction.to_lowercase().as_str() {
        "" => key == SortKey::Name,
        "asc" => true,
        "desc" => false,
        _ => return Err(vitae::Error::input(format!("no such order: `{direction}`")).hint("type :asc or :desc")),
    };
    Ok(Sort { key, ascending })
}

/// `skill`, `skill:20`; `current.employer` counts within jobs.
fn facets(texts: &[String]) -> vitae::Result<(Vec<FacetRequest>, Vec<GroupFacet>)> {
    let (mut by_field, mut by_group) = (Vec::new(), Vec::new());
    for text in texts {
        let (name, number) = text.split_once(':').unwrap_or((text, ""));
        let values = match number {
            "" => FACET_VALUES,
            number => number.parse().ok().filter(|&number| number > 0).ok_or_else(|| {
                vitae::Error::input(format!("`{number}` is no number of values")).hint(format!("type {name}:20"))
            })?,
        };
        match (FacetRequest::named(name, values), GroupFacet::named(name, values)) {
            (Some(facet), _) => by_field.push(facet),
            (None, Some(facet)) => by_group.push(facet),
            (None, None) => {
                let names: Vec<&str> = FIELDS.iter().filter(|field| field.facet).map(|field| field.name).collect();
                let error = vitae::Error::input(format!("no facet called `{name}`"));
                return Err(error.hint(format!(
                    "one of: {}, degree.highest; within jobs: current.employer, past.title …",
                    names.join(", ")
                )));
            }
        }
    }
    Ok((by_field, by_group))
}
