//! Heading text → what the section is about. In: the words of a line. Out: [`HeadingMatch`]. Looks at words only; whether the
//! line looks like a heading (bold, capitals, blank before) is for `sections` to judge.

use super::letters::Lower;
use super::misspelt::Misspelt;
use super::table::{FixedMap, cells, rows};
use super::words::{Gap, Words, key, with_key};
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
/// Shortest heading that is told by its letters where capitals are torn, in bytes.
const TORN_MIN: usize = 7;

/// Longest line that may be two headings without blanks, in bytes.
const LONGEST_UNSPACED: usize = 60;

/// Words of the longest line that is looked up.
const MOST_WORDS: usize = 12;

/// The table of headings.
#[derive(Debug)]
pub struct Headings {
    known: FixedMap<&'static str, (SectionKind, bool)>,
    /// Last words of headings: a line that ends with another is none, unless it is misspelt or spaced out.
    ends: FixedMap<&'static str, ()>,
    /// First words of strong headings of several.
    firsts: FixedMap<&'static str, ()>,
    /// Strong headings, for the fuzzy search.
    misspelt: Misspelt,
}

impl Headings {
    pub(super) fn builtin() -> Headings {
        let last = AFTER.iter().copied().chain(HEADS.iter().map(|(word, _)| *word));
        let ends = last.map(|word| (word, ())).collect();
        let mut headings =
            Headings { known: FixedMap::default(), ends, firsts: FixedMap::default(), misspelt: Misspelt::new() };
        for row in rows(include_str!("data/headings.tsv")) {
            let [heading, kind, strength] = cells(row);
            let strong = strength == "s";
            headings.known.insert(heading, (kind_named(kind), strong));
            headings.ends.insert(heading.rsplit(' ').next().unwrap_or(heading), ());
            if strong {
                headings.misspelt.insert(heading);
                headings.firsts.extend(heading.split_once(' ').map(|(first, _)| (first, ())));
            }
        }
        headings
    }

    /// What the heading `text` is about; none if its words are no heading. Numbering, emoji and punctuation do not matter.
    pub fn lookup(&self, text: &str) -> Option<HeadingMatch> {
        self.lookup_with(text, &mut Words::default())
    }

    /// The same; `words` is used again from line to line.
    pub fn lookup_with(&self, text: &str, words: &mut Words) -> Option<HeadingMatch> {
        let lower = Lower::of(text);
        if lower.is_none()
            && text.len() <= LONGEST_UNSPACED
            && !text.is_ascii()
            && let Some(both) = self.unspaced(text)
        {
            return Some(both);
        }
        match lower.as_ref().map_or(Ending::Unknown, |lower| self.by_last_word(text, lower.as_str())) {
            Ending::Unknown if self.is_running_text(text) => return None,
            Ending::Unknown => {}
            Ending::OfRunningText => return None,
            Ending::Misspelt(name) => return self.fuzzy(name).map(|kind| found(kind, HeadingHow::Fuzzy)),
        }
        match &lower {
            Some(lower) => words.take(lower),
            None => words.read(text),
        }
        let words = &*words;
        if words.is_empty() || words.len() > MOST_WORDS {
            return self.spaced(words);
        }
        // "3. Education", "IV Projects"
        let numbered = words.len() > 1 && is_numeral(words.term(0));
        let from = usize::from(numbered);
        let damaged = || {
            self.spaced(words)
                .or_else(|| self.torn(text, words))
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
                .compound(words, from)
                .and_then(|both| [Some(both.kind), both.second].into_iter().flatten().find(|other| *other != kind.0));
            return Some(HeadingMatch { second, ..found(*kind, HeadingHow::Exact) });
        }
        counted()
            .or_else(|| self.modified(words, from).map(|kind| found(kind, HeadingHow::Modified)))
            .or_else(|| self.compound(words, from))
            .or_else(damaged)
            .or_else(|| self.last_word(words, from))
    }

