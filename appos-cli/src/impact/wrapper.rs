//! This program in the place of rustc, for one build: it asks the compiler for more than usual.
//!
//! Cargo keeps what is built through a wrapper apart from ordinary builds, for the members of the
//! workspace only; dependencies are shared.

use std::ffi::OsString;
use std::process::{Command, ExitCode};

/// Set for a cargo that calls this program instead of rustc.
pub(super) const VARIABLE: &str = "APPOS_IMPACT_WRAPPER";

/// Read by the macros, in this process's compiler alone.
const MARKED: &str = "APPOS_IMPACT";

/// Runs the compiler whose command line follows, if this program was called as a wrapper.
pub(crate) fn as_wrapper(arguments: &[OsString]) -> Option<ExitCode> {
    std::env::var_os(VARIABLE)?;
    let [_, rustc, rest @ ..] = arguments else { return None };
    let compiled = Command::new(rustc)
        .args(rest)
        // Over whatever the source says: an `allow` would hide uses, a `deny` would end the build.
        .args(["--force-warn", "deprecated"])
        .env(MARKED, "1")
        .env_remove(VARIABLE)
        .status();
    Some(match compiled {
        Ok(status) => status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from),
        Err(error) => {
            eprintln!("error: {} cannot be started: {error}", rustc.display());
            ExitCode::FAILURE
        }
    })
}
