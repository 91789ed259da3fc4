//! Heading text → what the section is about. In: the words of a line. Out: [`HeadingMatch`]. Looks at words only; whether the
//! line looks like a heading (bold, capitals, blank before) is for `sections` to judge.

use super::letters::within_one_edit;
use super::table::{FixedMap, cells, rows};
use super::words::{Gap, Words, key};
use crate::model::SectionKind;

/// How the words were recognised, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadingHow {
    /// In the table as written.
    Exact,
    /// In the table after leaving out a modifier (`Selected Projects`, `Education Details`).
    Modified,
    /// Two headings joined (`Technical Skills and Certifications`).
    Compound,
    /// One letter wrong (`Experiance`).
    Fuzzy,
    /// Only the last word is a heading (`Robotics Experience`).
    LastWord,
}

/// What a heading says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadingMatch {
    /// The topic; the first of a compound.
    pub kind: SectionKind,
    /// The second topic of a compound, if it is another.
    pub second: Option<SectionKind>,
    /// The words are hardly ever anything but a heading.
    pub strong: bool,
    /// How they were recognised.
    pub how: HeadingHow,
}

/// Words that are in front of headings and change nothing.
const BEFORE: &[&str] = &[
    "selected",
    "relevant",
    "recent",
    "other",
    "additional",
    "key",
    "my",
    "the",
    "main",
    "major",
    "notable",
    "some",
    "professional",
    "academic",
    "personal",
    "current",
    "past",
    "previous",
    "featured",
    "general",
    "industry",
    "related",
];
/// Words that are behind headings and change nothing.
const AFTER: &[&str] =
    &["details", "detail", "section", "continued", "contd", "cont", "overview", "information", "profile"];
/// Last words that make a short line a heading (`Robotics Experience`).
const HEADS: &[(&str, SectionKind)] = &[
    ("experience", SectionKind::Experience),
    ("experiences", SectionKind::Experience),
    ("employment", SectionKind::Experience),
    ("internships", SectionKind::Experience),
    ("education", SectionKind::Education),
    ("skills", SectionKind::Skills),
    ("projects", SectionKind::Projects),
    ("publications", SectionKind::Publications),
    ("certifications", SectionKind::Certificates),
    ("awards", SectionKind::Awards),
    ("achievements", SectionKind::Awards),
    ("coursework", SectionKind::Courses),
    ("activities", SectionKind::Volunteering),
];
/// A fuzzy match needs this many letters: shorter words are too often other words (`skill`, `still`).
const FUZZY_MIN: usize = 7;

/// The table of headings.
#[derive(Debug)]
pub struct Headings {
    known: FixedMap<&'static str, (SectionKind, bool)>,
    /// Last words of headings: a line that ends with another is none, unless it is misspelt or spaced out.
    ends: FixedMap<&'static str, ()>,
    /// Strong headings by length in bytes, for the fuzzy search.
    by_length: Vec<Alike>,
}

/// Headings of one length, with their letters apart: most are passed over by these alone.
#[derive(Debug, Clone, Default)]
struct Alike {
    letters: Vec<u32>,
    headings: Vec<&'static str>,
}

impl Headings {
    pub(super) fn builtin() -> Headings {
        let last = AFTER.iter().copied().chain(HEADS.iter().map(|(word, _)| *word));
        let ends = last.map(|word| (word, ())).collect();
        let mut headings = Headings { known: FixedMap::default(), ends, by_length: Vec::new() };
        for row in rows(include_str!("data/headings.tsv")) {
            let [heading, kind, strength] = cells(row);
            let strong = strength == "s";
            headings.known.insert(heading, (kind_named(kind), strong));
            headings.ends.insert(heading.rsplit(' ').next().unwrap_or(heading), ());
            if strong && heading.len() >= FUZZY_MIN - 1 {
                if headings.by_length.len() <= heading.len() {
                    headings.by_length.resize(heading.len() + 1, Alike::default());
                }
                let alike = &mut headings.by_length[heading.len()];
                alike.letters.push(letters(heading));
                alike.headings.push(heading);
            }
        }
        headings
    }

