//! Mail as apps write it, how it becomes a message, and its way through the outbox.

mod caught;
mod compose;
mod email;
mod own;
mod sending;
#[cfg(test)]
mod tests;

pub(crate) use caught::{Catcher, prepare};
#[cfg(feature = "web")]
pub(crate) use caught::{CaughtMail, ShownMail, clear_caught_mail, list_caught_mail, show_caught_mail};
#[cfg(test)]
use compose::Composed;
pub use email::Email;
pub(crate) use own::{OwnMail, mail_mistakes, sends_mail};
pub(crate) use sending::carry;
pub(super) use sending::{enqueue, send};
