//! How many instances run here at the same time; that many places can be more or fewer while some are taken.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// Places for instances that run.
pub(super) struct Places {
    counted: Mutex<Counted>,
    /// For the one who takes them.
    freed: Notify,
}

struct Counted {
    most: usize,
    taken: usize,
}

/// A place that is taken until this is dropped.
pub(super) struct Place(Arc<Places>);

impl Places {
    pub(super) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { counted: Mutex::new(Counted { most, taken: 0 }), freed: Notify::new() })
    }

    /// How many there are.
    pub(super) fn most(&self) -> usize {
        self.counted().most
    }

    /// How many are taken.
    pub(super) fn taken(&self) -> usize {
        self.counted().taken
    }

    /// From now on there are so many. What runs on one that is gone runs on.
    pub(super) fn set_most(&self, most: usize) {
        self.counted().most = most;
        self.freed.notify_one();
    }

    /// How many are free.
    pub(super) fn free_now(&self) -> usize {
        let counted = self.counted();
        counted.most.saturating_sub(counted.taken)
    }

    /// Waits until one is free, and answers how many are.
    pub(super) async fn free(&self) -> usize {
        loop {
            let free = self.free_now();
            if free > 0 {
                return free;
            }
            self.freed.notified().await;
        }
    }

    /// Takes one, also when there are fewer by now: what was taken up is run.
    pub(super) fn take(self: &Arc<Self>) -> Place {
        self.counted().taken += 1;
        Place(Arc::clone(self))
    }

    fn counted(&self) -> MutexGuard<'_, Counted> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.counted().taken -= 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn places_come_and_go_while_some_are_taken() {
        let places = Places::new(2);
        let (one, other) = (places.take(), places.take());
        places.set_most(1);
        drop(one);
        assert_eq!((places.most(), places.taken()), (1, 1), "the last place is still taken");
        let waits = tokio::spawn({
            let places = Arc::clone(&places);
            async move { places.free().await }
        });
        drop(other);
        assert_eq!(waits.await.unwrap(), 1);
        places.set_most(0);
        let waits = tokio::spawn({
            let places = Arc::clone(&places);
            async move { places.free().await }
        });
        tokio::task::yield_now().await;
        assert!(!waits.is_finished(), "there is none");
        places.set_most(3);
        assert_eq!(waits.await.unwrap(), 3);
    }
}
