//! Is this word here a degree? In: a match of the degree table and its surroundings. Out: yes or no. The rules are for forms
//! that are also something else: `MS` (Mississippi, Microsoft), `BE` (a verb), `Master` (Scrum Master).

use super::degrees::DegreeRow;
use super::words::{Gap, Word, Words};

/// A match of the degree table in its line.
pub(super) struct Place<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a Words,
    /// First word of the match.
    pub(super) at: usize,
    /// Words of the match.
    pub(super) length: usize,
    pub(super) in_education: bool,
}

/// Word behind the form → the form is not a degree (`MS Office`, `master data`).
const NOT_BEFORE: &[(&str, &[&str])] = &[
    // How well a language is spoken, how deep a course goes.
    (
        "intermediate",
        &[
            "microeconomics",
            "macroeconomics",
            "accounting",
            "algebra",
            "statistics",
            "programming",
            "finance",
            "english",
            "spanish",
            "french",
            "german",
            "italian",
            "portuguese",
            "dutch",
            "russian",
            "chinese",
            "mandarin",
            "japanese",
            "korean",
            "arabic",
            "hindi",
            "level",
            "knowledge",
            "proficiency",
        ],
    ),
    (
        "ms",
        &[
            "office",
            "excel",
            "word",
            "sql",
            "powerpoint",
            "access",
            "teams",
            "windows",
            "dynamics",
            "azure",
            "project",
            "visio",
            "outlook",
            "paint",
            "dos",
            "exchange",
            "sharepoint",
        ],
    ),
    ("as", &["400", "a", "the", "well", "an"]),
    (
        "master",
        &[
            "data",
            "plan",
            "planning",
            "electrician",
            "chef",
            "trainer",
            "schedule",
            "branch",
            "black",
            "class",
            "plumber",
            "budget",
            "service",
            "agreement",
            "of ceremonies",
        ],
    ),
    ("bachelor", &["pad", "party"]),
    (
        "associate",
        &[
            "director",
            "professor",
            "manager",
            "consultant",
            "engineer",
            "developer",
            "software",
            "vice",
            "editor",
            "analyst",
            "counsel",
        ],
    ),
    ("graduate", &["student", "engineer", "trainee", "research", "teaching", "assistant", "school"]),
    ("be", &["a", "the", "an", "able"]),
    // California
    ("ca", &["peace", "state", "treasurer", "department", "board", "licence", "license", "driver", "real", "teaching"]),
];
/// Word in front of the form → the form is not a degree (`Scrum Master`).
const NOT_AFTER: &[(&str, &[&str])] = &[
    (
        "master",
        &[
            "scrum", "web", "post", "station", "yard", "quarter", "pay", "ring", "task", "quiz", "toast", "head",
            "grand", "the",
        ],
    ),
    ("bachelor", &["status", "the"]),
    (
        "associate",
        &[
            "sales",
            "research",
            "certified",
            "developer",
            "architect",
            "administrator",
            "retail",
            "warehouse",
            "senior",
            "engineer",
            "business",
        ],
    ),
    ("be", &["will", "to", "can", "may", "would", "should", "must", "could", "not"]),
];
/// Whole-word degrees that need `of`, `in`, `degree` or a possessive behind them.
const NEEDS_OF: &[&str] = &["master", "bachelor", "associate", "doctor", "associates"];

/// Short forms that are no words, and so are degrees in small letters too where they open a line of an education section.
const LOWER: &[&str] = &["bca", "mca", "bba", "mba", "bsc", "msc", "phd", "llb", "llm", "ssc", "hsc"];

