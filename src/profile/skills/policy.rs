//! Is this word here the skill? In: a known name in a line. Out: a [`Verdict`]. Most names mean nothing else; those that do (`Go`,
//! `Excel`, `Spring`) have a row in the lexicon with cues for and against.

use crate::analysis::ascii;
use crate::lexicon::words::{Gap, Words};
use crate::lexicon::{AmbiguousRow, Case, Policy, Skills, Surface};
use std::cell::OnceCell;

/// What to do with a known name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is the skill.
    Accept,
    /// It is, if the skill is sure elsewhere in the résumé.
    Weak,
    /// It is something else.
    Reject,
}

/// A line with its words.
pub(super) struct Scene<'a> {
    text: &'a str,
    words: &'a Words,
    skills: &'a Skills,
    /// The line is part of a skill section.
    in_list: bool,
    /// `text` in small letters, made when it is needed.
    lower: OnceCell<Lower>,
}

/// A cue counts within so many bytes on either side.
const CUE_REACH: usize = 70;
/// Sure skills count as neighbours within so many words.
const NEIGHBOUR_WORDS: usize = 8;

impl<'a> Scene<'a> {
    pub(super) fn of(text: &'a str, words: &'a Words, skills: &'a Skills, in_list: bool) -> Scene<'a> {
        Scene { text, words, skills, in_list, lower: OnceCell::new() }
    }

    /// Judges the known name of `length` words at word `at`; the reason is for the evidence.
    pub(super) fn judge(&self, at: usize, length: usize, surface: &Surface) -> (Verdict, &'static str) {
        let (Some(first), Some(last)) = (self.words.get(at), self.words.get(at + length - 1)) else {
            return (Verdict::Reject, "");
        };
        let written = &self.text[first.start..last.end];
        if surface.listed_only && !self.in_list {
            return (Verdict::Reject, "");
        }
        if surface.exact && !self.in_list && written != surface.written && surface.ambiguous.is_none() {
            return (Verdict::Weak, "");
        }
        let Some(row) = self.skills.ambiguous(surface) else {
            return (Verdict::Accept, "known skill +4");
        };
        self.judge_doubtful(at, length, written, (first.start, last.end), row)
    }

    fn judge_doubtful(
        &self,
        at: usize,
        length: usize,
        written: &str,
        span: (usize, usize),
        row: &AmbiguousRow,
    ) -> (Verdict, &'static str) {
        let case_fits = match row.case {
            Case::Any => true,
            Case::Exact => written == row.surface,
            Case::Upper => !written.chars().any(char::is_lowercase),
            Case::Lower => !written.chars().any(char::is_uppercase),
        };
        if !case_fits {
            return (Verdict::Reject, "");
        }
        let lower = self.lower.get_or_init(|| Lower::of(self.text));
        let around = Around::of(lower, span);
        if row.cues_against().any(|cue| around.has(cue)) {
            return (Verdict::Reject, "");
        }
        let cues = row.cues_for().filter(|cue| around.has(cue)).take(2).count();
        let neighbours = || self.sure_neighbours(at, length);
        let verdict = match row.policy {
            Policy::Accept => Verdict::Accept,
            Policy::List
                if self.in_list
                    || cues >= 1
                    || matches!(neighbours(), near if near >= 2 || near == 1 && self.in_enumeration(at, length)) =>
            {
                Verdict::Accept
            }
            Policy::Context if cues >= 1 || (self.in_list && neighbours() >= 2) => Verdict::Accept,
            Policy::Reject if cues >= 2 => Verdict::Accept,
            Policy::Reject => Verdict::Reject,
            _ => Verdict::Weak,
        };
        (verdict, "known skill +4, cues in the line")
    }

    /// Unambiguous skills near the word.
    fn sure_neighbours(&self, at: usize, length: usize) -> usize {
        let from = at.saturating_sub(NEIGHBOUR_WORDS);
        let to = (at + length + NEIGHBOUR_WORDS).min(self.words.len());
        let sure = |index: usize| {
            self.skills
                .longest(self.words, index)
                .is_some_and(|(_, surface)| surface.ambiguous.is_none() && !surface.listed_only)
        };
        (from..at).chain(at + length..to).filter(|index| sure(*index)).take(2).count()
    }

    /// Stands between commas or slashes.
    fn in_enumeration(&self, at: usize, length: usize) -> bool {
        let before = self.words.get(at).is_some_and(|word| word.gap != Gap::Space);
        let after = self.words.get(at + length).is_some_and(|word| word.gap != Gap::Space);
        before || after
    }
}

/// A line in small letters.
struct Lower {
    text: String,
    begins: Beginnings,
}

impl Lower {
    fn of(text: &str) -> Lower {
        let text = text.to_ascii_lowercase();
        let mut begins = Beginnings::default();
        ascii::each_run(text.as_bytes(), |run| begins.insert(&text.as_bytes()[run.start..]));
        Lower { text, begins }
    }
}

/// The first two bytes of the words of a text that begin with an ASCII letter or digit, one bit for those that are alike: most cues are told
/// by theirs.
#[derive(Clone, Copy, Default)]
struct Beginnings([u64; 4]);

impl Beginnings {
    fn insert(&mut self, text: &[u8]) {
        if let Some((row, bit)) = Beginnings::place(text) {
            self.0[row] |= bit;
        }
    }

