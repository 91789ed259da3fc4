//! A piece of a list → the skills in it. In: the piece as written. Out: [`Listed`] skills: levels cut off, `A/B` and `A and B`
//! taken apart, spellings known by the table, what is no skill dropped.

use super::items::Item;
use super::pieces::{MAX_WORDS, is_prose};
use super::words::{AFTER, BEFORE, GROUPS, LEADS, LEFTOVERS, LEVELS};
use crate::lexicon::words::{Words, key};
use crate::lexicon::{Lexicon, SkillEntry, Skills, date_word};
use crate::profile::experience::stated;
use crate::profile::scan;
use std::ops::Range;

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

/// Adds the skills of one piece. One that `explains` the skill in front of it counts only if it is known.
pub(super) fn of_piece(
    line: usize,
    start: usize,
    piece: &str,
    explains: bool,
    lexicon: &Lexicon,
    items: &mut Vec<Item>,
) {
    let (name, stated_months) = without_level(without_lead(piece));
    let listed = |part: &str| {
        let part = part.trim();
        let start = start + (part.as_ptr() as usize - piece.as_ptr() as usize);
        let key = key(part);
        let known = known_as(&key, lexicon);
        Listed { written: part.to_string(), key, known, line, bytes: start..start + part.len(), stated_months }
    };
    let mut push = |part: Listed| {
        let again = |last: &Item| {
            let Item::Skill(last) = last else { return false };
            // `Django REST Framework (DRF)`: the second name of the item before it.
            matches!((last.known, part.known), (Some(last), Some(this)) if last.name == this.name)
        };
        let idle = explains && part.known.is_none();
        if !idle && !is_noise(&part, lexicon) && !items.last().is_some_and(again) {
            items.push(Item::Skill(part));
        }
    };
    let whole = listed(name);
    if name.is_empty() || LEVELS.contains(&whole.key) {
        if let (Some(months), Some(Item::Skill(last))) = (stated_months, items.last_mut()) {
            last.stated_months = Some(months);
        }
        return;
    }
    if whole.known.is_some() && !holds(name, b":/\\") {
        return push(whole);
    }
    match parts(name, &whole, lexicon).as_slice() {
        [only] if *only == name => push(whole),
        parts => parts.iter().for_each(|part| push(if *part == name { whole.clone() } else { listed(part) })),
    }
}

/// One of `bytes` stands in the name.
fn holds(name: &str, bytes: &[u8]) -> bool {
    name.bytes().any(|byte| bytes.contains(&byte))
}

/// The names a piece is made of; itself, if it is one.
fn parts<'t>(name: &'t str, whole: &Listed, lexicon: &Lexicon) -> Vec<&'t str> {
    let skills = lexicon.skills();
    // "Cloud(AWS: S3, DynamoDB)": the label inside the brackets is a skill like its items.
    if name.contains(':')
        && let Some((label, item)) = name.split_once(": ")
        && is_known(skills, label)
        && is_known(skills, item)
    {
        return vec![label, item];
    }
    let slash = holds(name, b"/\\");
    let slashed = || name.split(['/', '\\']).map(str::trim);
    let split_known = slash
        && whole.known.is_none_or(|skill| key(skill.name) != whole.key)
        && slashed().all(|half| is_known(skills, half));
    if split_known {
        return slashed().collect();
    }
    if whole.known.is_some() {
        return vec![name];
    }
    // "Git Experience in Hadoop": the sentence goes on without a sign.
    let is_long = name.bytes().filter(|byte| *byte == b' ').nth(2).is_some();
    let amid = if is_long { AMID } else { &[] };
    let amid = amid.iter().find_map(|words| Some((scan::find(name, words)?, words.len())));
    if let Some((at, length)) = amid.filter(|(at, _)| *at > 0) {
        return vec![&name[..at], &name[at + length..]];
    }
    let words = name.contains(' ').then(|| Words::of(name));
    if let Some(rest) = words.as_ref().and_then(|words| without_group(name, words, lexicon)) {
        return vec![rest];
    }
    if !slash && (words.is_none() || !name.contains(" and ") && !name.contains(" or ")) {
        return words.and_then(|words| tiles(name, &words, lexicon)).unwrap_or_else(|| vec![name]);
    }
    let mut parts = Vec::new();
    for part in name.split(" and ").flat_map(|part| part.split(" or ")).flat_map(|part| part.split(" / ")) {
        let halves: Vec<&str> = part.split(['/', '\\']).collect();
        let parted = !is_known(skills, part)
            && halves.len() > 1
            && halves.iter().all(|half| !half.trim().is_empty() && (half.trim().len() > 1 || is_known(skills, half)));
        if parted { parts.extend(halves) } else { parts.push(part) }
    }
    parts
}

