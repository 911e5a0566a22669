//! Mail as apps write it, and how it becomes a message.

mod compose;
mod email;
#[cfg(test)]
mod tests;

pub(crate) use compose::Composed;
pub use email::Email;
