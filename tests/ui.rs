//! What authors see: each file under `ui` fails with the text beside it. `TRYBUILD=overwrite` rewrites
//! the texts, to be reviewed. What compiles is a package of its own, `ui_pass`: with files among these that
//! are to run, all that they depend on would be built once more, and one file after another.

use std::process::Command;

/// The compiler whose words stand in the `.stderr` files: rustc's own part of a message changes
/// from version to version.
const WRITTEN_FOR: &str = "rustc 1.95.";

fn compiler() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&version).into_owned()
}

#[test]
fn mistakes_are_reported_where_they_are_made() {
    let compiler = compiler();
    if !compiler.starts_with(WRITTEN_FOR) {
        eprintln!("texts of mistakes are not compared: they are written for {WRITTEN_FOR}x, this is {compiler}");
        return;
    }
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}
