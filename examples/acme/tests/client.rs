//! A client that is generated from the OpenAPI document, checked for its types and used.
//!
//! The generator is openapi-python-client, from PyPI as the fuzzer is: without it nothing is
//! tested, and the test says so; with `APPOS_CLIENT=1` it fails then.

mod support;

use std::fs;
use std::process::Command;

use support::prepared;
use support::pypi::{done, programs};

const PACKAGES: &[&str] = &["openapi-python-client==0.29.1", "mypy==2.4.1"];

/// A file is sent as it is, which the generator knows of one type only. What it makes is not
/// formatted: that would need another program.
const CONFIGURATION: &str = "package_name_override: acme_client
content_type_overrides:
  text/csv: application/octet-stream
  application/jsonl: application/octet-stream
  image/jpeg: application/octet-stream
  image/*: application/octet-stream
  '*/*': application/octet-stream
post_hooks: []
";

#[tokio::test]
async fn a_client_made_from_the_document_does_everything() {
    let Some(programs) = programs("APPOS_CLIENT", "openapi-client", PACKAGES) else { return };
    let start = prepared(&[]).await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let document = start.admin.get("/api/openapi.json").await.is(200);
    let drive = include_str!("client/drive.py");
    for (name, text) in
        [("openapi.json", document.body.to_string().as_str()), ("settings.yaml", CONFIGURATION), ("drive.py", drive)]
    {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let run = |program: &str, arguments: &[&str]| {
        done(Command::new(programs.join(program)).current_dir(folder.path()).args(arguments))
            .unwrap_or_else(|error| panic!("{error}"))
    };
    // A part of the document that the generator cannot read is a failure, not a warning.
    let generate = ["generate", "--path", "openapi.json", "--config", "settings.yaml", "--meta", "none"];
    run("openapi-python-client", &[&generate[..], &["--output-path", "acme_client", "--fail-on-warning"]].concat());
    // What it has found out about its packages holds for the next test, too.
    let known = format!("--cache-dir={}", concat!(env!("CARGO_TARGET_TMPDIR"), "/mypy"));
    run("mypy", &["--strict", &known, "acme_client", "drive.py"]);
    let output = run("python3", &["drive.py", &start.platform.url]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "All done.\n");
}
