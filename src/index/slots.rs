//! Texts by entry → one field value whose token positions tell the entry. In: lines and the entries they belong to. Out: a string with
//! [`ENTRY_BREAK`]s. Does not tokenise; it only counts words from above so that no slot overflows.

use super::text::TextLine;
use crate::analysis::{ENTRY_BREAK, ENTRY_STRIDE};
use std::ops::Range;

/// Words per slot that are surely within [`ENTRY_STRIDE`] positions.
const WORDS_PER_SLOT: usize = ENTRY_STRIDE as usize - 96;

/// A line is repeated in at most this many entries (jobs under one employer's line share it), so that the value stays linear in
/// the text even when entries overlap.
const ENTRIES_PER_LINE: u8 = 3;

/// Values by entry, one slot each.
#[derive(Debug, Default)]
pub struct Slots {
    text: String,
    slot: usize,
}

impl Slots {
    /// Adds a value to `slot`; slots come in rising order.
    pub fn add(&mut self, slot: usize, value: &str) {
        self.go_to(slot);
        if !self.text.is_empty() && !self.text.ends_with(ENTRY_BREAK) {
            self.text.push('\n');
        }
        self.text.push_str(value);
    }

    fn go_to(&mut self, slot: usize) {
        while self.slot < slot {
            self.text.push(ENTRY_BREAK);
            self.slot += 1;
        }
    }

    /// The field value.
    pub fn finish(self) -> String {
        self.text
    }
}

/// The whole visible text: slot k is the k-th entry, the slots after the last entry hold everything else. What does not fit into an
/// entry's slot stands there too. Hidden lines are left out.
pub fn body(lines: &[TextLine<'_>], entries: &[Range<usize>]) -> String {
    let bytes = lines.iter().map(|line| line.text.len() + 1).sum();
    let mut value = Slots { text: String::with_capacity(bytes), slot: 0 };
    let mut used = vec![0_u8; lines.len()];
    let mut left_over: Vec<&str> = Vec::new();
    // A text of so few bytes cannot fill a slot: nothing to count.
    let cut: for<'t> fn(&'t str, &mut usize) -> (&'t str, &'t str) =
        if bytes / 2 < WORDS_PER_SLOT { whole } else { cut };
    for (slot, entry) in entries.iter().enumerate() {
        value.go_to(slot);
        let mut room = WORDS_PER_SLOT;
        for at in entry.start.min(lines.len())..entry.end.min(lines.len()) {
            let line = &lines[at];
            if line.hidden || used[at] >= ENTRIES_PER_LINE {
                continue;
            }
            let (fits, rest) = cut(line.text, &mut room);
            if !fits.is_empty() {
                value.add(slot, fits);
            }
            if !rest.is_empty() && used[at] == 0 {
                left_over.push(rest);
            }
            used[at] += 1;
        }
    }
    let others = lines.iter().zip(&used).filter(|(line, used)| **used == 0 && !line.hidden).map(|(line, _)| line.text);
    let (mut slot, mut room) = (entries.len(), WORDS_PER_SLOT);
    for text in others.chain(left_over) {
        let mut rest = text;
        while !rest.is_empty() {
            let fits;
            (fits, rest) = cut(rest, &mut room);
            if !fits.is_empty() {
                value.add(slot, fits);
            }
            if !rest.is_empty() {
                (slot, room) = (slot + 1, WORDS_PER_SLOT);
            }
        }
    }
    value.finish()
}

/// Splits `text` after at most `room` words and takes them from `room`. A word is counted for every run of letters and digits and
/// for every character beyond U+2E80 (Chinese, Japanese, Korean), which is never less than the positions a tokenizer gives.
fn cut<'a>(text: &'a str, room: &mut usize) -> (&'a str, &'a str) {
    // A word takes at least two bytes with its separator, or three as a single character.
    if text.len() / 2 < *room {
        *room -= words(text).min(*room);
        return (text, "");
    }
    let mut inside = false;
    for (at, character) in text.char_indices() {
        let single = character >= '\u{2e80}';
        let letter = !single && character.is_alphanumeric();
        if single || (letter && !inside) {
            if *room == 0 {
                return text.split_at(at);
            }
            *room -= 1;
        }
        inside = letter;
    }
    (text, "")
}

/// [`cut`] where there is room for everything.
fn whole<'a>(text: &'a str, _room: &mut usize) -> (&'a str, &'a str) {
    (text, "")
}

fn words(text: &str) -> usize {
    let mut room = usize::MAX;
    if text.is_ascii() {
        let bytes = text.as_bytes();
        let starts =
            bytes.windows(2).filter(|pair| pair[1].is_ascii_alphanumeric() && !pair[0].is_ascii_alphanumeric());
        return starts.count() + usize::from(bytes.first().is_some_and(u8::is_ascii_alphanumeric));
    }
    let mut inside = false;
    for character in text.chars() {
        let single = character >= '\u{2e80}';
        let letter = !single && character.is_alphanumeric();
        room -= usize::from(single || (letter && !inside));
        inside = letter;
    }
    usize::MAX - room
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SectionKind;

    fn lines<'a>(texts: &[&'a str]) -> Vec<TextLine<'a>> {
        let line = |text: &&'a str| TextLine {
            text,
            section: SectionKind::Other,
            page: 1,
            number: 1,
            hidden: text.starts_with('!'),
            furniture: false,
        };
        texts.iter().map(line).collect()
    }

    fn check(texts: &[&str], entries: &[Range<usize>], expected: &str) {
        assert_eq!(body(&lines(texts), entries).replace(ENTRY_BREAK, "|").replace('\n', "/"), expected);
    }

    #[test]
    fn entries_first_then_the_rest() {
        check(&["name", "job a", "more a", "job b", "end"], &[1..3, 3..4], "job a/more a|job b|name/end");
    }

    #[test]
    fn an_empty_entry_keeps_its_slot() {
        check(&["x", "y"], &[0..0, 0..1], "|x|y");
        check(&["x"], std::slice::from_ref(&(5..9)), "|x");
    }

    #[test]
    fn hidden_lines_are_left_out() {
        check(&["x", "!python python", "y"], std::slice::from_ref(&(0..2)), "x|y");
    }

    #[test]
    fn a_shared_line_stands_in_both_entries() {
        check(&["Acme", "Lead", "Engineer"], &[0..2, 0..3], "Acme/Lead|Acme/Lead/Engineer");
    }

    #[test]
    fn an_overlong_entry_runs_over_into_the_rest() {
        let long = "word ".repeat(WORDS_PER_SLOT * 2 + 10);
        let value = body(&lines(&[&long]), std::slice::from_ref(&(0..1)));
        let slots: Vec<usize> = value.split(ENTRY_BREAK).map(words).collect();
        assert_eq!(slots, [WORDS_PER_SLOT, WORDS_PER_SLOT, 10]);
    }

    #[test]
    fn words_are_counted_from_above() {
        let mut room = 3;
        assert_eq!(cut("上海交通大学", &mut room), ("上海交", "通大学"));
        assert_eq!(words("a b-c\u{a0}d"), 4);
    }
}
