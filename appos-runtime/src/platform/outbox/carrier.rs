//! Deliveries to connected systems: no calls of rules, and made by a room above this one.

use std::pin::Pin;

use serde_json::Value as Json;
use uuid::Uuid;

use super::enqueue::add;
use crate::engine::run;
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;

/// Makes a delivery to a connected system, in the scope of whoever caused it. It dispatches the system, so that his
/// rights are asked for again.
#[derive(Clone, Copy)]
pub(crate) struct Carrier(pub(crate) fn(&'static ObjectDescriptor, Json) -> Carrying);

/// A delivery that is being made.
pub(crate) type Carrying = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// Leaves something for a connected system in the outbox, as the caller, who has to have the right to use it.
///
/// # Errors
/// The caller may not use the system, or the row cannot be written.
pub(crate) async fn enqueue_for(system: &'static ObjectDescriptor, arguments: String) -> Result<Uuid> {
    let caller = Ctx::current().ok_or_else(|| {
        AppOsError::dispatch(format!("{} was used outside any execution", system.reference)).code_is("no_context")
    })?;
    let logged = LoggedArguments::none();
    let enqueuing = run(Some(caller), system, (Permission::Use, "enqueue"), logged, move |ctx| {
        Box::pin(async move { add(&ctx, system, &arguments, ctx.parent_id.unwrap_or(ctx.execution_id)).await })
    });
    enqueuing.await
}
