//! What the platform keeps sealed: copies of arguments, answers and session values, which may hold
//! what nobody but their owner is to read. And the check by which a wrong key is found out.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{DatabaseTransaction, QueryResult};

use super::rules::resource;
use crate::error::{AppOsError, Result};
use crate::record::{SetUp, Store, database_fault, platform_rows};
use crate::state::Ctx;
use crate::vault::{Place, SecretKeys};

/// A column of sealed texts.
#[derive(Clone, Copy)]
pub(crate) struct Sealed {
    /// What its texts are sealed for: its table, or the one in which its rows were before.
    purpose: &'static str,
    pub(super) table: &'static str,
    pub(super) column: &'static str,
    /// The columns that tell the row, in the order in which they name it.
    pub(super) row: &'static [&'static str],
}

const fn sealed(table: &'static str, column: &'static str, row: &'static [&'static str]) -> Sealed {
    Sealed { purpose: table, table, column, row }
}

/// Arguments of calls that wait in the outbox.
pub(crate) const OUTBOX: Sealed = sealed("platform_outbox", "arguments", &["delivery"]);
/// Answers that are given again to a request that is sent again.
pub(super) const ANSWERS: Sealed = sealed("platform_idempotency_key", "answer", &["user_id", "request_key"]);
/// Digests of those requests.
pub(super) const FINGERPRINTS: Sealed = Sealed { column: "fingerprint", ..ANSWERS };
/// Values that an app has kept in a session.
pub(super) const SESSIONS: Sealed = sealed("platform_session", "data", &["id_hash"]);

/// Arguments and answers of processes and of their steps, their variables, and what they are told.
pub(crate) const PROCESS_ARGUMENTS: Sealed = sealed("platform_process_instance", "arguments", &["id"]);
pub(crate) const PROCESS_RESULTS: Sealed = Sealed { column: "result", ..PROCESS_ARGUMENTS };
pub(crate) const PROCESS_ENTRY_ARGUMENTS: Sealed =
    sealed("platform_process_entry", "arguments", &["instance", "place"]);
pub(crate) const PROCESS_ENTRY_RESULTS: Sealed = Sealed { column: "result", ..PROCESS_ENTRY_ARGUMENTS };
pub(crate) const PROCESS_VALUES: Sealed = sealed("platform_process_variable", "value", &["instance", "name"]);
pub(crate) const PROCESS_PAYLOADS: Sealed = sealed("platform_process_signal", "payload", &["signal"]);

pub(crate) const PROCESS_TASK_ANSWERS: Sealed = sealed("platform_process_task", "answer", &["id"]);

/// The same, of instances that were put away.
const PROCESS_ARCHIVE: [Sealed; 7] = [
    archived(PROCESS_ARGUMENTS, "platform_process_instance_archive"),
    archived(PROCESS_RESULTS, "platform_process_instance_archive"),
    archived(PROCESS_ENTRY_ARGUMENTS, "platform_process_entry_archive"),
    archived(PROCESS_ENTRY_RESULTS, "platform_process_entry_archive"),
    archived(PROCESS_VALUES, "platform_process_variable_archive"),
    archived(PROCESS_PAYLOADS, "platform_process_signal_archive"),
    archived(PROCESS_TASK_ANSWERS, "platform_process_task_archive"),
];

const fn archived(live: Sealed, table: &'static str) -> Sealed {
    Sealed { table, ..live }
}

/// Mail that was caught, and what its list shows of it.
pub(crate) const CAUGHT_MAIL: Sealed = sealed("platform_caught_mail", "message", &["mail"]);
pub(crate) const CAUGHT_SUMMARIES: Sealed = Sealed { column: "summary", ..CAUGHT_MAIL };

/// Secrets of systems outside.
pub(super) const STORED: Sealed = sealed("platform_secret", "value", &["name"]);

/// Settings that are secrets.
pub(super) const SETTINGS: Sealed = sealed("platform_setting", "value", &["name"]);

/// The settings last: a program that has only the old key may be started until its check is sealed anew.
pub(super) fn all() -> impl Iterator<Item = Sealed> {
    let live = [
        OUTBOX,
        ANSWERS,
        FINGERPRINTS,
        SESSIONS,
        PROCESS_ARGUMENTS,
        PROCESS_RESULTS,
        PROCESS_ENTRY_ARGUMENTS,
        PROCESS_ENTRY_RESULTS,
        PROCESS_VALUES,
        PROCESS_PAYLOADS,
        PROCESS_TASK_ANSWERS,
        CAUGHT_MAIL,
        CAUGHT_SUMMARIES,
        STORED,
    ];
    // The archive after what goes there: what moves meanwhile is found.
    live.into_iter().chain(PROCESS_ARCHIVE).chain([SETTINGS])
}

/// What databases without a key have in plain. Sessions of such a time begin anew, without values.
const AT_FIRST: [Sealed; 3] = [OUTBOX, ANSWERS, FINGERPRINTS];

