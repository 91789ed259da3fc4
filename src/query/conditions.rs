//! Conditions on values: degrees and levels, dates, numbers, presence, paths. In: the field and the value as typed. Out:
//! filters. The arithmetic of dates and numbers is in `values`.

use super::ast::{Filter, Group, Node, Test, TextMatch};
use super::lexer::Compare;
use super::meaning::{Meaning, Scope};
use super::syntax::{Tree, TreeKind};
use super::{names, values};
use crate::error::Result;
use crate::model::{DegreeLevel, Field, FieldId, FieldKind, SkipReason};

/// Words for the levels of degrees; everything else is a degree as written.
const LEVELS: &[(DegreeLevel, &[&str])] = &[
    (DegreeLevel::Secondary, &["secondary", "highschool", "high_school", "school", "ged", "abitur"]),
    (DegreeLevel::Certificate, &["certificate", "vocational"]),
    (DegreeLevel::Associate, &["associate", "associates", "foundation"]),
    (DegreeLevel::Bachelor, &["bachelor", "bachelors", "undergraduate", "undergrad", "graduate"]),
    (DegreeLevel::Master, &["master", "masters", "postgraduate", "postgrad"]),
    (DegreeLevel::Professional, &["professional"]),
    (DegreeLevel::Doctorate, &["doctorate", "doctorates", "doctoral", "doctor", "phd"]),
];

/// Names of `has:` that are no fields, and what else they are called.
const PRESENCES: &[(&str, &[&str])] = &[
    ("link", &["links", "url", "website", "linkedin", "github"]),
    ("job", &["jobs", "employment"]),
    ("publication", &["publications", "paper", "papers"]),
    ("award", &["awards"]),
    ("photo", &["picture"]),
    ("newer", &["newer_version", "superseded"]),
    ("hidden-text", &["hidden"]),
    ("keyword-stuffing", &["stuffing"]),
    ("machine-address", &[]),
    ("reversed-dates", &[]),
];

/// Fields every résumé has, or that have no value of their own.
const NEVER_ABSENT: &[FieldId] = &[
    FieldId::Text,
    FieldId::Path,
    FieldId::Format,
    FieldId::Updated,
    FieldId::Has,
    FieldId::Status,
    FieldId::During,
    FieldId::Used,
];

/// Values of `status:` that are no reasons to leave a file out.
const STATES: &[&str] = &["indexed", "ocr", "partial", "skipped"];

