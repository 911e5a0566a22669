//! Connections to MariaDB and MySQL: one pool, for whoever reads and whoever writes.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::SqlxMySqlConnector;
use secrecy::ExposeSecret;
use sqlx::mysql::{MySqlConnectOptions, MySqlPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};

use crate::config::DatabaseConfig;
use crate::error::{AppOsError, Result};
use crate::record::connect::{Connections, Doubt};

/// A request that waits longer for a connection is better told to come again.
const TURN: Duration = Duration::from_secs(5);

/// What every session is made to be: strict, with times in UTC, with names between `"` and texts between `'` as the
/// standard has them, and with a time limit for statements (which MySQL has for none that writes).
fn session(settings: &DatabaseConfig) -> String {
    let seconds = settings.statement_timeout.as_secs_f64();
    format!(
        "SET SESSION sql_mode = 'ANSI_QUOTES,ERROR_FOR_DIVISION_BY_ZERO,NO_BACKSLASH_ESCAPES,NO_ENGINE_SUBSTITUTION,\
         NO_ZERO_DATE,NO_ZERO_IN_DATE,PIPES_AS_CONCAT,STRICT_ALL_TABLES', SESSION time_zone = '+00:00' \
         /*M!, SESSION max_statement_time = {seconds} */"
    )
}

/// Connects to the server and opens the pool.
pub(in crate::record) async fn open(settings: &DatabaseConfig) -> Result<Connections> {
    let refused = |text: String| AppOsError::dispatch(text).code_is("database_unavailable");
    // The cause is left out: it may quote the address, and the address the password.
    let options = MySqlConnectOptions::from_str(settings.url.expose_secret()).map_err(|_| {
        refused("the address of the database is not one such as mysql://user:password@host:3306/database".to_owned())
    })?;
    // What we set for a session is set below, all of it.
    let options =
        options.charset("utf8mb4").collation("utf8mb4_bin").pipes_as_concat(false).no_engine_substitution(false);
    match tokio::time::timeout(settings.connect_timeout, options.connect()).await {
        Ok(Ok(connection)) => {
            connection.close().await.ok();
        }
        Ok(Err(error)) => return Err(refused("the MariaDB server does not let us in".to_owned()).caused_by(error)),
        Err(_) => return Err(refused("the MariaDB server does not answer".to_owned())),
    }
    let doubt = Arc::new(Doubt::default());
    let doubted = Arc::clone(&doubt);
    let session: Arc<str> = session(settings).into();
    let pool = MySqlPoolOptions::new()
        .max_connections(settings.max_connections.max(1))
        .min_connections(settings.min_connections.min(settings.max_connections))
        .idle_timeout(settings.idle_timeout)
        .max_lifetime(settings.max_lifetime)
        .acquire_timeout(settings.acquire_timeout.unwrap_or(TURN))
        .test_before_acquire(false)
        .after_connect(move |connection, _| {
            let session = Arc::clone(&session);
            Box::pin(async move {
                connection.execute(AssertSqlSafe(session.to_string())).await?;
                // As on PostgreSQL: a statement sees what was committed before it.
                connection.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED").await.map(drop)
            })
        })
        .before_acquire(move |connection, waited| {
            let asks = doubted.concerns(waited.idle_for);
            Box::pin(async move {
                if asks {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_lazy_with(options);
    Ok(Connections {
        readers: SqlxMySqlConnector::from_sqlx_mysql_pool(pool.clone()),
        writer: SqlxMySqlConnector::from_sqlx_mysql_pool(pool),
        doubt,
    })
}
