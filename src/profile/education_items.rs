//! A line of an education section → its items: school, degrees, grade, place, status. In: one line. Out: [`LineItems`] with byte
//! ranges. Does NOT decide which items belong to one entry (that is `education`).

use super::courses;
use super::degree_forms;
use super::education_labels::{self, Labelled};
use super::fields;
use super::gpa;
use super::heads::{LineClass, LineView};
use super::place_forms;
use super::schools::{self, SchoolSpan};
use super::signs::Signs;
use super::slots;
use super::subjects;
use crate::lexicon::{DegreeMention, Lexicon};
use crate::model::{DegreeLevel, DegreeStatus, Gpa, Line};
use std::ops::Range;
use std::sync::LazyLock;

/// What a line of an education section holds.
#[derive(Debug, Clone, Default)]
pub(super) struct LineItems {
    /// Schools, in order.
    pub schools: Vec<SchoolSpan>,
    /// Degrees, in order, with the bytes of degree and subject together.
    pub degrees: Vec<(Range<usize>, DegreeMention)>,
    /// The level that the name of a school says: `Dune Valley High School`.
    pub implied: Option<(Range<usize>, DegreeMention)>,
    /// Grade.
    pub gpa: Option<(Range<usize>, Gpa)>,
    /// Places.
    pub places: Vec<Range<usize>>,
    /// Courses.
    pub courses: Vec<Range<usize>>,
    /// What words say about completion.
    pub status: Option<DegreeStatus>,
    /// A subject without a degree word: `Major: Fishery`.
    pub major: Option<Range<usize>>,
    /// Fields that are none of these.
    pub rest: Vec<Range<usize>>,
    /// The line tells of a prize: neither its names nor its date are those of an entry.
    pub is_award: bool,
}

impl LineItems {
    /// Nothing but one name and the place behind it.
    pub(super) fn is_placed_name(&self) -> bool {
        matches!((self.rest.as_slice(), self.places.as_slice()), ([name], [place]) if name.end < place.start)
            && self.schools.is_empty()
    }

    /// The same without the schools and other names that begin in `span`: it belongs to the line above.
    pub(super) fn without_names_in(&self, span: Range<usize>) -> LineItems {
        let mut items = self.clone();
        items.schools.retain(|school| !span.contains(&school.span.start));
        items.rest.retain(|rest| !span.contains(&rest.start));
        items
    }
}

/// Words that tell how far a degree got.
const STATUS: &[(&str, DegreeStatus)] = &[
    ("not completed", DegreeStatus::Abandoned),
    ("incomplete", DegreeStatus::Abandoned),
    ("dropped out", DegreeStatus::Abandoned),
    ("withdrew", DegreeStatus::Abandoned),
    ("discontinued", DegreeStatus::Abandoned),
    ("unfinished", DegreeStatus::Abandoned),
    ("abgebrochen", DegreeStatus::Abandoned),
    ("in progress", DegreeStatus::InProgress),
    ("pursuing", DegreeStatus::InProgress),
    ("expected", DegreeStatus::InProgress),
    ("anticipated", DegreeStatus::InProgress),
    ("ongoing", DegreeStatus::InProgress),
    ("en cours", DegreeStatus::InProgress),
    ("en curso", DegreeStatus::InProgress),
    ("candidate", DegreeStatus::InProgress),
];

static STATUS_SIGNS: LazyLock<Signs> = LazyLock::new(|| Signs::of(STATUS.iter().map(|(words, _)| *words)));

/// A line without any of these has no grade in words, no status and no label of a subject: most are told by one look.
static ITEM_SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let status = STATUS.iter().map(|(words, _)| *words);
    Signs::of(gpa::words().chain(status).chain(MAJOR_WORDS))
});

