//! Clauses → [`Ask`]s: skills, years, degrees and subjects, certificates, languages, places. In: one line with its part and the skills
//! named in it. Out: asks in the order of the line. A clause is text of the query language, so that what is asked can be read and edited.

use super::amounts::{self, Amount};
use super::clauses::{Clause, clauses};
use super::cues;
use super::parts::Part;
use super::skills::{Mention, runs};
use super::{Ask, AskKind, Grade};
use crate::analysis::fold;
use crate::lexicon::Lexicon;
use crate::lexicon::words::Words;
use crate::model::{DegreeLevel, Line};
use std::ops::Range;

/// Words that may stand between years and the skill they are about: `5 years of hands-on experience with Kubernetes`.
const OF_SKILL: &[&str] = &[
    "of",
    "in",
    "with",
    "using",
    "experience",
    "experienced",
    "professional",
    "commercial",
    "hands",
    "on",
    "working",
    "work",
    "solid",
    "proven",
    "relevant",
    "strong",
    "practical",
    "recent",
    "developing",
    "writing",
    "programming",
    "building",
    "s",
    "the",
    "and",
    "or",
    "erfahrung",
    "mit",
    "in",
    "berufserfahrung",
    "d",
    "de",
    "experiencia",
    "con",
    "en",
    "experience",
];

/// Names of trades: `3 years of software development` asks for years of work, not for a skill in a list.
const TRADES: &[&str] = &[
    "software",
    "development",
    "engineering",
    "management",
    "work",
    "industry",
    "accounting",
    "nursing",
    "teaching",
    "marketing",
    "sales",
    "construction",
    "manufacturing",
    "hospitality",
    "logistics",
    "retail",
    "banking",
    "finance",
    "healthcare",
    "consulting",
    "recruitment",
    "shipbuilding",
];

/// Weight of a skill that a bracket names behind another (`Excel (pivot tables)`), and of a trade that only says of what kind the years are.
const DETAIL: f32 = 1.0;

/// Weight of the subject of a degree: a wish even where the degree is a must ("or a related field").
const SUBJECT: f32 = 0.5;

/// What a line asks for.
pub fn of_line(line: &Line, part: Part, skills: &[Mention], lexicon: &Lexicon) -> Vec<Ask> {
    let mut reader = Reader { line, lexicon, asks: Vec::new() };
    for clause in clauses(&line.text, part) {
        reader.clause(&clause, part, skills);
    }
    reader.asks
}

/// The line says something that a person would call a wish.
pub fn is_wish(text: &str) -> bool {
    text.split_whitespace().count() > 1
}

/// A query for one value of a field; in quotes when it is more than one plain word.
pub fn exactly(field: &str, value: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || letter == '-';
    if value.starts_with(char::is_alphanumeric) && value.chars().all(is_plain) {
        return format!("{field}:{value}");
    }
    format!("{field}:\"{}\"", value.replace(['"', '\\'], ""))
}

struct Reader<'a> {
    line: &'a Line,
    lexicon: &'a Lexicon,
    asks: Vec<Ask>,
}

