//! The title and the place of work of a job description: what stands behind a label (`Location: Leeds`), in the first heading, or in
//! words (`based in Leeds`). In: lines and their parts. Out: [`Head`].

use super::asks::exactly;
use super::cues::{self, AT_PLACE, PLACE_LABELS, TITLE_LABELS};
use super::parts::Part;
use super::{Ask, AskKind, Grade};
use crate::analysis::fold;
use crate::lexicon::Lexicon;
use crate::model::TextDoc;

/// What the head of a job description says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Head {
    /// Title without its surroundings.
    pub title: Option<String>,
    /// Index of the line it was read from.
    pub title_line: Option<usize>,
    /// Places of work with the index of their line; alternatives.
    pub places: Vec<(String, usize)>,
    /// The work can be done from anywhere.
    pub remote: bool,
}

/// Lines at the top among which a title without a label is looked for.
const TOP: usize = 6;

/// Most words of a title.
const LONGEST_TITLE: usize = 9;

/// Reads the head.
pub fn head(text: &TextDoc, parts: &[Option<Part>], lexicon: &Lexicon) -> Head {
    let mut head = Head::default();
    for (at, line) in text.lines.iter().enumerate() {
        if let Some(title) = labelled(&line.text, TITLE_LABELS)
            && head.title.is_none()
            && title.split_whitespace().count() <= LONGEST_TITLE
        {
            (head.title, head.title_line) = (clean_title(title, lexicon), Some(at));
        }
        if parts[at] == Some(Part::Silent) {
            continue;
        }
        if let Some(place) = labelled(&line.text, PLACE_LABELS) {
            head.place(place, at, lexicon);
        } else if head.places.is_empty() {
            let folded = fold(&line.text);
            let cue = AT_PLACE.iter().find_map(|cue| cues::place(&folded, cue).map(|start| start + cue.len()));
            // Folding may change lengths; then the words are not looked for.
            if let Some(rest) = cue.filter(|_| folded.len() == line.text.len()).and_then(|end| line.text.get(end..)) {
                let named: Vec<&str> =
                    rest.split_whitespace().take(4).take_while(|word| word.starts_with(char::is_uppercase)).collect();
                head.place(&named.join(" "), at, lexicon);
            }
        }
    }
    if head.title.is_none() {
        (head.title, head.title_line) = unlabelled(text, parts, lexicon);
    }
    head
}

/// The title among the first lines: a line with the name of an occupation, else the first heading. What stands in a list or among the
/// requirements is a wish ("a message broker"), no title.
fn unlabelled(text: &TextDoc, parts: &[Option<Part>], lexicon: &Lexicon) -> (Option<String>, Option<usize>) {
    let top = text.lines.iter().enumerate().take(TOP);
    let free = top.filter(|(at, line)| matches!(parts[*at], None | Some(Part::Open)) && !line.style.bullet);
    let short = free.filter(|(_, line)| line.text.split_whitespace().count() <= LONGEST_TITLE + 3);
    for (at, line) in short {
        if let Some(title) = clean_title(&line.text, lexicon) {
            return (Some(title), Some(at));
        }
    }
    let first = text.lines.first().filter(|line| line.style.heading == 1);
    match first.and_then(|line| pieces(&line.text).into_iter().next()) {
        Some(title) => (Some(without_rank(&title, lexicon)), Some(0)),
        None => (None, None),
    }
}

/// The asks of a head: the place is a must unless the work is remote, the title the strongest wish.
pub fn asks(head: &Head, text: &TextDoc, lexicon: &Lexicon) -> Vec<Ask> {
    let mut out = Vec::new();
    let ask = |at: usize, kind, grade, clause: String, or_unknown: String| {
        let line = &text.lines[at];
        Ask { kind, grade, clause, or_unknown, words: line.text.clone(), line: line.number }
    };
    if let Some((_, at)) = head.places.first() {
        let names: Vec<String> = head.places.iter().map(|(place, _)| exactly("location", place)).collect();
        let clause = names.join(" OR ");
        let grade = if head.remote { Grade::Nice(0.5) } else { Grade::Must };
        out.push(ask(*at, AskKind::Location, grade, clause.clone(), format!("{clause} OR NOT has:location")));
    }
    if let (Some(title), Some(at)) = (&head.title, head.title_line) {
        out.push(ask(at, AskKind::Title, Grade::Nice(TITLE), title_clause(title), title_clause(title)));
        if let Some(occupation) = occupation(title, lexicon) {
            let clause = exactly("title", occupation);
            out.push(ask(at, AskKind::Title, Grade::Nice(OCCUPATION), clause.clone(), clause));
        }
    }
    out
}

