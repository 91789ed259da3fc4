//! Which field is the title, which the employer: template induction. The heads of all entries of a section are read under
//! every order of roles; the order with the best total wins, and what a slot is in most entries counts in all of them
//! (design: extraction, 5.4). In: the heads' fields. Out: one [`Role`] per field. Does NOT find the heads (that is `heads`).

use super::cues::Cues;
use super::fields::Field;
use super::roles::{Points, Role};
use crate::model::Place;
use std::rc::Rc;

/// A field of a head with what speaks for its roles.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// Where it stands.
    pub field: Field,
    /// What it looks like.
    pub cues: Cues,
    /// What it could be.
    pub points: Points,
    /// The place that all of it is, as far as that was asked for.
    pub place: Option<Rc<Place>>,
    /// Line counted from the line of the date, and place in that line: the same slot of another entry has the same key.
    pub key: (i8, u8),
}

/// The order of title and employer that a section keeps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Title before employer.
    TitleFirst,
    /// Employer before title.
    EmployerFirst,
}

/// A head read under one order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Reading {
    /// Sum of the points of the chosen roles, minus what is missing.
    pub score: f32,
    /// One role per slot.
    pub roles: Vec<Role>,
    /// Read against the order that was asked for.
    pub deviates: bool,
}

/// What a head loses when it has no title or no employer: a reading that leaves a plausible field unused is worse than one
/// that uses it.
const MISSING: f32 = 1.0;
/// Far more than what is lost when points are added up in another order.
const ROUNDING: f32 = 0.05;
/// A field of no role.
const UNUSED: f32 = -0.4;
/// An entry leaves the section's order when its own best reading is better by this much (design: extraction, 5.4).
pub(super) const DEVIATION: f32 = 4.0;
/// Longest head, in fields, that is read; later fields have no role.
const MAX_SLOTS: usize = 8;
/// Share of a slot's mean over the section that is added to its own points (measured: 0.5 beats 0 and 1 on half A).
const SLOT_SHARE: f32 = 0.5;

/// Title used or not, employer used or not, no to two places: bit 0, bit 1, bits 2–3.
const STATES: usize = 12;
/// The role that led to a state, and the state before.
type Step = (Role, u8);

/// The best roles for `slots`: at most one title, one employer, two places. `bonus` is added by slot key.
pub(super) fn read(slots: &[Slot], order: Option<Order>, bonus: &SlotBonus) -> Reading {
    let slots = &slots[..slots.len().min(MAX_SLOTS)];
    // Best score of each state so far, and how it was reached.
    let mut scores = [f32::NEG_INFINITY; STATES];
    let mut table = [[(Role::Other, 0); STATES]; MAX_SLOTS];
    let paths = &mut table[..slots.len()];
    scores[0] = 0.0;
    let steps = &STEPS[order.map_or(2, |order| order as usize)];
    for (index, slot) in slots.iter().enumerate() {
        let mut points = slot.points;
        if let Some(mean) = bonus.mean(slot.key) {
            points.add(*mean, SLOT_SHARE);
        }
        // What is worse than no role, with what a head loses without a title or an employer, is in no best reading.
        let or_none = |gain: f32, lost: f32| if gain < UNUSED - lost - ROUNDING { f32::NEG_INFINITY } else { gain };
        let gains = [
            (Role::Title, or_none(points.title, MISSING)),
            (Role::Employer, or_none(points.employer, MISSING)),
            (Role::Place, or_none(points.place, 0.0)),
            (Role::Other, UNUSED),
        ];
        let mut after = [f32::NEG_INFINITY; STATES];
        for (state, score) in scores.iter().enumerate().filter(|(_, score)| **score > f32::NEG_INFINITY) {
            for (&(role, gain), &next) in gains.iter().zip(&steps[state]) {
                if next < STATES && score + gain > after[next] {
                    after[next] = score + gain;
                    paths[index][next] = (role, state as u8);
                }
            }
        }
        scores = after;
    }
    trace(&scores, paths, slots)
}

