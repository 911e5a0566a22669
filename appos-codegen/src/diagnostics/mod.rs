//! How mistakes in the author's code are worded, gathered and shown.

mod diagnostic;
mod sink;
mod suggest;

pub(crate) mod catalogue;
pub(crate) mod render;

pub use diagnostic::Diagnostic;
pub(crate) use sink::Sink;
pub(crate) use suggest::nearest;
