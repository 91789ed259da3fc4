//! Lines of a skill section → its items as written. In: lines. Out: [`Item`]s: single skills, and lines of prose that are searched
//! for known names instead. Knows labels (`Languages:`), brackets (`AWS (EC2, S3)`), levels (`Python – advanced`), wrapped lists.

use crate::lexicon::table::WordSet;
use crate::lexicon::words::{Words, key};
use crate::lexicon::{Lexicon, SkillEntry, Skills};
use crate::model::Line;
use crate::model::text::Label;
use crate::profile::experience::stated;
use std::ops::Range;

/// What a skill section holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    /// One skill as written.
    Skill(Listed),
    /// A sentence: only known names count.
    Prose { line: usize },
}

/// One skill of a list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Listed {
    pub(super) written: String,
    /// `written` folded.
    pub(super) key: String,
    /// What the table knows by this name.
    pub(super) known: Option<SkillEntry>,
    pub(super) line: usize,
    pub(super) bytes: Range<usize>,
    pub(super) stated_months: Option<u32>,
}

/// Words that head a group of skills and are none themselves.
static GROUPS: WordSet = WordSet::of(&[
    "languages",
    "programming languages",
    "programming",
    "frameworks",
    "libraries",
    "tools",
    "technologies",
    "databases",
    "database",
    "platforms",
    "operating systems",
    "software",
    "hardware",
    "other",
    "others",
    "misc",
    "miscellaneous",
    "soft skills",
    "technical skills",
    "technical",
    "hard skills",
    "web",
    "web technologies",
    "cloud",
    "frameworks and libraries",
    "tools and technologies",
    "familiar",
    "proficient",
    "experienced",
    "advanced",
    "intermediate",
    "beginner",
    "expert",
    "basic",
    "skills",
    "key skills",
    "non technical skills",
    "additional skills",
    "it skills",
    "top skills",
    "over 5000 lines",
    "over 1000 lines",
    "over 10000 lines",
    "scripting languages",
    "markup languages",
    "methodologies",
    "concepts",
    "developer tools",
    "professional skills",
    "personal skills",
    "interpersonal skills",
    "spoken languages",
    "human languages",
    "general",
    "strengths",
    "areas of expertise",
    "familiar with",
    "proficient in",
    "knowledge of",
    "os",
    "ide",
    "ides",
    "and",
]);
/// Words in front of a skill that say how well it is known.
const BEFORE: &[&str] = &[
    "proficient in ",
    "proficient with ",
    "familiar with ",
    "familiarity with ",
    "experience with ",
    "experience in ",
    "experienced in ",
    "knowledge of ",
    "knowledge in ",
    "working knowledge of ",
    "basic knowledge of ",
    "good knowledge of ",
    "strong knowledge of ",
    "expertise in ",
    "expert in ",
    "skilled in ",
    "hands-on experience with ",
    "hands on experience with ",
    "exposure to ",
    "understanding of ",
    "basics of ",
    "fluent in ",
    "ability to use ",
    "such as ",
    "including ",
    "like ",
    "and ",
    "etc",
    "e.g. ",
    "using ",
];
/// Words behind a skill that say how well it is known.
static LEVELS: WordSet = WordSet::of(&[
    "advanced",
    "intermediate",
    "beginner",
    "basic",
    "basics",
    "expert",
    "proficient",
    "familiar",
    "fluent",
    "novice",
    "learning",
    "experienced",
    "professional",
    "elementary",
    "native",
    "good",
    "excellent",
    "strong",
    "competent",
    "working knowledge",
    "currently learning",
    "in progress",
    "less than 1 year",
    "1 year",
    "etc",
]);
/// What stays behind when lists are taken apart.
const LEFTOVERS: &[&str] =
    &["etc", "and", "or", "more", "others", "years", "e g", "the", "than", "less", "amp", "less than", "more than"];
/// Signs between items; bullets of symbol fonts are private-use letters and are tested apart.
const SIGNS: &[char] = &[
    ',', ';', '|', '•', '·', '\t', '●', '○', '∙', '◦', '(', ')', '[', ']', '{', '}', '，', '、', '；', '■', '▪', '►',
    '★', '☆', '⋄', '◆', '¦', '✓', '➢', '&',
];
/// An item of more words is a sentence.
const MAX_WORDS: usize = 6;
/// Little words that make an item a sentence.
static PROSE_WORDS: WordSet = WordSet::of(&[
    "the", "a", "an", "to", "with", "that", "have", "has", "i", "my", "is", "are", "by", "from", "was", "were", "on",
    "who", "which", "able", "ability", "can", "through", "their", "this", "also", "using", "used",
]);

/// The items of a section's lines in order.
pub(super) fn of_section(lines: &[(usize, &Line)], lexicon: &Lexicon) -> Vec<Item> {
    let mut items = Vec::new();
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
                    of_line(*index, line, 0, lexicon, &mut items);
                }
                continue;
            }
            Some(Label::Level) => continue,
            _ => {}
        }
        let wrapped = at > 0 && continues(lines[at - 1].1, line);
        let before = items.len();
        of_line(*index, line, 0, lexicon, &mut items);
        if wrapped {
            join_wrapped(&mut items, before, lexicon);
        }
    }
    items
}

