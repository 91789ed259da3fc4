//! Lines → sections. In: a [`TextDoc`]. Out: [`Section`]s in document order that cover every line, each with the score and the
//! reasons of its heading. Does NOT look inside entries (that is `profile`).
//!
//! In reading order: `features` is this line a heading, `typography` what headings of this document look like, `inline`
//! headings on the line of their text, `content` what a section without (or with a two-valued) heading is about,
//! `strays` what stands at the end of a section by mistake.

mod content;
mod features;
mod inline;
mod strays;
mod typography;

use crate::lexicon::words::Words;
use crate::lexicon::{HeadingHow, HeadingMatch, Lexicon};
use crate::model::section::Reasons;
use crate::model::text::Label;
use crate::model::{Line, Section, SectionKind, TextDoc};
use features::Candidate;

/// Longest line that can be a heading, in bytes.
const HEADING_BYTES: usize = 80;

/// A decided heading.
struct Heading {
    line: usize,
    kind: SectionKind,
    second: Option<SectionKind>,
    score: f32,
    reasons: Reasons,
    /// The text of the section begins on the heading's own line.
    inline: bool,
}

/// Splits `text` into sections. Empty only for a document without lines.
pub fn split(text: &TextDoc, lexicon: &Lexicon) -> Vec<Section> {
    if text.lines.is_empty() {
        return Vec::new();
    }
    if text.lines.iter().any(|line| line.label == Some(Label::Heading)) {
        return assemble(text, labelled(text, lexicon));
    }
    let body_pt = typography::body_size(&text.lines);
    let mut headings = by_words(text, lexicon, body_pt);
    typography::agree(&mut headings, &text.lines, body_pt);
    typography::unknown(&mut headings, &text.lines, body_pt, lexicon);
    typography::name_below_margin(&mut headings, &text.lines, body_pt);
    inline::add(&mut headings, text, lexicon);
    headings.sort_by_key(|heading| heading.line);
    let mut sections = assemble(text, headings);
    content::settle(&mut sections, text, lexicon);
    sections
}

/// Lines whose words and look make them headings.
fn by_words(text: &TextDoc, lexicon: &Lexicon, body_pt: f32) -> Vec<Heading> {
    let lines = &text.lines;
    let mut headings = Vec::new();
    let mut buffer = Words::for_lines();
    for (index, line) in lines.iter().enumerate() {
        let Some(words) = words_of(line, lexicon, &mut buffer).filter(|words| !is_name(line, words.how, lexicon))
        else {
            continue;
        };
        let before = index.checked_sub(1).map(|at| &lines[at]);
        if before.is_some_and(|before| ends_degree(before, line, lexicon)) {
            continue;
        }
        let count = line.text.split_whitespace().count();
        let candidate = Candidate { line, words, count, before, after: lines.get(index + 1), body_pt };
        let (score, reasons) = features::score(&candidate);
        if score >= features::PROMISING {
            headings.push(Heading {
                line: index,
                kind: words.kind,
                second: words.second,
                score,
                reasons,
                inline: false,
            });
        }
    }
    drop_employers(&mut headings, lines);
    headings
}

/// `### Gull Projects` among the jobs below `## Experience`: an employer that only ends like a heading.
fn drop_employers(headings: &mut Vec<Heading>, lines: &[Line]) {
    let level = |heading: &Heading| lines[heading.line].style.heading;
    let ends_so = |heading: &Heading| heading.reasons.first().is_some_and(|(reason, _)| reason == "words-last");
    let mut above = None;
    headings.retain(|heading| {
        let is_sure = !ends_so(heading) && level(heading) > 0;
        if is_sure {
            above = Some((heading.kind, level(heading)));
        }
        let skills = heading.kind == SectionKind::Skills;
        let below = above.is_some_and(|(kind, top)| kind == SectionKind::Experience && level(heading) > top);
        !(ends_so(heading) && below && !skills)
    });
}

/// `Head of Digital Experience`, `Society for Harbour Education`: a job title or an employer that only ends like a heading; `Lecturer`, no
/// misspelt `Lectures`; a degree in education.
fn is_name(line: &Line, how: HeadingHow, lexicon: &Lexicon) -> bool {
    let joined = || [" of ", " for ", " OF ", " FOR "].iter().any(|word| line.text.contains(word));
    let organised = || joined() && !lexicon.orgs().cues(&line.text).is_empty();
    // "MBA in Education"
    let in_field = || {
        let joined = [" in ", " of ", " IN ", " OF "].iter().any(|word| line.text.contains(word));
        joined && !lexicon.degrees().find(&line.text, false).is_empty()
    };
    // "PGCE Primary Education"
    let begins_with_degree = || {
        let ends = line.text.ends_with("Education") || line.text.ends_with("Training");
        ends && lexicon.degrees().find(&line.text, false).iter().any(|degree| degree.span.start == 0)
    };
    let titled = || lexicon.titles().score(&line.text).headword;
    match how {
        HeadingHow::LastWord => titled() || organised() || in_field() || begins_with_degree(),
        HeadingHow::Fuzzy => titled(),
        _ => false,
    }
}

