//! What headings look like in this document. In: the headings found by their words. Out: the same without those that look like
//! text among others that do not, plus lines without known words that look exactly like headings (kind `Other`).

use super::Heading;
use super::features::is_capitals;
use crate::lexicon::Lexicon;
use crate::lexicon::table::FixedMap;
use crate::model::{Line, SectionKind};

/// How a line looks, coarsely enough that all headings of a document agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Typography {
    level: u8,
    bold: bool,
    capitals: bool,
    /// Begins with a small letter: "languages" at the end of a wrapped sentence is not like "Languages" above its list.
    small: bool,
    /// Font size in half points.
    half_points: u32,
}

impl Typography {
    pub(super) fn of(line: &Line) -> Typography {
        let style = &line.style;
        let half_points = half_points(line);
        let small = line.text.starts_with(char::is_lowercase);
        Typography { level: style.heading, bold: style.bold, capitals: is_capitals(&line.text), small, half_points }
    }

    /// It stands out from running text of `body_pt`.
    fn is_distinct(self, body_pt: f32) -> bool {
        is_distinct(self.level, self.half_points, body_pt)
    }
}

fn half_points(line: &Line) -> u32 {
    (line.style.size_pt * 2.0).round() as u32
}

fn is_distinct(level: u8, half_points: u32, body_pt: f32) -> bool {
    level > 0 || body_pt > 0.0 && half_points as f32 > body_pt * 2.0 + 1.0
}

/// Font size of most of the text, 0 if unknown.
pub(super) fn body_size(lines: &[Line]) -> f32 {
    let mut bytes: FixedMap<u32, usize> = FixedMap::default();
    for line in lines.iter().filter(|line| line.style.size_pt > 0.0) {
        *bytes.entry(half_points(line)).or_default() += line.text.len();
    }
    let most = bytes.into_iter().max_by_key(|&(size, count)| (count, size));
    most.map_or(0.0, |(size, _)| size as f32 / 2.0)
}

/// Points lost by a heading that looks like text while the others stand out.
const UNLIKE_OTHERS: f32 = -3.5;
/// Points won by a heading that looks like at least two others.
const LIKE_OTHERS: f32 = 2.0;

/// Compares every heading with the others and drops those that fall below the threshold.
pub(super) fn agree(headings: &mut Vec<Heading>, lines: &[Line], body_pt: f32) {
    let mut seen: FixedMap<Typography, usize> = FixedMap::default();
    for heading in headings.iter().filter(|heading| heading.score >= super::features::ACCEPT) {
        *seen.entry(Typography::of(&lines[heading.line])).or_default() += 1;
    }
    let stands_out = |look: Typography| look.is_distinct(body_pt) || look.bold || look.capitals;
    let distinct: usize = seen.iter().filter(|(look, _)| stands_out(**look)).map(|(_, count)| count).sum();
    let mut open_end = false;
    for heading in headings.iter_mut() {
        let look = Typography::of(&lines[heading.line]);
        if stands_out(look) {
            open_end = heading.kind == SectionKind::Other;
        }
        let alike = seen.get(&look).copied().unwrap_or(0);
        // "Work" in bold below "**Education**" and "**Skills**"
        let promising = heading.score < super::features::ACCEPT && alike >= 2 && stands_out(look);
        // "Work" behind a blank line, in a text in which no heading looks like anything
        let plain = heading.score < super::features::ACCEPT
            && distinct == 0
            && alike >= 1
            && lines[heading.line].blank_before
            && is_alone(lines, heading.line);
        if alike >= 3 || promising || plain {
            heading.score += LIKE_OTHERS;
            heading.reasons.push(("like-other-headings".into(), LIKE_OTHERS));
        } else if distinct >= 3
            && (!(stands_out(look) || open_end && is_sure(heading)) || is_label(look, alike, &seen, lines, body_pt))
        {
            heading.score += UNLIKE_OTHERS;
            heading.reasons.push(("looks-like-text".into(), UNLIKE_OTHERS));
        }
    }
    headings.retain(|heading| heading.score >= super::features::ACCEPT);
    drop_labels_of_jobs(headings, lines, body_pt);
}

