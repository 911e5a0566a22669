//! The bodies of processes and steps: both run through dispatch, with the rights of whoever started the process.

use std::sync::Arc;

use serde::Serialize;

use super::inside::Inside;
use super::run::{Branch, drive, finish};
use super::step::stopped;
use super::worker::current_run;
use crate::engine;
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;

/// Runs the body of a process as far as it goes.
///
/// # Errors
/// That of the body; nobody but a worker may run it (code `no_process`); or the body waits for something (code
/// `suspended`), and is run again when that has come.
pub(crate) async fn run_process<T, B, F>(
    object: &'static ObjectDescriptor,
    arguments: LoggedArguments,
    body: B,
) -> Result<T>
where
    T: Serialize + Send,
    B: FnOnce(Ctx) -> F + Send,
    F: Future<Output = Result<T>> + Send,
{
    let (Some(run), Some(caller)) = (current_run(), Ctx::current()) else {
        return Err(outside(object, "a worker runs it: start it with `.start()`"));
    };
    let judged = (caller, run.process);
    let answer = engine::run_within(judged, object, (Permission::Use, "run"), arguments, |ctx: Ctx| {
        let branch = Branch::of_body(Arc::clone(&run));
        let body = branch.run(body(ctx));
        async move {
            let driven = drive(&run, body).await;
            finish(&run, driven).await
        }
    });
    let waits = || AppOsError::execution("the process waits").code_is("suspended");
    answer.await?.ok_or_else(waits)
}

/// Runs the body of a step.
///
/// # Errors
/// That of the body; or it is called by something else than its process (code `no_process`).
pub(crate) async fn run_step<T, B, F>(
    object: &'static ObjectDescriptor,
    arguments: LoggedArguments,
    body: B,
) -> Result<T>
where
    T: Serialize + Send,
    B: FnOnce(Ctx) -> F + Send,
    F: Future<Output = Result<T>> + Send,
{
    let (Some(inside), Some(caller)) = (Inside::current(), Ctx::current()) else {
        return Err(outside(object, "its process runs it: write `step(..)`"));
    };
    let judged = (caller, inside.run.process);
    let answer = engine::run_within(judged, object, (Permission::Use, "run"), arguments, |ctx: Ctx| {
        inside.began(ctx.execution_id);
        let run = Arc::clone(&inside.run);
        async move {
            // A program that was stopped while it asked for the rights may be late: by now another one may do it.
            if run.work.holds(&run) { body(ctx).await } else { stopped().await }
        }
    });
    let answer = answer.await?;
    inside.answered(&answer);
    Ok(answer)
}

fn outside(object: &ObjectDescriptor, help: &str) -> AppOsError {
    AppOsError::dispatch(format!("{} is not called by itself; {help}", object.reference)).code_is("no_process")
}
