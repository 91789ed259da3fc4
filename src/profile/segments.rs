//! Lines of a section → entries. In: the lines' views and the fields of every head line. Out: [`Segment`]s: head, text, date and
//! the roles of the head's fields. How many lines stand before and after the line of the date, and whether the title or the
//! employer comes first, is induced from all entries together. Does NOT build jobs (that is `jobs`).

use super::bonuses::{self, Bonuses, DISPLACED};
use super::heads::{LineClass, LineView};
use super::roles::Role;
use super::template::{self, DEVIATION, Order, Reading, Slot, SlotBonus};
use crate::model::{Line, Section, TextDoc};
use std::cell::OnceCell;
use std::ops::Range;

/// One entry of a section.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    /// Views (positions, not line numbers) of the head.
    pub head: Range<usize>,
    /// View that holds the date, if any.
    pub anchor: Option<usize>,
    /// The head's fields.
    pub slots: Vec<Slot>,
    /// Their roles.
    pub reading: Reading,
    /// Where its title stands, most entries of the section have one.
    pub is_usual: bool,
    /// Lines of the document: the whole entry.
    pub lines: Range<usize>,
    /// Lines of the document: its text.
    pub body: Range<usize>,
}

/// The fields of one view, coarse and fine (split at commas and ` at `).
#[derive(Debug, Clone, Default)]
pub(super) struct ViewSlots {
    /// Fields between tabs, bars, dashes, dates.
    pub coarse: Vec<Slot>,
    /// The same, split further where both parts are plausible; equal to `coarse` if nothing is to split.
    pub fine: Vec<Slot>,
}

/// Lines before and after the line of the date, and the order of roles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Template {
    before: usize,
    after: usize,
    order: Order,
    /// By how much the order wins over the other one.
    pub margin: f32,
}

impl Template {
    /// `1 line before the date, 0 after, employer first`, for the evidence.
    pub fn describe(&self) -> String {
        let order = if self.order == Order::TitleFirst { "title first" } else { "employer first" };
        format!("template: {} before the date, {} after, {order} (+{:.1})", self.before, self.after, self.margin)
    }
}

/// Everything the search for the template looks at.
pub(super) struct Material<'a> {
    /// The document.
    pub text: &'a TextDoc,
    /// The section.
    pub section: &'a Section,
    /// Views of its lines.
    pub views: &'a [LineView],
    /// Their fields; empty for lines that cannot be in a head.
    pub slots: &'a [ViewSlots],
    /// Some lines have a blank line before them and some do not, so that blanks mean something.
    pub mixed: bool,
}

/// Lines of a head beside that of the date, on either side.
const REACH: usize = 3;
/// A head line whose fields have no role at all.
const IDLE_LINE: f32 = -0.7;
/// A blank line inside a head, where the section also has lines without blank before them.
const GAP_INSIDE: f32 = -0.5;
/// A markup heading inside a head, below its first line.
const HEADING_INSIDE: f32 = -2.0;
/// The employer is rather on the first line of a head than below.
const FIRST_LINE: f32 = 0.5;
/// And rather the first field of a line than another one: `Blue Fish Inn | Ytterhamn`.
const FIRST_FIELD: f32 = 0.3;
/// What an entry without a date needs to be one.
#[derive(Clone, Copy)]
struct Enough {
    /// Points of the head.
    head: f32,
    /// Points of the employer: a name with capitals, or one that is marked as that of an employer.
    employer: f32,
}

/// No entry of the section has a date.
const FEW_DATES: Enough = Enough { head: 2.5, employer: 1.0 };
/// One or two have.
const BESIDE_DATED: Enough = Enough { head: 5.0, employer: 1.0 };
/// Three or more have: one without a date is mostly the name at the head of a page, or a line of text.
const AMONG_DATED: Enough = Enough { head: 5.0, employer: 2.5 };

