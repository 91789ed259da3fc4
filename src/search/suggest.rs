//! What could be typed next: values of a field that begin so, with the candidates that have them, and what goes together with a
//! query. In: an [`Engine`], a field and the beginning of a value, or a query. Out: [`Suggestions`], [`Related`]. Exact: counted over
//! the whole index. Adds nothing to any query.

use crate::analysis::fold;
use crate::engine::{Engine, ExpandedTerm, FacetRequest, Found, SearchOptions};
use crate::error::{Error, Result};
use crate::lexicon::Lexicon;
use crate::model::{FIELDS, FacetValue, FieldId, FieldKind, Month};
use crate::query::ast::{Node, Query, Term, TextMatch};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Values that complete what was typed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suggestions {
    /// Name of the field.
    pub field: String,
    /// As typed.
    pub typed: String,
    /// Nothing begins so; these are spelt nearly so.
    pub near: bool,
    /// Best first: values that begin so before those with a later word that does, then by candidates.
    pub values: Vec<Suggestion>,
    /// Fitting values beyond those listed.
    pub more: usize,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suggestion {
    /// As most candidates write it.
    pub value: String,
    /// The query that finds them.
    pub query: String,
    /// Candidates that have it.
    pub candidates: u64,
    /// The other name of the value that fits what was typed (`k8s`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub also_called: Option<String>,
}

/// What candidates of a query have more often than everyone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Related {
    /// As understood.
    pub query: String,
    /// Name of the counted field.
    pub field: String,
    /// Candidates of the query.
    pub candidates: u64,
    /// Candidates in the index.
    pub searched: u64,
    /// Strongest connection first.
    pub values: Vec<RelatedValue>,
}

/// One related value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RelatedValue {
    /// As most candidates write it.
    pub value: String,
    /// The query that finds it.
    pub query: String,
    /// Candidates of the query that have it.
    pub together: u64,
    /// All candidates that have it.
    pub candidates: u64,
    /// How many times as often as among everyone.
    pub lift: f64,
}

/// How a value fits what was typed, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Begins,
    LaterWord,
    OtherName,
}

/// Candidates of a query that must have a value before it is called related: one person proves nothing.
const FEWEST_TOGETHER: u64 = 2;

/// Values of `field` that begin with `typed` (any case, accents ignored), else those spelt nearly so; at most `limit`.
///
/// # Errors
/// Input: the field has no values to complete. Those of [`Engine::search`].
pub fn suggest(
    engine: &dyn Engine,
    lexicon: &Lexicon,
    field: FieldId,
    typed: &str,
    limit: usize,
) -> Result<Suggestions> {
    let row = field.row();
    let prefix = fold(typed.trim());
    let (near, mut values) = if row.facet {
        among(&all_values(engine, &Query::everyone(), field)?.0, field, &prefix, lexicon)
    } else if row.kind == FieldKind::Words && !matches!(field, FieldId::Email | FieldId::Phone | FieldId::SkillInJob) {
        words(engine, field, &prefix)?
    } else {
        let known: Vec<&str> = FIELDS.iter().filter(|row| completes(row.id)).map(|row| row.name).collect();
        return Err(Error::input(format!("`{}` has no values to complete", row.name))
            .hint(format!("fields with suggestions: {}; or `related`", known.join(", "))));
    };
    let more = values.len().saturating_sub(limit);
    values.truncate(limit);
    Ok(Suggestions { field: row.name.to_string(), typed: typed.to_string(), near, values, more })
}

/// The field has values or words to complete.
pub fn completes(field: FieldId) -> bool {
    let exact = matches!(field, FieldId::Email | FieldId::Phone | FieldId::SkillInJob);
    field.row().facet || (field.row().kind == FieldKind::Words && !exact)
}

/// Values of `field` that go together with `query`, by the strength of the evidence; at most `limit`. What the query itself asks for is
/// left out.
///
/// # Errors
/// Those of [`Engine::search`]; the field offers no facet.
pub fn related(engine: &dyn Engine, query: &Query, field: FieldId, limit: usize) -> Result<Related> {
    let (everyone, all) = all_values(engine, &Query::everyone(), field)?;
    // Facets leave a filter on their own field out; here its candidates are meant, so it stands inside another node.
    let theirs = Query::of(Node::AtLeast { count: 1, of: vec![query.root.clone()] });
    let (theirs, found) = all_values(engine, &theirs, field)?;
    let totals: HashMap<String, u64> = everyone.iter().map(|value| (fold(&value.value), value.count)).collect();
    let asked = asked_for(&query.root);
    let mut values = Vec::new();
    for value in theirs.into_iter().filter(|value| value.count >= FEWEST_TOGETHER) {
        let name = fold(&value.value);
        let candidates = totals.get(&name).copied().unwrap_or(value.count);
        let expected = candidates as f64 * found.total as f64 / all.total.max(1) as f64;
        let lift = value.count as f64 / expected;
        if lift > 1.0 && !asked.contains(&name) {
            let evidence = evidence(value.count, found.total, candidates, all.total);
            let lift = (lift * 100.0).round() / 100.0;
            let (together, FacetValue { value, query, .. }) = (value.count, value);
            values.push((evidence, RelatedValue { value, query, together, candidates, lift }));
        }
    }
    values.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.value.cmp(&other.1.value)));
    Ok(Related {
        query: query.interpreted_as.clone(),
        field: field.row().name.to_string(),
        candidates: found.total,
        searched: found.searched,
        values: values.into_iter().take(limit).map(|(_, value)| value).collect(),
    })
}

