//! Where the candidate lives. In: the contact lines. Out: the best place among their fields. Never from prose.

use super::{Lines, fields};
use crate::lexicon::Lexicon;
use crate::lexicon::words::key;
use crate::model::text::Label;
use crate::model::{Evidence, Found, Place};

/// Words in front of the candidate's place.
const LABELS: &[&str] = &[
    "location",
    "address",
    "current location",
    "residence",
    "adresse",
    "ort",
    "city",
    "lives in",
    "based in",
    "direccion",
    "indirizzo",
    "home",
    "home address",
    "permanent address",
    "place",
];

/// So many bytes behind a name are a comma, a blank and the letters of a title: `, RN`, `, CPA`.
const LETTERS: usize = 5;

/// Headline and place stand within so many lines below the name.
const BELOW_NAME: usize = 3;

/// The place of the candidate, with the second best as runner-up.
pub(super) fn find(lines: &Lines<'_>, lexicon: &Lexicon, name: Option<&Found<String>>) -> Option<Found<Place>> {
    let places = lexicon.places();
    if let Some(found) = lines.labelled(Label::Location) {
        let place = places.parse(&found.value).or_else(|| places.city_alone(&found.value));
        let raw = found.value.clone();
        return Some(Found { value: place.unwrap_or(Place { raw, ..Place::default() }), evidence: found.evidence });
    }
    let mut best: Option<Found<Place>> = None;
    // The place of a school or an employer is not where the candidate lives, however near the top it stands. What stands right below the
    // name may follow a margin whose last section seems to go on: profile exports.
    let first = name.map_or(usize::MAX, |name| name.evidence.line as usize + 1);
    let follows = |index: usize| index.checked_sub(first).is_some_and(|below| below < BELOW_NAME);
    let near = |index: usize| follows(index) && !lines.heading[first..index].contains(&true);
    let open = |index: usize| !lines.heading[index] && (!lines.body[index] || near(index));
    let may_hold = |index: usize| open(index) && (lines.contact[index] || near(index));
    for (index, line) in lines.visible().filter(|(index, line)| may_hold(*index) && line.text.len() < 250) {
        for (start, field) in fields(&line.text) {
            // The field is the name itself, with or without letters behind it (`Ada Gull, CA`), not one that holds the name and a place.
            let is_name = name.is_some_and(|name| {
                let (from, to) = (name.evidence.start as usize, name.evidence.end as usize);
                let overlaps = start < to && from < start + field.len();
                name.evidence.line as usize == index && overlaps && field.len() <= name.value.len() + LETTERS
            });
            if is_name {
                continue;
            }
            let Some((place, mut score, what)) = read(field, lexicon) else { continue };
            score += if index < 8 { 1.0 } else { 0.0 };
            let reason = format!("{what}, contact lines");
            let found =
                Found { value: place, evidence: Evidence::at(index, start..start + field.len(), score, reason) };
            match &mut best {
                Some(known) if known.evidence.score >= score => {
                    known.evidence.runner_up.get_or_insert(found.value.raw);
                }
                _ => {
                    let runner_up = best.take().map(|known| known.value.raw);
                    best = Some(found);
                    if let Some(best) = &mut best {
                        best.evidence.runner_up = runner_up;
                    }
                }
            }
        }
    }
    best
}

/// A field of the contact lines as a place: value, points, reason.
fn read(field: &str, lexicon: &Lexicon) -> Option<(Place, f32, &'static str)> {
    let places = lexicon.places();
    let (label, rest) = field.split_once(':').map_or(("", field), |(label, rest)| (label, rest));
    let labelled = !label.is_empty() && LABELS.contains(&key(label).as_str());
    if field.contains('@')
        || field.len() > 120
        || (!label.is_empty() && !labelled && !rest.is_empty() && label.len() < 40 && field.contains(':'))
    {
        return None;
    }
    let rest = if labelled { rest.trim() } else { field };
    let bonus = if labelled { 3.0 } else { 0.0 };
    // "0150 Oslo (Norway)"
    let listed =
        rest.strip_suffix(')').and_then(|open| open.split_once(" (")).map(|(town, rest)| format!("{town}, {rest}"));
    let rest = listed.as_deref().filter(|listed| places.parse(listed).is_some()).unwrap_or(rest);
    if let Some(place) = places.parse(rest) {
        let score = if place.city.is_some() && place.country.is_some() { 5.0 } else { 3.0 };
        return Some((place, score + bonus, "city and region +5"));
    }
    if let Some(place) = places.city_alone(rest) {
        return Some((place, 3.0 + bonus, "known city +3"));
    }
    let short = rest.split_whitespace().count() <= 14;
    if let Some((_, place)) = if short { places.trailing(rest) } else { None } {
        return Some((place, 4.0 + bonus, "address that ends in a place +4"));
    }
    labelled
        .then(|| (Place { raw: rest.to_string(), ..Place::default() }, 4.0, "label +4"))
        .filter(|(place, _, _)| !place.raw.is_empty() && place.raw.len() < 80)
}
