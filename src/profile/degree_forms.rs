//! Forms of degrees in a field → the bytes that belong to them: years of school, brackets, forms that are part of a school's name. In: a
//! line, a field, a form found in it. Out: byte ranges. Does NOT look forms up (that is the lexicon) and reads no schools.

use super::fields;
use super::schools;
use crate::lexicon::{DegreeMention, Lexicon, OrgCue};
use crate::model::DegreeLevel;
use std::ops::Range;

/// Kinds of schools that are also written for their diploma, and stand in front of the name of a school, lower case.
const NAMED_BY_KIND: &[&str] = &["liceo", "lukio", "sma", "smk"];

/// `Dune Valley High School`, `Istituto Tecnico Gabbiano`: the form is part of a school's name.
pub(super) fn in_school_name(text: &str, field: &Range<usize>, mention: &DegreeMention, lexicon: &Lexicon) -> bool {
    let (form, secondary) = (&mention.span, mention.level == Some(DegreeLevel::Secondary));
    let before = text[field.start..form.start].trim_end();
    // "Liceo Scientifico Gabbiano", "SMA Negeri 4"
    let named = text[form.end..field.end].strip_prefix(' ').is_some_and(|after| {
        after.starts_with(|letter: char| letter.is_uppercase() || matches!(letter, '"' | '“' | '«'))
    });
    if secondary && named && NAMED_BY_KIND.iter().any(|kind| text[form.clone()].to_lowercase().starts_with(kind)) {
        return true;
    }
    // "Govt. Polytechnic College, Harbour"
    let behind = text[form.end..field.end].trim_start();
    if before.ends_with('.')
        && text[form.clone()].eq_ignore_ascii_case("polytechnic")
        && ["College", "Institute", "University", "School"].iter().any(|word| behind.starts_with(word))
    {
        return true;
    }
    // "Acharya Blue Bay University"
    let honoured = matches!(&text[form.clone()], "Acharya" | "Shastri" | "ACHARYA" | "SHASTRI");
    if honoured && named && lexicon.orgs().school_score(&text[form.end..field.end]) > 0.0 {
        return true;
    }
    if are_initials(text, field, mention, lexicon) {
        return true;
    }
    let word = before.rsplit([' ', ',', '(']).next().unwrap_or("");
    let verb = ["completed", "passed", "attended", "graduated", "from", "in", "the", "and", "&", "my"]
        .contains(&word.to_lowercase().as_str());
    if word.is_empty() || verb || !before.contains(char::is_uppercase) || before.ends_with([',', ':', '(']) {
        return false;
    }
    // "Board of Secondary Education", "Council of Higher Secondary"
    let lower = before.to_lowercase();
    if lower.ends_with("board of") || lower.ends_with("council of") {
        return true;
    }
    let after = text[form.end..field.end].trim_start().to_lowercase();
    let written = text[form.clone()].to_lowercase();
    let paper = |after: &str| {
        let after = after.trim_start();
        ["diploma", "certificate", "degree", "leaving", "exam"].iter().any(|word| after.starts_with(word))
    };
    let school = (written.ends_with("school") || written.ends_with("skole")) && !paper(&after);
    // "Blue Bay Matriculation Higher Secondary School"
    let run = after.split([',', '(', '-', '–', ':', '\t', '|']).next().unwrap_or("");
    let ahead = run.split_whitespace().take(4).position(|word| matches!(word, "school" | "college"));
    let goes_on = ahead.is_some_and(|at| run.split_whitespace().nth(at + 1).is_none_or(|next| !paper(next)));
    let school = school || secondary && goes_on;
    // "Harbour State Polytechnic"
    let school = school || written == "polytechnic" && before.ends_with(|letter: char| letter.is_alphabetic());
    let behind_school_word = !written.contains(' ')
        && lexicon.orgs().cues(word).iter().any(|(_, cue)| *cue == OrgCue::School)
        && !["in ", "of ", "en ", "em ", "di "].iter().any(|joiner| after.starts_with(joiner));
    school || behind_school_word
}

/// `M. S. Gull Institute of Fishery`: initials in front of a name that has a school word before the first comma. Without the blank
/// (`B.A. Blue Bay College`) it is rather the degree.
fn are_initials(text: &str, field: &Range<usize>, mention: &DegreeMention, lexicon: &Lexicon) -> bool {
    let written = &text[mention.span.clone()];
    let letters = || written.chars().filter(|letter| letter.is_alphabetic());
    if !written.contains(". ")
        || letters().count() != 2
        || !letters().all(char::is_uppercase)
        || mention.subject.is_some()
    {
        return false;
    }
    let after = text[mention.span.end..field.end].trim_start_matches(['.', ' ']);
    let run = after.split([',', '(', '|', '\t', '–', ';']).next().unwrap_or("");
    let named = run.starts_with(char::is_uppercase) && run.split(' ').count() <= 8;
    named && lexicon.orgs().school_score(run) > 0.0 && lexicon.subjects().at_start(run).is_none()
}