/// Reads one line.
pub(super) fn of_view(view: &LineView, line: &Line, lexicon: &Lexicon) -> LineItems {
    let text = line.text.as_str();
    let mut items = LineItems { courses: courses::find(text), ..LineItems::default() };
    let is_told = ITEM_SIGNS.may_stand_in(text);
    items.gpa = if is_told { gpa::find(text) } else { gpa::unlabelled(text) };
    items.status = if is_told { status(text) } else { None };
    items.is_award = is_award(text, view);
    if !items.courses.is_empty() || text.len() > 400 || items.is_award {
        return items;
    }
    // A description may name other degrees and schools ("Thesis with the Master of Harbour"): only short lines count.
    if view.class != LineClass::Head && text.split_whitespace().count() > 24 {
        return items;
    }
    // "Thesis: Tides, with a stay at Blue Bay Institute"
    if is_thesis(text) {
        return items;
    }
    items.major = if is_told { major(text, lexicon) } else { None };
    if items.major.is_some() && view.anchor.is_none() && text.split_whitespace().count() < 8 {
        return items;
    }
    if let Some(value) = education_labels::labelled(text) {
        read_label(view, text, value, lexicon, &mut items);
        return items;
    }
    let mut cuts = view.cuts();
    cuts.extend(slots::blanks(text));
    cuts.extend(stage(text).or_else(|| education_labels::of_degree(text, lexicon)));
    cuts.extend(items.gpa.iter().map(|(span, _)| span.clone()));
    cuts.sort_by_key(|cut| cut.start);
    for field in fields::split(text, view.index, &cuts) {
        // "EDUCATION⇥BSc Fishery, Blue Bay College": the heading in the first cell is no name.
        let heading = field.span.start == 0 && text[field.span.end..].starts_with('\t');
        if heading && lexicon.headings().is_known(&text[field.span.clone()]) {
            continue;
        }
        let dashed = field.before == fields::Separator::Dash;
        let subject = if dashed { takes_subject(text, &field.span, lexicon, &mut items) } else { None };
        let rest = fields::trim(text, subject.unwrap_or(field.span.start)..field.span.end);
        if !rest.is_empty() {
            read_field(text, rest, lexicon, &mut items);
        }
    }
    degree_forms::once(text, &mut items.degrees);
    if let ([(_, degree)], [school]) = (items.degrees.as_mut_slice(), items.schools.as_slice())
        && degree.subject.is_none()
        && degree.level.is_some_and(|level| level > DegreeLevel::Secondary)
        && degree.span.end <= school.span.start
    {
        // "BA, Blue Bay College Fishery"
        let apart = items.rest.iter().find(|rest| rest.start >= school.span.end);
        let apart = apart.filter(|rest| subjects::are_studies(&text[(*rest).clone()], lexicon));
        degree.subject = subjects::behind_school(text, school.span.end, lexicon).or(apart.cloned());
    }
    subject_behind_comma(text, &mut items);
    // "seagull - Bergen, Norway" is a name with its place, also in small letters.
    if view.class == LineClass::Prose && items.degrees.is_empty() && !items.is_placed_name() {
        items.rest.clear();
    }
    items
}

/// `Blue Bay College — MSc, Harbour Systems, 2015`: the school stands in front, so the name behind the comma of the degree is its subject.
fn subject_behind_comma(text: &str, items: &mut LineItems) {
    let ([(whole, degree)], [school], [rest]) =
        (items.degrees.as_mut_slice(), items.schools.as_slice(), items.rest.as_slice())
    else {
        return;
    };
    let high = degree.level.is_some_and(|level| level > DegreeLevel::Secondary);
    let name = &text[rest.clone()];
    let close = school.span.end <= whole.start && text.get(whole.end..rest.start) == Some(", ");
    let plain = name.starts_with(char::is_uppercase) && !name.bytes().any(|byte| byte.is_ascii_digit() || byte == b',');
    if degree.subject.is_none() && high && close && plain && name.split_whitespace().count() <= 6 {
        whole.end = rest.end;
        degree.subject = Some(rest.clone());
        items.rest.clear();
    }
}

/// Labels of lines that tell of a thesis or who led it, lower case.
const THESES: &[&str] = &[
    "thesis",
    "dissertation",
    "advisor",
    "adviser",
    "supervisor",
    "supervisors",
    "thesis title",
    "dissertation title",
    "master thesis",
    "bachelor thesis",
    "phd thesis",
];

fn is_thesis(text: &str) -> bool {
    let label = text.get(..24).unwrap_or(text).split_once(':').map(|(label, _)| label.trim().to_ascii_lowercase());
    label.is_some_and(|label| THESES.contains(&label.as_str()))
}

