//! Is one word a form of another? In: two folded words. Out: yes or no, by a table of endings, never by a stem: `manage`
//! finds managed, managing, manager; `university` does not find universe. The index holds words as written; the engine
//! widens a query word from its term dictionary with [`inflections_prefix`] and [`same_word`].
//!
//! Rules. A base takes `s es ies ed d ing er ers r rs or ors`, with the spelling changes of English (manage → managing,
//! company → companies, plan → planned). A query word is its own base; its `s`, `ed`, `ing` also come off. An ending `er`,
//! `or` never comes off: who asks for a developer does not ask for what was developed.

/// Fewest letters of a base: `is` is no form of `i`, `going` one of `go` is the price.
const SHORTEST_BASE: usize = 3;

/// Words that look like a form of the other but are not.
const UNRELATED: &[(&str, &str)] = &[
    ("act", "actor"),
    ("but", "butter"),
    ("cent", "center"),
    ("chart", "charter"),
    ("compute", "computer"),
    ("contain", "container"),
    ("corn", "corner"),
    ("count", "counter"),
    ("custom", "customer"),
    ("custom", "customers"),
    ("dock", "docker"),
    ("even", "evening"),
    ("engineer", "engineering"),
    ("fact", "factor"),
    ("fact", "factors"),
    ("flow", "flower"),
    ("form", "former"),
    ("head", "header"),
    ("labor", "laborer"),
    ("lab", "labor"),
    ("lab", "labored"),
    ("lay", "layer"),
    ("lay", "layers"),
    ("let", "letter"),
    ("let", "letters"),
    ("mast", "master"),
    ("mat", "matter"),
    ("mean", "meaning"),
    ("mot", "motor"),
    ("new", "news"),
    ("numb", "number"),
    ("numb", "numbers"),
    ("off", "offer"),
    ("off", "offers"),
    ("office", "officer"),
    ("office", "officers"),
    ("cover", "covers"),
    ("pap", "paper"),
    ("post", "poster"),
    ("prop", "proper"),
    ("quart", "quarter"),
    ("rail", "rails"),
    ("react", "reactor"),
    ("react", "reactors"),
    ("route", "router"),
    ("route", "routers"),
    ("sect", "sector"),
    ("sect", "sectors"),
    ("serve", "server"),
    ("serve", "servers"),
    ("show", "shower"),
    ("spring", "springer"),
    ("sum", "summer"),
    ("tract", "tractor"),
    ("tow", "tower"),
    ("use", "user"),
    ("use", "users"),
    ("vect", "vector"),
    ("win", "winter"),
    ("window", "windows"),
    ("word", "worded"),
    ("add", "adder"),
    ("late", "later"),
    ("real", "reals"),
    ("spark", "sparkes"),
    ("compute", "computers"),
    ("customs", "customer"),
    ("master", "mastering"),
];

/// Whether `index_term` is a form of `query_word`. Both folded. Not symmetric: `manage` finds manager, `manager` does not
/// find managed.
pub fn same_word(query_word: &str, index_term: &str) -> bool {
    if query_word == index_term {
        return true;
    }
    let is_plain = |word: &str| word.len() >= SHORTEST_BASE && word.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_plain(query_word) || !is_plain(index_term) || is_unrelated(query_word, index_term) {
        return false;
    }
    bases(query_word).iter().any(|base| is_form(base, index_term) && !is_unrelated(base, index_term))
}

/// Verbs of résumés whose past begins with other letters: who asks for `lead` means who led, too.
const IRREGULAR: &[&[&str]] = &[
    &["begin", "began", "begun"],
    &["bring", "brought"],
    &["build", "built"],
    &["drive", "drove", "driven"],
    &["grow", "grew", "grown"],
    &["lead", "led"],
    &["oversee", "oversaw", "overseen"],
    &["rebuild", "rebuilt"],
    &["rewrite", "rewrote", "rewritten"],
    &["sell", "sold"],
    &["speak", "spoke", "spoken"],
    &["teach", "taught"],
    &["undertake", "undertook", "undertaken"],
    &["win", "won"],
    &["write", "wrote", "written"],
];

/// Forms of `word` that do not begin like it: `led` for `lead`, `leads` and `leading`, `lead` for `led`.
pub fn irregular(word: &str) -> impl Iterator<Item = &'static str> {
    let bases = bases(word);
    let is_of = |verb: &&&[&str]| verb.iter().any(|form| bases.iter().any(|base| base == form));
    IRREGULAR.iter().find(is_of).into_iter().flat_map(|verb| verb.iter().copied())
}

/// What every form of `word` begins with: the part of the term dictionary to look through.
pub fn inflections_prefix(word: &str) -> &str {
    if word.len() < SHORTEST_BASE || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word;
    }
    let shortest = bases(word).iter().map(|base| invariant(base).len()).min().unwrap_or(word.len());
    &word[..shortest.min(word.len())]
}

fn is_unrelated(one: &str, other: &str) -> bool {
    UNRELATED.iter().any(|&(left, right)| (left, right) == (one, other) || (left, right) == (other, one))
}

/// The base without a last letter that changes: `manag(e)`, `compan(y)`, `analys(is)`.
fn invariant(base: &str) -> &str {
    let cut = if base.ends_with("is") { 2 } else { usize::from(base.ends_with(['e', 'y'])) };
    &base[..base.len() - cut]
}

