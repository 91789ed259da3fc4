//! A folder of segments as tantivy's [`Directory`]: that of [`MmapDirectory`] but for how files are opened and locks are taken. In: a folder, a
//! [`Reading`]. Out: files. [`super::mapped`] is for searching, [`super::windows`] for writing an index.

use std::fmt::Debug;
use std::io;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr};

/// What is done in another way than [`MmapDirectory`]'s.
pub trait Reading: Debug + Clone + Send + Sync + 'static {
    /// Opens a file for reading.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    fn file(folder: &Folder<Self>, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        folder.rest.get_file_handle(path)
    }

    /// Takes a lock.
    ///
    /// # Errors
    /// Another has it, or it cannot be had.
    fn lock(folder: &Folder<Self>, lock: &Lock) -> Result<DirectoryLock, LockError> {
        folder.rest.acquire_lock(lock)
    }
}

/// A folder, read in one of these ways.
#[derive(Debug, Clone)]
pub struct Folder<R> {
    /// Where it is.
    pub path: PathBuf,
    /// What all ways share.
    pub rest: MmapDirectory,
    reading: PhantomData<R>,
}

impl<R: Reading> Folder<R> {
    /// Opens a folder, which must be there.
    ///
    /// # Errors
    /// Those of [`MmapDirectory::open`].
    pub fn open(path: &Path) -> Result<Folder<R>, OpenDirectoryError> {
        Ok(Folder { path: path.to_path_buf(), rest: MmapDirectory::open(path)?, reading: PhantomData })
    }
}

impl<R: Reading> Directory for Folder<R> {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        R::file(self, path)
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        R::lock(self, lock)
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
