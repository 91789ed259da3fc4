//! Lines of a section → which lines are heads of entries and which are their text. In: the section's lines. Out: a
//! [`LineView`] per line: its class and the date that makes it an anchor. Does NOT group lines into entries (`segments`).

use super::cues;
use super::dates::{self, FoundPeriod};
use super::fields;
use super::head_labels;
use super::line_class::{HEAD_WORDS, Shape, classify};
use super::marks::{Marked, Marks};
use super::scan::worded_pieces;
use super::split_dates::{self, Mended};
use super::stints;
use crate::lexicon::table::WordSet;
use crate::model::{Line, Month};
use std::ops::Range;

pub(super) use super::line_class::LineClass;

/// A line with what segmentation needs to know of it.
#[derive(Debug, Clone)]
pub(super) struct LineView {
    /// Index in the document.
    pub index: usize,
    /// What it is.
    pub class: LineClass,
    /// All dates on it.
    pub dates: Vec<FoundPeriod>,
    /// The date that dates an entry: index into `dates`.
    pub anchor: Option<usize>,
    /// The anchor stands in the margin of a description line; the head is the lines before.
    pub margin: bool,
    /// Words beside the dates; not counted further than one more than a head can have, nor for a list item without a date.
    pub rest: usize,
    /// The line below says how long it was, and nothing else: "Blue Fish Inn" / "5 years 2 months", above the roles there.
    pub above_duration: bool,
}

impl LineView {
    /// The dates' byte ranges, to be cut out of the fields.
    pub fn cuts(&self) -> Vec<Range<usize>> {
        self.dates.iter().map(|date| date.start..date.end).collect()
    }
}

/// Views of the lines in `range`, without page furniture and hidden lines.
pub(super) fn view(marked: &Marked, range: Range<usize>, as_of: Month) -> Vec<LineView> {
    let (lines, marks) = (&marked.text.lines[range.clone()], &marked.marks[range.clone()]);
    let shape = Shape::of(lines);
    let shown: Vec<usize> = (0..lines.len()).filter(|at| !is_passed_over(&lines[*at], marks[*at])).collect();
    let may_be_dated = |at: &usize| marks[*at].has(Marks::DIGIT) && dates::may_hold_year(&lines[*at].text);
    let dated: Vec<bool> = shown.iter().map(may_be_dated).collect();
    let found = |(at, dated): (&usize, &bool)| match dated {
        true => found_dates(&lines[*at], as_of),
        // "En cours : Ingénieure chez Dunes"
        false if marks[*at].has(Marks::COLON) => dates::present_label(&lines[*at].text).into_iter().collect(),
        false => Vec::new(),
    };
    let mut dates: Vec<Vec<FoundPeriod>> = shown.iter().zip(&dated).map(found).collect();
    let shown_lines: Vec<&Line> = shown.iter().map(|at| &lines[*at]).collect();
    let mended = split_dates::mend(&shown_lines, &dated, &mut dates, as_of);
    let mut views: Vec<LineView> = Vec::with_capacity(shown.len());
    let mut previous: Option<(&Line, LineClass)> = None;
    for ((offset, dates), mended) in shown.into_iter().zip(dates).zip(mended) {
        let line = &lines[offset];
        let mut anchor = match mended {
            Mended::No => anchor_date(line, &dates),
            Mended::Begins(at) => Some(at),
            Mended::Ends => None,
        };
        let plain_item = line.style.bullet && line.style.heading == 0 && dates.is_empty();
        let rest = if plain_item { 0 } else { rest_words(&line.text, &dates) };
        let mut class = classify(line, rest, anchor.is_some_and(|at| dates[at].is_range), previous, shape);
        // "• Tipo di impiego⇥Cook": the old European form sets a sign in front of each label.
        if class == LineClass::Bullet && marks[offset].has(Marks::TAB) && head_labels::opens(&line.text) {
            class = LineClass::Head;
        }
        // "– Present  Blue Fish Inn": no list item.
        if mended == Mended::Ends && class == LineClass::Bullet && rest <= HEAD_WORDS / 2 {
            class = LineClass::Head;
        }
        let margin = anchor.is_some_and(|at| in_margin(&line.text, &dates[at])) && is_text(line, rest, class);
        if margin {
            class = if line.style.bullet { LineClass::Bullet } else { LineClass::Prose };
        } else if class != LineClass::Head && !anchor.is_some_and(|at| opens(&line.text, &dates[at])) {
            anchor = None;
        }
        previous = Some((line, class));
        let is_length = |(line, marks): (&Line, &Marks)| is_lone_duration(&line.text, *marks);
        let below = lines.get(offset + 1).zip(marks.get(offset + 1));
        let above_duration = class == LineClass::Head && dates.is_empty() && below.is_some_and(is_length);
        views.push(LineView { index: range.start + offset, class, dates, anchor, margin, rest, above_duration });
    }
    views
}

