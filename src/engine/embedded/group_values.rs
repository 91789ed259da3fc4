//! Values of entries: which jobs are present, which overlap a time, which skill has how many years. In: the compiled condition of
//! a group. Out: tests and the universe of entries for a [`super::group::GroupPart`]. Reads columns only.

use super::columns::{Hundredths, Periods, SkillUses, days, names, open_months};
use super::cursor::LeafCursor;
use super::filter::{Answer, inside, level_at, level_passes, number, reached};
use super::group::{EntryTest, Fill, Universe};
use super::leaf::{EntryKind, Leaf};
use super::plan::{Plan, Segment};
use super::slots::Slots;
use crate::analysis::fold;
use crate::index::columns::{NO_MONTH, OPEN_MONTH, SkillUse, Span};
use crate::model::{FieldId, Month};
use crate::query::ast::{Filter, Group, Test};

/// A group, compiled.
#[derive(Debug, Clone)]
pub struct GroupPlan {
    /// Which entries.
    pub group: Group,
    /// The condition.
    pub test: EntryPlan,
    /// Documents that could have such an entry.
    pub candidates: Plan,
}

/// A condition on one entry.
#[derive(Debug, Clone)]
pub enum EntryPlan {
    /// Every entry.
    All,
    /// All of them.
    And(Vec<EntryPlan>),
    /// At least so many of them.
    AtLeast(usize, Vec<EntryPlan>),
    /// Everything but.
    Not(Box<EntryPlan>),
    /// Words.
    Words(Leaf),
    /// A value.
    Values(Filter),
    /// One of these skills, by folded canonical name.
    Skills(Vec<String>),
}

impl GroupPlan {
    /// Jobs or education entries; skills do not ask.
    pub fn kind(&self) -> EntryKind {
        if self.group == Group::Education { EntryKind::Education } else { EntryKind::Job }
    }
}

impl EntryPlan {
    /// Gives every term.
    pub fn each_leaf(&self, give: &mut dyn FnMut(&Leaf)) {
        match self {
            EntryPlan::All | EntryPlan::Values(_) | EntryPlan::Skills(_) => {}
            EntryPlan::And(of) | EntryPlan::AtLeast(_, of) => of.iter().for_each(|test| test.each_leaf(give)),
            EntryPlan::Not(test) => test.each_leaf(give),
            EntryPlan::Words(leaf) => give(leaf),
        }
    }

    /// Documents in which the condition can hold for some entry: a superset.
    pub fn candidates(&self) -> Plan {
        match self {
            EntryPlan::And(of) => {
                let required = of.iter().map(EntryPlan::candidates).collect();
                Plan::And { required, optional: Vec::new() }
            }
            EntryPlan::AtLeast(least, of) => Plan::AtLeast(*least, of.iter().map(EntryPlan::candidates).collect()),
            EntryPlan::Words(leaf) => Plan::Words(leaf.clone()),
            EntryPlan::All | EntryPlan::Not(_) | EntryPlan::Values(_) | EntryPlan::Skills(_) => Plan::All,
        }
    }
}

/// The test of a group and the entries it speaks of, on one segment.
pub fn open<'a>(plan: &'a GroupPlan, segment: &'a Segment<'a>) -> tantivy::Result<(EntryTest<'a>, Universe<'a>)> {
    Ok((open_test(&plan.test, plan.group, segment)?, universe(plan.group, segment)?))
}

fn open_test<'a>(plan: &'a EntryPlan, group: Group, segment: &'a Segment<'a>) -> tantivy::Result<EntryTest<'a>> {
    let all = |of: &'a [EntryPlan]| -> tantivy::Result<Vec<EntryTest<'a>>> {
        of.iter().map(|one| open_test(one, group, segment)).collect()
    };
    Ok(match plan {
        EntryPlan::All => EntryTest::All,
        EntryPlan::And(of) => EntryTest::and(all(of)?),
        EntryPlan::AtLeast(least, of) => EntryTest::AtLeast(*least, all(of)?),
        EntryPlan::Not(inner) => EntryTest::Not(Box::new(open_test(inner, group, segment)?)),
        EntryPlan::Words(leaf) => EntryTest::Words(Box::new(LeafCursor::open(leaf, segment, true)?)),
        EntryPlan::Skills(names) => EntryTest::Values(skills(names, segment)?),
        EntryPlan::Values(filter) => EntryTest::Values(match group {
            Group::Education => education_values(filter, segment)?,
            Group::Skill => skill_values(filter, segment)?,
            Group::Job | Group::Current | Group::Past => job_values(filter, segment)?,
        }),
    })
}

