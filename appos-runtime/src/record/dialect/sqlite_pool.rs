//! SQLite's connections: one that writes, several that read.

use std::path::Path;
#[cfg(feature = "web")]
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::SqlxSqliteConnector;
use secrecy::ExposeSecret;
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::config::{DatabaseConfig, Synchronous};
use crate::error::{AppOsError, Result};
use crate::journal::private_folder;
use crate::record::connect::{Connections, Doubt};

/// Writers wait for each other in the pool: longer than a client of a server should.
const TURN: Duration = Duration::from_secs(30);

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> AppOsError {
    AppOsError::dispatch("the database cannot be opened").code_is("database_unavailable").caused_by(error)
}

/// False if there is no file, or none that stays.
#[cfg(feature = "web")]
pub(in crate::record) fn is_there(settings: &DatabaseConfig) -> bool {
    SqliteConnectOptions::from_str(settings.url.expose_secret()).is_ok_and(|options| options.get_filename().is_file())
}

/// The file, if it has one that stays.
#[cfg(feature = "web")]
pub(in crate::record) fn file(settings: &DatabaseConfig) -> Option<PathBuf> {
    let url = settings.url.expose_secret();
    if !url.starts_with("sqlite:") || url.contains(":memory:") {
        return None;
    }
    SqliteConnectOptions::from_str(url).ok().map(|options| options.get_filename().to_owned())
}

/// False if a transaction of before has not ended, as far as the connection knows. A commit that finds the disk
/// full is undone by SQLite itself; the driver's own rollback fails then, and it goes on counting a transaction.
/// Whatever was written next would be a part of that one, which nobody ever commits: the connection is given up.
async fn is_at_rest(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    if !connection.is_in_transaction() {
        return Ok(true);
    }
    // A rollback may still be on its way to the thread that does it, before this.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// Opens the database, creating its file and folder if need be.
pub(in crate::record) async fn open(settings: &DatabaseConfig) -> Result<Connections> {
    let url = settings.url.expose_secret();
    let in_memory = url.contains(":memory:");
    let options = SqliteConnectOptions::from_str(url)
        .map_err(failed)?
        .create_if_missing(true)
        .foreign_keys(true)
        .busy_timeout(settings.busy_timeout)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(match settings.synchronous {
            Synchronous::Full => SqliteSynchronous::Full,
            Synchronous::Normal => SqliteSynchronous::Normal,
        });
    if !in_memory && let Some(folder) = options.get_filename().parent().filter(|folder| *folder != Path::new("")) {
        private_folder(folder).map_err(failed)?;
    }
    let acquire_timeout = settings.acquire_timeout.unwrap_or(TURN);
    // SQLite has one writer at a time: a pool of one makes writers queue here, fairly, instead
    // of failing there. Its connection never ages: an in-memory database would end with it.
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(acquire_timeout)
        .test_before_acquire(false)
        .before_acquire(|connection, _| Box::pin(is_at_rest(connection)))
        .connect_with(options.clone())
        .await
        .map_err(failed)?;
    let readers = if in_memory {
        writer.clone()
    } else {
        SqlitePoolOptions::new()
            .max_connections(settings.max_connections.max(1))
            .min_connections(settings.min_connections.min(settings.max_connections))
            .idle_timeout(settings.idle_timeout)
            .max_lifetime(settings.max_lifetime)
            .test_before_acquire(false)
            .acquire_timeout(acquire_timeout)
            .connect_with(options.create_if_missing(false).pragma("query_only", "ON"))
            .await
            .map_err(failed)?
    };
    Ok(Connections {
        readers: SqlxSqliteConnector::from_sqlx_sqlite_pool(readers),
        writer: SqlxSqliteConnector::from_sqlx_sqlite_pool(writer),
        doubt: Arc::new(Doubt::default()),
    })
}
