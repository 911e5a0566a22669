//! `__why`: whether somebody may do something, and why, asked of the database without a start.
//! `cargo appos why` calls it. Nothing is written: no table is made, no log, no start is noted.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use crate::config::{AppConfig, PlatformConfig};
use crate::error::{AppOsError, Result};
use crate::platform::{Account, PlatformGuard, StoredIdentity, account_like, accounts_named, public_account};
use crate::record::Store;
use crate::registry::{ObjectDetail, Registry};
use crate::security::{Decision, PUBLIC_ACCESS, Permission, Security};

/// The question.
#[derive(Args)]
pub(super) struct WhyArguments {
    /// E-mail address, its part before the `@`, name or number of a user; `public_access` is whoever is not signed in
    user: String,
    /// One of the six permissions
    permission: String,
    /// Reference of an object
    object: String,
}

/// The answer, as JSON.
#[derive(Serialize)]
struct Explanation {
    /// Who was asked about.
    user: Asked,
    permission: Permission,
    object: &'static str,
    #[serde(flatten)]
    decision: Decision,
    /// Groups whose members may do it.
    givers: BTreeSet<String>,
    /// Groups through which a user reaches the object's app.
    app_groups: BTreeSet<String>,
    /// True if a rule says which rows are seen.
    rows: bool,
    /// Fields that only some groups may read or write.
    fields: Vec<&'static str>,
    /// Of a process that starts by itself, the account as which it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    run_as: Option<&'static str>,
}

#[derive(Serialize)]
struct Asked {
    id: i64,
    email: String,
    name: String,
    user_type: crate::security::UserType,
    active: bool,
    groups: BTreeSet<String>,
    /// Processes that start by themselves as this account.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    starts: Vec<&'static str>,
}

/// Answers the question.
///
/// # Errors
/// There is no such permission, object or user, or the database cannot be read.
pub(super) async fn why(config: &PlatformConfig, apps: &[AppConfig], arguments: WhyArguments) -> Result<String> {
    let permission: Permission = arguments.permission.parse().map_err(|error| wrong(format!("{error}")))?;
    let registry = Registry::global();
    let object = registry
        .find(&arguments.object)
        .ok_or_else(|| wrong(format!("`{}` is not an object of this platform", arguments.object)))?;
    let store = Arc::new(Store::open_to_read(&config.database, PlatformGuard::new(apps)).await?);
    let account = account(&store, &arguments.user).await;
    let policies: HashMap<String, _> = apps.iter().map(|app| (app.name.clone(), app.into())).collect();
    let app_groups = apps.iter().filter(|app| app.name == object.app).flat_map(|app| &app.groups);
    let app_groups = app_groups.map(|group| group.name.clone()).collect();
    let security =
        Security::new(registry.objects().len(), policies, Some(Box::new(StoredIdentity(Arc::clone(&store)))));
    let rights = match &account {
        Ok(account) => security.rights(account.user.id).await,
        Err(_) => security.rights(public_account().user.id).await,
    };
    let givers = security.givers(object, permission).await;
    store.close().await;
    let (account, rights, givers) = (account?, rights?, givers?);
    let (rows, fields) = match object.detail {
        ObjectDetail::Record(record) => {
            let limited = record.fields.iter().filter(|field| field.view.is_some() || field.update.is_some());
            (record.rows.is_some(), limited.map(|field| field.name).collect())
        }
        _ => (false, Vec::new()),
    };
    let explanation = Explanation {
        user: Asked {
            id: account.user.id,
            email: account.user.email.to_string(),
            name: account.user.name.to_string(),
            user_type: account.user.user_type,
            active: account.active,
            groups: rights.groups().iter().cloned().collect(),
            starts: registry.starting_as(&account.user.email),
        },
        permission,
        object: object.reference,
        decision: rights.decide(object, permission),
        givers,
        app_groups,
        rows,
        fields,
        run_as: object.run_as(),
    };
    serde_json::to_string_pretty(&explanation)
        .map_err(|error| AppOsError::execution("the answer cannot be written as JSON").caused_by(error))
}

/// The account that a name means; that of whoever is not signed in is among them.
///
/// # Errors
/// There is none, or there are several.
pub(super) async fn account(store: &Store, named: &str) -> Result<Account> {
    if named == PUBLIC_ACCESS {
        return Ok(public_account());
    }
    let mut found = accounts_named(store, named).await?;
    match (found.pop(), found.len()) {
        (None, _) => {
            let near = account_like(store, named).await?;
            let near = near.map(|near| format!("\n  help: write `{near}`")).unwrap_or_default();
            Err(wrong(format!("there is no user `{named}`{near}")))
        }
        (Some(account), 0) => Ok(account),
        (Some(_), others) => Err(wrong(format!("there are {} users `{named}`: write the e-mail address", others + 1))),
    }
}

fn wrong(message: String) -> AppOsError {
    AppOsError::validation(message).code_is("wrong_question")
}
