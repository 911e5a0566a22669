//! What authors see: each file under `ui` fails with the text beside it. `TRYBUILD=overwrite` rewrites
//! the texts, to be reviewed. What compiles is a package of its own, `ui_pass`: with files among these that
//! are to run, all that they depend on would be built once more, and one file after another.

use std::path::Path;
use std::process::Command;

/// The compiler whose words stand in the `.stderr` files: rustc's own part of a message changes
/// from version to version.
const WRITTEN_FOR: &str = "rustc 1.95.";

fn compiler() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&version).into_owned()
}

/// Told to the program that runs trybuild.
const CARGO: &str = "APPOS_UI_CARGO";

/// Runs this test again, with dependencies where and as this repository has built them.
fn run_with_what_is_built() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = std::env::current_exe().expect("this program");
    let target = program.ancestors().nth(3).expect("a target folder");
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).expect("the workspace's file");
    let profiles: String =
        manifest.split_inclusive('\n').skip_while(|line| !line.starts_with("[profile.dev]")).collect();
    let file = target.join("tests/profiles.toml");
    std::fs::create_dir_all(target.join("tests")).expect("a folder");
    std::fs::write(&file, profiles).expect("a file");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(&program);
    command.args(std::env::args_os().skip(1)).env("CARGO", root.join("tests/ui/cargo.sh")).env(CARGO, cargo);
    command.env("APPOS_UI_PROFILES", file).env("CARGO_BUILD_BUILD_DIR", target);
    assert!(command.status().expect("this program runs").success(), "see above");
}

#[test]
fn mistakes_are_reported_where_they_are_made() {
    let compiler = compiler();
    if !compiler.starts_with(WRITTEN_FOR) {
        eprintln!("texts of mistakes are not compared: they are written for {WRITTEN_FOR}x, this is {compiler}");
        return;
    }
    if std::env::var_os(CARGO).is_none() {
        return run_with_what_is_built();
    }
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}
