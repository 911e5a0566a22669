//! What the routes of records are asked and answer, beyond single rows as they are.

mod bulk;
mod export;
mod idempotency;
mod import;
mod question;
mod shown;
mod table;
mod transfer;

pub(super) use bulk::{MAX_OPERATIONS, bulk};
pub(super) use export::export;
pub(super) use idempotency::{MAX_KEY, once};
pub(super) use import::{Imports, MODES, RESPOND_ASYNC, STATES, import, watch};
#[cfg(fuzzing)]
pub(super) use question::fuzzed;
pub(super) use shown::{list, one, row};
pub(super) use table::Format;
