//! What goes through the pipes between the program and a worker. Both ends are the same build, so there is no version.
//!
//! ```text
//!  request   length u32 · Request (postcard)    length u32 · the file's bytes, as they are
//!  answer    length u32 · Reply (postcard)
//!  members   an answer a member, its bytes in a frame after it;  an answer without a member ends them
//! ```
//!
//! Lengths are little-endian. postcard, not JSON: measured on the text of 109 PDFs, see docs/quality.md. Does not know processes.

use crate::model::{Format, SkipReason};
use crate::read::Member;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};

/// Longest frame that is taken. The largest files and texts that are read stay below it; a longer one is a worker gone wrong.
const MAX_FRAME: u32 = 1 << 30;

/// What a worker is asked to do with the bytes that follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Read them as this format.
    Read(Format),
    /// Take the pictures out of them, for OCR.
    Pictures(Format),
    /// Take the files out of them.
    Members(Format),
}

/// What a worker says: lines to [`Request::Read`], pictures to [`Request::Pictures`], one file after the other to [`Request::Members`],
/// or the reason why not.
pub type Answer<T> = Result<T, SkipReason>;

/// Sends a request and the bytes it is about.
///
/// # Errors
/// The pipe is closed: the worker has died.
pub fn send_request(pipe: &mut impl Write, request: Request, bytes: &[u8]) -> io::Result<()> {
    send(pipe, &request)?;
    send_frame(pipe, bytes)
}

/// Takes the next request; None when the other end has closed the pipe.
///
/// # Errors
/// The pipe breaks in the middle of a request, or it is none.
pub fn take_request(pipe: &mut impl Read) -> io::Result<Option<(Request, Vec<u8>)>> {
    let Some(request) = take_frame(pipe)? else { return Ok(None) };
    let bytes = take_frame(pipe)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(Some((decode(&request)?, bytes)))
}

/// [`Answer`] as it travels. postcard cannot write enums with named tags; reasons are few and small.
#[derive(Serialize, Deserialize)]
enum Reply<T> {
    Done(T),
    /// JSON.
    Skip(String),
}

/// Sends the answer to a request.
///
/// # Errors
/// The pipe is closed: the program is gone.
pub fn send_answer<T: Serialize>(pipe: &mut impl Write, answer: Answer<T>) -> io::Result<()> {
    let reply = match answer {
        Ok(done) => Reply::Done(done),
        Err(reason) => Reply::Skip(serde_json::to_string(&reason)?),
    };
    send(pipe, &reply)
}

/// Takes the answer to a request; None when the worker has closed the pipe.
///
/// # Errors
/// The pipe breaks in the middle of the answer, or it is none.
pub fn take_answer<T: DeserializeOwned>(pipe: &mut impl Read) -> io::Result<Option<Answer<T>>> {
    let Some(frame) = take_frame(pipe)? else { return Ok(None) };
    Ok(Some(match decode(&frame)? {
        Reply::Done(done) => Ok(done),
        Reply::Skip(reason) => Err(serde_json::from_str(&reason)?),
    }))
}

/// A member without its bytes.
#[derive(Serialize, Deserialize)]
struct Head {
    name: String,
    /// Why it has no bytes, as JSON.
    refused: Option<String>,
}

/// Sends one of the files inside a file.
///
/// # Errors
/// The pipe is closed: the program is gone.
pub fn send_member(pipe: &mut impl Write, member: Member) -> io::Result<()> {
    let refused = member.content.as_ref().err().map(serde_json::to_string).transpose()?;
    send_answer(pipe, Ok(Some(Head { name: member.name, refused })))?;
    member.content.map_or(Ok(()), |bytes| send_frame(pipe, &bytes))
}

/// Says that all members were sent, or why the file cannot be opened.
///
/// # Errors
/// The pipe is closed: the program is gone.
pub fn send_end(pipe: &mut impl Write, ended: Answer<()>) -> io::Result<()> {
    send_answer(pipe, ended.map(|()| None::<Head>))
}

/// Takes the next member, `Ok(None)` after the last; None when the worker has closed the pipe.
///
/// # Errors
/// The pipe breaks in the middle of a member, or it is none.
pub fn take_member(pipe: &mut impl Read) -> io::Result<Option<Answer<Option<Member>>>> {
    let head = match take_answer::<Option<Head>>(pipe)? {
        None => return Ok(None),
        Some(Err(reason)) => return Ok(Some(Err(reason))),
        Some(Ok(None)) => return Ok(Some(Ok(None))),
        Some(Ok(Some(head))) => head,
    };
    let content = match head.refused {
        Some(reason) => Err(serde_json::from_str(&reason)?),
        None => Ok(take_frame(pipe)?.ok_or(io::ErrorKind::UnexpectedEof)?),
    };
    Ok(Some(Ok(Some(Member { name: head.name, content }))))
}

