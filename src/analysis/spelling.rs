//! Other spellings of one word: British and American, umlauts written out. In: one word as typed. Out: words to try as
//! well; the engine keeps those its term dictionary holds and lists them. Does not correct misspellings.

use super::fold;

/// Endings that differ, either way round; what follows (`d`, `s`, `r` …) stays.
const ENDINGS: &[(&str, &str)] = &[
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("iser", "izer"),
    ("ises", "izes"),
    ("ise", "ize"),
    ("ysing", "yzing"),
    ("ysed", "yzed"),
    ("yser", "yzer"),
    ("yse", "yze"),
    ("ogue", "og"),
    ("elling", "eling"),
    ("elled", "eled"),
    ("eller", "eler"),
];

/// Words or beginnings of words that differ, either way round.
const WORDS: &[(&str, &str)] = &[
    ("licence", "license"),
    ("defence", "defense"),
    ("offence", "offense"),
    ("practise", "practice"),
    ("colour", "color"),
    ("behaviour", "behavior"),
    ("labour", "labor"),
    ("favour", "favor"),
    ("honour", "honor"),
    ("neighbour", "neighbor"),
    ("harbour", "harbor"),
    ("flavour", "flavor"),
    ("armour", "armor"),
    ("endeavour", "endeavor"),
    ("vapour", "vapor"),
    ("rumour", "rumor"),
    ("humour", "humor"),
    ("tumour", "tumor"),
    ("centre", "center"),
    ("theatre", "theater"),
    ("fibre", "fiber"),
    ("metre", "meter"),
    ("litre", "liter"),
    ("programme", "program"),
    ("grey", "gray"),
    ("judgement", "judgment"),
    ("cheque", "check"),
    ("fulfil", "fulfill"),
    ("enrol", "enroll"),
    ("enrolment", "enrollment"),
    ("skilful", "skillful"),
    ("instalment", "installment"),
    ("paediatric", "pediatric"),
    ("anaesthe", "anesthe"),
    ("orthopaedic", "orthopedic"),
    ("haemato", "hemato"),
    ("gynaeco", "gyneco"),
    ("archaeolog", "archeolog"),
    ("encyclopaedia", "encyclopedia"),
    ("oestro", "estro"),
    ("foetal", "fetal"),
    ("aluminium", "aluminum"),
    ("manoeuvre", "maneuver"),
    ("aeroplane", "airplane"),
    ("tyre", "tire"),
    ("storey", "story"),
    ("jewellery", "jewelry"),
    ("adviser", "advisor"),
    ("cancellation", "cancelation"),
    ("counsellor", "counselor"),
    ("acknowledgement", "acknowledgment"),
];

/// Other spellings of `word` as typed, folded, without the word itself: `licence` → license, `organise` → organize,
/// `mueller` → muller, `Müller` → mueller.
pub fn spelling_variants(word: &str) -> Vec<String> {
    let folded = fold(word);
    let mut variants = Vec::new();
    let mut add = |variant: String| {
        if variant != folded && !variants.contains(&variant) {
            variants.push(variant);
        }
    };
    for (left, right) in WORDS {
        for (from, to) in [(left, right), (right, left)] {
            if let Some(rest) = folded.strip_prefix(from) {
                add(format!("{to}{rest}"));
            }
        }
    }
    for (left, right) in ENDINGS {
        for (from, to) in [(left, right), (right, left)] {
            let singular = folded.strip_suffix('s').filter(|stem| !stem.ends_with('s'));
            for (stem, plural) in [(Some(folded.as_str()), ""), (singular, "s")] {
                if let Some(stem) = stem.and_then(|stem| stem.strip_suffix(from)).filter(|stem| stem.len() >= 3) {
                    add(format!("{stem}{to}{plural}"));
                }
            }
        }
    }
    if let Some(plain) = umlauts_taken_in(&folded) {
        add(plain);
    }
    if let Some(long) = umlauts_written_out(word) {
        add(long);
    }
    variants
}

/// `mueller` → `muller`: `ae oe ue` between consonants. The dictionary rules out what is no word (`michael` → `michal`).
fn umlauts_taken_in(word: &str) -> Option<String> {
    let bytes = word.as_bytes();
    let is_consonant =
        |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_lowercase() && !b"aeiouq".contains(byte));
    let at = (1..bytes.len().saturating_sub(2)).find(|&at| {
        matches!(&bytes[at..at + 2], b"ae" | b"oe" | b"ue") && is_consonant(at - 1) && is_consonant(at + 2)
    })?;
    Some(format!("{}{}", &word[..=at], &word[at + 2..]))
}

/// `Müller` → `mueller`.
fn umlauts_written_out(word: &str) -> Option<String> {
    if !word.contains(['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü', 'å', 'ø', 'Ø']) {
        return None;
    }
    let mut long = String::new();
    for letter in word.chars() {
        match letter {
            'ä' | 'Ä' => long.push_str("ae"),
            'ö' | 'Ö' | 'ø' | 'Ø' => long.push_str("oe"),
            'ü' | 'Ü' => long.push_str("ue"),
            'å' => long.push_str("aa"),
            other => long.push(other),
        }
    }
    Some(fold(&long))
}

#[cfg(test)]
mod tests {
    use super::spelling_variants;

    #[test]
    fn british_american_and_umlauts() {
        for (word, variant) in [
            ("licence", "license"),
            ("licenses", "licences"),
            ("organise", "organize"),
            ("organizations", "organisations"),
            ("colour", "color"),
            ("Colored", "coloured"),
            ("modelling", "modeling"),
            ("catalog", "catalogue"),
            ("analyse", "analyze"),
            ("analyzed", "analysed"),
            ("mueller", "muller"),
            ("Müller", "mueller"),
            ("goetz", "gotz"),
            ("programme", "program"),
        ] {
            assert!(spelling_variants(word).contains(&variant.to_string()), "{word}: {:?}", spelling_variants(word));
        }
        assert!(spelling_variants("java").is_empty());
        assert!(spelling_variants("blue").is_empty());
    }
}
