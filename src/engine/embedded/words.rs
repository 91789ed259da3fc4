//! What a person typed → patterns of index terms, by the same tokenizer that made the index. In: a word or phrase. Out: the patterns
//! that are the same words (`Node.js`: the phrase node js, or the term nodejs). Looks into no index.

use crate::analysis;
use crate::analysis::spelling::spelling_variants;
use crate::engine::pattern::Pattern;
use crate::model::FieldId;

/// One token with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    term: String,
    position: u32,
    length: u32,
}

/// The words of a text, ready to be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pieces: Vec<Piece>,
}

impl Words {
    /// Tokenises `text`. Empty for text without words (`!!`).
    pub fn of(text: &str) -> Words {
        let mut pieces = Vec::new();
        analysis::tokenize(text, &mut |token| {
            pieces.push(Piece { term: token.term.to_string(), position: token.position, length: token.length });
        });
        pieces.sort_by_key(|piece| piece.position);
        Words { pieces }
    }

    /// The words of a proper name (an employer, a title): there `SAP` and `Sap` are one word, and no common word is to be told from it.
    pub fn of_name(text: &str) -> Words {
        let mut words = Words::of(text);
        words.pieces.retain(|piece| !piece.term.bytes().any(|byte| byte.is_ascii_uppercase()));
        words
    }

    /// No word at all.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The one plain word that this is: a word that can have inflections.
    pub fn single(&self) -> Option<&str> {
        match &self.pieces[..] {
            [piece] => Some(&piece.term),
            _ => None,
        }
    }

    /// The words exactly as written: each on its own position (`node` `js`), or compounds written as one (`nodejs`).
    pub fn exactly(&self) -> Option<Pattern> {
        let apart = phrase(self.apart());
        let joined = phrase(self.joined());
        match (apart, joined) {
            (Some(apart), Some(joined)) if apart != joined => Some(Pattern::Either(vec![apart, joined])),
            (found, _) => found,
        }
    }

    /// Choices by position, every part on its own.
    fn apart(&self) -> Vec<(u32, Vec<String>)> {
        let mut out: Vec<(u32, Vec<String>)> = Vec::new();
        let first = self.pieces.first().map_or(0, |piece| piece.position);
        for group in self.pieces.chunk_by(|one, next| one.position == next.position) {
            // `T-SQL` has no word `t`: the joined form stands for the first part.
            let plain: Vec<&Piece> = group.iter().filter(|piece| piece.length == 1).collect();
            let chosen = if plain.is_empty() { group.iter().collect() } else { plain };
            out.push((group[0].position - first, choices(&chosen)));
        }
        out
    }

    /// Choices by position, compounds as one word.
    fn joined(&self) -> Vec<(u32, Vec<String>)> {
        let mut out: Vec<(u32, Vec<String>)> = Vec::new();
        let mut covered = 0;
        let mut offset = 0;
        for group in self.pieces.chunk_by(|one, next| one.position == next.position) {
            if group[0].position < covered {
                continue;
            }
            let longest = group.iter().map(|piece| piece.length).max().unwrap_or(1);
            let chosen: Vec<&Piece> = group.iter().filter(|piece| piece.length == longest).collect();
            covered = group[0].position + longest;
            out.push((offset, choices(&chosen)));
            offset += 1;
        }
        out
    }
}

/// The terms that may stand at one position. What is more specific wins: `security+` over security, `IT` over it, the whole
/// address over its domain; otherwise they are the same (`driver's`: driver, drivers).
fn choices(pieces: &[&Piece]) -> Vec<String> {
    let specific = |piece: &&&Piece| {
        let term = &piece.term;
        term.ends_with('+')
            || term.bytes().any(|byte| byte.is_ascii_uppercase())
            || term.find('@').is_some_and(|at| at > 0)
    };
    match pieces.iter().find(specific) {
        Some(piece) if pieces.len() > 1 => vec![piece.term.clone()],
        _ => pieces.iter().map(|piece| piece.term.clone()).collect(),
    }
}

