//! The candidate's name: every field of the top lines is a candidate, features add points, the best wins. In: lines, e-mails,
//! links. Out: the name in reading case with its reasons and the runner-up. Knows no list of names: any culture's name counts.

use super::{Lines, evidence, fields, reading_case};
use crate::lexicon::Lexicon;
use crate::lexicon::table::WordSet;
use crate::lexicon::words::{Words, key};
use crate::model::text::Label;
use crate::model::{Found, Line, SURE, SectionKind, WebLink};

/// Lines from the top that are looked at.
const NAME_LINES: usize = 30;
/// Words in front of a name.
const HONORIFICS: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "er",
    "shri",
    "smt",
    "herr",
    "frau",
    "ing",
    "mx",
    "ca",
    "adv",
    "dipl",
];
/// Words behind a name.
const SUFFIXES: &[&str] = &[
    "phd", "mba", "cpa", "rn", "pmp", "md", "msc", "bsc", "esq", "cfa", "pe", "ms", "ma", "bs", "ba", "dds", "jd",
    "cissp", "aprn", "np", "bsn", "msn", "crna", "lpn", "eit", "shrm", "phr", "sphr", "csm", "aia", "btech", "mtech",
    "meng", "beng", "lmsw", "lcsw", "ccna", "aws", "fca", "aca", "cma", "dr",
];
/// Labels in front of a name.
const NAME_LABELS: &[&str] = &[
    "name",
    "full name",
    "candidate name",
    "nombre",
    "nom",
    "nome",
    "naam",
    "vor und nachname",
    "candidate",
    "applicant name",
    "first name",
];
/// Words that are never part of a name.
static NEVER: WordSet = WordSet::of(&[
    "resume",
    "cv",
    "curriculum",
    "vitae",
    "page",
    "phone",
    "email",
    "mail",
    "contact",
    "address",
    "profile",
    "summary",
    "objective",
    "mobile",
    "linkedin",
    "github",
    "website",
    "portfolio",
    "skills",
    "education",
    "experience",
    "university",
    "college",
    "institute",
    "school",
    "references",
    "about",
    "me",
    "the",
    "and",
    "of",
    "with",
    "for",
    "in",
    "to",
    "information",
    "personal",
    "details",
    "date",
    "birth",
    "nationality",
    "work",
    "professional",
    "career",
    "technical",
    "software",
    "data",
    "web",
    "full",
    "stack",
    "front",
    "end",
    "back",
    "seeking",
    "my",
    "i",
    "am",
    "hello",
    "hi",
    "updated",
    "last",
    "lebenslauf",
    "street",
    "road",
    "avenue",
    "india",
    "usa",
    "confidential",
    "indeed",
    "willing",
    "relocate",
    "projects",
    "languages",
    "awards",
    "certifications",
    "declaration",
    "company",
    "inc",
    "ltd",
    "llc",
    "pvt",
    "department",
    "computer",
    "science",
    "engineering",
    "technology",
    "business",
    "management",
    "present",
    "hobbies",
    "interests",
    "core",
    "competencies",
    "expertise",
    "location",
    "status",
    "at",
    "on",
]);

/// A possible name.
struct Candidate<'t> {
    text: &'t str,
    line: usize,
    start: usize,
    /// Place among the visible lines that hold text.
    rank: usize,
    labelled: bool,
    /// The candidate is all the text of its line.
    whole_line: bool,
    /// Words of the next line, when a name is set over two lines.
    second: Option<&'t str>,
}

/// The best name; a name derived from an e-mail address stays below [`SURE`].
pub(super) fn find(
    lines: &Lines<'_>,
    lexicon: &Lexicon,
    emails: &[Found<String>],
    links: &[Found<WebLink>],
) -> Option<Found<String>> {
    if let Some(mut found) = lines.labelled(Label::Name) {
        found.value = reading_case(&found.value);
        return Some(found);
    }
    let handles = handles(emails, links);
    let largest = lines.visible().take(NAME_LINES * 2).map(|(_, line)| line.style.size_pt).fold(0.0, f32::max);
    let mut best: Option<Found<String>> = None;
    for candidate in candidates(lines) {
        let line = &lines.text.lines[candidate.line];
        let known = best.as_ref().map_or(f32::NEG_INFINITY, |best| best.evidence.score);
        let has_runner_up = best.as_ref().is_some_and(|best| best.evidence.runner_up.is_some());
        if has_runner_up && at_most(&candidate, line, largest) <= known {
            continue;
        }
        let Some((score, reason)) = score(&candidate, line, lines, lexicon, &handles, (largest, known)) else {
            continue;
        };
        if has_runner_up && known >= score {
            continue;
        }
        let written = candidate
            .second
            .map_or_else(|| candidate.text.to_string(), |second| format!("{} {second}", candidate.text));
        let found = Found {
            value: reading_case(&written),
            evidence: evidence(candidate.line, candidate.start, candidate.start + candidate.text.len(), score, &reason),
        };
        match &mut best {
            Some(known) if known.evidence.score >= score => {
                if known.evidence.runner_up.is_none() && known.value != found.value {
                    known.evidence.runner_up = Some(found.value);
                }
            }
            _ => {
                let runner_up = best.take().map(|known| known.value);
                best = Some(found);
                if let Some(best) = &mut best {
                    best.evidence.runner_up = runner_up;
                }
            }
        }
    }
    best.filter(|name| name.evidence.score >= SURE).or_else(|| from_email(emails))
}

