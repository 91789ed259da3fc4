//! A field of an education line → the school in it, with its place. In: a field. Out: [`SchoolSpan`], with the points that make it a
//! school. Does NOT find degrees or decide between schools (that is `education`).

use super::fields;
use super::place_forms;
use super::scan;
use super::signs::Signs;
use super::subjects;
use crate::lexicon::table::FixedMap;
use crate::lexicon::words::Words;
use crate::lexicon::{Lexicon, OrgCue};
use crate::model::Line;
use std::ops::Range;
use std::sync::LazyLock;

/// A school-like piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SchoolSpan {
    /// Bytes of the name.
    pub span: Range<usize>,
    /// Points.
    pub score: f32,
    /// Why.
    pub reason: &'static str,
}

/// Reason and points of a school behind a label: `Institute: Blue Bay College`.
pub(super) const LABEL: &str = "label +7";
pub(super) const LABEL_POINTS: f32 = 7.0;

/// The school of a field, `Faculty of Arts, University of Bergen, Norway`, and the place behind it.
pub(super) fn of_field(
    text: &str,
    span: Range<usize>,
    lexicon: &Lexicon,
) -> Option<(SchoolSpan, Option<Range<usize>>)> {
    let piece = &text[span.clone()];
    if piece.split_whitespace().count() > 16 {
        return None;
    }
    // みさき大学 工学部: the faculty stands behind a blank.
    let label = piece.find('：').map_or(0, |colon| colon + '：'.len_utf8());
    let first = piece[label..].trim_start().split([' ', ',', '，', '、']).next().unwrap_or("");
    if is_east_asian(first) && first.len() < piece.len() {
        let start = span.start + (first.as_ptr() as usize - piece.as_ptr() as usize);
        let school = SchoolSpan { span: start..start + first.len(), score: 5.0, reason: "school-word +5" };
        return Some((school, None));
    }
    let end = span.start + without_remark(without_grade(piece), lexicon).len();
    let span = span.start + number_in_front(piece, lexicon)..end;
    let piece = &text[span.clone()];
    let mut name = span.clone();
    let mut place = None;
    if let Some((start, found)) = place_forms::trailing(piece, lexicon).filter(|(start, _)| *start > 0) {
        let head = fields::trim(text, span.start..span.start + start);
        let tail = fields::trim(text, span.start + start..span.end);
        if !head.is_empty() && !tail.is_empty() {
            // "Institute of Harbours, Bergen": a lone town behind a comma is part of the name as written.
            let only_city = lexicon.places().is_city(&text[tail.clone()]);
            let lone_town = only_city && found.city.is_some() && !found.remote && text[head.end..].starts_with(',');
            name = if lone_town { span.start..tail.end } else { head };
            place = Some(tail);
        }
    }
    let (score, reason) = school_points(&text[name.clone()], lexicon);
    if score < 3.0 {
        return None;
    }
    if place.is_none()
        && let Some((head, tail)) = region_tail(text, name.clone(), lexicon)
    {
        // "Harbour State University, NC USA"
        name = head;
        place = Some(tail);
    }
    let best = best_part(text, name, lexicon);
    Some((SchoolSpan { span: best, score, reason }, place))
}

/// A region and country behind the last comma, written without a comma between them.
fn region_tail(text: &str, span: Range<usize>, lexicon: &Lexicon) -> Option<(Range<usize>, Range<usize>)> {
    let comma = text[span.clone()].rfind(',')?;
    let tail = fields::trim(text, span.start + comma + 1..span.end);
    let known = |word: &str| lexicon.places().is_region(word) || lexicon.places().country(word).is_some();
    let country =
        || lexicon.places().country(text[tail.clone()].split_once(' ').map_or("", |(_, rest)| rest)).is_some();
    if tail.is_empty() || !text[tail.clone()].split_whitespace().all(known) && !country() {
        return None;
    }
    let head = fields::trim(text, span.start..span.start + comma);
    // "Blue Ridge State University Asheville, NC United States": the town behind the school word
    let town = text[head.clone()].rfind(' ').map(|blank| head.start + blank + 1).filter(|town| {
        let school = school_points(text[head.start..*town].trim_end(), lexicon).0 > 0.0;
        school && lexicon.places().is_city(&text[*town..head.end]) && text[head.start..*town].contains("niversity")
    });
    Some(town.map_or((head.clone(), tail.clone()), |town| (fields::trim(text, head.start..town), town..tail.end)))
}