/// Log-likelihood ratio of a pair (T. Dunning, "Accurate methods for the statistics of surprise and coincidence", 1993): unlike lift
/// alone it does not put what two people happen to share before what everyone in the trade knows.
fn evidence(both: u64, with: u64, having: u64, all: u64) -> f64 {
    let (both, with, having, all) = (both as f64, with as f64, having as f64, all as f64);
    let cells = [
        (both, with, having),
        (with - both, with, all - having),
        (having - both, all - with, having),
        (all - with - having + both, all - with, all - having),
    ];
    let part = |(seen, row, column): (f64, f64, f64)| {
        if seen > 0.0 && row > 0.0 && column > 0.0 { seen * (seen * all / (row * column)).ln() } else { 0.0 }
    };
    2.0 * cells.into_iter().map(part).sum::<f64>()
}

/// Folded names of the values that a query asks for.
fn asked_for(node: &Node) -> Vec<String> {
    match node {
        Node::And(nodes) | Node::Or(nodes) | Node::AtLeast { of: nodes, .. } => {
            nodes.iter().flat_map(asked_for).collect()
        }
        Node::Group(_, node) | Node::Prefer { node, .. } => asked_for(node),
        Node::Term(term) => {
            let words = match &term.text {
                TextMatch::Word(text) | TextMatch::Exact(text) | TextMatch::Phrase(text) => Some(fold(text)),
                _ => None,
            };
            words.into_iter().chain(term.skills.iter().map(|name| fold(name))).collect()
        }
        Node::All | Node::Not(_) | Node::Filter(_) => Vec::new(),
    }
}

/// Every value of a field over the result of a query.
fn all_values(engine: &dyn Engine, query: &Query, field: FieldId) -> Result<(Vec<FacetValue>, Found)> {
    let facets = vec![FacetRequest::of(field, usize::MAX)];
    // No value of a facet offered here depends on what "present" means but `years`.
    let options = SearchOptions { limit: 0, count_only: true, facets, ..SearchOptions::new(Month(0)) };
    let mut found = engine.search(query, &options)?;
    let values = found.facets.pop().map(|facet| facet.values).unwrap_or_default();
    Ok((values, found))
}

/// The values that fit, or are spelt nearly so.
fn among(values: &[FacetValue], field: FieldId, prefix: &str, lexicon: &Lexicon) -> (bool, Vec<Suggestion>) {
    let others = other_names(field, prefix, lexicon);
    let mut fitting: Vec<(Fit, &FacetValue, Option<String>)> = Vec::new();
    for value in values {
        if let Some((fit, name)) = fit(value, prefix, &others) {
            fitting.push((fit, value, name));
        }
    }
    fitting.sort_by_key(|(fit, value, _)| (*fit, Reverse(value.count)));
    let suggestion = |value: &FacetValue, also_called: Option<String>| Suggestion {
        value: value.value.clone(),
        query: value.query.clone(),
        candidates: value.count,
        also_called,
    };
    if !fitting.is_empty() {
        return (false, fitting.into_iter().map(|(_, value, name)| suggestion(value, name)).collect());
    }
    let distances = values.iter().filter_map(|value| Some((misspelling(prefix, &fold(&value.value))?, value)));
    let mut near: Vec<(usize, &FacetValue)> = distances.collect();
    near.sort_by_key(|(distance, value)| (*distance, Reverse(value.count)));
    (true, near.into_iter().map(|(_, value)| suggestion(value, None)).collect())
}

fn fit(value: &FacetValue, prefix: &str, others: &HashMap<String, String>) -> Option<(Fit, Option<String>)> {
    let name = fold(&value.value);
    if name.starts_with(prefix) {
        return Some((Fit::Begins, None));
    }
    let mut starts = name.match_indices(prefix).map(|(at, _)| at);
    if starts.any(|at| !name[..at].ends_with(char::is_alphanumeric)) {
        return Some((Fit::LaterWord, None));
    }
    others.get(&name).map(|other| (Fit::OtherName, Some(other.clone())))
}

