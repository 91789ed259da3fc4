//! The figures. In: hits in order and grades. Out: [`Figures`].
//!
//! nDCG@10: are the best candidates on the first page, best first? A hit of grade g at place i adds (2^g − 1) ÷ log2(i + 1); the sum is
//! divided by that of the ideal order. MRR: 1 ÷ place of the first relevant hit. P@10: share of relevant hits among the first ten
//! (of fewer, when fewer are relevant at all).

use serde::Serialize;
use std::collections::BTreeMap;

/// Figures of one query, or their means over several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Normalised discounted cumulative gain of the first ten.
    pub ndcg10: f64,
    /// Reciprocal rank of the first relevant hit.
    pub mrr: f64,
    /// Precision of the first ten.
    pub p10: f64,
    /// How many queries these are the means of.
    pub queries: usize,
}

/// The figures of one query.
pub fn figures(hits: &[String], relevant: &BTreeMap<String, u32>) -> Figures {
    if relevant.values().all(|grade| *grade == 0) {
        let right = if hits.is_empty() { 1.0 } else { 0.0 };
        return Figures { ndcg10: right, mrr: right, p10: right, queries: 1 };
    }
    let grade = |path: &String| relevant.get(path).copied().unwrap_or(0);
    let mut ideal: Vec<u32> = relevant.values().copied().filter(|grade| *grade > 0).collect();
    ideal.sort_unstable_by(|one, other| other.cmp(one));
    let first = hits.iter().position(|path| grade(path) > 0);
    let found = hits.iter().take(10).filter(|path| grade(path) > 0).count();
    Figures {
        ndcg10: gain(hits.iter().map(grade)) / gain(ideal.iter().copied()),
        mrr: first.map_or(0.0, |at| 1.0 / (at + 1) as f64),
        p10: found as f64 / ideal.len().min(10) as f64,
        queries: 1,
    }
}

/// Discounted gain of the first ten.
fn gain(grades: impl Iterator<Item = u32>) -> f64 {
    let gains = grades.take(10).enumerate();
    gains.map(|(at, grade)| (2f64.powi(grade as i32) - 1.0) / (at as f64 + 2.0).log2()).sum()
}

/// Means; zero without queries.
pub fn mean(figures: &[Figures]) -> Figures {
    let count = figures.len().max(1) as f64;
    let sum = |value: fn(&Figures) -> f64| figures.iter().map(value).sum::<f64>() / count;
    Figures { ndcg10: sum(|one| one.ndcg10), mrr: sum(|one| one.mrr), p10: sum(|one| one.p10), queries: figures.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(hits: &[&str], relevant: &[(&str, u32)], ndcg10: f64, mrr: f64, p10: f64) {
        let hits: Vec<String> = hits.iter().map(|hit| hit.to_string()).collect();
        let relevant = relevant.iter().map(|(path, grade)| (path.to_string(), *grade)).collect();
        let found = figures(&hits, &relevant);
        let near = |one: f64, other: f64| (one - other).abs() < 1e-3;
        assert!(near(found.ndcg10, ndcg10) && near(found.mrr, mrr) && near(found.p10, p10), "{found:?}");
    }

    #[test]
    fn perfect_and_empty() {
        check(&["a", "b"], &[("a", 3), ("b", 1)], 1.0, 1.0, 1.0);
        check(&[], &[("a", 3)], 0.0, 0.0, 0.0);
        check(&[], &[], 1.0, 1.0, 1.0);
        check(&["a"], &[], 0.0, 0.0, 0.0);
    }

    #[test]
    fn grades_and_places_count() {
        // (1 + 7 ÷ 1.585) ÷ (7 + 1 ÷ 1.585)
        check(&["b", "a"], &[("a", 3), ("b", 1)], 0.7098, 1.0, 1.0);
        check(&["x", "a"], &[("a", 1)], 0.6309, 0.5, 1.0);
        check(&["a", "x"], &[("a", 1), ("b", 1)], 0.6131, 1.0, 0.5);
    }
}
