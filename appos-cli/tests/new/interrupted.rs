//! Somebody presses Ctrl-C while a project is made.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::{env, fs, thread, time};

use crate::project::Folder;

/// A git that does not come to an end.
const SLOW_GIT: &str = "#!/bin/sh\n[ \"$1\" = init ] || exit 128\ntouch ../begun\nexec sleep 600\n";

#[test]
fn an_interrupted_run_leaves_nothing_behind() {
    let folder = Folder::new();
    folder.write("bin/git", SLOW_GIT);
    fs::set_permissions(folder.path("bin/git"), fs::Permissions::from_mode(0o755)).expect("permissions");
    let path = format!("{}:{}", folder.path("bin").display(), env::var("PATH").unwrap_or_default());
    let mut command = folder.command("", env!("CARGO_BIN_EXE_cargo-appos"));
    // A group of its own, as a shell gives it: the terminal interrupts all of it.
    let mut child = command.args(["new", "acme"]).env("PATH", path).process_group(0).spawn().expect("it runs");
    while !folder.path("begun").exists() {
        assert!(child.try_wait().expect("its state").is_none(), "it ended before git did");
        thread::sleep(time::Duration::from_millis(10));
    }
    assert_eq!(folder.entries("").len(), 3, "the folder in the making: {:?}", folder.entries(""));
    let group = format!("-{}", child.id());
    let killed = Command::new("kill").args(["-INT", "--", &group]).status().expect("kill runs");
    assert!(killed.success());
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    assert_eq!(folder.entries(""), ["begun", "bin"]);
}
