//! A channel with room for a fixed number of items that tells how full it was: [`channel`]. In: items. Out: the same, in order, and
//! [`Depth`] with the time that either side waited. Decides nothing.

use super::report::Depth;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, SyncSender, TryRecvError, TrySendError, sync_channel};
use std::time::{Duration, Instant};

/// A channel with room for `room` items.
pub fn channel<T>(room: usize) -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = sync_channel(room);
    let counts = Arc::new(Counts::default());
    let depth = Depth { room: room as u64, ..Depth::default() };
    (
        Sender { inner: sender, counts: counts.clone() },
        Receiver { inner: receiver, counts, depth, waited: Duration::ZERO },
    )
}

#[derive(Default)]
struct Counts {
    /// Items in the channel or about to be.
    items: AtomicU64,
    /// Nanoseconds that senders waited for room, all together.
    waited: AtomicU64,
}

/// The end that items go into.
pub struct Sender<T> {
    inner: SyncSender<T>,
    counts: Arc<Counts>,
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Sender<T> {
        Sender { inner: self.inner.clone(), counts: self.counts.clone() }
    }
}

/// Nobody listens any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed;

impl<T> Sender<T> {
    /// Puts an item in; waits while there is no room.
    ///
    /// # Errors
    /// The receiver is gone, and with it the item.
    pub fn send(&self, item: T) -> Result<(), Closed> {
        self.counts.items.fetch_add(1, Ordering::Relaxed);
        let item = match self.inner.try_send(item) {
            Ok(()) => return Ok(()),
            Err(TrySendError::Disconnected(_)) => return Err(Closed),
            Err(TrySendError::Full(item)) => item,
        };
        let started = Instant::now();
        let sent = self.inner.send(item).map_err(|_| Closed);
        self.counts.waited.fetch_add(started.elapsed().as_nanos() as u64, Ordering::Relaxed);
        sent
    }
}

/// The end that items come out of.
pub struct Receiver<T> {
    inner: mpsc::Receiver<T>,
    counts: Arc<Counts>,
    depth: Depth,
    waited: Duration,
}

impl<T> Receiver<T> {
    /// How many items waited each time when one was asked for.
    pub fn depth(&self) -> Depth {
        self.depth
    }

    /// Seconds that this end had nothing to take, and that all senders together had no room.
    pub fn waited(&self) -> (f64, f64) {
        (self.waited.as_secs_f64(), self.counts.waited.load(Ordering::Relaxed) as f64 / 1e9)
    }
}

impl<T> Iterator for Receiver<T> {
    type Item = T;

    /// The next item; none when all senders are gone.
    fn next(&mut self) -> Option<T> {
        self.depth.add(self.counts.items.load(Ordering::Relaxed).min(self.depth.room));
        let item = match self.inner.try_recv() {
            Ok(item) => Some(item),
            Err(TryRecvError::Disconnected) => None,
            Err(TryRecvError::Empty) => {
                let started = Instant::now();
                let item = self.inner.recv().ok();
                self.waited += started.elapsed();
                item
            }
        };
        if item.is_some() {
            self.counts.items.fetch_sub(1, Ordering::Relaxed);
        }
        item
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn what_waits_is_counted_and_nothing_is_lost() {
        let (sender, mut receiver) = channel(2);
        assert_eq!((sender.send(1), sender.send(2)), (Ok(()), Ok(())));
        let more = sender.clone();
        let sending = thread::spawn(move || (3..100).all(|item| more.send(item).is_ok()));
        drop(sender);
        assert_eq!(receiver.by_ref().collect::<Vec<i32>>(), (1..100).collect::<Vec<i32>>());
        assert!(sending.join().is_ok_and(|all| all));
        let depth = receiver.depth();
        assert_eq!((depth.room, depth.samples, depth.most), (2, 100, 2));
        assert!(depth.mean() > 0.0 && depth.mean() <= 2.0);
    }

    #[test]
    fn a_sender_learns_that_nobody_listens() {
        let (sender, receiver) = channel(1);
        drop(receiver);
        assert_eq!(sender.send(1), Err(Closed));
    }
}