/// `Master of Science (M.S.)`, `BSc in Fishery (BScF)`: the form in brackets is the same degree.
pub(super) fn once(text: &str, degrees: &mut Vec<(Range<usize>, DegreeMention)>) {
    let mut at = 1;
    while at < degrees.len() {
        let (long, short) = (&degrees[at - 1], &degrees[at]);
        let between =
            |from: usize, sign: &str| text.get(from..short.0.start).is_some_and(|between| between.trim() == sign);
        let bracketed = (between(long.1.span.end, "(") || between(long.0.end, "(")) && long.1.level == short.1.level;
        // "Ingeniería Técnica Industrial, especialidad Mecánica"
        let special = text[short.0.clone()].starts_with("especialidad") && between(long.0.end, ",");
        if bracketed || special {
            let (whole, short) = degrees.remove(at);
            let (long, mention) = &mut degrees[at - 1];
            let closed = whole.end + usize::from(text[whole.end..].starts_with(')'));
            long.end = long.end.max(closed);
            mention.subject = mention.subject.take().or(short.subject);
        } else {
            at += 1;
        }
    }
}

/// First byte of `Mgr. (master's)`, `Lic. (bachelor)`: the form in the bracket says what the words in front of it mean.
pub(super) fn explained(text: &str, field: &Range<usize>, form: &Range<usize>) -> Option<usize> {
    let before = text[field.start..form.start].strip_suffix('(').filter(|_| text[form.end..].starts_with(')'))?;
    let own = before.rsplit([',', ';', '|', '\t']).next().unwrap_or("").trim_start();
    let named = own.starts_with(char::is_uppercase) && own.split_whitespace().count() <= 4 && !own.contains('(');
    let plain = !own.contains(|letter: char| letter.is_ascii_digit());
    (named && plain).then_some(field.start + before.len() - own.len())
}

/// Years of school as degrees are written: `XII, Science`, `X (Secondary)`, `XI - XII`, `Class- XII`. Gives the bytes of the whole.
pub(super) fn class_level(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let piece = &text[span.clone()];
    let mut words = piece.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let labelled = words.next_if(|word| ["class", "std", "standard", "grade"].contains(&word.to_lowercase().as_str()));
    let classes = std::iter::from_fn(|| words.next_if(|word| ["X", "XI", "XII", "10", "11", "12"].contains(word)));
    let (mut count, mut roman) = (0, false);
    for class in classes {
        count += 1;
        roman |= class.starts_with('X');
    }
    if count == 0 {
        return None;
    }
    let rest: Vec<&str> = words.collect();
    let stream = [
        "science",
        "commerce",
        "arts",
        "secondary",
        "higher",
        "senior",
        "cbse",
        "icse",
        "isc",
        "standard",
        "pcm",
        "matric",
        "matriculation",
    ];
    let rest_fits = rest.iter().all(|word| stream.contains(&word.to_lowercase().as_str()));
    let sure = labelled.is_some() || roman && (count > 1 || !rest.is_empty() || piece == "XII" || piece == "X");
    (sure && rest_fits && rest.len() <= 3).then(|| span.clone())
}

/// `Higher Secondary School Certificate`, `Senior School Examination, CBSE`: school leaving, though `School` stands in it.
pub(super) fn school_certificate(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let lower = text[span.clone()].to_ascii_lowercase();
    let at = lower.find("school ")?;
    let rest = &lower[at + 7..];
    let ends = [
        "leaving certificate",
        "certificate examination",
        "certificate exam",
        "certificate",
        "examination",
        "exam",
        "leaving",
    ];
    let tail = ends.iter().find(|tail| rest.starts_with(**tail))?;
    let whole = fields::trim(text, span.start..span.start + at + 7 + tail.len());
    // "3. Junior School Certificate"
    let number = text[whole.clone()].bytes().take_while(|byte| byte.is_ascii_digit() || b". ".contains(byte)).count();
    Some(whole.start + number..whole.end)
}

/// Takes words into the degree that belong to it: `(Hons)`, `Dual Degree`, brackets that were opened.
pub(super) fn widen(text: &str, field: &Range<usize>, whole: Range<usize>, lexicon: &Lexicon) -> Range<usize> {
    let mut whole = whole;
    let after = &text[whole.end..field.end];
    let open = text[whole.clone()].matches('(').count() > text[whole.clone()].matches(')').count();
    if open && let Some(close) = after.find(')').filter(|close| *close < 60) {
        whole.end += close + 1;
    }
    let after = &text[whole.end..field.end];
    // "Bachelor of Fishery(Trawling)", "MBA (Harbour Trade)": a name in brackets right behind the degree.
    if let Some(inside) =
        after.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(name, _)| name)
        && is_field_name(inside)
        && !schools::is_one(inside, lexicon)
    {
        whole.end += after.find(')').map_or(0, |close| close + 1);
    }
    let after = &text[whole.end..field.end];
    let minor = after.trim_start_matches([',', ' ']).to_ascii_lowercase();
    if minor.starts_with("minor in ") || minor.starts_with("with a minor in ") {
        let from = after.len() - after.trim_start_matches([',', ' ']).len();
        let length = after[from..].find([',', '(', ';']).unwrap_or(after.len() - from);
        whole.end = fields::trim(text, whole.end..whole.end + from + length).end;
    }
    whole
}

