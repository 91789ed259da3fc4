//! Documents on their way to tantivy's threads: [`Queue`] counts their bytes and makes who brings more wait. In: documents. Out: the same,
//! [`Queued`]. tantivy's own queue has room for 10,000 batches, which with ours of 32 documents are gigabytes: where reading is faster than
//! writing (many cores, a slow disk, a merge) it would fill.

use super::values::{Iter, Shown, Values};
use crate::index::report::Depth;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use tantivy::Document;
use tantivy::schema::Field;

/// Bytes of documents that may wait: those of a thousand ordinary résumés, so that no thread starves.
const MOST: usize = 6 << 20;

/// Counts the documents that tantivy has not taken up yet.
#[derive(Debug)]
pub struct Queue {
    waiting: Arc<Waiting>,
    depth: Depth,
    /// Bytes of documents that are not handed over yet: nobody can take those up.
    own: usize,
}

#[derive(Debug, Default)]
struct Waiting {
    bytes: Mutex<usize>,
    less: Condvar,
}

impl Default for Queue {
    fn default() -> Queue {
        let depth = Depth { room: MOST as u64, ..Depth::default() };
        Queue { waiting: Arc::default(), depth, own: 0 }
    }
}

impl Queue {
    /// How many bytes waited each time when more were to be handed over.
    pub fn depth(&self) -> Depth {
        self.depth
    }

    /// Counts a document of about so many bytes in.
    pub fn enter(&mut self, document: Values, bytes: usize) -> Queued {
        *self.waiting.bytes.lock().unwrap_or_else(PoisonError::into_inner) += bytes;
        self.own += bytes;
        Queued { document, _place: Place { waiting: self.waiting.clone(), bytes } }
    }

    /// Waits until at most [`MOST`] bytes are on their way, besides what came in since the last time: that is handed over next.
    pub fn wait(&mut self) {
        let own = std::mem::take(&mut self.own);
        let most = MOST + own;
        let bytes = self.waiting.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        self.depth.add(bytes.saturating_sub(own) as u64);
        // A lost document is dropped, too: a thread of tantivy that ends lets nobody wait for ever.
        drop(self.waiting.less.wait_while(bytes, |bytes| *bytes > most));
    }
}

/// A document that is counted until tantivy takes it up or drops it.
#[derive(Debug)]
pub struct Queued {
    document: Values,
    _place: Place,
}

impl Queued {
    /// All values.
    pub fn values(&self) -> impl Iterator<Item = (Field, Shown<'_>)> {
        self.document.words().chain(self.document.iter())
    }

    /// The text to store.
    pub fn text(&self) -> &[u8] {
        &self.document.stored.text
    }

    /// The profile to store.
    pub fn profile(&self) -> &[u8] {
        &self.document.stored.profile
    }
}

#[derive(Debug)]
struct Place {
    waiting: Arc<Waiting>,
    bytes: usize,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut bytes = self.waiting.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        *bytes = bytes.saturating_sub(self.bytes);
        self.waiting.less.notify_all();
    }
}

impl Document for Queued {
    type Value<'a> = Shown<'a>;
    type FieldsValuesIter<'a> = Iter<'a>;

    fn iter_fields_and_values(&self) -> Iter<'_> {
        self.document.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn who_brings_more_waits_until_some_are_gone() {
        let mut queue = Queue::default();
        let sent = queue.enter(Values::default(), 3 * MOST);
        queue.wait();
        let next = queue.enter(Values::default(), 2 * MOST);
        let taking = thread::spawn(move || drop(sent));
        queue.wait();
        assert!(taking.join().is_ok());
        assert_eq!(*queue.waiting.bytes.lock().unwrap(), 2 * MOST);
        drop(next);
        assert_eq!(*queue.waiting.bytes.lock().unwrap(), 0);
    }
}
