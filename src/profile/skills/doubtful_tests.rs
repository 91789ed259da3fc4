//! Every row of the table of doubtful skill words, tried out: beside a cue for it the word is the skill, beside a cue against it is not.

use super::*;
use crate::model::Format;

/// The words that count as skills in one line of a section.
fn written(lexicon: &Lexicon, kind: SectionKind, line: &str) -> Vec<String> {
    let line = Line { text: line.to_string(), ..Line::default() };
    let text = TextDoc { format: Format::Text, lines: vec![line], pages: 1, modified: None, warnings: vec![] };
    let section = Section { kind, second: None, heading: None, lines: 0..1, score: 0.0, reasons: vec![] };
    let skills = find(&text, &[section], lexicon, &|_| MentionPlace::Job(0));
    skills.into_iter().flat_map(|skill| skill.mentions).map(|mention| mention.written).collect()
}

/// The word with the cue where the cue has to stand.
fn beside(surface: &str, cue: &str) -> String {
    if let Some(cue) = cue.strip_prefix("left:") {
        return format!("{cue} {surface}");
    }
    match cue.strip_prefix("right:") {
        Some(cue) if cue.starts_with(char::is_alphanumeric) => format!("{surface} {cue}"),
        Some(cue) => format!("{surface}{cue}"),
        None => format!("{surface} near {cue}"),
    }
}

/// Rows of the table: word, policy, cues for, cues against.
fn rows() -> Vec<(&'static str, &'static str, Vec<&'static str>, Vec<&'static str>)> {
    let table = include_str!("../../lexicon/data/ambiguous.tsv").lines().filter(|line| !line.starts_with('#'));
    let cues =
        |cell: Option<&'static str>| cell.unwrap_or("").split('|').filter(|cue| !cue.is_empty()).collect::<Vec<_>>();
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        let (surface, _case, policy) = (cells.next().unwrap_or(""), cells.next(), cells.next().unwrap_or(""));
        (surface, policy, cues(cells.next()), cues(cells.next()))
    };
    table.map(row).collect()
}

/// The row speaks of a name of the table of skills, spelt as there. Others are no skills, whatever stands beside them.
fn is_skill(lexicon: &Lexicon, word: &str) -> bool {
    let skills = lexicon.skills();
    let row = skills.surface(&crate::lexicon::words::key(word)).and_then(|surface| skills.ambiguous(surface));
    row.is_some_and(|row| row.surface == word)
}

#[test]
fn a_cue_against_it_rules_the_word_out() {
    let lexicon = Lexicon::builtin();
    let mut wrong = Vec::new();
    for (surface, _, _, against) in rows() {
        for line in against.iter().map(|cue| beside(surface, cue)) {
            if written(&lexicon, SectionKind::Experience, &line).iter().any(|found| found == surface) {
                wrong.push(line);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn cues_for_it_make_the_word_a_skill() {
    let lexicon = Lexicon::builtin();
    let mut wrong = Vec::new();
    for (surface, policy, cues, _) in rows() {
        // A word that hardly ever is the skill needs two cues.
        let lines: Vec<String> = if policy == "reject" {
            cues.windows(2).map(|pair| format!("{}, {}", beside(surface, pair[0]), pair[1])).collect()
        } else {
            cues.iter().map(|cue| beside(surface, cue)).collect()
        };
        let found = |kind: SectionKind, line: &str| {
            written(&lexicon, kind, line)
                .iter()
                .any(|found| found.split(' ').any(|word| word == surface) || found == surface)
        };
        // Words of everyday life count in lists of skills only.
        let listed = lexicon.skills().surface(&crate::lexicon::words::key(surface)).is_some_and(|it| it.listed_only);
        let right = match (is_skill(&lexicon, surface), listed) {
            (true, false) => lines.is_empty() || lines.iter().any(|line| found(SectionKind::Experience, line)),
            (true, true) => found(SectionKind::Skills, &format!("{surface}, Python, Java")),
            (false, _) => !lines
                .iter()
                .any(|line| written(&lexicon, SectionKind::Experience, line).iter().any(|it| it == surface)),
        };
        if !right {
            wrong.push(lines);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