impl Sealed {
    /// The place of one row's text.
    pub(crate) fn of(self, row: &str) -> Place<'_> {
        Place { purpose: self.purpose, row, field: self.column }
    }
}

/// Name of the setting with a text that only the right key opens.
pub(super) const CHECK: &str = "secret_key_check";
pub(super) const CHECK_TEXT: &str = "the key of this platform";
pub(super) const CHECK_PLACE: Place<'static> = Place { purpose: "platform_setting", row: CHECK, field: "value" };

/// The keys of the platform in which a call runs.
pub(super) fn keys(ctx: &Ctx) -> Result<&SecretKeys> {
    resource(ctx)
}

/// Finds out whether the keys are those of this database. One that knows no key yet takes these,
/// and what it keeps is sealed from now on.
///
/// # Errors
/// They are others (code `wrong_secret_key`), or the database cannot be read.
pub(crate) async fn check(store: &Store, keys: &SecretKeys) -> Result<()> {
    let transaction = store.begin_alone().await?;
    store.dialect().alone(SetUp::Schema, &transaction).await.map_err(database_fault)?;
    match stored_check(&transaction).await? {
        Some(sealed) => {
            keys.open(CHECK_PLACE, &sealed).map_err(|error| wrong_key(keys, &sealed).caused_by(error))?;
        }
        None => {
            let mut insert = Query::insert();
            insert.into_table("platform_setting").columns(["name", "value"]);
            insert.values_panic([Expr::value(CHECK), Expr::value(keys.seal(CHECK_PLACE, CHECK_TEXT)?)]);
            transaction.execute(&insert).await.map_err(database_fault)?;
            for kept in AT_FIRST {
                seal_plain(&transaction, keys, kept).await?;
            }
        }
    }
    transaction.commit().await.map_err(database_fault)
}

async fn stored_check(connection: &impl ConnectionTrait) -> Result<Option<String>> {
    let mut select = Query::select();
    select.column("value").from("platform_setting").and_where(Expr::col("name").eq(CHECK));
    let rows = platform_rows(connection, &select).await?;
    rows.first().map(|row| row.try_get_by_index(0).map_err(database_fault)).transpose()
}

fn wrong_key(keys: &SecretKeys, sealed: &str) -> AppOsError {
    let (wanted, have) = (sealed.split(':').nth(2).unwrap_or("?"), keys.ids().collect::<Vec<_>>().join(", "));
    AppOsError::dispatch(format!(
        "the secret key is not that of this database: it was sealed with the key {wanted}, and this program has {have}\n  \
         help: set `APPOS_SECRET_KEY` to the key that was used before, or name that one in `APPOS_SECRET_KEYS_OLD`"
    ))
    .code_is("wrong_secret_key")
}

/// A row of sealed texts: what finds it again, its name, and the text.
pub(super) type Found = (Vec<Expr>, String, String);

pub(super) fn found(kept: Sealed, row: &QueryResult) -> Result<Found> {
    let mut values = Vec::new();
    let mut names = Vec::new();
    for place in 0..kept.row.len() {
        match row.try_get_by_index::<String>(place) {
            Ok(text) => {
                values.push(Expr::value(text.clone()));
                names.push(text);
            }
            Err(_) => {
                let number: i64 = row.try_get_by_index(place).map_err(database_fault)?;
                values.push(Expr::value(number));
                names.push(number.to_string());
            }
        }
    }
    let text = row.try_get_by_index(kept.row.len()).map_err(database_fault)?;
    Ok((values, names.join(" "), text))
}

/// Before a database had a key its texts were plain. Only then are plain ones believed.
async fn seal_plain(transaction: &DatabaseTransaction, keys: &SecretKeys, kept: Sealed) -> Result<()> {
    let mut select = Query::select();
    select.columns(kept.row.iter().copied()).column(kept.column).from(kept.table);
    select.and_where(Expr::col(kept.column).ne("")).and_where(Expr::col(kept.column).not_like("sealed:%"));
    for row in platform_rows(transaction, &select).await? {
        let (values, name, text) = found(kept, &row)?;
        let mut update = Query::update();
        update.table(kept.table).value(kept.column, keys.seal(kept.of(&name), &text)?);
        for (column, value) in kept.row.iter().zip(values) {
            update.and_where(Expr::col(*column).eq(value));
        }
        transaction.execute(&update).await.map_err(database_fault)?;
    }
    Ok(())
}

/// The values of a session as its table keeps them.
///
/// # Errors
/// The system gives no random numbers.
pub(crate) fn sealed_session(keys: &SecretKeys, id_hash: &str, values: &str) -> Result<String> {
    keys.seal(SESSIONS.of(id_hash), values)
}

/// The values of a session from its table.
///
/// # Errors
/// They were sealed with another key, or for another session (code `unreadable_secret`).
pub(crate) fn opened_session(keys: &SecretKeys, id_hash: &str, sealed: &str) -> Result<zeroize::Zeroizing<String>> {
    keys.open(SESSIONS.of(id_hash), sealed)
}
