//! The names of skills by their first letter. In: the rows of the table. Out: for one name what [`Skills`](super::Skills) says of it. For
//! the few words of a query: making the whole look-up takes longer (6 ms) than all the rest of a search. Folds no name before it
//! is asked for one that begins alike.

use super::skills::{SKILLS, SkillEntry, ambiguous_rows};
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

/// Where a name begins: which text, which byte of it. Names of rows that come first are less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    text: u32,
    start: u32,
}

/// One name of a row.
#[derive(Debug, Clone, Copy)]
struct Name {
    row: &'static str,
    /// Of several rows with this name the first counts.
    number: Place,
    written: &'static str,
    is_alias: bool,
}

/// All names of the table.
#[derive(Debug)]
pub(super) struct SkillNames {
    /// The table, then each of the user's rows.
    texts: Vec<&'static str>,
    /// By first letter or digit; the rest, `.NET`, in the last: folded it may begin with anything.
    by_first: [Vec<Place>; LETTERS + 1],
}

/// ASCII letters and digits.
const LETTERS: usize = 36;

/// The list of names that begin with `byte`.
fn list(byte: u8) -> usize {
    match byte.to_ascii_lowercase() {
        letter @ b'a'..=b'z' => usize::from(letter - b'a'),
        digit @ b'0'..=b'9' => usize::from(digit - b'0') + 26,
        _ => LETTERS,
    }
}

impl SkillNames {
    /// The names of the table and of the user's rows.
    pub fn of(user: &[&'static str]) -> SkillNames {
        let texts: Vec<&'static str> = std::iter::once(SKILLS).chain(user.iter().copied()).collect();
        let mut by_first = std::array::from_fn(|_| Vec::with_capacity(256));
        // The first line of the table names its source.
        let first_row = SKILLS.find('\n').map_or(0, |end| end + 1);
        for (number, text) in (0..).zip(&texts) {
            let skipped = if number == 0 { first_row } else { 0 };
            starts(&text[skipped..], |start, byte| {
                by_first[list(byte)].push(Place { text: number, start: start + skipped as u32 });
            });
        }
        SkillNames { texts, by_first }
    }

    /// The skill called so. Of several the first, and names before aliases, as in the look-up.
    pub fn named(&self, name: &str) -> Option<Named> {
        let wanted = Wanted::of(key(name))?;
        let (alike, others) = (list(wanted.folded.as_bytes()[0]), LETTERS);
        let lists = if alike == others {
            [&self.by_first[others], &[][..]]
        } else {
            [&self.by_first[alike][..], &self.by_first[others]]
        };
        let mut words = Words::default();
        let mut best: Option<((Agreement, bool, Place), Name)> = None;
        for place in lists.into_iter().flatten() {
            if wanted.is_ruled_out(&self.texts[place.text as usize].as_bytes()[place.start as usize..]) {
                continue;
            }
            let name = self.name(*place);
            let Some(agreement) = wanted.agreement(name.written, &mut words) else { continue };
            let rank = (agreement, name.is_alias, name.number);
            if best.is_none_or(|(known, _)| rank < known) {
                best = Some((rank, name));
            }
        }
        let ((agreement, ..), Name { row, written, .. }) = best?;
        Some(Named { skill: SkillEntry::of(row), written: (agreement == Agreement::Same).then_some(written) })
    }

    fn name(&self, place: Place) -> Name {
        let text = self.texts[place.text as usize];
        let (before, after) = text.split_at(place.start as usize);
        let row_start = before.rfind('\n').map_or(0, |end| end + 1);
        let row_end = after.find('\n').map_or(text.len(), |end| place.start as usize + end);
        let is_alias = row_start < place.start as usize;
        let ends = |byte: u8| matches!(byte, b'\t' | b'\n') || (is_alias && byte == b'|');
        let end = after.bytes().position(ends).unwrap_or(after.len());
        let number = Place { start: row_start as u32, ..place };
        Name { row: &text[row_start..row_end], number, written: &after[..end], is_alias }
    }
}

/// Where the names of a table begin: the first cell of each row, and in the third the values between `|`.
fn starts(table: &str, mut give: impl FnMut(u32, u8)) {
    let bytes = table.as_bytes();
    let mut give_name = |start: usize| match bytes.get(start) {
        None | Some(b'\t' | b'\n') => {}
        Some(byte) => give(start as u32, *byte),
    };
    let mut cell = 0;
    give_name(0);
    for at in memchr::memchr3_iter(b'\n', b'\t', b'|', bytes) {
        match bytes[at] {
            b'\n' => {
                cell = 0;
                give_name(at + 1);
            }
            b'\t' => {
                cell += 1;
                if cell == 2 && bytes.get(at + 1) != Some(&b'|') {
                    give_name(at + 1);
                }
            }
            _ if cell == 2 && bytes.get(at + 1) != Some(&b'|') => give_name(at + 1),
            _ => {}
        }
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

    /// The letters and digits of the name that `text` begins with are others, whatever stands between them: most names of a list are ruled out
    /// by their second letter. Not told where folding changes more than the case.
    fn is_ruled_out(&self, text: &[u8]) -> bool {
        let mut letters = self.folded.bytes().filter(u8::is_ascii_alphanumeric);
        for byte in text {
            match byte {
                b'\t' | b'\n' => return letters.next().is_some(),
                b'|' | b'&' | 0x80.. => return false,
                byte if byte.is_ascii_alphanumeric() && letters.next() != Some(byte.to_ascii_lowercase()) => {
                    return true;
                }
                _ => {}
            }
        }
        letters.next().is_some()
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
