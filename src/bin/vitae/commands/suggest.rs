//! `vitae suggest`: what could be typed next, with the candidates behind it. In: a field and the beginning of a value, or `related` and
//! a query. Out: a table on stdout.

use super::{Outcome, as_of};
use crate::args::Args;
use crate::args::workbench::SuggestArgs;
use crate::output::{self, style, table};
use std::fmt::Write;
use vitae::lexicon::Lexicon;
use vitae::model::{FIELDS, FieldId};
use vitae::query::Query;
use vitae::search::suggest::{Related, Suggestions, completes, related, suggest};

/// Runs the command.
pub fn run(args: &Args, options: &SuggestArgs) -> anyhow::Result<Outcome> {
    let lexicon = crate::user_lexicon::load(&args.index)?;
    let engine = super::engine(&args.index)?;
    let typed = options.typed.join(" ");
    let found = if options.field == "related" {
        let related = related(engine, &read(&typed, lexicon)?, field(&options.by)?, options.limit)?;
        let found = !related.values.is_empty();
        if options.json {
            output::json(&related)?
        } else {
            print_related(args, &related)?
        }
        found
    } else {
        let suggestions = suggest(engine, lexicon, field(&options.field)?, &typed, options.limit)?;
        let found = !suggestions.values.is_empty();
        if options.json {
            output::json(&suggestions)?
        } else {
            print_suggestions(args, &suggestions)?
        }
        found
    };
    Ok(if found { Outcome::Found } else { Outcome::Nothing })
}

/// A field by name or alias.
fn field(name: &str) -> vitae::Result<FieldId> {
    FieldId::named(name).ok_or_else(|| {
        let names: Vec<&str> = FIELDS.iter().filter(|row| completes(row.id)).map(|row| row.name).collect();
        vitae::Error::input(format!("no field called `{name}`"))
            .hint(format!("one of: {}, or related", names.join(", ")))
    })
}

/// The name of a skill stands for the skill, anything else is a query as for `vitae search`.
fn read(typed: &str, lexicon: &Lexicon) -> vitae::Result<Query> {
    let text = match lexicon.skills().canonical(typed) {
        Some(skill) => format!("skill:\"{}\"", skill.name),
        None => typed.to_string(),
    };
    if text.trim().is_empty() {
        return Err(
            vitae::Error::input("related to what?").hint("name a skill or a query: vitae suggest related kubernetes")
        );
    }
    vitae::query::parse(&text, lexicon, as_of(None)?)
}

fn print_suggestions(args: &Args, suggestions: &Suggestions) -> anyhow::Result<()> {
    let Suggestions { field, typed, near, values, more } = suggestions;
    if !args.quiet && values.is_empty() {
        output::remark(&format!("no value of {field} begins with `{typed}` or is spelt nearly so"));
    } else if !args.quiet && *near {
        output::remark(&format!("nothing in {field} begins with `{typed}`; spelt nearly so:"));
    }
    let rows = values.iter().map(|value| {
        let other = value.also_called.as_ref().map(|name| format!("  also called {name}")).unwrap_or_default();
        vec![value.candidates.to_string(), value.value.clone(), style::dim(&format!("{}{other}", value.query))]
    });
    output::data(&table::table(&[], &rows.collect::<Vec<_>>()))?;
    if *more > 0 && !args.quiet {
        output::remark(&format!("{more} more; -n {} shows them", values.len() + more));
    }
    Ok(())
}

fn print_related(args: &Args, related: &Related) -> anyhow::Result<()> {
    let Related { query, field, candidates, searched, values } = related;
    let mut head = String::new();
    let _ = write!(head, "{} candidates of {searched} for {query}", style::bold(&candidates.to_string()));
    if !args.quiet {
        let end = if values.is_empty() { "; nothing goes with them more than with everyone" } else { "" };
        output::remark(&format!("{head}{end}"));
    }
    if values.is_empty() {
        return Ok(());
    }
    let rows = values.iter().map(|value| {
        let share = 100.0 * value.together as f64 / (*candidates).max(1) as f64;
        let of = format!("{} ({share:.0} %)", value.together);
        vec![
            of,
            value.candidates.to_string(),
            format!("{:.1}×", value.lift),
            value.value.clone(),
            style::dim(&value.query),
        ]
    });
    let head = ["of these", "of all", "lift", field.as_str(), "to add it"];
    output::data(&table::table(&head, &rows.collect::<Vec<_>>()))?;
    Ok(())
}