/// Ends of the names of schools in Chinese, Japanese and Korean.
const SCHOOL_ENDS: &[&str] =
    &["大学", "大學", "学院", "學院", "高校", "高等学校", "専門学校", "大学院", "中学", "대학교", "대학원", "고등학교"];

fn is_east_asian(name: &str) -> bool {
    !name.is_ascii() && SCHOOL_ENDS.iter().any(|end| name.ends_with(*end) && name.len() > end.len())
}

/// Ends of words that name a school in German, Dutch and Nordic languages: `Seegymnasium`, `Duinlyceum`, `Fjordskole`.
const COMPOUND_ENDS: &[&str] = &[
    "gymnasium",
    "lyceum",
    "schule",
    "hochschule",
    "universität",
    "universiteit",
    "college",
    "kolleg",
    "skolan",
    "skole",
    "gymnasiet",
    "universitet",
    "universitetet",
    "högskola",
    "högskolan",
    "høgskole",
    "høyskole",
    "yliopisto",
    "ammattikorkeakoulu",
];
/// Words of that form for any school of a kind.
const KINDS_OF_SCHOOL: &[&str] = &[
    "grundschule",
    "realschule",
    "hauptschule",
    "oberschule",
    "volksschule",
    "berufsschule",
    "fachschule",
    "hochschule",
    "fachhochschule",
    "gesamtschule",
    "mittelschule",
    "abendschule",
    "fahrschule",
    "musikschule",
    "technikerschule",
    "berufsfachschule",
    "fachoberschule",
    "grundskolan",
    "grundskole",
    "folkeskole",
    "efterskole",
    "højskole",
    "høyskole",
    "barneskole",
    "ungdomsskole",
];

fn is_compound(word: &str) -> bool {
    if word.len() < 9 || !word.starts_with(char::is_uppercase) {
        return false;
    }
    let lower = word.to_lowercase();
    COMPOUND_ENDS.iter().any(|end| lower.ends_with(end) && lower.len() > end.len() + 2)
        && !KINDS_OF_SCHOOL.contains(&lower.as_str())
}

/// What is written behind the name of a school without a sign between them, lower case.
const BEHIND: &str = " affiliated| approved by| recognised by| recognized by| accredited by| gpa| cgpa| cum laude| magna cum| summa cum|. thesis| thesis:| dissertation:| with honors| with honours| with distinction| first class| graduated";

static BEHIND_SIGNS: LazyLock<Signs> = LazyLock::new(|| Signs::of(BEHIND.split('|')));

/// Bytes of what is left of a date in front of a name that is a school without it: `09 Blue Bay University`, `24 : Blue Bay College`.
fn number_in_front(name: &str, lexicon: &Lexicon) -> usize {
    // "(2:1): Blue Bay University"
    if let Some(close) = name.find(')').filter(|close| name.starts_with('(') && *close < 20) {
        let rest = name[close + 1..].trim_start_matches([':', ',', '-', '–', ' ']);
        let named = rest.starts_with(char::is_uppercase) && school_points(rest, lexicon).0 > 0.0;
        return if named { name.len() - rest.len() } else { 0 };
    }
    if !name.starts_with(|letter: char| letter.is_ascii_digit()) {
        return 0;
    }
    let rest = name.trim_start_matches(|letter: char| letter.is_ascii_digit() || " .,:/-–".contains(letter));
    let at = name.len() - rest.len();
    let apart = name[..at].ends_with(' ');
    if apart && rest.starts_with(char::is_uppercase) && school_points(rest, lexicon).0 > 0.0 { at } else { 0 }
}

