//! Calls the project's own program: it knows its records and its database.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use appos_codegen::migration::{Described, Operation};
use serde_json::Value as Json;

use crate::project::locate::Platform;
use crate::terminal::Failure;

/// The version of the form that this command reads.
const FORMAT: u32 = 1;

fn command(platform: &Platform, program: &Path, arguments: &[String]) -> Command {
    let mut command = Command::new(program);
    command.arg("migrate").args(arguments);
    if std::env::var_os("APPOS_PROJECT").is_none() {
        // Its settings, wherever in the workspace this command is called.
        command.env("APPOS_PROJECT", platform.folder());
    }
    command
}

fn failed(program: &Path, error: &std::io::Error) -> Failure {
    Failure::work(format!("{} cannot be started: {error}", program.display()), "")
}

/// Runs a verb; the program's output is this command's, and its exit code too.
///
/// # Errors
/// The program says so.
pub(super) fn call(platform: &Platform, program: &Path, arguments: &[String]) -> Result<(), Failure> {
    let status = command(platform, program, arguments).stdin(Stdio::null()).status();
    let status = status.map_err(|error| failed(program, &error))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::told(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}

/// Runs a verb with `--json`, and reads its answer. What went wrong the program says itself.
///
/// # Errors
/// The program says so.
pub(super) fn answer(platform: &Platform, program: &Path, arguments: &[String]) -> Result<Json, Failure> {
    let mut command = command(platform, program, arguments);
    let output = command.arg("--json").stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    read(&output.map_err(|error| failed(program, &error))?)
}

fn read(output: &Output) -> Result<Json, Failure> {
    if !output.status.success() {
        return Err(Failure::told(output.status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| {
        Failure::work(
            format!("what the program answers cannot be read: {error}"),
            "build the platform and this command with the same AppOS",
        )
    })
}

/// Asks which tables the program needs and which migrations it has.
///
/// # Errors
/// Its migrations contradict each other, or it is built with another AppOS.
pub(super) fn describe(platform: &Platform, program: &Path) -> Result<Described, Failure> {
    let mut command = command(platform, program, &["describe".to_owned()]);
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| failed(program, &error))?;
    if !output.status.success() {
        return Err(Failure::work("the program does not say which tables it needs", ""));
    }
    let other = |error: String| {
        Failure::work(
            format!("what the program says of its tables cannot be read: {error}"),
            "build the platform and this command with the same AppOS",
        )
    };
    let described: Described = serde_json::from_slice(&output.stdout).map_err(|error| other(error.to_string()))?;
    if described.format == FORMAT { Ok(described) } else { Err(other(format!("it has format {}", described.format))) }
}

/// The statements of pending migrations and of operations that are no file yet.
///
/// # Errors
/// The program says so.
pub(super) fn statements(platform: &Platform, program: &Path, operations: &[Operation]) -> Result<String, Failure> {
    let text = serde_json::to_vec(operations).map_err(|error| Failure::work(error.to_string(), ""))?;
    let arguments = ["up", "--operations", "--json"].map(str::to_owned);
    let mut command = command(platform, program, &arguments);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(|error| failed(program, &error))?;
    if let Some(mut input) = child.stdin.take() {
        // A program that ends early says why itself.
        let _ = input.write_all(&text);
    }
    let answer = read(&child.wait_with_output().map_err(|error| failed(program, &error))?)?;
    Ok(answer["sql"].as_str().unwrap_or_default().to_owned())
}