/// Labels of lines that say nothing of employer, title or time (government forms, Europass): the head goes on behind them.
static PASSED_OVER: WordSet = WordSet::of(&[
    "salary",
    "hours per week",
    "hours/week",
    "average hours per week",
    "supervisor",
    "supervisor name",
    "supervisor phone",
    "okay to contact",
    "ok to contact",
    "okay to contact this supervisor",
    "may we contact this employer",
    "may we contact your supervisor",
    "may contact",
    "advisor",
    "advisors",
    "adviser",
    "supervisors",
    "reports to",
    "reporting to",
    "team size",
    "series",
    "grade level",
    "pay grade",
    "pay plan",
    "employee id",
    "reason for leaving",
    "type of business or sector",
    "main activities and responsibilities",
    "type of business",
    "tipo di azienda o settore",
    "principali mansioni e responsabilità",
    "principales activités et responsabilités",
    "type ou secteur d'activité",
    "tipo de empresa o sector",
    "funciones y responsabilidades principales",
    "principais actividades e responsabilidades",
    "wichtigste tätigkeiten und zuständigkeiten",
    "tätigkeitsbereich oder branche",
    "activităţi şi responsabilităţi principale",
    "date of birth",
    "birth date",
    "dob",
    "d.o.b",
]);

/// The line is part of no entry: page furniture, hidden, a label of a form, a street, a bare address of the web.
fn is_passed_over(line: &Line, marks: Marks) -> bool {
    if line.hidden || line.furniture {
        return true;
    }
    let text = line.text.as_str();
    if text.len() > 120 {
        return false;
    }
    marks.has(Marks::COLON.or(Marks::TAB)) && is_form_label(text)
        || marks.has(Marks::DIGIT) && is_street(text)
        || is_web_address(text)
        || is_remark(text)
        || is_lone_duration(text, marks)
        || marks.has(Marks::TAB) && is_table_head(text)
}

fn is_lone_duration(text: &str, marks: Marks) -> bool {
    text.len() < 40 && marks.has(Marks::DIGIT) && is_duration(text)
}

/// `3 years 2 months`, `Full-time · 3 yrs 2 mos`: how long it was.
fn is_duration(text: &str) -> bool {
    let (form, length) = text.rsplit_once(" · ").unwrap_or(("", text));
    length.starts_with(|first: char| first.is_ascii_digit())
        && length.contains(char::is_alphabetic)
        && !dates::may_hold_year(length)
        && cues::is_duration(&length.to_lowercase())
        && (form.is_empty() || cues::is_contract_form(form))
}

/// `acquired by Kelp, Aug 2016`, `Clients include Kelp and Tern`: what is said of an employer, on a line of its own.
fn is_remark(text: &str) -> bool {
    const REMARKS: &[&str] = &["acquired by ", "acquired in ", "Clients include", "Advisor: ", "Adviser: "];
    let bare = text.trim_start_matches('(');
    bare.starts_with(['a', 'C', 'A']) && REMARKS.iter().any(|start| bare.starts_with(start))
}

/// `Supervisor: …`: one of [`PASSED_OVER`] and its value.
fn is_form_label(text: &str) -> bool {
    let find = |sign: u8| memchr::memchr(sign, text.as_bytes());
    let short = |tab: &usize| *tab > 20 || text.starts_with("Date of Birth") || text.starts_with("DOB");
    let end = find(b':').or_else(|| find(b'\t').filter(short)).unwrap_or(0);
    let label = text[..end].trim();
    !label.is_empty() && PASSED_OVER.contains_in_small(label)
}

