//! A result list for a person. In: hits with snippets. Out: text: rank, name, main job, degree, place, and why it matched.

use super::style::{bold, dim, label, mark};
use std::fmt::Write;
use vitae::model::{Hit, ScorePart, Snippet};

/// Columns of the section name before a snippet.
const SECTION_WIDTH: usize = 13;

/// All hits, one block each.
pub fn hits(hits: &[Hit], explain: bool) -> String {
    let mut out = String::new();
    let width = hits.last().map_or(1, |hit| hit.rank.to_string().len()).max(2);
    for hit in hits {
        let indent = " ".repeat(width + 2);
        out.push_str(&head(hit, width));
        for snippet in &hit.snippets {
            let _ = writeln!(out, "{indent}{}", self::snippet(snippet));
        }
        let _ = writeln!(out, "{indent}{}", dim(&format!("{}  {}  score {:.2}", hit.id, hit.path, hit.score)));
        if !hit.flags.is_empty() {
            let _ = writeln!(out, "{indent}{}", dim(&format!("flagged: {}", hit.flags.join(", "))));
        }
        out.push_str(&versions(hit, &indent));
        if explain {
            out.push_str(&parts(&hit.parts, &indent));
        }
    }
    out
}

/// The other files of the person: copies of this one, then versions, newest first, and why they are taken for theirs.
pub fn versions(hit: &Hit, indent: &str) -> String {
    let copy = |path: &String| format!("{indent}{}\n", dim(&format!("also {path} (the same bytes)")));
    let mut out: String = hit.copies.iter().map(copy).collect();
    for version in hit.versions.iter().filter(|version| version.id != hit.id) {
        let matches = if version.matches { "" } else { ", does not match" };
        let because = version.because.join(", ");
        let text = format!("{}  {}  {}{matches} ({because})", version.id, version.path, version.updated);
        let _ = writeln!(out, "{indent}{}", dim(&format!("also {text}")));
    }
    out
}

/// An empty line, then rank, name and main job; degree, years and place. Ranks take `width` columns.
pub fn head(hit: &Hit, width: usize) -> String {
    let name = hit.name.as_deref().unwrap_or("(no name found)");
    let job = job(hit);
    let job = if job.is_empty() { job } else { format!(" · {job}") };
    let mut out = format!("\n{:>width$}  {}{job}\n", hit.rank, bold(name));
    let facts = facts(hit);
    if !facts.is_empty() {
        let _ = writeln!(out, "{}{facts}", " ".repeat(width + 2));
    }
    out
}

/// `Lead Engineer, Acme` or `Lead Engineer, Acme (until then)`.
fn job(hit: &Hit) -> String {
    let parts: Vec<&str> = [&hit.title, &hit.employer].into_iter().flatten().map(String::as_str).collect();
    let past = if hit.current || parts.is_empty() { "" } else { " (past)" };
    format!("{}{past}", parts.join(", "))
}

/// `M.Sc. Physics, Leeds 2014 · 9.2 years · Lisbon, Portugal`
fn facts(hit: &Hit) -> String {
    let mut facts: Vec<String> = Vec::new();
    facts.extend(hit.degree.clone());
    facts.extend(hit.years.map(|years| format!("{years:.1} years")));
    facts.extend(hit.location.clone());
    facts.join(" · ")
}

/// Section, text with its marks, place.
pub fn snippet(snippet: &Snippet) -> String {
    let section = label(&format!("{:<SECTION_WIDTH$}", snippet.section));
    let page = if snippet.page > 1 { format!("p. {}, ", snippet.page) } else { String::new() };
    let denied = if snippet.negated { dim(" (denied)") } else { String::new() };
    format!("{section}{}{denied}  {}", marked(snippet), dim(&format!("[{page}line {}]", snippet.line)))
}

/// The text with its marks.
fn marked(snippet: &Snippet) -> String {
    let mut out = String::new();
    let mut at = 0;
    for &(start, end) in &snippet.marks {
        let (start, end) = (start as usize, end as usize);
        if let (Some(before), Some(inside)) = (snippet.text.get(at..start), snippet.text.get(start..end)) {
            out.push_str(before);
            out.push_str(&mark(inside));
            at = end;
        }
    }
    out.push_str(snippet.text.get(at..).unwrap_or_default());
    out
}

/// The arithmetic of a score, one part a line, greatest first.
pub fn parts(parts: &[ScorePart], indent: &str) -> String {
    let mut sorted: Vec<&ScorePart> = parts.iter().collect();
    sorted.sort_by(|a, b| b.points.total_cmp(&a.points).then_with(|| a.name.cmp(&b.name)));
    let mut out = String::new();
    for part in sorted {
        let field = part.field.map(|field| format!(" in {}", field.row().name)).unwrap_or_default();
        let line = format!("{indent}{:>8.3}  {}{field}  {}", part.points, part.name, dim(&part.detail));
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}
