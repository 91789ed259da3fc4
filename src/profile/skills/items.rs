//! Lines of a skill section → its items as written. In: lines. Out: [`Item`]s: single skills, and prose that is searched for known
//! names instead. Knows labels (`Languages:`), groups (`Frameworks`), wrapped lists. Does not judge single names: see `names`.

use super::names::{self, Listed};
use super::pieces::{Piece, is_prose, is_task, split};
use super::words::GROUPS;
use crate::lexicon::words::key;
use crate::lexicon::{HeadingHow, Lexicon, Policy};
use crate::model::text::Label;
use crate::model::{Line, SectionKind};
use std::ops::Range;

/// What a skill section holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    /// One skill as written.
    Skill(Listed),
    /// Bytes of a sentence: only known names count.
    Prose { line: usize, bytes: Range<usize> },
}

/// The items of a section's lines in order.
pub(super) fn of_section(lines: &[(usize, &Line)], lexicon: &Lexicon) -> Vec<Item> {
    let mut items = Vec::with_capacity(2 * lines.len().clamp(8, 64));
    let shouted = lines.iter().filter(|(_, line)| is_shouted(&line.text)).count();
    let rare_capitals = shouted * 2 < lines.len();
    let labels = lines.iter().filter(|(_, line)| bold_start(line).is_some()).count();
    let column = labels >= MIN_LABELS && labels * 2 >= lines.len();
    for (at, (index, line)) in lines.iter().enumerate() {
        match line.label {
            Some(Label::Entry | Label::Level)
                if lines
                    .get(at + 1)
                    .is_some_and(|(_, next)| matches!(next.label, Some(Label::Keywords | Label::Level))) =>
            {
                if line.label == Some(Label::Entry)
                    && lines.get(at + 1).is_some_and(|(_, next)| next.label == Some(Label::Level))
                {
                    of_line(*index, line, column, lexicon, &mut items);
                }
                continue;
            }
            Some(Label::Level) => continue,
            _ => {}
        }
        if rare_capitals && !line.style.bullet && is_capital_group(&line.text, lexicon) {
            continue;
        }
        let wrapped = at > 0 && continues(lines[at - 1].1, line);
        let before = items.len();
        if at > 0 && is_rest_of_sentence(&items, lines[at - 1], line) {
            items.push(Item::Prose { line: *index, bytes: 0..line.text.len() });
            continue;
        }
        of_line(*index, line, column, lexicon, &mut items);
        if wrapped || at > 0 && items.len() == before + 1 && may_wrap(lines[at - 1].1, line) {
            join_wrapped(&mut items, before, wrapped, lexicon);
        }
    }
    items
}

/// `Able to work under pressure in a diverse` / `environment`: the line above is a sentence that has not come to its end.
fn is_rest_of_sentence(items: &[Item], (above, previous): (usize, &Line), line: &Line) -> bool {
    let whole =
        matches!(items.last(), Some(Item::Prose { line, bytes }) if *line == above && bytes.end == previous.text.len());
    whole
        && line.text.starts_with(char::is_lowercase)
        && !line.style.bullet
        && !line.blank_before
        && !previous.text.trim_end().ends_with(['.', ':'])
}

/// `… Machine` / `Learning, …`: a list that goes on in the next line without a comma.
fn continues(previous: &Line, line: &Line) -> bool {
    let comma = |text: &str| text.contains(',');
    let open = !previous.text.trim_end().ends_with([',', ';', '.', ':', '|']);
    open && (comma(&previous.text) || ends_open(&previous.text))
        && !line.style.bullet
        && !line.blank_before
        && label_end(&line.text).is_none()
        && previous.style.column == line.style.column
}

/// Last words of a line that goes on in the next one.
const LINKS: &[&str] = &["de", "del", "of", "and", "for", "with", "in", "y", "et", "und", "du", "des", "di", "&"];

/// `Línea de comandos de` / `Linux`: the last word joins what stands on both sides of it.
fn ends_open(text: &str) -> bool {
    text.rsplit_once(' ').is_some_and(|(_, last)| LINKS.contains(&last))
}