/// The phrase of these choices.
fn phrase(words: Vec<(u32, Vec<String>)>) -> Option<Pattern> {
    let mut phrases: Vec<Vec<(u32, String)>> = vec![Vec::new()];
    for (offset, choices) in &words {
        // Few words have choices; a phrase of many keeps the first of each after 64 combinations.
        let choices = if phrases.len() >= 64 { &choices[..1] } else { &choices[..] };
        phrases = phrases
            .iter()
            .flat_map(|begun| {
                choices.iter().map(|choice| {
                    let mut longer = begun.clone();
                    longer.push((*offset, choice.clone()));
                    longer
                })
            })
            .collect();
    }
    if words.is_empty() {
        return None;
    }
    let mut patterns: Vec<Pattern> = phrases
        .into_iter()
        .map(|mut words| if words.len() == 1 { Pattern::Term(words.swap_remove(0).1) } else { Pattern::Phrase(words) })
        .collect();
    Some(if patterns.len() == 1 { patterns.swap_remove(0) } else { Pattern::Either(patterns) })
}

/// A person's name: each word also with its umlauts written out or taken in (`Juergen`, `Jürgen`).
pub fn name_phrase(text: &str) -> Option<Pattern> {
    let words: Vec<Vec<String>> = text
        .split_whitespace()
        .map(|word| std::iter::once(word.to_string()).chain(spelling_variants(word)).collect())
        .collect();
    let mut spellings: Vec<String> = vec![String::new()];
    for choices in &words {
        let longer = spellings.iter().flat_map(|begun| choices.iter().map(move |word| format!("{begun} {word}")));
        // Two words with variants each make four spellings; a name of many words keeps the first ones.
        spellings = longer.take(16).collect();
    }
    let mut patterns: Vec<Pattern> = spellings.iter().filter_map(|text| Words::of_name(text).exactly()).collect();
    if patterns.len() > 1 { Some(Pattern::Either(patterns)) } else { patterns.pop() }
}

/// For fields compared as a whole: the terms that the typed value stands for.
pub fn exact_terms(id: FieldId, typed: &str) -> Option<Vec<String>> {
    match id {
        FieldId::Email => Some(vec![typed.trim().to_lowercase()]),
        FieldId::Phone => {
            let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
            // With and without the country code: the index has all digits, the last ten and the last seven.
            let national = digits.len().checked_sub(10).map(|from| digits[from..].to_string());
            Some([Some(digits), national].into_iter().flatten().collect())
        }
        FieldId::Format => {
            let name = typed.to_lowercase();
            let known =
                [("md", "markdown"), ("txt", "text"), ("htm", "html"), ("json", "jsonresume"), ("word", "docx")];
            Some(vec![known.iter().find(|(short, _)| *short == name).map_or(name, |(_, long)| long.to_string())])
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        fn show(pattern: &Pattern) -> String {
            match pattern {
                Pattern::Term(term) => term.clone(),
                Pattern::Phrase(words) => {
                    let words: Vec<String> = words.iter().map(|(at, term)| format!("{term}@{at}")).collect();
                    format!("({})", words.join(" "))
                }
                Pattern::Either(of) => of.iter().map(show).collect::<Vec<_>>().join(" | "),
                other => format!("{other:?}"),
            }
        }
        let found = Words::of(text).exactly().map(|pattern| show(&pattern)).unwrap_or_default();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn compounds_are_a_phrase_or_one_term() {
        check("C++", "c++");
        check("Node.js", "(node@0 js@1) | nodejs");
        check("Node.js developer", "(node@0 js@1 developer@2) | (nodejs@0 developer@1)");
        check("T-SQL", "(tsql@0 sql@1) | tsql");
        check("!!", "");
    }

    #[test]
    fn choices_at_one_position() {
        check("driver's license", "(driver@0 license@1) | (drivers@0 license@1)");
        check("Security+", "security+");
        check("IT", "IT");
        check("it", "it");
    }
}
