//! By which the workers of processes are told that there is something to do.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// The bells of one program.
#[derive(Debug, Default)]
pub(crate) struct Bells {
    /// An instance is due: for who looks for those.
    pub(crate) due: Notify,
    /// An instance that runs is to end: for who looks after those.
    pub(crate) asked: Notify,
    /// Either: for who tells other programs.
    others: Notify,
    asks_others: AtomicBool,
}

impl Bells {
    /// An instance is due.
    pub(crate) fn ring(&self) {
        self.due.notify_one();
        self.others.notify_one();
    }

    /// An instance is to end, wherever it runs.
    pub(crate) fn ask(&self) {
        self.asks_others.store(true, Ordering::Relaxed);
        self.asked.notify_one();
        self.ring();
    }

    /// Waits until there is something to tell other programs. True: an instance is to end.
    pub(crate) async fn to_tell(&self) -> bool {
        self.others.notified().await;
        self.asks_others.swap(false, Ordering::Relaxed)
    }

    /// Another program says that an instance is due, or, perhaps, that one is to end.
    pub(crate) fn heard(&self, is_asked: bool) {
        self.due.notify_one();
        if is_asked {
            self.asked.notify_one();
        }
    }
}
