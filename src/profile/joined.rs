//! `Lead & Senior Engineer` → two titles; `Blue Fish Inn & Harbour Bakery` → two employers, if both halves stand alone. In: a span of
//! a line. Out: the spans of the parts, at least one. `Johnson & Johnson`-like names stay whole.

use super::fields;
use super::scan;
use super::signs::Signs;
use crate::lexicon::{Lexicon, OrgCue};
use std::ops::Range;
use std::sync::LazyLock;

/// What else in the head speaks for two employers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// Several titles are written.
    pub several_titles: bool,
    /// Several places are written.
    pub several_places: bool,
}

/// Signs between joined parts, surest first.
const JOINERS: &[&str] = &[" & ", " / ", " and ", " und ", " et ", " → ", " -> "];

static JOINER_SIGNS: LazyLock<Signs> = LazyLock::new(|| Signs::of(JOINERS.iter().copied()));

/// Spans of the titles in `span`.
pub(super) fn titles(line: &str, span: Range<usize>, lexicon: &Lexicon) -> Vec<Range<usize>> {
    if !JOINER_SIGNS.may_stand_in(&line[span.clone()]) {
        return vec![span];
    }
    for joiner in JOINERS {
        let parts = split(line, span.clone(), joiner);
        let titled = |part: &Range<usize>| lexicon.titles().score(&line[part.clone()]).headword;
        // "Research & Development Engineer": the first half is no title of its own.
        if parts.len() > 1 && parts.iter().all(titled) {
            return parts;
        }
    }
    vec![span]
}

/// Programmes that stand where the employer stands; what follows behind a comma is the project they placed the person with.
const PROGRAMMES: &[&str] =
    &["google summer of code", "google season of docs", "outreachy", "mlh fellowship", "lfx mentorship", "erasmus+"];

/// Spans of the employers in `span`.
pub(super) fn employers(line: &str, span: Range<usize>, context: Context, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let piece = line[span.clone()].as_bytes();
    let begins = |name: &&&str| {
        let head = piece.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name.as_bytes()));
        head && piece.get(name.len()) == Some(&b',')
    };
    if let Some(programme) = PROGRAMMES.iter().find(begins) {
        let name = span.start..span.start + programme.len();
        return vec![name];
    }
    let span = whole_of(line, span, lexicon);
    if !JOINER_SIGNS.may_stand_in(&line[span.clone()]) {
        return vec![span];
    }
    for joiner in [" & ", " / ", " and "] {
        let parts = split(line, span.clone(), joiner);
        if parts.len() == 2 && both_stand(line, &parts, context, lexicon) {
            return parts;
        }
    }
    vec![span]
}

/// `Department of Marine Biology, Cove University`: the university, of which the department is a part.
fn whole_of(line: &str, span: Range<usize>, lexicon: &Lexicon) -> Range<usize> {
    let starts =
        ["department of", "dept of", "dept. of", "faculty of", "school of", "division of", "section of", "chair of"];
    let Some(comma) = scan::find(&line[span.clone()], ", ") else { return span };
    let lower = line[span.clone()].to_lowercase();
    if !starts.iter().any(|start| lower.starts_with(start)) {
        return span;
    }
    let rest = fields::trim(line, span.start + comma + 2..span.end);
    let school = lexicon.orgs().cues(&line[rest.clone()]).iter().any(|(_, cue)| *cue == OrgCue::School);
    if school { rest } else { span }
}

/// Both halves are employers: each has a legal form or a company word, or the head names several titles or places.
fn both_stand(line: &str, parts: &[Range<usize>], context: Context, lexicon: &Lexicon) -> bool {
    let sure = |part: &Range<usize>| {
        let cues = lexicon.orgs().cues(&line[part.clone()]);
        cues.iter().any(|(_, cue)| *cue == OrgCue::Legal)
    };
    let name = |part: &Range<usize>| {
        let text = &line[part.clone()];
        let short = text.split_whitespace().count() <= 3;
        let capitals = text
            .split_whitespace()
            .all(|word| word.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric()));
        let mixed = text.chars().filter(|letter| letter.is_alphabetic()).count() >= 3;
        short && capitals && mixed
    };
    let same = line[parts[0].clone()].eq_ignore_ascii_case(&line[parts[1].clone()]);
    let industry_tail = parts.get(1).is_some_and(|part| {
        // "Stone & Webster Engineering": a word of the trade closes the whole name.
        line[part.clone()].contains(' ') && !lexicon.orgs().cues(&line[part.clone()]).is_empty()
    });
    let all_sure = parts.iter().all(sure);
    let by_context = (context.several_titles || context.several_places) && parts.iter().all(name) && !industry_tail;
    let tail = line[parts[1].clone()].to_lowercase();
    // "Harbour & Associates", "Gull & Sons"
    let partners =
        ["associates", "sons", "son", "co", "company", "partners", "brothers", "bros", "daughters", "cie", "söhne"];
    // "Harbour GmbH & Co. KG"
    let first = tail.split(' ').next().unwrap_or("");
    let one_firm = partners.contains(&tail.trim_end_matches('.'))
        || tail.split(' ').count() <= 3 && partners.contains(&first.trim_end_matches('.'));
    !same && !one_firm && (all_sure || by_context)
}

fn split(line: &str, span: Range<usize>, joiner: &str) -> Vec<Range<usize>> {
    let piece = &line[span.clone()];
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, _) in piece.match_indices(joiner).take(4) {
        parts.push(fields::trim(line, span.start + from..span.start + at));
        from = at + joiner.len();
    }
    parts.push(fields::trim(line, span.start + from..span.end));
    let inside_brackets = piece.contains('(');
    if inside_brackets || parts.iter().any(Range::is_empty) { vec![span] } else { parts }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, several: bool, expected: &[&str]) {
        let context = Context { several_titles: several, several_places: false };
        let found = employers(text, 0..text.len(), context, &Lexicon::builtin());
        let found: Vec<_> = found.into_iter().map(|span| &text[span]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn one_firm_with_a_sign_in_its_name() {
        check("Johnson & Johnson", true, &["Johnson & Johnson"]);
        check("Procter & Gamble", false, &["Procter & Gamble"]);
        check("Marks & Spencer", false, &["Marks & Spencer"]);
        check("Harbour & Associates", true, &["Harbour & Associates"]);
        check("Harbour GmbH & Co. KG", true, &["Harbour GmbH & Co. KG"]);
    }

    #[test]
    fn two_firms() {
        check("Fishnet & BakeMyBread", true, &["Fishnet", "BakeMyBread"]);
        check("Harbour Ltd & Fjord Foods Inc", false, &["Harbour Ltd", "Fjord Foods Inc"]);
    }

    #[test]
    fn titles_split_when_each_is_one() {
        let check = |text: &str, expected: &[&str]| {
            let found = titles(text, 0..text.len(), &Lexicon::builtin());
            assert_eq!(found.into_iter().map(|span| &text[span]).collect::<Vec<_>>(), expected);
        };
        check("Lead Engineer & Senior Engineer II", &["Lead Engineer", "Senior Engineer II"]);
        check("Research & Development Engineer", &["Research & Development Engineer"]);
    }
}
