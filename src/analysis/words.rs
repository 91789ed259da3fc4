//! The tokenizer's tables: acronyms that are also common words, words written together or apart, dotted degrees.
//! Data and look-ups only.

/// A line of capitals with so many other words is prose in capitals, not a title: `WORKED IN A TEAM AND AS A LEAD`.
pub(super) const ACRONYM_LINE_WORDS: usize = 6;

/// Upper-case words that mean something else than the common word of the same letters. Sorted.
const ACRONYMS: &[&str] = &[
    "ACE", "ACT", "ADA", "AID", "AIDS", "AIM", "AM", "APT", "ARM", "ART", "AS", "BASIC", "BE", "CAM", "CAN", "CAP",
    "CASE", "CAT", "DO", "EAR", "FAST", "FIT", "FLEX", "GAP", "GATE", "GO", "HI", "HIT", "ICE", "IN", "IS", "IT",
    "LAMP", "LEAN", "LESS", "MAN", "MAP", "MAT", "ME", "MEAN", "MOM", "NET", "NICE", "OH", "OK", "ON", "OR", "PAN",
    "PET", "PIN", "RAID", "RAM", "REST", "SAFE", "SAT", "SET", "SMART", "SOAP", "STEM", "UP", "US", "WAS", "WHO",
];

/// Whether `word` is written in capitals and is one of the acronyms that collide with a common word (`IT`, `US`, `REST`).
/// The tokenizer adds such a word as a term in capitals beside the folded one.
pub fn is_acronym(word: &str) -> bool {
    (2..=5).contains(&word.len()) && ACRONYM_NUMBERS.binary_search(&number(word)).is_ok()
}

/// The [`ACRONYMS`] as numbers, which are in the same order and faster to compare.
const ACRONYM_NUMBERS: [u64; ACRONYMS.len()] = {
    let mut numbers = [0; ACRONYMS.len()];
    let mut row = 0;
    while row < ACRONYMS.len() {
        numbers[row] = number(ACRONYMS[row]);
        row += 1;
    }
    numbers
};

/// The bytes of a short word as one number, the first one highest.
const fn number(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let (mut number, mut at) = (0, 0);
    while at < bytes.len() {
        number |= (bytes[at] as u64) << (56 - 8 * at);
        at += 1;
    }
    number
}

/// Two words, and both as one.
pub(super) type Compound = (&'static str, &'static str, &'static str);

/// Two words that are also written as one, and the joined form. Sorted by the first.
const OPEN_COMPOUNDS: &[Compound] = &[
    ("back", "end", "backend"),
    ("big", "query", "bigquery"),
    ("block", "chain", "blockchain"),
    ("c", "sharp", "c#"),
    ("check", "list", "checklist"),
    ("code", "base", "codebase"),
    ("cyber", "security", "cybersecurity"),
    ("dash", "board", "dashboard"),
    ("data", "base", "database"),
    ("data", "bases", "databases"),
    ("data", "set", "dataset"),
    ("data", "sets", "datasets"),
    ("dev", "ops", "devops"),
    ("dot", "net", ".net"),
    ("e", "commerce", "ecommerce"),
    ("e", "learning", "elearning"),
    ("e", "mail", "email"),
    ("express", "js", "expressjs"),
    ("f", "sharp", "f#"),
    ("frame", "work", "framework"),
    ("front", "end", "frontend"),
    ("full", "stack", "fullstack"),
    ("full", "time", "fulltime"),
    ("git", "hub", "github"),
    ("git", "lab", "gitlab"),
    ("hand", "over", "handover"),
    ("health", "care", "healthcare"),
    ("in", "house", "inhouse"),
    ("java", "script", "javascript"),
    ("life", "cycle", "lifecycle"),
    ("linked", "in", "linkedin"),
    ("micro", "services", "microservices"),
    ("micro", "service", "microservice"),
    ("my", "sql", "mysql"),
    ("no", "sql", "nosql"),
    ("node", "js", "nodejs"),
    ("off", "shore", "offshore"),
    ("on", "boarding", "onboarding"),
    ("on", "shore", "onshore"),
    ("on", "site", "onsite"),
    ("part", "time", "parttime"),
    ("photo", "shop", "photoshop"),
    ("pl", "sql", "plsql"),
    ("post", "graduate", "postgraduate"),
    ("power", "bi", "powerbi"),
    ("power", "point", "powerpoint"),
    ("power", "shell", "powershell"),
    ("react", "js", "reactjs"),
    ("real", "time", "realtime"),
    ("road", "map", "roadmap"),
    ("stake", "holder", "stakeholder"),
    ("stake", "holders", "stakeholders"),
    ("start", "up", "startup"),
    ("t", "sql", "tsql"),
    ("team", "work", "teamwork"),
    ("time", "line", "timeline"),
    ("type", "script", "typescript"),
    ("under", "graduate", "undergraduate"),
    ("vue", "js", "vuejs"),
    ("web", "master", "webmaster"),
    ("web", "site", "website"),
    ("web", "sites", "websites"),
    ("word", "press", "wordpress"),
    ("work", "flow", "workflow"),
    ("work", "flows", "workflows"),
    ("work", "shop", "workshop"),
    ("work", "shops", "workshops"),
];

/// The rows of [`OPEN_COMPOUNDS`] whose first words begin with one letter, as a range; lengths and second letters of these words as bit sets.
#[derive(Clone, Copy)]
struct FirstLetter {
    from: u8,
    to: u8,
    lengths: u16,
    seconds: u32,
}

const COMPOUNDS_BY_LETTER: [FirstLetter; 26] = {
    let mut letters = [FirstLetter { from: 0, to: 0, lengths: 0, seconds: 0 }; 26];
    let mut row = 0;
    while row < OPEN_COMPOUNDS.len() {
        let first = OPEN_COMPOUNDS[row].0.as_bytes();
        let letter = (first[0] - b'a') as usize;
        if letters[letter].to == 0 {
            letters[letter].from = row as u8;
        }
        letters[letter].to = row as u8 + 1;
        letters[letter].lengths |= 1 << first.len();
        letters[letter].seconds |= 1 << second_letter(first);
        row += 1;
    }
    letters
};

/// By the first letter of a second word (a number below 32), those of the first words before it, as a bit set.
const INITIALS: [u32; 32] = {
    let mut initials = [0; 32];
    let mut row = 0;
    while row < OPEN_COMPOUNDS.len() {
        let (first, second, _) = OPEN_COMPOUNDS[row];
        initials[(second.as_bytes()[0] & 31) as usize] |= 1 << (first.as_bytes()[0] & 31);
        row += 1;
    }
    initials
};

/// The second letter as a number below 32, small as capital; 0 when there is none.
const fn second_letter(word: &[u8]) -> u8 {
    if word.len() > 1 { word[1] & 31 } else { 0 }
}

/// The joined form of two words that are also written as one (`front`, `end` → `frontend`). Any case.
pub fn open_compound(first: &str, second: &str) -> Option<&'static str> {
    joined_form(compounds_like(first.as_bytes(), *second.as_bytes().first()?), first, second)
}

