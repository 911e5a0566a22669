//! A strict fuzzer reads the OpenAPI document and sends what it allows and what it forbids: no
//! answer may be a 5xx, an undocumented status, or of another form than the document says.
//!
//! The fuzzer is schemathesis (<https://schemathesis.io>), installed from PyPI into the build
//! folder the first time. Where PyPI cannot be reached nothing is fuzzed, and the test says so;
//! with `APPOS_SCHEMATHESIS=1` it fails then.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use support::prepared;

const VERSION: &str = "4.32.5";

/// What a document cannot say: whether a row is there that is referred to (422), and which version
/// it has (428); and that a file of rows, a text like any other, is not one.
const CONFIGURATION: &str = r#"
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", 401, 403, 404, 409, 422, 428, 429, "5xx"]

[[operations]]
include-path-regex = "/import$"
checks.negative_data_rejection.enabled = false
"#;

/// Few examples of many operations: what the rest is made of is the same code.
const PATHS: &str = "^/api/(crm/v1/(customers|orders|order_lines)|billing/v1/(accounts|invoices))";

fn done(command: &mut Command) -> Result<Output, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    if output.status.success() { Ok(output) } else { Err(format!("{command:?}: {}", String::from_utf8_lossy(&text))) }
}

/// The program, installed if it is not.
fn schemathesis() -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("schemathesis-{VERSION}"));
    let (program, complete) = (folder.join("bin/schemathesis"), folder.join("complete"));
    if complete.exists() {
        return Ok(program);
    }
    // An installation that was cut off is made anew.
    fs::remove_dir_all(&folder).ok();
    let make = || done(Command::new("python3").args(["-m", "venv"]).arg(&folder));
    if make().is_err() {
        // Debian keeps it in a package of its own; without the right to install it, the next line says so.
        done(Command::new("apt-get").arg("update")).ok();
        done(Command::new("apt-get").args(["install", "-y", "--no-install-recommends", "python3", "python3-venv"]))
            .ok();
        fs::remove_dir_all(&folder).ok();
        make()?;
    }
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", &format!("schemathesis=={VERSION}")];
    done(Command::new(folder.join("bin/python3")).args(pip))?;
    fs::write(complete, "").map_err(|error| error.to_string())?;
    Ok(program)
}

#[tokio::test]
async fn a_strict_fuzzer_finds_nothing() {
    let program = match schemathesis() {
        Ok(program) => program,
        Err(error) => {
            let needed = std::env::var_os("APPOS_SCHEMATHESIS").is_some_and(|value| value == "1");
            assert!(!needed, "schemathesis cannot be installed: {error}");
            eprintln!("NOT FUZZED: schemathesis cannot be installed: {error}");
            return;
        }
    };
    let start = prepared(&[]).await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let document = start.admin.get("/api/openapi.json").await.is(200);
    fs::write(folder.path().join("openapi.json"), document.body.to_string()).expect("a file");
    fs::write(folder.path().join("schemathesis.toml"), CONFIGURATION).expect("a file");
    let session = start.admin.session.clone().expect("a session");
    let mut command = Command::new(program);
    command.current_dir(folder.path()).args(["run", "openapi.json", "--checks", "all", "--phases", "fuzzing"]);
    command.args(["--max-examples", "5", "--seed", "2026", "--no-color", "--include-path-regex", PATHS]);
    // Its generator gives up on lists of one kind or another; each of these writes is sent alone.
    command.args(["--exclude-path-regex", "/bulk$"]);
    command.args(["--url", &start.platform.url, "--header", &format!("Cookie: {session}")]);
    let output = tokio::task::spawn_blocking(move || command.output()).await.expect("it ends").expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("Tested:"), "it has sent something: {text}");
    let (_, logs) = start.platform.stop();
    let panics = logs.0.iter().filter(|line| line.text("outcome") == "panicked").count();
    assert_eq!(panics, 0);
}
