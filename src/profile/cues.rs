//! What a heading field looks like: [`Cues`], the facts that `roles` turns into points. In: the field's text, the lexicon. Out:
//! booleans and counts, nothing weighed.

use super::place_forms::{self, is_place};
use super::scan;
use super::task_words;
use super::text_heads;
use crate::lexicon::table::{FixedMap, WordSet};
use crate::lexicon::words::{Gap, Words};
use crate::lexicon::{Lexicon, OrgCue};
use crate::model::Place;
use std::rc::Rc;
use std::sync::LazyLock;

/// What one field looks like.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Cues {
    /// Words.
    pub words: usize,
    /// Letters.
    pub letters: usize,
    /// A title headword stands first or last.
    pub title_edge: bool,
    /// A title headword stands somewhere.
    pub title_inside: bool,
    /// `Senior`, `Lead`, `II`.
    pub seniority: bool,
    /// `Ltd`, `GmbH`.
    pub legal_form: bool,
    /// `Technologies`, `Hospital`.
    pub company_word: bool,
    /// `University`, `Lycée`.
    pub school: bool,
    /// A company or programme that the lexicon knows.
    pub known_organisation: bool,
    /// A degree.
    pub degree: bool,
    /// All of it is a place with its region or country, or a country.
    pub place: bool,
    /// All of it is the name of a town, which may be another word.
    pub town: bool,
    /// `Remote`, `Hybrid`.
    pub remote: bool,
    /// Each word begins with a capital (small words aside).
    pub proper_name: bool,
    /// Two words or more begin with a small letter, and as many as begin with a capital: `Leads the billing team`.
    pub plain: bool,
    /// `acme.example`.
    pub domain: bool,
    /// `Freelance`, `Self-employed`: stands where the employer stands.
    pub own_business: bool,
    /// `Full-time`, `2 years 3 months`.
    pub contract_form: bool,
    /// `Internship`, `Stage`: a form of contract that stands for the title where there is no other.
    pub stint: bool,
    /// Ends like a sentence, or contains a verb form typical of descriptions.
    pub sentence: bool,
    /// Begins with a small letter.
    pub small_start: bool,
    /// `Hardware: X86`: a label with its value.
    pub labelled: bool,
    /// Ends with a colon or is `Responsibilities`-like.
    pub label: bool,
    /// A field of work: `User Experience`, `Data Engineering`.
    pub discipline: bool,
    /// Begins like a sentence about work done: `Managed the bar`.
    pub task: bool,
}

/// Small words inside names: `Bank of Norway`, `Ville de Lyon`.
const SMALL: &[&str] = &[
    "of", "the", "and", "for", "in", "at", "de", "la", "le", "du", "des", "di", "da", "do", "y", "et", "e", "und",
    "für", "von", "van", "der", "den", "och", "en", "to", "on", "del", "los", "a", "an", "with", "by", "&", "-", "–",
    "/", "am", "im", "zum", "zur", "au", "aux", "les", "el", "las", "della", "delle", "dei", "degli", "het", "op",
    "aan",
];

/// Forms of contract and durations: part of a head, but neither title nor employer nor place.
static CONTRACT: WordSet = WordSet::of(&[
    "full-time",
    "full time",
    "part-time",
    "part time",
    "contract",
    "permanent",
    "temporary",
    "fixed term",
    "fixed-term",
    "casual",
    "seasonal",
    "internship",
    "vollzeit",
    "teilzeit",
    "cdi",
    "cdd",
    "stage",
    "contractor",
    "alternance",
    "freelance contract",
    "on contract",
    "full time job",
    "part time job",
    "festanstellung",
    "befristet",
    "jornada completa",
    "tempo indeterminato",
]);

