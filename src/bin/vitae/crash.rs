//! What is said when the program crashes: a bug of ours, or a damaged index that nobody noticed. In: a command to run. Out: its result; after a
//! crash an error with the place in the code. A backtrace is only for those who ask for one (`RUST_BACKTRACE`).
//!
//! A crash in another thread is caught there: a file of which the reading crashed has a line in the ledger, and tantivy makes an error of its own.

use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::{Mutex, PoisonError};

/// The last crash: its place and its message.
static LAST: Mutex<Option<String>> = Mutex::new(None);

/// Runs a command.
///
/// # Errors
/// Those of the command, and of another kind if it crashed.
pub fn caught<T>(command: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let with_backtrace = take_hook();
    set_hook(Box::new(move |crash| {
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(told(crash));
        if std::env::var_os("RUST_BACKTRACE").is_some_and(|wanted| wanted != "0") {
            with_backtrace(crash);
        }
    }));
    let result = catch_unwind(AssertUnwindSafe(command));
    let last = LAST.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (result, last) {
        (Ok(Err(error)), Some(last)) => {
            let is_ours =
                error.downcast_ref::<vitae::Error>().is_none_or(|error| error.kind != vitae::ErrorKind::Input);
            Err(if is_ours { error.context(format!("a thread crashed at {last}")) } else { error })
        }
        (Ok(result), _) => result,
        (Err(_), last) => Err(crashed(&last.unwrap_or_default()).into()),
    }
}

fn crashed(place: &str) -> vitae::Error {
    vitae::Error::internal(format!("vitae crashed at {place}")).hint(
        "a file of the index may be damaged: `vitae stats --check` tells, `vitae index FOLDER --rebuild` writes it anew; if it is not, this is a \
         bug: please report it with this line",
    )
}

/// `src/query/lexer.rs:12: index out of bounds`.
fn told(crash: &PanicHookInfo<'_>) -> String {
    let place = crash.location().map(|place| format!("{}:{}", short(place.file()), place.line()));
    let message = crash.payload_as_str().unwrap_or("no message");
    format!("{}: {message}", place.unwrap_or_default())
}

/// The path of a source file without the place where packages lie on the machine that built the program.
fn short(path: &str) -> &str {
    let packages = path.split_once("/registry/src/").and_then(|(_, path)| path.split_once('/'));
    packages.map_or(path, |(_, path)| path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crash_is_an_error_with_its_place() {
        let crash = caught(|| -> anyhow::Result<()> { panic!("nobody is there") });
        let told = crash.unwrap_err().to_string();
        assert!(told.starts_with("vitae crashed at src/bin/vitae/crash.rs:"), "{told}");
        assert!(told.contains(": nobody is there\nhint: a file of the index may be damaged"), "{told}");
    }

    #[test]
    fn a_place_is_told_without_the_machine_it_was_built_on() {
        assert_eq!(short("/a/registry/src/b/tantivy-1/src/lib.rs"), "tantivy-1/src/lib.rs");
        assert_eq!(short("src/lib.rs"), "src/lib.rs");
    }
}
