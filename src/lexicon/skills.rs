//! Skills of all professions: names, aliases, broader terms, and the words that are skills only in the right company. In:
//! words. Out: [`SkillEntry`]s. Looking for skills in a résumé is the work of `profile::skills`.

use super::table::{FixedMap, Phrases, cells, list, rows};
use super::words::{Words, key, with_key};

/// A skill of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SkillEntry {
    /// Canonical name (`Kubernetes`).
    pub name: &'static str,
    /// Category (`cloud`, `healthcare`).
    pub category: &'static str,
    aliases: &'static str,
    broader: &'static str,
    exact: &'static str,
    listed: &'static str,
}

/// The table of skills: name, category, other names.
pub(super) const SKILLS: &str = include_str!("data/skills.tsv");

/// Rows of skills: those that come with the program, then the user's.
pub(super) fn skill_rows(user: &[&'static str]) -> impl Iterator<Item = &'static str> {
    rows(SKILLS).chain(user.iter().copied())
}

/// Rows of words with another sense.
pub(super) fn ambiguous_rows() -> impl Iterator<Item = AmbiguousRow> {
    rows(include_str!("data/ambiguous.tsv")).map(|row| {
        let [surface, case, policy, for_it, against] = cells(row);
        AmbiguousRow { surface, case: case_named(case), policy: policy_named(policy), for_it, against }
    })
}

impl SkillEntry {
    pub(super) fn of(row: &'static str) -> SkillEntry {
        let [name, category, aliases, broader, exact, listed] = cells(row);
        SkillEntry { name, category, aliases, broader, exact, listed }
    }

    /// Other names of the same skill.
    pub fn aliases(&self) -> impl Iterator<Item = &'static str> + use<> {
        list(self.aliases)
    }

    /// Broader skills that this one belongs to; for suggestions, never for automatic expansion.
    pub fn broader(&self) -> impl Iterator<Item = &'static str> + use<> {
        list(self.broader)
    }
}

/// How a word with two senses must be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// As in the table (`Go`).
    Exact,
    /// In capitals (`API`).
    Upper,
    /// In lower case (`dbt`).
    Lower,
    /// In any way.
    Any,
}

/// When a word with two senses is taken for the skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Unless a cue speaks against it.
    Accept,
    /// In a skill section, a list of skills, or with one cue.
    List,
    /// With one cue, or in a skill section among sure skills.
    Context,
    /// Only with two cues.
    Reject,
}

/// A row of the table of words with another sense.
#[derive(Debug, Clone, Copy)]
pub struct AmbiguousRow {
    /// The word as the skill is written.
    pub surface: &'static str,
    /// How it must be written.
    pub case: Case,
    /// When it is taken.
    pub policy: Policy,
    for_it: &'static str,
    against: &'static str,
}

impl AmbiguousRow {
    /// Cues that speak for the skill; `left:`/`right:` ones must be adjacent.
    pub fn cues_for(&self) -> impl Iterator<Item = &'static str> + use<> {
        list(self.for_it)
    }

    /// Cues that speak against it.
    pub fn cues_against(&self) -> impl Iterator<Item = &'static str> + use<> {
        list(self.against)
    }
}

/// One name under which a skill is written.
#[derive(Debug, Clone, Copy)]
pub struct Surface {
    /// Index of the skill in the table.
    pub skill: u32,
    /// The name as the table writes it.
    pub written: &'static str,
    /// Must be written exactly so outside a skill section (`Swift`, `JDK`).
    pub exact: bool,
    /// A generic word: counts only inside a skill section (`Scheduling`).
    pub listed_only: bool,
    /// Index into the ambiguous rows.
    pub ambiguous: Option<u16>,
}

/// About as many names as the table has: room is made once.
const NAMES: usize = 8_000;

/// The tables of skills.
#[derive(Debug)]
pub struct Skills {
    entries: Vec<SkillEntry>,
    ambiguous: Vec<AmbiguousRow>,
    surfaces: Phrases<Surface>,
    /// Names with their blanks and joints left out: `nodejs`, `cicd` for `Node JS`, `CI/CD`.
    squashed: FixedMap<Box<str>, u32>,
}

impl Skills {
    #[cfg(test)]
    pub(super) fn builtin() -> Skills {
        Skills::with(&[])
    }

