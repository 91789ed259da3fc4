//! Why a candidate matched: the lines that show it, with exactly the matched words marked. In: a stored document and what the query
//! looked for. Out: at most [`MOST`] snippets, job evidence first. Works on the original text; never marks inside a longer word.

use super::negation::is_denied;
use crate::analysis;
use crate::engine::near::Span;
use crate::engine::pattern::Pattern;
use crate::engine::{Document, Mark, StoredLine};
use crate::model::{Evidence, FieldId, Found, MentionPlace, Profile, Snippet};
use std::collections::{BTreeMap, HashMap};

/// Most snippets of one hit.
pub const MOST: usize = 3;

/// Most characters of a snippet.
pub const LENGTH: usize = 160;

/// Lines with fewer characters end because their text does.
const FULL_LINE: usize = 40;

/// How much more a line of a job says than any other.
const JOB: f32 = 2.0;

/// How much a line still says about words that an earlier snippet shows.
const AGAIN: f32 = 0.1;

/// Matched byte ranges of a line with the number of the mark that they belong to.
type LineMarks = BTreeMap<u32, Vec<(u32, u32, usize)>>;

/// The best snippets of a document.
pub fn snippets(document: &Document, marks: &[Mark]) -> Vec<Snippet> {
    let found = find(document, marks);
    let mut shown = vec![false; marks.len()];
    let mut out = Vec::new();
    let mut left: Vec<u32> = found.keys().copied().collect();
    while out.len() < MOST {
        let value = |line: &u32| line_value(document, *line, &found[line], marks, &shown);
        let best = left.iter().enumerate().map(|(at, line)| (at, *line, value(line)));
        // Of equals the first line.
        let best = best.max_by(|one, other| one.2.total_cmp(&other.2).then(other.1.cmp(&one.1)));
        let Some((at, line, worth)) = best.filter(|(_, _, worth)| *worth > 0.0) else { break };
        left.remove(at);
        let is_new = found[&line].iter().any(|(_, _, mark)| !shown[*mark]);
        if !is_new && !out.is_empty() && worth < JOB * AGAIN * 0.5 {
            break;
        }
        found[&line].iter().for_each(|(_, _, mark)| shown[*mark] = true);
        out.push(cut(document, line, &found[&line]));
    }
    out
}

fn is_job_line(profile: &Profile, line: u32) -> bool {
    profile.jobs.iter().any(|job| job.lines.contains(&(line as usize)))
}

fn line_value(document: &Document, line: u32, ranges: &[(u32, u32, usize)], marks: &[Mark], shown: &[bool]) -> f32 {
    let mut seen: Vec<usize> = ranges.iter().map(|(_, _, mark)| *mark).collect();
    seen.sort_unstable();
    seen.dedup();
    let words: f32 =
        seen.iter().map(|mark| marks[*mark].weight.max(0.01) * if shown[*mark] { AGAIN } else { 1.0 }).sum();
    words * if is_job_line(&document.profile, line) { JOB } else { 1.0 }
}

/// All matched ranges, by line.
fn find(document: &Document, marks: &[Mark]) -> LineMarks {
    let text = WholeText::of(document, marks);
    let none: &[Span] = &[];
    let mut found = LineMarks::new();
    for (number, mark) in marks.iter().enumerate() {
        for (line, start, end) in skill_mentions(&document.profile, &mark.skills) {
            found.entry(line).or_default().push((start, end, number));
        }
        let Some(pattern) = &mark.pattern else { continue };
        let allowed = mark.field.map(|field| field_lines(&document.profile, field)).unwrap_or_default();
        let places = pattern.find(&|term| text.places.get(term).map_or(none, Vec::as_slice));
        for place in places {
            for (line, start, end) in text.ranges(place) {
                if allowed.is_empty() || allowed.contains(&line) {
                    found.entry(line).or_default().push((start, end, number));
                }
            }
        }
    }
    for (number, mark) in marks.iter().enumerate() {
        if let Some(pattern) = &mark.pattern
            && !found.values().flatten().any(|(_, _, shown)| *shown == number)
        {
            // Nothing stands there in the words that were asked for.
            for (line, start, end) in known_as(&document.profile, mark.field, pattern) {
                found.entry(line).or_default().push((start, end, number));
            }
        }
    }
    found.retain(|line, _| document.lines.get(*line as usize).is_some_and(|line| !line.hidden));
    for (line, ranges) in &mut found {
        let length = document.lines[*line as usize].text.len() as u32;
        ranges.retain(|(start, end, _)| start < end && *end <= length);
        ranges.sort_unstable();
    }
    found.retain(|_, ranges| !ranges.is_empty());
    found
}

