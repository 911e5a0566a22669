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
mod payload;
mod queue;
mod retention;
mod security_queue;
mod settings;
mod writer;

pub use event::{Event, EventError, ExecutionEvent, Outcome, RowChange, SecurityEvent};
pub(crate) use folder::private_folder;
pub use handle::Journal;
#[cfg(feature = "db")]
pub(crate) use payload::shown;
pub use payload::{ArgumentsWriter, LoggedArguments, is_redacting};
pub use settings::JournalSettings;

#[cfg(test)]
mod tests;