/// Fills with the numbers of the values that pass.
fn fill<T>(values: impl Iterator<Item = T>, or_unknown: bool, test: impl Fn(T) -> Answer, slots: &mut Slots) {
    for (entry, value) in values.enumerate() {
        match test(value) {
            Answer::Yes => slots.insert(entry as u32),
            Answer::Unknown if or_unknown => slots.insert(entry as u32),
            _ => {}
        }
    }
}

fn universe<'a>(group: Group, segment: &Segment<'_>) -> tantivy::Result<Universe<'a>> {
    let jobs = segment.numbers("job_count", 0)?;
    let educations = segment.numbers("education_count", 0)?;
    let periods = Periods::of_jobs(segment)?;
    let skills = segment.numbers("skill_use", 0)?;
    let as_of = segment.as_of;
    Ok(Box::new(move |doc| {
        // Within jobs nobody asks how many degrees there are.
        let is_education = group == Group::Education;
        let jobs = jobs.first(doc).unwrap_or(0).max(0) as u32;
        let educations = if is_education { educations.first(doc).unwrap_or(0).max(0) as u32 } else { 0 };
        let mut slots = Slots::default();
        let is_current = |span: Span| span.period().is_current(as_of);
        match group {
            Group::Job => slots = Slots::all(jobs),
            Group::Education => slots = Slots::all(educations),
            Group::Skill => slots = Slots::all(skills.all(doc).count() as u32),
            Group::Current => fill(periods.all(doc), false, |span| yes(is_current(span)), &mut slots),
            Group::Past => {
                let is_past = |span: Span| span.end_lo != NO_MONTH && !is_current(span);
                fill(periods.all(doc), false, |span| yes(is_past(span)), &mut slots);
            }
        }
        (jobs, educations, slots)
    }))
}

fn yes(answer: bool) -> Answer {
    if answer { Answer::Yes } else { Answer::No }
}

/// `during:`: the job certainly overlaps the time. An open end is the as-of month.
fn overlaps(span: Span, from: i64, to: i64, as_of: Month) -> Answer {
    let start = (span.start_lo != NO_MONTH).then(|| days(span.start_lo, span.start_hi, as_of));
    let end = (span.end_lo != NO_MONTH).then(|| days(span.end_lo, span.end_hi, as_of));
    let touches = |point: (i64, i64)| inside(point, from, to);
    match (start, end) {
        (Some(start), Some(end)) if start.0 > to || end.1 < from => Answer::No,
        (Some(start), Some(end)) if start.1 <= to && end.0 >= from => Answer::Yes,
        (Some(start), Some(end)) if touches(start) == Answer::Yes || touches(end) == Answer::Yes => Answer::Yes,
        (Some(start), None) if start.0 > to => Answer::No,
        (None, Some(end)) if end.1 < from => Answer::No,
        (Some(point), None) | (None, Some(point)) if touches(point) == Answer::Yes => Answer::Yes,
        _ => Answer::Unknown,
    }
}