/// Splits the section into entries, in document order.
pub(super) fn segment(material: &Material) -> (Vec<Segment>, Option<Template>) {
    let anchors = anchors(material.views);
    if anchors.is_empty() {
        return (finish(material, dateless(material, &[], FEW_DATES)), None);
    }
    let template = induce(material, &anchors);
    let layout = layout(material.views, &anchors, template.before, template.after);
    let heads: Vec<HeadSlots> = layout.iter().map(|head| HeadSlots::of(material, head)).collect();
    let bonus = Bonuses {
        coarse: SlotBonus::of(heads.iter().flat_map(|head| &head.coarse)),
        fine: SlotBonus::of(heads.iter().flat_map(HeadSlots::fine)),
    };
    let segment = |head: HeadSlots| {
        let Head { range, anchor } = head.head.clone();
        let (slots, reading) = head.read_into(template.order, &bonus);
        let is_usual = bonus.has_titles(&slots, &reading);
        Segment { head: range, anchor: Some(anchor), slots, reading, is_usual, lines: 0..0, body: 0..0 }
    };
    let mut segments: Vec<Segment> = heads.into_iter().map(segment).collect();
    let taken: Vec<Range<usize>> = segments.iter().map(|segment| segment.head.clone()).collect();
    let enough = if anchors.len() >= 3 { AMONG_DATED } else { BESIDE_DATED };
    segments.extend(dateless(material, &taken, enough));
    segments.sort_by_key(|segment| (segment.head.start, segment.anchor));
    (finish(material, segments), Some(template))
}

/// Views whose date dates an entry. A single date beside a range is no date of its own.
fn anchors(views: &[LineView]) -> Vec<usize> {
    let ranged = |view: &LineView| view.anchor.is_some_and(|at| view.dates[at].is_range);
    let mut last_range: Option<usize> = None;
    let mut found = Vec::new();
    for (at, view) in views.iter().enumerate().filter(|(_, view)| view.anchor.is_some()) {
        if ranged(view) {
            last_range = Some(at);
            found.push(at);
            continue;
        }
        // "2021  Animator, Pebble Games" among "2019 – 2020  Artist, Kite Studio": each line is an entry of its own.
        let alike = |other: usize| stands_alike(view, &views[other]);
        let near_before =
            last_range.is_some_and(|last| at - last <= 2 && run_of_heads(views, last, at) && !alike(last));
        let near_after = (at + 1..views.len().min(at + 3))
            .any(|next| ranged(&views[next]) && run_of_heads(views, at, next) && !alike(next));
        if view.class == LineClass::Head && !near_before && !near_after {
            found.push(at);
        }
    }
    found
}

/// Both lines have words of their own beside a date at the same end of the line.
fn stands_alike(one: &LineView, other: &LineView) -> bool {
    let worded = one.rest >= 2 && other.rest >= 2;
    let place = |view: &LineView| view.anchor.map(|at| (view.dates[at].start == 0, view.dates[at].start > 0));
    worded && place(one) == place(other)
}

fn run_of_heads(views: &[LineView], from: usize, to: usize) -> bool {
    views[from..=to].iter().all(|view| view.class == LineClass::Head)
}

/// A head: its views and the view of its date.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Head {
    range: Range<usize>,
    anchor: usize,
}

/// The heads under a template. Lines between two dates go to the later entry first.
fn layout(views: &[LineView], anchors: &[usize], before: usize, after: usize) -> Vec<Head> {
    let is_free = |at: usize| views[at].class == LineClass::Head && views[at].anchor.is_none();
    let mut heads: Vec<Head> = Vec::with_capacity(anchors.len());
    let mut floor = 0;
    for (number, &anchor) in anchors.iter().enumerate() {
        let mut start = anchor;
        while start > floor && anchor - start < before && is_free(start - 1) {
            start -= 1;
        }
        let mut end = anchor + 1;
        let next = anchors.get(number + 1).copied().unwrap_or(views.len());
        let contiguous = next < views.len() && (anchor + 1..next).all(is_free);
        let limit = if contiguous { next.saturating_sub(before).max(end) } else { views.len() };
        while end < limit && end - anchor - 1 < after && is_free(end) && !views[anchor].margin {
            end += 1;
        }
        heads.push(Head { range: start..end, anchor });
        floor = end;
    }
    heads
}

