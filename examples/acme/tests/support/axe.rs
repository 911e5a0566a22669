//! The checker of accessibility, in a browser.

use std::path::Path;
use std::process::Command;

use fantoccini::Client;
use serde_json::{Value as Json, json};

/// One file of it is used. Under the MPL-2.0, and in no program of ours.
const AXE: &str = "axe-core@4.14.1";

/// Its script, installed once beside what cargo builds.
pub fn script() -> String {
    let tools = Path::new(env!("CARGO_TARGET_TMPDIR")).join("axe");
    let script = tools.join("node_modules/axe-core/axe.min.js");
    if !script.is_file() {
        let npm = Command::new("npm")
            .args(["install", "--no-save", "--ignore-scripts", "--prefix"])
            .arg(&tools)
            .arg(AXE)
            .output();
        let npm = npm.expect("npm, which installs axe; on Debian: apt-get install npm");
        assert!(npm.status.success(), "{}", String::from_utf8_lossy(&npm.stderr));
    }
    std::fs::read_to_string(script).expect("the script")
}

/// What it finds on the page that is open, one line for each element; by some of its rules alone, if any are named.
pub async fn found(client: &Client, axe: &str, rules: &[&str]) -> Vec<Json> {
    let run = "const [rules, done] = arguments;
        const options = rules.length ? { runOnly: { type: 'rule', values: rules } } : {};
        axe.run(document, { ...options, resultTypes: ['violations'], preload: false }).then(found => done(found.violations.flatMap(
            rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`))),
            error => done([String(error)]));";
    client.execute(&format!("if (!window.axe) {{ {axe} }}"), Vec::new()).await.expect("axe is there");
    let found = client.execute_async(run, vec![json!(rules)]).await.expect("axe answers");
    found.as_array().expect("a list").clone()
}
