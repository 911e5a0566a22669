//! What was changed, for those who show it: on this server, told after the commit, and only while somebody
//! looks; and on others, when they tell. Who is too slow learns that he has missed something.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::broadcast;

use super::store::Store;
use super::transaction::change_at_commit;
use crate::registry::ObjectDescriptor;

/// A row that was written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Touched {
    pub(crate) object: &'static ObjectDescriptor,
    /// The row; `None`: many of them.
    pub(crate) row_id: Option<i64>,
    /// True if this server has written it: the others do not know of it yet.
    pub(crate) here: bool,
}

/// Changes that wait for who listens.
const WAITING: usize = 1024;

/// The changes of a server.
#[derive(Debug)]
pub(crate) struct Feed {
    told: broadcast::Sender<Touched>,
    lookers: Arc<AtomicUsize>,
}

impl Default for Feed {
    fn default() -> Self {
        Self { told: broadcast::Sender::new(WAITING), lookers: Arc::default() }
    }
}

impl Feed {
    /// Hears of changes, while somebody looks.
    #[cfg(feature = "web")]
    pub(crate) fn listen(&self) -> broadcast::Receiver<Touched> {
        self.told.subscribe()
    }

    /// Somebody looks from now on, until the answer is dropped.
    #[cfg(feature = "web")]
    pub(crate) fn look(&self) -> Look {
        self.lookers.fetch_add(1, Ordering::Relaxed);
        Look(Arc::clone(&self.lookers))
    }

    /// Another server has changed rows.
    #[cfg(feature = "web")]
    pub(crate) fn hear(&self, object: &'static ObjectDescriptor, row_id: Option<i64>) {
        self.tell([Touched { object, row_id, here: false }]);
    }

    /// True while somebody looks.
    #[cfg(feature = "web")]
    pub(crate) fn is_looked_at(&self) -> bool {
        self.lookers.load(Ordering::Relaxed) > 0
    }

    pub(super) fn tell(&self, changes: impl IntoIterator<Item = Touched>) {
        for change in changes {
            // Nobody may listen.
            self.told.send(change).ok();
        }
    }
}

/// Somebody who looks at rows.
#[cfg(feature = "web")]
pub(crate) struct Look(Arc<AtomicUsize>);

#[cfg(feature = "web")]
impl Drop for Look {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// After an instance of a process has changed: tells who shows instances.
pub(crate) fn instance_changed(store: &Store, process: &'static ObjectDescriptor) {
    changed(store, process, None);
}

/// After a write: tells of it, or leaves it to the open transaction to tell.
pub(super) fn changed(store: &Store, object: &'static ObjectDescriptor, row_id: Option<i64>) {
    let feed = store.feed();
    if feed.lookers.load(Ordering::Relaxed) == 0 {
        return;
    }
    if let Some(change) = change_at_commit(Touched { object, row_id, here: true }) {
        feed.tell([change]);
    }
}
