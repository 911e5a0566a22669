//! Sends a statement written by hand, as one dispatch of the record for which it was written.

use std::future::Future;

use sea_orm::{AccessMode, ConnectionTrait, DbErr, QueryResult, RuntimeErr, Statement, TransactionTrait};
use serde::{Serialize, Serializer};
use serde_json::Value as Json;

use super::json::{object, parameter};
use super::text::enclosed;
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::record::database_fault;
use crate::record::databases;
use crate::record::dialect::Dialect;
use crate::record::entry::run;
use crate::record::sent::timed;
use crate::record::store::Store;
use crate::record::transaction::joined;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;

/// Most rows of one answer: they are all held in memory.
const MOST: usize = 10_000;

/// Logs say how many rows an answer had, not what was in them.
pub(in crate::record) struct Found(pub(in crate::record) Vec<Json>);

impl Serialize for Found {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([("rows", self.0.len())])
    }
}

fn wrong(text: impl std::fmt::Display) -> AppOsError {
    AppOsError::execution(format!("the statement cannot be used: {text}")).code_is("wrong_sql")
}

/// Rows of a SELECT; needs `admin`.
pub(in crate::record) fn unchecked_sql(
    record: &'static ObjectDescriptor,
    sql: &'static str,
    parameters: Vec<Json>,
) -> impl Future<Output = Result<Found>> + Send {
    let logged = LoggedArguments::begin().argument("sql", sql).finish();
    run(Ctx::current(), record, (Permission::Admin, "unchecked_sql"), logged, move |ctx| {
        Box::pin(async move {
            let system = databases::of(&ctx, record).await?;
            let own = ctx.scope().engine.resource::<Store>();
            let store = system
                .as_deref()
                .or(own)
                .ok_or_else(|| AppOsError::dispatch("this program runs without a database").code_is("no_database"))?;
            let text = enclosed(sql, store.dialect(), parameters.len(), MOST).map_err(wrong)?;
            let parameters = parameters.into_iter().map(parameter).collect::<Option<Vec<_>>>();
            let parameters = parameters.ok_or_else(|| {
                AppOsError::validation("a number is larger than what the database can count with")
                    .code_is("out_of_range")
            })?;
            let statement = Statement::from_sql_and_values(store.pool().get_database_backend(), text, parameters);
            let rows = timed(&ctx.queries, read(store, statement)).await?;
            if rows.len() > MOST {
                return Err(wrong(format!("it has more than {MOST} rows; write LIMIT")));
            }
            rows.iter().map(object).collect::<Result<_, _>>().map(Found).map_err(wrong)
        })
    })
}

/// Reads in the open transaction, if there is one. What SQLite has no word for is kept by its
/// readers, which cannot write, and by the place in which the statement stands.
async fn read(store: &Store, statement: Statement) -> Result<Vec<QueryResult>> {
    let read_only = Some(AccessMode::ReadOnly);
    let rows = match (joined(store).await?, store.dialect()) {
        (Some(open), Dialect::Sqlite) => open.connection()?.query_all_raw(statement).await,
        (None, Dialect::Sqlite) => store.pool().query_all_raw(statement).await,
        (open, Dialect::Postgres | Dialect::Mysql) => {
            let begun = match &open {
                // Inside a transaction it holds for a savepoint, and ends with it.
                Some(open) => open.connection()?.begin_with_config(None, read_only).await,
                None => store.let_through(store.pool().begin_with_config(None, read_only)).await,
            };
            let transaction = begun.map_err(database_fault)?;
            let rows = transaction.query_all_raw(statement).await;
            transaction.rollback().await.map_err(database_fault)?;
            rows
        }
    };
    rows.map_err(fault)
}

/// An error of the statement. What the database says of its text is for its author; what it
/// says of values would quote them.
fn fault(error: DbErr) -> AppOsError {
    let told = {
        let (DbErr::Query(RuntimeErr::SqlxError(cause)) | DbErr::Exec(RuntimeErr::SqlxError(cause))) = &error else {
            return database_fault(error);
        };
        let Some(told) = cause.as_database_error() else { return database_fault(error) };
        let code = told.code().unwrap_or_default().into_owned();
        (code, told.message().to_owned())
    };
    match (told.0.as_str(), told.0.get(..2)) {
        // SQLite: an error in the text. PostgreSQL: one in the text, or something not supported.
        ("1", _) | (_, Some("42" | "0A")) => wrong(told.1),
        ("25006", _) => wrong("it writes"),
        ("22003" | "22021", _) => database_fault(error),
        (_, Some("22")) => {
            AppOsError::validation("a parameter does not fit where the statement uses it").code_is("wrong_parameter")
        }
        _ => database_fault(error),
    }
}
