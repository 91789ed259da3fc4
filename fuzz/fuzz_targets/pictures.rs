//! Any bytes as a PDF of pictures: the pictures as files, or a reason.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = vitae::read::pictures(bytes, vitae::model::Format::Pdf);
});
