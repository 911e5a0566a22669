//! Somebody to act as: a user with exactly these groups, nobody, an administrator.

use std::collections::BTreeSet;
use std::panic::Location;
use std::sync::Arc;

use super::super::start::system_scope;
use super::of_test;
use crate::codegen_support::Record;
use crate::config::nearest;
use crate::engine::Engine;
use crate::error::{AppOsError, Result};
use crate::model::{RecordQuery, new_row};
use crate::platform::records::{Group, Membership, User, UserTypeChoice};
use crate::platform::{Account, account_by_id, public_account};
use crate::record::Store;
use crate::security::UserType;
use crate::state::{Scope, ScopeBuilder};
use crate::value::{FieldValue, Value};

/// Runs a body as a user who is in exactly these groups: `as_user("ann", ["crm_users"], async || { .. }).await`.
///
/// It takes a closure and no future: a call belongs to whoever is acting where it is written down, and what is
/// written in the closure is written down as this user.
///
/// The user is made when the name is first used, and is the same one from then on. Groups are those of
/// the apps, and those that the test has made.
///
/// # Panics
/// Outside of a test; if there is no such group.
#[track_caller]
pub fn as_user<G, T>(name: &str, groups: G, body: impl AsyncFnOnce() -> T) -> impl Future<Output = T>
where
    G: IntoIterator<Item: AsRef<str>>,
{
    let engine = Arc::clone(&of_test("as_user").scope().engine);
    let groups: BTreeSet<String> = groups.into_iter().map(|group| group.as_ref().to_owned()).collect();
    let (name, place) = (name.to_owned(), Location::caller());
    async move {
        let scope = given(user(&engine, &name, UserType::Basic, &groups).await, "as_user", place);
        scope.run(async { body().await }).await
    }
}

/// Runs a body as someone who has not signed in.
///
/// # Panics
/// Outside of a test.
#[track_caller]
pub fn as_anonymous<T>(body: impl AsyncFnOnce() -> T) -> impl Future<Output = T> {
    let engine = Arc::clone(&of_test("as_anonymous").scope().engine);
    let place = Location::caller();
    async move {
        let scope = given(scope(&engine, public_account()).await, "as_anonymous", place);
        scope.run(async { body().await }).await
    }
}

/// Runs a body as a system administrator, who may do everything: a user with a row, unlike the platform
/// itself, as which the body of a test runs.
///
/// # Panics
/// Outside of a test.
#[track_caller]
pub fn as_administrator<T>(body: impl AsyncFnOnce() -> T) -> impl Future<Output = T> {
    let engine = Arc::clone(&of_test("as_administrator").scope().engine);
    let place = Location::caller();
    async move {
        let made = user(&engine, "administrator", UserType::SystemAdmin, &BTreeSet::new()).await;
        given(made, "as_administrator", place).run(async { body().await }).await
    }
}

/// Waits until everything that was enqueued has been called, or was put aside as failed.
///
/// # Panics
/// Outside of a test; if the database cannot be read.
#[track_caller]
pub fn outbox_idle() -> impl Future<Output = ()> {
    let engine = Arc::clone(&of_test("outbox_idle").scope().engine);
    let place = Location::caller();
    async move {
        let done = match store(&engine) {
            Ok(store) => crate::platform::outbox_idle(store).await,
            Err(error) => Err(error),
        };
        given(done, "outbox_idle", place);
    }
}

/// The value, or the end of the test at the author's line.
fn given<T>(result: Result<T>, what: &str, place: &Location<'_>) -> T {
    result.unwrap_or_else(|error| panic!("`{what}` at {place}: {error}"))
}

fn store(engine: &Engine) -> Result<&Store> {
    engine.resource::<Store>().ok_or_else(|| AppOsError::dispatch("the platform of this test has no database"))
}

async fn scope(engine: &Arc<Engine>, account: Account) -> Result<Arc<Scope>> {
    let rights = engine.load_rights(&account.user).await?;
    Ok(ScopeBuilder::new(Arc::clone(engine), account.user, rights).build())
}

/// A new scope of the user of this name, who is made if need be and put into these groups alone.
async fn user(engine: &Arc<Engine>, name: &str, user_type: UserType, groups: &BTreeSet<String>) -> Result<Arc<Scope>> {
    let email = if name.contains('@') { name.to_lowercase() } else { format!("{}@example.com", slug(name)) };
    let (name, groups) = (name.to_owned(), groups.clone());
    let work = async move {
        let user = match User::query().email(email.clone()).first().await? {
            Some(user) => user,
            None => {
                let row = [
                    Value::Text(email),
                    Value::Text(name),
                    UserTypeChoice(user_type).into_value(),
                    Value::Bool(true),
                    Value::Null,
                ];
                User::create(new_row(row.into())?).await?
            }
        };
        join_exactly(&user, groups).await?;
        Ok::<_, AppOsError>(user.id.get())
    };
    let id = system_scope(engine).await?.run(Box::pin(work)).await?;
    let account = account_by_id(store(engine)?, id).await?;
    scope(engine, account.ok_or_else(|| AppOsError::dispatch("the user of this test is gone"))?).await
}

async fn join_exactly(user: &User, groups: BTreeSet<String>) -> Result<()> {
    let known = Group::query().all().await?;
    let mut wanted = BTreeSet::new();
    for name in groups {
        match known.iter().find(|group| group.name == name) {
            Some(group) => wanted.insert(group.id.get()),
            None => return Err(no_group(&name, known.iter().map(|group| group.name.as_str()))),
        };
    }
    for membership in Membership::query().user(user.id).all().await? {
        if !wanted.remove(&membership.group.get()) {
            membership.delete().await?;
        }
    }
    for group in wanted {
        Membership::create(new_row(vec![Value::Integer(user.id.get()), Value::Integer(group)])?).await?;
    }
    Ok(())
}

fn no_group<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> AppOsError {
    let help = match nearest(name, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", known.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    };
    AppOsError::validation(format!("there is no group `{name}`; {help}")).code_is("unknown_group")
}

/// The part of an e-mail address before the `@`.
fn slug(name: &str) -> String {
    name.to_lowercase().split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(".")
}
