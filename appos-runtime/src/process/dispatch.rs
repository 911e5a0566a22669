//! The bodies of processes and steps: both run through dispatch, with the rights of whoever started the process.

use serde::Serialize;

use crate::engine;
use crate::error::Result;
use crate::journal::LoggedArguments;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;

/// Runs the body of a process.
pub(crate) fn run_process<T, B, F>(
    object: &'static ObjectDescriptor,
    arguments: LoggedArguments,
    body: B,
) -> impl Future<Output = Result<T>> + Send
where
    T: Serialize + Send,
    B: FnOnce(Ctx) -> F + Send,
    F: Future<Output = Result<T>> + Send,
{
    engine::run(Ctx::current(), object, (Permission::Use, "run"), arguments, body)
}

/// Runs the body of a step.
pub(crate) fn run_step<T, B, F>(
    object: &'static ObjectDescriptor,
    arguments: LoggedArguments,
    body: B,
) -> impl Future<Output = Result<T>> + Send
where
    T: Serialize + Send,
    B: FnOnce(Ctx) -> F + Send,
    F: Future<Output = Result<T>> + Send,
{
    engine::run(Ctx::current(), object, (Permission::Use, "run"), arguments, body)
}
