//! The tree of calls that an execution belongs to, as its lines tell it.

mod asked;
mod collect;
mod find;
mod node;
mod order;
mod text;

pub(in crate::logs) use collect::scan;
pub(crate) use find::find;
pub(crate) use text::text;
