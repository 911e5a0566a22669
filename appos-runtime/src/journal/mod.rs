//! The journal: what was executed, how long it took and who was refused, as lines of JSON in
//! files per object type, category and day.
//!
//! A call puts one [`Event`] into a bounded queue and goes on; a thread of its own turns events
//! into lines; another one compresses what is old. What concerns access has a queue of its own, which loses nothing. The journal knows nothing of the engine.

mod compress;
mod condition;
mod event;
mod file;
mod folder;
mod handle;
mod line;
mod names;
mod notes;
mod payload;
mod queue;
mod retention;
mod security_queue;
mod settings;
mod sink;
mod trace_context;
mod writer;

pub use event::{Event, EventError, ExecutionEvent, Outcome, RowChange, SecurityEvent};
pub(crate) use folder::private_folder;
pub use handle::Journal;
pub use notes::{Notes, RequestNote, StatementNote};
#[cfg(feature = "db")]
pub(crate) use payload::shown;
pub use payload::{ArgumentsWriter, LoggedArguments, is_redacting};
pub use settings::JournalSettings;
pub use sink::EventSink;
pub use trace_context::{Sampler, TraceContext};
pub(crate) use trace_context::{span_of, traceparent};

#[cfg(test)]
mod tests;
