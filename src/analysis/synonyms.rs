//! Other words for the same occupation. In: one folded word. Out: words to try as well, folded; the engine keeps those its term
//! dictionary holds and lists them. Only words that are the same job everywhere: what is merely related is offered, never added.

/// Words for one job. The forms of a row find each other.
const SAME_JOB: &[&[&str]] = &[
    &["lawyer", "attorney"],
    &["bartender", "barman", "barmaid", "barkeeper"],
    &["waiter", "waitress"],
    &["actor", "actress"],
    &["steward", "stewardess"],
    &["handyman", "handyperson", "handywoman"],
    &["janitor", "custodian"],
];

/// `salesman`, `saleswoman`, `salesperson`: the job is what stands before.
const PERSONS: &[&str] = &["man", "woman", "person", "men", "women", "people"];

/// Beginnings that make a job with [`PERSONS`]; `human` and `german` are not among them.
const PERSON_JOBS: &[&str] = &[
    "sales", "chair", "business", "fore", "crafts", "camera", "fire", "police", "spokes", "repair", "service", "work",
];

/// Endings of German names of jobs that take `in` for a woman: Entwickler, Ingenieur, Direktor, Jurist, Assistent, Praktikant.
const GERMAN_JOBS: &[&str] = &["er", "eur", "or", "ist", "ent", "ant"];

/// Shortest German name of a job that is given a second form: `Leiter`.
const GERMAN_LENGTH: usize = 6;

/// Other words for `folded`: `lawyer` → attorney, `salesman` → saleswoman, salesperson, `entwickler` → entwicklerin.
pub fn synonyms(folded: &str) -> Vec<String> {
    let mut out = Vec::new();
    for row in SAME_JOB.iter().filter(|row| row.contains(&folded)) {
        out.extend(row.iter().filter(|word| **word != folded).map(|word| word.to_string()));
    }
    let stem = PERSONS.iter().find_map(|person| folded.strip_suffix(person)).filter(|stem| PERSON_JOBS.contains(stem));
    if let Some(stem) = stem {
        let others = PERSONS.iter().map(|person| format!("{stem}{person}"));
        out.extend(others.filter(|other| other != folded));
    }
    let is_job = |word: &str| word.len() >= GERMAN_LENGTH && GERMAN_JOBS.iter().any(|ending| word.ends_with(ending));
    match folded.strip_suffix("in").filter(|stem| is_job(stem)) {
        Some(stem) => out.push(stem.to_string()),
        None if is_job(folded) => out.push(format!("{folded}in")),
        None => {}
    }
    out
}

#[cfg(test)]
mod tests {
    use super::synonyms;

    fn check(word: &str, expected: &[&str]) {
        assert_eq!(synonyms(word), expected, "{word}");
    }

    #[test]
    fn one_job_in_other_words() {
        check("attorney", &["lawyer"]);
        check("salesman", &["saleswoman", "salesperson", "salesmen", "saleswomen", "salespeople"]);
        check("ingenieurin", &["ingenieur"]);
        check("jurist", &["juristin"]);
    }

    #[test]
    fn other_words_stay_alone() {
        for word in ["human", "german", "java", "berlin", "protein", "chairs"] {
            check(word, &[]);
        }
    }
}