/// Folded names of values that have another name which begins so, with that name: `kubernetes` → `k8s`.
fn other_names(field: FieldId, prefix: &str, lexicon: &Lexicon) -> HashMap<String, String> {
    let mut names = HashMap::new();
    match field {
        _ if prefix.is_empty() => {}
        FieldId::Skill => {
            for entry in lexicon.skills().entries() {
                if let Some(alias) = entry.aliases().find(|alias| fold(alias).starts_with(prefix)) {
                    names.insert(fold(entry.name), alias.to_string());
                }
            }
        }
        // Short names of schools are typed whole: MIT, IIT Bombay.
        FieldId::School => {
            names.extend(lexicon.schools().canonical(prefix).map(|name| (fold(name), prefix.to_uppercase())));
        }
        _ => {}
    }
    names
}

/// Edits between what was typed and the value, its beginning, or one of its words; none when there are too many.
fn misspelling(typed: &str, name: &str) -> Option<usize> {
    let letters = typed.chars().count();
    let most = match letters {
        0..=3 => return None,
        4..=5 => 1,
        6..=9 => 2,
        _ => 3,
    };
    let beginning: String = name.chars().take(letters).collect();
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 3);
    let distances = words.chain([name, &beginning]).map(|part| strsim::osa_distance(typed, part));
    distances.min().filter(|distance| *distance <= most)
}

/// Words of a field that begin so, else those spelt nearly so.
fn words(engine: &dyn Engine, field: FieldId, prefix: &str) -> Result<(bool, Vec<Suggestion>)> {
    if prefix.is_empty() || prefix.contains(char::is_whitespace) {
        let name = field.row().name;
        return Err(Error::input(format!("`{name}` is completed word by word"))
            .hint(format!("type the beginning of one word: vitae suggest {name} kub")));
    }
    let begins = expanded(engine, field, TextMatch::Prefix(prefix.to_string()))?;
    if !begins.is_empty() {
        return Ok((false, begins));
    }
    let distance = if prefix.chars().count() > 5 { 2 } else { 1 };
    Ok((true, expanded(engine, field, TextMatch::Fuzzy { word: prefix.to_string(), distance })?))
}

fn expanded(engine: &dyn Engine, field: FieldId, text: TextMatch) -> Result<Vec<Suggestion>> {
    let root = Node::Term(Term { field: Some(field), text, skills: Vec::new(), boost: 1.0 });
    let options = SearchOptions { limit: 0, count_only: true, ..SearchOptions::new(Month(0)) };
    let found = engine.search(&Query::of(root), &options)?;
    let terms = found.expansions.into_iter().flat_map(|expansion| expansion.to);
    let name = field.row().name;
    let suggestion = |ExpandedTerm { term, candidates }| {
        let query = format!("{name}:\"{}\"", term.replace('"', ""));
        Suggestion { query, value: term, candidates, also_called: None }
    };
    Ok(terms.map(suggestion).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(name: &str, count: u64) -> FacetValue {
        FacetValue { value: name.to_string(), query: format!("skill:\"{name}\""), count, selected: false }
    }

    fn check(typed: &str, near: bool, expected: &[&str]) {
        let values = [
            value("Kubernetes", 9),
            value("Java", 7),
            value("JavaScript", 8),
            value("Apache Kafka", 3),
            value("Kanban", 2),
        ];
        let (is_near, found) = among(&values, FieldId::Skill, &fold(typed), &Lexicon::builtin());
        let found: Vec<&str> = found.iter().map(|suggestion| suggestion.value.as_str()).collect();
        assert_eq!((is_near, &found[..]), (near, expected), "{typed}");
    }

    #[test]
    fn beginnings_come_before_later_words_and_common_before_rare() {
        check("ka", false, &["Kanban", "Apache Kafka"]);
        check("java", false, &["JavaScript", "Java"]);
        check("Kube", false, &["Kubernetes"]);
    }

    #[test]
    fn another_name_of_the_skill_fits_too() {
        check("k8", false, &["Kubernetes"]);
    }

    #[test]
    fn spelling_helps_only_when_nothing_begins_so() {
        check("kuberntes", true, &["Kubernetes"]);
        check("kubernets", true, &["Kubernetes"]);
        check("zzzz", true, &[]);
        check("zz", true, &[]);
    }

    #[test]
    fn what_many_share_is_stronger_evidence_than_what_two_share() {
        // 20 of 1,000 are asked about: 15 of them share A (40 have it), 2 share B (2 have it, lift 50).
        assert!(evidence(15, 20, 40, 1000) > evidence(2, 20, 2, 1000));
        assert!(evidence(0, 20, 40, 1000).is_finite());
    }
}
