//! Work that goes on for somebody without him: what the outbox delivers, and processes.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value as Json;

use super::identity::{Account, account_by_email, account_of, system_account};
use super::outbox::enqueue;
use crate::engine::Engine;
use crate::error::{AppOsError, Result};
use crate::journal::{Event, SecurityEvent};
use crate::record::Store;
use crate::registry::ObjectDescriptor;
use crate::security::{Membership, Permission, UserType};
use crate::state::{Ctx, Origin, Scope, ScopeBuilder};

/// A scope of a user, with the rights and the settings of now. Who is gone or switched off has none: dispatch refuses
/// him like any other, so that the log has it.
///
/// # Errors
/// The database cannot be read.
pub(crate) async fn acting_for(engine: &Arc<Engine>, store: &Store, user_id: i64) -> Result<ScopeBuilder> {
    let account = account_of(store, user_id).await?;
    let mut preferences = engine.settings.preferences.clone();
    let rights = if account.active {
        preferences = account.chosen.over(&preferences);
        engine.load_rights(&account.user).await?
    } else {
        let (groups, grants) = (HashSet::new(), HashMap::new());
        engine.security().rights_of(Membership { user_type: UserType::Basic, active: false, groups, grants })
    };
    Ok(ScopeBuilder::new(Arc::clone(engine), account.user, rights).preferences(preferences))
}

/// Leaves a call in the outbox that the platform itself makes, in the language of whoever has caused it, who need not
/// have the right to.
///
/// # Errors
/// The database cannot be read or written.
pub(crate) async fn enqueue_as_system(scope: &Scope, rule: &'static str, arguments: Json) -> Result<()> {
    let engine = Arc::clone(&scope.engine);
    let system = system_account().user;
    let rights = engine.load_rights(&system).await?;
    let own = ScopeBuilder::new(engine, system, rights).language(Arc::clone(&scope.language));
    let mut own = own.trace(scope.trace().cloned());
    if let Some(request) = &scope.request {
        own = own.request(request.clone());
    }
    own.build().run(enqueue(rule, arguments)).await.map(drop)
}

/// A scope of the service account that a process names, with the rights and the settings of now.
///
/// # Errors
/// There is no such account, it is switched off, or it is a person's (code `unknown_service_account`); or the database
/// cannot be read.
pub(crate) async fn acting_as(engine: &Arc<Engine>, store: &Store, run_as: &str) -> Result<ScopeBuilder> {
    let account = account_by_email(store, run_as).await?;
    if let Some(why) = why_not(account.as_ref()) {
        let error =
            format!("`run_as` names {run_as}, {why}: make a service account with this address, or switch it on");
        return Err(AppOsError::dispatch(error).code_is("unknown_service_account"));
    }
    let Some(account) = account else { return Err(AppOsError::execution("there is no such account")) };
    let rights = engine.load_rights(&account.user).await?;
    let preferences = account.chosen.over(&engine.settings.preferences);
    Ok(ScopeBuilder::new(Arc::clone(engine), account.user, rights).preferences(preferences))
}

/// The context of a call that goes on as a service account: the same execution in the same tree, with that account's
/// rights. The security log is told.
///
/// # Errors
/// The account cannot be used, which is told to nobody outside (code `no_service_account`), or the database not be read.
pub(crate) async fn elevated(ctx: Ctx, object: &'static ObjectDescriptor, run_as: &str) -> Result<Ctx> {
    let caller = ctx.scope();
    let engine = &caller.engine;
    let store = engine.resource::<Store>();
    let store = store.ok_or_else(|| AppOsError::execution("there is no database"))?;
    let origin = Origin { root_id: caller.root_id, parent_id: ctx.execution_id };
    let scope = acting_as(engine, store, run_as).await.map_err(|error| match error.code() {
        // Who calls may be anybody: he is not told of accounts.
        "unknown_service_account" => AppOsError::execution("the account as which this runs cannot be used")
            .code_is("no_service_account")
            .caused_by(error),
        _ => error,
    })?;
    let mut scope = scope.origin(origin).trace(caller.trace().cloned()).language(Arc::clone(&caller.language));
    if let Some(request) = &caller.request {
        scope = scope.request(request.clone());
    }
    let scope = scope.build();
    note_elevation(engine, object, (caller.user.id, run_as, &ctx.execution_id.to_string()));
    Ok(ctx.of_scope(scope))
}

/// Why nothing can run as an account; `None`: it can.
pub(crate) fn why_not(account: Option<&Account>) -> Option<&'static str> {
    match account {
        None => Some("and there is no such account"),
        Some(account) if !account.active => Some("which is switched off"),
        Some(account) if account.user.user_type != UserType::ServiceAccount => Some("which is the account of a person"),
        Some(_) => None,
    }
}

/// Tells the security log that an object runs as the account that it names.
pub(crate) fn note_elevation(
    engine: &Engine,
    object: &'static ObjectDescriptor,
    (user_id, run_as, key): (i64, &str, &str),
) {
    engine.journal.record(Event::Security(Box::new(SecurityEvent {
        at_us: u64::try_from(engine.clock.unix_us()).unwrap_or_default(),
        execution_id: None,
        object: Some(object),
        action: "run_as",
        permission: Some(Permission::Use),
        user_id,
        detail: format!("{run_as}, {key}"),
        address: None,
        change: None,
    })));
}
