//! Secrets of systems outside, by name: entered by an administrator, sealed, shown to nobody again. A name that is not
//! stored is looked for among the environment variables.

use std::future::Future;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Order, Query};
use secrecy::SecretString;
use serde::Serialize;

use super::access::note_change_of;
use super::rules::{Secret, note, platform_rule, resource};
use super::secrets::STORED;
use crate::codegen_support::{ArgumentReader, dispatch, to_json};
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::record::{Store, database_fault, forget_access_at_commit, transaction};
use crate::registry::{
    ObjectDescriptor, ObjectDetail, ObjectKind, Parameter, PermissionLists, Registration, RuleDescriptor, Slot,
};
use crate::value::DateTime;
use crate::vault::SecretKeys;

/// Longest secret: room for a chain of certificates.
const LONGEST: usize = 64 * 1024;

platform_rule!(SET_SECRET, SET_SECRET_RULE, "set_secret", "Stores a secret of a connected system, sealed; it takes effect at once, and is never shown.", "()",
    [name: String, value: Secret], set_secret(name, value));
platform_rule!(DELETE_SECRET, DELETE_SECRET_RULE, "delete_secret", "Forgets a stored secret; false if there is none with this name.", "bool",
    [name: String], delete_secret(name));
platform_rule!(
    LIST_SECRETS,
    LIST_SECRETS_RULE,
    "list_secrets",
    "Lists the names of stored secrets, without the secrets themselves.",
    "Vec<StoredSecret>",
    [],
    list_secrets()
);

/// A stored secret as an administrator sees it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StoredSecret {
    /// Its name.
    pub(crate) name: String,
    /// When it was last set.
    pub(crate) changed_at: Option<DateTime>,
    /// Id of the user who set it; 0: an operator on the command line.
    pub(crate) changed_by: i64,
}

/// Stores a secret.
///
/// # Errors
/// Refused; the name is no name of a secret, or the text is empty or too long.
pub(crate) fn set_secret(name: String, value: Secret) -> impl Future<Output = Result<()>> + Send {
    let logged = LoggedArguments::begin().argument("name", &name).redacted("value").finish();
    dispatch(&SET_SECRET, logged, move |ctx, _| async move {
        check(&name, &value)?;
        let store = resource::<Store>(&ctx)?;
        let sealed = resource::<SecretKeys>(&ctx)?.seal(STORED.of(&name), value.expose())?;
        let mut insert = Query::insert();
        insert.into_table(STORED.table).columns(["name", "value", "changed_at", "changed_by"]);
        insert.values_panic([
            Expr::value(name.clone()),
            Expr::value(sealed),
            Expr::value(store.now().timestamp()),
            Expr::value(ctx.user.id),
        ]);
        let columns = ["value", "changed_at", "changed_by"];
        insert.on_conflict(OnConflict::column("name").update_columns(columns).to_owned());
        transaction(async {
            store.execute(&insert).await?;
            told_to_all(store).await
        })
        .await?;
        note(&ctx, "secret_set", name);
        Ok(())
    })
}

fn delete_secret(name: String) -> impl Future<Output = Result<bool>> + Send {
    let logged = LoggedArguments::begin().argument("name", &name).finish();
    dispatch(&DELETE_SECRET, logged, move |ctx, _| async move {
        let store = resource::<Store>(&ctx)?;
        let mut delete = Query::delete();
        delete.from_table(STORED.table).and_where(Expr::col("name").eq(&*name));
        let deleted = transaction(async {
            let deleted = store.changed(&delete).await?;
            told_to_all(store).await?;
            Ok::<_, AppOsError>(deleted > 0)
        })
        .await?;
        if deleted {
            note(&ctx, "secret_deleted", name);
        }
        Ok(deleted)
    })
}

/// The stored secrets, by name.
///
/// # Errors
/// Refused, or the database fails.
pub(crate) fn list_secrets() -> impl Future<Output = Result<Vec<StoredSecret>>> + Send {
    dispatch(&LIST_SECRETS, LoggedArguments::none(), move |ctx, _| async move {
        let mut select = Query::select();
        select.columns(["name", "changed_at", "changed_by"]).from(STORED.table).order_by("name", Order::Asc);
        let rows = resource::<Store>(&ctx)?.rows(&select).await?;
        rows.iter()
            .map(|row| {
                let seconds: i64 = row.try_get_by_index(1)?;
                Ok(StoredSecret {
                    name: row.try_get_by_index(0)?,
                    changed_at: DateTime::from_timestamp(seconds, 0),
                    changed_by: row.try_get_by_index(2)?,
                })
            })
            .collect::<Result<_, sea_orm::DbErr>>()
            .map_err(database_fault)
    })
}

/// Every server begins a new epoch, and asks for the secrets it uses again.
async fn told_to_all(store: &Store) -> Result<()> {
    note_change_of(store).await?;
    forget_access_at_commit();
    Ok(())
}

fn check(name: &str, value: &Secret) -> Result<()> {
    if !is_secret_name(name) {
        let message = "a secret has a name of capital letters, digits and underscores, such as `PAYMENTS_KEY`";
        return Err(AppOsError::validation("the arguments do not fit").field("name", "invalid", message));
    }
    if value.expose().is_empty() || value.expose().len() > LONGEST {
        let message = "a secret has from 1 to 65536 bytes";
        return Err(AppOsError::validation("the arguments do not fit").field("value", "length", message));
    }
    Ok(())
}

/// True for `PAYMENTS_KEY`.
pub(crate) fn is_secret_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.len() <= 100
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// What a secret is now: the stored one, else that of the environment variable of this name.
///
/// # Errors
/// There is none (code `missing_secret`), or it was sealed with a key that this program does not have.
pub(crate) async fn secret_value(store: &Store, keys: &SecretKeys, name: &str) -> Result<SecretString> {
    let mut select = Query::select();
    select.column("value").from(STORED.table).and_where(Expr::col("name").eq(name));
    if let Some(row) = store.rows(&select).await?.first() {
        let sealed: String = row.try_get_by_index(0).map_err(database_fault)?;
        return Ok(SecretString::from(keys.open(STORED.of(name), &sealed)?.to_string()));
    }
    if let Ok(value) = std::env::var(name)
        && !value.is_empty()
    {
        return Ok(SecretString::from(value));
    }
    if let Ok(file) = std::env::var(format!("{name}_FILE")) {
        let read = tokio::fs::read_to_string(&file).await;
        let text = read.map_err(|error| missing(name).caused_by(format!("its file cannot be read: {error}")))?;
        // Editors end a file with a line break, which is not part of a secret.
        return Ok(SecretString::from(text.trim_end_matches(['\r', '\n']).to_owned()));
    }
    Err(missing(name))
}

fn missing(name: &str) -> AppOsError {
    AppOsError::integration(format!(
        "there is no secret `{name}`: enter it with `cargo appos secrets set {name}`, or set the environment variable"
    ))
    .code_is("missing_secret")
}