/// `… Machine` / `Learning, …`: a list that goes on in the next line without a comma.
fn continues(previous: &Line, line: &Line) -> bool {
    let comma = |text: &str| text.contains(',');
    let open = !previous.text.trim_end().ends_with([',', ';', '.', ':', '|']);
    open && comma(&previous.text)
        && !line.style.bullet
        && !line.blank_before
        && label_end(&line.text).is_none()
        && previous.style.column == line.style.column
}

/// Joins the last item before `at` with the first from it, if together they are a known skill, or alone neither is.
fn join_wrapped(items: &mut Vec<Item>, at: usize, lexicon: &Lexicon) {
    let (Some(Item::Skill(head)), Some(Item::Skill(tail))) =
        (at.checked_sub(1).and_then(|last| items.get(last)), items.get(at))
    else {
        return;
    };
    let written = format!("{} {}", head.written, tail.written);
    let key = key(&written);
    let known = lexicon.skills().canonical_of_key(&key).copied();
    let small = tail.written.chars().next().is_some_and(char::is_lowercase);
    let unknown = head.known.is_none() && tail.known.is_none();
    if known.is_some() || small && unknown && written.split(' ').count() <= 4 {
        items[at - 1] = Item::Skill(Listed { written, key, known, ..head.clone() });
        items.remove(at);
    }
}

/// Reads the items of one line from byte `from` on.
fn of_line(index: usize, line: &Line, from: usize, lexicon: &Lexicon, items: &mut Vec<Item>) {
    let text = &line.text[from..];
    let body = label_end(text).unwrap_or(0);
    let rest = &text[body..];
    if rest.trim().is_empty() || (body == 0 && is_group(line, rest, lexicon)) {
        return;
    }
    let pieces = split(rest);
    let prose = pieces.iter().any(|(_, piece)| is_prose(piece, pieces.len() == 1));
    if prose && pieces.len() < 4 || line.text.len() > 2_000 && pieces.len() < 8 {
        items.push(Item::Prose { line: index });
        return;
    }
    for (at, piece) in pieces {
        piece_items(index, from + body + at, piece, lexicon, items);
    }
}

/// The end of a label in front of the items: `Languages:`, `Web – `; none if there is no label.
fn label_end(text: &str) -> Option<usize> {
    let colon = text.char_indices().find(|(_, letter)| matches!(letter, ':' | '：'));
    if let Some((at, sign)) = colon {
        let label = &text[..at];
        let short =
            label.split_whitespace().count() <= 6 && !label.contains([',', ';', '(']) && !text[at..].starts_with("://");
        if short {
            return Some(at + sign.len_utf8());
        }
    }
    if !text.contains(['–', '-', '—', '\t']) {
        return None;
    }
    let dash = [" – ", " - ", " — ", "\t"].iter().filter_map(|dash| Some((text.find(dash)?, dash.len()))).min()?;
    let (head, tail) = (&text[..dash.0], &text[dash.0 + dash.1..]);
    let listed = tail.contains(',') && !head.contains(',');
    (GROUPS.contains(&key(head)) || listed && head.split_whitespace().count() <= 4).then_some(dash.0 + dash.1)
}

/// A line that only names a group (`Frameworks`), in bold or known as such.
fn is_group(line: &Line, text: &str, lexicon: &Lexicon) -> bool {
    if text.contains([',', '|', '•', ';', '\t']) {
        return false;
    }
    let folded = key(text);
    GROUPS.contains(&folded)
        || ((line.style.bold || line.style.heading > 0)
            && (folded.ends_with("skills") || lexicon.headings().is_known(text)))
}

/// Splits at commas, bars, bullets, tabs, semicolons outside brackets, and takes bracketed lists apart.
fn split(text: &str) -> Vec<(usize, &str)> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut push = |from: usize, to: usize| {
        let piece = text[from..to].trim_matches(|letter: char| {
            letter.is_whitespace()
                || matches!(
                    letter,
                    '-' | '–'
                        | '*'
                        | ':'
                        | '·'
                        | '•'
                        | '►'
                        | '"'
                        | '“'
                        | '”'
                        | '○'
                        | '●'
                        | '◦'
                        | '★'
                        | '☆'
                        | '.'
                ) && !(letter == '.' && text[from..to].trim_start().starts_with(".N"))
        });
        if !piece.is_empty() {
            let at = piece.as_ptr() as usize - text.as_ptr() as usize;
            pieces.push((at, piece));
        }
    };
    for (at, letter) in text.char_indices() {
        if letter.is_ascii_alphanumeric() || letter == ' ' {
            continue;
        }
        let sign = SIGNS.contains(&letter) || ('\u{e000}'..='\u{f8ff}').contains(&letter);
        // "R&D" is one, "Git & GitHub" two.
        let inner = letter == '&' && !(text[..at].ends_with(' ') && text[at + 1..].starts_with(' '));
        let stop = letter == '.' && text[at + 1..].starts_with(' ') && at > 0;
        if sign && !inner || stop {
            push(from, at);
            from = at + letter.len_utf8();
        }
    }
    push(from, text.len());
    pieces
}

