//! Top of the page → name, headline, e-mails, phones, links, location. In: the text and its sections. Out: those
//! fields of the [`Profile`].
//! Infers nothing about a person beyond what is written.
//!
//! In reading order: [`emails`] and [`links`] (found first, the name must agree with them), [`phones`], [`name`], [`location`].

mod emails;
mod links;
mod location;
mod name;
mod phones;

pub use name::reading_case;

use crate::analysis::ascii;
use crate::lexicon::Lexicon;
use crate::model::text::Label;
use crate::model::{Evidence, Found, Line, Profile, Section, SectionKind, TextDoc};
use crate::profile::marks::{Marked, Marks};

/// Lines from the top that may hold the name and contacts even when a heading stands above them.
const TOP_LINES: usize = 12;

/// Reads e-mails, links and phones into the profile. Referees' addresses and numbers are left out.
pub(super) fn add_addresses(lines: &Lines<'_>, profile: &mut Profile) {
    profile.emails = emails::find(lines);
    profile.links = links::find(lines);
    profile.phones = phones::find(lines);
}

/// Reads name and headline into a profile that has its addresses.
pub(super) fn add_name(lines: &Lines<'_>, lexicon: &Lexicon, profile: &mut Profile) {
    profile.name = name::find(lines, lexicon, &profile.emails, &profile.links);
    profile.headline = headline(lines, lexicon, profile.name.as_ref());
}

/// Reads the location into a profile that has its name.
pub(super) fn add_location(lines: &Lines<'_>, lexicon: &Lexicon, profile: &mut Profile) {
    profile.location = location::find(lines, lexicon, profile.name.as_ref());
}

/// The lines of a résumé as contact data sees them.
pub(super) struct Lines<'t> {
    text: &'t TextDoc,
    /// For each line: may hold contacts of the candidate.
    contact: Vec<bool>,
    /// For each line: belongs to referees.
    referees: Vec<bool>,
    /// For each line: is a section heading.
    heading: Vec<bool>,
    /// For each line: belongs to a section about something else than the person (jobs, schools, skills …).
    body: Vec<bool>,
    /// For each line: signs without which there is no address in it.
    marks: &'t [Marks],
}

