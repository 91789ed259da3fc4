//! What the slots of a section's heads are on average: [`Bonuses`]. In: the fields of all heads. Out: what that says of one head's reading.
//! Reads no head itself (that is `template`).

use super::fields::Separator;
use super::roles::Role;
use super::template::{Reading, Slot, SlotBonus};

/// What the slots of the section's heads are on average, in either split.
#[derive(Default)]
pub(super) struct Bonuses {
    /// Means of the coarse split.
    pub coarse: SlotBonus,
    /// Means of the fine split.
    pub fine: SlotBonus,
}

impl Bonuses {
    /// What stands in other heads where this one has its title is a title there.
    pub fn has_titles(&self, slots: &[Slot], reading: &Reading) -> bool {
        let mut titles = slots.iter().zip(&reading.roles).filter(|(_, role)| **role == Role::Title);
        titles.any(|(slot, _)| self.coarse.mean(slot.key).is_some_and(|mean| mean.title >= USUAL))
    }

    /// `Cook, Gull House / Ytterby — 2015 – 2017` among `Cook, Blue Fish Inn / Bergen — 2018 – 2020`: what is the employer here, for want of a
    /// better one, stands where the other entries have their place, and nothing but its capitals speaks for it.
    pub fn is_displaced(&self, slots: &[Slot], reading: &Reading) -> bool {
        let mut employers = slots.iter().zip(&reading.roles).filter(|(_, role)| **role == Role::Employer);
        employers.any(|(slot, _)| {
            let bare = slot.points.employer <= BARE_NAME;
            bare && slot.key.0 >= 0 && self.coarse.mean(slot.key).is_some_and(|mean| mean.employer <= BARE_NAME)
        })
    }

    /// `Head Cook Blue Fish`: no sign stands in front of the employer, and those of the other entries there are not marked either.
    pub fn is_loose(&self, slots: &[Slot], reading: &Reading) -> bool {
        let mut employers = slots.iter().zip(&reading.roles).filter(|(_, role)| **role == Role::Employer);
        let marked = |slot: &Slot| self.fine.mean(slot.key).is_some_and(|mean| mean.employer >= MARKED_BEHIND_BLANK);
        employers.any(|(slot, _)| slot.field.before == Separator::Blank && !marked(slot))
    }

    /// The employer stands behind the comma of its title, where most entries have one, or the place of the others stands below it.
    pub fn has_employer_beside(&self, slots: &[Slot], reading: &Reading) -> bool {
        let of_role = |wanted: Role| slots.iter().zip(&reading.roles).find(|(_, role)| **role == wanted);
        let (Some((title, _)), Some((employer, _))) = (of_role(Role::Title), of_role(Role::Employer)) else {
            return false;
        };
        let beside = title.key.0 == employer.key.0 && title.key.0 < 0 && employer.points.employer > 0.0;
        let below = slots.iter().find(|slot| slot.key.0 > title.key.0).and_then(|slot| self.fine.mean(slot.key));
        let mean = self.fine.mean(employer.key);
        beside
            && below.zip(mean).is_some_and(|(below, mean)| {
                below.place > below.employer || mean.employer >= MARKED.max(below.employer)
            })
    }
}

/// A name stands behind a title without a sign between them: always in that order.
pub(super) fn has_loose(slots: &[Slot]) -> bool {
    slots.iter().any(|slot| slot.field.before == Separator::Blank)
}

/// Most points of an employer that has nothing but its capitals and its line.
const BARE_NAME: f32 = 1.6;
/// Mean points of names at one place that are marked as those of employers.
const MARKED: f32 = 2.0;
/// The same for names without a sign in front of them: one of three with a legal form, or two with the word of a trade.
const MARKED_BEHIND_BLANK: f32 = 1.4;
/// By so much a reading with the place of the others in its place may be worse.
pub(super) const DISPLACED: f32 = 1.0;

/// Mean points of titles at one place of all heads, from which on the place itself speaks for a title: half of what a known title has.
const USUAL: f32 = 2.0;
