//! The subject of a degree without a word that joins them: `BSc Fishery`, `Licence Lettres modernes`, `magister ekonomii`. In: a line and
//! the bytes behind the degree. Out: the bytes of the subject. Does NOT find degrees.

use super::fields;
use super::scan;
use crate::lexicon::{DegreeMention, Lexicon};
use std::ops::Range;

/// `Master of Arts`: the subject of the mention is a word of the form itself.
pub(super) fn is_within(text: &str, mention: &DegreeMention) -> bool {
    let subject = mention.subject.as_ref();
    subject.and_then(|subject| text.get(mention.span.end..subject.start)).is_some_and(|between| between.trim() == "of")
}

/// The name is, begins or ends like a field of study.
pub(super) fn is_known(name: &str, lexicon: &Lexicon) -> bool {
    let last = name.rsplit(' ').next().unwrap_or("").to_lowercase();
    lexicon.subjects().at_start(name).is_some()
        || ["engineering", "science", "sciences", "studies", "psychology", "technology"].contains(&last.as_str())
}

/// `BSc Fishery, Fjord University`: the capitalised words between the degree and the next comma, if they name no school.
pub(super) fn bare(text: &str, rest: Range<usize>, lexicon: &Lexicon) -> Option<Range<usize>> {
    if let Some(span) = labelled(text, &rest) {
        return Some(span);
    }
    if let Some(behind) = text[rest.clone()].strip_prefix(", ") {
        // "MSc, Computer Systems and Networks": behind a comma only what begins like a field of study
        let start = rest.start + 2;
        let length = behind.find([',', '(', ';', '–', '|']).unwrap_or(behind.len());
        let span = fields::trim(text, start..start + length);
        let known = is_known(&text[span.clone()], lexicon);
        let school = lexicon.orgs().school_score(&text[span.clone()]) > 0.0;
        return (known && !school && text[span.clone()].split_whitespace().count() <= 6).then_some(span);
    }
    let part = text[rest.clone()].strip_prefix(' ')?;
    // "NVQ Level 3 Fishery": the level stands between the form and the subject.
    if let Some(level) = behind_level(part) {
        let start = rest.start + 1 + level;
        return bare(text, start..rest.end, lexicon).or_else(|| Some(fields::trim(text, rest.start..start)));
    }
    let length = part.find([',', '(', ';', ':', '–', '-', '|', '/', '+']).unwrap_or(part.len());
    let length = before_french_school(&part[..length]);
    let span = fields::trim(text, rest.start + 1..rest.start + 1 + length);
    let name = &text[span.clone()];
    let words = name.split_whitespace().count();
    let capital = |word: &str| word.starts_with(char::is_uppercase) || JOINERS.contains(&word);
    let lower = |word: &str| word.chars().count() >= 5 && !NO_SUBJECT.contains(&word);
    let all_capital = words <= 6 && name.starts_with(char::is_uppercase) && name.split_whitespace().all(capital);
    // "Lettres modernes", "Maintenance industrielle": the first noun in capitals, what describes it not.
    let first_capital = words <= 4
        && name.starts_with(char::is_uppercase)
        && name.split_whitespace().all(|word| capital(word) || lower(word));
    // "magister ekonomii", "Бакалавр экономики"
    // "Master chef de projet web", "Licence professionnelle métiers du livre"
    let small = |word: &str| {
        matches!(word, "de" | "des" | "du" | "et" | "en" | "la") || word.starts_with("d'") || word.starts_with("d’")
    };
    let phrase =
        || (3..=8).contains(&words) && name.starts_with(char::is_lowercase) && name.split_whitespace().any(small);
    let few = || words <= 2 && name.split_whitespace().all(lower);
    let foreign = is_foreign(text[..rest.start].trim_end()) && (few() || phrase());
    let fits = words > 0 && name.len() > 3 && (all_capital || first_capital || foreign);
    let other = lexicon.orgs().school_score(name) > 0.0
        || lexicon.schools().lookup(name).is_some()
        || lexicon.places().city_alone(name).is_some();
    let again = !lexicon.degrees().find(name, true).is_empty();
    (fits && !other && !again).then_some(span)
}

/// Bytes of `Level 3` in front of other words, or of all of it.
fn behind_level(part: &str) -> Option<usize> {
    let digits = part.strip_prefix("Level ").or_else(|| part.strip_prefix("level "))?;
    let is_one = digits.starts_with(|digit: char| digit.is_ascii_digit());
    (is_one && !digits[1..].starts_with(char::is_alphanumeric)).then(|| part.len() - digits.len() + 1)
}

