//! Putting a call into the outbox.

use serde_json::Value as Json;
use uuid::Uuid;

use super::table::{self, Entry};
use crate::engine::{ObjectRef, resolve, run, try_arguments};
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::platform::secrets::{self, OUTBOX};
use crate::record::Store;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::{Ctx, new_execution_id};

/// Most bytes of the arguments of one call, as JSON.
const MAX_ARGUMENTS: usize = 1 << 20;

/// Calls the rule with this reference after the open transaction is committed, and never if it
/// is not; without a transaction it is certain to be called when this answers. Answers the
/// delivery's id.
///
/// The call is made by any program on the same database, as the caller of this, with the rights
/// the caller has by then; it is made again until it succeeds, and so may be made twice: the rule
/// finds the id in `ctx.delivery`, the same at every attempt. After `outbox.max_attempts`, or at
/// once when it is refused, it is put aside for a system administrator (`outbox_parked`).
///
/// The arguments are stored sealed with the platform's secret key, until the call is made; what
/// is longer-lived than the call is still better looked up by it than enqueued.
///
/// ```no_run
/// # use appos_runtime::{engine::ObjectRef, platform::enqueue, record::transaction, Result};
/// # async fn example() -> Result<()> {
/// transaction(async {
///     // .. writes ..
///     enqueue("crm.rules.notify", serde_json::json!({ "customer_id": 1 })).await
/// })
/// .await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// There is no such object (code `unknown_object`) or it is no rule (`not_callable`); the caller
/// may not use it now; the arguments do not fit its parameters, or are larger than 1 MiB
/// (`arguments_too_large`); or the row cannot be written.
#[cfg_attr(feature = "impact", deprecated(note = "platform.engine.enqueue"))]
pub async fn enqueue(target: impl Into<ObjectRef>, arguments: Json) -> Result<Uuid> {
    let target = target.into();
    let caller = Ctx::current().ok_or_else(|| {
        AppOsError::dispatch(format!("{target} was enqueued outside any execution")).code_is("no_context")
    })?;
    let object = resolve(&caller, &target)?;
    let enqueuing = run(Some(caller), object, (Permission::Use, "enqueue"), LoggedArguments::none(), move |ctx| {
        Box::pin(async move {
            let text = arguments.to_string();
            if text.len() > MAX_ARGUMENTS {
                let error = AppOsError::validation("the arguments of an enqueued call are larger than 1 MiB");
                return Err(error.code_is("arguments_too_large"));
            }
            try_arguments(object, arguments).await?;
            // The body that asked; a call from outside any body stands for itself.
            add(&ctx, object, &text, ctx.parent_id.unwrap_or(ctx.execution_id)).await
        })
    });
    enqueuing.await
}

/// Writes a call down, as the one in whose context this is.
pub(super) async fn add(ctx: &Ctx, object: &'static ObjectDescriptor, text: &str, parent_id: Uuid) -> Result<Uuid> {
    let scope = ctx.scope();
    let store = scope
        .engine
        .resource::<Store>()
        .ok_or_else(|| AppOsError::dispatch("this program runs without a database").code_is("no_database"))?;
    let delivery = new_execution_id(scope.unix_us(std::time::Instant::now()));
    let sealed = secrets::keys(ctx)?.seal(OUTBOX.of(&delivery.to_string()), text)?;
    let entry = Entry {
        delivery,
        object: object.reference,
        arguments: &sealed,
        language: &scope.language,
        user_id: scope.user.id,
        root_id: scope.root_id,
        parent_id,
        trace: scope.trace().map(|trace| trace.kept()),
    };
    table::add(store, &entry).await?;
    Ok(delivery)
}
