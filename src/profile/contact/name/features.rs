//! What speaks for and against a candidate for the name: rows of (reason, holds, points). In: a candidate. Out: its score and the
//! reasons that count.

use super::candidates::Candidate;
use super::handles;
use super::words::NEVER;
use crate::lexicon::Lexicon;
use crate::lexicon::words::{Word, Words, key};
use crate::model::SectionKind;
use crate::profile::contact::Lines;
use crate::profile::roles::push_points;

/// A reason and its points; none where it does not hold.
type Feature = (&'static str, f32);

/// What all candidates of a résumé are weighed against.
pub(super) struct Scene<'s> {
    pub(super) lines: &'s Lines<'s>,
    pub(super) lexicon: &'s Lexicon,
    /// Letters of e-mail addresses and account names.
    pub(super) handles: &'s [String],
    /// Size of the largest letters, in points; 0 if unknown.
    pub(super) largest: f32,
}

impl Scene<'_> {
    /// Sums the features of a candidate; none if it cannot be a name at all. Of one that cannot get above `known` only the upper
    /// bound is given: look-ups of headings, titles, skills, organisations, places and degrees all speak against a name.
    pub(super) fn score(&self, candidate: &Candidate<'_>, known: f32) -> Option<(f32, String)> {
        let text = candidate.text;
        let shape = shape(text)?;
        let words = Words::of(text);
        // A Chinese, Japanese or Korean name is one word of two to four signs.
        let signs = text.chars().filter(|letter| is_cjk(*letter)).count();
        // "A.Lovelace" folds to one word.
        let parts = text.split([' ', '.', '\u{a0}']).filter(|part| !part.is_empty()).count();
        let count =
            words.len().max(parts) + usize::from(candidate.second.is_some()) + usize::from((2..=4).contains(&signs));
        // "Ada I. Lovelace": an initial, not the pronoun.
        let is_initial = |word: &Word| text[word.start..].starts_with("I.") && word.start > 0;
        if count == 0 || count > 6 || words.iter().any(|(word, term)| NEVER.contains(term) && !is_initial(word)) {
            return None;
        }
        let second = candidate.second.map(key).unwrap_or_default();
        if candidate.second.is_some() && (NEVER.contains(&second) || self.lexicon.headings().is_known(&second)) {
            return None;
        }
        let second = std::iter::once(second.as_str()).filter(|term| !term.is_empty());
        let terms: Vec<&str> = words.iter().map(|(_, term)| term).chain(second).collect();
        let agreement = self.handles.iter().map(|handle| handles::agreement(handle, &terms)).fold(0.0, f32::max);
        let outer = self.outer(candidate, (shape, count), agreement);
        if sum(&outer) <= known {
            return Some((sum(&outer), String::new()));
        }
        let against = self.against(candidate, &words, count, agreement);
        let mut reason = String::new();
        for (name, points) in outer.iter().chain(&against).filter(|(_, points)| *points != 0.0) {
            reason.push_str(if reason.is_empty() { "" } else { ", " });
            reason.push_str(name);
            push_points(&mut reason, *points);
        }
        Some((sum(&outer) + sum(&against), reason))
    }

    /// What a candidate can get by its line alone, were its words the best of names.
    pub(super) fn at_most(&self, candidate: &Candidate<'_>) -> f32 {
        sum(&self.outer(candidate, (Shape::Capitals, 2), 5.0))
    }

    /// The features that need no look-up: form, place on the page, look, agreement with addresses.
    fn outer(&self, candidate: &Candidate<'_>, (shape, count): (Shape, usize), agreement: f32) -> [Feature; 17] {
        let style = &self.lines.text.lines[candidate.line].style;
        let is_largest = self.largest >= 14.0 && style.size_pt >= self.largest * 0.97;
        let placed = candidate.rank <= 4 || candidate.beside || candidate.labelled || is_largest || style.heading == 1;
        [
            ("label", when(candidate.labelled, 5.0)),
            ("two to four words with capitals", when(shape == Shape::Capitals && (2..=4).contains(&count), 3.0)),
            ("small letters only", when(shape == Shape::Small, 0.5)),
            ("one word with a capital, one without", when(shape == Shape::Mixed, 0.5)),
            ("five words or more", when(count >= 5, -1.0)),
            ("one word", when(count == 1, -1.5)),
            ("agrees with e-mail or link", when(agreement > 0.0, agreement)),
            ("first line", when(candidate.rank == 0, 3.0)),
            ("among the first lines", when((1..=4).contains(&candidate.rank), 1.0)),
            ("far down", when(candidate.rank > 12, -1.0)),
            ("beside the e-mail address", when(candidate.beside && candidate.rank > 12, 2.0)),
            ("whole line", when(candidate.whole_line, 0.5)),
            ("largest letters", when(is_largest, 3.0)),
            ("top heading", when(style.heading == 1, 2.0)),
            ("bold", when(style.bold && !is_largest, 1.0)),
            ("list item", when(style.bullet, -2.0)),
            // An anonymous résumé has no name: "Fraud Task Force" in the middle of it is none.
            ("nothing but its form", when(!placed && agreement <= 0.0, -2.5)),
        ]
    }

    /// The features of words that names are not made of.
    fn against(&self, candidate: &Candidate<'_>, words: &Words, count: usize, agreement: f32) -> [Feature; 11] {
        let (text, lexicon) = (candidate.text, self.lexicon);
        let heading = self.lines.heading[candidate.line];
        let known_heading =
            lexicon.headings().lookup(text).is_some_and(|found| found.kind != SectionKind::Other || found.strong);
        let skills = lexicon.skills();
        let is_sure_skill = |at: usize| {
            skills.longest(words, at).is_some_and(|(length, surface)| {
                (length > 1 || words.term(at).len() > 3) && surface.ambiguous.is_none() && !surface.listed_only
            })
        };
        let skill = skills.canonical(text).is_some() || count > 1 && (0..words.len()).any(is_sure_skill);
        let places = lexicon.places();
        let place = count <= 3
            && (places.country(text).is_some() || places.is_region(text) || count == 1 && places.is_city(text));
        let title = lexicon.titles().score_in(text, words).headword;
        let org = !lexicon.orgs().cues_in(text, words).is_empty();
        let degree = !lexicon.degrees().find_in(text, words, false).is_empty();
        [
            ("section heading", when(heading && candidate.rank > 1, -2.0)),
            ("words of a heading", when(known_heading, -6.0)),
            ("words of a title", when(title && agreement < 3.0, -4.0)),
            ("skill", when(skill && agreement < 4.0, -3.0)),
            ("organisation", when(org && agreement < 3.0, -4.0)),
            ("place", when(place && agreement < 4.0, -3.0)),
            ("degree", when(degree, -4.0)),
            ("begins a sentence", when(candidate.in_sentence && agreement < 3.0, -4.0)),
            // "Senior Embedded Systems Engineer" is cut like "Ada Lovelace Systems Engineer".
            ("in front of a title", when(candidate.titled && agreement <= 0.0, -4.0)),
            ("adjective", when(is_adjective(text), -6.0)),
            ("page header or footer", when(self.lines.text.lines[candidate.line].furniture, -1.0)),
        ]
    }
}

