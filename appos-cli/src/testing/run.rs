//! Runs tests, each in a process of its own: it is timed and told by itself, and one that ends its process ends no
//! other. Those of a program run beside each other, one program after the other, as with cargo.

use std::process::{Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use super::arguments::Passed;
use super::build::Program;
use super::list::{Listed, Test};
use super::report::{Outcome, TestResult, rounded};
use super::sections::output_of;

/// Runs the tests of a program; each result is told as soon as it is there. Sorted as the program lists them.
pub(crate) fn run(listed: &Listed, passed: &Passed, told: &(dyn Fn(&TestResult) + Sync)) -> Vec<TestResult> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, TestResult)>> = Mutex::default();
    let threads = passed.threads().min(listed.tests.len());
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(test) = listed.tests.get(place) else { return };
                    let result = run_one(listed, test, passed);
                    // Told under the lock, so that lines stay whole.
                    let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
                    told(&result);
                    results.push((place, result));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}

fn run_one(listed: &Listed, test: &Test, passed: &Passed) -> TestResult {
    let program = &listed.program;
    if test.is_ignored && !passed.runs_ignored() {
        return result(program, test, Outcome::Ignored, None, None);
    }
    let mut command = program.command();
    command.args(if listed.is_divisible { passed.for_one(&test.name) } else { passed.for_all() });
    if passed.is_loud {
        command.stdout(Stdio::inherit()).stderr(Stdio::inherit());
    }
    let begun = Instant::now();
    let output = command.output();
    let seconds = Some(rounded(begun.elapsed().as_secs_f64()));
    match output {
        Ok(output) if output.status.success() => result(program, test, Outcome::Passed, seconds, None),
        Ok(output) => result(program, test, Outcome::Failed, seconds, Some(printed(test, &output))),
        Err(error) => result(program, test, Outcome::Failed, seconds, Some(format!("it cannot be started: {error}"))),
    }
}

/// What the test has printed; all there is, if its process did not come to its end.
fn printed(test: &Test, output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let mut own = match output_of(&test.name, &out) {
        Some(section) => section.to_owned(),
        None => format!("{}\n{}", out.trim(), output.status),
    };
    if !err.trim().is_empty() {
        own.push('\n');
        own.push_str(err.trim_end());
    }
    own
}

fn result(program: &Program, test: &Test, result: Outcome, seconds: Option<f64>, output: Option<String>) -> TestResult {
    TestResult {
        package: program.package.name.clone(),
        target: program.target.clone(),
        kind: program.kind.clone(),
        name: test.name.clone(),
        result,
        seconds,
        output,
    }
}
