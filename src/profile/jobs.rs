//! Sections of work → [`Job`]s. In: the lines of a section, the lexicon. Out: one job per stint with employers, titles, kind,
//! place, period, its lines and its text. Roles at one employer are jobs of their own that inherit the employer. Does NOT judge
//! skills or count months.

use super::behind_titles;
use super::cues::{self, Cues};
use super::dates::FoundPeriod;
use super::entry_values::{found, found_place};
use super::fields::Separator;
use super::heads::{self, LineView};
use super::inner_roles;
use super::joined;
use super::marks::Marked;
use super::roles::{self, Role};
use super::scan;
use super::segments::{self, Material, Segment, Template, ViewSlots};
use super::shared_heads;
use super::signs::Signs;
use super::slots;
use super::template::Slot;
use crate::lexicon::Lexicon;
use crate::lexicon::table::WordSet;
use crate::lexicon::words::Words;
use crate::model::{End, Evidence, Found, Job, JobKind, Month, Period, Place, SURE, Section, SectionKind, TextDoc};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Jobs of one section, in document order.
pub(super) fn of_section(marked: &Marked, section: &Section, lexicon: &Lexicon, as_of: Month) -> Vec<Job> {
    let text = marked.text;
    let views = heads::view(marked, section.lines.clone(), as_of);
    let mixed = views.iter().skip(1).any(|view| !text.lines[view.index].blank_before);
    let slots: Vec<ViewSlots> =
        views.iter().map(|view| slots::of_view(view, &text.lines[view.index], lexicon)).collect();
    let material = Material { text, section, views: &views, slots: &slots, mixed };
    let (segments, template) = segments::segment(&material);
    let default_kind = kind_of_section(text, section);
    let builder = Builder { text, lexicon, views: &views, template: template.as_ref().map(Template::describe) };
    let entries = || segments.iter().filter(|segment| is_entry(segment, &views));
    let (mut jobs, mut parts) = (Vec::new(), Vec::new());
    for segment in entries() {
        let mut job = builder.job(segment, default_kind);
        if is_study(&job, segment) {
            continue;
        }
        inner_roles::title_in_item(&mut job, text, lexicon);
        let further = inner_roles::further(&mut job, text, lexicon);
        parts.push(names_a_part(segment));
        parts.extend(further.iter().map(|_| false));
        jobs.push(job);
        jobs.extend(further);
    }
    behind_titles::places(&mut jobs, text, lexicon);
    shared_heads::join_parts(&mut jobs, &parts, text);
    shared_heads::inherit(&mut jobs);
    jobs.retain(is_job);
    jobs
}

/// A single date ("Spring 2020" above a list), or an open end alone, begins a stint only with a head that reads like one, or names a form of
/// contract ("Part-time, Summer 2019").
fn is_entry(segment: &Segment, views: &[LineView]) -> bool {
    let date = segment.anchor.and_then(|at| views[at].anchor.map(|date| &views[at].dates[date]));
    date.is_none_or(|date| date.is_range && date.period.start.is_some())
        || segment.reading.score >= 4.0
        || segment.reading.score >= 0.0 && segment.slots.iter().any(|slot| slot.cues.contract_form)
}

/// A degree and a school without a title: education that stands among the jobs.
fn is_study(job: &Job, segment: &Segment) -> bool {
    let has = |test: fn(&Cues) -> bool| segment.slots.iter().any(|slot| test(&slot.cues));
    job.titles.is_empty() && has(|cues| cues.degree) && has(|cues| cues.school)
}

/// A stint needs an employer or a title, and something more: the other one, or a date.
fn is_job(job: &Job) -> bool {
    let sure = |found: &[Found<String>]| found.iter().any(Found::is_sure);
    let named = sure(&job.employers) || sure(&job.titles);
    let both = !job.employers.is_empty() && !job.titles.is_empty();
    let absent = job.titles.iter().chain(&job.employers).any(|found| is_absence(&found.value));
    let taught = job.titles.is_empty() && job.employers.iter().all(|employer| is_course(&employer.value));
    named && !taught && !absent && (both || job.period.is_some())
}

/// Time away from work, lower case.
static ABSENCES: WordSet = WordSet::of(&[
    "career break",
    "planned career break",
    "sabbatical",
    "sabbatical leave",
    "parental leave",
    "maternity leave",
    "paternity leave",
    "family leave",
    "gap year",
    "elternzeit",
    "congé parental",
    "congé maternité",
    "congé sabbatique",
    "baja por maternidad",
    "año sabático",
    "licença maternidade",
    "travelling",
    "undergraduate",
    "unemployed",
]);

