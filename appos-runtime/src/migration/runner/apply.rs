//! Carries out the plan of one migration.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, Statement, TransactionTrait};

use super::{ledger, lock};
use crate::error::{AppOsError, Result};
use crate::migration::Dialect;
use crate::migration::access::DataAccess;
use crate::migration::plan::{Plan, Step, Unit};

/// How long statements may take on PostgreSQL, where others use the tables meanwhile.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Longest wait for a table; those who come later wait behind us.
    pub(crate) lock: Duration,
    /// Longest statement; zero: no limit.
    pub(crate) statement: Duration,
}

/// How often a part is tried that waits in vain for a table.
const ATTEMPTS: u32 = 5;

/// What the ledger says when the plan is done.
#[derive(Clone)]
pub(super) enum Outcome {
    /// The migration is there.
    Up(ledger::Entry),
    /// It is gone.
    Down(String),
}

impl Outcome {
    async fn note(&self, connection: &impl ConnectionTrait, parts: usize, of: usize) -> Result<(), DbErr> {
        match self {
            Self::Down(name) => ledger::remove(connection, name).await,
            Self::Up(entry) => {
                let applied_at = (parts == of).then(|| entry.applied_at.clone()).flatten();
                ledger::write(connection, &ledger::Entry { applied_at, parts, ..entry.clone() }).await
            }
        }
    }

    /// What was tried, in words.
    fn verb(&self) -> &'static str {
        match self {
            Self::Up(_) => "applied",
            Self::Down(_) => "taken back",
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Up(entry) => &entry.name,
            Self::Down(name) => name,
        }
    }
}

/// Why a part did not work.
enum Trouble {
    Database { step: String, error: DbErr },
    Ours(AppOsError),
}

impl Trouble {
    fn at(step: &str) -> impl FnOnce(DbErr) -> Self {
        let step = step.to_owned();
        move |error| Self::Database { step, error }
    }

    /// Somebody uses the table all the time.
    fn is_wait(&self) -> bool {
        matches!(self, Self::Database { error, .. } if error.to_string().contains("lock timeout"))
    }
}

/// Runs a plan from the part at which an earlier attempt ended.
///
/// # Errors
/// A step does not work. The message says what is done and what is not.
pub(super) async fn plan(
    connection: &DatabaseConnection,
    dialect: Dialect,
    plan: &Plan,
    outcome: &Outcome,
    limits: Limits,
) -> Result<()> {
    let begun = match outcome {
        Outcome::Up(entry) => entry.parts,
        Outcome::Down(_) => 0,
    };
    let empty = [Unit { transaction: true, steps: Vec::new() }];
    let units = if plan.units.is_empty() { &empty[..] } else { &plan.units[..] };
    for (place, unit) in units.iter().enumerate().skip(begun) {
        let mut attempt = 1;
        loop {
            let done = match dialect {
                Dialect::Sqlite => on_sqlite(connection, unit, outcome, (place + 1, units.len())).await,
                Dialect::Postgres => on_postgres(connection, unit, outcome, (place + 1, units.len()), limits).await,
            };
            match done {
                Ok(()) => break,
                Err(trouble) if trouble.is_wait() && attempt < ATTEMPTS => {
                    tracing::warn!(migration = outcome.name(), attempt, "a table is in use; waiting");
                    tokio::time::sleep(limits.lock).await;
                    attempt += 1;
                }
                Err(trouble) => return Err(failed(trouble, outcome, place, units.len())),
            }
        }
    }
    Ok(())
}

fn failed(trouble: Trouble, outcome: &Outcome, done: usize, all: usize) -> AppOsError {
    let (name, verb) = (outcome.name(), outcome.verb());
    let stands = if done == 0 {
        "The database is as it was before".to_owned()
    } else {
        format!(
            "Its parts 1 to {done} of {all} are done and stay. Mend the cause and run `migrate up` again: it goes on with part {}",
            done + 1
        )
    };
    match trouble {
        Trouble::Ours(error) => {
            let message = format!("migration `{name}` cannot be {verb}: {}. {stands}", error.message());
            let ours = AppOsError::dispatch(message).code_is("migration_failed");
            match std::error::Error::source(&error) {
                Some(cause) => ours.caused_by(cause.to_string()),
                None => ours,
            }
        }
        Trouble::Database { step, error } => {
            AppOsError::dispatch(format!("migration `{name}` cannot be {verb}: it failed at `{step}`. {stands}"))
                .code_is("migration_failed")
                .caused_by(error)
        }
    }
}

