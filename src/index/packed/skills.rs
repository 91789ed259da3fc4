//! Skills as packed: more than half of a profile's evidence. In: a profile's [`Skill`]s. Out: their [`Packed`].
//!
//! First all mentions, those of all skills together in the order of the text: so the next one most often stands where a list goes on and is of a
//! skill that is not mentioned yet. What kind of place it is, score, reason and whether it is the skill's name are alike for many: a mention's
//! manner. One byte says all that. Then what belongs to each skill.

use super::super::text::TextLine;
use super::wire::{Packed, Place, Reader, Writer, at};
use crate::model::{Evidence, Mention, MentionPlace, Month, Skill};

/// Bits that say which of a skill's values are there.
const KNOWN: u64 = 1;
const CATEGORY: u64 = 2;
const USED: u64 = 4;
const STATED: u64 = 8;

/// Bits below the number of a mention's manner: it is of the next skill that has none yet; it stands where a list goes on.
const NEXT: u64 = 1;
const GOES_ON: u64 = 2;
const MANNER: u32 = 2;

/// Manners among which one is looked for; more than a résumé has.
const LOOKED_AT: usize = 96;

/// When a skill was used: months, last month.
type Use = (Option<u32>, Option<Month>);

impl Packed for Vec<Skill> {
    fn pack<'p>(&'p self, to: &mut Writer<'p>) {
        let (mentions, rising) = in_order(self);
        to.number((self.len() as u64) << 1 | u64::from(rising));
        to.number(mentions.len() as u64);
        let mut named = vec![false; self.len()];
        let (mut manners, mut next, mut last) = (Vec::new(), 0, Place::default());
        for (skill, mention) in mentions {
            let Mention { written, evidence, place } = mention;
            let here = Place { line: evidence.line, start: evidence.start, end: evidence.end };
            let name = &self[skill].name;
            let stands = at(to.lines(), here) == Some(written);
            let is_name = stands && written == name;
            let manner = (to.known_style(evidence), is_name, stands, *place);
            let known = manners.iter().take(LOOKED_AT).position(|known| *known == manner);
            let known = known.filter(|_| manner.0.is_some());
            let goes_on = goes_on(to.lines(), last) == Some((here.line, here.start));
            let bits = if skill == next { NEXT } else { 0 } | if goes_on { GOES_ON } else { 0 };
            to.number((known.unwrap_or(manners.len()) as u64) << MANNER | bits);
            if known.is_none() {
                to.style(evidence, is_name);
                to.number(u64::from(stands));
                place.pack(to);
                manners.push((to.known_style(evidence), is_name, stands, *place));
            }
            if skill != next {
                to.number(skill as u64);
            }
            next = next.max(skill + 1);
            if !goes_on {
                step(last.line, here.line, rising, to);
                step(if here.line == last.line { last.start } else { 0 }, here.start, rising, to);
            }
            if !(is_name && named[skill]) {
                let likely = if goes_on { item_end(to.lines(), here) } else { here.start };
                to.signed(i64::from(here.end) - i64::from(likely));
            }
            to.stand(here);
            if !stands {
                to.text(written);
            }
            named[skill] |= is_name;
            last = here;
        }
        let mut uses: Vec<Use> = Vec::new();
        for (skill, named) in self.iter().zip(named) {
            if !named {
                to.text(&skill.name);
            }
            values(skill, &mut uses, to);
        }
    }

    fn unpack(from: &mut Reader<'_>) -> Option<Vec<Skill>> {
        let skills = from.number()?;
        let rising = skills & 1 == 1;
        let skills = usize::try_from(skills >> 1).ok().filter(|skills| *skills <= from.rest())?;
        let mentions = from.length()?;
        let mut mentions_of: Vec<Vec<Mention>> = vec![Vec::new(); skills];
        let mut names: Vec<Option<String>> = vec![None; skills];
        let mut manners: Vec<(Evidence, bool, bool, MentionPlace)> = Vec::new();
        let (mut next, mut last) = (0, Place::default());
        for _ in 0..mentions {
            let code = from.number()?;
            let number = usize::try_from(code >> MANNER).ok()?;
            if number == manners.len() {
                let (evidence, is_name) = from.style()?;
                manners.push((evidence, is_name, bool::unpack(from)?, MentionPlace::unpack(from)?));
            }
            let (mut evidence, is_name, stands, place) = manners.get(number)?.clone();
            let skill = if code & NEXT == 0 { usize::try_from(from.number()?).ok()? } else { next };
            let name = names.get_mut(skill)?;
            next = next.max(skill + 1);
            let mut here = Place::default();
            let goes_on_here = code & GOES_ON != 0;
            (here.line, here.start) = if goes_on_here {
                goes_on(from.lines(), last)?
            } else {
                let line = stepped(last.line, rising, from)?;
                (line, stepped(if line == last.line { last.start } else { 0 }, rising, from)?)
            };
            here.end = match name {
                Some(name) if is_name => here.start.checked_add(u32::try_from(name.len()).ok()?)?,
                _ if goes_on_here => moved(item_end(from.lines(), here), from.signed()?)?,
                _ => moved(here.start, from.signed()?)?,
            };
            from.stand(here);
            let written = if stands { at(from.lines(), here)?.to_string() } else { from.text()? };
            if is_name && name.is_none() {
                *name = Some(written.clone());
            }
            (evidence.line, evidence.start, evidence.end) = (here.line, here.start, here.end);
            mentions_of[skill].push(Mention { written, evidence, place });
            last = here;
        }
        let mut uses: Vec<Use> = Vec::new();
        let skill = |(name, mentions): (Option<String>, Vec<Mention>)| {
            let name = match name {
                Some(name) => name,
                None => from.text()?,
            };
            with_values(name, mentions, &mut uses, from)
        };
        names.into_iter().zip(mentions_of).map(skill).collect()
    }
}

