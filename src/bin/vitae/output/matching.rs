//! The answer to a job description for a person. In: a [`Match`]. Out: text: what must be and whom it leaves out, what would be nice, the
//! query, the candidates with `✓ ✗ ?` for each ask.

use super::style::{bold, dim, label, mark};
use super::{hits, table};
use std::fmt::Write;
use vitae::search::matching::{Candidate, Match, State, Step, Verdict};

/// Columns of a condition beside its verdict.
const CLAUSE_WIDTH: usize = 44;

/// Everything; `brief` one line a candidate, `quiet` the candidates only.
pub fn matching(found: &Match, brief: bool, quiet: bool) -> String {
    let mut out = String::new();
    if !quiet {
        out.push_str(&head(found));
    }
    let width = found.candidates.len().to_string().len().max(2);
    for candidate in &found.candidates {
        out.push_str(&self::candidate(candidate, width, brief));
    }
    out
}

fn head(found: &Match) -> String {
    let mut out = String::new();
    if let Some(title) = &found.title {
        let _ = writeln!(out, "{}", bold(title));
    }
    let musts = found.musts.iter().map(|must| {
        let line = dim(&format!("line {}: {}", must.line, shortened(&must.words)));
        vec![
            must.number.to_string(),
            must.met_by.to_string(),
            must.unknown.to_string(),
            must.without_it.to_string(),
            shortened(&must.clause),
            line,
        ]
    });
    out.push_str(&table::table(
        &["must", "met by", "unknown", "left without it", "condition", "read from"],
        &musts.collect::<Vec<_>>(),
    ));
    let wishes = found.wishes.iter().map(|wish| {
        let line = dim(&format!("line {}: {}", wish.line, shortened(&wish.words)));
        vec![wish.weight.to_string(), wish.met_by.to_string(), shortened(&wish.clause), line]
    });
    out.push_str(&table::table(&["wish", "met by", "condition", "read from"], &wishes.collect::<Vec<_>>()));
    if !found.unread.is_empty() {
        let _ = writeln!(out, "{}", bold("not read as a condition"));
        for unread in &found.unread {
            let _ = writeln!(out, "  {}", dim(&format!("line {}: {}", unread.line, shortened(&unread.words))));
        }
    }
    let _ = writeln!(out, "{}\n  vitae search '{}'\n", bold("the query"), found.query.replace('\'', "'\\''"));
    for step in &found.steps {
        let _ = writeln!(out, "{}", self::step(step, found));
    }
    out
}

fn step(step: &Step, found: &Match) -> String {
    let who = match (step.missing, found.musts.len()) {
        (_, 0) => return format!("{} of {} candidates; the description has no musts", step.met, found.searched),
        (0, 1) => "meet the must".to_string(),
        (0, musts) => format!("meet all {musts} musts"),
        (1, _) => "miss one".to_string(),
        (missing, _) => format!("miss {missing}"),
    };
    let unknown =
        if step.unknown > 0 { format!(", {} more may (something is unknown)", step.unknown) } else { String::new() };
    format!("{} of {} candidates {who}{unknown}", bold(&step.met.to_string()), found.searched)
}

fn candidate(candidate: &Candidate, width: usize, brief: bool) -> String {
    let mut out = hits::head(&candidate.hit, width);
    let indent = " ".repeat(width + 2);
    let musts: Vec<&Verdict> = candidate.verdicts.iter().filter(|verdict| verdict.must).collect();
    let wishes: Vec<&Verdict> = candidate.verdicts.iter().filter(|verdict| !verdict.must).collect();
    let count = |of: &[&Verdict]| of.iter().filter(|verdict| verdict.state == State::Met).count();
    let sum = format!("{} of {} musts, {} of {} wishes", count(&musts), musts.len(), count(&wishes), wishes.len());
    let _ = writeln!(
        out,
        "{indent}{sum}  {}",
        dim(&format!("{}  {}  score {:.2}", candidate.hit.id, candidate.hit.path, candidate.hit.score))
    );
    if brief {
        return out;
    }
    for verdict in musts {
        let _ = writeln!(out, "{indent}{}", self::verdict(verdict));
    }
    let (met, unmet): (Vec<&Verdict>, Vec<&Verdict>) =
        wishes.into_iter().partition(|verdict| verdict.state == State::Met);
    for verdict in met {
        let _ = writeln!(out, "{indent}{}", self::verdict(verdict));
    }
    if !unmet.is_empty() {
        let clauses: Vec<&str> = unmet.iter().map(|verdict| verdict.clause.as_str()).collect();
        let _ = writeln!(out, "{indent}{}", dim(&format!("· wishes not met: {}", clauses.join(", "))));
    }
    out
}

/// `✓ skill:Kubernetes   experience  Runs 31 Kubernetes clusters  [line 13]`
fn verdict(verdict: &Verdict) -> String {
    let sign = match (verdict.state, verdict.must) {
        (State::Met, true) => mark("✓"),
        (State::Met, false) => "+".to_string(),
        (State::Missing, _) => bold("✗"),
        (State::Unknown, _) => bold("?"),
    };
    let state = match verdict.state {
        State::Met => "",
        State::Missing => "missing",
        State::Unknown => "not known",
    };
    let clause = cut(&verdict.clause, CLAUSE_WIDTH);
    let fill = " ".repeat(CLAUSE_WIDTH.saturating_sub(clause.chars().count()));
    let known = verdict
        .known
        .as_deref()
        .filter(|_| verdict.evidence.is_none() || verdict.clause.contains("years>="))
        .map(label);
    let evidence = verdict.evidence.as_ref().map(hits::snippet);
    let facts: Vec<String> =
        [(!state.is_empty()).then(|| state.to_string()), known, evidence].into_iter().flatten().collect();
    format!("{sign} {clause}{fill}  {}", facts.join("  "))
}

/// At most 60 letters of a line or a condition; the query below has the whole.
fn shortened(words: &str) -> String {
    cut(words, 60)
}

fn cut(words: &str, longest: usize) -> String {
    if words.chars().count() <= longest {
        return words.to_string();
    }
    let cut: String = words.chars().take(longest - 1).collect();
    format!("{}…", cut.trim_end())
}
