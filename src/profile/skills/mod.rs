//! Text → skills, each with every mention. In: the text, its sections, which entry a line lies in. Out: [`Skill`]s. Two ways in:
//! [`items`] (with [`pieces`], [`names`], [`words`]) reads the
//! lists of skill sections as written (known or not), as far as [`lists`] says they go, [`policy`] judges known names in running text. Links,
//! addresses, headings, referees and degrees give no skills.

mod items;
mod lists;
mod names;
mod pieces;
mod policy;
mod words;

use crate::lexicon::table::FixedMap;
use crate::lexicon::words::Words;
use crate::lexicon::{Lexicon, SkillEntry};
use crate::model::text::Label;
use crate::model::{Evidence, Line, Mention, MentionPlace, Section, SectionKind, Skill, TextDoc};
use crate::profile::scan::any_pair;
use crate::profile::signs::Signs;
use items::Item;
use names::Listed;
use policy::Verdict;
use std::ops::Range;
use std::sync::LazyLock;

/// Skills of a résumé that room is made for at the start: more than most have.
const MANY: usize = 32;

/// Finds the skills of a résumé: lists of skill sections as written, known skills everywhere else. `place_of_line` says in
/// which entry a line lies. Strongest evidence first, then in document order.
pub fn find(
    text: &TextDoc,
    sections: &[Section],
    lexicon: &Lexicon,
    place_of_line: &dyn Fn(usize) -> MentionPlace,
) -> Vec<Skill> {
    let mut finder = Finder {
        lexicon,
        text,
        place_of_line,
        found: Vec::with_capacity(MANY),
        by_name: FixedMap::with_capacity_and_hasher(MANY, Default::default()),
        by_key: FixedMap::default(),
        pending: Vec::new(),
        words: Words::for_lines(),
    };
    for (at, section) in sections.iter().enumerate() {
        let listed = section.kind == SectionKind::Skills || section.second == Some(SectionKind::Skills);
        if listed {
            finder.listed(section);
        } else {
            let above = at.checked_sub(1).map(|above| sections[above].kind);
            finder.unlisted(section, above == Some(SectionKind::Skills) && section.heading.is_none());
        }
    }
    finder.promote();
    let mut skills = finder.found;
    let strength = |skill: &Skill| skill.mentions.iter().map(|mention| (mention.evidence.score * 2.0) as i32).max();
    skills.sort_by_cached_key(|skill| std::cmp::Reverse(strength(skill)));
    skills
}

struct Finder<'t> {
    lexicon: &'t Lexicon,
    text: &'t TextDoc,
    place_of_line: &'t dyn Fn(usize) -> MentionPlace,
    found: Vec<Skill>,
    /// Canonical name → index in `found`.
    by_name: FixedMap<&'static str, usize>,
    /// Folded name of a skill that is not in the table → index in `found`.
    by_key: FixedMap<String, usize>,
    /// Doubtful mentions that count if the skill is sure elsewhere.
    pending: Vec<(&'static str, Mention)>,
    words: Words,
}

impl<'t> Finder<'t> {
    /// Reads a section about something else: rows and columns of skills as lists, the rest as running text. A section that `continues` the
    /// skills has no heading but a label in front of its words.
    fn unlisted(&mut self, section: &Section, continues: bool) {
        // "Languages: C++, Python" under `Additional information`, or without a heading.
        let rows = matches!(section.kind, SectionKind::Other | SectionKind::Languages | SectionKind::Summary);
        let sidebar = matches!(section.kind, SectionKind::Contact | SectionKind::Summary | SectionKind::Personal);
        let lines = || lists::column(&self.text.lines, section.lines.clone(), self.lexicon);
        let column = sidebar.then(lines).flatten().unwrap_or(0..0);
        if !column.is_empty() {
            let lines: Vec<(usize, &Line)> = column.clone().zip(&self.text.lines[column.clone()]).collect();
            self.items(&lines);
        }
        for index in section.lines.clone().filter(|index| !column.contains(index)) {
            let line = self.text.lines.get(index).filter(|line| rows && !line.hidden && !line.furniture);
            let is_row = |line: &&Line| line.text.contains(':') && items::is_row(&line.text, self.lexicon);
            let field = self.text.lines.get(index).filter(|line| continues && items::is_field_row(&line.text));
            match field.or(line.filter(is_row)) {
                Some(line) => self.items(&[(index, line)]),
                None => self.running(index, None, section.kind),
            }
        }
    }

    /// Reads a skill section.
    fn listed(&mut self, section: &Section) {
        let lines: Vec<(usize, &Line)> = section
            .lines
            .clone()
            .filter_map(|index| Some((index, self.text.lines.get(index)?)))
            .filter(|(_, line)| !line.hidden && !line.furniture)
            .collect();
        let end = lists::end(&lines);
        self.items(&lines[..end]);
        for (index, line) in &lines[end..] {
            if items::is_list(&line.text, self.lexicon) {
                self.items(&[(*index, line)]);
            } else {
                self.running(*index, None, SectionKind::Other);
            }
        }
    }

    fn items(&mut self, lines: &[(usize, &Line)]) {
        for item in items::of_section(lines, self.lexicon) {
            match item {
                Item::Skill(listed) => self.add_listed(listed),
                Item::Prose { line, bytes } => self.running(line, Some(bytes), SectionKind::Skills),
            }
        }
    }

