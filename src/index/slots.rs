//! Texts by entry → one field value in which [`ENTRY_BREAK`]s separate the entries. In: lines and the entries they belong to. Out: a string.
//! Does not tokenise.

use super::text::TextLine;
use crate::analysis::ENTRY_BREAK;
use std::ops::Range;

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
    /// No values yet, with room for so many bytes.
    pub fn with_room(bytes: usize) -> Slots {
        Slots { text: String::with_capacity(bytes), slot: 0 }
    }

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

/// The whole visible text: slot k is the k-th entry, the slot after the last entry holds everything else. Hidden lines are left out.
pub fn body(lines: &[TextLine<'_>], entries: &[Range<usize>]) -> String {
    let bytes = lines.iter().map(|line| line.text.len() + 1).sum();
    let mut value = Slots::with_room(bytes);
    let mut used = vec![0_u8; lines.len()];
    for (slot, entry) in entries.iter().enumerate() {
        value.go_to(slot);
        for at in entry.start.min(lines.len())..entry.end.min(lines.len()) {
            if !lines[at].hidden && used[at] < ENTRIES_PER_LINE {
                value.add(slot, lines[at].text);
                used[at] += 1;
            }
        }
    }
    for (line, used) in lines.iter().zip(&used) {
        if *used == 0 && !line.hidden {
            value.add(entries.len(), line.text);
        }
    }
    value.finish()
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
}
