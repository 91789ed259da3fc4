//! What a section is about by what stands in it. In: sections by their headings. Out: the same, with two-valued headings
//! (`Qualifications`, `Training`) decided by their content, and with the body of a résumé without headings split into work and
//! education. A sure heading is never overruled.

use super::strays;
use crate::lexicon::{DateWord, Lexicon, date_word};
use crate::model::{Line, Section, SectionKind, TextDoc};

/// What one line shows.
#[derive(Debug, Clone, Copy, Default)]
struct Signs {
    work: bool,
    education: bool,
    /// The sign of education is a degree, not only a school, which may be an employer.
    degree: bool,
    listed: bool,
    prose: bool,
}

/// Lines of a section that are looked at.
const LOOK: usize = 12;

/// The same where jobs are looked for, which may have long descriptions.
const LOOK_FOR_MISSING: usize = 40;

/// Longest line of a list of skills under a heading that says nothing, in bytes: a longer one tells something.
const LONGEST_OF_LIST: usize = 80;

/// Decides unsure kinds, then splits what has no heading.
pub(super) fn settle(sections: &mut Vec<Section>, text: &TextDoc, lexicon: &Lexicon) {
    for section in sections.iter_mut().filter(|section| is_unsure(section)) {
        decide(section, text, lexicon);
    }
    share_empty(sections, text, lexicon);
    lists_of_skills(sections, text, lexicon);
    let has = |kind: SectionKind| sections.iter().any(|section| holds(section, kind, text, lexicon));
    let (work, education) = (has(SectionKind::Experience), has(SectionKind::Education));
    if !work && !education {
        split_body(sections, None, text, lexicon);
    } else if !work || !education {
        let missing = if work { SectionKind::Education } else { SectionKind::Experience };
        find_missing(sections, missing, text, lexicon);
        let projects = sections.iter_mut().find(|section| {
            let jobs = || section.lines.clone().filter(|at| signs(text, *at, lexicon).work).count();
            section.kind == SectionKind::Projects && section.second.is_none() && jobs() >= 2
        });
        // A freelancer's projects are the jobs.
        if let Some(section) = projects.filter(|_| missing == SectionKind::Experience) {
            section.second = Some(missing);
            section.reasons.push(("content-experience".into(), 1.0));
        } else if !sections.iter().any(|section| holds(section, missing, text, lexicon)) {
            split_body(sections, Some(missing), text, lexicon);
        }
    }
    if !sections.iter().any(|section| holds(section, SectionKind::Education, text, lexicon)) {
        strays::degrees_below_jobs(sections, text, lexicon);
    }
}

/// `Languages` above `Python, Java`, which are no spoken languages; and below skills a heading that says nothing (`Web`) above a list of
/// what is mostly known as skills: elsewhere it may be a list of courses.
fn lists_of_skills(sections: &mut [Section], text: &TextDoc, lexicon: &Lexicon) {
    for at in 0..sections.len() {
        let above = at.checked_sub(1).map(|above| &sections[above]).filter(|above| above.kind == SectionKind::Skills);
        let (below_skills, opens_skills) = (above.is_some(), above.is_some_and(|above| above.lines.is_empty()));
        let section = &mut sections[at];
        let lines = &text.lines[section.lines.clone()];
        let listed = || !lines.iter().any(|line| has_year(&line.text) || line.text.len() > LONGEST_OF_LIST);
        // "Skills / Teaching / Lesson planning": the first group of them.
        let is_group = opens_skills && is_unsure(section) && !lines.is_empty() && listed();
        let is_open = match section.kind {
            SectionKind::Languages => {
                lines.iter().take(LOOK).all(|line| lexicon.languages().find(&line.text).is_empty())
            }
            SectionKind::Other => below_skills && listed(),
            _ => false,
        };
        if !is_open && !is_group {
            continue;
        }
        let (mut known, mut other) = (0, 0);
        for line in lines.iter().take(LOOK) {
            for piece in line.text.split([',', ';', '|', '•', '\t', ':', '/']).filter(|piece| !piece.trim().is_empty())
            {
                let named = lexicon.skills().canonical(piece.trim());
                let is_known = named.is_some_and(|skill| skill.category != "soft-skills");
                *if is_known { &mut known } else { &mut other } += 1;
            }
        }
        if is_group || known >= 2 && known >= other {
            section.kind = SectionKind::Skills;
            section.reasons.push(("content-skills".into(), 1.0));
        }
    }
}