/// `Programming Python`, `Novice Flask`: a group or level set in front of a known skill without a sign between them.
fn without_group<'t>(name: &'t str, words: &Words, lexicon: &Lexicon) -> Option<&'t str> {
    (1..words.len().min(4)).rev().find_map(|count| {
        let head = words.run(0, count);
        let rest = &name[words.get(count)?.start..];
        let group = GROUPS.contains(head) || LEVELS.contains(head);
        (group && is_known(lexicon.skills(), rest)).then_some(rest)
    })
}

/// Words between two skills that were set without a sign; three blanks in each.
const AMID: &[&str] = &[" Experience in ", " Experience with ", " Familiar with ", " Knowledge of ", " Proficient in "];

/// `Kotlin Firebase`: columns whose gap was lost. Every word belongs to a skill, and one of them to a skill that means nothing else; two
/// skills are parted only where they are things with names of their own.
fn tiles<'t>(name: &'t str, words: &Words, lexicon: &Lexicon) -> Option<Vec<&'t str>> {
    let skills = lexicon.skills();
    let mut tiles = Vec::new();
    let (mut at, mut doubtful, mut last, mut all_tools) = (0, 0, None, true);
    while at < words.len() {
        let (length, surface) = skills.longest(words, at)?;
        let sure = surface.ambiguous.is_none() && !surface.listed_only;
        all_tools &= skills.entry(surface.skill).is_some_and(|entry| TOOLS.contains(&entry.category));
        if surface.listed_only || length == 1 && words.term(at).len() < 3 {
            return None;
        }
        doubtful += usize::from(!sure);
        // "Version Control Git": two names of one skill.
        if last == Some(surface.skill) {
            tiles.pop();
        }
        last = Some(surface.skill);
        tiles.push(&name[words.get(at)?.start..words.get(at + length - 1)?.end]);
        at += length;
    }
    (tiles.len() > if all_tools { 1 } else { 2 } && doubtful < tiles.len()).then_some(tiles)
}

/// Categories of things with names of their own, which do not combine to new names as words do.
const TOOLS: &[&str] = &["software", "data", "cloud", "devops", "it"];

/// What the table knows under a folded name: as it stands, without an idle word behind (`Java programming`), without a version
/// (`Python 3.8`).
pub(super) fn known_as(key: &str, lexicon: &Lexicon) -> Option<SkillEntry> {
    let skills = lexicon.skills();
    let direct = skills.canonical_of_key(key);
    let (head, last) = if direct.is_none() { key.rsplit_once(' ')? } else { (key, "") };
    let digits = last.trim_start_matches('v').trim_end_matches(['x', 'g', 'c', '+']);
    let version =
        !digits.is_empty() && digits.len() < 5 && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    direct.or_else(|| if version || AFTER.contains(last) { skills.canonical_of_key(head) } else { None }).copied()
}

/// A name is a known skill as a whole.
fn is_known(skills: &Skills, name: &str) -> bool {
    skills.canonical(name).is_some()
}

/// `Version control systems such as Git` → `Git`.
pub(super) fn without_lead(piece: &str) -> &str {
    if piece.bytes().filter(|byte| *byte == b' ').nth(1).is_none() {
        return piece;
    }
    let tail = LEADS.iter().find_map(|lead| Some(piece[scan::find(piece, lead)? + lead.len()..].trim()));
    tail.filter(|tail| !tail.is_empty() && !is_prose(tail, false)).unwrap_or(piece)
}

/// Cuts `Proficient in`, `– advanced`, `5 years`, `etc.` off: the name, which may be nothing but a level, and the stated months.
fn without_level(piece: &str) -> (&str, Option<u32>) {
    let mut name = piece.trim();
    let marks = marks(name);
    let before: &[&str] = if marks & (BLANK | BEYOND) != 0 { BEFORE } else { &["etc"] };
    while may_begin(name)
        && let Some(before) = before.iter().find(|before| has_prefix(name, before))
    {
        name = name[before.len()..].trim();
    }
    let months = if marks & (DIGIT | BEYOND) == 0 || !name.contains(char::is_numeric) {
        None
    } else {
        let words = Words::of(name);
        (0..words.len()).find_map(|index| Some((stated(name, &words, index)?, words.get(index)?.start)))
    };
    if let Some((_, start)) = months {
        name = name[..start].trim_end_matches([' ', '-', '–', '—', ':', '~', '+', '>', '<']);
    }
    let dashes: &[&str] = if marks & DASH != 0 { &[" - ", " – ", " — ", ": "] } else { &[] };
    for dash in dashes {
        if let Some((head, tail)) = name.split_once(*dash)
            && (LEVELS.contains(&key(tail))
                || tail.bytes().all(|byte| byte.is_ascii_digit() || b"%/. ".contains(&byte)))
        {
            name = head.trim();
        }
    }
    let tails: &[&str] = if marks & BLANK != 0 { &[" etc", " and more", " and others"] } else { &[] };
    for tail in tails {
        name = name.strip_suffix(*tail).unwrap_or(name);
    }
    (name, months.map(|(months, _)| months))
}

