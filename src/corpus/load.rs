//! File → its bytes with their hash, within a limit. Does not look at what the bytes mean.

use crate::model::SkipReason;
use std::fmt;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// What a content is known by: the first half of its BLAKE3 hash, 128 bits. Held once per file of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash(pub [u8; 16]);

impl ContentHash {
    /// Of these bytes.
    pub fn of(bytes: &[u8]) -> ContentHash {
        let mut half = [0; 16];
        half.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
        ContentHash(half)
    }

    /// From 32 hex digits.
    pub fn from_hex(digits: &str) -> Option<ContentHash> {
        let is_hex = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then(|| u128::from_str_radix(digits, 16).ok()).flatten().map(|bits| ContentHash(bits.to_be_bytes()))
    }
}

/// 32 hex digits.
impl fmt::Display for ContentHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:032x}", u128::from_be_bytes(self.0))
    }
}

/// The bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// All of them.
    pub bytes: Vec<u8>,
    /// What they are known by.
    pub hash: ContentHash,
}

/// Reads a file of `size` bytes by its listing, and of at most `max_bytes`.
///
/// # Errors
/// The reason why the file is left out: too large, empty (no bytes, or only blanks), vanished, unreadable.
pub fn load(path: &Path, size: u64, max_bytes: u64) -> Result<Loaded, SkipReason> {
    if size > max_bytes {
        return Err(SkipReason::TooLarge(size));
    }
    let source = File::open(path).map_err(|error| refused(&error))?;
    let mut bytes = Vec::with_capacity(size as usize + 1);
    // The file may have grown since it was listed: one byte past the limit tells.
    source.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| refused(&error))?;
    if bytes.len() as u64 > max_bytes {
        return Err(SkipReason::TooLarge(bytes.len() as u64));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(SkipReason::Empty);
    }
    let hash = ContentHash::of(&bytes);
    Ok(Loaded { bytes, hash })
}

fn refused(error: &std::io::Error) -> SkipReason {
    match error.kind() {
        ErrorKind::NotFound => SkipReason::Vanished,
        ErrorKind::PermissionDenied => SkipReason::Unreadable("permission denied".into()),
        _ => SkipReason::Unreadable(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(content: &[u8], max_bytes: u64, expected: Result<usize, SkipReason>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, content).unwrap();
        let load = |path: &Path| load(path, content.len() as u64, max_bytes);
        assert_eq!(load(&path).map(|loaded| loaded.bytes.len()), expected);
        std::fs::remove_file(&path).unwrap();
        if expected.is_ok() {
            assert_eq!(load(&path), Err(SkipReason::Vanished));
        }
    }

    #[test]
    fn bytes_within_the_limit() {
        check(b"hello", 5, Ok(5));
        check(b"hello!", 5, Err(SkipReason::TooLarge(6)));
        check(b"", 5, Err(SkipReason::Empty));
        check(b" \r\n\t ", 5, Err(SkipReason::Empty));
    }
    #[test]
    fn a_hash_comes_back_from_its_digits() {
        let hash = ContentHash::of(b"hello");
        assert_eq!(hash.to_string(), blake3::hash(b"hello").to_hex()[..32]);
        assert_eq!(ContentHash::from_hex(&hash.to_string()), Some(hash));
        assert_eq!(ContentHash::from_hex("+0000000000000000000000000000000"), None);
    }
}
