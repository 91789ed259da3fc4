//! Any bytes without a name: a format or a reason.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = vitae::corpus::sniff(bytes, "file");
});
