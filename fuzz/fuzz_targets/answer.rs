//! Any bytes as the answer of a worker gone wrong: a text or an error.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = vitae::isolate::protocol::take_answer::<vitae::model::TextDoc>(&mut &bytes[..]);
    let _ = vitae::isolate::protocol::take_member(&mut &bytes[..]);
});
