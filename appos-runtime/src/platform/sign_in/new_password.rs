//! A new password: by a link, or by its owner. What hangs on the old one ends with it, in one transaction:
//! links and sessions.

use std::sync::Arc;

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use secrecy::SecretString;

use super::link::{Links, Purpose};
use crate::codegen_support::Record;
use crate::engine::Engine;
use crate::error::{AppOsError, Result};
use crate::platform::identity::{Account, account_by_id, system_account};
use crate::platform::password::{Place, hash_password, keeping, password_fits, stored_hash, strong_enough};
use crate::platform::records::{User, UserPatch};
use crate::platform::session::Sessions;
use crate::record::{Store, transaction};
use crate::state::{RequestInfo, ScopeBuilder};
use crate::value::Id;

fn resource<T: Send + Sync + 'static>(engine: &Engine) -> Result<&T> {
    let resource = engine.resource::<T>();
    resource.ok_or_else(|| AppOsError::dispatch("this program runs without a database").code_is("no_database"))
}

/// Gives the account of a link its password, and answers it. With a name, it is called so from now on.
///
/// # Errors
/// The link leads nowhere, or the password or the name cannot be used; then the link stays as it was.
pub(crate) async fn set_by_link(
    engine: &Arc<Engine>,
    request: Option<RequestInfo>,
    (token, purpose): (&str, Purpose),
    name: &str,
    password: SecretString,
) -> Result<Account> {
    let (store, links) = (resource::<Store>(engine)?, resource::<Links>(engine)?);
    strong_enough(&password)?;
    // Asked before the work, and again with it.
    links.account(token, purpose).await?;
    let place = Place::take()?;
    let hash = hash_password(password).await?;
    drop(place);
    transaction(async {
        let mut account = links.use_up(token, purpose).await?;
        let id = account.user.id;
        links.forget(id).await?;
        store.execute(&keeping(id, hash, store.now())).await?;
        resource::<Sessions>(engine)?.end_all(id).await?;
        if !name.trim().is_empty() {
            rename(engine, request, id, name.trim()).await?;
            account = account_by_id(store, id).await?.unwrap_or(account);
        }
        Ok(account)
    })
    .await
}

/// Whoever accepts an invitation may not change accounts: the platform does it, and its audit log
/// says so.
async fn rename(engine: &Arc<Engine>, request: Option<RequestInfo>, user_id: i64, name: &str) -> Result<()> {
    let system = system_account().user;
    let rights = engine.load_rights(&system).await?;
    let mut scope = ScopeBuilder::new(Arc::clone(engine), system, rights);
    if let Some(request) = request {
        scope = scope.request(request);
    }
    let patch = UserPatch { name: Some(name.to_owned()), ..UserPatch::default() };
    let renamed = async { User::get(Id::<User>::new(user_id)).await?.update(patch).await };
    scope.build().run(renamed).await.map(drop)
}

/// Changes the password of a user who knows the one there is. `false`: it is another.
///
/// # Errors
/// The database cannot be read or written.
pub(crate) async fn change_own(
    engine: &Engine,
    user_id: i64,
    current: SecretString,
    new: SecretString,
) -> Result<bool> {
    let (store, links) = (resource::<Store>(engine)?, resource::<Links>(engine)?);
    let old = stored_hash(store, user_id).await?;
    if !password_fits(current, old.clone()).await? {
        return Ok(false);
    }
    let hash = hash_password(new).await?;
    transaction(async {
        links.forget(user_id).await?;
        let mut update = Query::update();
        update
            .table("platform_password")
            .value("hash", hash)
            .value("changed_at", store.now().to_rfc3339())
            .and_where(Expr::col("user_id").eq(user_id))
            .and_where(Expr::col("hash").eq(old.unwrap_or_default()));
        // Another has set one meanwhile: the one that was checked is no longer the current one.
        if store.changed(&update).await? == 0 {
            return Ok(false);
        }
        resource::<Sessions>(engine)?.end_all(user_id).await?;
        Ok(true)
    })
    .await
}
