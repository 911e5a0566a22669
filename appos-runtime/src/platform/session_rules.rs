//! Rules of the platform by which an administrator sees and ends the sessions of others.

use std::future::Future;

use super::identity::account_by_id;
use super::records::User;
use super::rules::{no_such_user, note, platform_rule, resource};
use super::session::{SessionInfo, Sessions};
use crate::codegen_support::{ArgumentReader, dispatch, to_json};
use crate::error::Result;
use crate::journal::LoggedArguments;
use crate::record::Store;
use crate::registry::{
    ObjectDescriptor, ObjectDetail, ObjectKind, Parameter, PermissionLists, Registration, RuleDescriptor, Slot,
};
use crate::value::Id;

platform_rule!(LIST_SESSIONS, LIST_SESSIONS_RULE, "list_sessions", "Lists the sessions of a user, oldest first.", "Vec<SessionInfo>",
    [user: Id<User>], list_sessions(user));
platform_rule!(END_SESSION, END_SESSION_RULE, "end_session", "Ends one session of a user; false if there is none with this id.", "bool",
    [user: Id<User>, session: String], end_session(user, session));
platform_rule!(END_SESSIONS, END_SESSIONS_RULE, "end_sessions", "Ends all sessions of a user.", "()",
    [user: Id<User>], end_sessions(user));

fn list_sessions(user: Id<User>) -> impl Future<Output = Result<Vec<SessionInfo>>> + Send {
    let logged = LoggedArguments::begin().argument("user", &user).finish();
    dispatch(&LIST_SESSIONS, logged, move |ctx, _| async move {
        account_by_id(resource::<Store>(&ctx)?, user.get()).await?.ok_or_else(|| no_such_user(user))?;
        resource::<Sessions>(&ctx)?.list(user.get()).await
    })
}

fn end_session(user: Id<User>, session: String) -> impl Future<Output = Result<bool>> + Send {
    let logged = LoggedArguments::begin().argument("user", &user).argument("session", &session).finish();
    dispatch(&END_SESSION, logged, move |ctx, _| async move {
        let ended = resource::<Sessions>(&ctx)?.end_one(user.get(), &session).await?;
        if ended {
            note(&ctx, "session_ended", format!("user {user}, session {session}"));
        }
        Ok(ended)
    })
}

fn end_sessions(user: Id<User>) -> impl Future<Output = Result<()>> + Send {
    let logged = LoggedArguments::begin().argument("user", &user).finish();
    dispatch(&END_SESSIONS, logged, move |ctx, _| async move {
        account_by_id(resource::<Store>(&ctx)?, user.get()).await?.ok_or_else(|| no_such_user(user))?;
        resource::<Sessions>(&ctx)?.end_all(user.get()).await?;
        note(&ctx, "sessions_ended", format!("user {user}"));
        Ok(())
    })
}