/// `… — Higher Secondary` / `Education`: the last word of a degree on the line above, no heading.
fn ends_degree(before: &Line, line: &Line, lexicon: &Lexicon) -> bool {
    const KINDS: &[&str] = &["Secondary", "Higher", "Physical", "Elementary", "Primary", "Special", "Vocational"];
    if line.blank_before || !line.text.ends_with("Education") {
        return false;
    }
    // "Bachelor of Science" / "Elementary Education"
    let below_degree = || {
        let subject = line.text.strip_suffix(" Education").is_some_and(|kind| KINDS.contains(&kind));
        subject && !lexicon.degrees().find(&before.text, false).is_empty()
    };
    line.text == "Education" && KINDS.iter().any(|kind| before.text.ends_with(kind)) || below_degree()
}

/// What the words of a line say, if it is short enough for a heading.
fn words_of(line: &Line, lexicon: &Lexicon, buffer: &mut Words) -> Option<HeadingMatch> {
    if line.text.len() > HEADING_BYTES || line.hidden || line.furniture {
        return None;
    }
    if let Some(found) = lexicon.headings().lookup_with(&line.text, buffer) {
        return Some(found);
    }
    // "Publications (selected from 118)"; "Internship (two months)" heads an entry.
    let (bare, _) = line.text.strip_suffix(')')?.split_once(" (")?;
    lexicon.headings().lookup_with(bare, buffer).filter(|words| {
        use SectionKind::{Awards, Certificates, Courses, Languages, Publications, Skills};
        matches!(words.kind, Publications | Awards | Certificates | Courses | Languages | Skills)
    })
}

/// `Main activities and responsibilities⇥Sample preparation`: the first cell says what a job was about; it opens no section as
/// `Positions of Responsibility` or `Leadership & Responsibilities` do.
fn is_job_label(text: &str) -> bool {
    if text.len() < "responsibilities".len() {
        return false;
    }
    let lower = text.to_lowercase();
    let own = ["position", "leadership", "extra", "achievement", "volunteer", "social", "community", "student"];
    let ends =
        lower.trim_end_matches([':', ' ', '-']).ends_with("responsibilities") || lower.contains("responsibilities/");
    ends && !own.iter().any(|word| lower.contains(word))
}

/// JSON Resume: the reader says itself which lines are headings.
fn labelled(text: &TextDoc, lexicon: &Lexicon) -> Vec<Heading> {
    let lines = text.lines.iter().enumerate();
    let heads = lines.filter(|(_, line)| line.label == Some(Label::Heading));
    let heading = |(index, line): (usize, &Line)| {
        let words = lexicon.headings().lookup(&line.text);
        let kind = words.map_or(SectionKind::Other, |words| words.kind);
        let reasons = vec![("labelled".into(), 10.0)];
        Heading { line: index, kind, second: words.and_then(|words| words.second), score: 10.0, reasons, inline: false }
    };
    heads.map(heading).collect()
}

/// Sections between the headings; what stands before the first is the contact block.
fn assemble(text: &TextDoc, headings: Vec<Heading>) -> Vec<Section> {
    let mut sections = Vec::new();
    let first = headings.first().map_or(text.lines.len(), |heading| heading.line);
    if first > 0 {
        let reasons = vec![("before-first-heading".into(), 0.0)];
        let contact = SectionKind::Contact;
        sections.push(Section { kind: contact, second: None, heading: None, lines: 0..first, score: 0.0, reasons });
    }
    let ends: Vec<usize> = headings.iter().skip(1).map(|next| next.line).chain([text.lines.len()]).collect();
    for (heading, end) in headings.into_iter().zip(ends) {
        let Heading { line, kind, second, score, reasons, inline } = heading;
        let start = if inline { line } else { line + 1 };
        let heading = (!inline).then_some(line);
        sections.push(Section { kind, second, heading, lines: start..end, score, reasons });
    }
    sections
}

#[cfg(test)]
mod tests;
