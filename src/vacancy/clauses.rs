//! A line of a job description, cut where its grade changes: `5 years of Java; Kotlin is a plus`. In: a line and the part it stands in.
//! Out: [`Clause`]s with their grade, as byte ranges. Knows no skills.

use super::Grade;
use super::cues;
use super::parts::Part;
use crate::analysis::fold;
use std::ops::Range;

/// A piece of a line with one grade.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Bytes of the line.
    pub span: Range<usize>,
    /// How much it is wanted.
    pub grade: Grade,
}

/// Weight of what is only named among the tasks: it will be used, it is not asked for.
const TASK: f32 = 0.5;

/// The clauses of a line that ask for something, in order.
pub fn clauses(text: &str, part: Part) -> Vec<Clause> {
    let mut out = Vec::new();
    for span in cut(text) {
        let folded = fold(&text[span.clone()]);
        if let Some(grade) = grade(&folded, part) {
            out.push(Clause { span, grade });
        }
    }
    out
}

/// The grade of a clause; none when it asks for nothing.
fn grade(folded: &str, part: Part) -> Option<Grade> {
    if part == Part::Silent || cues::holds(folded, cues::NOT) {
        return None;
    }
    if let Some((weight, _)) = cues::NICE.iter().find(|(_, cues)| cues::holds(folded, cues)) {
        return Some(Grade::Nice(*weight));
    }
    let must = cues::holds(folded, cues::MUST);
    Some(match part {
        Part::Must => Grade::Must,
        Part::Nice => Grade::Nice(1.0),
        _ if must => Grade::Must,
        Part::Open => Grade::Nice(1.0),
        Part::Tasks | Part::Silent => Grade::Nice(TASK),
    })
}

/// Cuts at semicolons, at ends of sentences, before words that change the grade, and around brackets that hold such words.
fn cut(text: &str) -> Vec<Range<usize>> {
    let mut cuts: Vec<usize> = vec![0, text.len()];
    for (at, letter) in text.char_indices() {
        let after = &text[at + letter.len_utf8()..];
        match letter {
            ';' => cuts.push(at + 1),
            // "Go. Terraform a plus": but not "e.g. Go", "Node.js", "B.Sc. in".
            '.' if after.starts_with(' ') && !is_abbreviation(&text[..at]) => cuts.push(at + 1),
            '(' => {
                let close = after.find(')').map_or(text.len(), |close| at + 1 + close + 1);
                if changes_grade(&fold(&text[at..close])) {
                    cuts.extend([at, close]);
                }
            }
            _ => {}
        }
    }
    // "Java, ideally Kotlin", "Java, Kotlin preferred": the comma before the last piece with such a word.
    let commas: Vec<usize> = text.match_indices([',', '–', '—']).map(|(at, _)| at).collect();
    for (number, comma) in commas.iter().enumerate() {
        let end = commas.get(number + 1).copied().unwrap_or(text.len());
        if changes_grade(&fold(&text[*comma..end])) && !changes_grade(&fold(&text[..*comma])) {
            cuts.push(*comma);
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|pair| pair[0]..pair[1]).filter(|span| !text[span.clone()].trim().is_empty()).collect()
}

fn changes_grade(folded: &str) -> bool {
    cues::NICE.iter().any(|(_, cues)| cues::holds(folded, cues)) || cues::holds(folded, cues::NOT)
}

/// `e.g`, `B.Sc`, `etc`, `min` before a full stop.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|letter: char| letter.is_whitespace() || letter == '(').next().unwrap_or("");
    word.contains('.')
        || word.len() <= 1
        || matches!(fold(word).as_str(), "etc" | "min" | "max" | "incl" | "approx" | "ph" | "sc" | "sr" | "jr" | "vs")
}