/// Forms of contract that are all the title some entries have.
static LONE_STINTS: WordSet = WordSet::of(&[
    "internship",
    "stage",
    "praktikum",
    "traineeship",
    "apprenticeship",
    "alternance",
    "prácticas",
    "pasantía",
    "tirocinio",
    "estágio",
    "externship",
    "co-op",
    "stage de fin d'études",
    "stage de fin d’études",
    "stage de fin d'étude",
    "stage d'été",
    "stage d’été",
    "stage ouvrier",
    "stage de master",
    "stage de licence",
    "contrat d'alternance",
    "praxissemester",
    "pflichtpraktikum",
    "summer internship",
    "student internship",
    "prácticas profesionales",
    "prácticas en empresa",
]);

/// Ends of titles that name the form of the stint: `Software Engineering Co-op`, `Summer Internship`.
const STINTS: &[&str] =
    &[" co-op", " internship", " apprenticeship", " traineeship", " placement", " secondment", " practicum"];

/// Words that stand where the employer stands and name none.
static OWN_BUSINESS: WordSet = WordSet::of(&[
    "freelance",
    "freelancer",
    "freelancing",
    "self-employed",
    "self employed",
    "independent",
    "selbständig",
    "freiberuflich",
    "indépendant",
    "autónomo",
]);

/// Looks at `text`, one field, of which the cues [`in_short`] and the words are known. `place` parses all of it as a place.
pub(super) fn of(
    text: &str,
    (short, words): (Cues, &Words),
    lexicon: &Lexicon,
    place: impl FnOnce() -> Option<Rc<Place>>,
) -> Cues {
    let mut cues = short;
    if words.is_empty() && cues.sentence {
        return cues;
    }
    cues.school = cues.school || cues.words <= 6 && lexicon.schools().is_exact(text, words);
    cues.degree = !lexicon.degrees().find_in(text, words, false).is_empty();
    // No place is called like a title.
    let may_be_place = cues.words <= 8 && (!cues.title_edge || text.contains(','));
    if may_be_place && !place_forms::is_unknown(text, lexicon) {
        look_at_place(text, lexicon, place, &mut cues);
    }
    cues
}

/// What title words, organisation words and the form of `text` say, and its words; no words if it cannot be a field. Without schools of the
/// table, degrees and places: enough to tell a title from a name, for pieces that may never become fields.
pub(super) fn in_short(text: &str, lexicon: &Lexicon) -> (Cues, Words) {
    let lower = text.to_lowercase();
    let words = scan::worded_pieces(text, usize::MAX);
    let mut cues = Cues { words, letters: scan::letters(text), ..Cues::default() };
    if words == 0 || text.len() > 200 {
        cues.sentence = true;
        return (cues, Words::default());
    }
    let all = Words::of(text);
    let titled = without_stint(text, &lower);
    // "Community Health Volunteer": without its last word there is no title left.
    let bare_title = (titled.len() < text.len()).then(|| lexicon.titles().score(titled)).filter(|title| title.headword);
    let title = bare_title.unwrap_or_else(|| lexicon.titles().score_in(text, &all));
    // All of them end so.
    let may_end = || matches!(lower.bytes().next_back(), Some(b'p' | b't' | b'm'));
    let is_stint = || may_end() && STINTS.iter().any(|stint| lower.ends_with(*stint));
    cues.title_edge = title.headword || words <= 7 && is_stint();
    cues.title_inside = !title.headword && title.score >= 2.0 && (title.seniority.is_none() || title.score >= 4.0);
    cues.seniority = title.seniority.is_some();
    if cues.title_edge && !cues.seniority && !lower.contains(" of ") && lexicon.titles().ends_in_plural(&all) {
        (cues.title_edge, cues.company_word) = (false, true);
    }
    for (_, cue) in lexicon.orgs().cues_in(text, &all) {
        match cue {
            OrgCue::Legal => cues.legal_form = true,
            OrgCue::Industry => cues.company_word = true,
            OrgCue::School | OrgCue::Board => cues.school = true,
        }
    }
    // "Student Success Center": the word in front is what the place is for.
    if cues.title_edge && words <= 5 && ends_in_place_word(&all, lexicon) {
        (cues.title_edge, cues.company_word) = (false, true);
    }
    cues.known_organisation = !cues.title_edge && !cues.title_inside && is_known_employer(text, &all, lexicon);
    cues.remote = matches!(
        lower.as_str(),
        "remote" | "hybrid" | "on-site" | "onsite" | "on site" | "work from home" | "remoto" | "wfh"
    );
    cues.proper_name = is_proper(text);
    cues.plain = words >= 3 && !cues.proper_name && is_plain(text);
    cues.domain = is_domain(text);
    let bare = lower.trim_matches(|letter: char| !letter.is_alphanumeric());
    cues.own_business = OWN_BUSINESS.contains(bare);
    cues.stint = LONE_STINTS.contains(bare) || words <= 6 && is_stint_with_subject(bare);
    cues.contract_form = !cues.stint && (CONTRACT.contains(bare) || is_duration(bare));
    cues.sentence = words > 4 && text.ends_with('.') && !cues.legal_form
        || words > 14
        || words > 7 && speaks(lower.split('(').next().unwrap_or(""));
    // "eBay", "aimyGull": a capital inside makes a name of it.
    let first_word = || text.split(' ').next().unwrap_or("");
    cues.small_start = text.starts_with(char::is_lowercase) && !first_word().contains(char::is_uppercase);
    let label = scan::find(text, ": ").filter(|at| *at < 30);
    cues.labelled = label.is_some();
    cues.label = text.ends_with(':')
        || text_heads::is_one(bare)
        || label.is_some_and(|end| text_heads::is_one(&text[..end].to_lowercase()));
    cues.discipline = is_discipline(&lower);
    cues.task = task_words::is_task(text);
    (cues, all)
}

