//! Candidates like one: the same rare skills, the same kind of job, about as long in work, and lightly the same employers and schools. In:
//! an [`Engine`] and a candidate. Out: [`Similar`], with what each shares. Names, contacts and places are not compared.

use super::blind;
use crate::analysis::fold;
use crate::engine::{Document, Engine, FoundHit, SearchOptions};
use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::model::{FieldId, Hit, Profile, ScorePart};
use crate::query::ast::{Node, Query, Term, TextMatch};
use serde::Serialize;

/// Candidates like one. The names of the fields are the JSON interface.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Similar {
    /// The one compared with.
    pub like: Hit,
    /// The query: runs in `vitae search`, can be edited.
    pub query: String,
    /// Most alike first.
    pub candidates: Vec<Alike>,
}

/// One candidate and what is shared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alike {
    /// As in a search; the score is the sum of what is shared, less for another length of experience.
    #[serde(flatten)]
    pub hit: Hit,
    /// Shared skills, rarest first.
    pub skills: Vec<String>,
    /// Shared titles, employers, schools: `title:"platform engineer"`.
    pub also: Vec<String>,
    /// Factor for the difference in years of work; 1 for the same or unknown.
    pub level: f32,
}

/// Weight of a title beside a skill.
const TITLE: f32 = 1.5;
/// Weights of what says little about the work itself.
const EMPLOYER: f32 = 0.3;
const SCHOOL: f32 = 0.2;
/// Skills that are compared: the first have the strongest evidence.
const MOST_SKILLS: usize = 40;
/// Candidates looked at for each one shown, before the years are compared.
const LOOKED_AT: usize = 5;
/// Years of difference that halve the score. Set by hand: five against ten years is another level of the same trade.
const HALVING_YEARS: f32 = 8.0;

/// Candidates like `document`, at most as many as `options` say.
///
/// # Errors
/// Those of [`Engine::search`].
pub fn similar(
    engine: &dyn Engine,
    document: &Document,
    lexicon: &Lexicon,
    options: &SearchOptions,
) -> Result<Similar> {
    let query = Query::of(likeness(&document.profile, lexicon));
    let looked_at = options.limit.saturating_add(1).saturating_mul(LOOKED_AT);
    let search = SearchOptions { limit: looked_at, offset: 0, explain: true, hits_only: true, ..options.clone() };
    let found = engine.search(&query, &search)?;
    let is_same = |hit: &FoundHit| hit.id == document.id || document.versions.iter().any(|own| own.id == hit.id);
    let own = found.hits.iter().find(|hit| is_same(hit));
    let years = own.and_then(|hit| hit.years);
    let mut candidates: Vec<Alike> =
        found.hits.iter().filter(|hit| !is_same(hit)).map(|hit| alike(hit, years, options)).collect();
    candidates
        .sort_by(|one, other| other.hit.score.total_cmp(&one.hit.score).then_with(|| one.hit.id.cmp(&other.hit.id)));
    candidates.truncate(options.limit);
    (1..).zip(&mut candidates).for_each(|(rank, alike)| alike.hit.rank = rank);
    let hit = own.cloned().unwrap_or_else(|| FoundHit {
        id: document.id.clone(),
        score: 0.0,
        parts: Vec::new(),
        years: None,
        document: document.clone(),
        matched: Vec::new(),
    });
    let like = blind::hit(&hit, 0, &[], options);
    Ok(Similar { like: Hit { parts: Vec::new(), ..like }, query: query.interpreted_as, candidates })
}

/// Anyone who shares something; what is rare weighs more by itself.
fn likeness(profile: &Profile, lexicon: &Lexicon) -> Node {
    let mut terms = Vec::new();
    for skill in profile.skills.iter().filter(|skill| skill.known).take(MOST_SKILLS) {
        let skills = lexicon.skills().canonical(&skill.name).map(|entry| entry.name.to_string());
        terms.push(term(FieldId::Skill, &skill.name, skills.into_iter().collect(), 1.0));
    }
    if let Some(job) = profile.main_job() {
        for title in job.titles.iter().filter(|title| title.is_sure()) {
            terms.push(term(FieldId::Title, &title.value, Vec::new(), TITLE));
            // "Senior Platform Engineer": each word counts a little, so that "Platform Lead" is nearer than "Nurse".
            for word in title.value.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 2) {
                terms.push(term(FieldId::Title, word, Vec::new(), TITLE / 3.0));
            }
        }
    }
    let employers = profile.jobs.iter().flat_map(|job| &job.employers).filter(|employer| employer.is_sure());
    terms.extend(employers.map(|employer| term(FieldId::Employer, &employer.value, Vec::new(), EMPLOYER)));
    let schools = profile.education.iter().filter_map(|entry| entry.school.as_ref()).filter(|school| school.is_sure());
    terms.extend(schools.map(|school| term(FieldId::School, &school.value, Vec::new(), SCHOOL)));
    let mut seen = Vec::new();
    terms.retain(|node| {
        let name = fold(&node.to_string());
        let is_new = !seen.contains(&name);
        seen.push(name);
        is_new
    });
    match terms.len() {
        0 => Node::Not(Box::new(Node::All)),
        1 => terms.remove(0),
        _ => Node::Or(terms),
    }
}

fn term(field: FieldId, text: &str, skills: Vec<String>, boost: f32) -> Node {
    Node::Term(Term { field: Some(field), text: TextMatch::Phrase(text.to_string()), skills, boost })
}

fn alike(found: &FoundHit, years: Option<f32>, options: &SearchOptions) -> Alike {
    let level = match (years, found.years) {
        (Some(one), Some(other)) => 0.5_f32.powf((one - other).abs() / HALVING_YEARS),
        _ => 1.0,
    };
    let mut hit = blind::hit(found, 0, &[], options);
    hit.score = found.score * level;
    let is_skill = |part: &&ScorePart| part.name.starts_with("skill:");
    let skills = shared(hit.parts.iter().filter(is_skill));
    let skills = skills.iter().map(|name| name.trim_start_matches("skill:").trim_matches('"').to_string()).collect();
    let is_other =
        |part: &&ScorePart| ["title:", "employer:", "school:"].iter().any(|field| part.name.starts_with(field));
    let also = shared(hit.parts.iter().filter(is_other));
    if !options.explain {
        hit.parts.clear();
    }
    Alike { hit, skills, also, level: (level * 100.0).round() / 100.0 }
}

/// Names of parts without their weights, each once, most points first.
fn shared<'p>(parts: impl Iterator<Item = &'p ScorePart>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in parts.filter(|part| part.points > 0.0) {
        let name = part.name.split_once("\"^").map_or(part.name.clone(), |(name, _)| format!("{name}\""));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