/// Heads of columns, lower case.
static COLUMNS: WordSet = WordSet::of(&[
    "organization",
    "organisation",
    "company",
    "company name",
    "employer",
    "name of company",
    "name of organization",
    "designation",
    "position",
    "title",
    "job title",
    "role",
    "from",
    "to",
    "start",
    "end",
    "start date",
    "end date",
    "name of employer",
    "exact title of your post",
    "exact title of post",
    "duty station",
    "duties",
    "main duties",
    "key duties",
    "date",
    "dates",
    "duration",
    "period",
    "year",
    "years",
    "s.no",
    "s.no.",
    "sl.no",
    "sr. no",
    "sr.no",
    "no",
    "no.",
    "location",
    "examination",
    "exam",
    "degree",
    "course",
    "qualification",
    "institute",
    "institution",
    "school",
    "college",
    "university",
    "board",
    "year of passing",
    "passing year",
    "percentage",
    "%",
    "cgpa",
    "marks",
    "grade",
    "result",
    "class",
    "specialization",
    "stream",
    "subject",
    "subjects",
    "aggregate",
    "division",
    "responsibilities",
    "place",
    "city",
    "bord",
    "school name",
    "name of school",
    "name of institute",
    "name of institution",
    "total marks",
    "total marks %",
    "marks %",
    "marks(%)",
    "marks (%)",
    "year of completion",
    "name of exam",
    "course name",
    "tasks",
    "remarks",
    "job description",
    "nature of work",
    "years of experience",
    "zeitraum",
    "firma",
    "unternehmen",
    "arbeitgeber",
    "tätigkeit",
    "funktion",
    "ort",
    "von",
    "bis",
    "abschluss",
    "schule",
    "hochschule",
    "jahr",
    "note",
    "aufgaben",
    "période",
    "poste",
    "fonction",
    "entreprise",
    "employeur",
    "lieu",
    "diplôme",
    "établissement",
    "année",
    "mention",
    "missions",
    "periodo",
    "período",
    "fecha",
    "empresa",
    "cargo",
    "puesto",
    "función",
    "funciones",
    "lugar",
    "título",
    "institución",
    "año",
    "instituição",
    "curso",
    "ano",
]);

/// `Organization⇥Designation⇥From⇥To`, `Course⇥School / Place⇥Year`, `Start⇥End⇥Position, company`; of three cells and more one may have a
/// name of its own.
fn is_table_head(text: &str) -> bool {
    let is_column = |name: &str| COLUMNS.contains_in_small(name.trim());
    let is_known = |cell: &str| is_column(cell) || cell.split(['/', ',', '&']).all(is_column);
    let mut cells = 0;
    let unknown = text.split('\t').inspect(|_| cells += 1).filter(|cell| !is_known(cell)).count();
    cells > 1 && unknown == 0 || cells > 2 && unknown == 1
}

/// Last words of a street, lower case.
const STREETS: &[&str] = &[
    "street",
    "st",
    "st.",
    "avenue",
    "ave",
    "ave.",
    "road",
    "rd",
    "rd.",
    "boulevard",
    "blvd",
    "blvd.",
    "drive",
    "lane",
];

/// `123 Main Street`, `Asheville, NC 28801 United States`: a postal address on a line of its own.
fn is_street(text: &str) -> bool {
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let last_word = |part: &str| part.split_whitespace().next_back().unwrap_or("").to_lowercase();
    if text.starts_with(|letter: char| letter.is_ascii_digit()) {
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        if is_number(first) && first.len() <= 5 && rest.split_whitespace().count() <= 5 {
            return rest.split(',').any(|part| STREETS.contains(&last_word(part).as_str()));
        }
    }
    // A town, a state's code and its post code.
    let comma = memchr::memrchr(b',', text.as_bytes()).filter(|comma| text[*comma..].starts_with(", "));
    let Some(comma) = comma else { return false };
    let (town, rest) = (&text[..comma], &text[comma + 2..]);
    let mut words = rest.split_whitespace();
    let code = words.next().is_some_and(|word| word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_uppercase()));
    let post_code = words.next().is_some_and(|word| word.len() == 5 && is_number(word));
    code && post_code && !town.contains(", ") && town.split_whitespace().count() <= 3 && words.count() <= 2
}

fn is_web_address(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")) && !text.contains(' ')
}

/// Dates of a line; lines that are too long for a head and have no digit near their ends are not searched.
fn found_dates(line: &Line, as_of: Month) -> Vec<FoundPeriod> {
    if line.text.len() > 2000 { Vec::new() } else { dates::find_dated(&line.text, as_of, None) }
}

