//! Degrees in a line → [`DegreeMention`]s: canonical name, level, subject. In: one line and whether it stands in an education
//! section. Out: mentions in order, not overlapping. Decides nothing about schools or dates.

use super::degree_rules;
use super::table::{Phrases, cells, rows};
use super::words::{Gap, Words};
use crate::model::DegreeLevel;
use std::ops::Range;

/// A degree found in a line. Ranges are bytes of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DegreeMention {
    /// The degree itself: `Master of Science`, `B.Tech`.
    pub span: Range<usize>,
    /// Canonical name: `Bachelor of Technology`.
    pub canonical: &'static str,
    /// Level; none for professional titles without one (`CA Final`).
    pub level: Option<DegreeLevel>,
    /// The subject that stands with it: `Computer Science`.
    pub subject: Option<Range<usize>>,
}

impl DegreeMention {
    /// Degree and subject together: `Master of Science in Computer Science`.
    pub fn whole(&self) -> Range<usize> {
        let Some(subject) = &self.subject else { return self.span.clone() };
        subject.start.min(self.span.start)..subject.end.max(self.span.end)
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct DegreeRow {
    pub(super) canonical: &'static str,
    pub(super) level: Option<DegreeLevel>,
    /// Means a degree only in company of other signs.
    pub(super) ambiguous: bool,
}

/// The table of degrees.
#[derive(Debug)]
pub struct Degrees {
    forms: Phrases<DegreeRow>,
    subjects: Phrases<()>,
}

/// Words that end a subject.
const SUBJECT_STOPS: &[&str] = &[
    "from",
    "at",
    "with",
    "gpa",
    "cgpa",
    "university",
    "college",
    "institute",
    "school",
    "expected",
    "graduated",
    "graduation",
    "academy",
    "universitat",
    "universite",
    "universidad",
    "universidade",
    "instituto",
    "politecnico",
    "grade",
    "percentage",
    "score",
    "may",
    "june",
    "august",
    "december",
    "present",
    "minor",
    "first",
    "cum",
    "magna",
    "summa",
    "class",
    "thesis",
    "completed",
    "pursuing",
    "awarded",
];
/// Words between a degree and its subject: `Grado en Derecho`, `Ausbildung zum Koch`, `Kandidatexamen i logistik`.
const SUBJECT_JOINERS: &[&str] = &[
    "in", "of", "en", "der", "em", "i", "di", "de", "des", "du", "la", "le", "les", "zum", "zur", "als", "im", "inom",
    "w", "van", "del", "della", "dell", "do", "da",
];
/// Last words that show a phrase to be a field of study.
const SUBJECT_TAILS: &[&str] = &[
    "engineering",
    "science",
    "sciences",
    "studies",
    "technology",
    "technologies",
    "arts",
    "management",
    "administration",
    "economics",
    "mathematics",
    "physics",
    "chemistry",
    "biology",
    "history",
    "design",
    "finance",
    "accounting",
    "marketing",
    "education",
    "psychology",
    "law",
    "communication",
    "communications",
    "business",
    "systems",
    "computing",
    "engg",
    "informatics",
    "statistics",
    "literature",
    "philosophy",
    "nursing",
    "medicine",
    "commerce",
    "journalism",
    "analytics",
    "development",
    "security",
    "architecture",
    "robotics",
    "linguistics",
    "sociology",
    "politics",
    "relations",
    "biotechnology",
];

/// Forms that stand inside longer words of Chinese and Japanese, highest first.
const UNSPACED: &[&str] = &["博士", "硕士", "修士", "学士", "本科", "大专"];
/// Ends of words that name a school, whatever stands in them.
const SCHOOL_ENDS: &[&str] = &["大学", "学院", "学校", "系"];

impl Degrees {
    pub(super) fn builtin() -> Degrees {
        let forms = rows(include_str!("data/degrees.tsv")).map(|row| {
            let [form, canonical, level, ambiguous] = cells(row);
            (form, DegreeRow { canonical, level: level_named(level), ambiguous: ambiguous == "1" })
        });
        let subjects = rows(include_str!("data/subjects.tsv")).flat_map(|row| {
            let [canonical, _, aliases] = cells(row);
            std::iter::once(canonical).chain(super::table::list(aliases)).map(|name| (name, ()))
        });
        Degrees { forms: Phrases::new(forms), subjects: Phrases::new(subjects) }
    }

    /// Finds the degrees of a line. Outside an education section ambiguous forms (`MS`, `BE`, `Master`) need a field or `in`
    /// behind them.
    pub fn find(&self, text: &str, in_education: bool) -> Vec<DegreeMention> {
        self.find_in(text, &Words::of(text), in_education)
    }

    /// The same, where the words of `text` are known already.
    pub fn find_in(&self, text: &str, words: &Words, in_education: bool) -> Vec<DegreeMention> {
        let mut found: Vec<DegreeMention> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let Some((length, row)) = self.forms.longest(words, at) else {
                found.extend(in_education.then(|| self.within_word(words, at)).flatten());
                at += 1;
                continue;
            };
            let place = degree_rules::Place { text, words, at, length, in_education };
            if !degree_rules::accepts(&place, row, |index| self.is_subject_at(words, index)) {
                at += 1;
                continue;
            }
            let (mention, next) = self.mention(text, words, at, length, row);
            match found.last_mut() {
                Some(last) if is_same_in_brackets(text, last, &mention) => {
                    let closed = mention.span.end + usize::from(text[mention.span.end..].starts_with(')'));
                    let outside = last.subject.take().filter(|subject| subject.start >= last.span.end);
                    last.subject = mention.subject.or(outside.filter(|subject| subject.start >= closed));
                    last.span.end = closed;
                }
                _ => found.push(mention),
            }
            at = next.max(at + length);
        }
        found
    }

    /// `计算机科学学士学位`: without blanks between words the degree is part of a longer one.
    fn within_word(&self, words: &Words, at: usize) -> Option<DegreeMention> {
        let (word, term) = (words.get(at)?, words.term(at));
        if term.is_ascii() || SCHOOL_ENDS.iter().any(|end| term.ends_with(end)) {
            return None;
        }
        let form = UNSPACED.iter().find(|form| term.contains(**form))?;
        let row = self.forms.get(form)?;
        Some(DegreeMention { span: word.start..word.end, canonical: row.canonical, level: row.level, subject: None })
    }

    /// The level a query or a filter names by a degree: `btech` → bachelor.
    pub fn level_of(&self, name: &str) -> Option<DegreeLevel> {
        self.forms.get(&super::words::key(name)).and_then(|row| row.level)
    }

    /// The canonical name of a degree written as `name`: `M.Sc.` → `Master of Science`.
    pub fn canonical_of(&self, name: &str) -> Option<&'static str> {
        self.forms.get(&super::words::key(name)).map(|row| row.canonical)
    }

