//! A short list of words and signs, looked for all at once. In: the list, a line. Out: whether one of them may stand in the line, so that
//! most lines need no closer look. Knows no borders of words and does NOT say which one it was.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// The automaton of a list; capitals do not matter.
pub(super) struct Signs {
    automaton: Option<AhoCorasick>,
}

impl Signs {
    /// The automaton of `list`.
    pub fn of(list: impl IntoIterator<Item = &'static str>) -> Signs {
        let builder = &mut AhoCorasick::builder();
        // A table, not links: the lists are short, and lines are shorter than what searching ahead pays for.
        let builder = builder.ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA));
        Signs { automaton: builder.build(list).ok() }
    }

    /// One of the list stands in `text`, perhaps inside a word.
    pub fn may_stand_in(&self, text: &str) -> bool {
        self.automaton.as_ref().is_none_or(|automaton| automaton.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_of_the_list_in_any_case() {
        let signs = Signs::of(["gpa", " at ", "première"]);
        assert!(signs.may_stand_in("CGPA 3.4"));
        assert!(signs.may_stand_in("Cook at Blue Fish Inn"));
        assert!(signs.may_stand_in("en première"));
        assert!(!signs.may_stand_in("Attic, G.P.A"));
    }
}
