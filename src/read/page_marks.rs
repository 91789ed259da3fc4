//! Lines that a page left in text made from it: `Page 1 of 2`, and the name that stands at the head of the next page. In: the lines of a
//! text. Out: those flagged as furniture. PDFs, which know where on the page a line stands, have rules of their own.

use crate::model::Line;

/// Longest mark of a page, in bytes.
const MAX_BYTES: usize = 60;
/// Lines at the top, which say who it is, whatever stands beside it.
const TOP: usize = 3;
/// Pages that a mark without a word for them counts at most: `12/20` is no page.
const MAX_PAGES: u32 = 9;

/// Words for a page, lower case.
const PAGE_WORDS: &[&str] = &[
    "page", "pg", "seite", "página", "pagina", "pág", "pag", "sida", "side", "strona", "str", "blad", "sivu", "oldal",
];
/// Words between the number of a page and that of all, lower case.
const OF_WORDS: &[&str] = &["of", "de", "von", "di", "sur", "van", "av", "af", "z", "/"];
/// Words in front of a page's number beside the name, lower case.
const DOCUMENTS: &[&str] = &["resume", "résumé", "cv", "curriculum", "vitae", "lebenslauf", "currículum"];

/// Flags the marks of pages, and beside them the name said again.
pub(super) fn mark(lines: &mut [Line]) {
    let Some(name) = lines.first().map(|line| line.text.to_lowercase()) else { return };
    for at in 1..lines.len() {
        if !may_be_one(&lines[at].text) || !is_page_mark(&lines[at].text, at >= TOP, &name) {
            continue;
        }
        lines[at].furniture = true;
        for beside in [at - 1, at + 1].into_iter().filter(|beside| *beside > TOP) {
            if let Some(line) = lines.get_mut(beside) {
                line.furniture |= is_name_again(&line.text, &name);
            }
        }
    }
}

/// The last word is a number of fewer digits than a year, perhaps with a dash or bracket behind it: all marks end so.
fn may_be_one(text: &str) -> bool {
    if text.len() > MAX_BYTES || text.as_bytes().last().is_none_or(u8::is_ascii_alphabetic) {
        return false;
    }
    let signs = |byte: &&u8| matches!(byte, b' ' | b'-' | b')' | b']' | b'|' | b'.');
    let digits =
        text.as_bytes().iter().rev().skip_while(signs).take_while(|byte| byte.is_ascii_digit()).take(4).count();
    (1..4).contains(&digits)
}

/// `Page 2 of 3`, `- Seite 2 -`, `1 / 2`, and behind a name (`Ada Gull – Page 2`) if it `may_be_named`.
fn is_page_mark(text: &str, may_be_named: bool, name: &str) -> bool {
    let lower = text.to_lowercase();
    let apart = |letter: char| letter.is_whitespace() || "-–—|•·,.()[]".contains(letter);
    let pieces = lower.replace('/', " / ");
    let words: Vec<&str> = pieces.split(apart).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| word.parse::<u32>().ok().filter(|number| (1..200).contains(number) && word.len() < 4);
    let (page, front, named) = match words.as_slice() {
        [front @ .., page, of, all] if OF_WORDS.contains(of) && number(all).is_some() => {
            let (page, all) = (number(page), number(all));
            (page.zip(all).is_some_and(|(page, all)| page <= all), front, all.is_some_and(|all| all <= MAX_PAGES))
        }
        [front @ .., page] => (number(page).is_some(), front, false),
        [] => return false,
    };
    match front {
        _ if !page => false,
        [] => named,
        [front @ .., word] if PAGE_WORDS.contains(word) => front.is_empty() || may_be_named && is_named(front, name),
        _ => false,
    }
}

/// The words are those of the first line, or name the document.
fn is_named(words: &[&str], name: &str) -> bool {
    words.iter().all(|word| DOCUMENTS.contains(word) || word.len() > 1 && name.contains(word) || word.len() == 1)
}

/// The first line again, perhaps with the name of the document behind it.
fn is_name_again(text: &str, name: &str) -> bool {
    if text.len() > MAX_BYTES || name.len() < 5 {
        return false;
    }
    let lower = text.to_lowercase();
    lower.strip_prefix(name).is_some_and(|rest| {
        rest.split(|letter: char| !letter.is_alphanumeric()).all(|word| word.is_empty() || DOCUMENTS.contains(&word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], expected: &[&str]) {
        let mut lines: Vec<Line> =
            texts.iter().map(|text| Line { text: text.to_string(), ..Line::default() }).collect();
        mark(&mut lines);
        let found: Vec<&str> = lines.iter().filter(|line| line.furniture).map(|line| line.text.as_str()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_of_pages() {
        let marks = ["Page 1 of 2", "- Seite 2 -", "1/2", "2 of 3", "Ada Gull – Page 2", "página 1 de 2", "Page 3"];
        let text: Vec<&str> = ["Ada Gull", "Cook", "Bergen"].into_iter().chain(marks).collect();
        check(&text, &marks);
    }

    #[test]
    fn other_lines_that_end_in_a_number() {
        check(
            &["Ada Gull", "Page 2", "Bergen", "Landing Page 2", "12/20", "2019", "Grade 3", "5/4", "Head Cook 2"],
            &["Page 2"],
        );
    }

    #[test]
    fn the_name_at_the_head_of_the_next_page() {
        check(
            &["Ada Gull", "Cook", "Bergen", "Kelp Ltd", "Page 1 of 2", "Ada Gull – CV", "Ada Gull Ltd"],
            &["Page 1 of 2", "Ada Gull – CV"],
        );
    }
}
