//! Starts with wrong settings, and what a program says before it starts.

use super::support::{Platform, acme};

/// Starts with this `appos.yaml` and gives exit code and errors.
fn refused_start(yaml: &str) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("appos.yaml"), yaml).expect("the file");
    let output = acme(folder.path()).output().expect("the program runs");
    assert!(!folder.path().join(".appos").exists(), "nothing is created");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn mistakes_in_appos_yaml_stop_the_start_with_their_lines() {
    let (code, said) =
        refused_start("environment: dev\nserver:\n  prot: 8080\n  host: [1]\nsession:\n  timeout: soon\n");
    assert_eq!(code, Some(2), "{said}");
    for line in ["appos.yaml:3:3: ", "appos.yaml:4:", "appos.yaml:6:"] {
        assert!(said.contains(line), "{line} is not in:\n{said}");
    }
    assert!(said.contains("help: write `port`"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn text_that_is_no_yaml_stops_the_start_with_its_line() {
    let (code, said) = refused_start("environment: dev\nserver: {port: 1\napps: [crm\n");
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("appos.yaml:"), "{said}");
    let (code, said) = refused_start("apps: [crm, billing, warehouse]\n");
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("warehouse"), "{said}");
}

#[test]
fn mistakes_in_variables_stop_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = acme(folder.path()).env("APPOS__SERVER__MAX_BODY", "lots").output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("APPOS__SERVER__MAX_BODY"), "{said}");
}

#[test]
fn the_program_describes_itself_for_tools() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = acme(folder.path()).arg("__manifest").output().expect("the program runs");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("text");
    let manifest = appos_cli::project::dump::Manifest::parse(&text).expect("the format of the command line");
    let crm = appos_cli::commands::objects::select(manifest, None, Some("crm")).expect("an app");
    let line = |reference: &str| {
        let object = crm.objects.iter().find(|object| object.reference == reference).expect("an object");
        (object.kind.clone(), appos_cli::commands::objects::permissions(object), object.file.ends_with("customer.rs"))
    };
    let (kind, permissions, file) = line("crm.records.customer");
    assert_eq!((kind.as_str(), file), ("record", true));
    assert_eq!(permissions, "view=crm_users,finance create=crm_users update=crm_users,finance admin=crm_admins");
    assert!(!folder.path().join(".appos").exists(), "describing is not starting");
}

#[test]
fn a_platform_that_has_started_can_be_started_again() {
    let platform = Platform::start();
    assert!(platform.token.is_some());
    let folder = platform.into_folder();
    let (status, _) = Platform::start_in(folder, &[]).stop();
    assert!(status.success());
}