/// Tries every number of lines before and after the date.
fn induce(material: &Material, anchors: &[usize]) -> Template {
    let mut best: Option<(f32, Template)> = None;
    let mut tried: Vec<Vec<Head>> = Vec::new();
    let mut scores = HeadScores { material, none: Bonuses::default(), known: vec![Vec::new(); anchors.len()] };
    // Where all heads are one line, all templates are the same.
    let is_free = |view: &LineView| view.class == LineClass::Head && view.anchor.is_none();
    let most = if material.views.iter().any(is_free) { REACH + 1 } else { 0 };
    for total in 0..=most {
        for after in 0..=total.min(REACH) {
            let before = total - after;
            if before > REACH {
                continue;
            }
            let heads = layout(material.views, anchors, before, after);
            if tried.contains(&heads) {
                continue;
            }
            let (mut title_first, mut employer_first) = (0.0, 0.0);
            for (number, head) in heads.iter().enumerate() {
                let [title, employer] = scores.of(number, head);
                title_first += title;
                employer_first += employer;
            }
            tried.push(heads);
            let order = if title_first > employer_first { Order::TitleFirst } else { Order::EmployerFirst };
            let margin = (title_first - employer_first).abs();
            let score = title_first.max(employer_first);
            if best.as_ref().is_none_or(|(found, _)| score > *found + 0.01) {
                best = Some((score, Template { before, after, order, margin }));
            }
        }
    }
    best.map(|(_, template)| template).unwrap_or(Template {
        before: 0,
        after: 0,
        order: Order::EmployerFirst,
        margin: 0.0,
    })
}

/// The fields of a head, keyed by their place relative to the date.
fn gather(material: &Material, head: &Head, coarse: bool) -> Vec<Slot> {
    let mut slots = Vec::with_capacity(4 * head.range.len());
    for at in head.range.clone().filter(|at| !(material.views[*at].margin && *at == head.anchor)) {
        let of_view = if coarse { &material.slots[at].coarse } else { &material.slots[at].fine };
        for (place, slot) in of_view.iter().enumerate() {
            let key = (at as i64 - head.anchor as i64, place.min(7) as u8);
            let mut slot = Slot { key: (key.0 as i8, key.1), ..slot.clone() };
            // Of two nameless fields the employer is the one on the first line.
            if at == head.range.start && !slot.cues.sentence {
                slot.points.employer += FIRST_LINE;
            } else if place == 0 && of_view.len() > 1 && !slot.cues.sentence {
                slot.points.employer += FIRST_FIELD;
            }
            slots.push(slot);
        }
    }
    slots
}

/// The fields of a head in both splits.
struct HeadSlots<'a> {
    material: &'a Material<'a>,
    head: &'a Head,
    coarse: Vec<Slot>,
    /// Made when they are asked for.
    fine: OnceCell<Vec<Slot>>,
}