fn send(pipe: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    send_frame(pipe, &postcard::to_stdvec(value).map_err(io::Error::other)?)
}

fn send_frame(pipe: &mut impl Write, frame: &[u8]) -> io::Result<()> {
    pipe.write_all(&length(frame.len())?)?;
    pipe.write_all(frame)?;
    pipe.flush()
}

fn length(bytes: usize) -> io::Result<[u8; 4]> {
    let length = u32::try_from(bytes).ok().filter(|length| *length <= MAX_FRAME);
    length.map(u32::to_le_bytes).ok_or_else(|| io::Error::other("longer than a frame may be"))
}

fn decode<T: DeserializeOwned>(frame: &[u8]) -> io::Result<T> {
    postcard::from_bytes(frame).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

fn take_frame(pipe: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    let mut have = 0;
    while have < length.len() {
        match pipe.read(&mut length[have..]) {
            Ok(0) if have == 0 => return Ok(None),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(more) => have += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let length = u32::from_le_bytes(length);
    if length > MAX_FRAME {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "longer than a frame may be"));
    }
    // Grows with what really comes: a wrong length costs no memory.
    let mut frame = Vec::with_capacity((length as usize).min(1 << 20));
    pipe.take(u64::from(length)).read_to_end(&mut frame)?;
    if frame.len() < length as usize {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(frame))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TextDoc;

    fn check(answer: &Answer<TextDoc>) {
        let mut pipe = Vec::new();
        send_answer(&mut pipe, answer.clone()).unwrap();
        assert_eq!(take_answer(&mut pipe.as_slice()).unwrap().as_ref(), Some(answer));
        for cut in 1..pipe.len() {
            assert!(take_answer::<TextDoc>(&mut &pipe[..cut]).is_err(), "cut after {cut} bytes");
        }
    }

    #[test]
    fn answers_arrive_as_sent() {
        let source = "# Ada Doe\n\n- **Rust**, [site](https://example.com)\n- a\tb\n\n## Work\n";
        check(&crate::read::read(source.as_bytes(), Format::Markdown));
        check(&Err(SkipReason::Encrypted));
        check(&Err(SkipReason::TooLarge(9)));
        check(&Err(SkipReason::Corrupt("no trailer".into())));
    }

    #[test]
    fn requests_arrive_as_sent() {
        let mut pipe = Vec::new();
        send_request(&mut pipe, Request::Read(Format::Docx), b"PK").unwrap();
        let mut end = pipe.as_slice();
        assert_eq!(take_request(&mut end).unwrap(), Some((Request::Read(Format::Docx), b"PK".to_vec())));
        assert_eq!(take_request(&mut end).unwrap(), None, "a closed pipe");
    }

    #[test]
    fn members_arrive_as_sent() {
        let members = [
            Member { name: "cv.txt".into(), content: Ok(b"Ada".to_vec()) },
            Member { name: "empty".into(), content: Ok(Vec::new()) },
            Member { name: "bomb.pdf".into(), content: Err(SkipReason::TooLarge(9)) },
        ];
        let mut pipe = Vec::new();
        members.iter().for_each(|member| send_member(&mut pipe, member.clone()).unwrap());
        send_end(&mut pipe, Ok(())).unwrap();
        send_end(&mut pipe, Err(SkipReason::Encrypted)).unwrap();
        let mut end = pipe.as_slice();
        for member in members {
            assert_eq!(take_member(&mut end).unwrap(), Some(Ok(Some(member))));
        }
        assert_eq!(take_member(&mut end).unwrap(), Some(Ok(None)));
        assert_eq!(take_member(&mut end).unwrap(), Some(Err(SkipReason::Encrypted)));
        assert_eq!(take_member(&mut end).unwrap(), None, "a closed pipe");
        let mut pipe = Vec::new();
        send_member(&mut pipe, Member { name: "cv.txt".into(), content: Ok(b"Ada".to_vec()) }).unwrap();
        (1..pipe.len()).for_each(|cut| assert!(take_member(&mut &pipe[..cut]).is_err(), "cut after {cut} bytes"));
    }

    #[test]
    fn a_wrong_length_is_an_error() {
        assert!(take_answer::<TextDoc>(&mut [0xff_u8; 64].as_slice()).is_err());
        assert!(take_answer::<TextDoc>(&mut [0xff, 0xff, 0xff, 0x0f, 1, 2].as_slice()).is_err());
    }
}
