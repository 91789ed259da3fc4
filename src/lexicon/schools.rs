//! Name of a school as written → canonical name. In: `Georgia Insititute of Technology`, `IIT Bombay`, `MIT`. Out:
//! [`SchoolMatch`]. A bonus, never a gate: most schools of the world are not in the table.

use super::letters::within_one_edit;
use super::table::{FixedMap, WordSet, cells, list, rows};
use super::words::{Words, key};

/// A school of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchoolMatch {
    /// Canonical name.
    pub name: &'static str,
    /// Every word was written as in the table; else one letter was off in a word, or little words were missing.
    pub exact: bool,
}

/// Words that do not tell schools apart.
const STOPS: &[&str] = &["of", "the", "and", "at", "for", "in", "de", "di", "du", "la", "le", "des", "da", "do"];
/// Words of at least this many letters may be misspelt by one letter.
const FUZZY_WORD: usize = 5;

/// First words of many names: the last word tells the school.
static COMMON: WordSet = WordSet::of(&[
    "university",
    "universidad",
    "universidade",
    "universita",
    "universitat",
    "universite",
    "technical",
    "technische",
    "national",
    "institute",
    "college",
    "state",
    "indian",
]);

/// Number of words of a name, whether its last word is looked at and not its first, whether the letter is the last of that word and not
/// its first, the letter, the length of the word. One wrong letter leaves the first or the last as it was.
type Letter = u64;

fn letters(words: usize, is_last: bool, outline: Outline) -> [Letter; 2] {
    let key = |at_end: bool, letter: u8| {
        u64::from(letter)
            | u64::from(outline.2) << 8
            | u64::from(is_last) << 16
            | u64::from(at_end) << 17
            | (words as u64) << 18
    };
    [key(false, outline.0), key(true, outline.1)]
}

/// The same for the words that one letter more or less makes of it, too.
fn near_letters(words: usize, is_last: bool, outline: Outline) -> [[Letter; 2]; 3] {
    let (first, last, length) = outline;
    [length.saturating_sub(1), length, length.saturating_add(1)]
        .map(|length| letters(words, is_last, (first, last, length)))
}

