//! Text → skills, each with every mention. In: the text, its sections, which entry a line lies in. Out: [`Skill`]s. Two ways in:
//! [`items`] reads the lists of skill sections as written (known or not), [`policy`] judges known names in running text. Links,
//! addresses, headings, referees and degrees give no skills.

mod items;
mod policy;

use crate::lexicon::table::FixedMap;
use crate::lexicon::words::{Words, key};
use crate::lexicon::{Lexicon, SkillEntry, Skills};
use crate::model::text::Label;
use crate::model::{Evidence, Line, Mention, MentionPlace, Section, SectionKind, Skill, TextDoc};
use items::Item;
use policy::Verdict;

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
        found: Vec::new(),
        by_key: FixedMap::default(),
        pending: Vec::new(),
        words: Words::default(),
    };
    for section in sections {
        let listed = section.kind == SectionKind::Skills || section.second == Some(SectionKind::Skills);
        if listed {
            finder.listed(section);
        } else {
            for index in section.lines.clone() {
                finder.running(index, section.kind);
            }
        }
    }
    finder.promote();
    let mut skills = finder.found;
    let strength = |skill: &Skill| skill.mentions.iter().map(|mention| (mention.evidence.score * 2.0) as i32).max();
    skills.sort_by_key(|skill| std::cmp::Reverse(strength(skill)));
    skills
}

struct Finder<'t> {
    lexicon: &'t Lexicon,
    text: &'t TextDoc,
    place_of_line: &'t dyn Fn(usize) -> MentionPlace,
    found: Vec<Skill>,
    /// Folded name → index in `found`.
    by_key: FixedMap<String, usize>,
    /// Doubtful mentions that count if the skill is sure elsewhere.
    pending: Vec<(&'static str, Mention)>,
    words: Words,
}

impl<'t> Finder<'t> {
    /// Reads a skill section.
    fn listed(&mut self, section: &Section) {
        let lines: Vec<(usize, &Line)> = section
            .lines
            .clone()
            .filter_map(|index| Some((index, self.text.lines.get(index)?)))
            .filter(|(_, line)| !line.hidden)
            .collect();
        for item in items::of_section(&lines, self.lexicon) {
            match item {
                Item::Skill { written, line, start, end, stated_months } => {
                    let entry = self.lexicon.skills().canonical(&written).copied();
                    let score = if entry.is_some() { 7.0 } else { 5.0 };
                    let mention = Mention {
                        evidence: evidence(line, start, end, score, "skill list +4"),
                        written,
                        place: MentionPlace::Listed,
                    };
                    self.add(entry, mention, stated_months);
                }
                Item::Prose { line } => self.running(line, SectionKind::Skills),
            }
        }
    }

    /// Looks for known skills in a line of running text.
    fn running(&mut self, index: usize, kind: SectionKind) {
        let Some(line) = self.text.lines.get(index) else { return };
        if line.hidden || line.furniture || !speaks_of_skills(kind, line) {
            return;
        }
        let mut words = std::mem::take(&mut self.words);
        words.read(&line.text);
        let skills = self.lexicon.skills();
        let blocked = blocked(line);
        let place = match (self.place_of_line)(index) {
            MentionPlace::Other if kind == SectionKind::Summary => MentionPlace::Summary,
            MentionPlace::Other if kind == SectionKind::Skills => MentionPlace::Listed,
            place => place,
        };
        let scene = policy::Scene { text: &line.text, words: &words, skills, in_list: kind == SectionKind::Skills };
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
            let free = !blocked.iter().any(|(from, to)| first.start < *to && *from < last.end);
            let soft = entry.category == "soft-skills" && !matches!(kind, SectionKind::Skills | SectionKind::Summary);
            if free && !soft {
                let written = line.text[first.start..last.end].to_string();
                let (verdict, reason) = scene.judge(at, length, surface);
                let score = if matches!(place, MentionPlace::Job(_) | MentionPlace::Listed) { 5.0 } else { 4.5 };
                match verdict {
                    Verdict::Accept => {
                        let mention =
                            Mention { evidence: evidence(index, first.start, last.end, score, reason), written, place };
                        self.add(Some(*entry), mention, None);
                    }
                    Verdict::Weak => {
                        let mention = Mention {
                            evidence: evidence(index, first.start, last.end, 4.0, "named elsewhere +4"),
                            written,
                            place,
                        };
                        self.pending.push((entry.name, mention));
                    }
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
            if let Some(index) = self.by_key.get(&key(name)) {
                self.found[*index].mentions.push(mention);
            }
        }
        for skill in &mut self.found {
            skill.mentions.sort_by_key(|mention| (mention.evidence.line, mention.evidence.start));
        }
    }

    fn add(&mut self, entry: Option<SkillEntry>, mention: Mention, stated_months: Option<u32>) {
        let name = entry.map_or_else(|| mention.written.clone(), |entry| entry.name.to_string());
        let folded = key(&name);
        if folded.is_empty() {
            return;
        }
        let index = *self.by_key.entry(folded).or_insert_with(|| {
            let category = entry.map(|entry| entry.category.to_string());
            self.found.push(Skill {
                name,
                known: entry.is_some(),
                category,
                mentions: Vec::new(),
                months: None,
                last_used: None,
                stated_months: None,
            });
            self.found.len() - 1
        });
        let skill = &mut self.found[index];
        skill.mentions.push(mention);
        skill.stated_months = skill.stated_months.max(stated_months);
    }
}

fn evidence(line: usize, start: usize, end: usize, score: f32, reason: &str) -> Evidence {
    Evidence {
        line: line as u32,
        start: start as u32,
        end: end as u32,
        score,
        reason: reason.to_string(),
        runner_up: None,
    }
}

/// Skills are not read from names of degrees and schools, referees, spoken languages, hobbies; from education only where
/// courses are named.
fn speaks_of_skills(kind: SectionKind, line: &Line) -> bool {
    match kind {
        SectionKind::Education => {
            let folded = line.text.to_ascii_lowercase();
            folded.contains("course")
                || folded.contains("module")
                || folded.contains("thesis")
                || folded.contains("project")
        }
        SectionKind::Contact => line.label != Some(Label::Name) && !line.text.contains('@'),
        SectionKind::References | SectionKind::Languages | SectionKind::Interests | SectionKind::Personal => false,
        _ => true,
    }
}

/// Byte ranges of links, web addresses and e-mail addresses.
fn blocked(line: &Line) -> Vec<(usize, usize)> {
    let mut blocked: Vec<(usize, usize)> =
        line.links.iter().map(|link| (link.start as usize, link.end as usize)).collect();
    if !line.text.bytes().any(|byte| matches!(byte, b'@' | b':' | b'.')) {
        return blocked;
    }
    if line.text.contains('@')
        || line.text.contains("://")
        || line.text.contains("www.")
        || line.text.contains(".com")
        || line.text.contains(".io/")
    {
        let base = line.text.as_ptr() as usize;
        let is_address = |token: &&str| {
            token.contains('@')
                || token.contains("://")
                || token.starts_with("www.")
                || token.contains(".com")
                || token.contains(".io/")
        };
        for token in line.text.split_whitespace().filter(is_address) {
            let start = token.as_ptr() as usize - base;
            blocked.push((start, start + token.len()));
        }
    }
    blocked
}

/// A name is a known skill as a whole.
fn is_known(skills: &Skills, name: &str) -> bool {
    skills.canonical(name).is_some()
}

#[cfg(test)]
mod tests;