/// The match is a degree.
pub(super) fn accepts(place: &Place<'_>, row: &DegreeRow, is_subject_at: impl Fn(usize) -> bool) -> bool {
    let Some(first) = place.words.get(place.at) else { return false };
    let after = place.at + place.length;
    let last_end = place.words.get(after - 1).map_or(first.end, |word| word.end);
    let written = &place.text[first.start..last_end];
    let form = place.words.run(place.at, after);
    let next = place.words.term(after);
    let before = place.at.checked_sub(1).map_or("", |index| place.words.term(index));
    let listed = |table: &[(&str, &[&str])], word: &str| {
        table.iter().any(|(name, words)| *name == form && words.contains(&word))
    };
    // An honorary doctorate is an award.
    let honorary = matches!(before, "honorary" | "hon") && row.level == Some(crate::model::DegreeLevel::Doctorate);
    let french = place.in_education && form == "master" && is_french(place, after);
    if listed(NOT_BEFORE, next) && !french || listed(NOT_AFTER, before) || honorary || next == "honoris" {
        return false;
    }
    let followed = matches!(next, "in" | "of" | "degree" | "en") || (is_subject_at(after) && !is_far(place, after));
    let dotted = written.contains('.');
    if form == "bit" && !followed {
        return false; // a school, or the smallest piece of a message
    }
    // "Md Anwar", "Med vänliga hälsningar": a name, a Swedish word.
    let joins = place.words.get(after).is_some_and(|word| word.gap == Gap::Space);
    if matches!(written, "Md" | "Med") && joins && !followed {
        return false;
    }
    // The English word; French résumés write Thèse.
    if form == "these" && !written.contains(['è', 'È']) {
        return false;
    }
    // "Office of Dr. Alba", "Dr. A. B. Alba College": the title of a person.
    let names = |word: &Word| word.gap != Gap::Hard && place.text[word.start..].starts_with(char::is_uppercase);
    if matches!(form, "dr" | "pd dr") && !followed && place.words.get(after).is_some_and(names) {
        return false;
    }
    let letters = form.chars().filter(|letter| letter.is_alphabetic()).count();
    // "B. A." in full, not two letters of a list
    if place.length == 2 && letters == 2 && !dotted {
        return false;
    }
    // "Associate in the bakery" is a title, but not among the schools.
    if form == "associate" && !place.in_education {
        return next == "degree";
    }
    if NEEDS_OF.contains(&form) {
        let possessive = written.contains(['\'', '’']);
        return matches!(next, "of" | "in" | "degree" | "en")
            || (place.in_education && matches!(next, "i" | "em"))
            || (possessive && place.in_education)
            || (place.in_education && (followed || french || heads_field(place, form)));
    }
    if letters <= 3 && place.length == 1 {
        let worded = written.starts_with(char::is_alphabetic);
        let opens = place.in_education && place.at == 0 && LOWER.contains(&form);
        if worded && !opens && !dotted && written.chars().any(char::is_lowercase) && !is_mixed(written) {
            return false; // "be", "as", "me"
        }
        if !dotted && letters == 2 && is_state_position(place, after) {
            return false; // "Boston, MA"
        }
        let joined = first.gap == Gap::Space && place.at > 0;
        if !dotted && letters == 2 && joined && !place.text.contains(|letter: char| letter.is_lowercase()) {
            return false; // "COULD ALSO BE USEFUL"
        }
    }
    let short = letters <= 2 && place.length == 1;
    if row.ambiguous || short {
        // "BA (Hons) Fishery"
        let honours = matches!(place.words.term(after), "hons" | "honours" | "honors");
        return followed || place.in_education || honours;
    }
    true
}

/// `Master Communication`, `Bachelor` alone: the first word of a cell, and behind it nothing or a capitalised subject, as in
/// most of Europe.
fn heads_field(place: &Place<'_>, form: &str) -> bool {
    let (Some(first), false) = (place.words.get(place.at), !matches!(form, "master" | "bachelor")) else {
        return false;
    };
    let opens = place.at == 0 || first.gap == Gap::Hard;
    let capital = |at: usize| place.text[at..].starts_with(char::is_uppercase);
    let subject = place.words.get(place.at + place.length);
    opens && capital(first.start) && subject.is_none_or(|next| next.gap == Gap::Hard || capital(next.start))
}

/// `Master chef de projet`, `Master conducteur d'engins`: small letters behind the form, and a small French word soon after.
fn is_french(place: &Place<'_>, after: usize) -> bool {
    let lower =
        |at: usize| place.words.get(at).is_some_and(|word| place.text[word.start..].starts_with(char::is_lowercase));
    let joined =
        || (after + 1..after + 5).any(|at| matches!(place.words.term(at), "de" | "des" | "du" | "d" | "en" | "et"));
    let rest = || place.words.get(after).map_or("", |word| &place.text[word.start..]);
    let elided = || rest().contains(" d'") || rest().contains(" d’");
    lower(after) && (joined() || elided())
}

/// "Bsc", "Phd", "PhD": capital first.
fn is_mixed(written: &str) -> bool {
    written.chars().next().is_some_and(char::is_uppercase)
}

/// A tab or bar lies between the form and what follows: another cell, not its subject.
fn is_far(place: &Place<'_>, after: usize) -> bool {
    let end = place.words.get(after - 1).map_or(0, |word| word.end);
    let start = place.words.get(after).map_or(end, |word| word.start);
    place.text[end..start].contains(['\t', '|'])
}

/// `Boston, MA`, `Jackson, MS 39201`: behind a comma that ends a short name without a school word, and then nothing but a
/// number, a country or the end of the cell.
fn is_state_position(place: &Place<'_>, after: usize) -> bool {
    let Some(word) = place.words.get(place.at) else { return false };
    if !place.text[..word.start].trim_end().ends_with(',') {
        return false;
    }
    // "Blue Bay University Asheville, NC United States": the country tells, whatever stands in front.
    if place.words.term(after) == "united" && place.words.term(after + 1) == "states" {
        return true;
    }
    let ended = match place.words.get(after) {
        None => true,
        Some(next) => {
            // "Calgary, AB in 2021"
            let term = place.words.term(if place.words.term(after) == "in" { after + 1 } else { after });
            next.gap == Gap::Hard || term == "usa" || term == "us" || term.bytes().all(|byte| byte.is_ascii_digit())
        }
    };
    let mut from = place.at;
    while from > 0 && (from == place.at || place.words.get(from).is_some_and(|word| word.gap != Gap::Hard)) {
        from -= 1;
    }
    let name = place.words.run(from, place.at);
    let field =
        ["science", "engineering", "arts", "university", "college", "institute", "school", "studies", "business"];
    ended && place.at - from <= 3 && !field.iter().any(|word| name.contains(word))
}
