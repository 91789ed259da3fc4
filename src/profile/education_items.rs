//! A line of an education section → its items: school, degrees, grade, place, status. In: one line. Out: [`LineItems`] with byte
//! ranges. Does NOT decide which items belong to one entry (that is `education`).

use super::courses;
use super::fields;
use super::gpa;
use super::heads::{LineClass, LineView};
use super::place_forms;
use super::schools::{self, SchoolSpan};
use super::signs::Signs;
use super::slots;
use super::subjects;
use crate::lexicon::{DegreeMention, Lexicon, OrgCue};
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

/// Reads one line.
pub(super) fn of_view(view: &LineView, line: &Line, lexicon: &Lexicon) -> LineItems {
    let text = line.text.as_str();
    let mut items = LineItems { courses: courses::find(text), ..LineItems::default() };
    items.gpa = gpa::find(text);
    items.status = status(text);
    items.is_award = is_award(text, view);
    if !items.courses.is_empty() || text.len() > 400 || items.is_award {
        return items;
    }
    // A description may name other degrees and schools ("Thesis with the Master of Harbour"): only short lines count.
    if view.class != LineClass::Head && text.split_whitespace().count() > 24 {
        return items;
    }
    items.major = major(text, lexicon);
    if items.major.is_some() && view.anchor.is_none() && text.split_whitespace().count() < 8 {
        return items;
    }
    if let Some(value) = labelled(text) {
        read_label(text, value, &mut items);
        return items;
    }
    let mut cuts = view.cuts();
    cuts.extend(slots::blanks(text));
    cuts.extend(items.gpa.iter().map(|(span, _)| span.clone()));
    cuts.sort_by_key(|cut| cut.start);
    for field in fields::split(text, view.index, &cuts) {
        // "EDUCATION⇥BSc Fishery, Blue Bay College": the heading in the first cell is no name.
        let heading = field.span.start == 0 && text[field.span.end..].starts_with('\t');
        if heading && lexicon.headings().is_known(&text[field.span.clone()]) {
            continue;
        }
        let dashed = field.before == fields::Separator::Dash;
        if !(dashed && takes_subject(text, &field.span, lexicon, &mut items)) {
            read_field(text, field.span, lexicon, &mut items);
        }
    }
    once(text, &mut items.degrees);
    if let ([(_, degree)], [school]) = (items.degrees.as_mut_slice(), items.schools.as_slice())
        && degree.subject.is_none()
        && degree.level.is_some_and(|level| level > DegreeLevel::Secondary)
        && degree.span.end <= school.span.start
    {
        degree.subject = subjects::behind_school(text, school.span.end, lexicon);
    }
    if view.class == LineClass::Prose && items.degrees.is_empty() {
        items.rest.clear();
    }
    items
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
    let lower = first.to_ascii_lowercase();
    first.split_whitespace().count() <= 6
        && AWARDS.iter().any(|word| lower.trim_end_matches([' ', ':', '.']).ends_with(word))
}

/// Labels of table-like entries, and whether their value is the school.
const LABELS: &[(&str, bool)] = &[
    ("institute", true),
    ("institution", true),
    ("school", true),
    ("college", true),
    ("university", true),
    ("name of institute", true),
    ("name of institution", true),
    ("institute name", true),
    ("school/college", true),
    ("board", false),
    ("group", false),
    ("university/board", false),
    ("board/university", false),
    ("session", false),
    ("name and type of organisation providing education and training", true),
    ("name and type of organisation", true),
    ("name and type of institution", true),
    ("educational institution", true),
    ("principal subjects/occupational skills covered", false),
    ("level in national or international classification", false),
];

/// `Institute : Blue Bay College` → whether it is the school, and the bytes of the value.
fn labelled(text: &str) -> Option<(bool, Range<usize>)> {
    // A short label in front of a tab is the head of a column.
    let tab = || text.find('\t').filter(|tab| *tab > 20);
    let colon = text.find(':').or_else(tab).filter(|colon| *colon < 70)?;
    let label = text[..colon].trim().to_lowercase();
    let (_, school) = LABELS.iter().find(|(name, _)| *name == label)?;
    let value = fields::trim(text, colon + 1..text.len());
    (!value.is_empty()).then_some((*school, value))
}

fn read_label(text: &str, (school, value): (bool, Range<usize>), items: &mut LineItems) {
    let end = text[value.clone()].find('\t').map_or(value.end, |tab| value.start + tab);
    if school {
        items.schools.push(SchoolSpan { span: fields::trim(text, value.start..end), score: 7.0, reason: "label +7" });
    }
}

/// Labels of a subject that stands for the degree.
const MAJORS: &[&str] =
    &["major", "majors", "specialty", "speciality", "specialization", "field of study", "double major"];

