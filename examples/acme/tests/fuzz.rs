//! A strict fuzzer reads the OpenAPI document and sends what it allows and what it forbids: no
//! answer may be a 5xx, an undocumented status, or of another form than the document says.
//!
//! The fuzzer is schemathesis (<https://schemathesis.io>), installed from PyPI into the build
//! folder the first time. Where PyPI cannot be reached nothing is fuzzed, and the test says so;
//! with `APPOS_SCHEMATHESIS=1` it fails then. `APPOS_FUZZ=300` fuzzes everything there is, with so
//! many examples of each operation: an hour or more.

mod support;

use std::fs;
use std::process::Command;

use support::{PASSWORD, Prepared, prepared, pypi};

const VERSION: &str = "4.32.5";

/// What the fuzzer is told; `SECRET` is the secret of a session.
const CONFIGURATION: &str = r#"
hooks = "hooks.py"

[auth.openapi.session]
api_key = "SECRET"

# A run that was never let in, or could not read the document, has shown nothing.
[warnings]
fail-on = ["missing_auth", "unused_openapi_auth", "unsupported_regex", "missing_deserializer",
           "unresolvable_reference", "method_not_allowed"]

# What a document cannot say: whether a row is there that is referred to (422), that is about to
# be changed (404), and which version it has (409, 428); how often a sign-in has failed (429).
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", 401, 403, 404, 409, 422, 428, 429, "5xx"]

# The links of the document are followed. Those that the fuzzer guesses beside them make it give up
# on values for `bulk`.
[phases.stateful.inference]
algorithms = []
"#;

/// Hundreds of filters, each tried with every value that is wrong: minutes for each list. The other
/// phases send lists filters, too.
const NO_LISTS: &str = r#"
[[operations]]
include-path-regex = "/v1/[a-z_]+(/export)?$"
include-method = "GET"
phases.coverage.enabled = false
"#;

/// Where a request that breaks the document is rightly not refused as a whole.
const HOOKS: &str = r#""""What the fuzzer is not to send."""

import schemathesis


@schemathesis.hook
def filter_case(context, case):
    body = case.meta.components.get("body") if case.meta else None
    if body is None or not body.mode.is_negative:
        return True
    if case.path.endswith("/bulk") and isinstance(case.body, dict):
        # Not atomic: a write that is wrong is refused among its results, not the request.
        return case.body.get("atomic") is not False
    return True
"#;

/// One of each kind: what the rest is made of is the same code. In two parts beside each other: a fuzzer
/// is busy with one processor. Each needs a record, or it would have no link to follow.
const PATHS: [&str; 2] = [
    "^/api/crm/v1/(customers|rules/big_spenders)",
    "^/(auth/(invitation|login|me|password|reset|setup)|health|api/openapi.json|api/crm/v1/activities/.id|\
     api/platform/v1/(memberships|rules/(set_password|why)))",
];

/// Runs the fuzzer in the name of a session.
async fn fuzz(start: &Prepared, session: &str, (phases, paths): (&str, &[&str]), examples: Option<u32>) {
    let Some(programs) = pypi::programs("APPOS_SCHEMATHESIS", "schemathesis", &[&format!("schemathesis=={VERSION}")])
    else {
        return;
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let document = start.admin.get("/api/openapi.json").await.is(200);
    let (_, secret) = session.split_once('=').expect("a cookie");
    let lists = if examples.is_some() { "" } else { NO_LISTS };
    let configuration = CONFIGURATION.replace("SECRET", secret) + lists;
    for (name, text) in [
        ("openapi.json", document.body.to_string().as_str()),
        ("schemathesis.toml", &configuration),
        ("hooks.py", HOOKS),
    ] {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let mut command = Command::new(programs.join("schemathesis"));
    command.current_dir(folder.path()).args(["run", "openapi.json", "--checks", "all", "--url", &start.platform.url]);
    // As a page of the platform: what other pages get is tested elsewhere.
    command.args(["--header", &format!("Origin: {}", start.platform.url)]);
    command.args(["--phases", phases, "--seed", "2026", "--no-color"]);
    command.args(["--continue-on-failure", "--max-examples", &examples.unwrap_or(5).to_string()]).args(paths);
    let output = tokio::task::spawn_blocking(move || command.output()).await.expect("it ends").expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("Tested:"), "it has sent something: {text}");
}

#[tokio::test]
async fn a_strict_fuzzer_finds_nothing() {
    let start = prepared(&[]).await;
    let examples = std::env::var("APPOS_FUZZ").ok().map(|number| number.parse().expect("a number of examples"));
    let session = start.admin.session.clone().expect("a session");
    let phases = "examples,coverage,fuzzing,stateful";
    if examples.is_some() {
        fuzz(&start, &session, (phases, &["--exclude-path", "/auth/logout"]), examples).await;
    } else {
        let parts = PATHS.map(|paths| ["--include-path-regex", paths]);
        let [one, other] = parts.each_ref().map(|part| fuzz(&start, &session, (phases, part), None));
        tokio::join!(one, other);
    }
    start.admin.get("/auth/me").await.is(200);
    // Its first request ends the session, so it has one of its own.
    let mut other = start.platform.client();
    other.sign_in("sales@acme.example", PASSWORD).await.is(200);
    let session = other.session.clone().expect("a session");
    fuzz(&start, &session, ("coverage,fuzzing", &["--include-path", "/auth/logout"]), examples).await;
    let (_, logs) = start.platform.stop();
    let panics = logs.0.iter().filter(|line| line.text("outcome") == "panicked").count();
    assert_eq!(panics, 0);
}
