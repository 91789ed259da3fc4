//! Work from which later searches profit, done beside them: no search waits for it, none needs it. In: jobs. Out: nothing; a job keeps what it
//! made where searches look for it.

use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::mpsc::channel;
use std::sync::{Arc, OnceLock};

/// One thread, started for the first job; it ends with its owner.
#[derive(Debug, Clone, Default)]
pub struct Later(Arc<OnceLock<Option<ThreadPool>>>);

impl Later {
    /// Does a job when those before it are done; never, where no thread can be had.
    pub fn run(&self, job: impl FnOnce() + Send + 'static) {
        // A job that fails leaves things as they are.
        let one = ThreadPoolBuilder::new().num_threads(1).thread_name(|_| "vitae-later".to_string());
        if let Some(pool) = self.0.get_or_init(|| one.panic_handler(|_| ()).build().ok()) {
            pool.spawn_fifo(job);
        }
    }

    /// Waits until the jobs are done that were given until now.
    pub fn wait(&self) {
        if let Some(Some(pool)) = self.0.get() {
            let (done, all) = channel();
            pool.spawn_fifo(move || done.send(()).unwrap_or_default());
            all.recv().unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_are_done_in_their_order() {
        let later = Later::default();
        let (done, all) = channel();
        for at in 0..20 {
            let done = done.clone();
            later.run(move || done.send(at).unwrap());
        }
        later.wait();
        assert!(all.try_iter().eq(0..20));
    }
}