impl Reader<'_> {
    fn clause(&mut self, clause: &Clause, part: Part, skills: &[Mention]) {
        let text = &self.line.text[clause.span.clone()];
        let folded = fold(text);
        let degree = self.degree(text, &folded, clause.grade);
        let certificates = self.certificates(text, clause.grade);
        self.languages(text, &folded, clause.grade);
        let taken: Vec<Range<usize>> = [degree, certificates].concat();
        let is_free = |mention: &&Mention| {
            let inside = |range: &Range<usize>| {
                mention.span.start < clause.span.start + range.end && clause.span.start + range.start < mention.span.end
            };
            !taken.iter().any(inside)
        };
        let skills: Vec<Mention> = skills.iter().filter(is_free).cloned().collect();
        let mut amounts = amounts::amounts(text);
        let mut has_skill = false;
        for run in runs(&self.line.text, &clause.span, &skills) {
            let start = run.mentions[0].span.start - clause.span.start;
            let end = run.mentions[run.mentions.len() - 1].span.end - clause.span.start;
            let about = amounts.iter().position(|amount| is_about(text, amount, start..end));
            let years = about.map(|at| amounts.remove(at).years);
            let names: Vec<&str> = run.mentions.iter().map(|mention| mention.name.as_str()).collect();
            let is_trade = years.is_none() && amounts.iter().any(|amount| is_kind_of_years(text, amount, start..end));
            let in_brackets = is_in_brackets(&text[..start]);
            let is_detail = in_brackets && has_skill;
            let grade = if is_trade || is_detail { clause.grade.at_most(DETAIL) } else { clause.grade };
            self.skills(&names, run.either || (in_brackets && !is_detail), years, grade);
            has_skill = true;
        }
        // Tasks speak of years only by the way ("our product of ten years").
        if part != Part::Tasks || cues::holds(&folded, &["experience"]) {
            for Amount { years, .. } in amounts {
                let grade = if matches!(part, Part::Open) && clause.grade == Grade::Nice(1.0) {
                    Grade::Must
                } else {
                    clause.grade
                };
                self.add(AskKind::Years, grade, format!("years>={years}"), format!("years>={years}?"));
            }
        }
    }

    fn add(&mut self, kind: AskKind, grade: Grade, clause: String, or_unknown: String) {
        let (words, line) = (self.line.text.clone(), self.line.number);
        self.asks.push(Ask { kind, grade, clause, or_unknown, words, line });
    }

    /// Alternatives are one ask, a list is one ask for each.
    fn skills(&mut self, names: &[&str], either: bool, years: Option<f32>, grade: Grade) {
        let mut names = names.to_vec();
        let mut seen = Vec::new();
        names.retain(|name| {
            let is_new = !seen.contains(name);
            seen.push(*name);
            is_new
        });
        let plain = |name: &str| exactly("skill", name);
        let dated = |name: &str, unknown: &str| match years {
            Some(years) => format!("skill({} AND years>={years}{unknown})", plain(name)),
            None => plain(name),
        };
        let groups: Vec<Vec<&str>> =
            if either { vec![names] } else { names.into_iter().map(|name| vec![name]).collect() };
        for group in groups {
            let clause: Vec<String> = group.iter().map(|name| dated(name, "")).collect();
            let loose: Vec<String> = group.iter().map(|name| dated(name, "?")).collect();
            self.add(AskKind::Skill, grade, clause.join(" OR "), loose.join(" OR "));
        }
    }

    /// The least level named: `Bachelor's or Master's degree` asks for a bachelor. Returns what it has read.
    fn degree(&mut self, text: &str, folded: &str, grade: Grade) -> Vec<Range<usize>> {
        let speaks = cues::holds(
            folded,
            &[
                "degree",
                "degrees",
                "diploma",
                "phd",
                "ph.d",
                "bachelor",
                "bachelors",
                "bachelor's",
                "master's",
                "masters",
                "bsc",
                "msc",
                "mba",
                "doctorate",
                "graduate",
                "studium",
                "abschluss",
                "licence",
                "laurea",
                "grado",
                "titulo",
                "university",
                "b.tech",
                "m.tech",
                "bs/ms",
                "ba/bs",
            ],
        );
        if !speaks {
            return Vec::new();
        }
        let mut found = self.lexicon.degrees().find(text, true);
        found.retain(|degree| !is_permit(text, &degree.span));
        let levels = found.iter().filter_map(|degree| degree.level).filter(|level| *level >= DegreeLevel::Associate);
        let any = cues::holds(folded, cues::ANY_DEGREE).then_some(DegreeLevel::Bachelor);
        let Some(level) = levels.min().or(any) else { return Vec::new() };
        let soft = cues::holds(folded, cues::EQUIVALENT) && !folded.contains("equivalent degree");
        let grade = if soft && grade == Grade::Must { Grade::Nice(2.0) } else { grade };
        let name = level.name();
        self.add(AskKind::Degree, grade, format!("degree>={name}"), format!("degree>={name}?"));
        let mut read: Vec<Range<usize>> = found.iter().map(|degree| degree.whole()).collect();
        for (span, subject) in self.subjects(text, &found) {
            read.push(span);
            let weight = if let Grade::Nice(weight) = grade { weight.min(SUBJECT) } else { SUBJECT };
            let clause = exactly("field", subject);
            self.add(AskKind::Subject, Grade::Nice(weight), clause.clone(), clause);
        }
        read
    }

    /// Known subjects behind a degree: `in Computer Science, Mathematics or a related field`.
    fn subjects(&self, text: &str, found: &[crate::lexicon::DegreeMention]) -> Vec<(Range<usize>, &'static str)> {
        let from = found.first().map_or(0, |degree| degree.span.start);
        let words = Words::of(text);
        let starts = words.iter().map(|(word, _)| word.start).filter(|start| *start >= from);
        let mut out: Vec<(Range<usize>, &'static str)> = Vec::new();
        for start in starts {
            // "Science" of "Bachelor of Science" is no subject.
            let inside = out.last().is_some_and(|(span, _)| span.contains(&start))
                || found.iter().any(|degree| degree.span.contains(&start));
            if inside || !text[start..].starts_with(char::is_uppercase) {
                continue;
            }
            if let Some((length, subject)) = self.lexicon.subjects().at_start(&text[start..]) {
                out.push((start..start + length, subject));
            }
        }
        out
    }

    fn certificates(&mut self, text: &str, grade: Grade) -> Vec<Range<usize>> {
        let found = self.lexicon.certificates().find(text);
        let either = found.len() > 1
            && found.windows(2).any(|pair| {
                let between = fold(&text[pair[0].0.end..pair[1].0.start]);
                cues::holds(&between, cues::EITHER)
            });
        let mut clauses: Vec<String> = found.iter().map(|(_, entry)| self.certificate(entry.name)).collect();
        // "ALS or BLS": an abbreviation that the lexicon does not know is an alternative all the same.
        let is_known = |name: &&str| self.lexicon.certificates().canonical(name).is_some();
        let others = found.iter().filter_map(|(span, _)| other_abbreviation(text, span));
        let unknown: Vec<&str> = others.filter(|name| !is_known(name)).collect();
        clauses.extend(unknown.iter().map(|name| exactly("cert", name)));
        if either || !unknown.is_empty() {
            let all = clauses.join(" OR ");
            self.add(AskKind::Certificate, grade, all.clone(), all);
        } else {
            clauses.into_iter().for_each(|one| self.add(AskKind::Certificate, grade, one.clone(), one));
        }
        found.into_iter().map(|(span, _)| span).collect()
    }

    /// A licence that is named like the occupation is also shown by the title: `Registered Nurse`.
    fn certificate(&self, name: &str) -> String {
        let occupation = name.strip_suffix(" License").filter(|rest| self.lexicon.titles().has_headword(rest));
        let title = occupation.map(|title| format!(" OR {}", exactly("title", title))).unwrap_or_default();
        format!("{}{title}", exactly("cert", name))
    }

    fn languages(&mut self, text: &str, folded: &str, grade: Grade) {
        let levels = !self.lexicon.languages().levels_in(&Words::of(text)).is_empty();
        if !levels && !cues::holds(folded, cues::SPEAKING) {
            return;
        }
        let found = self.lexicon.languages().find(text);
        let capital = |span: &Range<usize>| text[span.clone()].starts_with(char::is_uppercase);
        let names: Vec<&str> = found.iter().filter(|(span, _)| capital(span)).map(|(_, name)| *name).collect();
        let either = names.len() > 1 && cues::holds(folded, &["or", "oder", "ou", "o"]);
        let groups: Vec<Vec<&str>> =
            if either { vec![names] } else { names.into_iter().map(|name| vec![name]).collect() };
        for group in groups {
            let clause: Vec<String> = group.iter().map(|name| exactly("lang", name)).collect();
            let clause = clause.join(" OR ");
            self.add(AskKind::Language, grade, clause.clone(), format!("{clause} OR NOT has:lang"));
        }
    }
}

