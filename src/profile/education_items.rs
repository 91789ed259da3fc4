//! A line of an education section → its items: school, degrees, grade, place, status. In: one line. Out: [`LineItems`] with byte
//! ranges. Does NOT decide which items belong to one entry (that is `education`).

use super::courses;
use super::fields;
use super::gpa;
use super::heads::{LineClass, LineView};
use super::place_forms;
use crate::lexicon::{DegreeMention, Lexicon, OrgCue};
use crate::model::{DegreeLevel, DegreeStatus, Gpa, Line};
use std::ops::Range;

/// A school-like piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SchoolSpan {
    /// Bytes of the name.
    pub span: Range<usize>,
    /// Points.
    pub score: f32,
    /// Why.
    pub reason: &'static str,
}

/// What a line of an education section holds.
#[derive(Debug, Clone, Default)]
pub(super) struct LineItems {
    /// Schools, in order.
    pub schools: Vec<SchoolSpan>,
    /// Degrees, in order, with the bytes of degree and subject together.
    pub degrees: Vec<(Range<usize>, DegreeMention)>,
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

/// Reads one line.
pub(super) fn of_view(view: &LineView, line: &Line, lexicon: &Lexicon) -> LineItems {
    let text = line.text.as_str();
    let mut items = LineItems { courses: courses::find(text), ..LineItems::default() };
    items.gpa = gpa::find(text);
    items.status = status(text);
    if !items.courses.is_empty() || text.len() > 400 {
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
    if view.class == LineClass::Prose && items.degrees.is_empty() {
        items.rest.clear();
    }
    items
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
];

/// `Institute : Blue Bay College` → whether it is the school, and the bytes of the value.
fn labelled(text: &str) -> Option<(bool, Range<usize>)> {
    let colon = text.find(':').filter(|colon| *colon < 40)?;
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

/// `Major: Fishery`, `Double Major in Fishery and Trade`, `Fishery Major`: the bytes of the whole.
fn major(text: &str, lexicon: &Lexicon) -> Option<Range<usize>> {
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
        if mention.subject.is_none() {
            mention.subject = bare_subject(text, mention.span.end..span.end, lexicon);
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
    let rest: Vec<&str> = words.collect();
    let stream =
        ["science", "commerce", "arts", "secondary", "higher", "senior", "cbse", "icse", "isc", "standard", "pcm"];
    let rest_fits = rest.iter().all(|word| stream.contains(&word.to_lowercase().as_str()));
    let sure = labelled.is_some() || roman && (count > 1 || !rest.is_empty() || piece == "XII" || piece == "X");
    (count > 0 && sure && rest_fits && rest.len() <= 3).then(|| span.clone())
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

/// `BSc Fishery, Fjord University`: the capitalised words between the degree and the next comma, if they name no school.
fn bare_subject(text: &str, rest: Range<usize>, lexicon: &Lexicon) -> Option<Range<usize>> {
    if let Some(behind) = text[rest.clone()].strip_prefix(", ") {
        // "MSc, Computer Systems and Networks": behind a comma only what begins like a field of study
        let start = rest.start + 2;
        let length = behind.find([',', '(', ';', '–', '|']).unwrap_or(behind.len());
        let span = fields::trim(text, start..start + length);
        let known = lexicon.subjects().at_start(&text[span.clone()]).is_some();
        let school = lexicon.orgs().school_score(&text[span.clone()]) > 0.0;
        return (known && !school && text[span.clone()].split_whitespace().count() <= 6).then_some(span);
    }
    let part = text[rest.clone()].strip_prefix(' ')?;
    let length = part.find([',', '(', ';', ':', '–', '-', '|', '/', '+']).unwrap_or(part.len());
    let span = fields::trim(text, rest.start + 1..rest.start + 1 + length);
    let name = &text[span.clone()];
    let words = name.split_whitespace().count();
    let capital = |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "and" | "&" | "of");
    let fits = (1..=4).contains(&words)
        && name.starts_with(char::is_uppercase)
        && name.split_whitespace().all(capital)
        && name.len() > 3;
    let other = lexicon.orgs().school_score(name) > 0.0
        || lexicon.schools().lookup(name).is_some()
        || lexicon.places().city_alone(name).is_some();
    let again = !lexicon.degrees().find(name, true).is_empty();
    (fits && !other && !again).then_some(span)
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
fn read_rest(text: &str, span: Range<usize>, alone: bool, lexicon: &Lexicon, items: &mut LineItems) {
    let mut span = span;
    for word in ["from ", "at ", "in ", "of ", "- ", "– ", "the "] {
        if text[span.clone()].to_ascii_lowercase().starts_with(word) && word != "the " {
            span = fields::trim(text, span.start + word.len()..span.end);
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
    match school_in(text, span.clone(), lexicon) {
        Some((school, place)) => {
            items.schools.push(school);
            items.places.extend(place);
        }
        None if lexicon.places().city_alone(&text[span.clone()]).is_some() => items.places.push(span),
        None if alone || text[span.clone()].contains(' ') => items.rest.push(span),
        None => {}
    }
}

/// The school of a field, `Faculty of Arts, University of Bergen, Norway`, and the place behind it.
fn school_in(text: &str, span: Range<usize>, lexicon: &Lexicon) -> Option<(SchoolSpan, Option<Range<usize>>)> {
    let piece = &text[span.clone()];
    if piece.split_whitespace().count() > 16 {
        return None;
    }
    let mut name = span.clone();
    let mut place = None;
    if let Some((start, found)) = place_forms::trailing(piece, lexicon).filter(|(start, _)| *start > 0) {
        let head = fields::trim(text, span.start..span.start + start);
        let tail = fields::trim(text, span.start + start..span.end);
        if !head.is_empty() && !tail.is_empty() {
            // "Institute of Harbours, Bergen": a lone town behind a comma is part of the name as written.
            let only_city = lexicon.places().is_city(&text[tail.clone()]);
            let lone_town = only_city && found.city.is_some() && !found.remote && text[head.end..].starts_with(',');
            name = if lone_town { span.start..tail.end } else { head };
            place = Some(tail);
        }
    }
    let (score, reason) = school_points(&text[name.clone()], lexicon);
    if score < 3.0 {
        return None;
    }
    if place.is_none()
        && let Some((head, tail)) = region_tail(text, name.clone(), lexicon)
    {
        // "Harbour State University, NC USA"
        name = head;
        place = Some(tail);
    }
    let best = best_part(text, name, lexicon);
    Some((SchoolSpan { span: best, score, reason }, place))
}

/// A region and country behind the last comma, written without a comma between them.
fn region_tail(text: &str, span: Range<usize>, lexicon: &Lexicon) -> Option<(Range<usize>, Range<usize>)> {
    let comma = text[span.clone()].rfind(',')?;
    let tail = fields::trim(text, span.start + comma + 1..span.end);
    let known = |word: &str| lexicon.places().is_region(word) || lexicon.places().country(word).is_some();
    let all = !tail.is_empty() && text[tail.clone()].split_whitespace().all(known);
    all.then(|| (fields::trim(text, span.start..span.start + comma), tail))
}

/// Points for a name as a school, with the reason.
pub(super) fn school_points(name: &str, lexicon: &Lexicon) -> (f32, &'static str) {
    let words = name.split_whitespace().count();
    if words <= 8 && lexicon.schools().lookup(name).is_some() {
        return (8.0, "known-school +8");
    }
    // "University" alone, or "Board: CBSE", names no school.
    let score = lexicon.orgs().school_score(name);
    if words < 2 || score < 5.0 { (0.0, "") } else { (score, "school-word +5") }
}

/// Of `Faculty of Arts, University of Bergen` the university; of other lists the part with the school word and what follows.
fn best_part(text: &str, span: Range<usize>, lexicon: &Lexicon) -> Range<usize> {
    let piece = &text[span.clone()];
    if !piece.contains(',') {
        return span;
    }
    let rank = |part: &str| {
        let lower = part.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        if has(&["universi", "institute", "instituto", "hochschule", "iit", "nit"]) {
            4
        } else if has(&["college", "academy", "polytech", "politec"]) {
            3
        } else if lower.starts_with("school of")
            || lower.starts_with("faculty")
            || lower.starts_with("department")
            || lower.starts_with("dept")
        {
            1
        } else if lexicon.orgs().cues(part).iter().any(|(_, cue)| matches!(cue, OrgCue::School | OrgCue::Board)) {
            2
        } else {
            0
        }
    };
    let mut start = span.start;
    let mut best: Option<(i32, Range<usize>)> = None;
    for part in piece.split(',') {
        let range = fields::trim(text, start..start + part.len());
        start += part.len() + 1;
        let found = rank(&text[range.clone()]);
        if !range.is_empty() && best.as_ref().is_none_or(|(rank, _)| found > *rank) {
            best = Some((found, range));
        }
    }
    let Some((_, range)) = best else { return span };
    // "University of California, Davis": a town behind the best part belongs to it, other parts do not.
    let behind = fields::trim(text, range.end..span.end);
    let town =
        !behind.is_empty() && lexicon.places().is_city(&text[behind.clone()]) && !text[behind.clone()].contains(',');
    if town { range.start..behind.end } else { range }
}
