//! Words broken over two lines → whole words on the first of them. `develop-` + `ment` loses the hyphen, `full-` +
//! `stack` keeps it. Only neighbours on the same page and column are joined.

use crate::model::Line;
use std::collections::HashSet;

/// First halves of words that are written with a hyphen anyway.
const COMPOUNDS: &[&str] = &[
    "full", "cross", "real", "end", "non", "multi", "self", "front", "back", "high", "low", "well", "long", "short",
    "co", "pre", "post", "open", "data", "cloud", "user", "object", "event", "test", "time", "part", "third", "first",
    "second", "large", "small", "hands", "on", "in", "off", "follow", "problem", "decision", "cost", "fault", "state",
    "micro", "client", "server", "service", "day", "to", "of", "the", "web", "e", "meta", "semi", "sub", "one", "two",
    "three", "four", "five", "mid", "all", "best", "award", "peer", "face", "home", "team", "work", "role", "rule",
    "model", "key", "fast", "so", "ad", "built", "up", "out", "over", "under", "and", "half", "single", "double",
    "inter", "customer",
];

/// Joins broken words in place. Linear in the text.
pub(super) fn join(lines: &mut Vec<Line>) {
    let ends_broken = |line: &Line| line.text.ends_with('-') || line.text.ends_with('\u{2010}');
    if !lines.iter().any(ends_broken) {
        return;
    }
    let words: HashSet<String> = lines.iter().flat_map(|line| words(&line.text)).collect();
    for index in 1..lines.len() {
        let (before, after) = lines.split_at_mut(index);
        let (Some(first), Some(second)) = (before.last_mut(), after.first_mut()) else { continue };
        if ends_broken(first) && belong(first, second) {
            join_pair(first, second, &words);
        }
    }
    lines.retain(|line| !line.text.is_empty());
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|ch: char| !ch.is_alphanumeric() && ch != '-').filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Two lines of one paragraph, the second going on in lower case.
fn belong(first: &Line, second: &Line) -> bool {
    let head = first.text.trim_end_matches(['-', '\u{2010}']);
    first.page == second.page
        && first.style.column == second.style.column
        && !second.style.bullet
        && !second.blank_before
        && !second.furniture
        && first.hidden == second.hidden
        && head.ends_with(char::is_alphabetic)
        && second.text.starts_with(char::is_lowercase)
}

/// Moves the second half of the word up.
fn join_pair(first: &mut Line, second: &mut Line, known: &HashSet<String>) {
    let head = first.text.trim_end_matches(['-', '\u{2010}']).to_owned();
    let half = head.rsplit(|ch: char| !ch.is_alphabetic()).next().unwrap_or("").to_lowercase();
    let tail = second.text.split_whitespace().next().unwrap_or("").to_owned();
    let core = tail.trim_end_matches(|ch: char| !ch.is_alphanumeric()).to_lowercase();
    let keep = if known.contains(&format!("{half}{core}")) {
        false
    } else {
        COMPOUNDS.contains(&half.as_str()) || known.contains(&format!("{half}-{core}")) || core.contains('-')
    };
    first.text = if keep { format!("{head}-{tail}") } else { format!("{head}{tail}") };
    // The hyphen's byte may have been the end of a bold range.
    let end = head.len() as u32;
    let full = first.text.len() as u32;
    for range in &mut first.bold {
        if range.1 > end {
            range.1 = full;
        }
    }
    for link in &mut first.links {
        if link.end > end {
            link.end = full;
        }
    }
    drop_head(second, tail.len());
}

/// Removes the first `length` bytes and the blanks behind them; ranges move along.
fn drop_head(line: &mut Line, length: usize) {
    let rest = &line.text[length..];
    let cut = (length + rest.len() - rest.trim_start().len()) as u32;
    line.text = line.text[cut as usize..].to_owned();
    for range in &mut line.bold {
        *range = (range.0.saturating_sub(cut), range.1.saturating_sub(cut));
    }
    line.bold.retain(|range| range.0 < range.1);
    for link in &mut line.links {
        (link.start, link.end) = (link.start.saturating_sub(cut), link.end.saturating_sub(cut));
    }
    line.links.retain(|link| link.start < link.end);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], expected: &[&str]) {
        let mut lines: Vec<Line> = texts.iter().map(|text| Line { text: (*text).into(), ..Line::default() }).collect();
        join(&mut lines);
        assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn broken_words_join() {
        check(&["led the develop-", "ment of tools"], &["led the development", "of tools"]);
        check(&["built full-", "stack tools"], &["built full-stack", "tools"]);
        check(
            &["state-of-the-", "art work; micro-", "services. Microservices"],
            &["state-of-the-art", "work; microservices.", "Microservices"],
        );
    }

    #[test]
    fn dates_and_names_stay() {
        check(&["2019 -", "present"], &["2019 -", "present"]);
        check(&["Smith-", "Doe"], &["Smith-", "Doe"]);
    }
}
