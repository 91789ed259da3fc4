//! E-mail addresses: `jane.doe+cv@example.co.uk`, `mailto:` links, `jane [at] example [dot] com`. In: lines. Out: addresses in
//! lower case, each once, in document order.

use super::{Lines, is_of_another};
use crate::model::{Evidence, Found};
use crate::profile::marks::Marks;
use crate::profile::scan::any_pair;
use std::ops::Range;

/// Addresses of everyone but referees.
pub(super) fn find(lines: &Lines<'_>) -> Vec<Found<String>> {
    let mut found: Vec<Found<String>> = Vec::new();
    let signed = lines.with(Marks::AT.or(Marks::BRACKET).or(Marks::LINK));
    for (index, line) in signed.filter(|(_, line)| !is_of_another(&line.text)) {
        let mut add = |address: &str, span: Range<usize>, reason: &'static str| {
            let value = address.to_lowercase();
            if !found.iter().any(|known| known.value == value) {
                let place = if lines.contact[index] { 2.0 } else { 0.0 };
                found.push(Found { value, evidence: Evidence::at(index, span, 6.0 + place, reason) });
            }
        };
        for link in &line.links {
            // A link left over from a template: what is written there is another address.
            let written = line.text.get(link.start as usize..link.end as usize).unwrap_or("");
            if !written.contains('@')
                && let Some(address) = link.url.strip_prefix("mailto:").and_then(|rest| {
                    addresses(rest.split('?').next().unwrap_or(""))
                        .into_iter()
                        .next()
                        .map(|span| rest[span].to_string())
                })
            {
                add(&address, link.start as usize..link.end as usize, "mail link +6");
            }
        }
        if lines.marks[index].has(Marks::AT) {
            let mut spans = addresses(&line.text);
            let below = lines.text.lines.get(index + 1).filter(|below| !below.hidden).map(|below| below.text.as_str());
            if let Some((start, address)) = below.and_then(|below| broken(&line.text, below)) {
                spans.retain(|span| span.start != start);
                add(&address, start..line.text.trim_end().len(), "address shape +6, over two lines");
            }
            for span in spans {
                add(&line.text[span.clone()], span, "address shape +6");
            }
        } else if lines.marks[index].has(Marks::BRACKET)
            && any_pair(&line.text, |sign, next| (next | 0x20 == b'a') & is_bracket(sign))
            && let Some((span, address)) = spelled_out(&line.text)
        {
            add(&address, span, "address spelled out +6");
        }
    }
    found
}

/// An address that goes on in the line below: `jane@example.co` / `m`, `jane@` / `example.com`. Its first byte and the whole.
fn broken(line: &str, below: &str) -> Option<(usize, String)> {
    let head = line.trim_end();
    let start = head.rfind([' ', '\t', '|', ':', '(', '<']).map_or(0, |blank| blank + 1);
    let (local, domain) = head[start..].split_once('@')?;
    let tail = below.split_whitespace().next()?;
    // "JANE@EXAMPLE." / "COM" in capitals, too.
    let capitals = !domain.bytes().any(|byte| byte.is_ascii_lowercase());
    let letter = |byte: u8| byte.is_ascii_lowercase() || capitals && byte.is_ascii_uppercase();
    let lower = tail.bytes().all(|byte| letter(byte) || matches!(byte, b'.' | b'-'));
    let joined = format!("{}{tail}", &head[start..]);
    let top = joined.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    let top = top.as_str();
    // The end of the top-level domain stands alone below; or there is no domain yet.
    let cut_top = domain.contains('.') && tail == below.trim() && tail.len() <= 3 && TOPS.contains(&top);
    let cut_domain = !domain.contains('.') && tail.contains('.') && TOPS.contains(&top);
    let whole = lower && !local.is_empty() && (cut_top || cut_domain);
    (whole && addresses(&joined).as_slice() == std::slice::from_ref(&(0..joined.len()))).then_some((start, joined))
}

/// Top-level domains that a broken address may end in.
const TOPS: &[&str] = &["com", "net", "org", "edu", "in", "uk", "de", "fr", "io", "info", "gov"];

/// Byte ranges of the addresses in a text that holds an `@`.
pub(in crate::profile) fn addresses(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'@').map(|(at, _)| at) {
        let floor = found.last().map_or(0, |last| last.end);
        let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-'".contains(byte);
        let mut start = at - bytes[floor..at].iter().rev().take_while(|byte| is_local(byte)).count();
        while start < at && !bytes[start].is_ascii_alphanumeric() {
            start += 1;
        }
        let is_domain = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
        let mut end = at + 1 + bytes[at + 1..].iter().take_while(|byte| is_domain(byte)).count();
        // "jane@example.comPhone", "jane@example.com.", "jane@example.com-Lisbon"
        let Some(dot) = text[at..end].trim_end_matches(['.', '-']).rfind('.').map(|dot| at + dot) else { continue };
        let tail = &bytes[dot + 1..end];
        let letters = tail.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let glued =
            (1..letters).find(|index| tail[index - 1].is_ascii_lowercase() && tail[*index].is_ascii_uppercase());
        end = dot + 1 + glued.unwrap_or(letters);
        let host = &text[at + 1..dot];
        let shaped = start < at
            && end - dot > 2
            && !host.is_empty()
            && !host.starts_with(['.', '-'])
            && !text[start..at].ends_with('.');
        if shaped {
            found.push(start..end);
        }
    }
    found
}

/// Compared without a branch.
fn is_bracket(byte: u8) -> bool {
    (byte == b'(') | (byte == b'[') | (byte == b'{') | (byte == b'<')
}

/// `jane.doe [at] example [dot] com`, `jane (at) example.com`.
fn spelled_out(text: &str) -> Option<(Range<usize>, String)> {
    let marks = ["[at]", "(at)", "{at}", " [at] ", "<at>"];
    let lower = text.to_ascii_lowercase();
    let (at, mark) = marks.iter().find_map(|mark| Some((lower.find(mark)?, *mark)))?;
    let local_end = lower[..at].trim_end().len();
    let local_start =
        lower[..local_end].rfind(|letter: char| letter.is_whitespace() || letter == ':').map_or(0, |space| space + 1);
    let mut domain = String::new();
    let rest = &lower[at + mark.len()..];
    for piece in rest.split_whitespace().take(5) {
        let piece = piece.trim_matches([',', ';']);
        match piece {
            "[dot]" | "(dot)" | "{dot}" | "dot" => domain.push('.'),
            _ if domain.is_empty() || domain.ends_with('.') => {
                domain.push_str(&piece.replace("[dot]", ".").replace("(dot)", "."))
            }
            _ => break,
        }
    }
    let address = format!("{}@{domain}", &lower[local_start..local_end]);
    let span = addresses(&address).into_iter().next()?;
    (span == (0..address.len())).then(|| (local_start..at + mark.len(), address))
}

#[cfg(test)]
mod tests {
    use super::broken;

    #[test]
    fn addresses_go_on_in_the_line_below() {
        let whole = |line, below| broken(line, below).map(|(_, address)| address);
        assert_eq!(whole("ada@example.co", "m").as_deref(), Some("ada@example.com"));
        assert_eq!(whole("ADA@EXAMPLE.", "COM").as_deref(), Some("ADA@EXAMPLE.COM"));
        assert_eq!(whole("ada@", "example.org").as_deref(), Some("ada@example.org"));
        assert_eq!(whole("ada@example.", "COM"), None);
        assert_eq!(whole("ada@example.", "Skills"), None);
    }
}
