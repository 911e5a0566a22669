//! `cargo appos doctor`: what is wrong around a project, and how to mend it.

mod arguments;
mod finding;
mod project;
mod toolchain;

pub use arguments::Doctor;
