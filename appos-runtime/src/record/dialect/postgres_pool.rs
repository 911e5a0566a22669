//! PostgreSQL's connections: one pool, for whoever reads and whoever writes.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::SqlxPostgresConnector;
use secrecy::ExposeSecret;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection};

use crate::config::DatabaseConfig;
use crate::error::{AppOsError, Result};
use crate::record::connect::{Connections, Doubt};

/// A request that waits longer for a connection is better told to come again.
const TURN: Duration = Duration::from_secs(5);

/// Where the server is, for messages: never the user's password.
fn place(options: &PgConnectOptions) -> String {
    match options.get_socket() {
        Some(folder) => folder.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    }
}

/// Connects to the server and opens the pool.
pub(in crate::record) async fn open(settings: &DatabaseConfig) -> Result<Connections> {
    // The cause is left out: it may quote the address, and the address the password.
    let options = PgConnectOptions::from_str(settings.url.expose_secret()).map_err(|_| {
        AppOsError::dispatch("`database.url` is not an address such as postgres://user:password@host:5432/database")
            .code_is("database_unavailable")
    })?;
    let named = options.get_application_name().unwrap_or(&settings.application_name).to_owned();
    let options = options
        .application_name(&named)
        .options([("statement_timeout", settings.statement_timeout.as_millis().to_string())]);
    first_answer(&options, settings.connect_timeout).await?;
    let doubt = Arc::new(Doubt::default());
    let doubted = Arc::clone(&doubt);
    let pool = PgPoolOptions::new()
        .max_connections(settings.max_connections.max(1))
        .min_connections(settings.min_connections.min(settings.max_connections))
        .idle_timeout(settings.idle_timeout)
        .max_lifetime(settings.max_lifetime)
        .acquire_timeout(settings.acquire_timeout.unwrap_or(TURN))
        .test_before_acquire(false)
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
        readers: SqlxPostgresConnector::from_sqlx_postgres_pool(pool.clone()),
        writer: SqlxPostgresConnector::from_sqlx_postgres_pool(pool),
        doubt,
    })
}

/// Asks the server once, so that a start ends with what is wrong about it; the pool itself would
/// only say that it waited in vain.
async fn first_answer(options: &PgConnectOptions, patience: Duration) -> Result<()> {
    let refused = |text: String| AppOsError::dispatch(text).code_is("database_unavailable");
    let place = place(options);
    let (user, database) = (options.get_username(), options.get_database().unwrap_or(options.get_username()));
    match tokio::time::timeout(patience, options.connect()).await {
        Ok(Ok(connection)) => {
            connection.close().await.ok();
            Ok(())
        }
        Ok(Err(error)) => Err(refused(format!(
            "the PostgreSQL server at {place} cannot be used as `{user}` on the database `{database}`"
        ))
        .caused_by(error)),
        Err(_) => Err(refused(format!("the PostgreSQL server at {place} does not answer"))),
    }
}
