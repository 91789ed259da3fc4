//! An e-mail (EML) → its text as a [`TextDoc`] and its attachments as files; also the page inside a web archive (MHTML).
//! Sender and subject come out as small print: a covering letter is not a headline. Does not read mailboxes.

use super::collector::Collector;
use super::rich::{Mark, Rich};
use super::{Member, html, text};
use crate::model::{Format, Line, SkipReason, TextDoc};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

/// Reads the text of a message.
pub(super) fn read(bytes: &[u8]) -> Result<TextDoc, SkipReason> {
    let message = parse(bytes)?;
    let mut out = Collector::default();
    let sender = message.from().and_then(|from| from.first());
    let sender = sender.map(|from| [from.name().unwrap_or(""), from.address().unwrap_or("")].join(" "));
    for (name, value) in [("From", sender), ("Subject", message.subject().map(str::to_owned))] {
        let Some(value) = value.filter(|value| !value.trim().is_empty()) else { continue };
        let mut rich = Rich::default();
        rich.push(&format!("{name}: {value}"), Mark::default());
        out.line(&mut rich, Line { furniture: true, ..Line::default() });
    }
    let body = body(&message);
    for line in body.iter().flat_map(|found| &found.lines) {
        out.clean_line(Line { number: 0, ..line.clone() });
    }
    let day = message.date().map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    Ok(out.finish(Format::Eml, 1, day))
}

/// Gives every attachment to `sink`, in the message's order.
pub(super) fn members(bytes: &[u8], sink: &mut dyn FnMut(Member)) -> Result<(), SkipReason> {
    let message = parse(bytes)?;
    for (index, part) in message.attachments().enumerate() {
        let name = part.attachment_name().map_or_else(|| format!("attachment-{}", index + 1), str::to_owned);
        let name = if part.message().is_some() && !name.contains('.') { name + ".eml" } else { name };
        sink(Member { name, content: Ok(part.contents().to_vec()) });
    }
    Ok(())
}

/// The page of a web archive, decoded; `None` when there is none.
pub(super) fn page(bytes: &[u8]) -> Option<String> {
    let message = MessageParser::default().parse(bytes)?;
    let mut parts = message.parts.iter();
    parts.find_map(|part| match &part.body {
        PartType::Html(page) => Some(page.clone().into_owned()),
        _ => None,
    })
}

fn parse(bytes: &[u8]) -> Result<Message<'_>, SkipReason> {
    let message = MessageParser::default().parse(bytes);
    message.ok_or_else(|| SkipReason::Corrupt("an e-mail without a readable header".into()))
}

/// The body: HTML where there is some, because it still says what is bold and what is a list.
fn body(message: &Message<'_>) -> Vec<TextDoc> {
    let as_html = |part: &MessagePart<'_>| matches!(part.body, PartType::Html(_));
    let parts: Vec<&MessagePart<'_>> = if message.html_bodies().any(as_html) {
        message.html_bodies().collect()
    } else {
        message.text_bodies().collect()
    };
    let read = |part: &&MessagePart<'_>| match &part.body {
        PartType::Html(page) => html::read(page.as_bytes()).ok(),
        PartType::Text(plain) => Some(text::read(plain, Vec::new())),
        _ => None,
    };
    parts.iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "From: Ada Roe <ada@example.com>\r\nTo: jobs@example.org\r\nSubject: =?utf-8?Q?Caf=C3=A9_manager?=\r\n\
        Date: Tue, 3 Mar 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n\
        Content-Type: text/plain; charset=windows-1250\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nP=F8=EDloha: my CV\r\n\
        --b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment;\r\n filename*=utf-8''CV%20M%C3%BCller.txt\r\n\
        Content-Transfer-Encoding: base64\r\n\r\nQWRhIFJvZQ==\r\n--b--\r\n";

    #[test]
    fn text_and_attachments_are_apart() {
        let found = read(MAIL.as_bytes()).unwrap();
        let lines: Vec<(&str, bool)> = found.lines.iter().map(|line| (line.text.as_str(), line.furniture)).collect();
        let expected =
            [("From: Ada Roe ada@example.com", true), ("Subject: Café manager", true), ("Příloha: my CV", false)];
        assert_eq!(lines, expected);
        assert_eq!(found.modified.as_deref(), Some("2026-03-03"));
        let mut found = Vec::new();
        members(MAIL.as_bytes(), &mut |member| found.push(member)).unwrap();
        assert_eq!(found, [Member { name: "CV Müller.txt".into(), content: Ok(b"Ada Roe".to_vec()) }]);
    }

    #[test]
    fn a_web_archive_holds_a_page() {
        let archive = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\n<p style=3D\"x\">Ada</p>\r\n--b--\r\n";
        assert_eq!(page(archive.as_bytes()).as_deref().map(str::trim), Some("<p style=\"x\">Ada</p>"));
    }
}
