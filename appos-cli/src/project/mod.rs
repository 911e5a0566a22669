//! From a folder to what its program says of itself.

pub(crate) mod ask;
pub mod build;
pub(crate) mod built;
pub mod dump;
pub(crate) mod fingerprint;
pub(crate) mod format;
pub(crate) mod kept;
pub mod locate;
pub(crate) mod outside;

use std::process::Command;

/// The cargo that called us, else the one on the path.
///
/// What a cargo that runs this program tells of this program's own package is left out: build
/// scripts that look at it would run again each time.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let is_of_package = name.to_str().is_some_and(|name| {
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"]
                .iter()
                .any(|prefix| name.starts_with(prefix))
        });
        if is_of_package {
            command.env_remove(name);
        }
    }
    command
}
