//! Judged queries → numbers: how good is the order of the hits? In: a truth file and a way to search. Out: a [`Report`]: nDCG@10, MRR,
//! P@10, per query, per kind, over all. Searches and reads nothing itself.
//!
//! ```toml
//! [[query]]
//! id = "lead-rust"                  # unique
//! text = "title:lead skill:rust"    # as a person would type it
//! kind = "fielded"                  # queries of one kind are summed up together
//! relevant = { "anna.md" = 3, "deep/ben.pdf" = 1 }   # path in the folder = grade: 3 ideal, 2 good, 1 acceptable
//! ```
//!
//! A query without relevant candidates asserts that nothing is found: it scores 1 when it finds nothing, else 0.

pub mod metrics;
pub mod truth;

use crate::error::Result;
use metrics::Figures;
use serde::Serialize;
use std::collections::BTreeMap;
pub use truth::{Judged, Truth};

/// The figures of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// In the order of the truth file.
    pub queries: Vec<QueryReport>,
    /// Means by kind.
    pub kinds: BTreeMap<String, Figures>,
    /// Means over all queries.
    pub all: Figures,
}

/// The figures of one query.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueryReport {
    /// Id in the truth file.
    pub id: String,
    /// The query.
    pub text: String,
    /// Its kind.
    pub kind: String,
    /// How many were found.
    pub found: usize,
    /// Its figures.
    #[serde(flatten)]
    pub figures: Figures,
}

/// Runs every query of `truth`; `search` gives the paths of the hits in order.
///
/// # Errors
/// Those of `search`: a truth file whose queries do not parse is no measurement.
pub fn evaluate(truth: &Truth, search: &mut dyn FnMut(&str) -> Result<Vec<String>>) -> Result<Report> {
    let mut queries = Vec::with_capacity(truth.queries.len());
    for judged in &truth.queries {
        let hits = search(&judged.text)?;
        queries.push(QueryReport {
            id: judged.id.clone(),
            text: judged.text.clone(),
            kind: judged.kind.clone(),
            found: hits.len(),
            figures: metrics::figures(&hits, &judged.relevant),
        });
    }
    let mut kinds: BTreeMap<String, Vec<Figures>> = BTreeMap::new();
    for query in &queries {
        kinds.entry(query.kind.clone()).or_default().push(query.figures);
    }
    let all: Vec<Figures> = queries.iter().map(|query| query.figures).collect();
    let kinds = kinds.into_iter().map(|(kind, figures)| (kind, metrics::mean(&figures))).collect();
    Ok(Report { all: metrics::mean(&all), kinds, queries })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_summed_up_apart() {
        let truth = Truth::parse(
            "[[query]]\nid = \"a\"\ntext = \"x\"\nkind = \"word\"\nrelevant = { \"1.md\" = 1 }\n\
             [[query]]\nid = \"b\"\ntext = \"y\"\nkind = \"field\"\nrelevant = { \"2.md\" = 1 }\n",
        );
        let report = evaluate(&truth.unwrap(), &mut |_| Ok(vec!["1.md".to_string()])).unwrap();
        assert_eq!(report.kinds["word"].ndcg10, 1.0);
        assert_eq!(report.kinds["field"].mrr, 0.0);
        assert_eq!((report.all.ndcg10, report.all.queries), (0.5, 2));
    }
}
