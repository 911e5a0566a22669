//! A process that starts with a row of a record: the write puts its start into the outbox.

use std::pin::Pin;

use serde_json::{Map, Value as Json};

use super::enqueue::add;
use crate::engine::run;
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::model::Row;
use crate::registry::{ObjectDescriptor, ObjectDetail, ProcessDescriptor};
use crate::security::Permission;
use crate::state::Ctx;

/// Beside the arguments of a start: that it is one as the account which the process names. No parameter is called so.
const RUN_AS: &str = "$run_as";

/// Has a process start with the id of a row once the write is committed, and never if it is not: as whoever writes, or
/// as the service account that the process names.
///
/// # Errors
/// Whoever writes may not `use` the process, and it names no account; or the row of the outbox cannot be written.
pub fn enqueue_start(
    process: &'static ObjectDescriptor,
    row: &Row,
) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'static>> {
    let (parameters, run_as) = match process.detail {
        ObjectDetail::Process(process) => (process.parameters, process.run_as),
        _ => (&[][..], None),
    };
    let id = Json::from(row.system.id);
    let mut arguments: Map<String, Json> =
        parameters.first().map(|parameter| (parameter.name.to_owned(), id)).into_iter().collect();
    Box::pin(async move {
        let caller = Ctx::current().ok_or_else(|| {
            let error = format!("{} was to start outside any execution", process.reference);
            AppOsError::dispatch(error).code_is("no_context")
        })?;
        if run_as.is_some() {
            // Whether the account may is asked when it starts: who writes the row need not.
            arguments.insert(RUN_AS.to_owned(), true.into());
            let text = Json::Object(arguments).to_string();
            return add(&caller, process, &text, caller.execution_id).await.map(drop);
        }
        let text = Json::Object(arguments).to_string();
        let logged = LoggedArguments::none();
        let enqueuing = run(Some(caller), process, (Permission::Use, "enqueue"), logged, move |ctx| {
            Box::pin(async move { add(&ctx, process, &text, ctx.parent_id.unwrap_or(ctx.execution_id)).await })
        });
        enqueuing.await.map(drop)
    })
}

/// What a start was asked with, and the account as which it is made, if not as whoever wrote the row.
pub(super) fn read(process: &ProcessDescriptor, arguments: Json) -> (Json, Option<&'static str>) {
    let Json::Object(mut arguments) = arguments else { return (arguments, None) };
    let run_as = arguments.remove(RUN_AS).and(process.run_as);
    (arguments.into(), run_as)
}
