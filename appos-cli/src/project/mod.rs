//! From a folder to what its program says of itself.

pub mod build;
pub mod dump;
pub mod locate;

use std::process::Command;

/// The cargo that called us, else the one on the path.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
