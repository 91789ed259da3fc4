//! Skills named in a job description, and which of them belong together: `AWS, GCP or Azure` is one wish. In: the whole text. Out:
//! mentions by line, runs of mentions. Whether a doubtful word (`Go`, `Spring`) is the skill is decided as in résumés.

use super::cues;
use crate::analysis::fold;
use crate::lexicon::Lexicon;
use crate::model::{Line, MentionPlace, Section, SectionKind, TextDoc};
use std::ops::Range;

/// A skill at its place in a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Canonical name.
    pub name: String,
    /// Bytes of the line.
    pub span: Range<usize>,
}

/// Skills that stand side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Run<'m> {
    /// In the order of the line.
    pub mentions: Vec<&'m Mention>,
    /// One of them is enough.
    pub either: bool,
}

/// Kinds of skill that every advertisement names and no résumé is chosen by.
const LEFT_OUT: &[&str] = &["soft-skills"];

/// Mentions of known skills by line, in order.
pub fn mentions(text: &TextDoc, lexicon: &Lexicon) -> Vec<Vec<Mention>> {
    let mut by_line = vec![Vec::new(); text.lines.len()];
    let sections: Vec<Section> = text.lines.iter().enumerate().map(|(at, line)| section(at, line)).collect();
    for skill in crate::profile::skills::find(text, &sections, lexicon, &|_| MentionPlace::Other) {
        let left_out = skill.category.as_deref().is_some_and(|category| LEFT_OUT.contains(&category));
        if left_out || !skill.known {
            continue;
        }
        for mention in &skill.mentions {
            let evidence = &mention.evidence;
            let span = evidence.start as usize..evidence.end as usize;
            by_line[evidence.line as usize].push(Mention { name: skill.name.clone(), span });
        }
    }
    by_line.iter_mut().for_each(|line| line.sort_by_key(|mention| mention.span.start));
    by_line
}

/// Most words of an item that is nothing but the name of a skill: `Airflow`, `Apache Spark or Flink`.
const ITEM: usize = 4;

/// A line as a section of its own: a short item of a list is read like a list of skills, where doubtful words (`Airflow`, `Go`) need no
/// company; all else like running text.
fn section(at: usize, line: &Line) -> Section {
    let short =
        line.text.split_whitespace().count() <= ITEM && !line.text.contains(|letter: char| letter.is_ascii_digit());
    let kind = if line.style.bullet && short { SectionKind::Skills } else { SectionKind::Other };
    Section { kind, second: None, heading: None, lines: at..at + 1, score: 0.0, reasons: Vec::new() }
}

/// The mentions inside `within`, those joined by nothing but commas and small words together.
pub fn runs<'m>(text: &str, within: &Range<usize>, mentions: &'m [Mention]) -> Vec<Run<'m>> {
    let mut runs: Vec<Run<'m>> = Vec::new();
    let inside = mentions.iter().filter(|mention| within.start <= mention.span.start && mention.span.end <= within.end);
    for mention in inside {
        let joint =
            runs.last().and_then(|run| run.mentions.last()).map(|last| &text[last.span.end..mention.span.start]);
        match (joint.and_then(joined), runs.last_mut()) {
            (Some(either), Some(run)) => {
                run.mentions.push(mention);
                run.either |= either;
            }
            _ => {
                let before = fold(&text[within.start..mention.span.start]);
                runs.push(Run { mentions: vec![mention], either: introduces_examples(&before) });
            }
        }
    }
    runs
}

/// The text between two skills joins them: are they alternatives? None when other words stand between.
fn joined(between: &str) -> Option<bool> {
    if between.contains([';', ':']) || between.contains(". ") {
        return None;
    }
    let folded = fold(between);
    let words =
        || folded.split(|letter: char| !letter.is_alphanumeric() && letter != '/').filter(|word| !word.is_empty());
    let only_joints = words().all(|word| word.chars().all(|letter| letter == '/') || cues::JOINTS.contains(&word));
    let examples = cues::holds(&folded, cues::EXAMPLES);
    only_joints.then(|| examples || between.trim() == "/" || words().any(|word| cues::EITHER.contains(&word)))
}

/// `a cloud such as`, `one of`
fn introduces_examples(before: &str) -> bool {
    let tail = before.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    cues::EXAMPLES.iter().any(|cue| {
        tail.strip_suffix(cue).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
            || tail.strip_suffix(&format!("{cue} the")).is_some()
    })
}
