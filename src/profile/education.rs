//! Sections of education → [`Education`] entries. In: the lines of a section. Out: one entry per school and period, several
//! degrees for dual degrees; a second dated degree at a school is an entry of its own that inherits the school. Does NOT find
//! what a line holds (that is `education_items`).

use super::education_dates;
use super::education_items::{self, LineItems};
use super::education_status;
use super::education_table;
use super::entry_values::{found, found_place};
use super::fields::{Field, Separator};
use super::heads::{self, LineClass, LineView};
use super::marks::Marked;
use super::schools::{self, SchoolSpan};
use super::wrapped_degrees;
use crate::lexicon::Lexicon;
use crate::model::{Degree, DegreeStatus, Education, Evidence, Found, Line, Month, Section, SectionKind, TextDoc};

/// Education entries of one section, in document order.
pub(super) fn of_section(marked: &Marked, section: &Section, lexicon: &Lexicon, as_of: Month) -> Vec<Education> {
    let text = marked.text;
    let views = heads::view(marked, section.lines.clone(), as_of);
    let items = items(text, section, &views, lexicon);
    let mixed = views.iter().skip(1).any(|view| !text.lines[view.index].blank_before);
    let group = |lead: Lead| {
        let (done, open) = (Vec::new(), Open::default());
        let mut grouping = Grouping { text, lexicon, as_of, lead, lead_look: None, mixed, done, open };
        for (view, items) in views.iter().zip(&items) {
            match &grouping.open.wrapped {
                Some((line, rest)) if *line == view.index => grouping.line(view, &items.without_names_in(rest.clone())),
                _ => grouping.line(view, items),
            }
        }
        grouping.close(section.lines.end);
        grouping.done
    };
    let first = lead(&views, &items);
    let mut best = group(first);
    // What comes first is read off the first line; where that leaves entries incomplete, another order may explain the lines better.
    let lacks = |entry: &Education| entry.school.is_none() || entry.degrees.is_empty() || entry.period.is_none();
    if best.len() > 1 && best.iter().any(lacks) {
        for other in [Lead::School, Lead::Degree, Lead::Date].into_iter().filter(|other| *other != first) {
            let found = group(other);
            if sense(&found) > sense(&best) + OTHER_ORDER {
                best = found;
            }
        }
    }
    // "Education & Certifications": a title without a level and a school is a certificate.
    if section.second == Some(SectionKind::Certificates) {
        best.retain(|entry| entry.school.is_some() || entry.degrees.iter().any(|degree| degree.level.is_some()));
    }
    education_status::join_entering(&mut best, text);
    best.iter_mut().for_each(|entry| name_school(entry, lexicon));
    best
}

/// What every line holds. Below the head of a table (which has no view, or holds nothing) its columns say what is the school and the degree.
fn items(text: &TextDoc, section: &Section, views: &[LineView], lexicon: &Lexicon) -> Vec<LineItems> {
    let (mut columns, mut seen) = (None, section.lines.start);
    let items = views.iter().map(|view| {
        let head = (seen..view.index).rev().find_map(|at| education_table::columns(&text.lines[at].text));
        columns = head.or(columns.take());
        seen = view.index + 1;
        let line = &text.lines[view.index];
        if let Some(own) = education_table::columns(&line.text) {
            columns = Some(own);
            return LineItems::default();
        }
        let mut items = education_items::of_view(view, line, lexicon);
        columns.iter().for_each(|columns| education_table::read_row(columns, &line.text, lexicon, &mut items));
        items
    });
    items.collect()
}

/// Another order than that of the first line has to explain the section better by this much: more than half an entry.
const OTHER_ORDER: f32 = 0.5;

/// Of school, degree and date how many an entry has of its own.
fn completeness(entry: &Education) -> f32 {
    let own = entry.school.as_ref().is_some_and(|school| entry.lines.contains(&(school.evidence.line as usize)));
    f32::from(u8::from(own) + u8::from(!entry.degrees.is_empty()) + u8::from(entry.period.is_some()))
}

