//! Where lists of skills begin and end. In: the lines of a section. Out: how many lines of a skill section belong to its lists (what follows
//! is the description of jobs or projects that the file gives no heading of its own), and the list without a heading in a section
//! about something else. Does not read skills.

use super::names;
use crate::lexicon::Lexicon;
use crate::lexicon::words::key;
use crate::model::{Line, Month};
use crate::profile::dates;
use std::ops::Range;

/// Labels of the rows that describe a project or a job, lower case. Sources: 108 texts typed into the free field of a job board's form
/// (development data), where such rows follow the skills without a heading.
const LABELS: &[&str] = &[
    "client",
    "role",
    "my role",
    "duration",
    "period",
    "designation",
    "organization",
    "organisation",
    "company",
    "company name",
    "employer",
    "customer",
    "project",
    "project name",
    "project title",
    "project description",
    "description",
    "team size",
    "responsibilities",
    "roles & responsibilities",
    "roles and responsibilities",
    "role & responsibilities",
    "key responsibilities",
    "contribution",
    "contributions",
];
/// Rows of one project stand within so many lines.
const REACH: usize = 8;
/// Longest label, in bytes.
const LABEL_BYTES: usize = 40;

/// How many of `lines` belong to the lists: up to the first project or job.
pub(super) fn end(lines: &[(usize, &Line)]) -> usize {
    let labels: Vec<Option<usize>> = lines.iter().map(|(_, line)| label(&line.text)).collect();
    let block = (0..lines.len()).find(|at| {
        let near = &labels[*at..lines.len().min(at + REACH)];
        labels[*at].is_some() && near.iter().flatten().any(|other| Some(*other) != labels[*at])
    });
    let dated = lines.iter().position(|(_, line)| is_period(&line.text)).map(|at| head_above(lines, at));
    block.into_iter().chain(dated).min().unwrap_or(lines.len())
}

/// Fewest lines of a list without a heading.
const COLUMN: usize = 5;

/// The lines of a sidebar that are nothing but a skill each, below the address or among what the person says of themselves: at least
/// [`COLUMN`] lines of a few words of which three in five are known, from a known one to a known one.
pub(super) fn column(lines: &[Line], range: Range<usize>, lexicon: &Lexicon) -> Option<Range<usize>> {
    let is_short = |line: &Line| {
        let long = line.text.len() > 40 || line.hidden || line.furniture;
        !long && !line.text.contains(['@', ':', ',', '|', '\t']) && !line.text.ends_with('.')
    };
    let mut start = range.start;
    while start < range.end {
        let end = (start..range.end).find(|at| !is_short(&lines[*at])).unwrap_or(range.end);
        let run = start..end;
        start = end + 1;
        if run.len() < COLUMN {
            continue;
        }
        let is_known = |at: &usize| names::known_as(&key(&lines[*at].text), lexicon).is_some();
        let known: Vec<usize> = run.filter(is_known).collect();
        let (Some(first), Some(last)) = (known.first(), known.last()) else { continue };
        let found = *first..last + 1;
        if known.len() >= COLUMN && known.len() * 5 >= found.len() * 3 {
            return Some(found);
        }
    }
    None
}

/// Which of [`LABELS`] stands in front of the colon, or makes the line up to a number: `Client: …`, `PROJECT (Support): 1`.
fn label(text: &str) -> Option<usize> {
    let head = &text[..text.find(':')?.min(text.len())];
    let head = head.split(['(', '#']).next().unwrap_or(head);
    let head = head.trim_end_matches(|letter: char| letter.is_ascii_digit() || " -–.*".contains(letter)).trim_start();
    if head.len() > LABEL_BYTES {
        return None;
    }
    LABELS.iter().position(|label| head.eq_ignore_ascii_case(label))
}

/// Nothing but a period: `June 2008 to March 2016`.
fn is_period(text: &str) -> bool {
    let whole = |date: &dates::FoundPeriod| date.is_range && date.start == 0 && date.end == text.trim_end().len();
    // The as-of month only bounds the years that are read as such.
    text.len() < 40 && dates::find(text, Month::new(2100, 1)).first().is_some_and(whole)
}

/// The title and the employer above the period of a job: up to two short lines that are no lists.
fn head_above(lines: &[(usize, &Line)], at: usize) -> usize {
    let plain = |above: &usize| {
        !lines[*above].1.text.contains([',', ';', '|', ':', '•']) || lines[*above].1.text.ends_with(" -")
    };
    (at.saturating_sub(2)..at).rev().take_while(plain).last().unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[&str], expected: usize) {
        let lines: Vec<Line> = rows.iter().map(|row| Line { text: row.to_string(), ..Line::default() }).collect();
        let numbered: Vec<(usize, &Line)> = lines.iter().enumerate().collect();
        assert_eq!(end(&numbered), expected, "{rows:?}");
    }

    #[test]
    fn lists_go_on_to_the_end() {
        check(&["Languages: C, Go", "Tools: Nets, Knives", "Filleting"], 3);
        check(&["Role: any", "Knives"], 2);
    }

    #[test]
    fn a_project_ends_them() {
        check(&["Knives, Nets", "PROJECT (Support): 1", "Organization: Blue Bay Inn", "Role: Cook", "Salting"], 1);
    }

    #[test]
    fn a_job_ends_them() {
        check(&["Knives, Nets", "Head cook", "Blue Bay Inn", "June 2008 to March 2016", "Salting"], 1);
        check(&["Knives, Nets", "June 2008 to March 2016"], 1);
    }
}