    /// The table that comes with the program, then the user's rows.
    pub(super) fn with(user: &[&'static str]) -> Skills {
        let mut skills = Skills {
            entries: skill_rows(user).map(SkillEntry::of).collect(),
            ambiguous: ambiguous_rows().collect(),
            surfaces: Phrases::sized(NAMES),
            squashed: FixedMap::with_capacity_and_hasher(NAMES / 2, Default::default()),
        };
        skills.fill();
        skills
    }

    fn fill(&mut self) {
        let mut doubtful: FixedMap<&'static str, u16> = FixedMap::default();
        for (index, row) in self.ambiguous.iter().enumerate() {
            doubtful.entry(row.surface).or_insert(index as u16);
        }
        let (mut words, mut squashed) = (Words::default(), String::new());
        let holds = |cell: &'static str, name: &str| !cell.is_empty() && list(cell).any(|one| one == name);
        // Canonical names first: an alias never takes a name from its owner.
        for names_only in [true, false] {
            for index in 0..self.entries.len() {
                let entry = self.entries[index];
                let name = names_only.then_some(entry.name);
                let aliases = (!names_only).then(|| entry.aliases());
                for written in name.into_iter().chain(aliases.into_iter().flatten()) {
                    words.read(written);
                    let surface = Surface {
                        skill: index as u32,
                        written,
                        exact: holds(entry.exact, written),
                        listed_only: holds(entry.listed, written),
                        ambiguous: doubtful.get(written).copied(),
                    };
                    if words.len() > 1 && words.len() <= 4 {
                        squashed.clear();
                        words.iter().for_each(|(_, term)| squashed.push_str(term));
                        if !self.squashed.contains_key(squashed.as_str()) {
                            self.squashed.insert(squashed.as_str().into(), index as u32);
                        }
                    }
                    self.surfaces.insert(&words, surface);
                }
            }
        }
    }

    /// The skill called so in any of its spellings: `k8s`, `node js`, `ReactJS`. A hash look-up.
    pub fn canonical(&self, name: &str) -> Option<&SkillEntry> {
        with_key(name, |folded| self.canonical_of_key(folded))
    }

    /// The same for a name that is folded already (by [`key`]).
    pub fn canonical_of_key(&self, folded: &str) -> Option<&SkillEntry> {
        let direct = self.surfaces.get(folded).map(|surface| surface.skill);
        let index = direct.or_else(|| {
            if memchr::memchr(b' ', folded.as_bytes()).is_none() {
                return self.squashed.get(folded).copied();
            }
            let squashed = folded.replace(' ', "");
            let joined = self.surfaces.get(&squashed).map(|surface| surface.skill);
            joined.or_else(|| self.squashed.get(squashed.as_str()).copied())
        })?;
        self.entries.get(index as usize)
    }

    /// The row of a name that is folded already (by [`key`]).
    pub fn surface(&self, folded: &str) -> Option<&Surface> {
        self.surfaces.get(folded)
    }

    /// Every name of the skill `canonical`, itself first; empty if there is no such skill.
    pub fn aliases_of(&self, canonical: &str) -> Vec<&'static str> {
        let entry = self.surfaces.get(&key(canonical)).and_then(|surface| self.entries.get(surface.skill as usize));
        let Some(entry) = entry else { return Vec::new() };
        // The user's rows add names to skills of the table.
        let rows = self.entries.iter().filter(|row| row.name == entry.name);
        std::iter::once(entry.name).chain(rows.flat_map(SkillEntry::aliases)).collect()
    }

    /// Skills that name `canonical` as their broader skill.
    pub fn narrower(&self, canonical: &str) -> Vec<&SkillEntry> {
        self.entries.iter().filter(|entry| entry.broader().any(|broader| broader == canonical)).collect()
    }

    /// The skill at `index` (of a [`Surface`]).
    pub fn entry(&self, index: u32) -> Option<&SkillEntry> {
        self.entries.get(index as usize)
    }

    /// All skills in the order of the table.
    pub fn entries(&self) -> &[SkillEntry] {
        &self.entries
    }

    /// The row that says when a doubtful word is meant as the skill.
    pub fn ambiguous(&self, surface: &Surface) -> Option<&AmbiguousRow> {
        self.ambiguous.get(usize::from(surface.ambiguous?))
    }

    /// The name is a skill only in the right company (`Go`, `Excel`); queries say so.
    pub fn is_ambiguous(&self, name: &str) -> bool {
        self.surfaces.get(&key(name)).is_some_and(|surface| surface.ambiguous.is_some())
    }

    /// The longest skill name that begins at word `at`: number of words and surface.
    #[inline]
    pub fn longest(&self, words: &Words, at: usize) -> Option<(usize, &Surface)> {
        self.surfaces.longest(words, at)
    }
}

fn case_named(name: &str) -> Case {
    match name {
        "exact" => Case::Exact,
        "upper" => Case::Upper,
        "lower" => Case::Lower,
        _ => Case::Any,
    }
}

fn policy_named(name: &str) -> Policy {
    match name {
        "list" => Policy::List,
        "context" => Policy::Context,
        "reject" => Policy::Reject,
        _ => Policy::Accept,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Option<&str>) {
        assert_eq!(Skills::builtin().canonical(name).map(|skill| skill.name), expected, "{name}");
    }

    #[test]
    fn spellings_of_one_skill() {
        for name in ["Node.js", "NodeJS", "node js", "Node JS"] {
            check(name, Some("Node.js"));
        }
        check("k8s", Some("Kubernetes"));
        check("csharp", Some("C#"));
        check("dotnet", Some(".NET"));
        check("CICD", Some("CI/CD"));
        check("PL SQL", Some("PL/SQL"));
    }

    #[test]
    fn near_names_are_other_skills() {
        check("Java", Some("Java"));
        check("JavaScript", Some("JavaScript"));
        check("C", Some("C"));
        check("C++", Some("C++"));
        check("net income", None);
    }
}
