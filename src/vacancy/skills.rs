//! Skills named in a job description, and which of them belong together: `AWS, GCP or Azure` is one wish. In: the whole text. Out:
//! mentions by line, runs of mentions. Whether a doubtful word (`Go`, `Spring`) is the skill is decided as in résumés.

use super::cues;
use crate::analysis::fold;
use crate::lexicon::Lexicon;
use crate::lexicon::words::Words;
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

/// Mentions of known skills by line, in order: those of running text, and in short items of lists those that are skills in a list.
pub fn mentions(text: &TextDoc, lexicon: &Lexicon) -> Vec<Vec<Mention>> {
    let mut by_line: Vec<Vec<Mention>> = vec![Vec::new(); text.lines.len()];
    let all = || text.lines.iter().enumerate();
    let running: Vec<Section> = all().map(|(at, _)| section(at, SectionKind::Other)).collect();
    let listed = all().filter(|(_, line)| is_item(line)).map(|(at, _)| section(at, SectionKind::Skills));
    for sections in [running, listed.collect()] {
        for skill in crate::profile::skills::find(text, &sections, lexicon, &|_| MentionPlace::Other) {
            let left_out = skill.category.as_deref().is_some_and(|category| LEFT_OUT.contains(&category));
            for mention in skill.mentions.iter().filter(|_| skill.known && !left_out) {
                let span = mention.evidence.start as usize..mention.evidence.end as usize;
                let line = &mut by_line[mention.evidence.line as usize];
                if !line.iter().any(|known| known.span.start < span.end && span.start < known.span.end) {
                    line.push(Mention { name: skill.name.clone(), span });
                }
            }
        }
    }
    for (line, mentions) in text.lines.iter().zip(&mut by_line) {
        mentions.sort_by_key(|mention| mention.span.start);
        companions(&line.text, mentions, lexicon);
        mentions.sort_by_key(|mention| mention.span.start);
    }
    by_line
}

/// Adds doubtful words that a joint puts beside a skill: `Go or Rust` where `Go` is sure, `Rust` is one, too.
fn companions(text: &str, mentions: &mut Vec<Mention>, lexicon: &Lexicon) {
    let words = Words::of(text);
    let mut at = 0;
    while at < mentions.len() {
        let behind = words.iter().position(|(word, _)| word.start >= mentions[at].span.end);
        let is_joint = |index: usize| matches!(words.term(index), "and" | "or" | "und" | "oder");
        let next = behind.map(|first| if is_joint(first) { first + 1 } else { first });
        if let Some(mention) = next.and_then(|next| companion(text, &words, next, &mentions[at].span, lexicon))
            && mentions.iter().all(|known| known.span.end <= mention.span.start || mention.span.end <= known.span.start)
        {
            mentions.insert(at + 1, mention);
        }
        at += 1;
    }
}

/// The known skill at word `at`, a name with a capital, if nothing but a comma, a slash or a joint stands between it and `before`.
fn companion(text: &str, words: &Words, at: usize, before: &Range<usize>, lexicon: &Lexicon) -> Option<Mention> {
    let (length, _) = lexicon.skills().longest(words, at)?;
    let span = words.get(at)?.start..words.get(at + length - 1)?.end;
    let between = text.get(before.end..span.start)?.trim();
    let is_joined = joined(between).is_some() && !between.is_empty();
    let written = &text[span.clone()];
    let entry = lexicon.skills().canonical(written).filter(|_| is_joined && written.starts_with(char::is_uppercase))?;
    Some(Mention { name: entry.name.to_string(), span })
}

/// Most words of an item that is nothing but the name of a skill: `Airflow`, `Apache Spark or Flink`.
const ITEM: usize = 4;

/// A short item of a list: doubtful words (`Airflow`, `Go`) need no company there.
fn is_item(line: &Line) -> bool {
    let few_words = line.text.split_whitespace().count() <= ITEM;
    line.style.bullet && few_words && !line.text.contains(|letter: char| letter.is_ascii_digit())
}

/// A line as a section of its own.
fn section(at: usize, kind: SectionKind) -> Section {
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
    let is_either = |word: &str| cues::EITHER.contains(&word);
    // "Excel (pivot tables, macros)": what stands in brackets is another run; "AWS (or Azure)" is not.
    if between.contains(['(', ')', '[', ']']) && !words().any(is_either) {
        return None;
    }
    let only_joints = words().all(|word| word.chars().all(|letter| letter == '/') || cues::JOINTS.contains(&word));
    let examples = cues::holds(&folded, cues::EXAMPLES);
    only_joints.then(|| examples || between.trim() == "/" || words().any(is_either))
}

/// `a cloud such as`, `one of`
fn introduces_examples(before: &str) -> bool {
    let tail = before.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    cues::EXAMPLES.iter().any(|cue| {
        tail.strip_suffix(cue).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
            || tail.strip_suffix(&format!("{cue} the")).is_some()
    })
}
