//! Counts of values within one kind of entry: the employers of present jobs. In: the documents that match, by segment. Out: a
//! [`Facet`], exact. Reads the profile of every candidate, so that it is refused for very large results.

use super::collect::Matching;
use super::stored;
use super::stores::Stores;
use crate::analysis::fold;
use crate::engine::GroupFacet;
use crate::error::{Error, Result};
use crate::model::{Facet, FacetValue, FieldId, Found, Month, Period, Profile};
use crate::query::ast::Group;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use tantivy::DocAddress;

/// Most candidates whose profiles are read for one facet: about a second.
pub const MOST_CANDIDATES: usize = 20_000;

/// Counts one facet over `documents` (by segment).
pub fn facet(stores: &Stores, documents: &Matching, request: GroupFacet, as_of: Month) -> Result<Facet> {
    let candidates = documents.by_segment.iter().map(Vec::len).sum::<usize>();
    if candidates > MOST_CANDIDATES {
        let message =
            format!("`{}` counts at most {MOST_CANDIDATES} candidates, here are {candidates}", request.name());
        return Err(Error::input(message).hint("narrow the query, or count the field without a group"));
    }
    // Folded value → spellings with their counts.
    let mut counts: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    let mut unknown = 0;
    for person in people(documents) {
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        for address in person {
            let profile = stored::profile(stores, address)?;
            found.extend(values(&profile, request, as_of).into_iter().map(|value| (fold(value), value.to_string())));
        }
        unknown += u64::from(found.is_empty());
        for (key, value) in found {
            *counts.entry(key).or_default().entry(value).or_default() += 1;
        }
    }
    let distinct = counts.len() as u64;
    let mut values: Vec<FacetValue> = counts.into_values().map(|spellings| value(request, &spellings)).collect();
    values.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.value.cmp(&other.value)));
    values.truncate(request.values);
    Ok(Facet { field: request.name(), values, distinct, unknown })
}

/// The matching documents of each person.
fn people(documents: &Matching) -> impl Iterator<Item = Vec<DocAddress>> {
    let of_one: HashSet<DocAddress> = documents.of_one.iter().flatten().copied().collect();
    let by_segment = documents.by_segment.iter().zip(0..);
    let all = by_segment.flat_map(|(of, segment)| of.iter().map(move |doc| DocAddress::new(segment, *doc)));
    let alone = all.filter(move |address| !of_one.contains(address)).map(|address| vec![address]);
    alone.chain(documents.of_one.iter().cloned())
}

/// The most frequent spelling stands for all.
fn value(request: GroupFacet, spellings: &BTreeMap<String, u64>) -> FacetValue {
    let shown = spellings.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse((*name).clone())));
    let shown = shown.map(|(name, _)| name.clone()).unwrap_or_default();
    let query = format!("{}({}:\"{}\")", request.group_name(), request.field.row().name, shown.replace('"', ""));
    FacetValue { value: shown, query, count: spellings.values().sum(), selected: false }
}

/// The values of the entries that the group speaks of.
fn values(profile: &Profile, request: GroupFacet, as_of: Month) -> BTreeSet<&str> {
    fn sure<'p>(found: impl IntoIterator<Item = &'p Found<String>>) -> impl Iterator<Item = &'p str> {
        found.into_iter().filter(|found| found.is_sure()).map(|found| found.value.as_str())
    }
    let is_meant = |period: Option<&Period>| match request.group {
        Group::Current => period.is_some_and(|period| period.is_current(as_of)),
        Group::Past => period.is_some_and(|period| !period.is_current(as_of)),
        Group::Job | Group::Education | Group::Skill => true,
    };
    let jobs = profile.jobs.iter().filter(|job| is_meant(job.period.as_ref().map(|period| &period.value)));
    match request.field {
        FieldId::Employer => jobs.flat_map(|job| sure(&job.employers)).collect(),
        FieldId::Title => jobs.flat_map(|job| sure(&job.titles)).collect(),
        FieldId::Location => jobs
            .filter_map(|job| job.location.as_ref().filter(|place| place.is_sure()))
            .map(|place| place.value.city.as_deref().unwrap_or(&place.value.raw))
            .collect(),
        _ => BTreeSet::new(),
    }
}