fn job_values(filter: &Filter, segment: &Segment<'_>) -> tantivy::Result<Fill<'static>> {
    let periods = Periods::of_jobs(segment)?;
    let (as_of, or_unknown) = (segment.as_of, filter.or_unknown);
    Ok(match filter.test.clone() {
        Test::Days { from, to } => Box::new(move |doc, slots| {
            fill(periods.all(doc), or_unknown, |span| overlaps(span, from, to, as_of), slots);
        }),
        test @ Test::Number { .. } => Box::new(move |doc, slots| {
            let years = |span: Span| match span.period().span(as_of) {
                Some((first, last)) => yes(number(&test, f64::from(last.0 - first.0 + 1) / 12.0)),
                None => Answer::Unknown,
            };
            fill(periods.all(doc), or_unknown, years, slots);
        }),
        _ => Box::new(|_, _| {}),
    })
}

fn education_values(filter: &Filter, segment: &Segment<'_>) -> tantivy::Result<Fill<'static>> {
    let periods = Periods::of_education(segment)?;
    let levels = segment.numbers("edu_levels", 0)?;
    let status = segment.numbers("edu_status", 0)?;
    let grades = Hundredths::open(segment.reader, "edu_gpa")?;
    let (as_of, or_unknown) = (segment.as_of, filter.or_unknown);
    let test = filter.test.clone();
    Ok(match filter.field {
        FieldId::Graduated | FieldId::During => Box::new(move |doc, slots| {
            let Test::Days { from, to } = test else { return };
            let to = reached(from, to, as_of);
            let awarded = |(span, status): (Span, i64)| match (span.end_lo, status) {
                (_, 2) | (NO_MONTH | OPEN_MONTH, 1) => Answer::No,
                (NO_MONTH | OPEN_MONTH, _) => Answer::Unknown,
                _ => inside(days(span.end_lo, span.end_hi, as_of), from, to),
            };
            fill(periods.all(doc).zip(status.all(doc)), or_unknown, awarded, slots);
        }),
        FieldId::Gpa => Box::new(move |doc, slots| {
            let grade = |grade: f64| if grade < 0.0 { Answer::Unknown } else { yes(number(&test, grade)) };
            fill(grades.all(doc), or_unknown, grade, slots);
        }),
        FieldId::Degree => Box::new(move |doc, slots| {
            let degree = |(bits, status): (i64, i64)| degree_answer(&test, bits, status);
            fill(levels.all(doc).zip(status.all(doc)), or_unknown, degree, slots);
        }),
        _ => Box::new(|_, _| {}),
    })
}

/// Does an entry with degrees of these levels (bits) and this status satisfy the test?
fn degree_answer(test: &Test, bits: i64, status: i64) -> Answer {
    let mut levels = (0..63).filter(|index| bits & (1 << index) != 0).filter_map(level_at);
    match test {
        Test::InProgress(level) => yes(status == 1 && level.is_none_or(|level| levels.any(|found| found == level))),
        _ if bits == 0 => Answer::Unknown,
        _ => yes(status == 0 && levels.any(|found| level_passes(test, found))),
    }
}

/// Skills by folded name. Their number is their place in the column of names.
fn skills(wanted: &[String], segment: &Segment<'_>) -> tantivy::Result<Fill<'static>> {
    let Some(column) = names(segment.reader, "skill_name")? else { return Ok(Box::new(|_, _| {})) };
    let mut matching = vec![false; column.num_terms()];
    let mut name = String::new();
    for (ord, slot) in matching.iter_mut().enumerate() {
        name.clear();
        column.ord_to_str(ord as u64, &mut name)?;
        *slot = wanted.contains(&fold(&name));
    }
    Ok(Box::new(move |doc, slots| {
        let is_wanted = |ord: u64| yes(matching.get(ord as usize).copied().unwrap_or(false));
        fill(column.term_ords(doc), false, is_wanted, slots);
    }))
}

fn skill_values(filter: &Filter, segment: &Segment<'_>) -> tantivy::Result<Fill<'static>> {
    let used = SkillUses::open(|name| segment.numbers(name, 0))?;
    let (as_of, or_unknown) = (segment.as_of, filter.or_unknown);
    Ok(match filter.test.clone() {
        test @ Test::Number { .. } => Box::new(move |doc, slots| {
            let months = |SkillUse { open_from, closed, .. }| closed + open_months(open_from, as_of);
            let years = |used: SkillUse| match months(used) {
                0 => Answer::Unknown,
                months => yes(number(&test, months as f64 / 12.0)),
            };
            fill(used.all(doc), or_unknown, years, slots);
        }),
        Test::Days { from, to } => Box::new(move |doc, slots| {
            let month = |used: SkillUse| match used.last {
                NO_MONTH => Answer::Unknown,
                month => inside(days(month, month, as_of), from, to),
            };
            fill(used.all(doc), or_unknown, month, slots);
        }),
        _ => Box::new(|_, _| {}),
    })
}
