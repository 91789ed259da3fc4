//! When do a found and a wanted value mean the same? Texts: half of their words in common, or the shorter inside the longer with a
//! word that says something. Numbers, addresses and years: exactly. Found values that are optional are neither right nor wrong.

use std::collections::BTreeSet;
use vitae::analysis::fold;

/// What was right and wrong in one field.
#[derive(Debug, Default)]
pub struct Counts {
    right: usize,
    pub wrong: Vec<String>,
    pub missed: Vec<String>,
}

impl Counts {
    pub fn add(&mut self, other: Counts) {
        self.right += other.right;
        self.wrong.extend(other.wrong);
        self.missed.extend(other.missed);
    }

    pub fn is_perfect(&self) -> bool {
        self.wrong.is_empty() && self.missed.is_empty()
    }

    pub fn of_gold(&self) -> usize {
        self.right + self.missed.len()
    }

    pub fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong.len()).max(1) as f64
    }

    pub fn recall(&self) -> f64 {
        self.right as f64 / self.of_gold().max(1) as f64
    }

    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
    }
}

/// Words that join or close names and distinguish nothing.
const EMPTY: &str = " the of at and in for to a de la le des et y di der die das und inc ltd limited llc llp pvt co corp gmbh ag sa sarl plc ab as ";
/// Words that are not enough in common.
const GENERIC: &str = " university college institute school academy technology engineering science sciences department national \
    international state engineer developer manager analyst intern assistant consultant senior junior lead software team group services \
    solutions systems research technical web data bachelor master degree bs ba ms ma bsc msc diploma certificate ";

fn words(text: &str) -> BTreeSet<String> {
    let folded = fold(text);
    let all = folded
        .split(|letter: char| !letter.is_alphanumeric() && letter != '+' && letter != '#')
        .filter(|word| !word.is_empty())
        .map(str::to_string);
    let all: BTreeSet<String> = all.collect();
    let telling: BTreeSet<String> = all.iter().filter(|word| !EMPTY.contains(&format!(" {word} "))).cloned().collect();
    if telling.is_empty() { all } else { telling }
}

/// Half of the words, or one inside the other.
fn alike(left: &str, right: &str) -> f64 {
    let (left, right) = (words(left), words(right));
    if left == right {
        return 1.0;
    }
    let common: Vec<&String> = left.intersection(&right).collect();
    let telling = common.iter().any(|word| !GENERIC.contains(&format!(" {word} ")));
    let share = common.len() as f64 / left.union(&right).count().max(1) as f64;
    let inside = common.len() == left.len().min(right.len()) && telling;
    let enough = share >= 0.5 && (telling || common.len() >= 3);
    if inside || enough { share.max(0.5) } else { 0.0 }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// How well a found value fits a wanted one; from 0.5 it is the same.
fn fit(field: &str, found: &str, wanted: &str) -> f64 {
    let equal = |same: bool| if same { 1.0 } else { 0.0 };
    match field {
        "phones" => {
            let (found, wanted) = (digits(found), digits(wanted));
            let (short, long) = if found.len() < wanted.len() { (found, wanted) } else { (wanted, found) };
            equal(short.len() >= 7 && long.ends_with(short.trim_start_matches('0')))
        }
        "emails" | "degree_years" | "degree_levels" | "spans" | "gpa" => {
            equal(found.replace(' ', "").eq_ignore_ascii_case(&wanted.replace(' ', "")))
        }
        "skills" => equal(words(found) == words(wanted) || alike(found, wanted) >= 0.5),
        "records" => record_fit(found, wanted),
        _ => alike(found, wanted),
    }
}

/// Employer, title and first year all fit.
fn record_fit(found: &str, wanted: &str) -> f64 {
    let parts = |row: &str| row.split(" | ").map(str::to_string).collect::<Vec<_>>();
    let (found, wanted) = (parts(found), parts(wanted));
    let (employer, title) = (alike(&found[0], &wanted[0]), alike(&found[1], &wanted[1]));
    let year = wanted[2].is_empty() || found[2] == wanted[2];
    if employer >= 0.5 && title >= 0.5 && year { (employer + title) / 2.0 } else { 0.0 }
}

/// Values that count once, however often they are written. Spans and records are counted as often as they stand.
fn distinct(field: &str, values: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let atoms = values.iter().flat_map(|value| match field {
        "skills" => value.split(['/', ',', ';']).map(|part| part.trim().to_string()).collect(),
        "locations" => value.split(" & ").map(str::to_string).collect(),
        _ => vec![value.clone()],
    });
    atoms
        .filter(|value| !value.is_empty() && (matches!(field, "spans" | "records") || seen.insert(fold(value))))
        .collect()
}

/// Pairs found and wanted values one to one, best first.
pub fn count(field: &str, found: &[String], wanted: &[String], optional: &[String]) -> Counts {
    let [found, wanted, optional] = [found, wanted, optional].map(|values| distinct(field, values));
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (at, value) in found.iter().enumerate() {
        pairs.extend(wanted.iter().enumerate().map(|(to, other)| (fit(field, value, other), at, to)));
    }
    pairs.retain(|(fit, ..)| *fit >= 0.5);
    pairs.sort_by(|left, right| right.0.total_cmp(&left.0).then((left.1, left.2).cmp(&(right.1, right.2))));
    let (mut taken, mut met) = (vec![false; found.len()], vec![false; wanted.len()]);
    for (_, at, to) in pairs {
        if !taken[at] && !met[to] {
            (taken[at], met[to]) = (true, true);
        }
    }
    // The same value written twice is no mistake.
    let excused = |value: &String| {
        let again = field != "spans" && wanted.iter().any(|other| fit(field, value, other) >= 0.5);
        again || optional.iter().any(|other| fit(field, value, other) >= 0.5)
    };
    let wrong = (0..found.len()).filter(|at| !taken[*at]).map(|at| found[at].clone()).filter(|value| !excused(value));
    let missed = (0..wanted.len()).filter(|to| !met[*to]).map(|to| wanted[to].clone());
    Counts { right: taken.iter().filter(|taken| **taken).count(), wrong: wrong.collect(), missed: missed.collect() }
}

/// Wrong and missed values where nothing but case, accents and punctuation may differ.
pub fn exact(field: &str, found: &[String], wanted: &[String], optional: &[String]) -> (Vec<String>, Vec<String>) {
    let key = |value: &str| match field {
        "phones" => digits(value),
        _ => fold(value).chars().filter(|letter| letter.is_alphanumeric() || "+#./|".contains(*letter)).collect(),
    };
    let [found, wanted, optional] = [found, wanted, optional].map(|values| distinct(field, values));
    let keys = |values: &[String]| values.iter().map(|value| key(value)).collect::<BTreeSet<String>>();
    let (found_keys, wanted_keys, optional_keys) = (keys(&found), keys(&wanted), keys(&optional));
    let allowed = |value: &String| wanted_keys.contains(&key(value)) || optional_keys.contains(&key(value));
    let wrong = found.iter().filter(|value| !allowed(value)).cloned().collect();
    let missed = wanted.iter().filter(|value| !found_keys.contains(&key(value))).cloned().collect();
    (wrong, missed)
}
