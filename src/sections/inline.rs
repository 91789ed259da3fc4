//! Headings on the line of their text: `Skills: Java, Go`. In: the headings that stand alone, the lines. Out: the headings
//! plus these. `Label: a, b` rows inside a skills section, or inside a job, stay text.

use super::Heading;
use crate::lexicon::{HeadingHow, Lexicon};
use crate::model::{Line, SectionKind, TextDoc};

/// Topics that are written on one line. A job or a degree is not.
const ONE_LINERS: &[SectionKind] = &[
    SectionKind::Skills,
    SectionKind::Languages,
    SectionKind::Interests,
    SectionKind::Certificates,
    SectionKind::Summary,
    SectionKind::References,
];
/// Longest topic, in bytes.
const LABEL_BYTES: usize = 40;
/// Points of the decision, for the reasons.
const SCORE: f32 = 4.0;

/// Adds headings that share a line with their text.
pub(super) fn add(headings: &mut Vec<Heading>, text: &TextDoc, lexicon: &Lexicon) {
    let mut current = SectionKind::Contact;
    let mut standing =
        headings.iter().map(|heading| (heading.line, heading.kind)).collect::<Vec<_>>().into_iter().peekable();
    let kinds: Vec<SectionKind> = headings.iter().map(|heading| heading.kind).collect();
    let mut found = Vec::new();
    let column = has_column(&text.lines, lexicon);
    for (index, line) in text.lines.iter().enumerate() {
        if let Some((_, kind)) = standing.next_if(|(at, _)| *at == index) {
            current = kind;
            continue;
        }
        let in_cell = cell(line, column, lexicon);
        let Some((kind, second)) = label(line, lexicon).or(in_cell) else { continue };
        // A labelled row of the section it stands in, or of a section that exists on its own, is text.
        let may_begin = match current {
            SectionKind::Contact | SectionKind::Summary | SectionKind::Other | SectionKind::Interests => true,
            SectionKind::Languages | SectionKind::Personal | SectionKind::Certificates | SectionKind::Awards => true,
            SectionKind::Skills => {
                kind != SectionKind::Skills && kind != SectionKind::Languages && (starts_bold(line) || column)
            }
            _ => !line.style.bullet && (line.blank_before && starts_bold(line) || in_cell.is_some()),
        };
        if may_begin && kind != current && !kinds.contains(&kind) {
            let reasons = vec![("label-before-colon".into(), SCORE)];
            found.push(Heading { line: index, kind, second, score: SCORE, reasons, inline: true });
            current = kind;
        }
    }
    headings.extend(found);
}

/// The topic before the colon, with text behind it.
fn label(line: &Line, lexicon: &Lexicon) -> Option<(SectionKind, Option<SectionKind>)> {
    if line.style.bullet {
        return None;
    }
    let colon = memchr::memchr(b':', &line.text.as_bytes()[..line.text.len().min(LABEL_BYTES)])?;
    let (label, rest) = (line.text.get(..colon)?, line.text.get(colon + 1..)?);
    if rest.trim().len() < 3 || rest.starts_with("//") || line.hidden || line.furniture {
        return None;
    }
    let words = lexicon.headings().lookup(label)?;
    let sure = words.strong && matches!(words.how, HeadingHow::Exact | HeadingHow::Modified | HeadingHow::Compound);
    (sure && ONE_LINERS.contains(&words.kind)).then_some((words.kind, words.second))
}

/// Topics in first cells that make a column of headings.
const COLUMN: usize = 2;

/// The headings of the document stand in a column beside their text.
fn has_column(lines: &[Line], lexicon: &Lexicon) -> bool {
    let mut kinds: Vec<SectionKind> = Vec::new();
    for (kind, _) in lines.iter().filter_map(|line| cell(line, false, lexicon)) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds.len() >= COLUMN
}

/// The topic in the first cell of a row, its text in the second: `EDUCATION⇥BSc Fishery, Blue Bay College, 2014`. In a `column` of such
/// cells every topic is one, `Other`, too.
fn cell(line: &Line, column: bool, lexicon: &Lexicon) -> Option<(SectionKind, Option<SectionKind>)> {
    if line.style.bullet {
        return None;
    }
    let tab = memchr::memchr(b'\t', line.text.as_bytes()).filter(|tab| *tab <= LABEL_BYTES)?;
    let (label, rest) = (&line.text[..tab], &line.text[tab + 1..]);
    // A header of columns ("Skills  Level  Years") has one word in each cell.
    let titled = || lexicon.titles().score(rest).headword;
    let text = !rest.contains('\t') && (rest.split_whitespace().count() >= 2 || titled())
        || rest.split_whitespace().count() >= 4;
    if super::is_job_label(label) || !text || line.hidden || line.furniture {
        return None;
    }
    let words = lexicon.headings().lookup(label)?;
    let sure = matches!(words.how, HeadingHow::Exact | HeadingHow::Modified | HeadingHow::Compound);
    // "Skills  Java, Go" below a job says what was used there.
    let in_entry =
        matches!(words.kind, SectionKind::Projects | SectionKind::Summary | SectionKind::Courses | SectionKind::Other);
    (sure && (column || words.strong && !in_entry)).then_some((words.kind, words.second))
}

fn starts_bold(line: &Line) -> bool {
    line.bold.first().is_some_and(|range| range.0 == 0)
}
