//! Proximity on positions. In: for each operand the sorted places where it stands in one document. Out: the stretches of text
//! that satisfy the operator. Exact (a dynamic programme, no greedy shortcut); never matches across entries. Reads no index.

use crate::query::ast::NearKind;

/// Where something stands: first position and the position after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First position.
    pub start: u32,
    /// Position after the last.
    pub end: u32,
}

/// What separates the entries (jobs, degrees) of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walls<'a> {
    /// Nothing: there is one entry only.
    None,
    /// Every entry has so many positions.
    Every(u32),
    /// Positions between entries, rising.
    At(&'a [u32]),
}

impl Walls<'_> {
    /// Number of the entry that a position stands in.
    pub fn slot(self, position: u32) -> u32 {
        match self {
            Walls::None => 0,
            Walls::Every(stride) => position / stride,
            Walls::At(walls) => walls.partition_point(|wall| *wall <= position) as u32,
        }
    }
}

/// Most operands of one proximity operator; the programme below keeps a table of 2^operands per place.
pub const MAX_OPERANDS: usize = 8;

/// The operator and its distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nearness {
    /// Which operator.
    pub kind: NearKind,
    /// `Slop`: other words between, in all. `Near`, `Before`: distance of neighbours, 1 = adjacent.
    pub distance: u32,
}

/// A partial arrangement that ends at some place: which operands are used, the words between so far, where it began.
#[derive(Clone, Copy)]
struct Reached {
    mask: u16,
    gap: u32,
    start: u32,
}

/// The stretches of `lists` (one sorted list per operand) that satisfy `nearness` within one entry, sorted, one per last place.
/// Operands never overlap: `java NEAR java` needs the word twice. Empty when an operand is missing.
pub fn near(lists: &[Vec<Span>], nearness: Nearness, walls: Walls<'_>) -> Vec<Span> {
    if lists.is_empty() || lists.len() > MAX_OPERANDS || lists.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let full = (1u16 << lists.len()) - 1;
    let mut places: Vec<(Span, u16)> = Vec::new();
    for (operand, list) in lists.iter().enumerate() {
        places.extend(list.iter().map(|span| (*span, 1u16 << operand)));
    }
    places.sort_unstable();
    let longest = places.iter().map(|(span, _)| span.end - span.start).max().unwrap_or(1);
    let mut reached: Vec<Vec<Reached>> = Vec::with_capacity(places.len());
    let mut out: Vec<Span> = Vec::new();
    for (at, &(span, bit)) in places.iter().enumerate() {
        let mut here: Vec<Reached> = Vec::new();
        let may_begin = nearness.kind != NearKind::Before || bit == 1;
        if may_begin {
            here.push(Reached { mask: bit, gap: 0, start: span.start });
        }
        for before in (0..at).rev() {
            let (earlier, _) = places[before];
            if earlier.start.saturating_add(longest).saturating_add(reach(nearness)) < span.start {
                break;
            }
            if earlier.end > span.start {
                continue;
            }
            let gap = span.start - earlier.end;
            if gap > 0 && walls.slot(earlier.start) != walls.slot(span.start) {
                break;
            }
            for partial in &reached[before] {
                extend(&mut here, *partial, bit, gap, nearness);
            }
        }
        let best = here.iter().filter(|partial| partial.mask == full).map(|partial| partial.start).max();
        out.extend(best.map(|start| Span { start, end: span.end }));
        reached.push(here);
    }
    out
}

/// How many words two neighbours can be apart.
fn reach(nearness: Nearness) -> u32 {
    match nearness.kind {
        NearKind::Slop => nearness.distance,
        NearKind::Near | NearKind::Before => nearness.distance.saturating_sub(1),
    }
}