impl Meaning<'_, '_, '_> {
    /// Refuses a field where it has no meaning.
    pub(super) fn check_place(&self, name: &Tree, field: FieldId, group: Option<Group>) -> Result<()> {
        let row = field.row();
        if has_place(row, group) {
            return Ok(());
        }
        let Some(group) = group else {
            let message = format!("`{}` has a meaning only within one entry", row.name);
            return Err(self.error(name, message).hint(format!("for example `{}`", row.example)));
        };
        let fields =
            crate::model::FIELDS.iter().filter(|row| has_place(row, Some(group)) && row.id != FieldId::SkillInJob);
        let fields: Vec<&str> = fields.map(|row| row.name).collect();
        let group = names::group_name(group);
        Err(self
            .error(name, format!("`{}` is nothing that {group}(…) knows", row.name))
            .hint(format!("{group}(…) takes {}", fields.join(", "))))
    }

    /// Refuses `employer>=x`.
    pub(super) fn check_comparison(&self, name: &Tree, field: FieldId, compare: Compare) -> Result<()> {
        let row = field.row();
        let has_order = matches!(row.kind, FieldKind::Date | FieldKind::Number | FieldKind::Degree);
        if has_order || matches!(compare, Compare::Is | Compare::Exact) {
            return Ok(());
        }
        Err(self
            .error(name, format!("`{}` has no order, so it cannot be compared", row.name))
            .hint(format!("for example `{}`", row.example)))
    }

    /// A value of a field that is not searched by words.
    pub(super) fn condition(
        &mut self,
        tree: &Tree,
        text: &str,
        brackets: Option<(char, char)>,
        scope: Scope,
    ) -> Result<Node> {
        let field = scope.field.unwrap_or(FieldId::Text);
        let compare = scope.compare.unwrap_or(Compare::Is);
        let kind = field.row().kind;
        let (text, or_unknown) = match text.strip_suffix('?') {
            Some(value) if kind != FieldKind::Pattern => (value, true),
            _ => (text, false),
        };
        let fault = |(message, hint): values::Fault| self.error(tree, message).hint(hint);
        let test = match kind {
            FieldKind::Date => {
                let (from, to) = values::days(text, brackets, compare, self.today).map_err(fault)?;
                Test::Days { from, to }
            }
            FieldKind::Number => self.number(tree, text, brackets, field, compare)?,
            FieldKind::Presence => self.presence(tree, text)?,
            FieldKind::Pattern => Test::Pattern(text.to_string()),
            FieldKind::State => self.state(tree, text)?,
            FieldKind::Words | FieldKind::Degree => return self.degree(tree, text, scope),
        };
        Ok(Node::Filter(Filter { field, test, or_unknown }))
    }

    fn number(
        &mut self,
        tree: &Tree,
        text: &str,
        brackets: Option<(char, char)>,
        field: FieldId,
        compare: Compare,
    ) -> Result<Test> {
        let mut assumed = None;
        let read = |number: &str| match field {
            FieldId::Gpa => values::grade(number).map(|(value, scale)| {
                if let Some(scale) = scale {
                    assumed = Some((number.to_string(), value, scale));
                }
                value
            }),
            _ => values::years(number),
        };
        let range = values::numbers(text, brackets, compare, read);
        let (mut from, mut to) = range.map_err(|(message, hint)| self.error(tree, message).hint(hint))?;
        if let Some((typed, value, scale)) = assumed {
            self.notice(tree, format!("read the grade {typed} as {typed}/{scale}, which is {value} on the scale of 4"));
        }
        let is_whole_year = field == FieldId::Years && brackets.is_none() && compare == Compare::Is && from == to;
        if is_whole_year {
            (from, to) = ((from.0, false), (from.0 + 1.0, true));
            self.notice(
                tree,
                format!(
                    "read `years:{text}` as {} to under {}; `years>={text}` asks for at least so many",
                    from.0, to.0
                ),
            );
        }
        Ok(Test::Number { from: from.0, to: to.0, from_open: from.1, to_open: to.1 })
    }

    fn state(&self, tree: &Tree, text: &str) -> Result<Test> {
        let lower = text.to_lowercase();
        let known = STATES.iter().find(|state| **state == lower).copied().or_else(|| SkipReason::named(&lower));
        known.map(Test::State).ok_or_else(|| {
            let names: Vec<&str> = STATES.iter().copied().chain(SkipReason::names()).collect();
            self.error(tree, format!("`status:` does not know `{text}`")).hint(format!("one of: {}", names.join(", ")))
        })
    }

    fn presence(&mut self, tree: &Tree, text: &str) -> Result<Test> {
        let lower = text.to_lowercase();
        if let Some(field) = FieldId::named(&lower).filter(|field| !NEVER_ABSENT.contains(field)) {
            return Ok(Test::Present(field));
        }
        if let Some((name, _)) =
            PRESENCES.iter().find(|(name, others)| *name == lower || others.contains(&lower.as_str()))
        {
            return Ok(Test::PresentNamed((*name).to_string()));
        }
        let error = self.error(tree, format!("`has:` does not know `{text}`"));
        Err(error.hint("it knows email, phone, link, degree, gpa, graduated, job, title, employer, school, skill, cert, lang, location, project, publication, award, photo, newer; and the flags hidden-text, keyword-stuffing, machine-address, reversed-dates"))
    }

    /// `degree:master`, `degree>=bachelor`, `degree:btech`.
    pub(super) fn degree(&mut self, tree: &Tree, text: &str, scope: Scope) -> Result<Node> {
        let (text, or_unknown) = text.strip_suffix('?').map_or((text, false), |text| (text, true));
        let compare = scope.compare.unwrap_or(Compare::Is);
        let filter = |test| Ok(Node::Filter(Filter { field: FieldId::Degree, test, or_unknown }));
        if compare == Compare::Exact {
            return self.term(tree, TextMatch::Exact(text.to_string()), scope);
        }
        if text.eq_ignore_ascii_case("any") && compare == Compare::Is {
            return Ok(Node::Filter(Filter { field: FieldId::Has, test: Test::Present(FieldId::Degree), or_unknown }));
        }
        let known = level_named(text);
        let written = self.lexicon.degrees().level_of(text);
        if compare == Compare::Is {
            return match (known, written) {
                (Some(level), _) => filter(Test::Level(level)),
                (None, Some(level)) => {
                    let level = level.name();
                    self.notice(
                        tree,
                        format!(
                            "`degree:{text}` searches the degree as written; `degree:{level}` finds all of that level"
                        ),
                    );
                    self.plain(tree, text, scope)
                }
                (None, None) if nearest_level(text).is_some() => Err(self.no_level(tree, text)),
                (None, None) => self.term(tree, TextMatch::Word(text.to_string()), scope),
            };
        }
        let Some(level) = known.or(written) else { return Err(self.no_level(tree, text)) };
        if known.is_none() {
            self.notice(tree, format!("read `{text}` as its level, {}", level.name()));
        }
        let above = matches!(compare, Compare::More | Compare::MoreOrEqual);
        let strict = matches!(compare, Compare::More | Compare::Less);
        filter(Test::LevelRange { level, above, strict })
    }

    fn no_level(&self, tree: &Tree, text: &str) -> crate::Error {
        let error = self.error(tree, format!("`{text}` is no level of a degree"));
        let levels = DegreeLevel::ALL.map(DegreeLevel::name).join(", ");
        match nearest_level(text) {
            Some(near) => error.hint(format!(
                "did you mean `degree:{near}`? For the degree as written, use quotes: `degree:\"{text}\"`"
            )),
            None => error.hint(format!("the levels are {levels}")),
        }
    }

    /// `degree:bachelor[in_progress]`, `degree:any[expected]`.
    pub(super) fn degree_state(&mut self, tree: &Tree, value: &Tree, state: &str) -> Result<Node> {
        let TreeKind::Word { text, .. } = &value.kind else {
            return Err(self.error(tree, "a state stands behind a level").hint("write `degree:bachelor[in_progress]`"));
        };
        let level = match level_named(text) {
            None if text.eq_ignore_ascii_case("any") => None,
            None => return Err(self.no_level(value, text)),
            level => level,
        };
        let test = match (state.trim().to_lowercase().replace([' ', '-'], "_").as_str(), level) {
            ("in_progress" | "inprogress" | "expected" | "current" | "ongoing", level) => Test::InProgress(level),
            ("completed" | "awarded" | "finished", Some(level)) => Test::Level(level),
            _ => {
                return Err(self
                    .error(tree, format!("`[{state}]` is no state of a degree"))
                    .hint("write [in_progress], [expected] or [completed]"));
            }
        };
        Ok(Node::Filter(Filter { field: FieldId::Degree, test, or_unknown: false }))
    }
}

/// Whether a field has a meaning in a group, or outside of all.
fn has_place(row: &Field, group: Option<Group>) -> bool {
    match group {
        None => !matches!(row.id, FieldId::During | FieldId::Used),
        Some(Group::Job | Group::Current | Group::Past) => row.in_job,
        Some(Group::Education) => row.in_education,
        Some(Group::Skill) => matches!(row.id, FieldId::Skill | FieldId::Years | FieldId::Used),
    }
}

/// The level called so: `Master's`, `masters`, `phd`.
pub(super) fn level_named(text: &str) -> Option<DegreeLevel> {
    let name = text.to_lowercase().replace(['\'', '’'], "");
    LEVELS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|row| row.0)
}

/// The level that is nearest in spelling, if any is within two letters.
fn nearest_level(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    let distance = |name: &str| strsim::damerau_levenshtein(name, &text);
    let best = LEVELS.iter().map(|row| row.1[0]).min_by_key(|name| distance(name))?;
    (text.len() > 4 && distance(best) <= 2).then_some(best)
}