/// All of them hold one of these, and so does `Fishery Major`.
static MAJOR_SIGNS: LazyLock<Signs> = LazyLock::new(|| Signs::of(["major", "special", "field of study"]));

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
    if let Some(whole) = school_certificate(text, &span).or_else(|| class_level(text, &span)) {
        let mention = DegreeMention {
            span: whole.clone(),
            canonical: "School Certificate",
            level: Some(DegreeLevel::Secondary),
            subject: None,
        };
        left = without(left, &whole);
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
        if in_school_name(text, &span, &mention.span, lexicon) {
            if mention.level == Some(DegreeLevel::Secondary) {
                items.implied = Some((mention.span.clone(), mention));
            }
            continue;
        }
        // "Master of Arts Wirtschaftspsychologie": the words inside the form are no subject when one stands behind them.
        let within =
            mention.subject.as_ref().is_none_or(|subject| text[mention.span.end..subject.start].trim() == "of");
        if within && let Some(subject) = subjects::bare(text, mention.whole().end..span.end, lexicon) {
            mention.subject = Some(subject);
        }
        if let Some(subject) = mention.subject.take() {
            mention.subject = Some(subjects::before_school(text, subject, span.end, lexicon));
        }
        let whole = widen(text, &span, mention.whole());
        left = without(left, &whole);
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

/// `Dune Valley High School`, `Istituto Tecnico Gabbiano`: the form is part of a school's name.
fn in_school_name(text: &str, field: &Range<usize>, form: &Range<usize>, lexicon: &Lexicon) -> bool {
    let before = text[field.start..form.start].trim_end();
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
    let school = written.ends_with("school")
        && !["diploma", "certificate", "degree", "leaving", "exam"].iter().any(|word| after.starts_with(word));
    let behind_school_word = !written.contains(' ')
        && lexicon.orgs().cues(word).iter().any(|(_, cue)| *cue == OrgCue::School)
        && !["in ", "of ", "en ", "em ", "di "].iter().any(|joiner| after.starts_with(joiner));
    school || behind_school_word
}

/// `Master of Science (M.S.)`: the form in brackets is the same degree.
fn once(text: &str, degrees: &mut Vec<(Range<usize>, DegreeMention)>) {
    let mut at = 1;
    while at < degrees.len() {
        let between = text[degrees[at - 1].1.span.end..degrees[at].0.start.max(degrees[at - 1].1.span.end)].trim();
        if between == "(" && degrees[at].1.level == degrees[at - 1].1.level {
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

/// `Master of Science (M.S.) – Fishery`: the field behind the dash is the subject of the degree that ends before it.
fn takes_subject(text: &str, field: &Range<usize>, lexicon: &Lexicon, items: &mut LineItems) -> bool {
    let Some((whole, mention)) = items.degrees.last_mut().filter(|(_, mention)| {
        mention.subject.is_none() && mention.level.is_some_and(|level| level > DegreeLevel::Secondary)
    }) else {
        return false;
    };
    let between = text[whole.end..field.start].trim_matches([' ', ')', '.', '-', '–', '—']);
    let name = &text[field.clone()];
    let school = lexicon.orgs().school_score(name) > 0.0 || lexicon.schools().lookup(name).is_some();
    let place = place_forms::is_place(name, lexicon) || lexicon.places().city_alone(name).is_some();
    let degree = !lexicon.degrees().find(name, true).is_empty() || class_level(text, field).is_some();
    let capital = name.starts_with(char::is_uppercase) && name.split_whitespace().count() <= 7;
    let fits = between.is_empty() && capital && !school && !place && !degree;
    if fits {
        mention.subject = Some(field.clone());
        whole.end = field.end;
    }
    fits
}

/// Years of school as degrees are written: `XII, Science`, `X (Secondary)`, `XI - XII`, `Class- XII`. Gives the bytes of the whole.
fn class_level(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
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
    let stream =
        ["science", "commerce", "arts", "secondary", "higher", "senior", "cbse", "icse", "isc", "standard", "pcm"];
    let rest_fits = rest.iter().all(|word| stream.contains(&word.to_lowercase().as_str()));
    let sure = labelled.is_some() || roman && (count > 1 || !rest.is_empty() || piece == "XII" || piece == "X");
    (sure && rest_fits && rest.len() <= 3).then(|| span.clone())
}

/// `Higher Secondary School Certificate`, `Senior School Examination, CBSE`: school leaving, though `School` stands in it.
fn school_certificate(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
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
fn widen(text: &str, field: &Range<usize>, whole: Range<usize>) -> Range<usize> {
    let mut whole = whole;
    let after = &text[whole.end..field.end];
    let open = text[whole.clone()].matches('(').count() > text[whole.clone()].matches(')').count();
    if open && let Some(close) = after.find(')').filter(|close| *close < 60) {
        whole.end += close + 1;
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

fn without(pieces: Vec<Range<usize>>, cut: &Range<usize>) -> Vec<Range<usize>> {
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

/// What is left of a field without its degrees: a school with its place, a place, or neither.
/// Words in front of a school or place; behind a degree the first ones lead to the school.
const LEADS: &[&str] = &["from ", "at ", "à l’", "à l'", "à la ", "à ", "in ", "of ", "- ", "– "];

/// One to five words, all of them with a capital in front.
fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=5).contains(&words)
        && text.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
        && !text.contains(':')
}

fn read_rest(text: &str, span: Range<usize>, alone: bool, lexicon: &Lexicon, items: &mut LineItems) {
    let mut span = span;
    let mut led = false;
    for word in LEADS {
        if text[span.clone()].get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)) {
            span = fields::trim(text, span.start + word.len()..span.end);
            led = !matches!(*word, "in " | "of " | "- " | "– ");
        }
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
    match schools::of_field(text, span.clone(), lexicon) {
        Some((school, place)) => {
            items.schools.push(school);
            items.places.extend(place);
        }
        None if lexicon.places().city_alone(&text[span.clone()]).is_some() => items.places.push(span),
        // "BSc Fishery from NTUX"
        None if led && !alone && is_name(&text[span.clone()]) => {
            items.schools.push(SchoolSpan { span, score: 4.0, reason: "behind a degree and \"at\" +4" });
        }
        None if alone || text[span.clone()].contains(' ') => items.rest.push(span),
        None => {}
    }
}
