//! The other end of the pipes: a worker process. In: requests on stdin. Out: answers on stdout, one each, until stdin closes. Opens no
//! file; what it may do is cut down first ([`confine`]).

use super::confine::{self, Limits};
use super::protocol::{self, Request};
use crate::model::{Format, SkipReason};
use crate::read;
use serde::Serialize;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Stack of the reading thread. Parsers recurse on nested objects; what overflows this is hostile and ends the process.
const STACK: usize = 64 << 20;

/// Serves until the program closes the pipe.
///
/// # Errors
/// A pipe breaks: the program is gone.
pub fn serve(limits: Limits) -> io::Result<()> {
    // The message of a panic travels in the answer; a full stderr that nobody reads would stop the worker.
    std::panic::set_hook(Box::new(|_| {}));
    confine::process(limits);
    confine::writing();
    let thread = std::thread::Builder::new().name("reader".into()).stack_size(STACK);
    let reading = thread.spawn(move || {
        // The JPEG decoder spreads its work over rayon's threads; there is this one, and can be no other.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
        confine::threads();
        answer_all(limits)
    });
    // The system says "try again" when there is no room for the thread's stack.
    let reading = reading.map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?;
    reading.join().unwrap_or_else(|_| Err(io::Error::other("the worker's loop failed")))
}

fn answer_all(limits: Limits) -> io::Result<()> {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    while let Some((request, bytes)) = protocol::take_request(&mut input)? {
        confine::allow_time(limits.time);
        match request {
            Request::Read(format) => answer(&mut output, bytes, |bytes| read::read(bytes, format))?,
            Request::Pictures(format) => answer(&mut output, bytes, |bytes| read::pictures(bytes, format))?,
            Request::Members(format) => {
                let ended = answer_members(&mut output, &bytes, format, limits);
                protocol::send_end(&mut output, ended)?;
            }
        }
    }
    Ok(())
}

/// Sends the members one by one, each with the time of a file of its own. When the program is gone the end cannot be sent either.
fn answer_members(output: &mut impl Write, bytes: &[u8], format: Format, limits: Limits) -> Result<(), SkipReason> {
    let mut send = |member| {
        let _ = protocol::send_member(output, member);
        confine::allow_time(limits.time);
    };
    let ended = catch_unwind(AssertUnwindSafe(|| read::members(bytes, format, &mut send)));
    ended.unwrap_or_else(|panic| Err(SkipReason::of_panic(&*panic)))
}

fn answer<T: Serialize>(
    output: &mut impl Write,
    bytes: Vec<u8>,
    read: impl Fn(&[u8]) -> Result<T, SkipReason>,
) -> io::Result<()> {
    let found = catch_unwind(AssertUnwindSafe(|| read(&bytes)));
    drop(bytes);
    protocol::send_answer(output, found.unwrap_or_else(|panic| Err(SkipReason::of_panic(&*panic))))
}