/// The states after a title, an employer, a place, another field, by the order that is kept to (the last: none) and the state before;
/// [`STATES`] where there is none.
const STEPS: [[[usize; 4]; STATES]; 3] = {
    let mut steps = [[[STATES; 4]; STATES]; 3];
    let mut order = 0;
    while order < 3 {
        let mut state = 0;
        while state < STATES {
            let (title, employer, places) = (state & 1 != 0, state & 2 != 0, state >> 2);
            let step = &mut steps[order][state];
            if !title && !(employer && order == Order::TitleFirst as usize) {
                step[0] = state | 1;
            }
            if !employer && !(title && order == Order::EmployerFirst as usize) {
                step[1] = state | 2;
            }
            if places < 2 {
                step[2] = state + 4;
            }
            step[3] = state;
            state += 1;
        }
        order += 1;
    }
    steps
};

/// Follows the best path back. The score is without the slot bonus, so that readings of different splits compare.
fn trace(scores: &[f32; STATES], paths: &[[Step; STATES]], slots: &[Slot]) -> Reading {
    // Without a title and an employer, without an employer, without a title, with both.
    const LOST: [f32; 4] = [MISSING + MISSING, MISSING, MISSING, 0.0];
    let mut best = (0, f32::NEG_INFINITY);
    for (state, total) in scores.iter().enumerate().map(|(state, score)| (state, score - LOST[state % 4])) {
        best = if total >= best.1 { (state, total) } else { best };
    }
    let mut state = best.0;
    let lost = LOST[state % 4];
    let mut roles = vec![Role::Other; paths.len()];
    for (role, path) in roles.iter_mut().zip(paths).rev() {
        let before;
        (*role, before) = path[state];
        state = usize::from(before);
    }
    let gain = |(slot, role): (&Slot, &Role)| if *role == Role::Other { UNUSED } else { slot.points.of(*role) };
    Reading { score: slots.iter().zip(&roles).map(gain).sum::<f32>() - lost, roles, deviates: false }
}

/// The mean points of a slot over the heads of a section.
#[derive(Debug, Clone, Default)]
pub(super) struct SlotBonus {
    means: Vec<((i8, u8), Points)>,
}

impl SlotBonus {
    /// Means over the slots of all heads; one that only one head has gives nothing.
    pub fn of<'s>(slots: impl Iterator<Item = &'s Slot>) -> SlotBonus {
        // Heads have few fields: a list is shorter than any table.
        let mut sums: Vec<((i8, u8), Points, f32)> = Vec::new();
        for slot in slots {
            let at = sums.iter().position(|(key, ..)| *key == slot.key).unwrap_or_else(|| {
                sums.push((slot.key, Points::default(), 0.0));
                sums.len() - 1
            });
            sums[at].1.add(slot.points, 1.0);
            sums[at].2 += 1.0;
        }
        let several = sums.into_iter().filter(|(_, _, count)| *count > 1.0);
        let means = several.map(|(key, sum, count)| {
            let mut mean = Points::default();
            mean.add(sum, 1.0 / count);
            (key, mean)
        });
        SlotBonus { means: means.collect() }
    }

    /// The mean points at one place.
    pub fn mean(&self, key: (i8, u8)) -> Option<&Points> {
        self.means.iter().find(|(known, _)| *known == key).map(|(_, mean)| mean)
    }
}

/// Reads a head under the section's order, or against it when that is better by [`DEVIATION`].
pub(super) fn read_or_deviate(slots: &[Slot], order: Order, bonus: &SlotBonus) -> Reading {
    let kept = read(slots, Some(order), bonus);
    // No reading is better than every field in its best role: most heads need no second look.
    let highest = |slot: &Slot| slot.points.title.max(slot.points.employer).max(slot.points.place).max(UNUSED);
    if slots.iter().take(MAX_SLOTS).map(highest).sum::<f32>() < kept.score + DEVIATION - 0.01 {
        return kept;
    }
    let free = read(slots, None, bonus);
    if free.score >= kept.score + DEVIATION { Reading { deviates: true, ..free } } else { kept }
}
