//! `cargo appos user`: accounts, groups and passwords, for whoever works at the machine.

mod arguments;
mod password;
mod shown;

pub use arguments::User;