/// The date that dates the entry: a range at an edge of the line or between separators, else a single date there.
fn anchor_date(line: &Line, dates: &[FoundPeriod]) -> Option<usize> {
    let text = line.text.as_str();
    let at_edge = |date: &FoundPeriod| {
        let before = text[..date.start].trim_end_matches(|letter: char| " ([,:".contains(letter));
        let before = before.trim_start_matches(fields::is_pictograph);
        let after = text[date.end..].trim_start_matches(|letter: char| " )],:.".contains(letter)).trim_end();
        let opens = before.is_empty() || before.ends_with(['\t', '|', '•', '·', '–', '—', '-', ';']);
        let closes = after.is_empty() || after.starts_with(['\t', '|', '•', '·', '–', '—', ';', '(']);
        // "…, 2012 – 2014 (not completed)"
        let remark = after.starts_with('(') && after.ends_with(')') && after.len() < 40;
        // "Cook (2015 – 2018), Blue Fish Inn"
        let bracketed = !line.style.bullet
            && text[..date.start].ends_with('(')
            && ["),", ").", ");"].iter().any(|end| text[date.end..].starts_with(end));
        before.is_empty() || after.is_empty() || remark || bracketed || is_grade(after) || opens && closes
    };
    let edges = || (0..dates.len()).filter(|&at| at_edge(&dates[at]));
    let range = edges().find(|&at| dates[at].is_range).map(|at| stints::longest(text, dates, at));
    range.or_else(|| edges().next_back()).or_else(|| amid(line, dates))
}

/// `Head Cook 05/2011 to 09/2014 Blue Fish Inn`: the only range of a line that is no sentence, between two names.
fn amid(line: &Line, dates: &[FoundPeriod]) -> Option<usize> {
    let [date] = dates else { return None };
    let (before, after) = (line.text[..date.start].trim(), line.text[date.end..].trim());
    let named = |part: &str| {
        let words = part.split_whitespace().count();
        (1..=9).contains(&words) && part.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric())
    };
    let ends = ["in", "of", "from", "since", "between", "for", "during", "to", "the", "by", "and", "until"];
    let last = before.rsplit(' ').next().unwrap_or("");
    let fits = date.is_range && !line.style.bullet && !line.text.ends_with('.') && !ends.contains(&last);
    (fits && named(before) && named(after)).then_some(0)
}

/// Words that open a grade behind the date of a degree: `2015, magna cum laude`, `2004 – 2010, Note 1,7`.
const GRADES: &[&str] = &[
    "gpa",
    "cgpa",
    "qpa",
    "sgpa",
    "grade",
    "note",
    "first",
    "second",
    "third",
    "upper",
    "lower",
    "distinction",
    "merit",
    "magna",
    "summa",
    "cum",
    "honours",
    "honors",
    "hons",
    "percentage",
    "score",
    "marks",
    "aggregate",
    "mention",
    "average",
    "with",
];

/// What stands behind the date is a grade: `3.1/4`, `CGPA 8.02`, `91.4%`.
fn is_grade(after: &str) -> bool {
    let words = after.split_whitespace().count();
    let first = after.split([' ', ':', '-']).next().unwrap_or("").to_lowercase();
    let number = first.starts_with(|letter: char| letter.is_ascii_digit()) && first.contains(['.', '/', '%', ',', ':']);
    words <= 8
        && (number && words <= 2
            || GRADES.contains(&first.as_str())
                && (first != "with" || after.contains("onour") || after.contains("istinction")))
}

/// `2019 – 2021: cook at the Blue Fish Inn, where …`
fn opens(text: &str, date: &FoundPeriod) -> bool {
    date.is_range && text[..date.start].trim_matches(|letter: char| " ([".contains(letter)).is_empty()
}

/// A date alone in the last cell: `Reduced waste by half\tJune 2005 – Aug 2007`.
fn in_margin(text: &str, date: &FoundPeriod) -> bool {
    let cell = text[..date.start].trim_end_matches(' ');
    cell.ends_with('\t') && text[date.end..].trim_matches([' ', '\t']).is_empty()
}

fn is_text(line: &Line, rest_words: usize, class: LineClass) -> bool {
    line.style.bullet && rest_words > 6 || class == LineClass::Prose || rest_words > HEAD_WORDS
}

/// Words outside the dates; not counted further than one more than a head can have.
fn rest_words(text: &str, dates: &[FoundPeriod]) -> usize {
    let mut words = 0;
    let mut from = 0;
    for (start, end) in dates.iter().map(|date| (date.start, date.end)).chain([(text.len(), text.len())]) {
        words += worded_pieces(&text[from..start.max(from)], HEAD_WORDS + 1 - words);
        if words > HEAD_WORDS {
            break;
        }
        from = end.max(from);
    }
    words
}
