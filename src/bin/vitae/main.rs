//! vitae: the program. In: the command line. Out: answers on stdout, remarks on stderr, an exit status (0 found, 1 nothing found,
//! 2 error). Everything it can do is in the library; here are arguments, commands and output.

mod args;
mod commands;
mod output;
mod saved_file;
mod user_lexicon;

use args::{Args, ColorChoice};
use clap::Parser;
use std::process::ExitCode;

/// Indexing hands documents from thread to thread; the system's allocator is slow at that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = Args::parse();
    set_color(args.color);
    match commands::run(&args) {
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

fn set_color(choice: ColorChoice) {
    match choice {
        ColorChoice::Auto => {}
        ColorChoice::Always => anstream::ColorChoice::Always.write_global(),
        ColorChoice::Never => anstream::ColorChoice::Never.write_global(),
    }
}