/// How well a grouping explains the lines: few, complete entries of one degree each.
fn sense(entries: &[Education]) -> f32 {
    let more_degrees = |entry: &Education| entry.degrees.len().saturating_sub(1).min(4) as f32;
    entries.iter().map(|entry| completeness(entry) - 1.0 - 0.5 * more_degrees(entry)).sum()
}

/// The canonical name of the school, where it is another than the one written.
fn name_school(entry: &mut Education, lexicon: &Lexicon) {
    let Some(name) = entry.school.as_ref().map(|school| school.value.as_str()) else { return };
    let known = lexicon.schools().lookup(name).map(|known| known.name);
    entry.school_known_as = known.filter(|known| *known != name).map(str::to_string);
}

/// What entries of this section begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    School,
    Degree,
    Date,
}

fn lead(views: &[LineView], items: &[LineItems]) -> Lead {
    for (view, items) in
        views.iter().zip(items).filter(|(view, _)| view.class == LineClass::Head || view.anchor.is_some())
    {
        let school = items.schools.first().map(|school| (school.span.start, Lead::School));
        let degree = items.degrees.first().map(|(span, _)| (span.start, Lead::Degree));
        let date = view.anchor.map(|at| (view.dates[at].start, Lead::Date));
        if let Some((_, lead)) = [school, degree, date].into_iter().flatten().min_by_key(|(start, _)| *start) {
            return lead;
        }
    }
    Lead::School
}

/// The entry being collected.
#[derive(Debug, Default)]
struct Open {
    entry: Education,
    started: bool,
    /// Line of the last degree.
    degree_line: usize,
    /// Line of the school.
    school_line: usize,
    /// Points of the school.
    school_score: f32,
    /// The rest of the school's name in the line below it.
    wrapped: Option<(usize, std::ops::Range<usize>)>,
    /// Its first line looks like the first line of the section's first entry.
    looks_like_lead: bool,
    /// Its first line is a list item.
    bulleted: bool,
    /// The level that the name of the school says ("Dune Valley High School"), for an entry without a degree.
    implied: Option<(usize, std::ops::Range<usize>, crate::lexicon::DegreeMention)>,
    /// First head field that is nothing known, on the entry's first lines: perhaps a school without a school word.
    unknown: Option<(usize, std::ops::Range<usize>)>,
    /// A subject without a degree word.
    subject: Option<(usize, std::ops::Range<usize>)>,
}

/// How a line looks: heading level, bold, font size in half points.
type Look = (u8, bool, u32);

fn look(line: &Line) -> Look {
    let bold = line.style.bold || line.bold.first().is_some_and(|range| range.0 == 0);
    (line.style.heading, bold, (line.style.size_pt * 2.0).round() as u32)
}

struct Grouping<'a> {
    text: &'a TextDoc,
    lexicon: &'a Lexicon,
    as_of: Month,
    lead: Lead,
    /// Look of the first line of the first entry, if it stands out from text.
    lead_look: Option<Look>,
    mixed: bool,
    done: Vec<Education>,
    open: Open,
}

