//! One `cargo check` in which every use of an object is reported.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde::Deserialize;

use super::report::{Diagnostic, Report};
use crate::impact::wrapper;
use crate::project::cargo;
use crate::project::locate::Platform;
use crate::terminal::Failure;

/// A line of cargo's; all but the compiler's messages are passed over.
#[derive(Deserialize)]
struct Line {
    message: Option<Diagnostic>,
}

/// Whose uses are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted<'a> {
    /// Those of the program.
    Program,
    /// Those of these packages, their tests among them.
    Tests(&'a [&'a str]),
}

/// The uses of objects in the platform and its apps, as the compiler resolved them.
///
/// # Errors
/// The project does not compile; the compiler's errors are on the error stream.
pub(crate) fn check(platform: &Platform, wanted: Wanted<'_>) -> Result<Vec<Report>, Failure> {
    let failed = |message: String| Failure::work(message, "");
    let program = std::env::current_exe().map_err(|error| failed(format!("this program is not found: {error}")))?;
    let mut command = cargo();
    command.args(["check", "--message-format", "json", "--features", "appos/impact"]);
    match wanted {
        Wanted::Program => command.args(["--bin", &platform.program]),
        Wanted::Tests(packages) => command.arg("--tests").args(packages.iter().flat_map(|name| ["--package", name])),
    };
    let mut child = command
        .arg("--manifest-path")
        .arg(&platform.manifest)
        .env("RUSTC_WORKSPACE_WRAPPER", program)
        .env(wrapper::VARIABLE, "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| failed(format!("cargo cannot be started: {error}")))?;
    let mut reports = Vec::new();
    for line in child.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines) {
        let line = line.map_err(|error| failed(format!("cargo's messages cannot be read: {error}")))?;
        let Ok(Line { message: Some(diagnostic) }) = serde_json::from_str::<Line>(&line) else { continue };
        if diagnostic.is_error() {
            eprint!("{}", diagnostic.rendered());
        }
        reports.extend(diagnostic.report());
    }
    let status = child.wait().map_err(|error| failed(format!("cargo cannot be waited for: {error}")))?;
    if status.success() { Ok(reports) } else { Err(failed(format!("`{}` does not compile", platform.package))) }
}
