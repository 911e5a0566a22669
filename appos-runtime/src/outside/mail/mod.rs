//! Mail as apps write it, how it becomes a message, and its way through the outbox.

mod compose;
mod email;
mod sending;
#[cfg(test)]
mod tests;

#[cfg(test)]
use compose::Composed;
pub use email::Email;
pub(crate) use sending::carry;
pub(super) use sending::{enqueue, send};