impl<'a> HeadSlots<'a> {
    fn of(material: &'a Material<'a>, head: &'a Head) -> HeadSlots<'a> {
        HeadSlots { material, head, coarse: gather(material, head, true), fine: OnceCell::new() }
    }

    fn fine(&self) -> &Vec<Slot> {
        self.fine.get_or_init(|| gather(self.material, self.head, false))
    }

    /// There are as many fields in either split.
    fn is_whole(&self) -> bool {
        let views = &self.material.slots[self.head.range.clone()];
        views.iter().all(|view| view.fine.len() == view.coarse.len()) || self.fine().len() == self.coarse.len()
    }

    /// The better of the coarse and the fine reading, and whether it is the fine one; fine only where coarse finds no title or no
    /// employer.
    fn read(&self, order: Order, bonus: &Bonuses) -> (bool, Reading) {
        let reading = template::read_or_deviate(&self.coarse, order, &bonus.coarse);
        let has = |role: Role| {
            // "Cook, Blue Fish Inn / Bergen — 2019": a town in the employer's place is a reason to look closer.
            let town = |slot: &Slot| role == Role::Employer && slot.points.place > slot.points.employer;
            // "Head Cook, Blue Fish Foods AB": a title with a legal form holds the employer, too.
            let firm = |slot: &Slot| role == Role::Title && slot.cues.legal_form;
            let mut found = self.coarse.iter().zip(&reading.roles);
            found.any(|(slot, found)| *found == role && slot.points.of(role) > 0.0 && !town(slot) && !firm(slot))
        };
        let complete = has(Role::Title) && has(Role::Employer);
        if complete && !bonus.is_displaced(&self.coarse, &reading) || self.is_whole() {
            return (false, reading);
        }
        // Parts of one line have an order of their own: "Cook, Blue Fish Inn" in a section of "Employer / Title" entries.
        let finer = if bonuses::has_loose(self.fine()) {
            template::read(self.fine(), None, &bonus.fine)
        } else {
            template::read_or_deviate(self.fine(), order, &bonus.fine)
        };
        let enough = if complete { reading.score - DISPLACED } else { reading.score + 0.5 };
        let better = finer.score > enough
            && (!complete || bonus.has_employer_beside(self.fine(), &finer))
            && !bonus.is_loose(self.fine(), &finer);
        if better { (true, finer) } else { (false, reading) }
    }

    /// The fields of that reading, and it.
    fn read_into(self, order: Order, bonus: &Bonuses) -> (Vec<Slot>, Reading) {
        let (is_fine, reading) = self.read(order, bonus);
        (if is_fine { self.fine().clone() } else { self.coarse }, reading)
    }
}

/// What a head scores when the title or the employer comes first.
type Scores = [f32; 2];

/// Scores of heads while the template is sought. Most templates give a date one of very few heads: each is scored once.
struct HeadScores<'a> {
    material: &'a Material<'a>,
    none: Bonuses,
    /// For every date the heads that were scored.
    known: Vec<Vec<(Range<usize>, Scores)>>,
}

impl HeadScores<'_> {
    fn of(&mut self, number: usize, head: &Head) -> Scores {
        if let Some((_, scores)) = self.known[number].iter().find(|(range, _)| *range == head.range) {
            return *scores;
        }
        let slots = HeadSlots::of(self.material, head);
        let scores = [Order::TitleFirst, Order::EmployerFirst].map(|order| self.score(&slots, order));
        self.known[number].push((head.range.clone(), scores));
        scores
    }

    fn score(&self, head: &HeadSlots, order: Order) -> f32 {
        let (is_fine, reading) = head.read(order, &self.none);
        let slots = if is_fine { head.fine() } else { &head.coarse };
        // A head that has to be read against the order speaks for the other one.
        let against = if reading.deviates { DEVIATION } else { 0.0 };
        reading.score + shape(self.material, head.head, slots, &reading) - against
    }
}

/// Points for the shape of a head: lines without a role, gaps, headings in the middle.
fn shape(material: &Material, head: &Head, slots: &[Slot], reading: &Reading) -> f32 {
    let mut points = 0.0;
    let line_of = |at: usize| &material.text.lines[material.views[at].index];
    for at in head.range.clone() {
        let index = material.views[at].index;
        let mut roles = slots.iter().zip(&reading.roles).filter(|(slot, _)| slot.field.line == index).peekable();
        if roles.peek().is_some() && roles.all(|(_, role)| *role == Role::Other) && at != head.anchor {
            points += IDLE_LINE;
        }
        if at > head.range.start {
            let line: &Line = line_of(at);
            points += if material.mixed && line.blank_before { GAP_INSIDE } else { 0.0 };
            let higher = line.style.heading > 0 && line_of(at - 1).style.heading == 0;
            points += if higher { HEADING_INSIDE } else { 0.0 };
        }
    }
    points
}

