//! Any text as a résumé: sections and profile of it.
#![no_main]

use std::sync::LazyLock;
use vitae::index::{Extract, Reader};
use vitae::lexicon::Lexicon;
use vitae::model::{Format, Month};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::builtin);

libfuzzer_sys::fuzz_target!(|text: &str| {
    let reader = Reader { lexicon: &LEXICON, as_of: Month::new(2026, 1) };
    let _ = reader.extract(text.as_bytes(), Format::Markdown);
});