/// `praktikum im einkauf`, `stage en cuisine`: a form of contract and what it was about, in small words.
fn is_stint_with_subject(lower: &str) -> bool {
    const JOINERS: &[&str] = &["im", "in", "als", "en", "de", "di", "em", "am", "an", "bei", "chez", "comme", "como"];
    let Some(blank) = memchr::memchr(b' ', lower.as_bytes()) else { return false };
    let (first, rest) = (&lower[..blank], &lower[blank + 1..]);
    LONE_STINTS.contains(first) && rest.split_once(' ').is_some_and(|(word, _)| JOINERS.contains(&word))
}

/// Last words of names of places of work that are no titles.
static PLACE_WORDS: WordSet = WordSet::of(&[
    "center",
    "centre",
    "institute",
    "academy",
    "society",
    "association",
    "club",
    "department",
    "union",
    "council",
    "foundation",
    "school",
    "university",
    "college",
    "library",
    "hospital",
    "clinic",
    "museum",
]);

/// The name of a place of work, in which a title is the first word only.
fn ends_in_place_word(words: &Words, lexicon: &Lexicon) -> bool {
    let Some(last) = words.len().checked_sub(1).filter(|last| *last > 0) else { return false };
    let joined = (1..last).any(|at| matches!(words.term(at), "of" | "in" | "at" | "for" | "to"))
        || (1..=last).any(|at| words.get(at).is_some_and(|word| word.gap == Gap::Hard));
    PLACE_WORDS.contains(words.term(last)) && !joined && !lexicon.titles().has_headword(words.run(1, last + 1))
}

/// A well-known employer, perhaps its branch in a country.
pub(super) fn is_known_employer(text: &str, words: &Words, lexicon: &Lexicon) -> bool {
    lexicon.orgs().is_known_employer(text, words, |word| lexicon.places().country(word).is_some())
}