/// `Career Break`, `Elternzeit`: listed among the jobs, but none.
fn is_absence(name: &str) -> bool {
    (6..=20).contains(&name.len()) && ABSENCES.contains_in_small(name)
}

/// `BIO 101 Introduction to Biology`, `Introduction to Biology (BIO1012), Term 2`: a course that was taught, by its number.
fn is_course(name: &str) -> bool {
    let is_letters = |word: &str| (2..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_number = |word: &str| (3..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    let code_behind = |name: &str| {
        let code = name.split(", ").next()?.strip_suffix(')')?.rsplit_once('(')?.1;
        let letters = code.bytes().take_while(u8::is_ascii_uppercase).count();
        Some(is_letters(&code[..letters]) && is_number(code[letters..].trim_start()))
    };
    let mut words = name.split([' ', '-', ':']);
    let (code, number) = (words.next().is_some_and(is_letters), words.next().is_some_and(is_number));
    code && number && words.next().is_some() || code_behind(name).unwrap_or(false)
}

/// "Bergen" on the line of the title is where, not what.
fn is_bare_town(slot: &Slot) -> bool {
    let cues = &slot.cues;
    (cues.town || cues.place) && !cues.title_edge && !cues.title_inside && slot.points.title < 0.0
}

struct Builder<'a> {
    text: &'a TextDoc,
    lexicon: &'a Lexicon,
    views: &'a [LineView],
    /// The section's template in words, for the evidence.
    template: Option<String>,
}

impl Builder<'_> {
    fn job(&self, segment: &Segment, default_kind: JobKind) -> Job {
        let mut job =
            Job { kind: default_kind, lines: segment.lines.clone(), body: segment.body.clone(), ..Job::default() };
        let head = &self.views[segment.head.clone()];
        let anonymous = head.iter().any(|view| slots::is_anonymous(&self.text.lines[view.index].text));
        for (slot, role) in segment.slots.iter().zip(&segment.reading.roles) {
            match role {
                Role::Title if slot.points.title > -2.0 && !is_bare_town(slot) => {
                    job.titles.extend(self.titles(slot, segment))
                }
                Role::Employer if slot.points.employer > -2.0 && !anonymous => {
                    job.employers.extend(self.employers(slot, segment))
                }
                Role::Place if slot.points.place > 0.0 && job.location.is_none() => {
                    job.location = Some(self.place(slot, self.evidence(slot, Role::Place, segment)));
                }
                _ => {}
            }
        }
        if anonymous && job.titles.is_empty() {
            // "Customer Services  Company Name – City": the employer is left out, so what is there is the title.
            let mut fields = segment.slots.iter().zip(&segment.reading.roles);
            let named = fields.find(|(_, role)| **role == Role::Employer).map(|(slot, _)| self.titles(slot, segment));
            job.titles.extend(named.into_iter().flatten().map(|mut title| {
                title.evidence.score = title.evidence.score.max(SURE);
                title
            }));
        }
        self.firm_in_title(&mut job);
        job.period = self.period(segment);
        job.kind = self.kind(&job, segment, default_kind);
        job
    }

    /// `Test Engineer, Siemens` above the client's name: the well-known firm behind the title is an employer too. `Consultant, SAP` may as
    /// well name what is known by it.
    fn firm_in_title(&self, job: &mut Job) {
        let [title] = job.titles.as_mut_slice() else { return };
        let line = &self.text.lines[title.evidence.line as usize].text;
        let (start, end) = (title.evidence.start as usize, title.evidence.end as usize);
        let Some(piece) = line.get(start..end) else { return };
        let signs = [", ", "-", "–", " in ", " at "];
        let cut = signs.iter().filter_map(|sign| Some((scan::rfind(piece, sign)?, sign.len()))).max();
        let Some((at, length)) = cut else { return };
        let head = piece[..at].trim_end_matches([' ', ',', '-', '–']);
        // "Support Lead, - Siemens (Technology Lead)"
        let behind = piece[at + length..].trim_start();
        let tail = behind.split_once(" (").map_or(behind, |(name, _)| name);
        let firm = piece.len() - behind.len()..piece.len() - behind.len() + tail.len();
        let known = cues::is_known_employer(tail, &Words::of(tail), self.lexicon);
        let open = head.contains('(') && !head.contains(')');
        let is_skill = self.lexicon.skills().canonical(tail).is_some();
        if !known
            || is_skill
            || open
            || self.lexicon.titles().score(tail).headword
            || !self.lexicon.titles().score(head).headword
        {
            return;
        }
        let evidence =
            Evidence { score: 4.0, reason: "well-known firm behind the title +4".into(), ..title.evidence.clone() };
        let firm = found(line, start + firm.start..start + firm.end, evidence);
        title.value = head.to_string();
        title.evidence.end = (start + head.len()) as u32;
        job.employers.insert(0, firm);
    }

    fn evidence(&self, slot: &Slot, role: Role, segment: &Segment) -> Evidence {
        let mut reason = roles::reason(&slot.cues, role);
        if let Some(template) = &self.template {
            if !reason.is_empty() {
                reason.push_str("; ");
            }
            reason.push_str(template);
        }
        let others = [(Role::Title, "title"), (Role::Employer, "employer"), (Role::Place, "place")];
        let other = others.into_iter().filter(|(other, _)| *other != role);
        let other = other.max_by(|left, right| slot.points.of(left.0).total_cmp(&slot.points.of(right.0)));
        let runner_up = other.filter(|(other, _)| slot.points.of(*other) > 0.0);
        // The head as a whole vouches for a field that has few points of its own ("Glassworks" beside a sure title and a date).
        let vouched = match segment.anchor {
            Some(_) if segment.reading.score >= 1.0 || role == Role::Title && segment.is_usual => 3.0,
            None if segment.reading.score >= 5.0 => 2.5,
            _ => 1.0,
        };
        Evidence {
            runner_up: runner_up.map(|(other, name)| roles::with_tenths(name, slot.points.of(other))),
            ..Evidence::at(slot.field.line, slot.field.span.clone(), slot.points.of(role) + vouched, reason)
        }
    }

    fn place(&self, slot: &Slot, evidence: Evidence) -> Found<Place> {
        match &slot.place {
            Some(place) => {
                let raw = self.text.lines[slot.field.line].text[slot.field.span.clone()].to_string();
                Found { value: Place { raw, ..Place::clone(place) }, evidence }
            }
            None => found_place(self.text, &slot.field, evidence, self.lexicon),
        }
    }

    fn titles(&self, slot: &Slot, segment: &Segment) -> Vec<Found<String>> {
        let line = &self.text.lines[slot.field.line].text;
        let parts = joined::titles(line, self.with_discipline(slot, segment), self.lexicon);
        let evidence = self.evidence(slot, Role::Title, segment);
        parts.into_iter().map(|span| found(line, span, evidence.clone())).collect()
    }

    /// `Manager, User Experience`, `Consultant - Data Engineering`: a field of work right behind the title belongs to it.
    fn with_discipline(&self, slot: &Slot, segment: &Segment) -> std::ops::Range<usize> {
        let span = slot.field.span.clone();
        let next = segment.slots.iter().zip(&segment.reading.roles).find(|(next, _)| {
            let joined = matches!(next.field.before, Separator::Comma | Separator::Dash);
            next.field.line == slot.field.line && next.field.span.start > span.start && joined
        });
        let close = |at: usize| at <= span.end + 5;
        match next {
            Some((next, Role::Other)) if next.cues.discipline && close(next.field.span.start) => {
                span.start..next.field.span.end
            }
            _ => span,
        }
    }

    fn employers(&self, slot: &Slot, segment: &Segment) -> Vec<Found<String>> {
        let line = &self.text.lines[slot.field.line].text;
        let several = |role: Role| {
            let mut of_role = segment.slots.iter().zip(&segment.reading.roles).filter(|(_, found)| **found == role);
            of_role.any(|(slot, _)| {
                self.text.lines[slot.field.line].text[slot.field.span.clone()].contains([';', '&', '/'])
            })
        };
        let context = joined::Context { several_titles: several(Role::Title), several_places: several(Role::Place) };
        let parts = joined::employers(line, slot.field.span.clone(), context, self.lexicon);
        let evidence = self.evidence(slot, Role::Employer, segment);
        parts.into_iter().map(|span| found(line, span, evidence.clone())).collect()
    }

    fn period(&self, segment: &Segment) -> Option<Found<Period>> {
        let view = &self.views[segment.anchor?];
        let date = &view.dates[view.anchor?];
        let score = if date.is_range { 6.0 } else { 4.0 };
        let evidence = Evidence::at(view.index, date.start..date.end, score, "date of the entry");
        Some(Found { value: stint(date), evidence })
    }

    fn kind(&self, job: &Job, segment: &Segment, default_kind: JobKind) -> JobKind {
        if default_kind == JobKind::Volunteering {
            return default_kind;
        }
        let (mut intern, mut freelance) = (false, false);
        for slot in &segment.slots {
            let (of_intern, of_freelance) = kinds_of(&self.text.lines[slot.field.line].text[slot.field.span.clone()]);
            (intern, freelance) = (intern | of_intern, freelance | of_freelance);
        }
        let mut title = String::new();
        if job.titles.iter().any(|title| STINT_SIGNS.may_stand_in(&title.value)) {
            title = job.titles.iter().map(|title| title.value.to_lowercase()).collect::<Vec<_>>().join(" ");
        }
        if intern || title.contains("werkstudent") || title.contains("working student") {
            JobKind::Internship
        } else if freelance {
            JobKind::Freelance
        } else if title.contains("volunteer") || title.contains("bénévole") {
            JobKind::Volunteering
        } else {
            default_kind
        }
    }
}

