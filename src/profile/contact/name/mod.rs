//! The candidate's name: every field of the top lines is a candidate, features add points, the best wins. In: lines, e-mails,
//! links. Out: the name in reading case with its reasons and the runner-up. Knows no list of names: any culture's name counts.
//!
//! In reading order: [`candidates`] fields that could be a name, [`features`] what speaks for and against one, [`handles`] agreement
//! with addresses, [`reading_case`](mod@reading_case) how it is written in the end, [`words`] the tables.

mod candidates;
mod features;
mod handles;
mod reading_case;
mod words;

pub use reading_case::reading_case;

use super::Lines;
use crate::lexicon::Lexicon;
use crate::model::text::Label;
use crate::model::{Evidence, Found, SURE, WebLink};
use candidates::Candidate;
use features::Scene;

/// The best name; a name derived from an e-mail address stays below [`SURE`].
pub(super) fn find(
    lines: &Lines<'_>,
    lexicon: &Lexicon,
    emails: &[Found<String>],
    links: &[Found<WebLink>],
) -> Option<Found<String>> {
    if let Some(mut found) = lines.labelled(Label::Name) {
        found.value = reading_case(&found.value);
        return Some(found);
    }
    let handles = handles::of(emails, links);
    let scene = Scene { lines, lexicon, handles: &handles, largest: candidates::largest_letters(lines) };
    let mut best = Best::default();
    for place in candidates::places(lines, emails) {
        if best.stays(scene.at_most(&place.best_case())) {
            continue;
        }
        for candidate in place.candidates() {
            if best.stays(scene.at_most(&candidate)) {
                continue;
            }
            let Some((score, reason)) = scene.score(&candidate, best.score()) else { continue };
            if !best.stays(score) {
                best.offer(found(&candidate, score, reason));
            }
        }
    }
    best.found.filter(|name| name.evidence.score >= SURE).or_else(|| handles::from_email(emails))
}

fn found(candidate: &Candidate<'_>, score: f32, reason: String) -> Found<String> {
    let text = candidate.text;
    let written = candidate.second.map_or_else(|| text.to_string(), |second| format!("{text} {second}"));
    let span = candidate.start..candidate.start + text.len();
    Found { value: reading_case(&written), evidence: Evidence::at(candidate.line, span, score, reason) }
}

/// The best name so far, with its runner-up.
#[derive(Default)]
struct Best {
    found: Option<Found<String>>,
}

impl Best {
    fn score(&self) -> f32 {
        self.found.as_ref().map_or(f32::NEG_INFINITY, |best| best.evidence.score)
    }

    /// A candidate of `score` changes neither the best nor its runner-up.
    fn stays(&self, score: f32) -> bool {
        self.found.as_ref().is_some_and(|best| best.evidence.runner_up.is_some() && best.evidence.score >= score)
    }

    fn offer(&mut self, mut found: Found<String>) {
        match &mut self.found {
            Some(best) if best.evidence.score >= found.evidence.score => {
                if best.evidence.runner_up.is_none() && best.value != found.value {
                    best.evidence.runner_up = Some(found.value);
                }
            }
            _ => {
                found.evidence.runner_up = self.found.take().map(|best| best.value);
                self.found = Some(found);
            }
        }
    }
}
