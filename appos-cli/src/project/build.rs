//! Builds a platform and tells where its program is.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::Stdio;

use serde::Deserialize;

use super::cargo;
use super::locate::Platform;
use crate::terminal::Failure;

/// The one message of cargo that matters here; all others lack `executable`.
#[derive(Deserialize)]
struct Artifact {
    executable: Option<PathBuf>,
    target: Option<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// Builds the program; cargo's progress and errors go to the error stream as ever.
///
/// # Errors
/// It does not build.
pub fn build(platform: &Platform) -> Result<PathBuf, Failure> {
    let failed = |message: String| Failure::work(message, "");
    let mut child = cargo()
        .args(["build", "--message-format", "json-render-diagnostics", "--bin", &platform.program])
        .arg("--manifest-path")
        .arg(&platform.manifest)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| failed(format!("cargo cannot be started: {error}")))?;
    let mut program = None;
    for line in child.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines) {
        let line = line.map_err(|error| failed(format!("cargo's messages cannot be read: {error}")))?;
        // Build scripts may print lines of their own.
        let Ok(artifact) = serde_json::from_str::<Artifact>(&line) else { continue };
        if artifact.target.is_some_and(|target| target.name == platform.program) && artifact.executable.is_some() {
            program = artifact.executable;
        }
    }
    let status = child.wait().map_err(|error| failed(format!("cargo cannot be waited for: {error}")))?;
    if !status.success() {
        return Err(Failure::of_build(format!("`{}` does not build", platform.package)));
    }
    program.ok_or_else(|| failed(format!("cargo built `{}` and did not say where it is", platform.program)))
}
