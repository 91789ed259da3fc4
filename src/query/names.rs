//! Names the language knows besides words: operators with numbers, groups, fields and their near misses. In: the beginning
//! of a text. Out: what stands there. Does not read values.

use super::ast::{Group, NearKind};
use super::lexer::Compare;
use crate::model::{FIELDS, FieldId};

/// Distance of `NEAR` without a number.
const NEAR_DISTANCE: u32 = 10;

/// What can stand directly before a value or a parenthesis.
pub(super) enum Prefixed {
    Field(String, Compare),
    Group(Group),
    AtLeast(u32),
    Prefer,
}

/// Groups by name.
const GROUPS: &[(&str, Group)] = &[
    ("job", Group::Job),
    ("current", Group::Current),
    ("past", Group::Past),
    ("education", Group::Education),
    ("skill", Group::Skill),
];

/// The name of a group in queries.
pub(super) fn group_name(group: Group) -> &'static str {
    GROUPS.iter().find(|row| row.1 == group).map_or("job", |row| row.0)
}

/// Words before a colon that are no field: addresses and schemes.
const SCHEMES: &[&str] = &["http", "https", "ftp", "mailto", "tel"];

/// The field, group or `atleast:`, `prefer:` that `rest` begins with, and its length.
pub(super) fn prefixed(rest: &str) -> Option<(Prefixed, usize)> {
    let length = rest.find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | '.' | '-')))?;
    let (name, after) = rest.split_at(length);
    if name.is_empty() || !name.chars().all(|letter| letter.is_ascii_alphabetic() || matches!(letter, '_' | '.' | '-'))
    {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    if after.starts_with('(') {
        return GROUPS.iter().find(|row| row.0 == lower).map(|row| (Prefixed::Group(row.1), length));
    }
    if let Some(value) = after.strip_prefix(':') {
        match lower.as_str() {
            "prefer" | "favour" | "favor" => return Some((Prefixed::Prefer, length + 1)),
            "atleast" => {
                let digits = value.bytes().take_while(u8::is_ascii_digit).count();
                return (digits > 0).then(|| (Prefixed::AtLeast(number(&value[..digits])), length + 1 + digits));
            }
            _ => {}
        }
    }
    // `years >= 5`
    let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
    let (compare, sign) = comparison(&after[blanks..])?;
    let is_colon = after.starts_with(':');
    if (blanks > 0 || is_colon || compare != Compare::Is) && resolve(&lower).is_some() {
        if blanks > 0 && compare == Compare::Is {
            return None;
        }
        return Some((Prefixed::Field(lower, compare), length + blanks + sign));
    }
    (blanks == 0 && looks_like_field(&lower, &after[sign..])).then(|| (Prefixed::Field(lower, compare), length + sign))
}

/// The comparison `text` begins with, and its length: `:`, `>=`, `:>=`, `:=`.
fn comparison(text: &str) -> Option<(Compare, usize)> {
    let colon = usize::from(text.starts_with(':'));
    let blanks = if colon == 1 { text[1..].len() - text[1..].trim_start_matches(' ').len() } else { 0 };
    let signs: [(&str, Compare); 7] = [
        (">=", Compare::MoreOrEqual),
        ("=>", Compare::MoreOrEqual),
        ("≥", Compare::MoreOrEqual),
        ("<=", Compare::LessOrEqual),
        ("≤", Compare::LessOrEqual),
        (">", Compare::More),
        ("<", Compare::Less),
    ];
    for (sign, compare) in signs {
        if text[colon + blanks..].starts_with(sign) {
            return Some((compare, colon + blanks + sign.len()));
        }
    }
    if text[colon..].starts_with('=') {
        let compare = if colon == 1 { Compare::Exact } else { Compare::Is };
        return Some((compare, colon + 1));
    }
    (colon == 1).then_some((Compare::Is, 1))
}

/// Whether an unknown name before a sign was meant as a field: `tittle:java`, not `http://…`, `C:`, `Requirements: java`.
fn looks_like_field(name: &str, value: &str) -> bool {
    if name.len() < 2
        || SCHEMES.contains(&name)
        || value.starts_with("//")
        || value.starts_with(':')
        || name.ends_with(['.', '-'])
    {
        return false;
    }
    let is_near = nearest(name).is_some();
    let is_end =
        |next: char| next.is_whitespace() || matches!(next, ')' | ']' | '}' | ',' | ';' | '^' | '~' | '?' | '|');
    let has_value = value.chars().next().is_some_and(|next| !is_end(next));
    is_near || has_value
}

/// The field called so, and the group that a `.current` or `.past` behind it asks for.
pub(super) fn resolve(name: &str) -> Option<(FieldId, Option<Group>)> {
    if let Some(id) = FieldId::named(name) {
        return Some((id, None));
    }
    let (field, time) = name.rsplit_once('.')?;
    let group = match time {
        "current" | "now" | "present" => Group::Current,
        "past" | "previous" | "former" => Group::Past,
        _ => return None,
    };
    let id = FieldId::named(field)?;
    id.row().in_job.then_some((id, Some(group)))
}

/// The known name that is nearest in spelling, if any is near: at most a third of the letters differ.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let own = ["prefer", "atleast"];
    let names = FIELDS
        .iter()
        .filter(|row| row.id != FieldId::SkillInJob)
        .flat_map(|row| row.aliases.iter().copied().chain([row.name]));
    let distance = |known: &&str| strsim::damerau_levenshtein(known, name);
    let best = names.chain(own).filter(|known| known.len() > 2).min_by_key(distance)?;
    (distance(&best) * 3 <= best.len().max(name.len())).then_some(best)
}

/// Names that are no fields, and what to write instead.
const MISTAKEN: &[(&[&str], &str)] = &[
    (
        &["after", "since", "from"],
        "for the time of a job write `job(during:2022..)`, of a degree `graduated:2022..`, of the file `updated:2022..`",
    ),
    (
        &["before", "until", "till"],
        "for the time of a job write `job(during:..2022)`, of a degree `graduated:..2022`, of the file `updated:..2022`",
    ),
    (
        &["date", "year", "when", "period", "worked"],
        "for the time of a job write `job(during:2020..2022)`, of a degree `graduated:2020..2022`",
    ),
    (&["level", "seniority"], "write the word as it stands in titles, `title:senior`, or `years>=8`"),
    (
        &["age", "born", "gender", "sex", "nationality", "religion", "race", "marital"],
        "vitae does not read what says nothing about the work; for experience write `years>=5`",
    ),
];

/// What to write instead of a name that is often taken for a field.
pub(super) fn instead_of(name: &str) -> Option<&'static str> {
    MISTAKEN.iter().find(|(names, _)| names.contains(&name)).map(|(_, hint)| *hint)
}

/// `NEAR`, `NEAR/5`, `w/5`, `PRE/3`. Bare `near` in lower case is a word.
pub(super) fn near(word: &str) -> Option<(NearKind, u32)> {
    if word == "NEAR" {
        return Some((NearKind::Near, NEAR_DISTANCE));
    }
    let (name, digits) = word.split_once(['/', '='])?;
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let kind = match name.to_ascii_uppercase().as_str() {
        "NEAR" | "W" | "WITHIN" => NearKind::Near,
        "PRE" | "P" if name.len() > 1 => NearKind::Before,
        _ => return None,
    };
    Some((kind, number(digits)))
}

/// The number of these digits; one too large for us is the greatest, which whoever reads it refuses.
pub(super) fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or(u32::MAX)
}