/// `Classroom` / `Management` in a narrow column: two lines of nothing but a word or two.
fn may_wrap(previous: &Line, line: &Line) -> bool {
    let short = |line: &Line| line.text.len() < 30 && !line.text.contains([',', ';', '|', '\t', ':']);
    short(previous)
        && short(line)
        && !line.style.bullet
        && !line.blank_before
        && previous.style.column == line.style.column
}

/// Joins the last item before `at` with the first from it, if together they are a known skill and not both of them alone, or, in a list
/// that surely goes on, alone neither is.
fn join_wrapped(items: &mut Vec<Item>, at: usize, goes_on: bool, lexicon: &Lexicon) {
    let (Some(Item::Skill(head)), Some(Item::Skill(tail))) =
        (at.checked_sub(1).and_then(|last| items.get(last)), items.get(at))
    else {
        return;
    };
    let written = format!("{} {}", head.written, tail.written);
    let key = key(&written);
    let known = names::known_as(&key, lexicon);
    let small = tail.written.chars().next().is_some_and(char::is_lowercase);
    let unknown = head.known.is_none() && tail.known.is_none();
    let linked = ends_open(&head.written) && written.split(' ').count() <= 6;
    let both = head.known.is_some() && tail.known.is_some();
    if known.is_some() && (goes_on || !both)
        || goes_on && linked
        || goes_on && small && unknown && written.split(' ').count() <= 4
    {
        items[at - 1] = Item::Skill(Listed { written, key, known, ..head.clone() });
        items.remove(at);
    }
}

/// Reads the items of one line. In a section with a `column` of bold labels what is bold in front of it is one.
fn of_line(index: usize, line: &Line, column: bool, lexicon: &Lexicon, items: &mut Vec<Item>) {
    let text = &line.text;
    let body = label_end(text).or_else(|| bold_label(line, column)).unwrap_or(0);
    let rest = &text[body..];
    if rest.trim().is_empty() || (body == 0 && is_group(line, rest, lexicon)) {
        return;
    }
    if body > 0 && key(&text[..body]).ends_with("languages") && lexicon.languages().find(rest).len() >= 2 {
        return;
    }
    if body > 0 && is_of_leisure(&text[..body], lexicon) {
        return;
    }
    if body > 0 {
        items.extend(label_skill(index, &text[..body], lexicon).map(Item::Skill));
    }
    let pieces = split(rest);
    let prose = |at: usize| is_prose(names::without_lead(pieces[at].text), pieces.len() == 1);
    let any_prose = (0..pieces.len()).any(prose);
    // An address, or a sentence: what is no known name there is no skill.
    let address = text.contains('@') || text.contains("://");
    if address || is_task(rest) || any_prose && pieces.len() < 4 || line.text.len() > 2_000 && pieces.len() < 8 {
        items.push(Item::Prose { line: index, bytes: body..text.len() });
        return;
    }
    let before = items.len();
    let mut has_host = false;
    for (at, piece) in pieces.iter().enumerate() {
        let bytes = body + piece.at..body + piece.at + piece.text.len();
        if any_prose && prose(at) {
            items.push(Item::Prose { line: index, bytes });
            continue;
        }
        // "MFA (email codes)": what explains a skill is one only if it is known. "Languages (Foo, Bar)" is a list.
        let explains = piece.bracketed && has_host;
        names::of_piece(index, bytes.start, piece.text, explains, lexicon, items);
        has_host |= !piece.bracketed && items.len() > before;
    }
    // "Austin, Texas" of a sidebar that was read among the skills.
    let unknown = items[before..].iter().all(|item| matches!(item, Item::Skill(listed) if listed.known.is_none()));
    if unknown && items.len() >= before + 2 && are_places(rest, lexicon) {
        items.truncate(before);
    }
}

