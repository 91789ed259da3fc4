//! `vitae forget`: erases one candidate from the index. In: an id or path. Out: which files that were, on stdout; saved searches forget them,
//! too. Deletes no résumé.

use super::Outcome;
use crate::args::{Args, ForgetArgs};
use crate::{output, saved_file};
use vitae::engine::embedded::Embedded;
use vitae::engine::embedded::sink::EmbeddedSink;

/// Runs the command.
pub fn run(args: &Args, options: &ForgetArgs) -> anyhow::Result<Outcome> {
    let found = super::candidate(args, &Embedded::open(&args.index)?, &options.candidate)?;
    let Some(document) = found else { return Ok(Outcome::Nothing) };
    let mut ids = vec![document.id.clone()];
    ids.extend(document.versions.iter().map(|version| version.id.clone()));
    let (mut sink, _) = EmbeddedSink::open(&args.index)?;
    let forgotten = vitae::index::forget(&args.index, &mut sink, &ids)?;
    sink.close()?;
    let mut saved = saved_file::read(&args.index)?;
    if saved.forget(&ids) {
        saved_file::write(&args.index, &saved)?;
    }
    output::data(&forgotten.paths.iter().map(|path| format!("{path}\n")).collect::<String>())?;
    if !args.quiet {
        let still = forgotten.paths.iter().filter(|path| forgotten.folder.join(path).exists()).count();
        output::remark("erased from the index");
        if still > 0 {
            output::remark(&format!(
                "hint: {still} of these files are still in the folder; delete them, or the next run reads them again"
            ));
        }
    }
    Ok(Outcome::Found)
}
