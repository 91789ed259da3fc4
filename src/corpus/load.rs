//! File → its bytes with their hash, within a limit. Does not look at what the bytes mean.

use super::walk::SourceFile;
use crate::model::SkipReason;
use std::fs::File;
use std::io::{ErrorKind, Read};

/// The bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// All of them.
    pub bytes: Vec<u8>,
    /// BLAKE3, 64 hex digits.
    pub hash: String,
}

/// Reads a file of at most `max_bytes` bytes.
///
/// # Errors
/// The reason why the file is left out: too large, empty (no bytes, or only blanks), vanished, unreadable.
pub fn load(file: &SourceFile, max_bytes: u64) -> Result<Loaded, SkipReason> {
    if file.size > max_bytes {
        return Err(SkipReason::TooLarge(file.size));
    }
    let source = File::open(&file.path).map_err(|error| refused(&error))?;
    let mut bytes = Vec::with_capacity(file.size as usize + 1);
    // The file may have grown since it was listed: one byte past the limit tells.
    source.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| refused(&error))?;
    if bytes.len() as u64 > max_bytes {
        return Err(SkipReason::TooLarge(bytes.len() as u64));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(SkipReason::Empty);
    }
    let hash = blake3::hash(&bytes).to_hex().to_string();
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
    use crate::corpus::{WalkOptions, walk};

    fn check(content: &[u8], max_bytes: u64, expected: Result<usize, SkipReason>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, content).unwrap();
        let file = walk(&path, &WalkOptions::default()).unwrap().remove(0).unwrap();
        assert_eq!(load(&file, max_bytes).map(|loaded| loaded.bytes.len()), expected);
        std::fs::remove_file(&path).unwrap();
        if expected.is_ok() {
            assert_eq!(load(&file, max_bytes), Err(SkipReason::Vanished));
        }
    }

    #[test]
    fn bytes_within_the_limit() {
        check(b"hello", 5, Ok(5));
        check(b"hello!", 5, Err(SkipReason::TooLarge(6)));
        check(b"", 5, Err(SkipReason::Empty));
        check(b" \r\n\t ", 5, Err(SkipReason::Empty));
    }
}