    /// What the heading `text` is about; none if its words are no heading. Numbering, emoji and punctuation do not matter.
    pub fn lookup(&self, text: &str) -> Option<HeadingMatch> {
        if self.is_running_text(text) {
            return None;
        }
        let words = Words::of(text);
        if words.is_empty() || words.len() > 12 {
            return self.spaced(&words);
        }
        // "3. Education", "IV Projects"
        let numbered =
            words.len() > 1 && words.term(0).bytes().all(|byte| byte.is_ascii_digit() || b"ivx".contains(&byte));
        let from = usize::from(numbered);
        let found = |kind: (SectionKind, bool), how| HeadingMatch { kind: kind.0, second: None, strong: kind.1, how };
        let damaged = || {
            self.spaced(&words)
                .or_else(|| self.torn(text, &words))
                .or_else(|| self.fuzzy(words.run(from, words.len())).map(|kind| found(kind, HeadingHow::Fuzzy)))
        };
        // "Project #2", "Projekt 3"
        let counted = || {
            let is_one = words.len() == from + 2 && is_count(words.term(from + 1));
            let named = is_one && ["project", "projekt", "projet", "proyecto", "projeto"].contains(&words.term(from));
            named.then(|| found((SectionKind::Projects, true), HeadingHow::Modified))
        };
        if !self.ends.contains_key(words.term(words.len() - 1)) {
            return counted().or_else(damaged);
        }
        if let Some(kind) = self.known.get(words.run(from, words.len())) {
            let second = self
                .compound(&words, from)
                .and_then(|both| [Some(both.kind), both.second].into_iter().flatten().find(|other| *other != kind.0));
            return Some(HeadingMatch { second, ..found(*kind, HeadingHow::Exact) });
        }
        counted()
            .or_else(|| self.modified(&words, from).map(|kind| found(kind, HeadingHow::Modified)))
            .or_else(|| self.compound(&words, from))
            .or_else(damaged)
            .or_else(|| self.last_word(&words, from))
    }

    /// A line of plain words that is too long for a misspelt heading and ends with the word of none: its words need not be read.
    fn is_running_text(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let tail = bytes.iter().rev().take_while(|byte| b".,:;!?) ".contains(byte)).count();
        let bytes = &bytes[..bytes.len() - tail];
        let last = bytes.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (before, last) = bytes.split_at(bytes.len() - last);
        // The word of a number ("Project IV") is short; letters of a word behind another sign may belong to a longer one.
        if !before.ends_with(b" ") || !(4..=24).contains(&last.len()) || !text.is_ascii() {
            return false;
        }
        let mut folded = [0; 24];
        let folded = &mut folded[..last.len()];
        folded.copy_from_slice(last);
        folded.make_ascii_lowercase();
        let known = std::str::from_utf8(folded).is_ok_and(|last| self.ends.contains_key(last));
        // Behind the first word, which may be the number of a heading.
        let rest = bytes.iter().skip_while(|byte| **byte != b' ');
        let letters = rest.clone().filter(|byte| byte.is_ascii_alphanumeric()).count();
        !known && letters > self.by_length.len() && rest.into_iter().any(u8::is_ascii_lowercase)
    }

    fn modified(&self, words: &Words, mut from: usize) -> Option<(SectionKind, bool)> {
        let mut to = words.len();
        while to - from > 1 && AFTER.contains(&words.term(to - 1)) {
            to -= 1;
            if let Some(kind) = self.known.get(words.run(from, to)) {
                return Some(*kind);
            }
        }
        while to - from > 1 && BEFORE.contains(&words.term(from)) {
            from += 1;
            if let Some(kind) = self.known.get(words.run(from, to)) {
                return Some(*kind);
            }
        }
        None
    }

    /// Splits at `and`, `/`, `,` where both sides are headings.
    fn compound(&self, words: &Words, from: usize) -> Option<HeadingMatch> {
        for at in from + 1..words.len() {
            let joiner = matches!(
                words.term(at),
                "and" | "und" | "et" | "y" | "e" | "en" | "i" | "и" | "och" | "og" | "ve" | "ja" | "si"
            );
            let parted = words.get(at).is_some_and(|word| word.gap != Gap::Space);
            if !joiner && !parted {
                continue;
            }
            let right = if joiner { at + 1 } else { at };
            let left = self.known.get(words.run(from, at)).copied().or_else(|| self.modified_run(words, from, at));
            let right = self.known.get(words.run(right, words.len())).copied();
            if let (Some(left), Some(right)) = (left, right) {
                let second = (left.0 != right.0).then_some(right.0);
                let strong = left.1 || right.1;
                return Some(HeadingMatch { kind: left.0, second, strong, how: HeadingHow::Compound });
            }
        }
        None
    }

    fn modified_run(&self, words: &Words, from: usize, to: usize) -> Option<(SectionKind, bool)> {
        (to - from > 1 && BEFORE.contains(&words.term(from)))
            .then(|| self.known.get(words.run(from + 1, to)).copied())?
    }

    /// `E D U C A T I O N`: single letters, where the blanks between the words may be lost.
    fn spaced(&self, words: &Words) -> Option<HeadingMatch> {
        let letters = words.len() >= 4 && words.iter().all(|(_, term)| term.chars().count() == 1);
        if !letters {
            return None;
        }
        let joined: String = words.iter().map(|(_, term)| term).collect();
        let same = |heading: &str| {
            heading.len() >= joined.len() && heading.bytes().filter(|byte| *byte != b' ').eq(joined.bytes())
        };
        let direct = self.known.iter().find(|(heading, _)| same(heading)).map(|(_, kind)| *kind);
        let kind = direct.or_else(|| {
            let rest = BEFORE.iter().find_map(|before| joined.strip_prefix(before))?;
            self.known
                .iter()
                .find(|(heading, _)| heading.bytes().filter(|byte| *byte != b' ').eq(rest.bytes()))
                .map(|(_, kind)| *kind)
        })?;
        Some(HeadingMatch { kind: kind.0, second: None, strong: kind.1, how: HeadingHow::Modified })
    }

