//! Asks a project's own program for JSON: it knows its settings, its database and its accounts.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value as Json;

use super::locate::Platform;
use crate::terminal::Failure;

/// The version of the form that this command reads.
const FORMAT: u64 = 1;

/// The program with one of its modes, to be completed. Its settings are those of the project,
/// wherever in the workspace this command is called.
pub(crate) fn program(platform: &Platform, program: &Path, mode: &str) -> Command {
    let mut command = Command::new(program);
    command.arg(mode);
    if std::env::var_os("APPOS_PROJECT").is_none() {
        command.env("APPOS_PROJECT", platform.folder());
    }
    command
}

/// The program's answer; what it says on its error stream is shown.
///
/// # Errors
/// It gives none, or one of another AppOS.
pub(crate) fn ask(mut command: Command, input: Option<&[u8]>) -> Result<Json, Failure> {
    let shown = command.get_program().display().to_string();
    let failed = |error: std::io::Error| Failure::work(format!("{shown} cannot be called: {error}"), "");
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(failed)?;
    if let (Some(mut pipe), Some(input)) = (child.stdin.take(), input) {
        // A program that ends before it has read says why itself.
        let _ = pipe.write_all(input);
    }
    let output = child.wait_with_output().map_err(failed)?;
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    let answer = serde_json::from_slice::<Json>(&output.stdout).ok().filter(|answer| answer["format"] == FORMAT);
    match answer {
        Some(answer) => {
            if !said.is_empty() {
                eprintln!("{said}");
            }
            Ok(answer)
        }
        None if output.stdout.is_empty() && !said.is_empty() && !said.contains("unrecognized subcommand") => {
            Err(Failure::work(said, ""))
        }
        None => Err(Failure::work(
            format!("{shown} gives no answer that this command can read"),
            "build the platform and this command with the same AppOS",
        )),
    }
}

/// Why the program did not do it.
pub(crate) fn refused(error: &Json) -> Failure {
    let text = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
    let mut message = text("message");
    for field in error["fields"].as_array().into_iter().flatten() {
        let part = |key: &str| field[key].as_str().unwrap_or_default();
        // Writing to a text cannot fail.
        let _ = write!(message, "\n  {}: {}", part("field"), part("message"));
    }
    Failure::work(crate::escape::escaped_lines(&message), text("help"))
}
