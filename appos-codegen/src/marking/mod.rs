//! Makes the compiler tell every use of an object, for `cargo appos impact`.
//!
//! rustc reports each use of a deprecated item after it has resolved all names and types, with
//! its place. In a build made for this, and in no other, the public items of an object are
//! deprecated, with a note that says which object and what is done with it.
//!
//! It works on what the objects emit, so that they need not know of it.

mod items;
mod methods;
mod note;

pub(crate) use items::mark;
