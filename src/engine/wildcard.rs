//! Patterns with `*` and `?`, the same for every engine and for the ledger. In: a pattern and a text. Out: whether it fits. Reads no
//! index.

/// Pattern with `*` (any characters) and `?` (one); without either, a substring. Case is ignored.
pub fn path_matches(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.to_lowercase(), path.to_lowercase());
    if !pattern.contains(['*', '?']) {
        return path.contains(&pattern);
    }
    wildcard(&pattern.chars().collect::<Vec<_>>(), &path.chars().collect::<Vec<_>>())
}

/// Matches `*` and `?` in linear space and at most quadratic time: on a mismatch only the last `*` is tried again.
pub fn wildcard(pattern: &[char], text: &[char]) -> bool {
    let (mut at, mut here) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while here < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, here));
                at += 1;
            }
            Some(wanted) if *wanted == '?' || *wanted == text[here] => {
                at += 1;
                here += 1;
            }
            _ => {
                let Some((star_at, taken)) = star else { return false };
                star = Some((star_at, taken + 1));
                at = star_at + 1;
                here = taken + 1;
            }
        }
    }
    pattern[at..].iter().all(|rest| *rest == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_patterns() {
        assert!(path_matches("2026/*", "2026/anna.pdf"));
        assert!(path_matches("*.PDF", "2026/anna.pdf"));
        assert!(path_matches("anna", "2026/anna.pdf"));
        assert!(!path_matches("2025/*", "2026/anna.pdf"));
        assert!(path_matches("a?na*", "anna.pdf"));
        assert!(!path_matches("*a*a*a*a*b", &"a".repeat(2000)));
    }
}