/// The section is about `kind` and has the lines to show for it. A heading whose text boxes were written elsewhere in the file
/// has none.
fn holds(section: &Section, kind: SectionKind, text: &TextDoc, lexicon: &Lexicon) -> bool {
    let about = section.kind == kind || section.second == Some(kind);
    let lines = || section.lines.clone();
    about && (lines().any(|at| has_year(&text.lines[at].text)) || lines().any(|at| signs(text, at, lexicon).degree))
}

/// Two headings in a row ("Experience / Education" in a margin): what the first lacks may stand under the second.
fn share_empty(sections: &mut [Section], text: &TextDoc, lexicon: &Lexicon) {
    for at in 1..sections.len() {
        let kind = sections[at - 1].kind;
        let entries = matches!(kind, SectionKind::Experience | SectionKind::Education);
        if !entries || !sections[at - 1].lines.is_empty() || sections[at].second.is_some() || sections[at].kind == kind
        {
            continue;
        }
        let shown = sections[at].lines.clone().take(80).filter(|line| {
            let signs = signs(text, *line, lexicon);
            if kind == SectionKind::Experience { signs.work } else { signs.education }
        });
        if shown.count() >= if kind == SectionKind::Experience { 2 } else { 1 } {
            sections[at].second = Some(kind);
            sections[at].reasons.push((format!("empty-{}-above", kind.name()).into(), 1.0));
        }
    }
}

/// The words of the heading leave room.
fn is_unsure(section: &Section) -> bool {
    section
        .reasons
        .iter()
        .any(|(name, _)| matches!(name.as_ref(), "words-weak" | "words-weak-with-modifier" | "words-last"))
}

fn count(section: &Section, look: usize, text: &TextDoc, lexicon: &Lexicon) -> [usize; 4] {
    let mut counts = [0; 4];
    for at in section.lines.clone().take(look) {
        let signs = signs(text, at, lexicon);
        for (count, sign) in counts.iter_mut().zip([signs.work, signs.education, signs.listed, signs.prose]) {
            *count += usize::from(sign);
        }
    }
    counts
}

fn decide(section: &mut Section, text: &TextDoc, lexicon: &Lexicon) {
    let [work, education, listed, prose] = count(section, LOOK, text, lexicon);
    let lines = || section.lines.clone().take(LOOK);
    let fits = match section.kind {
        // "Research Internships" at universities is work: only degrees make it education, and not those inside a sentence.
        SectionKind::Experience => work > 0 || !lines().any(|at| names_degree(&text.lines[at], lexicon)),
        SectionKind::Volunteering => education == 0 || work > 0,
        SectionKind::Projects | SectionKind::Publications | SectionKind::Awards => true,
        SectionKind::Education | SectionKind::Courses => education > 0 || work == 0 && listed <= prose,
        SectionKind::Skills => listed > 0 || work + education == 0,
        SectionKind::Summary => work + education == 0,
        // "Learning / BA History, Blue Bay College"
        SectionKind::Certificates => !lines().any(|at| signs(text, at, lexicon).degree),
        _ => true,
    };
    if fits {
        return;
    }
    let found = if education > work {
        SectionKind::Education
    } else if work > 0 {
        SectionKind::Experience
    } else if listed > prose {
        SectionKind::Skills
    } else {
        return;
    };
    section.reasons.push((format!("content-{}", found.name()).into(), 1.0));
    section.kind = found;
}

/// A field of the line begins with a degree: `BSc Fishery, 2014`, not `wrote my bachelor thesis on …`.
fn names_degree(line: &Line, lexicon: &Lexicon) -> bool {
    let opens =
        |start: usize| line.text[..start].trim_end_matches([' ', '"']).ends_with(['\t', '|', ',', '–', '-', ':', '(']);
    let found = || lexicon.degrees().find(&line.text, false);
    !line.style.bullet && found().iter().any(|mention| mention.span.start == 0 || opens(mention.span.start))
}

