//! Phone numbers. In: lines. Out: numbers as written and their digits. A year range, a date, an amount, an identifier is never
//! a phone number: features decide, each a row of [`features`].

use super::{Lines, is_of_another};
use crate::model::{Evidence, Found, Line, Phone, SURE};
use crate::profile::marks::Marks;
use crate::profile::roles::push_points;
use crate::profile::scan::count_bytes;
use std::ops::Range;

/// Words in front of a number that say it is one.
const LABELS: &[&str] = &[
    "phone",
    "mobile",
    "mob",
    "tel",
    "telephone",
    "cell",
    "contact",
    "ph",
    "whatsapp",
    "call",
    "telefon",
    "telefono",
    "téléphone",
    "teléfono",
    "handy",
    "celular",
    "móvil",
    "phone no",
    "number",
    "tél",
    "m",
    "p",
    "t",
    "c",
    "telefone",
];
/// Words in front of a number that say it is something else.
const NOT_LABELS: &[&str] = &[
    "id",
    "isbn",
    "issn",
    "doi",
    "ssn",
    "zip",
    "pin",
    "passport",
    "fax",
    "roll",
    "registration",
    "reg",
    "license",
    "licence",
    "aadhar",
    "arxiv",
    "patent",
    "credential",
    "certificate",
    "pmid",
    "gpa",
    "room",
    "ticket",
    "account",
    "code",
    "version",
    "student",
    "no. of",
    "pp",
    "pages",
    "vol",
];

/// Numbers of the candidate, each once, in document order.
pub(super) fn find(lines: &Lines<'_>) -> Vec<Found<Phone>> {
    let mut found: Vec<Found<Phone>> = Vec::new();
    for (index, line) in lines.with(Marks::DIGIT) {
        let digits = count_bytes(&line.text, |byte| byte.wrapping_sub(b'0') < 10);
        if digits < SHORTEST || is_of_another(&line.text) {
            continue;
        }
        for span in runs(&line.text) {
            let mut span = span;
            let mut raw = line.text[span.clone()].trim_end_matches(|letter: char| !letter.is_ascii_digit());
            // "Cook (555-010-0177)"
            if let Some(bare) = raw.strip_prefix('(').filter(|bare| !bare.contains(')')) {
                (raw, span.start) = (bare, span.start + 1);
            }
            if is_two_years(raw) {
                continue;
            }
            let digits: String = raw.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
            let contact = lines.contact[index] || lines.marks[index].has(Marks::AT);
            let features = features(line, &span, raw, &digits, contact);
            let score = features.iter().filter(|(_, holds, _)| *holds).map(|(_, _, points)| points).sum();
            let again = found
                .iter()
                .any(|known| known.value.digits.ends_with(&digits) || digits.ends_with(&known.value.digits));
            if score >= SURE && !again {
                let end = span.start + raw.len();
                found.push(Found {
                    value: Phone { raw: raw.to_string(), digits },
                    evidence: Evidence::at(index, span.start..end, score, reason(&features)),
                });
            }
        }
    }
    found
}

/// `2014 - 2016` with two plain years: of the features of so short a number that do not begin with its plus, all together outweigh less
/// than what speaks against years. Most runs of a résumé are such.
fn is_two_years(raw: &str) -> bool {
    let bytes = raw.strip_prefix('(').unwrap_or(raw).as_bytes();
    let is_year = |part: Option<&[u8; 4]>| {
        part.is_some_and(|part| {
            matches!(part, [b'1', b'9', ..] | [b'2', b'0', ..]) && part.iter().all(u8::is_ascii_digit)
        })
    };
    let between = bytes.get(4..bytes.len().saturating_sub(4)).unwrap_or_default();
    let parted = !between.is_empty() && !between.iter().any(u8::is_ascii_digit);
    parted && is_year(bytes.first_chunk()) && is_year(bytes.last_chunk())
}