/// Foreign keys are off while tables are copied, and checked in the end: SQLite would otherwise
/// delete rows of other tables along with the old table. Inside a transaction it knows no such
/// switch.
async fn on_sqlite(
    connection: &DatabaseConnection,
    unit: &Unit,
    outcome: &Outcome,
    (place, of): (usize, usize),
) -> Result<(), Trouble> {
    let switch = |on: &str| format!("PRAGMA foreign_keys = {on}");
    let off = switch("OFF");
    connection.execute_unprepared(&off).await.map_err(Trouble::at(&off))?;
    let done = async {
        let transaction = lock::begin(connection).await.map_err(Trouble::at("BEGIN IMMEDIATE"))?;
        // Another node may have been faster while this one waited.
        let entries = ledger::read(&transaction).await.map_err(Trouble::at("reading the history"))?;
        let applied = entries.iter().any(|entry| entry.name == outcome.name() && entry.applied_at.is_some());
        if applied == matches!(outcome, Outcome::Up(_)) {
            return Ok(());
        }
        steps(&transaction, Dialect::Sqlite, &unit.steps).await?;
        let broken = "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2";
        let statement = Statement::from_string(transaction.get_database_backend(), broken);
        if let Some(row) = transaction.query_all_raw(statement).await.map_err(Trouble::at(broken))?.first() {
            let text = |place| row.try_get_by_index::<String>(place).unwrap_or_default();
            let message = format!(
                "{} rows of `{}` would refer to rows of `{}` that do not exist",
                row.try_get_by_index::<i64>(2).unwrap_or_default(),
                text(0),
                text(1)
            );
            return Err(Trouble::Ours(AppOsError::dispatch(message)));
        }
        outcome.note(&transaction, place, of).await.map_err(Trouble::at("writing the history"))?;
        transaction.commit().await.map_err(Trouble::at("COMMIT"))
    }
    .await;
    let on = switch("ON");
    connection.execute_unprepared(&on).await.map_err(Trouble::at(&on))?;
    done
}

async fn on_postgres(
    connection: &DatabaseConnection,
    unit: &Unit,
    outcome: &Outcome,
    (place, of): (usize, usize),
    limits: Limits,
) -> Result<(), Trouble> {
    let noting = "writing the history";
    if !unit.transaction {
        // A concurrent index waits for those who came before, and nobody waits for it.
        for setting in ["SET lock_timeout = 0", "SET statement_timeout = 0"] {
            connection.execute_unprepared(setting).await.map_err(Trouble::at(setting))?;
        }
        for step in &unit.steps {
            if let Step::Sql(sql) = step {
                connection.execute_unprepared(sql).await.map_err(Trouble::at(sql))?;
            }
        }
        return outcome.note(connection, place, of).await.map_err(Trouble::at(noting));
    }
    let transaction = connection.begin().await.map_err(Trouble::at("BEGIN"))?;
    for (setting, limit) in [("lock_timeout", limits.lock), ("statement_timeout", limits.statement)] {
        let sql = format!("SET LOCAL {setting} = {}", limit.as_millis());
        transaction.execute_unprepared(&sql).await.map_err(Trouble::at(&sql))?;
    }
    steps(&transaction, Dialect::Postgres, &unit.steps).await?;
    outcome.note(&transaction, place, of).await.map_err(Trouble::at(noting))?;
    transaction.commit().await.map_err(Trouble::at("COMMIT"))
}

async fn steps(transaction: &DatabaseTransaction, dialect: Dialect, steps: &[Step]) -> Result<(), Trouble> {
    for step in steps {
        match step {
            Step::Sql(sql) => {
                transaction.execute_unprepared(sql).await.map_err(Trouble::at(sql))?;
            }
            Step::Check { sql, message } => {
                let statement = Statement::from_string(transaction.get_database_backend(), sql);
                let row = transaction.query_one_raw(statement).await.map_err(Trouble::at(sql))?;
                let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0)).map_err(Trouble::at(sql))?;
                if count > 0 {
                    let message = message.replace("{count}", &count.to_string());
                    return Err(Trouble::Ours(AppOsError::dispatch(message)));
                }
            }
            Step::Code(code) => {
                let access = DataAccess::new(transaction, dialect);
                (code.work)(&access).await.map_err(Trouble::Ours)?;
            }
        }
    }
    Ok(())
}
