//! Every number that decides the order of hits, in one place (the weights of fields are in `FIELDS`). In: term statistics.
//! Out: points. The formula is BM25F: the occurrences of a word in all fields are added up with the weights of the fields
//! BEFORE they saturate, so that a word in a job title counts more than one in the text and repeating it soon gains nothing.
//!
//! ```text
//! weighted occurrences  o = Σ over fields  weight × how often ÷ (1 − b + b × length ÷ average length)
//! points of a word        = boost × rarity × (K1 + 1) × o ÷ (K1 + o)          rarity = ln(1 + (N − n + ½) ÷ (n + ½))
//! ```

use crate::model::FieldId;

/// How soon repetition stops to count. Measured together with the next three on the dev ranking sets (1,837 résumés, 123 queries):
/// nDCG@10 .784 with the usual 1.2, .75, .3, .7; .797 with 1.6, .6, .75, .35 (BM25 with stemming on the text alone: .742).
pub const K1: f32 = 1.6;

/// What no number of occurrences exceeds ([`saturate`]).
pub const SATURATED: f32 = K1 + 1.0;

/// How much a long résumé is held against a match in its text.
pub const LENGTH_TEXT: f32 = 0.6;

/// The same for short fields: a person with many titles is less of each.
pub const LENGTH_FIELD: f32 = 0.75;

/// The word as typed, also in another spelling of the same word (`nodejs` for `Node.js`).
pub const LITERAL: f32 = 1.0;

/// Another form of the word (`managed` for `manage`), another name of the skill (`k8s` for `Kubernetes`).
pub const RELATED: f32 = 0.35;

/// Found by prefix, wildcard or spelling distance.
pub const GUESSED: f32 = 0.5;

/// A name of one or two letters (`Go`, `R`) is another word, too: its skill counts so many times more, so that who knows Go comes before a
/// go-to-market lead. No such name stands in the dev ranking sets; for all words that more résumés say than have the skill it cost .002.
pub const SKILL_OF_SHORT_NAME: f32 = 6.0;

/// Added to the occurrences of a title when the title is that of the main (present or last) job. Dev ranking sets: .788 without, .794 with
/// 2, .797 with 3.
pub const MAIN_TITLE: f32 = 3.0;

/// Points for two words that are neighbours in the query and in the text, per point of their mean rarity. Dev ranking sets: .781 without,
/// .787 with .6 (the kind `label`, two or three words: .885 → .920; twice as much: the same).
pub const BESIDE: f32 = 0.6;

/// Points of a skill in use now, per point of rarity; decays with [`RECENCY_HALF_LIFE_MONTHS`].
pub const RECENCY: f32 = 0.3;

/// Months after which the bonus for recent use has halved.
pub const RECENCY_HALF_LIFE_MONTHS: f32 = 36.0;

/// Occurrences in one field that count; honest résumés rarely repeat a word more often, stuffed ones do.
pub const MOST_OCCURRENCES: f32 = 10.0;

/// All points are whole multiples of this (a power of two), so that sums of points are exact in `f32` in any order:
/// the parts of a score add up to the score to the last bit, whatever the number of threads or segments.
pub const GRAIN: f32 = 1.0 / 1024.0;

/// Rounds to the [`GRAIN`].
pub fn grained(points: f32) -> f32 {
    (points / GRAIN).round() * GRAIN
}

/// How rare a word is: `n` of `total` documents have it. Of a word with other forms, or of a wildcard, `n` is an estimate: forms stand in
/// documents independently of each other. (Their sum can be more than all documents, and then `develop*` is worth nothing.)
pub fn rarity(n: u64, total: u64) -> f32 {
    let n = n.min(total) as f32;
    (1.0 + (total as f32 - n + 0.5) / (n + 0.5)).ln()
}

/// Share of the length normalisation in `field`.
pub fn length_share(field: FieldId) -> f32 {
    if field == FieldId::Text { LENGTH_TEXT } else { LENGTH_FIELD }
}

/// Weighted occurrences → points before saturation is shared out among the fields.
pub fn saturate(occurrences: f32) -> f32 {
    SATURATED * occurrences / (K1 + occurrences)
}

/// Share of a skill's rarity that its last use so many months ago is worth.
pub fn recency(months: i64) -> f32 {
    RECENCY * 0.5f32.powf(months as f32 / RECENCY_HALF_LIFE_MONTHS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_grained_points_do_not_depend_on_their_order() {
        let points: Vec<f32> = (1..200).map(|at| grained(at as f32 * 0.137)).collect();
        let forward: f32 = points.iter().sum();
        let backward: f32 = points.iter().rev().sum();
        assert_eq!(forward.to_bits(), backward.to_bits());
    }

    #[test]
    fn repetition_saturates() {
        assert!(saturate(50.0) < saturate(5.0) * 1.3);
        assert!(saturate(2.0) > saturate(1.0));
    }

    #[test]
    fn rare_words_count_more() {
        assert!(rarity(1, 1000) > rarity(500, 1000));
        assert!(rarity(1000, 1000) > 0.0);
    }
}
