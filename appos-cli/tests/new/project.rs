//! An empty folder, the commands that are typed in it, and a platform that runs.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{env, fs};

/// Whoever holds it builds alone, and begins with files that are newer than what others have built:
/// cargo tells crates of one target folder apart by their places in their workspaces, and all new
/// projects have the same places.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    static BUILDING: Mutex<()> = Mutex::new(());
    BUILDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The folder of somebody who begins.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        // As a shell would show it: no link on the way.
        self.0.path().canonicalize().expect("the folder is there").join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Has the dependencies of a project built with the features that they have here, where they are built already.
    pub(crate) fn has_features_of_tests(&self, project: &str) {
        let features = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("tests").join("features");
        let line = format!("features_of_tests = {{ path = {:?} }}\n\n[workspace]\n", features.display().to_string());
        let manifest = format!("{project}/Cargo.toml");
        self.write(&manifest, &self.read(&manifest).replacen("\n[workspace]\n", &line, 1));
    }

    /// Everything in a folder, hidden files too, sorted.
    pub(crate) fn entries(&self, path: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path(path))
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// `cargo appos ..` in a folder below.
    pub(crate) fn appos(&self, within: &str, arguments: &[&str]) -> Output {
        self.command(within, env!("CARGO_BIN_EXE_cargo-appos")).args(arguments).output().expect("the command runs")
    }

    /// `cargo ..` in a folder below.
    pub(crate) fn cargo(&self, within: &str, arguments: &[&str]) -> Output {
        self.command(within, "cargo").args(arguments).output().expect("cargo runs")
    }

    /// With the folder in which this repository is built, so that its dependencies are built once.
    pub(crate) fn command(&self, within: &str, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.path(within))
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TERM_COLOR", "never")
            .env_remove("DATABASE_URL")
            .stdin(Stdio::null());
        // What cargo tells of this test's own package: build scripts that look at it would run again.
        let of_package = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
        for (name, _) in env::vars().filter(|(name, _)| of_package.iter().any(|prefix| name.starts_with(prefix))) {
            command.env_remove(name);
        }
        command
    }

    /// `cargo run`, until it listens.
    pub(crate) fn serve(&self, within: &str) -> Serving {
        let mut command = self.command(within, "cargo");
        command.args(["run", "--quiet"]).env("APPOS__SERVER__PORT", "0").stdout(Stdio::piped());
        let mut child = command.spawn().expect("cargo runs");
        let mut lines = BufReader::new(child.stdout.take().expect("an output")).lines();
        let mut said = Vec::new();
        for line in &mut lines {
            let line = line.expect("a line");
            let last = line.starts_with("API documentation: ");
            said.push(line);
            if last {
                break;
            }
        }
        let address = said.iter().find_map(|line| line.strip_prefix("Listening on http://")).map(str::to_owned);
        let serving = Serving { child, said, address: address.unwrap_or_default() };
        assert!(!serving.address.is_empty(), "it does not listen: {:?}", serving.said);
        serving
    }
}

/// The folder in which this repository is built.
fn target() -> PathBuf {
    Path::new(env!("CARGO_BIN_EXE_cargo-appos")).ancestors().nth(2).expect("a target folder").to_owned()
}

/// A platform that listens; ended when it is dropped.
pub(crate) struct Serving {
    child: Child,
    /// What it printed.
    pub(crate) said: Vec<String>,
    address: String,
}

impl Serving {
    /// The whole answer to a GET.
    pub(crate) fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The output of something that works.
pub(crate) fn done(output: &Output) -> String {
    assert!(output.status.success(), "{}{}", out(output), err(output));
    out(output)
}

/// The message of something that was not asked for correctly.
pub(crate) fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2), "{}{}", out(output), err(output));
    assert_eq!(out(output), "");
    err(output)
}
