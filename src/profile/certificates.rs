//! Certificate sections → certificates, and known certificates named elsewhere. In: the text and its sections. Out: name as
//! written without date and status, issuer, date, whether it is still being earned.

use super::cues::is_known_employer;
use super::dates;
use crate::lexicon::Lexicon;
use crate::lexicon::words::{Words, key};
use crate::model::{Certificate, Evidence, Found, Line, Month, Section, SectionKind, TextDoc};
use std::ops::Range;

/// Words that say a certificate is not earned yet.
const ONGOING: &[&str] = &["ongoing", "in progress", "pursuing", "expected", "in preparation", "currently studying"];
/// First words of what says until when it was or is valid.
const OVER: &[&str] = &["lapsed", "expired", "expires", "expiry", "valid", "renewed", "inactive"];
/// Between name, issuer and date.
const SEPARATORS: &[char] = &['|', '\t', '•', '–', '—', '·'];

/// Reads certificates and licences, each name once.
pub fn find(text: &TextDoc, sections: &[Section], lexicon: &Lexicon, as_of: Month) -> Vec<Certificate> {
    let mut found: Vec<Certificate> = Vec::new();
    for section in sections {
        let own = section.kind == SectionKind::Certificates || section.second == Some(SectionKind::Certificates);
        let shared = own && section.second.is_some();
        if !own && !may_name(section.kind) {
            continue;
        }
        for index in section.lines.clone() {
            let Some(line) = text.lines.get(index).filter(|line| !line.hidden) else { continue };
            let before = found.last_mut().filter(|last| last.name.evidence.line as usize + 1 == index);
            if own && goes_on(line, before.is_some().then(|| &text.lines[index - 1]), lexicon) {
                continue;
            }
            if own && !shared && is_detail(&line.text, lexicon, as_of) {
                continue;
            }
            if own && is_school(&line.text, lexicon) {
                // "Deep Sea Welding", below it "Coastal University": who gave it.
                before
                    .into_iter()
                    .for_each(|last| last.issuer = last.issuer.take().or(Some(line.text.trim().to_string())));
                continue;
            }
            let add = |certificate: Certificate| {
                let again = |known: &Certificate| {
                    key(&known.name.value) == key(&certificate.name.value)
                        || !own && known.known_as == certificate.known_as
                };
                if !found.iter().any(again) {
                    found.push(certificate);
                }
            };
            if own && (!shared || speaks_of_certificates(line, lexicon)) {
                let from = if index == section.lines.start { behind_topic(&line.text, section, lexicon) } else { 0 };
                let pieces = pieces(&line.text, from, lexicon).into_iter();
                pieces.filter_map(|span| listed(index, line, span, lexicon, as_of)).for_each(add);
            } else if may_name(section.kind) {
                named(index, line, lexicon).into_iter().for_each(add);
            }
        }
    }
    found
}

/// The line is the rest of the certificate on the line before: it begins in small letters, and that line was full.
fn goes_on(line: &Line, before: Option<&Line>, lexicon: &Lexicon) -> bool {
    let first = line.text.split_whitespace().next().unwrap_or_default();
    let is_small = first.len() > 1 && first.chars().all(|letter| letter.is_alphabetic() && letter.is_lowercase());
    is_small
        && !line.style.bullet
        && before.is_some_and(|before| before.text.chars().count() >= FULL_LINE)
        && lexicon.certificates().find(&line.text).is_empty()
}

/// Letters of a line that may have been wrapped.
const FULL_LINE: usize = 30;

/// A date and a place, of what the lines around say: `2017⇥Bergen, Norway`.
fn is_detail(text: &str, lexicon: &Lexicon, as_of: Month) -> bool {
    let digit = text.trim_start().starts_with(|letter: char| letter.is_ascii_digit());
    let dates = if digit && text.contains([',', '\t']) { dates::find(text, as_of) } else { Vec::new() };
    dates.first().is_some_and(|date| lexicon.places().parse(text[date.end..].trim()).is_some())
}

