//! Lines of a section → which lines are heads of entries and which are their text. In: the section's lines. Out: a
//! [`LineView`] per line: its class and the date that makes it an anchor. Does NOT group lines into entries (`segments`).

use super::dates::{self, FoundPeriod};
use crate::model::{Line, Month, TextDoc};
use std::ops::Range;

/// What a line is in an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineClass {
    /// Could be part of a head: short, no sentence.
    Head,
    /// A list item or its continuation.
    Bullet,
    /// Running text.
    Prose,
}

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
}

impl LineView {
    /// The dates' byte ranges, to be cut out of the fields.
    pub fn cuts(&self) -> Vec<Range<usize>> {
        self.dates.iter().map(|date| date.start..date.end).collect()
    }
}

/// Words beside the date that a head line can have at most.
const HEAD_WORDS: usize = 16;
/// Characters a head line can have at most; longer lines are text.
const HEAD_BYTES: usize = 240;

/// Views of the lines in `range`, without page furniture and hidden lines.
pub(super) fn view(text: &TextDoc, range: Range<usize>, as_of: Month) -> Vec<LineView> {
    let lines = &text.lines[range.clone()];
    let widest = lines.iter().map(|line| line.text.len()).max().unwrap_or(0).min(120);
    let mut views: Vec<LineView> = Vec::with_capacity(lines.len());
    let mut previous: Option<(&Line, LineClass)> = None;
    for (offset, line) in lines.iter().enumerate() {
        if line.hidden || line.furniture {
            continue;
        }
        let dates = found_dates(line, as_of);
        let mut anchor = anchor_date(&line.text, &dates);
        let rest = rest_words(&line.text, &dates);
        let mut class = classify(line, rest, anchor.is_some_and(|at| dates[at].is_range), previous, widest);
        let margin = anchor.is_some_and(|at| in_margin(&line.text, &dates[at])) && is_text(line, rest, class);
        if margin {
            class = if line.style.bullet { LineClass::Bullet } else { LineClass::Prose };
        } else if class != LineClass::Head && !anchor.is_some_and(|at| opens(&line.text, &dates[at])) {
            anchor = None;
        }
        previous = Some((line, class));
        views.push(LineView { index: range.start + offset, class, dates, anchor, margin });
    }
    views
}

/// Dates of a line; lines that are too long for a head and have no digit near their ends are not searched.
fn found_dates(line: &Line, as_of: Month) -> Vec<FoundPeriod> {
    if line.text.len() > 2000 || !line.text.contains(|letter: char| letter.is_ascii_digit()) {
        return Vec::new();
    }
    dates::find(&line.text, as_of)
}

/// The date that dates the entry: a range at an edge of the line or between separators, else a single date there.
fn anchor_date(text: &str, dates: &[FoundPeriod]) -> Option<usize> {
    let at_edge = |date: &FoundPeriod| {
        let before = text[..date.start].trim_end_matches(|letter: char| " ([,:".contains(letter));
        let after = text[date.end..].trim_start_matches(|letter: char| " )],:.".contains(letter)).trim_end();
        let opens = before.is_empty() || before.ends_with(['\t', '|', '•', '·', '–', '—', '-', ';']);
        let closes = after.is_empty() || after.starts_with(['\t', '|', '•', '·', '–', '—', ';', '(']);
        // "…, 2012 – 2014 (not completed)"
        let remark = after.starts_with('(') && after.ends_with(')') && after.len() < 40;
        before.is_empty() || after.is_empty() || remark || is_grade(after) || opens && closes
    };
    let edges = || (0..dates.len()).filter(|&at| at_edge(&dates[at]));
    edges().find(|&at| dates[at].is_range).or_else(|| edges().next_back())
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

fn rest_words(text: &str, dates: &[FoundPeriod]) -> usize {
    let in_date = |at: usize| dates.iter().any(|date| (date.start..date.end).contains(&at));
    let mut words = 0;
    let mut inside = false;
    for (at, letter) in text.char_indices().take(HEAD_BYTES * 2) {
        let is_word = letter.is_alphanumeric() && !in_date(at);
        words += usize::from(is_word && !inside);
        inside = is_word || inside && !letter.is_whitespace() && !in_date(at);
    }
    words
}

fn classify(line: &Line, words: usize, dated: bool, previous: Option<(&Line, LineClass)>, widest: usize) -> LineClass {
    let short = words <= HEAD_WORDS && line.text.len() <= HEAD_BYTES;
    if line.style.heading > 0 && short {
        return LineClass::Head;
    }
    if line.style.bullet {
        // A list item is a head when it carries the dates: "• Blue Fish Inn | Cook | Bergen May 2019 – June 2021".
        return if short && dated { LineClass::Head } else { LineClass::Bullet };
    }
    if short && (dated || line.style.bold && !is_sentence(&line.text, words)) {
        return LineClass::Head;
    }
    if let Some((before, class)) = previous.filter(|(_, class)| *class != LineClass::Head)
        && continues(line, before, widest)
    {
        return class;
    }
    if short && !is_sentence(&line.text, words) { LineClass::Head } else { LineClass::Prose }
}

/// The line goes on with the sentence of the line before it.
fn continues(line: &Line, before: &Line, widest: usize) -> bool {
    if line.blank_before || line.rule_before || line.page != before.page && line.text.starts_with(char::is_uppercase) {
        return false;
    }
    let hangs_out = before.style.left_pt > 0.0 && line.style.left_pt + 2.0 < before.style.left_pt;
    let starts_bold = line.bold.first().is_some_and(|range| range.0 == 0) && before.bold.is_empty();
    if hangs_out || starts_bold || line.style.size_pt > before.style.size_pt + 0.4 && before.style.size_pt > 0.0 {
        return false;
    }
    let small = line.text.starts_with(|letter: char| letter.is_lowercase());
    let full = before.text.len() * 4 >= widest * 3;
    let open = !before.text.ends_with(['.', '!', '?', ':']);
    small || full && open || full && line.style.left_pt > 0.0 && (line.style.left_pt - before.style.left_pt).abs() < 2.0
}

/// Running text: long, or closed by a full stop, or begun in small letters.
fn is_sentence(text: &str, words: usize) -> bool {
    let stop = text.ends_with('.') && words >= 5 && !text.ends_with("Inc.") && !text.ends_with("Ltd.");
    let small = text.starts_with(|letter: char| letter.is_lowercase()) && words >= 3;
    stop || small || words > HEAD_WORDS
}