/// `Interests: rowing, chess` below `Skills & Interests`; `Areas of interest:` and `Research interests:` name skills.
fn is_of_leisure(label: &str, lexicon: &Lexicon) -> bool {
    let heading = lexicon.headings().lookup(label.trim_end_matches([':', '：', ' ', '\t', '-', '–', '—']));
    heading.is_some_and(|heading| heading.kind == SectionKind::Interests && heading.how == HeadingHow::Exact)
        && !["rea", "ield", "esearch", "rofessional"].iter().any(|of_work| label.contains(of_work))
}

/// `Austin, Texas`, `Bergen, Norway - Oslo, Norway`: towns with their regions and nothing else.
fn are_places(text: &str, lexicon: &Lexicon) -> bool {
    let places = lexicon.places();
    let place = |part: &str| places.parse(part.trim()).is_some_and(|place| place.country.is_some());
    text.contains(',') && text.split(" - ").flat_map(|part| part.split(" | ")).all(place)
}

/// `Java: Spring, Hibernate`: the label is a skill itself, not only the name of a group.
fn label_skill(index: usize, label: &str, lexicon: &Lexicon) -> Option<Listed> {
    let name = label.trim_end_matches([':', '：', ' ', '\t', '-', '–', '—']);
    let lead = name.len() - name.trim_start_matches(|letter: char| !letter.is_alphanumeric()).len();
    let name = &name[lead..];
    let folded = key(name);
    let skills = lexicon.skills();
    let surface = skills.surface(&folded)?;
    // "ML frameworks: PyTorch" names a group.
    let generic = surface.listed_only || GROUPS.contains(&folded) || ROW_WORDS.iter().any(|word| folded.contains(word));
    let sure = skills.ambiguous(surface).is_none_or(|row| matches!(row.policy, Policy::Accept | Policy::List));
    let known =
        skills.entry(surface.skill).copied().filter(|entry| !generic && sure && entry.category != "soft-skills")?;
    let bytes = lead..lead + name.len();
    Some(Listed { written: name.to_string(), key: folded, known: Some(known), line: index, bytes, stated_months: None })
}

/// Letters, none of them small.
fn is_shouted(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase)
}

/// `UTILITIES` above `Git, SSH`: capitals where most lines have small letters, and no skill that is known or has a number (`PRINCE2`).
fn is_capital_group(text: &str, lexicon: &Lexicon) -> bool {
    is_shouted(text)
        && !text.bytes().any(|byte| byte.is_ascii_digit())
        && text.chars().filter(|letter| letter.is_alphabetic()).count() > 5
        && !text.contains([',', '|', '•', ';', '\t', '/', '(', ':'])
        && lexicon.skills().canonical(text).is_none()
}

/// A line outside the skill sections that lists skills all the same: `Operating systems: Linux, Windows`.
pub(super) fn is_row(text: &str, lexicon: &Lexicon) -> bool {
    let Some(body) = text.find(':').map(|at| at + 1).filter(|_| label_end(text).is_some()) else { return false };
    if !is_group_word(&text[..body]) {
        return false;
    }
    let pieces = split(&text[body..]);
    mostly_known(&pieces, lexicon) && pieces.iter().all(|piece| !is_prose(piece.text, pieces.len() == 1))
}

/// At least three names on a line, most of them known: a list among the descriptions of jobs.
pub(super) fn is_list(text: &str, lexicon: &Lexicon) -> bool {
    let pieces = split(text);
    pieces.len() >= 3 && mostly_known(&pieces, lexicon) && pieces.iter().all(|piece| !is_prose(piece.text, false))
}

fn mostly_known(pieces: &[Piece], lexicon: &Lexicon) -> bool {
    let known = pieces.iter().filter(|piece| names::known_as(&key(piece.text), lexicon).is_some()).count();
    known > 0 && known * 2 >= pieces.len()
}

/// `Research areas: graph search, …` set among the rows of a skill section.
pub(super) fn is_field_row(text: &str) -> bool {
    let label = text.split_once(':').map(|(label, _)| key(label)).unwrap_or_default();
    label.split(' ').count() <= 3
        && (label.contains("research") || label.ends_with("areas") || label.ends_with("topics"))
}

