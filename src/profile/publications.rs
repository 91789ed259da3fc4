//! Sections of publications → [`Publication`]s. In: the lines of a section. Out: title, venue, year, the candidate's part, DOI.
//! Titles in bold, in quotes or on a line of their own are sure; of a citation the longest sentence is taken, unsurely.

use super::entry_values::found;
use super::fields;
use crate::model::{Evidence, Line, Publication, Section, TextDoc};
use std::ops::Range;

/// Publications of one section, in document order.
pub(super) fn of_section(text: &TextDoc, section: &Section) -> Vec<Publication> {
    let lines: Vec<usize> =
        section.lines.clone().filter(|at| !text.lines[*at].hidden && !text.lines[*at].furniture).collect();
    let starts = starts(text, &lines);
    let ends = starts.iter().skip(1).copied().chain([section.lines.end]);
    starts.iter().zip(ends).filter_map(|(start, end)| entry(text, *start..end)).collect()
}

/// Lines that begin a publication.
fn starts(text: &TextDoc, lines: &[usize]) -> Vec<usize> {
    let line = |at: &usize| &text.lines[*at];
    let bullets = lines.iter().any(|at| line(at).style.bullet);
    let bold = lines.iter().any(|at| opens_bold(line(at)));
    let mixed = lines.iter().skip(1).any(|at| !line(at).blank_before);
    let mut starts = Vec::new();
    for at in lines {
        let here = line(at);
        let begins = if bullets {
            here.style.bullet
                && here.style.indent == lines.iter().take(1).map(|at| line(at).style.indent).next().unwrap_or(0)
                || opens_bold(here)
        } else if bold {
            opens_bold(here)
        } else {
            is_numbered(&here.text) || mixed && here.blank_before
        };
        if begins || starts.is_empty() {
            starts.push(*at);
        }
    }
    starts
}

fn opens_bold(line: &Line) -> bool {
    line.style.heading > 0 || line.style.bold || line.bold.first().is_some_and(|range| range.0 == 0 && range.1 > 12)
}

/// `[3] …`, `3. …`
fn is_numbered(text: &str) -> bool {
    let rest = text.trim_start_matches('[').trim_start_matches(|letter: char| letter.is_ascii_digit());
    rest.len() < text.len() && (rest.starts_with("] ") || rest.starts_with(". ") || rest.starts_with(") "))
}

fn entry(text: &TextDoc, lines: Range<usize>) -> Option<Publication> {
    let first = &text.lines[lines.start];
    let (title, score, reason) = title(first, lines.len() > 1)?;
    let evidence = Evidence::at(lines.start, title.clone(), score, reason);
    let rest = fields::trim(&first.text, title.end..first.text.len());
    let role = role(&first.text[rest.clone()]);
    let behind = (!rest.is_empty() && role.is_none()).then(|| first.text[rest].to_string());
    let body = lines.clone().take(6).map(|at| &text.lines[at]);
    let joined: String = body.clone().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
    let below = below(text, lines.clone());
    let venue =
        behind.filter(|text| text.len() > 5).or(below).map(|venue| venue_of(&venue)).filter(|venue| venue.len() > 3);
    let links = body.flat_map(|line| &line.links).map(|link| link.url.clone());
    let url = doi(&joined).or_else(|| links.into_iter().find(|url| url.len() > 3 && !url.starts_with('#')));
    Some(Publication {
        title: found(&first.text, title.clone(), evidence),
        venue,
        year: year(&joined, &first.text[title]),
        role,
        url,
        lines,
    })
}

/// Words of journals, conferences and publishers.
const VENUE_WORDS: &[&str] = &[
    "conference",
    "journal",
    "proceedings",
    "ieee",
    "acm",
    "workshop",
    "symposium",
    "transactions",
    "arxiv",
    "letters",
    "press",
    "springer",
    "elsevier",
    "congress",
    "review",
    "magazine",
];

/// The line below the title that names the venue: one with a word of venues, else the first that is no list of authors.
fn below(text: &TextDoc, lines: Range<usize>) -> Option<String> {
    let candidates = || lines.clone().skip(1).take(3).map(|at| text.lines[at].text.as_str());
    let named = candidates().find(|line| {
        let lower = line.to_lowercase();
        VENUE_WORDS.iter().any(|word| lower.contains(word))
    });
    let authors = |line: &str| {
        line.matches(',').count() + line.matches(" and ").count() >= 1
            && !line.contains(|letter: char| letter.is_ascii_digit())
    };
    let address = |line: &str| line.starts_with("10.") || line.starts_with("http");
    named.or_else(|| candidates().find(|line| !authors(line) && !address(line))).map(str::to_string)
}