    /// `EDUC AT I O N`: capitals with wide spacing, torn at some letters.
    fn torn(&self, text: &str, words: &Words) -> Option<HeadingMatch> {
        let capitals = !text.contains(|letter: char| letter.is_lowercase() || letter.is_ascii_digit());
        if !capitals || words.len() < 2 || !words.iter().any(|(_, term)| term.chars().count() <= 2) {
            return None;
        }
        let joined: String = words.iter().map(|(_, term)| term).collect();
        let kind = self.known.get(joined.as_str()).filter(|_| joined.len() >= FUZZY_MIN)?;
        Some(HeadingMatch { kind: kind.0, second: None, strong: kind.1, how: HeadingHow::Modified })
    }

    fn fuzzy(&self, folded: &str) -> Option<(SectionKind, bool)> {
        if folded.len() < FUZZY_MIN {
            return None;
        }
        // One edit takes one letter away and brings one: the cheap half of the test first.
        let letters = letters(folded);
        let near = (folded.len() - 1..=folded.len() + 1).filter_map(|length| self.by_length.get(length));
        let mut found = near.flat_map(|alike| {
            let may_match = move |(_, other): &(usize, &u32)| {
                let differ = *other ^ letters;
                let without_one = differ & differ.wrapping_sub(1);
                without_one & without_one.wrapping_sub(1) == 0
            };
            alike.letters.iter().enumerate().filter(may_match).map(|(at, _)| alike.headings[at])
        });
        let heading = found.find(|heading| within_one_edit(heading, folded))?;
        self.known.get(heading).copied()
    }

    fn last_word(&self, words: &Words, from: usize) -> Option<HeadingMatch> {
        if words.len() - from > 5 || words.len() - from < 2 {
            return None;
        }
        let last = words.term(words.len() - 1);
        let (_, kind) = HEADS.iter().find(|(head, _)| *head == last)?;
        Some(HeadingMatch { kind: *kind, second: None, strong: false, how: HeadingHow::LastWord })
    }

    /// The words are a heading of the table exactly (cheap test for "this cannot be a name").
    pub fn is_known(&self, text: &str) -> bool {
        self.known.contains_key(key(text).as_str())
    }
}

/// `2`, `iv`.
fn is_count(term: &str) -> bool {
    term.len() <= 3
        && (term.bytes().all(|byte| byte.is_ascii_digit()) || term.bytes().all(|byte| b"ivx".contains(&byte)))
}

/// The bytes of `text` as a set: one bit for all those with the same last five bits.
fn letters(text: &str) -> u32 {
    text.bytes().fold(0, |letters, byte| letters | 1 << (byte & 31))
}

fn kind_named(name: &str) -> SectionKind {
    match name {
        "contact" => SectionKind::Contact,
        "summary" => SectionKind::Summary,
        "experience" => SectionKind::Experience,
        "education" => SectionKind::Education,
        "skills" => SectionKind::Skills,
        "projects" => SectionKind::Projects,
        "certificates" => SectionKind::Certificates,
        "publications" => SectionKind::Publications,
        "awards" => SectionKind::Awards,
        "languages" => SectionKind::Languages,
        "volunteering" => SectionKind::Volunteering,
        "courses" => SectionKind::Courses,
        "interests" => SectionKind::Interests,
        "references" => SectionKind::References,
        "personal" => SectionKind::Personal,
        _ => SectionKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, kind: SectionKind, second: Option<SectionKind>, how: HeadingHow) {
        let found = Headings::builtin().lookup(text).unwrap_or_else(|| panic!("{text}: no heading"));
        assert_eq!((found.kind, found.second, found.how), (kind, second, how), "{text}");
    }

    #[test]
    fn headings_as_people_write_them() {
        check("WORK EXPERIENCE:", SectionKind::Experience, None, HeadingHow::Exact);
        check("2. Formación académica", SectionKind::Education, None, HeadingHow::Exact);
        check("Featured Projects", SectionKind::Projects, None, HeadingHow::Modified);
        check("Experiance", SectionKind::Experience, None, HeadingHow::Fuzzy);
        check("E D U C A T I O N", SectionKind::Education, None, HeadingHow::Modified);
        check("EDUC AT I O N", SectionKind::Education, None, HeadingHow::Modified);
        check("S E L E C T E D P R O J E C T S", SectionKind::Projects, None, HeadingHow::Modified);
        check("Robotics Experience", SectionKind::Experience, None, HeadingHow::LastWord);
    }

    #[test]
    fn two_topics() {
        let kinds = (SectionKind::Skills, Some(SectionKind::Certificates));
        check("Technical Skills and Certifications", kinds.0, kinds.1, HeadingHow::Exact);
        check("Core Skills & Certificates", kinds.0, kinds.1, HeadingHow::Compound);
    }

    #[test]
    fn other_lines_are_no_headings() {
        for text in ["Acme Corporation", "Led a team of five", "Lisbon, Portugal", "Python, Java"] {
            assert_eq!(Headings::builtin().lookup(text), None, "{text}");
        }
    }
}