/// What stands in a name, as a set: most names have none of it.
type Marks = u8;

const BLANK: Marks = 1;
const DIGIT: Marks = 2;
/// A hyphen, a colon, or the first byte of the longer dashes.
const DASH: Marks = 4;
/// Not ASCII.
const BEYOND: Marks = 8;

const MARKS: [Marks; 256] = {
    let mut marks = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        marks[byte] = match byte as u8 {
            b' ' => BLANK,
            b'0'..=b'9' => DIGIT,
            b'-' | b':' => DASH,
            0xe2 => DASH | BEYOND,
            0x80.. => BEYOND,
            _ => 0,
        };
        byte += 1;
    }
    marks
};

fn marks(name: &str) -> Marks {
    name.bytes().fold(0, |marks, byte| marks | MARKS[usize::from(byte)])
}

/// The name may begin with one of [`BEFORE`]: nearly all do not, and the first two letters say so.
fn may_begin(name: &str) -> bool {
    let [first, second, ..] = name.as_bytes() else { return false };
    BEFORE_FIRST[usize::from(*first)] & 1 << (second % 32) != 0
}

/// By the first byte of [`BEFORE`], small letters also as capitals: the second, one bit for those with the same last five bits.
static BEFORE_FIRST: [u32; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < BEFORE.len() {
        let [first, second, ..] = BEFORE[at].as_bytes() else { panic!("shorter than two bytes") };
        table[*first as usize] |= 1 << (*second % 32);
        table[first.to_ascii_uppercase() as usize] |= 1 << (*second % 32);
        at += 1;
    }
    table
};

/// `name` begins with the small letters `before`, in any case. Most are told by the first letter.
fn has_prefix(name: &str, before: &str) -> bool {
    let alike = |(one, other): (&u8, &u8)| one.eq_ignore_ascii_case(other);
    name.as_bytes().first().zip(before.as_bytes().first()).is_some_and(alike)
        && name.get(..before.len()).is_some_and(|head| head.eq_ignore_ascii_case(before))
}

/// `August 2015 - May 2020`, `May`: nothing but words of dates.
fn is_date(written: &str) -> bool {
    let mut parts = written.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.all(|part| part.bytes().all(|byte| byte.is_ascii_digit()) || date_word(&part.to_lowercase()).is_some())
}

/// `Senior Software Engineer`: the title of a job that was read among the skills.
fn is_senior_title(written: &str, lexicon: &Lexicon) -> bool {
    const RANKS: &[&str] = &["Senior ", "Principal ", "Junior ", "Lead ", "Chief "];
    RANKS.iter().any(|rank| written.starts_with(rank)) && lexicon.titles().score(written).is_title()
}

/// Numbers, percentages, single letters that are no skill, spoken languages, addresses, leftovers.
fn is_noise(part: &Listed, lexicon: &Lexicon) -> bool {
    let Listed { written, key, known, .. } = part;
    let known = known.is_some();
    !written.chars().any(char::is_alphabetic)
        || (!known && written.chars().count() == 1)
        || scan::blank_separated(written) > MAX_WORDS + 2
        || written.contains('@')
        || scan::find(written, "://").is_some()
        || GROUPS.contains(key)
        || LEVELS.contains(key)
        // "Less" between other names is one, too.
        || LEFTOVERS.contains(key) && !(known && written.starts_with(char::is_uppercase))
        || (!known && is_senior_title(written, lexicon))
        || (!known && is_date(written))
        || (!known && lexicon.languages().canonical_of_key(key).is_some())
        || (!known && is_spoken(written, lexicon))
}

/// `Englisch verhandlungssicher`, `Portuguese B2`: a language and how well it is spoken, and nothing else.
fn is_spoken(written: &str, lexicon: &Lexicon) -> bool {
    let (words, languages) = (Words::of(written), lexicon.languages());
    if words.len() < 2 || !languages.may_open(&words) {
        return false;
    }
    let Some((name, _)) = languages.find_in(&words).into_iter().next().filter(|(name, _)| name.start == 0) else {
        return false;
    };
    let levels = languages.levels_in(&words);
    let is_level = |start: usize| levels.iter().any(|level| level.contains(&start));
    let behind: Vec<usize> = words.iter().map(|(word, _)| word.start).filter(|start| *start >= name.end).collect();
    !behind.is_empty() && behind.into_iter().all(is_level)
}
