//! Skills as packed: half of a profile's evidence. In: a [`Skill`]. Out: its [`Packed`].
//!
//! Most mentions are the skill's name as it stands in the text: then neither the name nor what was written is stored, and the length once.

use super::wire::{Packed, Reader, Writer};
use crate::model::{Evidence, Mention, MentionPlace, Skill};

/// Bits that say which of the values are there.
const KNOWN: u64 = 1;
const CATEGORY: u64 = 2;
const MONTHS: u64 = 4;
const LAST_USED: u64 = 8;
const STATED: u64 = 16;

impl Packed for Skill {
    fn pack<'p>(&'p self, to: &mut Writer<'p>) {
        to.number(self.mentions.len() as u64);
        let mut named = false;
        for mention in &self.mentions {
            let is_name = mention.written == self.name && to.stands(&self.name, &mention.evidence);
            to.style(&mention.evidence, is_name);
            to.place(&mention.evidence, !(is_name && named));
            if !is_name {
                to.text(&mention.written);
            }
            named |= is_name;
            mention.place.pack(to);
        }
        if !named {
            to.text(&self.name);
        }
        let bit = |is_there: bool, bit: u64| if is_there { bit } else { 0 };
        to.number(
            bit(self.known, KNOWN)
                | bit(self.category.is_some(), CATEGORY)
                | bit(self.months.is_some(), MONTHS)
                | bit(self.last_used.is_some(), LAST_USED)
                | bit(self.stated_months.is_some(), STATED),
        );
        self.category.iter().for_each(|category| category.pack(to));
        self.months.iter().for_each(|months| months.pack(to));
        self.last_used.iter().for_each(|month| month.pack(to));
        self.stated_months.iter().for_each(|months| months.pack(to));
    }

    fn unpack(from: &mut Reader<'_>) -> Option<Skill> {
        let count = from.length()?;
        let mut mentions = Vec::with_capacity(count);
        let mut name: Option<String> = None;
        for _ in 0..count {
            mentions.push(mention(from, &mut name)?);
        }
        let name = match name {
            Some(name) => name,
            None => from.text()?,
        };
        let bits = from.number()?;
        Some(Skill {
            name,
            known: bits & KNOWN != 0,
            category: value(from, bits & CATEGORY)?,
            months: value(from, bits & MONTHS)?,
            last_used: value(from, bits & LAST_USED)?,
            stated_months: value(from, bits & STATED)?,
            mentions,
        })
    }
}

/// A value that is there if the bit is set.
fn value<T: Packed>(from: &mut Reader<'_>, bit: u64) -> Option<Option<T>> {
    if bit == 0 { Some(None) } else { T::unpack(from).map(Some) }
}

/// A mention; the first that is the skill's name gives the `name`.
fn mention(from: &mut Reader<'_>, name: &mut Option<String>) -> Option<Mention> {
    let (mut evidence, is_name): (Evidence, bool) = from.style()?;
    from.place(&mut evidence, name.as_ref().filter(|_| is_name).map(String::len))?;
    let written = if is_name { from.standing(&evidence)?.to_string() } else { from.text()? };
    if is_name && name.is_none() {
        *name = Some(written.clone());
    }
    Some(Mention { written, evidence, place: MentionPlace::unpack(from)? })
}