/// Labels of a field of study behind a degree, lower case, longest first.
const LABELS: &[&str] = &[
    "kierunek",
    "specjalność",
    "specializing in",
    "specialising in",
    "specialization in",
    "specialisation in",
    "specialization",
    "specialisation",
    "especialidad en",
    "especialidad",
    "spécialité",
    "mention",
    "option",
    "parcours",
    "specialità",
    "indirizzo",
    "fachrichtung",
    "schwerpunkt",
    "специальность",
    "направление",
    "concentration in",
    "concentration",
    "majoring in",
    "major in",
    "major",
    "field of study",
    "stream",
];

/// `magister, kierunek: finanse`, `Ingeniería Técnica, especialidad Mecánica`: what stands behind the label, up to the next sign.
fn labelled(text: &str, rest: &Range<usize>) -> Option<Range<usize>> {
    let behind = text[rest.clone()].trim_start_matches([',', ' ', '-', '–', '(', ';', ')', ':', '.']);
    let at = rest.end - behind.len();
    if at == rest.start || !behind.starts_with(char::is_alphabetic) {
        return None;
    }
    let lower: String = behind.chars().take(24).flat_map(char::to_lowercase).collect();
    let label = LABELS.iter().find(|label| lower.starts_with(**label))?;
    let name = behind.get(label.len()..)?;
    if !name.starts_with([':', ' ']) {
        return None;
    }
    let length = name.find([',', '(', ';', '|', '\t', '–', ')']).unwrap_or(name.len());
    let start = rest.end - name.len();
    let span = fields::trim(text, start..start + length);
    let words = text[span.clone()].split_whitespace().count();
    // "mention bien", "option: yes"
    let graded = ["bien", "tres", "très", "assez", "passable"]
        .iter()
        .any(|word| text[span.clone()].to_lowercase().starts_with(word));
    ((1..=7).contains(&words) && span.len() > 3 && !graded).then_some(span)
}

/// `conception de ponts à l’EPRA`, `Commerce au Lycée …`: bytes in front of the school's preposition, which a name follows.
fn before_french_school(part: &str) -> usize {
    if part.is_ascii() && scan::find(part, " au ").is_none() {
        return part.len();
    }
    let named = |(at, word): (usize, &str)| part[at + word.len()..].starts_with(char::is_uppercase).then_some(at);
    let places = |word| part.match_indices(word).find_map(named);
    [" à l’", " à l'", " à la ", " à ", " au "].into_iter().filter_map(places).min().unwrap_or(part.len())
}

/// School words that end a subject when no sign stands between: `Computer Science Dune University`.
const SCHOOL_WORDS: &[&str] = &["university", "college", "institute", "school", "academy", "universität", "université"];

/// `subject` without the name of the school that follows it on the line without a sign between them.
pub(super) fn before_school(text: &str, subject: Range<usize>, field: usize, lexicon: &Lexicon) -> Range<usize> {
    let subject = subject.start..subject.start + before_french_school(&text[subject.clone()]);
    let behind = text[subject.end..field].trim_start().to_lowercase();
    if !SCHOOL_WORDS.iter().any(|word| behind.starts_with(word)) {
        return subject;
    }
    let end = text[subject.end..field].find([',', '(', '|', '\t', ';']).map_or(field, |at| subject.end + at);
    let starts = || text[subject.clone()].match_indices([' ', '-']).map(|(at, _)| subject.start + at + 1);
    let known = starts().find(|start| lexicon.schools().lookup(text[*start..end].trim_end()).is_some());
    // "University of Bergen" begins with the school word; "Bergen Institute of Technology" does not.
    let whole = behind.starts_with("univ");
    let with_of =
        whole && behind.split_whitespace().nth(1).is_some_and(|word| matches!(word, "of" | "at" | "for" | "de"));
    let studied = || if with_of { None } else { end_of_studies(text, &subject, lexicon) };
    let start = known.or_else(studied);
    start.map_or(subject.clone(), |start| fields::trim(text, subject.start..start))
}

/// `Business Management and Fishery Blue Bay …`: the school begins where the fields of study end.
fn end_of_studies(text: &str, subject: &Range<usize>, lexicon: &Lexicon) -> Option<usize> {
    let mut at = subject.start;
    while let Some(rest) = behind_first(&text[at..subject.end], lexicon) {
        at = subject.end - rest.len();
    }
    let studies = &text[subject.start..at];
    let joined =
        studies.trim_end().ends_with(['&', '/']) || [" and ", " And "].iter().any(|and| studies.ends_with(and));
    (at > subject.start && at < subject.end && !joined).then_some(at)
}

