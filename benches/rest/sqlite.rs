//! The hand-written server on SQLite: its types of columns, and how it opens the file.

use std::str::FromStr;

use appos::prelude::Decimal;
use chrono::Utc;
pub(super) use sqlx::SqlitePool as Pool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
pub(super) use sqlx::{SqliteConnection as Connection, sqlite::SqliteRow as AnyRow};

#[path = "server.rs"]
pub(super) mod server;

/// Dates and moments are texts.
pub(super) type Day = String;
pub(super) type Moment = String;
/// Sums are counted in cents.
pub(super) type Sum = i64;

pub(super) const BEGIN: &str = "BEGIN IMMEDIATE";

/// Nothing: there is one writer at a time.
macro_rules! locked {
    ($sql:expr) => {
        $sql
    };
}
pub(super) use locked;

pub(super) fn now() -> Moment {
    Utc::now().format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

pub(super) fn decimal(sum: Sum) -> Decimal {
    Decimal::new(sum, 2).normalize()
}

pub(super) fn sum(mut decimal: Decimal) -> Option<Sum> {
    decimal.rescale(2);
    i64::try_from(decimal.mantissa()).ok()
}

/// A pool that reads and a pool of the one connection that writes, with the platform's settings.
pub(super) async fn open(url: &str) -> (Pool, Pool) {
    let options = SqliteConnectOptions::from_str(url).expect("a database address");
    let options = options.foreign_keys(true).journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    let pool = |connections| SqlitePoolOptions::new().max_connections(connections).test_before_acquire(false);
    let writer = pool(1).connect_with(options.clone()).await.expect("the database opens");
    let readers = pool(10).connect_with(options.pragma("query_only", "ON")).await.expect("the database opens");
    (readers, writer)
}
