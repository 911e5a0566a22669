//! How the tests went: the schema of `--json`, documented in the command's page, and the words for people.

use serde::Serialize;

/// Version of the schema; grows when a field changes its meaning.
const FORMAT: u32 = 1;

/// How all went.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    format: u32,
    passed: usize,
    failed: usize,
    ignored: usize,
    /// Tests that the change does not reach.
    left_out: usize,
    seconds: f64,
    /// With `--changed`: what has changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<ChangedSince>,
    tests: Vec<TestResult>,
}

/// What has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ChangedSince {
    /// The commit.
    pub(crate) since: String,
    /// Objects that have changed, and code that is none.
    pub(crate) objects: Vec<String>,
    /// Packages all of whose tests are reached.
    pub(crate) whole: Vec<String>,
}

/// How one test went.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TestResult {
    /// Its package.
    pub(crate) package: String,
    /// Name of the library, program or test file in which it is.
    pub(crate) target: String,
    /// `lib`, `bin`, `test`, or `doc` for an example of the documentation.
    pub(crate) kind: String,
    /// Its name there.
    pub(crate) name: String,
    /// How it went.
    pub(crate) result: Outcome,
    /// How long it took; `null` for an example and for one that was not run.
    pub(crate) seconds: Option<f64>,
    /// What it printed, if it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) output: Option<String>,
}

/// How a test can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    Passed,
    Failed,
    Ignored,
}

impl TestResult {
    /// Where it is, for people.
    fn label(&self) -> String {
        match self.kind.as_str() {
            "test" => format!("{}::{} {}", self.package, self.target, self.name),
            "doc" => format!("{} (doc) {}", self.package, self.name),
            _ => format!("{} {}", self.package, self.name),
        }
    }

    /// A line as soon as it is done.
    pub(crate) fn line(&self) -> String {
        let word = match self.result {
            Outcome::Passed => "ok",
            Outcome::Failed => "FAILED",
            Outcome::Ignored => "ignored",
        };
        let time = self.seconds.map(|seconds| format!(" ({seconds:.2}s)")).unwrap_or_default();
        format!("test {} ... {word}{time}", self.label())
    }
}

impl Report {
    /// The report of these results.
    pub(crate) fn of(tests: Vec<TestResult>, (left_out, changed): (usize, Option<ChangedSince>), seconds: f64) -> Self {
        let count = |wanted: Outcome| tests.iter().filter(|test| test.result == wanted).count();
        Self {
            format: FORMAT,
            passed: count(Outcome::Passed),
            failed: count(Outcome::Failed),
            ignored: count(Outcome::Ignored),
            left_out,
            seconds: rounded(seconds),
            changed,
            tests,
        }
    }

    /// True if no test has failed.
    pub(crate) fn is_good(&self) -> bool {
        self.failed == 0
    }

    /// What failed and why, and the numbers.
    pub(crate) fn text(&self) -> String {
        let failed = self.tests.iter().filter(|test| test.result == Outcome::Failed);
        let failed: Vec<String> = failed
            .map(|test| format!("---- {} ----\n{}\n\n", test.label(), test.output.as_deref().unwrap_or_default()))
            .collect();
        let mut parts = vec![format!("{} passed", self.passed), format!("{} failed", self.failed)];
        for (number, word) in [(self.ignored, "ignored"), (self.left_out, "not reached by the change")] {
            if number > 0 {
                parts.push(format!("{number} {word}"));
            }
        }
        format!("\n{}{} in {:.1}s\n", failed.concat(), parts.join(", "), self.seconds)
    }
}

/// Milliseconds are enough.
pub(super) fn rounded(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}