/// One of these stands in every title that says by itself what kind of stint it is.
static STINT_SIGNS: LazyLock<Signs> = LazyLock::new(|| Signs::of(["student", "volunteer", "vole"]));

/// A field of a head names an internship, and freelance work.
fn kinds_of(field: &str) -> (bool, bool) {
    let lower = if field.is_ascii() { Cow::Borrowed(field) } else { Cow::Owned(field.to_lowercase()) };
    let (mut intern, mut freelance, mut employed) = (false, false, false);
    for word in scan::alphanumeric_words(&lower) {
        intern |= INTERN.contains_in_small(word);
        freelance |= FREELANCE.contains_in_small(word);
        employed |= word.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("employed"));
    }
    if employed {
        let lower = lower.to_ascii_lowercase();
        freelance |= lower.contains("self-employed") || lower.contains("self employed");
    }
    (intern, freelance)
}

/// The period of a job. A single date ("Summer 2019", "2018") is all of it.
pub(super) fn stint(date: &FoundPeriod) -> Period {
    match (date.is_range, date.period.end) {
        (false, End::At(point)) => Period { start: Some(point), end: End::At(point), flags: date.period.flags.clone() },
        _ => date.period.clone(),
    }
}

static INTERN: WordSet = WordSet::of(&[
    "intern",
    "interns",
    "internship",
    "trainee",
    "apprentice",
    "stagiaire",
    "praktikant",
    "praktikantin",
    "becario",
    "becaria",
    "pasante",
    "estagiário",
    "estagiária",
    "stage",
    "praktikum",
    "tirocinante",
    "стажер",
    "praktik",
    "extern",
    "externship",
]);
static FREELANCE: WordSet =
    WordSet::of(&["freelance", "freelancer", "freiberuflich", "freiberufler", "autónomo", "indépendant"]);