/// All mentions with the number of their skill, in the order of the text; skill by skill if a skill has them in another order. Whether they are in
/// that of the text.
fn in_order(skills: &[Skill]) -> (Vec<(usize, &Mention)>, bool) {
    let place = |mention: &Mention| (mention.evidence.line, mention.evidence.start);
    let mut all: Vec<(usize, &Mention)> = Vec::with_capacity(2 * skills.len());
    for (number, skill) in skills.iter().enumerate() {
        all.extend(skill.mentions.iter().map(|mention| (number, mention)));
    }
    let rising = skills.iter().all(|skill| skill.mentions.is_sorted_by_key(place));
    if rising {
        all.sort_by_key(|(_, mention)| place(mention));
    }
    (all, rising)
}

/// Letters between the items of a list.
fn is_between(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, ',' | ';' | '|' | '/' | ':' | '-' | '*' | '•' | '·' | '–' | '▪' | '●' | '○')
}

/// Where the next item of a list begins: on the same line, or on the next.
fn goes_on(lines: &[TextLine<'_>], last: Place) -> Option<(u32, u32)> {
    let begins = |line: u32, from: u32| {
        let rest = lines.get(line as usize)?.text.get(from as usize..)?;
        let length = rest.find(|letter| !is_between(letter))?;
        Some((line, from + u32::try_from(length).ok()?))
    };
    begins(last.line, last.end).or_else(|| begins(last.line.checked_add(1)?, 0))
}

/// Where an item of a list ends that begins there.
fn item_end(lines: &[TextLine<'_>], here: Place) -> u32 {
    let rest = lines.get(here.line as usize).and_then(|line| line.text.get(here.start as usize..)).unwrap_or_default();
    let bytes = rest.as_bytes();
    let ends = |at: &usize| matches!(bytes[*at], b',' | b';' | b'|' | b'\t') || bytes[*at..].starts_with(b"  ");
    let end = (0..bytes.len()).find(ends).unwrap_or(bytes.len());
    here.start.saturating_add(bytes[..end].trim_ascii_end().len() as u32)
}

/// From a line or letter to another, which is not before it if they are `rising`.
fn step(from: u32, there: u32, rising: bool, to: &mut Writer<'_>) {
    if rising { to.number(u64::from(there - from)) } else { to.signed(i64::from(there) - i64::from(from)) }
}

/// What [`step`] led to.
fn stepped(last: u32, rising: bool, from: &mut Reader<'_>) -> Option<u32> {
    let by = if rising { i64::try_from(from.number()?).ok()? } else { from.signed()? };
    moved(last, by)
}

/// A place in a text, so far from another.
fn moved(from: u32, by: i64) -> Option<u32> {
    u32::try_from(i64::from(from).checked_add(by)?).ok()
}

/// What belongs to a skill beside name and mentions.
fn values<'p>(skill: &'p Skill, uses: &mut Vec<Use>, to: &mut Writer<'p>) {
    let used = (skill.months, skill.last_used);
    let bit = |is_there: bool, bit: u64| if is_there { bit } else { 0 };
    to.number(
        bit(skill.known, KNOWN)
            | bit(skill.category.is_some(), CATEGORY)
            | bit(used != (None, None), USED)
            | bit(skill.stated_months.is_some(), STATED),
    );
    skill.category.iter().for_each(|category| category.pack(to));
    if used != (None, None) {
        // Skills of the same jobs were used at the same time.
        let known = uses.iter().take(LOOKED_AT).position(|known| *known == used);
        to.number(known.unwrap_or(uses.len()) as u64);
        if known.is_none() {
            uses.push(used);
            skill.months.pack(to);
            skill.last_used.pack(to);
        }
    }
    skill.stated_months.iter().for_each(|months| months.pack(to));
}

fn with_values(name: String, mentions: Vec<Mention>, uses: &mut Vec<Use>, from: &mut Reader<'_>) -> Option<Skill> {
    let bits = from.number()?;
    let category = value(from, bits & CATEGORY)?;
    let (months, last_used) = if bits & USED == 0 {
        (None, None)
    } else {
        let number = usize::try_from(from.number()?).ok()?;
        if number == uses.len() {
            uses.push((Packed::unpack(from)?, Packed::unpack(from)?));
        }
        *uses.get(number)?
    };
    let stated_months = value(from, bits & STATED)?;
    Some(Skill { name, known: bits & KNOWN != 0, category, mentions, months, last_used, stated_months })
}

/// A value that is there if the bit is set.
fn value<T: Packed>(from: &mut Reader<'_>, bit: u64) -> Option<Option<T>> {
    if bit == 0 { Some(None) } else { T::unpack(from).map(Some) }
}
