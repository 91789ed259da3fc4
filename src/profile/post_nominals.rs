//! Certificates and licences as letters behind the name or in the lines below it: `Ada Gull, RN, CCRN`, `Project Manager | PMP | CSM`. In:
//! the text, the name. Out: those that the lexicon knows. Reads no lists (that is `certificates`).

use crate::lexicon::{CertificateEntry, Lexicon};
use crate::model::{Certificate, Evidence, Found, TextDoc};

/// Lines below the name that are looked at.
const BELOW_NAME: usize = 2;
/// Signs around the letters.
const SEPARATORS: &[char] = &[',', '|', '•', '·', '/', '(', ')', '–', '—', '\t', ';', '&'];
/// Longest letters, in bytes: `SHRM-SCP`.
const LONGEST: usize = 10;

/// Certificates by their letters, in document order.
pub(super) fn find(text: &TextDoc, name: &Found<String>, lexicon: &Lexicon) -> Vec<Certificate> {
    let first = name.evidence.line as usize;
    let mut found: Vec<Certificate> = Vec::new();
    for (index, line) in text.lines.iter().enumerate().skip(first).take(1 + BELOW_NAME).filter(|(_, line)| !line.hidden)
    {
        let own = index == first;
        let from = if own { (name.evidence.end as usize).min(line.text.len()) } else { 0 };
        let Some(rest) = line.text.get(from..) else { continue };
        let pieces = rest.split(SEPARATORS).map(|piece| piece.trim().trim_end_matches('®'));
        for (at, piece) in pieces.filter(|piece| !piece.is_empty()).enumerate() {
            // "Ada Gull, San Jose, CA" is a place, "Ada Gull, CA" a chartered accountant.
            let region = lexicon.places().is_region(piece) && !(own && at == 0);
            let Some(entry) = canonical(piece, lexicon).filter(|_| !region) else { continue };
            let start = piece.as_ptr() as usize - line.text.as_ptr() as usize;
            let evidence = Evidence::at(index, start..start + piece.len(), 5.0, "letters beside the name +5");
            let known_as = Some(entry.name.to_string());
            if !found.iter().any(|known| known.known_as == known_as) {
                let issuer = (!entry.issuer.is_empty()).then(|| entry.issuer.to_string());
                let name = Found { value: piece.to_string(), evidence };
                found.push(Certificate { name, known_as, issuer, period: None, ongoing: false });
            }
        }
    }
    found
}

/// The certificate whose short form in capitals `piece` is.
fn canonical(piece: &str, lexicon: &Lexicon) -> Option<CertificateEntry> {
    let is_letters = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
    let short = (2..=LONGEST).contains(&piece.len()) && piece.bytes().all(is_letters);
    if short { lexicon.certificates().canonical(piece) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Format, Line};

    fn check(lines: &[&str], expected: &[&str]) {
        let line = |text: &&str| Line { text: text.to_string(), ..Line::default() };
        let lines = lines.iter().map(line).collect();
        let text = TextDoc { format: Format::Text, lines, pages: 1, modified: None, warnings: vec![] };
        let name = Found { value: "Ada Gull".to_string(), evidence: Evidence::at(0, 0..8, 9.0, "") };
        let found = find(&text, &name, &Lexicon::builtin());
        assert_eq!(found.iter().map(|one| one.name.value.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn letters_behind_the_name_and_in_the_headline() {
        check(&["Ada Gull, RN, BSN, CCRN", "ICU Nurse | PMP"], &["RN", "CCRN", "PMP"]);
        check(&["Ada Gull (PMP®)", "", "Project Manager, CSM", "PHR"], &["PMP", "CSM"]);
        check(&["Ada Gull, CA", "Chartered accountant"], &["CA"]);
    }

    #[test]
    fn states_and_words_are_no_letters() {
        check(&["Ada Gull, San Jose, CA", "Cook, Los Gatos, CA"], &[]);
        check(&["Ada Gull", "Head Cook | Blue Fish Inn"], &[]);
    }
}