/// A section without a telling heading that is full of what the document lacks.
fn find_missing(sections: &mut [Section], missing: SectionKind, text: &TextDoc, lexicon: &Lexicon) {
    // "Related Coursework" above degrees
    let studied = missing == SectionKind::Education;
    let open = |section: &&mut Section| match section.kind {
        SectionKind::Other | SectionKind::Summary => section.heading.is_some(),
        SectionKind::Courses => studied && section.lines.clone().any(|at| shows(missing, at, text, lexicon)),
        _ => false,
    };
    for section in sections.iter_mut().filter(open) {
        let [work, education, ..] = count(section, LOOK_FOR_MISSING, text, lexicon);
        let enough = if missing == SectionKind::Experience {
            work >= 2 && work > education
        } else {
            education >= 1 && education > work
        };
        if enough {
            section.reasons.push((format!("content-{}", missing.name()).into(), 1.0));
            section.kind = missing;
            if missing == SectionKind::Experience {
                keep_employer(section, text, lexicon);
            }
        }
    }
}

/// "# Blue Bay Foods / Head Cook / 2019 – 2021": what looked like a heading is the employer of the titles below it.
fn keep_employer(section: &mut Section, text: &TextDoc, lexicon: &Lexicon) {
    let Some(heading) = section.heading else { return };
    let is_title = |at: usize| text.lines.get(at).is_some_and(|line| lexicon.titles().score(&line.text).headword);
    // "acquired by Kelp, Aug 2016" between them
    let below = heading + 1;
    let remark = text.lines.get(below).is_some_and(|line| line.text.starts_with(char::is_lowercase));
    let titled = is_title(below) || remark && is_title(below + 1);
    if lexicon.headings().lookup(&text.lines[heading].text).is_none() && titled && !is_title(heading) {
        section.heading = None;
        section.lines.start = heading;
    }
}

/// Sections in which jobs and schools can stand by mistake of the reading order, when no section is about them.
fn is_open(section: &Section, missing: Option<SectionKind>, text: &TextDoc, lexicon: &Lexicon) -> bool {
    match (section.kind, missing) {
        (SectionKind::Contact | SectionKind::Other | SectionKind::Summary, None) => true,
        (
            SectionKind::Contact
            | SectionKind::Other
            | SectionKind::Summary
            | SectionKind::Interests
            | SectionKind::Languages
            | SectionKind::Personal,
            Some(missing),
        ) => {
            let shown = section.lines.clone().skip(2).filter(|at| shows(missing, *at, text, lexicon)).count();
            shown >= if missing == SectionKind::Experience { 2 } else { 1 }
        }
        _ => false,
    }
}

/// The line shows an entry of `kind` beyond doubt: a title or a degree with a year near it.
fn shows(kind: SectionKind, at: usize, text: &TextDoc, lexicon: &Lexicon) -> bool {
    let signs = signs(text, at, lexicon);
    let near = at.saturating_sub(2)..text.lines.len().min(at + 3);
    match kind {
        SectionKind::Experience => signs.work,
        _ => signs.degree && near.into_iter().any(|line| has_year(&text.lines[line].text)),
    }
}

/// No heading names work or education (or only not the `missing` one): lines that show it begin sections of their own.
fn split_body(sections: &mut Vec<Section>, missing: Option<SectionKind>, text: &TextDoc, lexicon: &Lexicon) {
    let mut out: Vec<Section> = Vec::with_capacity(sections.len());
    for section in sections.drain(..) {
        if !is_open(&section, missing, text, lexicon) {
            out.push(section);
            continue;
        }
        let mut rest = section;
        let first = rest.lines.start;
        for at in rest.lines.clone().skip(1) {
            // What stands right below the name is a headline unless it has its own date.
            if at == first + 1 && !has_year(&text.lines[at].text) {
                continue;
            }
            let signs = signs(text, at, lexicon);
            let kind = if signs.education {
                SectionKind::Education
            } else if signs.work {
                SectionKind::Experience
            } else {
                continue;
            };
            let wanted = missing.is_none_or(|missing| missing == kind && shows(kind, at, text, lexicon));
            if kind == rest.kind || !wanted {
                continue;
            }
            let start = begin(text, rest.lines.start, at);
            let mut before = rest.clone();
            before.lines.end = start;
            let lines = start..rest.lines.end;
            let reasons = vec![(format!("content-{}", kind.name()).into(), 1.0)];
            rest = Section { kind, second: None, heading: None, lines, score: 0.0, reasons };
            if !before.lines.is_empty() || before.heading.is_some() {
                out.push(before);
            }
        }
        out.push(rest);
    }
    *sections = out;
}

