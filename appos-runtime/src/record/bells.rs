//! By which the workers of processes are told that there is something to do.

use tokio::sync::Notify;

/// The bells of one program.
#[derive(Debug, Default)]
pub(crate) struct Bells {
    /// An instance is due: for who looks for those.
    pub(crate) due: Notify,
    /// Something is asked of an instance that runs: for who looks after those.
    pub(crate) asked: Notify,
    /// Either: for who tells other programs.
    pub(crate) others: Notify,
}

impl Bells {
    /// An instance is due.
    pub(crate) fn ring(&self) {
        self.due.notify_one();
        self.others.notify_one();
    }

    /// Another program says so, or this one has asked an instance to end.
    pub(crate) fn heard(&self) {
        self.due.notify_one();
        self.asked.notify_one();
    }
}