/// Kind of work the heading promises.
fn kind_of_section(text: &TextDoc, section: &Section) -> JobKind {
    let heading = section.heading.map(|line| text.lines[line].text.to_lowercase()).unwrap_or_default();
    if section.kind == SectionKind::Volunteering {
        JobKind::Volunteering
    } else if heading.contains("intern") && !heading.contains("experience &") || heading.contains("praktik") {
        JobKind::Internship
    } else if heading.contains("freelance") {
        JobKind::Freelance
    } else {
        JobKind::Employment
    }
}

/// `Vice President, Special Projects`: what stands behind the comma has nothing that marks an employer.
fn names_a_part(segment: &Segment) -> bool {
    let of_role = |role: Role| {
        let mut slots = segment.slots.iter().zip(&segment.reading.roles);
        slots.find(|(_, found)| **found == role).map(|(slot, _)| slot)
    };
    let (Some(title), Some(employer)) = (of_role(Role::Title), of_role(Role::Employer)) else { return false };
    let cues = &employer.cues;
    let marked = cues.legal_form || cues.company_word || cues.school || cues.known_organisation || cues.domain;
    let behind = title.field.line == employer.field.line
        && employer.field.before == Separator::Comma
        && (title.field.span.end..title.field.span.end + 4).contains(&employer.field.span.start);
    behind && !marked && segment.head.len() == 1
}

#[cfg(test)]
mod tests {
    use super::kinds_of;

    #[test]
    fn words_for_kinds_of_work() {
        let check = |field: &str, expected: (bool, bool)| assert_eq!(kinds_of(field), expected, "{field}");
        check("Summer INTERN, Kitchen", (true, false));
        check("ESTAGIÁRIO de Cozinha", (true, false));
        check("Стажер", (true, false));
        check("Internal Baker", (false, false));
        check("Freelance Baker", (false, true));
        check("Baker (Self-Employed)", (false, true));
        check("Self employed", (false, true));
        check("Employed baker, self taught", (false, false));
    }
}
