//! `vitae match`: candidates for a job description. In: a file or standard input. Out: what was read, the query, the candidates with what
//! they meet, on stdout.

use super::{Outcome, as_of, month_of};
use crate::args::Args;
use crate::args::workbench::MatchArgs;
use crate::output::{self, matching as show};
use anyhow::Context;
use std::io::Read;
use std::path::Path;
use vitae::engine::SearchOptions;
use vitae::model::{SkipReason, TextDoc};
use vitae::vacancy::{Ask, Grade, Vacancy};

/// Runs the command. [`Outcome::Nothing`] when every candidate misses a must.
pub fn run(args: &Args, options: &MatchArgs) -> anyhow::Result<Outcome> {
    let day = as_of(options.list.as_of.as_deref())?;
    let lexicon = crate::user_lexicon::load(&args.index)?;
    let mut vacancy = vitae::vacancy::read(&read(&options.job)?, lexicon);
    if vacancy.asks.is_empty() {
        let error = vitae::Error::input("nothing to look for in the job description").at(&options.job);
        return Err(error
            .hint("name skills, years, degrees, places; `vitae inspect FILE --stage lines` shows what was read")
            .into());
    }
    adjust(&mut vacancy, options)?;
    if options.query {
        let query = vitae::query::parse(&vitae::vacancy::query(vacancy.asks.iter()), lexicon, day)?;
        output::data(&format!("{}\n", query.interpreted_as))?;
        return Ok(Outcome::Found);
    }
    let engine = super::engine(&args.index)?;
    let search =
        SearchOptions { limit: options.list.limit(), blind: options.list.blind, ..SearchOptions::new(month_of(day)) };
    let found = vitae::search::matching::matching(engine, &vacancy, lexicon, day, &search)?;
    if options.list.json {
        output::json(&found)?;
    } else {
        output::data(&show::matching(&found, options.brief, args.quiet))?;
    }
    let nobody = found.steps.first().is_none_or(|step| step.met + step.unknown == 0);
    Ok(if nobody { Outcome::Nothing } else { Outcome::Found })
}

/// The lines of a job description, read like a résumé of the same format.
fn read(job: &Path) -> anyhow::Result<TextDoc> {
    let mut bytes = Vec::new();
    if job == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
    } else {
        bytes = std::fs::read(job).with_context(|| format!("cannot read {}", job.display()))?;
    }
    let skipped = |reason: SkipReason| vitae::Error::input(reason.to_string()).at(job);
    // Standard input has no name: what is neither PDF nor DOCX nor HTML by its bytes is read as Markdown, which plain text nearly is.
    let name = if job == Path::new("-") { "job.md".into() } else { job.to_string_lossy() };
    let format = vitae::corpus::sniff(&bytes, &name).map_err(skipped)?;
    Ok(vitae::read::read(&bytes, format).map_err(skipped)?)
}

/// Takes `--drop` out and turns `--prefer` into wishes.
fn adjust(vacancy: &mut Vacancy, options: &MatchArgs) -> vitae::Result<()> {
    let numbers: Vec<String> = vacancy.musts().map(|ask| ask.clause.clone()).collect();
    for (which, keep) in
        options.drop.iter().map(|which| (which, false)).chain(options.prefer.iter().map(|which| (which, true)))
    {
        let numbered = which.parse::<usize>().ok().and_then(|number| numbers.get(number.wrapping_sub(1)));
        let is_meant = |ask: &Ask| match numbered {
            Some(clause) => ask.clause == *clause && ask.grade == Grade::Must,
            None => {
                let wanted = which.to_lowercase();
                ask.kind.name() == wanted || ask.clause.to_lowercase().contains(&wanted)
            }
        };
        if !vacancy.asks.iter().any(is_meant) {
            return Err(vitae::Error::input(format!("nothing in the job description is called `{which}`")).hint(
                "name a must by its number, a kind (degree, years, skill, location …) or a word of its condition",
            ));
        }
        if keep {
            vacancy.asks.iter_mut().filter(|ask| is_meant(ask)).for_each(|ask| ask.grade = Grade::Nice(1.0));
        } else {
            vacancy.asks.retain(|ask| !is_meant(ask));
        }
    }
    Ok(())
}