/// `Université de la Baie (mention bien)`, `Blue Bay College Cum Laude`, `Blue Bay College. Thesis: …` without the rest.
pub(super) fn without_grade(name: &str) -> &str {
    let cut = if BEHIND_SIGNS.may_stand_in(name) { first_behind(name) } else { None };
    let name = name.trim_end();
    let name = [" in the year", " in year", " during the year", " in the academic year"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name);
    let name = [" in", " from", " at", " on", " during", " by", " with"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name);
    let name = cut
        .filter(|at| *at <= name.len())
        .map_or(name, |at| name[..at].trim_end_matches([' ', ',', '-', '–', '.', '(']));
    let grade = |open: usize| {
        let inside = name[open + 2..].to_lowercase();
        ["mention", "with ", "note", "hons", "first class", "distinction"].iter().any(|word| inside.starts_with(word))
    };
    scan::find(name, " (").filter(|open| grade(*open)).map_or(name, |open| &name[..open])
}

/// `Blue Bay Institute: posted as a trainee`, `Harbour College in Fishery`: a school without what is told of it behind.
fn without_remark<'t>(name: &'t str, lexicon: &Lexicon) -> &'t str {
    let colon = scan::find(name, ": ").filter(|at| *at > 4);
    let subject = || scan::find(name, " in ").filter(|at| lexicon.subjects().at_start(&name[at + 4..]).is_some());
    let cut = colon.or_else(subject).map(|at| &name[..at]);
    cut.filter(|head| school_points(head, lexicon).0 > 0.0).unwrap_or(name)
}

/// `Fire Science Blue Bay College`, `Blue Bay College Fire Science`: the bytes of the school where fields of study stand in front of it or
/// behind it without a sign between them. Fields in front have two words or more, or one that is `led` in by a colon or slash, and what
/// follows is no school word: `Hotel Management College` is a name.
pub(super) fn without_studies(name: &str, led: bool, lexicon: &Lexicon) -> Range<usize> {
    let (mut start, mut at) = (0, 0);
    let school_word = |word: &str| SCHOOL_WORDS.iter().any(|known| known.eq_ignore_ascii_case(word));
    // Two words of a field and one of a name, or "… University of …".
    let first = name.split(' ').position(school_word);
    let may_begin = first.is_some_and(|first| {
        let fewest = if led { 1 } else { 2 };
        let with_of = || name.split(' ').nth(first + 1).is_some_and(|next| next.eq_ignore_ascii_case("of"));
        first > fewest || first == fewest && with_of()
    });
    while may_begin && let Some(rest) = subjects::behind_first(&name[at..], lexicon) {
        at = name.len() - rest.len();
        let mut words = rest.split(' ');
        let (word, next) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        let of = word.eq_ignore_ascii_case("university") && next.eq_ignore_ascii_case("of");
        let opens = school_word(word) && !of;
        let named = rest.starts_with(char::is_uppercase) && !opens && school_points(rest, lexicon).0 > 0.0;
        start = if named && (led || name[..at].trim_end().contains([' ', '/'])) { at } else { start };
    }
    let mut end = name.len();
    let words = name[start..].match_indices(' ').map(|(blank, _)| start + blank);
    for blank in words {
        let word = name[start..blank].rsplit(' ').next().unwrap_or("");
        let begun = name[start..blank].contains(' ') && school_word(word);
        if begun && subjects::are_studies(&name[blank + 1..], lexicon) {
            end = blank;
            break;
        }
    }
    start..end
}

/// Words that end the name of a school or begin one with `of`.
const SCHOOL_WORDS: &[&str] = &["university", "college", "school", "institute", "academy", "institution"];

