//! One instance, and whether whoever asks may do what is asked of it.

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use serde::Serialize;
use uuid::Uuid;

use crate::engine;
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::platform::rules::resource;
use crate::process::run::Branch;
use crate::process::start::Instance;
use crate::process::table::{INSTANCES, InstanceState, Shelf};
use crate::record::{Store, database_fault, instance_changed};
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;

/// An instance that is there.
pub(in super::super) struct Found {
    pub(super) id: Uuid,
    pub(super) process: &'static ObjectDescriptor,
    pub(super) state: InstanceState,
    pub(super) user_id: i64,
    pub(super) shelf: Shelf,
}

/// That there is no such instance, or that whoever asks is not to know of it.
pub(super) fn unknown(id: Uuid) -> AppOsError {
    AppOsError::dispatch(format!("there is no instance {id}")).code_is("unknown_instance")
}

/// That an instance can only be looked at.
pub(super) fn archived() -> AppOsError {
    let error = "the instance is in the archive: it can be looked at, and no longer be changed";
    AppOsError::validation(error).code_is("instance_archived")
}

async fn find(ctx: &Ctx, id: Uuid) -> Result<Found> {
    let mut found = None;
    for shelf in Shelf::BOTH {
        let mut select = Query::select();
        select.columns(["within", "state", "user_id"]).from(shelf.of(INSTANCES));
        select.and_where(Expr::col("id").eq(id.to_string()));
        if let Some(row) = resource::<Store>(ctx)?.rows(&select).await?.into_iter().next() {
            found = Some((row, shelf));
            break;
        }
    }
    let (row, shelf) = found.ok_or_else(|| unknown(id))?;
    let text = |place| row.try_get_by_index::<String>(place).map_err(database_fault);
    Ok(Found {
        id,
        process: ctx.scope().engine.registry.find(&text(0)?).ok_or_else(|| unknown(id))?,
        state: InstanceState::named(&text(1)?).ok_or_else(|| AppOsError::execution("an unknown state"))?,
        user_id: row.try_get_by_index(2).map_err(database_fault)?,
        shelf,
    })
}

/// The instance with this id, if it is one of this process.
///
/// # Errors
/// There is none (code `unknown_instance`).
pub(crate) async fn instance_of(process: &'static ObjectDescriptor, id: Uuid) -> Result<Instance> {
    let caller = Ctx::current().ok_or_else(|| AppOsError::dispatch("no execution").code_is("no_context"))?;
    let found = find(&caller, id).await?;
    if found.process.reference == process.reference { Ok(Instance { id }) } else { Err(unknown(id)) }
}

/// What whoever has started an instance may do with it for as long as he may use the process. Others need the
/// permission that is asked for.
const OF_STARTER: [&str; 3] = ["show", "answer", "cancel"];

/// Does something with an instance, as a dispatch of its process.
pub(in super::super) async fn with<T, F>(
    instance: Instance,
    (permission, operation): (Permission, &'static str),
    logged: LoggedArguments,
    body: impl FnOnce(Ctx, Found) -> F + Send,
) -> Result<T>
where
    T: Serialize + Send,
    F: Future<Output = Result<T>> + Send,
{
    if Branch::current(operation).is_ok() {
        let error = "the body of a process runs again whenever it goes on: tell and ask other instances in a step";
        return Err(AppOsError::dispatch(error).code_is("outside_step"));
    }
    let caller = Ctx::current().ok_or_else(|| AppOsError::dispatch("no execution").code_is("no_context"))?;
    let found = find(&caller, instance.id).await?;
    let rights = caller.scope().fresh_rights().await?;
    let may_view = rights.answer(found.process, Permission::View).allows();
    // Strangers have one number, and are not one person.
    let is_own = found.user_id == caller.scope().user.id && found.user_id != 0;
    let may_use = rights.answer(found.process, Permission::Use).allows();
    let is_starters = is_own && may_use;
    let needed = if is_starters && OF_STARTER.contains(&operation) { Permission::Use } else { permission };
    let knows_of_it = may_view || is_starters;
    if !knows_of_it && !rights.answer(found.process, needed).allows() {
        // The refusal is in the log; whoever asks does not learn whether there is one.
        let refused = engine::run(Some(caller), found.process, (needed, operation), logged, |_| async { Ok(()) });
        drop(refused.await);
        return Err(unknown(instance.id));
    }
    let process = found.process;
    let is_refused = found.shelf == Shelf::Archive && permission != Permission::View;
    let answer = engine::run(Some(caller.clone()), process, (needed, operation), logged, |ctx| async move {
        if is_refused { Err(archived()) } else { body(ctx, found).await }
    });
    let answer = answer.await?;
    if permission != Permission::View {
        instance_changed(resource::<Store>(&caller)?, process);
    }
    Ok(answer)
}
