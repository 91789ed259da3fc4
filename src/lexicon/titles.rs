//! How much does a phrase look like a job title? In: a phrase. Out: [`TitleEvidence`]. Knows headwords (`engineer`, `nurse`)
//! and seniority words, not employers.

use super::table::{FixedMap, Phrases, cells, rows};
use super::words::{Gap, Words, key};

/// What speaks for a title.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct TitleEvidence {
    /// Sum of the points: from 4 on the phrase is title-like.
    pub score: f32,
    /// A headword stands first or last (`Data Engineer`, `Head of Sales`).
    pub headword: bool,
    /// Rank 0 (intern) to 8 (chief), if a seniority word stands there.
    pub seniority: Option<u8>,
}

impl TitleEvidence {
    /// Enough to be taken for a title when nothing speaks against it.
    pub fn is_title(&self) -> bool {
        self.score >= 4.0
    }
}

/// The tables of headwords and seniority words.
#[derive(Debug)]
pub struct Titles {
    heads: Phrases<bool>,
    /// Ends of compound titles: `leiter` of `Projektleiter`.
    ends: FixedMap<Box<str>, ()>,
    /// Last words of rows of several words.
    phrase_ends: FixedMap<Box<str>, ()>,
    /// [`UNSPACED_ENDS`], folded.
    unspaced: Vec<Box<str>>,
    /// Last letters of those ends: one bit per letter, by the letter in front of it.
    end_letters: [u32; 26],
    seniority: Phrases<u8>,
}

/// Words in front of a master that is no degree.
const MASTERS: &[&str] =
    &["scrum", "station", "harbour", "harbor", "quarter", "yard", "stage", "ballet", "concert", "sprint"];
/// Ends of titles in Chinese, Japanese and Korean, which have no blanks between words.
const UNSPACED_ENDS: &[&str] = &[
    "工程师",
    "工程師",
    "经理",
    "經理",
    "主管",
    "总监",
    "總監",
    "设计师",
    "設計師",
    "会计",
    "會計",
    "教师",
    "实习生",
    "實習生",
    "助理",
    "程序员",
    "分析师",
    "顾问",
    "顧問",
    "助教",
    "教授",
    "研究员",
    "研究員",
    "专员",
    "專員",
    "负责人",
    "开发人员",
    "开发者",
    "開發者",
    "统筹",
    "架构师",
    "科学家",
    "讲师",
    "主任",
    "エンジニア",
    "マネージャー",
    "リーダー",
    "デザイナー",
    "개발자",
    "엔지니어",
    "연구원",
    "디자이너",
    "매니저",
    "인턴",
];
/// Longer phrases are sentences.
const MAX_WORDS: usize = 10;
/// Shortest compound title, in bytes, and the lengths of their ends.
const MIN_COMPOUND: usize = 8;
const END_LENGTHS: std::ops::RangeInclusive<usize> = 4..=13;