/// `Licence` is a degree in French (`licence en informatique`) and a permit in English (`driving licence`).
fn is_permit(text: &str, span: &Range<usize>) -> bool {
    let after = fold(&text[span.end..]);
    let next = after.split(|letter: char| !letter.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or("");
    matches!(fold(&text[span.clone()]).as_str(), "licence" | "license" | "licences" | "licenses")
        && !matches!(next, "en" | "de" | "d" | "des" | "professionnelle" | "ou" | "es")
}

/// The abbreviation joined to the certificate at `span` by "or", before it or behind it.
fn other_abbreviation<'t>(text: &'t str, span: &Range<usize>) -> Option<&'t str> {
    let is_abbreviation =
        |word: &&str| (2..=6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let mut before = text[..span.start].split_whitespace().rev();
    let mut after = text[span.end..].split_whitespace();
    let joined = |word: Option<&str>| word.is_some_and(|word| cues::EITHER.contains(&fold(word).as_str()));
    let other = if joined(before.next()) { before.next() } else { None };
    let other = other.or_else(|| if joined(after.next()) { after.next() } else { None });
    other.map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric())).filter(is_abbreviation)
}

/// The text before a skill opens a bracket that is still open.
fn is_in_brackets(before: &str) -> bool {
    before.rfind('(').is_some_and(|open| !before[open..].contains(')'))
}

/// The skill at `run` says of what kind the years are: `5 years of professional software development`, `4 years of accounting experience`.
fn is_kind_of_years(text: &str, amount: &Amount, run: Range<usize>) -> bool {
    let is_trade = fold(&text[run.clone()]).split_whitespace().any(|word| TRADES.contains(&word));
    is_trade && amount.span.end <= run.start && Words::of(&text[amount.span.end..run.start]).len() <= 6
}

/// The amount of years is about the skills at `run`: `5 years of Python`, `5 years' Python experience`, `Python (5+ years)`.
fn is_about(text: &str, amount: &Amount, run: Range<usize>) -> bool {
    let (between, comes_first) = if amount.span.end <= run.start {
        (&text[amount.span.end..run.start], true)
    } else if run.end <= amount.span.start {
        (&text[run.end..amount.span.start], false)
    } else {
        return false;
    };
    let named = fold(&text[run.clone()]);
    if named.split_whitespace().any(|word| TRADES.contains(&word)) {
        return false;
    }
    if comes_first {
        let words = Words::of(between);
        return words.len() <= 6
            && words.iter().all(|(_, word)| OF_SKILL.contains(&word))
            && !between.contains([';', '.']);
    }
    between.chars().all(|letter| matches!(letter, ' ' | '(' | ':' | ',' | '-' | '–' | '—' | '+'))
}