/// The words of all visible lines, counted through, so that a phrase that runs over a line's end is found.
struct WholeText {
    /// Of the words that are looked for.
    places: HashMap<String, Vec<Span>>,
    /// By position: line, first byte, byte after the last, of the word that begins there.
    words: Vec<(u32, u32, u32)>,
}

impl WholeText {
    fn of(document: &Document, marks: &[Mark]) -> WholeText {
        let mut wanted = Vec::new();
        marks.iter().filter_map(|mark| mark.pattern.as_ref()).for_each(|pattern| pattern.terms(&mut wanted));
        let places = wanted.into_iter().map(|term| (term.to_string(), Vec::new())).collect();
        let mut text = WholeText { places, words: Vec::new() };
        for line in document.lines.iter().filter(|line| !line.hidden) {
            let first = text.words.len() as u32;
            analysis::tokenize(&line.text, &mut |token| {
                let start = first + token.position;
                let span = Span { start, end: start + token.length };
                if let Some(places) = text.places.get_mut(token.term) {
                    places.push(span);
                }
                text.words.resize((span.end as usize).max(text.words.len()), (line.index, u32::MAX, 0));
                let (bytes_start, bytes_end) = (token.start as u32, token.end as u32);
                // A joined form covers several words; each of them is widened to nothing more than its own part where
                // that is known, and the first one holds the whole.
                let word = &mut text.words[start as usize];
                if word.1 == u32::MAX || token.length == 1 {
                    *word = (
                        line.index,
                        bytes_start.min(word.1),
                        if token.length == 1 { bytes_end } else { word.2.max(bytes_end) },
                    );
                }
                let last = &mut text.words[span.end as usize - 1];
                if last.1 == u32::MAX {
                    *last = (line.index, bytes_start, bytes_end);
                }
            });
        }
        text
    }

    /// Byte ranges of a place, one per line that it touches.
    fn ranges(&self, place: Span) -> Vec<(u32, u32, u32)> {
        let mut out: Vec<(u32, u32, u32)> = Vec::new();
        for position in place.start..place.end {
            let Some(&(line, start, end)) = self.words.get(position as usize).filter(|word| word.1 != u32::MAX) else {
                continue;
            };
            match out.last_mut() {
                Some(last) if last.0 == line => last.2 = last.2.max(end),
                _ => out.push((line, start, end)),
            }
        }
        out
    }
}

/// Where skills are mentioned: the alias as written is marked.
fn skill_mentions(profile: &Profile, wanted: &[String]) -> Vec<(u32, u32, u32)> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let wanted: Vec<String> = wanted.iter().map(|name| analysis::fold(name)).collect();
    let skills = profile.skills.iter().filter(|skill| wanted.contains(&analysis::fold(&skill.name)));
    let mentions = skills.flat_map(|skill| &skill.mentions);
    let shown = mentions.filter(|mention| !matches!(mention.place, MentionPlace::Activity(usize::MAX)));
    shown.map(|mention| (mention.evidence.line, mention.evidence.start, mention.evidence.end)).collect()
}