/// Words of prizes, lower case.
const AWARDS: &[&str] =
    &["award", "scholarship", "fellowship", "prize", "medal", "dean's list", "dean’s list", "honor roll"];

/// `Harbour Award ($1,800), League of Gull Women, 2013-2014`: a prize beside a degree names who gave it, no school.
fn is_award(text: &str, view: &LineView) -> bool {
    if view.class == LineClass::Bullet && view.dates.is_empty() {
        return false;
    }
    let first = text.split([',', ';', '(', '|', '\t', '–']).next().unwrap_or("");
    let name = first.trim_end_matches([' ', ':', '.']);
    // All of them end so.
    if !name.ends_with(|last: char| matches!(last.to_ascii_lowercase(), 'd' | 'e' | 'l' | 'p' | 't')) {
        return false;
    }
    let lower = name.to_ascii_lowercase();
    AWARDS.iter().any(|word| lower.ends_with(word)) && first.split_whitespace().count() <= 6
}

/// The value as the school, up to a tab or date, without the place behind it.
fn read_label(view: &LineView, text: &str, label: (Labelled, Range<usize>), lexicon: &Lexicon, items: &mut LineItems) {
    let (kind, value) = label;
    let tab = text[value.clone()].find('\t').map_or(value.end, |tab| value.start + tab);
    let date = view.dates.iter().map(|date| date.start).find(|start| *start > value.start);
    let span = fields::trim(text, value.start..date.map_or(tab, |date| date.min(tab)));
    if kind == Labelled::School && !span.is_empty() {
        let named = schools::of_field(text, span.clone(), lexicon).map(|(school, _)| school.span);
        let (span, score) = (named.unwrap_or(span), schools::LABEL_POINTS);
        items.schools.push(SchoolSpan { span, score, reason: schools::LABEL });
    }
}

/// Labels of a stage of education in front of a school or degree, lower case; of `secondary` the level.
const STAGES: &[&str] = &[
    "tertiary",
    "secondary",
    "elementary",
    "primary",
    "tertiary level",
    "secondary level",
    "primary level",
    "tertiary education",
    "secondary education",
    "primary education",
    "vocational",
];

/// `Secondary: Blue Bay National School`: the bytes of the label with its colon.
fn stage(text: &str) -> Option<Range<usize>> {
    let colon = text.bytes().take(24).position(|byte| byte == b':')?;
    let label = text[..colon].trim().to_ascii_lowercase();
    STAGES.contains(&label.as_str()).then_some(0..colon + 1)
}

/// Labels of a subject that stands for the degree.
const MAJORS: &[&str] =
    &["major", "majors", "specialty", "speciality", "specialization", "field of study", "double major"];

/// All of them hold one of these, and so does `Fishery Major`.
const MAJOR_WORDS: [&str; 3] = ["major", "special", "field of study"];
static MAJOR_SIGNS: LazyLock<Signs> = LazyLock::new(|| Signs::of(MAJOR_WORDS));

/// `Major: Fishery`, `Double Major in Fishery and Trade`, `Fishery Major`: the bytes of the whole.
fn major(text: &str, lexicon: &Lexicon) -> Option<Range<usize>> {
    if !MAJOR_SIGNS.may_stand_in(text) {
        return None;
    }
    for part in fields::split(text, 0, &[]) {
        for piece in text[part.span.clone()].split(". ") {
            let start = piece.as_ptr() as usize - text.as_ptr() as usize;
            let lower = piece.to_ascii_lowercase();
            let (label, subject) =
                match lower.find(": ").map(|at| (at, at + 2)).or(lower.find(" in ").map(|at| (at, at + 4))) {
                    Some((end, from)) => (lower[..end].trim(), piece[from..].trim()),
                    None => ("", ""),
                };
            let named = MAJORS.contains(&label) && subject.len() > 3;
            let behind =
                lower.strip_suffix(" major").is_some_and(|subject| lexicon.subjects().canonical(subject).is_some());
            if (named || behind)
                && piece.split_whitespace().count() <= 9
                && lexicon.degrees().find(piece, true).is_empty()
            {
                return Some(fields::trim(text, start..start + piece.len()));
            }
        }
    }
    None
}

