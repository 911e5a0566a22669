//! Becomes another program that ends with the one that called.
//!
//! A process can ask the system only for itself to be told when its parent ends, and what it asked
//! for stays when it becomes another program. So this program is called in between.

use std::ffi::OsString;
use std::process::{Command, ExitCode};

/// The first argument with which this program is called for it.
pub(super) const SHIM: &str = "__become";

/// Becomes the program that the arguments name, if this program was called for that: with the
/// number of the process that called, the program, and its arguments.
pub(crate) fn become_program(arguments: &[OsString]) -> Option<ExitCode> {
    let [_, shim, parent, program, rest @ ..] = arguments else { return None };
    if shim != SHIM {
        return None;
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Signal, getppid, set_parent_process_death_signal};
        if let Err(error) = set_parent_process_death_signal(Some(Signal::TERM)) {
            eprintln!("the program will not be told when this one ends: {error}");
        }
        // It may have ended before that was asked for.
        let still = getppid().map(|pid| pid.as_raw_nonzero().get().to_string());
        if still.as_deref().map(OsString::from).as_ref() != Some(parent) {
            return Some(ExitCode::FAILURE);
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = parent;
    let mut command = Command::new(program);
    command.args(rest);
    #[cfg(unix)]
    let error = std::os::unix::process::CommandExt::exec(&mut command);
    #[cfg(not(unix))]
    let error = match command.status() {
        Ok(status) => return Some(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1).into()),
        Err(error) => error,
    };
    eprintln!("{} cannot be started: {error}", program.display());
    Some(ExitCode::FAILURE)
}
