//! How much does a name look like a company or a school? In: a name. Out: points. Knows legal forms, industry words, school
//! words and examination boards; no list of companies.

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
        Orgs { cues: Phrases::new(cues.chain(own)) }
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
        let points = |(_, cue)| match cue {
            OrgCue::School => 5.0,
            OrgCue::Board => 3.0,
            OrgCue::Legal => -2.0,
            OrgCue::Industry => -0.5,
        };
        self.cues(text).into_iter().map(points).sum::<f32>().clamp(-4.0, 6.0)
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
        // "Co", "Inc" stand behind a name, not in front of one.
        let placed = *kind != OrgCue::Legal
            || (at > 0
                && words.get(at + length).is_none_or(|next| next.gap != Gap::Space || at + length >= words.len() - 1));
        (exact && placed).then_some((length, *kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn companies_and_schools() {
        let orgs = Orgs::builtin();
        assert!(orgs.employer_score("Acme Private Limited") >= 4.0);
        assert!(orgs.employer_score("Blue Harbour Logistics") >= 2.0);
        assert!(orgs.school_score("University of Lisbon") >= 5.0);
        assert!(orgs.school_score("Acme Ltd") < 0.0);
        assert_eq!(orgs.employer_score("Ada Lovelace"), 0.0);
        assert_eq!(orgs.without_legal_form("Acme Widgets Pvt. Ltd."), "Acme Widgets");
    }
}