/// The joined form that some compounds have for two words.
pub(super) fn joined_form(compounds: &[Compound], first: &str, second: &str) -> Option<&'static str> {
    let row = compounds.iter().find(|row| row.0.eq_ignore_ascii_case(first) && row.1.eq_ignore_ascii_case(second));
    row.map(|row| row.2)
}

/// The compounds that `first` and a word with this first byte may make; none for nearly all words, found without comparing strings.
#[inline]
pub(super) fn compounds_like(first: &[u8], initial: u8) -> &'static [Compound] {
    let Some(&letter) = first.first() else { return &[] };
    if INITIALS[usize::from(initial & 31)] & (1 << (letter & 31)) == 0 {
        return &[];
    }
    let Some(known) = COMPOUNDS_BY_LETTER.get(usize::from((letter | 0x20).wrapping_sub(b'a'))) else { return &[] };
    let is_like =
        first.len() < 16 && known.lengths & (1 << first.len()) != 0 && known.seconds & (1 << second_letter(first)) != 0;
    if is_like { &OPEN_COMPOUNDS[known.from as usize..known.to as usize] } else { &[] }
}

/// What follows `B.`, `M.`, `D.` … in a degree of more than two letters: `B.Tech`, `M.Phil`, `Dr.Ing`.
const DEGREE_TAILS: &[&str] = &[
    "tech", "com", "phil", "arch", "pharm", "eng", "des", "plan", "stat", "mus", "res", "div", "litt", "chem", "ing",
    "voc", "lib", "nat", "pol", "econ",
];

/// What precedes `.D` or `.B` in a degree of more than two letters: `Pharm.D`, `Psy.D`.
const DEGREE_HEADS: &[&str] = &["pharm", "psy", "eng", "tech", "mag"];

/// Whether the parts of a dotted word are initials or a degree (`U.S.A`, `Ph.D`, `B.Tech`): one word without its dots.
pub(super) fn is_dotted_abbreviation<'a>(mut parts: impl Iterator<Item = &'a str> + Clone) -> bool {
    let is_in = |table: &[&str], part: &str| table.iter().any(|row| row.eq_ignore_ascii_case(part));
    let letters = parts.clone().all(|part| part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    if !letters {
        return false;
    }
    if parts.clone().all(|part| part.len() <= 2) {
        return parts.any(|part| part.len() == 1) || parts.clone().count() == 1;
    }
    let (Some(first), Some(second), rest) = (parts.next(), parts.next(), parts.next()) else { return false };
    let tail = first.len() <= 2 && is_in(DEGREE_TAILS, second);
    let head = second.len() == 1 && is_in(DEGREE_HEADS, first);
    (tail || head) && rest.is_none_or(|part| part.len() <= 4)
}

/// Words before `.net` in lower or mixed case that make it the platform and not a domain: `asp.net`, not `example.net`.
pub(super) fn is_dotnet_head(word: &str) -> bool {
    ["asp", "ado", "vb", "ml", "c#", "f#", "dot", "j#"].iter().any(|head| head.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_that_are_no_common_word_elsewhere() {
        // A résumé speaks of no sap but SAP: `Sap consultant` is meant, too.
        assert!(is_acronym("IT") && !is_acronym("SAP"));
    }

    #[test]
    fn the_tables_are_sorted() {
        assert!(ACRONYMS.is_sorted());
        assert!(OPEN_COMPOUNDS.is_sorted_by_key(|row| row.0));
    }
}
