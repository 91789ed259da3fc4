//! Any bytes as Europass: the reader gives lines or a reason.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = vitae::read::read(bytes, vitae::model::Format::Europass);
});