/// `Results-oriented`, `Self-motivated`: what people call themselves.
fn is_adjective(text: &str) -> bool {
    const ENDS: &str = "oriented driven motivated focused minded sensitive directed starter skilled organized organised working tasker tasking solving solver savvy class centric based time edge proven conscious confident paced thinking";
    let lower = text.to_lowercase();
    lower
        .split_whitespace()
        .filter_map(|word| word.rsplit_once('-'))
        .any(|(_, last)| ENDS.split(' ').any(|end| end == last))
}

fn when(holds: bool, points: f32) -> f32 {
    if holds { points } else { 0.0 }
}

fn sum<const N: usize>(features: &[Feature; N]) -> f32 {
    features.iter().map(|(_, points)| points).sum()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Every word begins with a capital, or is a particle or initial; or the script has no case.
    Capitals,
    /// No capital at all.
    Small,
    /// `Ravi shankar`: a long word without a capital behind one with it.
    Mixed,
}

/// The shape of a name: letters, apostrophes, hyphens, dots only; none for anything else.
fn shape(text: &str) -> Option<Shape> {
    let allowed = |letter: char| {
        letter.is_alphabetic()
            || unicode_normalization::char::is_combining_mark(letter)
            || matches!(letter, ' ' | '\u{a0}' | '\'' | '’' | '-' | '.' | '‐' | '`' | '(' | ')' | '"' | '“' | '”')
    };
    if !text.chars().all(allowed)
        || text.chars().filter(|letter| letter.is_alphabetic()).count() < 2
        || text.ends_with('.') && !text.ends_with("r.") && text.len() > 3 && text.split_whitespace().count() > 4
    {
        return None;
    }
    let starts = || {
        text.split([' ', '\u{a0}', '(', '"', '“'])
            .filter_map(|word| word.chars().next())
            .filter(|letter| letter.is_alphabetic())
    };
    let particles = text.split(' ').filter(|word| word.chars().next().is_some_and(char::is_lowercase)).count();
    let total = starts().count();
    if starts().all(|letter| letter.is_lowercase()) {
        return Some(Shape::Small);
    }
    let long_particle =
        text.split(' ').any(|word| word.chars().next().is_some_and(char::is_lowercase) && word.chars().count() > 4);
    match () {
        () if particles == 0 || particles * 2 <= total && !long_particle => Some(Shape::Capitals),
        () if particles * 2 <= total && total <= 4 && text.starts_with(char::is_uppercase) => Some(Shape::Mixed),
        () => None,
    }
}

fn is_cjk(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{3040}'..='\u{30ff}')
}
