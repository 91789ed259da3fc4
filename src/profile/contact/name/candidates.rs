//! Lines → fields that could be a name by their outer form. In: the top lines of a résumé. Out: [`Candidate`]s without labels,
//! honorifics, degrees and contacts around them. Does not weigh them.

use super::words::{DOCUMENT_LABELS, HONORIFICS, NAME_LABELS, SUFFIXES};
use crate::lexicon::table::WordSet;
use crate::lexicon::words::key;
use crate::model::{Found, Line};
use crate::profile::contact::{Lines, fields};
use crate::profile::marks::Marks;
use crate::profile::scan;

/// Lines from the top that are looked at.
const NAME_LINES: usize = 30;
/// A line so near to the e-mail address stands beside it.
const BESIDE_LINES: usize = 2;

/// A possible name.
pub(super) struct Candidate<'t> {
    pub(super) text: &'t str,
    pub(super) line: usize,
    pub(super) start: usize,
    /// Place among the visible lines that hold text.
    pub(super) rank: usize,
    /// The line stands beside the first e-mail address.
    pub(super) beside: bool,
    pub(super) labelled: bool,
    /// The candidate is all the text of its line.
    pub(super) whole_line: bool,
    /// A sentence goes on behind it: `Results-oriented, with ten years of …`.
    pub(super) in_sentence: bool,
    /// A title was cut off behind it, and no bold letters tell where the name ends.
    pub(super) titled: bool,
    /// Words of the next line, when a name is set over two lines.
    pub(super) second: Option<&'t str>,
}

/// One line that may hold a name, with the visible line below it.
pub(super) struct Place<'t> {
    pub(super) index: usize,
    pub(super) line: &'t Line,
    /// Place among the visible lines.
    pub(super) rank: usize,
    /// Stands beside the first e-mail address.
    beside: bool,
    /// A colon stands in it.
    may_be_labelled: bool,
    next: Option<&'t Line>,
}

impl<'t> Place<'t> {
    /// What any field of this line could be at best.
    pub(super) fn best_case(&self) -> Candidate<'t> {
        let Place { index, rank, beside, may_be_labelled: labelled, .. } = *self;
        Candidate {
            text: "",
            line: index,
            start: 0,
            rank,
            beside,
            labelled,
            whole_line: true,
            in_sentence: false,
            titled: false,
            second: None,
        }
    }

    /// The fields of the line that could be a name.
    pub(super) fn candidates(&self) -> impl Iterator<Item = Candidate<'t>> {
        let mut above = "";
        fields(&self.line.text).into_iter().filter_map(move |(start, field)| {
            // "Name⇥: Ada Gull"
            let value =
                field.strip_prefix(':').map(str::trim_start).filter(|_| NAME_LABELS.contains(&key(above).as_str()));
            let start = start + value.map_or(0, |value| field.len() - value.len());
            let is_value = value.is_some();
            above = field;
            let field = value.unwrap_or(field);
            let (text, offset, labelled, titled) = trimmed(field, self.may_be_labelled);
            let labelled = labelled || is_value;
            let whole_line = text.len() + 2 >= self.line.text.trim().len();
            let next = self.next.filter(|next| whole_line && same_look(self.line, next));
            let second = next.map(|next| next.text.trim()).filter(|second| is_single(text) && is_single(second));
            let Place { index: line, rank, beside, .. } = *self;
            let start = start + offset;
            let bold_end = self.line.bold.first().filter(|range| range.0 as usize <= start).map_or(0, |range| range.1);
            let titled = titled && bold_end as usize != start + text.len();
            let small = |word: &&str| word.len() > 2 && word.starts_with(char::is_lowercase);
            let in_sentence = scan::blank_parted(field).filter(small).take(4).count() == 4;
            (!text.is_empty()).then_some(Candidate {
                text,
                line,
                start,
                rank,
                beside,
                labelled,
                whole_line,
                in_sentence,
                titled,
                second,
            })
        })
    }
}

/// The lines that may hold the name: the top of the résumé and contact lines a little further down; anywhere, the lines around the
/// first e-mail address and those in the largest letters (a sidebar or text box is read after the rest).
pub(super) fn places<'t>(lines: &Lines<'t>, emails: &[Found<String>]) -> Vec<Place<'t>> {
    let largest = lines.visible().map(|(_, line)| line.style.size_pt).fold(0.0, f32::max);
    let email = emails.first().map(|email| email.evidence.line as usize);
    let beside = |index: usize| email.is_some_and(|email| index.abs_diff(email) <= BESIDE_LINES);
    let mut places: Vec<Place<'t>> = Vec::with_capacity(NAME_LINES);
    let mut shown = lines.visible().enumerate().peekable();
    while let Some((rank, (index, line))) = shown.next() {
        let top = rank < NAME_LINES || rank < NAME_LINES * 2 && lines.contact[index];
        let large = largest > 14.0 && line.style.size_pt >= largest;
        if (top || large || beside(index)) && !lines.referees[index] && line.text.len() <= 200 {
            let next = shown.peek().map(|(_, (_, next))| *next);
            let marks = lines.marks[index];
            let may_be_labelled = marks.has(Marks::COLON) || marks.has(Marks::WIDE) && line.text.contains('：');
            places.push(Place { index, line, rank, beside: beside(index), may_be_labelled, next });
        }
    }
    places
}