/// Values that match by the name they are known under, as they are written: `Georgia Institute of Technology` for Georgia Tech, `MSSQL` for
/// `skill:sql` (SQL Server), `BLS` for BLS Certification, `niemiecki` for `lang:german`.
fn known_as(profile: &Profile, field: Option<FieldId>, pattern: &Pattern) -> Vec<(u32, u32, u32)> {
    let matches = |name: &String| {
        let mut places: HashMap<String, Vec<Span>> = HashMap::new();
        analysis::tokenize(name, &mut |token| {
            let span = Span { start: token.position, end: token.position + token.length };
            places.entry(token.term.to_string()).or_default().push(span);
        });
        let none: &[Span] = &[];
        !pattern.find(&|term| places.get(term).map_or(none, Vec::as_slice)).is_empty()
    };
    let place = |written: &Found<String>| (written.evidence.line, written.evidence.start, written.evidence.end);
    match field {
        None | Some(FieldId::Skill) => {
            let names = profile.skills.iter().filter(|skill| matches(&skill.name)).map(|skill| skill.name.clone());
            skill_mentions(profile, &names.collect::<Vec<_>>())
        }
        Some(FieldId::School) => {
            let known = profile.education.iter().filter(|entry| entry.school_known_as.as_ref().is_some_and(matches));
            known.filter_map(|entry| entry.school.as_ref()).map(place).collect()
        }
        Some(FieldId::Cert) => {
            let known = profile.certificates.iter().filter(|one| one.known_as.as_ref().is_some_and(matches));
            known.map(|one| place(&one.name)).collect()
        }
        Some(FieldId::Lang) => {
            let known = profile.languages.iter().filter(|one| matches(&one.language.value));
            known.map(|one| place(&one.language)).collect()
        }
        _ => Vec::new(),
    }
}

/// The lines that values of a field come from. Empty for fields without evidence: any line will do.
fn field_lines(profile: &Profile, field: FieldId) -> Vec<u32> {
    fn line<T>(found: &Found<T>) -> u32 {
        found.evidence.line
    }
    fn optional<T>(found: &Option<Found<T>>) -> impl Iterator<Item = u32> + '_ {
        found.iter().map(line)
    }
    match field {
        FieldId::Name => optional(&profile.name).collect(),
        FieldId::Title => profile.jobs.iter().flat_map(|job| job.titles.iter().map(line)).collect(),
        FieldId::Employer => profile.jobs.iter().flat_map(|job| job.employers.iter().map(line)).collect(),
        FieldId::School => profile.education.iter().flat_map(|entry| optional(&entry.school)).collect(),
        FieldId::Degree | FieldId::Subject => {
            profile.education.iter().flat_map(|entry| entry.degrees.iter().map(|one| line(&one.raw))).collect()
        }
        FieldId::Location => {
            let jobs = profile.jobs.iter().flat_map(|job| optional(&job.location));
            optional(&profile.location).chain(jobs).collect()
        }
        FieldId::Skill => {
            let mentions = profile.skills.iter().flat_map(|skill| &skill.mentions);
            mentions.map(|mention| mention.evidence.line).collect()
        }
        FieldId::Cert => profile.certificates.iter().map(|one| line(&one.name)).collect(),
        FieldId::Lang => profile.languages.iter().map(|one| line(&one.language)).collect(),
        FieldId::Project => {
            let projects = profile.projects.iter().map(|one| line(&one.name));
            projects.chain(profile.publications.iter().map(|one| line(&one.title))).collect()
        }
        FieldId::Email => profile.emails.iter().map(line).collect(),
        FieldId::Phone => profile.phones.iter().map(|phone: &Found<_>| -> u32 { evidence(&phone.evidence) }).collect(),
        _ => Vec::new(),
    }
}

fn evidence(evidence: &Evidence) -> u32 {
    evidence.line
}