    /// A line of three words and more that ends with the last word of no heading and begins with the first of none that is misspelt at its end: its
    /// words need not be read.
    fn is_running_text(&self, text: &str) -> bool {
        let text = text.trim_end_matches(['.', ',', ':', ';', '!', '?', '%', ')', ' ']);
        let first = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let last = text.len() - text.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
        // Single letters may be spaced, or numbers of headings.
        if first < 2 || first >= last {
            return false;
        }
        let (first, between, last) = (&text[..first], &text[first..last], &text[last..]);
        // Letters behind another sign may belong to a longer word, and those of capitals may be torn apart.
        let is_parted = between.starts_with(' ') && between.ends_with(' ');
        is_parted
            && between.bytes().any(|byte| byte.is_ascii_alphanumeric())
            && last.bytes().any(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            && with_key(last, |last| !self.ends.contains_key(last))
            && with_key(first, |first| !self.firsts.contains_key(first) && !is_numeral(first))
    }

    /// What the last of plain words tells: where it ends no heading, counts nothing, is no single letter, and no capitals are torn apart, they are
    /// one only if they are misspelt; and of text [`Headings::is_running_text`] says so.
    fn by_last_word<'t>(&self, text: &str, folded: &'t str) -> Ending<'t> {
        let last_at = memchr::memrchr(b' ', folded.as_bytes()).map_or(0, |blank| blank + 1);
        let last = &folded[last_at..];
        let is_small = |text: &str| text.bytes().any(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        if self.ends.contains_key(last) {
            return Ending::Unknown;
        }
        let first_end = memchr::memchr(b' ', folded.as_bytes()).unwrap_or(folded.len());
        let first = &folded[..first_end];
        let is_numbered = last_at > 0 && is_numeral(first);
        let is_running = first_end + 1 < last_at
            && first.len() >= 2
            && first.bytes().all(|byte| byte.is_ascii_alphabetic())
            && is_small(&text[last_at..])
            && !is_numbered
            && !self.firsts.contains_key(first);
        if is_running {
            return Ending::OfRunningText;
        }
        let may_be_torn = last_at > 0 && !is_small(text);
        let is_short = || folded.bytes().filter(|byte| *byte == b' ').count() < MOST_WORDS;
        if last.len() < 2 || may_be_torn || is_count(last) || !is_short() {
            return Ending::Unknown;
        }
        Ending::Misspelt(if is_numbered { &folded[first_end + 1..] } else { folded })
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

    /// `证书与语言`, `資格・語学`: two headings joined without blanks.
    fn unspaced(&self, text: &str) -> Option<HeadingMatch> {
        let (left, right) = text.trim().split_once(['与', '和', '及', '・', '、', '및'])?;
        let known = |name: &str| with_key(name, |name| self.known.get(name).copied());
        let (left, right) = (known(left)?, known(right)?);
        let second = (left.0 != right.0).then_some(right.0);
        Some(HeadingMatch { kind: left.0, second, strong: left.1 || right.1, how: HeadingHow::Compound })
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
        let kind = self.known.get(joined.as_str()).filter(|_| joined.len() >= TORN_MIN)?;
        Some(HeadingMatch { kind: kind.0, second: None, strong: kind.1, how: HeadingHow::Modified })
    }

    fn fuzzy(&self, folded: &str) -> Option<(SectionKind, bool)> {
        self.known.get(self.misspelt.meant(folded)?).copied()
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

/// What the last of plain words tells of a line.
#[derive(Debug, PartialEq, Eq)]
enum Ending<'t> {
    /// Nothing: a closer look is needed.
    Unknown,
    /// It is no heading.
    OfRunningText,
    /// It is no heading, unless these words are a misspelt one.
    Misspelt(&'t str),
}

fn found(kind: (SectionKind, bool), how: HeadingHow) -> HeadingMatch {
    HeadingMatch { kind: kind.0, second: None, strong: kind.1, how }
}

/// Digits, or letters of Roman numbers.
fn is_numeral(term: &str) -> bool {
    term.bytes().all(|byte| byte.is_ascii_digit() || b"ivx".contains(&byte))
}

/// `2`, `iv`.
fn is_count(term: &str) -> bool {
    term.len() <= 3
        && (term.bytes().all(|byte| byte.is_ascii_digit()) || term.bytes().all(|byte| b"ivx".contains(&byte)))
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
        check("证书与语言", SectionKind::Certificates, Some(SectionKind::Languages), HeadingHow::Compound);
    }

    #[test]
    fn misspelt_last_words_of_long_headings() {
        check("Work Experience Detials", SectionKind::Experience, None, HeadingHow::Fuzzy);
        check("Work Exper ience", SectionKind::Experience, None, HeadingHow::Fuzzy);
    }

    #[test]
    fn running_text_is_told_by_its_ends() {
        let headings = Headings::builtin();
        for text in ["Led a team of cooks.", "Salted fish for 20 guests", "Led a team of 5", "Salted by 20 %"] {
            assert!(headings.is_running_text(text), "{text}");
        }
        for text in ["Led cooks", "Work and Experiance", "LED A TEAM", "XI a team", "Project 2", "Other-work of cooks"]
        {
            assert!(!headings.is_running_text(text), "{text}");
        }
    }

    #[test]
    fn plain_words_are_told_by_their_last() {
        let headings = Headings::builtin();
        let check_last = |text: &str, expected: Ending| {
            assert_eq!(headings.by_last_word(text, &key(text)), expected, "{text}");
        };
        check_last("Harbour Master", Ending::Misspelt("harbour master"));
        check_last("3 Educatoin", Ending::Misspelt("educatoin"));
        check_last("HARBOUR", Ending::Misspelt("harbour"));
        check_last("Work of Harbours", Ending::Misspelt("work of harbours"));
        check_last("b2b of harbours", Ending::Misspelt("b2b of harbours"));
        check_last("Led a team", Ending::OfRunningText);
        for text in ["Embedded C", "HARBOUR MASTER", "Project 2", "Projects", "a b c d e f g h i j k l mn"] {
            check_last(text, Ending::Unknown);
        }
        check("3 Educatoin", SectionKind::Education, None, HeadingHow::Fuzzy);
    }

    #[test]
    fn other_lines_are_no_headings() {
        for text in ["Acme Corporation", "Led a team of five", "Lisbon, Portugal", "Python, Java"] {
            assert_eq!(Headings::builtin().lookup(text), None, "{text}");
        }
    }
}
