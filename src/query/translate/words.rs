//! One word of another tool → ours: wildcards, spelling, weights, and what has no counterpart. In: a word with its signs. Out: text of our
//! language; differences go to the notes.

use super::Dialect;
use super::reader::Notes;
use crate::error::{Error, Result};
use crate::query::print::escaped;

/// The word in our language; empty when nothing of it is left.
///
/// # Errors
/// Input: what has no counterpart.
pub fn word(text: &str, dialect: Dialect, notes: &mut Notes) -> Result<String> {
    match dialect {
        Dialect::LinkedIn => Ok(linkedin(text, notes)),
        Dialect::Bullhorn => lucene(text, dialect, notes),
        Dialect::Textkernel => Ok(textkernel(text, notes)),
        Dialect::DtSearch => dtsearch(text, notes),
        Dialect::Lucene => lucene(text, dialect, notes),
    }
}

/// The word itself; wildcards are kept.
fn plain(text: &str) -> String {
    let has_wildcard = text.contains(['*', '?']) && text.chars().any(char::is_alphanumeric);
    // `C?` is a pattern everywhere; `C++`, `C#` are not touched.
    if has_wildcard { text.to_string() } else { escaped(text) }
}

fn linkedin(text: &str, notes: &mut Notes) -> String {
    let bare: String = text.chars().filter(|letter| !matches!(letter, '*' | '<' | '>')).collect();
    if bare.len() != text.len() {
        notes.say(format!("`{text}`: LinkedIn has no wildcards and ignores the sign; write `{bare}*` here to find all words that begin so"));
    }
    if bare.is_empty() { bare } else { escaped(&bare) }
}

fn textkernel(text: &str, notes: &mut Notes) -> String {
    if text.contains('*') {
        notes.say(format!(
            "`{text}`: Textkernel searches only the most common words that begin so, here all of them are searched"
        ));
    }
    plain(text)
}

/// `~ ~2 ~0.8 ^2 * ?` and `\` before a sign.
fn lucene(text: &str, dialect: Dialect, notes: &mut Notes) -> Result<String> {
    if text.len() > 1 && text.starts_with('/') && text.ends_with('/') {
        return Err(Error::input(format!("regular expressions have no counterpart here: {text}"))
            .hint("list the words, or use * and ?"));
    }
    let (text, boost) = split_boost(text, '^');
    let (word, fuzzy) = match text.rsplit_once('~') {
        Some((word, number)) if !word.is_empty() => (word, Some(number)),
        _ => (text, None),
    };
    if word == "*" {
        return Ok("*".to_string());
    }
    if word.starts_with(['*', '?']) && word.len() > 1 && dialect == Dialect::Bullhorn {
        notes.say(format!("`{word}`: Bullhorn allows `*` at the end only, here it may stand anywhere"));
    }
    let mut out = plain(&word.replace('\\', ""));
    if let Some(number) = fuzzy {
        let distance = match number {
            "" => 2,
            number if number.contains('.') => {
                notes.say(format!(
                    "`{word}~{number}`: similarity is counted in letters here: `~` one wrong letter, `~2` two"
                ));
                1
            }
            number => number.parse().unwrap_or(2).clamp(1, 2),
        };
        if number.is_empty() {
            notes.say(format!("`{word}~`: Lucene allows two wrong letters, so here it is `~2`"));
        }
        out.push_str(if distance == 1 { "~" } else { "~2" });
    }
    Ok(format!("{out}{boost}"))
}

/// `word^2` → the word and our weight.
fn split_boost(text: &str, sign: char) -> (&str, String) {
    match text.rsplit_once(sign) {
        Some((word, number)) if !word.is_empty() && number.parse::<f32>().is_ok_and(|number| number >= 0.0) => {
            (word, format!("^{number}"))
        }
        _ => (text, String::new()),
    }
}

/// `appl? appl* p12== apply~ ba%nana #smith fast& apple:5 12~~24`
fn dtsearch(text: &str, notes: &mut Notes) -> Result<String> {
    let lower = text.to_ascii_lowercase();
    if matches!(lower.as_str(), "xfirstword" | "xlastword" | "xfileend") {
        return Err(Error::input(format!("`{text}` has no counterpart here: places in the file cannot be asked for"))
            .hint("use a field: name:, title:, skill:"));
    }
    if let Some((from, to)) = text.split_once("~~") {
        return Err(Error::input(format!("`{text}` has no counterpart here: numbers are searched in fields"))
            .hint(format!("for example years:{from}..{to}, graduated:{from}..{to}")));
    }
    let (text, mut boost) = split_boost(text, ':');
    if let Some((word, number)) = text.rsplit_once(':')
        && number.parse::<f32>().is_ok_and(|number| number < 0.0)
    {
        notes.say(format!(
            "`{text}`: a negative weight has no counterpart, the weight was left out; `-{word}` leaves candidates out"
        ));
        boost = String::new();
        return Ok(format!("={}{boost}", escaped(word)));
    }
    let mut word = text.to_string();
    if let Some(rest) = word.strip_prefix('#').filter(|rest| rest.chars().next().is_some_and(char::is_alphabetic)) {
        notes.say(format!("`{text}`: words that sound alike cannot be asked for; here it allows one wrong letter"));
        return Ok(format!("{}~{boost}", escaped(rest)));
    }
    if let Some(rest) = word.strip_suffix('&').filter(|rest| rest.len() > 1) {
        notes.say(format!(
            "`{text}`: there is no thesaurus of common words here; other names of a skill are found by themselves"
        ));
        word = rest.to_string();
    }
    if let Some(rest) = word.strip_suffix('~').filter(|rest| !rest.is_empty()) {
        // Our plain words find their other forms.
        return Ok(format!("{}{boost}", escaped(rest)));
    }
    let fuzzy = word.matches('%').count();
    if fuzzy > 0 && !word.starts_with('%') {
        let bare = word.replace('%', "");
        notes.say(format!("`{text}`: dtSearch keeps the letters before the first % as they are, here the wrong letters may stand anywhere"));
        return Ok(format!("{}~{}{boost}", escaped(&bare), if fuzzy > 1 { "2" } else { "" }));
    }
    if word.contains('=') {
        notes.say(format!("`{text}`: `=` stands for one digit there, here `?` for one letter or digit"));
        word = word.replace('=', "?");
    }
    Ok(if word.contains(['*', '?']) { format!("{word}{boost}") } else { format!("={}{boost}", escaped(&word)) })
}
