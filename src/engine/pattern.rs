//! Patterns of words, the same for every engine and for highlighting. In: positions of terms. Out: where a pattern stands.
//! Reads no index and no text.

use super::near::{Nearness, Span, Walls, near};

/// What to find in one field. Terms are folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// One term.
    Term(String),
    /// Any of these terms; each place counts.
    AnyOf(Vec<String>),
    /// Terms at fixed distances from the first: `(offset, term)`, offsets rising from 0; the phrase ends at the last + 1.
    Phrase(Vec<(u32, String)>),
    /// Operands near each other.
    Near(Vec<Pattern>, Nearness),
    /// Any of these patterns.
    Either(Vec<Pattern>),
}

impl Pattern {
    /// Every term of the pattern.
    pub fn terms<'a>(&'a self, out: &mut Vec<&'a str>) {
        match self {
            Pattern::Term(text) => out.push(text),
            Pattern::AnyOf(terms) => out.extend(terms.iter().map(String::as_str)),
            Pattern::Phrase(words) => out.extend(words.iter().map(|(_, text)| text.as_str())),
            Pattern::Near(patterns, _) | Pattern::Either(patterns) => {
                for pattern in patterns {
                    pattern.terms(out);
                }
            }
        }
    }

    /// Where the pattern stands, given the sorted places of each term. Near patterns give the places of their operands, not
    /// the words between.
    pub fn find<'a>(&self, places_of: &impl Fn(&str) -> &'a [Span]) -> Vec<Span> {
        match self {
            Pattern::Term(text) => places_of(text).to_vec(),
            Pattern::AnyOf(terms) => sorted(terms.iter().flat_map(|text| places_of(text).to_vec()).collect()),
            Pattern::Either(patterns) => sorted(patterns.iter().flat_map(|part| part.find(places_of)).collect()),
            Pattern::Phrase(words) => {
                let starts = words.first().map_or(&[][..], |(_, text)| places_of(text));
                let length = words.last().map_or(1, |(offset, _)| offset + 1);
                let stands = |start: &u32| {
                    words.iter().all(|(offset, text)| places_of(text).iter().any(|place| place.start == start + offset))
                };
                let starts = starts.iter().map(|place| place.start).filter(stands);
                starts.map(|start| Span { start, end: start + length }).collect()
            }
            Pattern::Near(patterns, nearness) => {
                let lists: Vec<Vec<Span>> = patterns.iter().map(|part| part.find(places_of)).collect();
                let stretches = near(&lists, *nearness, Walls::None);
                let covered =
                    |place: &Span| stretches.iter().any(|whole| whole.start <= place.start && place.end <= whole.end);
                sorted(lists.into_iter().flatten().filter(covered).collect())
            }
        }
    }
}

fn sorted(mut places: Vec<Span>) -> Vec<Span> {
    places.sort_unstable();
    places.dedup();
    places
}
