//! One found candidate as it is shown. In: a hit of an engine. Out: [`Hit`]: who it is in a line, and why it matched.

use super::snippets;
use crate::engine::{FoundHit, Mark, Version};
use crate::model::{Hit, HitVersion, Month, Period, Profile};

/// Flags about the words themselves.
const TRUST: &[&str] = &["hidden-text", "keyword-stuffing", "machine-address"];

/// Presents one hit.
pub fn hit(found: &FoundHit, rank: usize, marks: &[Mark], as_of: Month) -> Hit {
    let profile = &found.document.profile;
    let job = profile.main_job();
    let is_current = |period: &Period| period.is_current(as_of);
    Hit {
        rank,
        id: found.id.clone(),
        path: found.document.paths.first().cloned().unwrap_or_default(),
        copies: found.document.paths.iter().skip(1).cloned().collect(),
        name: profile.name.as_ref().filter(|name| name.is_sure()).map(|name| name.value.clone()),
        title: job.and_then(|job| job.titles.first()).map(|title| title.value.clone()),
        employer: job.and_then(|job| job.employers.first()).map(|employer| employer.value.clone()),
        current: job.and_then(|job| job.period.as_ref()).is_some_and(|period| is_current(&period.value)),
        degree: degree(profile),
        location: profile.location.as_ref().map(|place| place.value.raw.clone()),
        years: found.years,
        score: found.score,
        parts: found.parts.clone(),
        snippets: snippets::snippets(&found.document, marks),
        flags: profile
            .flags
            .iter()
            .map(|flag| flag.name.clone())
            .filter(|name| TRUST.contains(&name.as_str()))
            .collect(),
        versions: found.document.versions.iter().map(|one| version(one, found)).collect(),
    }
}

/// One of several documents of the person.
fn version(one: &Version, found: &FoundHit) -> HitVersion {
    let (year, month, day) = (one.updated / 10_000, one.updated / 100 % 100, one.updated % 100);
    HitVersion {
        id: one.id.clone(),
        path: one.paths.first().cloned().unwrap_or_default(),
        copies: one.paths.iter().skip(1).cloned().collect(),
        updated: format!("{year:04}-{month:02}-{day:02}"),
        because: one.ties.iter().map(|tie| tie.name().to_string()).collect(),
        matches: found.matched.contains(&one.id),
    }
}

/// `M.Tech Computer Science, NIT Calicut, 2018`.
pub(super) fn degree(profile: &Profile) -> Option<String> {
    let (entry, degree) = profile.highest_degree()?;
    let school = entry.school.as_ref().map(|school| school.value.clone());
    let year = entry.period.as_ref().and_then(|period| match period.value.end {
        crate::model::End::At(end) => Some(end.latest.year().to_string()),
        _ => None,
    });
    let parts: Vec<String> = [Some(degree.raw.value.clone()), school, year].into_iter().flatten().collect();
    Some(parts.join(", "))
}