/// Runs of digits and the signs between them that are long enough for a number.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start: Option<usize> = None;
    let mut last_digit = 0;
    let mut blanks = 0;
    let close = |start: &mut Option<usize>, end: usize, runs: &mut Vec<Range<usize>>| {
        if let Some(from) = start.take() {
            split_long(text, from..end, runs);
        }
    };
    let mut next = 0;
    let opens = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'(');
    while next < text.len() {
        if start.is_none() {
            // Between numbers nothing counts; `close` has nothing to do.
            let Some(between) = text.as_bytes()[next..].iter().position(opens) else { break };
            next += between;
        }
        let at = next;
        let letter = text[at..].chars().next().expect("what a number begins with and goes on with is looked at whole");
        next += letter.len_utf8();
        let blank = matches!(letter, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}');
        blanks = if blank { blanks + 1 } else { 0 };
        match letter {
            '0'..='9' => {
                start.get_or_insert(at);
                last_digit = at + 1;
            }
            '+' => {
                close(&mut start, last_digit, &mut runs);
                start = Some(at);
                last_digit = at + 1;
            }
            '(' if start.is_none() => {
                start = Some(at);
                last_digit = at + 1;
            }
            '(' | ')' | '-' | '.' | '\u{2010}'..='\u{2013}' | '\u{2212}' if start.is_some() => {}
            '/' if start.is_some_and(|start| is_area_code(&text[start..at])) => {}
            _ if blank && start.is_some() && blanks < 4 => {}
            _ => close(&mut start, last_digit, &mut runs),
        }
    }
    close(&mut start, last_digit, &mut runs);
    runs
}

