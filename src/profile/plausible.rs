//! Skills that were found → those the résumé stands behind. In: the skills and what else was read. Out: the same without mentions
//! that are names of employers and schools (`Oracle Cloud Infrastructure`, `The Linux Foundation`), and without office words from
//! running text that nothing else supports (`customer onboarding` in an engineer's résumé). Adds nothing.

use crate::lexicon::words::key;
use crate::model::{Found, MentionPlace, Profile, Skill};

/// Categories whose names are also everyday words of job descriptions.
const EVERYDAY: &[&str] = &[
    "management",
    "sales",
    "admin-office",
    "hr",
    "marketing",
    "logistics-supply-chain",
    "legal",
    "finance",
    "hospitality-food",
    "education",
    "healthcare",
    "trades",
];

/// From so many listed skills on, the list says what the candidate claims.
const ENOUGH_LISTED: usize = 3;

/// Drops mentions and skills that are none.
pub(super) fn keep(skills: &mut Vec<Skill>, profile: &Profile) {
    let names = names(profile);
    for skill in skills.iter_mut() {
        skill.mentions.retain(|mention| {
            let at = &mention.evidence;
            let inside = |name: &(u32, u32, u32)| name.0 == at.line && name.1 <= at.start && at.end <= name.2;
            mention.place == MentionPlace::Listed || !names.iter().any(inside)
        });
    }
    let own_name = profile.name.as_ref().map(|name| key(&name.value)).unwrap_or_default();
    skills.retain(|skill| !skill.mentions.is_empty() && (skill.known || key(&skill.name) != own_name));
    let claims = |skill: &&Skill| {
        let claimed = |place: MentionPlace| matches!(place, MentionPlace::Listed | MentionPlace::Summary);
        skill.mentions.iter().any(|mention| claimed(mention.place))
    };
    let listed = |skill: &&Skill| skill.mentions.iter().any(|mention| mention.place == MentionPlace::Listed);
    if skills.iter().filter(listed).count() < ENOUGH_LISTED {
        return;
    }
    let everyday = |skill: &Skill| EVERYDAY.iter().position(|name| skill.category.as_deref() == Some(name));
    let mut claimed = [false; EVERYDAY.len()];
    for category in skills.iter().filter(claims).filter_map(everyday) {
        claimed[category] = true;
    }
    skills.retain(|skill| {
        let Some(category) = everyday(skill) else { return true };
        let line = |at: usize| skill.mentions[at].evidence.line;
        claimed[category] || claims(&skill) || (1..skill.mentions.len()).any(|at| line(at) != line(0))
    });
}

/// Line and bytes of every employer and school.
fn names(profile: &Profile) -> Vec<(u32, u32, u32)> {
    let jobs = profile.jobs.iter().chain(&profile.activities).flat_map(|job| &job.employers);
    let schools = profile.education.iter().filter_map(|entry| entry.school.as_ref());
    let place = |name: &Found<String>| (name.evidence.line, name.evidence.start, name.evidence.end);
    jobs.chain(schools).map(place).collect()
}