/// The word and what it can be a form of.
fn bases(word: &str) -> Vec<String> {
    let mut bases = vec![word.to_string()];
    let mut add = |base: String| {
        if base.len() >= SHORTEST_BASE && base.bytes().any(is_vowel) && !bases.contains(&base) {
            bases.push(base);
        }
    };
    if let Some(stem) = word.strip_suffix("ies").or(word.strip_suffix("ied")) {
        add(format!("{stem}y"));
    } else if let Some(stem) = word.strip_suffix("es").filter(|stem| takes_es(stem)) {
        add(stem.to_string());
        add(format!("{stem}e"));
    } else if let Some(stem) = word.strip_suffix('s').filter(|stem| !stem.ends_with(['s', 'u', 'i'])) {
        add(stem.to_string());
    }
    if let Some(stem) = word.strip_suffix("yses") {
        add(format!("{stem}ysis"));
    }
    // `analysis`, `thesis` → analyses, theses
    for ending in ["ed", "ing"] {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        add(stem.to_string());
        add(format!("{stem}e"));
        let letters = stem.as_bytes();
        if let [.., before, last] = letters
            && before == last
            && !is_vowel(*last)
        {
            add(stem[..stem.len() - 1].to_string());
        }
    }
    bases
}

/// Whether `term` is the base with an ending.
fn is_form(base: &str, term: &str) -> bool {
    if base == term {
        return true;
    }
    if let Some(stem) = base.strip_suffix("sis") {
        return term.strip_prefix(stem) == Some("ses");
    }
    if let Some(stem) = base.strip_suffix('y').filter(|stem| !stem.bytes().next_back().is_some_and(is_vowel)) {
        let ending = term.strip_prefix(stem).unwrap_or_default();
        return matches!(ending, "ies" | "ied" | "ying" | "ier" | "iers" | "ys");
    }
    if let Some(stem) = base.strip_suffix('e') {
        let ending = term.strip_prefix(stem).unwrap_or_default();
        return matches!(ending, "es" | "ed" | "ing" | "er" | "ers" | "or" | "ors" | "eing");
    }
    let Some(ending) = term.strip_prefix(base) else { return false };
    if matches!(ending, "ed" | "ing" | "er" | "ers" | "or" | "ors") {
        // Nouns in -er do not take another one: `manager`, `managerer`.
        return !(base.ends_with("er") && ending.starts_with("er"));
    }
    if ending == "es" {
        return takes_es(base);
    }
    ending == "s" && !base.ends_with(['s', 'x', 'z']) || is_doubled(base, ending)
}

/// Whether the plural adds `es`: class, box, match, wish.
fn takes_es(stem: &str) -> bool {
    stem.ends_with(['s', 'x', 'z', 'o']) || stem.ends_with("ch") || stem.ends_with("sh")
}

/// `plan` + `ned`, `travel` + `ling`: the last consonant doubled before the ending.
fn is_doubled(base: &str, ending: &str) -> bool {
    let [.., before, last] = base.as_bytes() else { return false };
    if is_vowel(*last) || matches!(last, b'w' | b'x' | b'y') || !is_vowel(*before) || ending.as_bytes()[0] != *last {
        return false;
    }
    matches!(&ending[1..], "ed" | "ing" | "er" | "ers" | "or" | "ors")
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, same: &[&str], other: &[&str]) {
        for term in same {
            assert!(same_word(query, term), "{query} should find {term}");
            assert!(
                term.starts_with(inflections_prefix(query)),
                "{query} → {} would miss {term}",
                inflections_prefix(query)
            );
        }
        for term in other {
            assert!(!same_word(query, term), "{query} should not find {term}");
        }
    }

    #[test]
    fn irregular_verbs_find_their_past() {
        for (word, form) in
            [("lead", "led"), ("leading", "led"), ("led", "lead"), ("writes", "written"), ("driven", "drive")]
        {
            assert!(irregular(word).any(|other| other == form), "{word} {form}");
        }
        assert_eq!(irregular("leader").chain(irregular("manage")).next(), None);
    }

    #[test]
    fn verbs_find_their_forms_and_their_doers() {
        check(
            "manage",
            &["managed", "managing", "manages", "manager", "managers"],
            &["management", "manageable", "man"],
        );
        check("managing", &["manage", "managed", "managers"], &["management"]);
        check("plan", &["planned", "planning", "planner", "plans"], &["plane", "planet", "plant", "plants"]);
        check("travel", &["traveled", "travelled", "travelling", "traveler"], &["travelogue"]);
        check("study", &["studies", "studied", "studying"], &["studio", "studios"]);
        check("program", &["programs", "programmed", "programming", "programmer"], &["programmatic"]);
    }

    #[test]
    fn doers_find_only_doers() {
        check("developer", &["developers"], &["developed", "development", "develop"]);
        check("driver", &["drivers"], &["drive", "driven"]);
        check("manager", &["managers"], &["managed", "manage"]);
        check("engineers", &["engineer"], &["engine", "engines", "engineering"]);
        check("deliver", &["delivered", "delivering", "delivers"], &["delivery"]);
    }

    #[test]
    fn nouns() {
        check("company", &["companies"], &["companion"]);
        check("class", &["classes"], &["clas"]);
        check("analysis", &["analyses"], &["analyst", "analytics"]);
        check("organ", &["organs"], &["organization", "organic"]);
        check("databases", &["database"], &["data"]);
    }

    #[test]
    fn stem_collisions_are_no_forms() {
        check("university", &["universities"], &["universe", "universal"]);
        check("office", &["offices"], &["officer", "official"]);
        check("java", &["javas"], &["javascript"]);
        check("custom", &["customs"], &["customer"]);
        check("news", &[], &["new"]);
        check("ios", &[], &["io"]);
        check("c++", &["c++"], &["c"]);
    }
}
