//! How much does a name look like a company or a school? In: a name. Out: points. Knows legal forms, industry words, school
//! words, examination boards, and employers known far beyond their country, which are a bonus and no gate.

use super::table::{Phrases, cells, list, rows};
use super::words::{Gap, Words, key};

/// What a cue word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrgCue {
    /// Legal form: `Ltd`, `GmbH`.
    Legal,
    /// Word of a trade: `Technologies`, `Hospital`.
    Industry,
    /// School word: `University`, `Lycée`.
    School,
    /// Examination board: `CBSE`.
    Board,
}

/// The table of cues.
#[derive(Debug)]
pub struct Orgs {
    /// What a cue says, how it is written, and whether it counts only when written so.
    cues: Phrases<(OrgCue, &'static str, bool)>,
    /// Well-known employers, as written.
    known: Phrases<&'static str>,
}

impl Orgs {
    #[cfg(test)]
    pub(super) fn builtin() -> Orgs {
        Orgs::with(&[])
    }

    /// The table that comes with the program, then the user's employers: each of their names is a cue.
    pub(super) fn with(user: &[&'static str]) -> Orgs {
        let own = user.iter().flat_map(|row| {
            let [name, others] = cells(row);
            std::iter::once(name).chain(list(others)).map(|name| (name, (OrgCue::Industry, name, false)))
        });
        let cues = rows(include_str!("data/orgs.tsv")).map(|row| {
            let [cue, kind] = cells(row);
            let kind = match kind {
                "legal" => OrgCue::Legal,
                "industry" => OrgCue::Industry,
                "board" => OrgCue::Board,
                _ => OrgCue::School,
            };
            // "AG", "TU", "SE" mean something only as written.
            let letters = cue.chars().filter(|letter| letter.is_alphabetic()).count();
            (cue, (kind, cue, letters <= 4 && !key(cue).contains(' ')))
        });
        let known = rows(include_str!("data/employers.tsv")).map(|row| (row, row));
        Orgs { cues: Phrases::new(cues.chain(own)), known: Phrases::new(known) }
    }

    /// `text` begins with the name of a well-known employer: the byte where it ends. Short names count only as written: `Gap`, not
    /// `gap`.
    fn known_employer(&self, text: &str, words: &Words) -> Option<usize> {
        let (length, name) = self.known.longest(words, 0)?;
        let (first, last) = (words.get(0)?, words.get(length - 1)?);
        let written = &text[first.start..last.end];
        let shouted = !written.contains(char::is_lowercase) && written.len() > 3;
        let fits = written == *name || shouted || written.starts_with(char::is_uppercase) && written.len() > 6;
        fits.then_some(last.end)
    }

    /// All of `text` is such a name, perhaps with a legal form, a word of a trade or a country behind it: `Infosys Limited`, `Bosch
    /// Engineering`, `Google India`. `is_country` knows countries.
    pub fn is_known_employer(&self, text: &str, words: &Words, is_country: impl Fn(&str) -> bool) -> bool {
        let Some(end) = self.known_employer(text, words) else { return false };
        let rest = text[end..].trim_matches(|letter: char| letter.is_whitespace() || ",.()".contains(letter));
        let one = |word: &str| is_country(word) || self.is_cue(word);
        rest.is_empty() || is_country(rest) || rest.split_whitespace().count() <= 3 && rest.split_whitespace().all(one)
    }

    /// The word is a legal form or a word of a trade.
    fn is_cue(&self, word: &str) -> bool {
        let cue = self.cues.get(&key(word));
        cue.is_some_and(|(kind, ..)| matches!(kind, OrgCue::Legal | OrgCue::Industry))
    }

    /// The cues of a name in order, with the byte where each begins.
    pub fn cues(&self, text: &str) -> Vec<(usize, OrgCue)> {
        self.cues_in(text, &Words::of(text))
    }

    /// The same, where the words of `text` are known already.
    pub fn cues_in(&self, text: &str, words: &Words) -> Vec<(usize, OrgCue)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let hit = self.longest(text, words, at);
            if let (Some((_, cue)), Some(word)) = (hit, words.get(at)) {
                found.push((word.start, cue));
            }
            at += hit.map_or(1, |(length, _)| length);
        }
        found
    }

    /// Points for a company: legal form +4, industry word +2, school word −1.
    pub fn employer_score(&self, text: &str) -> f32 {
        let points = |(_, cue)| match cue {
            OrgCue::Legal => 4.0,
            OrgCue::Industry => 2.0,
            OrgCue::School => -1.0,
            OrgCue::Board => -2.0,
        };
        self.cues(text).into_iter().map(points).sum::<f32>().clamp(-4.0, 6.0)
    }

    /// Points for a school: school word +5, board +3, legal form −2.
    pub fn school_score(&self, text: &str) -> f32 {
        self.school_score_in(text, &Words::of(text))
    }

    /// The same, where the words of `text` are known already.
    pub fn school_score_in(&self, text: &str, words: &Words) -> f32 {
        let points = |(_, cue)| match cue {
            OrgCue::School => 5.0,
            OrgCue::Board => 3.0,
            OrgCue::Legal => -2.0,
            OrgCue::Industry => -0.5,
        };
        self.cues_in(text, words).into_iter().map(points).sum::<f32>().clamp(-4.0, 6.0)
    }

    /// The name without its legal form: `Acme Pvt. Ltd.` → `Acme`.
    pub fn without_legal_form<'t>(&self, text: &'t str) -> &'t str {
        match self.cues(text).into_iter().find(|(start, cue)| *cue == OrgCue::Legal && *start > 0) {
            Some((start, _)) => text[..start].trim_end_matches([' ', ',', '(', '-', '&']),
            None => text,
        }
    }

    fn longest(&self, text: &str, words: &Words, at: usize) -> Option<(usize, OrgCue)> {
        let (length, (kind, cue, as_written)) = self.cues.longest(words, at)?;
        let (first, last) = (words.get(at)?, words.get(at + length - 1)?);
        let written = &text[first.start..last.end];
        let exact = !as_written || written == cue.trim_end_matches('.') || written == *cue;
        // "Co", "Inc" stand behind a name, not in front of one; "the number of seats is limited".
        let placed = *kind != OrgCue::Legal
            || (at > 0
                && !LINKS.contains(&words.term(at - 1))
                && words.get(at + length).is_none_or(|next| next.gap != Gap::Space || at + length >= words.len() - 1));
        (exact && placed).then_some((length, *kind))
    }
}

/// Words in front of `limited` that make it say what something is.
const LINKS: &[&str] = &["is", "are", "was", "were", "be", "been", "not", "very", "but", "to", "by"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn companies_and_schools() {
        let orgs = Orgs::builtin();
        assert!(orgs.employer_score("Acme Private Limited") >= 4.0);
        assert!(orgs.employer_score("the number of berths is limited") <= 0.0);
        assert!(orgs.employer_score("Blue Harbour Logistics") >= 2.0);
        assert!(orgs.school_score("University of Lisbon") >= 5.0);
        assert!(orgs.school_score("Acme Ltd") < 0.0);
        assert_eq!(orgs.employer_score("Ada Lovelace"), 0.0);
        let known = |text: &str| orgs.is_known_employer(text, &Words::of(text), |word| word == "India");
        assert!(
            known("Infosys Limited")
                && known("SIEMENS")
                && known("Gap")
                && !known("gap")
                && known("Google India")
                && !known("Magna Cum Laude")
                && !known("Blue Harbour")
        );
        assert_eq!(orgs.without_legal_form("Acme Widgets Pvt. Ltd."), "Acme Widgets");
    }
}