fn status(text: &str) -> Option<DegreeStatus> {
    if !STATUS_SIGNS.may_stand_in(text) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    STATUS.iter().find(|(words, _)| lower.contains(words)).map(|(_, status)| *status)
}

/// One field: degrees first, then schools in what is left, then places.
fn read_field(text: &str, span: Range<usize>, lexicon: &Lexicon, items: &mut LineItems) {
    let piece = &text[span.clone()];
    let mut left = vec![span.clone()];
    if let Some(whole) =
        degree_forms::school_certificate(text, &span).or_else(|| degree_forms::class_level(text, &span))
    {
        let mention = DegreeMention {
            span: whole.clone(),
            canonical: "School Certificate",
            level: Some(DegreeLevel::Secondary),
            subject: None,
        };
        left = degree_forms::without(left, &whole);
        items.degrees.push((whole, mention));
        let rest = left.into_iter().map(|rest| fields::trim(text, rest)).filter(|rest| !rest.is_empty());
        rest.for_each(|rest| read_rest(text, rest, false, lexicon, items));
        return;
    }
    for mut mention in lexicon.degrees().find(piece, true) {
        // "St. Louis"
        if matches!(&piece[mention.span.clone()], "St" | "St." | "ST" | "ST.") {
            continue;
        }
        // "School Certificate Board" and "Bachelor" inside a school's name are names, not degrees.
        mention.span = mention.span.start + span.start..mention.span.end + span.start;
        mention.subject = mention.subject.map(|subject| subject.start + span.start..subject.end + span.start);
        if degree_forms::in_school_name(text, &span, &mention, lexicon) {
            if mention.level == Some(DegreeLevel::Secondary) {
                items.implied = Some((mention.span.clone(), mention));
            }
            continue;
        }
        // "Master of Arts Wirtschaftspsychologie": the words inside the form are no subject when one stands behind them.
        let open = mention.subject.is_none() || subjects::is_within(text, &mention);
        if open && let Some(subject) = subjects::bare(text, mention.whole().end..span.end, lexicon) {
            mention.subject = Some(subject);
        }
        if let Some(subject) = mention.subject.take() {
            mention.subject = Some(subjects::before_school(text, subject, span.end, lexicon));
        } else {
            mention.subject = degree_forms::subject_in_front(text, &span, &mention, lexicon);
        }
        let mut whole = degree_forms::widen(text, &span, mention.whole(), lexicon);
        // Only where the bracket names a level: "Fishery (B.A.Sc.)", "XII (PUC)" are written so, too.
        if mention.canonical.ends_with("'s degree") {
            whole.start = degree_forms::explained(text, &span, &mention.span).unwrap_or(whole.start);
        }
        left = degree_forms::without(left, &whole);
        items.degrees.push((whole, mention));
    }
    let alone = items.degrees.is_empty();
    for rest in left {
        let rest = fields::trim(text, rest);
        if !rest.is_empty() {
            read_rest(text, rest, alone, lexicon, items);
        }
    }
}

/// `Master of Science (M.S.) – Fishery`, `MSc - Fishery, Blue Bay College`: the field behind the dash, up to its first comma, is the
/// subject of the degree that ends before it. Gives the end of the subject.
fn takes_subject(text: &str, field: &Range<usize>, lexicon: &Lexicon, items: &mut LineItems) -> Option<usize> {
    let (whole, mention) = items.degrees.last_mut()?;
    let within = subjects::is_within(text, mention);
    let open = mention.subject.is_none() || within;
    if !open || mention.level.is_none_or(|level| level <= DegreeLevel::Secondary) {
        return None;
    }
    let between = text.get(whole.end..field.start)?.trim_matches([' ', ')', '.', '-', '–', '—']);
    if !between.is_empty() {
        return None;
    }
    let fits = |span: &Range<usize>| {
        let name = &text[span.clone()];
        let school = lexicon.orgs().school_score(name) > 0.0 || lexicon.schools().lookup(name).is_some();
        let place = place_forms::is_place(name, lexicon) || lexicon.places().city_alone(name).is_some();
        let degree = !lexicon.degrees().find(name, true).is_empty() || degree_forms::class_level(text, span).is_some();
        let capital = name.starts_with(char::is_uppercase) && name.split_whitespace().count() <= 7;
        capital && !school && !place && !degree
    };
    let first = text[field.clone()].find([',', '(']).map_or(field.end, |comma| field.start + comma);
    let first = fields::trim(text, field.start..first);
    let known = || subjects::is_known(&text[first.clone()], lexicon);
    let subject = if !within && fits(field) {
        field.clone()
    } else if fits(&first) && known() {
        first
    } else {
        return None;
    };
    whole.end = subject.end;
    mention.subject = Some(subject);
    Some(whole.end)
}