/// First byte of [`BEHIND`] in a name.
fn first_behind(name: &str) -> Option<usize> {
    let lower = name.to_ascii_lowercase();
    BEHIND.split('|').filter_map(|behind| lower.find(behind)).filter(|at| *at > 4).min()
}

/// Words of lists of degrees, lower case, that name no school when they stand alone.
const IDLE: &str = "school university college institute academy gpa cgpa training certified graduated graduation graduate \
    undergraduate postgraduate degree degrees diploma major minor hons honors honours thesis coursework courses present \
    qualifications education spring summer fall winter autumn semester year expected completed board stream distinction \
    percentage score grade activities awards dissertation remote online";

static IDLE_WORDS: LazyLock<FixedMap<&'static str, ()>> =
    LazyLock::new(|| IDLE.split_whitespace().map(|word| (word, ())).collect());

/// A lone word that names no school.
pub(super) fn is_idle(word: &str) -> bool {
    IDLE_WORDS.contains_key(word.trim_matches(|letter: char| !letter.is_alphanumeric()))
}

/// `BLUE BAY TECHNO` / `SCHOOL, BERGEN`: in a narrow column the name began in the line above.
pub(super) fn begun_above<'t>(lines: &'t [Line], index: usize, lexicon: &Lexicon) -> Option<&'t str> {
    let (line, above) = (&lines[index], lines.get(index.checked_sub(1)?)?);
    let same = above.style.column == line.style.column && !line.blank_before && !above.hidden;
    let name = above.text.trim();
    let plain = name.split_whitespace().count() <= 5
        && name.starts_with(char::is_uppercase)
        && !name.contains(|letter: char| letter.is_ascii_digit() || "\t|,:.".contains(letter));
    let fits = same && plain && lexicon.degrees().find(name, true).is_empty() && !lexicon.headings().is_known(name);
    fits.then_some(name)
}

/// `… Miami Valley Trade` / `School, 2008`: the school word that opens the next line.
pub(super) fn goes_on_below(lines: &[Line], index: usize, end: usize) -> Option<&str> {
    let (line, below) = (&lines[index], lines.get(index + 1)?);
    let word = below.text.split([' ', ',', '.', '|']).next().unwrap_or("");
    let is_school = ["school", "college", "university", "institute", "academy"].contains(&word.to_lowercase().as_str());
    let alone =
        below.text[word.len()..].trim_start().starts_with([',', '.', '|', '(']) || below.text.len() == word.len();
    let same = below.style.column == line.style.column && !below.blank_before;
    (same && is_school && alone && line.text[end..].trim().is_empty()).then_some(word)
}

/// `Board/ University`, `Name of School`: heads of columns.
fn is_label(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    matches!(
        word.as_str(),
        "" | "board" | "university" | "college" | "school" | "institute" | "institution" | "name" | "of" | "the"
    )
}

/// The name is that of a school.
pub(super) fn is_one(name: &str, lexicon: &Lexicon) -> bool {
    school_points(name, lexicon).0 >= 3.0
}

/// Points for a name as a school, with the reason.
pub(super) fn school_points(name: &str, lexicon: &Lexicon) -> (f32, &'static str) {
    let (words, folded) = (scan::blank_separated(name), Words::of(name));
    if words <= 3 && name.split([' ', '/', ',']).all(is_label) {
        return (0.0, "");
    }
    if name.ends_with(" Elementary") {
        return (5.0, "school-word +5");
    }
    if words <= 8 && lexicon.schools().lookup_in(name, &folded).is_some() {
        return (8.0, "known-school +8");
    }
    // みさき大学, 海湾大学: without blanks the school word is the end of the name.
    if is_east_asian(name) {
        return (5.0, "school-word +5");
    }
    if words <= 4 && name.split([' ', '-']).any(is_compound) {
        return (5.0, "school-word +5");
    }
    // "University" alone, or "Board: CBSE", names no school.
    let score = lexicon.orgs().school_score_in(name, &folded);
    // A word of a trade takes half a point: "Institute of Science and Technology".
    if words < 2 || score < 4.0 { (0.0, "") } else { (score.max(5.0), "school-word +5") }
}

