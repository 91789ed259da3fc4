//! A folder of segments for searching: files mapped into memory, also where nothing can be written: on a disk that is mounted for reading, in
//! another user's folder. In: a folder. Out: tantivy's [`Directory`]. Writes nothing.
//!
//! tantivy takes a lock when it looks up which segments there are, so that a run that writes removes none of them before they are open. Its lock
//! opens a file for writing. Where that is refused, the file that is there is locked for reading, which keeps a run waiting as well; where there is
//! none, nobody writes, or no lock of ours could stop who does.

use super::folder::{Folder, Reading};
use std::fs::File;
use std::io::{self, ErrorKind};
use tantivy::Directory;
use tantivy::directory::error::LockError;
use tantivy::directory::{DirectoryLock, Lock};

/// A folder with locks for those who may only read.
pub type Mapped = Folder<Mapping>;

/// Files are mapped.
#[derive(Debug, Clone)]
pub struct Mapping;

impl Reading for Mapping {
    fn lock(folder: &Mapped, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match folder.rest.acquire_lock(lock) {
            Err(LockError::IoError(error)) if is_refused(&error) => Ok(lock_for_reading(folder, lock)),
            taken => taken,
        }
    }
}

/// The lock of those who may not write.
fn lock_for_reading(folder: &Mapped, lock: &Lock) -> DirectoryLock {
    let file = File::open(folder.path.join(&lock.filepath));
    match file.and_then(|file| file.lock_shared().map(|()| file)) {
        Ok(file) => DirectoryLock::from(Box::new(file)),
        Err(_) => DirectoryLock::from(Box::new(())),
    }
}

fn is_refused(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::directory::META_LOCK;

    #[test]
    fn a_lock_for_reading_keeps_writers_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let mapped = Mapped::open(folder.path()).unwrap();
        // Nothing to lock: whoever has no lock file has no writer.
        drop(lock_for_reading(&mapped, &META_LOCK));
        drop(mapped.acquire_lock(&META_LOCK).unwrap());
        let other = || File::options().write(true).open(folder.path().join(&META_LOCK.filepath)).unwrap();
        let reading = [lock_for_reading(&mapped, &META_LOCK), lock_for_reading(&mapped, &META_LOCK)];
        assert!(other().try_lock().is_err());
        drop(reading);
        assert!(other().try_lock().is_ok());
    }
}