/// Weight of the title: who has done this very job is looked at first.
const TITLE: f32 = 3.0;

/// Weight of the last word of a title alone: a welder of another kind is nearer to the job than somebody who is no welder.
const OCCUPATION: f32 = 0.5;

/// The last word of a title of several, if it names an occupation: `MIG/TIG Welder`, `Ward Nurse`.
fn occupation<'t>(title: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    let (_, last) = title.rsplit_once(' ')?;
    lexicon.titles().has_headword(last).then_some(last)
}

/// The words as a phrase or all of them: `"backend engineer"` also finds `Engineer, Backend`. `MIG/TIG` is either.
fn title_clause(title: &str) -> String {
    let one = |word: &str| {
        let choices: Vec<String> =
            word.split('/').filter(|part| !part.is_empty()).map(|part| exactly("title", part)).collect();
        if choices.len() > 1 { format!("({})", choices.join(" OR ")) } else { choices.concat() }
    };
    let words: Vec<String> = title.split_whitespace().map(one).filter(|word| !word.is_empty()).collect();
    match &words[..] {
        [one] => one.clone(),
        _ => format!("{} OR ({})", exactly("title", title), words.join(" AND ")),
    }
}

impl Head {
    fn place(&mut self, text: &str, at: usize, lexicon: &Lexicon) {
        let folded = fold(text);
        self.remote |= cues::holds(&folded, &["remote", "anywhere", "home office", "work from home"])
            && !cues::holds(&folded, &["hybrid", "partly"]);
        for piece in text
            .split([';', '/', '|', '(', ')'])
            .flat_map(|piece| piece.split(" or "))
            .flat_map(|piece| piece.split(" oder "))
        {
            let piece = piece.trim_matches(|letter: char| !letter.is_alphanumeric());
            let place = lexicon.places().parse(piece).or_else(|| lexicon.places().city_alone(piece));
            let first = piece.split(',').next().unwrap_or("").trim();
            let city = place
                .and_then(|place| place.city)
                .or_else(|| lexicon.places().is_city(first).then(|| first.to_string()));
            if let Some(city) = city.filter(|city| !self.places.iter().any(|(known, _)| known == city)) {
                self.places.push((city, at));
            }
        }
    }
}

/// What stands behind one of the labels.
fn labelled<'t>(text: &'t str, labels: &[&str]) -> Option<&'t str> {
    let (label, value) = text.split_once([':', '\t'])?;
    let folded = fold(label.trim().trim_matches(['*', '-', '•', ' ']));
    let value = value.trim();
    (labels.contains(&folded.as_str()) && !value.is_empty()).then_some(value)
}

/// `Senior Backend Engineer (m/f/d) – Acme, Leeds` → `Backend Engineer`.
fn clean_title(text: &str, lexicon: &Lexicon) -> Option<String> {
    let pieces = pieces(text).into_iter().filter(|piece| lexicon.titles().has_headword(piece));
    let title = pieces.map(|piece| without_rank(&piece, lexicon)).next()?;
    (title.split_whitespace().count() <= LONGEST_TITLE).then_some(title)
}

/// A line without what stands in brackets, cut where another thing begins.
fn pieces(text: &str) -> Vec<String> {
    let mut bare = String::new();
    let mut depth = 0;
    for letter in text.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ if depth == 0 => bare.push(letter),
            _ => {}
        }
    }
    let ends = [" - ", " at ", " for ", " near ", " in ", " with ", " wanted", " required"];
    let mut pieces: Vec<String> = bare.split(['|', '–', '—', ':', '@', ',', '\t']).map(str::to_string).collect();
    for end in ends {
        pieces = pieces.iter().flat_map(|piece| piece.split(end)).map(|piece| piece.trim().to_string()).collect();
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Words of rank that résumés put in other words, and signs of gender.
const RANKS: &[&str] = &[
    "senior",
    "sr",
    "sr.",
    "junior",
    "jr",
    "jr.",
    "mid",
    "mid-level",
    "middle",
    "experienced",
    "m/f/d",
    "m/w/d",
    "w/m/d",
    "f/m/d",
    "all",
    "genders",
    "h/f",
    "f/h",
    "a",
    "an",
    "the",
    "hiring",
    "wanted",
    "we",
    "are",
    "i",
    "ii",
    "iii",
];

fn without_rank(text: &str, lexicon: &Lexicon) -> String {
    let kept: Vec<&str> = text.split_whitespace().filter(|word| !RANKS.contains(&fold(word).as_str())).collect();
    let kept = kept.join(" ");
    // "Senior" alone was the title's only headword: keep what was written.
    if lexicon.titles().has_headword(&kept) { kept } else { text.trim().to_string() }
}