/// The line, cut to [`LENGTH`] characters around its first marks at the ends of words.
fn cut(document: &Document, number: u32, ranges: &[(u32, u32, usize)]) -> Snippet {
    let line = &document.lines[number as usize];
    let text = line.text.as_str();
    let first = ranges.first().map_or(0, |range| range.0 as usize);
    let (start, end) = window(text, first);
    let (goes_on_before, goes_on_after) = sentence_goes_on(document, number);
    let before = if start > 0 || goes_on_before { "… " } else { "" };
    let after = if end < text.len() || goes_on_after { " …" } else { "" };
    let shift = |at: u32| (at as usize - start + before.len()) as u32;
    let mut marks: Vec<(u32, u32)> = Vec::new();
    for (from, to, _) in ranges.iter().filter(|range| range.0 as usize >= start && range.1 as usize <= end) {
        match marks.last_mut() {
            Some(last) if shift(*from) < last.1 => last.1 = last.1.max(shift(*to)),
            _ => marks.push((shift(*from), shift(*to))),
        }
    }
    let shown = format!("{before}{}{after}", &text[start..end]);
    let negated = is_denied(&text[..first.min(text.len())]);
    let text = shown.replace('\t', " ");
    Snippet { section: line.section.clone(), page: line.page, line: line.number, text, marks, negated }
}

/// Whether the sentence of a line begins on the line before it, and whether it runs on into the next: a page is broken where it is full,
/// so the next line begins with a small letter.
fn sentence_goes_on(document: &Document, number: u32) -> (bool, bool) {
    let joins = |first: Option<&StoredLine>, next: Option<&StoredLine>| {
        let (Some(first), Some(next)) = (first, next) else { return false };
        let is_full = first.text.chars().count() >= FULL_LINE;
        let ends = first.text.trim_end().ends_with(['.', ';', ':', '!', '?']);
        is_full && !ends && first.section == next.section && next.text.starts_with(char::is_lowercase)
    };
    let line = |at: Option<u32>| at.and_then(|at| document.lines.get(at as usize)).filter(|line| !line.hidden);
    let this = line(Some(number));
    (joins(line(number.checked_sub(1)), this), joins(this, line(number.checked_add(1))))
}