    fn mention(&self, text: &str, words: &Words, at: usize, length: usize, row: &DegreeRow) -> (DegreeMention, usize) {
        let start = words.get(at).map_or(0, |word| word.start);
        let mut end = words.get(at + length - 1).map_or(start, |word| word.end);
        if text[end..].starts_with('.') && text[start..end].contains('.') {
            end += 1; // "B.Tech.", "Ph.D."
        }
        let (subject, next) = match self.subject_after(text, words, at + length) {
            (None, next) => match self.subject_inside(words, at, length) {
                Some((degree_end, subject)) => {
                    end = degree_end;
                    (Some(subject), next)
                }
                None => (None, next),
            },
            found => found,
        };
        (DegreeMention { span: start..end, canonical: row.canonical, level: row.level, subject }, next)
    }

    /// The subject inside a form that is a row of its own: `BSc Nursing`, `Masters in Computer Science`. Gives the end of the
    /// degree proper and the subject.
    fn subject_inside(&self, words: &Words, at: usize, length: usize) -> Option<(usize, Range<usize>)> {
        let last = words.get(at + length - 1)?.end;
        (1..length).find_map(|count| {
            self.forms.get(words.run(at, at + count))?;
            let joined = matches!(words.term(at + count), "in" | "of" | "en");
            let from = at + count + usize::from(joined);
            let subject = from < at + length && self.is_subject_at(words, from);
            subject.then(|| Some((words.get(at + count - 1)?.end, words.get(from)?.start..last)))?
        })
    }

    /// A known field of study begins at word `index`.
    fn is_subject_at(&self, words: &Words, index: usize) -> bool {
        self.subjects.longest(words, index).is_some()
    }

    /// The subject behind a degree that ends before word `index`, and the first word after it.
    fn subject_after(&self, text: &str, words: &Words, mut index: usize) -> (Option<Range<usize>>, usize) {
        while matches!(
            words.term(index),
            "degree" | "hons" | "honours" | "honors" | "hon" | "diploma" | "program" | "programme"
        ) {
            index += 1;
        }
        let small = |word: &super::words::Word| text[word.start..].starts_with(char::is_lowercase);
        let behind = |index: usize| {
            let term = words.term(index);
            matches!(term, "in" | "of") || SUBJECT_JOINERS.contains(&term) && words.get(index).is_some_and(small)
        };
        // "Grado en": the joiner may be part of the form.
        let joined = behind(index) || index > 0 && behind(index - 1);
        let mut from = index;
        while behind(from) && from < index + 2 {
            from += 1;
        }
        let Some(first) = words.get(from) else { return (None, index) };
        // "Polytechnic, HND Fishery": another degree is no subject, unless it names one ("BE, ME").
        if first.gap == Gap::Hard && self.forms.longest(words, from).is_some() && !self.is_subject_at(words, from) {
            return (None, index);
        }
        let mut to = from;
        // "Licence informatique à l’UTB"
        let at_school = |index: usize| words.get(index).is_some_and(|word| text[word.start..].starts_with(['à', 'À']));
        while to < words.len() && to - from < 9 && !at_school(to) && self.continues_subject(words, from, to) {
            to += 1;
        }
        let loose =
            |term: &str| SUBJECT_JOINERS.contains(&term) || matches!(term, "and" | "the" | "a" | "y" | "et" | "und");
        while to > from && loose(words.term(to - 1)) {
            to -= 1;
        }
        if to == from {
            return (None, index);
        }
        let known = self.is_subject_at(words, from) || SUBJECT_TAILS.contains(&words.term(to - 1));
        // "Bachelor of Nursing (in progress)": a joiner that opens a bracket joins nothing.
        let set_off = |at: usize| words.get(at).is_some_and(|word| word.gap == Gap::Hard);
        let explicit = joined && first.gap != Gap::Hard && !(behind(index) && set_off(index));
        if !known && !explicit {
            return (None, index);
        }
        let end = words.get(to - 1).map_or(first.end, |word| word.end);
        (Some(first.start..end), to)
    }

