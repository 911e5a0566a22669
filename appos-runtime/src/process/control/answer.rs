//! What has become of an instance.

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::found::{unknown, with};
use crate::error::Result;
use crate::journal::LoggedArguments;
use crate::platform::rules::resource;
use crate::process::entry::StoredError;
use crate::process::start::Instance;
use crate::process::table::{INSTANCES, InstanceState, RESULTS, Shelf};
use crate::record::{Store, database_fault};
use crate::security::Permission;
use crate::state::Ctx;
use crate::vault::SecretKeys;

impl Instance {
    /// What the instance has answered; `None`: it has not ended.
    ///
    /// # Errors
    /// That with which it has failed, was cancelled or put aside; there is no such instance (code
    /// `unknown_instance`); the caller may not see it; its answer is no `T`; or in the body of a process
    /// (`outside_step`).
    pub async fn answer<T: DeserializeOwned>(self) -> Result<Option<T>> {
        let answer: Option<Json> = Box::pin(answer(self)).await?;
        Ok(answer.map(serde_json::from_value).transpose()?)
    }
}

async fn answer(instance: Instance) -> Result<Option<Json>> {
    let logged = LoggedArguments::begin().argument("instance", &instance.id).finish();
    // What it answers is for whoever asks, and not for the log.
    let (tell, told) = oneshot::channel();
    let asked = with(instance, (Permission::View, "answer"), logged, |ctx, found| async move {
        tell.send(read(&ctx, (found.id, found.shelf)).await?).ok();
        Ok(())
    });
    asked.await?;
    Ok(told.await.ok().flatten())
}

async fn read(ctx: &Ctx, (id, shelf): (Uuid, Shelf)) -> Result<Option<Json>> {
    let mut select = Query::select();
    select.columns(["state", "result", "error"]).from(shelf.of(INSTANCES));
    select.and_where(Expr::col("id").eq(id.to_string()));
    let rows = resource::<Store>(ctx)?.rows(&select).await?;
    let row = rows.first().ok_or_else(|| unknown(id))?;
    let text = |place| row.try_get_by_index::<String>(place).map_err(database_fault);
    match InstanceState::named(&text(0)?) {
        Some(InstanceState::Running) => Ok(None),
        Some(InstanceState::Completed) => {
            let result = resource::<SecretKeys>(ctx)?.open(RESULTS.of(&id.to_string()), &text(1)?)?;
            Ok(Some(serde_json::from_str(&result)?))
        }
        _ => {
            let error: StoredError = serde_json::from_str(&text(2)?)?;
            Err(error.error())
        }
    }
}
