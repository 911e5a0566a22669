//! What is asked of an instance that it does not ask for itself.

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use serde::Serialize;
use serde_json::Value as Json;
use uuid::Uuid;

use super::found::{Found, with};
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::platform::rules::resource;
use crate::process::entry::{EntryKind, EntryState};
use crate::process::start::Instance;
use crate::process::table::{self, ChangeAsked, ENTRIES, INSTANCES, InstanceState, Shelf, TASKS, TaskState};
use crate::record::{Store, database_fault, transaction};
use crate::security::Permission;
use crate::state::Ctx;
use crate::vault::SecretKeys;

/// Most bytes of what a signal brings, as JSON.
const MAX_PAYLOAD: usize = 1 << 20;
/// Longest name of a signal.
const LONGEST_NAME: usize = 100;

impl Instance {
    /// Tells an instance something: its `wait_for` with this name gets it, now or when it comes by.
    ///
    /// # Errors
    /// The caller may not `use` the process; there is no such instance (code `unknown_instance`) or it has ended
    /// (`instance_ended`); the name is no name, or what it brings is larger than 1 MiB; in the body of a process
    /// (`outside_step`).
    pub async fn signal(self, name: &str, payload: impl Serialize) -> Result<()> {
        let payload = serde_json::to_value(payload)?;
        Box::pin(signal(self, name.to_owned(), payload)).await
    }

    /// Has an instance end: what it does is given up, what it has done is undone where its steps say how.
    ///
    /// # Errors
    /// The caller has not started it, or may no longer `use` the process, and may not `admin` it; there is no such
    /// instance, or it has ended; in the body of a process.
    pub async fn cancel(self) -> Result<()> {
        let asked = with(self, (Permission::Admin, "cancel"), logged(self.id), |ctx, found| async move {
            let store = resource::<Store>(&ctx)?;
            if found.state == InstanceState::Parked {
                // It is taken up again to be undone.
                return revive(store, found.id, Some(ctx.scope().user.id)).await;
            }
            running(&found)?;
            let mut update = table::ask(&ChangeAsked::Cancel { by: ctx.scope().user.id });
            update.and_where(Expr::col("id").eq(found.id.to_string()));
            let is_asked = store.begin_process(&update).await?;
            // It may run here.
            store.bells().ask();
            if is_asked { Ok(()) } else { Err(ended(&found)) }
        });
        Box::pin(asked).await
    }

    /// Has an instance go on that has failed: from the steps that have failed, with all their tries.
    ///
    /// # Errors
    /// The caller may not `admin` the process; there is no such instance; it has not failed (code `not_failed`); or
    /// it has been undone already (`compensated`).
    pub async fn retry(self) -> Result<()> {
        Box::pin(with(self, (Permission::Admin, "retry"), logged(self.id), |ctx, found| async move {
            let was = [InstanceState::Failed, InstanceState::Parked];
            if !was.contains(&found.state) {
                return Err(AppOsError::validation("the instance has not failed").code_is("not_failed"));
            }
            transaction(async { retry(&ctx, found.id).await }).await
        }))
        .await
    }

    /// Has an instance go on that was put aside, once what was wrong is put right.
    ///
    /// # Errors
    /// The caller may not `admin` the process; there is no such instance; or it was not put aside (code
    /// `not_parked`).
    pub async fn resume(self) -> Result<()> {
        Box::pin(with(self, (Permission::Admin, "resume"), logged(self.id), |ctx, found| async move {
            if found.state != InstanceState::Parked {
                return Err(AppOsError::validation("the instance was not put aside").code_is("not_parked"));
            }
            revive(resource::<Store>(&ctx)?, found.id, None).await
        }))
        .await
    }
}

fn logged(id: Uuid) -> LoggedArguments {
    LoggedArguments::begin().argument("instance", &id).finish()
}

fn running(found: &Found) -> Result<()> {
    if found.state == InstanceState::Running { Ok(()) } else { Err(ended(found)) }
}

fn ended(found: &Found) -> AppOsError {
    let error = match found.state {
        InstanceState::Parked => "the instance was put aside".to_owned(),
        state => format!("the instance has ended: it is {}", state.as_str()),
    };
    AppOsError::validation(error).code_is("instance_ended")
}

async fn signal(instance: Instance, name: String, payload: Json) -> Result<()> {
    // Names of the platform's own begin so.
    if name.is_empty() || name.len() > LONGEST_NAME || name.starts_with('$') || name.contains(char::is_control) {
        let error = format!(
            "the name of a signal has 1 to {LONGEST_NAME} bytes without control characters, and does not begin with `$`"
        );
        return Err(AppOsError::validation(error).code_is("invalid_signal"));
    }
    let payload = payload.to_string();
    if payload.len() > MAX_PAYLOAD {
        let error = AppOsError::validation("what a signal brings is larger than 1 MiB");
        return Err(error.code_is("arguments_too_large"));
    }
    let logged = LoggedArguments::begin().argument("instance", &instance.id).argument("signal", &name).finish();
    let asked = with(instance, (Permission::Use, "signal"), logged, |ctx, found| async move {
        running(&found)?;
        let (store, keys) = (resource::<Store>(&ctx)?, resource::<SecretKeys>(&ctx)?);
        let sent = (store.now().timestamp_millis(), ctx.scope().user.id);
        let insert = table::signal(Uuid::now_v7().to_string(), (found.id, &name, &payload), sent, keys)?;
        transaction(async {
            // First the instance: it cannot end between the two.
            let mut wake = table::ask(&ChangeAsked::Wake);
            wake.and_where(Expr::col("id").eq(found.id.to_string()));
            if !store.begin_process(&wake).await? {
                return Err(ended(&found));
            }
            store.execute(&insert).await
        })
        .await
    });
    asked.await
}