/// `Practical Nursing Diploma`, `Welding Technology Certificate`: the bytes of the words in front of a form that says nothing of its
/// subject, up to the beginning of the field or the sign before them.
pub(super) fn subject_in_front(
    text: &str,
    field: &Range<usize>,
    mention: &DegreeMention,
    lexicon: &Lexicon,
) -> Option<Range<usize>> {
    let bare = mention.subject.is_none() && matches!(&text[mention.span.clone()], "Diploma" | "Certificate");
    let before = text[field.start..mention.span.start].strip_suffix(' ').filter(|_| bare)?;
    let start = field.start + before.rfind([',', ':', ';', '(', ')', '/', '–', '-']).map_or(0, |sign| sign + 1);
    let words = fields::trim(text, start..field.start + before.len());
    let name = &text[words.clone()];
    let is_named = |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "and" | "of" | "in" | "&");
    let fits = name.starts_with(char::is_uppercase)
        && name.split(' ').count() <= 4
        && name.split(' ').all(is_named)
        && !name.split(' ').any(|word| word.ends_with("ed"))
        && lexicon.orgs().school_score(name) <= 0.0
        && lexicon.schools().lookup(name).is_none();
    fits.then_some(words)
}

/// Words in brackets behind a degree that name no field, lower case.
const NOT_FIELDS: &[&str] = &[
    "expected",
    "anticipated",
    "class",
    "distinction",
    "merit",
    "gpa",
    "cgpa",
    "grade",
    "part",
    "full",
    "online",
    "distance",
    "mention",
    "note",
    "present",
    "ongoing",
    "pursuing",
    "progress",
    "completed",
    "incomplete",
    "percentage",
    "marks",
    "university",
    "college",
    "institute",
    "school",
    "board",
    "cbse",
    "icse",
    "year",
    "years",
    "level",
    "equivalent",
    "thesis",
];

/// One to four words with capitals and without numbers: `Trawling`, `Nets & Control`.
fn is_field_name(inside: &str) -> bool {
    let mut words = inside.split([' ', '-', '/']).filter(|word| !word.is_empty()).peekable();
    let capital = inside.starts_with(char::is_uppercase) && inside.len() > 3 && words.clone().count() <= 4;
    let plain = inside.chars().all(|letter| letter.is_alphabetic() || " &-/'.".contains(letter));
    capital && plain && words.all(|word| !NOT_FIELDS.contains(&word.to_lowercase().as_str()))
}

pub(super) fn without(pieces: Vec<Range<usize>>, cut: &Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::with_capacity(pieces.len() + 1);
    for piece in pieces {
        if cut.start >= piece.end || cut.end <= piece.start {
            out.push(piece);
        } else {
            out.push(piece.start..cut.start.max(piece.start));
            out.push(cut.end.min(piece.end)..piece.end);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_named(text: &str) -> bool {
        let lexicon = Lexicon::builtin();
        let mention = lexicon.degrees().find(text, true).remove(0);
        in_school_name(text, &(0..text.len()), &mention, &lexicon)
    }

    #[test]
    fn forms_inside_the_names_of_schools() {
        for name in [
            "M. S. Gullaiah Institute of Fishery",
            "Acharya Seagull University",
            "Blue Bay Matriculation Higher Secondary School",
            "Harbour State Polytechnic",
            "Liceo Scientifico Gabbiano",
        ] {
            assert!(is_named(name), "{name}");
        }
    }

    #[test]
    fn forms_in_front_of_schools_are_degrees() {
        for name in
            ["B.A. Blue Bay College", "Polytechnic, Bergen", "Higher Secondary School Certificate", "Liceo scientifico"]
        {
            assert!(!is_named(name), "{name}");
        }
    }

    #[test]
    fn names_in_brackets_belong_to_the_degree() {
        let check = |text: &str, form: &str, expected: &str| {
            let whole = widen(text, &(0..text.len()), 0..form.len(), &Lexicon::builtin());
            assert_eq!(&text[whole], expected, "{text}");
        };
        check("BSc(Trawling), Blue Bay", "BSc", "BSc(Trawling)");
        check("MBA (Harbour Trade) 2012", "MBA", "MBA (Harbour Trade)");
        check("MBA (Hochschule Seehafen)", "MBA", "MBA");
        check("MBA (Expected 2012)", "MBA", "MBA");
        check("MBA (Distinction)", "MBA", "MBA");
    }
}
