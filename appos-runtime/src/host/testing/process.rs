//! Processes in a test: time that passes at once, steps that are faked or fail, and what has happened.

use std::panic::Location;

use serde::Serialize;

use super::super::start::system_scope;
use super::of_test;
use crate::error::Result;
use crate::process::{Fakes, Instance, StepObject, show};
use crate::record::Store;

/// Waits until no instance of a process runs or is due: each has ended, or waits for a moment, for somebody, or for
/// something that it is to be told. With [`advance`](super::advance) what waits for months is due at once.
///
/// # Panics
/// Outside of a test, or if the database cannot be read.
#[track_caller]
pub fn processes_idle() -> impl Future<Output = ()> {
    let ctx = of_test("processes_idle");
    let place = Location::caller();
    async move {
        let engine = &ctx.scope().engine;
        let done = match engine.resource::<Store>() {
            Some(store) => crate::process::idle(store).await,
            None => Ok(()),
        };
        if let Err(error) = done {
            panic!("`processes_idle` at {place}: {error}");
        }
    }
}

/// From now on a step answers this, and its body is not run: `fake_step::<steps::send_mail>(())`.
///
/// # Panics
/// Outside of a test; if the answer cannot be written as JSON.
#[track_caller]
pub fn fake_step<S: StepObject>(answer: impl Serialize) {
    let ctx = of_test("fake_step");
    let answer = match serde_json::to_value(answer) {
        Ok(answer) => answer,
        Err(error) => panic!("`fake_step`: {error}"),
    };
    if let Some(fakes) = ctx.scope().engine.resource::<Fakes>() {
        fakes.answers(S::object(), answer);
    }
}

/// Has one of the next tries of a step fail before its body is run; the next one is 1:
/// `fail_step::<steps::send_mail>(2)`.
///
/// # Panics
/// Outside of a test.
#[track_caller]
pub fn fail_step<S: StepObject>(number: u32) {
    let ctx = of_test("fail_step");
    if let Some(fakes) = ctx.scope().engine.resource::<Fakes>() {
        fakes.fails_at(S::object(), number);
    }
}

/// What has happened to an instance, a line for each step, wait and variable in the order of the program's text:
/// `create_account: completed`.
///
/// # Panics
/// Outside of a test; if there is no such instance.
#[track_caller]
pub fn history(instance: Instance) -> impl Future<Output = Vec<String>> {
    let ctx = of_test("history");
    let place = Location::caller();
    async move {
        let seen: Result<_> = async {
            let scope = system_scope(&ctx.scope().engine).await?;
            scope.run(show(instance.id)).await
        }
        .await;
        match seen {
            Ok(seen) => seen
                .history
                .iter()
                .map(|entry| {
                    let name = entry.name.rsplit('.').next().unwrap_or_default();
                    format!("{name}: {}", entry.state)
                })
                .collect(),
            Err(error) => panic!("`history` at {place}: {error}"),
        }
    }
}