    fn add_listed(&mut self, listed: Listed) {
        let Listed { written, key, known, line, bytes, stated_months } = listed;
        let score = if known.is_some() { 7.0 } else { 5.0 };
        let evidence = Evidence::at(line, bytes, score, "skill list +4");
        let mention = Mention { evidence, written, place: MentionPlace::Listed };
        let skill = match known {
            Some(entry) => self.known(entry),
            None if key.is_empty() => return,
            None => self.unknown(key, &mention.written),
        };
        skill.mentions.push(mention);
        skill.stated_months = skill.stated_months.max(stated_months);
    }

    /// Looks for known skills in a line of running text, or in some bytes of it.
    fn running(&mut self, index: usize, bytes: Option<Range<usize>>, kind: SectionKind) {
        let Some(line) = self.text.lines.get(index) else { return };
        if line.hidden || line.furniture || !speaks_of_skills(kind, line) {
            return;
        }
        let mut words = std::mem::take(&mut self.words);
        words.read(&line.text);
        let skills = self.lexicon.skills();
        let mut blocked: Option<Vec<Range<usize>>> = None;
        let place = match (self.place_of_line)(index) {
            MentionPlace::Other if kind == SectionKind::Summary => MentionPlace::Summary,
            MentionPlace::Other if kind == SectionKind::Skills => MentionPlace::Listed,
            place => place,
        };
        let scene = policy::Scene::of(&line.text, &words, skills, kind == SectionKind::Skills);
        let mut at = 0;
        while at < words.len() {
            let Some((length, surface)) = skills.longest(&words, at) else {
                at += 1;
                continue;
            };
            let (Some(first), Some(last), Some(entry)) =
                (words.get(at), words.get(at + length - 1), skills.entry(surface.skill))
            else {
                break;
            };
            let blocked = blocked.get_or_insert_with(|| addresses(line));
            let inside = bytes.as_ref().is_none_or(|bytes| bytes.start <= first.start && last.end <= bytes.end);
            let free = inside && !blocked.iter().any(|bytes| first.start < bytes.end && bytes.start < last.end);
            let soft = entry.category == "soft-skills" && !matches!(kind, SectionKind::Skills | SectionKind::Summary);
            if free && !soft {
                let (verdict, reason) = scene.judge(at, length, surface);
                let mention = |score, reason| {
                    let evidence = Evidence::at(index, first.start..last.end, score, reason);
                    Mention { evidence, written: line.text[first.start..last.end].to_string(), place }
                };
                let score = if matches!(place, MentionPlace::Job(_) | MentionPlace::Listed) { 5.0 } else { 4.5 };
                match verdict {
                    Verdict::Accept => self.known(*entry).mentions.push(mention(score, reason)),
                    Verdict::Weak => self.pending.push((entry.name, mention(4.0, "named elsewhere +4"))),
                    Verdict::Reject => {}
                }
            }
            at += length;
        }
        self.words = words;
    }

    /// Doubtful mentions of a skill that is sure elsewhere count too: months need them.
    fn promote(&mut self) {
        for (name, mention) in std::mem::take(&mut self.pending) {
            if let Some(index) = self.by_name.get(name) {
                self.found[*index].mentions.push(mention);
            }
        }
        for skill in &mut self.found {
            skill.mentions.sort_by_key(|mention| (mention.evidence.line, mention.evidence.start));
        }
    }

    fn known(&mut self, entry: SkillEntry) -> &mut Skill {
        let index = *self.by_name.entry(entry.name).or_insert_with(|| {
            self.found.push(skill(entry.name, Some(entry.category)));
            self.found.len() - 1
        });
        &mut self.found[index]
    }

    fn unknown(&mut self, key: String, written: &str) -> &mut Skill {
        let index = *self.by_key.entry(key).or_insert_with(|| {
            self.found.push(skill(written, None));
            self.found.len() - 1
        });
        &mut self.found[index]
    }
}

fn skill(name: &str, category: Option<&str>) -> Skill {
    Skill {
        name: name.to_string(),
        known: category.is_some(),
        category: category.map(str::to_string),
        mentions: Vec::new(),
        months: None,
        last_used: None,
        stated_months: None,
    }
}

/// Skills are not read from names of degrees and schools, referees, spoken languages, hobbies; from education only where
/// courses are named.
fn speaks_of_skills(kind: SectionKind, line: &Line) -> bool {
    match kind {
        SectionKind::Education => {
            static COURSES: LazyLock<Signs> = LazyLock::new(|| Signs::of(["course", "module", "thesis", "project"]));
            COURSES.may_stand_in(&line.text)
        }
        SectionKind::Contact => line.label != Some(Label::Name) && !line.text.contains('@'),
        SectionKind::References | SectionKind::Languages | SectionKind::Interests | SectionKind::Personal => false,
        _ => true,
    }
}

/// Byte ranges of links, web addresses and e-mail addresses.
fn addresses(line: &Line) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = line.links.iter().map(|link| link.start as usize..link.end as usize).collect();
    let is_sign = |byte: u8, next: u8| (byte == b'@') | ((byte == b'.') | (byte == b':')) & (next > b' ');
    if !any_pair(&line.text, is_sign) {
        return found;
    }
    let base = line.text.as_ptr() as usize;
    let is_address = |token: &&str| {
        if memchr::memchr3(b'@', b':', b'.', token.as_bytes()).is_none() {
            return false;
        }
        token.contains('@')
            || token.contains("://")
            || token.starts_with("www.")
            || token.contains(".com")
            || token.contains(".io/")
    };
    for token in line.text.split_whitespace().filter(is_address) {
        let start = token.as_ptr() as usize - base;
        found.push(start..start + token.len());
    }
    found
}

#[cfg(test)]
mod doubtful_tests;
#[cfg(test)]
mod tests;
