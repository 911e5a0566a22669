//! Where else executions go than into files.

use super::ExecutionEvent;

/// Takes executions once their lines are written, in the journal's own thread: it must neither wait nor fail. Dropped
/// when the journal is shut down, which is its time to hand on what it holds.
pub trait EventSink: Send {
    /// Takes an execution.
    fn execution(&mut self, event: ExecutionEvent);
}
