//! Certificate sections → certificates, and known certificates named elsewhere. In: the text and its sections. Out: name as
//! written without date and status, issuer, date, whether it is still being earned.

use super::dates;
use crate::lexicon::Lexicon;
use crate::lexicon::words::key;
use crate::model::{Certificate, Evidence, Found, Line, Month, Section, SectionKind, TextDoc};
use std::ops::Range;

/// Words that say a certificate is not earned yet.
const ONGOING: &[&str] = &["ongoing", "in progress", "pursuing", "expected", "in preparation", "currently studying"];
/// Between name, issuer and date.
const SEPARATORS: &[char] = &['|', '\t', '•', '–', '—', '·'];

/// Reads certificates and licences, each name once.
pub fn find(text: &TextDoc, sections: &[Section], lexicon: &Lexicon, as_of: Month) -> Vec<Certificate> {
    let mut found: Vec<Certificate> = Vec::new();
    for section in sections {
        let own = section.kind == SectionKind::Certificates || section.second == Some(SectionKind::Certificates);
        let shared = own && section.second.is_some();
        for index in section.lines.clone() {
            let Some(line) = text.lines.get(index).filter(|line| !line.hidden) else { continue };
            let read: Vec<Certificate> = if own && (!shared || speaks_of_certificates(line, lexicon)) {
                pieces(&line.text, lexicon)
                    .into_iter()
                    .filter_map(|span| listed(index, line, span, lexicon, as_of))
                    .collect()
            } else {
                named(index, line, section.kind, lexicon).into_iter().collect()
            };
            for certificate in read {
                if !found.iter().any(|known| key(&known.name.value) == key(&certificate.name.value)) {
                    found.push(certificate);
                }
            }
        }
    }
    found
}

/// Words of certificates.
const CERTIFICATE_WORDS: &[&str] = &["certif", "licen", "zertifi", "credential", "accredit", "diploma", "nanodegree"];

/// A line of `Skills & Certifications` that is a certificate, not a row of skills (`Databases: MySQL, Redis`).
fn speaks_of_certificates(line: &Line, lexicon: &Lexicon) -> bool {
    let folded = key(&line.text);
    let row = line.text.matches(',').count() >= 2;
    let worded = CERTIFICATE_WORDS.iter().any(|word| folded.contains(word)) && !row;
    let status = !row && ONGOING.iter().any(|word| folded.contains(word)) && line.text.contains(SEPARATORS);
    worded || status || !row && !lexicon.certificates().find(&line.text).is_empty()
}

/// Several certificates on one line: `CPA 2011; CISA 2021`, `ACLS, BLS, PALS`, `APICS CSCP (2019) | Green Belt (2017)`. Gives their
/// bytes; the whole line where it is one certificate with its issuer and date.
fn pieces(text: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let parts = |span: &Range<usize>, sign: char| {
        let mut start = span.start;
        let ends = text[span.clone()].split(sign).map(|part| {
            let from = start;
            start += part.len() + sign.len_utf8();
            from..from + part.len()
        });
        ends.filter(|part| !text[part.clone()].trim().is_empty()).collect::<Vec<_>>()
    };
    let known = |part: &Range<usize>| !lexicon.certificates().find(&text[part.clone()]).is_empty();
    let short = |part: &Range<usize>| {
        let name = text[part.clone()].split('(').next().unwrap_or("").trim();
        name.split_whitespace().count() == 1 && name.chars().filter(|letter| letter.is_uppercase()).count() >= 2
    };
    let mut pieces = parts(&(0..text.len()), ';');
    for (sign, enough) in [('|', 2), (',', 2)] {
        pieces = pieces
            .into_iter()
            .flat_map(|piece| {
                let split = parts(&piece, sign);
                let names = split.iter().filter(|part| known(part)).count();
                let listed = sign == ',' && split.iter().all(short);
                if split.len() > 1 && (names >= enough || listed) { split } else { vec![piece] }
            })
            .collect();
    }
    pieces
}