/// Last words of a field of work. No company is called by such words alone.
const DISCIPLINES: &str = "accounting accounts acquisition acquisitions administration admissions advertising affairs analysis analytics architecture assurance audit \
    automation b2b b2c backend billing cardiology chain civil claims collections communications compliance creative curriculum delivery \
    design development devops dispatch distribution e-commerce ecommerce editorial electrical electronics enablement engineering \
    events experience facilities finance firmware frontend fundraising governance growth hr infrastructure \
    innovation insights integration intelligence it learning legal logistics maintenance management manufacturing \
    marketing mechanical mechanics merchandising modeling modelling monetization networking networks onboarding oncology \
    operations optimization partnerships payable payments pediatrics planning policy procurement product \
    production programming purchasing qa quality r&d radiology receivable recruitment relations reliability \
    reporting research resources retention risk robotics safety sales science security service simulation sourcing \
    stores strategy success support surgery tax taxation testing transportation treasury ui underwriting ux vision warehouse \
    warehousing";
/// Words in front of them.
const QUALIFIERS: &str = "& accounts ads ai america americas and android apac applied asia b2b back-end backend brand business chain \
    channel chemical civil clinical cloud commercial computer consumer content core corporate customer cyber data \
    deep developer digital east electrical embedded emea enterprise europe external field financial front-end \
    frontend fulfillment full-stack global government graphic growth hardware health human industrial information \
    inside interaction internal international inventory investor ios language latin machine market mechanical \
    media merchandise mergers ml mobile natural network new north online pacific partner people platform process product \
    program project public quality regional reinforcement research resources retail revenue search service shared \
    site social software solutions south strategic supply systems talent technical test ui uk us user ux visual \
    web west workforce";

/// Every word of a field of work, and whether it can be the last one.
static FIELD_WORDS: LazyLock<FixedMap<&'static str, bool>> = LazyLock::new(|| {
    let qualifiers = QUALIFIERS.split_whitespace().map(|word| (word, false));
    qualifiers.chain(DISCIPLINES.split_whitespace().map(|word| (word, true))).collect()
});

/// A word of a field of work, or one in front of it: `sales`, `digital`.
pub(super) fn is_field_word(lower: &str) -> bool {
    FIELD_WORDS.contains_key(lower)
}

/// All of `lower` names a field of work.
pub(super) fn is_discipline(lower: &str) -> bool {
    let mut words = lower.split_whitespace();
    let is_last =
        words.next_back().and_then(|last| FIELD_WORDS.get(last.trim_end_matches(','))).is_some_and(|ends| *ends);
    is_last && words.all(|word| FIELD_WORDS.contains_key(word.trim_end_matches(',')))
}

/// Words of somebody who tells: no name holds them.
fn speaks(lower: &str) -> bool {
    [" we ", " i ", " my ", " our ", " was ", " were ", " is a ", " which "].iter().any(|word| lower.contains(word))
}

/// `Full-time`, `CDI`, `2 years 3 months`.
pub(super) fn is_contract_form(text: &str) -> bool {
    let lower = text.to_lowercase();
    CONTRACT.contains(&lower) || is_duration(&lower)
}

/// "Firmware Engineer Co-op": the form of the stint behind the title hides its headword.
fn without_stint<'t>(text: &'t str, lower: &str) -> &'t str {
    let tails = [
        " co-op",
        " coop",
        " (co-op)",
        " volunteer",
        " (part-time)",
        " (part time)",
        " (contract)",
        " (remote)",
        " (freelance)",
        " (full-time)",
    ];
    // All of them end so.
    if !lower.ends_with([')', 'p', 'r']) {
        return text;
    }
    let tail = tails.iter().find(|tail| lower.ends_with(**tail));
    tail.and_then(|tail| text.get(..text.len() - tail.len()))
        .filter(|rest| lower.len() == text.len() && !rest.is_empty())
        .unwrap_or(text)
}

