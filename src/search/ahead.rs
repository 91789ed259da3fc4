//! What a program that stays open does before the first query. In: an engine just opened. Out: nothing; the engine makes ready, beside the
//! searches, for the words that take longest: those that most résumés have.

use crate::engine::Engine;
use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::model::Month;
use jiff::civil::Date;

/// Words that are made ready for. Of a million résumés they take two seconds and some 70 MB (`cargo bench --bench scale`).
pub const MOST_WORDS: usize = 64;

/// Makes ready for searches with frequent words; does not wait until that is done. The first of them take several times as long otherwise.
///
/// # Errors
/// Those of [`Engine::frequent_words`].
pub fn warm_up(engine: &dyn Engine, lexicon: &Lexicon, today: Date) -> Result<()> {
    let as_of = Month::new(i32::from(today.year()), today.month() as u32);
    for word in engine.frequent_words(MOST_WORDS)? {
        // A word that means something else in a query is none that is asked for.
        if let Ok(query) = crate::query::parse(&word, lexicon, today) {
            engine.prepare(&query, as_of)?;
        }
    }
    Ok(())
}
