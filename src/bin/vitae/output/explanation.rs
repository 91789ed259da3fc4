//! How a query was read. In: the echo, notices, expansions, counts per clause. Out: text for stderr (`search`) or stdout (`explain`).

use super::style::{bold, dim};
use std::fmt::Write;
use vitae::engine::{ClauseCount, Expansion, ExpansionKind};
use vitae::model::FileCounts;

/// Most added terms named per word; the number of all is always told.
const NAMED: usize = 12;

/// One line per expanded word: `managed: + managing (12), manager (40)`.
pub fn expansions(expansions: &[Expansion]) -> String {
    let mut out = String::new();
    for expansion in expansions.iter().filter(|expansion| !expansion.to.is_empty()) {
        let named = expansion.to.iter().take(NAMED).map(|term| format!("{} ({})", term.term, term.candidates));
        let named: Vec<String> = named.collect();
        let rest = expansion.to.len().saturating_sub(NAMED);
        let rest = if rest == 0 { String::new() } else { format!(" and {rest} more") };
        let _ = writeln!(out, "  {} {} {}{rest}", expansion.from, kind(expansion.kind), named.join(", "));
    }
    out
}

fn kind(kind: ExpansionKind) -> &'static str {
    match kind {
        ExpansionKind::Inflection => "also as",
        ExpansionKind::Spelling => "also spelt",
        ExpansionKind::Alias => "also called",
        ExpansionKind::Synonym => "the same job:",
        ExpansionKind::Prefix | ExpansionKind::Wildcard => "stands for",
        ExpansionKind::Fuzzy => "spelt nearly so:",
    }
}

/// `+ 12 where graduated:2020..2024 is unknown`, one line per filter.
pub fn unknown(counts: &[ClauseCount]) -> String {
    let mut out = String::new();
    for count in counts {
        let hint = format!("(add ? to include them: {}?)", count.clause);
        let _ = writeln!(out, "+ {} more where {} is unknown {}", count.count, count.clause, dim(&hint));
    }
    out
}

/// Candidates per clause, and what would be found without one of them.
pub fn clauses(clauses: &[ClauseCount], relaxed: &[ClauseCount]) -> String {
    let mut out = String::new();
    for (title, counts) in [("each clause alone", clauses), ("without one clause", relaxed)] {
        if counts.is_empty() {
            continue;
        }
        let _ = writeln!(out, "{}", bold(title));
        for count in counts {
            let _ = writeln!(out, "  {:>7}  {}", count.count, count.clause);
        }
    }
    out
}

/// `searched 80 of 83 files; 3 were left out: …`, nothing when all of them were searched.
pub fn files(counts: Option<FileCounts>) -> String {
    let Some(counts) = counts.filter(|counts| counts.searched < counts.seen) else { return String::new() };
    let mut out = format!("searched {} of {} files", counts.searched, counts.seen);
    if counts.left_out > 0 {
        out.push_str(&format!("; {} left out: vitae ledger --reason skipped", counts.left_out));
    }
    if counts.not_reached > 0 {
        out.push_str(&format!("; {} not reached yet: run vitae index again", counts.not_reached));
    }
    out
}