/// Of `Faculty of Arts, University of Bergen` the university; of other lists the part with the school word and what follows.
fn best_part(text: &str, span: Range<usize>, lexicon: &Lexicon) -> Range<usize> {
    let piece = &text[span.clone()];
    if !piece.contains(',') {
        return span;
    }
    let rank = |part: &str| {
        let lower = part.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        if has(&["coursework", "some college"]) {
            0
        } else if has(&["universi", "institute", "instituto", "hochschule", "iit", "nit"]) {
            4
        } else if has(&["college", "academy", "polytech", "politec"]) {
            3
        } else if lower.starts_with("school of")
            || lower.starts_with("faculty")
            || lower.starts_with("department")
            || lower.starts_with("dept")
        {
            1
        } else {
            let cues = lexicon.orgs().cues(part);
            let has = |kind: OrgCue| cues.iter().any(|(_, cue)| *cue == kind);
            // "CBSE), Blue Bay Vidyalaya": the school is meant, not its board.
            if has(OrgCue::School) { 2 } else { i32::from(has(OrgCue::Board)) }
        }
    };
    let mut start = span.start;
    let mut best: Option<(i32, Range<usize>)> = None;
    for part in piece.split(',') {
        let range = fields::trim(text, start..start + part.len());
        start += part.len() + 1;
        let found = rank(&text[range.clone()]);
        if !range.is_empty() && best.as_ref().is_none_or(|(rank, _)| found > *rank) {
            best = Some((found, range));
        }
    }
    let Some((_, range)) = best else { return span };
    // "University of California, Davis": a town behind the best part belongs to it, other parts do not.
    let behind = fields::trim(text, range.end..span.end);
    let town =
        !behind.is_empty() && lexicon.places().is_city(&text[behind.clone()]) && !text[behind.clone()].contains(',');
    if town { range.start..behind.end } else { range }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_study_around_a_school() {
        let lexicon = Lexicon::builtin();
        let check =
            |name: &str, expected: &str| assert_eq!(&name[without_studies(name, false, &lexicon)], expected, "{name}");
        check("Computer Science Seagull Community College", "Seagull Community College");
        check("Civil Engineering University of Seagull", "University of Seagull");
        check("Seagull University Political Science", "Seagull University");
        check("Fashion Design Institute of Seagull", "Fashion Design Institute of Seagull");
        check("Hotel Management College Seagull", "Hotel Management College Seagull");
        check("Seagull Business School", "Seagull Business School");
        check("Accounting Seagull Graduate School of Trade", "Accounting Seagull Graduate School of Trade");
        // "MBA: Accounting Seagull …"
        let led =
            |name: &str, expected: &str| assert_eq!(&name[without_studies(name, true, &lexicon)], expected, "{name}");
        led("Accounting Seagull Graduate School of Trade", "Seagull Graduate School of Trade");
        led("Accounting University of Seagull", "University of Seagull");
        led("Business School of Seagull", "Business School of Seagull");
    }

    #[test]
    fn what_is_no_part_of_the_name() {
        let lexicon = Lexicon::builtin();
        let check = |text: &str, expected: Option<&str>| {
            let found = of_field(text, 0..text.len(), &lexicon).map(|(school, _)| &text[school.span]);
            assert_eq!(found, expected, "{text}");
        };
        check("(2:1): Seagull University", Some("Seagull University"));
        check("Seagull College affiliated to Harbour University", Some("Seagull College"));
        check("Seagull Institute: posted as a trainee", Some("Seagull Institute"));
        check("Seagull College in Computer Science", Some("Seagull College"));
        check("CBSE), Seagull Public School", Some("Seagull Public School"));
        check("Board/ University", None);
        check("Duinlyceum", Some("Duinlyceum"));
    }
}
