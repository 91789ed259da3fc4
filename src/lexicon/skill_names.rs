//! The names of skills by their first letter. In: the rows of the table. Out: for one name what [`Skills`](super::Skills) says of it. For
//! the few words of a query: making the whole look-up takes longer (6 ms) than all the rest of a search. Folds no name before it
//! is asked for one that begins alike.

use super::skills::{SkillEntry, ambiguous_rows, skill_rows};
use super::table::cells;
use super::words::{Words, key};

/// A skill found by one of its names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    /// The skill.
    pub skill: SkillEntry,
    /// The name as the table writes it; none when the two agree only without their blanks.
    written: Option<&'static str>,
}

impl Named {
    /// The name is a skill only in the right company.
    pub fn is_ambiguous(&self) -> bool {
        self.written.is_some_and(|written| ambiguous_rows().any(|row| row.surface == written))
    }
}

/// How well a name of the table agrees with the one looked for; less is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Agreement {
    Same,
    WithoutBlanks,
    WithoutJoints,
}

/// One name of a row.
#[derive(Debug, Clone, Copy)]
struct Name {
    row: &'static str,
    /// Of several rows with this name the first counts.
    number: u32,
    written: &'static str,
    is_alias: bool,
}

/// All names of the table.
#[derive(Debug)]
pub(super) struct SkillNames {
    /// By first letter or digit; the rest, `.NET`, in the last: folded it may begin with anything.
    by_first: [Vec<Name>; LETTERS + 1],
}

/// ASCII letters and digits.
const LETTERS: usize = 36;

/// The place of names that begin with `byte`.
fn place(byte: u8) -> usize {
    match byte.to_ascii_lowercase() {
        letter @ b'a'..=b'z' => usize::from(letter - b'a'),
        digit @ b'0'..=b'9' => usize::from(digit - b'0') + 26,
        _ => LETTERS,
    }
}

impl SkillNames {
    /// The names of the table and of the user's rows.
    pub fn of(user: &[&'static str]) -> SkillNames {
        let mut names = SkillNames { by_first: std::array::from_fn(|_| Vec::new()) };
        for (number, row) in (0..).zip(skill_rows(user)) {
            let [name, _, aliases] = cells(row);
            let aliases = aliases.split('|').map(|alias| (alias, true));
            for (written, is_alias) in std::iter::once((name, false)).chain(aliases) {
                if let Some(first) = written.as_bytes().first() {
                    names.by_first[place(*first)].push(Name { row, number, written, is_alias });
                }
            }
        }
        names
    }

    /// The skill called so. Of several the first, and names before aliases, as in the look-up.
    pub fn named(&self, name: &str) -> Option<Named> {
        let wanted = Wanted::of(key(name))?;
        let (alike, others) = (place(wanted.folded.as_bytes()[0]), LETTERS);
        let lists = if alike == others {
            [&self.by_first[others], &[][..]]
        } else {
            [&self.by_first[alike][..], &self.by_first[others]]
        };
        let mut words = Words::default();
        let mut best: Option<((Agreement, bool, u32), Name)> = None;
        for name in lists.into_iter().flatten() {
            let Some(agreement) = wanted.agreement(name.written, &mut words) else { continue };
            let rank = (agreement, name.is_alias, name.number);
            if best.is_none_or(|(known, _)| rank < known) {
                best = Some((rank, *name));
            }
        }
        let ((agreement, ..), Name { row, written, .. }) = best?;
        Some(Named { skill: SkillEntry::of(row), written: (agreement == Agreement::Same).then_some(written) })
    }
}

/// The name looked for, folded, also without its blanks.
struct Wanted {
    folded: String,
    squashed: String,
}

impl Wanted {
    fn of(folded: String) -> Option<Wanted> {
        let squashed: String = folded.chars().filter(|letter| *letter != ' ').collect();
        (!squashed.is_empty()).then_some(Wanted { folded, squashed })
    }

    fn agreement(&self, written: &str, words: &mut Words) -> Option<Agreement> {
        words.read(written);
        let joined = || words.iter().flat_map(|(_, term)| term.bytes()).eq(self.squashed.bytes());
        if words.folded() == self.folded {
            Some(Agreement::Same)
        } else if words.folded() == self.squashed {
            Some(Agreement::WithoutBlanks)
        } else {
            ((2..=4).contains(&words.len()) && joined()).then_some(Agreement::WithoutJoints)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Skills;
    use super::*;

    fn check(skills: &Skills, names: &SkillNames, name: &str) {
        let found = names.named(name);
        let expected = skills.canonical(name).copied();
        assert_eq!(found.map(|found| found.skill), expected, "{name}");
        assert_eq!(found.is_some_and(|found| found.is_ambiguous()), skills.is_ambiguous(name), "{name}");
    }

    #[test]
    fn every_name_is_found_as_in_the_look_up() {
        let user: &[&'static str] = &["Frobnicator\tsoftware\tfrob|Go Frob", "Kubernetes\tcloud\tkubes"];
        let (skills, names) = (Skills::with(user), SkillNames::of(user));
        let written = skills.entries().iter().flat_map(|entry| entry.aliases().chain([entry.name]));
        written.step_by(7).for_each(|name| check(&skills, &names, name));
        for name in ["Node JS", "nodejs", "CICD", "PL SQL", "kubes", "Go", "excel", "c++", ".NET", "R", "", " ", "–"]
        {
            check(&skills, &names, name);
        }
        for name in ["net income", "kubernetis", "machinelearning", "machine-learning", "d3 js", "élan", "3d"] {
            check(&skills, &names, name);
        }
    }
}