/// The part of a long line that is shown: whole words, with some before the first mark.
fn window(text: &str, mark: usize) -> (usize, usize) {
    let room = LENGTH - 4;
    if text.chars().count() <= LENGTH {
        return (0, text.len());
    }
    let back = text[..mark].char_indices().rev().nth(room / 3).map_or(0, |(at, _)| at);
    let start = if back == 0 { 0 } else { text[back..mark].find(char::is_whitespace).map_or(mark, |at| back + at + 1) };
    let limit = text[start..].char_indices().nth(room).map_or(text.len(), |(at, _)| start + at);
    let end = if limit == text.len() {
        limit
    } else {
        text[start..limit].rfind(char::is_whitespace).map_or(limit, |at| start + at)
    };
    // A word longer than the room: cut it rather than show nothing.
    (start, if end > mark { end } else { limit })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Certificate, Mention, Skill};

    fn document(lines: &[&str]) -> Document {
        let lines = lines.iter().enumerate().map(|(at, text)| StoredLine {
            index: at as u32,
            section: "experience".into(),
            page: 1,
            number: at as u32 + 1,
            hidden: false,
            text: text.to_string(),
        });
        let profile = Profile::default();
        Document {
            id: "0".into(),
            paths: vec!["a".into()],
            format: None,
            profile,
            lines: lines.collect(),
            versions: Vec::new(),
        }
    }

    fn mark(pattern: Pattern) -> Mark {
        Mark { pattern: Some(pattern), skills: Vec::new(), field: None, weight: 1.0 }
    }

    /// Marked pieces of each snippet.
    fn check(lines: &[&str], patterns: Vec<Pattern>, expected: &[&[&str]]) {
        let marks: Vec<Mark> = patterns.into_iter().map(mark).collect();
        let found = snippets(&document(lines), &marks);
        let pieces: Vec<Vec<&str>> = found
            .iter()
            .map(|one| one.marks.iter().map(|(from, to)| &one.text[*from as usize..*to as usize]).collect())
            .collect();
        assert_eq!(pieces, expected);
    }

    fn phrase(words: &[&str]) -> Pattern {
        Pattern::Phrase(words.iter().enumerate().map(|(at, word)| (at as u32, word.to_string())).collect())
    }

    #[test]
    fn a_phrase_marks_the_phrase_and_no_lone_word() {
        check(
            &["a software company", "Software Engineer, software lead"],
            vec![phrase(&["software", "engineer"])],
            &[&["Software Engineer"]],
        );
    }

    #[test]
    fn nothing_inside_longer_words() {
        check(&["bite it; JavaScript and Java"], vec![Pattern::Term("java".into())], &[&["Java"]]);
    }

    #[test]
    fn compounds_are_marked_as_written() {
        check(&["built Node.js services"], vec![Pattern::Term("nodejs".into())], &[&["Node.js"]]);
        check(&["built Node.js services"], vec![phrase(&["node", "js"])], &[&["Node.js"]]);
    }

    #[test]
    fn a_value_is_shown_as_it_is_written() {
        let mut document = document(&["letters", "MSSQL"]);
        let evidence = Evidence { line: 1, start: 0, end: 5, ..Evidence::default() };
        let mention = Mention { written: "MSSQL".into(), evidence, place: MentionPlace::Listed };
        document.profile.skills = vec![Skill {
            name: "SQL Server".into(),
            known: true,
            category: None,
            mentions: vec![mention],
            months: None,
            last_used: None,
            stated_months: None,
        }];
        let evidence = Evidence { line: 0, start: 0, end: 7, ..Evidence::default() };
        document.profile.certificates = vec![Certificate {
            name: Found { value: "letters".into(), evidence },
            known_as: Some("Certified Writer".into()),
            issuer: None,
            period: None,
            ongoing: false,
        }];
        for (field, word, expected) in
            [(None, "sql", "MSSQL"), (Some(FieldId::Skill), "sql", "MSSQL"), (Some(FieldId::Cert), "writer", "letters")]
        {
            let mark = Mark { field, ..mark(Pattern::Term(word.into())) };
            let found = snippets(&document, &[mark]);
            assert_eq!(found.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), [expected]);
        }
    }

    #[test]
    fn a_phrase_over_a_line_end_marks_both_lines() {
        check(
            &["did machine", "learning work"],
            vec![phrase(&["machine", "learning"])],
            &[&["machine"], &["learning"]],
        );
    }

    #[test]
    fn a_sentence_over_lines_is_marked_as_cut() {
        let lines = [
            "Led the migration of forty payment services to",
            "kafka and wrote the guide that the teams still",
            "use.",
        ];
        let found = snippets(&document(&lines), &[mark(Pattern::Term("kafka".into()))]);
        assert_eq!(found[0].text, "… kafka and wrote the guide that the teams still …");
        let (from, to) = found[0].marks[0];
        assert_eq!(&found[0].text[from as usize..to as usize], "kafka");
    }

    #[test]
    fn a_denial_is_flagged() {
        let found = snippets(&document(&["No experience with Kafka"]), &[mark(Pattern::Term("kafka".into()))]);
        assert!(found[0].negated);
    }

    #[test]
    fn long_lines_are_cut_at_words() {
        let long = format!("{} kafka {}", "word ".repeat(60), "more ".repeat(60));
        let found = snippets(&document(&[&long]), &[mark(Pattern::Term("kafka".into()))]);
        assert!(found[0].text.chars().count() <= LENGTH);
        assert!(found[0].text.starts_with("… word") && found[0].text.ends_with("more …"));
        let (from, to) = found[0].marks[0];
        assert_eq!(&found[0].text[from as usize..to as usize], "kafka");
    }
}