/// The fields of the top lines that could be a name by their outer form.
fn candidates<'t>(lines: &Lines<'t>) -> Vec<Candidate<'t>> {
    let mut found = Vec::new();
    let visible: Vec<(usize, &Line)> = lines.visible().take(NAME_LINES * 2).collect();
    for (rank, (index, line)) in visible.iter().enumerate() {
        let deep = rank >= NAME_LINES && !lines.contact[*index];
        if deep || lines.referees[*index] || line.text.len() > 200 {
            continue;
        }
        for (start, field) in fields(&line.text) {
            let (text, offset, labelled) = trimmed(field);
            if text.is_empty() {
                continue;
            }
            let whole_line = text.len() + 2 >= line.text.trim().len();
            let next = visible.get(rank + 1).filter(|(_, next)| whole_line && same_look(line, next));
            let single = |text: &str| {
                text.split_whitespace().count() == 1
                    && text.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '\'' | '’'))
            };
            let second = next.map(|(_, next)| next.text.trim()).filter(|second| single(text) && single(second));
            found.push(Candidate { text, line: *index, start: start + offset, rank, labelled, whole_line, second });
        }
    }
    found
}

/// Two lines that look alike and unlike body text: a name set over two lines.
fn same_look(line: &Line, next: &Line) -> bool {
    let size =
        line.style.size_pt > 0.0 && (line.style.size_pt - next.style.size_pt).abs() < 0.6 && line.style.size_pt > 14.0;
    size || (line.style.heading == 1 && next.style.heading == 1)
}

/// Cuts labels, honorifics, `Resume of`, degrees and contacts off a field: the rest, its offset, whether a label named it.
fn trimmed(field: &str) -> (&str, usize, bool) {
    let mut text = field;
    let mut labelled = false;
    if let Some((label, rest)) = field.split_once(':') {
        labelled = NAME_LABELS.contains(&key(label).as_str());
        if labelled {
            text = rest.trim_start();
        }
    }
    let offset = |text: &str| text.as_ptr() as usize - field.as_ptr() as usize;
    // "Jane Doe jane@example.com", "Jane Doe (she/her)", "Jane Doe, PhD"
    let cut = text.char_indices().find(|(at, letter)| {
        let word_start = *at == 0 || text[..*at].ends_with(' ');
        letter.is_ascii_digit()
            || matches!(letter, '(' | ',' | '+' | '<' | '[' | ':')
            || word_start && (text[*at..].starts_with("http") || text[*at..].starts_with("www."))
    });
    text = cut.map_or(text, |(at, _)| &text[..at]);
    if let Some(at) = text.find('@') {
        text = text[..at].rfind(' ').map_or("", |blank| &text[..blank]);
    }
    loop {
        text = text
            .trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '-' | '–' | ':' | '*' | '_' | '#'));
        let first = text.split([' ', '\u{a0}']).next().unwrap_or("");
        let last = text.rsplit([' ', '\u{a0}']).next().unwrap_or("");
        if first.len() == text.len() {
            break;
        }
        let (first_key, last_key) = (key(first), key(last));
        let leading = HONORIFICS.contains(&first_key.as_str()) && (first.ends_with('.') || first.len() > 2)
            || matches!(first_key.as_str(), "resume" | "cv" | "of" | "name");
        let trailing = matches!(last_key.as_str(), "resume" | "cv")
            || SUFFIXES.contains(&last_key.as_str()) && last.chars().skip(1).any(char::is_uppercase);
        match (leading, trailing) {
            (true, _) => text = &text[first.len()..],
            (_, true) => text = &text[..text.len() - last.len()],
            _ => break,
        }
    }
    (text, if text.is_empty() { 0 } else { offset(text) }, labelled)
}