/// Words that make a label the name of a group of skills.
const ROW_WORDS: &[&str] = &[
    "language",
    "tool",
    "technolog",
    "framework",
    "database",
    "software",
    "operating system",
    "platform",
    "librar",
    "skill",
    "server",
    "expertise",
    "proficien",
    "competenc",
    "methodolog",
    "knowledge",
];

/// The end of a label in front of the items: `Languages:`, `Web – `; none if there is no label.
fn label_end(text: &str) -> Option<usize> {
    // The wide colon begins with 0xef.
    let length = |at: usize| match text.as_bytes()[at] {
        b':' => Some((at, 1)),
        _ => text[at..].starts_with('：').then_some((at, '：'.len_utf8())),
    };
    if let Some((at, sign)) = memchr::memchr2_iter(b':', 0xef, text.as_bytes()).find_map(length) {
        let label = &text[..at];
        let short =
            label.split_whitespace().count() <= 6 && !label.contains([',', ';', '(']) && !text[at..].starts_with("://");
        if short {
            return Some(at + sign);
        }
    }
    // The longer dashes begin with 0xe2.
    let dash = memchr::memchr3_iter(b'-', b'\t', 0xe2, text.as_bytes()).find_map(|at| {
        let length = match text.as_bytes()[at] {
            b'\t' => return Some((at, 1)),
            b'-' => 1,
            _ => text[at..].starts_with(['–', '—']).then_some('–'.len_utf8())?,
        };
        let parts = text[..at].ends_with(' ') && text[at + length..].starts_with(' ');
        parts.then(|| (at - 1, length + 2))
    })?;
    let (head, tail) = (&text[..dash.0], &text[dash.0 + dash.1..]);
    let listed = tail.contains(',') && !head.contains(',');
    (GROUPS.contains(&key(head)) || listed && head.split_whitespace().count() <= 4).then_some(dash.0 + dash.1)
}

/// Lines that begin in bold and go on in plain letters from which such words are labels whatever they say.
const MIN_LABELS: usize = 3;

/// **Databases** PostgreSQL, Redis: a label that only its bold letters tell from the items, in templates with a column of labels.
fn bold_label(line: &Line, column: bool) -> Option<usize> {
    let (end, label, rest) = bold_start(line)?;
    let listed = column || rest.contains([',', ';', '|', '•']) || is_group_word(label);
    (listed && rest.starts_with(char::is_alphanumeric)).then_some(end)
}

/// The bold words in front of a line, their end and what follows.
fn bold_start(line: &Line) -> Option<(usize, &str, &str)> {
    let end = line.bold.first().filter(|range| range.0 == 0 && line.bold.len() == 1)?.1 as usize;
    let (label, rest) = (line.text.get(..end)?, line.text.get(end..)?.trim_start());
    let short = label.split_whitespace().count() <= 4 && !label.contains([',', ';', '|', '(']);
    (short && !rest.is_empty()).then_some((end, label, rest))
}

/// The words name a group of skills: `Databases`, `Scripting languages`.
fn is_group_word(label: &str) -> bool {
    let label = key(label);
    GROUPS.contains(&label) || ROW_WORDS.iter().any(|word| label.contains(word))
}

fn is_known(folded: &str, lexicon: &Lexicon) -> bool {
    lexicon.skills().canonical_of_key(folded).is_some()
}

/// Last words of a line that names a group and stands alone.
const GROUP_ENDS: &[&str] =
    &["languages", "libraries", "frameworks", "technologies", "databases", "platforms", "packages", "tools"];

/// A line that only names a group (`Frameworks`), in bold or known as such.
fn is_group(line: &Line, text: &str, lexicon: &Lexicon) -> bool {
    if text.contains([',', '|', '•', ';', '\t']) {
        return false;
    }
    let folded = key(text);
    // "Deep Learning Libraries" above the libraries
    let plural =
        folded.rsplit_once(' ').is_some_and(|(_, last)| GROUP_ENDS.contains(&last)) && !is_known(&folded, lexicon);
    plural
        || GROUPS.contains(&folded)
        || ((line.style.bold || line.style.heading > 0)
            && (folded.ends_with("skills") || lexicon.headings().is_known(text)))
}