fn look_at_place(text: &str, lexicon: &Lexicon, place: impl FnOnce() -> Option<Rc<Place>>, cues: &mut Cues) {
    let places = lexicon.places();
    if let Some(place) = place() {
        // "Apple, CA" parses like a village; only a known first part makes a place of it.
        cues.place = place_forms::is_known(text, &place, lexicon);
        cues.town = true;
        cues.remote = cues.remote || place.remote && place.city.is_none();
        // "Calgary, AB": the code of a region is no form of a company.
        cues.legal_form = cues.legal_form && !cues.place;
    } else if places.city_alone(text).is_some() || places.is_region(text) {
        cues.town = true;
    } else if text.contains([';', '&', '/']) {
        // "Oslo, Norway & Bergen, Norway": places joined by a sign
        let all = text.split([';', '&', '/']).all(|part| is_place(part, lexicon) || places.city_alone(part).is_some());
        cues.place = all;
        cues.town = all;
    }
}

/// `Blue Fish Inn`, `Bank of Norway`, `eBay`: a name by its capitals.
fn is_proper(text: &str) -> bool {
    let mut names = 0;
    // "CodeFish (exited to BayKraken)": a remark in brackets says nothing about the name.
    let remark = || scan::find(text, " (").filter(|at| *at > 2);
    let name = text.ends_with(')').then(remark).flatten().map_or(text, |at| &text[..at]);
    for word in scan::blank_parted(name) {
        if word.starts_with(|letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit()) {
            names += 1;
            continue;
        }
        let core = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let capital = core.chars().any(char::is_uppercase)
            || core.starts_with(|letter: char| letter.is_numeric() || is_caseless(letter));
        if capital {
            names += 1;
        } else if !core.is_empty() && !SMALL.contains(&core) {
            return false;
        }
    }
    names > 0
}

/// As many words begin with a small letter as with a capital, words inside names aside.
fn is_plain(text: &str) -> bool {
    let (mut small, mut capital) = (0, 0);
    for word in scan::blank_parted(text).filter(|word| !SMALL.contains(word)) {
        small += usize::from(word.starts_with(char::is_lowercase));
        capital += usize::from(word.starts_with(char::is_uppercase));
    }
    small >= 2 && small >= capital
}

fn is_caseless(letter: char) -> bool {
    letter.is_alphabetic() && !letter.is_lowercase() && !letter.is_uppercase()
}

fn is_domain(text: &str) -> bool {
    let dot = memchr::memrchr(b'.', text.as_bytes()).filter(|dot| *dot > 0);
    let one = || !text.contains(char::is_whitespace);
    dot.is_some_and(|dot| {
        let top = &text.as_bytes()[dot + 1..];
        (2..=5).contains(&top.len()) && top.iter().all(u8::is_ascii_lowercase) && one()
    })
}

/// `2 years 3 months`, `6 mos`.
pub(super) fn is_duration(lower: &str) -> bool {
    if !scan::has_digit(lower) {
        return false;
    }
    let mut words = lower
        .split(|letter: char| !letter.is_alphanumeric() && letter != '+')
        .filter(|word| !word.is_empty())
        .peekable();
    let unit = |word: &str| {
        let units = [
            "year",
            "years",
            "yr",
            "yrs",
            "month",
            "months",
            "mo",
            "mos",
            "y",
            "m",
            "week",
            "weeks",
            "an",
            "ans",
            "mois",
            "jahre",
            "jahr",
            "monate",
            "monat",
            "año",
            "años",
            "mes",
            "meses",
            "ano",
            "anos",
            "anno",
            "anni",
            "mese",
            "mesi",
            "jaar",
            "maanden",
            "год",
            "года",
            "лет",
            "месяц",
            "месяца",
            "месяцев",
        ];
        units.contains(&word) || matches!(word, "less" | "than" | "a" | "and" | "ago")
    };
    words.peek().is_some()
        && words.all(|word| {
            unit(word)
                || word.trim_end_matches(['+', 'm', 'y', 'o', 's', 'r']).bytes().all(|byte| byte.is_ascii_digit())
        })
}