/// What stands behind the field of study that `text` begins with, and behind the sign or `and` that joins it with the next.
pub(super) fn behind_first<'t>(text: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    let (length, _) = lexicon.subjects().at_start(text)?;
    let mut next = &text[length..];
    // "Fishery Engineering Technology", "Liberal Arts And Sciences"
    while let Some(rest) =
        TAILS.iter().find_map(|tail| next.strip_prefix(tail)).filter(|rest| rest.is_empty() || rest.starts_with(' '))
    {
        next = rest;
    }
    let next = next.trim_start_matches([' ', '/', '&', ',']);
    Some(["and ", "And "].iter().find_map(|and| next.strip_prefix(and)).unwrap_or(next))
}

/// Words that go on a field of study we know without them.
const TAILS: &[&str] = &[
    " Technology",
    " Management",
    " Studies",
    " Science",
    " Sciences",
    " and Sciences",
    " And Sciences",
    " Engineering",
    " Systems",
    " Communication",
    " Communications",
    " Administration",
    " Education",
    " Design",
];

/// All of `text` is fields of study.
pub(super) fn are_studies(text: &str, lexicon: &Lexicon) -> bool {
    let mut rest = text;
    while let Some(next) = behind_first(rest, lexicon) {
        rest = next;
    }
    rest.is_empty() && !text.is_empty()
}

/// `BS⇥Blue Bay University, Computer Science`: the field of study behind the school on the line of a degree that has none.
pub(super) fn behind_school(text: &str, school: usize, lexicon: &Lexicon) -> Option<Range<usize>> {
    let behind = text[school..].strip_prefix(", ")?;
    let start = school + 2;
    let length = behind.find(['\t', '|', '(', ';', ',', '–']).unwrap_or(behind.len());
    let span = fields::trim(text, start..start + length);
    let name = &text[span.clone()];
    let known = is_known(name, lexicon);
    let place = lexicon.places().is_city(name) || lexicon.places().is_region(name);
    (known && !place && name.split_whitespace().count() <= 7).then_some(span)
}

/// Small words inside subjects.
const JOINERS: &[&str] =
    &["and", "&", "of", "et", "y", "e", "de", "des", "du", "la", "und", "i", "w", "für", "en", "di"];

/// Words behind a degree that are no subject.
const NO_SUBJECT: &[&str] = &[
    "graduate",
    "degree",
    "holder",
    "completed",
    "passed",
    "obtained",
    "first",
    "class",
    "course",
    "student",
    "program",
    "programme",
    "graduated",
    "pursuing",
    "equivalent",
    "level",
    "complete",
    "completo",
    "cursando",
    "years",
    "candidate",
    "mention",
    "option",
    "awarded",
    "distinction",
    "honours",
    "honors",
    "abgeschlossen",
    "obtenu",
    "niveau",
    "specialized",
];

/// Degrees of languages that write subjects in small letters; their folded beginnings.
const FOREIGN: &[&str] = &[
    "magister",
    "mgr",
    "licencjat",
    "inzynier",
    "baccalaureat",
    "bac",
    "licence",
    "maitrise",
    "бакалавр",
    "магистр",
    "специалист",
    "kandidat",
    "laurea",
    "licenciatura",
    "diplome",
    "doctorat",
    "master",
    "professionnel",
];

/// The last word in front of the subject is a degree of such a language.
fn is_foreign(before: &str) -> bool {
    let word = crate::lexicon::words::key(before.rsplit([' ', ',', '\t', '|']).next().unwrap_or(""));
    FOREIGN.iter().any(|start| word.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, degree: &str, expected: Option<&str>) {
        let found = bare(text, degree.len()..text.len(), &Lexicon::builtin()).map(|span| &text[span]);
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn subjects_without_a_joining_word() {
        check("BSc Fishery, Fjord University", "BSc", Some("Fishery"));
        check("Licence Lettres modernes, Université des Embruns", "Licence", Some("Lettres modernes"));
        check("magister ekonomii", "magister", Some("ekonomii"));
        check("NVQ Level 3 Boat Building, Fjord College", "NVQ", Some("Boat Building"));
        check("NVQ Level 3", "NVQ", Some("Level 3"));
    }

    #[test]
    fn other_words_behind_a_degree() {
        check("BSc graduate with honours", "BSc", None);
        check("MBA Blue Bay College", "MBA", None);
        check("magister completed", "magister", None);
    }
}