impl Grouping<'_> {
    fn line(&mut self, view: &LineView, items: &LineItems) {
        let index = view.index;
        let entry = education_dates::Entry { started: self.open.started, bulleted: self.open.bulleted };
        let loose = || education_dates::loose(view, &self.text.lines[index], items, entry);
        let date = view.anchor.map(|at| &view.dates[at]).or_else(loose);
        let date = date.filter(|_| !items.is_award);
        let wordy = view.class != LineClass::Head && date.is_none();
        let useful_degrees = !items.degrees.is_empty() && (!wordy || self.open.entry.degrees.is_empty());
        let useful_schools =
            !items.schools.is_empty() && (!wordy || self.open.entry.school.is_none()) && !self.is_subunit(view, items);
        // A line that looks like the first line of the first entry begins an entry, though its words say nothing ("DPS Harbour").
        let alike = self.lead == Lead::School
            && self.lead_look == Some(look(&self.text.lines[index]))
            && view.class == LineClass::Head;
        let named = alike && items.degrees.is_empty() && items.schools.is_empty() && !items.rest.is_empty();
        if named
            && self.open.entry.school.is_some()
            && (!self.open.entry.degrees.is_empty() || self.open.entry.period.is_some())
        {
            self.close(index);
        } else if self.begins(index, date.is_some(), useful_schools.then_some(items), useful_degrees) {
            let inherit = self.inherits(useful_schools);
            self.close(index);
            if inherit {
                self.inherit();
            }
        }
        if !self.open.started
            && (useful_degrees
                || useful_schools
                || date.is_some()
                || !items.rest.is_empty() && view.class == LineClass::Head)
        {
            self.open.started = true;
            self.open.entry.lines.start = index;
            self.open.bulleted = self.text.lines[index].style.bullet;
            self.open.looks_like_lead = named;
            let first = look(&self.text.lines[index]);
            if self.done.is_empty() && self.lead_look.is_none() && (first.0 > 0 || first.1) {
                self.lead_look = Some(first);
            }
        }
        if useful_schools {
            items.schools.iter().for_each(|school| self.school(index, school));
        }
        if let Some((span, mention)) = items.implied.clone().filter(|_| self.open.implied.is_none() && !wordy) {
            self.open.implied = Some((index, span, mention));
        }
        if useful_degrees {
            items.degrees.iter().for_each(|(span, mention)| self.degree(index, span.clone(), mention));
        }
        if let Some(date) = date {
            self.date(view, date);
        }
        let above = self.open.entry.degrees.last_mut().filter(|_| self.open.degree_line + 1 == index);
        if let Some(degree) = above.filter(|_| date.is_none() && view.class == LineClass::Head) {
            wrapped_degrees::go_on(degree, self.text, index, items, self.lexicon);
        }
        self.extras(view, items);
    }

    /// A line begins an entry when it brings again what the open entry has.
    fn begins(&self, index: usize, dated: bool, schools: Option<&LineItems>, degrees: bool) -> bool {
        let entry = &self.open.entry;
        let (has_degree, has_date) = (!entry.degrees.is_empty(), entry.period.is_some());
        let has_school = entry.school.is_some() || self.lead == Lead::School && has_date && self.opens_with_name();
        let line = &self.text.lines[index];
        let block = line.style.heading > 0 || self.mixed && line.blank_before;
        let complete = has_school && has_degree;
        let more = schools.is_some() || degrees || dated;
        let only_its_date = dated && !has_date && schools.is_none() && !degrees;
        if block && complete && more && !only_its_date {
            return true;
        }
        let same = schools.is_some_and(|items| self.is_same_school(index, items)) && !has_date;
        let school_again =
            schools.is_some() && has_school && (has_degree || has_date) && self.open.school_line != index && !same;
        let degree_again = degrees && has_degree && self.open.degree_line != index;
        let date_again = dated && has_date;
        match self.lead {
            // "University / BSc 2015 / MSc 2017": the second dated degree is an entry of its own.
            // "KEF Digital / Master of Innovation": the school of the next entry, not of this one.
            Lead::School => {
                let headed = || self.open.unknown.as_ref().is_some_and(|(line, _)| *line < self.open.degree_line);
                let next_school =
                    || schools.is_some() && !has_school && has_degree && !self.done.is_empty() && headed();
                school_again || degree_again && has_date && (dated || !block) && has_school || next_school()
            }
            Lead::Degree => {
                let implied = has_degree || self.open.implied.is_some() && has_date;
                degree_again && (has_school || has_date) || school_again && implied
            }
            // A dated line that names a school or degree is an entry, also below one that names neither.
            Lead::Date => {
                date_again && (has_school || has_degree || degrees) || school_again && has_date && degree_again
            }
        }
    }

    /// `NTUX, Bergen / BSc Fishery / 2014`: the name above the degree will be its school, though no word says so.
    fn opens_with_name(&self) -> bool {
        let (degree, unknown) = (self.open.entry.degrees.first(), &self.open.unknown);
        degree.zip(unknown.as_ref()).is_some_and(|(degree, (line, _))| *line < degree.raw.evidence.line as usize)
    }

    /// `BLUE BAY UNIVERSITY / PhD / Oct 2019 | Blue Bay University`: the school of the open entry is named again.
    fn is_same_school(&self, index: usize, items: &LineItems) -> bool {
        let Some(school) = &self.open.entry.school else { return false };
        let name = |school: &SchoolSpan| self.text.lines[index].text[school.span.clone()].to_lowercase();
        items.schools.iter().all(|other| name(other) == school.value.to_lowercase())
    }

    /// `College of Natural Science` below the university: part of the school, not another one.
    fn is_subunit(&self, view: &LineView, items: &LineItems) -> bool {
        let plain = items.degrees.is_empty() && view.anchor.is_none() && self.open.entry.school.is_some();
        let first =
            items.schools.first().map(|school| self.text.lines[view.index].text[school.span.clone()].to_lowercase());
        let starts =
            ["college of", "school of", "faculty", "department", "dept", "institute of", "division of", "campus"];
        // "College: Blue Bay College" / "University: Harbour University"
        let labelled = items.schools.first().is_some_and(|school| school.reason == schools::LABEL)
            && self.open.school_score >= schools::LABEL_POINTS
            && self.text.lines[view.index].text.get(..10).is_some_and(|label| label.eq_ignore_ascii_case("university"));
        plain && (labelled || first.is_some_and(|name| starts.iter().any(|start| name.starts_with(start))))
    }

    fn inherits(&self, brings_school: bool) -> bool {
        self.lead == Lead::School && !brings_school && self.open.entry.school.is_some()
    }

    fn inherit(&mut self) {
        if let Some(last) = self.done.last() {
            self.open.entry.school = last.school.clone();
            self.open.entry.location = last.location.clone();
            self.open.school_score = 100.0;
        }
    }

    fn close(&mut self, end: usize) {
        let mut open = std::mem::take(&mut self.open);
        if !open.started {
            return;
        }
        self.subject_only(&mut open);
        if open.entry.degrees.is_empty()
            && let Some((line, span, mention)) = open.implied.take()
        {
            open.entry.degrees.push(self.degree_at(line, span, &mention));
        } else if let (Some((_, _, school)), [only]) = (&open.implied, open.entry.degrees.as_mut_slice()) {
            // "Dune Valley High School – Diploma"
            let bare = only.subject.is_none() && only.canonical.as_deref() == Some("Diploma");
            only.level = if bare { school.level } else { only.level };
        }
        self.unknown_school(&mut open);
        let mut entry = open.entry;
        entry.lines.end = end.max(entry.lines.start);
        education_status::merge(&mut entry.degrees);
        let dated_school = entry.school.is_some();
        if dated_school || !entry.degrees.is_empty() {
            education_status::settle(&mut entry, self.as_of);
            self.done.push(entry);
        } else if let Some(last) = self.done.last_mut() {
            last.lines.end = entry.lines.end;
        }
    }

    /// A school without a degree: a subject beside it stands for the degree ("Blue Bay University, Computer Engineering").
    fn subject_only(&self, open: &mut Open) {
        if !open.entry.degrees.is_empty() || open.entry.school.is_none() {
            return;
        }
        let Some((line, span)) = open.subject.take() else { return };
        let text = &self.text.lines[line].text;
        let evidence = Evidence::at(line, span.clone(), 4.5, "subject beside a school +4.5");
        let subject = Some(text[span.clone()].to_string());
        open.entry.degrees.push(Degree { raw: found(text, span, evidence), canonical: None, level: None, subject });
    }

    /// A degree or date without any school: a proper name beside it is the school, unsurely ("Blue Fish, 2014 – 2016").
    fn unknown_school(&self, open: &mut Open) {
        let Some((line, span)) = open.unknown.take().filter(|_| open.entry.school.is_none()) else { return };
        let text = &self.text.lines[line].text;
        let span = span.start..span.start + schools::without_grade(&text[span.clone()]).len();
        let town = super::place_forms::trailing(&text[span.clone()], self.lexicon).filter(|(start, _)| *start > 2);
        let span = town.map_or(span.clone(), |(start, _)| super::fields::trim(text, span.start..span.start + start));
        let name = &text[span.clone()];
        let words = name.split_whitespace().count();
        let capitals =
            name.split_whitespace().filter(|word| word.starts_with(|letter: char| letter.is_uppercase())).count();
        let near_degree = open.entry.degrees.iter().any(|degree| degree.level.is_some()) || open.looks_like_lead;
        // "seagull - Bergen, Norway" right below a degree: the town says that it is a name.
        let behind = text[span.end..].trim_start();
        let place = behind.strip_prefix(['-', '–']).map_or("", str::trim);
        let placed = line == open.degree_line + 1
            && !place.is_empty()
            && self.lexicon.places().parse(place).is_some_and(|place| place.country.is_some());
        let named = placed || !name.starts_with(|letter: char| letter.is_lowercase());
        let idle = words == 1 && schools::is_idle(&name.to_lowercase());
        if near_degree
            && named
            && !idle
            && (1..=7).contains(&words)
            && (placed || capitals * 2 > words)
            && !name.contains(':')
        {
            let dated = if open.entry.period.is_some() || open.looks_like_lead { 1.0 } else { 0.0 };
            let evidence = Evidence::at(line, span.clone(), 3.0 + dated, "proper name beside a degree +3");
            let end = span.end;
            let mut school = found(text, span, evidence);
            if let Some(rest) = schools::goes_on_below(&self.text.lines, line, end) {
                school.value = format!("{} {rest}", school.value);
            }
            open.entry.school = Some(school);
        }
    }

    fn school(&mut self, index: usize, school: &SchoolSpan) {
        let text = &self.text.lines[index].text;
        // "Blue Bay College of Engineering | JNTU": the acronym behind a school on the same line is its university.
        let name = &text[school.span.clone()];
        let acronym =
            self.open.school_line == index && name.len() <= 6 && !name.contains(|letter: char| letter.is_lowercase());
        let better = school.score > self.open.school_score + 2.5 && !acronym;
        if self.open.entry.school.is_some() && !better {
            return;
        }
        let evidence = Evidence::at(index, school.span.clone(), school.score, school.reason);
        let mut name = found(text, school.span.clone(), evidence);
        if schools::is_idle(&name.value.split(',').next().unwrap_or("").to_lowercase()) {
            let Some(above) = schools::begun_above(&self.text.lines, index, self.lexicon) else { return };
            name.value = format!("{above} {}", name.value);
        }
        if let Some(rest) = self.wrapped(index, school) {
            name.value = format!("{} {}", name.value, &self.text.lines[index + 1].text[rest.clone()]);
            self.open.wrapped = Some((index + 1, rest));
        }
        self.open.entry.school = Some(name);
        self.open.school_line = index;
        self.open.school_score = school.score;
    }

    /// `BLUE BAY INSTITUTE OF` / `FISHERY`: in a narrow column the name goes on in the next line. Its bytes there.
    fn wrapped(&self, index: usize, school: &SchoolSpan) -> Option<std::ops::Range<usize>> {
        let (line, next) = (&self.text.lines[index], self.text.lines.get(index + 1)?);
        let last = line.text[school.span.clone()].rsplit(' ').next()?.to_lowercase();
        let open = matches!(last.as_str(), "of" | "and" | "&" | "for" | "de" | "del" | "di" | "für" | "et" | "y");
        let same = next.style.column == line.style.column && !next.blank_before && !next.style.bullet && !next.hidden;
        if !open || !same || line.text[school.span.end..].trim().len() > 1 {
            return None;
        }
        let end = next.text.find(['\t', '|', ',', '(', '•']).unwrap_or(next.text.len());
        let rest = super::fields::trim(&next.text, 0..end);
        let named = next.text[rest.clone()].starts_with(char::is_uppercase) && rest.len() < 60;
        (named && self.lexicon.degrees().find(&next.text[rest.clone()], false).is_empty()).then_some(rest)
    }

    fn degree(&mut self, index: usize, span: std::ops::Range<usize>, mention: &crate::lexicon::DegreeMention) {
        let degree = self.degree_at(index, span, mention);
        self.open.entry.degrees.push(degree);
        self.open.degree_line = index;
    }

    fn degree_at(&self, index: usize, span: std::ops::Range<usize>, mention: &crate::lexicon::DegreeMention) -> Degree {
        let text = &self.text.lines[index].text;
        let reason = format!("degree-form {:?} +5", mention.canonical);
        let evidence = Evidence::at(index, span.clone(), 5.0, reason);
        let apart = mention.subject.as_ref().is_some_and(|subject| subject.start >= span.end);
        let subject = mention.subject.clone().map(|subject| text[subject].to_string());
        let canonical = Some(mention.canonical.to_string());
        let mut raw = found(text, span, evidence);
        // "BS⇥Blue Bay University, Fishery"
        if let Some(subject) = subject.as_ref().filter(|_| apart) {
            raw.value = format!("{} {subject}", raw.value);
        }
        Degree { raw, canonical, level: mention.level, subject }
    }

    fn date(&mut self, view: &LineView, date: &super::dates::FoundPeriod) {
        let range = date.is_range;
        if let Some(period) = &mut self.open.entry.period
            && education_dates::ends(&mut period.value, &date.period)
        {
            return;
        }
        let had_range = self.open.entry.period.as_ref().is_some_and(|period| period.value.start.is_some());
        if self.open.entry.period.is_some() && (had_range || !range) {
            return;
        }
        let period = date.period.clone();
        let evidence = Evidence::at(view.index, date.start..date.end, 5.0, "date of the entry");
        self.open.entry.period = Some(Found { value: period, evidence });
    }

    fn extras(&mut self, view: &LineView, items: &LineItems) {
        if !self.open.started {
            return;
        }
        let (index, text) = (view.index, &self.text.lines[view.index].text);
        let evidence =
            |span: &std::ops::Range<usize>, reason: &'static str| Evidence::at(index, span.clone(), 5.0, reason);
        if let Some((span, gpa)) = items.gpa.as_ref().filter(|_| self.open.entry.gpa.is_none()) {
            self.open.entry.gpa = Some(Found { value: gpa.clone(), evidence: evidence(span, "grade") });
        }
        if let Some(span) =
            items.places.first().filter(|_| self.open.entry.location.is_none() && view.class == LineClass::Head)
        {
            let field = Field { line: index, span: span.clone(), before: Separator::Start };
            self.open.entry.location = Some(found_place(self.text, &field, evidence(span, "place +5"), self.lexicon));
        }
        let courses = items.courses.iter().map(|span| found(text, span.clone(), evidence(span, "course label")));
        self.open.entry.courses.extend(courses);
        if let Some(status) =
            items.status.filter(|_| view.class == LineClass::Head || self.open.entry.status == DegreeStatus::Completed)
        {
            self.open.entry.status = status;
        }
        let named = view.class == LineClass::Head || !items.degrees.is_empty() || items.is_placed_name();
        let early = self.open.entry.lines.start + 3 > index && named;
        let known = |span: &&std::ops::Range<usize>| super::subjects::are_studies(&text[(*span).clone()], self.lexicon);
        let subject = items.major.clone().or_else(|| items.rest.iter().find(known).filter(|_| early).cloned());
        if let Some(span) = subject.filter(|_| self.open.subject.is_none()) {
            self.open.subject = Some((index, span));
        }
        if let Some(span) = items.rest.first().filter(|_| early && self.open.unknown.is_none()) {
            self.open.unknown = Some((index, span.clone()));
        }
    }
}