/// "Outreach" in bold of the size of the text, as "Kitchen" and "Stores" below the same jobs, where the headings are larger.
fn is_label(look: Typography, alike: usize, seen: &FixedMap<Typography, usize>, lines: &[Line], body_pt: f32) -> bool {
    let small = alike <= 1 && look.bold && body_pt > 0.0 && !look.is_distinct(body_pt);
    let larger = || seen.iter().filter(|(look, _)| look.is_distinct(body_pt)).map(|(_, count)| count).sum::<usize>();
    small && larger() >= 3 && lines.iter().filter(|line| Typography::of(line) == look).count() > 3
}

/// `Key achievements:` below every job, or below one in a text whose other headings have no colon and look like it: what a job
/// was about, no section. One that a job does not stand right above is left alone.
fn drop_labels_of_jobs(headings: &mut Vec<Heading>, lines: &[Line], body_pt: f32) {
    let text = |heading: &Heading| lines[heading.line].text.trim_end_matches([':', ' ']).to_lowercase();
    let colon = |heading: &Heading| lines[heading.line].text.ends_with(':');
    let bare = headings.iter().filter(|heading| !colon(heading)).count();
    let with_colon = headings.len() - bare;
    let mut counts: FixedMap<String, usize> = FixedMap::default();
    headings.iter().for_each(|heading| *counts.entry(text(heading)).or_default() += 1);
    let mut within_work = false;
    headings.retain(|heading| {
        let tells_of_job = matches!(heading.kind, SectionKind::Awards | SectionKind::Projects | SectionKind::Skills);
        let count = counts[&text(heading)];
        let often = count >= if heading.kind == SectionKind::Awards { 2 } else { 3 };
        let look = Typography::of(&lines[heading.line]);
        let plain = !look.bold && !look.capitals && look.level == 0;
        let odd = colon(heading) && plain && bare >= 3 && with_colon <= count && heading.kind == SectionKind::Awards;
        // "Key responsibilities"; in larger letters, or alone in bold, it may open a section.
        let small = look.level == 0 && (colon(heading) || !look.is_distinct(body_pt));
        let duties = small
            && super::is_job_label(&lines[heading.line].text)
            && (colon(heading) || plain || names_duties(&lines[heading.line].text));
        // "Project #1" below a job is one of its projects.
        let numbered = heading.kind == SectionKind::Projects
            && lines[heading.line].text.contains(|letter: char| letter.is_ascii_digit());
        if within_work && (numbered || duties || tells_of_job && (often || odd)) {
            return false;
        }
        within_work = matches!(heading.kind, SectionKind::Experience | SectionKind::Projects);
        true
    });
}

