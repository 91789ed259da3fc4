//! Fields of study: `CSE` → Computer Science and Engineering. In: words of a subject. Out: its canonical name.

use super::table::{Phrases, cells, list, rows};
use super::words::Words;

/// The table of fields of study.
#[derive(Debug)]
pub struct Subjects {
    names: Phrases<&'static str>,
}

impl Subjects {
    pub(super) fn builtin() -> Subjects {
        let names = rows(include_str!("data/subjects.tsv")).flat_map(|row| {
            let [canonical, _, aliases] = cells(row);
            std::iter::once(canonical).chain(list(aliases)).map(move |name| (name, canonical))
        });
        Subjects { names: Phrases::new(names) }
    }

    /// The canonical name of a field of study, written in full.
    pub fn canonical(&self, text: &str) -> Option<&'static str> {
        self.names.get(&super::words::key(text)).copied()
    }

    /// The longest field of study at the start of `text`: its end in bytes and canonical name.
    pub fn at_start(&self, text: &str) -> Option<(usize, &'static str)> {
        let words = Words::of(text);
        let (length, name) = self.names.longest(&words, 0)?;
        Some((words.get(length - 1)?.end, *name))
    }
}