/// Adds `partial` followed by the operand `bit` after `gap` other words, if that is allowed and better than what is known.
fn extend(here: &mut Vec<Reached>, partial: Reached, bit: u16, gap: u32, nearness: Nearness) {
    let in_order = nearness.kind != NearKind::Before || partial.mask == bit - 1;
    if partial.mask & bit != 0 || !in_order || gap > reach(nearness) {
        return;
    }
    let total = partial.gap + gap;
    if nearness.kind == NearKind::Slop && total > nearness.distance {
        return;
    }
    let mask = partial.mask | bit;
    match here.iter_mut().find(|known| known.mask == mask) {
        // Fewer words between leaves more for the rest; of equals the shorter stretch.
        Some(known) if (total, std::cmp::Reverse(partial.start)) < (known.gap, std::cmp::Reverse(known.start)) => {
            *known = Reached { mask, gap: total, start: partial.start };
        }
        Some(_) => {}
        None => here.push(Reached { mask, gap: total, start: partial.start }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` is words; operands are words; answers whether it matches.
    fn matches(text: &str, operands: &[&str], kind: NearKind, distance: u32) -> bool {
        let lists: Vec<Vec<Span>> = operands
            .iter()
            .map(|operand| {
                let places = text.split(' ').enumerate().filter(|(_, word)| word == operand);
                places.map(|(at, _)| Span { start: at as u32, end: at as u32 + 1 }).collect()
            })
            .collect();
        !near(&lists, Nearness { kind, distance }, Walls::None).is_empty()
    }

    #[test]
    fn distance_one_is_adjacent() {
        assert!(matches("senior engineer", &["senior", "engineer"], NearKind::Near, 1));
        assert!(!matches("senior software engineer", &["senior", "engineer"], NearKind::Near, 1));
        assert!(matches("senior software engineer", &["senior", "engineer"], NearKind::Near, 2));
        assert!(matches("engineer later senior", &["senior", "engineer"], NearKind::Near, 2));
    }

    #[test]
    fn before_keeps_the_order() {
        assert!(matches("senior software engineer", &["senior", "engineer"], NearKind::Before, 2));
        assert!(!matches("engineer later senior", &["senior", "engineer"], NearKind::Before, 2));
        assert!(!matches("senior a b engineer", &["senior", "engineer"], NearKind::Before, 2));
    }

    #[test]
    fn slop_counts_other_words_in_all() {
        assert!(matches("a x b y c", &["a", "b", "c"], NearKind::Slop, 2));
        assert!(!matches("a x b y c", &["a", "b", "c"], NearKind::Slop, 1));
        assert!(matches("c x a b", &["a", "b", "c"], NearKind::Slop, 1));
        assert!(matches("b a", &["a", "b"], NearKind::Slop, 0));
    }

    #[test]
    fn near_links_neighbours() {
        assert!(matches("a x b y c", &["a", "b", "c"], NearKind::Near, 2));
        assert!(!matches("a x b y z c", &["a", "b", "c"], NearKind::Near, 2));
    }

    #[test]
    fn the_same_word_needs_two_places() {
        assert!(!matches("java only", &["java", "java"], NearKind::Near, 5));
        assert!(matches("java only java", &["java", "java"], NearKind::Near, 2));
    }

    #[test]
    fn entries_are_walls() {
        let lists = [vec![Span { start: 60, end: 61 }], vec![Span { start: 64, end: 65 }]];
        let nearness = Nearness { kind: NearKind::Near, distance: 500 };
        for (walls, expected) in [
            (Walls::None, 1),
            (Walls::Every(64), 0),
            (Walls::Every(100), 1),
            (Walls::At(&[61, 63]), 0),
            (Walls::At(&[59, 65]), 1),
        ] {
            assert_eq!(near(&lists, nearness, walls).len(), expected, "{walls:?}");
        }
    }

    #[test]
    fn a_later_choice_may_be_needed() {
        // The nearest `a` before `b` is too far from any `c`; the arrangement c a … must still be found.
        assert!(matches("c a b", &["a", "b", "c"], NearKind::Near, 1));
        assert!(matches("a c x a b", &["a", "b", "c"], NearKind::Slop, 1));
    }
}
