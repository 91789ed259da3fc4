//! Places behind titles that no table knows. In: the jobs of a section. Out: the same; where one job has its place behind the comma of its
//! title, what stands there in the others is theirs. Decides nothing for a section without a known place there.

use super::cues;
use super::scan;
use crate::lexicon::Lexicon;
use crate::model::{Evidence, Found, Job, Place, SURE, TextDoc};

/// `Head Cook, Bergen` in one entry, `Waiter, Gullsvik` in the next: Gullsvik is a place, too.
pub(super) fn places(jobs: &mut [Job], text: &TextDoc, lexicon: &Lexicon) {
    let known = jobs.iter().filter(|job| is_behind_title(job, text)).count();
    if known == 0 || jobs.len() > MOST_JOBS {
        return;
    }
    let found: Vec<(usize, usize)> =
        (0..jobs.len()).filter_map(|at| Some((at, cut(&jobs[at], text, lexicon)?))).collect();
    if found.len() <= known * MOST {
        found.into_iter().for_each(|(at, cut)| take(&mut jobs[at], cut));
    }
}

/// More entries than any résumé has: each name is looked for in the whole text.
const MOST_JOBS: usize = 200;

/// So many unknown names are believed for each known place: where nearly all are unknown they are rather departments.
const MOST: usize = 2;

/// The place stands right behind the comma that ends the title, and no employer on that line.
fn is_behind_title(job: &Job, text: &TextDoc) -> bool {
    let (Some(title), Some(place)) = (job.titles.last(), &job.location) else { return false };
    let (title, place) = (&title.evidence, &place.evidence);
    let between = || text.lines[title.line as usize].text.get(title.end as usize..place.start as usize);
    title.line == place.line && between() == Some(", ") && has_employer_elsewhere(job, title.line)
}

fn has_employer_elsewhere(job: &Job, line: u32) -> bool {
    !job.employers.is_empty() && job.employers.iter().all(|employer| employer.evidence.line != line)
}

/// Bytes of the title in front of the comma that may part it from a place.
fn cut(job: &Job, text: &TextDoc, lexicon: &Lexicon) -> Option<usize> {
    let [title] = job.titles.as_slice() else { return None };
    let Evidence { line, start, end, .. } = title.evidence;
    // A title of two lines has no place of its own behind its comma.
    text.lines[line as usize].text.get(start as usize..end as usize).filter(|stands| *stands == title.value)?;
    let comma = scan::rfind(&title.value, ", ")?;
    let (head, name) = (&title.value[..comma], &title.value[comma + 2..]);
    let is_word =
        |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(|ch| ch.is_alphabetic() || ch == '-');
    let is_name = name.split(' ').count() <= 3
        && name.split(' ').all(is_word)
        && name.contains(char::is_lowercase)
        && lexicon.titles().score(head).headword
        && !lexicon.titles().score(name).is_title()
        && lexicon.orgs().cues(name).is_empty()
        && lexicon.skills().canonical(name).is_none()
        && !cues::is_discipline(&name.to_lowercase());
    (job.location.is_none()
        && is_name
        && has_employer_elsewhere(job, title.evidence.line)
        && !is_said_small(name, text))
    .then_some(comma)
}

/// `Manager, Payments` in a text that speaks of payments: no name.
fn is_said_small(name: &str, text: &TextDoc) -> bool {
    let small = name.to_lowercase();
    text.lines.iter().any(|line| scan::find(&line.text, &small).is_some())
}

fn take(job: &mut Job, comma: usize) {
    let title = &mut job.titles[0];
    let evidence = &title.evidence;
    let start = evidence.end - (title.value.len() - comma - 2) as u32;
    let evidence = Evidence {
        start,
        score: SURE,
        reason: "where other entries have their place +3".into(),
        runner_up: None,
        ..evidence.clone()
    };
    let raw = title.value.split_off(comma)[2..].to_string();
    title.evidence.end = start - 2;
    job.location = Some(Found { value: Place { raw, ..Place::default() }, evidence });
}
