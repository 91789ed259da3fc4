//! A folder of segments read piece by piece instead of mapped: what merging reads does not stay in memory. In: a folder. Out: tantivy's
//! [`Directory`](tantivy::Directory). Only for writing an index: searches map their files, and the system keeps what they need.
//!
//! Merging goes through every file of its segments from the beginning to the end. Mapped, all of it is memory of the process until the
//! merge is over: the segments of 100,000 résumés are 230 MB. Here each file has one window of [`WINDOW`] bytes, and is open only while
//! it moves: a run over many résumés has hundreds of segments of six files each. tantivy removes no file of a segment that somebody holds.

use super::folder::{Folder, Reading};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::HasLen;
use tantivy::directory::error::OpenReadError;
use tantivy::directory::{FileHandle, OwnedBytes};

/// Bytes read from a file at once.
const WINDOW: usize = 32 << 10;

/// Ranges of so many bytes are read for themselves: a whole column, a block of stored documents.
const LARGE: usize = 16 << 10;

/// A folder of which files are read in windows.
pub type Windows = Folder<Windowing>;

/// Files are read in windows.
#[derive(Debug, Clone)]
pub struct Windowing;

impl Reading for Windowing {
    fn file(folder: &Windows, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        match Windowed::open(folder.path.join(path)) {
            Ok(file) => Ok(Arc::new(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(OpenReadError::FileDoesNotExist(path.into())),
            Err(error) => Err(OpenReadError::wrap_io_error(error, path.into())),
        }
    }
}

/// One file.
#[derive(Debug)]
struct Windowed {
    path: PathBuf,
    length: usize,
    window: Mutex<Window>,
}

/// What was read of a file last.
#[derive(Debug, Default)]
struct Window {
    from: usize,
    bytes: Vec<u8>,
}

impl Windowed {
    fn open(path: PathBuf) -> io::Result<Windowed> {
        let length = usize::try_from(fs::metadata(&path)?.len()).map_err(io::Error::other)?;
        Ok(Windowed { path, length, window: Mutex::default() })
    }

    fn read(&self, from: usize, bytes: &mut [u8]) -> io::Result<()> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(from as u64))?;
        file.read_exact(bytes)
    }
}

impl HasLen for Windowed {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for Windowed {
    /// Always a copy: a piece of the window would keep all of it.
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        if !window.holds(&range) {
            if range.len() >= LARGE {
                let mut bytes = vec![0; range.len()];
                drop(window);
                self.read(range.start, &mut bytes)?;
                return Ok(OwnedBytes::new(bytes));
            }
            let mut bytes = std::mem::take(&mut window.bytes);
            bytes.resize(WINDOW.min(self.length.saturating_sub(range.start)), 0);
            self.read(range.start, &mut bytes)?;
            *window = Window { from: range.start, bytes };
        }
        let from = range.start - window.from;
        let bytes = window.bytes.get(from..from + range.len());
        bytes.map(|bytes| OwnedBytes::new(bytes.to_vec())).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

impl Window {
    fn holds(&self, range: &Range<usize>) -> bool {
        self.from <= range.start && range.end <= self.from + self.bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::Directory;

    #[test]
    fn every_range_is_read_as_it_stands_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let content: Vec<u8> = (0..3 * WINDOW + 17).map(|at| (at % 251) as u8).collect();
        std::fs::write(folder.path().join("file"), &content).unwrap();
        let file = Windows::open(folder.path()).unwrap().get_file_handle(Path::new("file")).unwrap();
        assert_eq!(file.len(), content.len());
        let end = content.len();
        let ranges = [0..10, 5..WINDOW, WINDOW - 3..WINDOW + 3, 0..end, end - 1..end, 20..2 * WINDOW, end..end, 3..3];
        for range in ranges {
            assert_eq!(file.read_bytes(range.clone()).unwrap().as_slice(), &content[range.clone()], "{range:?}");
        }
        assert!(file.read_bytes(end - 1..end + 1).is_err());
    }

    #[test]
    fn a_missing_file_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        let found = Windows::open(folder.path()).unwrap().get_file_handle(Path::new("none"));
        assert!(matches!(found, Err(OpenReadError::FileDoesNotExist(_))));
    }
}
