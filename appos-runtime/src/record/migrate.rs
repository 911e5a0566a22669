//! Gives the migrations of a program the database: at a start, and for `migrate`.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection};

use super::connect::{Connections, connect};
use super::dialect::{Dialect, SetUp};
use super::fault::database_fault;
use crate::config::{DatabaseConfig, Migrate};
use crate::error::{AppOsError, Result};
use crate::migration::{History, Limits, Migration, Runner, Trial, missing};
use crate::registry::Registry;

fn limits(settings: &DatabaseConfig) -> Limits {
    Limits { lock: settings.migrate_lock_timeout, statement: settings.migrate_statement_timeout }
}

/// A history that leads to the records of this program.
fn history(migrations: &[Migration]) -> Result<History> {
    let refused = |text: String| AppOsError::dispatch(text).code_is("migrations_contradict");
    let history = History::of(migrations).map_err(refused)?;
    let missing = missing(Registry::global(), &history).map_err(refused)?;
    if missing.is_empty() {
        return Ok(history);
    }
    Err(refused(format!(
        "the records have changed since the last migration: {}. Run `cargo appos migrate`",
        missing.join("; ")
    )))
}

/// Asks what a start asks of migrations before it looks at a database.
///
/// # Errors
/// They contradict each other, or the records have changed since.
#[cfg(feature = "web")]
pub(crate) fn history_leads_to_records(migrations: &[Migration]) -> Result<()> {
    history(migrations).map(drop)
}

/// Applies what the database lacks, or refuses.
pub(super) async fn at_start(
    settings: &DatabaseConfig,
    writer: &DatabaseConnection,
    (migrations, how): (&[Migration], Migrate),
) -> Result<()> {
    let history = history(migrations)?;
    let dialect = Dialect::of(writer);
    // SQLite's writer is one connection already, and in memory the only one to the database.
    let own = match dialect {
        // No platform lives in MariaDB or MySQL.
        Dialect::Sqlite | Dialect::Mysql => None,
        Dialect::Postgres => Some(connect(&alone(settings)).await?),
    };
    let runner = Runner::new(
        own.as_ref().map_or(writer, |own| &own.writer),
        &history,
        limits(settings),
        super::number::tables(dialect),
    );
    let brought = bring(&runner, how).await;
    if let Some(own) = own {
        close(own).await;
    }
    brought?;
    let transaction = dialect.begin(writer).await.map_err(database_fault)?;
    dialect.alone(SetUp::Schema, &transaction).await.map_err(database_fault)?;
    for sql in super::schema::own_tables(dialect) {
        transaction.execute_unprepared(&sql).await.map_err(database_fault)?;
    }
    transaction.commit().await.map_err(database_fault)
}

const FOR_EVER: Duration = Duration::from_hours(24 * 365);

/// The same database by one connection that stays: the lock belongs to it.
fn alone(settings: &DatabaseConfig) -> DatabaseConfig {
    DatabaseConfig {
        max_connections: 1,
        min_connections: 1,
        idle_timeout: FOR_EVER,
        max_lifetime: FOR_EVER,
        ..settings.clone()
    }
}

async fn bring(runner: &Runner<'_>, how: Migrate) -> Result<()> {
    match how {
        Migrate::Auto => {
            for name in runner.up(None).await? {
                tracing::info!(migration = name, "applied");
            }
        }
        Migrate::Check => {
            let pending = runner.pending().await?;
            if !pending.is_empty() {
                return Err(AppOsError::dispatch(format!(
                    "the database lacks {} migrations: {}. Run `cargo appos migrate up`, or this program with `migrate up`; or set `database.migrate: auto`",
                    pending.len(),
                    pending.join(", ")
                ))
                .code_is("migrations_pending"));
            }
        }
    }
    Ok(())
}

async fn close(connections: Connections) {
    for connection in [connections.readers, connections.writer] {
        if let Err(error) = connection.close().await {
            tracing::warn!(%error, "a database connection did not close cleanly");
        }
    }
}

/// How many migrations the database lacks. Changes nothing, and waits for nobody.
#[cfg(feature = "web")]
pub(super) async fn lacking(connection: &DatabaseConnection, migrations: &[Migration]) -> Result<usize> {
    let refused = |text: String| AppOsError::dispatch(text).code_is("migrations_contradict");
    let history = History::of(migrations).map_err(refused)?;
    let none = Limits { lock: Duration::ZERO, statement: Duration::ZERO };
    Ok(Runner::new(connection, &history, none, Vec::new()).pending().await?.len())
}

/// The database of a program for its `migrate`.
pub(crate) struct Migrator {
    connections: Connections,
    history: History,
    limits: Limits,
}

impl Migrator {
    /// Opens the database. A start's question whether the migrations lead to the records is not
    /// asked: this is how they are made to.
    ///
    /// # Errors
    /// The database cannot be opened, or the migrations contradict each other.
    pub(crate) async fn open(settings: &DatabaseConfig, migrations: &[Migration]) -> Result<Self> {
        let refused = |text: String| AppOsError::dispatch(text).code_is("migrations_contradict");
        let history = History::of(migrations).map_err(refused)?;
        Ok(Self { connections: connect(&alone(settings)).await?, history, limits: limits(settings) })
    }

    pub(crate) fn runner(&self) -> Runner<'_> {
        let own = super::number::tables(Dialect::of(&self.connections.writer));
        Runner::new(&self.connections.writer, &self.history, self.limits, own)
    }

    pub(crate) async fn close(self) {
        close(self.connections).await;
    }
}

/// Opens databases for tests of migrations.
#[doc(hidden)]
pub struct MigrationTrial;

impl MigrationTrial {
    /// A database with a history of its own.
    ///
    /// # Errors
    /// The database cannot be opened, or the migrations contradict each other.
    pub async fn open(url: &str, migrations: &[Migration]) -> Result<Trial> {
        let settings = DatabaseConfig { url: url.into(), ..DatabaseConfig::default() };
        let writer = connect(&alone(&settings)).await?.writer;
        let own = super::number::tables(Dialect::of(&writer));
        Trial::new(writer, migrations, limits(&settings), own)
    }
}
