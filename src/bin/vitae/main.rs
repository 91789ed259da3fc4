//! vitae: the program. In: the command line. Out: answers on stdout, remarks on stderr, an exit status (0 found, 1 nothing found,
//! 2 error). Everything it can do is in the library; here are arguments, commands and output.

mod args;
mod commands;
mod crash;
mod output;
mod saved_file;
mod stop;
mod user_lexicon;

use args::{Args, ColorChoice};
use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue};
use std::process::ExitCode;

/// Indexing hands documents from thread to thread; the system's allocator is slow at that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = match Args::read() {
        Ok(args) => args,
        Err(error) => return refused(error),
    };
    set_color(args.color);
    let command = || commands::run(&args);
    // A worker tells the program that started it in its own way.
    let result =
        if matches!(args.command, args::Command::ReadWorker { .. }) { command() } else { crash::caught(command) };
    match result {
        Ok(outcome) => outcome.into(),
        Err(error) => match error.downcast_ref::<std::io::Error>() {
            // `vitae search … | head` has what it wanted.
            Some(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            _ => {
                output::error(&error);
                ExitCode::from(2)
            }
        },
    }
}

/// Help and version, and arguments that are none: `vitae search java -junior` is two words for the shell and an option for us.
fn refused(mut error: clap::Error) -> ExitCode {
    if let Some(ContextValue::Strings(commands)) = error.get(ContextKind::ValidSubcommand) {
        let command = Args::command();
        let is_shown = |name: &&String| command.find_subcommand(name).is_some_and(|found| !found.is_hide_set());
        let commands = commands.iter().filter(is_shown).cloned().collect();
        error.insert(ContextKind::ValidSubcommand, ContextValue::Strings(commands));
    }
    let _ = error.print();
    let is_word = |argument: &str| argument.len() > 2 && argument.starts_with('-') && !argument.starts_with("--");
    let has_word = std::env::args_os().skip(1).any(|argument| is_word(&argument.to_string_lossy()));
    if has_word && error.kind() == clap::error::ErrorKind::UnknownArgument {
        output::remark(
            "hint: to leave a word out, put the whole query in quotes, behind `--` when it begins with the minus: \
             vitae search -- '-junior java'",
        );
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn set_color(choice: ColorChoice) {
    match choice {
        ColorChoice::Auto => {}
        ColorChoice::Always => anstream::ColorChoice::Always.write_global(),
        ColorChoice::Never => anstream::ColorChoice::Never.write_global(),
    }
}
