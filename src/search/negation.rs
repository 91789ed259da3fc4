//! Does a line say that somebody does *not* have what matched? In: the text before a match. Out: yes or no. The match stands either way:
//! who reads the line decides, the flag only makes sure that it is read.

/// Words that deny what follows. English, German, French, Spanish.
const DENIALS: &[&str] = &[
    "no",
    "not",
    "never",
    "without",
    "lack",
    "lacks",
    "lacking",
    "unfamiliar",
    "neither",
    "nor",
    "don't",
    "haven't",
    "didn't",
    "keine",
    "kein",
    "keinerlei",
    "nicht",
    "nie",
    "ohne",
    "aucune",
    "aucun",
    "jamais",
    "sans",
    "sin",
    "ninguna",
    "nunca",
];

/// Words that may stand between a denial and what it denies: `no prior experience with Java`. Any other word ends its reach:
/// `without downtime on Kafka`.
const BETWEEN: &[&str] = &[
    "a",
    "an",
    "any",
    "the",
    "of",
    "in",
    "on",
    "with",
    "to",
    "or",
    "and",
    "at",
    "all",
    "yet",
    "real",
    "much",
    "formal",
    "prior",
    "previous",
    "professional",
    "practical",
    "working",
    "hands",
    "direct",
    "actual",
    "significant",
    "experience",
    "experiences",
    "knowledge",
    "exposure",
    "background",
    "training",
    "skills",
    "expertise",
    "familiarity",
    "familiar",
    "used",
    "use",
    "using",
    "worked",
    "work",
    "learned",
    "learnt",
    "touched",
    "programmed",
    "certified",
    "been",
    "had",
    "have",
    "erfahrung",
    "erfahrungen",
    "kenntnisse",
    "mit",
    "von",
    "expérience",
    "connaissance",
    "en",
    "de",
    "avec",
    "experiencia",
    "con",
];

/// Whether the words at the end of `before` deny what comes next.
pub fn is_denied(before: &str) -> bool {
    let sentence = before.rsplit(['.', ';', '!', '?', '•', ':']).next().unwrap_or_default();
    let lower = sentence.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric() && letter != '\'' && letter != '’');
    for word in words.filter(|word| !word.is_empty()).rev() {
        if DENIALS.contains(&word.replace('’', "'").as_str()) {
            return true;
        }
        if !BETWEEN.contains(&word) {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_denied;

    #[test]
    fn denied() {
        for before in
            ["No experience with ", "I have never used ", "not familiar with ", "Keine Erfahrung mit ", "no Java. No "]
        {
            assert!(is_denied(before), "{before}");
        }
    }

    #[test]
    fn not_denied() {
        for before in
            ["", "Experience with ", "without downtime on ", "No experience. Uses ", "not only ", "Room no. 5, "]
        {
            assert!(!is_denied(before), "{before}");
        }
    }
}