/// `0561 / 12 34 56`, as Germans and Austrians write: three to six digits from a nought on, in front of the stroke.
fn is_area_code(before: &str) -> bool {
    let code = before.trim_end();
    (3..=6).contains(&code.len()) && code.starts_with('0') && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits of a number at least.
const SHORTEST: usize = 7;
/// Longest run that is looked at, in bytes: six numbers beside each other. What is longer is a table of figures (or made to take time).
const LONGEST_RUN: usize = 160;

/// Two numbers with only blanks between them become two runs.
fn split_long(text: &str, span: Range<usize>, runs: &mut Vec<Range<usize>>) {
    if !(SHORTEST..=LONGEST_RUN).contains(&span.len()) {
        return;
    }
    let count = |part: &str| part.bytes().filter(u8::is_ascii_digit).count();
    let piece = &text[span.clone()];
    if count(piece) <= 15 {
        if count(piece) >= SHORTEST {
            runs.push(span);
        }
        return;
    }
    let cut = piece
        .match_indices(' ')
        .map(|(at, _)| at)
        .find(|at| (10..=13).contains(&count(&piece[..*at])) && count(&piece[*at..]) >= SHORTEST);
    if let Some(cut) = cut {
        runs.push(span.start..span.start + cut);
        let rest = span.start + cut + (piece[cut..].len() - piece[cut..].trim_start().len());
        split_long(text, rest..span.end, runs);
    }
}

/// The features of a run: name, whether it holds, points.
fn features(
    line: &Line,
    span: &Range<usize>,
    raw: &str,
    digits: &str,
    contact: bool,
) -> [(&'static str, bool, f32); 18] {
    let before = line.text[..span.start].trim_end();
    let label = before
        .trim_end_matches([':', '.', '#', '-', '(', ' ', '|', '•'])
        .rsplit(|letter: char| !letter.is_alphabetic())
        .next()
        .unwrap_or("")
        .to_lowercase();
    let touches = line.text[span.end..].chars().next();
    let links = line.links.iter().any(|link| {
        (link.start as usize) <= span.start && span.end <= link.end as usize && !link.url.starts_with("tel:")
    });
    let letter_before = line.text[..span.start].chars().next_back();
    // "C503 555 0199": one letter glued to the number is a label that lost its blank.
    let mut before_letters = line.text[..span.start].chars().rev();
    let lone = before_letters.next().is_some_and(char::is_alphabetic)
        && before_letters.next().is_none_or(|letter| !letter.is_alphanumeric());
    let sign =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '_' | '=' | '$' | '€' | '£' | '₹' | '@');
    let glued = letter_before.is_some_and(sign) && !lone && !raw.starts_with('+');
    let groups: Vec<usize> =
        raw.split(|letter: char| !letter.is_ascii_digit()).filter(|group| !group.is_empty()).map(str::len).collect();
    let labelled = LABELS.contains(&label.as_str()) && before.len() < 200;
    [
        ("leading plus", raw.starts_with('+') || raw.starts_with("(+") || raw.starts_with("00"), 3.0),
        ("label", labelled, 3.0),
        ("contact lines, or an address beside it", contact, 3.0),
        // A text box or sidebar far down: nothing but the number, or a short label and the number.
        ("alone on its line", line.text.trim().chars().count() <= raw.chars().count() + 10 && digits.len() >= 9, 3.0),
        ("grouped", (2..=6).contains(&groups.len()) && groups.last().is_some_and(|last| *last >= 2), 1.5),
        ("ten to thirteen digits", (10..=13).contains(&digits.len()), 1.5),
        ("eight or nine digits", (8..=9).contains(&digits.len()), 0.5),
        ("seven digits", digits.len() < 8, -1.0),
        ("other label", NOT_LABELS.contains(&label.as_str()), -6.0),
        ("number of a document", is_of_document(before), -6.0),
        ("years or date", is_date(&groups, raw), -9.0),
        ("volume or case of a year", !labelled && is_of_year(raw), -4.0),
        // "90450-170", "23223-1234"
        ("postcode", !labelled && matches!(groups[..], [5, 3 | 4]) && digits.len() + 1 == raw.len(), -4.0),
        // "pp. 1771-1776"
        (
            "pages",
            (!labelled || label == "p") && !contact && groups.len() == 2 && groups[0] <= 4 && groups[0] == groups[1],
            -4.0,
        ),
        ("decimal or thousands", is_amount(raw, &groups), -6.0),
        ("inside a link or word", links || glued, -9.0),
        (
            "unit behind",
            touches.is_some_and(|letter| {
                matches!(letter, '%' | '/' | '@' | '_' | '=')
                    || letter.is_alphabetic() && letter != 'E' && letter != 'x'
            }),
            -5.0,
        ),
        ("many small groups", groups.len() > 6, -4.0),
    ]
}

/// The features that count, with their points.
fn reason(features: &[(&str, bool, f32)]) -> String {
    let mut reason = String::new();
    for (name, _, points) in features.iter().filter(|(_, holds, _)| *holds) {
        reason.push_str(if reason.is_empty() { "" } else { ", " });
        reason.push_str(name);
        push_points(&mut reason, *points);
    }
    reason
}

/// `2014 - 2016`, `15.08.2019`, `2019-08-15`, `01.2019 - 03.2020`.
fn is_date(groups: &[usize], raw: &str) -> bool {
    let year = |group: &str| group.len() == 4 && (group.starts_with("19") || group.starts_with("20"));
    let parts: Vec<&str> = raw.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let years = parts.iter().filter(|part| year(part)).count();
    let small = parts.iter().filter(|part| part.len() <= 2).count();
    if raw.starts_with('+') {
        return false;
    }
    (years >= 1 && years + small == parts.len())
        || (groups.len() == 1 && raw.len() == 8 && (raw.starts_with("19") || raw.starts_with("20")))
}

/// `Passport No. M`: what is in front of the number of a document, also before its first letter.
fn is_of_document(before: &str) -> bool {
    const DOCUMENTS: &[&str] = &["passport", "licence no", "license no"];
    let from = before.len().saturating_sub(24);
    let near = before.as_bytes().get(from..).unwrap_or_default();
    DOCUMENTS.iter().any(|name| near.windows(name.len()).any(|word| word.eq_ignore_ascii_case(name.as_bytes())))
}

/// `41 (2003) 210-219`, `2011 655 312`, `2011-09-55512`: a year in brackets or in front.
fn is_of_year(raw: &str) -> bool {
    let year = |part: &str| {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        digits == 4 && (part.starts_with("19") || part.starts_with("20")) && part.len() > 4
    };
    year(raw) || raw.match_indices('(').any(|(open, _)| year(&raw[open + 1..]))
}

/// `1.234.567`, `3.1415926`: groups of three behind dots, or one dot.
fn is_amount(raw: &str, groups: &[usize]) -> bool {
    let dots_only = raw.contains('.') && raw.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    dots_only
        && (groups.len() == 2 || groups[0] <= 3 && groups[1..].iter().all(|group| *group == 3) && groups.len() <= 3)
}
