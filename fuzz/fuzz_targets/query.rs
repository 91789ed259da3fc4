//! Any text as a query: a tree whose printed form parses back to itself, or an error.
#![no_main]

use std::sync::LazyLock;
use vitae::lexicon::Lexicon;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::builtin);

libfuzzer_sys::fuzz_target!(|text: &str| {
    let today = jiff::civil::date(2026, 1, 1);
    if let Ok(query) = vitae::query::parse(text, &LEXICON, today) {
        let again = vitae::query::parse(&query.interpreted_as, &LEXICON, today).expect("the printed form parses");
        assert_eq!(again.interpreted_as, query.interpreted_as);
    }
});
