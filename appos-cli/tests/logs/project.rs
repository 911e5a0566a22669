//! Where the log files of a project are, and what is known of its objects without building it.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::folder::{Logs, call, command, err, numbers};

const MANIFEST: &str = include_str!("../manifest.json");

/// A platform as far as these commands can see.
fn project(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"acme\", \"appos\"]\n");
    write("appos/Cargo.toml", "[package]\nname = \"appos\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    write("appos/src/lib.rs", "");
    let package = "[package]\nname = \"acme\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nappos = { path = \"../appos\" }\n";
    write("acme/Cargo.toml", package);
    write("acme/src/main.rs", "fn main() {\n    print!(\"{}\", include_str!(\"manifest.json\"));\n}\n");
    write("acme/src/manifest.json", MANIFEST);
    write("acme/appos.yaml", settings);
    folder
}

fn run(project: &Path, folder: &str, arguments: &[&str], variables: &[(&str, &Path)]) -> Output {
    let mut command = command(arguments);
    command.current_dir(project.join(folder));
    command.env("CARGO_TARGET_DIR", project.join("target")).env("CARGO_NET_OFFLINE", "true");
    command.envs(variables.iter().copied()).output().expect("the command runs")
}

fn put(logs: &Logs, folder: &Path) {
    let (from, to) = (logs.file("rule", "execution", "2026-11-24"), folder.join("logs/rule/execution"));
    fs::create_dir_all(&to).expect("a folder");
    fs::copy(from, to.join("2026-11-24.jsonl")).expect("a copy");
}

#[test]
fn files_are_where_the_program_writes_them() {
    let project = project("logging:\n  folder: kept/here\n");
    let [one, two] = [1, 2].map(|number| Logs::of(vec![call("10:00:00", number, "crm.rules.rate", "call")]));
    let output = run(project.path(), "", &["logs"], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("there are no log files: acme/kept/here/logs does not exist"), "{}", err(&output));
    put(&one, &project.path().join("acme/kept/here"));
    put(&two, &project.path().join("elsewhere"));
    let read = |variables: &[(&str, &Path)]| {
        let output = run(project.path(), "acme/src", &["logs", "--json"], variables);
        assert_eq!(err(&output), "", "nothing is built");
        numbers(&String::from_utf8(output.stdout).expect("text"))
    };
    assert_eq!(read(&[]), [1]);
    let elsewhere = project.path().join("elsewhere");
    assert_eq!(read(&[("APPOS__LOGGING__FOLDER", &elsewhere)]), [2], "as the program reads its environment");
    assert!(!project.path().join("target/debug").exists(), "nothing was built");
}

#[test]
fn objects_of_the_last_build_are_known_and_may_have_done_nothing() {
    let project = project("");
    put(&Logs::of(vec![call("10:00:00", 1, "crm.rules.gone", "call")]), &project.path().join("acme/.appos"));
    assert!(run(project.path(), "", &["objects"], &[]).status.success());
    let said = |object: &str| {
        let output = run(project.path(), "", &["logs", "--object", object], &[]);
        (output.status.code(), err(&output))
    };
    let (code, told) = said("crm.rules.customer_lvt");
    assert_eq!((code, told.contains("help: write `crm.rules.customer_ltv`")), (Some(2), true), "{told}");
    let (code, told) = said("crm.rules.customer_ltv");
    assert_eq!((code, told.starts_with("note: no such line in 1 files")), (Some(0), true), "{told}");
    assert_eq!(said("crm.rules.gone"), (Some(0), String::new()), "an object that is no more has its lines");
}