/// The entry of line `at` may begin one line above it.
fn begin(text: &TextDoc, from: usize, at: usize) -> usize {
    let above = at.checked_sub(1).filter(|above| *above >= from + 2);
    let short = |line: &Line| {
        line.text.len() < 60 && !line.style.bullet && !line.text.ends_with('.') && !line.text.contains('@')
    };
    // "Jul 2022 – Sep 2022 / Cook • Blue Fish Inn": a line of nothing but a date begins the entry, also after one other line.
    let dated = at.checked_sub(1).filter(|above| *above > from && is_range(&text.lines[*above].text));
    match above {
        Some(above) if short(&text.lines[above]) && !text.lines[at].blank_before => above,
        _ => dated.unwrap_or(at),
    }
}

/// All of the text is a period: months, years and the sign between them.
fn is_range(text: &str) -> bool {
    let mut parts = text.split([' ', '-', '–', '—', '.', '/']).filter(|part| !part.is_empty());
    let says = |part: &str| {
        let year = part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        year || matches!(date_word(&part.to_lowercase()), Some(DateWord::Month(_) | DateWord::Present))
    };
    text.len() < 40 && text.contains(['-', '–', '—']) && has_year(text) && parts.all(says)
}

fn signs(text: &TextDoc, at: usize, lexicon: &Lexicon) -> Signs {
    let line = &text.lines[at];
    let mut signs = Signs::default();
    if line.hidden || line.furniture || line.text.len() > 400 {
        return signs;
    }
    let words = line.text.split_whitespace().count();
    signs.prose = words > 12 && line.text.ends_with('.');
    signs.listed = line.text.matches(',').count() >= 3 && !line.text.ends_with('.');
    if words > 20 {
        return signs;
    }
    // "January 2018 — Present / Senior Cook": a line of nothing but its date in front
    let below_date = at.checked_sub(1).is_some_and(|above| {
        let above = &text.lines[above].text;
        above.len() < 40 && above.split_whitespace().count() <= 6 && has_year(above)
    });
    let dated = below_date
        || has_year(&line.text)
        || (at + 1..text.lines.len().min(at + 3))
            .any(|next| has_year(&text.lines[next].text) && text.lines[next].text.len() < 60);
    let degree = || !lexicon.degrees().find(&line.text, false).is_empty();
    let school = || lexicon.orgs().school_score(&line.text) >= 5.0;
    signs.degree = !line.style.bullet && degree();
    let in_columns = line.text.contains(['\t', '|']) && has_year(&line.text);
    let title = || {
        let cells = line.text.split(['\t', '|', ',', '–', '[', ']', '—', '(']);
        cells.flat_map(|cell| cell.split(" - ")).any(|part| {
            let found = lexicon.titles().score(before_date(part));
            found.is_title() || in_columns && found.headword
        })
    };
    // What was done, below one entry and above the next: "Mentored designers".
    let other_date = line.style.bullet && !has_year(&line.text);
    let titled = dated && !other_date && title();
    // "2016 – 2019  Blue Bay School  Head of Physics": a school with a title beside it is an employer.
    signs.education = signs.degree || !line.style.bullet && dated && school() && !titled;
    signs.work = titled && !signs.education;
    signs
}

/// `Head Cook Jan 2020` → `Head Cook`: the words in front of a month or number.
fn before_date(part: &str) -> &str {
    let is_date = |word: &str| {
        word.starts_with(|letter: char| letter.is_ascii_digit())
            || matches!(date_word(&word.trim_end_matches(['.', ',']).to_lowercase()), Some(DateWord::Month(_)))
    };
    let start = part.split(' ').find(|word| is_date(word)).map(|word| word.as_ptr() as usize - part.as_ptr() as usize);
    start.filter(|start| *start > 0).map_or(part, |start| &part[..start])
}

/// `2019` as a word.
pub(super) fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    memchr::memchr2_iter(b'1', b'2', bytes).any(|at| {
        let opens = matches!(&bytes[at..], [b'1', b'9', ..] | [b'2', b'0', ..]);
        opens && is_digit(at + 2) && is_digit(at + 3) && !is_digit(at + 4) && (at == 0 || !is_digit(at - 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_words_of_four_digits() {
        for text in ["2019", "May 1999.", "x2019y", "12/2020–", "112 2001", "é2019é"] {
            assert!(has_year(text), "{text}");
        }
        for text in ["", "201", "20190", "12019", "2119", "1899", "20 19", "192"] {
            assert!(!has_year(text), "{text}");
        }
    }
}
