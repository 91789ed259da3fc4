//! Degrees that ended up below the last job: a text box whose heading stands elsewhere in the file, or none was written. In: sections of a
//! résumé without education. Out: the same, with such a tail as a section of its own. Moves nothing else.

use super::content::has_year;
use crate::lexicon::Lexicon;
use crate::model::{Section, SectionKind, TextDoc};

/// Last lines of a section of jobs in which a degree is looked for.
const TAIL: usize = 8;

/// Parts the degrees from the end of the jobs above them.
pub(super) fn degrees_below_jobs(sections: &mut Vec<Section>, text: &TextDoc, lexicon: &Lexicon) {
    let start = |(at, jobs): (usize, &Section)| Some((at, start_of_degrees(jobs, text, lexicon)?));
    let Some((at, start)) = sections.iter().enumerate().find_map(start) else { return };
    let lines = start..sections[at].lines.end;
    sections[at].lines.end = start;
    let reasons = vec![("content-education".into(), 1.0)];
    let kind = SectionKind::Education;
    sections.insert(at + 1, Section { kind, second: None, heading: None, lines, score: 0.0, reasons });
}

/// The line where the degrees begin at the end of a section of jobs.
fn start_of_degrees(jobs: &Section, text: &TextDoc, lexicon: &Lexicon) -> Option<usize> {
    let lines = jobs.lines.clone();
    let is_jobs = jobs.kind == SectionKind::Experience && jobs.second.is_none();
    let mut tail = lines.start.max(lines.end.saturating_sub(TAIL))..lines.end;
    let first = tail.find(|line| is_jobs && is_degree(text, *line, lexicon))?;
    // What has a title behind it is a job that a degree is named in.
    let is_last = (first..lines.end).all(|line| !is_title(text, line, lexicon));
    let below_school = first > lines.start && is_school(text, first - 1, lexicon);
    is_last.then_some(first - usize::from(below_school))
}

/// `Bachelor of Fishery` beside a school or above a year, and nothing else on the line but what is set off.
fn is_degree(text: &TextDoc, at: usize, lexicon: &Lexicon) -> bool {
    let line = &text.lines[at];
    let below_school = at > 0 && is_school(text, at - 1, lexicon);
    if line.hidden || line.furniture || line.style.bullet && !below_school || line.text.len() > 120 {
        return false;
    }
    let found = lexicon.degrees().find(&line.text, false);
    let Some(degree) = found.first().filter(|degree| degree.span.start == 0) else { return false };
    let rest = line.text[degree.whole().end..].trim_start();
    let alone = rest.is_empty() || rest.starts_with([',', '(', '–', '-', '|', '\t', '.', ':']);
    let last = text.lines.len() - 1;
    let dated = || text.lines[at..=(at + 2).min(last)].iter().any(|line| has_year(&line.text));
    alone && (below_school || at < last && is_school(text, at + 1, lexicon) || dated())
}

fn is_school(text: &TextDoc, at: usize, lexicon: &Lexicon) -> bool {
    lexicon.orgs().school_score(&text.lines[at].text) >= 5.0
}

fn is_title(text: &TextDoc, at: usize, lexicon: &Lexicon) -> bool {
    lexicon.titles().score(&text.lines[at].text).is_title()
}
