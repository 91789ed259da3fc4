//! What has to be said about a query while it is read: notices and errors that point into the text as typed. Reads nothing
//! itself.

use super::ast::Notice;
use super::clean::{self, Clean};
use crate::error::{Error, QuerySpan};

/// The typed text, its plain form, and the notices so far.
pub(super) struct Report<'q> {
    typed: &'q str,
    clean: Clean,
    pub notices: Vec<Notice>,
    /// Words that are also common words, in the order of the query.
    ambiguous: Vec<String>,
    /// Words with other names of the skill that they name.
    aliased: Vec<(String, Vec<String>)>,
}

/// Most other names that a notice lists; the rest is counted.
const LISTED_ALIASES: usize = 6;

/// Most words whose other names are listed; a longer query names only the words.
const LISTED_WORDS: usize = 2;

impl<'q> Report<'q> {
    pub fn new(typed: &'q str) -> Report<'q> {
        Report { typed, clean: clean::clean(typed), notices: Vec::new(), ambiguous: Vec::new(), aliased: Vec::new() }
    }

    /// The text the lexer reads.
    pub fn plain(&self) -> &str {
        &self.clean.text
    }

    /// Says something about a range of the plain text, once.
    pub fn notice(&mut self, start: usize, end: usize, message: impl Into<String>) {
        let message = message.into();
        if self.notices.iter().any(|notice| notice.message == message) {
            return;
        }
        let (start, end) = self.clean.typed(start, end);
        self.notices.push(Notice { message, span: Some(QuerySpan { query: self.typed.to_string(), start, end }) });
    }

    /// The word is also a common word.
    pub fn ambiguous(&mut self, word: &str) {
        if !self.ambiguous.iter().any(|known| known == word) {
            self.ambiguous.push(word.to_string());
        }
    }

    /// The word also finds these names.
    pub fn aliased(&mut self, word: &str, others: Vec<&str>) {
        if !self.aliased.iter().any(|known| known.0 == word) {
            self.aliased.push((word.to_string(), others.into_iter().map(str::to_string).collect()));
        }
    }

    /// All notices: what was said in its place, then one line for all words of a kind.
    pub fn into_notices(mut self) -> Vec<Notice> {
        let mut messages = Vec::new();
        match &self.ambiguous[..] {
            [] => {}
            [word] => {
                let escaped = super::print::escaped(word);
                messages.push(format!("`{word}` is also a common word; `skill:{escaped}` finds only the skill"));
            }
            words => messages.push(format!("{} are also common words; `skill:` finds only the skills", quoted(words))),
        }
        if self.aliased.len() <= LISTED_WORDS {
            messages.extend(self.aliased.iter().map(|(word, others)| {
                let more = others.len().saturating_sub(LISTED_ALIASES);
                let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
                let listed = others[..others.len() - more].join(", ");
                format!("`{word}` also finds {listed}{tail}; `={word}` finds only the word")
            }));
        } else {
            let words: Vec<String> = self.aliased.iter().map(|(word, _)| word.clone()).collect();
            messages.push(format!(
                "{} also find the other names of the skills; `=` before a word finds only it",
                quoted(&words)
            ));
        }
        self.notices.extend(messages.into_iter().map(|message| Notice { message, span: None }));
        self.notices
    }

    /// An error at a range of the plain text.
    pub fn error(&self, start: usize, end: usize, message: impl Into<String>) -> Error {
        let (start, end) = self.clean.typed(start, end);
        Error::input(message).span(self.typed, start, end)
    }
}

/// `` `spring`, `agile` and `rest` ``
fn quoted(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match &quoted[..] {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => quoted.join(", "),
    }
}