/// Words in front of a school or place; behind a degree the first ones lead to the school.
const LEADS: &[&str] = &[
    "graduated from ",
    "attended ",
    "studied at ",
    "from the ",
    "from ",
    "at the ",
    "at ",
    "à l’",
    "à l'",
    "à la ",
    "à ",
    "in ",
    "of ",
    "- ",
    "– ",
];

/// The same in other languages, small letters only.
const FOREIGN_LEADS: &[&str] = &["au ", "am ", "an der ", "na ", "en la ", "en el ", "presso "];

/// The bytes up to the first comma, without the words that led to a date.
fn first_part(text: &str, span: &Range<usize>) -> Range<usize> {
    let part = text[span.clone()].split(',').next().unwrap_or("").trim_end();
    let part = [" in", " during"].iter().find_map(|end| part.strip_suffix(end)).unwrap_or(part);
    fields::trim(text, span.start..span.start + part.len())
}

/// One to five words, all of them with a capital in front.
fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=5).contains(&words)
        && text.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
        && !text.contains(':')
}

/// What is left of a field without its degrees: a school with its place, a place, or neither.
fn read_rest(text: &str, span: Range<usize>, alone: bool, lexicon: &Lexicon, items: &mut LineItems) {
    let mut span = span;
    let mut led = false;
    for word in LEADS {
        if text[span.clone()].get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)) {
            span = fields::trim(text, span.start + word.len()..span.end);
            led = !matches!(*word, "in " | "of " | "- " | "– ");
        }
    }
    if let Some(word) = FOREIGN_LEADS.iter().find(|word| text[span.clone()].starts_with(**word)) {
        span = fields::trim(text, span.start + word.len()..span.end);
    }
    if span.is_empty() {
        return;
    }
    if place_forms::is_place(&text[span.clone()], lexicon) {
        items.places.push(span);
        return;
    }
    // "Blue Bay University: Computer Engineering"
    if let Some(colon) = text[span.clone()].find(": ").map(|at| span.start + at)
        && lexicon.subjects().canonical(text[colon + 2..span.end].trim()).is_some()
    {
        items.rest.push(fields::trim(text, colon + 2..span.end));
        span = fields::trim(text, span.start..colon);
    }
    // "Computer Science (not completed)"
    if let Some(open) =
        text[span.clone()].find(" (").filter(|open| status(&text[span.start + open..span.end]).is_some())
    {
        span.end = span.start + open;
    }
    match schools::of_field(text, span.clone(), lexicon) {
        Some((mut school, place)) => {
            let led = !alone && text[..school.span.start].trim_end().ends_with([':', '/']);
            let name = schools::without_studies(&text[school.span.clone()], led, lexicon);
            let (start, end) = (school.span.start + name.start, school.span.start + name.end);
            let (before, behind) = (school.span.start..start, end..school.span.end);
            let studies = [before, behind].map(|studies| fields::trim(text, studies));
            items.rest.extend(studies.into_iter().filter(|studies| !studies.is_empty()));
            school.span = fields::trim(text, start..end);
            let studied = if alone { subjects::behind_school(text, school.span.end, lexicon) } else { None };
            items.rest.extend(studied);
            items.schools.push(school);
            items.places.extend(place);
        }
        None if lexicon.places().city_alone(&text[span.clone()]).is_some() => items.places.push(span),
        // "BSc Fishery from NTUX", "… from NTUX, Bergen in 2017"
        None if led && !alone && is_name(&text[first_part(text, &span)]) => {
            let span = first_part(text, &span);
            items.schools.push(SchoolSpan { span, score: 4.0, reason: "behind a degree and \"at\" +4" });
        }
        None if alone || text[span.clone()].contains(' ') => items.rest.push(span),
        None => {}
    }
}
