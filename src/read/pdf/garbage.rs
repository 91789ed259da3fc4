//! Is the text of a PDF text? Collects letters page by page and gives the reason to leave the file out: no text layer,
//! or fonts that do not say which letters they show.

use super::runs::Run;
use crate::model::SkipReason;
use pdfboss_core::Document;

/// Words looked at for the vowel test.
const SAMPLE_WORDS: usize = 400;

/// Fewest words for the vowel test.
const MIN_WORDS: usize = 30;

/// Share of Latin words with a vowel. Real text in 20 languages has more than .9; a shifted alphabet about .6 by chance,
/// but with digits and signs among the letters far less.
const MIN_VOWEL_SHARE: f32 = 0.5;

/// Characters a picture-only PDF may carry and still be a scan ("Scanned with …").
const SCAN_CHARACTERS: usize = 60;

/// What the pages showed.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Some content could not be read.
    pub damaged: bool,
    characters: usize,
    unmapped: usize,
    words: usize,
    with_vowel: usize,
}

impl Evidence {
    /// Looks at a page's text.
    pub fn add(&mut self, runs: &[Run]) {
        for run in runs {
            for ch in run.text.chars().filter(|ch| !ch.is_whitespace()) {
                self.characters += 1;
                let private =
                    matches!(ch, '\u{e000}'..='\u{f8ff}' | '\u{fffd}' | '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}');
                self.unmapped += usize::from(private);
            }
            for word in run.text.split(|ch: char| !ch.is_alphabetic()) {
                if self.words < SAMPLE_WORDS && word.len() >= 4 && word.is_ascii() {
                    self.words += 1;
                    let vowel = word.bytes().any(|byte| b"aeiouyAEIOUY".contains(&byte));
                    self.with_vowel += usize::from(vowel);
                }
            }
        }
    }

    /// The reason to leave the file out, if there is one.
    pub fn verdict(&self, document: &Document) -> Result<(), SkipReason> {
        if self.characters == 0 {
            return Err(if self.damaged && !has_pictures(document) {
                SkipReason::Corrupt("the page contents cannot be read".into())
            } else {
                SkipReason::NoTextLayer
            });
        }
        if self.characters < SCAN_CHARACTERS && has_pictures(document) {
            return Err(SkipReason::NoTextLayer);
        }
        let unmapped = self.unmapped * 10 > self.characters * 4;
        let shifted = self.words >= MIN_WORDS && (self.with_vowel as f32) < MIN_VOWEL_SHARE * self.words as f32;
        if unmapped || shifted { Err(SkipReason::Unmappable) } else { Ok(()) }
    }
}

/// True when the first page shows a picture that covers most of it.
fn has_pictures(document: &Document) -> bool {
    let Ok(page) = document.page(0) else { return false };
    let (width, height) = page.size();
    let images = pdfboss_text::placed_images(document, &page).unwrap_or_default();
    let area: f32 = images.iter().map(|image| image.bbox.width().abs() * image.bbox.height().abs()).sum();
    area > 0.4 * width * height
}
