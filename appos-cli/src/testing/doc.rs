//! Examples of the documentation, which only rustdoc can build: cargo runs them, package by package.

use std::fs;
use std::process::Stdio;

use super::arguments::Passed;
use super::report::{Outcome, TestResult};
use super::sections::{output_of, results};
use super::workspace::{Package, Workspace};
use crate::project::{cargo, fingerprint::rust_files};
use crate::terminal::Failure;

/// Runs the examples of some packages.
///
/// # Errors
/// Cargo cannot be started.
pub(crate) fn run_examples(
    workspace: &Workspace,
    packages: &[&Package],
    passed: &Passed,
    told: &dyn Fn(&TestResult),
) -> Result<Vec<TestResult>, Failure> {
    let mut all = Vec::new();
    for package in packages.iter().filter(|package| package.has_documentation && may_have_examples(package)) {
        let mut command = cargo();
        command.args(["test", "--doc", "--package", &package.name]).arg("--manifest-path");
        command.arg(workspace.root.join("Cargo.toml")).arg("--").args(passed.for_all());
        let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
        let output = output.map_err(|error| Failure::work(format!("cargo cannot be started: {error}"), ""))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let found = results(&text);
        let result = |name: &str, result: Outcome, output: Option<String>| TestResult {
            package: package.name.clone(),
            target: package.name.replace('-', "_"),
            kind: "doc".to_owned(),
            name: name.to_owned(),
            result,
            seconds: None,
            output,
        };
        let mut own: Vec<TestResult> = found
            .iter()
            .map(|(name, word)| match word.as_str() {
                "ok" => result(name, Outcome::Passed, None),
                "ignored" => result(name, Outcome::Ignored, None),
                _ => result(name, Outcome::Failed, Some(output_of(name, &text).unwrap_or_default().to_owned())),
            })
            .collect();
        if !output.status.success() && own.iter().all(|test| test.result != Outcome::Failed) {
            own.push(result("examples", Outcome::Failed, Some(text.trim().to_owned())));
        }
        own.iter().for_each(told);
        all.extend(own);
    }
    Ok(all)
}

/// To ask rustdoc takes seconds: a package in whose source no example begins is not asked.
fn may_have_examples(package: &Package) -> bool {
    let holds = |text: String| text.contains("```") || text.contains("include_str!");
    rust_files(&package.folder.join("src")).iter().any(|file| fs::read_to_string(file).is_ok_and(holds))
}
