//! A folder of segments for searching: files mapped into memory, also where nothing can be written: on a disk that is mounted for reading, in
//! another user's folder. In: a folder. Out: tantivy's [`Directory`]. Writes nothing.
//!
//! tantivy takes a lock when it looks up which segments there are, so that a run that writes removes none of them before they are open. Its lock
//! opens a file for writing. Where that is refused, the file that is there is locked for reading, which keeps a run waiting as well; where there is
//! none, nobody writes, or no lock of ours could stop who does.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr};

/// [`MmapDirectory`] with locks for those who may only read.
#[derive(Debug, Clone)]
pub struct Mapped {
    folder: PathBuf,
    rest: MmapDirectory,
}

impl Mapped {
    /// Opens a folder, which must be there.
    ///
    /// # Errors
    /// Those of [`MmapDirectory::open`].
    pub fn open(folder: &Path) -> Result<Mapped, OpenDirectoryError> {
        Ok(Mapped { folder: folder.to_path_buf(), rest: MmapDirectory::open(folder)? })
    }

    /// The lock of those who may not write.
    fn lock_for_reading(&self, lock: &Lock) -> DirectoryLock {
        let file = File::open(self.folder.join(&lock.filepath));
        match file.and_then(|file| file.lock_shared().map(|()| file)) {
            Ok(file) => DirectoryLock::from(Box::new(file)),
            Err(_) => DirectoryLock::from(Box::new(())),
        }
    }
}

fn is_refused(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}

impl Directory for Mapped {
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.rest.acquire_lock(lock) {
            Err(LockError::IoError(error)) if is_refused(&error) => Ok(self.lock_for_reading(lock)),
            taken => taken,
        }
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.rest.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.rest.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.rest.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.rest.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.rest.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.rest.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.rest.sync_directory()
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.rest.watch(watch_callback)
    }
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
        drop(mapped.lock_for_reading(&META_LOCK));
        drop(mapped.acquire_lock(&META_LOCK).unwrap());
        let other = || File::options().write(true).open(folder.path().join(&META_LOCK.filepath)).unwrap();
        let reading = [mapped.lock_for_reading(&META_LOCK), mapped.lock_for_reading(&META_LOCK)];
        assert!(other().try_lock().is_err());
        drop(reading);
        assert!(other().try_lock().is_ok());
    }
}
