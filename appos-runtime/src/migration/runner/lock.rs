//! One at a time: several nodes may start at once, and one of them migrates.

use std::time::{Duration, Instant};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};

/// Number of the advisory lock; any that nobody else takes ("appos", in digits of a telephone).
const KEY: i64 = 27_767;

/// How long a node waits for the one that migrates.
pub(super) const PATIENCE: Duration = Duration::from_mins(10);

const PAUSE: Duration = Duration::from_millis(200);

/// Takes PostgreSQL's advisory lock for this connection. Asked again and again: a statement that
/// waits would hold a snapshot, for whose end the other node's concurrent index waits in turn.
pub(super) async fn take(connection: &DatabaseConnection) -> Result<(), DbErr> {
    let begun = Instant::now();
    let sql = format!("SELECT pg_try_advisory_lock({KEY})");
    loop {
        let answer = connection.query_one_raw(Statement::from_string(connection.get_database_backend(), &*sql)).await?;
        if answer.is_some_and(|row| row.try_get_by_index(0).unwrap_or(false)) {
            return Ok(());
        }
        if begun.elapsed() > PATIENCE {
            return Err(DbErr::Custom("another node has been migrating this database for ten minutes".to_owned()));
        }
        tokio::time::sleep(PAUSE).await;
    }
}

pub(super) async fn give_back(connection: &DatabaseConnection) -> Result<(), DbErr> {
    connection.execute_unprepared(&format!("SELECT pg_advisory_unlock({KEY})")).await.map(drop)
}

/// Begins a transaction of SQLite as its only writer, after the one who writes now.
pub(super) async fn begin(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let begun = Instant::now();
    loop {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        match connection.begin_with_options(options).await {
            Err(error) if error.to_string().contains("locked") && begun.elapsed() < PATIENCE => {
                tokio::time::sleep(PAUSE).await;
            }
            answer => return answer,
        }
    }
}
