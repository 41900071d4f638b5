//! The same work on many items, on some threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What the work makes of each of `0..n_items`, in their order, whatever the number of threads.
pub fn each<T: Send>(n_items: usize, n_threads: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= n_items {
                return done;
            }
            done.push((at, work(at)));
        }
    };
    let mut all: Vec<(usize, T)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..n_threads.max(1)).map(|_| scope.spawn(take)).collect();
        let join = |thread: thread::ScopedJoinHandle<'_, Vec<(usize, T)>>| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        threads.into_iter().flat_map(join).collect()
    });
    all.sort_unstable_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_back_in_order_for_any_number_of_threads() {
        let squares: Vec<usize> = (0..100).map(|at| at * at).collect();
        for n_threads in [0, 1, 3] {
            assert_eq!(each(100, n_threads, |at| at * at), squares);
        }
        assert!(each(0, 2, |at| at).is_empty());
    }
}