/// `Key Responsibilities`, `ROLES & RESPONSIBILITIES`: in whatever look, what a job was about.
fn names_duties(label: &str) -> bool {
    let first = label.split(|letter: char| !letter.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or("");
    ["role", "roles", "key", "job", "main", "my", "duties"].iter().any(|word| first.eq_ignore_ascii_case(word))
}

/// "ADDITIONAL INFORMATION / … / Technical Skills": what a person typed into the one free field of a form has headings of its own,
/// which look like text. They have to be written as in the table.
fn is_sure(heading: &Heading) -> bool {
    heading.reasons.iter().any(|(name, _)| name == "words-strong")
}

/// One or two words, and text right below.
fn is_alone(lines: &[Line], at: usize) -> bool {
    let below = lines.get(at + 1).is_some_and(|line| !line.blank_before && !line.style.bullet);
    below && lines[at].text.split_whitespace().count() <= 2
}

/// The name as by far the largest line of the first page, below the sections of a margin, which it ends: profile exports.
pub(super) fn name_below_margin(headings: &mut Vec<Heading>, lines: &[Line], body_pt: f32) {
    let first = headings.iter().map(|heading| heading.line).min();
    let Some(first) = first.filter(|_| body_pt > 0.0) else { return };
    let shown = || lines.iter().enumerate().filter(|(_, line)| line.page == 1 && !line.hidden && !line.furniture);
    let Some((at, name)) = shown().max_by_key(|(_, line)| half_points(line)) else { return };
    let others = shown().filter(|(index, _)| *index != at).map(|(_, line)| half_points(line)).max().unwrap_or(0);
    let words = || name.text.split_whitespace();
    let is_name = (2..=5).contains(&words().count())
        && words().all(|word| word.starts_with(|letter: char| letter.is_uppercase()))
        && !name.text.contains(|letter: char| letter.is_ascii_digit() || matches!(letter, ',' | ':' | '@'));
    let is_heading = headings.iter().any(|heading| heading.line == at);
    if at <= first || is_heading || !is_name || half_points(name) * 4 < others * 5 {
        return;
    }
    let (kind, second, score) = (SectionKind::Contact, None, 4.0);
    let reasons = vec![("largest-line".into(), score)];
    headings.push(Heading { line: at, kind, second, score, reasons, inline: true });
}

/// A title, a degree or a school as large as the headings (`SECONDARY SCHOOL CERTIFICATE`) begins an entry, not a section.
fn names_entry(text: &str, lexicon: &Lexicon) -> bool {
    !lexicon.degrees().find(text, false).is_empty()
        || text.to_lowercase().contains("school certificate")
        || lexicon.orgs().school_score(text) >= 5.0
        || lexicon.titles().score(text).headword
}

/// Adds lines that look exactly like at least two headings, stand out, and are fewer than the headings they look like: were
/// they more, entries would share the look ("### Blue Fish Inn").
pub(super) fn unknown(headings: &mut Vec<Heading>, lines: &[Line], body_pt: f32, lexicon: &Lexicon) {
    let Some(first) = headings.first().map(|heading| heading.line) else { return };
    let mut known: FixedMap<Typography, usize> = FixedMap::default();
    for heading in headings.iter() {
        *known.entry(Typography::of(&lines[heading.line])).or_default() += 1;
    }
    let mut is_heading = vec![false; lines.len()];
    headings.iter().for_each(|heading| is_heading[heading.line] = true);
    let mut alike: FixedMap<Typography, Vec<usize>> = FixedMap::default();
    for (index, line) in lines.iter().enumerate().skip(first) {
        if line.text.len() > 48 || line.style.bullet || line.hidden || line.furniture {
            continue;
        }
        if is_heading[index] || !is_distinct(line.style.heading, half_points(line), body_pt) {
            continue;
        }
        let look = Typography::of(line);
        let short = line.text.split_whitespace().count() <= 6;
        let plain = !line.text.contains(['\t', '|', '@', ',']) && !line.text.ends_with('.');
        let no_digits = !line.text.contains(|letter: char| letter.is_ascii_digit());
        if short
            && plain
            && no_digits
            && known.get(&look).is_some_and(|count| *count >= 2)
            && !names_entry(&line.text, lexicon)
        {
            alike.entry(look).or_default().push(index);
        }
    }
    // "Highlights" below one job after the other: a label of entries.
    let mut counts: FixedMap<&str, usize> = FixedMap::default();
    alike.values().flatten().for_each(|line| *counts.entry(&lines[*line].text).or_default() += 1);
    alike.values_mut().for_each(|found| found.retain(|line| counts[lines[*line].text.as_str()] == 1));
    for (look, found) in alike {
        // A line right below a heading opens its section: all lines of that look are entries ("EDUCATION / UNDERGRADUATE").
        let opens_section = found.iter().any(|line| *line > 0 && is_heading[line - 1]);
        if found.len() > known[&look] || opens_section {
            continue;
        }
        let reasons = || vec![("like-other-headings".into(), 4.0)];
        let kind = SectionKind::Other;
        headings.extend(found.into_iter().map(|line| Heading {
            line,
            kind,
            second: None,
            score: 4.0,
            reasons: reasons(),
            inline: false,
        }));
    }
    headings.sort_by_key(|heading| heading.line);
}
