//! The journal's handle: what callers may do with it.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use super::compress::Compressor;
use super::queue::{Shared, lock};
use super::writer::Writer;
use super::{Event, EventSink, JournalSettings, payload};

/// Records events; shared by all threads.
///
/// ```
/// use appos_runtime::journal::Journal;
/// let journal = Journal::disabled();
/// assert!(!journal.is_enabled());
/// journal.shutdown();
/// ```
pub struct Journal {
    shared: Option<Arc<Shared>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    compressor: Mutex<Option<Compressor>>,
}

impl Journal {
    /// Starts the writer, which writes below `folder/logs`.
    ///
    /// # Errors
    ///
    /// Only if the system gives no thread. A folder that cannot be written is reported once,
    /// counted in [`failed`](Self::failed), and tried again.
    pub fn start(folder: &Path, settings: &JournalSettings) -> io::Result<Self> {
        Self::start_with(folder, settings, None)
    }

    /// The same; executions go to `sink`, too, once they are written.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    pub fn start_with(folder: &Path, settings: &JournalSettings, sink: Option<Box<dyn EventSink>>) -> io::Result<Self> {
        let shared = Arc::new(Shared::new(settings.queue));
        let version = settings.version.clone();
        let writer = Writer::new(folder, settings.retention_days, version, Arc::clone(&shared.failed));
        let thread = thread::Builder::new().name("appos-journal".into()).spawn({
            let shared = Arc::clone(&shared);
            move || shared.serve(writer, sink)
        })?;
        payload::switch_on(settings.max_payload);
        let compresses = settings.compress_after > 0;
        let compressor = compresses.then(|| Compressor::start(&folder.join("logs"), settings.compress_after));
        Ok(Self { shared: Some(shared), thread: Mutex::new(Some(thread)), compressor: Mutex::new(compressor) })
    }

    /// A journal that records nothing.
    pub fn disabled() -> Self {
        Self { shared: None, thread: Mutex::new(None), compressor: Mutex::new(None) }
    }

    /// True if events are written.
    pub fn is_enabled(&self) -> bool {
        self.shared.as_ref().is_some_and(|shared| shared.open.load(Ordering::Relaxed))
    }

    /// Records an event.
    ///
    /// An execution never blocks: if the queue is full, it is lost and counted. A security event
    /// is not dropped: its caller waits for room, as long as the writer makes any progress. While
    /// it makes none, or the disk takes no lines, security events are held in memory, up to a
    /// bound, and [`security_is_writable`](Self::security_is_writable) says so.
    ///
    /// Lines of one thread and category keep their order; lines of different threads may be
    /// written in another order than their times.
    #[inline]
    pub fn record(&self, event: Event) {
        let Some(shared) = &self.shared else { return };
        if !shared.open.load(Ordering::Relaxed) {
            shared.lose();
            return;
        }
        match event {
            Event::Execution(event) => shared.push(event),
            Event::Security(event) => shared.push_security(event),
        }
    }

    /// False if lines of the security log do not reach the disk: what must not happen without
    /// its line is to be refused. Known within a second, and true again by itself.
    ///
    /// A journal that records nothing has nothing to write, and answers true.
    pub fn security_is_writable(&self) -> bool {
        self.shared.as_ref().is_none_or(|shared| shared.security_is_writable())
    }

    /// Number of events that wait to be written.
    pub fn waiting(&self) -> usize {
        self.shared.as_ref().map_or(0, |shared| shared.waiting())
    }

    /// Number of events that found their queue full, for good, or the journal shut down.
    pub fn lost(&self) -> u64 {
        self.shared.as_ref().map_or(0, |shared| shared.lost.load(Ordering::Relaxed))
    }

    /// Number of lines that could not be written, because the disk was full for example.
    pub fn failed(&self) -> u64 {
        self.shared.as_ref().map_or(0, |shared| shared.failed.load(Ordering::Relaxed))
    }

    /// Tells the name of a user, which lines show beside the id from now on.
    pub fn name_user(&self, user_id: i64, name: &str) {
        if let Some(shared) = &self.shared {
            shared.names.push((user_id, name.to_owned()));
        }
    }

    /// Blocks until everything recorded before has been handed to the system.
    pub fn flush(&self) {
        let Some(shared) = &self.shared else { return };
        let writer = lock(&self.thread).as_ref().map(|handle| handle.thread().clone());
        if let Some(writer) = writer {
            shared.wait_for_round(&writer);
        }
    }

    /// Writes what is queued and stops the writer. Events recorded later count as lost.
    pub fn shutdown(&self) {
        let Some(shared) = &self.shared else { return };
        // Ended first: it is asked to, and has nothing that is not on the disk.
        drop(lock(&self.compressor).take());
        if shared.open.swap(false, Ordering::SeqCst) {
            payload::switch_off();
        }
        // The lock is held while waiting: a second caller returns when the first is done.
        let mut thread = lock(&self.thread);
        if let Some(handle) = thread.take() {
            handle.thread().unpark();
            if handle.join().is_err() {
                tracing::error!("the journal's writer panicked; lines may be missing");
            }
            // Pushed by calls that saw the journal open just before it closed.
            shared.abandon();
        }
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.shutdown();
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Journal")
            .field("enabled", &self.is_enabled())
            .field("lost", &self.lost())
            .field("failed", &self.failed())
            .finish_non_exhaustive()
    }
}