/// The words of a name, and the canonical name.
type Spelling = (Vec<Box<str>>, &'static str);

/// First letter, last letter and length of a word: enough to tell most words apart without looking at them.
type Outline = (u8, u8, u8);

/// The table of schools.
#[derive(Debug)]
pub struct Schools {
    /// Folded name or alias without stop words → row.
    exact: FixedMap<Box<str>, &'static str>,
    /// The same names of two words and more, in the order of the table, each with the outlines of its first and last word.
    spellings: Vec<([Outline; 2], Spelling)>,
    /// Which of `spellings` have such a telling word, in order.
    by_letter: FixedMap<Letter, Vec<u32>>,
    /// The user's rows.
    own: Vec<&'static str>,
}

impl Schools {
    #[cfg(test)]
    pub(super) fn builtin() -> Schools {
        Schools::with(&[])
    }

    /// The table that comes with the program, then the user's rows.
    pub(super) fn with(user: &[&'static str]) -> Schools {
        let mut schools = Schools {
            exact: FixedMap::default(),
            spellings: Vec::new(),
            by_letter: FixedMap::default(),
            own: user.to_vec(),
        };
        for row in rows(include_str!("data/schools.tsv")).chain(user.iter().copied()) {
            let [name, aliases] = cells(row);
            for form in std::iter::once(name).chain(list(aliases)) {
                schools.insert(form, name);
            }
        }
        schools
    }

    fn insert(&mut self, form: &'static str, name: &'static str) {
        let all = Words::of(form);
        let words = content(&all);
        self.exact.entry(words.join(" ").into()).or_insert(name);
        if words.len() >= 2 {
            let is_last = COMMON.contains(words[0]);
            let ends = [outline(words[0]), outline(words[words.len() - 1])];
            let telling = ends[usize::from(is_last)];
            for letter in letters(words.len(), is_last, telling) {
                self.by_letter.entry(letter).or_default().push(self.spellings.len() as u32);
            }
            self.spellings.push((ends, (words.into_iter().map(Box::from).collect(), name)));
        }
    }

    /// The school called `text`: exactly, without its little words, or with one letter wrong in a word of five or more.
    /// A short name alone counts only in capitals (`MIT`, not `mit`).
    pub fn lookup(&self, text: &str) -> Option<SchoolMatch> {
        self.lookup_in(text, &Words::of(text))
    }

    /// The same, where the words of `text` are known already.
    pub fn lookup_in(&self, text: &str, words: &Words) -> Option<SchoolMatch> {
        let words = content(words);
        if words.is_empty() || words.len() > 10 {
            return None;
        }
        let joined = words.join(" ");
        if let Some(name) = self.exact.get(joined.as_str()) {
            let short = joined.len() <= 4 && !text.chars().all(|letter| !letter.is_lowercase());
            return (!short).then_some(SchoolMatch { name, exact: true });
        }
        let near = |known: &Vec<Box<str>>| known.iter().zip(&words).all(|(known, word)| same_word(known, word));
        let written = [outline(words[0]), outline(words[words.len() - 1])];
        let keys = [false, true].map(|is_last| near_letters(words.len(), is_last, written[usize::from(is_last)]));
        let found = keys.as_flattened().as_flattened().iter().filter_map(|letter| {
            self.by_letter.get(letter)?.iter().find(|index| {
                let ([first, last], (spelling, _)) = &self.spellings[**index as usize];
                may_be_same(*first, written[0]) && may_be_same(*last, written[1]) && near(spelling)
            })
        });
        let (_, (_, name)) = &self.spellings[*found.min()? as usize];
        Some(SchoolMatch { name, exact: false })
    }

    /// The words are a name of the table exactly, as in [`Schools::lookup`]; without the search for misspelt ones.
    pub fn is_exact(&self, text: &str, words: &Words) -> bool {
        let is_known = |joined: &str| {
            let short = joined.len() <= 4 && text.chars().any(char::is_lowercase);
            !short && self.exact.contains_key(joined)
        };
        if !words.iter().any(|(_, term)| STOPS.contains(&term)) {
            return !words.is_empty() && words.len() <= 10 && is_known(words.folded());
        }
        let words = content(words);
        !words.is_empty() && words.len() <= 10 && is_known(&words.join(" "))
    }

    /// The canonical name for a name, alias or acronym in any case (for queries).
    pub fn canonical(&self, text: &str) -> Option<&'static str> {
        let words = Words::of(text);
        self.exact.get(content(&words).join(" ").as_str()).copied()
    }

    /// Every form under which the canonical name is written: itself, aliases, acronyms.
    pub fn forms_of(&self, canonical: &str) -> Vec<&'static str> {
        let mut all = rows(include_str!("data/schools.tsv")).chain(self.own.iter().copied());
        let row = all.find(|row| key(cells::<1>(row)[0]) == key(canonical));
        row.map_or_else(Vec::new, |row| {
            let [name, aliases] = cells(row);
            std::iter::once(name).chain(list(aliases)).collect()
        })
    }
}

fn content(words: &Words) -> Vec<&str> {
    words.iter().map(|(_, term)| term).filter(|term| !STOPS.contains(term)).collect()
}

fn outline(word: &str) -> Outline {
    let bytes = word.as_bytes();
    (
        bytes.first().copied().unwrap_or(0),
        bytes.last().copied().unwrap_or(0),
        u8::try_from(bytes.len()).unwrap_or(u8::MAX),
    )
}

/// No more than one letter is between two words of these outlines, as far as outlines can tell.
fn may_be_same(one: Outline, other: Outline) -> bool {
    one.2.abs_diff(other.2) <= 1 && (one.0 == other.0 || one.1 == other.1)
}

fn same_word(known: &str, word: &str) -> bool {
    known == word || (known.len() >= FUZZY_WORD && word.len() >= FUZZY_WORD - 1 && within_one_edit(known, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(Schools::builtin().lookup(text).map(|found| found.name), expected, "{text}");
    }

    #[test]
    fn schools_as_people_write_them() {
        check("Georgia Insititute of Technology", Some("Georgia Institute of Technology"));
        check("Indian Institute Technology, Jodhpur", Some("Indian Institute of Technology Jodhpur"));
        check("IIT Bombay", Some("Indian Institute of Technology Bombay"));
        check("MIT", Some("Massachusetts Institute of Technology"));
        check("Technische Universität München", Some("Technical University of Munich"));
    }

    #[test]
    fn other_names() {
        for text in ["mit", "Acme Corporation", "University of Nowhere", ""] {
            check(text, None);
        }
    }
}