impl Titles {
    pub(super) fn builtin() -> Titles {
        let is_end = |row: &&str| row.starts_with('-');
        let ends: FixedMap<Box<str>, ()> = rows(include_str!("data/titles.tsv"))
            .filter(is_end)
            .map(|row| (key(cells::<1>(row)[0]).into(), ()))
            .collect();
        let mut end_letters = [0; 26];
        for (before, last) in ends.keys().filter_map(|end| last_letters(end)) {
            end_letters[before] |= 1 << last;
        }
        let heads = rows(include_str!("data/titles.tsv")).filter(|row| !is_end(row)).map(|row| {
            let [word, _, doubtful] = cells(row);
            (word, doubtful == "1")
        });
        let seniority = rows(include_str!("data/seniority.tsv")).map(|row| {
            let [word, rank] = cells(row);
            (word, rank.parse().unwrap_or(3))
        });
        let last_of = |row: &'static str| -> Option<Box<str>> {
            let (_, last) = cells::<1>(row)[0].rsplit_once(' ')?;
            Some(key(last).into())
        };
        let phrase_ends = rows(include_str!("data/titles.tsv")).filter_map(|row| Some((last_of(row)?, ()))).collect();
        let unspaced = UNSPACED_ENDS.iter().map(|end| key(end).into()).collect();
        Titles {
            heads: Phrases::new(heads),
            ends,
            phrase_ends,
            unspaced,
            end_letters,
            seniority: Phrases::new(seniority),
        }
    }

    /// Weighs a phrase as a job title.
    pub fn score(&self, text: &str) -> TitleEvidence {
        self.score_in(text, &Words::of(text))
    }

    /// The same, where the words of `text` are known already.
    pub fn score_in(&self, text: &str, words: &Words) -> TitleEvidence {
        let mut evidence = TitleEvidence::default();
        if words.is_empty() {
            return evidence;
        }
        // The title proper ends at a bracket, comma, "at", "@" or "with": "Engineer (Platform)", "Chef at Acme".
        let is_end = |index: usize| {
            let hard = words.get(index).is_some_and(|word| word.gap == Gap::Hard);
            hard || matches!(
                words.term(index),
                "at" | "with" | "for" | "of" | "in" | "i" | "ii" | "iii" | "iv" | "1" | "2" | "3"
            )
        };
        let to = (1..words.len()).find(|index| is_end(*index)).unwrap_or(words.len());
        let last = self.head_at(words, to - 1).or_else(|| self.phrase_before(words, to));
        let very_last = || self.head_at(words, words.len() - 1).filter(|_| words.len() <= MAX_WORDS);
        let leads = to == words.len() || matches!(words.term(to), "of" | "for" | "in");
        let first = || if leads { self.head_at(words, 0) } else { None };
        if let Some(doubtful) = last.or_else(first).or_else(very_last) {
            evidence.headword = true;
            evidence.score += if doubtful { 3.0 } else { 4.0 };
        } else if (0..words.len().min(MAX_WORDS)).any(|index| self.head_at(words, index) == Some(false)) {
            evidence.score += 2.0;
        }
        evidence.seniority = (0..words.len().min(MAX_WORDS))
            .filter_map(|index| self.seniority.longest(words, index))
            .map(|(_, rank)| *rank)
            .max();
        if evidence.seniority.is_some() {
            evidence.score += 2.0;
        }
        if words.len() > MAX_WORDS || text.trim_end().ends_with('.') {
            evidence.score -= 3.0;
        }
        evidence
    }

    /// `text` is a row of several words: `Sales Representative`.
    pub fn ends_row(&self, text: &str) -> bool {
        let words = Words::of(text);
        words.len() > 1 && self.phrase_before(&words, words.len()).is_some()
    }

    /// Some word of `text` is a headword.
    pub fn has_headword(&self, text: &str) -> bool {
        let words = Words::of(text);
        (0..words.len()).any(|index| self.head_at(&words, index).is_some())
    }

    /// The last word is the plural of a headword: `Harper Lane Accountants`, a firm of them.
    pub fn ends_in_plural(&self, words: &Words) -> bool {
        let Some(last) = words.len().checked_sub(1).map(|last| words.term(last)) else { return false };
        let stem = last.strip_suffix('s').filter(|stem| stem.len() > 5);
        words.len() >= 2 && self.heads.get(last).is_none() && stem.is_some_and(|stem| self.heads.get(stem).is_some())
    }

    fn head_at(&self, words: &Words, index: usize) -> Option<bool> {
        let term = words.term(index);
        // "Scrum Master", not "Master of Science"
        if term == "master" && index > 0 && MASTERS.contains(&words.term(index - 1)) {
            return Some(false);
        }
        let singular = || term.strip_suffix('s').filter(|stem| stem.len() > 4).and_then(|stem| self.heads.get(stem));
        let ends_so =
            || self.is_compound(term) || !term.is_ascii() && self.unspaced.iter().any(|end| term.ends_with(&**end));
        self.heads.word(words, index).or_else(singular).copied().or_else(|| ends_so().then_some(false))
    }

    /// `Fire Fighter`, `Direct Support Professional`: a row of several words that ends before word `to`.
    fn phrase_before(&self, words: &Words, to: usize) -> Option<bool> {
        if !self.phrase_ends.contains_key(words.term(to - 1)) {
            return None;
        }
        (2..=3.min(to)).find_map(|length| self.heads.get(words.run(to - length, to)).copied())
    }

    /// `Vertriebsleiter`, `projektledare`: a word of a language that writes compounds as one.
    fn is_compound(&self, term: &str) -> bool {
        let start =
            |length: usize| term.len().checked_sub(length).filter(|start| *start >= 3 && term.is_char_boundary(*start));
        let may = || last_letters(term).is_some_and(|(before, last)| self.end_letters[before] & (1 << last) != 0);
        let known = |start: usize| self.ends.contains_key(&term[start..]);
        term.len() >= MIN_COMPOUND && may() && END_LENGTHS.filter_map(start).any(known)
    }
}

/// The last two letters of a folded word, counted from `a`; none where they are no plain letters.
fn last_letters(term: &str) -> Option<(usize, usize)> {
    let [.., before, last] = term.as_bytes() else { return None };
    let number = |byte: &u8| byte.is_ascii_lowercase().then(|| usize::from(byte - b'a'));
    Some((number(before)?, number(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, title: bool) {
        let evidence = Titles::builtin().score(text);
        assert_eq!(evidence.is_title(), title, "{text}: {evidence:?}");
    }

    #[test]
    fn titles_of_all_trades() {
        for text in [
            "Senior Software Engineer",
            "Registered Nurse (ICU)",
            "Head of Sales",
            "Software Engineer II",
            "Chef at Acme",
            "Werkstudent",
            "Vertriebsleiterin",
            "Projektledare",
            "Scrum Master",
            "Wildlife Ecologist",
            "WEB 前后端开发人员",
            "백엔드개발자",
            "Fire Fighter",
        ] {
            check(text, true);
        }
    }

    #[test]
    fn other_phrases() {
        for text in [
            "Acme Corporation",
            "Python, Java",
            "Lisbon, Portugal",
            "Master of Science",
            "Improved the build time by half.",
        ] {
            check(text, false);
        }
    }
}
