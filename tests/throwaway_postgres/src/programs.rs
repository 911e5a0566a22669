//! Where PostgreSQL's programs are, and as whom they run.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Oldest version that AppOS supports.
const OLDEST: u32 = 15;

/// The folder of `initdb` and `postgres`.
pub(crate) fn folder() -> PathBuf {
    let found = debian::install(&["postgresql"], installed);
    found.unwrap_or_else(|why| panic!("PostgreSQL {OLDEST} or newer: {why}"))
}

fn installed() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions.filter_map(|folder| folder.file_name().to_str()?.parse::<u32>().ok()).max();
    let debian =
        newest.filter(|version| *version >= OLDEST).map(|version| format!("/usr/lib/postgresql/{version}/bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    debian
        .map(PathBuf::from)
        .into_iter()
        .chain(std::env::split_paths(&path))
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

pub(crate) fn is_root() -> bool {
    String::from_utf8_lossy(&done(Command::new("id").arg("-u")).stdout).trim() == "0"
}

/// A program as the user who may run it: PostgreSQL refuses root.
pub(crate) fn as_its_user(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid", user(), "--regid", "nogroup", "--clear-groups", "--"]).arg(program);
    command
}

/// The package makes a user of this name; PostgreSQL from elsewhere may have none.
pub(crate) fn user() -> &'static str {
    let known = Command::new("id").args(["-u", "postgres"]).output().is_ok_and(|output| output.status.success());
    if known { "postgres" } else { "nobody" }
}

/// Runs a program to its end.
pub(crate) fn done(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}
