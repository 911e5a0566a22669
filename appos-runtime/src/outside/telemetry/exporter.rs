//! The thread that makes spans of executions and hands them to the collector, some hundred at a time.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use opentelemetry_otlp::SpanExporter;
use opentelemetry_sdk::trace::{SpanData, SpanExporter as _};
use tokio::runtime::{Builder, Runtime};

use super::{PATIENCE, span};
use crate::journal::{EventSink, ExecutionEvent, Sampler};

/// Spans after which a batch is full; that of the last execution may make it some more.
const FULL: usize = 512;
/// How long a batch waits to become full.
const DELAY: Duration = Duration::from_secs(1);
/// How often it is told at most that executions were left out.
const TOLD: Duration = Duration::from_mins(1);

/// Takes executions, and hands on those of traces that are to be recorded.
pub(super) struct Exporter {
    /// `None` once it is closed.
    queue: Option<SyncSender<ExecutionEvent>>,
    thread: Option<JoinHandle<()>>,
    sampler: Sampler,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// Executions that found the queue full, and spans that the collector did not take.
    lost: AtomicU64,
    /// When it was closed.
    closed: OnceLock<Instant>,
}

impl Exporter {
    /// # Errors
    /// The system gives no thread.
    pub(super) fn start(spans: SpanExporter, queue: usize, sampler: Sampler) -> io::Result<Self> {
        let (sender, receiver) = sync_channel(queue);
        let shared = Arc::<Shared>::default();
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let thread = thread::Builder::new().name("appos-telemetry".into()).spawn({
            let shared = Arc::clone(&shared);
            move || serve(&receiver, &spans, &runtime, &shared)
        })?;
        Ok(Self { queue: Some(sender), thread: Some(thread), sampler, shared })
    }
}

impl EventSink for Exporter {
    fn execution(&mut self, event: ExecutionEvent) {
        let sampled = event.trace.as_ref().map(|trace| trace.is_sampled());
        if !sampled.unwrap_or_else(|| self.sampler.takes(event.trace_id())) {
            return;
        }
        if self.queue.as_ref().is_none_or(|queue| queue.try_send(event).is_err()) {
            self.shared.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Hands on what it holds, as long as that takes no longer than a collector may.
impl Drop for Exporter {
    fn drop(&mut self) {
        self.shared.closed.get_or_init(Instant::now);
        self.queue = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the exporter of traces panicked; spans may be missing");
        }
    }
}

fn serve(queue: &Receiver<ExecutionEvent>, spans: &SpanExporter, runtime: &Runtime, shared: &Shared) {
    let mut told = Told { lost: 0, at: None };
    // Ends when the queue is closed and empty.
    while let Ok(first) = queue.recv() {
        if shared.closed.get().is_some_and(|closed| closed.elapsed() > PATIENCE) {
            let left = 1 + queue.try_iter().count();
            shared.lost.fetch_add(u64::try_from(left).unwrap_or(u64::MAX), Ordering::Relaxed);
            break;
        }
        let batch = filled(&first, queue);
        let number = u64::try_from(batch.len()).unwrap_or(u64::MAX);
        let error = runtime.block_on(spans.export(batch)).err();
        if error.is_some() {
            shared.lost.fetch_add(number, Ordering::Relaxed);
        }
        told.of(shared.lost.load(Ordering::Relaxed), error.as_ref(), false);
    }
    told.of(shared.lost.load(Ordering::Relaxed), None::<&io::Error>, true);
}

/// A batch that begins with an execution.
fn filled(first: &ExecutionEvent, queue: &Receiver<ExecutionEvent>) -> Vec<SpanData> {
    let mut batch = Vec::new();
    span::make(first, &mut batch);
    let due = Instant::now() + DELAY;
    while batch.len() < FULL {
        match queue.recv_timeout(due.saturating_duration_since(Instant::now())) {
            Ok(event) => span::make(&event, &mut batch),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    batch
}

/// What was told of losses.
struct Told {
    lost: u64,
    at: Option<Instant>,
}

impl Told {
    fn of(&mut self, lost: u64, error: Option<&impl std::fmt::Display>, is_end: bool) {
        if lost == self.lost || (!is_end && self.at.is_some_and(|at| at.elapsed() < TOLD)) {
            return;
        }
        let reason = error.map_or_else(|| "the queue was full".to_owned(), ToString::to_string);
        tracing::warn!(lost = lost - self.lost, total = lost, reason, "spans did not reach the collector of traces");
        (self.lost, self.at) = (lost, Some(Instant::now()));
    }
}
