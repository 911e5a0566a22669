//! The dispatch of a record. What keeps the database of a connected system from answering is no failure of the
//! platform: it is told as that of any system outside.

use std::future::Future;

use futures_util::TryFutureExt;
use serde::Serialize;

use crate::engine;
use crate::error::{AppOsError, ErrorKind, Result};
use crate::journal::LoggedArguments;
use crate::model::record_of;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;

/// The code of an error of a system outside that does not answer.
pub(super) const SYSTEM_UNAVAILABLE: &str = "connected_system_unavailable";

/// Calls a body as the record: the only way by which anything reaches its rows.
pub(super) fn run<T, B, F>(
    caller: Option<Ctx>,
    object: &'static ObjectDescriptor,
    what: (Permission, &'static str),
    arguments: LoggedArguments,
    body: B,
) -> impl Future<Output = Result<T>> + Send
where
    T: Serialize + Send,
    B: FnOnce(Ctx) -> F + Send,
    F: Future<Output = Result<T>> + Send,
{
    engine::run(caller, object, what, arguments, move |ctx| {
        body(ctx).map_err(move |error| match record_of(object).connected_system {
            Some(system) => outside(system, error),
            None => error,
        })
    })
}

/// An error as that of a connected system, if it is one.
fn outside(system: &'static str, error: AppOsError) -> AppOsError {
    let text = match (error.kind(), error.code()) {
        (ErrorKind::Dispatch, "database_unavailable") => "is not available right now",
        (ErrorKind::Dispatch, "schema_mismatch") => "does not fit its records; the log says how",
        (ErrorKind::Dispatch, "storage_full") => "has no room left on its disk",
        (ErrorKind::Execution, "database_failed") => "failed",
        _ => return error,
    };
    AppOsError::integration(format!("the database of {system} {text}")).code_is(SYSTEM_UNAVAILABLE).caused_by(error)
}
