//! The cases that stand beside a rule.

use std::fmt::Debug;
use std::panic::resume_unwind;

use super::outcome::shown;
use super::run::on_platform;
use crate::error::Result;

/// What a case says of the answer.
#[derive(Debug)]
pub enum Expected<T> {
    /// This value.
    Value(T),
    /// An error with this code, or with this text in its message.
    Error(&'static str),
}

/// Calls a rule once, on a platform of its own, and compares.
///
/// # Panics
/// The answer is another one.
#[track_caller]
pub fn run_case<T, C, F, E>(case: &str, call: C, expected: E)
where
    T: PartialEq + Debug,
    C: FnOnce() -> F,
    F: Future<Output = Result<T>>,
    E: FnOnce() -> Expected<T>,
{
    match on_platform(|_| async { (call().await, expected()) }) {
        Ok(Ok((answer, expected))) => compare(case, &answer, &expected),
        Ok(Err(panic)) => resume_unwind(panic),
        Err(error) => panic!("the platform of `{case}` cannot be used: {}", shown(&error)),
    }
}

#[track_caller]
fn compare<T: PartialEq + Debug>(case: &str, answer: &Result<T>, expected: &Expected<T>) {
    let fits = match (answer, expected) {
        (Ok(answer), Expected::Value(value)) => answer == value,
        (Err(error), Expected::Error(text)) => error.code() == *text || error.to_string().contains(text),
        _ => false,
    };
    let wanted = match expected {
        Expected::Value(value) => format!("{value:?}"),
        Expected::Error(text) => format!("an error with the code or the text `{text}`"),
    };
    let got = match answer {
        Ok(answer) => format!("{answer:?}"),
        Err(error) => format!("the error {}", shown(error)),
    };
    assert!(fits, "the case `{case}` does not hold\n  wanted: {wanted}\n     got: {got}");
}