/// The size of the largest letters among the lines that are looked at, in points; 0 if unknown.
pub(super) fn largest_letters(lines: &Lines<'_>) -> f32 {
    lines.visible().take(NAME_LINES * 2).map(|(_, line)| line.style.size_pt).fold(0.0, f32::max)
}

/// One word of letters.
fn is_single(text: &str) -> bool {
    text.split_whitespace().count() == 1
        && text.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '\'' | '’'))
}

/// Two lines that look alike and unlike body text: a name set over two lines.
fn same_look(line: &Line, next: &Line) -> bool {
    let size =
        line.style.size_pt > 0.0 && (line.style.size_pt - next.style.size_pt).abs() < 0.6 && line.style.size_pt > 14.0;
    size || (line.style.heading == 1 && next.style.heading == 1)
}

/// Bytes of a name in brackets between the names it stands for: `Xiaoyi (Steven) Lin`; empty if there is none.
fn nickname(text: &str) -> std::ops::Range<usize> {
    let Some(open) = scan::find(text, " (") else { return 0..0 };
    let Some(close) = text[open..].find(") ").map(|at| open + at) else { return 0..0 };
    let (called, behind) = (&text[open + 2..close], text[close + 2..].trim_start());
    let is_name = called.starts_with(char::is_uppercase) && called.chars().all(|ch| ch.is_alphabetic() || ch == '.');
    if is_name && behind.starts_with(char::is_uppercase) { open..close + 1 } else { 0..0 }
}

/// Last words of titles that are hardly ever names of people, lower case.
static TITLE_ENDS: WordSet = WordSet::of(&[
    "engineer",
    "developer",
    "designer",
    "manager",
    "analyst",
    "scientist",
    "architect",
    "consultant",
    "student",
    "administrator",
    "specialist",
    "programmer",
    "researcher",
    "ingénieur",
    "développeur",
    "desarrollador",
    "entwickler",
]);

/// `Dmitri Sandvik Kernel Engineer`: the name in front of a title of two words or more on the same line.
fn without_title(text: &str) -> &str {
    let last = text.split_whitespace().next_back().unwrap_or("");
    if !TITLE_ENDS.contains_in_small(last) {
        return text;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(4..=7).contains(&words.len()) {
        return text;
    }
    let third = words[2].to_lowercase();
    let is_initial = words[1].trim_end_matches('.').chars().count() == 1;
    let count = if is_initial && words.len() >= 5 && third.chars().count() > 1 { 3 } else { 2 };
    let end = words[count].as_ptr() as usize - text.as_ptr() as usize;
    text[..end].trim_end()
}

/// Cuts labels, honorifics, `Resume of`, degrees and contacts off a field: the rest, its offset, whether a label named it,
/// whether a title was cut off. No colon is looked for where it `may_be_labelled` not.
fn trimmed(field: &str, may_be_labelled: bool) -> (&str, usize, bool, bool) {
    let mut text = field;
    let mut labelled = false;
    if may_be_labelled && let Some((label, rest)) = field.split_once([':', '：']) {
        let label = key(label);
        labelled = NAME_LABELS.contains(&label.as_str());
        if labelled || DOCUMENT_LABELS.contains(&label.as_str()) {
            text = rest.trim_start();
        }
    }
    let offset = |text: &str| text.as_ptr() as usize - field.as_ptr() as usize;
    if let Some(at) = text.find('@') {
        text = text[..at].rfind([' ', '\t']).map_or("", |blank| &text[..blank]);
    }
    // "Jane Doe jane@example.com", "Jane Doe (she/her)", "Jane Doe, PhD"
    let called = nickname(text);
    let cut = text.char_indices().filter(|(at, _)| !called.contains(at)).find(|(at, letter)| {
        let word_start = *at == 0 || text[..*at].ends_with(' ');
        letter.is_ascii_digit()
            || matches!(letter, '(' | '（' | ',' | '+' | '<' | '[' | ':')
            || word_start && (text[*at..].starts_with("http") || text[*at..].starts_with("www."))
    });
    let untitled = cut.map_or(text, |(at, _)| &text[..at]);
    text = without_title(untitled);
    let titled = text.len() < untitled.len();
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
            || last.chars().skip(1).any(char::is_uppercase) && SUFFIXES.contains(&last_key.as_str());
        match (leading, trailing) {
            (true, _) => text = &text[first.len()..],
            (_, true) => text = &text[..text.len() - last.len()],
            _ => break,
        }
    }
    (text, if text.is_empty() { 0 } else { offset(text) }, labelled, titled)
}
