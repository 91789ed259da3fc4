//! Certificates and licences by name, alias or exam code. In: a line. Out: known certificates in it.

use super::table::{Phrases, cells, list, rows};
use super::words::{Words, key};
use std::ops::Range;

/// A known certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CertificateEntry {
    /// Canonical name.
    pub name: &'static str,
    /// Who issues it.
    pub issuer: &'static str,
}

/// The table of certificates.
#[derive(Debug)]
pub struct Certificates {
    names: Phrases<CertificateEntry>,
}

impl Certificates {
    pub(super) fn builtin() -> Certificates {
        let names = rows(include_str!("data/certificates.tsv")).flat_map(|row| {
            let [name, issuer, aliases] = cells(row);
            let entry = CertificateEntry { name, issuer };
            std::iter::once(name).chain(list(aliases)).map(move |form| (form, entry))
        });
        Certificates { names: Phrases::new(names) }
    }

    /// The certificate of this name, alias or code.
    pub fn canonical(&self, text: &str) -> Option<CertificateEntry> {
        self.names.get(&key(text)).copied()
    }

    /// Known certificates in a line, in order. A short form counts only as written in capitals (`CPA`, not `cpa`).
    pub fn find(&self, text: &str) -> Vec<(Range<usize>, CertificateEntry)> {
        let words = Words::of(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let Some((length, entry)) = self.names.longest(&words, at) else {
                at += 1;
                continue;
            };
            if let (Some(first), Some(last)) = (words.get(at), words.get(at + length - 1)) {
                let written = &text[first.start..last.end];
                if written.len() > 5 || !written.chars().any(char::is_lowercase) {
                    found.push((first.start..last.end, *entry));
                }
            }
            at += length;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    fn check(text: &str, expected: &[&str]) {
        let lexicon = Lexicon::builtin();
        let found: Vec<&str> = lexicon.certificates().find(text).iter().map(|(_, entry)| entry.name).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn short_names_are_those_of_the_long_ones() {
        check("BLS, ACLS and PALS", &["BLS Certification", "ACLS Certification", "PALS Certification"]);
        check("BLS certification", &["BLS Certification"]);
        check("two pals", &[]);
    }
}