/// The line is the name of a school and nothing else.
fn is_school(text: &str, lexicon: &Lexicon) -> bool {
    let words = Words::of(text);
    let is_named = || {
        let last = words.term(words.len() - 1);
        matches!(last, "university" | "college") || words.run(0, 2) == "university of"
    };
    // "Rope Access by Lowtide University" names what was learnt.
    let is_course = || words.iter().any(|(_, term)| matches!(term, "by" | "at" | "from" | "in" | "for" | "with"));
    // One word is as well a certificate's short name.
    (2..=8).contains(&words.len())
        && (is_named() || lexicon.schools().is_exact(text.trim(), &words))
        && !is_course()
        && !CERTIFICATE_WORDS.iter().any(|word| words.folded().contains(word))
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

/// First byte behind the topic of a section that stands on the line of its text: `CERTIFICATES⇥CPA 2011`, `Licences: Boat licence`.
fn behind_topic(text: &str, section: &Section, lexicon: &Lexicon) -> usize {
    let sign = text.find(['\t', ':']).filter(|_| section.heading.is_none());
    sign.filter(|sign| lexicon.headings().lookup(&text[..*sign]).is_some()).map_or(0, |sign| sign + 1)
}

/// Several certificates on one line: `CPA 2011; CISA 2021`, `ACLS, BLS, PALS`, `APICS CSCP (2019) | Green Belt (2017)`. Gives their
/// bytes, from the byte `from` on; all of it where it is one certificate with its issuer and date.
fn pieces(text: &str, from: usize, lexicon: &Lexicon) -> Vec<Range<usize>> {
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
    let has_year = |part: &Range<usize>| dates::may_hold_year(&text[part.clone()]);
    let mut pieces = parts(&(from..text.len()), ';');
    for (sign, enough) in [('|', 2), (',', 2)] {
        pieces = pieces
            .into_iter()
            .flat_map(|piece| {
                let split = parts(&piece, sign);
                let names = || split.iter().filter(|part| known(part)).count();
                let listed = || match sign {
                    ',' => split.iter().all(short),
                    // "Green Belt, 2021 | Boat licence": the date closes the first of them; "Green Belt | Blue Bay | 2021" is one.
                    _ => has_year(&split[0]) && split[1..].iter().any(|part| !has_year(part)),
                };
                if split.len() > 1 && (listed() || names() >= enough) { split } else { vec![piece] }
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
    let mut text = &line.text[span];
    if text.contains("://") && !text.trim().contains(' ') || text.trim_start().starts_with("www.") {
        return None;
    }
    let mut dates = dates::find(text, as_of);
    let first = dates.first().map(|date| date.period.clone());
    // "2016  Boat licence"
    if let Some(date) = dates.first().filter(|date| !text[..date.start].contains(char::is_alphanumeric))
        && text[date.end..].contains(char::is_alphabetic)
    {
        text = &text[date.end..];
        dates = Vec::new();
    }
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
    let is_status = |part: &str| {
        let part = key(part);
        ONGOING.contains(&part.as_str()) || OVER.contains(&part.split(' ').next().unwrap_or(""))
    };
    let (name, issuer) = match parts.find(|part| !is_status(part)) {
        Some(issuer) => (name, Some(issuer)),
        None => with_issuer(name, lexicon).map_or((name, None), |(name, issuer)| (name, Some(issuer))),
    };
    let issuer = issuer.or(known.map(|entry| entry.issuer).filter(|issuer| !issuer.is_empty())).map(str::to_string);
    let start = name.as_ptr() as usize - line.text.as_ptr() as usize;
    let score = if known.is_some() { 7.0 } else { 5.0 };
    let evidence = Evidence::at(index, start..start + name.len(), score, "certificate section +5");
    Some(Certificate {
        name: Found { value: name.to_string(), evidence },
        known_as: known.map(|entry| entry.name.to_string()),
        issuer,
        period: first,
        ongoing,
    })
}

/// `Terraform Associate, Kelp Corp`: who gave it stands behind a comma, a well-known firm or behind a certificate that is known by itself.
fn with_issuer<'t>(name: &'t str, lexicon: &Lexicon) -> Option<(&'t str, &'t str)> {
    let (head, tail) = name.rsplit_once(", ")?;
    let bare = tail.split_once(" (").map_or(tail, |(bare, _)| bare);
    let named = tail.starts_with(char::is_uppercase) && tail.split_whitespace().count() <= 5;
    let folded = key(bare);
    let kind = LEVELS.contains(&folded.as_str()) || CERTIFICATE_WORDS.iter().any(|word| folded.contains(word));
    let known = || {
        !lexicon.certificates().find(head).is_empty() && lexicon.certificates().find(tail).is_empty()
            || is_known_employer(bare, &Words::of(bare), lexicon)
    };
    (named && !kind && lexicon.places().parse(tail).is_none() && known()).then_some((head, tail))
}

/// A section that is no list of certificates may name some all the same.
fn may_name(kind: SectionKind) -> bool {
    use SectionKind::{Awards, Courses, Education, Other, Skills, Summary};
    matches!(kind, Summary | Skills | Courses | Other | Awards | Education)
}

/// A known certificate by its long name in a summary, skill list or other text.
fn named(index: usize, line: &Line, lexicon: &Lexicon) -> Option<Certificate> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Format;

    /// Names with issuers of the lines of a certificate section.
    fn check(lines: &[&str], expected: &[(&str, Option<&str>)]) {
        let line = |text: &&str| Line { text: text.to_string(), ..Line::default() };
        let lines: Vec<Line> = lines.iter().map(line).collect();
        let section = Section {
            kind: SectionKind::Certificates,
            second: None,
            heading: None,
            lines: 0..lines.len(),
            score: 0.0,
            reasons: vec![],
        };
        let text = TextDoc { format: Format::Text, lines, pages: 1, modified: None, warnings: vec![] };
        let found = find(&text, &[section], &Lexicon::builtin(), Month::new(2026, 1));
        let found: Vec<(&str, Option<&str>)> =
            found.iter().map(|one| (one.name.value.as_str(), one.issuer.as_deref())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_school_below_a_certificate_gave_it() {
        check(&["Underwater Welding", "Lowtide University"], &[("Underwater Welding", Some("Lowtide University"))]);
        check(&["Lowtide University"], &[]);
        check(&["Rope Access by Lowtide University"], &[("Rope Access by Lowtide University", None)]);
        check(&["University Catering Certificate"], &[("University Catering Certificate", None)]);
    }

    #[test]
    fn dates_in_front_and_several_on_a_line() {
        check(&["2016\tBoat licence (coastal)"], &[("Boat licence (coastal)", None)]);
        check(&["03/2019 – Rope Access Level 2"], &[("Rope Access Level 2", None)]);
        let three = [("Kelp Diving", None), ("Boat licence", None), ("Forklift trainer", None)];
        check(&["Kelp Diving, 2021 | Boat licence | Forklift trainer"], &three);
        check(&["Kelp Diving | Blue Bay Board | May 2021"], &[("Kelp Diving", Some("Blue Bay Board"))]);
        check(&["2016\tBergen, Norway"], &[]);
        check(&["Deep Sea Diving – lapsed 2022"], &[("Deep Sea Diving", None)]);
        check(&["2020\tCertified Scrum Master, Google"], &[("Certified Scrum Master", Some("Google"))]);
        check(&["2021\tDeep Sea Diving, Google"], &[("Deep Sea Diving", Some("Google"))]);
        check(&["LICENCES\tBoat licence, 2011; Rope Access, 2016"], &[("Boat licence", None), ("Rope Access", None)]);
    }

    #[test]
    fn a_wrapped_line_is_no_certificate_of_its_own() {
        let first = "Handling of dangerous goods at sea and";
        check(&[first, "in harbours", "Rope Access Level 2"], &[(first, None), ("Rope Access Level 2", None)]);
        check(&["Ropes", "rigging"], &[("Ropes", None), ("rigging", None)]);
    }
}
