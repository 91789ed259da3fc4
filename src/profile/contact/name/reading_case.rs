//! A name in capitals or small letters → reading case: `SINÉAD O'BRIEN` → `Sinéad O'Brien`. In: the name as written. Out: the
//! name as one reads it. A name in mixed case stays as it is.

/// Parts of names that stay small inside a name.
const PARTICLES: &[&str] = &[
    "de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "las", "los", "van", "von", "der", "den", "ten",
    "ter", "y", "e", "bin", "ibn", "al", "el", "zu", "zur", "af", "av",
];
/// Numbers behind names.
const NUMERALS: &[&str] = &["II", "III", "IV"];

/// The name in reading case, blanks collapsed.
pub fn reading_case(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let letters = || name.chars().filter(|letter| letter.is_alphabetic());
    let upper = letters().all(|letter| !letter.is_lowercase());
    let lower = letters().all(|letter| !letter.is_uppercase());
    let mut out = String::with_capacity(name.len());
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        // "Ada LOVELACE": a surname in capitals beside a given name.
        let shouted = upper
            || word.chars().filter(|letter| letter.is_alphabetic()).count() > 2
                && word.chars().all(|letter| !letter.is_lowercase());
        if !shouted && !lower || NUMERALS.contains(word) {
            out.push_str(word);
        } else {
            push_word(&mut out, word, index > 0 && index + 1 < words.len());
        }
    }
    out
}

fn push_word(out: &mut String, word: &str, inner: bool) {
    let small = word.to_lowercase();
    if inner && PARTICLES.contains(&small.as_str()) {
        out.push_str(&small);
        return;
    }
    let scottish = small.starts_with("mc") && small.chars().count() > 4;
    let mut capital = true;
    for (index, letter) in small.chars().enumerate() {
        if capital || scottish && index == 2 {
            out.extend(letter.to_uppercase());
        } else {
            out.push(letter);
        }
        // "Jean-Luc", "O'Brien", "J.R."; but "Dara's" keeps its s.
        capital = matches!(letter, '-' | '.' | '(' | '"' | '“') || matches!(letter, '\'' | '’') && index <= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::reading_case;

    fn check(written: &str, expected: &str) {
        assert_eq!(reading_case(written), expected);
    }

    #[test]
    fn capitals_become_reading_case() {
        check("PRIYA NAIR", "Priya Nair");
        check("SINÉAD O'BRIEN", "Sinéad O'Brien");
        check("RON MCDONALD", "Ron McDonald");
        check("MARIA DE LA CRUZ", "Maria de la Cruz");
        check("J.R. SMITH-JONES III", "J.R. Smith-Jones III");
        check("Ada LOVELACE", "Ada Lovelace");
        check("ada lovelace", "Ada Lovelace");
    }

    #[test]
    fn mixed_case_stays() {
        check("Ludwig van Beethoven", "Ludwig van Beethoven");
        check("DeShawn McCoy", "DeShawn McCoy");
        check("Li Wei", "Li Wei");
    }
}