/// Entries without a date: runs of head lines outside `taken`, with a title and an employer.
fn dateless(material: &Material, taken: &[Range<usize>], enough: Enough) -> Vec<Segment> {
    let views = material.views;
    let mut is_taken = vec![false; views.len()];
    taken.iter().cloned().flatten().for_each(|at| is_taken[at] = true);
    let mut segments = Vec::new();
    let mut at = 0;
    while at < views.len() {
        if is_taken[at] || views[at].class != LineClass::Head {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        let same_entry = |at: usize| {
            let line = &material.text.lines[views[at].index];
            let higher =
                line.style.heading > 0 && line.style.heading <= material.text.lines[views[start].index].style.heading;
            views[at].class == LineClass::Head && !is_taken[at] && !higher
        };
        while at < views.len() && at - start < REACH && same_entry(at) {
            at += 1;
        }
        // "QA Engineer at Blue Bay" / "Tester at Fjord Foods": lines that say all of an entry are one each.
        let alone = |at: usize| likely_entry(material, at..at + 1, enough).is_some();
        if at - start > 1 && alone(start) && alone(start + 1) {
            at = start + 1;
        }
        // "Head Cook / Blue Fish Inn / Gull Diner / Line Cook": an entry every two lines.
        let is_free = |at: usize| views[at].class == LineClass::Head && !is_taken[at];
        let pair = |at: usize| {
            at + 2 <= views.len() && (at..at + 2).all(is_free) && likely_entry(material, at..at + 2, enough).is_some()
        };
        if at - start > 2 && pair(start) && pair(start + 2) {
            at = start + 2;
        }
        if let Some((slots, reading)) = likely_entry(material, start..at, enough) {
            segments.push(Segment {
                head: start..at,
                anchor: None,
                slots,
                reading,
                is_usual: false,
                lines: 0..0,
                body: 0..0,
            });
        }
    }
    segments
}

/// The head of an entry without a date that has a title and an employer, if the views are one.
fn likely_entry(material: &Material, range: Range<usize>, enough: Enough) -> Option<(Vec<Slot>, Reading)> {
    // "Name: Ada Gull / Designation: Head Cook" without a date: who vouches for the candidate.
    let line = |at: usize| &material.text.lines[material.views[at].index].text;
    if range.clone().any(|at| line(at).starts_with("Name") && line(at)[4..].trim_start().starts_with(':')) {
        return None;
    }
    let head = Head { anchor: range.start, range };
    let none = Bonuses::default();
    let slots = HeadSlots::of(material, &head);
    let readings = [Order::TitleFirst, Order::EmployerFirst].map(|order| slots.read(order, &none));
    let (is_fine, reading) = readings.into_iter().max_by(|left, right| left.1.score.total_cmp(&right.1.score))?;
    let slots = if is_fine { slots.fine().clone() } else { slots.coarse };
    let points = |role| {
        slots.iter().zip(&reading.roles).find(|(_, found)| **found == role).map(|(slot, _)| slot.points.of(role))
    };
    let likely = points(Role::Title).is_some_and(|title| title >= 4.0)
        && points(Role::Employer).is_some_and(|employer| employer >= enough.employer);
    (likely && reading.score >= enough.head).then_some((slots, reading))
}

/// Sets the line ranges: an entry reaches to the head of the next one.
fn finish(material: &Material, mut segments: Vec<Segment>) -> Vec<Segment> {
    let views = material.views;
    let starts: Vec<usize> = segments.iter().map(|segment| views[segment.head.start].index).collect();
    for (number, segment) in segments.iter_mut().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(material.section.lines.end);
        let last = segment.head.end.saturating_sub(1);
        let margin = segment.anchor.is_some_and(|anchor| anchor == last && views[anchor].margin);
        let opens = segment.anchor.is_some_and(|anchor| anchor == last && views[anchor].class != LineClass::Head);
        let body = if margin || opens { views[last].index } else { views[last].index + 1 };
        segment.lines = starts[number]..end.max(starts[number]);
        segment.body = body.min(segment.lines.end)..segment.lines.end;
    }
    segments
}