/// Gives the steps that have failed all their tries again, and the processes that it waited for and that have failed.
async fn retry(ctx: &Ctx, id: Uuid) -> Result<()> {
    let store = resource::<Store>(ctx)?;
    let mut undone = Query::select();
    undone.column("place").from(ENTRIES).and_where(Expr::col("instance").eq(id.to_string()));
    undone.and_where(Expr::col("kind").eq(EntryKind::Compensation.as_str())).limit(1);
    if !store.rows(&undone).await?.is_empty() {
        let error = "what the instance had done was undone when it failed: start the process again";
        return Err(AppOsError::validation(error).code_is("compensated"));
    }
    let failed = |shelf: Shelf| {
        let mut children = Query::select();
        children.column("id").from(shelf.of(INSTANCES)).and_where(Expr::col("parent").eq(id.to_string()));
        children.and_where(Expr::col("state").eq(InstanceState::Failed.as_str())).to_owned()
    };
    if !store.rows(failed(Shelf::Archive).limit(1)).await?.is_empty() {
        let error = "a process that it waited for has failed and is in the archive: start the process again";
        return Err(AppOsError::validation(error).code_is("instance_archived"));
    }
    for row in store.rows(&failed(Shelf::Live)).await? {
        let child = row.try_get_by_index::<String>(0).map_err(database_fault)?;
        Box::pin(retry(ctx, Uuid::parse_str(&child)?)).await?;
    }
    let mut update = Query::update();
    update.table(ENTRIES).value("state", EntryState::Waiting.as_str()).value("attempts", 0_i64);
    update.value(
        "due_at",
        Expr::case(Expr::col("kind").eq(EntryKind::Child.as_str()), Expr::value(None::<i64>))
            .finally(Expr::value(0_i64)),
    );
    update.value("error", "").value("result", "").value("shown_result", "").value("ended_at", None::<i64>);
    update.and_where(Expr::col("instance").eq(id.to_string()));
    update.and_where(Expr::col("kind").is_in([EntryKind::Step.as_str(), EntryKind::Child.as_str()]));
    update.and_where(Expr::col("state").is_in([EntryState::Failed.as_str(), EntryState::Cancelled.as_str()]));
    store.execute(&update).await?;
    reopen(store, id).await?;
    revive(store, id, None).await
}

/// What waited when the instance failed waits again.
async fn reopen(store: &Store, id: Uuid) -> Result<()> {
    let mut update = Query::update();
    update.table(ENTRIES).value("state", EntryState::Waiting.as_str()).value("ended_at", None::<i64>);
    update.and_where(Expr::col("instance").eq(id.to_string()));
    update.and_where(
        Expr::col("kind").is_in([EntryKind::Timer, EntryKind::Signal, EntryKind::Task].map(EntryKind::as_str)),
    );
    update.and_where(Expr::col("state").eq(EntryState::Cancelled.as_str()));
    store.execute(&update).await?;
    let mut waiting = Query::select();
    waiting.column("place").from(ENTRIES).and_where(Expr::col("instance").eq(id.to_string()));
    waiting.and_where(Expr::col("kind").eq(EntryKind::Task.as_str()));
    waiting.and_where(Expr::col("state").eq(EntryState::Waiting.as_str()));
    let mut update = Query::update();
    update.table(TASKS).value("state", TaskState::Open.as_str());
    update.and_where(Expr::col("instance").eq(id.to_string()));
    update.and_where(Expr::col("state").eq(TaskState::Withdrawn.as_str()));
    update.and_where(Expr::col("place").in_subquery(waiting));
    store.execute(&update).await
}

/// Has an instance taken up again that was over or put aside; to be undone, if somebody has cancelled it.
async fn revive(store: &Store, id: Uuid, cancelled_by: Option<i64>) -> Result<()> {
    let mut update = Query::update();
    update.table(INSTANCES).value("state", InstanceState::Running.as_str()).value("error", "");
    update.value("ended_at", None::<i64>).value("due_at", 0_i64).value("claims", 0_i64);
    if cancelled_by.is_some() {
        update.value("cancelled_by", cancelled_by);
    }
    update.value("fence", Expr::col("fence").add(1_i64)).and_where(Expr::col("id").eq(id.to_string()));
    store.begin_process(&update).await.map(drop)
}