    /// A word may begin like `text`. Not told of what begins with a sign.
    fn may_hold(&self, text: &[u8]) -> bool {
        Beginnings::place(text).is_none_or(|(row, bit)| self.0[row] & bit != 0)
    }

    fn place(text: &[u8]) -> Option<(usize, u64)> {
        let [first, second, ..] = text else { return None };
        first.is_ascii_alphanumeric().then(|| (usize::from(first % 4), 1 << ((second ^ first >> 2) % 64)))
    }
}

/// What stands around a word, in small letters.
struct Around<'l> {
    /// All of the line before and behind it.
    line: (&'l str, &'l str),
    /// Of these as much as cues are looked for in.
    windows: (&'l str, &'l str),
    /// How words begin there.
    begins: Beginnings,
}

impl<'l> Around<'l> {
    fn of(Lower { text, begins }: &'l Lower, (start, end): (usize, usize)) -> Around<'l> {
        let from = floor(text, start.saturating_sub(CUE_REACH));
        let to = floor(text, (end + CUE_REACH).min(text.len()));
        let windows = (&text[from..start], &text[end..to.max(end)]);
        // A window may begin inside a word.
        let mut begins = *begins;
        [windows.0, windows.1].iter().for_each(|window| begins.insert(window.as_bytes()));
        Around { line: (&text[..start], &text[end..]), windows, begins }
    }

    /// `left:` and `right:` cues touch the word (blanks aside), others stand near it as whole words.
    fn has(&self, cue: &str) -> bool {
        if let Some(cue) = cue.strip_prefix("left:") {
            let before = self.line.0.trim_end_matches([' ', '-']);
            return before.strip_suffix(cue).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
        }
        if let Some(cue) = cue.strip_prefix("right:") {
            let after = self.line.1;
            let after = if cue.starts_with(char::is_alphanumeric) { after.trim_start() } else { after };
            return after
                .strip_prefix(cue)
                .is_some_and(|rest| !cue.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric));
        }
        self.begins.may_hold(cue.as_bytes()) && (stands_in(self.windows.0, cue) || stands_in(self.windows.1, cue))
    }
}

/// `cue` stands in the window as whole words. Windows are short: a search made ready for each cue would take longer than the search.
fn stands_in(window: &str, cue: &str) -> bool {
    let Some(first) = cue.as_bytes().first() else { return false };
    memchr::memchr_iter(*first, window.as_bytes()).any(|at| {
        let hit = window.as_bytes()[at..].starts_with(cue.as_bytes());
        let before = || window[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let after = || window[at + cue.len()..].chars().next().is_some_and(char::is_alphanumeric);
        hit && !before() && !after()
    })
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
