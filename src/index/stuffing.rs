//! What a résumé flagged for stuffing says, said once: repeating a word must not lift its score. In: lines. Out: for the lines that only say
//! again what stands before, the text to index instead. The stored lines stay as they are; a résumé without the flag is not looked at.

use super::text::TextLine;
use crate::lexicon::words::{Words, key};
use crate::model::{Profile, SectionKind};
use std::borrow::Cow;
use std::collections::HashSet;

/// A line of so many words or more in which each stands so often on average is a list that repeats itself.
const WORDS: usize = 4;
const REPEATS: usize = 3;

/// What stands between the items of a list.
const SEPARATORS: &[char] = &[',', ';', '|', '/', '•', '·', '\t'];

/// The flag of `profile::flags`.
const FLAG: &str = "keyword-stuffing";

/// Texts to index in the place of lines, by line; none where the line stays as it is. Empty for résumés without the flag.
pub fn told_once(lines: &[TextLine<'_>], profile: &Profile) -> Vec<Option<String>> {
    if !profile.flags.iter().any(|flag| flag.name == FLAG) {
        return Vec::new();
    }
    let (mut known, mut words): (HashSet<String>, HashSet<String>) = Default::default();
    let mut before = String::new();
    lines
        .iter()
        .map(|line| {
            let once = each_once(line.text, &mut words);
            let said = key(once.as_deref().unwrap_or(line.text));
            // Two jobs may have the same line, which belongs to both.
            let of_entry = matches!(line.section, SectionKind::Experience | SectionKind::Education);
            let is_again = said == before || (!known.insert(said.clone()) && !of_entry);
            before = said;
            if is_again { Some(String::new()) } else { once }
        })
        .collect()
}

/// The lines with these texts in the place of their own.
pub fn lines<'t>(lines: &'t [TextLine<'t>], once: &'t [Option<String>]) -> Cow<'t, [TextLine<'t>]> {
    if once.is_empty() {
        return Cow::Borrowed(lines);
    }
    let told = |(line, once): (&TextLine<'t>, &'t Option<String>)| TextLine {
        text: once.as_deref().unwrap_or(line.text),
        ..*line
    };
    Cow::Owned(lines.iter().zip(once).map(told).collect())
}

/// `Java, Java, Kafka, Java, Java, Kafka` → `Java, Kafka`, without the items that the text has had before; of a row of words without commas
/// the pairs of neighbours that are new, so that no phrase is lost. None for a line that does not repeat itself.
fn each_once(text: &str, said: &mut HashSet<String>) -> Option<String> {
    let words = Words::of(text);
    let distinct: HashSet<&str> = words.iter().map(|(_, term)| term).collect();
    let repeats = words.len() >= WORDS && distinct.len() * REPEATS <= words.len();
    let items = text.split(SEPARATORS).filter(|item| said.insert(key(item)));
    let items: Vec<&str> = items.collect();
    if !repeats || text.contains(SEPARATORS) {
        return repeats.then(|| items.join(", "));
    }
    let mut pairs: HashSet<(&str, &str)> = HashSet::new();
    let (mut fresh, mut before) = (Vec::new(), "");
    for (word, term) in words.iter() {
        let is_first = before.is_empty() && said.insert(term.to_string());
        if is_first || (!before.is_empty() && term != before && pairs.insert((before, term))) {
            fresh.push(&text[word.start..word.end]);
        }
        before = term;
    }
    Some(fresh.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Flag;

    fn line(&(text, section): &(&'static str, SectionKind)) -> TextLine<'static> {
        TextLine { text, section, page: 1, number: 1, hidden: false, furniture: false }
    }

    fn check(texts: &[(&'static str, SectionKind)], expected: &[Option<&str>]) {
        let flag = Flag { name: FLAG.to_string(), detail: String::new(), line: 0 };
        let profile = Profile { flags: vec![flag], ..Profile::default() };
        let lines: Vec<TextLine<'_>> = texts.iter().map(line).collect();
        let found = told_once(&lines, &profile);
        assert_eq!(found.iter().map(Option::as_deref).collect::<Vec<_>>(), expected);
        assert_eq!(told_once(&lines, &Profile::default()), Vec::new(), "without the flag");
    }

    #[test]
    fn a_list_that_repeats_itself_is_its_words() {
        check(&[("Kafka, Kafka, Kafka, Kafka", SectionKind::Skills)], &[Some("Kafka")]);
        check(&[("Kafka, Java, Kafka", SectionKind::Skills)], &[None]);
        check(&[("Java Developer Web Developer Java Developer Web Developer", SectionKind::Other)], &[None]);
        check(&[("Clerk Baker Clerk Baker Clerk Baker", SectionKind::Other)], &[Some("Clerk Baker Clerk")]);
        check(&[("Kafka", SectionKind::Skills), ("Kafka Kafka Kafka Kafka", SectionKind::Skills)], &[None, Some("")]);
    }

    #[test]
    fn a_line_pasted_again_is_left_out_but_not_from_another_job() {
        let again = ("Kafka, Java", SectionKind::Skills);
        check(&[again, again], &[None, Some("")]);
        let job = ("Environment: Java", SectionKind::Experience);
        check(&[job, ("Clerk", SectionKind::Experience), job], &[None, None, None]);
        check(&[job, job], &[None, Some("")]);
    }
}
