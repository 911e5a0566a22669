//! What the routes of records are asked and answer, beyond single rows as they are.

mod bulk;
mod idempotency;
mod question;
mod shown;

pub(super) use bulk::{MAX_OPERATIONS, bulk};
pub(super) use idempotency::{MAX_KEY, once};
pub(super) use shown::{list, one, row};