/// Levels that close a name behind a dash: `Solutions Architect – Associate`.
const LEVELS: &[&str] = &[
    "associate",
    "professional",
    "foundation",
    "foundational",
    "expert",
    "specialty",
    "practitioner",
    "advanced",
    "fundamentals",
    "level",
];

/// The fields of a certificate line. A dash in front of a level belongs to the name.
fn fields_of(text: &str) -> Vec<&str> {
    let mut fields = Vec::new();
    let mut from = 0;
    for (at, sign) in text.char_indices().filter(|(_, letter)| SEPARATORS.contains(letter)) {
        let next = text[at + sign.len_utf8()..].trim_start().split([' ', ',', '(', '|', '\t']).next().unwrap_or("");
        let level = matches!(sign, '–' | '—') && LEVELS.contains(&next.to_lowercase().as_str());
        if !level {
            fields.push(&text[from..at]);
            from = at + sign.len_utf8();
        }
    }
    fields.push(&text[from..]);
    fields
}

/// A line of a certificate section: `Certified Nurse Educator | Acme Board | May 2021`.
fn listed(index: usize, line: &Line, span: Range<usize>, lexicon: &Lexicon, as_of: Month) -> Option<Certificate> {
    let text = &line.text[span];
    if text.contains("://") && !text.trim().contains(' ') || text.trim_start().starts_with("www.") {
        return None;
    }
    let dates = dates::find(text, as_of);
    let folded = key(text);
    let ongoing = ONGOING.iter().any(|word| folded.contains(word));
    let cut = dates.first().map_or(text.len(), |date| date.start);
    let mut parts = fields_of(&text[..cut])
        .into_iter()
        .map(|part| {
            part.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '(' | '-' | ':' | '.'))
        })
        .filter(|part| !part.is_empty());
    let name = parts.next()?;
    let words = name.split_whitespace().count();
    let known = lexicon.certificates().find(name).first().map(|(_, entry)| *entry);
    // A date or a sentence alone is a detail of the line above.
    if name.len() < 3
        || !name.chars().any(char::is_alphabetic)
        || (words > 16 && known.is_none())
        || ONGOING.contains(&key(name).as_str())
    {
        return None;
    }
    let issuer = parts
        .find(|part| !ONGOING.contains(&key(part).as_str()))
        .map(str::to_string)
        .or(known.map(|entry| entry.issuer.to_string()));
    let start = name.as_ptr() as usize - line.text.as_ptr() as usize;
    let score = if known.is_some() { 7.0 } else { 5.0 };
    let evidence = Evidence::at(index, start..start + name.len(), score, "certificate section +5");
    let period = dates.into_iter().next().map(|date| date.period);
    Some(Certificate {
        name: Found { value: name.to_string(), evidence },
        known_as: known.map(|entry| entry.name.to_string()),
        issuer,
        period,
        ongoing,
    })
}

/// A known certificate by its long name in a summary, skill list or other text.
fn named(index: usize, line: &Line, kind: SectionKind, lexicon: &Lexicon) -> Option<Certificate> {
    if !matches!(
        kind,
        SectionKind::Summary | SectionKind::Skills | SectionKind::Courses | SectionKind::Other | SectionKind::Awards
    ) {
        return None;
    }
    let (mut span, entry) = lexicon.certificates().find(&line.text).into_iter().find(|(span, _)| span.len() > 4)?;
    // "Certified System Administrator (LFCS)": the short form belongs to the name.
    let behind = &line.text[span.end..];
    if let Some(close) = behind.strip_prefix(" (").and_then(|rest| rest.find(')')).filter(|close| *close <= 10)
        && behind[2..2 + close].bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-')
    {
        span.end += close + 3;
    }
    let name = line.text[span.clone()].to_string();
    let evidence = Evidence::at(index, span, 4.5, "known certificate +4.5");
    let issuer = (!entry.issuer.is_empty()).then(|| entry.issuer.to_string());
    Some(Certificate {
        name: Found { value: name, evidence },
        known_as: Some(entry.name.to_string()),
        issuer,
        period: None,
        ongoing: false,
    })
}
