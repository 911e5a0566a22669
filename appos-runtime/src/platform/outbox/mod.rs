//! The outbox: calls that are made after the transaction that asked for them, if and only if
//! it is committed.

mod carrier;
mod courier;
mod delivery;
mod enqueue;
mod hook;
mod rules;
mod table;
mod trigger;

pub(crate) use carrier::{Carrier, enqueue_for};
pub(crate) use courier::Courier;
#[cfg(feature = "web")]
pub(crate) use courier::outbox_idle;
pub use enqueue::enqueue;
pub use hook::enqueue_hook;
pub(super) use table::{ADDED, TABLES};
#[cfg(feature = "web")]
pub(crate) use table::{OutboxDepth, depth};
pub use trigger::enqueue_start;
