//! What a database says of itself, for `cargo appos doctor`. Nothing is changed.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, Statement, TransactionTrait};

use super::connect::{Connections, connect};
use super::dialect::{Dialect, sqlite_pool};
use super::fault::database_fault;
use crate::config::DatabaseConfig;
use crate::error::Result;

/// Oldest PostgreSQL that is supported.
pub(crate) const OLDEST_POSTGRES: i64 = 15;

/// What was found.
pub(crate) struct Examination {
    /// Which database it is, with its version.
    pub(crate) version: String,
    /// The first part of PostgreSQL's version.
    pub(crate) postgres: Option<i64>,
    /// Why nothing can be written.
    pub(crate) read_only: Option<String>,
    /// The time at the server, between two looks at the clock here.
    pub(crate) clock: Option<ServerTime>,
}

/// What time it is at the server.
pub(crate) struct ServerTime {
    pub(crate) before: DateTime<Utc>,
    pub(crate) there: DateTime<Utc>,
    pub(crate) after: DateTime<Utc>,
}

/// The file of a SQLite database, if it has one.
pub(crate) fn database_file(settings: &DatabaseConfig) -> Option<PathBuf> {
    sqlite_pool::file(settings)
}

/// Looks at a database that is there.
///
/// # Errors
/// It cannot be reached, or does not answer.
pub(crate) async fn examine(settings: &DatabaseConfig) -> Result<Examination> {
    let settings = DatabaseConfig { max_connections: 1, min_connections: 1, ..settings.clone() };
    let connections = connect(&settings).await?;
    let found = match Dialect::of(&connections.writer) {
        Dialect::Postgres => postgres(&connections).await,
        // No platform lives in MariaDB or MySQL.
        Dialect::Sqlite | Dialect::Mysql => sqlite(&connections).await,
    };
    for connection in [connections.readers, connections.writer] {
        connection.close().await.ok();
    }
    found.map_err(database_fault)
}

async fn postgres(connections: &Connections) -> Result<Examination, DbErr> {
    let question = "SELECT current_setting('server_version'), current_setting('server_version_num')::bigint, \
        current_setting('transaction_read_only'), pg_is_in_recovery(), \
        coalesce(has_schema_privilege(current_schema(), 'CREATE'), false), clock_timestamp()";
    let connection = &connections.writer;
    let before = Utc::now();
    let row = connection.query_one_raw(Statement::from_string(connection.get_database_backend(), question)).await?;
    let after = Utc::now();
    let row = row.ok_or_else(|| DbErr::Custom("the server gave no answer".to_owned()))?;
    let (version, number): (String, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    let read_only: String = row.try_get_by_index(2)?;
    let (replica, may_create): (bool, bool) = (row.try_get_by_index(3)?, row.try_get_by_index(4)?);
    let there = row.try_get_by_index(5)?;
    let read_only = if replica {
        Some("the server is a replica that only reads".to_owned())
    } else if read_only == "on" {
        Some("transactions of this user only read".to_owned())
    } else if may_create {
        None
    } else {
        Some("this user may make no tables in the schema".to_owned())
    };
    Ok(Examination {
        version: format!("PostgreSQL {version}"),
        postgres: Some(number / 10_000),
        read_only,
        clock: Some(ServerTime { before, there, after }),
    })
}

async fn sqlite(connections: &Connections) -> Result<Examination, DbErr> {
    let connection = &connections.writer;
    let question = Statement::from_string(connection.get_database_backend(), "SELECT sqlite_version()");
    let row = connection.query_one_raw(question).await?;
    let row = row.ok_or_else(|| DbErr::Custom("SQLite gave no answer".to_owned()))?;
    let version: String = row.try_get_by_index(0)?;
    // Taken back: the attempt alone tells.
    let tried = async {
        let transaction = connection.begin().await?;
        transaction.execute_unprepared("CREATE TABLE platform_doctor (id INTEGER)").await?;
        transaction.rollback().await
    };
    let read_only = tried.await.err().map(|error: DbErr| match super::dialect::Fault::of(&error) {
        super::dialect::Fault::Conflict | super::dialect::Fault::Slow => {
            "another program has been writing for longer than `database.busy_timeout`".to_owned()
        }
        _ => error.to_string(),
    });
    Ok(Examination { version: format!("SQLite {version}"), postgres: None, read_only, clock: None })
}
