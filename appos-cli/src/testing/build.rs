//! Builds test programs and tells where they are.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::workspace::{Package, Workspace};
use crate::project::cargo;
use crate::terminal::Failure;

/// Cargo's exit code when something does not build, or a test fails.
pub(crate) const FAILED: u8 = 101;

/// A program with tests in it.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    /// Its package.
    pub(crate) package: Package,
    /// Name of the library, program or test file.
    pub(crate) target: String,
    /// `lib`, `bin` or `test`.
    pub(crate) kind: String,
    executable: PathBuf,
    /// Where libraries are that it loads.
    libraries: Vec<PathBuf>,
}

impl Program {
    /// The program, to be run as cargo runs it.
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.executable);
        let package = &self.package;
        command.current_dir(&package.folder).stdin(Stdio::null());
        command
            .env("CARGO_MANIFEST_DIR", &package.folder)
            .env("CARGO_MANIFEST_PATH", package.folder.join("Cargo.toml"));
        command.env("CARGO_PKG_NAME", &package.name).env("CARGO_PKG_VERSION", &package.version);
        if !self.libraries.is_empty() {
            let known = std::env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
            let paths = self.libraries.iter().cloned().chain(std::env::split_paths(&known));
            if let Ok(paths) = std::env::join_paths(paths) {
                command.env("LD_LIBRARY_PATH", paths);
            }
        }
        command
    }

    /// Where a test stands, for people.
    pub(super) fn label(&self) -> String {
        if self.kind == "test" { format!("{}::{}", self.package.name, self.target) } else { self.package.name.clone() }
    }
}

#[derive(Deserialize)]
struct Artifact {
    manifest_path: Option<PathBuf>,
    target: Option<Target>,
    profile: Option<Profile>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Profile {
    test: bool,
}

/// Builds the tests of some packages; cargo's progress and errors go to the error stream as ever.
///
/// # Errors
/// They do not build.
pub(crate) fn build(workspace: &Workspace, packages: &[&Package]) -> Result<Vec<Program>, Failure> {
    let failed = |message: String| Failure::work(message, "");
    let mut command = cargo();
    command.args(["test", "--no-run", "--tests", "--message-format", "json-render-diagnostics"]);
    command.arg("--manifest-path").arg(workspace.root.join("Cargo.toml"));
    if packages.len() == workspace.packages.len() {
        command.arg("--workspace");
    } else {
        command.args(packages.iter().flat_map(|package| ["--package", &*package.name]));
    }
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = child.map_err(|error| failed(format!("cargo cannot be started: {error}")))?;
    let mut programs = Vec::new();
    for line in child.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines) {
        let line = line.map_err(|error| failed(format!("cargo's messages cannot be read: {error}")))?;
        // Build scripts may print lines of their own.
        let Ok(artifact) = serde_json::from_str::<Artifact>(&line) else { continue };
        programs.extend(program(workspace, artifact));
    }
    let status = child.wait().map_err(|error| failed(format!("cargo cannot be waited for: {error}")))?;
    if !status.success() {
        // The compiler has said everything.
        return Err(Failure::told(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(FAILED)));
    }
    programs.sort_by_key(|program| (program.package.folder.clone(), program.kind.clone(), program.target.clone()));
    Ok(programs)
}

fn program(workspace: &Workspace, artifact: Artifact) -> Option<Program> {
    let (target, executable) = (artifact.target?, artifact.executable?);
    let folder = artifact.manifest_path?.parent()?.to_owned();
    if !artifact.profile?.test {
        return None;
    }
    let package = workspace.packages.iter().find(|package| package.folder == folder)?.clone();
    let is_macro = target.kind.iter().any(|kind| kind == "proc-macro");
    let kind = target
        .kind
        .into_iter()
        .next()
        .map(|kind| if kind.ends_with("lib") || is_macro { "lib".to_owned() } else { kind });
    let libraries = if is_macro { compiler_libraries(&executable) } else { Vec::new() };
    Some(Program { package, target: target.name, kind: kind?, executable, libraries })
}

/// A crate of macros loads the compiler's own library.
fn compiler_libraries(executable: &Path) -> Vec<PathBuf> {
    let output =
        Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).args(["--print", "sysroot"]).output();
    let sysroot = output.ok().and_then(|output| String::from_utf8(output.stdout).ok());
    let compiler = sysroot.map(|sysroot| Path::new(sysroot.trim()).join("lib"));
    executable.parent().map(Path::to_owned).into_iter().chain(compiler).collect()
}