    fn continues_subject(&self, words: &Words, from: usize, index: usize) -> bool {
        let term = words.term(index);
        let broken = index > from && words.get(index).is_some_and(|word| word.gap == Gap::Hard);
        let number = term.bytes().all(|byte| byte.is_ascii_digit());
        let other_degree = index > from && self.forms.longest(words, index).is_some_and(|(_, row)| !row.ambiguous);
        !broken && !number && !other_degree && !SUBJECT_STOPS.contains(&term)
    }
}

/// `Bachelor of Technology (B.Tech)`, `B.Tech (Bachelor of Technology)`: one degree, written twice.
fn is_same_in_brackets(text: &str, last: &DegreeMention, mention: &DegreeMention) -> bool {
    let between = text.get(last.whole().end..mention.span.start);
    last.canonical == mention.canonical && between.is_some_and(|between| between.trim() == "(")
}

fn level_named(name: &str) -> Option<DegreeLevel> {
    DegreeLevel::ALL.into_iter().find(|level| level.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, in_education: bool, expected: &[(&str, &str, &str)]) {
        let degrees = Degrees::builtin();
        let found: Vec<(String, String, String)> = degrees
            .find(text, in_education)
            .into_iter()
            .map(|found| {
                let subject = found.subject.map_or("", |range| &text[range]);
                (text[found.span].into(), found.level.map_or("-", DegreeLevel::name).into(), subject.into())
            })
            .collect();
        let expected: Vec<(String, String, String)> = expected
            .iter()
            .map(|(span, level, subject)| (span.to_string(), level.to_string(), subject.to_string()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn degrees_with_their_subjects() {
        check(
            "Master of Science in Computer Science, 2019",
            true,
            &[("Master of Science", "master", "Computer Science")],
        );
        check("B.Tech (Electrical Engineering)", true, &[("B.Tech", "bachelor", "Electrical Engineering")]);
        check("Ph.D. in Physics, Lund University", true, &[("Ph.D.", "doctorate", "Physics")]);
        check("Dr. in Physics, Lund University", true, &[("Dr", "doctorate", "Physics")]);
        check("Dr. Physics, Lund University", true, &[("Dr", "doctorate", "Physics")]);
        check("Thèse, Lund University", true, &[("Thèse", "doctorate", "")]);
        check("Dr., Lund University", true, &[("Dr", "doctorate", "")]);
        check("BSc Nursing", true, &[("BSc", "bachelor", "Nursing")]);
        check("MBA", false, &[("MBA", "master", "")]);
        check("MS in Data Science", false, &[("MS", "master", "Data Science")]);
    }

    #[test]
    fn degrees_inside_words_without_blanks() {
        check("计算机科学学士学位", true, &[("计算机科学学士学位", "bachelor", "")]);
        check("海鸥大学", true, &[]);
        check("计算机科学学士学位", false, &[]);
    }

    #[test]
    fn the_school_ends_a_subject() {
        check("Licence informatique à l’UTB", true, &[("Licence", "bachelor", "informatique")]);
        check("A.Sc. in Computer Science", true, &[("A.Sc.", "associate", "Computer Science")]);
    }

    #[test]
    fn two_degrees_of_one_line() {
        check("B.Tech + M.Tech dual degree", true, &[("B.Tech", "bachelor", ""), ("M.Tech", "master", "")]);
    }

    #[test]
    fn words_that_are_no_degrees() {
        for text in [
            "It will be done",
            "MS Office, MS Excel",
            "Boston, MA, USA",
            "Jackson, MS 39201",
            "AS/400",
            "Md Anwar Gull",
            "Dr. A. B. Gull College",
            "Intermediate Microeconomics",
            "CA Peace Officer Standards",
            "Med vänliga hälsningar",
            "Certified Scrum Master",
            "master plan",
            "Office of Dr. Alba",
            "These were years of much music",
            "Dr. A. B. Alba College",
        ] {
            check(text, false, &[]);
            check(text, true, &[]);
        }
    }
}