/// Sums the features of a candidate; none if it cannot be a name at all. Of one that cannot get above `known` only the upper bound
/// is given: look-ups of headings, titles, skills, organisations, places and degrees all speak against a name.
fn score(
    candidate: &Candidate<'_>,
    line: &Line,
    lines: &Lines<'_>,
    lexicon: &Lexicon,
    handles: &[String],
    (largest, known): (f32, f32),
) -> Option<(f32, String)> {
    let text = candidate.text;
    let shape = shape(text)?;
    let words = Words::of(text);
    // A Chinese, Japanese or Korean name is one word of two to four signs.
    let signs = text.chars().filter(|letter| is_cjk(*letter)).count();
    let count = words.len() + usize::from(candidate.second.is_some()) + usize::from((2..=4).contains(&signs));
    if count == 0 || count > 6 || words.iter().any(|(_, term)| NEVER.contains(term)) {
        return None;
    }
    let second = candidate.second.map(key).unwrap_or_default();
    if candidate.second.is_some() && (NEVER.contains(&second) || lexicon.headings().is_known(&second)) {
        return None;
    }
    let terms: Vec<&str> = words
        .iter()
        .map(|(_, term)| term)
        .chain(std::iter::once(second.as_str()).filter(|term| !term.is_empty()))
        .collect();
    let agreement = handles.iter().map(|handle| agreement(handle, &terms)).fold(0.0, f32::max);
    let heading = lines.heading[candidate.line];
    let is_largest = largest > 0.0 && line.style.size_pt >= largest * 0.97 && largest >= 14.0;
    let most: f32 =
        outer(candidate, line, (shape, count), agreement, is_largest).iter().map(|(_, points)| points).sum();
    if most <= known {
        return Some((most, String::new()));
    }
    let known_heading =
        lexicon.headings().lookup(text).is_some_and(|found| found.kind != SectionKind::Other || found.strong);
    let title = lexicon.titles().score(text);
    let skill = lexicon.skills().canonical(text).is_some()
        || count > 1
            && (0..words.len()).any(|at| {
                lexicon.skills().longest(&words, at).is_some_and(|(length, surface)| {
                    (length > 1 || words.term(at).len() > 3) && surface.ambiguous.is_none() && !surface.listed_only
                })
            });
    let org = lexicon.orgs().cues(text).len();
    let place = count <= 3
        && (lexicon.places().country(text).is_some()
            || lexicon.places().is_region(text)
            || count == 1 && lexicon.places().is_city(text));
    let degree = !lexicon.degrees().find(text, false).is_empty();
    let mut features = outer(candidate, line, (shape, count), agreement, is_largest);
    let against = [
        ("section heading", heading && candidate.rank > 1, -2.0),
        ("words of a heading", known_heading, -6.0),
        ("words of a title", title.headword && agreement < 3.0, -4.0),
        ("skill", skill && agreement < 4.0, -3.0),
        ("organisation", org > 0 && agreement < 3.0, -4.0),
        ("place", place && agreement < 4.0, -3.0),
        ("degree", degree, -4.0),
        ("page header or footer", line.furniture, -1.0),
    ];
    features.extend(against.iter().filter(|(_, holds, _)| *holds).map(|(name, _, points)| (*name, *points)));
    let mut reason = String::new();
    for (name, points) in &features {
        reason.push_str(&format!("{}{name} {points:+}", if reason.is_empty() { "" } else { ", " }));
    }
    Some((features.iter().map(|(_, points)| points).sum(), reason))
}

/// What a candidate can get by its line alone, were its words the best of names.
fn at_most(candidate: &Candidate<'_>, line: &Line, largest: f32) -> f32 {
    let is_largest = largest > 0.0 && line.style.size_pt >= largest * 0.97 && largest >= 14.0;
    outer(candidate, line, (Shape::Capitals, 2), 5.0, is_largest).iter().map(|(_, points)| points).sum()
}

/// The features that need no look-up and hold: form, place on the page, look, agreement with addresses.
fn outer(
    candidate: &Candidate<'_>,
    line: &Line,
    (shape, count): (Shape, usize),
    agreement: f32,
    is_largest: bool,
) -> Vec<(&'static str, f32)> {
    let features = [
        ("label", candidate.labelled, 5.0),
        ("two to four words with capitals", shape == Shape::Capitals && (2..=4).contains(&count), 3.0),
        ("small letters only", shape == Shape::Small, 0.5),
        ("five words or more", count >= 5, -1.0),
        ("one word", count == 1, -1.5),
        ("agrees with e-mail or link", agreement > 0.0, agreement),
        ("first line", candidate.rank == 0, 3.0),
        ("among the first lines", (1..=4).contains(&candidate.rank), 1.0),
        ("far down", candidate.rank > 12, -1.0),
        ("whole line", candidate.whole_line, 0.5),
        ("largest letters", is_largest, 3.0),
        ("top heading", line.style.heading == 1, 2.0),
        ("bold", line.style.bold && !is_largest, 1.0),
        ("list item", line.style.bullet, -2.0),
    ];
    features.iter().filter(|(_, holds, _)| *holds).map(|(name, _, points)| (*name, *points)).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Every word begins with a capital, or is a particle or initial; or the script has no case.
    Capitals,
    /// No capital at all.
    Small,
}

