//! Any bytes as an archive and as an e-mail: the files inside, or a reason.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for format in [vitae::model::Format::Zip, vitae::model::Format::Eml] {
        let _ = vitae::read::members(bytes, format, &mut |member| drop(member));
    }
});
