//! `cargo appos objects` on a project of its own: a platform that answers with a written dump,
//! so that the test builds nothing large.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const MANIFEST: &str = include_str!("manifest.json");

/// A workspace with an empty crate `appos` and a platform `acme` whose `main` is `main`.
fn project(main: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        let parent = path.parent().expect("the path lies in the folder");
        fs::create_dir_all(parent).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    };
    write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"acme\", \"appos\"]\n");
    write("appos/Cargo.toml", "[package]\nname = \"appos\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    write("appos/src/lib.rs", "");
    write(
        "acme/Cargo.toml",
        "[package]\nname = \"acme\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nappos = { path = \"../appos\" }\n",
    );
    write("acme/src/main.rs", main);
    write("acme/src/manifest.json", MANIFEST);
    folder
}

/// A platform as far as this command can see.
const PLATFORM: &str = r#"
fn main() {
    assert_eq!(std::env::args().nth(1).as_deref(), Some("__manifest"));
    print!("{}", include_str!("manifest.json"));
}
"#;

fn cargo_appos(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cargo-appos"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .expect("the command runs")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

#[test]
fn the_objects_of_a_project_are_listed_without_colours() {
    let project = project(PLATFORM);
    // Cargo adds its own word; the folder may be any below the workspace.
    let output = cargo_appos(&project.path().join("acme/src"), &["appos", "objects"]);
    assert!(output.status.success(), "{}", err(&output));
    assert_eq!(
        out(&output),
        "\
Reference                   Kind      Tier  Permissions                                            Source
billing.constants.tax_rate  constant  2     defaults of the app (logic)                            apps/billing/src/constants/tax.rs:5
crm.records.customer        record    1     view=crm_users,finance create=crm_users delete=nobody  apps/crm/src/records/customer.rs:21
crm.rules.customer_ltv      rule      2     public use=crm_users                                   apps/crm/src/rules/loyalty.rs:5
platform.records.user       record    1     view=system_admin                                      src/platform/records.rs:84
"
    );
    assert!(err(&output).contains("Compiling acme"), "progress is shown on the error stream");
}

#[test]
fn objects_are_selected_and_printed_as_json() {
    let project = project(PLATFORM);
    let output = cargo_appos(project.path(), &["objects", "--json", "--app", "crm", "--kind", "rule"]);
    assert!(output.status.success(), "{}", err(&output));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["objects"].as_array().map(Vec::len), Some(1));
    assert_eq!(json["objects"][0]["reference"], "crm.rules.customer_ltv");
    assert_eq!(json["objects"][0]["parameters"][0]["type"], "Id<Customer>", "fields of the dump are kept");
}

#[test]
fn mistyped_names_are_answered_with_the_nearest_and_exit_code_2() {
    let project = project(PLATFORM);
    let output = cargo_appos(project.path(), &["objects", "--app", "crmm"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).ends_with("error: there is no app `crmm`\n  help: write `--app crm`\n"), "{}", err(&output));
    assert_eq!(out(&output), "");

    let output = cargo_appos(project.path(), &["objects", "--kind", "rules"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("a similar value exists: 'rule'"), "{}", err(&output));

    let output = cargo_appos(project.path(), &["objects", "--package", "acmee"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("write `--package acme`"), "{}", err(&output));
}

#[test]
fn a_folder_without_a_platform_is_exit_code_2() {
    let empty = tempfile::tempdir().expect("a temporary folder");
    let output = cargo_appos(empty.path(), &["objects"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("help: run this in the folder of a project"), "{}", err(&output));
}

#[test]
fn a_project_that_does_not_build_is_exit_code_1() {
    let project = project("fn main() { missing() }");
    let output = cargo_appos(project.path(), &["objects"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("cannot find function `missing`"), "{}", err(&output));
    assert!(err(&output).contains("error: `acme` does not build"), "{}", err(&output));
}

#[test]
fn a_program_that_is_no_platform_is_exit_code_1() {
    let project = project("fn main() { println!(\"Hello\") }");
    let output = cargo_appos(project.path(), &["objects"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("cannot be read"), "{}", err(&output));
}

#[test]
fn help_shows_examples() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (arguments, first) in [
        (&["--help"][..], "new acme"),
        (&["objects", "--help"], "objects"),
        (&["new", "--help"], "new acme"),
        (&["add", "--help"], "add app billing"),
    ] {
        let output = cargo_appos(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(0));
        assert!(out(&output).contains(&format!("Examples:\n  cargo appos {first}")), "{}", out(&output));
        assert!(out(&output).contains("Usage: cargo appos"), "{}", out(&output));
    }
    assert_eq!(cargo_appos(folder.path(), &[]).status.code(), Some(2));
}
