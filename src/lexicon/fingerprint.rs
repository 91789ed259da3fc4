//! The lexicon's fingerprint: changes when any table changes, so that an index knows that its documents were made with another one. In:
//! the tables' text. Out: 16 hex digits.

use super::Lexicon;

/// Every table of `data/`; `every_table_is_listed` below fails when one is missing.
const TABLES: &[(&str, &str)] = &[
    ("ambiguous", include_str!("data/ambiguous.tsv")),
    ("certificates", include_str!("data/certificates.tsv")),
    ("cities", include_str!("data/cities.tsv")),
    ("countries", include_str!("data/countries.tsv")),
    ("date_words", include_str!("data/date_words.tsv")),
    ("degrees", include_str!("data/degrees.tsv")),
    ("employers", include_str!("data/employers.tsv")),
    ("headings", include_str!("data/headings.tsv")),
    ("languages", include_str!("data/languages.tsv")),
    ("orgs", include_str!("data/orgs.tsv")),
    ("regions", include_str!("data/regions.tsv")),
    ("schools", include_str!("data/schools.tsv")),
    ("seniority", include_str!("data/seniority.tsv")),
    ("skills", include_str!("data/skills.tsv")),
    ("subjects", include_str!("data/subjects.tsv")),
    ("titles", include_str!("data/titles.tsv")),
];

impl Lexicon {
    /// First 16 hex digits of the hash over all tables, the user's own included.
    pub fn fingerprint(&self) -> String {
        let mut hash = blake3::Hasher::new();
        for (name, table) in TABLES {
            hash.update(name.as_bytes()).update(&[0]).update(table.as_bytes()).update(&[0]);
        }
        if !self.user.is_empty() {
            hash.update(self.user.whole().as_bytes());
        }
        hash.finalize().to_hex()[..16].to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_listed() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lexicon/data");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        files.sort_unstable();
        let listed: Vec<&str> = TABLES.iter().map(|(name, _)| *name).collect();
        assert_eq!(files, listed);
        assert_eq!(Lexicon::builtin().fingerprint().len(), 16);
    }
}