/// The piece is a sentence, not a name.
fn is_prose(piece: &str, alone: bool) -> bool {
    let words = piece.split_whitespace().count();
    let little = |word: &str| word.len() < 10 && PROSE_WORDS.contains(&word.to_lowercase());
    words > if alone { MAX_WORDS } else { MAX_WORDS + 2 } || (words > 3 && piece.split_whitespace().any(little))
}

/// One piece: its level is cut off, `A/B` and `A and B` are taken apart, what is no skill is dropped.
fn piece_items(line: usize, start: usize, piece: &str, lexicon: &Lexicon, items: &mut Vec<Item>) {
    let (name, stated_months) = without_level(piece);
    if name.is_empty() {
        if let (Some(months), Some(Item::Skill(last))) = (stated_months, items.last_mut()) {
            last.stated_months = Some(months);
        }
        return;
    }
    let skills = lexicon.skills();
    let listed = |part: &str| {
        let part = part.trim();
        let start = start + (part.as_ptr() as usize - piece.as_ptr() as usize);
        let key = key(part);
        let known = skills.canonical_of_key(&key).copied();
        Listed { written: part.to_string(), key, known, line, bytes: start..start + part.len(), stated_months }
    };
    let whole = listed(name);
    // "Cloud(AWS: S3, DynamoDB)": the label inside the brackets is a skill like its items.
    if name.contains(':')
        && let Some((label, item)) = name.split_once(": ")
        && is_known(skills, label)
        && is_known(skills, item)
    {
        items.extend([label, item].map(|part| Item::Skill(listed(part))));
        return;
    }
    let mut push = |part: Listed| {
        let again = |last: &Item| {
            let Item::Skill(last) = last else { return false };
            // `Django REST Framework (DRF)`: the second name of the item before it.
            matches!((last.known, part.known), (Some(last), Some(this)) if last.name == this.name)
        };
        if !is_noise(&part, lexicon) && !items.last().is_some_and(again) {
            items.push(Item::Skill(part));
        }
    };
    let slash = name.contains('/');
    let split_known = slash
        && whole.known.is_none_or(|skill| key(skill.name) != whole.key)
        && name.split('/').all(|half| is_known(skills, half));
    if split_known {
        return name.split('/').for_each(|half| push(listed(half)));
    }
    if whole.known.is_some() || !slash && !name.contains(" and ") && !name.contains(" or ") {
        return push(whole);
    }
    for part in name.split(" and ").flat_map(|part| part.split(" or ")).flat_map(|part| part.split(" / ")) {
        let halves: Vec<&str> = part.split('/').collect();
        let parted = !is_known(skills, part)
            && halves.len() > 1
            && halves.iter().all(|half| !half.trim().is_empty() && (half.trim().len() > 1 || is_known(skills, half)));
        if parted {
            halves.into_iter().for_each(|half| push(listed(half)));
        } else {
            push(listed(part));
        }
    }
}

/// A name is a known skill as a whole.
fn is_known(skills: &Skills, name: &str) -> bool {
    skills.canonical(name).is_some()
}

/// Cuts `Proficient in`, `– advanced`, `5 years` off: the name and the stated months.
fn without_level(piece: &str) -> (&str, Option<u32>) {
    let mut name = piece.trim();
    let lower = name.to_ascii_lowercase();
    if let Some(before) = BEFORE.iter().find(|before| lower.starts_with(**before)) {
        name = name[before.len().min(name.len())..].trim();
    }
    let months = if !name.contains(char::is_numeric) {
        None
    } else {
        let words = Words::of(name);
        (0..words.len()).find_map(|index| Some((stated(&words, index)?, words.get(index)?.start)))
    };
    if let Some((_, start)) = months {
        name = name[..start].trim_end_matches([' ', '-', '–', '—', ':', '~', '+', '>', '<']);
    }
    let dashes: &[&str] = if name.contains(['-', '–', '—', ':']) { &[" - ", " – ", " — ", ": "] } else { &[] };
    for dash in dashes {
        if let Some((head, tail)) = name.split_once(*dash)
            && (LEVELS.contains(&key(tail))
                || tail.bytes().all(|byte| byte.is_ascii_digit() || b"%/. ".contains(&byte)))
        {
            name = head.trim();
        }
    }
    if LEVELS.contains(&key(name)) {
        name = "";
    }
    (name, months.map(|(months, _)| months))
}

/// Numbers, percentages, single letters that are no skill, spoken languages, addresses, leftovers.
fn is_noise(part: &Listed, lexicon: &Lexicon) -> bool {
    let Listed { written, key, known, .. } = part;
    let known = known.is_some();
    !written.chars().any(char::is_alphabetic)
        || (!known && written.chars().count() == 1)
        || written.split_whitespace().count() > MAX_WORDS + 2
        || written.contains('@')
        || written.contains("://")
        || GROUPS.contains(key)
        || LEVELS.contains(key)
        || LEFTOVERS.contains(&key.as_str())
        || (!known && lexicon.languages().canonical(written).is_some())
}
