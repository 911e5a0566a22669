//! What authors see: each file under `ui` fails with the text beside it, each under `ui_pass`
//! compiles. `TRYBUILD=overwrite` rewrites the texts, to be reviewed.

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
    let cases = trybuild::TestCases::new();
    let compiler = compiler();
    if compiler.starts_with(WRITTEN_FOR) {
        cases.compile_fail("tests/ui/*/*.rs");
    } else {
        eprintln!("texts of mistakes are not compared: they are written for {WRITTEN_FOR}x, this is {compiler}");
    }
    cases.pass("tests/ui_pass/*/*.rs");
}