impl<'t> Lines<'t> {
    /// Looks at the sections that the lines lie in.
    pub(super) fn of(marked: &'t Marked, sections: &[Section]) -> Lines<'t> {
        let Marked { text, marks } = marked;
        let count = text.lines.len();
        let none = vec![false; count];
        let mut lines =
            Lines { text, contact: none.clone(), referees: none.clone(), heading: none.clone(), body: none, marks };
        for line in lines.contact.iter_mut().take(TOP_LINES) {
            *line = true;
        }
        for section in sections {
            let marks = match section.kind {
                SectionKind::Contact | SectionKind::Personal => &mut lines.contact,
                SectionKind::References => &mut lines.referees,
                SectionKind::Summary | SectionKind::Other => continue,
                _ => &mut lines.body,
            };
            for line in marks.iter_mut().take(section.lines.end.min(count)).skip(section.lines.start) {
                *line = true;
            }
        }
        for heading in sections.iter().filter_map(|section| section.heading) {
            if let Some(mark) = lines.heading.get_mut(heading) {
                *mark = true;
            }
        }
        lines
    }

    /// Visible lines with their index.
    fn visible(&self) -> impl Iterator<Item = (usize, &'t Line)> {
        let lines = &self.text.lines;
        lines.iter().enumerate().filter(|(_, line)| !line.hidden)
    }

    /// Visible lines of anyone but referees that have one of these signs.
    fn with(&self, signs: Marks) -> impl Iterator<Item = (usize, &'t Line)> {
        let likely = self.marks.iter().enumerate().filter(move |(_, marks)| marks.has(signs)).map(|(index, _)| index);
        let own = likely.filter(|index| !self.referees[*index]);
        own.map(|index| (index, &self.text.lines[index])).filter(|(_, line)| !line.hidden)
    }

    /// The value of the line the format itself labels so (JSON Resume).
    fn labelled(&self, label: Label) -> Option<Found<String>> {
        let (index, line) = self.visible().find(|(_, line)| line.label == Some(label))?;
        Some(Found {
            value: line.text.clone(),
            evidence: Evidence::at(index, 0..line.text.len(), 10.0, "labelled by the format +10"),
        })
    }
}

/// First words of a line that tells of somebody else, in small letters.
const OTHERS: &[&str] = &[
    "supervisor",
    "reporting manager",
    "reports to",
    "line manager",
    "referee",
    "reference",
    "emergency contact",
    "next of kin",
    "guardian",
];

/// `Supervisor: Ida Lund (555-010-0177)`, `Emergency contact: …`: whose address or number it is, is said in front.
fn is_of_another(text: &str) -> bool {
    let Some(start) = text.bytes().take(4).position(|byte| byte.is_ascii_alphabetic()) else { return false };
    if !matches!(text.as_bytes()[start] | 0x20, b's' | b'r' | b'l' | b'e' | b'n' | b'g') {
        return false;
    }
    OTHERS.iter().any(|word| {
        let end = start + word.len();
        let begins = text.get(start..end).is_some_and(|start| start.eq_ignore_ascii_case(word));
        // "Reference No. 555" says nothing of a person.
        begins && text[end..].bytes().take(40).any(|byte| matches!(byte, b':' | b'\t' | b'-'))
    })
}

/// `RN, BSN, CCRN`: letters behind a name; what stands below them says more.
fn is_letters(text: &str) -> bool {
    let letters =
        |part: &str| part.trim().len() <= 10 && !part.trim().contains(' ') && !part.contains(char::is_lowercase);
    text.split(',').all(letters)
}

/// Fields of a line, with their first byte: split at bars, bullets, tabs, and dashes between blanks.
fn fields(text: &str) -> Vec<(usize, &str)> {
    let mut fields = Vec::new();
    let mut from = 0;
    let mut push = |from: usize, to: usize| {
        let piece = &text[from..to];
        let trimmed = piece.trim();
        if !trimmed.is_empty() {
            fields.push((from + piece.len() - piece.trim_start().len(), trimmed));
        }
    };
    let mut next = 0;
    while let Some(&byte) = text.as_bytes().get(next) {
        let at = next;
        if byte.is_ascii_alphanumeric() {
            next = ascii::letters_end(text.as_bytes(), next);
            continue;
        }
        if byte == b' ' {
            next += 1;
            continue;
        }
        let letter = text[at..].chars().next().expect("`at` is a character boundary before the end");
        next += letter.len_utf8();
        let sign =
            matches!(letter, '|' | '•' | '\t' | '·' | '●' | '∙' | '♦' | '◦' | '*' | ';' | '⋄' | '■' | '▪' | '¦' | '│');
        let dash = matches!(letter, '-' | '–' | '—' | '/' | '~')
            && text[..at].ends_with(' ')
            && text[at + letter.len_utf8()..].starts_with(' ');
        let glyph = ('\u{e000}'..='\u{f8ff}').contains(&letter);
        if sign || dash || glyph {
            push(from, at);
            from = next;
        }
    }
    push(from, text.len());
    fields
}

/// The line under the name that says what the candidate is: title-like, no contact data.
fn headline(lines: &Lines<'_>, lexicon: &Lexicon, name: Option<&Found<String>>) -> Option<Found<String>> {
    if let Some(found) = lines.labelled(Label::Headline) {
        return Some(found);
    }
    let name = &name?.evidence;
    let first = name.line as usize;
    let mut letters = None;
    for (index, line) in lines.visible().skip_while(|(index, _)| *index < first).take(4) {
        if lines.heading[index] || index > first + 3 {
            break;
        }
        let after = if index == first { (name.end as usize).min(line.text.len()) } else { 0 };
        let Some(rest) = line.text.get(after..) else { continue };
        let (lead, rest) = (
            rest.len() - rest.trim_start_matches([' ', '\t', ',', '-', '–', '|', '•']).len(),
            rest.trim_start_matches([' ', '\t', ',', '-', '–', '|', '•']),
        );
        let contacts =
            rest.contains(['@']) || rest.contains("http") || rest.bytes().filter(u8::is_ascii_digit).count() > 4;
        if rest.is_empty() || contacts || rest.len() > 120 {
            continue;
        }
        let first_part = rest.split(['|', '•', '·', '\t']).next().unwrap_or(rest).trim();
        let title = lexicon.titles().score(first_part);
        if title.is_title() {
            let start = after + lead;
            let reason = format!("title words {:+}, under the name +1", title.score);
            let found = Found {
                value: rest.trim().replace('\t', " | "),
                evidence: Evidence::at(index, start..line.text.len(), title.score + 1.0, reason),
            };
            if index > first || !is_letters(rest) {
                return Some(found);
            }
            letters = Some(found);
        }
    }
    letters
}

#[cfg(test)]
mod tests;