/// The title on the first line: bold, quoted, the line itself, or the longest sentence of a citation.
fn title(line: &Line, more_lines: bool) -> Option<(Range<usize>, f32, &'static str)> {
    let text = line.text.as_str();
    if let Some((start, end)) = line.bold.iter().find(|(start, end)| end - start > 12) {
        let span = fields::trim(text, *start as usize..*end as usize);
        if !span.is_empty() {
            return Some((span, 5.0, "bold title +5"));
        }
    }
    for (open, close) in [('"', '"'), ('“', '”'), ('«', '»'), ('„', '“')] {
        if let Some(start) = text.find(open).map(|at| at + open.len_utf8())
            && let Some(length) = text[start..].find(close)
            && length > 8
        {
            return Some((fields::trim(text, start..start + length), 5.0, "quoted title +5"));
        }
    }
    if let Some(span) = behind_authors(text) {
        return Some((span, 4.0, "first part behind the authors +4"));
    }
    let mut sentences = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(". ").take(12) {
        sentences.push(from..at);
        from = at + 2;
    }
    sentences.push(from..text.len());
    if sentences.len() < 3 {
        let span = fields::trim(text, 0..text.find('\t').unwrap_or(text.len()));
        let alone = more_lines && text.split_whitespace().count() >= 3;
        return (!span.is_empty()).then_some((span, if alone { 4.5 } else { 4.0 }, "line of its own +4"));
    }
    let words = |span: &Range<usize>| {
        text[span.clone()].split_whitespace().filter(|word| word.len() > 2 && !word.ends_with(',')).count()
    };
    let longest = sentences.into_iter().max_by_key(words)?;
    Some((fields::trim(text, longest), 3.0, "longest sentence of a citation +3"))
}

/// `3. A. Fisher, R. Cook, Salt in small boats, J. Harbours, 2019`: the first part between commas that names no author.
fn behind_authors(text: &str) -> Option<Range<usize>> {
    let number = if is_numbered(text) { text.find(' ')? + 1 } else { 0 };
    let mut from = number;
    for (count, part) in text[number..].split(", ").take(12).enumerate() {
        let (start, end) = (from, from + part.len());
        from = end + 2;
        if !is_author(part) {
            let title = count > 0 && part.split_whitespace().count() >= 2 && part.starts_with(char::is_uppercase);
            return title.then(|| fields::trim(text, start..end.min(text.len())));
        }
    }
    None
}

/// `A. J. Fisher`, `Fisher, A.`, `R. Cook and A. Fisher`: short, with an initial.
fn is_author(part: &str) -> bool {
    let words = part.split_whitespace().filter(|word| !matches!(*word, "and" | "&" | "et" | "al."));
    let initial = |word: &str| word.ends_with('.') && word.chars().filter(|letter| letter.is_alphabetic()).count() <= 2;
    let (mut count, mut initials) = (0, 0);
    for word in words {
        count += 1;
        initials += usize::from(initial(word));
        if !word.starts_with(char::is_uppercase) {
            return false;
        }
    }
    initials > 0 && count - initials <= 2 && count <= 6
}

/// `(First Author)`
fn role(text: &str) -> Option<String> {
    let inside = text.trim().trim_start_matches('(').trim_end_matches(')');
    let lower = inside.to_lowercase();
    (lower.contains("author") && inside.len() < 40).then(|| inside.to_string())
}

/// The venue without DOI and address.
fn venue_of(text: &str) -> String {
    let end = text.find("10.").or_else(|| text.find("http")).filter(|at| *at > 8).unwrap_or(text.len());
    text[fields::trim(text, 0..end)].to_string()
}

/// `10.1000/182`
fn doi(text: &str) -> Option<String> {
    let at = text.match_indices("10.").map(|(at, _)| at).find(|at| {
        let digits = text[at + 3..].bytes().take_while(u8::is_ascii_digit).count();
        (4..=9).contains(&digits) && text[at + 3 + digits..].starts_with('/')
    })?;
    let length = text[at..].find(char::is_whitespace).unwrap_or(text.len() - at);
    Some(text[at..at + length].trim_matches(|letter: char| ".,;)]".contains(letter)).to_string())
}

/// The last year outside the title and outside longer numbers.
fn year(text: &str, title: &str) -> Option<i32> {
    let outside = text.replacen(title, " ", 1);
    let numbers = outside.split(|letter: char| !letter.is_ascii_alphanumeric());
    let mut years = numbers.filter(|word| word.len() == 4).filter_map(|word| word.parse::<i32>().ok());
    years.rfind(|year| (1950..=2100).contains(year))
}
