//! What the routes of records are asked and answer, beyond single rows as they are.

mod bulk;
mod export;
mod idempotency;
mod import;
mod shown;
mod table;
mod transfer;

#[cfg(fuzzing)]
pub(super) use crate::question::fuzzed;
pub(super) use bulk::{MAX_OPERATIONS, bulk};
pub(super) use export::export;
pub(super) use idempotency::{MAX_KEY, kept, once, read as idempotency_key};
pub(super) use import::{Desk, Imports, MODES, RESPOND_ASYNC, STATES, form as import_form, import, refused, watch};
pub(super) use shown::{list, one, row};
pub(super) use transfer::unhurried;
