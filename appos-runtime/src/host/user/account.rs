//! Accounts and groups by what a person calls them, and how they are shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::Refusal;
use crate::codegen_support::{Record, RecordQuery};
use crate::config::nearest;
use crate::error::{AppOsError, Result};
use crate::platform::records::{Group, Membership, User};
use crate::platform::{accounts_named, users_with_password};
use crate::record::Store;
use crate::registry::Registry;
use crate::security::UserType;
use crate::value::{DateTime, Id};

/// An account as answers show it.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    id: i64,
    email: String,
    name: String,
    user_type: UserType,
    active: bool,
    /// True if it can sign in by password.
    password: bool,
    groups: BTreeSet<String>,
    language: Option<String>,
    created_at: DateTime,
    /// Processes that start by themselves as this account.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    starts: Vec<&'static str>,
}

/// All accounts, oldest first.
pub(super) async fn all(store: &Store) -> Result<Vec<Shown>> {
    shown(store, User::query().all().await?).await
}

/// One account as it is now.
pub(super) async fn one(store: &Store, id: Id<User>) -> Result<Shown> {
    let shown = shown(store, vec![User::get(id).await?]).await?.pop();
    shown.ok_or_else(|| AppOsError::dispatch("the account is gone"))
}

async fn shown(store: &Store, users: Vec<User>) -> Result<Vec<Shown>> {
    let groups = Group::query().all().await?.into_iter().map(|group| (group.id.get(), group.name));
    let groups: HashMap<i64, String> = groups.collect();
    let memberships = match users.as_slice() {
        [only] => Membership::query().user(only.id).all().await?,
        _ => Membership::query().all().await?,
    };
    let mut members: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    for membership in memberships {
        let group = groups.get(&membership.group.get()).cloned();
        members.entry(membership.user.get()).or_default().extend(group);
    }
    let with_password = users_with_password(store).await?;
    let mut shown: Vec<Shown> = users
        .into_iter()
        .map(|user| Shown {
            id: user.id.get(),
            password: with_password.contains(&user.id.get()),
            groups: members.remove(&user.id.get()).unwrap_or_default(),
            starts: Registry::global().starting_as(&user.email),
            email: user.email,
            name: user.name,
            user_type: user.user_type.0,
            active: user.active,
            language: user.language,
            created_at: user.created_at,
        })
        .collect();
    shown.sort_by_key(|shown| shown.id);
    Ok(shown)
}

/// The account that is meant.
///
/// # Errors
/// There is none, or there are several.
pub(super) async fn user(store: &Store, login: &str) -> Result<User, Refusal> {
    let mut found = accounts_named(store, login).await?;
    match (found.pop(), found.len()) {
        (Some(account), 0) => Ok(User::get(Id::<User>::new(account.user.id)).await?),
        (Some(_), others) => {
            let message = format!("there are {} users `{login}`", others + 1);
            Err(Refusal::new("several_users", message, "write the e-mail address"))
        }
        (None, _) => {
            let users = User::query().all().await?;
            let prefixes = users.iter().filter_map(|user| Some((user.email.split_once('@')?.0, user.email.as_str())));
            let near =
                nearest(login, users.iter().flat_map(|user| [user.email.as_str(), user.name.as_str()])).or_else(|| {
                    let near = nearest(login, prefixes.clone().map(|(prefix, _)| prefix))?;
                    prefixes.clone().find(|(prefix, _)| *prefix == near).map(|(_, email)| email)
                });
            let help = near.map_or_else(
                || "`cargo appos user list` lists all users".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            Err(Refusal::new("unknown_user", format!("there is no user `{login}`"), help))
        }
    }
}

/// The group of this name.
///
/// # Errors
/// There is none.
pub(super) async fn group(name: &str) -> Result<Group, Refusal> {
    if let Some(group) = Group::query().name(name).first().await? {
        return Ok(group);
    }
    let groups = Group::query().all().await?;
    let help = nearest(name, groups.iter().map(|group| group.name.as_str())).map_or_else(
        || {
            let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
            format!("groups are {}", names.join(", "))
        },
        |near| format!("did you mean `{near}`?"),
    );
    Err(Refusal::new("unknown_group", format!("there is no group `{name}`"), help))
}
