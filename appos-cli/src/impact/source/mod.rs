//! What a file of source says about the places in it: which item stands there, and in which
//! shape a name is used. It resolves no names; the compiler does.

mod outline;
mod shapes;
mod tokens;

pub(crate) use outline::{Holder, Outline, is_namespace};
pub(crate) use tokens::Position;
