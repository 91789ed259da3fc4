//! `vitae translate`: search strings of other tools. In: a string and whose it is. Out: our query on stdout, the differences on stderr.

use super::{Outcome, as_of};
use crate::args::Args;
use crate::args::workbench::TranslateArgs;
use crate::output::{self, style};
use vitae::query::translate::{Dialect, translate};

/// Runs the command.
pub fn run(args: &Args, options: &TranslateArgs) -> anyhow::Result<Outcome> {
    let from = dialect(&options.from)?;
    let translation =
        translate(from, options.query.join(" ").trim(), crate::user_lexicon::load(&args.index)?, as_of(None)?)?;
    if options.json {
        output::json(&translation)?;
        return Ok(Outcome::Found);
    }
    // The query alone goes to stdout: vitae search "$(vitae translate --from lucene '…')".
    output::data(&format!("{}\n", translation.query))?;
    if !args.quiet {
        for difference in &translation.differences {
            output::remark(&format!("{} {difference}", style::dim("differs:")));
        }
    }
    Ok(Outcome::Found)
}

fn dialect(name: &str) -> vitae::Result<Dialect> {
    let found = Dialect::NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, dialect)| *dialect).ok_or_else(|| {
        let names: Vec<&str> = Dialect::NAMES.iter().map(|(name, _)| *name).collect();
        vitae::Error::input(format!("no tool called `{name}`")).hint(format!("one of: {}", names.join(", ")))
    })
}