/// The shape of a name: letters, apostrophes, hyphens, dots only; none for anything else.
fn shape(text: &str) -> Option<Shape> {
    let allowed = |letter: char| {
        letter.is_alphabetic()
            || unicode_normalization::char::is_combining_mark(letter)
            || matches!(letter, ' ' | '\u{a0}' | '\'' | '’' | '-' | '.' | '‐' | '`')
    };
    if !text.chars().all(allowed)
        || text.chars().filter(|letter| letter.is_alphabetic()).count() < 2
        || text.ends_with('.') && !text.ends_with("r.") && text.len() > 3 && text.split_whitespace().count() > 4
    {
        return None;
    }
    let starts =
        || text.split([' ', '\u{a0}']).filter_map(|word| word.chars().next()).filter(|letter| letter.is_alphabetic());
    let particles = text.split(' ').filter(|word| word.chars().next().is_some_and(char::is_lowercase)).count();
    let total = starts().count();
    if starts().all(|letter| letter.is_lowercase()) {
        return Some(Shape::Small);
    }
    let long_particle =
        text.split(' ').any(|word| word.chars().next().is_some_and(char::is_lowercase) && word.chars().count() > 4);
    (particles == 0 || particles * 2 <= total && !long_particle).then_some(Shape::Capitals)
}

fn is_cjk(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{3040}'..='\u{30ff}')
}

/// Local parts of e-mail addresses and account names, letters only.
fn handles(emails: &[Found<String>], links: &[Found<WebLink>]) -> Vec<String> {
    let locals = emails.iter().filter_map(|email| email.value.split('@').next());
    let accounts = links.iter().filter_map(|link| link.value.username.as_deref());
    let hosts = links
        .iter()
        .filter(|link| link.value.network == "web")
        .filter_map(|link| link.value.url.split("://").nth(1)?.split('/').next());
    let all = locals.chain(accounts).chain(hosts);
    all.map(|handle| {
        handle.chars().filter(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase).collect::<String>()
    })
    .filter(|handle: &String| handle.len() >= 3)
    .collect()
}

/// How well a handle agrees with the words of a name: `adalovelace`, `alovelace`, `lovelace`, `adal`.
fn agreement(handle: &str, terms: &[&str]) -> f32 {
    let found: Vec<&&str> = terms.iter().filter(|term| term.len() >= 3 && handle.contains(**term)).collect();
    let letters: usize = found.iter().map(|term| term.len()).sum();
    if found.len() >= 2 {
        return 5.0;
    }
    if let [only] = found[..] {
        let rest = handle.replacen(*only, "", 1);
        let initials = terms
            .iter()
            .filter(|term| *term != only)
            .any(|term| rest.starts_with(&term[..term.chars().next().map_or(0, char::len_utf8)]));
        return if (initials && !rest.is_empty()) || letters * 2 >= handle.len() { 4.0 } else { 2.5 };
    }
    // "adalin" of Ada Lindt: the beginnings of the words in order.
    let start =
        |length: usize| terms.iter().map(|term| term.chars().take(length).collect::<String>()).collect::<String>();
    let short = terms.len() >= 2 && (2..=4).any(|length| handle.starts_with(&start(length)));
    let initials: String = start(1);
    if short {
        3.0
    } else if terms.len() >= 2 && initials.len() >= 2 && handle.starts_with(&initials) {
        1.0
    } else {
        0.0
    }
}

/// `ada.lovelace@example.com` → Ada Lovelace, unsure.
fn from_email(emails: &[Found<String>]) -> Option<Found<String>> {
    let email = emails.first()?;
    let local = email.value.split('@').next()?;
    let words: Vec<&str> = local
        .split(['.', '_', '-'])
        .map(|part| part.trim_matches(|letter: char| letter.is_ascii_digit()))
        .filter(|part| part.len() > 1)
        .collect();
    let shaped = words.len() >= 2 && words.len() <= 3 && words.iter().all(|word| word.chars().all(char::is_alphabetic));
    let mut place = email.evidence.clone();
    place.score = 2.0;
    place.reason = "from the e-mail address +2".to_string();
    shaped.then(|| Found { value: reading_case(&words.join(" ")), evidence: place })
}
